//! The first page: the meetup, its figures, all projects.

use askama::Template;

use crate::language::LanguageId;
use crate::model::{Event, Figure, Project, SaidBy};
use crate::quantity::RulerSide;

use super::super::charts::{self, Chart};
use super::super::feeds::json_ld;
use super::super::number_line::{self, NumberLine, Point, SideNames};
use super::super::share::Share;
use super::pagination;
use super::{Article, Context, Layout, LocalizedText, PageMeta, ProjectSummary, notice};

/// The first page.
#[derive(Debug, Template)]
#[template(path = "home.html")]
pub(crate) struct Home<'a> {
    /// What surrounds it.
    pub(in crate::render) layout: Layout<'a>,
    kind: LocalizedText<'a>,
    city: LocalizedText<'a>,
    venue: LocalizedText<'a>,
    /// The date for machines.
    date: String,
    date_words: String,
    /// How many projects there were, in words.
    count: String,
    projects: Vec<ProjectSummary<'a>>,
    /// The link to the rest of the programme, where it is longer than this page.
    rest: Option<RestLink>,
    figures: Vec<DayFigure<'a>>,
    /// The lines of the headline.
    headline: Vec<LocalizedText<'a>>,
    about: String,
    /// The cells of the poster: a drawn syllable each, and at least one for every note.
    poster: Vec<Option<&'a str>>,
    /// The name without what is lettered.
    rest_of_name: &'a str,
    aside_lettering: Option<&'a str>,
    standfirst: LocalizedText<'a>,
    recap: Article<'a>,
    notice: Option<String>,
    /// The id of the section that is set apart.
    aside: Option<&'a str>,
    stops: Vec<City<'a>>,
    numbers: Vec<Number<'a>>,
    ruler: Option<NumberLine>,
    share: Share,
}

/// A link to the whole programme.
#[derive(Debug)]
struct RestLink {
    href: String,
    words: String,
}

/// A figure of the day: a bare number that begins a sentence.
#[derive(Debug)]
struct DayFigure<'a> {
    number: String,
    art: Option<Chart>,
    sentence: LocalizedText<'a>,
}

/// A meetup of the series.
#[derive(Debug)]
struct City<'a> {
    name: LocalizedText<'a>,
    country: LocalizedText<'a>,
    note: LocalizedText<'a>,
    /// The date for machines and in words; `None` where it is not fixed.
    date: Option<(String, String)>,
    is_here: bool,
}

/// A number of the day, as the table names it.
#[derive(Debug)]
struct Number<'a> {
    value: String,
    label: LocalizedText<'a>,
    project: LocalizedText<'a>,
    href: String,
    source: String,
}

impl<'a> Home<'a> {
    /// The page in a language.
    pub(crate) fn new(context: Context<'a>) -> Self {
        let website = context.website;
        let event = &website.event;
        let labels = context.labels;
        let words = |text| context.text(text);
        let recap = Article::new(&website.recap, &website.glossary, context.urls());
        let meta = Self::meta(context);
        Self {
            layout: Layout::new(context, &meta)
                .with_first_font(context)
                .with_data(|layout| json_ld::home(context, layout)),
            kind: words(&event.kind),
            city: words(&event.city),
            venue: words(&event.venue),
            date: event.date.to_string(),
            date_words: labels.dates.full(event.date),
            count: labels
                .home
                .count
                .replace("{n}", &website.projects.len().to_string()),
            projects: ProjectSummary::first(context, pagination::PAGE_SIZE),
            rest: rest(context),
            figures: event
                .figures
                .iter()
                .map(|figure| DayFigure {
                    number: labels.numbers.amount(figure.quantity.amount),
                    art: charts::event_chart(figure, &event.series),
                    sentence: words(figure.sentence.as_ref().unwrap_or(&figure.label)),
                })
                .collect(),
            headline: lines(words(&event.headline)),
            poster: poster(context),
            rest_of_name: rest_of_name(event, context.language),
            aside_lettering: context.lettering_cache.get(&labels.home.aside),
            about: context.urls().page("/about/"),
            standfirst: words(&event.standfirst),
            notice: notice(context, recap.lang),
            recap,
            aside: event.aside.as_deref(),
            stops: event
                .series
                .iter()
                .map(|stop| City {
                    name: words(&stop.city),
                    country: words(&stop.country),
                    note: words(&stop.note),
                    date: stop
                        .date
                        .map(|date| (date.to_string(), labels.dates.day(date))),
                    is_here: stop.date == Some(event.date),
                })
                .collect(),
            numbers: numbers(context),
            ruler: ruler(context),
            share: Share::new(context, "/", |it| event.title.text(it)),
        }
    }

    /// What the page is, without the page.
    pub(crate) fn meta(context: Context<'_>) -> PageMeta {
        let website = context.website;
        let event = &website.event;
        let shown = website.recap.get(context.language).language;
        PageMeta {
            path: "/".to_owned(),
            title: event.title.text(context.language).to_owned(),
            description: event.description.text(context.language).to_owned(),
            source: Some(format!("recap/{}.md", context.code(shown))),
            written: website.recap.languages().collect(),
            updated: context.updated.to_owned(),
            is_draft: false,
        }
    }

    /// The section that is set apart.
    fn aside_section(&self) -> Option<&super::super::localized_text::SectionHtml<'a>> {
        let aside = self.aside?;
        self.recap
            .sections
            .iter()
            .find(|section| section.id == aside)
    }
}

/// How many notes stand on the poster.
const NOTES: usize = 4;

fn poster(context: Context<'_>) -> Vec<Option<&str>> {
    let name = context
        .website
        .event
        .lettering
        .iter()
        .flat_map(|it| it.chars());
    let mut cells: Vec<_> = name
        .map(|it| context.lettering_cache.get(&it.to_string()))
        .collect();
    cells.resize(cells.len().max(NOTES), None);
    cells
}

/// What is left of the name to be said beside its lettering; all of it in another script.
fn rest_of_name(event: &Event, language: LanguageId) -> &str {
    let name = event.name.text(language);
    let lettered = event.lettering.as_deref().unwrap_or_default();
    match name.strip_prefix(lettered).map(str::trim) {
        Some(rest) if !rest.is_empty() => rest,
        _ => name,
    }
}

/// The lines that the headline was written in.
fn lines(text: LocalizedText<'_>) -> Vec<LocalizedText<'_>> {
    let lines = text.text.lines();
    lines
        .map(|line| LocalizedText {
            text: line.trim(),
            ..text
        })
        .collect()
}

/// Where the whole programme stands, if this page shows its beginning alone.
fn rest(context: Context<'_>) -> Option<RestLink> {
    let count = context.website.projects.len();
    let words = &context.labels.list.all;
    (count > pagination::PAGE_SIZE).then(|| RestLink {
        href: context.urls().page("/projects/"),
        words: words.replace("{n}", &count.to_string()),
    })
}

/// The projects that the page shows, with their figures.
fn shown(context: Context<'_>) -> impl Iterator<Item = (&Project, &Figure)> {
    let projects = context.website.projects.iter().take(pagination::PAGE_SIZE);
    projects.flat_map(|project| {
        project
            .figures
            .iter()
            .map(move |figure| (&**project, figure))
    })
}

/// Every number said of a project that day: those of the ruler by size, then the others.
fn numbers(context: Context<'_>) -> Vec<Number<'_>> {
    let labels = context.labels;
    let mut figures: Vec<_> = shown(context).collect();
    let key = |figure: &Figure| {
        let part = match figure.quantity.unit.ruler_side() {
            Some(RulerSide::Counted) => 0,
            Some(RulerSide::Dollars) => 1,
            None => 2,
        };
        (part, figure.quantity.amount.high())
    };
    figures.sort_by(|(_, a), (_, b)| {
        let ((part_a, high_a), (part_b, high_b)) = (key(a), key(b));
        part_a.cmp(&part_b).then(high_a.total_cmp(&high_b))
    });
    figures
        .into_iter()
        .map(|(project, figure)| Number {
            value: labels.numbers.quantity(&figure.quantity),
            label: context.text(&figure.label),
            project: context.text(&project.name),
            href: figure_address(context, &project.slug, &figure.id),
            source: figure_source(context, project, figure.said_by),
        })
        .collect()
}

/// The numbers of the ruler: what was counted, and dollars; won, tokens and percentages stand in
/// the table alone.
fn ruler(context: Context<'_>) -> Option<NumberLine> {
    let labels = context.labels;
    let mut figures: Vec<_> = shown(context)
        .filter_map(|(project, figure)| {
            let value = figure.quantity.amount.high();
            let part = figure.quantity.unit.ruler_side()?;
            (value >= SMALLEST).then_some((value, part, project, figure))
        })
        .collect();
    figures.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut counted, mut dollars) = (0, 0);
    figures.retain(|(_, side, ..)| {
        let marks = match side {
            RulerSide::Counted => &mut counted,
            RulerSide::Dollars => &mut dollars,
        };
        *marks += 1;
        *marks <= MARKS
    });
    let point = |(value, side, project, figure): (f64, RulerSide, &Project, &Figure)| Point {
        value,
        side,
        words: labels.numbers.quantity(&figure.quantity),
        label: figure.label.text(context.language).to_owned(),
        project: project.name.text(context.language).to_owned(),
        href: figure_address(context, &project.slug, &figure.id),
    };
    let points = figures.into_iter().map(point).collect();
    let names = SideNames {
        counted: &labels.home.counted,
        dollars: &labels.home.dollars,
    };
    number_line::number_line(points, &labels.numbers, names)
}

/// A side of the ruler has room for so many marks; the largest of them stand there.
const MARKS: usize = 20;

/// Smaller numbers have no place on a ruler of large ones.
const SMALLEST: f64 = 10_000.0;

fn figure_address(context: Context<'_>, slug: &str, figure: &str) -> String {
    let page = context.urls().project(slug);
    format!("{page}#figure-{figure}")
}

/// Who said a figure, by name where the report names somebody.
pub(in crate::render) fn figure_source(
    context: Context<'_>,
    project: &Project,
    said_by: SaidBy,
) -> String {
    let labels = &context.labels.project;
    match (said_by, project.speakers.first()) {
        (SaidBy::Speaker, Some(speaker)) => speaker.name.text(context.language).to_owned(),
        (SaidBy::Speaker, None) => labels.speaker.clone(),
        (SaidBy::Project, _) => labels.project.clone(),
        (SaidBy::Reporter, _) => labels.reporter.clone(),
    }
}
