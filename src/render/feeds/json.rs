//! The facts as JSON: of every project in `projects.json`, and of one page in its `index.json`.
//!
//! The structs below are the format; its keys keep their names and their order. Every text says
//! which language it is in, every address is absolute, and what is not known is `null`.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Number;

use crate::language::{LanguageId, Localized};
use crate::model::{Figure, Project, Prose, SaidBy, Section, routes};
use crate::quantity::{Amount, Bound, Period, Quantity, Unit};

use super::super::context::Context;
use super::super::pages::figure_source;

mod article;

pub(in crate::render) use article::project;

/// `projects.json`.
#[derive(Serialize)]
struct ProjectsFile<'a> {
    /// The address of this file.
    url: String,
    /// The page that shows the same.
    page: String,
    language: &'a str,
    /// The day on which anything last changed.
    updated: String,
    /// This file in the other languages.
    alternates: Vec<Alternate<'a>>,
    event: EventJson<'a>,
    topics: Vec<TopicJson<'a>>,
    /// In the order of the programme.
    projects: Vec<ProjectJson<'a>>,
}

/// The same in another language.
#[derive(Serialize)]
struct Alternate<'a> {
    language: &'a str,
    url: String,
}

/// A text and the language it is in: another one than the file's where a translation lacks.
#[derive(Serialize)]
struct Text<'a> {
    text: &'a str,
    language: &'a str,
}

/// The meetup.
#[derive(Serialize)]
struct EventJson<'a> {
    name: Text<'a>,
    kind: Text<'a>,
    date: String,
    venue: Text<'a>,
    city: Text<'a>,
    country: Text<'a>,
    host: Text<'a>,
    page: String,
    calendar: String,
}

/// A topic.
#[derive(Serialize)]
struct TopicJson<'a> {
    id: &'a str,
    name: Text<'a>,
    description: Text<'a>,
    page: String,
}

/// A project without its write-up.
#[derive(Serialize)]
struct ProjectJson<'a> {
    slug: &'a str,
    /// Its place in the programme, from 1.
    order: u32,
    name: Text<'a>,
    long_name: Option<&'a str>,
    page: String,
    data: String,
    markdown: String,
    updated: String,
    /// None where the report names nobody.
    speakers: Vec<SpeakerJson<'a>>,
    /// The ids of its topics.
    topics: &'a [String],
    tagline: Text<'a>,
    standfirst: Text<'a>,
    syllable: Option<SyllableJson<'a>>,
    glance: GlanceJson<'a>,
    comparison: ComparisonJson<'a>,
    figures: Vec<FigureJson<'a>>,
    steps: Option<StepsJson<'a>>,
}

/// Somebody who presented.
#[derive(Serialize)]
struct SpeakerJson<'a> {
    name: Text<'a>,
    role: Text<'a>,
    /// The name as the report writes it.
    reported_name: &'a str,
    /// Whether the Latin spelling is this site's reading of the Korean.
    romanised: bool,
}

/// The Hangul syllable of the sheet, which is the site's own.
#[derive(Serialize)]
struct SyllableJson<'a> {
    text: &'a str,
    reading: &'a str,
    meaning: Text<'a>,
}

/// The claim in four short texts.
#[derive(Serialize)]
struct GlanceJson<'a> {
    problem: Text<'a>,
    idea: Text<'a>,
    why: Text<'a>,
    audience: Text<'a>,
}

/// The cells of the comparison.
#[derive(Serialize)]
struct ComparisonJson<'a> {
    on_chain: Text<'a>,
    paid: Text<'a>,
}

/// A figure of the talk.
#[derive(Serialize)]
struct FigureJson<'a> {
    id: &'a str,
    url: String,
    /// The number; `null` for a range.
    value: Option<Number>,
    /// The lower end of a range, or the number.
    from: Option<Number>,
    /// The upper end of a range, or the number.
    to: Option<Number>,
    unit: Unit,
    /// What replaces the unit's word, such as the sign of a token.
    symbol: Option<&'a str>,
    bound: Bound,
    /// The span of time that is counted over.
    period: Option<Period>,
    /// The year that is forecast.
    by_year: Option<i16>,
    /// What had been announced, for comparison.
    announced: Option<u32>,
    /// The whole figure in the words of the language.
    words: String,
    label: Text<'a>,
    said_by: Source,
}

/// Who said a figure.
#[derive(Serialize)]
struct Source {
    kind: SaidBy,
    /// The name, or what stands for it.
    name: String,
}

/// How it works, step by step.
#[derive(Serialize)]
struct StepsJson<'a> {
    title: Text<'a>,
    items: Vec<StepJson<'a>>,
}

/// One step.
#[derive(Serialize)]
struct StepJson<'a> {
    title: Text<'a>,
    description: Text<'a>,
}

/// The facts of every project in a language.
///
/// # Errors
///
/// Where the writing of JSON fails, which would be a mistake in the program.
pub(in crate::render) fn projects(context: Context<'_>) -> anyhow::Result<String> {
    let website = context.website;
    let urls = context.urls();
    let writer = Writer { context };
    let others = website
        .languages
        .iter()
        .filter(|it| *it != context.language);
    write(&ProjectsFile {
        url: urls.absolute(routes::PROJECTS_JSON),
        page: urls.absolute(routes::PROJECTS),
        language: context.code(context.language),
        updated: context.updated.to_owned(),
        alternates: others
            .map(|it| Alternate {
                language: context.code(it),
                url: context
                    .in_language(it)
                    .urls()
                    .absolute(routes::PROJECTS_JSON),
            })
            .collect(),
        event: writer.event(),
        topics: website.topics.iter().map(|it| writer.topic(it)).collect(),
        projects: website.published().map(|it| writer.project(it)).collect(),
    })
}

fn write(file: &impl Serialize) -> anyhow::Result<String> {
    let mut text = serde_json::to_string_pretty(file)?;
    text.push('\n');
    Ok(text)
}

/// A text as HTML with absolute links, headings with their ids.
pub(super) fn html(context: Context<'_>, prose: &Prose, page: &str) -> String {
    let urls = context.urls();
    let render = |it: &crate::model::Markup| it.to_html(|to| urls.absolute_target(to, page));
    let mut html = render(&prose.intro);
    for Section {
        id, heading, body, ..
    } in &prose.sections
    {
        // Writing to a string cannot fail.
        let _ = writeln!(html, "<h2 id=\"{id}\">{}</h2>", render(heading));
        html.push_str(&render(body));
    }
    html
}

/// What the facts are worded in.
#[derive(Clone, Copy)]
struct Writer<'a> {
    context: Context<'a>,
}

impl<'a> Writer<'a> {
    fn text(self, text: &'a Localized<String>) -> Text<'a> {
        let found = text.get(self.context.language);
        Text {
            text: found.value,
            language: self.context.code(found.language),
        }
    }

    fn absolute(self, path: &str) -> String {
        self.context.urls().absolute(path)
    }

    fn event(self) -> EventJson<'a> {
        let event = &self.context.website.event;
        EventJson {
            name: self.text(&event.name),
            kind: self.text(&event.kind),
            date: event.date.to_string(),
            venue: self.text(&event.venue),
            city: self.text(&event.city),
            country: self.text(&event.country),
            host: self.text(&event.host),
            page: self.absolute("/"),
            calendar: self.absolute(routes::CALENDAR),
        }
    }

    fn topic(self, topic: &'a crate::model::Topic) -> TopicJson<'a> {
        TopicJson {
            id: &topic.id,
            name: self.text(&topic.name),
            description: self.text(&topic.text),
            page: self.absolute(&topic.path()),
        }
    }

    fn project(self, project: &'a Project) -> ProjectJson<'a> {
        let speakers = project.speakers.iter().map(|speaker| SpeakerJson {
            name: self.text(&speaker.name),
            role: self.text(&speaker.role),
            reported_name: speaker.name.text(LanguageId::FIRST),
            romanised: speaker.romanised,
        });
        let figures = project.figures.iter();
        ProjectJson {
            slug: &project.slug,
            order: project.order,
            name: self.text(&project.name),
            long_name: project.long_name.as_deref(),
            page: self.absolute(&project.path()),
            data: self.absolute(&project.json_path()),
            markdown: self.absolute(&project.markdown_path()),
            updated: project.updated.to_string(),
            speakers: speakers.collect(),
            topics: &project.topics,
            tagline: self.text(&project.tagline),
            standfirst: self.text(&project.standfirst),
            syllable: project.syllable.as_ref().map(|it| SyllableJson {
                text: &it.text,
                reading: &it.reading,
                meaning: self.text(&it.meaning),
            }),
            glance: GlanceJson {
                problem: self.text(&project.glance.problem),
                idea: self.text(&project.glance.idea),
                why: self.text(&project.glance.why),
                audience: self.text(&project.glance.audience),
            },
            comparison: ComparisonJson {
                on_chain: self.text(&project.compare.on_chain),
                paid: self.text(&project.compare.paid),
            },
            figures: figures.map(|it| self.figure(project, it)).collect(),
            steps: project.steps.as_ref().map(|steps| StepsJson {
                title: self.text(&steps.title),
                items: steps
                    .items
                    .iter()
                    .map(|step| StepJson {
                        title: self.text(&step.title),
                        description: self.text(&step.text),
                    })
                    .collect(),
            }),
        }
    }

    fn figure(self, project: &'a Project, figure: &'a Figure) -> FigureJson<'a> {
        let Quantity {
            amount,
            unit,
            bound,
            period,
            by_year,
            symbol,
        } = &figure.quantity;
        let (value, from, to) = match *amount {
            Amount::One(value) => (number(value), number(value), number(value)),
            Amount::Range(from, to) => (None, number(from), number(to)),
        };
        let page = self.absolute(&project.path());
        let labels = self.context.labels;
        FigureJson {
            id: &figure.id,
            url: format!("{page}#figure-{}", figure.id),
            value,
            from,
            to,
            unit: *unit,
            symbol: symbol.as_deref(),
            bound: *bound,
            period: *period,
            by_year: *by_year,
            announced: figure.announced,
            words: labels.numbers.quantity(&figure.quantity),
            label: self.text(&figure.label),
            said_by: Source {
                kind: figure.said_by,
                name: figure_source(self.context, project, figure.said_by),
            },
        }
    }
}

/// A number without a decimal point where it has no decimals, as far as integers are exact.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the number is whole, and small enough for its type"
)]
fn number(value: f64) -> Option<Number> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        Some(Number::from(value as i64))
    } else {
        Number::from_f64(value)
    }
}
