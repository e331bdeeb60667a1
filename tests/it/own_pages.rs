//! Pages beside the event's own parts, and what menu and footer lead to.

use showcase::site::{Lookup, Site};

use crate::support::{Content, attributes, between, main_of, page_of, problems};

const EVENT: &str = "-- event.yaml --
name: Small meetup
date: 2024-10-10
languages: [en, de]
entries: talks
-- talks/borrowing/talk.yaml --
name: Borrowing
-- pages/code-of-conduct/page.yaml --
title: {en: Code of conduct, de: Verhaltensregeln}
description: How we treat one another.
-- pages/code-of-conduct/en.md --
Be [kind](/talks/borrowing/).

## Whom to ask {#whom}

Anybody.
-- pages/venue/page.yaml --
title: Venue
aliases: [/map/]
";

fn menu(site: &Site, path: &str) -> Vec<String> {
    let page = page_of(site, path);
    attributes(between(&page, "site-header__nav", "</nav>"), "href")
}

fn footer(site: &Site, path: &str) -> Vec<String> {
    let page = page_of(site, path);
    attributes(between(&page, "site-footer__nav", "</nav>"), "href")
}

#[test]
fn a_page_needs_a_title_alone_and_stands_below_the_root() {
    let site = Content::only(EVENT).site();
    let page = page_of(&site, "/code-of-conduct/");
    let main = main_of(&page);
    assert!(
        main.contains("Be <a href=\"/talks/borrowing/\">kind</a>") && main.contains("id=\"whom\"")
    );
    assert!(page.contains("<meta name=\"description\" content=\"How we treat one another.\">"));
    let german = page_of(&site, "/de/code-of-conduct/");
    assert!(main_of(&german).contains("Verhaltensregeln") && german.contains("class=\"notice\""));
    assert!(main_of(&page_of(&site, "/venue/")).contains("Venue"));
    assert!(matches!(site.lookup("/map/"), Lookup::Redirect(_)));
    assert!(page_of(&site, "/sitemap.xml").contains("/venue/</loc>"));
    assert!(page_of(&site, "/search.json").contains("\"path\":\"/code-of-conduct/\""));
}

#[test]
fn pages_stand_in_the_foot_unless_somebody_says_where() {
    let site = Content::only(EVENT).site();
    assert_eq!(menu(&site, "/"), ["/", "/talks/", "/search/"]);
    let all = ["/", "/talks/", "/search/", "/code-of-conduct/", "/venue/"];
    assert_eq!(footer(&site, "/"), all);
    let listed = format!(
        "{EVENT}-- event.yaml --
name: Small meetup
date: 2024-10-10
languages: [en, de]
entries: talks
menu: [pages/venue, talks, home]
footer: [pages/code-of-conduct]
"
    );
    let site = Content::only(&listed).site();
    assert_eq!(menu(&site, "/de/venue/"), ["/de/venue/", "/de/talks/", "/de/"]);
    assert_eq!(footer(&site, "/venue/"), ["/code-of-conduct/"]);
}

#[test]
fn a_site_without_texts_about_itself_has_no_such_page() {
    let site = Content::only(EVENT).site();
    assert!(!matches!(site.lookup("/about/"), Lookup::Found(_)));
    let about = format!("{EVENT}-- pages/about/page.yaml --\ntitle: Who we are\n");
    let site = Content::only(&about).site();
    // It has the menu's own word.
    assert_eq!(menu(&site, "/"), ["/", "/talks/", "/about/", "/search/"]);
    assert!(page_of(&site, "/about/").contains("\"AboutPage\""));
}

#[test]
fn texts_where_they_once_stood_are_named() {
    let content = Content::new("-- about/fr.md --\nTexte.\n");
    assert_eq!(problems(&content), ["unread-file about/fr.md:1:1"]);
    assert!(content.load().1.text(false).contains("`pages/about/fr.md`"));
}
