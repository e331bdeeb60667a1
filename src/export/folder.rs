//! The folder that an export goes to: written beside, and put in place whole.
//!
//! For `dist`, `dist.new` is written, and locked as long as its writer lives. What was left there by a run that was cut
//! off is removed by the next. Against a power failure nothing is done: waiting for the disk would cost seconds, and the
//! same export can be made again.

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
    target: PathBuf,
    new: PathBuf,
    /// Where the target is for a moment, if the two cannot be swapped in one step.
    old: PathBuf,
    /// Held until the end.
    _lock: fs::File,
}

/// Looks at the target and everything about it, and makes a folder to write into. Nothing that anyone else made is
/// touched.
pub(super) fn prepare(dir: &Path, protected_dirs: &[PathBuf]) -> anyhow::Result<Staging> {
    let shown = dir.display();
    let name = dir.file_name().with_context(|| {
        format!("{shown} cannot be replaced: name a new folder, such as {shown}/dist")
    })?;
    let parent = match dir.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    let parent = parent
        .canonicalize()
        .with_context(|| format!("cannot export to {shown}: no {}", parent.display()))?;
    let target = parent.join(name);
    for folder in protected_dirs {
        let whole = folder
            .canonicalize()
            .with_context(|| format!("cannot find {}", folder.display()))?;
        ensure!(
            !target.starts_with(&whole) && !whole.starts_with(&target),
            "{shown} and {} would mix: export to a folder apart from it",
            folder.display()
        );
    }
    let [new, old] = [".new", ".old"].map(|end| {
        let mut beside = name.to_owned();
        beside.push(end);
        parent.join(beside)
    });
    may_replace(&target)?;
    let lock = make(&new, &target)?;
    let staging = Staging {
        target,
        new,
        old,
        _lock: lock,
    };
    staging.restore()?;
    Ok(staging)
}

/// Makes the folder to write into, locked, in place of one that a run has left that was cut off.
fn make(new: &Path, target: &Path) -> anyhow::Result<fs::File> {
    let marker = new.join(MARKER);
    if may_replace(new)? {
        let lock = fs::File::open(&marker).map(|it| it.try_lock());
        if matches!(lock, Ok(Err(TryLockError::WouldBlock))) {
            bail!("another export to {} is under way", target.display());
        }
        remove(new).with_context(|| format!("cannot clear away {}", new.display()))?;
    }
    fs::create_dir(new).with_context(|| format!("cannot make {}", new.display()))?;
    let lock = fs::write(&marker, MARK).and_then(|()| {
        let file = fs::File::open(&marker)?;
        // Where the file system has no locks, two exports to one folder at once are not told apart.
        let _ = file.try_lock();
        Ok(file)
    });
    lock.with_context(|| format!("cannot write {}", marker.display()))
}

impl Staging {
    pub(super) fn path(&self) -> &Path {
        &self.new
    }

    /// Brings the target back, if a run was cut off while it was out of the way.
    fn restore(&self) -> anyhow::Result<()> {
        if !is_marked(&self.old) {
            return Ok(());
        }
        let restored = if may_replace(&self.target)? {
            remove(&self.old)
        } else {
            fs::rename(&self.old, &self.target)
        };
        restored.with_context(|| format!("cannot clear away {}", self.old.display()))
    }

    /// Puts what was written in the target's place.
    pub(super) fn replace(self) -> anyhow::Result<()> {
        // Somebody else may have put something there meanwhile.
        let older = if may_replace(&self.target)? {
            swap(&self.new, &self.target).or_else(|error| match error.kind() {
                // The file system or the kernel does not know the step, as some network mounts.
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported => {
                    swap_with_renames(&self.new, &self.target, &self.old)
                }
                _ => Err(error),
            })
        } else {
            fs::rename(&self.new, &self.target).map(|()| self.new.clone())
        };
        let older = older.with_context(|| {
            format!(
                "cannot put the export in place of {}: it may be a mount, then name a folder inside it",
                self.target.display()
            )
        })?;
        remove(&older).with_context(|| {
            format!(
                "the export is in place, but the one before it could not be removed from {}",
                older.display()
            )
        })
    }
}

impl Drop for Staging {
    /// Either it has taken the target's place, and this is the older one or nothing, or it failed.
    fn drop(&mut self) {
        // What stays is removed by the next run.
        let _ = remove(&self.new);
    }
}

/// Whether there is a folder to replace; an error where it is not one of ours.
fn may_replace(folder: &Path) -> anyhow::Result<bool> {
    let shown = folder.display();
    let metadata = match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        metadata => metadata.with_context(|| format!("cannot look at {shown}"))?,
    };
    ensure!(
        !metadata.is_symlink(),
        "{shown} is a link, which an export does not replace: name the folder itself"
    );
    ensure!(metadata.is_dir(), "{shown} is a file: name a folder");
    let mut entries = fs::read_dir(folder).with_context(|| format!("cannot look into {shown}"))?;
    ensure!(
        is_marked(folder) || entries.next().is_none(),
        "{shown} holds files that no export has written: name another folder, or empty it first"
    );
    Ok(true)
}

fn is_marked(folder: &Path) -> bool {
    fs::symlink_metadata(folder.join(MARKER)).is_ok_and(|it| it.is_file())
}

/// Swaps two folders in one step, and returns where the older is now.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn swap(new: &Path, target: &Path) -> io::Result<PathBuf> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, new, CWD, target, RenameFlags::EXCHANGE)?;
    Ok(new.to_owned())
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn swap(_: &Path, _: &Path) -> io::Result<PathBuf> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The same in two steps: for a moment there is neither, and [`Staging::restore`] puts that right if it lasts.
fn swap_with_renames(new: &Path, target: &Path, old: &Path) -> io::Result<PathBuf> {
    fs::rename(target, old)?;
    fs::rename(new, target).inspect_err(|_| {
        let _ = fs::rename(old, target);
    })?;
    Ok(old.to_owned())
}

/// Removes a folder that may be gone already; its marker last, so that whatever stays is known as an export's.
fn remove(folder: &Path) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else if entry.file_name() != MARKER {
            fs::remove_file(entry.path())?;
        }
    }
    fs::remove_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_folders_cannot_be_swapped_one_moves_out_of_the_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let [new, target, old] =
            ["dist.new", "dist", "dist.old"].map(|name| folder.path().join(name));
        for path in [&new, &target] {
            fs::create_dir(path).expect("made");
            fs::write(path.join("name"), path.as_os_str().as_encoded_bytes()).expect("written");
        }
        let name = |path: &Path| fs::read_to_string(path.join("name")).expect("a file");
        let older = swap_with_renames(&new, &target, &old).expect("two steps");
        assert_eq!(name(&target), new.display().to_string());
        assert_eq!(name(&older), target.display().to_string());
        fs::remove_dir_all(&older).expect("removed");
        // And back again where the second step fails: there is nothing to put in place any more.
        swap_with_renames(&new, &target, &old).expect_err("nothing to put in place");
        assert_eq!(name(&target), new.display().to_string());
    }
}
