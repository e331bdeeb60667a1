//! A project's page.

use askama::Template;

use super::super::charts::{self, Chart};
use super::super::figures::{self as pictures, Owner};
use super::super::share::Share;
use super::{
    Article, Context, Layout, LocalizedText, PageMeta, ProjectSummary, article, figure_source,
    notice,
};
use crate::language::{fill, own_name};
use crate::model::routes;
use crate::model::{Drawing, Figure, Project, State, Step, Steps, StepsDrawing};
use crate::quantity::{Amount, Quantity};

#[derive(Debug, Template)]
#[template(path = "project.html")]
pub(super) struct ProjectPage<'a> {
    layout: Layout<'a>,
    project: ProjectSummary<'a>,
    /// As HTML.
    cover: Option<String>,
    place: String,
    /// The calendar file, and the page that tells what else is then.
    calendar: Option<String>,
    schedule: String,
    /// What is said where there is no recording.
    not_recorded: Option<&'a str>,
    /// The language that it was held in, where that is not the page's.
    spoken: Option<LocalizedText<'a>>,
    syllable: Option<SyllableFact<'a>>,
    depicts: Option<LocalizedText<'a>>,
    standfirst: Option<LocalizedText<'a>>,
    answers: Vec<(LocalizedText<'a>, LocalizedText<'a>)>,
    steps: Option<StepsList<'a>>,
    drawing: Option<DrawnFigure<'a>>,
    /// The player of its film.
    recording: Option<String>,
    prose: Option<Article<'a>>,
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

#[derive(Debug)]
struct StepsList<'a> {
    title: LocalizedText<'a>,
    /// Their large drawing, if they have one, and what it shows.
    art: Option<Chart>,
    caption: Option<LocalizedText<'a>>,
    items: Vec<StepFact<'a>>,
}

#[derive(Debug)]
struct StepFact<'a> {
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
    /// What one of its marks stands for.
    each: Option<String>,
    source: String,
}

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
    pub(super) fn new(context: Context<'a>, meta: PageMeta, index: usize) -> Self {
        let website = context.website;
        let project = &website.projects[index];
        let labels = &context.labels.project;
        let owner = Owner::project(context, project);
        let recording = owner.recording(context);
        let prose = article(context, project.prose.as_ref(), &owner);
        let summary = |it| ProjectSummary::new(context, it);
        let (previous, next) = context.prev_next(index);
        let related = context.relations.related(website, index);
        let (rank, total) = (project.rank.to_string(), website.projects.len().to_string());
        let spoken = project.language.as_deref();
        let spoken = spoken.filter(|it| *it != context.code(context.language));
        let answers = context.answers(project);
        let answers = answers.filter(|(question, _)| question.place.is_on_page());
        Self {
            layout: Layout::new(context, meta),
            project: summary(project),
            cover: project.cover.as_ref().and_then(|it| pictures::cover(context, it)),
            place: fill(&labels.place, &[("n", &rank), ("total", &total)]),
            calendar: project.calendar_path().map(|it| context.urls().page(&it)),
            schedule: format!("{}#at-{}", context.urls().page(routes::SCHEDULE), project.slug),
            not_recorded: (project.state == Some(State::NotRecorded))
                .then_some(context.labels.schedule.not_recorded.as_str()),
            spoken: spoken.map(|code| LocalizedText { text: own_name(code), lang: Some(code) }),
            syllable: project.syllable.as_ref().map(|it| SyllableFact {
                text: &it.text,
                reading: &it.reading,
                meaning: context.text(&it.meaning),
            }),
            depicts: context.optional_text(project.depicts.as_ref()),
            standfirst: context.optional_text(project.standfirst.as_ref()),
            answers: answers
                .map(|(question, answer)| (context.text(&question.label), context.text(answer)))
                .collect(),
            steps: project.steps.as_ref().map(|it| steps(context, it)),
            drawing: drawing(context, project),
            notice: notice(context, prose.as_ref()),
            recording,
            prose,
            figures: figures(context, project),
            share: Share::new(context, &project.path(), &project.name),
            related: related.map(summary).collect(),
            previous: previous.map(summary),
            next: next.map(summary),
        }
    }
}

fn steps<'a>(context: Context<'a>, steps: &'a Steps) -> StepsList<'a> {
    let item = |step: &'a Step| StepFact {
        title: context.text(&step.title),
        text: context.text(&step.text),
    };
    StepsList {
        title: context.text(&steps.title),
        art: steps.drawing.map(|StepsDrawing::Stations| charts::stations(steps.items.len())),
        caption: steps.caption.as_ref().map(|it| context.text(it)),
        items: steps.items.iter().map(item).collect(),
    }
}

fn figures<'a>(context: Context<'a>, project: &'a Project) -> Vec<FigureFact<'a>> {
    let labels = context.labels;
    let fact = |figure: &'a Figure| {
        let label = context.text(&figure.label);
        FigureFact {
            id: charts::project_chart(figure).is_none().then_some(figure.id.as_str()),
            name: &figure.id,
            value: labels.numbers.quantity(&figure.quantity),
            source: figure_source(context, project, figure.said_by),
            link_name: fill(&labels.project.figure_link, &[("label", label.text)]),
            label,
        }
    };
    project.figures.iter().map(fact).collect()
}

/// The first figure that has a drawing.
fn drawing<'a>(context: Context<'a>, project: &'a Project) -> Option<DrawnFigure<'a>> {
    let numbers = &context.labels.numbers;
    let mut figures = project.figures.iter();
    let (figure, art) = figures.find_map(|it| Some((it, charts::project_chart(it)?)))?;
    let rest = match (figure.drawing, figure.quantity.amount) {
        (Some(Drawing::Discs), Amount::One(value)) => {
            let rest = Quantity { amount: Amount::One(100.0 - value), ..figure.quantity.clone() };
            Some(numbers.counted(&rest))
        }
        _ => None,
    };
    let value = numbers.quantity(&figure.quantity);
    Some(DrawnFigure {
        id: &figure.id,
        art,
        each: charts::each(figure, context.labels),
        source: figure_source(context, project, figure.said_by),
        value,
        label: context.text(&figure.label),
        rest,
    })
}
