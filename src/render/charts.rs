//! Drawings that state a number: exact, so that whoever counts the marks finds the figure.

use std::f64::consts::TAU;
use std::fmt::Write as _;

use crate::model::{Drawing, Figure, Stop};
use crate::quantity::Amount;

/// Years that growth is drawn over, the first one included.
const YEARS: i32 = 8;

/// The mark of a step: a disc that fills with overprint from step to step.
pub(super) fn step_mark(index: usize, count: usize) -> String {
    let mut svg = String::from(
        "<svg class=\"steps__mark\" viewBox=\"0 0 12 12\" aria-hidden=\"true\">\
         <circle class=\"i\" cx=\"6\" cy=\"6\" r=\"6\"/>",
    );
    if index + 1 >= count {
        svg.push_str("<circle class=\"o\" cx=\"6\" cy=\"6\" r=\"6\"/>");
    } else if index > 0 {
        let share = as_f64(index) / as_f64(count - 1);
        let (sine, cosine) = (TAU * share).sin_cos();
        let large = u8::from(share > 0.5);
        let (x, y) = (6.0 + 6.0 * sine, 6.0 - 6.0 * cosine);
        let _ = write!(
            svg,
            "<path class=\"o\" d=\"M6 6V0A6 6 0 {large} 1 {x:.2} {y:.2}z\"/>"
        );
    }
    svg + "</svg>"
}

/// So many stations side by side, from edge to edge. From the middle of each a line begins that runs on through all
/// that follow, so that as many lines cross a station as were passed on the way to it, its own included.
pub(super) fn stations(count: usize) -> String {
    let pitch = 20.0 / as_f64(count.max(1));
    let radius = 0.42 * pitch;
    // As many gaps as lines but one, equally wide.
    let line = 1.44 * radius / (2.0 * as_f64(count.max(1)) - 1.0);
    let start = format!("a{0:.3} {0:.3} 0 0 1 0-{line:.3}z", line / 2.0);
    let middle = |index: usize| pitch * (as_f64(index) + 0.5);
    let (mut lines, mut discs, mut crossed) = (String::new(), String::new(), String::new());
    for index in 0..count {
        let x = middle(index);
        let top = 0.28 * radius + 2.0 * line * as_f64(index);
        let bottom = top + line;
        let reach = |y: f64| (radius.powi(2) - (y - radius).powi(2)).max(0.0).sqrt();
        let (above, below) = (reach(top), reach(bottom));
        let arc = format!("A{radius:.3} {radius:.3} 0 0 1");
        let _ = write!(lines, "M{x:.3} {top:.3}H20v{line:.3}H{x:.3}{start}");
        let _ = write!(
            discs,
            "<circle cx=\"{x:.3}\" cy=\"{radius:.3}\" r=\"{radius:.3}\"/>"
        );
        // Half of its own station, and the whole width of every later one.
        let _ = write!(
            crossed,
            "M{x:.3} {top:.3}h{above:.3}{arc} {:.3} {bottom:.3}H{x:.3}{start}",
            x + below
        );
        for x in (index + 1..count).map(middle) {
            let _ = write!(
                crossed,
                "M{:.3} {top:.3}H{:.3}{arc} {:.3} {bottom:.3}H{:.3}{arc} {:.3} {top:.3}z",
                x - above,
                x + above,
                x + below,
                x - below,
                x - above
            );
        }
    }
    let svg = open("chart__svg", 20.0, 2.0 * radius);
    format!(
        "{svg}<path class=\"v\" d=\"{lines}\"/><g class=\"i\">{discs}</g>\
         <path class=\"o\" d=\"{crossed}\"/></svg>"
    )
}

/// A project's one large drawing; `None` where the figure has none.
pub(super) fn large(figure: &Figure) -> Option<String> {
    let Amount::One(value) = figure.quantity.amount else {
        return None;
    };
    match figure.drawing? {
        Drawing::Discs => Some(discs(count(value))),
        Drawing::Growth => Some(growth(value)),
        Drawing::Dots => Some(dots(count(value), 15, "chart__svg")),
        Drawing::Bars => Some(bars(count(value), count(value), "chart__svg")),
        Drawing::Quarters | Drawing::Cities => None,
    }
}

/// What stands under a figure of the day.
pub(super) fn day(figure: &Figure, stops: &[Stop]) -> Option<String> {
    let Amount::One(value) = figure.quantity.amount else {
        return None;
    };
    match figure.drawing? {
        Drawing::Dots => Some(dots(count(value), 6, "event-figures__chart")),
        Drawing::Bars => {
            let announced = figure.announced.map_or(count(value), |it| it as usize);
            Some(bars(announced, count(value), "event-figures__chart"))
        }
        // A quarter disc stands for half a million, in two rows.
        Drawing::Quarters => Some(quarters(count(value / 500_000.0))),
        Drawing::Cities => Some(cities(stops)),
        Drawing::Discs | Drawing::Growth => None,
    }
}

fn as_f64(number: usize) -> f64 {
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

fn open(class: &str, width: f64, height: f64) -> String {
    format!("<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">")
}

/// A hundred discs, column by column: what is left in one ink, the percentage as rings in the other.
fn discs(percent: usize) -> String {
    let mut svg = open("chart__svg", 20.0, 5.0);
    svg.push_str("<g class=\"i\">");
    let cell = |index: usize| (index / 5, index % 5);
    for (x, y) in (0..100 - percent.min(100)).map(cell) {
        let _ = write!(svg, "<circle cx=\"{x}.5\" cy=\"{y}.5\" r=\".5\"/>");
    }
    svg.push_str("</g><path class=\"v\" d=\"");
    for (x, y) in (100 - percent.min(100)..100).map(cell) {
        // The inner circle runs the other way round, so that it is a hole.
        let _ = write!(
            svg,
            "M{x} {y}.5a.5.5 0 0 0 1 0a.5.5 0 0 0-1 0zM{x}.3 {y}.5a.2.2 0 0 1 .4 0a.2.2 0 0 1-.4 0z"
        );
    }
    svg + "\"/></svg>"
}

/// A bar a year: what there was the year before in one ink, the growth of the year in the other.
fn growth(percent: f64) -> String {
    let rate = 1.0 + percent / 100.0;
    let tallest = rate.powi(YEARS - 1);
    let (step, height) = (2.5, 5.0);
    let mut svg = open("chart__svg", f64::from(YEARS) * step, height);
    for year in 0..YEARS {
        let x = f64::from(year) * step;
        let level = |year: i32| height * rate.powi(year) / tallest;
        let before = level((year - 1).max(0));
        let all = level(year);
        let _ = write!(
            svg,
            "<rect class=\"i\" x=\"{x}\" y=\"{:.3}\" width=\"2.5\" height=\"{before:.3}\"/>",
            height - before
        );
        if year > 0 {
            let _ = write!(
                svg,
                "<rect class=\"v\" x=\"{x}\" y=\"{:.3}\" width=\"2.5\" height=\"{:.3}\"/>",
                height - all,
                all - before
            );
        }
    }
    svg + "</svg>"
}

/// A dot for each one counted, in as many rows, filled column by column.
fn dots(count: usize, rows: usize, class: &str) -> String {
    let rows = if class == "chart__svg" {
        (count / rows).max(1)
    } else {
        rows
    };
    let columns = count.div_ceil(rows).max(1);
    let mut svg = open(class, as_f64(2 * columns), as_f64(2 * rows));
    svg.push_str("<g class=\"i\">");
    for index in 0..count {
        let (x, y) = (2 * (index / rows) + 1, 2 * (index % rows) + 1);
        let _ = write!(svg, "<circle cx=\"{x}\" cy=\"{y}\" r=\".78\"/>");
    }
    svg + "</g></svg>"
}

/// A bar for each one counted; those beyond what was announced in the other ink.
fn bars(announced: usize, count: usize, class: &str) -> String {
    let width = as_f64(3 * count.max(1)) - 0.6;
    let mut svg = open(class, width, 12.0);
    for index in 0..count {
        let ink = if index < announced { "i" } else { "v" };
        let x = 3 * index;
        let _ = write!(
            svg,
            "<rect class=\"{ink}\" x=\"{x}\" width=\"2.4\" height=\"12\"/>"
        );
    }
    svg + "</svg>"
}

fn quarters(count: usize) -> String {
    let columns = count.div_ceil(2).max(1);
    let mut svg = open("event-figures__chart", as_f64(6 * columns), 12.0);
    svg.push_str("<g class=\"v\">");
    for index in 0..count {
        let (x, y) = (6 * (index % columns), 6 * (index / columns));
        let _ = write!(svg, "<path d=\"M{x} {y}.3a5.7 5.7 0 0 1 5.7 5.7h-5.7z\"/>");
    }
    svg + "</g></svg>"
}

/// A disc for each city on one line: those before in one ink, the latest in the other, and those
/// without a date in stripes.
fn cities(stops: &[Stop]) -> String {
    let latest = stops.iter().rposition(|stop| stop.date.is_some());
    let width = 17 * stops.len().max(1) - 5;
    let mut svg = open("event-figures__chart", as_f64(width), 12.0);
    let _ = write!(
        svg,
        "<path class=\"i\" d=\"M6 5.4H{}v1.2H6z\"/>",
        width.saturating_sub(6)
    );
    for (index, stop) in stops.iter().enumerate() {
        let x = 6 + 17 * index;
        match stop.date {
            Some(_) => {
                let ink = if Some(index) == latest { "v" } else { "i" };
                let _ = write!(svg, "<circle class=\"{ink}\" cx=\"{x}\" cy=\"6\" r=\"6\"/>");
            }
            None => stripes(&mut svg, as_f64(x)),
        }
    }
    svg + "</svg>"
}

/// A striped disc of radius 6 round (`x`, 6): five bands, cut off where the circle ends.
fn stripes(svg: &mut String, x: f64) {
    let _ = write!(
        svg,
        "<circle class=\"p\" cx=\"{x}\" cy=\"6\" r=\"6\"/><path class=\"i\" d=\""
    );
    for band in 0..5 {
        let (top, bottom) = (f64::from(band) * 2.4 + 0.6, f64::from(band) * 2.4 + 1.8);
        let half = |y: f64| (36.0 - (y - 6.0).powi(2)).max(0.0).sqrt();
        let (above, below) = (half(top), half(bottom));
        let _ = write!(
            svg,
            "M{:.2} {top:.2}H{:.2}A6 6 0 0 1 {:.2} {bottom:.2}H{:.2}A6 6 0 0 1 {:.2} {top:.2}z",
            x - above,
            x + above,
            x + below,
            x - below,
            x - above
        );
    }
    svg.push_str("\"/>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_drawing_holds_as_many_marks_as_it_states() {
        let marks = |svg: &str, mark: &str| svg.matches(mark).count();
        assert_eq!(marks(&dots(150, 6, "event-figures__chart"), "<circle"), 150);
        let drawn = bars(9, 11, "event-figures__chart");
        assert_eq!(
            (marks(&drawn, "class=\"i\""), marks(&drawn, "class=\"v\"")),
            (9, 2)
        );
        assert_eq!(marks(&quarters(20), "<path"), 20);
        let drawn = discs(70);
        assert_eq!((marks(&drawn, "<circle"), marks(&drawn, "zM")), (30, 139));
    }

    #[test]
    fn a_line_begins_at_every_station_and_crosses_all_that_follow() {
        let drawn = stations(5);
        let paths: Vec<&str> = drawn.split(" d=\"").skip(1).collect();
        let begun = |path: &str| path.matches('M').count();
        assert_eq!(drawn.matches("<circle").count(), 5);
        assert_eq!((begun(paths[0]), begun(paths[1])), (5, 5 + 4 + 3 + 2 + 1));
        assert!(
            drawn.contains("cx=\"2.000\"") && drawn.contains("cx=\"18.000\""),
            "each stands in the middle of its fifth of the width: {drawn}"
        );
    }

    #[test]
    fn growth_is_drawn_to_scale() {
        let drawn = growth(20.0);
        let heights: Vec<f64> = drawn
            .split("height=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next()?.parse().ok())
            .collect();
        // First the first year alone, then what was before and what was added, year by year.
        assert_eq!(heights.len(), 15);
        assert!((heights[2] / heights[1] - 0.2).abs() < 0.01);
        assert!((heights[14] + heights[13] - 5.0).abs() < 0.01);
    }

    #[test]
    fn the_last_step_is_whole_and_the_first_is_empty() {
        assert!(!step_mark(0, 4).contains("class=\"o\""));
        assert!(step_mark(3, 4).contains("<circle class=\"o\""));
        assert!(step_mark(1, 3).contains("A6 6 0 0 1 6.00 12.00"));
    }
}
