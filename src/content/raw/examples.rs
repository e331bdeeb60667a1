//! Patterns and examples for the JSON Schemas, which editors show beside each key.

use serde_json::{Value, json};

/// Lower-case ASCII words joined by single hyphens.
pub(super) const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// Year, month and day.
pub(super) const DATE: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
/// A web address.
pub(super) const WEB: &str = "^https?://[^/\\s][^\\s]*$";
/// An address that somebody can be reached at.
pub(super) const CONTACT: &str = "^(mailto:|https?://)[^/\\s][^\\s]*$";
/// One Hangul syllable.
pub(super) const SYLLABLE: &str = "^[가-힣]$";

/// A text in the languages that the site began with.
pub(super) fn both(ko: &str, en: &str) -> Value {
    json!({"ko": ko, "en": en})
}

pub(super) fn stop() -> Value {
    json!({
        "city": both("도쿄", "Tokyo"),
        "country": both("일본", "Japan"),
        "date": "2018-05-28",
        "note": both("첫 번째", "the first"),
    })
}

pub(super) fn entry() -> Value {
    json!({
        "id": "sharing",
        "name": both("나눔", "Sharing"),
        "text": both("기기를 나눠 쓰려는 프로젝트.", "Projects that would share out devices."),
    })
}

pub(super) fn figure() -> Value {
    json!({
        "id": "idle-cpu",
        "value": 70,
        "unit": "percent",
        "label": both("놀고 있는 CPU 자원", "of CPU resources idle"),
    })
}

pub(super) fn speaker() -> Value {
    json!({
        "name": both("알렌 류", "Allen Liu"),
        "role": both("공동 창업자", "co-founder"),
    })
}

pub(super) fn syllable() -> Value {
    json!({
        "text": "짬",
        "reading": "jjam",
        "meaning": both("잠깐 나는 틈", "a spare moment"),
    })
}

pub(super) fn glance() -> Value {
    json!({
        "problem": both("개인 기기의 자원은 놀고 있다.", "Personal devices stand idle."),
        "idea": both("남는 연산력을 나눠 쓴다.", "Share what computing power is left."),
        "why": both("체인이 소득을 기록한다.", "The chain records the income."),
        "audience": both("기기를 내놓을 개인.", "Owners of devices."),
    })
}

pub(super) fn comparison() -> Value {
    json!({
        "on_chain": both("소득 기록", "records of income"),
        "paid": both("연산력을 나눈 이용자", "users who share computing power"),
    })
}

pub(super) fn steps() -> Value {
    json!({
        "title": both("짬이 수익이 되기까지", "From a spare moment to income"),
        "items": [step()],
    })
}

pub(super) fn step() -> Value {
    json!({
        "title": both("자격 확인", "Check the device"),
        "text": both("체인이 기기를 점검한다.", "The chain checks the device."),
    })
}
