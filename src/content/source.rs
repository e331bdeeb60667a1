//! Reading the content folder into memory: once, bounded, and normalised.
//!
//! Line ends become line feeds, a byte order mark goes, and text is composed (Unicode
//! Normalization Form C), so that nothing later has to think of them.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use rayon::prelude::*;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::problems;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// The largest text that is read; the longest shipped file has some 30 kB.
const TEXT_LIMIT: u64 = 1 << 20;
/// The largest picture that is read.
const PICTURE_LIMIT: u64 = 8 << 20;
/// The largest folder that is read, since all of it is held in memory.
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
    pub(super) pictures: BTreeMap<String, Arc<[u8]>>,
}

/// Reads the whole folder. Fails only where there is no folder to read.
pub(super) fn read(dir: &Path, diagnostics: &mut Diagnostics) -> anyhow::Result<Folder> {
    let mut folder = Folder::default();
    let entries = fs::read_dir(dir)
        .with_context(|| format!("cannot read the content folder {}", dir.display()))?;
    let mut files = Vec::new();
    list(entries, "", 0, &mut files, diagnostics);
    files.sort();
    let mut bytes = 0;
    files.dedup_by(|(path, ..), (before, ..)| {
        let is_again = path == before;
        if is_again {
            diagnostics.push(problems::duplicate_file(path));
        }
        is_again
    });
    let beyond = files.iter().position(|(_, _, length)| {
        bytes += length.min(&PICTURE_LIMIT);
        bytes > FOLDER_LIMIT
    });
    if let Some(beyond) = beyond {
        diagnostics.push(problems::folder_too_large(&files[beyond].0, FOLDER_LIMIT));
        files.truncate(beyond);
    }
    let contents = files.par_iter().map(|(path, place, _)| {
        read_file(path, place).unwrap_or_else(|error| {
            let problem = problems::unreadable_file(path, &error);
            FileContent::Unusable(problem, None)
        })
    });
    let contents: Vec<FileContent> = contents.collect();
    for ((path, ..), content) in files.into_iter().zip(contents) {
        folder.put(path, content, diagnostics);
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
            FileContent::Picture(bytes) => drop(self.pictures.insert(path, bytes)),
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
    Picture(Arc<[u8]>),
    /// Nothing of use, for this reason; perhaps with what can be shown of it.
    Unusable(Diagnostic, Option<String>),
}

fn list(
    entries: fs::ReadDir,
    prefix: &str,
    depth: usize,
    files: &mut Vec<(String, PathBuf, u64)>,
    diagnostics: &mut Diagnostics,
) {
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                diagnostics.push(problems::unreadable_file(
                    prefix.trim_end_matches('/'),
                    &error,
                ));
                continue;
            }
        };
        let name = entry
            .file_name()
            .to_string_lossy()
            .nfc()
            .collect::<String>();
        if is_leftover(&name) {
            continue;
        }
        let path = format!("{prefix}{name}");
        // The target of a link counts, so that a mounted folder of links works.
        let metadata = fs::metadata(entry.path());
        let is_folder = metadata.as_ref().is_ok_and(fs::Metadata::is_dir);
        if !is_folder {
            files.push((path, entry.path(), metadata.map_or(0, |it| it.len())));
        } else if depth == DEPTH_LIMIT {
            diagnostics.push(problems::too_deep(&path, DEPTH_LIMIT));
        } else {
            match fs::read_dir(entry.path()) {
                Ok(inner) => list(inner, &format!("{path}/"), depth + 1, files, diagnostics),
                Err(error) => diagnostics.push(problems::unreadable_file(&path, &error)),
            }
        }
        if files.len() > FILE_LIMIT {
            diagnostics.push(problems::too_many_files(FILE_LIMIT));
            return;
        }
    }
}

/// What editors and systems leave behind.
pub(super) fn is_leftover(name: &str) -> bool {
    let by_end = [".swp", ".swo", ".swx", "~", ".tmp", ".bak", ".orig"];
    name.starts_with('.')
        || name.starts_with('#')
        || matches!(name, "Thumbs.db" | "desktop.ini" | "4913")
        || by_end.iter().any(|end| name.ends_with(end))
}

fn read_file(path: &str, place: &Path) -> std::io::Result<FileContent> {
    // A pipe or device would block for ever.
    if !fs::metadata(place)?.is_file() {
        return Ok(FileContent::Unusable(problems::not_a_file(path), None));
    }
    let mut bytes = Vec::new();
    fs::File::open(place)?
        .take(limit(path) + 1)
        .read_to_end(&mut bytes)?;
    Ok(FileContent::of(path, bytes))
}

impl FileContent {
    /// What a file holds that was read as far as its limit, and one byte more.
    fn of(path: &str, bytes: Vec<u8>) -> Self {
        if bytes.len() as u64 > limit(path) {
            return Self::Unusable(problems::file_too_large(path, limit(path)), None);
        }
        if !is_text(path) {
            return Self::Picture(bytes.into());
        }
        match normalise(bytes) {
            Ok(text) => Self::Text(text.into()),
            Err((readable, offset)) => {
                Self::Unusable(problems::invalid_utf8(path, offset), Some(readable))
            }
        }
    }
}

fn is_text(path: &str) -> bool {
    ["yaml", "yml", "md", "svg", "json", "lock", "txt"]
        .iter()
        .any(|end| path.rsplit('.').next() == Some(end))
}

/// How many bytes of a file are read.
fn limit(path: &str) -> u64 {
    if is_text(path) {
        TEXT_LIMIT
    } else {
        PICTURE_LIMIT
    }
}

/// The text, or what can be shown of it and where it stops being UTF-8.
pub(super) fn normalise(bytes: Vec<u8>) -> Result<String, (String, usize)> {
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let readable = String::from_utf8_lossy(error.as_bytes()).into_owned();
        (readable, offset)
    })?;
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    };
    Ok(if is_nfc(&text) {
        text
    } else {
        text.nfc().collect()
    })
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
