//! A third language is added with content files alone.

use std::sync::LazyLock;

use showcase::site::Site;

use crate::support::{Content, attributes, between, page_of};

/// Two of the three write-ups are translated.
const TEXT: &str = "
-- event.yaml, with --
languages: [ko, en, zh]
city: {ko: 서울, en: Seoul, zh: 首尔}
-- projects/alpha/project.yaml, with --
name: {ko: 알파, en: Alpha, zh: 阿尔法}
figures:
  - {id: growth, value: 20, unit: percent, period: year, label: {ko: 성장, en: growth, zh: 增长}}
  - {id: market, value: 500000000000, unit: usd, by_year: 2020, label: {ko: 규모, en: size, zh: 规模}}
  - {id: cheap, value: 2, unit: times, bound: nearly, label: {ko: 저렴, en: as cheap, zh: 便宜}}
-- labels/zh.yaml --
site: {fallback: '原文：{language}'}
numbers: {bounds: {nearly: '差不多{q}'}, periods: {year: '一年{q}'}}
-- projects/alpha/zh.md --
阿尔法出租闲置的算力。

## 方法 {#how}

见 [贝塔](/projects/beta/)。
-- projects/beta/zh.md --
贝塔面向电子竞技。
";

/// The base with Chinese beside Korean and English.
fn content() -> Content {
    Content::new(TEXT)
}

static SITE: LazyLock<Site> = LazyLock::new(|| content().site_at("https://example.org/"));

/// The addresses of a page in other languages, as search engines read them.
fn alternates(html: &str) -> Vec<(String, String)> {
    let links = html
        .split("<link ")
        .skip(1)
        .filter_map(|it| it.split('>').next())
        .filter(|it| it.contains("hreflang="));
    let link = |it: &str| {
        let tag = format!("<x {it}");
        let value = |name| attributes(&tag, name).remove(0);
        (value("hreflang"), value("href"))
    };
    links.map(link).collect()
}

#[test]
fn nothing_but_missing_texts_is_reported() {
    let (website, diagnostics) = content().load();
    assert!(website.is_some(), "{}", diagnostics.text(false));
    let other: Vec<&str> = diagnostics
        .items()
        .iter()
        .filter(|it| !matches!(it.code, "missing-translation" | "missing-glyph"))
        .map(|it| it.code)
        .collect();
    assert_eq!(other, ["unlisted-url"]);
}

#[test]
fn characters_of_another_script_are_warned_of_and_left_to_the_system() {
    let (_, diagnostics) = content().load();
    let lacking = diagnostics.items().iter().filter(|it| it.code == "missing-glyph");
    let files: Vec<&str> = lacking.map(|it| it.file.as_str()).collect();
    let zh = ["projects/alpha/zh.md", "projects/beta/zh.md"];
    assert!(zh.iter().all(|file| files.contains(file)), "{files:?}");
    let html = page_of(&SITE, "/zh/projects/alpha/");
    assert!(html.contains("算力"));
}

#[test]
fn every_page_is_there_under_its_prefix() {
    for path in [
        "/",
        "/projects/",
        "/topics/",
        "/topics/games/",
        "/glossary/",
        "/about/",
        "/projects/alpha/",
        "/projects/gamma/",
    ] {
        let html = page_of(&SITE, &format!("/zh{path}"));
        assert!(html.contains("<html lang=\"zh\""), "{path}");
        assert!(html.contains("跳到正文"), "{path}");
    }
}

#[test]
fn the_switch_offers_all_three_and_stays_on_the_page() {
    for (path, others) in [
        ("/projects/alpha/", ["/en/projects/alpha/", "/zh/projects/alpha/"]),
        ("/zh/projects/alpha/", ["/projects/alpha/", "/en/projects/alpha/"]),
    ] {
        let html = page_of(&SITE, path);
        for other in others {
            assert!(html.contains(&format!("href=\"{other}\"")), "{path} lacks {other}");
        }
    }
}

#[test]
fn only_real_translations_are_named_to_search_engines() {
    let codes = |path: &str| {
        let html = page_of(&SITE, path);
        let codes = alternates(&html).into_iter().map(|(code, _)| code);
        codes.collect::<Vec<_>>()
    };
    assert_eq!(codes("/zh/projects/alpha/"), ["ko", "en", "zh", "x-default"]);
    assert_eq!(codes("/projects/gamma/"), ["ko", "en", "x-default"]);
    // Nothing leads back to a page that only stands in, so it names nothing either.
    assert_eq!(codes("/zh/projects/gamma/"), [""; 0]);
    assert_eq!(codes("/zh/projects/"), ["ko", "en", "zh", "x-default"]);
    let html = page_of(&SITE, "/zh/projects/alpha/");
    let zh = alternates(&html).into_iter().find(|(code, _)| code == "zh");
    assert_eq!(zh.expect("Chinese").1, "https://example.org/zh/projects/alpha/");
}

#[test]
fn a_missing_text_is_shown_in_another_language_and_says_so() {
    let html = page_of(&SITE, "/zh/projects/gamma/");
    assert!(html.contains("原文：한국어"), "the notice");
    assert!(between(&html, "<main", "</main>").contains("lang=\"ko\""));
    let translated = page_of(&SITE, "/zh/projects/alpha/");
    assert!(!translated.contains("原文："));
    assert!(translated.contains("出租闲置的算力"));
    assert!(translated.contains("阿尔法"));
}

#[test]
fn links_in_a_text_lead_to_the_same_language() {
    let html = page_of(&SITE, "/zh/projects/alpha/");
    assert!(html.contains("href=\"/zh/projects/beta/\""));
}

#[test]
fn numbers_and_dates_follow_the_labels() {
    let alpha = page_of(&SITE, "/zh/projects/alpha/");
    assert!(alpha.contains("到2020年5000亿美元"), "{alpha}");
    assert!(alpha.contains("一年20%"));
    assert!(alpha.contains("差不多2倍"));
    let home = page_of(&SITE, "/zh/");
    assert!(home.contains("2018年6月17日"));
    assert!(home.contains("首尔"));
}

#[test]
fn a_presenter_is_named_as_the_language_does() {
    let speakers = "speakers: [{name: 王芳, role: {ko: 대표, en: head, zh: 负责人}}]";
    let text = TEXT.replace(
        "projects/alpha/project.yaml, with --",
        &format!("projects/alpha/project.yaml, with --\n{speakers}"),
    );
    let site = Content::new(&text).site_at("https://example.org/");
    for (path, named) in [("/zh/", "王芳（负责人）<"), ("/en/", "王芳, head<")] {
        assert!(page_of(&site, path).contains(named), "{path}");
    }
}
