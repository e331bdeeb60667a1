//! Changes as they are found by comparing files at intervals, for mounts whose other side writes unseen.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::patience;
use crate::stamp::{STEP, Stamp};

/// Between two looks at the files.
const INTERVAL: Duration = Duration::from_millis(250);

/// A look takes a tenth of the time at most, however many files there are.
const SHARE: u32 = 10;

/// Deeper folders are not read as content either.
const DEPTH: usize = 10;

/// The files as they were last seen.
#[derive(Debug)]
pub(super) struct Polling {
    seen: Files,
    /// When the files are to be read once more, changed or not.
    again: Option<Instant>,
}

/// What tells each file from its former self.
type Files = BTreeMap<PathBuf, Stamp>;

impl Polling {
    /// Counts changes from now on.
    pub(super) fn of(folders: &[PathBuf]) -> Self {
        Self {
            seen: look(folders),
            again: None,
        }
    }

    /// Whether something has changed already.
    pub(super) fn is_pending(&self, folders: &[PathBuf]) -> bool {
        look(folders) != self.seen
    }

    /// Waits for a change, and until there are no more.
    pub(super) fn wait(&mut self, folders: &[PathBuf]) {
        let mut pause = INTERVAL;
        loop {
            sleep(pause);
            let begin = Instant::now();
            let files = look(folders);
            pause = INTERVAL.max(begin.elapsed() * SHARE);
            if files != self.seen {
                self.seen = settled(files, folders);
                self.again = Some(Instant::now() + STEP);
                return;
            }
            if self.again.is_some_and(|again| again <= Instant::now()) {
                self.again = None;
                return;
            }
        }
    }
}

/// The files once two looks in a row see the same.
fn settled(mut files: Files, folders: &[PathBuf]) -> Files {
    let begin = Instant::now();
    while let Some(patience) = patience(begin) {
        sleep(patience);
        let next = look(folders);
        if next == files {
            break;
        }
        files = next;
    }
    files
}

fn look(folders: &[PathBuf]) -> Files {
    let mut files = Files::new();
    for folder in folders {
        add(folder, 0, &mut files);
    }
    files
}

/// Adds what can be seen of a path and below it; what cannot is as good as not there.
fn add(path: &Path, depth: usize, files: &mut Files) {
    let Ok(metadata) = fs::metadata(path) else {
        return;
    };
    if metadata.is_dir() && depth < DEPTH {
        let entries = fs::read_dir(path).into_iter().flatten().flatten();
        for entry in entries {
            add(&entry.path(), depth + 1, files);
        }
    }
    files.insert(path.to_owned(), Stamp::of(&metadata));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_is_empty() {
        assert!(look(&["/nowhere/at/all".into()]).is_empty());
    }
}
