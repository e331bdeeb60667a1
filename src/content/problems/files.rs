//! Problems of files as such.

use super::{error, helped, warning};
use crate::diagnostic::Diagnostic;

pub(in crate::content) fn unreadable_file(file: &str, cause: &std::io::Error) -> Diagnostic {
    let message = format!("this cannot be read: {cause}");
    helped(
        error("unreadable-file", file, &(0..0), message),
        "check that it exists and that the program may read it",
    )
}

pub(in crate::content) fn not_a_file(file: &str) -> Diagnostic {
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

pub(in crate::content) fn too_deep(file: &str, limit: usize) -> Diagnostic {
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

pub(in crate::content) fn too_many_files(limit: usize) -> Diagnostic {
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

pub(in crate::content) fn file_too_large(file: &str, limit: u64) -> Diagnostic {
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

pub(in crate::content) fn invalid_utf8(file: &str, offset: usize) -> Diagnostic {
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

pub(in crate::content) fn empty_file(file: &str) -> Diagnostic {
    helped(
        error("empty-file", file, &(0..0), "this file is empty"),
        "write something into it, or remove it",
    )
}

pub(in crate::content) fn missing_file(file: &str, what: &str) -> Diagnostic {
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

pub(in crate::content) fn unread_file(file: &str, instead: Option<&str>) -> Diagnostic {
    let problem = warning("unread-file", file, &(0..0), "nothing reads this file");
    match instead {
        Some(name) => helped(problem, format!("did you mean `{name}`?")),
        None => helped(
            problem,
            "remove it, or link to it from a text in the same folder",
        ),
    }
}

pub(in crate::content) fn duplicate_file(file: &str) -> Diagnostic {
    helped(
        error(
            "duplicate-file",
            file,
            &(0..0),
            "two files have this name, one with composed letters and one with decomposed ones",
        ),
        "keep one of the two",
    )
}

pub(in crate::content) fn folder_too_large(file: &str, limit: u64) -> Diagnostic {
    helped(
        error(
            "too-many-files",
            file,
            &(0..0),
            format!("the folder holds more than {limit} bytes; from this file on nothing is read"),
        ),
        "name the content folder itself, not one above it",
    )
}

pub(in crate::content) fn invalid_picture(file: &str) -> Diagnostic {
    helped(
        warning(
            "invalid-picture",
            file,
            &(0..0),
            "this is no picture of the kind that its name says",
        ),
        "save it again as what it is called, or give it the name of what it is",
    )
}
