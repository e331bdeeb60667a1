//! Reading the content folder into memory: once, bounded, and normalised.
//!
//! Line ends become line feeds, a byte order mark goes, and text is composed (Unicode
//! Normalization Form C), so that nothing later has to think of them.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use anyhow::Context;
use rayon::prelude::*;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::problems;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::stamp::Stamp;

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
    /// LocalizedStrings, normalised.
    pub(super) texts: BTreeMap<String, Arc<str>>,
    /// Everything else.
    pub(super) binaries: BTreeMap<String, Arc<[u8]>>,
}

/// What was read before, by path, with what tells whether it is still the same.
#[derive(Debug, Default)]
pub(super) struct Known(HashMap<String, (Stamp, FileContent)>);

impl Known {
    /// What a file holds, if it has not changed since that was read.
    fn recall(&self, file: &Listed) -> Option<FileContent> {
        let (stamp, content) = self.0.get(&file.path)?;
        (Some(*stamp) == file.stamp).then(|| content.clone())
    }

    /// Remembers all that was read from files as they stood at a time.
    fn remember(&mut self, files: &[Listed], contents: &[FileContent], time: SystemTime) {
        let read = files.iter().zip(contents);
        let settled = read.filter_map(|(file, content)| {
            let stamp = file.stamp.filter(|it| it.is_settled(time))?;
            // What could not be read may be another time, although nobody changed it.
            let is_read = !matches!(content, FileContent::Unusable(..));
            is_read.then(|| (file.path.clone(), (stamp, content.clone())))
        });
        self.0 = settled.collect();
    }
}

/// Reads the whole folder, but for what is known. Fails only where there is no folder to read.
pub(super) fn read(
    dir: &Path,
    diagnostics: &mut Diagnostics,
    known: &mut Known,
) -> anyhow::Result<Folder> {
    let time = SystemTime::now();
    let mut folder = Folder::default();
    let entries = fs::read_dir(dir)
        .with_context(|| format!("cannot read the content folder {}", dir.display()))?;
    let count = AtomicUsize::new(0);
    let List {
        mut files,
        problems,
    } = List::of(entries, "", 0, &count);
    for problem in problems {
        diagnostics.push(problem);
    }
    files.sort_by(|a, b| (&a.path, &a.place).cmp(&(&b.path, &b.place)));
    if files.len() > FILE_LIMIT {
        diagnostics.push(problems::too_many_files(FILE_LIMIT));
        files.truncate(FILE_LIMIT);
    }
    files.dedup_by(|file, before| {
        let is_again = file.path == before.path;
        if is_again {
            diagnostics.push(problems::duplicate_file(&file.path));
        }
        is_again
    });
    let mut bytes = 0;
    let beyond = files.iter().position(|file| {
        bytes += file.length.min(PICTURE_LIMIT);
        bytes > FOLDER_LIMIT
    });
    if let Some(beyond) = beyond {
        diagnostics.push(problems::folder_too_large(
            &files[beyond].path,
            FOLDER_LIMIT,
        ));
        files.truncate(beyond);
    }
    let contents = files.par_iter().map(|file| {
        known.recall(file).unwrap_or_else(|| {
            file.read().unwrap_or_else(|error| {
                let problem = problems::unreadable_file(&file.path, &error);
                FileContent::Unusable(problem, None)
            })
        })
    });
    let contents: Vec<FileContent> = contents.collect();
    known.remember(&files, &contents, time);
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
#[derive(Clone, Debug)]
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
    /// `None` where the file cannot be looked at.
    stamp: Option<Stamp>,
}

/// What is in a folder and below it, in no particular order.
#[derive(Default)]
struct List {
    files: Vec<Listed>,
    problems: Vec<Diagnostic>,
}

impl List {
    fn add(mut self, other: Self) -> Self {
        self.files.extend(other.files);
        self.problems.extend(other.problems);
        self
    }

    fn problem(problem: Diagnostic) -> Self {
        Self {
            files: Vec::new(),
            problems: vec![problem],
        }
    }

    /// Lists the entries of a folder, on all processors; `count` is of the files so far.
    fn of(entries: fs::ReadDir, prefix: &str, depth: usize, count: &AtomicUsize) -> Self {
        let entries: Vec<_> = entries.collect();
        let lists = entries.into_par_iter().map(|entry| match entry {
            Ok(entry) if count.load(Ordering::Relaxed) <= FILE_LIMIT => {
                Self::entry(&entry, prefix, depth, count)
            }
            // There are too many, as will be said of all of them together.
            Ok(_) => Self::default(),
            Err(error) => {
                let folder = prefix.trim_end_matches('/');
                Self::problem(problems::unreadable_file(folder, &error))
            }
        });
        lists.reduce(Self::default, Self::add)
    }

    fn entry(entry: &fs::DirEntry, prefix: &str, depth: usize, count: &AtomicUsize) -> Self {
        let name: String = entry.file_name().to_string_lossy().nfc().collect();
        if is_leftover(&name) {
            return Self::default();
        }
        let path = format!("{prefix}{name}");
        let place = entry.path();
        // The target of a link counts, so that a mounted folder of links works.
        let metadata = match entry.metadata() {
            Ok(own) if own.is_symlink() => fs::metadata(&place),
            own => own,
        };
        if !metadata.as_ref().is_ok_and(fs::Metadata::is_dir) {
            count.fetch_add(1, Ordering::Relaxed);
            let file = Listed {
                path,
                place,
                length: metadata.as_ref().map_or(0, fs::Metadata::len),
                stamp: metadata.as_ref().ok().map(Stamp::of),
                // What cannot be looked at cannot be opened either, which says why.
                is_file: metadata.map_or(true, |it| it.is_file()),
            };
            return Self {
                files: vec![file],
                problems: Vec::new(),
            };
        }
        if depth == DEPTH_LIMIT {
            return Self::problem(problems::too_deep(&path, DEPTH_LIMIT));
        }
        match fs::read_dir(place) {
            Ok(inner) => Self::of(inner, &format!("{path}/"), depth + 1, count),
            Err(error) => Self::problem(problems::unreadable_file(&path, &error)),
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

impl Listed {
    fn read(&self) -> std::io::Result<FileContent> {
        let path = self.path.as_str();
        if !self.is_file {
            return Ok(FileContent::Unusable(problems::not_a_file(path), None));
        }
        let limit = limit(path);
        // With room to notice the end, so that a file is read at once.
        let expected = self.length.min(limit) + 1;
        let mut bytes = Vec::with_capacity(usize::try_from(expected).unwrap_or_default());
        fs::File::open(&self.place)?
            .take(limit + 1)
            .read_to_end(&mut bytes)?;
        Ok(FileContent::of(path, bytes))
    }
}

impl FileContent {
    /// What a file holds that was read as far as its limit, and one byte more.
    fn of(path: &str, bytes: Vec<u8>) -> Self {
        if bytes.len() as u64 > limit(path) {
            return Self::Unusable(problems::file_too_large(path, limit(path)), None);
        }
        if !is_text(path) {
            return Self::Binary(bytes.into());
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
    Ok(if text.chars().all(is_composed) || is_nfc(&text) {
        text
    } else {
        text.nfc().collect()
    })
}

/// Whether a character is composed whatever stands around it: most of what is written here, found without the tables.
fn is_composed(character: char) -> bool {
    matches!(character, ..'\u{300}' | '가'..='힣' | '\u{2010}'..='\u{2027}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stamp::STEP;

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
    fn what_has_changed_is_read_again_even_under_its_old_date() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("ko.md");
        let list = || {
            let entries = fs::read_dir(folder.path()).expect("entries");
            List::of(entries, "", 0, &AtomicUsize::new(0)).files
        };
        fs::write(&place, "one").expect("written");
        let before = list();
        let contents = [before[0].read().expect("read")];
        let mut known = Known::default();
        known.remember(&before, &contents, SystemTime::now());
        assert!(
            known.recall(&before[0]).is_none(),
            "it has just been written"
        );
        known.remember(&before, &contents, SystemTime::now() + 2 * STEP);
        assert!(known.recall(&list()[0]).is_some());
        let date = fs::metadata(&place).and_then(|it| it.modified());
        fs::write(&place, "two").expect("written");
        let file = fs::File::options().append(true).open(&place);
        let set = file.and_then(|it| it.set_modified(date?));
        set.expect("set");
        assert!(known.recall(&list()[0]).is_none());
    }

    #[test]
    fn what_editors_leave_behind_is_not_content() {
        for name in [".DS_Store", ".ko.md.swp", "ko.md~", "#ko.md#", "4913"] {
            assert!(is_leftover(name), "{name}");
        }
        assert!(!is_leftover("ko.md"));
    }
}
