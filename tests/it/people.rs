//! People: a page each, and speakers that link to them.

use crate::support::{Content, attributes, between, main_of, page_of, png, problems, text_of};
use serde_json::Value;
use showcase::site::Lookup;

const EVENT: &str = "-- event.yaml --
name: Small meetup
date: 2024-10-10
languages: [en, de]
entries: talks
-- people/ann-example/person.yaml --
name: Ann Example
role: {en: Engineer, de: Ingenieurin}
organisation: Example Ltd
pronouns: she/her
links: [{title: Code, url: \"https://example.org/ann\"}]
photo: ann.png
aliases: [/people/ann/]
-- people/ann-example/en.md --
Ann writes [examples](/talks/borrowing/).
-- people/bob/person.yaml --
name: Bob
-- talks/borrowing/talk.yaml --
name: Borrowing
speakers: [ann-example, {name: Guest, organisation: Sample Ltd, links: [{title: Home, url: \"https://example.com\"}]}]
-- talks/async/talk.yaml --
name: Async
speakers: [ann-example]
";

fn event() -> Content {
    Content::only(EVENT).file("people/ann-example/ann.png", png(40, 50))
}

#[test]
fn a_person_has_a_page_with_all_that_they_presented() {
    let site = event().site();
    let page = page_of(&site, "/people/ann-example/");
    let main = main_of(&page);
    for part in [
        "Ann Example",
        "Engineer",
        "Example Ltd",
        "she/her",
        "href=\"https://example.org/ann\">Code</a>",
        "src=\"/assets/ann-40-",
        "width=\"40\" height=\"50\"",
        "Ann writes <a href=\"/talks/borrowing/\">examples</a>",
        "href=\"/talks/async/\"",
    ] {
        assert!(main.contains(part), "{part} in {main}");
    }
    // Another language has its own words, and says whose the bio are.
    let german = page_of(&site, "/de/people/ann-example/");
    assert!(main_of(&german).contains("Ingenieurin") && german.contains("class=\"notice\""));
    // The picture is served, and an old address leads on.
    let picture = &attributes(main, "src")[0];
    assert!(matches!(site.lookup(picture), Lookup::Found(_)));
    assert!(matches!(site.lookup("/people/ann/"), Lookup::Redirect(_)));
    // Without a portrait, no silhouette.
    let bob = page_of(&site, "/people/bob/");
    assert!(!main_of(&bob).contains("<img") && main_of(&bob).contains("class=\"emblem\""));
}

#[test]
fn speakers_link_to_their_pages() {
    let site = event().site();
    let talk = page_of(&site, "/talks/borrowing/");
    let main = main_of(&talk);
    assert!(main.contains("<a href=\"/people/ann-example/\">Ann Example</a>"), "{main}");
    // Who has no page is told of in place.
    assert!(main.contains("Sample Ltd") && main.contains("href=\"https://example.com\">Home</a>"));
    let json: Value = serde_json::from_str(&page_of(&site, "/talks.json")).expect("JSON");
    let speakers = &json["projects"][1]["speakers"];
    assert_eq!(speakers[0]["page"], "http://127.0.0.1:3000/people/ann-example/");
    assert!(speakers[1]["page"].is_null());
}

#[test]
fn people_are_listed_found_and_told_of() {
    let site = event().site();
    let list = page_of(&site, "/people/");
    let links = attributes(main_of(&list), "href");
    assert_eq!(links, ["/people/ann-example/", "/people/bob/"]);
    let home = page_of(&site, "/");
    assert!(between(&home, "<nav", "</nav>").contains("href=\"/people/\""));
    assert!(page_of(&site, "/sitemap.xml").contains("/people/ann-example/</loc>"));
    assert!(page_of(&site, "/search.json").contains("\"path\":\"/people/bob/\""));
    let page = page_of(&site, "/people/ann-example/");
    let data = between(&page, "application/ld+json\">", "</script>");
    let data: Value = serde_json::from_str(&data["application/ld+json\">".len()..]).expect("JSON");
    let person = &data["@graph"][0]["mainEntity"];
    assert_eq!(person["@type"], "Person");
    assert_eq!(person["worksFor"]["name"], "Example Ltd");
    assert_eq!(person["sameAs"][0], "https://example.org/ann");
    assert!(home.contains("\"performer\":[{\"@id\""));
}

#[test]
fn without_people_there_is_no_list() {
    let site = Content::new("").site();
    assert!(!page_of(&site, "/").contains("/people/"));
    assert!(!matches!(site.lookup("/people/"), Lookup::Found(_)));
}

#[test]
fn who_presented_only_drafts_is_one() {
    let content = Content::only(
        "-- event.yaml --
name: Small meetup
date: 2024-10-10
languages: [en]
-- recap/en.md --
See [Ann](/people/ann/).
-- people/ann/person.yaml --
name: Ann
-- projects/alpha/project.yaml --
name: Alpha
draft: true
speakers: [ann]
-- permalinks.lock --
/
/event.ics
/feed.xml
/search/
",
    );
    assert_eq!(problems(&content), ["link-to-draft recap/en.md:1:5"]);
    let site = content.file("recap/en.md", "Text.").site();
    assert!(!page_of(&site, "/").contains("/people/"));
}

#[test]
fn people_are_kept_at_their_addresses() {
    let content = Content::new("-- people/ann/person.yaml --\nname: Ann\n");
    let lock = content.files().find(|(path, _)| *path == "permalinks.lock");
    let lock = text_of(lock.expect("a list").1);
    let (_, diagnostics) = content.file("permalinks.lock", lock + "/people/zoe/\n").load();
    let text = diagnostics.text(false);
    for message in ["`/people/ann/`", "`/en/people/`", "`/people/zoe/` was published"] {
        assert!(text.contains(message), "{message} in {text}");
    }
}

#[test]
fn a_name_in_other_letters_says_whose_spelling_it_is() {
    let site = Content::only(
        "-- event.yaml --
name: Small meetup
date: 2024-10-10
languages: [ko, en]
-- people/hana/person.yaml --
name: {ko: 김하나, en: Hana Kim}
romanised: true
",
    )
    .site();
    let english = page_of(&site, "/en/people/hana/");
    assert!(main_of(&english).contains("김하나, spelt in Latin letters by this site"));
    assert!(!main_of(&page_of(&site, "/people/hana/")).contains("person-header__note"));
}
