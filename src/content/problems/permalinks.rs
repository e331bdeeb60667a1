//! Problems of published addresses.

use super::Span;
use crate::diagnostic::Diagnostic;

pub(in crate::content) fn missing_permalinks(
    file: &str,
    count: usize,
    whole: String,
) -> Diagnostic {
    let message = format!("there is no list of published addresses yet, and {count} to keep");
    let problem = Diagnostic::warning("missing-permalinks", file, 0..0, message)
        .help("run `showcase check --fix` to write it");
    problem.fix(0..0, whole)
}

pub(in crate::content) fn invalid_permalink(file: &str, span: &Span, line: &str) -> Diagnostic {
    Diagnostic::error(
            "invalid-permalink",
            file,
            span,
            format!("`{line}` is no path of a page"),
        ).help("every line is a comment or a path that begins and ends with a slash, such as /projects/rrc/")
}

pub(in crate::content) fn vanished_url(
    file: &str,
    span: &Span,
    path: &str,
    help: &str,
) -> Diagnostic {
    Diagnostic::error(
        "vanished-url",
        file,
        span,
        format!("`{path}` was published, and nothing answers there any more"),
    )
    .help(format!(
        "{help}; to give the address up for good, delete this line"
    ))
}

pub(in crate::content) fn unlisted_url(
    file: &str,
    offset: usize,
    path: &str,
    line: String,
) -> Diagnostic {
    let problem = Diagnostic::warning(
        "unlisted-url",
        file,
        &(offset..offset),
        format!("the new address `{path}` is not yet in the list of those to keep"),
    )
    .help("run `showcase check --fix` to add it, once it is meant to stay");
    problem.fix(offset..offset, line)
}
