//! Reading the content folder into memory: once, bounded, and normalised.
//!
//! Line ends become line feeds, a byte order mark goes, and text is composed (Unicode
//! Normalization Form C), so that nothing later has to think of them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use rayon::prelude::*;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diagnostic::{Diagnostic, Diagnostics};

/// The largest text that is read, in bytes; the longest shipped file has some 30 kB.
const TEXT_LIMIT: u64 = 1 << 20;
/// The largest picture that is read, in bytes.
const BINARY_LIMIT: u64 = 8 << 20;
/// The largest folder that is read, in bytes, since all of it is held in memory.
const FOLDER_LIMIT: u64 = 1 << 30;
/// How many files a content folder may hold; 10,000 projects have about 40,000.
const FILE_LIMIT: usize = 200_000;
/// How deep folders may stand in one another.
const DEPTH_LIMIT: usize = 8;

/// Every file of the content folder that could be read, by its path with forward slashes.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Texts, normalised.
    pub(super) texts: BTreeMap<String, Arc<str>>,
    /// Everything else.
    pub(super) binaries: BTreeMap<String, Arc<[u8]>>,
}

/// Reads the whole folder. Fails only where there is no folder to read.
pub(super) fn read(dir: &Path, diagnostics: &mut Diagnostics) -> anyhow::Result<Folder> {
    let entries = fs::read_dir(dir)
        .with_context(|| format!("cannot read the content folder {}", dir.display()))?;
    let mut files = Vec::new();
    list(entries, "", 0, &mut files, diagnostics);
    if files.len() > FILE_LIMIT {
        let message = format!("the folder holds more than {FILE_LIMIT} files");
        diagnostics.push(
            Diagnostic::error("too-many-files", ".", 0..0, message)
                .help("name the content folder itself, not one above it"),
        );
        files.truncate(FILE_LIMIT);
    }
    files.sort_by(|a, b| (&a.path, &a.place).cmp(&(&b.path, &b.place)));
    files.dedup_by(|file, before| {
        let is_again = file.path == before.path;
        if is_again {
            let message =
                "two files have this name, one with composed letters and one with decomposed ones";
            diagnostics.push(
                Diagnostic::error("duplicate-file", &file.path, 0..0, message)
                    .help("keep one of the two"),
            );
        }
        is_again
    });
    let mut bytes = 0;
    let beyond = files.iter().position(|file| {
        bytes += file.length.min(BINARY_LIMIT);
        bytes > FOLDER_LIMIT
    });
    if let Some(beyond) = beyond {
        let message = format!(
            "the folder holds more than {FOLDER_LIMIT} bytes; from this file on nothing is read"
        );
        diagnostics.push(
            Diagnostic::error("too-many-files", &files[beyond].path, 0..0, message)
                .help("name the content folder itself, not one above it"),
        );
        files.truncate(beyond);
    }
    let contents: Vec<FileContent> = files.par_iter().map(Listed::read).collect();
    let mut folder = Folder::default();
    for (file, content) in files.into_iter().zip(contents) {
        folder.put(file.path, content, diagnostics);
    }
    Ok(folder)
}

/// Takes files that are in memory already: paths with forward slashes, and what stands in them.
pub(super) fn take(
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
    diagnostics: &mut Diagnostics,
) -> Folder {
    let mut folder = Folder::default();
    for (path, bytes) in files {
        if !path.split('/').any(is_leftover) {
            let content = FileContent::of(&path, bytes);
            folder.put(path, content, diagnostics);
        }
    }
    folder
}

impl Folder {
    fn put(&mut self, path: String, content: FileContent, diagnostics: &mut Diagnostics) {
        match content {
            FileContent::Text(text) => {
                diagnostics.add_source(&path, Arc::clone(&text));
                self.texts.insert(path, text);
            }
            FileContent::Binary(bytes) => drop(self.binaries.insert(path, bytes)),
            FileContent::Unusable(problem, readable) => {
                if let Some(readable) = readable {
                    diagnostics.add_source(&path, readable.into());
                }
                diagnostics.push(problem);
            }
        }
    }
}

/// What a file turned out to hold.
enum FileContent {
    Text(Arc<str>),
    Binary(Arc<[u8]>),
    /// Nothing of use, for this reason; perhaps with what can be shown of it.
    Unusable(Diagnostic, Option<String>),
}

/// A file of the folder, before it is read.
struct Listed {
    /// With forward slashes.
    path: String,
    place: PathBuf,
    /// In bytes.
    length: u64,
    /// And no pipe or device, which would block for ever.
    is_file: bool,
}

/// Lists the entries of a folder and of those below it, in no particular order.
fn list(
    entries: fs::ReadDir,
    prefix: &str,
    depth: usize,
    files: &mut Vec<Listed>,
    diagnostics: &mut Diagnostics,
) {
    for entry in entries {
        if files.len() > FILE_LIMIT {
            return;
        }
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                diagnostics.push(unreadable_file(prefix.trim_end_matches('/'), &error));
                continue;
            }
        };
        let name: String = entry.file_name().to_string_lossy().nfc().collect();
        if is_leftover(&name) {
            continue;
        }
        let (path, place) = (format!("{prefix}{name}"), entry.path());
        // The target of a link counts, so that a mounted folder of links works.
        let metadata = fs::metadata(&place);
        if !metadata.as_ref().is_ok_and(fs::Metadata::is_dir) {
            files.push(Listed {
                path,
                place,
                length: metadata.as_ref().map_or(0, fs::Metadata::len),
                // What cannot be looked at cannot be opened either, which says why.
                is_file: metadata.map_or(true, |it| it.is_file()),
            });
        } else if depth == DEPTH_LIMIT {
            let message = format!("folders stand in one another more than {DEPTH_LIMIT} deep");
            diagnostics.push(
                Diagnostic::error("too-many-files", &path, 0..0, message)
                    .help("a link may lead back to a folder above it; remove it"),
            );
        } else {
            match fs::read_dir(place) {
                Ok(inner) => list(inner, &format!("{path}/"), depth + 1, files, diagnostics),
                Err(error) => diagnostics.push(unreadable_file(&path, &error)),
            }
        }
    }
}

/// What editors and systems leave behind.
pub(super) fn is_leftover(name: &str) -> bool {
    let by_end = [".swp", ".swo", ".swx", "~", ".tmp", ".bak", ".orig"];
    name.starts_with(['.', '#'])
        || matches!(name, "Thumbs.db" | "desktop.ini" | "4913")
        || by_end.iter().any(|end| name.ends_with(end))
}

fn unreadable_file(file: &str, cause: &io::Error) -> Diagnostic {
    let message = format!("this cannot be read: {cause}");
    Diagnostic::error("unreadable-file", file, 0..0, message)
        .help("check that it exists and that the program may read it")
}

impl Listed {
    fn read(&self) -> FileContent {
        let path = self.path.as_str();
        if !self.is_file {
            let problem =
                Diagnostic::error("unreadable-file", path, 0..0, "this is not a regular file")
                    .help("remove it from the content folder");
            return FileContent::Unusable(problem, None);
        }
        // With room to notice the end, so that a file is read at once.
        let limit = limit(path);
        let expected = usize::try_from(self.length.min(limit) + 1).unwrap_or_default();
        let mut bytes = Vec::with_capacity(expected);
        let read = fs::File::open(&self.place)
            .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes));
        match read {
            Ok(_) => FileContent::of(path, bytes),
            Err(error) => FileContent::Unusable(unreadable_file(path, &error), None),
        }
    }
}

impl FileContent {
    /// What a file holds that was read as far as its limit, and one byte more.
    fn of(path: &str, bytes: Vec<u8>) -> Self {
        let limit = limit(path);
        if bytes.len() as u64 > limit {
            let message = format!("this file is larger than {limit} bytes");
            let problem = Diagnostic::error("file-too-large", path, 0..0, message)
                .help("make it smaller or split it");
            return Self::Unusable(problem, None);
        }
        if !is_text(path) {
            return Self::Binary(bytes.into());
        }
        match normalise(bytes) {
            Ok(text) => Self::Text(text.into()),
            Err((readable, offset)) => {
                let span = offset..offset + '\u{fffd}'.len_utf8();
                let message = "this byte is not UTF-8 text";
                let problem = Diagnostic::error("invalid-utf8", path, span, message)
                    .help("save the file as UTF-8");
                Self::Unusable(problem, Some(readable))
            }
        }
    }
}

fn is_text(path: &str) -> bool {
    ["yaml", "yml", "md", "svg", "json", "lock", "txt"]
        .iter()
        .any(|end| path.rsplit('.').next() == Some(end))
}

fn limit(path: &str) -> u64 {
    if is_text(path) {
        TEXT_LIMIT
    } else {
        BINARY_LIMIT
    }
}

/// The text, or what can be shown of it and where it stops being UTF-8.
pub(super) fn normalise(bytes: Vec<u8>) -> Result<String, (String, usize)> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let readable = String::from_utf8_lossy(error.as_bytes()).into_owned();
        (readable, offset)
    })?;
    if let Some(rest) = text.strip_prefix('\u{feff}') {
        text = rest.to_owned();
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    // Most of what is written here is composed whatever stands around it, which is seen without the tables.
    let is_composed = |it| matches!(it, ..'\u{300}' | '가'..='힣' | '\u{2010}'..='\u{2027}');
    if !text.chars().all(is_composed) && !is_nfc(&text) {
        text = text.nfc().collect();
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_marks_and_decomposed_letters_are_normalised() {
        let text = normalise("\u{feff}\u{1100}\u{1161}\r\nb\rc".into()).expect("UTF-8");
        assert_eq!(text, "가\nb\nc");
    }

    #[test]
    fn the_first_byte_that_is_no_text_is_named() {
        let error = normalise(b"ab\xff".to_vec()).expect_err("no UTF-8");
        assert_eq!(error.1, 2);
    }

    #[test]
    fn what_editors_leave_behind_is_not_content() {
        for name in [".DS_Store", ".ko.md.swp", "ko.md~", "#ko.md#", "4913"] {
            assert!(is_leftover(name), "{name}");
        }
        assert!(!is_leftover("ko.md"));
    }
}
