//! A content folder in which files tell their own state, and what an editor does to it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use tempfile::TempDir;

use crate::Run;

/// The small site of the other tests: files, each below a line with its path.
const SITE: &str = include_str!("../it/support/base.txt");

/// The files that tell their state, each with the letter that stands before it: `e12q` is the 12th of the event. Each
/// is replaced in one step, so that its texts agree on every page that shows it.
pub(crate) const FILES: [(char, &str); 2] =
    [('e', "event.yaml"), ('a', "projects/alpha/project.yaml")];

const PICTURE: &str = "projects/alpha/picture.svg";

/// The editor: the folder, and what should be in it.
pub(crate) struct Editor {
    folder: TempDir,
    /// The state of each file.
    states: [u64; FILES.len()],
    edits: u64,
    breaks: u64,
    /// What was broken: a file, to be mended by what stood in it.
    broken: Vec<(PathBuf, Option<String>)>,
}

impl Editor {
    /// Writes the folder.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for part in SITE.split("\n-- ").map(|it| it.trim_start_matches("-- ")) {
            let (path, text) = part.split_once(" --\n").expect("a file with its path");
            write(&folder.path().join(path), &format!("{text}\n"));
        }
        let prose = "그림이다.\n\n![그림](picture.svg)\n\n## 방법 {#how}\n\n이렇게 한다.\n";
        write(&folder.path().join("projects/alpha/ko.md"), prose);
        let editor =
            Self { folder, states: [0; FILES.len()], edits: 0, breaks: 0, broken: Vec::new() };
        write(&editor.path(PICTURE), &picture(0));
        for (index, (_, path)) in FILES.iter().enumerate() {
            write(&editor.path(path), &text(index, 0));
        }
        editor
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The state of each file, as written last.
    pub(crate) fn states(&self) -> [u64; FILES.len()] {
        self.states
    }

    /// How many times anything was written.
    pub(crate) fn edits(&self) -> u64 {
        self.edits
    }

    /// How many of them broke the content.
    pub(crate) fn breaks(&self) -> u64 {
        self.breaks
    }

    /// Any edit: a new state, a new picture, a break, or a mend.
    pub(crate) fn change(&mut self, run: &Run, random: &mut Random) {
        match random.below(8) {
            0..5 => self.next(run, random),
            5 => {
                self.edits += 1;
                replace(&self.path(PICTURE), &picture(self.edits));
            }
            6 => self.break_it(random),
            _ => self.mend(),
        }
    }

    /// The next state of one file.
    fn next(&mut self, run: &Run, random: &mut Random) {
        let index = usize::try_from(random.below(2)).expect("a small number");
        let path = self.path(FILES[index].1);
        if self.broken.iter().any(|(broken, _)| *broken == path) {
            return self.mend();
        }
        self.edits += 1;
        self.states[index] += 1;
        let text = text(index, self.states[index]);
        // Before anybody could see it.
        run.written[index].store(self.states[index], Ordering::SeqCst);
        if random.below(2) == 0 {
            replace(&path, &text);
        } else {
            // In place: whoever reads in between finds an empty file, which is an error and not a state.
            fs::write(&path, text).expect("written");
        }
    }

    /// Makes the content one that cannot be shown.
    pub(crate) fn break_it(&mut self, random: &mut Random) {
        const FAULTS: [(&str, &str); 8] = [
            ("event.yaml", "name: {ko: 열린 괄호"),
            ("recap/ko.md", "날것 <b>굵게</b>\n"),
            ("pages/about/en.md", "[nowhere](/projects/nowhere/)\n"),
            ("projects/beta/project.yaml", "\t- order: [1\n"),
            ("topics.yaml", "topics: 7\n"),
            ("glossary.yaml", ""),
            ("permalinks.lock", "/gone/\n"),
            (PICTURE, "<svg"),
        ];
        let index = usize::try_from(random.below(9)).expect("a small number");
        let (path, text) = match FAULTS.get(index) {
            Some((path, text)) => (self.path(path), Some(*text)),
            None => (self.path(PICTURE), None),
        };
        if self.broken.iter().any(|(broken, _)| *broken == path) {
            return;
        }
        self.edits += 1;
        self.breaks += 1;
        let before = fs::read_to_string(&path).ok();
        match text {
            Some(text) => fs::write(&path, text).expect("written"),
            None => fs::remove_file(&path).expect("removed"),
        }
        self.broken.push((path, before));
    }

    /// Makes the content whole again.
    pub(crate) fn mend(&mut self) {
        for (path, text) in std::mem::take(&mut self.broken) {
            self.edits += 1;
            replace(&path, &text.unwrap_or_default());
        }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }
}

/// A file in a state, which stands in several of its texts.
fn text(index: usize, state: u64) -> String {
    let (letter, path) = FILES[index];
    let site = SITE.split(&format!("-- {path} --\n")).nth(1);
    let file = site.and_then(|it| it.split("\n-- ").next());
    let changed = |line: &str| match line.split_once(": ") {
        Some((key @ ("headline" | "standfirst" | "tagline" | "description"), _)) => format!(
            "{key}: {{ko: 상태 {letter}{state}q이다., en: State {letter}{state}q of {key}.}}\n"
        ),
        _ => format!("{line}\n"),
    };
    file.expect("a file").lines().map(changed).collect()
}

fn picture(state: u64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\"><title>p{state}</title><path d=\"M0 0L{} 9\"/></svg>\n",
        state % 97
    )
}

/// The states that a page tells, in the order of [`FILES`]; the whole page tells one of each, or `u64::MAX` stands
/// for a page that contradicts itself.
pub(crate) fn states(page: &str) -> Vec<Option<u64>> {
    let told = |letter: char| {
        let mut found = None;
        for (at, _) in page.match_indices(letter) {
            let rest = &page[at + 1..];
            let digits = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(0);
            if digits == 0 || !rest[digits..].starts_with('q') {
                continue;
            }
            let state = rest[..digits].parse().ok();
            if found.is_some() && found != state {
                return Some(u64::MAX);
            }
            found = state;
        }
        found
    };
    FILES.iter().map(|(letter, _)| told(*letter)).collect()
}

/// The address of the picture on its page.
pub(crate) fn picture_of(page: &str) -> Option<&str> {
    page.split("src=\"")
        .skip(1)
        .filter_map(|it| it.split('"').next())
        .find(|it| it.contains("picture"))
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    fs::write(path, text).expect("written");
}

/// Puts another file in the place of one, in one step.
fn replace(path: &Path, text: &str) {
    let mut beside = path.as_os_str().to_owned();
    beside.push("~");
    fs::write(&beside, text).expect("written");
    fs::rename(&beside, path).expect("renamed");
}

/// Numbers without a pattern, the same in every run (xorshift).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// From 0 to below the limit.
    pub(crate) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }
}
