//! What surrounds every page: head, navigation, language switch, foot.

use crate::language::{LanguageId, Localized};
use crate::model::{Labels, Website, files};

use super::feeds::json_ld::{self, Value};
use super::head::{AlternateLink, OpenGraph, file_links};
use super::lettering_cache::LetteringCache;
use super::localized_text::LocalizedText;
use super::og_image::OgImages;
use super::relations::Relations;
use super::urls::{BaseUrl, UrlBuilder};

/// What all pages of a site share while they are rendered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    /// The reader's language.
    pub language: LanguageId,
    /// The interface's words in it.
    pub labels: &'a Labels,
    /// The content.
    pub website: &'a Website,
    /// The day on which anything that readers see last changed.
    pub updated: &'a str,
    /// Where the site is.
    pub base_url: &'a BaseUrl,
    /// The path of the stylesheet.
    pub stylesheet: &'a str,
    /// The path of the script.
    pub script: &'a str,
    /// The path of the script of pages that moved.
    pub redirect_script: &'a str,
    /// The path of the font.
    pub font: &'a str,
    /// The path of the font for what the first page shows first.
    pub first_font: &'a str,
    /// Whether projects are there as JSON and Markdown as well.
    pub has_data: bool,
    /// The lettering.
    pub lettering_cache: &'a LetteringCache,
    /// The preview cards.
    pub og_images: &'a OgImages,
    /// Which projects stand beside which.
    pub relations: &'a Relations,
}

impl<'a> Context<'a> {
    /// The same for readers of another language.
    pub(super) fn in_language(self, language: LanguageId) -> Self {
        let labels = self.website.labels(language);
        Self {
            language,
            labels,
            ..self
        }
    }

    /// A text in the reader's language, or what stands in for it.
    pub(super) fn text(&self, text: &'a Localized<String>) -> LocalizedText<'a> {
        LocalizedText::new(text, self.language, &self.website.languages)
    }

    /// The code of a language.
    pub(super) fn code(&self, language: LanguageId) -> &'a str {
        self.website.languages.code(language)
    }

    /// The addresses for readers of a language.
    pub(super) fn urls(&self) -> UrlBuilder<'a> {
        UrlBuilder {
            base_url: self.base_url,
            languages: &self.website.languages,
            language: self.language,
        }
    }
}

/// The page itself, as its frame needs to know it.
#[derive(Debug)]
pub(super) struct PageMeta {
    /// The path without a language, such as `/projects/rrc/`.
    pub path: String,
    /// The title, without the site's name.
    pub title: String,
    /// What a search result says of it.
    pub description: String,
    /// The content file that the page comes from, from the content folder.
    pub source: Option<String>,
    /// The languages in which the page's text was really written.
    pub written: Vec<LanguageId>,
    /// The day on which what the page shows last changed.
    pub updated: String,
    /// Whether only a preview shows the page.
    pub is_draft: bool,
}

impl PageMeta {
    /// The language that the text is shown in: that of the page or, where it lacks, the first one
    /// that there is.
    pub(super) fn shown(&self, language: LanguageId) -> LanguageId {
        let first = self.written.first().copied().unwrap_or(language);
        if self.written.contains(&language) {
            language
        } else {
            first
        }
    }

    /// Whether it is the page of a project.
    pub(super) fn is_project(&self) -> bool {
        let inner = self.path.strip_prefix("/projects/");
        inner.is_some_and(|it| it.find('/') == Some(it.len().saturating_sub(1)))
    }
}

/// A link of the navigation.
#[derive(Debug)]
pub(super) struct NavigationLink<'a> {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub label: &'a str,
    /// `page` where it leads to this page, `true` where to the part that the page belongs to.
    pub current: Option<&'static str>,
}

/// A link to the page in another language.
#[derive(Debug)]
pub(super) struct LanguageLink<'a> {
    /// The language's code.
    pub code: &'a str,
    /// The language's name for itself.
    pub name: &'a str,
    /// The page in that language.
    pub href: String,
}

/// The page in a language, as search engines are told.
#[derive(Debug)]
pub(super) struct HreflangLink<'a> {
    /// The language's code, or `x-default`.
    pub code: &'a str,
    /// The absolute address.
    pub href: String,
}

/// The picture that messengers show beside a link to the page: a PNG of 1200 × 630.
#[derive(Clone, Debug)]
pub(super) struct OgImageLink {
    /// Its absolute address.
    pub href: String,
    /// What is to be seen on it, in words.
    pub alt: String,
}

/// Where the icons are.
#[derive(Clone, Debug)]
pub(super) struct IconLinks {
    /// The drawing.
    pub svg: String,
    /// For readers that know no drawings.
    pub ico: String,
    /// For home screens.
    pub touch: String,
}

/// What stands around the text of a page.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    /// The language's code.
    pub lang: &'a str,
    /// The code of the language that the text is in, where another one stands in.
    pub text_lang: &'a str,
    /// The interface's words.
    pub labels: &'a Labels,
    /// The whole title.
    pub title: String,
    /// What a search result says of the page.
    pub description: String,
    /// The address that search engines should know: the page's own or, where its text stands in for
    /// one that lacks, that of the page the text was written for.
    pub canonical: Option<String>,
    /// The page in every language it was written in; none where its text only stands in.
    pub alternates: Vec<HreflangLink<'a>>,
    /// What messengers show.
    pub open_graph: OpenGraph<'a>,
    /// The content in other forms.
    pub files: Vec<AlternateLink<'a>>,
    /// The web application manifest.
    pub manifest: String,
    /// What search engines are told in JSON-LD, safe to stand in a script element; empty for nothing.
    pub data: String,
    /// The preview picture; `None` for a page without one.
    pub card: Option<OgImageLink>,
    /// The stylesheet.
    pub stylesheet: String,
    /// The script, which only makes comfortable what works without it.
    pub script: String,
    /// The font, fetched before the stylesheet asks for it.
    pub font: String,
    /// Whether that is the one for what is shown first, and the whole one follows it.
    pub has_first_font: bool,
    /// The event's emblem for browser tabs and home screens, if it has one.
    pub icons: Option<IconLinks>,
    /// The event's name.
    pub brand: &'a str,
    /// The event's emblem.
    pub emblem: &'a str,
    /// The first page in this language.
    pub home: String,
    /// The main navigation.
    pub navigation: Vec<NavigationLink<'a>>,
    /// The other languages.
    pub language_links: Vec<LanguageLink<'a>>,
    /// The content file that the page comes from.
    pub source: Option<String>,
    /// Where the page's source can be edited.
    pub edit: Option<String>,
    /// Where mistakes can be reported.
    pub contact: Option<&'a str>,
    /// The day on which what this page shows last changed.
    pub page_updated: String,
    /// When the content last changed, for machines.
    pub updated: String,
    /// When the content last changed, in words.
    pub updated_words: String,
}

impl<'a> Layout<'a> {
    /// The frame of a page.
    pub(super) fn new(context: Context<'a>, meta: &PageMeta) -> Self {
        let website = context.website;
        let urls = context.urls();
        let labels = context.labels;
        let languages = &website.languages;
        let event = &website.event;
        let path = meta.path.as_str();
        let in_language = |it: LanguageId| format!("{}{path}", languages.prefix(it));
        let brand = event.name.text(context.language);
        let is_home = path == "/";
        let title = if is_home {
            meta.title.clone()
        } else {
            let pattern = &labels.site.title;
            pattern
                .replace("{title}", &meta.title)
                .replace("{site}", brand)
        };
        Self {
            lang: languages.code(context.language),
            text_lang: languages.code(meta.shown(context.language)),
            labels,
            title,
            description: meta.description.clone(),
            canonical: Some(
                context
                    .base_url
                    .absolute(&in_language(meta.shown(context.language))),
            ),
            alternates: if meta.written.contains(&context.language) {
                alternates(context, meta)
            } else {
                Vec::new()
            },
            open_graph: OpenGraph::new(context, meta),
            files: file_links(context, meta),
            manifest: urls.page(files::MANIFEST),
            data: String::new(),
            card: context
                .og_images
                .get(&in_language(context.language))
                .map(|card| OgImageLink {
                    href: context.base_url.absolute(&card.path),
                    alt: card.alt.clone(),
                }),
            stylesheet: context.base_url.link(context.stylesheet),
            script: context.base_url.link(context.script),
            font: context.base_url.link(context.font),
            has_first_font: false,
            icons: event.emblem.is_some().then(|| IconLinks {
                svg: context.base_url.link("/favicon.svg"),
                ico: context.base_url.link("/favicon.ico"),
                touch: context.base_url.link("/apple-touch-icon.png"),
            }),
            brand,
            emblem: shapes(event.emblem.as_deref()),
            home: urls.page("/"),
            navigation: navigation(urls, labels, path),
            language_links: languages
                .iter()
                .filter(|it| *it != context.language)
                .map(|it| LanguageLink {
                    code: languages.code(it),
                    name: &website.labels(it).language.name,
                    href: context.base_url.link(&in_language(it)),
                })
                .collect(),
            source: meta.source.clone(),
            edit: event
                .source_url
                .as_ref()
                .zip(meta.source.as_ref())
                .map(|(url, file)| format!("{url}{file}")),
            contact: event.contact.as_deref(),
            page_updated: meta.updated.clone(),
            updated: event.updated.to_string(),
            updated_words: labels.dates.full(event.updated),
        }
    }

    /// The frame of the first page, whose first view has a font of its own.
    pub(super) fn with_first_font(mut self, context: Context<'a>) -> Self {
        self.font = context.base_url.link(context.first_font);
        self.has_first_font = true;
        self
    }

    /// The frame with what search engines are told of the page.
    pub(super) fn with_data(mut self, data: impl FnOnce(&Self) -> Value) -> Self {
        self.data = json_ld::script(&data(&self));
        self
    }

    /// The frame of a page that stands for no address, such as «not found».
    pub(super) fn without_address(context: Context<'a>, title: &str, text: &str) -> Self {
        let meta = PageMeta {
            path: "/".to_owned(),
            title: title.to_owned(),
            description: text.to_owned(),
            source: None,
            written: Vec::new(),
            updated: context.website.event.updated.to_string(),
            is_draft: false,
        };
        let layout = Self::new(context, &meta);
        let pattern = &layout.labels.site.title;
        let title = pattern
            .replace("{title}", title)
            .replace("{site}", layout.brand);
        Self {
            title,
            canonical: None,
            alternates: Vec::new(),
            card: None,
            navigation: navigation(context.urls(), layout.labels, ""),
            ..layout
        }
    }
}

pub(super) fn alternates<'a>(context: Context<'a>, meta: &PageMeta) -> Vec<HreflangLink<'a>> {
    let languages = &context.website.languages;
    let address = |it: LanguageId| {
        let path = format!("{}{}", languages.prefix(it), meta.path);
        context.base_url.absolute(&path)
    };
    let mut alternates: Vec<_> = meta
        .written
        .iter()
        .map(|&it| HreflangLink {
            code: languages.code(it),
            href: address(it),
        })
        .collect();
    if let Some(&first) = meta.written.first() {
        alternates.push(HreflangLink {
            code: "x-default",
            href: address(first),
        });
    }
    alternates
}

fn navigation<'a>(urls: UrlBuilder<'_>, labels: &'a Labels, path: &str) -> Vec<NavigationLink<'a>> {
    let site = &labels.site;
    let links = [
        ("/", &site.home),
        ("/projects/", &site.projects),
        ("/topics/", &site.topics),
        ("/glossary/", &site.glossary),
        ("/about/", &site.about),
        ("/search/", &site.search),
    ];
    links
        .into_iter()
        .map(|(to, label)| NavigationLink {
            href: urls.page(to),
            label,
            current: if to == path {
                Some("page")
            } else if to != "/" && path.starts_with(to) {
                Some("true")
            } else {
                None
            },
        })
        .collect()
}

/// The shapes inside a checked drawing's `svg` element, so that the page's own element can say how
/// they are shown.
pub(super) fn shapes(drawing: Option<&str>) -> &str {
    let drawing = drawing.unwrap_or_default();
    let inner = drawing.find('>').zip(drawing.rfind("</svg>"));
    inner.map_or("", |(start, end)| {
        drawing.get(start + 1..end).unwrap_or_default()
    })
}
