//! What a page says of itself in its head.

use std::collections::{BTreeMap, BTreeSet};

use super::{HARD, HOSTILE, SHIPPED, SMALL, URL, is_there, pages, tags, value};
use crate::support::between;

/// The meta tags of a page: name and content.
fn metas(html: &str) -> BTreeMap<String, Vec<String>> {
    let mut metas: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for tag in tags(html, "<meta ") {
        let name = value(tag, "property") + &value(tag, "name");
        metas.entry(name).or_default().push(value(tag, "content"));
    }
    metas
}

fn links(html: &str, start: &str) -> Vec<(String, String)> {
    let links = tags(html, start).into_iter();
    links.map(|it| (value(it, "hreflang") + &value(it, "type"), value(it, "href"))).collect()
}

/// The address of the only link that begins like this.
fn leads_to(html: &str, start: &str) -> String {
    let links = links(html, start);
    assert_eq!(links.len(), 1, "{start}");
    links[0].1.clone()
}

#[test]
fn every_page_tells_messengers_what_it_is() {
    for (address, html) in pages(&SMALL) {
        let metas = metas(&html);
        let one = |name: &str| match metas.get(name).map(Vec::as_slice) {
            Some([only]) => only.as_str(),
            other => panic!("{name} of {address} is {other:?}"),
        };
        assert_eq!(one("og:url"), address);
        assert_eq!(one("og:description"), one("description"));
        assert_eq!(one("twitter:title"), one("og:title"));
        let is_project = address.contains("/projects/") && !address.ends_with("/projects/");
        let kind = if is_project { "article" } else { "website" };
        assert_eq!(one("og:type"), kind, "{address}");
        let (own, other, brand) = if address.contains("/recap/en/") {
            ("en_GB", "ko_KR", "Small meetup")
        } else {
            ("ko_KR", "en_GB", "작은 밋업")
        };
        assert_eq!((one("og:locale"), one("og:locale:alternate")), (own, other));
        assert_eq!(one("og:site_name"), brand);
        // With a picture there is all that belongs to it; without, nothing.
        let has_card = metas.contains_key("og:image");
        for name in ["width", "height", "alt", "type"] {
            assert_eq!(metas.contains_key(&format!("og:image:{name}")), has_card);
        }
        let card = ["summary", "summary_large_image"][usize::from(has_card)];
        assert_eq!(one("twitter:card"), card);
        if has_card {
            assert!(one("og:image").starts_with(URL), "{address}");
        }
    }
}

#[test]
fn titles_and_descriptions_are_of_one_page_each() {
    let mut seen = BTreeSet::new();
    for (address, html) in pages(&SHIPPED) {
        let title = between(&html, "<title>", "</title>").to_owned();
        assert!(seen.insert(title.clone()), "{title} again at {address}");
        let description = metas(&html)["description"].concat();
        assert!(seen.insert(description), "{address}");
    }
}

#[test]
fn translations_name_each_other_and_themselves() {
    for site in [&SHIPPED, &HARD] {
        let pages = pages(site);
        let alternates: BTreeMap<&str, Vec<(String, String)>> = pages
            .iter()
            .map(|(address, html)| {
                (address.as_str(), links(html, "<link rel=\"alternate\" hreflang="))
            })
            .collect();
        for (address, html) in &pages {
            let canonical = leads_to(html, "<link rel=\"canonical\"");
            let own = &alternates[address.as_str()];
            if canonical != *address {
                // A text that stands in for another: it is that one that should be found.
                assert!(own.is_empty(), "{address}");
                let shown = &pages[&canonical];
                assert_eq!(leads_to(shown, "<link rel=\"canonical\""), canonical);
                continue;
            }
            assert!(own.iter().any(|(_, it)| it == address), "{address}");
            let first = own.iter().find(|(code, _)| code == "x-default");
            assert!(first.is_some_and(|it| it.1 == own[0].1), "{address}");
            for (_, other) in own {
                assert_eq!(&alternates[other.as_str()], own, "{other} and {address}");
            }
        }
    }
    let fallback = &pages(&HARD)[&format!("{URL}en/projects/beta/")];
    let canonical = leads_to(fallback, "<link rel=\"canonical\"");
    assert_eq!(canonical, format!("{URL}projects/beta/"));
}

#[test]
fn a_page_links_its_own_forms_and_no_others() {
    let pages = pages(&SMALL);
    let forms = |path: &str| {
        let html = &pages[&format!("{URL}{path}")];
        for (_, to) in links(html, "<link rel=\"alternate\" type=") {
            assert!(is_there(&SMALL, &format!("https://example.org{to}")), "{to}");
        }
        links(html, "<link rel=\"alternate\" type=")
            .into_iter()
            .map(|(kind, to)| format!("{kind} {to}"))
            .collect::<Vec<_>>()
    };
    let feed = "application/atom+xml /recap/feed.xml".to_owned();
    assert_eq!(forms("glossary/").as_slice(), std::slice::from_ref(&feed));
    assert_eq!(forms(""), [feed.clone(), "text/calendar /recap/event.ics".into()]);
    assert_eq!(forms("projects/"), [feed, "application/json /recap/projects.json".into()]);
    assert_eq!(
        forms("en/projects/alpha/"),
        [
            "application/atom+xml /recap/en/feed.xml",
            "application/json /recap/en/projects/alpha/index.json",
            "text/markdown /recap/en/projects/alpha/index.md",
        ]
    );
}

#[test]
fn what_is_not_found_is_not_shown_by_messengers() {
    for (prefix, page) in SHIPPED.not_found_pages() {
        let html = crate::support::text_of(page.body());
        assert!(!html.contains("og:") && !html.contains("twitter:"), "{prefix}");
        assert!(!html.contains("ld+json"), "{prefix}");
    }
}

#[test]
fn no_name_breaks_out_of_a_tag() {
    let html = &pages(&HARD)[&format!("{URL}projects/alpha/")];
    assert_eq!(metas(html)["og:title"], [HOSTILE]);
    assert_eq!(html.matches("</script>").count(), 2);
}

#[test]
fn the_manifest_installs_the_site_where_it_is_mounted() {
    for (path, lang, start) in
        [("site.webmanifest", "ko", "/recap/"), ("en/site.webmanifest", "en", "/recap/en/")]
    {
        let text = super::read(&SHIPPED, &format!("{URL}{path}"));
        let manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(manifest["lang"], lang);
        assert_eq!(manifest["start_url"], start);
        assert_eq!((&manifest["scope"], &manifest["id"]), (&"/recap/".into(), &"/recap/".into()));
        for name in ["name", "short_name", "display", "theme_color", "background_color"] {
            assert!(manifest[name].as_str().is_some_and(|it| !it.is_empty()), "{name}");
        }
        let icons = manifest["icons"].as_array().expect("icons");
        assert!(!icons.is_empty());
        for icon in icons {
            let source = icon["src"].as_str().expect("an address");
            assert!(is_there(&SHIPPED, &format!("https://example.org{source}")), "{source}");
        }
        let page = &pages(&SHIPPED)[&format!("https://example.org{start}")];
        assert_eq!(leads_to(page, "<link rel=\"manifest\""), format!("/recap/{path}"));
    }
}
