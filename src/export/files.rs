//! Which files an export consists of, without writing any.

use std::collections::BTreeSet;

use anyhow::ensure;

use super::{Options, folder, host_config};
use crate::site::{Resource, Site};

/// A file to write.
pub(super) struct File<'a> {
    /// Its path below the folder.
    pub(super) name: String,
    pub(super) body: Body<'a>,
}

/// What is in a file.
pub(super) enum Body<'a> {
    /// What the server would send, which may have smaller forms.
    Resource(&'a Resource),
    /// What only hosts read.
    Text(String),
}

/// Every file of a site.
pub(super) fn of<'a>(site: &'a Site, options: &Options) -> anyhow::Result<Vec<File<'a>>> {
    let served = site.paths().chain(site.redirect_pages());
    let served = served.map(|(path, resource)| (file_of(path), resource));
    let lost = site
        .not_found_pages()
        .map(|(prefix, page)| (file_of(&format!("{prefix}/404.html")), page));
    let mut files: Vec<File<'a>> = served
        .chain(lost)
        .map(|(name, resource)| File {
            name,
            body: Body::Resource(resource),
        })
        .collect();
    for (name, text) in [
        ("_headers", host_config::headers(site, options.secure)),
        ("_redirects", host_config::redirects(site)),
        // GitHub Pages would leave out what begins with an underscore or a dot, and look for templates.
        (".nojekyll", String::new()),
    ] {
        files.push(File {
            name: name.to_owned(),
            body: Body::Text(text),
        });
    }
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

/// The folders that the files stand in, outer ones first.
pub(super) fn folders<'a>(files: &'a [File<'_>]) -> BTreeSet<&'a str> {
    let parents = files.iter().filter_map(|file| file.name.rsplit_once('/'));
    parents.map(|(parent, _)| parent).collect()
}

/// Where the resource of a decoded path stands: a directory's is the file that servers look for there.
fn file_of(path: &str) -> String {
    let name = path.trim_start_matches('/');
    if name.is_empty() || name.ends_with('/') {
        format!("{name}index.html")
    } else {
        name.to_owned()
    }
}
