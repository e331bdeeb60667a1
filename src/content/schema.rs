//! JSON Schemas of the YAML files, from the types that they are read into, so that editors complete keys and
//! name mistakes while they are made.

use std::path::Path;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value as Json, json};

mod keys;

use super::write::{is_anothers, write_file};
use crate::language;
use crate::model::{
    Credit, Event, Glossary, Labels, Page, Person, Project, Slot, Sponsors, Topics,
};

const README: &str = "README.md";

/// Every schema: the name of its file below `schema/`, and its text.
pub fn schema() -> Vec<(&'static str, String)> {
    vec![
        ("credits.json", text::<Vec<Credit>>()),
        ("event.json", text::<Event>()),
        ("glossary.json", text::<Glossary>()),
        ("labels.json", format!("{:#}\n", labels())),
        ("page.json", text::<Page>()),
        ("person.json", text::<Person>()),
        ("project.json", text::<Project>()),
        ("schedule.json", text::<Vec<Slot>>()),
        ("sponsors.json", text::<Sponsors>()),
        ("topics.json", text::<Topics>()),
    ]
}

/// The page of all keys, and the files that they stand in.
pub fn keys_page() -> String {
    keys::page(&[
        ("event.yaml", json::<Event>()),
        ("projects/<slug>/project.yaml", json::<Project>()),
        ("people/<slug>/person.yaml", json::<Person>()),
        ("pages/<slug>/page.yaml", json::<Page>()),
        ("schedule.yaml", json::<Vec<Slot>>()),
        ("sponsors.yaml", json::<Sponsors>()),
        ("topics.yaml", json::<Topics>()),
        ("credits.yaml", json::<Vec<Credit>>()),
        ("glossary.yaml", json::<Glossary>()),
        ("labels/<language>.yaml", labels()),
    ])
}

/// Writes all of them into the content folder, with the page of all keys as its `README.md` unless there is one of
/// somebody else's, and returns their paths from there.
pub fn write_schemas(dir: &Path) -> anyhow::Result<Vec<String>> {
    let mut files: Vec<(String, String)> =
        schema().into_iter().map(|(name, text)| (format!("schema/{name}"), text)).collect();
    if !is_anothers(dir, README, keys::TITLE) {
        files.push((README.to_owned(), keys_page()));
    }
    for (file, text) in &files {
        write_file(dir, file, text)?;
    }
    Ok(files.into_iter().map(|(file, _)| file).collect())
}

fn text<T: JsonSchema>() -> String {
    format!("{:#}\n", json::<T>())
}

/// The schema of one type. Draft 7 is what the YAML language server of most editors understands.
fn json<T: JsonSchema>() -> Json {
    let generator = SchemaSettings::draft07().into_generator();
    let mut root = generator.into_root_schema_for::<T>().to_value();
    let definitions = root["definitions"].clone();
    add_examples(&mut root, &definitions);
    for definition in objects(&mut root, "definitions") {
        add_examples(definition, &definitions);
    }
    root
}

/// That of labels, each with the English words that it overrides.
fn labels() -> Json {
    let mut root = json::<Labels>();
    let words: Json = serde_yaml::from_str(language::pack("en").0).unwrap_or_default();
    let mut groups = vec![(None, words)];
    while let Some((name, words)) = groups.pop() {
        let schema = match name {
            Some(name) => &mut root["definitions"][name],
            None => &mut root,
        };
        let properties = schema["properties"].as_object_mut();
        for (key, property) in properties.into_iter().flatten() {
            let word = &words[key.as_str()];
            if word.is_string() {
                property["examples"] = json!([word]);
            } else if let Some(name) = keys::group(property) {
                groups.push((Some(name.to_owned()), word.clone()));
            }
        }
    }
    root
}

/// Gives the keys that stand for lists and groups an example, made of the examples of what stands in them.
fn add_examples(schema: &mut Json, definitions: &Json) {
    for property in objects(schema, "properties") {
        if property["examples"].is_null()
            && let Some(example) = example(property, definitions)
            && let Some(property) = property.as_object_mut()
        {
            property.insert("examples".to_owned(), json!([example]));
        }
    }
}

fn objects<'a>(schema: &'a mut Json, key: &str) -> impl Iterator<Item = &'a mut Json> + use<'a> {
    let map = schema.get_mut(key).and_then(Json::as_object_mut);
    map.into_iter().flat_map(|it| it.values_mut())
}

fn example(schema: &Json, definitions: &Json) -> Option<Json> {
    if let Some(own) = schema["examples"].get(0) {
        return Some(own.clone());
    }
    if let Some(name) = schema["$ref"].as_str() {
        return example(&definitions[name.rsplit('/').next()?], definitions);
    }
    for key in ["allOf", "anyOf"] {
        if let Some(first) = schema[key].get(0) {
            return example(first, definitions);
        }
    }
    if schema["items"].is_object() {
        return Some(json!([example(&schema["items"], definitions)?]));
    }
    let required = schema["required"].as_array()?.iter().filter_map(Json::as_str);
    let parts = required.map(|key| {
        let part = example(&schema["properties"][key], definitions)?;
        Some((key.to_owned(), part))
    });
    parts.collect::<Option<_>>().map(Json::Object)
}

/// The schema of a type without references.
pub(super) fn inlined<T: JsonSchema>() -> Json {
    let settings = SchemaSettings::draft07().with(|it| it.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// The placeholders that each label may hold, by the path of its key: those that its description
/// names, so that what is said to editors is what is checked.
pub(super) fn placeholders() -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    collect(&inlined::<Labels>(), "", &mut found);
    found
}

fn collect(schema: &Json, path: &str, found: &mut Vec<(String, Vec<String>)>) {
    let description = schema["description"].as_str().unwrap_or_default();
    let words = description.split("`{").skip(1);
    let words: Vec<String> =
        words.filter_map(|rest| Some(rest.split_once("}`")?.0.to_owned())).collect();
    if !words.is_empty() {
        found.push((path.to_owned(), words));
    }
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let dot = if path.is_empty() { "" } else { "." };
        collect(property, &format!("{path}{dot}{key}"), found);
    }
}
