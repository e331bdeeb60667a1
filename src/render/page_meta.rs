//! What a page is, without the page: its head, the sitemap and JSON-LD say the same of it.

use super::context::Context;
use super::og_image;
use super::when;
use crate::language::{LanguageId, Localized, fill};
use crate::model::routes::{Kind, Route};
use crate::model::{Project, Website};

#[derive(Debug)]
pub(super) struct PageMeta {
    /// `None` for an error page, which stands for no address.
    pub kind: Option<Kind>,
    /// The path without a language, such as `/projects/alpha/`.
    pub path: String,
    /// The title, without the site's name.
    pub title: String,
    /// What a search result says of it.
    pub description: String,
    /// The content file that the page comes from, from the content folder.
    pub source: Option<String>,
    /// The languages in which the page's text was really written.
    pub languages: Vec<LanguageId>,
    /// The language that the text is shown in: the reader's or, where it lacks, the first one that there is.
    pub text_language: LanguageId,
    /// The address that search engines should know: the page's own or, where its text stands in for one that lacks,
    /// that of the page the text was written for. `None` for a page that they should not know.
    pub canonical: Option<String>,
    /// The day on which what the page shows last changed.
    pub updated: String,
    /// Whether only a preview shows the page.
    pub is_draft: bool,
    /// `None` for a page without one.
    pub card: Option<CardLink>,
}

/// The picture that messengers show beside a link to a page: its cover, or a card that is drawn.
#[derive(Clone, Debug)]
pub(super) struct CardLink {
    pub href: String,
    /// What is to be seen on it, in words.
    pub alt: String,
    /// In pixels.
    pub size: (u32, u32),
    pub media_type: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HreflangLink {
    /// The language's code, or `x-default`.
    pub code: String,
    pub href: String,
}

impl PageMeta {
    pub(super) fn new(context: Context<'_>, route: &Route) -> Self {
        let Context { website, labels, language, .. } = context;
        let event = &website.event;
        let project = match route.kind {
            Kind::Project(index) => Some(&website.projects[index]),
            _ => None,
        };
        let brand = event.name.text(language);
        let own = |title: &str, description: &str| {
            (title.to_owned(), fill(description, &[("event", brand)]))
        };
        let count = |words| labels.numbers.count(words, website.projects.len());
        let (title, description) = match route.kind {
            Kind::Projects { page } => {
                let title = count(&labels.entries.title);
                let description = count(&labels.entries.description);
                own(&labels.list.page_title(&title, page), &description)
            }
            Kind::Schedule => own(&labels.schedule.title, &labels.schedule.description),
            Kind::People => own(&labels.people.title, &labels.people.description),
            Kind::Topics => own(&labels.topic.title, &labels.entries.topics_description),
            Kind::Topic { topic, page } => {
                let topic = &website.topics[topic];
                let name = topic.name.text(language);
                let text = topic.text.as_ref().map_or("", |it| it.text(language));
                let values = [("topic", name), ("text", text), ("event", brand)];
                let title = fill(&labels.topic.one_title, &values);
                let description = fill(&labels.entries.topic_description, &values);
                let title = labels.list.page_title(&title, page);
                (title, description.trim().to_owned())
            }
            Kind::Glossary => own(&labels.glossary.title, &labels.glossary.description),
            Kind::Search => own(&labels.search.title, &labels.search.description),
            kind => {
                let (name, texts) = own_texts(website, kind);
                let texts = texts.iter().map(|it| it.text(language));
                let mut texts: Vec<&str> = texts.collect();
                let time = match kind {
                    Kind::Project(index) => when::line(context, &website.projects[index]),
                    _ => None,
                };
                let event =
                    time.map_or_else(|| context.event_line(), |it| format!("{it} · {brand}"));
                if texts.is_empty() || matches!(kind, Kind::Person(_)) {
                    texts.push(&event);
                }
                (name.text(language).to_owned(), texts.join(" · "))
            }
        };
        let prose = website.prose(route.kind);
        let text_language = prose.map_or(language, |it| it.get(language).language);
        let in_language =
            |it: LanguageId| format!("{}{}", website.languages.prefix(it), route.path);
        Self {
            kind: Some(route.kind),
            path: route.path.clone(),
            title,
            description,
            source: route.source().map(|source| match source.strip_suffix('/') {
                Some(folder) if prose.is_none() && route.kind != Kind::Home => {
                    let facts = match route.kind {
                        Kind::Person(_) => "person.yaml".to_owned(),
                        Kind::Page(_) => "page.yaml".to_owned(),
                        _ => event.entries.file_name(),
                    };
                    format!("{folder}/{facts}")
                }
                Some(folder) => format!("{folder}/{}.md", context.code(text_language)),
                None => source.clone(),
            }),
            languages: match prose {
                Some(prose) => prose.languages().collect(),
                None => website.languages.iter().collect(),
            },
            text_language,
            canonical: Some(context.base_url.absolute(&in_language(text_language))),
            updated: match (route.kind, project) {
                (_, Some(project)) => project.updated.unwrap_or(event.updated()).to_string(),
                (Kind::Page(_), None) => event.updated().to_string(),
                _ => context.updated.to_owned(),
            },
            is_draft: route.is_draft,
            card: card(context, project, &in_language(language)),
        }
    }

    /// What an error page is: like the first page, but for what it says.
    pub(super) fn error(context: Context<'_>, title: &str, text: &str) -> Self {
        Self {
            kind: None,
            canonical: None,
            title: title.to_owned(),
            description: text.to_owned(),
            source: None,
            languages: Vec::new(),
            text_language: context.language,
            updated: context.website.event.updated().to_string(),
            card: None,
            ..Self::new(context, &context.routes[0])
        }
    }

    /// The page in every language it was written in.
    pub(super) fn alternates(&self, context: Context<'_>) -> Vec<HreflangLink> {
        let link = |code: &str, it: LanguageId| HreflangLink {
            code: code.to_owned(),
            href: context.in_language(it).urls().absolute(&self.path),
        };
        let languages = self.languages.iter();
        let mut links: Vec<_> = languages.map(|&it| link(context.code(it), it)).collect();
        let default = self.languages.first();
        links.extend(default.map(|&it| link("x-default", it)));
        links
    }
}

/// What messengers show of a page.
fn card(context: Context<'_>, project: Option<&Project>, page: &str) -> Option<CardLink> {
    if let Some((project, cover)) = project.and_then(|it| Some((it, it.cover.as_ref()?)))
        && let Some((path, size, media_type)) = cover.card()
    {
        let alt = cover.alt.as_ref().unwrap_or(&project.name);
        return Some(CardLink {
            href: context.base_url.absolute(&path),
            alt: alt.text(context.language).to_owned(),
            size,
            media_type,
        });
    }
    let card = context.og_images.get(page)?;
    Some(CardLink {
        href: context.base_url.absolute(&card.path),
        alt: card.alt.clone(),
        size: og_image::SIZE,
        media_type: "image/png".to_owned(),
    })
}

/// What a page is called in the content, and what is said of it there.
fn own_texts(website: &Website, kind: Kind) -> (&Localized<String>, Vec<&Localized<String>>) {
    let event = &website.event;
    let (name, summary) = match kind {
        Kind::Person(index) => {
            let who = &website.people[index].who;
            let facts = [&who.role, &who.organisation].into_iter();
            return (&who.name, facts.flatten().collect());
        }
        Kind::Page(index) => {
            let page = &website.pages[index];
            (&page.title, page.description.as_ref().or(page.summary()))
        }
        Kind::Project(index) => {
            let project = &website.projects[index];
            (&project.name, project.summary())
        }
        _ => (event.title(), event.summary()),
    };
    (name, summary.into_iter().collect())
}
