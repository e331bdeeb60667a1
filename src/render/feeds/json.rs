//! The content as JSON: every project in `projects.json`, and one page in its `index.json`.
//!
//! The structs below are the format; its keys keep their names and their order. Every text says
//! which language it is in, every address is absolute, and what is not known is `null`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Number;

use crate::language::{LanguageId, Localized};
use crate::model::{
    self, Figure, Interval, LocalTime, Markup, Material, Project, Prose, SaidBy, Shown, State,
    Topic, Zone, routes,
};
use crate::quantity::{Amount, Bound, Period, Unit};

use super::super::context::Context;
use super::super::figures;
use super::super::pages::figure_source;
use super::super::share::citation;
use super::to_json;

#[derive(Serialize)]
struct ProjectsFile<'a> {
    url: String,
    /// The page that shows the same.
    page: String,
    language: &'a str,
    /// The day on which anything last changed.
    updated: &'a str,
    /// This file in the other languages.
    alternates: Vec<Alternate<'a>>,
    event: EventJson<'a>,
    topics: Vec<TopicJson<'a>>,
    /// In the order of the programme.
    projects: Vec<ProjectJson<'a>>,
    /// What else has a time, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    slots: Vec<SlotJson<'a>>,
    /// Who paid, those who paid most first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sponsors: Vec<TierJson<'a>>,
}

#[derive(Serialize)]
struct TierJson<'a> {
    name: Text<'a>,
    sponsors: Vec<SponsorJson<'a>>,
}

#[derive(Serialize)]
struct SponsorJson<'a> {
    name: Text<'a>,
    url: Option<&'a str>,
    logo: Option<String>,
}

#[derive(Serialize)]
struct ProjectFile<'a> {
    url: String,
    language: &'a str,
    /// This file in every other language that the write-up exists in.
    alternates: Vec<Alternate<'a>>,
    project: ProjectJson<'a>,
    article: Option<ArticleJson<'a>>,
    /// What the article shows, in its order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pictures: Vec<PictureJson<'a>>,
    /// The terms that the article links, explained.
    terms: Vec<TermJson<'a>>,
    topics: Vec<TopicJson<'a>>,
    citation: String,
    /// Projects with the same topics.
    related: Vec<Link<'a>>,
    previous: Option<Link<'a>>,
    next: Option<Link<'a>>,
    event: EventJson<'a>,
}

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

#[derive(Serialize)]
struct EventJson<'a> {
    name: Text<'a>,
    kind: Option<Text<'a>>,
    /// The first day, and the last where there are several.
    date: String,
    end_date: Option<String>,
    /// The zone of all times, and the address to follow it at; there only where it is known, as all that is of times.
    #[serde(skip_serializing_if = "Option::is_none")]
    timezone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    online: Option<&'a str>,
    venue: Option<Text<'a>>,
    city: Option<Text<'a>>,
    country: Option<Text<'a>>,
    host: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkJson<'a>>,
    /// What every entry is asked.
    questions: Vec<QuestionJson<'a>>,
    page: String,
    calendar: String,
}

/// An address of elsewhere.
#[derive(Serialize)]
struct LinkJson<'a> {
    title: Text<'a>,
    url: &'a str,
}

#[derive(Serialize)]
struct QuestionJson<'a> {
    id: &'a str,
    label: Text<'a>,
}

#[derive(Serialize)]
struct TopicJson<'a> {
    id: &'a str,
    name: Text<'a>,
    description: Option<Text<'a>>,
    page: String,
}

/// A project without its write-up.
#[derive(Serialize)]
struct ProjectJson<'a> {
    slug: &'a str,
    order: usize,
    name: Text<'a>,
    long_name: Option<&'a str>,
    page: String,
    data: String,
    markdown: String,
    updated: Option<String>,
    /// Empty where the report names nobody.
    speakers: Vec<SpeakerJson<'a>>,
    #[serde(flatten)]
    time: TimeJson<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cover: Option<PictureJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    video: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    slides: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<State>,
    /// The address of its calendar file.
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar: Option<String>,
    /// The ids of its topics.
    topics: &'a [String],
    tagline: Option<Text<'a>>,
    standfirst: Option<Text<'a>>,
    syllable: Option<SyllableJson<'a>>,
    /// By the id of the question.
    answers: BTreeMap<&'a str, Text<'a>>,
    figures: Vec<FigureJson<'a>>,
    steps: Option<StepsJson<'a>>,
}

#[derive(Serialize)]
struct PictureJson<'a> {
    url: String,
    width: Option<u32>,
    height: Option<u32>,
    alt: String,
    caption: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<CreditJson<'a>>,
}

#[derive(Serialize)]
struct CreditJson<'a> {
    creator: Text<'a>,
    licence: Option<&'a str>,
    licence_url: Option<String>,
    url: Option<&'a str>,
}

/// When and where something is.
#[derive(Serialize)]
struct TimeJson<'a> {
    /// With the offset from UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    room: Option<Text<'a>>,
}

#[derive(Serialize)]
struct SlotJson<'a> {
    title: Text<'a>,
    #[serde(flatten)]
    time: TimeJson<'a>,
}

#[derive(Serialize)]
struct SpeakerJson<'a> {
    name: Text<'a>,
    role: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pronouns: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkJson<'a>>,
    /// Their page, for somebody who has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
    /// The name as the report writes it.
    reported_name: &'a str,
    /// Whether the Latin spelling is this site's reading of the Korean.
    romanised: bool,
}

#[derive(Serialize)]
struct SyllableJson<'a> {
    text: &'a str,
    reading: &'a str,
    meaning: Text<'a>,
}

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
    /// What replaces the unit's word, such as the sign of a currency.
    symbol: Option<&'a str>,
    bound: Bound,
    /// The span of time that is counted over.
    period: Option<Period>,
    by_year: Option<i16>,
    /// What had been announced, for comparison.
    announced: Option<u32>,
    /// The whole figure in the words of the language.
    words: String,
    label: Text<'a>,
    said_by: Source,
}

#[derive(Serialize)]
struct Source {
    kind: SaidBy,
    /// The name, or what stands for it.
    name: String,
}

#[derive(Serialize)]
struct StepsJson<'a> {
    title: Text<'a>,
    items: Vec<StepJson<'a>>,
}

#[derive(Serialize)]
struct StepJson<'a> {
    title: Text<'a>,
    description: Text<'a>,
}

#[derive(Serialize)]
struct ArticleJson<'a> {
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

#[derive(Serialize)]
struct TermJson<'a> {
    id: &'a str,
    name: Text<'a>,
    description: Text<'a>,
    url: String,
}

#[derive(Serialize)]
struct Link<'a> {
    slug: &'a str,
    name: Text<'a>,
    page: String,
}

pub(in crate::render) fn projects(context: Context<'_>) -> serde_json::Result<String> {
    let website = context.website;
    let topics = website.topics.iter().map(|it| topic_json(context, it));
    let projects = website.published().map(|it| project_json(context, it));
    let entries = website.event.entries;
    let path = routes::projects_json(entries);
    to_json(&ProjectsFile {
        url: absolute(context, &path),
        page: absolute(context, &routes::projects(entries)),
        language: context.code(context.language),
        updated: context.updated,
        alternates: alternates(context, website.languages.iter(), &path),
        event: event_json(context),
        topics: topics.collect(),
        projects: projects.collect(),
        slots: website
            .slots
            .iter()
            .map(|slot| SlotJson {
                title: text(context, &slot.title),
                time: time_json(context, Some(slot.start), slot.minutes, slot.room.as_ref()),
            })
            .collect(),
        sponsors: website.sponsors.iter().map(|tier| tier_json(context, tier)).collect(),
    })
}

pub(in crate::render) fn project(context: Context<'_>, index: usize) -> serde_json::Result<String> {
    let website = context.website;
    let project = &website.projects[index];
    let path = project.path();
    let page = absolute(context, &path);
    let prose = project.prose.as_ref().map(|it| it.get(context.language));
    let article = prose.as_ref().map(|prose| ArticleJson {
        language: context.code(prose.language),
        html: html(context, prose.value, &path),
        text: prose.value.text(),
        sections: prose
            .value
            .sections
            .iter()
            .map(|section| SectionJson {
                id: &section.id,
                heading: &section.heading_text,
                url: format!("{page}#{}", section.id),
            })
            .collect(),
    });
    let terms = prose.iter().flat_map(|it| it.value.terms());
    let terms = terms.filter_map(|id| website.term(id));
    let topics = website.topics_of(project);
    let link = |other| link(context, other);
    let is_published = |it: &&Project| !it.draft;
    let (previous, next) = context.prev_next(index);
    let related = context.relations.related(website, index);
    to_json(&ProjectFile {
        url: absolute(context, &project.json_path()),
        language: context.code(context.language),
        alternates: match &project.prose {
            Some(prose) => alternates(context, prose.languages(), &project.json_path()),
            None => alternates(context, website.languages.iter(), &project.json_path()),
        },
        project: project_json(context, project),
        article,
        pictures: pictures(context, None, project.prose.as_ref()),
        terms: terms
            .map(|term| TermJson {
                id: &term.id,
                name: text(context, &term.name),
                description: text(context, &term.text),
                url: absolute(context, &routes::term(&term.id)),
            })
            .collect(),
        topics: topics.map(|it| topic_json(context, it)).collect(),
        citation: citation(context, &path, &project.name),
        related: related.filter(is_published).map(link).collect(),
        previous: previous.filter(is_published).map(link),
        next: next.filter(is_published).map(link),
        event: event_json(context),
    })
}

/// A text as HTML with absolute links, headings with their ids.
pub(super) fn html(context: Context<'_>, prose: &Prose, page: &str) -> String {
    let urls = context.urls();
    let show = |it: &Shown| figures::elsewhere(context, it);
    let render = |it: &Markup| it.to_html(|to| urls.absolute_target(to, page), show);
    let mut html = render(&prose.intro);
    for section in &prose.sections {
        let (id, heading) = (&section.id, render(&section.heading));
        let heading = format!("<h2 id=\"{id}\">{heading}</h2>\n");
        html.extend([heading, render(&section.body)]);
    }
    html
}

fn text<'a>(context: Context<'a>, text: &'a Localized<String>) -> Text<'a> {
    let found = text.get(context.language);
    Text { text: found.value, language: context.code(found.language) }
}

fn absolute(context: Context<'_>, path: &str) -> String {
    context.urls().absolute(path)
}

/// A file in the languages other than this one.
fn alternates<'a>(
    context: Context<'a>,
    languages: impl Iterator<Item = LanguageId>,
    path: &str,
) -> Vec<Alternate<'a>> {
    let others = languages.filter(|it| *it != context.language);
    let alternates = others.map(|it| Alternate {
        language: context.code(it),
        url: absolute(context.in_language(it), path),
    });
    alternates.collect()
}

fn event_json(context: Context<'_>) -> EventJson<'_> {
    let event = &context.website.event;
    let text = |it| text(context, it);
    let days = event.date;
    EventJson {
        name: text(&event.name),
        kind: event.kind.as_ref().map(text),
        date: days.first.to_string(),
        end_date: (days.last != days.first).then(|| days.last.to_string()),
        timezone: event.timezone.as_ref().map(Zone::name),
        online: event.online.as_deref(),
        venue: event.venue.as_ref().map(text),
        city: event.city.as_ref().map(text),
        country: event.country.as_ref().map(text),
        host: event.host.as_ref().map(text),
        links: links(context, &event.links),
        questions: event
            .questions
            .iter()
            .map(|it| QuestionJson { id: &it.id, label: text(&it.label) })
            .collect(),
        page: absolute(context, "/"),
        calendar: absolute(context, routes::CALENDAR),
    }
}

fn tier_json<'a>(context: Context<'a>, tier: &'a model::Tier) -> TierJson<'a> {
    let sponsors = tier.sponsors.iter().map(|it| SponsorJson {
        name: text(context, &it.name),
        url: it.url.as_deref(),
        logo: it.logo.as_ref().map(|it| context.base_url.absolute(&it.address())),
    });
    TierJson { name: text(context, &tier.name), sponsors: sponsors.collect() }
}

fn links<'a>(context: Context<'a>, links: &'a [model::Link]) -> Vec<LinkJson<'a>> {
    let links = links.iter().map(|it| LinkJson { title: text(context, &it.title), url: &it.url });
    links.collect()
}

fn time_json<'a>(
    context: Context<'a>,
    start: Option<LocalTime>,
    minutes: Option<u16>,
    room: Option<&'a Localized<String>>,
) -> TimeJson<'a> {
    let zone = context.website.event.timezone.as_ref();
    TimeJson {
        start: start.map(|it| Interval::new(it, None, zone).rfc3339().0),
        minutes,
        room: room.map(|it| text(context, it)),
    }
}

fn topic_json<'a>(context: Context<'a>, topic: &'a Topic) -> TopicJson<'a> {
    TopicJson {
        id: &topic.id,
        name: text(context, &topic.name),
        description: topic.text.as_ref().map(|it| text(context, it)),
        page: absolute(context, &topic.path()),
    }
}

fn link<'a>(context: Context<'a>, project: &'a Project) -> Link<'a> {
    Link {
        slug: &project.slug,
        name: text(context, &project.name),
        page: absolute(context, &project.path()),
    }
}

fn project_json<'a>(context: Context<'a>, project: &'a Project) -> ProjectJson<'a> {
    let text = |it| text(context, it);
    let speakers = context.website.speakers(project);
    let speakers = speakers.map(|(speaker, person)| SpeakerJson {
        name: text(&speaker.name),
        role: speaker.role.as_ref().map(text),
        organisation: speaker.organisation.as_ref().map(text),
        pronouns: speaker.pronouns.as_ref().map(text),
        links: links(context, &speaker.links),
        page: person.map(|it| absolute(context, &it.path())),
        reported_name: speaker.name.text(LanguageId::FIRST),
        romanised: speaker.romanised,
    });
    let figures = project.figures.iter();
    let address = |it: &Material| context.urls().absolute_material(it);
    ProjectJson {
        slug: &project.slug,
        order: project.rank,
        name: text(&project.name),
        long_name: project.long_name.as_deref(),
        page: absolute(context, &project.path()),
        data: absolute(context, &project.json_path()),
        markdown: absolute(context, &project.markdown_path()),
        updated: project.updated.map(|it| it.to_string()),
        speakers: speakers.collect(),
        time: time_json(context, project.start, project.minutes, project.room.as_ref()),
        language: project.language.as_deref(),
        cover: pictures(context, project.cover.as_ref(), None).pop(),
        video: project.video.as_ref().map(address),
        slides: project.slides.as_ref().map(address),
        links: links(context, &project.links),
        state: project.state,
        calendar: project.calendar_path().map(|it| absolute(context, &it)),
        topics: &project.topics,
        tagline: project.tagline.as_ref().map(text),
        standfirst: project.standfirst.as_ref().map(text),
        syllable: project.syllable.as_ref().map(|it| SyllableJson {
            text: &it.text,
            reading: &it.reading,
            meaning: text(&it.meaning),
        }),
        answers: project.answers.iter().map(|(id, it)| (id.as_str(), text(it))).collect(),
        figures: figures.map(|it| figure_json(context, project, it)).collect(),
        steps: project.steps.as_ref().map(|steps| StepsJson {
            title: text(&steps.title),
            items: steps
                .items
                .iter()
                .map(|step| StepJson { title: text(&step.title), description: text(&step.text) })
                .collect(),
        }),
    }
}

fn pictures<'a>(
    context: Context<'a>,
    cover: Option<&'a model::Cover>,
    prose: Option<&'a Localized<Prose>>,
) -> Vec<PictureJson<'a>> {
    let pictures = figures::told(context, cover, prose).into_iter();
    let pictures = pictures.map(|it| PictureJson {
        url: it.address,
        width: it.size.map(|it| it.0),
        height: it.size.map(|it| it.1),
        alt: it.alt,
        caption: it.caption,
        credit: it.credit.map(|it| CreditJson {
            creator: text(context, &it.creator),
            licence: it.licence.as_deref(),
            licence_url: it.licence_url(),
            url: it.url.as_deref(),
        }),
    });
    pictures.collect()
}

fn figure_json<'a>(
    context: Context<'a>,
    project: &'a Project,
    figure: &'a Figure,
) -> FigureJson<'a> {
    let quantity = &figure.quantity;
    let (value, from, to) = match quantity.amount {
        Amount::One(value) => (number(value), number(value), number(value)),
        Amount::Range(from, to) => (None, number(from), number(to)),
    };
    FigureJson {
        id: &figure.id,
        url: absolute(context, &format!("{}#figure-{}", project.path(), figure.id)),
        value,
        from,
        to,
        unit: quantity.unit,
        symbol: quantity.symbol.as_deref(),
        bound: quantity.bound,
        period: quantity.period,
        by_year: quantity.by_year,
        announced: figure.announced,
        words: context.labels.numbers.quantity(quantity),
        label: text(context, &figure.label),
        said_by: Source {
            kind: figure.said_by,
            name: figure_source(context, project, figure.said_by),
        },
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
