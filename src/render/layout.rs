//! What surrounds every page: head, navigation, language switch, foot.

use crate::language::LanguageId;
use crate::model::{Labels, Website, files};

use super::address::{Addresses, Place};
use super::feeds::json_ld::{self, Value};
use super::head::{FileLink, Social, file_links};
use super::letters::Letters;
use super::og_image::OgImages;
use super::relations::Relations;

/// What all pages of a site share while they are rendered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'a> {
    /// The content.
    pub website: &'a Website,
    /// The day on which anything that readers see last changed.
    pub updated: &'a str,
    /// Where the site is.
    pub place: &'a Place,
    /// The path of the stylesheet.
    pub stylesheet: &'a str,
    /// The path of the script.
    pub script: &'a str,
    /// The path of the script of pages that moved.
    pub moved_script: &'a str,
    /// The path of the font.
    pub font: &'a str,
    /// The path of the font for what the first page shows first.
    pub first_font: &'a str,
    /// Whether projects are there as JSON and Markdown as well.
    pub has_data: bool,
    /// The lettering.
    pub letters: &'a Letters,
    /// The preview cards.
    pub og_images: &'a OgImages,
    /// Which projects stand beside which.
    pub relations: &'a Relations,
}

impl<'a> Site<'a> {
    /// The code of a language.
    #[must_use]
    pub(super) fn code(&self, language: LanguageId) -> &'a str {
        self.website.languages.code(language)
    }

    /// The addresses for readers of a language.
    #[must_use]
    pub(super) fn addresses(&self, language: LanguageId) -> Addresses<'a> {
        Addresses {
            place: self.place,
            languages: &self.website.languages,
            language,
        }
    }
}

/// The page itself, as its frame needs to know it.
#[derive(Debug)]
pub(super) struct Subject {
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

impl Subject {
    /// The language that the text is shown in: that of the page or, where it lacks, the first one
    /// that there is.
    #[must_use]
    pub(super) fn shown(&self, language: LanguageId) -> LanguageId {
        let first = self.written.first().copied().unwrap_or(language);
        if self.written.contains(&language) {
            language
        } else {
            first
        }
    }

    /// Whether it is the page of a project.
    #[must_use]
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
pub(super) struct Switch<'a> {
    /// The language's code.
    pub code: &'a str,
    /// The language's name for itself.
    pub name: &'a str,
    /// The page in that language.
    pub href: String,
}

/// The page in a language, as search engines are told.
#[derive(Debug)]
pub(super) struct Alternate<'a> {
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
pub(super) struct Frame<'a> {
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
    pub alternates: Vec<Alternate<'a>>,
    /// What messengers show.
    pub social: Social<'a>,
    /// The content in other forms.
    pub files: Vec<FileLink<'a>>,
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
    pub is_opening: bool,
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
    pub switches: Vec<Switch<'a>>,
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

impl<'a> Frame<'a> {
    /// The frame of a page.
    #[must_use]
    pub(super) fn new(site: Site<'a>, language: LanguageId, subject: &Subject) -> Self {
        let website = site.website;
        let addresses = site.addresses(language);
        let labels = website.labels(language);
        let languages = &website.languages;
        let event = &website.event;
        let path = subject.path.as_str();
        let in_language = |it: LanguageId| format!("{}{path}", languages.prefix(it));
        let brand = event.name.text(language);
        let is_home = path == "/";
        let title = if is_home {
            subject.title.clone()
        } else {
            let pattern = &labels.site.title;
            pattern
                .replace("{title}", &subject.title)
                .replace("{site}", brand)
        };
        Self {
            lang: languages.code(language),
            text_lang: languages.code(subject.shown(language)),
            labels,
            title,
            description: subject.description.clone(),
            canonical: Some(site.place.absolute(&in_language(subject.shown(language)))),
            alternates: if subject.written.contains(&language) {
                alternates(site, subject)
            } else {
                Vec::new()
            },
            social: Social::new(site, language, subject),
            files: file_links(site, language, subject),
            manifest: addresses.page(files::MANIFEST),
            data: String::new(),
            card: site
                .og_images
                .get(&in_language(language))
                .map(|card| OgImageLink {
                    href: site.place.absolute(&card.path),
                    alt: card.alt.clone(),
                }),
            stylesheet: site.place.link(site.stylesheet),
            script: site.place.link(site.script),
            font: site.place.link(site.font),
            is_opening: false,
            icons: event.emblem.is_some().then(|| IconLinks {
                svg: site.place.link("/favicon.svg"),
                ico: site.place.link("/favicon.ico"),
                touch: site.place.link("/apple-touch-icon.png"),
            }),
            brand,
            emblem: shapes(event.emblem.as_deref()),
            home: addresses.page("/"),
            navigation: navigation(addresses, labels, path),
            switches: languages
                .iter()
                .filter(|it| *it != language)
                .map(|it| Switch {
                    code: languages.code(it),
                    name: &website.labels(it).language.name,
                    href: site.place.link(&in_language(it)),
                })
                .collect(),
            source: subject.source.clone(),
            edit: event
                .source_url
                .as_ref()
                .zip(subject.source.as_ref())
                .map(|(url, file)| format!("{url}{file}")),
            contact: event.contact.as_deref(),
            page_updated: subject.updated.clone(),
            updated: event.updated.to_string(),
            updated_words: labels.dates.full(event.updated),
        }
    }

    /// The frame of the first page, whose first view has a font of its own.
    #[must_use]
    pub(super) fn with_first_font(mut self, site: Site<'a>) -> Self {
        self.font = site.place.link(site.first_font);
        self.is_opening = true;
        self
    }

    /// The frame with what search engines are told of the page.
    #[must_use]
    pub(super) fn with_data(mut self, data: impl FnOnce(&Self) -> Value) -> Self {
        self.data = json_ld::script(&data(&self));
        self
    }

    /// The frame of a page that stands for no address, such as «not found».
    #[must_use]
    pub(super) fn without_address(
        site: Site<'a>,
        language: LanguageId,
        title: &str,
        text: &str,
    ) -> Self {
        let subject = Subject {
            path: "/".to_owned(),
            title: title.to_owned(),
            description: text.to_owned(),
            source: None,
            written: Vec::new(),
            updated: site.website.event.updated.to_string(),
            is_draft: false,
        };
        let frame = Self::new(site, language, &subject);
        let pattern = &frame.labels.site.title;
        let title = pattern
            .replace("{title}", title)
            .replace("{site}", frame.brand);
        Self {
            title,
            canonical: None,
            alternates: Vec::new(),
            card: None,
            navigation: navigation(site.addresses(language), frame.labels, ""),
            ..frame
        }
    }
}

pub(super) fn alternates<'a>(site: Site<'a>, subject: &Subject) -> Vec<Alternate<'a>> {
    let languages = &site.website.languages;
    let address = |it: LanguageId| {
        let path = format!("{}{}", languages.prefix(it), subject.path);
        site.place.absolute(&path)
    };
    let mut alternates: Vec<_> = subject
        .written
        .iter()
        .map(|&it| Alternate {
            code: languages.code(it),
            href: address(it),
        })
        .collect();
    if let Some(&first) = subject.written.first() {
        alternates.push(Alternate {
            code: "x-default",
            href: address(first),
        });
    }
    alternates
}

fn navigation<'a>(
    addresses: Addresses<'_>,
    labels: &'a Labels,
    path: &str,
) -> Vec<NavigationLink<'a>> {
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
            href: addresses.page(to),
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
