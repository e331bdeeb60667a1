//! The JSON Schemas: current, complete, and of one mind with `check`.

use std::path::Path;

use jsonschema::Validator;
use serde_json::Value;
use showcase::content;

use crate::support::{Content, problems};

/// A file as another reader of YAML sees it.
fn value(yaml: &str) -> Value {
    // As YAML 1.2 has it: `no` is a word.
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options(yaml, options).expect("YAML")
}

/// The schema of a file, by the folder it stands in.
fn schema_of(path: &str) -> &'static str {
    match path {
        "event.yaml" => "event.json",
        "topics.yaml" => "topics.json",
        "glossary.yaml" => "glossary.json",
        "schedule.yaml" => "schedule.json",
        "sponsors.yaml" => "sponsors.json",
        _ if path.ends_with("/page.yaml") => "page.json",
        _ if path.ends_with("/person.yaml") => "person.json",
        _ if path.starts_with("labels/") => "labels.json",
        _ => "project.json",
    }
}

fn validator(name: &str) -> Validator {
    let schemas = content::schema();
    let (_, text) = schemas.iter().find(|(it, _)| *it == name).expect("a schema");
    let schema = serde_json::from_str(text).expect("JSON");
    assert!(jsonschema::meta::is_valid(&schema), "{name}");
    jsonschema::validator_for(&schema).expect("a schema")
}

#[test]
fn the_shipped_schemas_are_current() {
    let content = Content::shipped();
    for (name, text) in content::schema() {
        let path = format!("schema/{name}");
        let shipped = content.files().find(|(it, _)| *it == path);
        assert!(
            shipped.is_some_and(|(_, bytes)| bytes == text.as_bytes()),
            "content/{path} is stale: run `cargo run -- schema`"
        );
    }
}

#[test]
fn the_page_of_keys_is_current_has_every_key_and_replaces_nobodys() {
    let page = content::keys_page();
    let content = Content::shipped();
    let shipped = content.files().find(|(it, _)| *it == "README.md");
    assert!(
        shipped.is_some_and(|(_, bytes)| bytes == page.as_bytes()),
        "content/README.md is stale: run `cargo run -- schema`"
    );
    for (name, text) in content::schema() {
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        let groups = schema["definitions"].as_object().into_iter().flatten();
        for group in groups.map(|(_, it)| it).chain([&schema]) {
            for (key, _) in group["properties"].as_object().into_iter().flatten() {
                assert!(page.contains(&format!("`{key}`")), "{name}: {key}");
            }
        }
    }
    let other = content.file("README.md", "Ours.\n");
    assert_eq!(problems(&other), problems(&Content::shipped()));
    let folder = other.on_disk();
    content::write_schemas(folder.path()).expect("written");
    let kept = std::fs::read_to_string(folder.path().join("README.md"));
    assert_eq!(kept.expect("there"), "Ours.\n");
}

#[test]
fn every_key_has_a_description_and_an_example() {
    for (name, text) in content::schema() {
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        let mut bare = Vec::new();
        collect_bare(&schema, name, &mut bare);
        assert!(bare.is_empty(), "write a doc comment and `#[schemars(example)]`: {bare:#?}");
    }
}

fn collect_bare(schema: &Value, path: &str, bare: &mut Vec<String>) {
    // The words of an enumeration explain themselves; a group of keys is explained by its keys.
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path} {key}");
        let is_group = property.get("properties").is_some()
            || property.get("$ref").is_some()
            || property.get("allOf").is_some();
        let has_example = property["examples"].as_array().is_some_and(|it| !it.is_empty());
        let is_unit =
            path.contains(" bounds ") || path.contains(" periods ") || path.contains(" units ");
        // Labels of one language are the examples for another.
        let needs_example = !path.starts_with("labels.json") && !is_group;
        let is_bare = property["description"].is_null() || (needs_example && !has_example);
        if is_bare && !is_unit {
            bare.push(path.clone());
        }
        collect_bare(property, &path, bare);
    }
    for (key, definition) in schema["definitions"].as_object().into_iter().flatten() {
        collect_bare(definition, &format!("{path} {key}"), bare);
    }
}

#[test]
fn every_shipped_file_names_its_schema_and_fits_it() {
    let content = Content::shipped();
    let files = content
        .files()
        .filter(|(path, _)| Path::new(path).extension().is_some_and(|it| it == "yaml"));
    for (path, bytes) in files {
        let text = std::str::from_utf8(bytes).expect("text");
        let name = schema_of(path);
        let up = "../".repeat(path.matches('/').count());
        let line = format!("# yaml-language-server: $schema={up}schema/{name}");
        assert_eq!(text.lines().next(), Some(line.as_str()), "{path}");
        let faults: Vec<String> = validator(name)
            .iter_errors(&value(text))
            .map(|it| format!("{path}: {it} at {}", it.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

#[test]
fn examples_fit_the_schemas_that_hold_them() {
    for (name, text) in content::schema() {
        let schema: Value = serde_json::from_str(&text).expect("JSON");
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            let mut own = property.clone();
            own["definitions"] = schema["definitions"].clone();
            let validator = jsonschema::validator_for(&own).expect("a schema");
            for example in property["examples"].as_array().into_iter().flatten() {
                assert!(validator.is_valid(example), "{name} {key}: {example}");
            }
        }
    }
}

#[test]
fn what_check_refuses_the_schema_refuses() {
    let base = Content::new(
        "
-- labels/ko.yaml --
site:
  home: 처음
-- labels/en.yaml --
site:
  home: Start
-- projects/alpha/project.yaml, with --
syllable: {text: 알, reading: al, meaning: {ko: 처음, en: the first}}
figures:
  - {id: size, value: 70, unit: bytes, by_year: 2020, label: {ko: 크기, en: size}}
aliases: []
",
    );
    let project = "projects/alpha/project.yaml";
    let edits = [
        ("event.yaml", "date: 2018-06-17", "date: 17.6.2018"),
        ("event.yaml", "languages: [ko, en]", "languages: []"),
        ("event.yaml", "updated:", "udpated:"),
        ("event.yaml", "languages: [ko, en]\n", "languages: [ko, en]\nsite_url: example.org\n"),
        ("topics.yaml", "id: games", "id: Sharing Games"),
        ("glossary.yaml", "terms:\n", "words:\n"),
        ("labels/ko.yaml", "  home: ", "  homme: "),
        ("labels/en.yaml", "site:\n", "language: {direction: down}\nsite:\n"),
        (project, "order: 1", "order: two"),
        (project, "order: 1", "order: 0"),
        (project, "name: {ko: 알파, en: Alpha}", "name: [Alpha]"),
        (project, "{ko: 알파, en: Alpha}", "{ko: 알파, en: \"\"}"),
        (project, "text: 알", "text: 알알"),
        (project, "unit: bytes", "unit: bits"),
        (project, "value: 70", "value: -70"),
        (project, "by_year: 2020", "by_year: 20"),
        (project, "answers:", "replies:"),
        (project, "director}}", "director}, romanised: no}"),
        (project, "aliases: []", "aliases: /projects/old/"),
    ];
    assert_eq!(base.load().1.errors(), 0);
    for (path, from, to) in edits {
        let content = base.clone().edit(path, from, to);
        let (_, diagnostics) = content.load();
        assert!(diagnostics.errors() > 0, "check accepts `{to}`");
        let (_, bytes) = content.files().find(|(it, _)| *it == path).expect("the file");
        let text = std::str::from_utf8(bytes).expect("text");
        let is_valid = validator(schema_of(path)).is_valid(&value(text));
        assert!(!is_valid, "the schema accepts `{to}`");
    }
}
