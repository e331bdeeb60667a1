//! JSON Schemas of the YAML files, from the types that read them, so that editors complete keys and
//! name mistakes while they are made.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::raw;
use crate::model::Labels;

/// Every schema: the name of its file below `schema/`, and its text.
pub fn schema() -> Vec<(&'static str, String)> {
    vec![
        ("event.json", text::<raw::Event>()),
        ("glossary.json", text::<raw::Glossary>()),
        ("labels.json", text::<Labels>()),
        ("project.json", text::<raw::Project>()),
        ("topics.json", text::<raw::Topics>()),
    ]
}

/// The schema of one type. Draft 7 is what the YAML language server of most editors understands.
fn text<T: JsonSchema>() -> String {
    let generator = SchemaSettings::draft07().into_generator();
    format!("{:#}\n", generator.into_root_schema_for::<T>().as_value())
}

/// The placeholders that each label may hold, by the path of its key: those that its description
/// names, so that what is said to editors is what is checked.
pub(super) fn placeholders() -> Vec<(String, Vec<String>)> {
    let generator = SchemaSettings::draft07()
        .with(|it| it.inline_subschemas = true)
        .into_generator();
    let mut found = Vec::new();
    collect(
        generator.into_root_schema_for::<Labels>().as_value(),
        "",
        &mut found,
    );
    found
}

fn collect(schema: &Value, path: &str, found: &mut Vec<(String, Vec<String>)>) {
    let description = schema["description"].as_str().unwrap_or_default();
    let words = description.split("`{").skip(1);
    let words: Vec<String> = words
        .filter_map(|rest| Some(rest.split_once("}`")?.0.to_owned()))
        .collect();
    if !words.is_empty() {
        found.push((path.to_owned(), words));
    }
    for (key, property) in schema["properties"].as_object().into_iter().flatten() {
        let dot = if path.is_empty() { "" } else { "." };
        collect(property, &format!("{path}{dot}{key}"), found);
    }
}
