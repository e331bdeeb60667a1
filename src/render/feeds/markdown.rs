//! A project's page as Markdown: the facts as front matter, lists and a table, the write-up as it was
//! written, every link absolute.

use std::fmt;

use askama::Template;
use askama::filters::Escaper;

use crate::language::{LanguageId, Localized, fill};
use crate::model::{Project, Speaker, Term, Topic, routes};

use super::super::context::Context;
use super::super::pages::{NamedLink, figure_source, material};
use super::super::share::citation;
use super::super::text_fit::printable;
use super::super::when;

/// Every text in it is escaped by [`Escape`].
#[derive(Template)]
#[template(path = "project.md", whitespace = "preserve")]
struct Document<'a> {
    context: Context<'a>,
    project: &'a Project,
    language: &'a str,
    cover: Option<String>,
    url: String,
    data: String,
    speakers: Vec<String>,
    /// When it is with its offset from UTC, and when and where in words.
    start: Option<String>,
    time: Option<String>,
    syllable: Option<String>,
    material: Vec<NamedLink<'a>>,
    answers: Vec<(&'a str, &'a str)>,
    article: Option<String>,
    figures: Vec<FigureRow<'a>>,
    terms: Vec<&'a Term>,
    topics: Vec<&'a Topic>,
    related: Vec<&'a Project>,
    citation: String,
}

struct FigureRow<'a> {
    value: String,
    label: &'a str,
    source: String,
}

pub(in crate::render) fn project(context: Context<'_>, index: usize) -> askama::Result<String> {
    let website = context.website;
    let project = &website.projects[index];
    let labels = context.labels;
    let urls = context.urls();
    let page = project.path();
    let prose = project.prose.as_ref().map(|it| it.get(context.language));
    let terms = prose.iter().flat_map(|it| it.value.terms());
    let related = context.relations.related(website, index);
    let text = prose.as_ref().map(|prose| {
        let markdown = &prose.value.markdown;
        markdown.to_markdown(|target| urls.absolute_target(target, &page))
    });
    let answers = context.answers(project).map(|(question, answer)| {
        let language = context.language;
        (question.label.text(language), answer.text(language))
    });
    let speakers = website.speakers(project);
    let speakers = speakers.map(|(it, _)| speaker(context, it));
    let syllable = project.syllable.as_ref().map(|it| {
        let meaning = it.meaning.text(context.language);
        let values = [("text", &*it.text), ("reading", &*it.reading), ("meaning", meaning)];
        fill(&labels.project.syllable, &values)
    });
    let figures = project.figures.iter().map(|figure| FigureRow {
        value: labels.numbers.quantity(&figure.quantity),
        label: figure.label.text(context.language),
        source: figure_source(context, project, figure.said_by),
    });
    let document = Document {
        context,
        project,
        language: context.code(prose.as_ref().map_or(context.language, |it| it.language)),
        cover: {
            let cover = project.cover.as_ref().map(|it| it.file.address());
            cover.map(|it| context.base_url.absolute(&it))
        },
        url: urls.absolute(&page),
        data: urls.absolute(&project.json_path()),
        speakers: speakers.collect(),
        start: project.interval(&website.event).map(|it| it.rfc3339().0),
        time: when::line(context, project),
        syllable,
        material: material(context, project, |it| urls.absolute_material(it)),
        answers: answers.collect(),
        article: text.as_deref().map(printable),
        figures: figures.collect(),
        terms: terms.filter_map(|id| website.term(id)).collect(),
        topics: website.topics_of(project).collect(),
        related: related.filter(|it| !it.draft).collect(),
        citation: citation(context, &page, &project.name),
    };
    Ok(document.render()? + "\n")
}

/// A presenter, with the name as the report writes it where the spelling is this site's own.
fn speaker(context: Context<'_>, speaker: &Speaker) -> String {
    let name = speaker.name.text(context.language);
    let reported = speaker.name.text(LanguageId::FIRST);
    let name = if speaker.romanised && name != reported {
        format!("{name} ({reported})")
    } else {
        name.to_owned()
    };
    let Some(role) = &speaker.role else {
        return name;
    };
    let values = [("name", &*name), ("role", role.text(context.language))];
    fill(&context.labels.project.presenter, &values)
}

impl<'a> Document<'a> {
    fn text(&self, text: &'a Localized<String>) -> &'a str {
        text.text(self.context.language)
    }

    /// A text for the front matter: YAML takes a string of JSON.
    fn quoted(&self, text: &'a Localized<String>) -> serde_json::Result<String> {
        serde_json::to_string(&printable(self.text(text)))
    }

    fn absolute(&self, path: &str) -> String {
        self.context.urls().absolute(path)
    }

    fn in_glossary(&self, term: &Term) -> String {
        self.absolute(&routes::term(&term.id))
    }
}

/// How a text is written so that nothing in it is taken for markup, on one line.
#[derive(Clone, Copy)]
pub(in crate::render) struct Escape;

impl Escaper for Escape {
    fn write_escaped_str<W: fmt::Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        let text = printable(text);
        let text = text.trim();
        // At its start, a text could be taken for an item of a list.
        let digits = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(0);
        for (index, character) in text.char_indices() {
            let begins_item = index == digits
                && (matches!(character, '-' | '+' | '=')
                    || matches!(character, '.' | ')') && digits > 0);
            match character {
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#' => {
                    write!(dest, "\\{character}")?;
                }
                '\n' | '\t' => dest.write_char(' ')?,
                other if begins_item => write!(dest, "\\{other}")?,
                other => dest.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_taken_for_markup() {
        for (text, expected) in [
            ("A.B.C", "A.B.C"),
            ("*a* [b](c) <d> | e", "\\*a\\* \\[b\\](c) \\<d\\> \\| e"),
            ("1. a", "1\\. a"),
            ("- a", "\\- a"),
            ("2018년", "2018년"),
            ("a\nb\u{7}", "a b"),
        ] {
            let mut escaped = String::new();
            Escape.write_escaped_str(&mut escaped, text).expect("written");
            assert_eq!(escaped, expected);
        }
    }
}
