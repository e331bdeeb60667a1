//! The finished site: an immutable map from URL path to resource, for the server and the export alike.
//!
//! 1. `path` tells which paths may stand in a site, and how they are written in a URL.
//! 2. `content_type` names the media types.
//! 3. `compression` makes the smaller forms of a body, once for each distinct body.
//! 4. `resource` is a body with its type, cache policy and entity tags.
//! 5. `builder` gathers resources and redirects, and refuses what would contradict itself.
//! 6. `security` holds the header fields of every answer.
//!
//! Nothing here does I/O or is async. The keys of the map are decoded paths without the mount path of the
//! site's URL; what leaves as a location has the mount path and is percent-encoded.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use crate::render::{RenderContext, SearchPage};

mod path;

mod content_type;

mod compression;

mod resource;

mod builder;

mod assemble;

mod security;

pub use self::{
    builder::SiteBuilder,
    compression::{CompressionCache, Encoding},
    content_type::ContentType,
    resource::{CachePolicy, Later, Resource},
    security::{SECURITY_HEADERS, STRICT_TRANSPORT_SECURITY},
};

/// Every resource of a site, with what is answered where there is none.
///
/// Two are equal where every answer would be, whatever has been written and compressed so far.
#[derive(Debug)]
pub struct Site {
    /// By decoded path without the mount path.
    entries: BTreeMap<String, Arc<Entry>>,
    /// By location: what most requests ask for letter by letter is found without decoding, whatever they send.
    by_location: HashMap<Box<str>, Arc<Entry>>,
    /// By decoded path: the one table of what stands elsewhere for good.
    redirects: BTreeMap<String, Redirect>,
    /// The locations of redirects whose paths have capitals, by those paths in lower case.
    redirects_lowercase: BTreeMap<String, String>,
    /// What answers a question, by the decoded path of the page that asks.
    search: BTreeMap<String, SearchPage>,
    /// What the pages are written from.
    render_context: Option<Arc<RenderContext>>,
    not_found: Pages,
    method_not_allowed: Pages,
    base: BasePath,
}

impl PartialEq for Site {
    fn eq(&self, other: &Self) -> bool {
        match (&self.render_context, &other.render_context) {
            (Some(own), Some(others)) => Arc::ptr_eq(own, others) || own == others,
            (None, None) => {
                self.base == other.base
                    && self.entries == other.entries
                    && self.redirects == other.redirects
                    && self.not_found == other.not_found
                    && self.method_not_allowed == other.method_not_allowed
            }
            _ => false,
        }
    }
}

/// What stands under a path.
#[derive(Debug)]
pub enum Lookup<'a> {
    /// The resource itself.
    Found(&'a Resource),
    /// The resource stands elsewhere on this site for good. The location has the mount path, is
    /// percent-encoded, lacks a query and begins with a single slash, so that it never leads to another host.
    Redirect(&'a str),
    /// Nothing; this is the page that says so in the language of the path.
    NotFound(&'a Resource),
}

impl Site {
    /// Begins a site.
    pub fn builder() -> SiteBuilder {
        SiteBuilder::default()
    }

    /// What stands under the path of a request: percent-encoded as it came, without the query.
    ///
    /// It is decoded exactly once. A path in another spelling than ours (no slash at the end of a directory,
    /// `index.html`, upper case) leads to ours, straight and not by way of a second redirect.
    pub fn lookup(&self, path: &str) -> Lookup<'_> {
        if let Some(entry) = self.by_location.get(path) {
            return Lookup::Found(&entry.resource);
        }
        self.find(path)
            .unwrap_or_else(|| Lookup::NotFound(self.not_found(path)))
    }

    /// The page that says that there is nothing, in the language of the path.
    pub fn not_found(&self, path: &str) -> &Resource {
        self.not_found.nearest(self.base.strip(path))
    }

    /// The answer to a question asked at the path of a request: both percent-encoded as they came. Nothing where the
    /// path is not that of a search, or nothing was asked.
    pub fn search(&self, path: &str, query: Option<&str>) -> Option<Resource> {
        let body = self.search_page(path)?.answer(query?)?;
        Some(Resource::new(
            ContentType::Html,
            CachePolicy::Revalidate,
            body,
        ))
    }

    fn search_page(&self, path: &str) -> Option<&SearchPage> {
        self.search.get(self.base.inner(&path::decode(path)?)?)
    }

    /// Whether a question asked at the path of a request has to wait until [`Self::prepare_search`] was here.
    pub fn needs_search_index(&self, path: &str) -> bool {
        self.search_page(path).is_some_and(|it| !it.is_ready())
    }

    /// Gathers what can be found, once; the work of a second where there are ten thousand projects.
    pub fn prepare_search(&self) {
        self.search.values().for_each(SearchPage::prepare);
    }

    /// The page that says that only GET and HEAD are answered, in the language of the path.
    pub fn method_not_allowed(&self, path: &str) -> &Resource {
        self.method_not_allowed.nearest(self.base.strip(path))
    }

    /// Every path with its resource, sorted.
    pub fn paths(&self) -> impl Iterator<Item = (&str, &Resource)> {
        self.entries
            .iter()
            .map(|(path, entry)| (path.as_str(), &entry.resource))
    }

    /// Every redirect as its decoded path and its percent-encoded location, sorted.
    pub fn redirects(&self) -> impl Iterator<Item = (&str, &str)> {
        self.redirects
            .iter()
            .map(|(from, redirect)| (from.as_str(), redirect.location.as_str()))
    }

    /// The pages that stand at old paths where no server answers with a redirect, by decoded path, sorted.
    pub fn redirect_pages(&self) -> impl Iterator<Item = (&str, &Resource)> {
        let redirects = self.redirects.iter();
        redirects.filter_map(|(from, redirect)| Some((from.as_str(), redirect.page.as_ref()?)))
    }

    /// The page for what is not found, by language prefix, sorted; the first prefix is empty.
    pub fn not_found_pages(&self) -> impl Iterator<Item = (&str, &Resource)> {
        self.not_found
            .by_prefix
            .iter()
            .map(|(prefix, page)| (prefix.as_str(), page))
    }

    /// The location of a decoded path: with the mount path, percent-encoded.
    pub fn location(&self, path: &str) -> String {
        self.base.location(path)
    }

    /// The decoded mount path: empty, or such as `/recap`.
    pub fn base(&self) -> &str {
        &self.base.decoded
    }

    /// Whether there is nothing to show yet.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every resource, those of failed requests included.
    pub fn resources(&self) -> impl Iterator<Item = &Resource> {
        self.paths()
            .map(|(_, resource)| resource)
            .chain(self.not_found.by_prefix.values())
            .chain(self.method_not_allowed.by_prefix.values())
    }

    fn find(&self, path: &str) -> Option<Lookup<'_>> {
        let decoded = path::decode(path)?;
        if let Some(inner) = self.base.inner(&decoded)
            && let Some(entry) = self.entries.get(inner)
        {
            return Some(Lookup::Found(&entry.resource));
        }
        if decoded == "/" && !self.base.decoded.is_empty() {
            return self.canonical("/").map(Lookup::Redirect);
        }
        self.canonical_redirect(&decoded)
            .or_else(|| {
                let is_lower = !decoded.bytes().any(|byte| byte.is_ascii_uppercase());
                (!is_lower).then(|| self.canonical_redirect(&decoded.to_ascii_lowercase()))?
            })
            .map(Lookup::Redirect)
    }

    /// The location of what stands at a path with another end.
    fn canonical_redirect(&self, decoded: &str) -> Option<&str> {
        path_variants(self.base.inner(decoded)?).find_map(|path| self.canonical(&path))
    }

    /// The location of a path that is spelled as ours, or of what its alias stands for.
    fn canonical(&self, path: &str) -> Option<&str> {
        self.entries
            .get(path)
            .map(|entry| &entry.location)
            .or_else(|| self.redirects.get(path).map(|redirect| &redirect.location))
            .or_else(|| self.redirects_lowercase.get(path))
            .map(String::as_str)
    }
}

/// What the writer of a path may have meant, the likeliest first.
fn path_variants(path: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let with_slash = (!path.ends_with('/')).then(|| Cow::Owned(format!("{path}/")));
    let folder = path
        .ends_with("/index.html")
        .then(|| path.trim_end_matches("index.html").into());
    [Some(path.into()), with_slash, folder]
        .into_iter()
        .flatten()
}

/// A resource with the location that other spellings of its path lead to.
#[derive(Debug, PartialEq)]
struct Entry {
    resource: Resource,
    location: String,
}

/// Where what once stood under a path is now.
#[derive(Debug, PartialEq)]
struct Redirect {
    location: String,
    page: Option<Resource>,
}

/// One page for each language prefix.
#[derive(Debug, PartialEq)]
struct Pages {
    by_prefix: BTreeMap<String, Resource>,
    /// For a site that gave no page for the empty prefix.
    fallback: Resource,
}

impl Pages {
    /// The page of the longest prefix that the path lies under, whole segments compared.
    fn nearest(&self, path: &str) -> &Resource {
        self.by_prefix
            .iter()
            .filter(|(prefix, _)| {
                path.strip_prefix(prefix.as_str()).is_some_and(|rest| {
                    prefix.is_empty() || rest.is_empty() || rest.starts_with('/')
                })
            })
            .max_by_key(|(prefix, _)| prefix.len())
            .map_or(&self.fallback, |(_, page)| page)
    }
}

/// Where the site stands on its host.
#[derive(Debug, Default, PartialEq)]
struct BasePath {
    decoded: String,
    encoded: String,
}

impl BasePath {
    /// The part of a decoded path below the mount path; empty for the mount path without its slash.
    fn inner<'a>(&self, decoded: &'a str) -> Option<&'a str> {
        decoded
            .strip_prefix(self.decoded.as_str())
            .filter(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The same for a path as it came, and as good as can be had where it cannot be decoded.
    fn strip<'a>(&self, raw: &'a str) -> &'a str {
        raw.strip_prefix(self.encoded.as_str()).unwrap_or(raw)
    }

    fn location(&self, path: &str) -> String {
        format!("{}{}", self.encoded, path::encode(path))
    }
}

#[cfg(test)]
mod tests;
