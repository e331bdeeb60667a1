//! News for feed readers: Atom (RFC 4287), one feed a language.
//!
//! An entry is a text that was really written in the language: the article of the day, and the
//! write-ups. Its id is its address, which `permalinks.lock` keeps.

use std::cmp::Reverse;

use askama::Template;

use crate::language::{LanguageId, Localized};
use crate::model::{Project, Prose, files};

use super::super::layout::Site;
use super::{author, data_path, markdown_path, plain};

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
pub(in crate::render) fn feed(site: Site<'_>, language: LanguageId) -> askama::Result<String> {
    let website = site.website;
    let event = &website.event;
    let addresses = site.addresses(language);
    let mut entries = Vec::new();
    if let Some(content) = html(site, language, &website.recap, "/") {
        entries.push(Entry {
            address: addresses.absolute("/"),
            title: plain(event.title.text(language)),
            updated: moment(&event.updated.to_string()),
            forms: None,
            topics: Vec::new(),
            summary: plain(event.standfirst.text(language)),
            content,
        });
    }
    for project in website.published() {
        entries.extend(entry(site, language, project));
    }
    entries.sort_by_key(|entry| Reverse(entry.updated.clone()));
    let others = website.languages.iter().filter(|it| *it != language);
    let feed = Feed {
        lang: site.code(language),
        home: addresses.absolute("/"),
        address: addresses.absolute(files::FEED),
        title: plain(event.name.text(language)),
        subtitle: plain(event.description.text(language)),
        author: plain(&author(site, language)),
        icon: event
            .emblem
            .is_some()
            .then(|| site.place.absolute("/favicon.svg")),
        others: others
            .map(|it| (site.code(it), site.addresses(it).absolute(files::FEED)))
            .collect(),
        updated: moment(site.updated),
        entries,
    };
    Ok(format!("{}\n", feed.render()?.trim_end()))
}

/// A write-up, if it was written in the language.
fn entry(site: Site<'_>, language: LanguageId, project: &Project) -> Option<Entry> {
    let addresses = site.addresses(language);
    let page = project.path();
    let topics = project.topics.iter();
    let topics = topics.filter_map(|id| site.website.topic(id));
    Some(Entry {
        address: addresses.absolute(&page),
        title: plain(project.name.text(language)),
        updated: moment(&project.updated.to_string()),
        forms: site.has_data.then(|| {
            [
                addresses.absolute(&data_path(project)),
                addresses.absolute(&markdown_path(project)),
            ]
        }),
        topics: topics
            .map(|topic| {
                let address = addresses.absolute(&topic.path());
                (address, plain(topic.name.text(language)))
            })
            .collect(),
        summary: plain(project.standfirst.text(language)),
        content: html(site, language, &project.prose, &page)?,
    })
}

/// A text with absolute links.
fn html(
    site: Site<'_>,
    language: LanguageId,
    prose: &Localized<Prose>,
    page: &str,
) -> Option<String> {
    let prose = prose.exact(language)?;
    Some(plain(&super::json::html(site, language, prose, page)))
}

/// The beginning of a day: the content knows no hour.
fn moment(day: &str) -> String {
    format!("{day}T00:00:00Z")
}
