//! The folder that an export goes to: written beside, and put in place whole.
//!
//! What is written is locked as long as its writer lives. A folder without such a lock was left behind by a run that
//! was cut off, and is removed by the next. Against a power failure nothing is done: waiting for the disk would cost
//! seconds, and the same export can be made again.

use std::ffi::{OsStr, OsString};
use std::fs::{self, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};

/// The file by which an export knows another.
pub(super) const MARKER: &str = ".showcase-export";

const MARK: &str =
    "Written by `showcase export`, which replaces this folder as a whole the next time.\n";

/// A folder beside the target, removed again unless it takes the target's place.
pub(super) struct Staging {
    path: PathBuf,
    target: PathBuf,
    /// Held until the end.
    _lock: fs::File,
}

/// Looks at the target and everything about it, and makes a folder to write into. Nothing that anyone else made is
/// touched.
pub(super) fn prepare(dir: &Path, protected_dirs: &[PathBuf]) -> anyhow::Result<Staging> {
    let name = dir.file_name().with_context(|| {
        let dir = dir.display();
        format!("{dir} cannot be replaced: name a new folder, such as {dir}/dist")
    })?;
    let parent = match dir.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let parent = parent.canonicalize().with_context(|| {
        format!(
            "cannot export to {}: no {}",
            dir.display(),
            parent.display()
        )
    })?;
    let target = parent.join(name);
    for folder in protected_dirs {
        let whole = folder
            .canonicalize()
            .with_context(|| format!("cannot find {}", folder.display()))?;
        ensure!(
            !target.starts_with(&whole) && !whole.starts_with(&target),
            "{} and {} would mix: export to a folder apart from it",
            dir.display(),
            folder.display()
        );
    }
    remove_leftovers(&parent, name, &target)?;
    may_replace(&target)?;
    let path = parent.join(beside(name, "new"));
    fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
    let marker = path.join(MARKER);
    let lock = fs::write(&marker, MARK).and_then(|()| {
        let file = fs::File::open(&marker)?;
        // Where the file system has no locks, two exports to one folder at once are not told apart.
        let _ = file.try_lock();
        Ok(file)
    });
    match lock {
        Ok(lock) => Ok(Staging {
            path,
            target,
            _lock: lock,
        }),
        Err(error) => {
            let _ = fs::remove_dir_all(&path);
            Err(error).with_context(|| format!("cannot write {}", marker.display()))
        }
    }
}

impl Staging {
    /// Where to write.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts what was written in the target's place.
    pub(super) fn replace(self) -> anyhow::Result<()> {
        let (new, target) = (&self.path, &self.target);
        // Somebody else may have put something there meanwhile.
        let older = if may_replace(target)? {
            exchange(new, target)
        } else {
            fs::rename(new, target).map(|()| None)
        };
        let older = older.with_context(|| {
            format!(
                "cannot put the export in place of {}: it may be a mount, then name a folder inside it",
                target.display()
            )
        })?;
        let Some(older) = older else { return Ok(()) };
        remove(&older).with_context(|| {
            let older = older.display();
            format!(
                "the export is in place, but the one before it could not be removed from {older}"
            )
        })
    }
}

impl Drop for Staging {
    /// Either it has taken the target's place, and this is the older one or nothing, or it failed.
    fn drop(&mut self) {
        // What stays is removed by the next run.
        let _ = remove(&self.path);
    }
}

/// Whether there is a folder to replace; an error where it is not one of ours.
fn may_replace(target: &Path) -> anyhow::Result<bool> {
    let shown = target.display();
    let metadata = match fs::symlink_metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        metadata => metadata.with_context(|| format!("cannot look at {shown}"))?,
    };
    ensure!(
        !metadata.is_symlink(),
        "{shown} is a link, which an export does not replace: name the folder itself"
    );
    ensure!(metadata.is_dir(), "{shown} is a file: name a folder");
    let mut entries = fs::read_dir(target).with_context(|| format!("cannot look into {shown}"))?;
    ensure!(
        is_marked(target) || entries.next().is_none(),
        "{shown} holds files that no export has written: name another folder, or empty it first"
    );
    Ok(true)
}

fn is_marked(folder: &Path) -> bool {
    fs::symlink_metadata(folder.join(MARKER)).is_ok_and(|it| it.is_file())
}

/// Clears away what runs that were cut off have left beside the target. Where such a run had moved the target away
/// already, it comes back.
fn remove_leftovers(parent: &Path, name: &OsStr, target: &Path) -> anyhow::Result<()> {
    let starts = ["new", "old"].map(|kind| {
        let mut start = name.to_owned();
        start.push(format!(".{kind}-"));
        start
    });
    let entries =
        fs::read_dir(parent).with_context(|| format!("cannot look into {}", parent.display()))?;
    for entry in entries {
        let path = entry?.path();
        let found = path.file_name().unwrap_or_default().as_encoded_bytes();
        let digits = |start: &OsString| {
            let rest = found.strip_prefix(start.as_encoded_bytes());
            rest.is_some_and(|it| !it.is_empty() && it.iter().all(u8::is_ascii_digit))
        };
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|it| it.is_dir());
        if !is_folder || !is_marked(&path) || !starts.iter().any(digits) {
            continue;
        }
        let marker = path.join(MARKER);
        let lock = fs::File::open(&marker);
        let lock = lock.with_context(|| format!("cannot read {}", marker.display()))?;
        match lock.try_lock() {
            Err(TryLockError::WouldBlock) => {
                bail!("another export to {} is under way", target.display())
            }
            // Without locks nobody can tell whether it is at work.
            Err(TryLockError::Error(_)) => continue,
            Ok(()) => {}
        }
        let moved_away = digits(&starts[1]);
        let cleared = if moved_away && fs::symlink_metadata(target).is_err() {
            fs::rename(&path, target)
        } else {
            remove(&path)
        };
        cleared.with_context(|| format!("cannot clear away {}", path.display()))?;
    }
    Ok(())
}

/// Exchanges two folders in one step, and returns where the older is now.
fn exchange(new: &Path, target: &Path) -> io::Result<Option<PathBuf>> {
    match at_once(new, target) {
        Ok(()) => Ok(Some(new.to_owned())),
        Err(error) if !is_unsupported(&error) => Err(error),
        Err(_) => in_two_steps(new, target).map(Some),
    }
}

/// The same for file systems that cannot do it at once, such as some network mounts: for a moment there is neither,
/// and [`remove_leftovers`] puts that right if it lasts.
fn in_two_steps(new: &Path, target: &Path) -> io::Result<PathBuf> {
    let name = target.file_name().unwrap_or_default();
    let older = target.with_file_name(beside(name, "old"));
    fs::rename(target, &older)?;
    fs::rename(new, target).inspect_err(|_| {
        let _ = fs::rename(&older, target);
    })?;
    Ok(older)
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn at_once(new: &Path, target: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn at_once(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether the file system or the kernel does not know the step.
fn is_unsupported(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidInput, Unsupported};
    matches!(error.kind(), InvalidInput | Unsupported)
}

/// The name of a folder beside the target that no other process uses.
fn beside(name: &OsStr, kind: &str) -> OsString {
    let mut beside = name.to_owned();
    beside.push(format!(".{kind}-{}", std::process::id()));
    beside
}

/// Removes a folder that may be gone already.
fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_folders_cannot_be_exchanged_one_moves_out_of_the_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let [new, target] = ["dist.new-1", "dist"].map(|name| folder.path().join(name));
        for path in [&new, &target] {
            fs::create_dir(path).expect("made");
            fs::write(path.join("name"), path.as_os_str().as_encoded_bytes()).expect("written");
        }
        let name = |path: &Path| fs::read_to_string(path.join("name")).expect("a file");
        let older = in_two_steps(&new, &target).expect("two steps");
        assert_eq!(name(&target), new.display().to_string());
        assert_eq!(name(&older), target.display().to_string());
        // And back again where the second step fails: there is nothing to put in place any more.
        in_two_steps(&new, &target).expect_err("nothing to put in place");
        assert_eq!(name(&target), new.display().to_string());
    }

    #[test]
    fn what_a_file_system_does_not_know_is_no_failure() {
        let error = io::Error::from(rustix::io::Errno::INVAL);
        assert!(is_unsupported(&error));
        for errno in [rustix::io::Errno::NOSYS, rustix::io::Errno::NOTSUP] {
            assert!(is_unsupported(&errno.into()), "{errno}");
        }
        assert!(!is_unsupported(&rustix::io::Errno::BUSY.into()));
    }
}
