//! The first page: the meetup, its figures, all projects.

use askama::Template;

use crate::language::LanguageId;
use crate::model::{Event, Figure, Project, SaidBy};
use crate::quantity::RulerSide;

use super::super::charts;
use super::super::feeds::json_ld;
use super::super::number_line::{self, NumberLine, Point, SideNames};
use super::super::share::Share;
use super::sheets;
use super::{Card, Frame, ProseHtml, Site, Subject, Words, notice};

/// The first page.
#[derive(Debug, Template)]
#[template(path = "home.html")]
pub(crate) struct Home<'a> {
    /// What surrounds it.
    pub(in crate::render) frame: Frame<'a>,
    kind: Words<'a>,
    city: Words<'a>,
    venue: Words<'a>,
    /// The date for machines.
    date: String,
    date_words: String,
    /// How many projects there were, in words.
    count: String,
    cards: Vec<Card<'a>>,
    /// The link to the rest of the programme, where it is longer than this page.
    rest: Option<RestLink>,
    figures: Vec<DayFigure<'a>>,
    /// The lines of the headline.
    headline: Vec<Words<'a>>,
    about: String,
    /// The cells of the poster: a drawn syllable each, and at least one for every note.
    poster: Vec<Option<&'a str>>,
    /// The name without what is lettered.
    rest_of_name: &'a str,
    aside_lettering: Option<&'a str>,
    standfirst: Words<'a>,
    recap: ProseHtml<'a>,
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
    art: Option<String>,
    sentence: Words<'a>,
}

/// A meetup of the series.
#[derive(Debug)]
struct City<'a> {
    name: Words<'a>,
    country: Words<'a>,
    note: Words<'a>,
    /// The date for machines and in words; `None` where it is not fixed.
    date: Option<(String, String)>,
    is_here: bool,
}

/// A number of the day, as the table names it.
#[derive(Debug)]
struct Number<'a> {
    value: String,
    label: Words<'a>,
    project: Words<'a>,
    href: String,
    who: String,
}

impl<'a> Home<'a> {
    /// The page in a language.
    #[must_use]
    pub(crate) fn new(site: Site<'a>, language: LanguageId) -> Self {
        let website = site.website;
        let event = &website.event;
        let labels = website.labels(language);
        let words = |text| Words::new(text, language, &website.languages);
        let recap = ProseHtml::new(&website.recap, &website.glossary, site.addresses(language));
        let subject = Self::subject(site, language);
        Self {
            frame: Frame::new(site, language, &subject)
                .with_first_font(site)
                .with_data(|frame| json_ld::home(site, language, frame)),
            kind: words(&event.kind),
            city: words(&event.city),
            venue: words(&event.venue),
            date: event.date.to_string(),
            date_words: labels.dates.full(event.date),
            count: labels
                .home
                .count
                .replace("{n}", &website.projects.len().to_string()),
            cards: Card::first(site, language, sheets::SHEET),
            rest: rest(site, language),
            figures: event
                .figures
                .iter()
                .map(|figure| DayFigure {
                    number: labels.numbers.amount(figure.quantity.amount),
                    art: charts::day(figure, &event.series),
                    sentence: words(figure.sentence.as_ref().unwrap_or(&figure.label)),
                })
                .collect(),
            headline: lines(words(&event.headline)),
            poster: poster(site),
            rest_of_name: rest_of_name(event, language),
            aside_lettering: site.letters.get(&labels.home.aside),
            about: site.addresses(language).page("/about/"),
            standfirst: words(&event.standfirst),
            notice: notice(site, language, recap.lang),
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
            numbers: numbers(site, language),
            ruler: ruler(site, language),
            share: Share::new(site, language, "/", |it| event.title.text(it)),
        }
    }

    /// What the page is, without the page.
    #[must_use]
    pub(crate) fn subject(site: Site<'_>, language: LanguageId) -> Subject {
        let website = site.website;
        let event = &website.event;
        let shown = website.recap.get(language).language;
        Subject {
            path: "/".to_owned(),
            title: event.title.text(language).to_owned(),
            description: event.description.text(language).to_owned(),
            source: Some(format!("recap/{}.md", site.code(shown))),
            written: website.recap.languages().collect(),
            updated: site.updated.to_owned(),
            is_draft: false,
        }
    }

    /// The section that is set apart.
    fn aside_section(&self) -> Option<&super::super::words::SectionHtml<'a>> {
        let aside = self.aside?;
        self.recap
            .sections
            .iter()
            .find(|section| section.id == aside)
    }
}

/// How many notes stand on the poster.
const NOTES: usize = 4;

fn poster(site: Site<'_>) -> Vec<Option<&str>> {
    let name = site
        .website
        .event
        .lettering
        .iter()
        .flat_map(|it| it.chars());
    let mut cells: Vec<_> = name.map(|it| site.letters.get(&it.to_string())).collect();
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
fn lines(text: Words<'_>) -> Vec<Words<'_>> {
    let lines = text.text.lines();
    lines
        .map(|line| Words {
            text: line.trim(),
            ..text
        })
        .collect()
}

/// Where the whole programme stands, if this page shows its beginning alone.
fn rest(site: Site<'_>, language: LanguageId) -> Option<RestLink> {
    let count = site.website.projects.len();
    let words = &site.website.labels(language).list.all;
    (count > sheets::SHEET).then(|| RestLink {
        href: site.addresses(language).page("/projects/"),
        words: words.replace("{n}", &count.to_string()),
    })
}

/// The projects that the page shows, with their figures.
fn shown(site: Site<'_>) -> impl Iterator<Item = (&Project, &Figure)> {
    let projects = site.website.projects.iter().take(sheets::SHEET);
    projects.flat_map(|project| {
        project
            .figures
            .iter()
            .map(move |figure| (&**project, figure))
    })
}

/// Every number said of a project that day: those of the ruler by size, then the others.
fn numbers(site: Site<'_>, language: LanguageId) -> Vec<Number<'_>> {
    let website = site.website;
    let labels = website.labels(language);
    let mut figures: Vec<_> = shown(site).collect();
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
            label: Words::new(&figure.label, language, &website.languages),
            project: Words::new(&project.name, language, &website.languages),
            href: figure_address(site, language, &project.slug, &figure.id),
            who: figure_source(site, language, project, figure.said_by),
        })
        .collect()
}

/// The numbers of the ruler: what was counted, and dollars; won, tokens and percentages stand in
/// the table alone.
fn ruler(site: Site<'_>, language: LanguageId) -> Option<NumberLine> {
    let website = site.website;
    let labels = website.labels(language);
    let mut figures: Vec<_> = shown(site)
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
        label: figure.label.text(language).to_owned(),
        project: project.name.text(language).to_owned(),
        href: figure_address(site, language, &project.slug, &figure.id),
    };
    let points: Vec<Point> = figures.into_iter().map(point).collect();
    let names = SideNames {
        counted: &labels.home.counted,
        dollars: &labels.home.dollars,
    };
    number_line::number_line(&points, &labels.numbers, names)
}

/// A side of the ruler has room for so many marks; the largest of them stand there.
const MARKS: usize = 20;

/// Smaller numbers have no place on a ruler of large ones.
const SMALLEST: f64 = 10_000.0;

fn figure_address(site: Site<'_>, language: LanguageId, slug: &str, figure: &str) -> String {
    let page = site.addresses(language).project(slug);
    format!("{page}#figure-{figure}")
}

/// Who said a figure, by name where the report names somebody.
pub(in crate::render) fn figure_source(
    site: Site<'_>,
    language: LanguageId,
    project: &Project,
    said_by: SaidBy,
) -> String {
    let labels = &site.website.labels(language).project;
    match (said_by, project.speakers.first()) {
        (SaidBy::Speaker, Some(speaker)) => speaker.name.text(language).to_owned(),
        (SaidBy::Speaker, None) => labels.speaker.clone(),
        (SaidBy::Project, _) => labels.project.clone(),
        (SaidBy::Reporter, _) => labels.reporter.clone(),
    }
}
