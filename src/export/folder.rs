//! The folder that an export goes to: written beside, and put in place whole.
//!
//! For `dist`, `dist.new` is written, and locked as long as its writer lives. What was left there by a run that was cut
//! off is removed by the next. Where nothing can be put in place of the folder, as of a mount, the files are written
//! within it and moved one by one. A list of what was written stands in the [`MARKER`]: all else in the folder, such as
//! `.git` or `CNAME`, is kept. Against a power failure nothing is done: waiting for the disk would cost seconds, and the
//! same export can be made again.

use std::collections::BTreeSet;
use std::fs::{self, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};

/// The file by which an export knows another.
pub(super) const MARKER: &str = ".showcase-export";

const MARK: &str = "\
# Written by `showcase export`, which replaces these files the next time and keeps all others.
";

/// What the list has before the files of an earlier export that stay for one more.
const FORMER: &str = "# Of the export before, for readers who still have its pages:";

/// What pages cannot do without, in all its forms.
const NEEDED: [&str; 3] = [".css", ".js", ".woff2"];

/// What is written within the folder, where nothing can be written beside it.
const INSIDE: &str = ".showcase-export.new";

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
        let whole =
            folder.canonicalize().with_context(|| format!("cannot find {}", folder.display()))?;
        ensure!(
            !target.starts_with(&whole) && !whole.starts_with(&target),
            "{shown} and {} would mix: export to a folder apart from it",
            folder.display()
        );
    }
    let [mut new, old] = [".new", ".old"].map(|end| {
        let mut beside = name.to_owned();
        beside.push(end);
        parent.join(beside)
    });
    let is_there = may_replace(&target)?;
    let mut lock = make(&new, &target);
    if is_there && (lock.is_err() || is_mount(&new, &target)) {
        if lock.is_ok() {
            remove(&new).with_context(|| format!("cannot clear away {}", new.display()))?;
        }
        new = target.join(INSIDE);
        lock = make(&new, &target);
    }
    let staging = Staging { target, new, old, _lock: lock? };
    staging.restore()?;
    Ok(staging)
}

/// Whether a folder is another file system than the one beside it, so that it cannot be replaced.
fn is_mount(beside: &Path, folder: &Path) -> bool {
    let [from, to] = [beside, folder].map(|it| it.join(".showcase-probe"));
    let moved = fs::write(&from, "").and_then(|()| fs::rename(&from, &to));
    let _ = fs::remove_file(&to);
    let _ = fs::remove_file(&from);
    moved.is_err_and(|error| error.kind() == io::ErrorKind::CrossesDevices)
}

/// Makes the folder to write into, locked, in place of one that a run has left that was cut off.
fn make(new: &Path, target: &Path) -> anyhow::Result<fs::File> {
    let marker = new.join(MARKER);
    if may_replace(new)? {
        let lock = fs::File::open(&marker).map(|it| it.try_lock());
        if matches!(lock, Ok(Err(TryLockError::WouldBlock))) {
            bail!("another export to {} is under way", target.display());
        }
        clear(new, target).with_context(|| format!("cannot clear away {}", new.display()))?;
    }
    fs::create_dir(new).with_context(|| format!("cannot make {}", new.display()))?;
    let lock = fs::write(&marker, MARK).and_then(|()| {
        let file = fs::File::open(&marker)?;
        // Where the file system has no locks, two exports to one folder at once are not told apart.
        let _ = file.try_lock();
        Ok(file)
    });
    if lock.is_err() {
        let _ = fs::remove_dir_all(new);
    }
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
            clear(&self.old, &self.target)
        } else {
            fs::rename(&self.old, &self.target).map_err(Into::into)
        };
        restored.with_context(|| format!("cannot clear away {}", self.old.display()))
    }

    /// Puts the styles, scripts and fonts of the export that is replaced beside the new ones, as far as these have other
    /// names: a page may have been read just before. Returns their names.
    fn keep_needed(&self, names: &[String]) -> Vec<String> {
        let marker = fs::read_to_string(self.target.join(MARKER)).unwrap_or_default();
        let former = marker.lines().take_while(|it| *it != FORMER);
        let is_needed = |it: &&str| {
            let name = it.trim_end_matches(".br").trim_end_matches(".gz");
            it.starts_with("assets/") && NEEDED.iter().any(|end| name.ends_with(end))
        };
        let is_gone = |it: &&str| names.binary_search_by(|name| name.as_str().cmp(it)).is_err();
        let kept = former.filter(is_needed).filter(is_gone);
        let kept = kept.filter(|it| fs::copy(self.target.join(it), self.new.join(it)).is_ok());
        kept.map(str::to_owned).collect()
    }

    /// Puts what was written in the target's place.
    pub(super) fn replace(self) -> anyhow::Result<()> {
        let mut names = Vec::new();
        list(&self.new, "", &mut names).context("cannot read what was written")?;
        let former = self.keep_needed(&names);
        let marker = self.new.join(MARKER);
        let listed = [&names.join("\n"), FORMER, &former.join("\n")].join("\n");
        fs::write(&marker, format!("{MARK}{listed}\n"))
            .with_context(|| format!("cannot write {}", marker.display()))?;
        names.extend(former);
        names.sort();
        // Somebody else may have put something there meanwhile.
        let is_there = may_replace(&self.target)?;
        let kept = if is_there { others(&self.target)? } else { Vec::new() };
        let is_in_both = |it: &&String| collide(&self.new.join(it), &self.target.join(it));
        if let Some(both) = kept.iter().find(is_in_both) {
            bail!(
                "{both} in {} was written by somebody else, and the export has a file of that name: move it away first",
                self.target.display()
            );
        }
        if self.new.starts_with(&self.target) {
            let moved = move_into(&self.new, &self.target, &names);
            return moved.with_context(|| format!("cannot write into {}", self.target.display()));
        }
        let older = if is_there {
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
            format!("cannot put the export in place of {}", self.target.display())
        })?;
        let cleared = clear(&older, &self.target);
        if cleared.is_err() {
            // Files of somebody else may still be in there.
            std::mem::forget(self);
        }
        cleared.with_context(|| {
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
        is_marked(folder) || entries.all(|it| it.is_ok_and(|it| it.file_name() == INSIDE)),
        "{shown} holds files that no export has written: name another folder, or empty it first"
    );
    Ok(true)
}

/// The files below a folder, but for the marker, by their paths in it.
fn list(folder: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder.join(prefix))? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            list(folder, &format!("{name}/"), names)?;
        } else if name != MARKER {
            names.push(name);
        }
    }
    names.sort();
    Ok(())
}

/// What an export has written into a folder; nothing where that is not known.
fn written(folder: &Path) -> BTreeSet<String> {
    let marker = fs::read_to_string(folder.join(MARKER)).unwrap_or_default();
    marker.lines().filter(|it| !it.starts_with('#')).map(str::to_owned).collect()
}

/// What stands in the folder of an export and was not written by one: files, and whole folders.
fn others(folder: &Path) -> anyhow::Result<Vec<String>> {
    fn look(
        folder: &Path,
        prefix: &str,
        ours: &BTreeSet<String>,
        found: &mut Vec<String>,
    ) -> io::Result<()> {
        for entry in fs::read_dir(folder.join(prefix))? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            let inner = format!("{name}/");
            let has_ours =
                || ours.range(inner.clone()..).next().is_some_and(|it| it.starts_with(&inner));
            if entry.file_type()?.is_dir() && has_ours() {
                look(folder, &inner, ours, found)?;
            } else if !ours.contains(&name) && ![MARKER, INSIDE].contains(&name.as_str()) {
                found.push(name);
            }
        }
        Ok(())
    }
    let ours = written(folder);
    let mut found = Vec::new();
    look(folder, "", &ours, &mut found)
        .with_context(|| format!("cannot look into {}", folder.display()))?;
    // An export that was cut off, or one by an earlier program, has no list.
    found
        .retain(|it| !ours.is_empty() || it.starts_with('.') && it != ".nojekyll" || it == "CNAME");
    Ok(found)
}

/// Removes an older export; what others have put into it moves to the one that is in place.
fn clear(older: &Path, target: &Path) -> anyhow::Result<()> {
    let kept = if older.exists() { others(older)? } else { Vec::new() };
    for name in kept {
        move_file(older, target, &name)
            .with_context(|| format!("cannot move {name} to {}", target.display()))?;
    }
    Ok(remove(older)?)
}

/// Whether two paths are not both folders, or hold what is not.
fn collide(one: &Path, other: &Path) -> bool {
    let (Ok(first), Ok(second)) = (one.symlink_metadata(), other.symlink_metadata()) else {
        return false;
    };
    let entries = || one.read_dir().into_iter().flatten().flatten();
    !(first.is_dir() && second.is_dir())
        || entries().any(|it| collide(&it.path(), &other.join(it.file_name())))
}

/// Moves a file, or a folder with what is in it; folders that are there stay.
fn move_file(from: &Path, to: &Path, name: &str) -> io::Result<()> {
    let place = to.join(name);
    if let Some(parent) = place.parent() {
        fs::create_dir_all(parent)?;
    }
    let old = from.join(name);
    if !place.is_dir() || !old.is_dir() {
        return fs::rename(old, place);
    }
    for entry in fs::read_dir(&old)? {
        move_file(&old, &place, &entry?.file_name().to_string_lossy())?;
    }
    fs::remove_dir(old)
}

/// Moves files into a folder one by one, and removes those of the export before.
fn move_into(new: &Path, target: &Path, names: &[String]) -> io::Result<()> {
    let before = written(target);
    for name in names.iter().map(String::as_str).chain([MARKER]) {
        move_file(new, target, name)?;
    }
    for name in before.iter().filter(|it| names.binary_search(it).is_err()) {
        let _ = fs::remove_file(target.join(name));
        // Folders go that are empty by now.
        for folder in Path::new(name).ancestors().skip(1).filter(|it| *it != Path::new("")) {
            let _ = fs::remove_dir(target.join(folder));
        }
    }
    fs::remove_dir_all(new)
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
