//! No link of an export leads nowhere, read from the files alone.

use std::collections::{BTreeMap, BTreeSet};

use super::{Files, PLAIN, end_of};
use crate::support::{attributes, text_of, unbound};

/// The file for an address on the site, as a plain file server finds it.
fn file_of(base: &str, path: &str) -> Option<String> {
    let name = path.strip_prefix(base)?.strip_prefix('/')?;
    let end = if name.is_empty() || name.ends_with('/') { "index.html" } else { "" };
    Some(format!("{name}{end}"))
}

/// What a file of text refers to.
fn references(name: &str, text: &str) -> Vec<String> {
    if name.rsplit('.').next() == Some("css") {
        let urls = text.split("url(").skip(1);
        let urls = urls.filter_map(|rest| rest.split(')').next());
        return urls.map(|it| it.trim_matches(['"', '\'']).to_owned()).collect();
    }
    ["href", "src", "data-to"].iter().flat_map(|name| attributes(text, name)).collect()
}

/// What leads nowhere, and how many references there are.
fn broken(files: &Files, base: &str) -> (Vec<String>, usize) {
    let texts: BTreeMap<&str, String> = files
        .iter()
        .filter(|(name, _)| ["html", "css"].contains(&end_of(name)))
        .map(|(name, body)| (name.as_str(), text_of(body)))
        .collect();
    let ids: BTreeMap<&str, BTreeSet<String>> = texts
        .iter()
        .map(|(name, text)| (*name, attributes(text, "id").into_iter().collect()))
        .collect();
    let (mut broken, mut count) = (Vec::new(), 0);
    for (name, text) in &texts {
        for reference in references(name, text) {
            let inner = reference.strip_prefix("https://example.org");
            let inner = inner.unwrap_or(&reference);
            if ["https://", "mailto:", "data:"].iter().any(|it| inner.starts_with(it)) {
                continue;
            }
            count += 1;
            let (path, fragment) = inner.split_once('#').unwrap_or((inner, ""));
            let path = path.split('?').next().unwrap_or_default();
            let file = match path {
                "" => Some((*name).to_owned()),
                path if path.starts_with('/') => file_of(base, path),
                beside => {
                    let folder = name.rsplit_once('/').map_or("", |it| it.0);
                    Some(format!("{folder}/{beside}"))
                }
            };
            let is_there = file.is_some_and(|file| {
                let has = |ids: &BTreeSet<String>| {
                    ids.iter().any(|id| *id == fragment || encoded(id) == fragment)
                };
                files.contains_key(&file)
                    && (fragment.is_empty() || ids.get(file.as_str()).is_some_and(has))
            });
            if !is_there {
                broken.push(format!("{reference} in {name}"));
            }
        }
    }
    (broken, count)
}

fn encoded(id: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    id.bytes().map(byte).collect()
}

#[test]
fn every_link_leads_to_a_file_and_every_fragment_to_an_element() {
    for (files, base) in PLAIN.iter().zip(["", "/recap"]) {
        let (broken, count) = broken(files, base);
        assert_eq!(broken, [""; 0], "below {base}/");
        assert!(count > files.len(), "links are no longer found: {count}");
    }
}

#[test]
fn a_heading_is_found_by_the_ids_that_it_had_before() {
    let html = unbound(&text_of(&PLAIN[0]["projects/beta/index.html"]));
    let ids = attributes(&html, "id");
    assert!(["fresh", "stale"].iter().all(|id| ids.iter().any(|it| it == id)), "{ids:?}");
    let heading = html.rfind("새 제목<");
    let former = html.find("<span id=\"stale\"></span>").expect("the former id");
    assert!(former < heading.expect("the heading"));
}
