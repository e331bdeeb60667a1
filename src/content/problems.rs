//! Every problem that content can have, in one place: its code, its words and its help.
//!
//! A code never changes its meaning, so that tools can rely on it. A problem is an error where
//! the site could not be built, or would say something wrong; a warning where it merely lacks.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Severity};

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

/// The known word that looks most like the one written, if any does.
fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|it| (strsim::damerau_levenshtein(word, it), it))
        .filter(|(distance, it)| *distance <= 1 + it.chars().count().max(word.chars().count()) / 3)
        .min()
        .map(|(_, it)| it)
}

fn suggest<'a>(
    diagnostic: Diagnostic,
    word: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let help = match nearest(word, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => match known.into_iter().collect::<Vec<_>>() {
            all if all.is_empty() => "there is none".to_owned(),
            all if all.len() <= 24 => format!("known: {}", all.join(", ")),
            all => format!(
                "known: {}, and {} more",
                all[..12].join(", "),
                all.len() - 12
            ),
        },
    };
    helped(diagnostic, help)
}

// Files

pub(super) fn unreadable_file(file: &str, cause: &std::io::Error) -> Diagnostic {
    let message = format!("this cannot be read: {cause}");
    helped(
        error("unreadable-file", file, &(0..0), message),
        "check that it exists and that the program may read it",
    )
}

pub(super) fn not_a_file(file: &str) -> Diagnostic {
    helped(
        error(
            "unreadable-file",
            file,
            &(0..0),
            "this is not a regular file",
        ),
        "remove it from the content folder",
    )
}

pub(super) fn too_deep(file: &str, limit: usize) -> Diagnostic {
    helped(
        error(
            "too-many-files",
            file,
            &(0..0),
            format!("folders stand in one another more than {limit} deep"),
        ),
        "a link may lead back to a folder above it; remove it",
    )
}

pub(super) fn too_many_files(limit: usize) -> Diagnostic {
    helped(
        error(
            "too-many-files",
            ".",
            &(0..0),
            format!("the folder holds more than {limit} files"),
        ),
        "name the content folder itself, not one above it",
    )
}

pub(super) fn file_too_large(file: &str, limit: u64) -> Diagnostic {
    helped(
        error(
            "file-too-large",
            file,
            &(0..0),
            format!("this file is larger than {limit} bytes"),
        ),
        "make it smaller or split it",
    )
}

pub(super) fn invalid_utf8(file: &str, offset: usize) -> Diagnostic {
    helped(
        error(
            "invalid-utf8",
            file,
            &(offset..offset + '\u{fffd}'.len_utf8()),
            "this byte is not UTF-8 text",
        ),
        "save the file as UTF-8",
    )
}

pub(super) fn empty_file(file: &str) -> Diagnostic {
    helped(
        error("empty-file", file, &(0..0), "this file is empty"),
        "write something into it, or remove it",
    )
}

pub(super) fn missing_file(file: &str, what: &str) -> Diagnostic {
    helped(
        error(
            "missing-file",
            file,
            &(0..0),
            format!("there is no such file, but the site needs it: {what}"),
        ),
        format!("create `{file}`"),
    )
}

pub(super) fn unread_file(file: &str, instead: Option<&str>) -> Diagnostic {
    let problem = warning("unread-file", file, &(0..0), "nothing reads this file");
    match instead {
        Some(name) => helped(problem, format!("did you mean `{name}`?")),
        None => helped(
            problem,
            "remove it, or link to it from a text in the same folder",
        ),
    }
}

// YAML

pub(super) fn yaml_syntax(file: &str, span: &Span, message: &str) -> Diagnostic {
    let help = match message {
        it if it.contains("mapping values are not allowed") => {
            "put the text in quotes if it contains a colon, and check the indentation"
        }
        it if it.contains("imit") || it.contains("udget") || it.contains("depth") => {
            "write the values out: content needs no aliases and no deep nesting"
        }
        _ => "check indentation, quotes and brackets on this line and the one before",
    };
    helped(
        error(
            "yaml-syntax",
            file,
            span,
            format!("this is not valid YAML: {message}"),
        ),
        help,
    )
}

pub(super) fn yaml_tab(file: &str, span: &Span) -> Diagnostic {
    helped(
        error(
            "yaml-tab",
            file,
            span,
            "YAML is indented with spaces, and this is a tab",
        ),
        "use two spaces for each level",
    )
}

pub(super) fn unknown_key(file: &str, span: &Span, key: &str, known: &[String]) -> Diagnostic {
    let problem = error(
        "unknown-key",
        file,
        span,
        format!("there is no key `{key}` here"),
    );
    suggest(problem, key, known.iter().map(String::as_str))
}

pub(super) fn duplicate_key(file: &str, span: &Span, key: &str) -> Diagnostic {
    helped(
        error(
            "duplicate-key",
            file,
            span,
            format!("the key `{key}` is written twice"),
        ),
        "keep one of the two",
    )
}

pub(super) fn missing_key(file: &str, span: &Span, key: &str) -> Diagnostic {
    helped(
        error(
            "missing-key",
            file,
            span,
            format!("the key `{key}` is missing or empty"),
        ),
        format!("add `{key}: …`"),
    )
}

pub(super) fn unknown_word(file: &str, span: &Span, word: &str, known: &[String]) -> Diagnostic {
    let problem = error(
        "unknown-word",
        file,
        span,
        format!("`{word}` is none of the words known here"),
    );
    suggest(problem, word, known.iter().map(String::as_str))
}

pub(super) fn wrong_type(file: &str, span: &Span, expected: &str, found: &str) -> Diagnostic {
    let expected = match expected {
        "a string" => "text",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        "u32" => "a whole number from 0",
        "i16" => "a year",
        "f64" => "a number",
        other => other
            .strip_prefix("struct ")
            .map_or(other, |_| "keys and values"),
    };
    let problem = error(
        "wrong-type",
        file,
        span,
        format!("expected {expected}, found {found}"),
    );
    match expected {
        "text" => helped(problem, "put it in quotes to make it text"),
        _ => problem,
    }
}

pub(super) fn malformed(file: &str, span: &Span, message: &str) -> Diagnostic {
    error("wrong-type", file, span, message)
}

pub(super) fn empty_text(file: &str, span: &Span, what: &str) -> Diagnostic {
    helped(
        error(
            "empty-text",
            file,
            span,
            format!("the text `{what}` is empty"),
        ),
        "write it, or remove the key",
    )
}

pub(super) fn invalid_date(file: &str, span: &Span, text: &str) -> Diagnostic {
    helped(
        error(
            "invalid-date",
            file,
            span,
            format!("`{text}` is no date of the calendar"),
        ),
        "write year, month and day, such as 2018-06-17",
    )
}

pub(super) fn out_of_range(
    file: &str,
    span: &Span,
    message: impl Into<String>,
    help: &str,
) -> Diagnostic {
    helped(error("out-of-range", file, span, message), help)
}

pub(super) fn incomplete_figure(file: &str, span: &Span) -> Diagnostic {
    helped(
        error(
            "incomplete-figure",
            file,
            span,
            "a figure has either `value`, or `from` and `to`",
        ),
        "write one number as `value`, or the two ends of a range",
    )
}

pub(super) fn invalid_address(file: &str, span: &Span, text: &str, help: &str) -> Diagnostic {
    helped(
        error(
            "invalid-address",
            file,
            span,
            format!("`{text}` cannot be used as an address here"),
        ),
        help,
    )
}

// Languages

pub(super) fn unknown_language(file: &str, span: &Span, code: &str, known: &str) -> Diagnostic {
    helped(
        error(
            "unknown-language",
            file,
            span,
            format!("`{code}` is not a language of this site"),
        ),
        format!("the languages in event.yaml are: {known}"),
    )
}

pub(super) fn invalid_language(file: &str, span: &Span, code: &str) -> Diagnostic {
    helped(
        error(
            "invalid-language",
            file,
            span,
            format!("`{code}` is no language code"),
        ),
        "write it as BCP 47 does, in lower case, such as ko, en or zh",
    )
}

pub(super) fn missing_translation(file: &str, span: &Span, what: &str, code: &str) -> Diagnostic {
    helped(
        warning(
            "missing-translation",
            file,
            span,
            format!("`{what}` is not there in `{code}`"),
        ),
        format!("add it in `{code}`; until then the site shows another language, and says so"),
    )
}

// Names and numbers of things

pub(super) fn invalid_id(file: &str, span: &Span, id: &str) -> Diagnostic {
    helped(
        error(
            "invalid-id",
            file,
            span,
            format!("`{id}` cannot be a name in URLs"),
        ),
        "use lower-case ASCII letters, digits and single hyphens, such as block-cloud",
    )
}

pub(super) fn duplicate_id(file: &str, span: &Span, id: &str) -> Diagnostic {
    helped(
        error(
            "duplicate-id",
            file,
            span,
            format!("`{id}` is used twice, so links to it would be ambiguous"),
        ),
        "give one of the two another id",
    )
}

pub(super) fn reserved_id(file: &str, span: &Span, id: &str) -> Diagnostic {
    helped(
        error(
            "duplicate-id",
            file,
            span,
            format!("`{id}` is used by the page itself"),
        ),
        "give the heading another id, such as {#how}",
    )
}

pub(super) fn duplicate_order(file: &str, span: &Span, order: u32, other: &str) -> Diagnostic {
    helped(
        error(
            "duplicate-order",
            file,
            span,
            format!("place {order} of the programme is taken by `{other}`"),
        ),
        "give every project a place of its own",
    )
}

pub(super) fn unknown_topic(file: &str, span: &Span, id: &str, known: &[&str]) -> Diagnostic {
    let problem = error(
        "unknown-topic",
        file,
        span,
        format!("topics.yaml has no topic `{id}`"),
    );
    suggest(problem, id, known.iter().copied())
}

pub(super) fn unknown_term(file: &str, span: &Span, id: &str, known: &[&str]) -> Diagnostic {
    let problem = error(
        "unknown-term",
        file,
        span,
        format!("glossary.yaml has no term `{id}`"),
    );
    suggest(problem, id, known.iter().copied())
}

pub(super) fn unknown_section(file: &str, span: &Span, id: &str) -> Diagnostic {
    helped(
        error(
            "unknown-section",
            file,
            span,
            format!("the recap has no section `{id}` in every language"),
        ),
        "give a heading of the recap that id: `## … {#id}`",
    )
}

pub(super) fn colliding_alias(file: &str, span: &Span, alias: &str, what: &str) -> Diagnostic {
    helped(
        error(
            "colliding-alias",
            file,
            span,
            format!("`{alias}` already leads to {what}"),
        ),
        "remove the alias, or choose another",
    )
}

pub(super) fn invalid_alias(file: &str, span: &Span, alias: &str) -> Diagnostic {
    helped(
        error(
            "invalid-alias",
            file,
            span,
            format!("`{alias}` is no path of this site"),
        ),
        "write a path without a language that begins and ends with a slash, such as /projects/old-name/",
    )
}

// Prose

pub(super) fn raw_html(file: &str, span: &Span) -> Diagnostic {
    helped(
        error("raw-html", file, span, "HTML is not accepted in Markdown"),
        "use Markdown's own marks, or escape `<` as `\\<`",
    )
}

pub(super) fn top_heading(file: &str, span: &Span) -> Diagnostic {
    helped(
        error(
            "top-heading",
            file,
            span,
            "the page's title is its only heading of the first level",
        ),
        "begin with `##`",
    )
}

pub(super) fn skipped_level(file: &str, span: &Span) -> Diagnostic {
    helped(
        error("skipped-level", file, span, "this heading skips a level"),
        "use one `#` less",
    )
}

pub(super) fn empty_heading(file: &str, span: &Span) -> Diagnostic {
    helped(
        error("empty-heading", file, span, "this heading has no text"),
        "write one, or remove the line",
    )
}

pub(super) fn literal_emphasis(file: &str, span: &Span, note: &str) -> Diagnostic {
    let message = "these marks stay visible: they open or close no emphasis";
    helped(warning("literal-emphasis", file, span, message), note)
}

pub(super) fn duplicate_heading(file: &str, span: &Span, note: &str) -> Diagnostic {
    helped(
        error(
            "duplicate-id",
            file,
            span,
            "another heading has the same id, so links would be ambiguous",
        ),
        note,
    )
}

pub(super) fn undefined_reference(file: &str, span: &Span) -> Diagnostic {
    helped(
        error(
            "broken-link",
            file,
            span,
            "this link names a reference that is not defined",
        ),
        "write the address in parentheses: `[text](/projects/rrc/)`",
    )
}

pub(super) fn unsupported_markdown(file: &str, span: &Span, note: &str) -> Diagnostic {
    helped(
        warning(
            "unsupported-markdown",
            file,
            span,
            "this mark of another Markdown dialect stays as it is",
        ),
        note,
    )
}

pub(super) fn missing_alt(file: &str, span: &Span) -> Diagnostic {
    helped(
        error(
            "missing-alt",
            file,
            span,
            "this picture has no text alternative",
        ),
        "say in the square brackets what it shows",
    )
}

pub(super) fn broken_link(file: &str, span: &Span, target: &str, known: &[&str]) -> Diagnostic {
    let problem = error(
        "broken-link",
        file,
        span,
        format!("`{target}` leads to no page of this site"),
    );
    match nearest(target, known.iter().copied()) {
        Some(near) => helped(problem, format!("did you mean `{near}`?")),
        None => helped(
            problem,
            "write the path of a page, such as /projects/rrc/ or /glossary/",
        ),
    }
}

/// Only a warning where drafts are shown, so that a page and the links to it can be written in any order.
pub(super) fn link_to_draft(file: &str, span: &Span, target: &str, hidden: bool) -> Diagnostic {
    let kind = if hidden { error } else { warning };
    helped(
        kind(
            "link-to-draft",
            file,
            span,
            format!("`{target}` is a draft, which readers cannot see"),
        ),
        "take `draft: true` out of its project.yaml, or take the link away until then",
    )
}

pub(super) fn broken_fragment(file: &str, span: &Span, target: &str, known: &[&str]) -> Diagnostic {
    let problem = error(
        "broken-fragment",
        file,
        span,
        format!("the page has nothing named `#{target}`"),
    );
    suggest(problem, target, known.iter().copied())
}

pub(super) fn missing_picture(file: &str, span: &Span, target: &str) -> Diagnostic {
    helped(
        error(
            "missing-picture",
            file,
            span,
            format!("there is no file `{target}` beside this text"),
        ),
        "put the picture into the same folder and write its name",
    )
}

pub(super) fn too_long(
    file: &str,
    span: &Span,
    what: &str,
    columns: usize,
    limit: usize,
) -> Diagnostic {
    helped(
        warning(
            "too-long",
            file,
            span,
            format!("`{what}` is {columns} columns wide and would be cut off after {limit}"),
        ),
        "shorten it; a Hangul letter counts as two columns",
    )
}

// Drawings

pub(super) fn invalid_svg(file: &str, span: &Span, message: impl Into<String>) -> Diagnostic {
    helped(
        error("invalid-svg", file, span, message),
        "draw with svg, g, path, rect, circle, ellipse, line, polygon, polyline, defs, clipPath, title and desc alone",
    )
}
