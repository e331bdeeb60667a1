//! What machines read: heads of pages, feeds, calendars, lists and data, each by a parser that is not
//! ours.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use showcase::site::Site;

use crate::support::{Content, attributes, page_of, text_of, unbound};

mod calendar;
mod feed;
mod head;
mod json;
mod json_ld;
mod sitemap;

const URL: &str = "https://example.org/recap/";

/// What could break out of a format: of HTML, XML, JSON, YAML, Markdown and calendars.
const HOSTILE: &str =
    "</script><!-- ]]> & \" ' \\ ; , * _ [x](y) | `z` \u{1f408}\u{200d}\u{2b1b} #";

/// The small site, whose projects have all that a project may have.
static SMALL: LazyLock<Site> = LazyLock::new(|| {
    let content = Content::new(
        "
-- projects/alpha/project.yaml, with --
long_name: Alpha Chain
figures:
  - {id: market, value: 500000000000, unit: usd, by_year: 2020, label: {ko: 시장, en: the market}, said_by: project}
steps: {title: {ko: 차례, en: Steps}, items: [{title: {ko: 하나, en: One}, text: {ko: 먼저., en: First.}}, {title: {ko: 둘, en: Two}, text: {ko: 다음., en: Then.}}]}
syllable: {text: 알, reading: al, meaning: {ko: 처음, en: the beginning}}
",
    );
    content.site_at(URL)
});

/// The shipped content under a path.
static SHIPPED: LazyLock<Site> = LazyLock::new(|| Content::shipped().site_at(URL));

/// A site with a draft, a text that one language lacks, a range, and names that try to break out.
static HARD: LazyLock<Site> = LazyLock::new(|| hard().site_at(URL));

fn hard() -> Content {
    let name = serde_json::to_string(&HOSTILE.repeat(3)).expect("JSON");
    let short = serde_json::to_string(HOSTILE).expect("JSON");
    Content::new(&format!(
        "
-- event.yaml, with --
name: {{ko: {short}, en: {short}}}
description: {{ko: {name}, en: {name}}}
venue: {{ko: {short}, en: {short}}}
-- projects/alpha/project.yaml, with --
name: {{ko: {short}, en: {short}}}
standfirst: {{ko: {name}, en: {name}}}
figures:
  - {{id: many, from: 40, to: 50, unit: people, bound: about, period: month, label: {{ko: {short}, en: {short}}}, said_by: reporter}}
-- projects/alpha/ko.md --
**굵게(강조)**는 [노드](term:node)와 [베타](/projects/beta/#more)와 [아래](#how), ![그림](a.svg), [밖](https://example.org/(a)), <a@example.org>.

## 방법 {{#how}}

[참조][x], [또][x], [뾰족](</projects/beta/>). `]]>`

[x]: /glossary/#pos
-- projects/alpha/a.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>
-- projects/beta/project.yaml, with --
name: {{ko: 베타, en: Beta}}
-- projects/beta/ko.md --
베타의 글이다.

## 더 {{#more}}

끝.
-- projects/beta/en.md, gone --
-- projects/gamma/project.yaml, with --
draft: true
updated: 2026-12-24
-- topics.yaml --
topics:
  - {{id: data, name: {{ko: {short}, en: {short}}}, text: {{ko: 데이터를 다룬다., en: They deal in data.}}}}
  - {{id: games, name: {{ko: 게임, en: Games}}, text: {{ko: 게임을 만든다., en: They make games.}}}}
-- permalinks.lock --
/
"
    ))
}

/// Every page with its address.
fn pages(site: &Site) -> BTreeMap<String, String> {
    site.paths()
        .filter(|(path, _)| path.ends_with('/'))
        .map(|(path, resource)| {
            let address = format!("https://example.org{}", site.location(path));
            (address, unbound(&text_of(resource.body())))
        })
        .collect()
}

/// The elements that begin like this, each up to its end.
fn tags<'a>(html: &'a str, start: &str) -> Vec<&'a str> {
    let rest = html.match_indices(start).map(|(index, _)| &html[index..]);
    rest.map(|it| it.split_inclusive('>').next().unwrap_or_default()).collect()
}

/// The value of an attribute of a tag.
fn value(tag: &str, name: &str) -> String {
    attributes(tag, name).concat()
}

/// What an address on the site answers with.
#[track_caller]
fn read(site: &Site, address: &str) -> String {
    let path = address.strip_prefix("https://example.org").unwrap_or(address);
    page_of(site, path)
}

/// Whether the address, without its fragment, is one of the site's.
fn is_there(site: &Site, address: &str) -> bool {
    let path = address.split('#').next().unwrap_or_default();
    let path = path.strip_prefix("https://example.org");
    path.is_some_and(|path| site.paths().any(|(it, _)| site.location(it) == path))
}

#[test]
fn drafts_are_in_none_of_them() {
    let mut seen = BTreeSet::new();
    for (path, resource) in HARD.paths() {
        let end = path.rsplit('.').next().unwrap_or_default();
        if ["xml", "json", "md", "ics", "txt", "webmanifest"].contains(&end) {
            seen.insert(end.to_owned());
            let text = text_of(resource.body());
            assert!(!text.contains("gamma") && !text.contains("2026-12-24"), "{path}");
        }
        assert!(!path.contains("gamma"), "{path}");
    }
    assert_eq!(seen.len(), 6, "{seen:?}");
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let again = hard().site_at(URL);
    let bodies = |site: &Site| -> Vec<(String, Vec<u8>)> {
        let paths = site.paths();
        paths.map(|(path, it)| (path.to_owned(), it.body().to_vec())).collect()
    };
    assert!(bodies(&HARD) == bodies(&again));
}
