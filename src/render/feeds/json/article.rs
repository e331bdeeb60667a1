//! One page as JSON: everything that a project's page says.

use serde::Serialize;

use crate::model::{Project, Section, routes};

use super::super::super::context::Context;
use super::super::super::share::citation;
use super::{Alternate, EventJson, ProjectJson, Text, TopicJson, Writer, html, write};

/// `index.json`.
#[derive(Serialize)]
struct ProjectFile<'a> {
    /// The address of this file.
    url: String,
    language: &'a str,
    /// This file in every language that the write-up exists in.
    alternates: Vec<Alternate<'a>>,
    project: ProjectJson<'a>,
    article: Article<'a>,
    /// The terms that the article links, explained.
    terms: Vec<TermJson<'a>>,
    topics: Vec<TopicJson<'a>>,
    /// How to cite the page.
    citation: String,
    /// Projects with the same topics.
    related: Vec<Link<'a>>,
    previous: Option<Link<'a>>,
    next: Option<Link<'a>>,
    event: EventJson<'a>,
}

/// The write-up.
#[derive(Serialize)]
struct Article<'a> {
    /// Another language than the file's where a translation lacks.
    language: &'a str,
    /// The whole as HTML with absolute links.
    html: String,
    /// The whole without markup.
    text: String,
    sections: Vec<SectionJson<'a>>,
}

/// A heading that can be linked.
#[derive(Serialize)]
struct SectionJson<'a> {
    id: &'a str,
    heading: &'a str,
    url: String,
}

/// A term of the glossary.
#[derive(Serialize)]
struct TermJson<'a> {
    id: &'a str,
    name: Text<'a>,
    description: Text<'a>,
    url: String,
}

/// Another project.
#[derive(Serialize)]
struct Link<'a> {
    slug: &'a str,
    name: Text<'a>,
    page: String,
}

/// The page of a project in a language.
///
/// # Errors
///
/// Where the writing of JSON fails, which would be a mistake in the program.
pub(in crate::render) fn project(context: Context<'_>, index: usize) -> anyhow::Result<String> {
    let website = context.website;
    let project = &*website.projects[index];
    let writer = Writer { context };
    let path = project.path();
    let prose = project.prose.get(context.language);
    let sections = prose.value.sections.iter().map(|section: &Section| {
        let fragment = &section.id;
        SectionJson {
            id: fragment,
            heading: &section.heading_text,
            url: writer.absolute(&format!("{path}#{fragment}")),
        }
    });
    let terms = prose.value.terms().into_iter();
    let terms = terms.filter_map(|id| website.glossary.iter().find(|term| term.id == id));
    let is_published = |it: &&Project| !it.draft;
    let (previous, next) = context.prev_next(index);
    let link = |other| link(writer, other);
    let topics = project.topics.iter().filter_map(|id| website.topic(id));
    let related = context.relations.related(website, index);
    write(&ProjectFile {
        url: writer.absolute(&project.json_path()),
        language: context.code(context.language),
        alternates: project
            .prose
            .languages()
            .filter(|it| *it != context.language)
            .map(|it| Alternate {
                language: context.code(it),
                url: context
                    .in_language(it)
                    .urls()
                    .absolute(&project.json_path()),
            })
            .collect(),
        project: writer.project(project),
        article: Article {
            language: context.code(prose.language),
            html: html(context, prose.value, &path),
            text: prose.value.text(),
            sections: sections.collect(),
        },
        terms: terms
            .map(|term| TermJson {
                id: &term.id,
                name: writer.text(&term.name),
                description: writer.text(&term.text),
                url: writer.absolute(&routes::term(&term.id)),
            })
            .collect(),
        topics: topics.map(|it| writer.topic(it)).collect(),
        citation: citation(context, &path, &project.name),
        related: related.filter(is_published).map(link).collect(),
        previous: previous.filter(is_published).map(link),
        next: next.filter(is_published).map(link),
        event: writer.event(),
    })
}

fn link<'a>(writer: Writer<'a>, project: &'a Project) -> Link<'a> {
    Link {
        slug: &project.slug,
        name: writer.text(&project.name),
        page: writer.absolute(&project.path()),
    }
}
