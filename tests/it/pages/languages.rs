//! Pages in several languages, and what is shown where one lacks.

use super::{attribute, elements};
use crate::support::{Content, attributes, between, page, page_of};

#[test]
fn a_missing_translation_is_marked_and_said() {
    let site = Content::new("-- projects/alpha/en.md, gone --\n").site();
    let english = page_of(&site, "/en/projects/alpha/");
    assert!(english.contains("<html lang=\"en\""));
    let notice = between(&english, "<p class=\"notice\">", "</p>");
    assert!(
        notice.ends_with("Not translated yet; shown in the language it was written in (한국어).")
    );
    assert!(english.contains("<section class=\"prose-section\" id=\"how\" lang=\"ko\">"));
    let korean = page_of(&site, "/projects/alpha/");
    assert!(!korean.contains("class=\"notice\"") && !korean.contains("id=\"how\" lang="));
}

#[test]
fn a_text_in_one_language_carries_its_lang() {
    let text = "-- event.yaml, with --\nheadline: {en: Three}\n";
    assert!(
        page(text, "/")
            .contains("<span class=\"headline__line\"><span lang=\"en\">Three</span></span>")
    );
    assert!(page(text, "/en/").contains("<span class=\"headline__line\">Three</span>"));
}

#[test]
fn hreflang_names_real_translations_and_the_switch_every_language() {
    let site = Content::new("-- projects/alpha/en.md, gone --\n").site();
    let alternates = |path| {
        let html = page_of(&site, path);
        elements(&html, "<link rel=\"alternate\" hreflang=")
            .into_iter()
            .map(|it| attributes(it, "hreflang").concat() + " " + &attributes(it, "href").concat())
            .collect::<Vec<_>>()
    };
    let url = "http://127.0.0.1:3000";
    let expected = ["ko", "x-default"].map(|code| format!("{code} {url}/projects/alpha/"));
    assert_eq!(alternates("/projects/alpha/"), expected);
    // Nothing leads back to a page that only stands in, so it names nothing either.
    assert_eq!(alternates("/en/projects/alpha/"), [""; 0]);
    assert_eq!(
        alternates("/en/topics/games/"),
        [
            format!("ko {url}/topics/games/"),
            format!("en {url}/en/topics/games/"),
            format!("x-default {url}/topics/games/"),
        ]
    );
    for (path, other) in [
        ("/", "/en/"),
        ("/en/", "/"),
        ("/projects/alpha/", "/en/projects/alpha/"),
        ("/en/projects/alpha/", "/projects/alpha/"),
        ("/en/glossary/", "/glossary/"),
        ("/topics/data/", "/en/topics/data/"),
    ] {
        let html = page_of(&site, path);
        let switch = between(&html, "site-header__languages", "</nav>");
        assert_eq!(attributes(switch, "href"), [other], "{path}");
        let written = path.replace("/en/projects/alpha/", "/projects/alpha/");
        let canonical = attribute(&html, "<link rel=\"canonical\"", "href");
        assert_eq!(canonical, format!("{url}{written}"));
    }
}

#[test]
fn a_third_language_needs_content_alone() {
    let site = Content::new(
        "-- event.yaml, with --\nlanguages: [ko, en, zh]\nname: {ko: 밋업, en: Meetup, zh: 聚会}\n",
    )
    .site();
    let html = page_of(&site, "/zh/projects/beta/");
    assert!(html.contains("<html lang=\"zh\"") && html.contains("聚会"));
    assert_eq!(
        elements(&html, "<a class=\"site-header__link\" href=\"/en/projects/beta/\"").len(),
        1
    );
    assert_eq!(elements(&page_of(&site, "/"), "hreflang=\"zh\"").len(), 1);
}

#[test]
fn an_edit_link_leads_to_a_file_that_is_there() {
    let text = "-- event.yaml, with --\nsource_url: https://example.org/edit/\n-- projects/alpha/en.md, gone --\n";
    let html = page(text, "/en/projects/alpha/");
    let link =
        "<a class=\"site-footer__link\" href=\"https://example.org/edit/projects/alpha/ko.md\">";
    assert!(html.contains(link), "{}", between(&html, "<footer", "</footer>"));
}
