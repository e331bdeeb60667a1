//! The finished site: an immutable map from URL path to resource, for the server and the export alike.
//!
//! 1. `builder` gathers what was rendered, and refuses what would contradict itself.
//! 2. `resource` is a body with its type, cache policy and entity tags, made when it is first asked for.
//! 3. `content_type` says what each kind of file is sent as, and for how long it may be kept.
//! 4. `compression` makes the smaller forms of a body, once for each distinct body.
//! 5. `path` tells which paths may stand in a site, and how they are written in a URL.
//! 6. `security` holds the header fields of every answer.
//!
//! Nothing here does I/O or is async. The keys of the map are decoded paths without the base path of the site's URL;
//! what leaves as a location has the base path and is percent-encoded.

use std::{collections::BTreeMap, sync::Arc};

use http::{HeaderName, HeaderValue};

use crate::render::{RenderContext, SearchPage};

mod builder;
mod compression;
mod content_type;
mod path;
mod resource;
mod security;

pub use self::{
    builder::SiteBuilder,
    compression::{CompressionCache, Encoding},
    content_type::{CachePolicy, ContentType},
    path::for_log as path_for_log,
    resource::Resource,
    security::{SECURITY_HEADERS, STRICT_TRANSPORT_SECURITY},
};

/// Every resource of a site, with what is answered where there is none.
#[derive(Debug)]
pub struct Site {
    resources: BTreeMap<String, Resource>,
    /// By old path: the one table of what stands elsewhere for good.
    redirects: BTreeMap<String, Redirect>,
    /// The targets of redirects whose paths have capitals, by those paths in lower case.
    redirects_lowercase: BTreeMap<String, String>,
    /// What answers a question, by the path of the page that asks.
    search: BTreeMap<String, SearchPage>,
    /// What the pages are written from.
    context: Option<Arc<RenderContext>>,
    not_found: ErrorPages,
    method_not_allowed: ErrorPages,
    base: BasePath,
    /// What stands in place of those of [`SECURITY_HEADERS`].
    player_headers: Vec<(HeaderName, HeaderValue)>,
}

/// Where what once stood under a path is now.
#[derive(Debug, PartialEq)]
struct Redirect {
    to: String,
    /// The page that leads on where no server redirects.
    page: Option<Resource>,
}

#[derive(Debug)]
pub enum Lookup<'a> {
    Found(&'a Resource),
    /// The resource stands elsewhere on this site for good. The location has the base path, is percent-encoded,
    /// lacks a query and begins with a single slash, so that it never leads to another host.
    Redirect(String),
    /// Nothing; this is the page that says so in the language of the path.
    NotFound(&'a Resource),
}

impl Site {
    pub fn builder() -> SiteBuilder {
        SiteBuilder::default()
    }

    /// What stands under the path of a request: percent-encoded as it came, without the query.
    ///
    /// It is decoded exactly once. A path in another spelling than ours (no slash at the end of a directory,
    /// `index.html`, upper case) leads to ours, straight and not by way of a second redirect.
    pub fn lookup(&self, path: &str) -> Lookup<'_> {
        // What most requests ask for stands there letter by letter.
        if !path.contains('%')
            && let Some(resource) = self.resources.get(self.base.inner(path))
        {
            return Lookup::Found(resource);
        }
        let found = path::decode(path).and_then(|decoded| self.find(&decoded));
        found.unwrap_or_else(|| Lookup::NotFound(self.not_found(path)))
    }

    /// The page that says that there is nothing, in the language of the path.
    pub fn not_found(&self, path: &str) -> &Resource {
        self.not_found.nearest(self.base.strip(path))
    }

    /// The page that says that only GET and HEAD are answered, in the language of the path.
    pub fn method_not_allowed(&self, path: &str) -> &Resource {
        self.method_not_allowed.nearest(self.base.strip(path))
    }

    /// Whether the path of a request, percent-encoded as it came, is that of a page that answers questions.
    pub fn has_search(&self, path: &str) -> bool {
        self.search_page(path).is_some()
    }

    /// The answer to a question asked at the path of a request: both percent-encoded as they came. Nothing where the
    /// path is not that of a search, or nothing was asked.
    pub fn search(&self, path: &str, query: &str) -> Option<Resource> {
        let body = self.search_page(path)?.answer(query)?;
        Some(Resource::new(ContentType::HTML, CachePolicy::Revalidate, body))
    }

    fn search_page(&self, path: &str) -> Option<&SearchPage> {
        self.search.get(self.base.inner(&path::decode(path)?))
    }

    /// Gathers what can be found, once; the work of a second where there are ten thousand projects. The first search
    /// does so otherwise.
    pub fn prepare_search(&self) {
        self.search.values().for_each(SearchPage::prepare);
    }

    pub fn paths(&self) -> impl Iterator<Item = (&str, &Resource)> {
        let resources = self.resources.iter();
        resources.map(|(path, resource)| (path.as_str(), resource))
    }

    /// The fields of every answer that are this site's own, in place of those of [`SECURITY_HEADERS`]: name and value.
    pub fn player_headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.player_headers
    }

    /// Every redirect as its decoded path and its percent-encoded location, sorted.
    pub fn redirects(&self) -> impl Iterator<Item = (&str, String)> {
        let redirects = self.redirects.iter();
        redirects.map(|(from, redirect)| (from.as_str(), self.location(&redirect.to)))
    }

    /// The pages that stand at old paths where no server answers with a redirect, by decoded path, sorted.
    pub fn redirect_pages(&self) -> impl Iterator<Item = (&str, &Resource)> {
        let redirects = self.redirects.iter();
        redirects.filter_map(|(from, redirect)| Some((from.as_str(), redirect.page.as_ref()?)))
    }

    /// The page for what is not found, by language prefix, sorted; the first prefix is empty.
    pub fn not_found_pages(&self) -> impl Iterator<Item = (&str, &Resource)> {
        let pages = self.not_found.by_prefix.iter();
        pages.map(|(prefix, page)| (prefix.as_str(), page))
    }

    /// Every resource, those of failed requests included.
    pub fn resources(&self) -> impl Iterator<Item = &Resource> {
        self.resources
            .values()
            .chain(self.not_found.by_prefix.values())
            .chain(self.method_not_allowed.by_prefix.values())
    }

    /// The location of a decoded path: with the base path, percent-encoded.
    pub fn location(&self, path: &str) -> String {
        format!("{}{}", self.base.encoded, path::encode(path))
    }

    /// The decoded base path: empty, or such as `/recap`.
    pub fn base(&self) -> &str {
        &self.base.decoded
    }

    /// What pages load under addresses that change with it, and another site has no more: styles, scripts, fonts, by
    /// their locations.
    pub fn lost_to(&self, other: &Self) -> impl Iterator<Item = (String, Resource)> {
        let lost = self.resources.iter().filter(|(path, resource)| {
            resource.cache_policy() == CachePolicy::Forever
                && resource.content_type() != ContentType::PNG
                // A picture that is withdrawn is gone.
                && resource.as_stored().is_none()
                && !other.resources.contains_key(*path)
        });
        lost.map(|(path, resource)| (self.location(path), resource.clone()))
    }

    /// What readers found here and another site has no more, by its locations: pages, files, and sizes of pictures.
    pub fn given_up_by(&self, other: &Self) -> impl Iterator<Item = String> {
        let gone = self.resources.iter().filter(|(path, resource)| {
            let is_own =
                resource.cache_policy() != CachePolicy::Forever || resource.as_stored().is_some();
            is_own && !other.resources.contains_key(*path)
        });
        gone.map(|(path, _)| self.location(path))
    }

    pub fn is_empty(&self) -> bool {
        self.resources.is_empty()
    }

    fn find(&self, decoded: &str) -> Option<Lookup<'_>> {
        if let Some(resource) = self.resources.get(self.base.inner(decoded)) {
            return Some(Lookup::Found(resource));
        }
        let path =
            self.canonical(decoded).or_else(|| self.canonical(&decoded.to_ascii_lowercase()))?;
        Some(Lookup::Redirect(self.location(path)))
    }

    /// The path of ours that a decoded one with another end stands for, by way of an alias too.
    fn canonical(&self, decoded: &str) -> Option<&str> {
        let path = self.base.inner(decoded);
        let folder = path.strip_suffix("/index.html").unwrap_or(path);
        [path, &format!("{folder}/")].into_iter().find_map(|path| {
            let resource = self.resources.get_key_value(path);
            let resource = resource.map(|(path, _)| path.as_str());
            resource
                .or_else(|| Some(self.redirects.get(path)?.to.as_str()))
                .or_else(|| Some(self.redirects_lowercase.get(path)?.as_str()))
        })
    }
}

/// Two are equal where every answer would be, whatever has been written and compressed so far.
impl PartialEq for Site {
    fn eq(&self, other: &Self) -> bool {
        match (&self.context, &other.context) {
            (Some(own), Some(others)) => Arc::ptr_eq(own, others) || own == others,
            (None, None) => {
                self.base == other.base
                    && self.resources == other.resources
                    && self.redirects == other.redirects
                    && self.not_found == other.not_found
                    && self.method_not_allowed == other.method_not_allowed
            }
            _ => false,
        }
    }
}

/// One page for each language prefix.
#[derive(Debug, PartialEq)]
struct ErrorPages {
    by_prefix: BTreeMap<String, Resource>,
    /// For a site that gave no page for the empty prefix.
    fallback: Resource,
}

impl ErrorPages {
    /// The page of the longest prefix that the path lies under, whole segments compared.
    fn nearest(&self, path: &str) -> &Resource {
        let lies_under = |prefix: &str| {
            path.strip_prefix(prefix)
                .is_some_and(|rest| prefix.is_empty() || rest.is_empty() || rest.starts_with('/'))
        };
        self.by_prefix
            .iter()
            .filter(|(prefix, _)| lies_under(prefix))
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
    /// The part of a decoded path below the base path; empty for the base path without its slash. A path without the
    /// base path is taken as it is: a proxy may have taken it off, and a redirect to it would lead back here for ever.
    fn inner<'a>(&self, decoded: &'a str) -> &'a str {
        let below = decoded.strip_prefix(self.decoded.as_str());
        let below = below.filter(|rest| rest.is_empty() || rest.starts_with('/'));
        below.unwrap_or(decoded)
    }

    /// The same for a path as it came, and as good as can be had where it cannot be decoded.
    fn strip<'a>(&self, raw: &'a str) -> &'a str {
        raw.strip_prefix(self.encoded.as_str()).unwrap_or(raw)
    }
}

#[cfg(test)]
mod tests;
