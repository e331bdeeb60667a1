//! A page for people with every key of every file, from the schemas.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value as Json;

/// Its first line, by which it is known from a page that somebody else wrote.
pub(super) const TITLE: &str = "# Every key of every file";

const OPENING: &str = "
Written by `showcase schema`. Keys in **bold** must be there, all others may be left out. A text is written plainly where
it is the same in every language, and else as `{en: …, de: …}`. What belongs to a group is behind the link in its
description. Where `entries` is `talks`, a `project.yaml` is a `talks/<slug>/talk.yaml`, and likewise for sessions and demos.
";

/// The page, from each file's path and schema.
pub(super) fn page(files: &[(&str, Json)]) -> String {
    let mut page = format!("{TITLE}\n{OPENING}");
    let mut groups = BTreeMap::new();
    for (path, schema) in files {
        let _ = write!(page, "\n## `{path}`\n");
        let items = schema["items"]["$ref"].as_str().map(name);
        let item = items.and_then(|it| schema["definitions"].get(it));
        section(&mut page, item.unwrap_or(schema));
        for (name, group) in schema["definitions"].as_object().into_iter().flatten() {
            let has_parts = group["properties"].is_object() || group["oneOf"].is_array();
            let is_shown = has_parts && name != "Texts" && items != Some(name);
            groups.extend(is_shown.then_some((name.as_str(), group)));
        }
    }
    page.push_str("\n## Groups\n");
    for (name, group) in groups {
        let _ = write!(page, "\n### {name}\n");
        section(&mut page, group);
    }
    page
}

fn section(page: &mut String, schema: &Json) {
    let _ = write!(page, "\n{}\n\n", description(schema));
    if let Some(values) = schema["oneOf"].as_array() {
        for value in values {
            let names = value["enum"].as_array().into_iter().flatten();
            let names = names.chain(value.get("const")).map(|it| format!("`{}`", flow(it)));
            let names = names.collect::<Vec<_>>().join(", ");
            let meaning = Some(description(value)).filter(|it| !it.is_empty());
            let meaning = meaning.map(|it| format!(": {it}")).unwrap_or_default();
            let _ = writeln!(page, "- {names}{meaning}");
        }
        return;
    }
    page.push_str("| key | what it is | for example |\n| --- | --- | --- |\n");
    let required = |key: &str| {
        let mut keys = schema["required"].as_array().into_iter().flatten();
        keys.any(|it| it == key)
    };
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let mark = if required(key) { "**" } else { "" };
        let group = group(property).map(|it| format!(" ([{it}](#{}))", it.to_ascii_lowercase()));
        let example = property["examples"].get(0);
        let example = example.map(|it| format!("`` {} ``", flow(it).replace('|', "\\|")));
        let _ = writeln!(
            page,
            "| {mark}`{key}`{mark} | {}{} | {} |",
            description(property).replace('|', "\\|"),
            group.unwrap_or_default(),
            example.unwrap_or_default(),
        );
    }
}

fn description(schema: &Json) -> String {
    let text = schema["description"].as_str().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn name(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// The group that a key or each item of its list is; texts and words are none.
pub(super) fn group(property: &Json) -> Option<&str> {
    let parts = ["allOf", "anyOf"].map(|it| &property[it][0]);
    let mut places = [property, &property["items"]].into_iter().chain(parts);
    let reference = places.find_map(|it| it["$ref"].as_str())?;
    // Somebody is named in place, as the group says, or by an id.
    let name = name(reference).trim_end_matches("Ref");
    Some(name).filter(|it| *it != "Texts")
}

/// A value as YAML writes it in a line.
fn flow(value: &Json) -> String {
    match value {
        Json::Object(map) => {
            let parts = map.iter().map(|(key, it)| format!("{key}: {}", flow(it)));
            format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
        }
        Json::Array(items) => {
            format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", "))
        }
        Json::String(text) if !text.contains([',', ':', '{', '[', '#', '"']) => text.clone(),
        other => other.to_string(),
    }
}
