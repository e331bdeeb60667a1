//! What a page says of itself to machines: to messengers, search engines and feed readers.

use crate::language::LanguageId;
use crate::model::files;

use super::layout::{Context, PageMeta, alternates};

/// How messengers show a link to the page (Open Graph).
#[derive(Debug)]
pub(super) struct OpenGraph<'a> {
    /// The title, without the site's name.
    pub title: String,
    /// `website`, or `article` for a write-up.
    pub kind: &'static str,
    /// The locale of the text, such as `ko_KR`.
    pub locale: &'a str,
    /// The locales of its translations.
    pub other_locales: Vec<&'a str>,
}

impl<'a> OpenGraph<'a> {
    /// What is said of a page in a language.
    pub(super) fn new(context: Context<'a>, meta: &PageMeta) -> Self {
        let locale = |it: LanguageId| context.website.labels(it).language.locale.as_str();
        let shown = meta.shown(context.language);
        let others = meta.written.iter().filter(|it| **it != shown);
        Self {
            title: meta.title.clone(),
            kind: if meta.is_project() {
                "article"
            } else {
                "website"
            },
            locale: locale(shown),
            other_locales: others.map(|it| locale(*it)).collect(),
        }
    }
}

/// The content in another form.
#[derive(Debug)]
pub(super) struct AlternateLink<'a> {
    /// Its path.
    pub href: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its words.
    pub label: &'a str,
    /// Whether it is another form of this very page, or of the news of the whole site.
    pub is_alternate: bool,
}

/// The links of a page to the files for machines.
pub(super) fn file_links<'a>(context: Context<'a>, meta: &PageMeta) -> Vec<AlternateLink<'a>> {
    let labels = &context.labels.machines;
    let urls = context.urls();
    let path = meta.path.as_str();
    let link = |to: &str, media_type, label, is_alternate| AlternateLink {
        href: urls.page(to),
        media_type,
        label,
        is_alternate,
    };
    let mut links = vec![
        link(files::FEED, "application/atom+xml", &labels.feed, true),
        link(
            files::CALENDAR,
            "text/calendar",
            &labels.calendar,
            path == "/",
        ),
    ];
    if !context.has_data {
        return links;
    }
    links.push(link(
        files::PROJECTS,
        "application/json",
        &labels.projects,
        path == "/projects/",
    ));
    if meta.is_project() && !meta.is_draft {
        let data = format!("{path}{}", files::DATA_OF_PAGE);
        links.push(link(&data, "application/json", &labels.data, true));
        let markdown = format!("{path}{}", files::MARKDOWN_OF_PAGE);
        links.push(link(&markdown, "text/markdown", &labels.markdown, true));
    }
    links
}

/// A page as the sitemap lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SitemapEntry {
    /// The absolute address.
    pub address: String,
    /// The day on which it last changed.
    pub updated: String,
    /// Every language it was written in, with its address.
    pub alternates: Vec<(String, String)>,
}

impl SitemapEntry {
    /// The page for the sitemap; `None` for a page that only stands in for another, or that only a preview shows.
    pub(super) fn new(context: Context<'_>, meta: &PageMeta) -> Option<Self> {
        let is_own = meta.shown(context.language) == context.language && !meta.is_draft;
        let path = || {
            format!(
                "{}{}",
                context.website.languages.prefix(context.language),
                meta.path
            )
        };
        is_own.then(|| Self {
            address: context.base_url.absolute(&path()),
            updated: meta.updated.clone(),
            alternates: alternates(context, meta)
                .into_iter()
                .map(|it| (it.code.to_owned(), it.href))
                .collect(),
        })
    }
}
