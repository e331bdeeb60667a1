//! Patterns and examples for the JSON Schemas, which editors show beside each key.

use serde_json::{Value, json};

/// Lower-case ASCII words joined by single hyphens.
pub const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// Year, month and day.
pub(super) const DATE: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
/// A day, or the first and the last with two dots between.
pub const DAYS: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}(\\.\\.[0-9]{4}-[0-9]{2}-[0-9]{2})?$";
/// A day and a time, with a space or `T` between.
pub const TIME: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{1,2}:[0-9]{2}(:00)?$";
/// A name of the IANA time zone database.
pub const ZONE: &str = "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$";
/// A web address.
pub(super) const WEB: &str = "^https?://[^/\\s][^\\s]*$";
/// Where a link of the facts may lead.
pub const ADDRESS: &str = "^(https?://[^/\\s][^\\s]*|(mailto|tel|sms):[^/\\s][^\\s]*)$";
/// An address that somebody can be reached at.
pub(super) const CONTACT: &str = "^(mailto:|https?://)[^/\\s][^\\s]*$";
/// Two forms of an emblem, or how often one was turned down.
pub(super) const RECIPE: &str =
    "^([a-z]+\\.[0-9]\\.[0-3][01]\\+[a-z]+\\.[0-9]\\.[0-3][01]|reroll [0-9]+)$";
/// Two inks by their name, or by the colours of both.
pub(super) const INKS: &str = "^([a-z]+-[a-z]+|#[0-9A-Fa-f]{6} #[0-9A-Fa-f]{6})$";
/// A language, and perhaps its script or country (BCP 47).
pub(super) const LANGUAGE: &str = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$";
/// One Hangul syllable.
pub(super) const SYLLABLE: &str = "^[가-힣]$";

/// A text in two languages.
pub(super) fn both(de: &str, en: &str) -> Value {
    json!({"de": de, "en": en})
}

pub(super) fn answers() -> Value {
    json!({"level": both("Einstieg", "for beginners")})
}

pub(super) fn figure() -> Value {
    json!({
        "id": "free-seats",
        "value": 70,
        "unit": "percent",
        "label": both("der Plätze frei", "of the seats free"),
    })
}
