//! News for feed readers: Atom (RFC 4287), one feed a language.
//!
//! An entry is a text that was really written in the language: the article of the day, and the
//! write-ups. Its id comes from the event's and from the first path that it had.

use std::cmp::Reverse;

use askama::Template;
use askama::filters::{Escaper, Html};

use crate::language::Localized;
use crate::model::{Project, Prose, Transcript, routes, second_id};

use super::super::context::Context;
use super::super::figures;
use super::super::text_fit::printable;
use super::super::when;
use super::{author, json, urn};

#[derive(Template)]
#[template(path = "feed.xml")]
struct Feed<'a> {
    lang: &'a str,
    id: String,
    /// The address of the first page.
    home: String,
    address: String,
    title: String,
    subtitle: Option<String>,
    author: String,
    icon: Option<String>,
    others: Vec<(&'a str, String)>,
    updated: String,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    /// The address of the page.
    address: String,
    title: String,
    updated: String,
    /// The page as JSON and as Markdown, where it has these.
    forms: Option<[String; 2]>,
    /// The address and the name of each topic.
    topics: Vec<(String, String)>,
    /// The addresses of recording, slides and more, and the site's own files with their types and bytes.
    related: Vec<String>,
    files: Vec<(String, &'static str, u64)>,
    summary: Option<String>,
    content: String,
}

pub(in crate::render) fn feed(context: Context<'_>) -> askama::Result<String> {
    let website = context.website;
    let event = &website.event;
    let urls = context.urls();
    let text = |text: &Localized<String>| printable(text.text(context.language));
    let mut entries = Vec::new();
    if let Some(prose) = html(context, website.recap.as_ref(), "/") {
        let films = figures::transcripts(context, "recap", None, website.recap.as_ref());
        entries.push(Entry {
            id: urn(context, "/"),
            address: urls.absolute("/"),
            title: text(event.title()),
            updated: start_of(&event.updated()),
            forms: None,
            topics: Vec::new(),
            related: Vec::new(),
            files: Vec::new(),
            summary: event.standfirst.as_ref().map(text),
            content: prose + &said(context, &films, "/"),
        });
    }
    let projects = website.published();
    entries.extend(projects.filter_map(|it| entry(context, it)));
    entries.sort_by_key(|entry| Reverse(entry.updated.clone()));
    let others = website.languages.iter().filter(|it| *it != context.language);
    let others = others.map(|it| {
        let address = context.in_language(it).urls().absolute(routes::FEED);
        (context.code(it), address)
    });
    let icon = || context.base_url.absolute(routes::FAVICON);
    let feed = Feed {
        lang: context.code(context.language),
        id: urn(context, routes::FEED),
        home: urls.absolute("/"),
        address: urls.absolute(routes::FEED),
        title: text(&event.name),
        subtitle: event.description.as_ref().map(text),
        author: printable(&author(context)),
        icon: event.emblem.is_some().then(icon),
        others: others.collect(),
        updated: start_of(&context.updated),
        entries,
    };
    Ok(format!("{}\n", feed.render()?.trim_end()))
}

/// A write-up, if it was written in the language.
fn entry(context: Context<'_>, project: &Project) -> Option<Entry> {
    let urls = context.urls();
    let text = |text: &Localized<String>| printable(text.text(context.language));
    let forms = || [project.json_path(), project.markdown_path()].map(|it| urls.absolute(&it));
    let topics = context.website.topics_of(project);
    let own = [&project.video, &project.slides].into_iter().flatten();
    Some(Entry {
        id: urn(context, &project.first_path()),
        address: urls.absolute(&project.path()),
        title: text(&project.name),
        updated: start_of(&project.updated.unwrap_or(context.website.event.updated())),
        forms: context.has_data.then(forms),
        topics: topics.map(|topic| (urls.absolute(&topic.path()), text(&topic.name))).collect(),
        related: own
            .clone()
            .filter(|it| it.file.is_none())
            .map(|it| urls.absolute_material(it))
            .chain(project.links.iter().map(|it| it.url.clone()))
            .collect(),
        files: own
            .filter_map(|it| {
                let length = it.file.as_ref()?.stamp.length;
                Some((urls.absolute_material(it), it.media_type()?, length))
            })
            .collect(),
        summary: project.summary().map(text),
        content: {
            let (prose, path) = (project.prose.as_ref(), project.path());
            let films = figures::of_project(context, project);
            // A film tells as much as a text.
            let is_told = films.iter().any(|(_, it)| it.language == context.code(context.language));
            let text = html(context, prose, &path).or_else(|| is_told.then(String::new))?;
            let text = text + &said(context, &films, &path);
            // When it is stands before what it is.
            let time = when::line(context, project);
            let time = time.map(|it| format!("<p>{}</p>\n", escaped(&it)));
            let cover = project.cover.as_ref();
            let cover = cover.map(|it| printable(&figures::cover_elsewhere(context, it)));
            [cover, time].into_iter().flatten().collect::<String>() + &text
        },
    })
}

/// What is said in the films of a page, each paragraph with a link to its second there.
fn said(context: Context<'_>, films: &[(&str, &Transcript)], page: &str) -> String {
    let page = context.urls().absolute(page);
    let films = films.iter().enumerate().map(|(film, (_, transcript))| {
        let address = |second| format!("{page}#{}", second_id(film, second));
        let text = figures::paragraphs(transcript, "h3", None, address);
        let label = escaped(&context.labels.media.transcript);
        let code = escaped(&transcript.language);
        format!("<h2>{label}</h2>\n<div lang=\"{code}\">{}</div>\n", printable(&text))
    });
    films.collect()
}

/// A text with absolute links, if it was written in the language.
fn html(context: Context<'_>, prose: Option<&Localized<Prose>>, page: &str) -> Option<String> {
    let prose = prose?.exact(context.language)?;
    Some(printable(&json::html(context, prose, page)))
}

/// A text as HTML.
fn escaped(text: &str) -> String {
    let mut html = String::new();
    let written = Html.write_escaped_str(&mut html, &printable(text));
    written.map_or_else(|_| String::new(), |()| html)
}

/// The content knows no hour.
fn start_of(day: &dyn std::fmt::Display) -> String {
    format!("{day}T00:00:00Z")
}
