//! Problems of languages, and of the names and numbers that must differ.

use super::Span;
use crate::diagnostic::Diagnostic;

pub(in crate::content) fn unknown_language(
    file: &str,
    span: &Span,
    code: &str,
    known: &str,
) -> Diagnostic {
    Diagnostic::error(
        "unknown-language",
        file,
        span,
        format!("`{code}` is not a language of this site"),
    )
    .help(format!("the languages in event.yaml are: {known}"))
}

pub(in crate::content) fn invalid_language(file: &str, span: &Span, code: &str) -> Diagnostic {
    Diagnostic::error(
        "invalid-language",
        file,
        span,
        format!("`{code}` is no language code"),
    )
    .help("write it as BCP 47 does, in lower case, such as ko, en or zh")
}

pub(in crate::content) fn missing_translation(
    file: &str,
    span: &Span,
    what: &str,
    code: &str,
) -> Diagnostic {
    Diagnostic::warning(
        "missing-translation",
        file,
        span,
        format!("`{what}` is not there in `{code}`"),
    )
    .help(format!(
        "add it in `{code}`; until then the site shows another language, and says so"
    ))
}

pub(in crate::content) fn invalid_id(file: &str, span: &Span, id: &str) -> Diagnostic {
    Diagnostic::error(
        "invalid-id",
        file,
        span,
        format!("`{id}` cannot be a name in URLs"),
    )
    .help("use lower-case ASCII letters, digits and single hyphens, such as block-cloud")
}

pub(in crate::content) fn duplicate_id(file: &str, span: &Span, id: &str) -> Diagnostic {
    Diagnostic::error(
        "duplicate-id",
        file,
        span,
        format!("`{id}` is used twice, so links to it would be ambiguous"),
    )
    .help("give one of the two another id")
}

pub(in crate::content) fn duplicate_order(
    file: &str,
    span: &Span,
    order: u32,
    other: &str,
) -> Diagnostic {
    Diagnostic::error(
        "duplicate-order",
        file,
        span,
        format!("place {order} of the programme is taken by `{other}`"),
    )
    .help("give every project a place of its own")
}

pub(in crate::content) fn unknown_topic(
    file: &str,
    span: &Span,
    id: &str,
    known: &[&str],
) -> Diagnostic {
    let problem = Diagnostic::error(
        "unknown-topic",
        file,
        span,
        format!("topics.yaml has no topic `{id}`"),
    );
    problem.suggest(id, known.iter().copied())
}

pub(in crate::content) fn unknown_section(file: &str, span: &Span, id: &str) -> Diagnostic {
    Diagnostic::error(
        "unknown-section",
        file,
        span,
        format!("the recap has no section `{id}` in every language"),
    )
    .help("give a heading of the recap that id: `## … {#id}`")
}

pub(in crate::content) fn duplicate_topic(file: &str, span: &Span, id: &str) -> Diagnostic {
    let message = format!("the topic `{id}` is listed twice");
    Diagnostic::error("duplicate-id", file, span, message).help("remove one")
}

pub(in crate::content) fn invalid_alias(file: &str, span: &Span, alias: &str) -> Diagnostic {
    let problem = Diagnostic::error(
            "invalid-alias",
            file,
            span,
            format!("`{alias}` is no path of this site"),
        ).help("write a path without a language that begins and ends with a slash, such as /projects/old-name/");
    let inner = alias.trim_matches('/');
    let is_plain = inner
        .split('/')
        .all(|part| !part.is_empty() && part.chars().all(|it| it.is_alphanumeric() || it == '-'));
    if is_plain && span.len() == alias.len() {
        let problem = problem.help(format!("only a slash lacks: write `/{inner}/`"));
        problem.fix(span.clone(), format!("/{inner}/"))
    } else {
        problem
    }
}

pub(in crate::content) fn unknown_placeholder(
    file: &str,
    span: &Span,
    word: &str,
    known: &[String],
) -> Diagnostic {
    let problem = Diagnostic::warning(
        "unknown-placeholder",
        file,
        span,
        format!("nothing is put in place of `{{{word}}}` here, so it stays visible"),
    );
    problem.suggest(word, known.iter().map(String::as_str))
}

pub(in crate::content) fn missing_placeholder(file: &str, span: &Span, word: &str) -> Diagnostic {
    Diagnostic::warning(
        "missing-placeholder",
        file,
        span,
        format!("without `{{{word}}}` this text leaves out what it is about"),
    )
    .help(format!("write `{{{word}}}` where that belongs"))
}
