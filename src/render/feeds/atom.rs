//! News for feed readers: Atom (RFC 4287), one feed a language.
//!
//! An entry is a text that was really written in the language: the article of the day, and the
//! write-ups. Its id is its address, which `permalinks.lock` keeps.

use std::cmp::Reverse;

use askama::Template;

use crate::language::Localized;
use crate::model::{Project, Prose, routes};

use super::super::context::Context;
use super::super::text_fit::printable;
use super::author;

/// The feed.
#[derive(Debug, Template)]
#[template(path = "feed.xml")]
struct Feed<'a> {
    lang: &'a str,
    /// The address of the first page, which is the feed's id too.
    home: String,
    address: String,
    title: String,
    subtitle: String,
    author: String,
    icon: Option<String>,
    /// The feeds of the other languages.
    others: Vec<(&'a str, String)>,
    updated: String,
    entries: Vec<Entry>,
}

/// A text.
#[derive(Debug)]
struct Entry {
    /// The address of the page, which is the entry's id too.
    address: String,
    title: String,
    updated: String,
    /// The page as JSON and as Markdown, where it has these.
    forms: Option<[String; 2]>,
    /// The address and the name of each topic.
    topics: Vec<(String, String)>,
    summary: String,
    content: String,
}

/// The feed of a language.
///
/// # Errors
///
/// Where the template fails, which would be a mistake in the program.
pub(in crate::render) fn feed(context: Context<'_>) -> askama::Result<String> {
    let website = context.website;
    let event = &website.event;
    let urls = context.urls();
    let mut entries = Vec::new();
    if let Some(content) = html(context, &website.recap, "/") {
        entries.push(Entry {
            address: urls.absolute("/"),
            title: printable(event.title.text(context.language)),
            updated: moment(&event.updated.to_string()),
            forms: None,
            topics: Vec::new(),
            summary: printable(event.standfirst.text(context.language)),
            content,
        });
    }
    for project in website.published() {
        entries.extend(entry(context, project));
    }
    entries.sort_by_key(|entry| Reverse(entry.updated.clone()));
    let others = website
        .languages
        .iter()
        .filter(|it| *it != context.language);
    let feed = Feed {
        lang: context.code(context.language),
        home: urls.absolute("/"),
        address: urls.absolute(routes::FEED),
        title: printable(event.name.text(context.language)),
        subtitle: printable(event.description.text(context.language)),
        author: printable(&author(context)),
        icon: event
            .emblem
            .is_some()
            .then(|| context.base_url.absolute("/favicon.svg")),
        others: others
            .map(|it| {
                (
                    context.code(it),
                    context.in_language(it).urls().absolute(routes::FEED),
                )
            })
            .collect(),
        updated: moment(context.updated),
        entries,
    };
    Ok(format!("{}\n", feed.render()?.trim_end()))
}

/// A write-up, if it was written in the language.
fn entry(context: Context<'_>, project: &Project) -> Option<Entry> {
    let urls = context.urls();
    let page = project.path();
    let topics = project.topics.iter();
    let topics = topics.filter_map(|id| context.website.topic(id));
    Some(Entry {
        address: urls.absolute(&page),
        title: printable(project.name.text(context.language)),
        updated: moment(&project.updated.to_string()),
        forms: context.has_data.then(|| {
            [
                urls.absolute(&project.json_path()),
                urls.absolute(&project.markdown_path()),
            ]
        }),
        topics: topics
            .map(|topic| {
                let address = urls.absolute(&topic.path());
                (address, printable(topic.name.text(context.language)))
            })
            .collect(),
        summary: printable(project.standfirst.text(context.language)),
        content: html(context, &project.prose, &page)?,
    })
}

/// A text with absolute links.
fn html(context: Context<'_>, prose: &Localized<Prose>, page: &str) -> Option<String> {
    let prose = prose.exact(context.language)?;
    Some(printable(&super::json::html(context, prose, page)))
}

/// The beginning of a day: the content knows no hour.
fn moment(day: &str) -> String {
    format!("{day}T00:00:00Z")
}
