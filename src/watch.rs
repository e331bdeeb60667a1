//! Follows the files that the site is made from.
//!
//! 1. [`ChangeWatcher`] waits until files have changed and are quiet again. The system reports it, or, where it
//!    cannot, the files are compared at intervals.
//! 2. [`BuildConfig::build`] builds the site anew, whole.
//! 3. [`rebuild_on_change`] joins the two, and hands over what each build came to. Nothing is lost: what changes
//!    while a build runs makes for another.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::sleep;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{
    Config, ErrorKind, Event, EventKindMask, PollWatcher, RecommendedWatcher, RecursiveMode,
    Watcher,
};

use crate::content::ContentDir;

mod build;

pub use self::build::{BuildConfig, BuildResult, Built};

/// Files are read once they have been quiet for so long: editors empty a file before they write it.
const DEBOUNCE: Duration = Duration::from_millis(40);

/// They are read after so long even if they never are quiet, as when something writes on and on.
const MAX_DEBOUNCE: Duration = Duration::from_millis(600);

/// A build during which files changed may have read some before and some after. It is thrown away, unless they have
/// gone on changing for so long that anything is better than nothing.
const MAX_RETRY: Duration = Duration::from_secs(5);

/// Between two looks at the files, where they are compared.
const POLL_INTERVAL: Duration = Duration::from_millis(250);

/// A look at the files takes one part of so many of the time, however many files there are.
const POLL_SHARE: u32 = 10;

/// Builds after each change, and hands over what it came to; never returns.
pub fn rebuild_on_change(
    config: &BuildConfig,
    mut watcher: ChangeWatcher,
    mut publish: impl FnMut(BuildResult),
) -> ! {
    loop {
        watcher.wait();
        let begin = Instant::now();
        let mut result = config.build();
        while begin.elapsed() < MAX_RETRY && watcher.has_changed() {
            watcher.settle();
            result = config.build();
        }
        tracing::debug!(micros = begin.elapsed().as_micros(), "read what changed");
        publish(result);
    }
}

/// Tells when files below a folder have changed. The folder may be missing, and may come and go.
pub struct ChangeWatcher {
    /// Its path is absolute.
    folder: PathBuf,
    /// Whether what links lead to counts, wherever it is. Links within the folder need no following.
    follow_links: bool,
    backend: Backend,
    /// For watchers to come.
    sender: Sender<()>,
    changes: Receiver<()>,
}

enum Backend {
    /// It reports as long as it lives.
    System { _alive: RecommendedWatcher },
    Polling {
        watcher: PollWatcher,
        /// Whether the folder was there to be watched.
        is_watched: bool,
    },
}

impl ChangeWatcher {
    /// Counts changes from now on; `poll` compares the files at intervals, as network mounts need it, for they
    /// report nothing.
    pub fn new(content: &ContentDir, poll: bool) -> Self {
        // Without a current folder, the path is as good as any.
        let folder = std::path::absolute(&content.path).unwrap_or_else(|_| content.path.clone());
        let follow_links = content.follow_outside_links;
        let (sender, changes) = mpsc::channel();
        let backend = if poll {
            Backend::polling(&folder, follow_links, &sender)
        } else {
            Backend::system(&folder, follow_links, &sender)
        };
        Self { folder, follow_links, backend, sender, changes }
    }

    /// Waits until something has changed since the last time, and is quiet again.
    fn wait(&mut self) {
        let mut pause = match self.backend {
            Backend::System { .. } => Duration::MAX,
            Backend::Polling { .. } => POLL_INTERVAL,
        };
        loop {
            let begin = Instant::now();
            if self.changes_within(pause) {
                return self.settle();
            }
            let look = begin.elapsed().saturating_sub(pause);
            pause = POLL_INTERVAL.max(look * POLL_SHARE);
        }
    }

    /// Waits until there are no more changes. What is read after this is all that any of them has left.
    fn settle(&mut self) {
        let begin = Instant::now();
        while begin.elapsed() < MAX_DEBOUNCE && self.changes_within(DEBOUNCE) {}
        // The folder may be another one than that which is watched, although its path is the same.
        if matches!(self.backend, Backend::System { .. }) {
            self.backend = Backend::system(&self.folder, self.follow_links, &self.sender);
        }
    }

    /// Waits for a change, but not for longer than that.
    fn changes_within(&mut self, time: Duration) -> bool {
        if matches!(self.backend, Backend::System { .. }) {
            return self.changes.recv_timeout(time).is_ok();
        }
        sleep(time);
        self.has_changed()
    }

    fn has_changed(&mut self) -> bool {
        let mut has_changed = false;
        if let Backend::Polling { watcher, is_watched } = &mut self.backend {
            if !*is_watched {
                let watched = watcher.watch(&self.folder, RecursiveMode::Recursive);
                *is_watched = watched.is_ok();
                has_changed = *is_watched;
            }
            // It fails only where its thread is gone, and then nothing is reported.
            let _ = watcher.poll_blocking();
        }
        self.changes.try_iter().count() > 0 || has_changed
    }
}

impl Backend {
    /// Has the system report what changes from now on, or compares the files where it cannot.
    fn system(folder: &Path, follow_links: bool, sender: &Sender<()>) -> Self {
        match watch(folder, follow_links, sender) {
            Ok(watcher) => Self::System { _alive: watcher },
            Err(error) => {
                tracing::warn!(%error, "the system cannot report changes of files; comparing them at intervals instead");
                Self::polling(folder, follow_links, sender)
            }
        }
    }

    fn polling(folder: &Path, follow_links: bool, sender: &Sender<()>) -> Self {
        let sender = sender.clone();
        let report = move |event: notify::Result<Event>| {
            // An error is a file that cannot be looked at, and it is one at every look.
            if event.is_ok() {
                let _ = sender.send(());
            }
        };
        // Not by their dates alone: some file systems count time in steps of two seconds, and older files come back.
        // But behind links there may be files without an end.
        let config = Config::default()
            .with_manual_polling()
            .with_compare_contents(!follow_links)
            .with_follow_symlinks(follow_links);
        let mut watcher = PollWatcher::new(report, config).expect("nothing of it can fail");
        let is_watched = watcher.watch(folder, RecursiveMode::Recursive).is_ok();
        Self::Polling { watcher, is_watched }
    }
}

/// Watches a folder, and where it stands: a folder that is deleted and made again is another one, of which only the
/// folder around it tells.
fn watch(
    folder: &Path,
    follow_links: bool,
    sender: &Sender<()>,
) -> notify::Result<RecommendedWatcher> {
    let (sender, known) = (sender.clone(), folder.to_owned());
    let report = move |event: notify::Result<Event>| {
        if event.map_or(true, |it| is_change(&it, &known)) {
            // Nobody listens any more when the program ends.
            let _ = sender.send(());
        }
    };
    // Nothing of files that are read: to build from ten thousand projects opens 50,000 files and folders.
    let kinds = EventKindMask::CORE | EventKindMask::ACCESS_CLOSE;
    let config = Config::default().with_event_kinds(kinds).with_follow_symlinks(follow_links);
    let mut watcher = RecommendedWatcher::new(report, config)?;
    // The outer ones first: what is made later reports to what is watched already.
    let around = surroundings(folder);
    let around = around.iter().map(|it| (*it, RecursiveMode::NonRecursive));
    let mut elsewhere = Vec::new();
    written_elsewhere(folder, &mut elsewhere);
    let files = elsewhere.iter().map(|it| (it.as_path(), RecursiveMode::NonRecursive));
    for (path, mode) in around.chain([(folder, RecursiveMode::Recursive)]).chain(files) {
        match watcher.watch(path, mode) {
            // It is missing, or went while it was looked through: the one around it reports the next.
            Err(error) if is_missing(&error) => {}
            result => result?,
        }
    }
    Ok(watcher)
}

/// The files of a folder that may be written by way of another one, which reports nothing here: links, files with several
/// names, and mounts of a single file.
fn written_elsewhere(folder: &Path, found: &mut Vec<PathBuf>) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let own = folder.metadata().map(|it| it.dev()).ok();
        for entry in folder.read_dir().into_iter().flatten().flatten() {
            let path = entry.path();
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            if metadata.is_dir() {
                written_elsewhere(&path, found);
            } else if metadata.is_symlink() && path.is_file()
                || metadata.is_file() && (metadata.nlink() > 1 || Some(metadata.dev()) != own)
            {
                found.push(path);
            }
        }
    }
}

/// Where a folder can come and go: the nearest one around it that is there, and each in which a link on the way to
/// it stands.
fn surroundings(folder: &Path) -> Vec<&Path> {
    let mut surroundings = Vec::new();
    let mut below = folder;
    for around in folder.ancestors().skip(1) {
        let is_nearest = surroundings.is_empty() && around.is_dir();
        if is_nearest || below.is_symlink() {
            surroundings.push(around);
        }
        below = around;
    }
    surroundings
}

fn is_missing(error: &notify::Error) -> bool {
    use std::io::ErrorKind::{NotADirectory, NotFound};
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => matches!(error.kind(), NotFound | NotADirectory),
        _ => false,
    }
}

/// Whether an event is of this folder, of what is in it, or of a folder around it.
fn is_change(event: &Event, folder: &Path) -> bool {
    // Whoever reads a file opens it. Some systems report that whether asked to or not, and a site that is built from files
    // would build itself for ever.
    let is_read = matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
    let is_ours = |path: &PathBuf| folder.starts_with(path) || path.starts_with(folder);
    event.need_rescan() || (!is_read && event.paths.iter().any(is_ours))
}

#[cfg(test)]
mod tests {
    use notify::event::CreateKind;

    use super::*;

    fn counts(kind: EventKind, path: &str) -> bool {
        let event = Event::new(kind).add_path(path.into());
        is_change(&event, Path::new("/a/content"))
    }

    #[test]
    fn reading_is_no_change() {
        let opened = EventKind::Access(AccessKind::Open(AccessMode::Any));
        assert!(!counts(opened, "/a/content/ko.md"));
        let read = EventKind::Access(AccessKind::Close(AccessMode::Read));
        assert!(!counts(read, "/a/content"));
    }

    #[cfg(unix)]
    #[test]
    fn what_links_lead_to_counts_where_links_are_followed() {
        for poll in [false, true] {
            let folders = [tempfile::tempdir(), tempfile::tempdir()];
            let [content, elsewhere] = folders.map(|it| it.expect("a folder"));
            let link = content.path().join("link");
            std::os::unix::fs::symlink(elsewhere.path(), link).expect("a link");
            let watcher = |follow_outside_links| {
                let content =
                    ContentDir { follow_outside_links, ..ContentDir::new(content.path()) };
                ChangeWatcher::new(&content, poll)
            };
            let (mut stays, mut follows) = (watcher(false), watcher(true));
            std::fs::write(elsewhere.path().join("en.md"), "text").expect("a file");
            let time = Duration::from_millis(200);
            let seen = (stays.changes_within(time), follows.changes_within(time));
            assert_eq!(seen, (false, true), "poll: {poll}");
        }
    }

    #[test]
    fn what_stands_beside_the_folder_is_none_of_ours() {
        let made = EventKind::Create(CreateKind::File);
        for beside in ["/a/other", "/a/content.md"] {
            assert!(!counts(made, beside), "{beside}");
        }
        for ours in ["/a", "/a/content", "/a/content/ko.md"] {
            assert!(counts(made, ours), "{ours}");
        }
    }
}
