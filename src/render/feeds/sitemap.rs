//! The list of pages for search engines (sitemaps.org, protocol 0.9), and where crawlers find it.

use askama::Template;
use rayon::prelude::*;

use crate::model::routes;

use super::super::context::RenderContext;
use super::super::page_meta::{HreflangLink, PageMeta};
use super::super::urls::BaseUrl;
use super::super::{Body, Format, Output};

/// How many pages one list holds. The protocol allows five times as many, and 50 MB: no page's entry needs 5 kB.
const MAX_PAGES: usize = 10_000;

#[derive(Template)]
#[template(path = "sitemap.xml")]
struct Sitemap<'a> {
    pages: &'a [SitemapEntry],
}

#[derive(Template)]
#[template(path = "sitemap-index.xml")]
struct SitemapIndex {
    /// The address of each list, and when it last changed.
    parts: Vec<(String, String)>,
}

struct SitemapEntry {
    address: String,
    updated: String,
    /// Every language it was written in, with its address.
    alternates: Vec<HreflangLink>,
}

/// The files that name every page: `robots.txt`, `sitemap.xml` and, where those are too many for
/// one list, its parts.
pub(in crate::render) fn files(render_context: &RenderContext) -> askama::Result<Vec<Output>> {
    let base_url = &render_context.base_url;
    let mut outputs = sitemaps(base_url, &entries(render_context), MAX_PAGES)?;
    let robots =
        format!("User-agent: *\nDisallow:\n\nSitemap: {}\n", base_url.absolute(routes::SITEMAP));
    outputs.push(Output {
        path: routes::ROBOTS.to_owned(),
        format: Format::Text,
        body: Body::Ready(robots.into_bytes()),
    });
    Ok(outputs)
}

/// The pages that search engines should know, in every language that they were written in.
fn entries(render_context: &RenderContext) -> Vec<SitemapEntry> {
    let mut entries = Vec::new();
    for language in render_context.site_data.website.languages.iter() {
        let context = render_context.context(language);
        let routes = context.routes.par_iter().filter(|it| it.is_in_sitemap());
        entries.par_extend(routes.filter_map(|route| {
            let meta = PageMeta::new(context, route);
            (meta.text_language == language).then(|| SitemapEntry {
                alternates: meta.alternates(context),
                address: meta.canonical.unwrap_or_default(),
                updated: meta.updated,
            })
        }));
    }
    entries
}

fn sitemaps(
    base_url: &BaseUrl,
    pages: &[SitemapEntry],
    max_pages: usize,
) -> askama::Result<Vec<Output>> {
    let output = |path: String, text: String| Output {
        path,
        format: Format::Sitemap,
        body: Body::Ready(text.into_bytes()),
    };
    if pages.len() <= max_pages {
        let whole = Sitemap { pages }.render()?;
        return Ok(vec![output(routes::SITEMAP.to_owned(), whole)]);
    }
    let mut outputs = Vec::new();
    let mut index = SitemapIndex { parts: Vec::new() };
    for (pages, number) in pages.chunks(max_pages).zip(1..) {
        let path = format!("/sitemap-{number}.xml");
        let updated = pages.iter().map(|it| it.updated.clone()).max();
        let part = (base_url.absolute(&path), updated.unwrap_or_default());
        index.parts.push(part);
        outputs.push(output(path, Sitemap { pages }.render()?));
    }
    outputs.push(output(routes::SITEMAP.to_owned(), index.render()?));
    Ok(outputs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(count: usize) -> Vec<SitemapEntry> {
        let page = |number| SitemapEntry {
            address: format!("https://example.org/{number}/"),
            updated: format!("2026-11-{:02}", number % 28 + 1),
            alternates: Vec::new(),
        };
        (0..count).map(page).collect()
    }

    #[test]
    fn more_pages_than_one_list_may_hold_are_parted() {
        let base_url = BaseUrl::new("https://example.org/recap/");
        let outputs = sitemaps(&base_url, &pages(7), 3).expect("templates that render");
        let paths: Vec<&str> = outputs.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml", "/sitemap.xml"]);
        let text = |index: usize| match &outputs[index].body {
            Body::Ready(body) => String::from_utf8_lossy(body).into_owned(),
            Body::Written(_) | Body::Drawn(_) | Body::Stored(_) => String::new(),
        };
        assert_eq!(text(2).matches("<loc>").count(), 1);
        assert!(text(3).contains("<loc>https://example.org/recap/sitemap-3.xml</loc>"));
        assert!(text(3).contains("<lastmod>2026-11-07</lastmod>"));
        let whole = sitemaps(&base_url, &pages(3), 3).expect("templates that render");
        assert_eq!(whole.len(), 1);
    }
}
