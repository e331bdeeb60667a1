//! Problems of published addresses.

use super::{Span, error, fixed, helped, warning};
use crate::diagnostic::Diagnostic;

pub(in crate::content) fn missing_permalinks(
    file: &str,
    count: usize,
    whole: String,
) -> Diagnostic {
    let message = format!("there is no list of published addresses yet, and {count} to keep");
    let problem = helped(
        warning("missing-permalinks", file, &(0..0), message),
        "run `showcase check --fix` to write it",
    );
    fixed(problem, 0..0, whole)
}

pub(in crate::content) fn invalid_permalink(file: &str, span: &Span, line: &str) -> Diagnostic {
    helped(
        error(
            "invalid-permalink",
            file,
            span,
            format!("`{line}` is no path of a page"),
        ),
        "every line is a comment or a path that begins and ends with a slash, such as /projects/rrc/",
    )
}

pub(in crate::content) fn vanished_url(
    file: &str,
    span: &Span,
    path: &str,
    help: &str,
) -> Diagnostic {
    helped(
        error(
            "vanished-url",
            file,
            span,
            format!("`{path}` was published, and nothing answers there any more"),
        ),
        format!("{help}; to give the address up for good, delete this line"),
    )
}

pub(in crate::content) fn unlisted_url(
    file: &str,
    offset: usize,
    path: &str,
    line: String,
) -> Diagnostic {
    let problem = helped(
        warning(
            "unlisted-url",
            file,
            &(offset..offset),
            format!("the new address `{path}` is not yet in the list of those to keep"),
        ),
        "run `showcase check --fix` to add it, once it is meant to stay",
    );
    fixed(problem, offset..offset, line)
}
