//! Writes a site as plain files, for any web server, content delivery network or object store.
//!
//! 1. `folder` sees that nothing but an earlier export is replaced, and makes a folder beside it, or in it, to write into.
//! 2. [`files`] lists what to write: each resource as it is served, the pages of old paths that lead on, and the pages
//!    for what is not found. `host_config` words header fields and redirects for hosts.
//! 3. [`write()`] writes it on all processors, with its smaller forms, each forgotten once it is written.
//! 4. `folder` swaps the two folders in one step, keeps what others have put there, and removes the older.
//!
//! The same site always gives the same files: no clock, no name of the machine, no order of threads is in them.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use anyhow::{Context, ensure};
use rayon::prelude::*;

use crate::media::Contents;
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    pub files: usize,
    /// Their size together, in bytes.
    pub bytes: u64,
    /// What could not be made, each with the reason, and what hosts may refuse, in order.
    pub missing: Vec<String>,
}

/// Says why a folder cannot be written, before there is a site to write.
pub fn can_export(dir: &Path, options: &Options) -> anyhow::Result<()> {
    folder::prepare(dir, &options.protected_dirs).map(drop)
}

/// Writes the site into a folder, which stands for the site's URL: whatever path that has, the folder's own
/// `index.html` is the first page. Either all of it is there in the end, or what was there before.
///
/// It fails where the folder is not one to replace, or cannot be written.
pub fn export(site: &Site, dir: &Path, options: &Options) -> anyhow::Result<Exported> {
    let staging = folder::prepare(dir, &options.protected_dirs)?;
    let texts = [
        ("_headers", host_config::headers(site, options.secure)),
        ("_redirects", host_config::redirects(site)),
        // GitHub Pages would leave out what begins with an underscore or a dot, and look for templates.
        (".nojekyll", String::new()),
    ];
    let files = files(site);
    let mut names = BTreeSet::from([folder::MARKER]);
    names.extend(texts.iter().map(|(name, _)| *name));
    for (name, _) in &files {
        ensure!(
            names.insert(name),
            "two files would be written to {name}: rename the page or the alias of that path"
        );
    }
    let mut exported = write(&files, staging.path(), &options.encodings)?;
    for (name, text) in texts {
        let path = staging.path().join(name);
        fs::write(&path, &text).with_context(|| cannot_write(&path))?;
        exported.files += 1;
        exported.bytes += text.len() as u64;
    }
    staging.replace()?;
    Ok(exported)
}

/// Each resource with the path of its file below the folder.
fn files(site: &Site) -> Vec<(String, &Resource)> {
    let served = site.paths().chain(site.redirect_pages());
    let served = served.map(|(path, resource)| (name_of(path), resource));
    let lost = site.not_found_pages();
    let lost = lost.map(|(prefix, page)| (name_of(&format!("{prefix}/404.html")), page));
    served.chain(lost).collect()
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
fn write(
    files: &[(String, &Resource)],
    folder: &Path,
    encodings: &[Encoding],
) -> anyhow::Result<Exported> {
    let parents = files.iter().filter_map(|(name, _)| name.rsplit_once('/'));
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
    let missing = files.par_iter().map(|(name, resource)| {
        if let Some(served) = resource.as_stored() {
            return Ok(match served.open() {
                Ok(contents) => {
                    let path = folder.join(name);
                    copy(&contents, &path).with_context(|| cannot_write(&path))?;
                    count.fetch_add(1, Ordering::Relaxed);
                    bytes.fetch_add(contents.len(), Ordering::Relaxed);
                    refused(name, contents.len())
                }
                Err(failure) => Some(failure),
            });
        }
        let body = match resource.read() {
            Ok(body) => body,
            // An image that cannot be drawn is missing here as it is on the server.
            Err(failure) => return anyhow::Ok(Some(failure)),
        };
        put(name, &body)?;
        for &encoding in encodings {
            let compressed = || resource.compress_once(encoding, &body);
            if let Some((end, compressed)) = end_of(encoding).zip(compressed()) {
                put(&format!("{name}.{end}"), &compressed)?;
            }
        }
        Ok(None)
    });
    let missing = missing.filter_map(Result::transpose);
    let mut missing: Vec<String> = missing.collect::<anyhow::Result<_>>()?;
    missing.sort();
    Ok(Exported { files: count.into_inner(), bytes: bytes.into_inner(), missing })
}

/// Writes a file in pieces, so that it is never in memory as a whole.
fn copy(contents: &Contents, path: &Path) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    contents.pieces().try_for_each(|piece| file.write_all(&piece?))
}

/// That a file is too large for hosts that many sites are published on.
fn refused(name: &str, length: u64) -> Option<String> {
    let mib = length >> 20;
    match mib {
        100.. => Some(format!(
            "{name} has {mib} MiB: GitHub Pages refuses files of 100 MiB, and Cloudflare Pages those of 25"
        )),
        25.. => Some(format!("{name} has {mib} MiB: Cloudflare Pages refuses files of 25 MiB")),
        _ => None,
    }
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
