//! Problems of write-ups and drawings.

use super::Span;
use crate::diagnostic::{Diagnostic, nearest};

/// Text or a drawing that `showcase new` laid down.
pub(in crate::content) fn placeholder(file: &str, span: &Span, what: &str) -> Diagnostic {
    let message = format!("this {what} is still the one that `showcase new` laid down");
    Diagnostic::warning("placeholder", file, span, message)
        .help("put the project's own in its place, or keep `draft: true` until then")
}

/// `address` is where the path stands in the text, if it stands there as it is.
pub(in crate::content) fn broken_link(
    file: &str,
    span: &Span,
    target: &str,
    known: &[&str],
    address: Option<&Span>,
) -> Diagnostic {
    let problem = Diagnostic::error(
        "broken-link",
        file,
        span,
        format!("`{target}` leads to no page of this site"),
    );
    if let Some(meant) = meant_address(target) {
        return problem.help(format!("write `{meant}`"));
    }
    let slashed = format!("{target}/");
    if known.contains(&slashed.as_str()) {
        let problem = problem.help(format!("write `{slashed}`"));
        return match address {
            Some(address) => problem.fix(address.clone(), slashed),
            None => problem,
        };
    }
    match nearest(target, known.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help("write the path of a page, such as /projects/rrc/ or /glossary/"),
    }
}

/// The address that a path without its first slash, or a misspelt `term:`, was meant to be.
fn meant_address(target: &str) -> Option<String> {
    if let Some((scheme, term)) = target.split_once(':')
        && ["terms", "term ", "trem", "glossary"].contains(&scheme.to_lowercase().as_str())
    {
        return Some(format!("term:{}", term.trim()));
    }
    let (path, fragment) = target.split_at(target.find('#').unwrap_or(target.len()));
    let first = path.split('/').next()?;
    let is_page = ["projects", "topics", "glossary", "about"].contains(&first);
    (is_page && path.contains('/')).then(|| format!("/{}/{fragment}", path.trim_end_matches('/')))
}

/// Only a warning where drafts are shown, so that a page and the links to it can be written in any order.
pub(in crate::content) fn link_to_draft(
    file: &str,
    span: &Span,
    target: &str,
    hidden: bool,
) -> Diagnostic {
    let kind = if hidden {
        Diagnostic::error
    } else {
        Diagnostic::warning
    };
    kind(
        "link-to-draft",
        file,
        span,
        format!("`{target}` is a draft, which readers cannot see"),
    )
    .help("take `draft: true` out of its project.yaml, or take the link away until then")
}

pub(in crate::content) fn broken_fragment(
    file: &str,
    span: &Span,
    target: &str,
    known: &[&str],
) -> Diagnostic {
    let problem = Diagnostic::error(
        "broken-fragment",
        file,
        span,
        format!("the page has nothing named `#{target}`"),
    );
    problem.suggest(target, known.iter().copied())
}

pub(in crate::content) fn missing_picture(file: &str, span: &Span, target: &str) -> Diagnostic {
    Diagnostic::error(
        "missing-picture",
        file,
        span,
        format!("there is no file `{target}` beside this text"),
    )
    .help("put the picture into the same folder and write its name")
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
