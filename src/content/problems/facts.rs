//! Problems of YAML files: their form, their keys and their values.

use super::{Span, error, fixed, helped, suggest};
use crate::diagnostic::Diagnostic;

pub(in crate::content) fn yaml_syntax(file: &str, span: &Span, message: &str) -> Diagnostic {
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

pub(in crate::content) fn yaml_tab(file: &str, span: &Span, indent: &str) -> Diagnostic {
    let problem = helped(
        error(
            "yaml-tab",
            file,
            span,
            "YAML is indented with spaces, and this is a tab",
        ),
        "use two spaces for each level",
    );
    let end = span.start + indent.len();
    fixed(problem, span.start..end, indent.replace('\t', "  "))
}

pub(in crate::content) fn unknown_key(
    file: &str,
    span: &Span,
    key: &str,
    known: &[String],
) -> Diagnostic {
    let problem = error(
        "unknown-key",
        file,
        span,
        format!("there is no key `{key}` here"),
    );
    suggest(problem, key, known.iter().map(String::as_str))
}

pub(in crate::content) fn duplicate_key(file: &str, span: &Span, key: &str) -> Diagnostic {
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

pub(in crate::content) fn missing_key(file: &str, span: &Span, key: &str) -> Diagnostic {
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

pub(in crate::content) fn unknown_word(
    file: &str,
    span: &Span,
    word: &str,
    known: &[String],
) -> Diagnostic {
    let problem = error(
        "unknown-word",
        file,
        span,
        format!("`{word}` is none of the words known here"),
    );
    suggest(problem, word, known.iter().map(String::as_str))
}

pub(in crate::content) fn wrong_type(
    file: &str,
    span: &Span,
    expected: &str,
    found: &str,
) -> Diagnostic {
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

pub(in crate::content) fn malformed(file: &str, span: &Span, message: &str) -> Diagnostic {
    error("wrong-type", file, span, message)
}

pub(in crate::content) fn empty_text(file: &str, span: &Span, what: &str) -> Diagnostic {
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

pub(in crate::content) fn invalid_date(file: &str, span: &Span, text: &str) -> Diagnostic {
    let problem = helped(
        error(
            "invalid-date",
            file,
            span,
            format!("`{text}` is no date of the calendar"),
        ),
        "write year, month and day, such as 2018-06-17",
    );
    match written_out(text) {
        Some(date) if span.len() == text.len() => fixed(problem, span.clone(), date),
        _ => problem,
    }
}

/// A date in the order of year, month and day whose form alone is wrong: `2018-6-17`, `2018.06.17`.
fn written_out(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['-', '.', '/']).collect();
    let &[year, month, day] = &parts[..] else {
        return None;
    };
    let is_number = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || ![year, month, day].into_iter().all(is_number) {
        return None;
    }
    let date = format!("{year}-{month:0>2}-{day:0>2}");
    date.parse::<jiff::civil::Date>().is_ok().then_some(date)
}

pub(in crate::content) fn out_of_range(
    file: &str,
    span: &Span,
    message: impl Into<String>,
    help: &str,
) -> Diagnostic {
    helped(error("out-of-range", file, span, message), help)
}

pub(in crate::content) fn incomplete_figure(file: &str, span: &Span) -> Diagnostic {
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

pub(in crate::content) fn invalid_address(
    file: &str,
    span: &Span,
    text: &str,
    help: &str,
) -> Diagnostic {
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
