//! The content in this repository, as it is published.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use showcase::assets::Assets;
use showcase::diagnostic::Diagnostics;
use showcase::model::Website;
use showcase::site::{ContentType, Site};

use crate::support::{
    Content, assemble, assemble_with, attributes, between, listed, load, page_of, text_of,
};

const ORIGIN: &str = "https://example.org";
const URL: &str = "https://example.org/recap/";

static LOADED: LazyLock<(Option<Website>, Diagnostics)> = LazyLock::new(|| load(&folder()));

static SITE: LazyLock<Site> = LazyLock::new(|| assemble(website(), URL));

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

fn website() -> &'static Website {
    LOADED.0.as_ref().expect("content without errors")
}

/// Every page with its path, the mount path included.
static PAGES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    SITE.paths()
        .filter(|(path, _)| path.ends_with('/'))
        .map(|(path, resource)| (SITE.location(path), text_of(resource.body())))
        .collect()
});

/// The pages for what is not found, and for what is not allowed.
fn other_pages() -> Vec<(String, String)> {
    SITE.not_found_pages()
        .map(|(prefix, page)| (format!("404 of {prefix}/"), text_of(page.body())))
        .collect()
}

#[test]
fn it_has_no_problem_at_all() {
    assert_eq!(listed(&LOADED.1), [""; 0], "{}", LOADED.1.text(false));
}

#[test]
fn every_project_and_topic_has_a_page_in_every_language() {
    let slugs = website().projects.iter().map(|it| ("projects", &it.slug));
    let topics = website().topics.iter().map(|it| ("topics", &it.id));
    for (folder, name) in slugs.chain(topics) {
        for prefix in ["", "/en"] {
            page_of(&SITE, &format!("/recap{prefix}/{folder}/{name}/"));
        }
    }
}

#[test]
fn every_page_has_a_title_and_a_description_of_its_own() {
    let mut titles: HashMap<&str, &str> = HashMap::new();
    let mut descriptions: HashMap<String, &str> = HashMap::new();
    for (path, html) in &*PAGES {
        let title = between(html, "<title>", "</title>");
        if let Some(other) = titles.insert(title, path) {
            panic!("{path} and {other} have the same title: {title}");
        }
        let description = between(html, "<meta name=\"description\"", ">");
        let description = attributes(description, "content").concat();
        // A Hangul letter is as wide as two Latin ones.
        let width: usize = description.chars().map(|it| if it.is_ascii() { 1 } else { 2 }).sum();
        assert!(
            (50..=170).contains(&width),
            "{width} columns; search results show some 160: {path}: {description}"
        );
        if let Some(other) = descriptions.insert(description, path) {
            panic!("{path} and {other} have the same description");
        }
    }
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let website = load(&folder()).0.expect("content without errors");
    // What is drawn is named by what it shows, and all of it would take seconds to draw; `og_image` draws some twice.
    same_bytes(&SITE, &assemble(&website, URL), ContentType::is_compressible);
    // Likewise the font, of which a small site's says as much.
    let small = Content::new("").load().0.expect("content without errors");
    let [one, other] = [(); 2].map(|()| {
        let mut assets = Assets::default();
        assets.has_cards = false;
        assemble_with(&small, URL, &assets)
    });
    same_bytes(&one, &other, |_| true);
}

fn same_bytes(one: &Site, other: &Site, is_compared: impl Fn(ContentType) -> bool) {
    assert_eq!(one.paths().count(), other.paths().count());
    for ((path, resource), (other_path, other)) in one.paths().zip(other.paths()) {
        assert_eq!(path, other_path);
        assert!(
            !is_compared(resource.content_type()) || resource.body() == other.body(),
            "{path} differs from run to run"
        );
    }
    assert!(one.redirects().eq(other.redirects()));
}

#[test]
fn every_link_leads_to_a_page_and_every_fragment_to_an_element() {
    let (broken, count) = broken_links(&SITE, ORIGIN, &PAGES, &other_pages());
    assert_eq!(broken, [""; 0]);
    assert!(count > PAGES.len(), "links are no longer found: {count}");
}

/// The links of a site's pages that lead nowhere in it, and how many links there are.
pub(crate) fn broken_links(
    site: &Site,
    origin: &str,
    pages: &BTreeMap<String, String>,
    lost: &[(String, String)],
) -> (Vec<String>, usize) {
    let ids: HashMap<&str, BTreeSet<String>> = pages
        .iter()
        .map(|(path, html)| (path.as_str(), attributes(html, "id").into_iter().collect()))
        .collect();
    let files: BTreeSet<String> = site.paths().map(|(path, _)| site.location(path)).collect();
    let mut broken = Vec::new();
    let mut count = 0;
    for (path, html) in pages
        .iter()
        .map(|(path, html)| (path.as_str(), html))
        .chain(lost.iter().map(|(path, html)| (path.as_str(), html)))
    {
        let links = attributes(html, "href").into_iter().chain(attributes(html, "src"));
        for link in links {
            let inner = link.strip_prefix(origin).unwrap_or(&link);
            if inner.starts_with("https://") || inner.starts_with("mailto:") {
                continue;
            }
            let (file, fragment) = inner.split_once('#').unwrap_or((inner, ""));
            let file = file.split('?').next().unwrap_or_default();
            let file = if file.is_empty() { path } else { file };
            let fragment = percent_decoded(fragment);
            let is_there = if path.starts_with("404") && file == path {
                attributes(html, "id").contains(&fragment)
            } else {
                files.contains(file)
                    && (fragment.is_empty()
                        || ids.get(file).is_some_and(|ids| ids.contains(&fragment)))
            };
            if !is_there {
                broken.push(format!("{link} on {path}"));
            }
            count += 1;
        }
    }
    (broken, count)
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digits = [rest.clone().next(), rest.clone().nth(1)];
        match (byte, digits) {
            (b'%', [Some(high), Some(low)]) => {
                let digits = [high, low];
                let digits = std::str::from_utf8(&digits).expect("two digits");
                bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
                rest.nth(1);
            }
            _ => bytes.push(byte),
        }
    }
    text_of(&bytes)
}

#[test]
fn no_page_has_an_id_twice() {
    let lost = other_pages();
    let pages = PAGES.iter().chain(lost.iter().map(|(path, html)| (path, html)));
    for (path, html) in pages {
        let mut seen = BTreeSet::new();
        for id in attributes(html, "id") {
            assert!(seen.insert(id.clone()), "#{id} twice on {path}");
        }
    }
}

/// The report does not say at what time of the day it was.
#[test]
fn no_page_claims_an_evening() {
    for (path, html) in &*PAGES {
        let text = html.to_lowercase();
        for word in text.split(|it: char| !it.is_alphabetic()) {
            let is_late =
                ["evening", "night", "tonight", "저녁"].iter().any(|it| word.contains(it))
                    || word.starts_with('밤')
                    || word.ends_with('밤');
            assert!(!is_late, "`{word}` on {path}: the report names no time of the day");
        }
    }
}

#[test]
fn every_write_up_is_as_long_as_its_facts_carry() {
    let english = website().languages.find("en").expect("a language");
    for project in &website().projects {
        let prose = project.prose.as_ref().and_then(|it| it.exact(english)).expect("a translation");
        let words = prose.text().split_whitespace().count();
        assert!((120..=450).contains(&words), "{} words: {}", words, project.slug);
    }
}

#[test]
fn every_term_of_the_glossary_is_used() {
    let links: BTreeSet<String> = PAGES
        .values()
        .flat_map(|html| attributes(between(html, "<main", "</main>"), "href"))
        .collect();
    for term in &website().glossary {
        for prefix in ["", "/en"] {
            let link = format!("/recap{prefix}/glossary/#{}", term.id);
            assert!(links.contains(&link), "nothing links {link}: write `[…](term:{})`", term.id);
        }
    }
}
