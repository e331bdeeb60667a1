//! The pages that list: projects, topics, one topic, glossary.

use std::collections::HashMap;
use std::mem;

use askama::Template;

use super::pagination::{self, Pagination};
use super::{Context, EMBLEM_ROW, Layout, LocalizedText, NamedLink, PageMeta, ProjectSummary};
use crate::language::initial;
use crate::model::{self, Project, Prose, Term, routes};

#[derive(Debug, Template)]
#[template(path = "projects.html")]
#[expect(clippy::struct_excessive_bools, reason = "each is a column")]
pub(super) struct ProjectList<'a> {
    layout: Layout<'a>,
    emblems: Vec<ProjectSummary<'a>>,
    /// The labels of the columns, which hold the answers to questions.
    columns: Vec<LocalizedText<'a>>,
    has_speakers: bool,
    has_topics: bool,
    has_material: bool,
    has_times: bool,
    topics: Vec<NamedLink<'a>>,
    projects: Vec<ProjectSummary<'a>>,
    pagination: Option<Pagination>,
}

impl<'a> ProjectList<'a> {
    pub(super) fn new(context: Context<'a>, meta: PageMeta, page: usize) -> Self {
        let projects = &context.website.projects;
        let list = routes::projects(context.website.event.entries);
        Self {
            layout: Layout::new(context, meta),
            emblems: ProjectSummary::row(context),
            columns: super::columns(context).map(|it| context.text(&it.label)).collect(),
            has_speakers: projects.iter().any(|it| !it.speakers.is_empty()),
            has_times: projects.iter().any(|it| it.start.is_some() || it.room.is_some()),
            has_topics: projects.iter().any(|it| !it.topics.is_empty()),
            topics: super::topics(context).collect(),
            has_material: projects.iter().any(Project::has_material),
            projects: pagination::entries(projects.iter(), page)
                .map(|project| ProjectSummary::new(context, project))
                .collect(),
            pagination: Pagination::new(context, &list, page, projects.len()),
        }
    }
}

#[derive(Debug)]
struct TopicEntry<'a> {
    href: String,
    name: LocalizedText<'a>,
    text: Option<LocalizedText<'a>>,
    /// How many projects carry it, in words.
    count: String,
    projects: Vec<ProjectSummary<'a>>,
}

impl<'a> TopicEntry<'a> {
    fn new(
        context: Context<'a>,
        topic: &'a model::Topic,
        projects: Vec<ProjectSummary<'a>>,
    ) -> Self {
        let count = context.relations.on(&topic.id).len();
        Self {
            href: context.urls().page(&topic.path()),
            name: context.text(&topic.name),
            text: context.optional_text(topic.text.as_ref()),
            count: context.labels.numbers.count(&context.labels.entries.count, count),
            projects,
        }
    }
}

/// The projects that carry a topic.
fn projects_on<'a>(context: Context<'a>, topic: &str) -> impl Iterator<Item = ProjectSummary<'a>> {
    let projects = context.relations.on(topic).iter();
    projects.map(move |&index| ProjectSummary::new(context, &context.website.projects[index]))
}

#[derive(Debug, Template)]
#[template(path = "topics.html")]
pub(super) struct Topics<'a> {
    layout: Layout<'a>,
    entries: Vec<TopicEntry<'a>>,
    projects: Vec<ProjectSummary<'a>>,
}

impl<'a> Topics<'a> {
    pub(super) fn new(context: Context<'a>, meta: PageMeta) -> Self {
        let topics = context.website.topics.iter();
        let entries = topics.map(|topic| {
            let projects = projects_on(context, &topic.id).take(EMBLEM_ROW);
            TopicEntry::new(context, topic, projects.collect())
        });
        Self {
            layout: Layout::new(context, meta),
            entries: entries.collect(),
            projects: ProjectSummary::row(context),
        }
    }
}

#[derive(Debug, Template)]
#[template(path = "topic.html")]
pub(super) struct Topic<'a> {
    layout: Layout<'a>,
    entry: TopicEntry<'a>,
    /// The projects of a row, and whether each carries the topic.
    emblems: Vec<(ProjectSummary<'a>, bool)>,
    others: Vec<NamedLink<'a>>,
    pagination: Option<Pagination>,
}

impl<'a> Topic<'a> {
    pub(super) fn new(context: Context<'a>, meta: PageMeta, topic: usize, page: usize) -> Self {
        let website = context.website;
        let topic = &website.topics[topic];
        let projects = pagination::entries(projects_on(context, &topic.id), page);
        let count = context.relations.on(&topic.id).len();
        let row = website.projects.iter().take(EMBLEM_ROW);
        Self {
            layout: Layout::new(context, meta),
            entry: TopicEntry::new(context, topic, projects.collect()),
            pagination: Pagination::new(context, &topic.path(), page, count),
            emblems: row
                .map(|project| {
                    let carries = project.topics.contains(&topic.id);
                    (ProjectSummary::new(context, project), carries)
                })
                .collect(),
            others: {
                let all = context.website.topics.iter().zip(super::topics(context));
                let others = all.filter(|(it, _)| it.id != topic.id);
                others.map(|(_, link)| link).collect()
            },
        }
    }
}

#[derive(Debug)]
struct TermEntry<'a> {
    id: &'a str,
    /// What it begins with, for the first of those that begin so.
    initial: Option<char>,
    name: LocalizedText<'a>,
    text: LocalizedText<'a>,
    used: Vec<NamedLink<'a>>,
}

#[derive(Debug, Template)]
#[template(path = "glossary.html")]
pub(super) struct Glossary<'a> {
    layout: Layout<'a>,
    projects: Vec<ProjectSummary<'a>>,
    terms: Vec<TermEntry<'a>>,
}

impl<'a> Glossary<'a> {
    pub(super) fn new(context: Context<'a>, meta: PageMeta) -> Self {
        let used = used(context);
        let link = |project: &&'a Project| {
            let href = context.urls().page(&project.path());
            NamedLink::new(href, context.text(&project.name))
        };
        let name = |term: &Term| term.name.text(context.language).to_lowercase();
        let mut terms: Vec<&Term> = context.website.glossary.iter().collect();
        terms.sort_by_cached_key(|it| name(it));
        let mut last = None;
        let terms = terms.into_iter().map(|term| TermEntry {
            id: &term.id,
            initial: {
                let before = mem::replace(&mut last, initial(&name(term)));
                last.filter(|_| before != last)
            },
            name: context.text(&term.name),
            text: context.text(&term.text),
            used: match used.get(term.id.as_str()) {
                Some(projects) => projects.iter().map(link).collect(),
                None => Vec::new(),
            },
        });
        Self {
            layout: Layout::new(context, meta),
            projects: ProjectSummary::row(context),
            terms: terms.collect(),
        }
    }
}

/// The first projects whose texts use each term.
fn used(context: Context<'_>) -> HashMap<&str, Vec<&Project>> {
    let mut used: HashMap<&str, Vec<&Project>> = HashMap::new();
    for project in &context.website.projects {
        let prose = project.prose.as_ref();
        let prose = prose.map(|it| it.get(context.language).value);
        for term in prose.into_iter().flat_map(Prose::terms) {
            let projects = used.entry(term).or_default();
            if projects.len() < EMBLEM_ROW {
                projects.push(project);
            }
        }
    }
    used
}
