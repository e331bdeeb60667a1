//! A project's page.

use askama::Template;

use crate::assets::fonts;
use crate::language::LanguageId;
use crate::model::{Drawing, Figure, Project, StepsDrawing};
use crate::quantity::{Amount, Quantity};

use super::super::charts;
use super::super::feeds::json_ld;
use super::super::share::Share;
use super::home::figure_source;
use super::{
    Card, Frame, NamedLink, Presenter, ProseHtml, Site, Subject, Words, draft, lettering,
    long_name, notice, shapes, speakers, topics,
};

/// A name narrower than this, in em, leaves room for the facts beside it.
const SHORT_NAME: f32 = 2.9;

/// A project's page.
#[derive(Debug, Template)]
#[template(path = "project.html")]
pub(crate) struct ProjectPage<'a> {
    /// What surrounds it.
    pub(in crate::render) frame: Frame<'a>,
    slug: &'a str,
    number: String,
    place: String,
    name: Words<'a>,
    draft: Option<&'a str>,
    tagline: Words<'a>,
    has_short_name: bool,
    long_name: Option<&'a str>,
    emblem: &'a str,
    syllable: Option<SyllableFact<'a>>,
    lettering: Option<&'a str>,
    speakers: Vec<Presenter<'a>>,
    topics: Vec<NamedLink<'a>>,
    standfirst: Words<'a>,
    glance: [(&'a str, Words<'a>); 4],
    steps: Option<StepsList<'a>>,
    drawing: Option<DrawnFigure<'a>>,
    prose: ProseHtml<'a>,
    notice: Option<String>,
    figures: Vec<FigureFact<'a>>,
    share: Share,
    related: Vec<Card<'a>>,
    previous: Option<Card<'a>>,
    next: Option<Card<'a>>,
}

/// The Hangul letter, explained.
#[derive(Debug)]
struct SyllableFact<'a> {
    text: &'a str,
    reading: &'a str,
    meaning: Words<'a>,
}

/// How it works, step by step.
#[derive(Debug)]
struct StepsList<'a> {
    title: Words<'a>,
    /// Their large drawing, if they have one, and what it shows.
    art: Option<String>,
    caption: Option<Words<'a>>,
    items: Vec<StepFact<'a>>,
}

/// One step.
#[derive(Debug)]
struct StepFact<'a> {
    mark: String,
    title: Words<'a>,
    text: Words<'a>,
}

/// The figure that is drawn large.
#[derive(Debug)]
struct DrawnFigure<'a> {
    id: &'a str,
    art: String,
    value: String,
    label: Words<'a>,
    /// What is left of a hundred percent, where a part of a whole is drawn.
    rest: Option<String>,
    is_long: bool,
}

/// A figure of the talk.
#[derive(Debug)]
struct FigureFact<'a> {
    /// Its fragment; the drawing has it where there is one.
    id: Option<&'a str>,
    name: &'a str,
    value: String,
    label: Words<'a>,
    who: String,
    link_name: String,
}

impl<'a> ProjectPage<'a> {
    /// The page in a language.
    #[must_use]
    pub(crate) fn new(site: Site<'a>, language: LanguageId, project: &'a Project) -> Self {
        let website = site.website;
        let labels = website.labels(language);
        let words = |text| Words::new(text, language, &website.languages);
        let prose = ProseHtml::new(&project.prose, &website.glossary, site.addresses(language));
        let name = project.name.text(language);
        let subject = Self::subject(site, language, project);
        let card = |it| Card::new(site, language, it);
        let (previous, next) = site.relations.neighbours(website, &project.slug);
        let frame = Frame::new(site, language, &subject)
            .with_data(|frame| json_ld::project(site, language, project, frame));
        let glance = &project.glance;
        Self {
            slug: &project.slug,
            number: format!("{:02}", project.order),
            place: labels
                .project
                .place
                .replace("{n}", &project.order.to_string())
                .replace("{total}", &website.projects.len().to_string()),
            name: words(&project.name),
            draft: draft(site, language, project),
            tagline: words(&project.tagline),
            has_short_name: fonts::width(name, 1000.0) < SHORT_NAME,
            long_name: long_name(project, language),
            emblem: shapes(project.emblem.as_deref()),
            syllable: syllable(site, language, project),
            lettering: lettering(site, project),
            speakers: speakers(site, language, project),
            topics: topics(site, language, project),
            standfirst: words(&project.standfirst),
            glance: [
                (&labels.project.problem, words(&glance.problem)),
                (&labels.project.idea, words(&glance.idea)),
                (&labels.project.why, words(&glance.why)),
                (&labels.project.audience, words(&glance.audience)),
            ],
            steps: project.steps.as_ref().map(|steps| StepsList {
                title: words(&steps.title),
                art: steps
                    .drawing
                    .map(|StepsDrawing::Stations| charts::stations(steps.items.len())),
                caption: steps.caption.as_ref().map(words),
                items: steps
                    .items
                    .iter()
                    .enumerate()
                    .map(|(index, step)| StepFact {
                        mark: charts::step_mark(index, steps.items.len()),
                        title: words(&step.title),
                        text: words(&step.text),
                    })
                    .collect(),
            }),
            drawing: drawing(site, language, project),
            notice: notice(site, language, prose.lang),
            prose,
            figures: figures(site, language, project),
            share: Share::new(site, language, &subject.path, |it| project.name.text(it)),
            related: site
                .relations
                .related(website, project)
                .into_iter()
                .map(card)
                .collect(),
            previous: previous.map(card),
            next: next.map(card),
            frame,
        }
    }

    /// What the page is, without the page.
    #[must_use]
    pub(crate) fn subject(site: Site<'_>, language: LanguageId, project: &Project) -> Subject {
        let shown = project.prose.get(language).language;
        Subject {
            path: project.path(),
            title: project.name.text(language).to_owned(),
            description: project.standfirst.text(language).to_owned(),
            source: Some(format!("projects/{}/{}.md", project.slug, site.code(shown))),
            written: project.prose.languages().collect(),
            updated: project.updated.to_string(),
            is_draft: project.draft,
        }
    }
}

fn syllable<'a>(
    site: Site<'a>,
    language: LanguageId,
    project: &'a Project,
) -> Option<SyllableFact<'a>> {
    let syllable = project.syllable.as_ref()?;
    Some(SyllableFact {
        text: &syllable.text,
        reading: &syllable.reading,
        meaning: Words::new(&syllable.meaning, language, &site.website.languages),
    })
}

fn figures<'a>(site: Site<'a>, language: LanguageId, project: &'a Project) -> Vec<FigureFact<'a>> {
    let labels = site.website.labels(language);
    let figures = project.figures.iter().map(|figure| {
        let label = Words::new(&figure.label, language, &site.website.languages);
        FigureFact {
            id: drawn(figure).is_none().then_some(figure.id.as_str()),
            name: &figure.id,
            value: labels.numbers.quantity(&figure.quantity),
            who: figure_source(site, language, project, figure.said_by),
            link_name: labels.project.figure_link.replace("{label}", label.text),
            label,
        }
    });
    figures.collect()
}

/// The drawing of a figure, if it has one.
fn drawn(figure: &Figure) -> Option<String> {
    charts::large(figure)
}

/// A number longer than this, in em, is set smaller.
const LONG: f32 = 3.2;

fn drawing<'a>(
    site: Site<'a>,
    language: LanguageId,
    project: &'a Project,
) -> Option<DrawnFigure<'a>> {
    let numbers = &site.website.labels(language).numbers;
    let mut figures = project.figures.iter();
    let (figure, art) = figures.find_map(|figure| Some((figure, drawn(figure)?)))?;
    let rest = match (figure.drawing, figure.quantity.amount) {
        (Some(Drawing::Discs), Amount::One(value)) => {
            let rest = Quantity {
                amount: Amount::One(100.0 - value),
                ..figure.quantity.clone()
            };
            Some(numbers.counted(&rest))
        }
        _ => None,
    };
    let value = numbers.quantity(&figure.quantity);
    Some(DrawnFigure {
        id: &figure.id,
        art,
        is_long: fonts::width(&value, 1000.0) > LONG,
        value,
        label: Words::new(&figure.label, language, &site.website.languages),
        rest,
    })
}
