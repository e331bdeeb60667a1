//! Gathers a site, and refuses what would contradict itself.

use std::{
    collections::{BTreeMap, btree_map},
    sync::Arc,
};

use anyhow::{Context, Result, bail, ensure};

use crate::render::{RenderContext, SearchPage};

use super::{BasePath, CachePolicy, ContentType, Entry, Pages, Redirect, Resource, Site, path};

/// A site in the making.
#[derive(Debug, Default)]
pub struct SiteBuilder {
    resources: BTreeMap<String, Resource>,
    /// From path to path, both decoded.
    redirects: BTreeMap<String, String>,
    /// By decoded path of a redirect.
    redirect_pages: BTreeMap<String, Resource>,
    search: BTreeMap<String, SearchPage>,
    render_context: Option<Arc<RenderContext>>,
    not_found: BTreeMap<String, Resource>,
    method_not_allowed: BTreeMap<String, Resource>,
    base: BasePath,
}

impl SiteBuilder {
    /// Puts a resource under a decoded path without the mount path, such as `/projects/rrc/`.
    ///
    /// Fails where the path is taken, or is not one that a request could ask for.
    pub fn insert(&mut self, path: impl Into<String>, resource: Resource) -> Result<&mut Self> {
        put(&mut self.resources, path.into(), resource)?;
        Ok(self)
    }

    /// Leads from a decoded path to another for good; that a resource stands there is checked at the end.
    ///
    /// Fails where the path has a redirect already, or is not one that a request could ask for.
    pub fn redirect(
        &mut self,
        from: impl Into<String>,
        to: impl Into<String>,
    ) -> Result<&mut Self> {
        put(&mut self.redirects, from.into(), to.into())?;
        Ok(self)
    }

    /// The page that leads on from a redirect's path where there are only files and no server to redirect.
    pub fn redirect_page(&mut self, from: &str, page: Resource) -> &mut Self {
        self.redirect_pages.insert(from.to_owned(), page);
        self
    }

    /// What answers a question asked at a path.
    pub fn search(&mut self, path: &str, page: SearchPage) -> &mut Self {
        self.search.insert(path.to_owned(), page);
        self
    }

    /// What everything is written from, so that two sites can be compared without writing them.
    pub fn render_context(&mut self, render_context: Arc<RenderContext>) -> &mut Self {
        self.render_context = Some(render_context);
        self
    }

    /// The page for what is not found under a language prefix: empty for the first language, or such as `/en`.
    pub fn not_found(&mut self, prefix: &str, page: Resource) -> &mut Self {
        self.not_found.insert(prefix.to_owned(), page);
        self
    }

    /// The page for requests other than GET and HEAD under a language prefix.
    pub fn method_not_allowed(&mut self, prefix: &str, page: Resource) -> &mut Self {
        self.method_not_allowed.insert(prefix.to_owned(), page);
        self
    }

    /// Where the site stands on its host: the path of the site's URL as it is written there, such as `/recap`;
    /// a slash at the end makes no difference.
    ///
    /// Fails where it is not a path.
    pub fn base(&mut self, base: &str) -> Result<&mut Self> {
        let decoded = match base.trim_end_matches('/') {
            "" => String::new(),
            base => path::decode(base)
                .with_context(|| format!("`{base}` is no path to mount a site at"))?
                .into_owned(),
        };
        self.base = BasePath {
            encoded: path::encode(&decoded),
            decoded,
        };
        Ok(self)
    }

    /// The site, unless a redirect hides a resource or leads nowhere.
    pub fn build(mut self) -> Result<Site> {
        let mut redirects = BTreeMap::new();
        let mut redirects_lowercase = BTreeMap::new();
        for (from, to) in self.redirects {
            if self.resources.contains_key(&from) {
                bail!("`{from}` is a resource and a redirect to `{to}` at once");
            }
            if !self.resources.contains_key(&to) {
                bail!("the redirect from `{from}` leads to `{to}`, which the site does not have");
            }
            let page = self.redirect_pages.remove(&from);
            let location = self.base.location(&to);
            let lower = from.to_ascii_lowercase();
            if lower != from {
                redirects_lowercase.insert(lower, location.clone());
            }
            redirects.insert(from, Redirect { location, page });
        }
        let entry = |(path, resource): (String, Resource)| {
            let location = self.base.location(&path);
            (path, Arc::new(Entry { resource, location }))
        };
        let entries: BTreeMap<String, Arc<Entry>> = self.resources.into_iter().map(entry).collect();
        let by_location = entries
            .values()
            .map(|entry| (entry.location.as_str().into(), Arc::clone(entry)));
        Ok(Site {
            by_location: by_location.collect(),
            entries,
            redirects,
            redirects_lowercase,
            search: self.search,
            render_context: self.render_context,
            not_found: pages(self.not_found, "Not found\n"),
            method_not_allowed: pages(self.method_not_allowed, "Only GET and HEAD are answered\n"),
            base: self.base,
        })
    }
}

fn put<T>(map: &mut BTreeMap<String, T>, path: String, value: T) -> Result<()> {
    ensure!(
        path::is_safe(&path),
        "`{path}` is no path that a request could ask for"
    );
    match map.entry(path) {
        btree_map::Entry::Occupied(taken) => bail!("`{}` is given twice", taken.key()),
        btree_map::Entry::Vacant(free) => free.insert(value),
    };
    Ok(())
}

fn pages(by_prefix: BTreeMap<String, Resource>, fallback: &str) -> Pages {
    Pages {
        by_prefix,
        fallback: Resource::new(ContentType::Text, CachePolicy::Revalidate, fallback),
    }
}

#[cfg(test)]
mod tests {
    use super::{CachePolicy, ContentType, Resource, Site, SiteBuilder};

    fn page() -> Resource {
        Resource::new(ContentType::Html, CachePolicy::Revalidate, "")
    }

    #[track_caller]
    fn refused(build: impl FnOnce(&mut SiteBuilder) -> anyhow::Result<()>) -> String {
        let mut builder = Site::builder();
        let result = build(&mut builder).and_then(|()| builder.build());
        result.expect_err("a contradiction").to_string()
    }

    #[test]
    fn a_path_is_given_once() {
        let message = refused(|site| site.insert("/a/", page())?.insert("/a/", page()).map(drop));
        assert_eq!(message, "`/a/` is given twice");
        let message = refused(|site| {
            site.insert("/a/", page())?.insert("/b/", page())?;
            site.redirect("/a/", "/b/").map(drop)
        });
        assert_eq!(
            message,
            "`/a/` is a resource and a redirect to `/b/` at once"
        );
    }

    #[test]
    fn a_redirect_leads_to_a_page_of_this_site() {
        for target in [
            "/gone/",
            "https://example.org/",
            "//example.org/",
            "/\\example.org",
        ] {
            let message = refused(|site| site.redirect("/old/", target).map(drop));
            assert!(message.contains(target), "{message}");
        }
    }

    #[test]
    fn what_no_request_can_ask_for_is_refused() {
        for path in ["", "projects/", "//host/", "/../x", "/a\nb"] {
            refused(|site| site.insert(path, page()).map(drop));
        }
        refused(|site| site.base("//example.org").map(drop));
    }
}
