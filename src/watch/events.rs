//! Changes as the system reports them.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Instant;

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RemoveKind};
use notify::{Config, ErrorKind, Event, EventKindMask, RecommendedWatcher, RecursiveMode, Watcher};

use super::patience;

/// What a report asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Signal {
    /// To read the files.
    Read,
    /// To watch the folders anew before that, for some of them may be others than those watched.
    Rearm,
}

/// A watcher of some folders, and of where they stand: a folder that is deleted and made again is another one,
/// of which only the folder around it tells.
pub(super) struct Events {
    watcher: RecommendedWatcher,
    sender: Sender<Signal>,
    signals: Receiver<Signal>,
    /// One that was taken before anybody waited.
    early: Option<Signal>,
}

impl fmt::Debug for Events {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Events").finish_non_exhaustive()
    }
}

impl Events {
    /// Begins to watch. The folders' paths are absolute.
    pub(super) fn of(folders: &[PathBuf]) -> notify::Result<Self> {
        let (sender, signals) = mpsc::channel();
        Ok(Self {
            watcher: arm(folders, &sender)?,
            sender,
            signals,
            early: None,
        })
    }

    /// Whether something has changed already.
    pub(super) fn is_pending(&mut self) -> bool {
        self.early = self.early.or_else(|| self.signals.try_recv().ok());
        self.early.is_some()
    }

    /// Waits for a change, and until there are no more. Fails where the system cannot watch on.
    pub(super) fn wait(&mut self, folders: &[PathBuf]) -> notify::Result<()> {
        // It never fails: there is a sender beside it.
        let first = self.early.take().or_else(|| self.signals.recv().ok());
        let Some(mut signal) = first else {
            return Ok(());
        };
        let begin = Instant::now();
        while let Some(patience) = patience(begin) {
            match self.signals.recv_timeout(patience) {
                Ok(Signal::Rearm) => signal = Signal::Rearm,
                Ok(Signal::Read) => {}
                Err(_) => break,
            }
        }
        if signal == Signal::Rearm {
            // The files are read after this, so that no change falls between the old watcher and the new one.
            self.watcher = arm(folders, &self.sender)?;
        }
        Ok(())
    }
}

/// A watcher of what is there now.
fn arm(folders: &[PathBuf], sender: &Sender<Signal>) -> notify::Result<RecommendedWatcher> {
    let (sender, known) = (sender.clone(), folders.to_vec());
    // Nothing of files that are read: to build from ten thousand projects opens 50,000 files and folders.
    let kinds = EventKindMask::CORE | EventKindMask::ACCESS_CLOSE;
    let config = Config::default().with_event_kinds(kinds);
    let report = move |report: notify::Result<Event>| {
        let signal = match report {
            Ok(event) => signal(&event, &known),
            Err(_) => Some(Signal::Rearm),
        };
        if let Some(signal) = signal {
            // Nobody listens any more when the program ends.
            let _ = sender.send(signal);
        }
    };
    let mut watcher = RecommendedWatcher::new(report, config)?;
    for folder in folders {
        // The outer one first: what is made later reports to what is watched already.
        for around in places(folder) {
            watch(&mut watcher, around, RecursiveMode::NonRecursive)?;
        }
        watch(&mut watcher, folder, RecursiveMode::Recursive)?;
    }
    Ok(watcher)
}

/// Where a folder can come and go: the nearest one around it that is there, and each in which a link on the way to
/// it stands.
fn places(folder: &Path) -> Vec<&Path> {
    let mut places = Vec::new();
    let mut below = folder;
    for around in folder.ancestors().skip(1) {
        let is_nearest = places.is_empty() && around.is_dir();
        if is_nearest || below.is_symlink() {
            places.push(around);
        }
        below = around;
    }
    places
}

/// A folder that is missing, or goes while it is looked through, is no failure: the one around it reports the next.
fn watch(watcher: &mut RecommendedWatcher, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
    match watcher.watch(path, mode) {
        Err(error) if is_missing(&error) => Ok(()),
        result => result,
    }
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => matches!(
            error.kind(),
            std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
        ),
        _ => false,
    }
}

fn signal(event: &Event, folders: &[PathBuf]) -> Option<Signal> {
    if event.need_rescan() {
        return Some(Signal::Rearm);
    }
    // Whoever reads a file opens it. Some systems report that whether asked to or not, and a site that is built from files
    // would build itself for ever.
    if matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
    {
        return None;
    }
    let is_around = |path: &PathBuf| folders.iter().any(|folder| folder.starts_with(path));
    let is_within = |path: &PathBuf| folders.iter().any(|folder| path.starts_with(folder));
    if event.paths.iter().any(is_around)
        || event
            .paths
            .iter()
            .any(|it| is_within(it) && leads_elsewhere(event, it))
    {
        Some(Signal::Rearm)
    } else {
        event.paths.iter().any(is_within).then_some(Signal::Read)
    }
}

/// Whether there may be a folder below that nobody watches yet. The watcher follows folders that are made, but not
/// links that are put in the place of others, as Kubernetes does to bring in a new version of mounted files.
fn leads_elsewhere(event: &Event, path: &Path) -> bool {
    match event.kind {
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => true,
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Name(_)) => {
            path.symlink_metadata().is_ok_and(|it| !it.is_file())
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signal_of(kind: EventKind, path: &str) -> Option<Signal> {
        signal(
            &Event::new(kind).add_path(path.into()),
            &["/a/content".into()],
        )
    }

    #[test]
    fn reading_is_no_change() {
        let read = EventKind::Access(AccessKind::Open(AccessMode::Any));
        assert_eq!(signal_of(read, "/a/content/ko.md"), None);
        let closed = EventKind::Access(AccessKind::Close(AccessMode::Read));
        assert_eq!(signal_of(closed, "/a/content"), None);
    }

    #[test]
    fn what_stands_beside_the_folder_is_none_of_ours() {
        let made = EventKind::Create(CreateKind::File);
        assert_eq!(signal_of(made, "/a/other"), None);
        assert_eq!(signal_of(made, "/a/content.md"), None);
        assert_eq!(signal_of(made, "/a/content/ko.md"), Some(Signal::Read));
    }

    #[test]
    fn a_folder_that_comes_or_goes_is_watched_anew() {
        let gone = EventKind::Remove(RemoveKind::Folder);
        for path in ["/a", "/a/content", "/a/content/projects"] {
            assert_eq!(signal_of(gone, path), Some(Signal::Rearm), "{path}");
        }
    }
}
