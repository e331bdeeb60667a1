//! JSON Schemas of the YAML files, from the types that read them, so that editors complete keys and
//! name mistakes while they are made.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use super::raw;
use crate::model::Labels;

/// Every schema: the name of its file below `schema/`, and its text.
#[must_use]
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
