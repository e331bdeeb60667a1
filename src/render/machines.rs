//! The same content for machines, beside the pages.
//!
//! 1. [`structured`] is what every page tells search engines in its head.
//! 2. [`atom`] is the news, [`calendar`] the meetup, [`manifest`] the site as an application.
//! 3. [`data`] is the facts as JSON, [`markdown`] a project's page as text.
//! 4. [`sitemap`] lists the pages, once all of them are known.
//!
//! None of them holds a draft, and dates come from the content, never from the clock.

use rayon::prelude::*;

use crate::language::LanguageId;
use crate::model::{Project, files};

use super::layout::Site;
use super::{Format, Output};

mod atom;
mod calendar;
mod data;
mod manifest;
mod markdown;
pub(super) mod sitemap;
pub(super) mod structured;

/// The files of a language.
///
/// # Errors
///
/// Where a template or the writing of JSON fails, which would be mistakes in the program.
pub(super) fn files(site: Site<'_>, language: LanguageId) -> anyhow::Result<Vec<Output>> {
    let prefix = site.website.languages.prefix(language);
    let output = |path: &str, format, body: String| Output {
        path: format!("{prefix}{path}"),
        format,
        body: body.into_bytes().into(),
    };
    let calendar = calendar::calendar(site, language);
    let mut outputs = vec![
        output(files::FEED, Format::Feed, atom::feed(site, language)?),
        output(files::CALENDAR, Format::Calendar, calendar),
        output(
            files::MANIFEST,
            Format::Manifest,
            manifest::manifest(site, language)?,
        ),
        output(
            files::PROJECTS,
            Format::Data,
            data::projects(site, language)?,
        ),
    ];
    let projects: Vec<&Project> = site.website.published().collect();
    let of_pages = projects.into_par_iter().map(|project| {
        let data = data::project(site, language, project)?;
        let text = markdown::project(site, language, project)?;
        Ok([
            output(&data_path(project), Format::Data, data),
            output(&markdown_path(project), Format::Markdown, text),
        ])
    });
    let of_pages = of_pages.collect::<anyhow::Result<Vec<_>>>()?;
    outputs.extend(of_pages.into_iter().flatten());
    Ok(outputs)
}

fn data_path(project: &Project) -> String {
    project.path() + files::DATA_OF_PAGE
}

fn markdown_path(project: &Project) -> String {
    project.path() + files::MARKDOWN_OF_PAGE
}

/// Who wrote the texts: the site, since no person is named.
fn author(site: Site<'_>, language: LanguageId) -> String {
    let website = site.website;
    let pattern = &website.labels(language).machines.author;
    pattern.replace("{event}", website.event.name.text(language))
}

/// The text without the characters that no XML, YAML or calendar may hold.
fn plain(text: &str) -> String {
    let is_text = |it: &char| !it.is_control() || matches!(it, '\n' | '\t');
    let is_character = |it: &char| !matches!(it, '\u{fffe}' | '\u{ffff}');
    let characters = text.chars().filter(is_text);
    characters.filter(is_character).collect()
}
