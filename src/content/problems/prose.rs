//! Problems of write-ups and drawings.

use super::Span;
use crate::diagnostic::Diagnostic;

/// Text or a drawing that `showcase new` laid down.
pub(in crate::content) fn placeholder(file: &str, span: &Span, what: &str) -> Diagnostic {
    let message = format!("this {what} is still the one that `showcase new` laid down");
    Diagnostic::warning("placeholder", file, span, message)
        .help("put the project's own in its place, or keep `draft: true` until then")
}

pub(in crate::content) fn too_long(
    file: &str,
    span: &Span,
    what: &str,
    columns: usize,
    limit: usize,
) -> Diagnostic {
    Diagnostic::warning(
        "too-long",
        file,
        span,
        format!("`{what}` is {columns} columns wide and would be cut off after {limit}"),
    )
    .help("shorten it; a Hangul letter counts as two columns")
}
