//! Gathers a site, and refuses what would contradict itself.

use std::{
    collections::{BTreeMap, btree_map},
    sync::Arc,
};

use anyhow::{Context, Result, bail, ensure};
use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use super::{
    BasePath, CachePolicy, ContentType, ErrorPages, Redirect, Resource, Site,
    content_type::delivery, path, security::player_headers,
};
use crate::render::{Body, LazyPage, RenderContext, Rendered, SearchPage};

impl Site {
    /// The site of everything that was rendered.
    ///
    /// Fails where two files claim one path, or a redirect leads nowhere: mistakes that the check of the content
    /// should have found.
    pub fn from_rendered(rendered: Rendered) -> Result<Self> {
        let mut builder = Self::builder();
        builder.base(&rendered.mount)?;
        builder.player_headers = player_headers(&rendered.players);
        builder.context = Some(rendered.render_context);
        builder.search.extend(rendered.search);
        for output in rendered.outputs {
            let (content_type, policy) = delivery(output.format, &output.path);
            let resource = match output.body {
                Body::Ready(body) => Resource::new(content_type, policy, body),
                Body::Written(page) => {
                    Resource::lazy(content_type, policy, move || Ok(page.write().into()))
                }
                Body::Stored(served) => Resource::stored(content_type, policy, served),
                Body::Drawn(picture) => Resource::lazy(content_type, policy, move || {
                    picture.draw().map(Bytes::from_owner)
                }),
            };
            builder.insert(output.path, resource)?;
        }
        for redirect in rendered.redirects {
            builder.redirect(&redirect.from, redirect.to)?;
            builder.redirect_page(&redirect.from, page(redirect.page));
        }
        for (prefix, body) in rendered.not_found {
            builder.not_found(&prefix, page(body));
        }
        for (prefix, body) in rendered.method_not_allowed {
            builder.method_not_allowed(&prefix, page(body));
        }
        builder.build()
    }
}

fn page(page: LazyPage) -> Resource {
    Resource::lazy(ContentType::HTML, CachePolicy::Revalidate, move || Ok(page.write().into()))
}

#[derive(Debug, Default)]
pub struct SiteBuilder {
    resources: BTreeMap<String, Resource>,
    /// From path to path, both decoded.
    redirects: BTreeMap<String, String>,
    /// By the path of a redirect.
    redirect_pages: BTreeMap<String, Resource>,
    search: BTreeMap<String, SearchPage>,
    context: Option<Arc<RenderContext>>,
    not_found: BTreeMap<String, Resource>,
    method_not_allowed: BTreeMap<String, Resource>,
    base: BasePath,
    player_headers: Vec<(HeaderName, HeaderValue)>,
}

impl SiteBuilder {
    /// Puts a resource under a decoded path without the base path, such as `/projects/alpha/`.
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
                .with_context(|| format!("`{base}` is no path for a site"))?
                .into_owned(),
        };
        self.base = BasePath { encoded: path::encode(&decoded), decoded };
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
            let lowercase = from.to_ascii_lowercase();
            if lowercase != from {
                redirects_lowercase.insert(lowercase, to.clone());
            }
            let page = self.redirect_pages.remove(&from);
            redirects.insert(from, Redirect { to, page });
        }
        Ok(Site {
            resources: self.resources,
            redirects,
            redirects_lowercase,
            search: self.search,
            context: self.context,
            not_found: error_pages(self.not_found, "Not found\n"),
            method_not_allowed: error_pages(
                self.method_not_allowed,
                "Only GET and HEAD are answered\n",
            ),
            base: self.base,
            player_headers: self.player_headers,
        })
    }
}

fn put<T>(map: &mut BTreeMap<String, T>, path: String, value: T) -> Result<()> {
    ensure!(path::is_safe(&path), "`{path}` is no path that a request could ask for");
    match map.entry(path) {
        btree_map::Entry::Occupied(taken) => bail!("`{}` is given twice", taken.key()),
        btree_map::Entry::Vacant(free) => free.insert(value),
    };
    Ok(())
}

fn error_pages(by_prefix: BTreeMap<String, Resource>, fallback: &str) -> ErrorPages {
    ErrorPages {
        by_prefix,
        fallback: Resource::new(ContentType::TEXT, CachePolicy::Revalidate, fallback),
    }
}

#[cfg(test)]
mod tests {
    use super::{CachePolicy, ContentType, Resource, Site, SiteBuilder};

    fn page() -> Resource {
        Resource::new(ContentType::HTML, CachePolicy::Revalidate, "")
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
        assert_eq!(message, "`/a/` is a resource and a redirect to `/b/` at once");
    }

    #[test]
    fn a_redirect_leads_to_a_page_of_this_site() {
        for target in ["/gone/", "https://example.org/", "//example.org/", "/\\example.org"] {
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
