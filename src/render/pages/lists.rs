//! The pages that list: projects, topics, one topic, glossary.

use std::collections::HashMap;

use askama::Template;

use crate::language::LanguageId;
use crate::model::{self, Project, Website};

use super::super::feeds::json_ld;
use super::sheets::{self, Sheets};
use super::{Card, Frame, NamedLink, Site, Subject, Words};

/// The path of the comparison, without a language.
const LIST: &str = "/projects/";

/// The comparison of all projects.
#[derive(Debug, Template)]
#[template(path = "projects.html")]
pub(crate) struct Projects<'a> {
    /// What surrounds it.
    pub(in crate::render) frame: Frame<'a>,
    frieze: Vec<Card<'a>>,
    cards: Vec<Card<'a>>,
    sheets: Option<Sheets>,
}

impl<'a> Projects<'a> {
    /// A sheet of the list in a language, counted from 1.
    #[must_use]
    pub(crate) fn new(site: Site<'a>, language: LanguageId, sheet: usize) -> Self {
        let projects = &site.website.projects;
        let subject = Self::subject(site, language, sheet);
        Self {
            frame: Frame::new(site, language, &subject)
                .with_data(|frame| json_ld::projects(site, language, sheet, frame)),
            frieze: Card::row(site, language),
            cards: sheets::entries(projects.iter(), sheet)
                .map(|project| Card::new(site, language, project))
                .collect(),
            sheets: Sheets::new(site, language, LIST, sheet, projects.len()),
        }
    }

    /// What the page is, without the page.
    #[must_use]
    pub(crate) fn subject(site: Site<'_>, language: LanguageId, sheet: usize) -> Subject {
        let labels = site.website.labels(language);
        let path = sheets::path(LIST, sheet);
        let title = sheets::title(labels, &labels.list.title, sheet);
        everywhere(site, &path, &title, &labels.list.description)
    }
}

/// A page that is made of labels and facts, and so exists in every language.
fn everywhere(site: Site<'_>, path: &str, title: &str, description: &str) -> Subject {
    Subject {
        path: path.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        source: match path {
            "/glossary/" => Some("glossary.yaml".to_owned()),
            path if path.starts_with("/topics/") => Some("topics.yaml".to_owned()),
            _ => None,
        },
        written: site.website.languages.iter().collect(),
        updated: site.updated.to_owned(),
        is_draft: false,
    }
}

/// A topic with its projects.
#[derive(Debug)]
struct TopicEntry<'a> {
    href: String,
    name: Words<'a>,
    text: Words<'a>,
    count: String,
    cards: Vec<Card<'a>>,
}

impl<'a> TopicEntry<'a> {
    /// A topic with some of its projects.
    fn new(
        site: Site<'a>,
        language: LanguageId,
        topic: &'a model::Topic,
        (first, most): (usize, usize),
    ) -> Self {
        let website = site.website;
        let projects = site.relations.on(&topic.id);
        let count_of_all = projects.len();
        let cards = projects
            .iter()
            .skip(first)
            .take(most)
            .map(|&place| Card::new(site, language, &website.projects[place]))
            .collect();
        let count = &website.labels(language).topic.count;
        Self {
            href: site.addresses(language).topic(&topic.id),
            name: Words::new(&topic.name, language, &website.languages),
            text: Words::new(&topic.text, language, &website.languages),
            count: count.replace("{n}", &count_of_all.to_string()),
            cards,
        }
    }
}

/// The index of topics.
#[derive(Debug, Template)]
#[template(path = "topics.html")]
pub(crate) struct Topics<'a> {
    /// What surrounds it.
    pub(in crate::render) frame: Frame<'a>,
    entries: Vec<TopicEntry<'a>>,
    cards: Vec<Card<'a>>,
}

impl<'a> Topics<'a> {
    /// The page in a language.
    #[must_use]
    pub(crate) fn new(site: Site<'a>, language: LanguageId) -> Self {
        let subject = Self::subject(site, language);
        let topics = site.website.topics.iter();
        Self {
            frame: Frame::new(site, language, &subject)
                .with_data(|frame| json_ld::topics(site, language, frame)),
            entries: topics
                .map(|it| TopicEntry::new(site, language, it, (0, sheets::ROW)))
                .collect(),
            cards: Card::row(site, language),
        }
    }

    /// What the page is, without the page.
    #[must_use]
    pub(crate) fn subject(site: Site<'_>, language: LanguageId) -> Subject {
        let labels = &site.website.labels(language).topic;
        everywhere(site, "/topics/", &labels.title, &labels.description)
    }
}

/// One topic.
#[derive(Debug, Template)]
#[template(path = "topic.html")]
pub(crate) struct Topic<'a> {
    /// What surrounds it.
    pub(in crate::render) frame: Frame<'a>,
    entry: TopicEntry<'a>,
    /// The projects of a row, and whether each carries the topic.
    frieze: Vec<(Card<'a>, bool)>,
    others: Vec<NamedLink<'a>>,
    sheets: Option<Sheets>,
}

impl<'a> Topic<'a> {
    /// The page in a language.
    #[must_use]
    pub(crate) fn new(
        site: Site<'a>,
        language: LanguageId,
        topic: &'a model::Topic,
        sheet: usize,
    ) -> Self {
        let website = site.website;
        let held = site.relations.on(&topic.id).len();
        let part = ((sheet - 1) * sheets::SHEET, sheets::SHEET);
        let subject = Self::subject(site, language, topic, sheet);
        Self {
            frame: Frame::new(site, language, &subject)
                .with_data(|frame| json_ld::topic(site, language, topic, sheet, frame)),
            entry: TopicEntry::new(site, language, topic, part),
            sheets: Sheets::new(site, language, &topic.path(), sheet, held),
            frieze: website
                .projects
                .iter()
                .take(sheets::ROW)
                .map(|project| {
                    let carries = project.topics.contains(&topic.id);
                    (Card::new(site, language, project), carries)
                })
                .collect(),
            others: website
                .topics
                .iter()
                .filter(|other| other.id != topic.id)
                .map(|other| NamedLink {
                    href: site.addresses(language).topic(&other.id),
                    name: Words::new(&other.name, language, &website.languages),
                })
                .collect(),
        }
    }

    /// What the page is, without the page.
    #[must_use]
    pub(crate) fn subject(
        site: Site<'_>,
        language: LanguageId,
        topic: &model::Topic,
        sheet: usize,
    ) -> Subject {
        let all_labels = site.website.labels(language);
        let labels = &all_labels.topic;
        let (name, text) = (topic.name.text(language), topic.text.text(language));
        let fill = |pattern: &str| pattern.replace("{topic}", name).replace("{text}", text);
        let path = sheets::path(&topic.path(), sheet);
        let title = sheets::title(all_labels, &fill(&labels.one_title), sheet);
        everywhere(site, &path, &title, &fill(&labels.one_description))
    }
}

/// A term with the projects whose texts use it.
#[derive(Debug)]
struct TermEntry<'a> {
    id: &'a str,
    name: Words<'a>,
    text: Words<'a>,
    used: Vec<NamedLink<'a>>,
}

/// The glossary.
#[derive(Debug, Template)]
#[template(path = "glossary.html")]
pub(crate) struct Glossary<'a> {
    /// What surrounds it.
    pub(in crate::render) frame: Frame<'a>,
    cards: Vec<Card<'a>>,
    terms: Vec<TermEntry<'a>>,
}

impl<'a> Glossary<'a> {
    /// The page in a language.
    #[must_use]
    pub(crate) fn new(site: Site<'a>, language: LanguageId) -> Self {
        let website = site.website;
        let subject = Self::subject(site, language);
        let words = |text| Words::new(text, language, &website.languages);
        let used = used(website, language);
        let terms = website.glossary.iter().map(|term| TermEntry {
            id: &term.id,
            name: words(&term.name),
            text: words(&term.text),
            used: used
                .get(term.id.as_str())
                .into_iter()
                .flatten()
                .map(|project| NamedLink {
                    href: site.addresses(language).project(&project.slug),
                    name: words(&project.name),
                })
                .collect(),
        });
        Self {
            frame: Frame::new(site, language, &subject)
                .with_data(|frame| json_ld::glossary(site, language, frame)),
            cards: Card::row(site, language),
            terms: terms.collect(),
        }
    }

    /// What the page is, without the page.
    #[must_use]
    pub(crate) fn subject(site: Site<'_>, language: LanguageId) -> Subject {
        let labels = &site.website.labels(language).glossary;
        everywhere(site, "/glossary/", &labels.title, &labels.description)
    }
}

/// The first projects whose texts use each term.
fn used(website: &Website, language: LanguageId) -> HashMap<&str, Vec<&Project>> {
    let mut used: HashMap<&str, Vec<&Project>> = HashMap::new();
    for project in &website.projects {
        for term in project.prose.get(language).value.terms() {
            let projects = used.entry(term).or_default();
            if projects.len() < sheets::ROW {
                projects.push(project);
            }
        }
    }
    used
}
