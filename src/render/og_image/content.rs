//! All that the preview picture of a page shows.

use serde::Serialize;

use crate::language::LanguageId;
use crate::model::Project;

use super::super::context::SiteData;
use super::super::pages::pagination;
use super::super::search;

/// How many emblems of projects a picture shows, which the event's own completes to a dozen.
const EMBLEMS: usize = 11;

/// A page that has a preview picture.
#[derive(Clone, Copy, Debug)]
pub(super) enum Page {
    Home,
    Topics,
    Glossary,
    About,
    Search,
    /// A page of the list of projects.
    Projects(usize),
    /// A page of a topic's projects, by the topic's index.
    Topic(usize, usize),
    /// A project's page, by its index.
    Project(usize),
}

/// Every page that has a picture, without a language.
pub(super) fn pages(site_data: &SiteData) -> Vec<Page> {
    let website = &site_data.website;
    let mut pages = vec![
        Page::Home,
        Page::Topics,
        Page::Glossary,
        Page::About,
        Page::Search,
    ];
    pages.extend((1..=pagination::page_count(website.projects.len())).map(Page::Projects));
    for (index, topic) in website.topics.iter().enumerate() {
        let entries = site_data.relations.on(&topic.id).len();
        pages.extend((1..=pagination::page_count(entries)).map(|page| Page::Topic(index, page)));
    }
    pages.extend((0..website.projects.len()).map(Page::Project));
    pages
}

/// All that a picture shows: equal contents are laid out as equal pictures.
#[derive(Debug, Serialize)]
pub(super) struct CardContent<'a> {
    /// The path of the page, with its language.
    #[serde(skip)]
    pub page: String,
    /// What is to be seen, in words.
    #[serde(skip)]
    pub alt: String,
    pub kind: Kind<'a>,
    pub title: String,
    pub text: &'a str,
    /// Whose page it is: the event with its date and city.
    pub footer: String,
    pub event_emblem: Option<&'a str>,
    pub emblems: Vec<Emblem<'a>>,
}

/// What pictures of some kinds of pages show besides.
#[derive(Debug, Serialize)]
pub(super) enum Kind<'a> {
    Home {
        event: &'a str,
        /// The name of the event, drawn; empty where it cannot be.
        lettering: Vec<&'a str>,
        notes: [String; 4],
    },
    List,
    Project {
        number: String,
        syllable: Option<Syllable<'a>>,
    },
}

/// A project's emblem, if it has one, and whether it is printed as a trace.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Emblem<'a> {
    pub drawing: Option<&'a str>,
    pub is_faded: bool,
}

/// A syllable, and its drawing where it can be drawn.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Syllable<'a> {
    pub text: &'a str,
    pub lettering: Option<&'a str>,
}

impl CardContent<'_> {
    /// The content in a form that differs whenever the content does.
    pub(super) fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers can be written")
    }

    /// Every text that is set in letters.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let others = match &self.kind {
            Kind::Home { event, notes, .. } => {
                notes.iter().map(String::as_str).chain([*event]).collect()
            }
            Kind::List => Vec::new(),
            Kind::Project { syllable, .. } => syllable.iter().map(|it| it.text).collect(),
        };
        [self.title.as_str(), self.text, &self.footer]
            .into_iter()
            .chain(others)
    }
}

/// What the picture of a page shows in a language.
pub(super) fn content(site_data: &SiteData, language: LanguageId, page: Page) -> CardContent<'_> {
    let website = &site_data.website;
    let labels = website.labels(language);
    let event = &website.event;
    let name = event.name.text(language);
    let date = labels.dates.full(event.date);
    let (city, venue) = (event.city.text(language), event.venue.text(language));
    let projects = || website.projects.iter().map(AsRef::as_ref);
    let mut kind = Kind::List;
    let mut emblems: Vec<Emblem<'_>> = projects().take(EMBLEMS).map(printed).collect();
    let (path, title, text): (String, String, &str) = match page {
        Page::Home => {
            let letters = event.lettering.iter().flat_map(|it| it.chars());
            let letters = letters.map(|it| site_data.lettering_cache.get(&it.to_string()));
            let count = website.projects.len().to_string();
            kind = Kind::Home {
                event: name,
                lettering: letters.collect::<Option<_>>().unwrap_or_default(),
                notes: [
                    format!("{name} {}", event.kind.text(language)),
                    format!("{city} {venue}"),
                    date.clone(),
                    labels.home.count.replace("{n}", &count),
                ],
            };
            let title = event.title.text(language).to_owned();
            ("/".to_owned(), title, event.description.text(language))
        }
        Page::Topics => (
            "/topics/".to_owned(),
            labels.topic.title.clone(),
            &labels.topic.standfirst,
        ),
        Page::Glossary => (
            "/glossary/".to_owned(),
            labels.glossary.title.clone(),
            &labels.glossary.standfirst,
        ),
        Page::About => (
            "/about/".to_owned(),
            labels.about.title.clone(),
            &labels.about.standfirst,
        ),
        Page::Search => (
            search::PATH.to_owned(),
            labels.search.title.clone(),
            &labels.search.standfirst,
        ),
        Page::Projects(number) => {
            emblems = pagination::entries(projects(), number)
                .take(EMBLEMS)
                .map(printed)
                .collect();
            let title = pagination::title(labels, &labels.list.title, number);
            (
                pagination::path("/projects/", number),
                title,
                &labels.list.standfirst,
            )
        }
        Page::Topic(index, number) => {
            let topic = &website.topics[index];
            if website.projects.len() <= EMBLEMS {
                for (emblem, project) in emblems.iter_mut().zip(projects()) {
                    emblem.is_faded = !project.topics.contains(&topic.id);
                }
            } else {
                let indices = site_data.relations.on(&topic.id).iter();
                let projects = indices.map(|&it| website.projects[it].as_ref());
                emblems = pagination::entries(projects, number)
                    .take(EMBLEMS)
                    .map(printed)
                    .collect();
            }
            let title = pagination::title(labels, topic.name.text(language), number);
            (
                pagination::path(&topic.path(), number),
                title,
                topic.text.text(language),
            )
        }
        Page::Project(index) => {
            let project = &website.projects[index];
            emblems = vec![printed(project)];
            kind = Kind::Project {
                number: format!("{:02}", project.order),
                syllable: project.syllable.as_ref().map(|it| Syllable {
                    text: &it.text,
                    lettering: site_data.lettering_cache.get(&it.text),
                }),
            };
            let title = project.name.text(language).to_owned();
            (project.path(), title, project.standfirst.text(language))
        }
    };
    let alt = labels.share.card.replace("{title}", &title);
    CardContent {
        page: format!("{}{path}", website.languages.prefix(language)),
        alt: alt.replace("{event}", name).replace("{text}", text),
        kind,
        title,
        text,
        footer: format!("{name} · {city} · {date}"),
        event_emblem: event.emblem.as_deref(),
        emblems,
    }
}

fn printed(project: &Project) -> Emblem<'_> {
    Emblem {
        drawing: project.emblem.as_deref(),
        is_faded: false,
    }
}
