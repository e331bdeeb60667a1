//! Follows the files that the site is made from.
//!
//! 1. [`ChangeWatcher`] waits until files have changed and are quiet again, by `events` of the system or, where there
//!    are none, by `polling`.
//! 2. [`BuildConfig`] builds the site anew, whole; whoever follows publishes the [`BuildResult`] if it differs.
//!
//! 3. [`rebuild_on_change`] joins the two. Nothing is lost: what changes while a build runs makes for another.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

mod events;

mod polling;

mod build;

pub use self::build::{BuildConfig, BuildResult, Built};

use self::events::Events;
use self::polling::Polling;

/// Files are read once they have been quiet for so long: editors empty a file before they write it.
const QUIET: Duration = Duration::from_millis(40);

/// They are read after so long even if they never are quiet, as when something writes on and on.
const LONGEST: Duration = Duration::from_millis(600);

/// A build during which files changed may have read some before and some after. It is thrown away, unless they have
/// gone on changing for so long that anything is better than nothing.
const WHOLE: Duration = Duration::from_secs(5);

/// Builds after each change, and hands over what it came to; never returns.
pub fn rebuild_on_change(
    mut config: BuildConfig,
    mut changes: ChangeWatcher,
    mut publish: impl FnMut(BuildResult),
) -> ! {
    loop {
        changes.wait();
        let begin = Instant::now();
        let mut result = config.build();
        while changes.is_pending() && begin.elapsed() < WHOLE {
            changes.wait();
            result = config.build();
        }
        tracing::debug!(micros = begin.elapsed().as_micros(), "read what changed");
        publish(result);
    }
}

/// Tells when files below some folders have changed. The folders may be missing, and may come and go.
#[derive(Debug)]
pub struct ChangeWatcher {
    folders: Vec<PathBuf>,
    means: Means,
}

#[derive(Debug)]
enum Means {
    Events(Events),
    Polling(Polling),
}

impl ChangeWatcher {
    /// Counts changes from now on; `poll` compares the files at intervals, as network mounts need it, for they
    /// report nothing.
    pub fn new(folders: &[PathBuf], poll: bool) -> Self {
        let folders: Vec<PathBuf> = folders.iter().map(|it| absolute(it)).collect();
        let means = if poll {
            Means::Polling(Polling::of(&folders))
        } else {
            Events::of(&folders).map_or_else(|error| fall_back(&error, &folders), Means::Events)
        };
        Self { folders, means }
    }

    fn is_pending(&mut self) -> bool {
        match &mut self.means {
            Means::Events(events) => events.is_pending(),
            Means::Polling(polling) => polling.is_pending(&self.folders),
        }
    }

    /// Waits until something has changed since the last time.
    fn wait(&mut self) {
        match &mut self.means {
            Means::Polling(polling) => polling.wait(&self.folders),
            Means::Events(events) => {
                if let Err(error) = events.wait(&self.folders) {
                    // What has changed meanwhile is read by the build that follows.
                    self.means = fall_back(&error, &self.folders);
                }
            }
        }
    }
}

fn fall_back(error: &notify::Error, folders: &[PathBuf]) -> Means {
    tracing::warn!(%error, "the system cannot report changes of files; comparing them at intervals instead");
    Means::Polling(Polling::of(folders))
}

/// Where this fails there is no current folder, and the path is as good as any.
fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// How long to wait for the next change of a burst, if any more time is left for it.
fn patience(begin: Instant) -> Option<Duration> {
    let left = LONGEST.checked_sub(begin.elapsed())?;
    Some(left.min(QUIET))
}
