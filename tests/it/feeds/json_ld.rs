//! What search engines are told, held against the vocabulary of schema.org.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{HARD, HOSTILE, SHIPPED, SMALL, URL, is_there, pages};
use crate::support::between;

/// The types with their parents, the properties with the types that have them and their values.
#[derive(Default)]
struct Vocabulary {
    parents: BTreeMap<&'static str, Vec<&'static str>>,
    properties: BTreeMap<&'static str, [Vec<&'static str>; 2]>,
}

impl Vocabulary {
    fn read() -> Self {
        let mut vocabulary = Self::default();
        let lines = include_str!("schema-org.txt").lines();
        for line in lines.filter(|it| !it.starts_with('#')) {
            let (head, values) = line.split_once(':').expect("a colon");
            let values = values.split_whitespace().collect();
            let words: Vec<&str> = head.split_whitespace().collect();
            match words.as_slice() {
                ["type", name] => drop(vocabulary.parents.insert(name, values)),
                ["property", name, "on", types @ ..] => {
                    vocabulary.properties.insert(name, [types.to_vec(), values]);
                }
                _ => panic!("neither type nor property: {line}"),
            }
        }
        vocabulary
    }

    fn is_a(&self, kind: &str, wanted: &str) -> bool {
        let parents = self.parents.get(kind);
        kind == wanted || parents.is_some_and(|all| all.iter().any(|it| self.is_a(it, wanted)))
    }

    /// Checks a thing and all within it.
    fn check(&self, node: &Map<String, Value>, at: &str) {
        // A reference to a thing that is described elsewhere.
        if node.keys().all(|it| it == "@id") && !node.is_empty() {
            return;
        }
        let kind = node["@type"].as_str().expect("a type");
        assert!(self.parents.contains_key(kind), "no type {kind}: {at}");
        for (name, value) in node.iter().filter(|(name, _)| !name.starts_with('@')) {
            let Some([types, values]) = self.properties.get(name.as_str()) else {
                panic!("{name} is not in the vocabulary: {at}");
            };
            assert!(types.iter().any(|it| self.is_a(kind, it)), "{kind} has no {name}: {at}");
            let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            assert!(!all.is_empty(), "{name} of {kind} is empty: {at}");
            for value in all {
                let fits = values.iter().any(|it| self.fits(value, it));
                assert!(fits, "{name} of {kind} cannot be {value}: {at}");
                if let Value::Object(node) = value {
                    self.check(node, at);
                }
            }
        }
    }

    fn fits(&self, value: &Value, kind: &str) -> bool {
        match (value, kind) {
            (Value::Object(node), kind) => {
                node.get("@type").is_none_or(|it| self.is_a(it.as_str().unwrap_or_default(), kind))
            }
            (Value::Number(number), "Integer") => number.is_u64(),
            (Value::Number(_), "Number") => true,
            (Value::String(text), "DateTime") => text.parse::<jiff::Timestamp>().is_ok(),
            (Value::String(text), "Date") => text.parse::<jiff::civil::Date>().is_ok(),
            (Value::String(text), "Text") => !text.trim().is_empty(),
            (Value::String(text), "EventAttendanceModeEnumeration") => {
                text == "https://schema.org/OfflineEventAttendanceMode"
            }
            // An address stands for the thing that is there.
            (Value::String(text), kind) if kind != "DateTime" => text.starts_with("https://"),
            _ => false,
        }
    }
}

fn graph(html: &str, at: &str) -> Vec<Map<String, Value>> {
    let start = "<script type=\"application/ld+json\">";
    let script = between(html, start, "</script>");
    let data: Value = serde_json::from_str(&script[start.len()..]).expect("JSON");
    assert_eq!(data["@context"], "https://schema.org", "{at}");
    let nodes = data["@graph"].as_array().expect("a graph").iter();
    nodes.map(|it| it.as_object().expect("a thing").clone()).collect()
}

fn find<'a>(graph: &'a [Map<String, Value>], kind: &str) -> &'a Map<String, Value> {
    let node = graph.iter().find(|it| it["@type"] == kind);
    node.unwrap_or_else(|| panic!("no {kind} in {graph:?}"))
}

#[test]
fn every_page_keeps_to_the_vocabulary_and_its_addresses_answer() {
    let vocabulary = Vocabulary::read();
    for site in [&SHIPPED, &HARD] {
        for (address, html) in pages(site) {
            let graph = graph(&html, &address);
            for node in &graph {
                vocabulary.check(node, &address);
            }
            let text = serde_json::to_string(&graph).expect("JSON");
            for part in text.split(&format!("\"{URL}")).skip(1) {
                let path = part.split('"').next().unwrap_or_default();
                assert!(is_there(site, &format!("{URL}{path}")), "{path} on {address}");
            }
        }
    }
}

#[test]
fn the_first_page_is_of_the_event_and_its_talks() {
    let pages = pages(&SMALL);
    let graph = graph(&pages[&format!("{URL}en/")], "the first page");
    let event = find(&graph, "Event");
    assert_eq!(event["startDate"], "2018-06-17");
    assert_eq!(event["location"]["name"], "Grand Hotel");
    assert_eq!(event["location"]["address"]["addressLocality"], "Seoul");
    assert_eq!(event["organizer"]["name"], "The host");
    let talks = event["subEvent"].as_array().expect("talks");
    assert_eq!(talks.len(), 3);
    assert_eq!(talks[0]["name"], "Alpha");
    assert_eq!(talks[0]["performer"][0]["name"], "Hana Kim");
    assert_eq!(find(&graph, "WebPage")["inLanguage"], "en");
    for unknown in ["endDate", "eventStatus", "doorTime"] {
        assert!(!event.contains_key(unknown), "{unknown} is not known");
    }
}

#[test]
fn a_project_page_is_an_article_that_says_where_it_stands() {
    let pages = pages(&SMALL);
    let address = format!("{URL}en/projects/alpha/");
    let graph = graph(&pages[&address], "Alpha");
    let article = find(&graph, "Article");
    assert_eq!(article["headline"], "Alpha");
    assert_eq!(article["about"][0]["alternateName"], "Alpha Chain");
    assert_eq!(article["isPartOf"]["@id"], find(&graph, "WebSite")["@id"]);
    assert_eq!(article["dateModified"], "2026-11-20");
    assert_eq!(article["author"]["@type"], "Organization");
    let trail = find(&graph, "BreadcrumbList")["itemListElement"].as_array();
    let trail: Vec<&Value> = trail.expect("steps").iter().map(|it| &it["item"]).collect();
    let (home, list) = (format!("{URL}en/"), format!("{URL}en/projects/"));
    assert_eq!(trail, [&home, &list, &address]);
}

#[test]
fn lists_and_the_glossary_say_what_they_hold() {
    let pages = pages(&SMALL);
    let of = |path: &str| graph(&pages[&format!("{URL}{path}")], path);
    let projects = of("projects/");
    let list = &find(&projects, "CollectionPage")["mainEntity"];
    assert_eq!((&list["@type"], &list["numberOfItems"]), (&"ItemList".into(), &3.into()));
    let glossary = of("en/glossary/");
    let terms = find(&glossary, "DefinedTermSet")["hasDefinedTerm"].as_array();
    assert!(terms.is_some_and(|it| it.len() == 2));
}

#[test]
fn no_name_breaks_out_of_the_script() {
    for (address, html) in pages(&HARD) {
        let start = "<script type=\"application/ld+json\">";
        let script = &between(&html, start, "</script>")[start.len()..];
        assert!(!script.contains('<') && !script.contains("-->"), "{address}");
    }
    let pages = pages(&HARD);
    let graph = graph(&pages[&format!("{URL}projects/alpha/")], "alpha");
    assert_eq!(find(&graph, "Article")["headline"], HOSTILE);
}
