//! Events of other kinds than the shipped one, from content alone.

use crate::support::{Content, attributes, between, main_of, page_of, plant, problems};

#[test]
fn three_keys_make_a_site() {
    let site = Content::only(
        "-- event.yaml --
name: Small meetup
date: 2024-10-10
languages: [en]
",
    );
    assert_eq!(site.load().1.errors(), 0);
    let home = page_of(&site.site(), "/");
    assert!(home.contains("Small meetup"));
    // Set large, in two inks, for a desk and for a phone.
    assert_eq!(home.matches("<svg class=\"lettering\"").count(), 4);
    let search = page_of(&site.site(), "/search/");
    for absent in ["/projects/", "/projects.json", "/topics/", "/glossary/", "/about/"] {
        let link = format!("{absent}\"");
        assert!(!home.contains(&link) && !search.contains(&link), "{absent}");
    }
    // Nor is a place where none is named.
    assert!(!home.contains("venue"));
}

#[test]
fn a_talk_needs_a_name_alone_and_stands_under_its_noun() {
    let site = Content::only(
        "-- event.yaml --
name: Small meetup
date: 2024-10-10..2024-10-11
languages: [en]
entries: talks
questions: [{id: level, label: Level, where: both}]
-- talks/borrowing/talk.yaml --
name: Borrowing
answers: {level: For everybody}
-- talks/async/talk.yaml --
name: Async
",
    )
    .site();
    let talk = page_of(&site, "/talks/borrowing/");
    assert!(main_of(&talk).contains("For everybody"));
    assert!(page_of(&site, "/talks/").contains("Level"));
    // HTML has no word for several days.
    assert!(page_of(&site, "/").contains("<time datetime=\"2024-10-10\">"));
    // Without an order of their own, in that of their names.
    assert!(main_of(&page_of(&site, "/talks/async/")).contains("aria-hidden=\"true\">01</p>"));
}

#[test]
fn a_name_that_the_font_cannot_draw_is_set_as_text() {
    for name in ["東京の会", "Конференция", "مؤتمر", "A 🎈 day"] {
        let text = format!("-- event.yaml --\nname: {name}\ndate: 2024-10-10\nlanguages: [en]\n");
        let home = page_of(&Content::only(&text).site(), "/");
        assert!(home.contains("class=\"poster__text"), "{name}");
    }
}

#[test]
fn a_list_of_drafts_alone_is_one_itself() {
    let content = Content::only(
        "-- event.yaml --
name: Small meetup
date: 2024-10-10
languages: [en]
-- recap/en.md --
See [all](/projects/).
-- projects/alpha/project.yaml --
name: Alpha
draft: true
-- permalinks.lock --
/
/event.ics
/feed.xml
/search/
",
    );
    assert_eq!(problems(&content), ["link-to-draft recap/en.md:1:5"]);
}

#[test]
fn plain_texts_are_measured_too() {
    let name = "a".repeat(91);
    plant(&format!("-- projects/beta/project.yaml, with --\nname: ⟦too-long⟧{name}\n"));
}

#[test]
fn links_of_the_event_lead_on() {
    let site = Content::only(
        "-- event.yaml --
name: Small meetup
date: 2024-10-10
languages: [en]
links:
  - {title: Photo album, url: \"https://example.org/album?a=1&b=2\"}
  - {title: {en: Call us}, url: \"tel:+4930123456\"}
",
    )
    .site();
    let home = page_of(&site, "/");
    let address = "href=\"https://example.org/album?a=1&#38;b=2\">Photo album</a>";
    assert!(main_of(&home).contains(address), "{home}");
    assert!(main_of(&home).contains("href=\"tel:+4930123456\">Call us</a>"));
    // Search engines are told of what is on the web.
    assert!(home.contains("\"sameAs\":[\"https://example.org/album?a=1\\u0026b=2\"]"));
}

#[test]
fn a_link_leads_to_an_address_that_can_be_trusted() {
    plant(
        "-- event.yaml, with --
links:
  - {title: 하나, url: ⟦invalid-address⟧\"javascript:alert(1)\"}
  - {title: 둘, url: ⟦invalid-address⟧example.org}
  - ⟦missing-key⟧{url: \"https://example.org\"}
  - {title: 넷, url: \"https://example.org\", ⟦unknown-key⟧rel: me}
",
    );
}

#[test]
fn a_site_has_its_own_inks_on_pages_cards_and_icons() {
    let site = |inks: &str| {
        let text = format!(
            "-- event.yaml --\nname: Small\ndate: 2024-10-10\nlanguages: [en]\nlook: {{inks: {inks}}}\n"
        );
        let site = Content::only(&text).site();
        let icon = page_of(&site, "/favicon.svg");
        let paths = site.paths().map(|(path, _)| path);
        let styles = paths.filter(|it| it.starts_with("/assets/site-") && !it.contains(".js"));
        let styles: String = styles.map(|it| page_of(&site, it)).collect();
        (icon, styles)
    };
    let (icon, styles) = site("'#0A8F8A #88141d'");
    assert_eq!((icon, styles), site("teal-oxblood"));
    let (icon, styles) = site("teal-oxblood");
    assert!(icon.contains(".v{fill:#0a8f8a}") && styles.contains("--vermilion:#0a8f8a"));
    assert!(!site("vermilion-indigo").1.contains("#0a8f8a"));
}

#[test]
fn recording_slides_links_and_language_of_a_talk_are_shown_and_told_to_machines() {
    let talk = "
-- talks/one/talk.yaml --
name: One
video: https://films.example/one
slides: https://example.org/one.pdf
links: [{title: Source, url: \"https://example.org/code?a=1&b=2\"}]
language: de
keywords: [Lautheitskrieg]
-- talks/one/en.md --
What was said.
";
    let event =
        "-- event.yaml --\nname: Small\ndate: 2024-10-10\nlanguages: [en]\nentries: talks\n";
    let site = Content::only(&format!("{event}{talk}")).site();
    for path in ["/", "/talks/", "/talks/one/"] {
        let page = page_of(&site, path);
        let links = attributes(&page, "href");
        for address in [
            "https://films.example/one",
            "https://example.org/one.pdf",
            "https://example.org/code?a=1&b=2",
        ] {
            assert!(links.iter().any(|it| it == address), "{path}: {address}");
        }
    }
    let page = page_of(&site, "/talks/one/");
    assert!(page.contains("lang=\"de\">Deutsch"), "{page}");
    assert!(page.contains("\"@type\":\"VideoObject\""), "{page}");
    let data = page_of(&site, "/talks/one/index.json");
    let feed = page_of(&site, "/feed.xml");
    let markdown = page_of(&site, "/talks/one/index.md");
    for text in [&data, &feed, &markdown] {
        assert!(text.contains("https://films.example/one") && text.contains("/code?a=1"));
    }
    assert!(page_of(&site, "/search.json").contains("autheitskrieg"));
    let plain = format!("{event}-- talks/one/talk.yaml --\nname: One\n");
    let without = page_of(&Content::only(&plain).site(), "/talks/one/");
    assert!(!without.contains("VideoObject") && !without.contains("Recording"));
}

#[test]
fn a_logo_stands_at_the_head_of_every_page() {
    let with = |logo: &str| {
        let event = format!(
            "-- event.yaml, with --\nlook: {{logo: media/logo.svg}}\n-- media/logo.svg --\n{logo}"
        );
        let site = Content::new(&event).site();
        ["/", "/projects/alpha/"].map(|it| page_of(&site, it))
    };
    let of = |shapes: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 60 20\">{shapes}</svg>\n")
    };
    for page in with(&of("<path d=\"M1 1h58v18z\"/>")) {
        let head = between(&page, "<header", "</header>");
        assert!(head.contains("viewBox=\"0 0 60 20\" role=\"img\""), "{head}");
        assert!(!head.contains("site-header__emblem"), "{head}");
    }
    for page in
        with(&of("<path fill=\"#f00\" d=\"M1 1h58v9z\"/><path fill=\"#00f\" d=\"M1 9h58v9z\"/>"))
    {
        let head = between(&page, "<header", "</header>");
        assert!(
            head.contains("<img class=\"site-header__logo\" src=\"/media/logo.svg\""),
            "{head}"
        );
    }
}
