//! An event that shares no fact with the shipped one: two days, two rooms, forty talks, in German and English. What it
//! shows is that the first is only content.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;
use showcase::assets::{fonts, lettering};
use showcase::diagnostic::Diagnostics;
use showcase::model::Website;
use showcase::site::Site;

use crate::architecture::{name_in, shipped_names};
use crate::og_image::card_of;
use crate::shipped_content::broken_links;
use crate::support::{assemble, attributes, listed, load, main_of, page_of, text_of};

const ORIGIN: &str = "https://second.example";

static LOADED: LazyLock<(Option<Website>, Diagnostics)> = LazyLock::new(|| load(&folder()));

static SITE: LazyLock<Site> = LazyLock::new(|| assemble(website(), &format!("{ORIGIN}/")));

static PAGES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let pages = SITE.paths().filter(|(path, _)| path.ends_with('/'));
    let pages = pages.map(|(path, page)| (path.to_owned(), text_of(page.body())));
    pages.collect()
});

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/second-event")
}

fn website() -> &'static Website {
    LOADED.0.as_ref().expect("content without errors")
}

/// The paths of a language's pages begin with one of these.
const PREFIXES: [&str; 2] = ["", "/en"];

#[test]
fn it_has_no_problem() {
    assert_eq!(listed(&LOADED.1), [""; 0]);
}

#[test]
fn its_own_font_has_the_letters_that_the_programs_own_lacks() {
    let name = "山田花子";
    let own = website().font.as_deref();
    assert!(!fonts::has_all(name, None) && fonts::has_all(name, own));
    assert_eq!(fonts::drawable(name, own), name);
    let poster = lettering::lettering(name, own).expect("drawn letters");
    assert!(!poster.consonants.is_empty() && !poster.vowels.is_empty());
    let styles = SITE.paths().filter(|(path, _)| path.starts_with("/assets/site-"));
    let styles: String =
        styles.filter_map(|(_, it)| String::from_utf8(it.body().to_vec()).ok()).collect();
    assert!(styles.contains("Site Sans") && !styles.contains("PLUS"), "no name of a font");
    let card = |slug: &str| {
        let address = card_of(&page_of(&SITE, &format!("/people/{slug}/")));
        SITE.paths()
            .find(|(path, _)| **path == *address.trim_start_matches(ORIGIN))
            .map(|(_, it)| it.body().clone())
    };
    assert_ne!(card("yamada-hanako"), None);
}

#[test]
fn nothing_that_it_serves_says_a_word_of_the_shipped_event() {
    let names = shipped_names();
    for (path, resource) in SITE.paths() {
        let kind = resource.content_type();
        if kind.is_compressible() && !path.starts_with("/assets/") {
            let text = text_of(resource.body());
            assert_eq!(name_in(&names, &text), None, "{path}");
        }
    }
}

/// The texts of all files of a folder.
fn said_in(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            texts.extend(said_in(&path));
        } else {
            texts.extend(fs::read_to_string(path));
        }
    }
    texts
}

/// The texts of a language pack by the path of their keys.
fn words(value: &Value, path: &str, words: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                self::words(value, &format!("{path}.{key}"), words);
            }
        }
        Value::String(text) => {
            words.insert(path.to_owned(), text.clone());
        }
        _ => {}
    }
}

#[test]
fn german_pages_speak_no_english_and_english_pages_no_german() {
    let pack = |code: &str| {
        let file = format!("static/languages/{code}.yaml");
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file));
        let value = serde_yaml::from_str(&text.expect("a pack")).expect("YAML");
        let mut texts = BTreeMap::new();
        words(&value, "", &mut texts);
        texts
    };
    let packs = [pack("de"), pack("en")];
    let content = said_in(&folder());
    for (own, other) in [(0, 1), (1, 0)] {
        // What stands between the places for numbers and names, where both languages do not say the same.
        let foreign =
            packs[other].iter().filter(|(path, text)| packs[own].get(*path) != Some(text));
        let own: Vec<&String> = packs[own].values().chain(&content).collect();
        let foreign: Vec<String> = foreign
            .flat_map(|(_, text)| text.split(['{', '}']).step_by(2))
            .map(|it| it.trim().to_owned())
            .filter(|it| it.chars().count() > 8 && !own.iter().any(|own| own.contains(it.as_str())))
            .collect();
        assert!(foreign.len() > 50, "labels are no longer found");
        for (path, html) in &*PAGES {
            if path.starts_with("/en/") == (other == 0) {
                assert_eq!(name_in(&foreign, html), None, "{path}");
            }
        }
    }
}

#[test]
fn every_page_has_a_card_and_every_link_leads_on() {
    let lost: Vec<(String, String)> = SITE
        .not_found_pages()
        .map(|(prefix, page)| (format!("404 of {prefix}/"), text_of(page.body())))
        .collect();
    let (broken, count) = broken_links(&SITE, ORIGIN, &PAGES, &lost);
    assert_eq!(broken, [""; 0]);
    assert!(count > PAGES.len(), "links are no longer found: {count}");
    let files: Vec<&str> = SITE.paths().map(|(path, _)| path).collect();
    for (path, html) in &*PAGES {
        let card = card_of(html);
        let card = card.strip_prefix(ORIGIN).expect("a card of the site");
        assert!(files.contains(&card), "{card} of {path}");
    }
}

#[test]
fn talks_rooms_people_pages_and_sponsors_are_where_readers_look() {
    let website = website();
    let languages = || website.languages.iter().zip(PREFIXES);
    for prefix in PREFIXES {
        let list = page_of(&SITE, &format!("{prefix}/talks/"));
        let schedule = page_of(&SITE, &format!("{prefix}/schedule/"));
        let people = page_of(&SITE, &format!("{prefix}/people/"));
        let [list, schedule, people] =
            [&list, &schedule, &people].map(|it| attributes(main_of(it), "href"));
        for talk in &website.projects {
            let path = format!("{prefix}/talks/{}/", talk.slug);
            assert!(list.contains(&path) && schedule.contains(&path), "{path}");
            let calendar = page_of(&SITE, &format!("{path}event.ics"));
            assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1, "{path}");
        }
        for person in &website.people {
            assert!(people.contains(&format!("{prefix}{}", person.path())));
        }
    }
    for (language, prefix) in languages() {
        let home = page_of(&SITE, &format!("{prefix}/"));
        for tier in &website.sponsors {
            assert!(main_of(&home).contains(tier.name.text(language)));
        }
        for page in &website.pages {
            let html = page_of(&SITE, &format!("{prefix}{}", page.path()));
            assert!(main_of(&html).contains(page.title.text(language)));
        }
    }
    let talks = website.projects.iter();
    let days: BTreeSet<_> = talks.filter_map(|it| Some(it.start?.date())).collect();
    assert_eq!((website.projects.len(), days.len()), (40, 2));
}
