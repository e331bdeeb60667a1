//! Writes a site as plain files, for any web server, content delivery network or object store.
//!
//! 1. `folder` sees that nothing but an earlier export is replaced, and makes a folder beside it to write into.
//! 2. `files` lists every file: each resource as it is served, its smaller forms, the pages of old paths that lead on, and the
//!    pages for what is not found.
//! 3. `host_config` words header fields and redirects as hosts read them.
//! 4. The files are written on all processors, each form forgotten once it is written.
//! 5. `folder` exchanges the two folders in one step, and removes the older.
//!
//! The same site always gives the same files: no clock, no name of the machine, no order of threads is in them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use anyhow::Context;
use rayon::prelude::*;

use self::files::{Body, File};
use crate::site::{Encoding, Site};

mod files;

mod folder;

mod host_config;

/// How a site is written.
#[derive(Clone, Debug)]
pub struct Options {
    /// The smaller forms to write beside each file, for servers that send such files as they are.
    pub encodings: Vec<Encoding>,
    /// Whether the site's URL is `https`, so that browsers may be told to stay with it.
    pub secure: bool,
    /// Folders that are never written into nor replaced, such as that of the content.
    pub protected_dirs: Vec<PathBuf>,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Files, smaller forms included.
    pub files: usize,
    /// Their size together, in bytes.
    pub bytes: u64,
}

/// Writes the site into a folder, which stands for the site's URL: whatever path that has, the folder's own
/// `index.html` is the first page. Either all of it is there in the end, or what was there before.
///
/// # Errors
///
/// Where the folder is not one to replace, or cannot be written.
pub fn export(site: &Site, dir: &Path, options: &Options) -> anyhow::Result<Exported> {
    let staging = folder::prepare(dir, &options.protected_dirs)?;
    let files = files::of(site, options)?;
    let exported = write(&files, staging.path(), &options.encodings)?;
    staging.replace()?;
    Ok(exported)
}

/// Writes the files on all processors. The first failure ends it.
fn write(files: &[File<'_>], folder: &Path, encodings: &[Encoding]) -> anyhow::Result<Exported> {
    files::folders(files)
        .into_par_iter()
        .try_for_each(|parent| {
            let path = folder.join(parent);
            fs::create_dir_all(&path).with_context(|| cannot_write(&path))
        })?;
    let (count, bytes) = (AtomicUsize::new(0), AtomicU64::new(0));
    let put = |name: &str, body: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, body).with_context(|| cannot_write(&path))?;
        count.fetch_add(1, Ordering::Relaxed);
        bytes.fetch_add(body.len() as u64, Ordering::Relaxed);
        anyhow::Ok(())
    };
    let put_all_forms = |file: &File<'_>| match &file.body {
        Body::Text(text) => put(&file.name, text.as_bytes()),
        Body::Resource(resource) => {
            // A picture that cannot be drawn is missing here as it is on the server.
            let Some(body) = resource.read() else {
                return Ok(());
            };
            put(&file.name, &body)?;
            for &encoding in encodings {
                let packed = || resource.compress_once(encoding, &body);
                if let Some((end, packed)) = end_of(encoding).zip(packed()) {
                    put(&format!("{}.{end}", file.name), &packed)?;
                }
            }
            Ok(())
        }
    };
    files.par_iter().try_for_each(put_all_forms)?;
    Ok(Exported {
        files: count.into_inner(),
        bytes: bytes.into_inner(),
    })
}

/// What the name of a smaller form ends with, as nginx, Caddy and static file servers look for it.
fn end_of(encoding: Encoding) -> Option<&'static str> {
    match encoding {
        Encoding::Brotli => Some("br"),
        Encoding::Gzip => Some("gz"),
        Encoding::Identity => None,
    }
}

fn cannot_write(path: &Path) -> String {
    format!("cannot write {}", path.display())
}
