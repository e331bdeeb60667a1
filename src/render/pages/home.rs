//! The first page: the meetup, its figures, all projects.

use askama::Template;

use super::super::article::SectionHtml;
use super::super::charts::{self, Chart};
use super::super::figures::Owner;
use super::super::number_line::{self, NumberLine, Point};
use super::super::poster::Poster;
use super::super::share::Share;
use super::sponsors::TierBand;
use super::{
    Article, Context, Layout, LocalizedText, NamedLink, PageMeta, ProjectSummary, article,
    figure_source, links, notice,
};
use crate::language::LanguageId;
use crate::model::routes::{self, PAGE_SIZE};
use crate::model::{Event, Figure, Project};
use crate::quantity::RulerSide;

#[derive(Debug, Template)]
#[template(path = "home.html")]
pub(super) struct Home<'a> {
    layout: Layout<'a>,
    kind: Option<LocalizedText<'a>>,
    city: Option<LocalizedText<'a>>,
    venue: Option<LocalizedText<'a>>,
    /// The date for machines.
    date: String,
    date_words: String,
    /// How many projects there were, in words.
    count: String,
    projects: Vec<ProjectSummary<'a>>,
    /// The name of their grid.
    emblems: String,
    has_emblems: bool,
    /// Tiles in a row of the grid.
    columns: usize,
    /// What fills its last row, on a desk and on a phone.
    blanks: Vec<(bool, bool)>,
    /// What the event was, and where its whole programme is.
    summary: Option<LocalizedText<'a>>,
    list: Option<String>,
    /// Where the whole programme is, and the words of that link, where it is longer than this page.
    rest: Option<(String, String)>,
    links: Vec<NamedLink<'a>>,
    figures: Vec<DayFigure<'a>>,
    /// The lines of the headline.
    headline: Vec<LocalizedText<'a>>,
    /// The page about the site, if it has one.
    about: Option<String>,
    /// The cells of the poster, one for every note: a drawn syllable each, or nothing.
    poster: Vec<Option<&'a str>>,
    /// The name set large, where it is not four syllables that stand in the cells.
    large_name: Option<Poster>,
    /// The name without what is lettered, where something is.
    rest_of_name: Option<LocalizedText<'a>>,
    aside_lettering: Option<&'a str>,
    standfirst: Option<LocalizedText<'a>>,
    recap: Option<Article<'a>>,
    notice: Option<String>,
    /// The section that is set apart.
    aside: Option<SectionHtml<'a>>,
    stops: Vec<City<'a>>,
    numbers: Vec<Number<'a>>,
    ruler: Option<NumberLine>,
    sponsors: Vec<TierBand<'a>>,
    share: Share,
}

/// A figure of the day: a bare number that begins a sentence.
#[derive(Debug)]
struct DayFigure<'a> {
    number: String,
    art: Option<Chart>,
    /// What one of the marks of the drawing stands for.
    each: Option<String>,
    sentence: LocalizedText<'a>,
}

#[derive(Debug)]
struct City<'a> {
    name: LocalizedText<'a>,
    country: Option<LocalizedText<'a>>,
    note: Option<LocalizedText<'a>>,
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
    pub(super) fn new(context: Context<'a>, meta: PageMeta) -> Self {
        let website = context.website;
        let event = &website.event;
        let labels = context.labels;
        let owner = Owner::page(context, &event.name, "recap", website.recap.as_ref());
        let mut recap = article(context, website.recap.as_ref(), &owner);
        let is_aside = |section: &SectionHtml<'_>| Some(section.id) == event.aside.as_deref();
        let aside = recap.as_mut().and_then(|recap| {
            let index = recap.sections.iter().position(is_aside)?;
            Some(recap.sections.remove(index))
        });
        let figures = event.figures.iter().map(|figure| DayFigure {
            number: labels.numbers.amount(figure.quantity.amount),
            art: charts::event_chart(figure, &event.series),
            each: charts::each(figure, labels),
            sentence: context.text(figure.sentence.as_ref().unwrap_or(&figure.label)),
        });
        let stops = event.series.iter().map(|stop| City {
            name: context.text(&stop.city),
            country: context.optional_text(stop.country.as_ref()),
            note: context.optional_text(stop.note.as_ref()),
            date: stop.date.map(|date| (date.to_string(), labels.dates.day(date))),
            is_here: stop.date.is_some_and(|day| event.date.contains(day)),
        });
        let headline = event.headline.iter();
        let projects = ProjectSummary::first(context, PAGE_SIZE);
        let about = context.has(routes::ABOUT);
        let (columns, blanks) = grid(projects.len() + usize::from(about));
        let entries = &labels.entries;
        let list = routes::projects(event.entries);
        let count = |words| labels.numbers.count(words, website.projects.len());
        Self {
            layout: Layout::new(context, meta).with_home_font(context),
            kind: context.optional_text(event.kind.as_ref()),
            city: context.optional_text(event.city.as_ref()),
            venue: context.optional_text(event.venue.as_ref()),
            date: event.date.first.to_string(),
            date_words: labels.dates.days(event.date.first, event.date.last),
            count: count(&entries.count),
            has_emblems: projects.iter().any(|it| !it.emblem.is_empty()),
            columns,
            blanks,
            projects,
            emblems: count(&entries.emblems),
            summary: context.optional_text(event.description.as_ref()),
            rest: (website.projects.len() > PAGE_SIZE)
                .then(|| (context.urls().page(&list), count(&entries.all))),
            list: context.has(&list).then(|| context.urls().page(&list)),
            links: links(context, &event.links),
            figures: figures.collect(),
            headline: headline.flat_map(|it| lines(context.text(it))).collect(),
            large_name: large_name(context),
            poster: poster(context),
            rest_of_name: rest_of_name(event, context.language),
            about: about.then(|| context.urls().page(routes::ABOUT)),
            standfirst: context.optional_text(event.standfirst.as_ref()),
            notice: notice(context, recap.as_ref()),
            recap,
            aside,
            aside_lettering: context.lettering_cache.get(&labels.home.aside),
            stops: stops.collect(),
            numbers: numbers(context),
            ruler: ruler(context),
            sponsors: TierBand::all(context),
            share: Share::new(context, routes::HOME, event.title()),
        }
    }
}

/// How many tiles stand in a row of the grid, and what fills its last row: on a desk, and on a phone, where rows are half
/// as long or shorter.
fn grid(tiles: usize) -> (usize, Vec<(bool, bool)>) {
    let (columns, few) = match tiles {
        0..=12 => (6, 3),
        13..=24 => (8, 4),
        25..=40 => (10, 5),
        _ => (12, 5),
    };
    let [desk, phone] = [columns, few].map(|it| tiles.next_multiple_of(it) - tiles);
    let blanks = (0..desk.max(phone)).map(|it| (it < desk, it < phone));
    (columns, blanks.collect())
}

/// How many notes stand on the poster.
const NOTES: usize = 4;

/// The name where it is as many syllables as there are notes, with room for one in each.
fn syllables(event: &Event) -> Option<&str> {
    let name = event.lettering.as_deref();
    name.filter(|it| it.chars().count() == NOTES)
}

fn poster(context: Context<'_>) -> Vec<Option<&str>> {
    let Some(name) = syllables(&context.website.event) else {
        return vec![None; NOTES];
    };
    name.chars().map(|it| context.lettering_cache.get(&it.to_string())).collect()
}

fn large_name(context: Context<'_>) -> Option<Poster> {
    let event = &context.website.event;
    let name = event.lettering.as_deref();
    let name = name.unwrap_or_else(|| event.name.text(context.language));
    let own = context.website.font.as_deref();
    syllables(event).is_none().then(|| Poster::new(name, own))
}

/// What is left of the name to be said beside its lettering; all of it in another script.
fn rest_of_name(event: &Event, language: LanguageId) -> Option<LocalizedText<'_>> {
    let name = event.name.text(language);
    let rest = name.strip_prefix(event.lettering.as_deref()?).map(str::trim);
    let rest = rest.filter(|it| !it.is_empty());
    Some(LocalizedText { text: rest.unwrap_or(name), lang: None })
}

fn lines(text: LocalizedText<'_>) -> impl Iterator<Item = LocalizedText<'_>> {
    let lines = text.text.lines();
    lines.map(move |line| LocalizedText { text: line.trim(), ..text })
}

/// The projects that the page shows, with their figures.
fn shown(context: Context<'_>) -> impl Iterator<Item = (&Project, &Figure)> {
    let projects = context.website.projects.iter().take(PAGE_SIZE);
    projects.flat_map(|project| project.figures.iter().map(move |figure| (project, figure)))
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
            href: figure_address(context, project, &figure.id),
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
        href: figure_address(context, project, &figure.id),
    };
    let points = figures.into_iter().map(point).collect();
    number_line::number_line(points, labels)
}

/// A side of the ruler has room for so many marks; the largest of them stand there.
const MARKS: usize = 20;

/// Smaller numbers have no place on a ruler of large ones.
const SMALLEST: f64 = 10_000.0;

fn figure_address(context: Context<'_>, project: &Project, figure: &str) -> String {
    let page = context.urls().page(&project.path());
    format!("{page}#figure-{figure}")
}
