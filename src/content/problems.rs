//! Every problem that content can have, in one place: its code, its words and its help.
//!
//! A code never changes its meaning, so that tools can rely on it. A problem is an error where
//! the site could not be built, or would say something wrong; a warning where it merely lacks.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Fix, Severity};

mod facts;
mod files;
mod names;
mod permalinks;
mod prose;

pub(super) use facts::*;
pub(super) use files::*;
pub(super) use names::*;
pub(super) use permalinks::*;
pub(super) use prose::*;

type Span = Range<usize>;

fn error(code: &'static str, file: &str, span: &Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code,
        file: file.to_owned(),
        span: span.clone(),
        message: message.into(),
        help: None,
        fix: None,
    }
}

fn warning(code: &'static str, file: &str, span: &Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        ..error(code, file, span, message)
    }
}

fn helped(mut diagnostic: Diagnostic, help: impl Into<String>) -> Diagnostic {
    diagnostic.help = Some(help.into());
    diagnostic
}

/// With a change that mends it without asking anybody.
fn fixed(mut diagnostic: Diagnostic, span: Span, replacement: impl Into<String>) -> Diagnostic {
    diagnostic.fix = Some(Fix {
        span,
        replacement: replacement.into(),
    });
    diagnostic
}

/// The only known word that one slip of the finger makes of the one written: wrong, doubled,
/// forgotten or swapped letters. Short words are too alike to be sure.
fn certain<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut near = known
        .into_iter()
        .filter(|it| strsim::damerau_levenshtein(word, it) == 1);
    let only = near.next()?;
    (word.chars().count() >= 4 && near.next().is_none()).then_some(only)
}

/// The known word that looks most like the one written, if any does.
fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|it| (strsim::damerau_levenshtein(word, it), it))
        .filter(|(distance, it)| *distance <= 1 + it.chars().count().max(word.chars().count()) / 3)
        .min()
        .map(|(_, it)| it)
}

/// The words that could have been written.
fn list<'a>(known: impl IntoIterator<Item = &'a str>) -> String {
    match known.into_iter().collect::<Vec<_>>() {
        all if all.is_empty() => "there is none".to_owned(),
        all if all.len() <= 24 => format!("known: {}", all.join(", ")),
        all => format!(
            "known: {}, and {} more",
            all[..12].join(", "),
            all.len() - 12
        ),
    }
}

fn suggest<'a>(
    diagnostic: Diagnostic,
    word: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let known_words = known.clone();
    let help = match nearest(word, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => list(known),
    };
    let certain = certain(word, known_words);
    let diagnostic = helped(diagnostic, help);
    match certain {
        // Where more than the word is marked, such as its quotes, it is not known what to replace.
        Some(certain) if diagnostic.span.len() == word.len() => {
            let span = diagnostic.span.clone();
            fixed(diagnostic, span, certain)
        }
        _ => diagnostic,
    }
}
