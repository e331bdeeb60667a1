//! Topics and glossary.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::{Checker, unique_ids, width};
use crate::content::document::Reader;
use crate::model::{Glossary, Term, Topic, Topics};

/// Columns of a name that fit the title of a page.
const NAME: usize = 50;

static TOPICS: LazyLock<Reader<Topics>> = LazyLock::new(Reader::new);
static GLOSSARY: LazyLock<Reader<Glossary>> = LazyLock::new(Reader::new);

/// The topics of `topics.yaml`; `None` where they cannot be known, so that nothing is held against
/// the projects that carry them.
pub(super) fn topics(checker: &mut Checker<'_>) -> Option<Vec<Topic>> {
    entries(checker, "topics.yaml", "topics", &TOPICS, |it| it.topics)
}

/// The terms of `glossary.yaml`; `None` where they cannot be known.
pub(super) fn glossary(checker: &mut Checker<'_>) -> Option<Vec<Term>> {
    entries(checker, "glossary.yaml", "terms", &GLOSSARY, |it| it.terms)
}

/// The entries of a file whose ids are sound; none where there is no such file.
fn entries<T: DeserializeOwned + JsonSchema, E>(
    checker: &mut Checker<'_>,
    file: &str,
    key: &str,
    reader: &Reader<T>,
    list: impl FnOnce(T) -> Vec<E>,
) -> Option<Vec<E>> {
    if checker.lacks(file) {
        return Some(Vec::new());
    }
    let document = checker.document(file, reader)?;
    let nodes = document.tree.key(key);
    unique_ids(file, nodes, checker.diagnostics);
    let mut found = Vec::new();
    for (entry, node) in list(document.value).into_iter().zip(nodes.items()) {
        width(file, node.key("name"), "name", NAME, checker.diagnostics);
        if node.key("id").text().is_some() {
            found.push(entry);
        }
    }
    // Lines left out may hold more of them.
    let is_whole = !document.is_partial && nodes.span().is_some();
    is_whole.then_some(found)
}
