//! A project's page.

use askama::Template;

use crate::assets::fonts;
use crate::model::{Drawing, Project, StepsDrawing};
use crate::quantity::{Amount, Quantity};

use super::super::charts::{self, Chart};
use super::super::feeds::json_ld;
use super::super::share::Share;
use super::home::figure_source;
use super::{
    Article, Context, Layout, LocalizedText, NamedLink, PageMeta, Presenter, ProjectSummary, draft,
    lettering, long_name, notice, shapes, speakers, topics,
};

/// A name narrower than this, in em, leaves room for the facts beside it.
const SHORT_NAME: f32 = 2.9;

/// A project's page.
#[derive(Debug, Template)]
#[template(path = "project.html")]
pub(crate) struct ProjectPage<'a> {
    /// What surrounds it.
    pub(in crate::render) layout: Layout<'a>,
    slug: &'a str,
    number: String,
    place: String,
    name: LocalizedText<'a>,
    draft: Option<&'a str>,
    tagline: LocalizedText<'a>,
    has_short_name: bool,
    long_name: Option<&'a str>,
    emblem: &'a str,
    syllable: Option<SyllableFact<'a>>,
    lettering: Option<&'a str>,
    speakers: Vec<Presenter<'a>>,
    topics: Vec<NamedLink<'a>>,
    standfirst: LocalizedText<'a>,
    glance: [(&'a str, LocalizedText<'a>); 4],
    steps: Option<StepsList<'a>>,
    drawing: Option<DrawnFigure<'a>>,
    prose: Article<'a>,
    notice: Option<String>,
    figures: Vec<FigureFact<'a>>,
    share: Share,
    related: Vec<ProjectSummary<'a>>,
    previous: Option<ProjectSummary<'a>>,
    next: Option<ProjectSummary<'a>>,
}

/// The Hangul letter, explained.
#[derive(Debug)]
struct SyllableFact<'a> {
    text: &'a str,
    reading: &'a str,
    meaning: LocalizedText<'a>,
}

/// How it works, step by step.
#[derive(Debug)]
struct StepsList<'a> {
    title: LocalizedText<'a>,
    /// Their large drawing, if they have one, and what it shows.
    art: Option<Chart>,
    caption: Option<LocalizedText<'a>>,
    items: Vec<StepFact<'a>>,
}

/// One step.
#[derive(Debug)]
struct StepFact<'a> {
    mark: Chart,
    title: LocalizedText<'a>,
    text: LocalizedText<'a>,
}

/// The figure that is drawn large.
#[derive(Debug)]
struct DrawnFigure<'a> {
    id: &'a str,
    art: Chart,
    value: String,
    label: LocalizedText<'a>,
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
    label: LocalizedText<'a>,
    source: String,
    link_name: String,
}

impl<'a> ProjectPage<'a> {
    /// The page in a language.
    pub(crate) fn new(context: Context<'a>, project: &'a Project) -> Self {
        let website = context.website;
        let labels = context.labels;
        let words = |text| context.text(text);
        let prose = Article::new(&project.prose, &website.glossary, context.urls());
        let name = project.name.text(context.language);
        let meta = Self::meta(context, project);
        let card = |it| ProjectSummary::new(context, it);
        let (previous, next) = context.relations.prev_next(website, &project.slug);
        let layout = Layout::new(context, &meta)
            .with_data(|layout| json_ld::project(context, project, layout));
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
            draft: draft(context, project),
            tagline: words(&project.tagline),
            has_short_name: fonts::width(name, 1000.0) < SHORT_NAME,
            long_name: long_name(project, context.language),
            emblem: shapes(project.emblem.as_deref()),
            syllable: syllable(context, project),
            lettering: lettering(context, project),
            speakers: speakers(context, project),
            topics: topics(context, project),
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
            drawing: drawing(context, project),
            notice: notice(context, prose.lang),
            prose,
            figures: figures(context, project),
            share: Share::new(context, &meta.path, |it| project.name.text(it)),
            related: context
                .relations
                .related(website, project)
                .into_iter()
                .map(card)
                .collect(),
            previous: previous.map(card),
            next: next.map(card),
            layout,
        }
    }

    /// What the page is, without the page.
    pub(crate) fn meta(context: Context<'_>, project: &Project) -> PageMeta {
        let shown = project.prose.get(context.language).language;
        PageMeta {
            path: project.path(),
            title: project.name.text(context.language).to_owned(),
            description: project.standfirst.text(context.language).to_owned(),
            source: Some(format!(
                "projects/{}/{}.md",
                project.slug,
                context.code(shown)
            )),
            written: project.prose.languages().collect(),
            updated: project.updated.to_string(),
            is_draft: project.draft,
        }
    }
}

fn syllable<'a>(context: Context<'a>, project: &'a Project) -> Option<SyllableFact<'a>> {
    let syllable = project.syllable.as_ref()?;
    Some(SyllableFact {
        text: &syllable.text,
        reading: &syllable.reading,
        meaning: context.text(&syllable.meaning),
    })
}

fn figures<'a>(context: Context<'a>, project: &'a Project) -> Vec<FigureFact<'a>> {
    let labels = context.labels;
    let figures = project.figures.iter().map(|figure| {
        let label = context.text(&figure.label);
        FigureFact {
            id: charts::project_chart(figure)
                .is_none()
                .then_some(figure.id.as_str()),
            name: &figure.id,
            value: labels.numbers.quantity(&figure.quantity),
            source: figure_source(context, project, figure.said_by),
            link_name: labels.project.figure_link.replace("{label}", label.text),
            label,
        }
    });
    figures.collect()
}

/// A number longer than this, in em, is set smaller.
const LONG: f32 = 3.2;

fn drawing<'a>(context: Context<'a>, project: &'a Project) -> Option<DrawnFigure<'a>> {
    let numbers = &context.labels.numbers;
    let mut figures = project.figures.iter();
    let (figure, art) =
        figures.find_map(|figure| Some((figure, charts::project_chart(figure)?)))?;
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
        label: context.text(&figure.label),
        rest,
    })
}
