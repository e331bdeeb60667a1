//! One YAML file of a site that is otherwise valid. Which one it is tells the schema in its first line, as in the
//! files that are shipped; any other is the facts of a project.
#![no_main]

use fuzz::{BASE, build_and_look};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let first = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let names = |word: &str| first.windows(word.len()).any(|it| it == word.as_bytes());
    let path = if names("event.") {
        "event.yaml"
    } else if names("topics.") {
        "topics.yaml"
    } else if names("glossary.") {
        "glossary.yaml"
    } else if names("labels.") {
        "labels/en.yaml"
    } else {
        "projects/alpha/project.yaml"
    };
    let mut files = BASE.clone();
    files.insert(path.to_owned(), bytes.to_vec());
    build_and_look(files);
});
