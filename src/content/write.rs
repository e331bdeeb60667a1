//! Writing into the content folder: each file anew and at once, so that nobody reads half of it, and nothing outside of
//! it, whatever links somebody has put there.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use tempfile::Builder;

use super::source::is_content;

/// Writes a file of the content folder `dir`, which keeps its permissions. Folders that lack are made. A link stays,
/// and what it leads to is replaced; fails where that is outside.
pub fn write_file(dir: &Path, path: &str, text: &str) -> anyhow::Result<()> {
    let place = place(dir, path)?;
    let write = || -> io::Result<()> {
        let folder = place.parent().unwrap_or(dir);
        // Like any file; the user's mask is taken off.
        let mode = Permissions::from_mode(0o666);
        let mut file = beside().permissions(mode).tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        if let Ok(old) = fs::metadata(&place) {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.as_file().sync_all()?;
        file.persist(&place)?;
        Ok(())
    };
    write().with_context(|| format!("cannot write {}", place.display()))
}

/// Whether a file is there that does not begin like ours.
pub(super) fn is_anothers(dir: &Path, path: &str, beginning: &str) -> bool {
    match fs::read_to_string(dir.join(path)) {
        Ok(text) => !text.starts_with(beginning),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

/// Makes a folder of the content folder `dir`, with these files in it: their names and texts. Whoever watches sees all
/// of them or none.
pub fn write_folder(dir: &Path, path: &str, files: &[(String, String)]) -> anyhow::Result<()> {
    let place = place(dir, path)?;
    let write = || -> io::Result<()> {
        let around = place.parent().unwrap_or(dir);
        let mode = Permissions::from_mode(0o777);
        let folder = beside().permissions(mode).tempdir_in(around)?;
        for (name, text) in files {
            File::create_new(folder.path().join(name))?.write_all(text.as_bytes())?;
        }
        fs::rename(folder.path(), &place)
    };
    write().with_context(|| format!("cannot write {}", place.display()))
}

/// Under a name that is no content, and that nobody can know before.
fn beside<'a>() -> Builder<'a, 'a> {
    let mut builder = Builder::new();
    builder.prefix(".").suffix(".tmp");
    builder
}

/// Where a file or folder of the content folder `dir` really is or will be; the folders that it stands in are made.
pub(super) fn place(dir: &Path, path: &str) -> anyhow::Result<PathBuf> {
    let cannot_read = || format!("cannot read the content folder {}", dir.display());
    let root = fs::canonicalize(dir).with_context(cannot_read)?;
    let mut place = root.clone();
    let mut names = path.split('/').peekable();
    while let Some(name) = names.next() {
        place.push(name);
        let shown = place.display().to_string();
        if names.peek().is_some() {
            match fs::create_dir(&place) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(error).with_context(|| format!("cannot make {shown}"));
                }
                _ => {}
            }
        }
        if place.is_symlink() {
            place = fs::canonicalize(&place).with_context(|| format!("cannot follow {shown}"))?;
            if !is_content(&root, &place) {
                bail!(
                    "{shown} is a link that leads out of the content folder, where nothing is written"
                );
            }
        }
    }
    Ok(place)
}
