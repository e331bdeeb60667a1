//! Problems of files that some part of the check has asked for.

use crate::diagnostic::Diagnostic;

pub(in crate::content) fn empty_file(file: &str) -> Diagnostic {
    Diagnostic::error("empty-file", file, 0..0, "this file is empty")
        .help("write something into it, or remove it")
}

pub(in crate::content) fn missing_file(file: &str, what: &str) -> Diagnostic {
    let message = format!("there is no such file, but the site needs it: {what}");
    Diagnostic::error("missing-file", file, 0..0, message).help(format!("create `{file}`"))
}
