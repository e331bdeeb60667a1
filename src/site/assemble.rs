//! From what was rendered to what is delivered: types and cache policies.

use anyhow::Context;
use bytes::Bytes;
use rayon::prelude::*;

use super::{CachePolicy, ContentType, Resource, Site};
use crate::render::{Body, Format, LazyPage, Redirect, Rendered};

impl Site {
    /// The site of everything that was rendered.
    ///
    /// # Errors
    ///
    /// Where two files claim one path, or a redirect leads nowhere: mistakes that the check of the
    /// content should have found.
    pub fn from_rendered(rendered: Rendered) -> anyhow::Result<Self> {
        let mut builder = Self::builder();
        builder.base(&rendered.mount)?;
        let resources = rendered.outputs.into_par_iter().map(|output| {
            let (content_type, policy) = delivery(output.format, &output.path);
            let resource = match output.body {
                Body::Ready(body) => Resource::new(content_type, policy, body),
                Body::Written(writing) => {
                    Resource::written(content_type, policy, move || writing.write())
                }
                Body::Drawn(picture) => {
                    Resource::drawn(content_type, policy, picture.hash(), move || {
                        picture.draw().map(Bytes::from_owner)
                    })
                }
            };
            (output.path, resource)
        });
        for (path, resource) in resources.collect::<Vec<_>>() {
            builder
                .insert(&path, resource)
                .with_context(|| format!("cannot place {path}"))?;
        }
        for (path, page) in rendered.search {
            builder.search(&path, page);
        }
        builder.render_context(rendered.render_context);
        let page = |page: LazyPage| {
            Resource::written(ContentType::Html, CachePolicy::Revalidate, move || {
                page.write()
            })
        };
        for Redirect {
            from,
            to,
            page: body,
        } in rendered.redirects
        {
            builder
                .redirect(&from, to)
                .with_context(|| format!("cannot redirect {from}"))?
                .redirect_page(&from, page(body));
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

fn delivery(format: Format, path: &str) -> (ContentType, CachePolicy) {
    let end = path.rsplit('.').next().unwrap_or_default();
    match format {
        Format::Page => (ContentType::Html, CachePolicy::Revalidate),
        Format::Stylesheet => (ContentType::Css, CachePolicy::Forever),
        Format::Script => (ContentType::JavaScript, CachePolicy::Forever),
        Format::Font => (ContentType::Woff2, CachePolicy::Forever),
        Format::Drawing => (ContentType::Svg, CachePolicy::Revalidate),
        Format::Data => (ContentType::Json, CachePolicy::Revalidate),
        Format::Markdown => (ContentType::Markdown, CachePolicy::Revalidate),
        Format::Feed => (ContentType::Atom, CachePolicy::Revalidate),
        Format::Sitemap => (ContentType::Xml, CachePolicy::Revalidate),
        Format::Calendar => (ContentType::Calendar, CachePolicy::Revalidate),
        Format::Manifest => (ContentType::Manifest, CachePolicy::Revalidate),
        Format::Text => (ContentType::Text, CachePolicy::Revalidate),
        Format::Card => (ContentType::Png, CachePolicy::Forever),
        Format::Icon => (ContentType::Icon, CachePolicy::Revalidate),
        Format::Picture => {
            let content_type = match end {
                "webp" => ContentType::WebP,
                "jpg" | "jpeg" => ContentType::Jpeg,
                "avif" => ContentType::Avif,
                _ => ContentType::Png,
            };
            (content_type, CachePolicy::Revalidate)
        }
    }
}
