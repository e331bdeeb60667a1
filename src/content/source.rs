//! Reading the content folder into memory: once, bounded, and normalised.
//!
//! Line ends become line feeds, a byte order mark goes, and text is composed (Unicode
//! Normalization Form C), so that nothing later has to think of them.
//!
//! Whoever may write content must not make us publish the rest of the disk: a link is followed as long as it stays
//! within the content folder, and a file is opened without following any, so that none can be put in its place meanwhile.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::mem;
use std::ops::Range;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use rayon::prelude::*;
use rustix::fs::{CWD, Mode, OFlags, openat};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::cache;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::media::{self, Contents, Stamp};

/// The largest text that is read, in bytes; the longest shipped file has some 30 kB.
const TEXT_LIMIT: u64 = 1 << 20;
/// The largest font that is read, in bytes; pictures and other files stay where they are.
const BINARY_LIMIT: u64 = 8 << 20;
/// How much memory a text takes while it is checked, in times its length: 51 MB that are dense with marks took 432 MB.
const TEXT_WEIGHT: u64 = 8;
/// What the program takes without content, in bytes.
const OWN_MEMORY: u64 = 64 << 20;
/// How many files and folders a content folder may hold; 10,000 projects have about 50,000.
const ENTRY_LIMIT: usize = 200_000;
/// How deep folders may stand in one another.
const DEPTH_LIMIT: usize = 8;

/// Where content is.
#[derive(Clone, Debug)]
pub struct ContentDir {
    pub path: PathBuf,
    /// Whether links in it may lead to files outside of it, which are an error otherwise.
    pub follow_outside_links: bool,
    /// How much memory the program may take, in bytes; content that would need more is an error.
    pub memory: u64,
}

impl ContentDir {
    /// A folder whose links are followed nowhere else, for a program that may take half a gigabyte.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), follow_outside_links: false, memory: 512 << 20 }
    }
}

/// Every file of the content folder that could be read, by its path with forward slashes.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Texts, normalised.
    pub(super) texts: BTreeMap<String, Arc<str>>,
    /// Everything else.
    pub(super) binaries: BTreeMap<String, Binary>,
    /// How many bytes of drawings there is memory for.
    pub(super) room: u64,
}

/// A file that is no text, read once it is asked for.
#[derive(Debug)]
pub(super) enum Binary {
    OnDisk(Listed),
    InMemory(Vec<u8>),
}

/// The content folder itself, without links.
#[derive(Debug)]
struct Root {
    path: PathBuf,
    handle: fs::File,
}

/// Reads the whole folder. Fails only where there is no folder to read.
pub(super) fn read(dir: &ContentDir, diagnostics: &mut Diagnostics) -> anyhow::Result<Folder> {
    let path = &dir.path;
    let cannot_read = || format!("cannot read the content folder {}", path.display());
    let root = fs::canonicalize(path).with_context(cannot_read)?;
    let entries = fs::read_dir(&root).with_context(cannot_read)?;
    let handle = fs::File::open(&root).with_context(cannot_read)?;
    let root = Arc::new(Root { path: root, handle });
    let mut walk = Walk {
        root: &root,
        follow_outside_links: dir.follow_outside_links,
        seen: 0,
        is_deep: false,
        files: Vec::new(),
        diagnostics,
    };
    walk.list(&root.path, entries, "", 0);
    let mut files = walk.files;
    if walk.seen > ENTRY_LIMIT {
        let message = format!("the folder holds more than {ENTRY_LIMIT} files");
        diagnostics.push(
            Diagnostic::error("too-many-files", ".", 0..0, message)
                .help("name the content folder itself, not one above it"),
        );
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
    // An edit is built while what was there before is still shown.
    let mut folder =
        Folder { room: dir.memory.saturating_sub(OWN_MEMORY) / 2, ..Folder::default() };
    let (mut texts, mut others): (Vec<Listed>, Vec<Listed>) =
        files.into_iter().partition(|file| is_text(&file.path));
    let has_room = |folder: &mut Folder, file: &Listed| {
        let needed = file.stamp.length.min(TEXT_LIMIT) * TEXT_WEIGHT;
        folder.room.checked_sub(needed).map(|left| folder.room = left).is_some()
    };
    let beyond = texts.iter().position(|file| !has_room(&mut folder, file));
    if let Some(beyond) = beyond {
        let file = &texts[beyond].path;
        diagnostics.push(too_much(file, 0..0, "from this file on nothing is read"));
        texts.truncate(beyond);
    }
    let contents: Vec<FileContent> = texts.par_iter().map(Listed::read).collect();
    for (file, content) in texts.into_iter().zip(contents) {
        folder.put(file.path, content, diagnostics);
    }
    // Captions are read as texts where a film is shown.
    let mut beyond = None;
    others.retain(|file| {
        let are_captions = file.path.to_ascii_lowercase().ends_with(".vtt");
        let is_kept = !are_captions || beyond.is_none() && has_room(&mut folder, file);
        if !is_kept {
            beyond.get_or_insert_with(|| file.path.clone());
        }
        is_kept
    });
    if let Some(path) = beyond {
        diagnostics.push(too_much(&path, 0..0, "from these captions on none are read"));
    }
    let others = others.into_iter();
    folder.binaries.extend(others.map(|it| (it.path.clone(), Binary::OnDisk(it))));
    Ok(folder)
}

pub(super) fn too_much(file: &str, span: Range<usize>, what: &str) -> Diagnostic {
    let message = format!("the content needs more memory than the program may take; {what}");
    Diagnostic::error("too-much-content", file, span, message)
        .help("make pictures and texts smaller, or say --memory where there is more")
}

/// Takes files that are in memory already: paths with forward slashes, and what stands in them.
pub(super) fn take(
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
    diagnostics: &mut Diagnostics,
) -> Folder {
    let mut folder = Folder { room: u64::MAX, ..Folder::default() };
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
                let mine = without_conflict(&path, &text).map(|(mine, problem)| {
                    diagnostics.push(problem);
                    mine.into()
                });
                self.texts.insert(path, mine.unwrap_or(text));
            }
            FileContent::Binary(bytes) => {
                self.binaries.insert(path, Binary::InMemory(bytes));
            }
            FileContent::Unusable(problem, readable) => {
                if let Some(readable) = readable {
                    diagnostics.add_source(&path, readable.into());
                }
                diagnostics.push(problem);
            }
        }
    }
}

/// A text in which two versions stand, with what a merge put beside the first blanked, byte for byte.
fn without_conflict(file: &str, text: &str) -> Option<(String, Diagnostic)> {
    let start = if text.starts_with("<<<<<<< ") { 0 } else { text.find("\n<<<<<<< ")? + 1 };
    text[start..].contains("\n>>>>>>> ").then_some(())?;
    let mut is_other = false;
    let lines = text.split_inclusive('\n').map(|line| {
        let is_mark =
            ["<<<<<<< ", "=======\n", ">>>>>>> ", "||||||| "].iter().any(|it| line.starts_with(it));
        if is_mark {
            is_other = !line.starts_with(['<', '>']);
        }
        if !is_mark && !is_other {
            return line.to_owned();
        }
        let words = line.trim_end_matches('\n');
        " ".repeat(words.len()) + &line[words.len()..]
    });
    let mine = lines.collect();
    let end = text[start..].find('\n').map_or(text.len(), |it| start + it);
    let message = "two versions of these lines stand here, left by a merge";
    let help = "keep one of them, and take out the lines of `<`, `=` and `>`";
    Some((mine, Diagnostic::error("merge-conflict", file, start..end, message).help(help)))
}

/// The lines of a text with their ends, each with the byte that it begins at.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0, |end, line| {
        let start = *end;
        *end += line.len();
        Some((start, line))
    })
}

/// What a file turned out to hold.
enum FileContent {
    Text(Arc<str>),
    Binary(Vec<u8>),
    /// Nothing of use, for this reason; perhaps with what can be shown of it.
    Unusable(Diagnostic, Option<String>),
}

impl Binary {
    /// The file as one that stays on disk.
    pub(super) fn file(&self) -> media::File {
        match self {
            Self::InMemory(bytes) => {
                let mut identity = [0; 6];
                for (number, byte) in
                    identity.iter_mut().zip(cache::hash(bytes).as_bytes().chunks(8))
                {
                    *number = byte.iter().fold(0, |sum, it| sum << 8 | u64::from(*it));
                }
                let length = bytes.len() as u64;
                let bytes = bytes::Bytes::from(bytes.clone());
                let stamp = Stamp { length, identity };
                media::File::new(stamp, move || Ok(Contents::Memory(bytes.clone())))
            }
            Self::OnDisk(listed) => {
                let listed = listed.clone();
                media::File::new(listed.stamp.clone(), move || {
                    let file = listed.open()?;
                    let metadata = file.metadata()?;
                    if !metadata.is_file() {
                        return Err(io::ErrorKind::NotFound.into());
                    }
                    Ok(Contents::Disk(Arc::new(file), metadata.len()))
                })
            }
        }
    }

    pub(super) fn read(&self) -> Result<Vec<u8>, Box<Diagnostic>> {
        match self {
            Self::InMemory(bytes) => Ok(bytes.clone()),
            Self::OnDisk(listed) => match listed.read() {
                FileContent::Unusable(problem, _) => Err(problem.into()),
                FileContent::Binary(bytes) => Ok(bytes),
                FileContent::Text(text) => Ok(text.as_bytes().to_vec()),
            },
        }
    }
}

/// A file of the folder, before it is read.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    root: Arc<Root>,
    /// With forward slashes.
    path: String,
    /// Where it really is: no link leads there.
    place: PathBuf,
    stamp: Stamp,
}

/// A walk through the content folder.
struct Walk<'a> {
    root: &'a Arc<Root>,
    follow_outside_links: bool,
    /// Files and folders so far, and what editors left behind.
    seen: usize,
    /// Whether it was said that folders stand too deep.
    is_deep: bool,
    files: Vec<Listed>,
    diagnostics: &'a mut Diagnostics,
}

impl Walk<'_> {
    /// Lists the entries of a folder, which is really at `at`, and of those below it, in no particular order.
    fn list(&mut self, at: &Path, entries: fs::ReadDir, prefix: &str, depth: usize) {
        for entry in entries {
            self.seen += 1;
            if self.seen > ENTRY_LIMIT {
                return;
            }
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let folder = prefix.trim_end_matches('/');
                    self.diagnostics.push(unreadable_file(folder, &error));
                    continue;
                }
            };
            let name: String = entry.file_name().to_string_lossy().nfc().collect();
            if is_leftover(&name) {
                continue;
            }
            if name.contains(char::is_control) {
                let message = "the name of this file holds a line end or another character that no address has";
                let path = format!("{prefix}{}", name.escape_debug());
                let problem = Diagnostic::error("invalid-name", &path, 0..0, message);
                self.diagnostics.push(problem.help("rename it"));
                continue;
            }
            if let Err(problem) = self.take(at, &entry, format!("{prefix}{name}"), depth) {
                self.diagnostics.push(*problem);
            }
        }
    }

    fn take(
        &mut self,
        folder: &Path,
        entry: &fs::DirEntry,
        path: String,
        depth: usize,
    ) -> Result<(), Box<Diagnostic>> {
        let unreadable = |error| Box::new(unreadable_file(&path, &error));
        let mut place = entry.path();
        if entry.file_type().map_err(unreadable)?.is_symlink() {
            place = fs::canonicalize(place).map_err(unreadable)?;
            if folder.starts_with(&place) {
                let message = "this link leads back to a folder that it stands in";
                let problem = Diagnostic::error("outside-link", &path, 0..0, message);
                return Err(problem.help("remove it").into());
            }
            if !self.follow_outside_links && !is_content(&self.root.path, &place) {
                let message = "this link leads out of the content folder";
                let help = "put the file itself here, or say --follow-outside-links if you trust whoever writes content";
                let problem = Diagnostic::error("outside-link", &path, 0..0, message);
                return Err(problem.help(help).into());
            }
        }
        let metadata = fs::symlink_metadata(&place).map_err(unreadable)?;
        if metadata.is_dir() {
            if depth == DEPTH_LIMIT {
                // Links to and fro make a great many of them.
                if mem::replace(&mut self.is_deep, true) {
                    return Ok(());
                }
                let message = format!("folders stand in one another more than {DEPTH_LIMIT} deep");
                let problem = Diagnostic::error("too-many-files", &path, 0..0, message);
                let help = "links may lead from one folder to another and back; remove them";
                return Err(problem.help(help).into());
            }
            let inner = fs::read_dir(&place).map_err(unreadable)?;
            self.list(&place, inner, &format!("{path}/"), depth + 1);
            return Ok(());
        }
        let length = metadata.len();
        // What the kernel makes up, such as the environment in /proc, has no length, and may have no end.
        if !metadata.is_file() || length == 0 && !place.starts_with(&self.root.path) {
            return Err(irregular_file(&path).into());
        }
        let root = Arc::clone(self.root);
        let times =
            [metadata.mtime(), metadata.mtime_nsec(), metadata.ctime(), metadata.ctime_nsec()];
        let [mtime, mtime_ns, ctime, ctime_ns] = times.map(i64::cast_unsigned);
        let identity = [metadata.dev(), metadata.ino(), mtime, mtime_ns, ctime, ctime_ns];
        self.files.push(Listed { root, path, place, stamp: Stamp { length, identity } });
        Ok(())
    }
}

/// Whether a place that no link leads to belongs to the content folder `root`, without what it hides, such as
/// `.git`; a mounted folder of Kubernetes keeps its files in one like `..2026_11_23`.
pub(super) fn is_content(root: &Path, place: &Path) -> bool {
    place.strip_prefix(root).is_ok_and(|inside| {
        inside.iter().all(|name| {
            let name = name.to_string_lossy();
            !is_leftover(&name) || name.starts_with("..")
        })
    })
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

/// A pipe would block for ever, and a device might do anything.
fn irregular_file(file: &str) -> Diagnostic {
    Diagnostic::error("unreadable-file", file, 0..0, "this is not a regular file")
        .help("remove it from the content folder")
}

impl Listed {
    /// Opens the file. Nothing in the folder is followed if it is a link by now, and nobody is waited for at the other end
    /// of a pipe.
    fn open(&self) -> io::Result<fs::File> {
        let flags = OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
        let Ok(inside) = self.place.strip_prefix(&self.root.path) else {
            return Ok(openat(CWD, &self.place, flags, Mode::empty())?.into());
        };
        let mut file = self.root.handle.try_clone()?;
        for name in inside {
            file = openat(&file, name, flags, Mode::empty())?.into();
        }
        Ok(file)
    }

    fn read(&self) -> FileContent {
        let path = self.path.as_str();
        let limit = limit(path);
        // With room to notice the end, so that a file is read at once.
        let expected = usize::try_from(self.stamp.length.min(limit) + 1).unwrap_or_default();
        let mut bytes = Vec::with_capacity(expected);
        let problem = match self.open() {
            Ok(file) if !file.metadata().is_ok_and(|it| it.is_file()) => irregular_file(path),
            Ok(file) => match file.take(limit + 1).read_to_end(&mut bytes) {
                Ok(_) => return FileContent::of(path, bytes),
                Err(error) => unreadable_file(path, &error),
            },
            Err(error) => unreadable_file(path, &error),
        };
        FileContent::Unusable(problem, None)
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
            return Self::Binary(bytes);
        }
        match normalise(bytes) {
            Ok(text) => match text.char_indices().find(|(_, it)| is_unfit(*it)) {
                Some((start, it)) => {
                    let span = start..start + it.len_utf8();
                    Self::Unusable(unfit_character(path, span, it), Some(text))
                }
                None => Self::Text(text.into()),
            },
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

/// Whether a character means nothing that can be shown, and may not stand in XML: control characters, and those that
/// Unicode keeps out of texts for good (Unicode 23.7).
pub(super) fn is_unfit(character: char) -> bool {
    let is_noncharacter = matches!(u32::from(character), 0xfdd0..=0xfdef)
        || matches!(u32::from(character) & 0xffff, 0xfffe | 0xffff);
    is_noncharacter || (character.is_control() && !matches!(character, '\n' | '\t'))
}

pub(super) fn unfit_character(file: &str, span: Range<usize>, character: char) -> Diagnostic {
    let message = format!("the character U+{:04X} cannot be shown", u32::from(character));
    Diagnostic::error("invalid-character", file, span, message)
        .help("remove it; it may have come along with a copy from another program")
}

fn is_text(path: &str) -> bool {
    ["yaml", "yml", "md", "svg", "lock"].iter().any(|end| path.rsplit('.').next() == Some(end))
}

fn limit(path: &str) -> u64 {
    if is_text(path) { TEXT_LIMIT } else { BINARY_LIMIT }
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
