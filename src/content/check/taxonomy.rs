//! Topics and glossary.

use super::Checker;
use crate::content::problems;
use crate::content::raw;
use crate::content::yaml::Spanned;
use crate::language::Localized;
use crate::model::{Term, Topic};

/// The topics of `topics.yaml`; `None` where they cannot be known, so that nothing is held against
/// the projects that carry them.
pub(super) fn topics(checker: &mut Checker<'_>) -> Option<Vec<Topic>> {
    entries(
        checker,
        "topics.yaml",
        "the topics",
        "topics",
        |raw: raw::Topics| raw.topics,
    )
    .map(|all| {
        all.into_iter()
            .map(|(id, name, text)| Topic { id, name, text })
            .collect()
    })
}

/// The terms of `glossary.yaml`; `None` where they cannot be known.
pub(super) fn glossary(checker: &mut Checker<'_>) -> Option<Vec<Term>> {
    entries(
        checker,
        "glossary.yaml",
        "the glossary",
        "terms",
        |raw: raw::Glossary| raw.terms,
    )
    .map(|all| {
        all.into_iter()
            .map(|(id, name, text)| Term { id, name, text })
            .collect()
    })
}

/// Columns of a name that fit the title of a page.
const NAME: usize = 50;

type Entry = (String, Localized<String>, Localized<String>);

fn entries<T: serde::de::DeserializeOwned>(
    checker: &mut Checker<'_>,
    file: &str,
    what: &str,
    key: &str,
    list: impl FnOnce(T) -> Option<Vec<Spanned<raw::Entry>>>,
) -> Option<Vec<Entry>> {
    let text = checker.text(file, what)?;
    let mut context = checker.file_context(file);
    let raw = context.read::<T>(&text)?;
    // Lines left out may hold more of them.
    let is_whole = !context.is_omitted(key, &(0..0));
    let items = context.needed(list(raw), key, &(0..0))?;
    let mut found: Vec<Entry> = Vec::new();
    for Spanned { value: item, span } in items {
        let id = context.id(item.id, "id", &span);
        context.width(&item.name, "name", NAME);
        let name = context.text(item.name, "name", &span);
        let text = context.text(item.text, "text", &span);
        if let Some(id) = &id
            && found.iter().any(|(known, ..)| *known == id.value)
        {
            context.push(problems::duplicate_id(file, &id.span, &id.value));
        }
        if let (Some(id), Some(name), Some(text)) = (id, name, text) {
            found.push((id.value, name, text));
        }
    }
    is_whole.then_some(found)
}
