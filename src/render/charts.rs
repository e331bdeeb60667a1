//! Charts that state a number: exact, so that whoever counts the marks finds the figure.

use askama::Template;

use crate::language::fill;
use crate::model::{Drawing, Figure, Labels, Stop};
use crate::quantity::{Amount, Quantity};

/// What a quarter disc stands for.
const QUARTER: f64 = 500_000.0;

/// A drawing that is made of marks in the inks of the site.
#[derive(Clone, Debug, Template)]
#[template(path = "chart.svg")]
pub(super) struct Chart {
    class: &'static str,
    width: f64,
    height: f64,
    /// The class of each ink with what is printed in it, from the lowest to the topmost.
    groups: Vec<(&'static str, Vec<Mark>)>,
}

impl Chart {
    fn new(
        class: &'static str,
        (width, height): (f64, f64),
        groups: impl Into<Vec<(&'static str, Vec<Mark>)>>,
    ) -> Self {
        let groups = groups.into();
        Self { class, width, height, groups }
    }
}

#[derive(Clone, Debug)]
enum Mark {
    /// Its middle and its radius.
    Disc(f64, f64, f64),
    /// Its upper left corner, its width and its height.
    Bar(f64, f64, f64, f64),
    Path(String),
}

/// A project's one large chart; `None` where the figure has none.
pub(super) fn project_chart(figure: &Figure) -> Option<Chart> {
    let Amount::One(value) = figure.quantity.amount else {
        return None;
    };
    match figure.drawing? {
        Drawing::Discs => Some(discs(count(value))),
        Drawing::Growth => Some(growth(value)),
        Drawing::Dots => Some(dots("chart__svg", count(value), (count(value) / 15).max(1))),
        Drawing::Bars => Some(bars("chart__svg", count(value), count(value))),
        Drawing::Quarters | Drawing::Cities => None,
    }
}

/// What stands under a figure of the day.
pub(super) fn event_chart(figure: &Figure, stops: &[Stop]) -> Option<Chart> {
    let Amount::One(value) = figure.quantity.amount else {
        return None;
    };
    let class = "event-figures__chart";
    match figure.drawing? {
        Drawing::Dots => Some(dots(class, count(value), 6)),
        Drawing::Bars => {
            let announced = figure.announced.map_or(count(value), |it| it as usize);
            Some(bars(class, announced, count(value)))
        }
        Drawing::Quarters => Some(quarters(class, count(value / QUARTER))),
        Drawing::Cities => Some(cities(class, stops)),
        Drawing::Discs | Drawing::Growth => None,
    }
}

/// What one mark of a drawing stands for, in words; nothing where marks count nothing.
pub(super) fn each(figure: &Figure, labels: &Labels) -> Option<String> {
    let value = match figure.drawing? {
        Drawing::Dots | Drawing::Bars | Drawing::Discs => 1.0,
        Drawing::Quarters => QUARTER,
        Drawing::Growth | Drawing::Cities => return None,
    };
    let one = Quantity { amount: Amount::One(value), ..figure.quantity.clone() };
    let words = labels.numbers.counted(&one);
    Some(fill(&labels.project.each, &[("q", &words)]))
}

/// So many stations side by side, from edge to edge. From the middle of each a line begins that runs on through all
/// that follow, so that as many lines cross a station as were passed on the way to it, its own included.
pub(super) fn stations(count: usize) -> Chart {
    let pitch = 20.0 / float(count.max(1));
    let radius = 0.42 * pitch;
    // As many gaps as lines but one, equally wide.
    let line = 1.44 * radius / (2.0 * float(count.max(1)) - 1.0);
    let start = format!("a{0:.3} {0:.3} 0 0 1 0-{line:.3}z", line / 2.0);
    let middle = |index: usize| pitch * (float(index) + 0.5);
    let (mut lines, mut discs, mut crossings) = (Vec::new(), Vec::new(), Vec::new());
    for index in 0..count {
        let x = middle(index);
        let top = 0.28 * radius + 2.0 * line * float(index);
        let bottom = top + line;
        let beginning = format!("M{x:.3} {top:.3}H20v{line:.3}H{x:.3}{start}");
        lines.push(Mark::Path(beginning));
        discs.push(Mark::Disc(round(x), round(radius), round(radius)));
        // Half of its own station, and the whole width of every later one.
        let (above, below) = (chord(radius, top), chord(radius, bottom));
        crossings.push(Mark::Path(format!(
            "M{x:.3} {top:.3}h{above:.3}A{radius:.3} {radius:.3} 0 0 1 {:.3} {bottom:.3}H{x:.3}{start}",
            x + below
        )));
        let later = (index + 1..count).map(middle);
        crossings.extend(later.map(|x| Mark::Path(band(x, radius, top, bottom))));
    }
    let groups = [("v", lines), ("i", discs), ("o", crossings)];
    Chart::new("chart__svg", (20.0, round(2.0 * radius)), groups)
}

/// A hundred discs, column by column: the percentage whole, and what is left of the hundred as rings.
fn discs(percent: usize) -> Chart {
    let percent = percent.min(100);
    let cell = |index: usize| (float(index / 5), float(index % 5));
    let discs = (0..percent).map(cell);
    let discs = discs.map(|(x, y)| Mark::Disc(x + 0.5, y + 0.5, 0.5));
    let rings = (percent..100).map(cell).map(|(x, y)| {
        let (y, inner) = (y + 0.5, x + 0.12);
        // The inner circle runs the other way round, so that it is a hole.
        Mark::Path(format!(
            "M{x} {y}a.5.5 0 0 0 1 0a.5.5 0 0 0-1 0zM{inner:.2} {y}a.38.38 0 0 1 .76 0a.38.38 0 0 1-.76 0z"
        ))
    });
    Chart::new("chart__svg", (20.0, 5.0), [("i", discs.collect()), ("i", rings.collect())])
}

/// What there is as bars that are each as wide as what a year adds to it, and that as one more.
fn growth(percent: f64) -> Chart {
    let width = percent.clamp(1.0, 100.0);
    let height = width.clamp(8.0, 24.0);
    let bar = |x: f64, end: f64| Mark::Bar(round(x), 0.0, round((end - x) - 0.6), height);
    let starts = (0..100).map(|it| f64::from(it) * width);
    let starts = starts.take_while(|it| *it < 99.9);
    let before = starts.map(|x| bar(x, (x + width).min(100.0)));
    let groups = [("i", before.collect()), ("t", vec![bar(100.0, 100.0 + percent)])];
    Chart::new("chart__svg", (100.0 + percent, height), groups)
}

/// A dot for each one counted, in so many rows, filled column by column.
fn dots(class: &'static str, count: usize, rows: usize) -> Chart {
    let dot = |index| {
        let (x, y) = (2 * (index / rows) + 1, 2 * (index % rows) + 1);
        Mark::Disc(float(x), float(y), 0.78)
    };
    let size = (float(2 * count.div_ceil(rows).max(1)), float(2 * rows));
    Chart::new(class, size, [("i", (0..count).map(dot).collect())])
}

/// A bar for each one counted; those beyond what was announced in black.
fn bars(class: &'static str, announced: usize, count: usize) -> Chart {
    let bar = |index| Mark::Bar(float(3 * index), 0.0, 2.4, 12.0);
    let announced = announced.min(count);
    let size = (float(3 * count.max(1)) - 0.6, 12.0);
    let (before, added) = ((0..announced).map(bar), (announced..count).map(bar));
    Chart::new(class, size, [("i", before.collect()), ("t", added.collect())])
}

/// A quarter disc for each one counted, in two rows.
fn quarters(class: &'static str, count: usize) -> Chart {
    let columns = count.div_ceil(2).max(1);
    let quarter = |index| {
        let (x, y) = (6 * (index % columns), 6 * (index / columns));
        Mark::Path(format!("M{x} {y}.3a5.7 5.7 0 0 1 5.7 5.7h-5.7z"))
    };
    let quarters = (0..count).map(quarter).collect();
    Chart::new(class, (float(6 * columns), 12.0), [("i", quarters)])
}

/// A disc for each city on one line, those without a date in stripes.
fn cities(class: &'static str, stops: &[Stop]) -> Chart {
    let width = float(17 * stops.len().max(1)) - 5.0;
    let line = Mark::Bar(6.0, 5.4, width - 12.0, 1.2);
    let mut groups = vec![("i", vec![line])];
    for (index, stop) in stops.iter().enumerate() {
        let x = float(6 + 17 * index);
        let disc = vec![Mark::Disc(x, 6.0, 6.0)];
        if stop.date.is_none() {
            let tops = (0..5).map(|it| f64::from(it) * 2.4 + 0.6);
            let stripes = tops.map(|top| band(x, 6.0, top, top + 1.2)).collect();
            groups.extend([("p", disc), ("i", vec![Mark::Path(stripes)])]);
        } else {
            groups.push(("i", disc));
        }
    }
    Chart::new(class, (width, 12.0), groups)
}

/// What lies between two heights of a disc whose top is at 0 and whose middle is at `x`.
fn band(x: f64, radius: f64, top: f64, bottom: f64) -> String {
    let (above, below) = (chord(radius, top), chord(radius, bottom));
    let arc = format!("A{radius:.3} {radius:.3} 0 0 1");
    format!(
        "M{:.3} {top:.3}H{:.3}{arc} {:.3} {bottom:.3}H{:.3}{arc} {:.3} {top:.3}z",
        x - above,
        x + above,
        x + below,
        x - below,
        x - above
    )
}

/// Half the width of a disc at a height.
fn chord(radius: f64, y: f64) -> f64 {
    (radius.powi(2) - (y - radius).powi(2)).max(0.0).sqrt()
}

fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn float(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::MAX, f64::from)
}

/// A number of marks: the check of the content allows a thousand at most.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is rounded and within these bounds"
)]
fn count(value: f64) -> usize {
    value.round().clamp(0.0, 1000.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many marks a chart has in each ink.
    fn marks(chart: &Chart) -> Vec<(&str, usize)> {
        let groups = chart.groups.iter();
        groups.map(|(ink, marks)| (*ink, marks.len())).collect()
    }

    #[test]
    fn every_chart_holds_as_many_marks_as_it_states() {
        assert_eq!(marks(&dots("", 150, 6)), [("i", 150)]);
        assert_eq!(marks(&bars("", 9, 11)), [("i", 9), ("t", 2)]);
        assert_eq!(marks(&quarters("", 20)), [("i", 20)]);
        assert_eq!(marks(&discs(70)), [("i", 70), ("i", 30)]);
    }

    #[test]
    fn a_line_begins_at_every_station_and_crosses_all_that_follow() {
        let chart = stations(5);
        let [(_, lines), (_, discs), (_, crossings)] = &chart.groups[..] else {
            panic!("{chart:?}");
        };
        assert_eq!((lines.len(), crossings.len()), (5, 5 + 4 + 3 + 2 + 1));
        assert_eq!(discs.len(), 5);
        assert!(
            matches!(discs[..], [Mark::Disc(2.0, ..), .., Mark::Disc(18.0, ..)]),
            "each stands in the middle of its fifth of the width: {discs:?}"
        );
    }

    #[test]
    fn growth_is_drawn_to_scale() {
        let chart = growth(20.0);
        assert_eq!(marks(&chart), [("i", 5), ("t", 1)]);
        for (_, marks) in &chart.groups {
            for mark in marks {
                assert!(matches!(mark, Mark::Bar(_, _, width, _) if (width - 19.4).abs() < 0.01));
            }
        }
    }
}
