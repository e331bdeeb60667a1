//! All that the preview picture of a page shows.

use serde::Serialize;

use crate::language::LanguageId;
use crate::model::Project;
use crate::model::routes::{Kind as Page, PAGE_SIZE, Route};

use super::super::site_data::SiteData;

/// How many emblems of projects a picture shows, which the event's own completes to a dozen.
const EMBLEMS: usize = 11;

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
pub(super) fn content<'a>(
    site_data: &'a SiteData,
    language: LanguageId,
    route: &Route,
) -> CardContent<'a> {
    let website = &site_data.website;
    let labels = website.labels(language);
    let event = &website.event;
    let name = event.name.text(language);
    let date = labels.dates.full(event.date);
    let (city, venue) = (event.city.text(language), event.venue.text(language));
    let projects = || website.projects.iter();
    let mut kind = Kind::List;
    let mut emblems = on_page(&mut projects(), 1);
    let (title, text): (String, &str) = match route.kind {
        Page::Topics => (labels.topic.title.clone(), &labels.topic.standfirst),
        Page::Glossary => (labels.glossary.title.clone(), &labels.glossary.standfirst),
        Page::About => (labels.about.title.clone(), &labels.about.standfirst),
        Page::Search => (labels.search.title.clone(), &labels.search.standfirst),
        Page::Projects { page } => {
            emblems = on_page(&mut projects(), page);
            let title = labels.list.page_title(&labels.list.title, page);
            (title, &labels.list.standfirst)
        }
        Page::Topic { topic, page } => {
            let topic = &website.topics[topic];
            let is_on_topic = |it: &Project| it.topics.contains(&topic.id);
            if website.projects.len() <= EMBLEMS {
                for (emblem, project) in emblems.iter_mut().zip(projects()) {
                    emblem.is_faded = !is_on_topic(project);
                }
            } else {
                emblems = on_page(&mut projects().filter(|it| is_on_topic(it)), page);
            }
            let title = labels.list.page_title(topic.name.text(language), page);
            (title, topic.text.text(language))
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
            (title, project.standfirst.text(language))
        }
        _ => {
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
            (title, event.description.text(language))
        }
    };
    let alt = labels.share.card.replace("{title}", &title);
    CardContent {
        page: format!("{}{}", website.languages.prefix(language), route.path),
        alt: alt.replace("{event}", name).replace("{text}", text),
        kind,
        title,
        text,
        footer: format!("{name} · {city} · {date}"),
        event_emblem: event.emblem.as_deref(),
        emblems,
    }
}

/// The emblems of the first projects on a page of a list.
fn on_page<'a>(projects: &mut dyn Iterator<Item = &'a Project>, page: usize) -> Vec<Emblem<'a>> {
    let shown = projects.skip((page - 1) * PAGE_SIZE).take(EMBLEMS);
    shown.map(printed).collect()
}

fn printed(project: &Project) -> Emblem<'_> {
    Emblem {
        drawing: project.emblem.as_deref(),
        is_faded: false,
    }
}
