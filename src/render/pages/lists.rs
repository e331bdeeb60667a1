//! The pages that list: projects, topics, one topic, glossary.

use std::collections::HashMap;

use askama::Template;

use crate::language::LanguageId;
use crate::model::{self, Project, Website};

use super::super::feeds::json_ld;
use super::pagination::{self, Pagination};
use super::{Context, Layout, LocalizedText, NamedLink, PageMeta, ProjectSummary};

/// The path of the comparison, without a language.
const LIST: &str = "/projects/";

/// The comparison of all projects.
#[derive(Debug, Template)]
#[template(path = "projects.html")]
pub(crate) struct Projects<'a> {
    /// What surrounds it.
    pub(in crate::render) layout: Layout<'a>,
    frieze: Vec<ProjectSummary<'a>>,
    projects: Vec<ProjectSummary<'a>>,
    pagination: Option<Pagination>,
}

impl<'a> Projects<'a> {
    /// A sheet of the list in a language, counted from 1.
    pub(crate) fn new(context: Context<'a>, page_number: usize) -> Self {
        let projects = &context.website.projects;
        let meta = Self::meta(context, page_number);
        Self {
            layout: Layout::new(context, &meta)
                .with_data(|layout| json_ld::projects(context, page_number, layout)),
            frieze: ProjectSummary::row(context),
            projects: pagination::entries(projects.iter(), page_number)
                .map(|project| ProjectSummary::new(context, project))
                .collect(),
            pagination: Pagination::new(context, LIST, page_number, projects.len()),
        }
    }

    /// What the page is, without the page.
    pub(crate) fn meta(context: Context<'_>, page_number: usize) -> PageMeta {
        let labels = context.labels;
        let path = pagination::path(LIST, page_number);
        let title = pagination::title(labels, &labels.list.title, page_number);
        everywhere(context, &path, &title, &labels.list.description)
    }
}

/// A page that is made of labels and facts, and so exists in every language.
fn everywhere(context: Context<'_>, path: &str, title: &str, description: &str) -> PageMeta {
    PageMeta {
        path: path.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        source: match path {
            "/glossary/" => Some("glossary.yaml".to_owned()),
            path if path.starts_with("/topics/") => Some("topics.yaml".to_owned()),
            _ => None,
        },
        written: context.website.languages.iter().collect(),
        updated: context.updated.to_owned(),
        is_draft: false,
    }
}

/// A topic with its projects.
#[derive(Debug)]
struct TopicEntry<'a> {
    href: String,
    name: LocalizedText<'a>,
    text: LocalizedText<'a>,
    count: String,
    projects: Vec<ProjectSummary<'a>>,
}

impl<'a> TopicEntry<'a> {
    /// A topic with some of its projects.
    fn new(context: Context<'a>, topic: &'a model::Topic, (first, most): (usize, usize)) -> Self {
        let website = context.website;
        let projects = context.relations.on(&topic.id);
        let count_of_all = projects.len();
        let cards = projects
            .iter()
            .skip(first)
            .take(most)
            .map(|&place| ProjectSummary::new(context, &website.projects[place]))
            .collect();
        let count = &context.labels.topic.count;
        Self {
            href: context.urls().topic(&topic.id),
            name: context.text(&topic.name),
            text: context.text(&topic.text),
            count: count.replace("{n}", &count_of_all.to_string()),
            projects: cards,
        }
    }
}

/// The index of topics.
#[derive(Debug, Template)]
#[template(path = "topics.html")]
pub(crate) struct Topics<'a> {
    /// What surrounds it.
    pub(in crate::render) layout: Layout<'a>,
    entries: Vec<TopicEntry<'a>>,
    projects: Vec<ProjectSummary<'a>>,
}

impl<'a> Topics<'a> {
    /// The page in a language.
    pub(crate) fn new(context: Context<'a>) -> Self {
        let meta = Self::meta(context);
        let topics = context.website.topics.iter();
        Self {
            layout: Layout::new(context, &meta)
                .with_data(|layout| json_ld::topics(context, layout)),
            entries: topics
                .map(|it| TopicEntry::new(context, it, (0, pagination::EMBLEM_ROW)))
                .collect(),
            projects: ProjectSummary::row(context),
        }
    }

    /// What the page is, without the page.
    pub(crate) fn meta(context: Context<'_>) -> PageMeta {
        let labels = &context.labels.topic;
        everywhere(context, "/topics/", &labels.title, &labels.description)
    }
}

/// One topic.
#[derive(Debug, Template)]
#[template(path = "topic.html")]
pub(crate) struct Topic<'a> {
    /// What surrounds it.
    pub(in crate::render) layout: Layout<'a>,
    entry: TopicEntry<'a>,
    /// The projects of a row, and whether each carries the topic.
    frieze: Vec<(ProjectSummary<'a>, bool)>,
    others: Vec<NamedLink<'a>>,
    pagination: Option<Pagination>,
}

impl<'a> Topic<'a> {
    /// The page in a language.
    pub(crate) fn new(context: Context<'a>, topic: &'a model::Topic, page_number: usize) -> Self {
        let website = context.website;
        let held = context.relations.on(&topic.id).len();
        let part = (
            (page_number - 1) * pagination::PAGE_SIZE,
            pagination::PAGE_SIZE,
        );
        let meta = Self::meta(context, topic, page_number);
        Self {
            layout: Layout::new(context, &meta)
                .with_data(|layout| json_ld::topic(context, topic, page_number, layout)),
            entry: TopicEntry::new(context, topic, part),
            pagination: Pagination::new(context, &topic.path(), page_number, held),
            frieze: website
                .projects
                .iter()
                .take(pagination::EMBLEM_ROW)
                .map(|project| {
                    let carries = project.topics.contains(&topic.id);
                    (ProjectSummary::new(context, project), carries)
                })
                .collect(),
            others: website
                .topics
                .iter()
                .filter(|other| other.id != topic.id)
                .map(|other| NamedLink {
                    href: context.urls().topic(&other.id),
                    name: context.text(&other.name),
                })
                .collect(),
        }
    }

    /// What the page is, without the page.
    pub(crate) fn meta(context: Context<'_>, topic: &model::Topic, page_number: usize) -> PageMeta {
        let all_labels = context.labels;
        let labels = &all_labels.topic;
        let (name, text) = (
            topic.name.text(context.language),
            topic.text.text(context.language),
        );
        let fill = |pattern: &str| pattern.replace("{topic}", name).replace("{text}", text);
        let path = pagination::path(&topic.path(), page_number);
        let title = pagination::title(all_labels, &fill(&labels.one_title), page_number);
        everywhere(context, &path, &title, &fill(&labels.one_description))
    }
}

/// A term with the projects whose texts use it.
#[derive(Debug)]
struct TermEntry<'a> {
    id: &'a str,
    name: LocalizedText<'a>,
    text: LocalizedText<'a>,
    used: Vec<NamedLink<'a>>,
}

/// The glossary.
#[derive(Debug, Template)]
#[template(path = "glossary.html")]
pub(crate) struct Glossary<'a> {
    /// What surrounds it.
    pub(in crate::render) layout: Layout<'a>,
    projects: Vec<ProjectSummary<'a>>,
    terms: Vec<TermEntry<'a>>,
}

impl<'a> Glossary<'a> {
    /// The page in a language.
    pub(crate) fn new(context: Context<'a>) -> Self {
        let website = context.website;
        let meta = Self::meta(context);
        let words = |text| context.text(text);
        let used = used(website, context.language);
        let terms = website.glossary.iter().map(|term| TermEntry {
            id: &term.id,
            name: words(&term.name),
            text: words(&term.text),
            used: used
                .get(term.id.as_str())
                .into_iter()
                .flatten()
                .map(|project| NamedLink {
                    href: context.urls().project(&project.slug),
                    name: words(&project.name),
                })
                .collect(),
        });
        Self {
            layout: Layout::new(context, &meta)
                .with_data(|layout| json_ld::glossary(context, layout)),
            projects: ProjectSummary::row(context),
            terms: terms.collect(),
        }
    }

    /// What the page is, without the page.
    pub(crate) fn meta(context: Context<'_>) -> PageMeta {
        let labels = &context.labels.glossary;
        everywhere(context, "/glossary/", &labels.title, &labels.description)
    }
}

/// The first projects whose texts use each term.
fn used(website: &Website, language: LanguageId) -> HashMap<&str, Vec<&Project>> {
    let mut used: HashMap<&str, Vec<&Project>> = HashMap::new();
    for project in &website.projects {
        for term in project.prose.get(language).value.terms() {
            let projects = used.entry(term).or_default();
            if projects.len() < pagination::EMBLEM_ROW {
                projects.push(project);
            }
        }
    }
    used
}
