//! What is checked of any folder of which a page is made: the document of its facts, its text, its old paths.

use std::ops::Range;

use percent_encoding::percent_decode_str;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::prose::{self, TextFile};
use super::{Checker, missing_file};
use crate::content::document::{Document, Reader, WHOLE, invalid_id, is_id};
use crate::content::markdown;
use crate::content::yaml::{Node, Spanned};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::Localized;
use crate::model::Prose;

/// More old paths than this are a mistake.
const ALIASES: usize = 50;
/// How the names of pages end on sites that have files for them.
const FILES: [&str; 4] = [".html", ".htm", ".php", ".asp"];
/// Bytes of a name, and of a path, that every file system takes, in an export too.
const LONGEST_NAME: usize = 240;
const LONGEST_PATH: usize = 1000;

pub(super) fn check<T: DeserializeOwned + JsonSchema>(
    checker: &mut Checker<'_>,
    reader: &Reader<T>,
    file: &str,
    page: &str,
    what: &str,
    texts: &mut Vec<TextFile>,
) -> (Option<Document<T>>, Option<Localized<Prose>>) {
    let folder = markdown::folder(file);
    let slug = folder.rsplit('/').next().unwrap_or_default();
    if !is_id(slug) {
        let problem = invalid_id(file, &WHOLE, slug);
        let help = problem.help.clone().unwrap_or_default();
        checker.diagnostics.push(problem.help(format!("rename the folder: {help}")));
    }
    let prose = prose::check(checker, folder, page, texts);
    if checker.lacks(file) {
        checker.diagnostics.push(missing_file(file, what));
    }
    let document = checker.document(file, reader);
    let is_known = |it: &Document<T>| !it.is_omitted("aliases");
    checker.aliases_known &= document.as_ref().is_some_and(is_known);
    if let Some(document) = &document {
        let aliases = aliases(file, &document.tree, checker.diagnostics);
        let aliases = aliases.into_iter().map(|it| (file.to_owned(), it));
        checker.aliases.extend(aliases);
    }
    (document, prose)
}

/// The old paths that can be paths of this site.
fn aliases(file: &str, tree: &Node, diagnostics: &mut Diagnostics) -> Vec<Spanned<String>> {
    let items: Vec<_> = tree.key("aliases").items().collect();
    if let Some(span) = items.get(ALIASES).and_then(|it| it.span()) {
        let message = format!("{} aliases are more than the {ALIASES} allowed", items.len());
        let help = "keep those that somebody may still have";
        diagnostics.push(Diagnostic::error("out-of-range", file, span, message).help(help));
    }
    let mut aliases = Vec::new();
    for item in items {
        let (Some(alias), Some(span)) = (item.text(), item.span()) else {
            continue;
        };
        let decoded = percent_decode_str(alias).decode_utf8().unwrap_or_default();
        // Older sites had files, such as `/talk.html`.
        let is_file = |it: &&str| FILES.iter().any(|end| it.ends_with(end));
        let inner = decoded.strip_prefix('/');
        let inner = inner.and_then(|it| it.strip_suffix('/').or(Some(it).filter(is_file)));
        let is_path = inner.is_some_and(|it| it.split('/').all(is_segment));
        if is_path && alias.len() <= LONGEST_PATH {
            aliases.push(Spanned { value: decoded.into_owned(), span: span.clone() });
        } else {
            diagnostics.push(invalid_alias(file, span, alias));
        }
    }
    aliases
}

/// A part of a path that needs no escape and leads nowhere else; old paths may hold Hangul.
fn is_segment(segment: &str) -> bool {
    (1..=LONGEST_NAME).contains(&segment.len())
        && !matches!(segment, "." | "..")
        && segment.chars().all(|it| it.is_alphanumeric() || "-_.".contains(it))
}

fn invalid_alias(file: &str, span: &Range<usize>, alias: &str) -> Diagnostic {
    let message = format!("`{alias}` is no path of this site");
    let problem = Diagnostic::error("invalid-alias", file, span, message);
    let inner = alias.trim_matches('/');
    let is_plain =
        |part: &str| !part.is_empty() && part.chars().all(|it| it.is_alphanumeric() || it == '-');
    if inner.split('/').all(is_plain) && span.len() == alias.len() {
        problem
            .help(format!("only a slash lacks: write `/{inner}/`"))
            .fix(span.clone(), format!("/{inner}/"))
    } else {
        problem.help(
            "write a path without a language that begins and ends with a slash, such as /projects/old-name/, or one of a file, such as /old-name.html",
        )
    }
}
