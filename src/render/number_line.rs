//! The numbers of the day on one logarithmic ruler: people and things on one side, dollars on the
//! other.
//!
//! There are two drawings of it, and the stylesheet shows one: a flat one for desks, whose labels
//! are set in lanes, and an upright one for phones, whose labels are pushed apart.

use std::fmt::Write as _;

use crate::assets::fonts;
use crate::diagnostic::escape_html;
use crate::quantity::{NumberRules, RulerSide};

mod horizontal;
mod vertical;

/// A number on the ruler.
#[derive(Clone, Debug)]
pub(super) struct Point {
    /// Where it stands.
    pub(super) value: f64,
    /// The side it stands on.
    pub(super) side: RulerSide,
    /// The number in words.
    pub(super) words: String,
    /// What it counts.
    pub(super) label: String,
    /// The project it was said of.
    pub(super) project: String,
    /// Where it is explained.
    pub(super) href: String,
}

/// The names of the two sides.
#[derive(Clone, Copy, Debug)]
pub(super) struct SideNames<'a> {
    /// People and things.
    pub(super) counted: &'a str,
    /// Dollars.
    pub(super) dollars: &'a str,
}

/// Both drawings.
#[derive(Clone, Debug)]
pub(super) struct NumberLine {
    /// For desks.
    pub(super) horizontal: String,
    /// For phones.
    pub(super) vertical: String,
}

/// Draws the ruler; `None` where there is nothing to put on it.
pub(super) fn number_line(
    points: &[Point],
    rules: &NumberRules,
    sides: SideNames<'_>,
) -> Option<NumberLine> {
    let scale = Scale::new(points)?;
    Some(NumberLine {
        horizontal: horizontal::draw(points, scale, rules, sides),
        vertical: vertical::draw(points, scale, rules),
    })
}

/// The powers of ten that the ruler runs over.
#[derive(Clone, Copy, Debug)]
struct Scale {
    first: i32,
    last: i32,
}

impl Scale {
    /// From ten thousand to a hundred trillion, and further where a point asks for it.
    fn new(points: &[Point]) -> Option<Self> {
        let logs = points.iter().map(|point| point.value.log10());
        let (low, high) = logs.fold((4.0_f64, 14.0_f64), |(low, high), log| {
            (low.min(log.floor()), high.max(log.ceil()))
        });
        if points.is_empty() {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "powers from 0 to 16")]
        Some(Self {
            first: low as i32,
            last: high as i32,
        })
    }

    fn powers(self) -> std::ops::RangeInclusive<i32> {
        self.first..=self.last
    }

    /// How many powers above the first one a value stands.
    fn place(self, value: f64) -> f64 {
        value.log10() - f64::from(self.first)
    }
}

/// The named scales of a language within the ruler: the power, and the name for a ghost letter.
fn background_labels(rules: &NumberRules, scale: Scale) -> Vec<(f64, &str)> {
    let named = rules
        .scales
        .iter()
        .map(|it| (it.value.log10(), it.name.trim()));
    named
        .filter(|(power, _)| (f64::from(scale.first)..f64::from(scale.last)).contains(power))
        .collect()
}

fn is_named(rules: &NumberRules, power: i32) -> bool {
    let value = 10_f64.powi(power);
    rules
        .scales
        .iter()
        .any(|it| (it.value / value - 1.0).abs() < 1e-9)
}

/// Breaks a label into the fewest lines of at most `width` pixels at `size`, then as even as they
/// can be, so that no particle stands alone on a line.
fn wrap(text: &str, weight: f32, size: f64, width: f64) -> Vec<String> {
    let fill = |width: f64| {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match longer {
                Some(longer) if measure(&longer, weight, size) <= width => {
                    if let Some(last) = lines.last_mut() {
                        *last = longer;
                    }
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    };
    let mut best = fill(width);
    let mut narrower = width;
    while narrower > 3.0 * size {
        narrower -= size / 2.0;
        let lines = fill(narrower);
        if lines.len() > best.len() {
            break;
        }
        best = lines;
    }
    best
}

/// The width of a text in pixels.
fn measure(text: &str, weight: f32, size: f64) -> f64 {
    f64::from(fonts::width(text, weight)) * size
}

/// The words that stand at a point: its number, what it counts, and of which project.
struct Label {
    words: Vec<String>,
    /// From one line of the words to the next.
    words_line: f64,
    lines: Vec<String>,
    project: String,
    width: f64,
}

impl Label {
    fn new(point: &Point, words_size: f64, words_width: f64, width: f64) -> Self {
        let lines = wrap(&point.label, 500.0, TEXT, width);
        let words = wrap(&point.words, 900.0, words_size, words_width);
        let texts = lines.iter().chain([&point.project]);
        let widths = texts
            .map(|it| measure(it, 500.0, TEXT))
            .chain(words.iter().map(|it| measure(it, 900.0, words_size)));
        Self {
            width: widths.fold(0.0, f64::max),
            words,
            words_line: words_size + 2.0,
            lines,
            project: point.project.clone(),
        }
    }

    fn height(&self) -> f64 {
        let number = |lines: usize| f64::from(u32::try_from(lines).unwrap_or(9));
        LINE * number(self.lines.len() + 1) + self.words_line * number(self.words.len()) + 2.0
    }

    /// The texts, from the baseline of the number downwards.
    fn write(&self, svg: &mut String, x: f64, y: f64, anchor: &str) {
        let mut below = y - self.words_line;
        for line in &self.words {
            below += self.words_line;
            let _ = write!(
                svg,
                "<text class=\"ruler__value\" x=\"{x:.1}\" y=\"{below:.1}\"{anchor}>{}</text>",
                escape_html(line)
            );
        }
        below += 3.0;
        for line in &self.lines {
            below += LINE;
            let _ = write!(
                svg,
                "<text class=\"ruler__label\" x=\"{x:.1}\" y=\"{below:.1}\"{anchor}>{}</text>",
                escape_html(line)
            );
        }
        let _ = write!(
            svg,
            "<text class=\"ruler__source\" x=\"{x:.1}\" y=\"{:.1}\"{anchor}>{}</text>",
            below + LINE,
            escape_html(&self.project)
        );
    }
}

/// The size of labels, in units of the drawing.
const TEXT: f64 = 15.0;
/// From one line of a label to the next.
const LINE: f64 = 19.0;

/// The opening of a point's link, with its whole wording for those who do not see the drawing.
fn open_link(svg: &mut String, point: &Point) {
    let _ = write!(
        svg,
        "<a class=\"ruler__point\" href=\"{}\"><title>{}: {}, {}</title>",
        escape_html(&point.href),
        escape_html(&point.project),
        escape_html(&point.words),
        escape_html(&point.label)
    );
}

fn ink(side: RulerSide) -> &'static str {
    match side {
        RulerSide::Counted => "i",
        RulerSide::Dollars => "v",
    }
}
