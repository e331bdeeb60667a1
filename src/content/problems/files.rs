//! Problems of files as such.

use crate::diagnostic::Diagnostic;

pub(in crate::content) fn unreadable_file(file: &str, cause: &std::io::Error) -> Diagnostic {
    let message = format!("this cannot be read: {cause}");
    Diagnostic::error("unreadable-file", file, 0..0, message)
        .help("check that it exists and that the program may read it")
}

pub(in crate::content) fn not_a_file(file: &str) -> Diagnostic {
    Diagnostic::error("unreadable-file", file, 0..0, "this is not a regular file")
        .help("remove it from the content folder")
}

pub(in crate::content) fn too_deep(file: &str, limit: usize) -> Diagnostic {
    Diagnostic::error(
        "too-many-files",
        file,
        0..0,
        format!("folders stand in one another more than {limit} deep"),
    )
    .help("a link may lead back to a folder above it; remove it")
}

pub(in crate::content) fn too_many_files(limit: usize) -> Diagnostic {
    Diagnostic::error(
        "too-many-files",
        ".",
        0..0,
        format!("the folder holds more than {limit} files"),
    )
    .help("name the content folder itself, not one above it")
}

pub(in crate::content) fn file_too_large(file: &str, limit: u64) -> Diagnostic {
    Diagnostic::error(
        "file-too-large",
        file,
        0..0,
        format!("this file is larger than {limit} bytes"),
    )
    .help("make it smaller or split it")
}

pub(in crate::content) fn invalid_utf8(file: &str, offset: usize) -> Diagnostic {
    Diagnostic::error(
        "invalid-utf8",
        file,
        &(offset..offset + '\u{fffd}'.len_utf8()),
        "this byte is not UTF-8 text",
    )
    .help("save the file as UTF-8")
}

pub(in crate::content) fn empty_file(file: &str) -> Diagnostic {
    Diagnostic::error("empty-file", file, 0..0, "this file is empty")
        .help("write something into it, or remove it")
}

pub(in crate::content) fn missing_file(file: &str, what: &str) -> Diagnostic {
    Diagnostic::error(
        "missing-file",
        file,
        0..0,
        format!("there is no such file, but the site needs it: {what}"),
    )
    .help(format!("create `{file}`"))
}

pub(in crate::content) fn unread_file(file: &str, instead: Option<&str>) -> Diagnostic {
    let problem = Diagnostic::warning("unread-file", file, 0..0, "nothing reads this file");
    match instead {
        Some(name) => problem.help(format!("did you mean `{name}`?")),
        None => problem.help("remove it, or link to it from a text in the same folder"),
    }
}

pub(in crate::content) fn duplicate_file(file: &str) -> Diagnostic {
    Diagnostic::error(
        "duplicate-file",
        file,
        0..0,
        "two files have this name, one with composed letters and one with decomposed ones",
    )
    .help("keep one of the two")
}

pub(in crate::content) fn folder_too_large(file: &str, limit: u64) -> Diagnostic {
    Diagnostic::error(
        "too-many-files",
        file,
        0..0,
        format!("the folder holds more than {limit} bytes; from this file on nothing is read"),
    )
    .help("name the content folder itself, not one above it")
}

pub(in crate::content) fn invalid_picture(file: &str) -> Diagnostic {
    Diagnostic::warning(
        "invalid-picture",
        file,
        0..0,
        "this is no picture of the kind that its name says",
    )
    .help("save it again as what it is called, or give it the name of what it is")
}
