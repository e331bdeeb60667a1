//! Problems of YAML files: their form, their keys and their values.

use super::Span;
use crate::diagnostic::{Diagnostic, list};

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
    Diagnostic::error(
        "yaml-syntax",
        file,
        span,
        format!("this is not valid YAML: {message}"),
    )
    .help(help)
}

pub(in crate::content) fn yaml_tab(file: &str, span: &Span, indent: &str) -> Diagnostic {
    let problem = Diagnostic::error(
        "yaml-tab",
        file,
        span,
        "YAML is indented with spaces, and this is a tab",
    )
    .help("use two spaces for each level");
    let end = span.start + indent.len();
    problem.fix(span.start..end, indent.replace('\t', "  "))
}

pub(in crate::content) fn unknown_key(
    file: &str,
    span: &Span,
    key: &str,
    known: &[String],
) -> Diagnostic {
    let problem = Diagnostic::error(
        "unknown-key",
        file,
        span,
        format!("there is no key `{key}` here"),
    );
    problem.suggest(key, known.iter().map(String::as_str))
}

pub(in crate::content) fn duplicate_key(file: &str, span: &Span, key: &str) -> Diagnostic {
    Diagnostic::error(
        "duplicate-key",
        file,
        span,
        format!("the key `{key}` is written twice"),
    )
    .help("keep one of the two")
}

pub(in crate::content) fn missing_key(file: &str, span: &Span, key: &str) -> Diagnostic {
    Diagnostic::error(
        "missing-key",
        file,
        span,
        format!("the key `{key}` is missing or empty"),
    )
    .help(format!("add `{key}: …`"))
}

pub(in crate::content) fn unknown_word(
    file: &str,
    span: &Span,
    word: &str,
    known: &[String],
) -> Diagnostic {
    let problem = Diagnostic::error(
        "unknown-word",
        file,
        span,
        format!("`{word}` is none of the words known here"),
    );
    let words = || known.iter().map(String::as_str);
    let all = list(words());
    let meant = synonym(word).filter(|it| words().any(|word| word == *it));
    // Among few words that mean different things, only one that differs by a slip is meant.
    let near = |it: &&str| strsim::damerau_levenshtein(word, it) <= (word.len() / 4).max(1);
    let problem = problem.suggest(word, words());
    match meant.or_else(|| words().find(near)) {
        Some(near) => problem.help(format!("did you mean `{near}`? {all}")),
        None => problem.help(all),
    }
}

/// What content calls something that an editor may well call otherwise.
fn synonym(word: &str) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "person" | "persons" | "user" | "users" | "명" | "사람" => "people",
        "dollar" | "dollars" | "$" | "us$" | "달러" => "usd",
        "won" | "₩" | "원" => "krw",
        "%" | "percentage" | "퍼센트" => "percent",
        "년" => "years",
        "개월" => "months",
        _ => return None,
    })
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
    let problem = Diagnostic::error(
        "wrong-type",
        file,
        span,
        format!("expected {expected}, found {found}"),
    );
    match expected {
        "text" => problem.help("put it in quotes to make it text"),
        "true or false" => problem.help("write `true` or `false`"),
        "a number" | "a whole number from 0" | "a year" => problem.help(digits(found)),
        it if it.starts_with("a text in every language") => match quoted(found) {
            Some(text) => problem.help(format!("write `{{ko: {text}, en: …}}`")),
            None => problem,
        },
        _ => problem,
    }
}

/// The text that was found, if that is what was found.
fn quoted(found: &str) -> Option<&str> {
    found.strip_prefix("text `")?.strip_suffix('`')
}

/// How to write the number that was meant, where that is clear: `300,000,000`, `3억`.
fn digits(found: &str) -> String {
    let number = quoted(found).and_then(|text| {
        let text = text.replace([',', '_', ' '], "");
        let units = [("조", 12), ("억", 8), ("만", 4), ("천", 3)];
        let (text, zeros) = units
            .iter()
            .find_map(|(unit, zeros)| Some((text.strip_suffix(unit)?, *zeros)))
            .unwrap_or((&text, 0));
        let is_number = !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
        (is_number && text.len() <= 12).then(|| format!("{text}{}", "0".repeat(zeros)))
    });
    match number {
        Some(number) => format!("write {number}: digits only"),
        None => "write digits only, without quotes, commas or a unit".to_owned(),
    }
}

pub(in crate::content) fn malformed(file: &str, span: &Span, message: &str) -> Diagnostic {
    Diagnostic::error("wrong-type", file, span, message)
}

pub(in crate::content) fn empty_text(file: &str, span: &Span, what: &str) -> Diagnostic {
    Diagnostic::error(
        "empty-text",
        file,
        span,
        format!("the text `{what}` is empty"),
    )
    .help("write it, or remove the key")
}

pub(in crate::content) fn invalid_date(file: &str, span: &Span, text: &str) -> Diagnostic {
    let problem = Diagnostic::error(
        "invalid-date",
        file,
        span,
        format!("`{text}` is no date of the calendar"),
    )
    .help("write year, month and day, such as 2018-06-17");
    match written_out(text) {
        Some(date) if span.len() == text.len() => problem.fix(span.clone(), date),
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
    Diagnostic::error("out-of-range", file, span, message).help(help)
}

pub(in crate::content) fn incomplete_figure(file: &str, span: &Span) -> Diagnostic {
    Diagnostic::error(
        "incomplete-figure",
        file,
        span,
        "a figure has either `value`, or `from` and `to`",
    )
    .help("write one number as `value`, or the two ends of a range")
}

pub(in crate::content) fn invalid_address(
    file: &str,
    span: &Span,
    text: &str,
    help: &str,
) -> Diagnostic {
    Diagnostic::error(
        "invalid-address",
        file,
        span,
        format!("`{text}` cannot be used as an address here"),
    )
    .help(help)
}
