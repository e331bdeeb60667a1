//! Charts that state a number: exact, so that whoever counts the marks finds the figure.

use std::f64::consts::TAU;

use askama::Template;

use crate::model::{Drawing, Figure, Stop};
use crate::quantity::Amount;

/// Years that growth is drawn over, the first one included.
const YEARS: i32 = 8;

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
        Self {
            class,
            width,
            height,
            groups,
        }
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
        // A quarter disc stands for half a million, in two rows.
        Drawing::Quarters => Some(quarters(class, count(value / 500_000.0))),
        Drawing::Cities => Some(cities(class, stops)),
        Drawing::Discs | Drawing::Growth => None,
    }
}

/// The mark of a step: a disc that fills with overprint from step to step.
pub(super) fn step_mark(index: usize, count: usize) -> Chart {
    let disc = Mark::Disc(6.0, 6.0, 6.0);
    let mut groups = vec![("i", vec![disc.clone()])];
    if index + 1 >= count {
        groups.push(("o", vec![disc]));
    } else if index > 0 {
        let share = float(index) / float(count - 1);
        let (sine, cosine) = (TAU * share).sin_cos();
        let large = u8::from(share > 0.5);
        let (x, y) = (6.0 + 6.0 * sine, 6.0 - 6.0 * cosine);
        let sector = format!("M6 6V0A6 6 0 {large} 1 {x:.2} {y:.2}z");
        groups.push(("o", vec![Mark::Path(sector)]));
    }
    Chart::new("steps__mark", (12.0, 12.0), groups)
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

/// A hundred discs, column by column: what is left in one ink, the percentage as rings in the other.
fn discs(percent: usize) -> Chart {
    let rest = 100 - percent.min(100);
    let cell = |index: usize| (float(index / 5), float(index % 5));
    let discs = (0..rest).map(cell);
    let rings = (rest..100).map(cell).map(|(x, y)| {
        let (y, inner) = (y + 0.5, x + 0.3);
        // The inner circle runs the other way round, so that it is a hole.
        Mark::Path(format!(
            "M{x} {y}a.5.5 0 0 0 1 0a.5.5 0 0 0-1 0zM{inner} {y}a.2.2 0 0 1 .4 0a.2.2 0 0 1-.4 0z"
        ))
    });
    let discs = discs
        .map(|(x, y)| Mark::Disc(x + 0.5, y + 0.5, 0.5))
        .collect();
    Chart::new(
        "chart__svg",
        (20.0, 5.0),
        [("i", discs), ("v", rings.collect())],
    )
}

/// A bar a year: what there was the year before in one ink, the growth of the year in the other.
fn growth(percent: f64) -> Chart {
    let rate = 1.0 + percent / 100.0;
    let (step, height) = (2.5, 5.0);
    let level = |year: i32| height * rate.powi(year) / rate.powi(YEARS - 1);
    let (mut before, mut added) = (Vec::new(), Vec::new());
    for year in 0..YEARS {
        let x = f64::from(year) * step;
        let (old, new) = (level((year - 1).max(0)), level(year));
        before.push(Mark::Bar(x, round(height - old), step, round(old)));
        if year > 0 {
            added.push(Mark::Bar(x, round(height - new), step, round(new - old)));
        }
    }
    let width = f64::from(YEARS) * step;
    Chart::new("chart__svg", (width, height), [("i", before), ("v", added)])
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

/// A bar for each one counted; those beyond what was announced in the other ink.
fn bars(class: &'static str, announced: usize, count: usize) -> Chart {
    let bar = |index| Mark::Bar(float(3 * index), 0.0, 2.4, 12.0);
    let announced = announced.min(count);
    let size = (float(3 * count.max(1)) - 0.6, 12.0);
    let (before, added) = ((0..announced).map(bar), (announced..count).map(bar));
    Chart::new(
        class,
        size,
        [("i", before.collect()), ("v", added.collect())],
    )
}

/// A quarter disc for each one counted, in two rows.
fn quarters(class: &'static str, count: usize) -> Chart {
    let columns = count.div_ceil(2).max(1);
    let quarter = |index| {
        let (x, y) = (6 * (index % columns), 6 * (index / columns));
        Mark::Path(format!("M{x} {y}.3a5.7 5.7 0 0 1 5.7 5.7h-5.7z"))
    };
    let quarters = (0..count).map(quarter).collect();
    Chart::new(class, (float(6 * columns), 12.0), [("v", quarters)])
}

/// A disc for each city on one line: those before in one ink, the latest in the other, and those without a date in
/// stripes.
fn cities(class: &'static str, stops: &[Stop]) -> Chart {
    let width = float(17 * stops.len().max(1)) - 5.0;
    let latest = stops.iter().rposition(|stop| stop.date.is_some());
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
            groups.push((if Some(index) == latest { "v" } else { "i" }, disc));
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
        assert_eq!(marks(&bars("", 9, 11)), [("i", 9), ("v", 2)]);
        assert_eq!(marks(&quarters("", 20)), [("v", 20)]);
        assert_eq!(marks(&discs(70)), [("i", 30), ("v", 70)]);
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
        let heights = |group: usize| -> Vec<f64> {
            let marks = chart.groups[group].1.iter();
            let heights = marks.filter_map(|it| match it {
                Mark::Bar(_, _, _, height) => Some(*height),
                _ => None,
            });
            heights.collect()
        };
        let (before, added) = (heights(0), heights(1));
        assert_eq!((before.len(), added.len()), (8, 7));
        assert!((added[0] / before[1] - 0.2).abs() < 0.01);
        assert!((before[7] + added[6] - 5.0).abs() < 0.01);
    }

    #[test]
    fn the_last_step_is_whole_and_the_first_is_empty() {
        assert_eq!(marks(&step_mark(0, 4)), [("i", 1)]);
        assert!(matches!(step_mark(3, 4).groups[1].1[..], [Mark::Disc(..)]));
        let half = step_mark(1, 3).to_string();
        assert!(half.contains("A6 6 0 0 1 6.00 12.00"), "{half}");
    }
}
