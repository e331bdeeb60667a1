//! The interface's words, and what they must hold to make sentences: placeholders and the words of units.

use std::ops::Range;
use std::sync::LazyLock;

use unicode_width::UnicodeWidthStr;

use super::{Checker, too_long};
use crate::content::document::{self, Reader, missing_translation};
use crate::content::schema::{self, placeholders};
use crate::content::shape;
use crate::content::yaml::{Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::LanguageId;
use crate::model::Labels;
use crate::quantity::Unit;

/// Labels without sense where a placeholder lacks: the number, or the day, would be gone.
const NEEDED: [&str; 8] = [
    "home.count",
    "topic.count",
    "numbers.range",
    "numbers.bounds",
    "numbers.periods",
    "numbers.by_year",
    "dates.full",
    "dates.day",
];
/// Columns of a title that search results show beside the site's name.
const TITLE: usize = 50;
/// Columns of a description that search results show.
const DESCRIPTION: usize = 170;

static READER: LazyLock<Reader<Labels>> = LazyLock::new(Reader::new);
/// The placeholders that each label may hold, by the path of its key.
static PLACEHOLDERS: LazyLock<Vec<(String, Vec<String>)>> = LazyLock::new(placeholders);

/// The labels of every language. What a later language lacks is taken from the first, with a
/// warning, so that a language can be added step by step.
pub(super) fn check(checker: &mut Checker<'_>) -> Option<Vec<Labels>> {
    let mut first: Option<Node> = None;
    let mut all = Vec::new();
    let languages = checker.languages.clone();
    for language in languages.iter() {
        let code = languages.code(language);
        let file = format!("labels/{code}.yaml");
        let text = checker.text(&file, "the interface's words in this language");
        let diagnostics = &mut *checker.diagnostics;
        let parsed = text.and_then(|text| document::parse(&file, &text, diagnostics));
        let Some(mut parsed) = parsed.filter(|it| !it.is_partial) else {
            all.push(None);
            continue;
        };
        texts(&file, &parsed.tree, "", &[], diagnostics);
        let units = parsed.tree.key("numbers").key("units");
        if let Some(span) = units.span() {
            for name in shape::words(&schema::inlined::<Unit>()).unwrap_or_default() {
                if !units.values().any(|(key, _)| key == name) {
                    let what = format!("numbers.units.{name}");
                    diagnostics.push(missing_translation(&file, span, &what, code));
                }
            }
        }
        if let Some(first) = &first {
            let mut missing = Vec::new();
            fill(&mut parsed.tree, first, "", &mut missing);
            for (key, span) in missing {
                diagnostics.push(missing_translation(&file, &span, &key, code));
            }
        }
        let document = READER.fit(&file, parsed, &languages, diagnostics);
        if language == LanguageId::FIRST {
            first = document.as_ref().map(|it| it.tree.clone());
        }
        all.push(document.filter(|it| it.is_sound).map(|it| it.value));
    }
    all.into_iter().collect()
}

/// Takes over the keys that the node lacks and the model has, unless they are wrong there. Lists and plural forms are
/// a language's own and left alone.
fn fill(node: &mut Node, model: &Node, path: &str, missing: &mut Vec<(String, Range<usize>)>) {
    if path.starts_with("numbers.units.") || path.starts_with("dates") {
        return;
    }
    let span = node.span.clone();
    let (Value::Map(entries), Value::Map(wanted)) = (&mut node.value, &model.value) else {
        return;
    };
    for (key, value) in wanted {
        let path = join(path, &key.name);
        if let Some((_, own)) = entries.iter_mut().find(|(own, _)| own.name == key.name) {
            fill(own, value, &path, missing);
        } else if value.value != Value::Faulty {
            missing.push((path, span.clone()));
            entries.push((key.clone(), value.clone()));
        }
    }
}

fn join(path: &str, key: &str) -> String {
    let dot = if path.is_empty() { "" } else { "." };
    format!("{path}{dot}{key}")
}

/// Goes through all texts; what is said of a group holds for all that stands in it.
fn texts(file: &str, node: &Node, path: &str, around: &[String], diagnostics: &mut Diagnostics) {
    let own = PLACEHOLDERS.iter().find(|(it, _)| it == path);
    let allowed = own.map_or(around, |(_, words)| words.as_slice());
    match &node.value {
        Value::Map(entries) => {
            for (key, value) in entries {
                texts(file, value, &join(path, &key.name), allowed, diagnostics);
            }
        }
        Value::Text(text) => {
            check_placeholders(file, &node.span, text, path, allowed, diagnostics);
            let limit = match path.rsplit('.').next() {
                Some("title") if path != "site.title" => TITLE,
                Some("description") => DESCRIPTION,
                _ => return,
            };
            if text.width() > limit {
                diagnostics.push(too_long(file, &node.span, path, text.width(), limit));
            }
        }
        _ => {}
    }
}

fn check_placeholders(
    file: &str,
    span: &Range<usize>,
    text: &str,
    path: &str,
    allowed: &[String],
    diagnostics: &mut Diagnostics,
) {
    let written: Vec<&str> = words(text).collect();
    for word in &written {
        if !allowed.iter().any(|it| it == word) {
            let message =
                format!("nothing is put in place of `{{{word}}}` here, so it stays visible");
            let known = allowed.iter().map(String::as_str);
            diagnostics.push(
                Diagnostic::warning("unknown-placeholder", file, span, message)
                    .suggest(word, known),
            );
        }
    }
    if !NEEDED.iter().any(|it| path.starts_with(it)) {
        return;
    }
    for word in allowed {
        // A day of the month is said without its year.
        if !written.contains(&word.as_str()) && (path != "dates.day" || word != "year") {
            let message = format!("without `{{{word}}}` this text leaves out what it is about");
            let help = format!("write `{{{word}}}` where that belongs");
            diagnostics
                .push(Diagnostic::warning("missing-placeholder", file, span, message).help(help));
        }
    }
}

/// The words in braces.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| {
        let word = &rest[..rest.find('}')?];
        let is_word = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
        (!word.is_empty() && word.bytes().all(is_word)).then_some(word)
    })
}
