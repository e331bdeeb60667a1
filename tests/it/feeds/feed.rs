//! The feeds.

use std::collections::BTreeSet;

use atom_syndication::Feed;

use super::{HARD, HOSTILE, SHIPPED, SMALL, URL, is_there, read};
use crate::support::attributes;

fn feed(site: &showcase::site::Site, prefix: &str) -> Feed {
    let text = read(site, &format!("{URL}{prefix}feed.xml"));
    roxmltree::Document::parse(&text).expect("XML");
    Feed::read_from(text.as_bytes()).expect("a feed")
}

#[test]
fn every_language_has_its_own_news() {
    for (prefix, lang, name) in [("", "ko", "작은 밋업"), ("en/", "en", "Small meetup")] {
        let feed = feed(&SMALL, prefix);
        assert_eq!(feed.lang(), Some(lang));
        assert_eq!(feed.title().as_str(), name);
        assert_eq!(feed.updated().to_rfc3339(), "2026-11-20T00:00:00+00:00");
        assert!(feed.authors()[0].name().contains(name));
        let link = |rel: &str, language: Option<&str>| {
            let mut links = feed.links().iter();
            let link = links.find(|it| it.rel() == rel && it.hreflang() == language);
            link.map(|it| it.href().to_owned())
        };
        assert_eq!(link("self", None), Some(format!("{URL}{prefix}feed.xml")));
        assert_eq!(link("alternate", Some(lang)), Some(format!("{URL}{prefix}")));
        // The day and the three projects.
        assert_eq!(feed.entries().len(), 4);
    }
}

#[test]
fn an_entry_is_a_page_with_absolute_links() {
    let mut ids = BTreeSet::new();
    for prefix in ["", "en/"] {
        for entry in feed(&SHIPPED, prefix).entries() {
            assert!(ids.insert(entry.id().to_owned()), "{} twice", entry.id());
            let page = entry.links()[0].href();
            assert!(entry.id().starts_with("urn:uuid:"), "{}", entry.id());
            assert!(is_there(&SHIPPED, page), "{page}");
            assert!(entry.summary().is_some_and(|it| !it.is_empty()));
            let content = entry.content().expect("a text");
            assert_eq!(content.content_type(), Some("html"));
            let html = content.value().expect("HTML");
            assert!(html.starts_with("<p>"), "{html}");
            for address in attributes(html, "href").iter().chain(&attributes(html, "src")) {
                let is_ours = address.starts_with(URL);
                assert!(address.starts_with("https://"), "{address} of {page}");
                assert!(!is_ours || is_there(&SHIPPED, address), "{address} of {page}");
            }
        }
    }
}

#[test]
fn texts_that_were_not_written_in_a_language_are_not_its_news() {
    let pages = |prefix| {
        let feed = feed(&HARD, prefix);
        let pages = feed.entries().iter().map(|it| it.links()[0].href().to_owned());
        pages.collect::<Vec<_>>()
    };
    let addresses =
        |paths: &[&str]| -> Vec<String> { paths.iter().map(|it| format!("{URL}{it}")).collect() };
    assert_eq!(pages(""), addresses(&["", "projects/alpha/", "projects/beta/"]));
    assert_eq!(pages("en/"), addresses(&["en/", "en/projects/alpha/"]));
}

#[test]
fn no_name_breaks_a_feed() {
    let feed = feed(&HARD, "");
    assert_eq!(feed.title().as_str(), HOSTILE);
    let entry = &feed.entries()[1];
    assert_eq!(entry.title().as_str(), HOSTILE);
    let html = entry.content().and_then(|it| it.value()).expect("HTML");
    for link in [
        "href=\"https://example.org/recap/glossary/#node\"",
        "href=\"https://example.org/recap/projects/beta/#more\"",
        "href=\"https://example.org/recap/projects/alpha/#how\"",
        "src=\"https://example.org/recap/projects/alpha/a.svg\"",
        "<code>]]&gt;</code>",
    ] {
        assert!(html.contains(link), "{link} in {html}");
    }
}
