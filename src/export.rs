//! Writes a site as plain files, for any web server, content delivery network or object store.
//!
//! 1. `folder` sees that nothing but an earlier export is replaced, and makes a folder beside it to write into.
//! 2. [`files`] lists what to write: each resource as it is served, the pages of old paths that lead on, the pages for
//!    what is not found, and header fields and redirects, as `host_config` words them for hosts.
//! 3. [`write()`] writes it on all processors, with its smaller forms, each forgotten once it is written.
//! 4. `folder` swaps the two folders in one step, and removes the older.
//!
//! The same site always gives the same files: no clock, no name of the machine, no order of threads is in them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use anyhow::{Context, ensure};
use rayon::prelude::*;

use crate::site::{Encoding, Resource, Site};

mod folder;
mod host_config;

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
/// It fails where the folder is not one to replace, or cannot be written.
pub fn export(site: &Site, dir: &Path, options: &Options) -> anyhow::Result<Exported> {
    let staging = folder::prepare(dir, &options.protected_dirs)?;
    let files = files(site, options)?;
    let exported = write(&files, staging.path(), &options.encodings)?;
    staging.replace()?;
    Ok(exported)
}

struct File<'a> {
    /// Its path below the folder.
    name: String,
    body: Body<'a>,
}

enum Body<'a> {
    /// What the server would send, which may have smaller forms.
    Resource(&'a Resource),
    /// What only hosts read.
    Text(String),
}

fn files<'a>(site: &'a Site, options: &Options) -> anyhow::Result<Vec<File<'a>>> {
    let served = site.paths().chain(site.redirect_pages());
    let served = served.map(|(path, resource)| (path.to_owned(), resource));
    let lost = site.not_found_pages();
    let lost = lost.map(|(prefix, page)| (format!("{prefix}/404.html"), page));
    let resources = served.chain(lost).map(|(path, resource)| File {
        name: name_of(&path),
        body: Body::Resource(resource),
    });
    let texts = [
        ("_headers", host_config::headers(site, options.secure)),
        ("_redirects", host_config::redirects(site)),
        // GitHub Pages would leave out what begins with an underscore or a dot, and look for templates.
        (".nojekyll", String::new()),
    ];
    let texts = texts.into_iter().map(|(name, text)| File {
        name: name.to_owned(),
        body: Body::Text(text),
    });
    let files: Vec<File<'a>> = resources.chain(texts).collect();
    let mut names = BTreeSet::from([folder::MARKER]);
    for file in &files {
        ensure!(
            names.insert(&file.name),
            "two files would be written to {}: rename the page or the alias of that path",
            file.name
        );
    }
    Ok(files)
}

/// Where the resource of a decoded path stands: a directory's is the file that servers look for there.
fn name_of(path: &str) -> String {
    let name = path.trim_start_matches('/');
    if name.is_empty() || name.ends_with('/') {
        format!("{name}index.html")
    } else {
        name.to_owned()
    }
}

/// The first failure ends it.
fn write(files: &[File<'_>], folder: &Path, encodings: &[Encoding]) -> anyhow::Result<Exported> {
    let parents = files.iter().filter_map(|file| file.name.rsplit_once('/'));
    let parents: BTreeSet<&str> = parents.map(|(parent, _)| parent).collect();
    parents.into_par_iter().try_for_each(|parent| {
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
    files.par_iter().try_for_each(|file| match &file.body {
        Body::Text(text) => put(&file.name, text.as_bytes()),
        Body::Resource(resource) => {
            // A picture that cannot be drawn is missing here as it is on the server.
            let Some(body) = resource.read() else {
                return Ok(());
            };
            put(&file.name, &body)?;
            for &encoding in encodings {
                let compressed = || resource.compress_once(encoding, &body);
                if let Some((end, compressed)) = end_of(encoding).zip(compressed()) {
                    put(&format!("{}.{end}", file.name), &compressed)?;
                }
            }
            Ok(())
        }
    })?;
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
