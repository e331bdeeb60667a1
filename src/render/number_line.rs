//! The large numbers of the day on one logarithmic number line: people and things on one side, dollars on the other.
//!
//! There are two drawings of it, and the stylesheet shows one: [`horizontal`] for desks, whose labels are stacked
//! above and below the line, and [`vertical`] for phones, with as many labels as have room.

use askama::Template;

use super::text_fit::{self, Style, measure};
use crate::model::Labels;
use crate::quantity::{NumberRules, RulerSide};

#[derive(Clone, Debug)]
pub(super) struct Point {
    pub(super) value: f64,
    pub(super) side: RulerSide,
    pub(super) words: String,
    /// What it counts.
    pub(super) label: String,
    /// The project it was said of.
    pub(super) project: String,
    /// Where it is explained.
    pub(super) href: String,
}

#[derive(Clone, Debug)]
pub(super) struct NumberLine {
    pub(super) horizontal: Drawing,
    pub(super) vertical: Drawing,
}

/// Draws the numbers; `None` where there are none, or where their words are too long for any place.
pub(super) fn number_line(points: Vec<Point>, labels: &Labels) -> Option<NumberLine> {
    if points.is_empty() {
        return None;
    }
    let scale = Scale::new(&points, &labels.numbers);
    Some(NumberLine {
        horizontal: horizontal(&points, &scale, labels)?,
        vertical: vertical(points, &scale),
    })
}

/// What is drawn, in pixels.
#[derive(Clone, Debug, Template)]
#[template(path = "number_line.svg")]
pub(super) struct Drawing {
    orientation: &'static str,
    width: f32,
    height: f32,
    /// The names of large numbers, and how large each is set behind all else.
    background: Vec<(Text, f32)>,
    axis: String,
    end_labels: Vec<Text>,
    /// Whether the power has a name, and the line that marks it.
    ticks: Vec<(bool, String)>,
    marks: Vec<Mark>,
    scale_labels: Vec<Text>,
}

#[derive(Clone, Debug)]
struct Mark {
    point: Point,
    /// The line from the axis to the label.
    stem: String,
    /// Left, top, width and height.
    hit_area: [f32; 4],
    /// Its middle and its radius.
    dot: [f32; 3],
    /// Dollars are squares.
    is_square: bool,
    texts: Vec<Text>,
}

#[derive(Clone, Debug)]
struct Text {
    /// The element of the stylesheet's block.
    part: &'static str,
    x: f32,
    /// Where its baseline is.
    y: f32,
    /// Whether it ends at `x` instead of beginning there.
    ends_here: bool,
    words: String,
}

impl Text {
    fn new(part: &'static str, x: f32, y: f32, ends_here: bool, words: &str) -> Self {
        Self { part, x: round(x), y: round(y), ends_here, words: words.to_owned() }
    }
}

/// The powers of ten that the line runs over, and their words.
struct Scale<'a> {
    first: i32,
    last: i32,
    rules: &'a NumberRules,
}

#[expect(clippy::cast_possible_truncation, reason = "powers from 0 to 16")]
impl<'a> Scale<'a> {
    /// From ten thousand to a hundred trillion, and further where a point asks for it.
    fn new(points: &[Point], rules: &'a NumberRules) -> Self {
        let logs = || points.iter().map(|point| point.value.log10());
        Self {
            first: logs().fold(4.0, f64::min).floor() as i32,
            last: logs().fold(14.0, f64::max).ceil() as i32,
            rules,
        }
    }

    /// How many powers above the first one a value stands.
    fn position(&self, value: f64) -> f32 {
        (value.log10() - f64::from(self.first)) as f32
    }

    /// How many powers it runs over.
    fn length(&self) -> f32 {
        self.position(10_f64.powi(self.last))
    }

    /// Every power: its position, whether the language has a name for it, and the number in words.
    fn powers(&self) -> impl Iterator<Item = (f32, bool, String)> {
        (self.first..=self.last).map(|power| {
            let value = 10_f64.powi(power);
            let mut names = self.rules.scales.iter();
            let is_named = names.any(|it| (it.value / value - 1.0).abs() < 1e-9);
            (self.position(value), is_named, self.rules.number(value))
        })
    }

    /// The language's names of large numbers, each with its position, from the largest down.
    fn names(&self) -> impl Iterator<Item = (f32, &'a str)> {
        let names = self.rules.scales.iter();
        let names = names.map(|it| (self.position(it.value), it.name.other.trim()));
        names.filter(|(at, _)| (0.0..self.length()).contains(at))
    }
}

const NAME: Style = Style::of_weight(1000.0);
const NUMBER: Style = Style::of_weight(900.0);
const LABEL: Style = Style::of_weight(500.0);

/// How large labels are set, in pixels.
const LABEL_SIZE: f32 = 16.0;
/// From one line of a label to the next.
const LABEL_LINE: f32 = 20.0;

/// The words that stand at a point: its number, what it counts, and of which project.
struct Label {
    point: Point,
    /// The part that each line is of, how far it stands below the first, and its words.
    lines: Vec<(&'static str, f32, String)>,
    width: f32,
    height: f32,
}

impl Label {
    /// Breaks the words into lines that are no wider than this.
    fn new(point: &Point, number_size: f32, number_width: f32, label_width: f32) -> Self {
        let (mut lines, mut y) = (Vec::new(), 0.0);
        for line in text_fit::wrap(&point.words, NUMBER, number_width / number_size) {
            lines.push(("value", y, line));
            y += number_size + 2.0;
        }
        y += LABEL_LINE + 1.0 - number_size;
        for line in text_fit::wrap(&point.label, LABEL, label_width / LABEL_SIZE) {
            lines.push(("label", y, line));
            y += LABEL_LINE;
        }
        lines.push(("source", y, point.project.clone()));
        let widths = lines.iter().map(|(part, _, words)| match *part {
            "value" => measure(words, NUMBER) * number_size,
            _ => measure(words, LABEL) * LABEL_SIZE,
        });
        Self {
            point: point.clone(),
            width: widths.fold(0.0, f32::max),
            height: y + number_size + 1.0,
            lines,
        }
    }

    /// The point with its label, whose first baseline is at `y`.
    fn mark(
        self,
        stem: String,
        hit_area: [f32; 4],
        dot: [f32; 3],
        (x, y, ends_here): (f32, f32, bool),
    ) -> Mark {
        let lines = self.lines.iter();
        let texts = lines.map(|(part, below, line)| Text::new(part, x, y + below, ends_here, line));
        Mark {
            stem,
            hit_area: hit_area.map(round),
            dot: dot.map(round),
            is_square: self.point.side == RulerSide::Dollars,
            texts: texts.collect(),
            point: self.point,
        }
    }
}

/// From one of two dots that stand at the same number to the other.
const TWIN: f32 = 14.0;

/// How far each of these points stands beside its number, so that two claims of one size are two dots.
fn shifts(points: &[&Point]) -> Vec<f32> {
    let shift = |(index, one): (usize, &&Point)| {
        let is_twin = |it: &&&Point| it.side == one.side && it.value.total_cmp(&one.value).is_eq();
        let [before, all] = [&points[..index], points].map(|it| it.iter().filter(is_twin).count());
        // Nobody counts so many things of one number.
        let [before, all] = [before, all].map(|it| u8::try_from(it).map_or(0.0, f32::from));
        TWIN * (before - (all - 1.0) / 2.0)
    };
    points.iter().enumerate().map(shift).collect()
}

/// A tenth of a pixel is seen by nobody.
fn round(value: f32) -> f32 {
    (value * 10.0).round() / 10.0
}

/// The width of the line across.
const WIDTH: f32 = 1440.0;

/// The line across, with labels above and below it.
fn horizontal(points: &[Point], scale: &Scale<'_>, words: &Labels) -> Option<Drawing> {
    let labels = |side| {
        let points = points.iter().filter(|it| it.side == side);
        let labels = points.map(|it| Label::new(it, 24.0, 190.0, 165.0));
        let mut labels: Vec<Label> = labels.collect();
        labels.sort_by(|a, b| b.point.value.total_cmp(&a.point.value));
        labels
    };
    let (above, below) = (labels(RulerSide::Counted), labels(RulerSide::Dollars));
    let layout = |left: f32, right: f32| {
        let power = (WIDTH - left - right) / scale.length();
        let place = |labels: &[Label]| {
            let shifts = shifts(&labels.iter().map(|it| &it.point).collect::<Vec<_>>());
            let spots = labels.iter().zip(shifts).map(|(it, shift)| Spot {
                // The first of twins is the outer one: they are placed from the right.
                x: left + scale.position(it.point.value) * power - shift,
                width: it.width + 12.0,
                height: (it.height + 18.0).max(92.0),
                is_left: false,
                offset: 0.0,
            });
            place(&spots.collect::<Vec<_>>())
        };
        Some((left, power, place(&above)?, place(&below)?))
    };
    // Where some label would leave the drawing on either side, margins that hold the widest of them.
    let widths = above.iter().chain(&below).map(|it| it.width + 20.0);
    let widest = widths.fold(0.0, f32::max);
    let (left, power, spots_above, spots_below) =
        layout(150.0, 104.0).or_else(|| layout(widest, widest))?;
    let axis = total_height(&spots_above) + 62.0;
    let mark = |label: Label, spot: &Spot, y: f32, stem_end: f32| {
        let (start, end) = spot.span();
        let text_x = if spot.is_left { end - 9.0 } else { start + 9.0 };
        let stem = format!("M{:.1} {axis:.1}V{stem_end:.1}", spot.x);
        let hit_area = [start, y - 22.0, spot.width, label.height];
        label.mark(stem, hit_area, [spot.x, axis, 10.0], (text_x, y, spot.is_left))
    };
    let mut marks = Vec::new();
    for (label, spot) in above.into_iter().zip(&spots_above) {
        let y = axis + 2.0 - spot.offset - label.height;
        marks.push(mark(label, spot, y, y - 20.0));
    }
    for (label, spot) in below.into_iter().zip(&spots_below) {
        let y = axis + 66.0 + spot.offset;
        let stem_end = y + label.height - 26.0;
        marks.push(mark(label, spot, y, stem_end));
    }
    let mut background = Vec::new();
    let mut end = scale.length();
    for (position, name) in scale.names() {
        // As wide as the powers that it names.
        let room = (end - position) * power * 0.88;
        let size = room / measure(name, NAME);
        let size = size.min(400.0).min(axis * 0.9).round();
        // Small words stand above the name of the side, which shares their line otherwise.
        let y = axis - if size < 200.0 { 60.0 } else { 8.0 };
        let x = left + position * power - 10.0;
        background.push((Text::new("background-label", x, y, false, name), size));
        end = position;
    }
    let (mut ticks, mut scale_labels) = (Vec::new(), Vec::new());
    for (position, is_named, number) in scale.powers() {
        let x = left + position * power;
        let length = if is_named { 14 } else { 9 };
        ticks.push((is_named, format!("M{x:.1} {axis:.1}v{length}")));
        scale_labels.push(Text::new("scale", x + 6.0, axis + 24.0, false, &number));
    }
    Some(Drawing {
        orientation: "horizontal",
        width: WIDTH,
        height: (axis + 80.0 + total_height(&spots_below)).round(),
        background,
        axis: format!("M0 {axis:.1}H{WIDTH}"),
        end_labels: vec![
            Text::new("end-label", WIDTH - 24.0, axis - 18.0, true, &words.home.counted),
            Text::new("end-label", 24.0, axis + 56.0, false, &words.home.dollars),
        ],
        ticks,
        marks,
        scale_labels,
    })
}

/// Where a label stands: beside its stem, at a distance from the axis.
#[derive(Clone, Copy, Debug)]
struct Spot {
    x: f32,
    width: f32,
    height: f32,
    is_left: bool,
    offset: f32,
}

impl Spot {
    /// Its left end and its right one.
    fn span(&self) -> (f32, f32) {
        let start = self.x - if self.is_left { self.width } else { 0.0 };
        (start, start + self.width)
    }
}

/// Places the labels of one side, the largest value first. Labels of the largest values stand right of their stems and
/// the others left, and none lies on another or on its stem. Of all places to change sides, the lowest is taken; `None`
/// where some label always leaves the drawing.
fn place(labels: &[Spot]) -> Option<Vec<Spot>> {
    let splits = (0..=labels.len()).map(|split| {
        let (right, left) = labels.split_at(split);
        let mut spots = stack(right.iter(), false);
        spots.extend(stack(left.iter().rev(), true).into_iter().rev());
        spots
    });
    let fits = |spots: &Vec<Spot>| {
        let mut spans = spots.iter().map(Spot::span);
        spans.all(|(start, end)| start >= 6.0 && end <= WIDTH - 6.0)
    };
    let offsets = |spots: &[Spot]| spots.iter().map(|it| it.offset).sum::<f32>();
    splits.filter(fits).min_by(|a, b| {
        let heights = total_height(a).total_cmp(&total_height(b));
        heights.then(offsets(a).total_cmp(&offsets(b)))
    })
}

/// Puts each label above those before it that it reaches over; they come from the outside in.
fn stack<'a>(labels: impl Iterator<Item = &'a Spot>, is_left: bool) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for &label in labels {
        let below = spots.iter();
        let below = below.filter(|it| (it.x - label.x).abs() < label.width + 8.0);
        spots.push(Spot { is_left, offset: total_height(below), ..label });
    }
    spots
}

fn total_height<'a>(spots: impl IntoIterator<Item = &'a Spot>) -> f32 {
    let ends = spots.into_iter().map(|it| it.offset + it.height);
    ends.fold(0.0, f32::max)
}

/// The line downwards, with every label as near its point as the others leave room.
fn vertical(mut points: Vec<Point>, scale: &Scale<'_>) -> Drawing {
    const WIDTH: f32 = 390.0;
    const AXIS: f32 = 104.0;
    /// Where the first power stands.
    const TOP: f32 = 30.0;
    /// From one power to the next.
    const POWER: f32 = 73.0;
    /// How much of a label may have to give way to the next.
    const CROWDED: f32 = 24.0;
    /// Where labels begin.
    const LABELS: f32 = AXIS + 42.0;
    let place = |position: f32| TOP + position * POWER;
    points.sort_by(|a, b| b.value.total_cmp(&a.value));
    let room = WIDTH - LABELS - 8.0;
    // From the largest down, those whose label has room at its dot; the table has all.
    let mut labels: Vec<Label> = Vec::new();
    let mut free = f32::MAX;
    for point in &points {
        let label = Label::new(point, 21.0, room, room);
        let dot = place(scale.position(point.value));
        if dot + label.height <= free + CROWDED {
            free = dot;
            labels.push(label);
        }
    }
    labels.reverse();
    let points: Vec<&Point> = labels.iter().map(|it| &it.point).collect();
    let dots = points.iter().zip(shifts(&points));
    let dots = dots.map(|(it, shift)| place(scale.position(it.value)) + shift);
    let dots: Vec<f32> = dots.collect();
    let heights: Vec<f32> = labels.iter().map(|it| it.height + 8.0).collect();
    let label_tops = spread(&dots, &heights);
    let end = label_tops.last().zip(heights.last()).map_or(0.0, |(y, height)| y + height);
    let height = end.max(place(scale.length()) + 20.0).round();
    let mut marks = Vec::new();
    for ((label, dot), y) in labels.into_iter().zip(dots).zip(label_tops) {
        let (bend, end) = (AXIS + 14.0, AXIS + 28.0);
        let stem = format!("M{AXIS} {dot:.1}H{bend}L{end} {:.1}H{}", y - 7.0, end + 8.0);
        let hit_area = [AXIS + 40.0, y - 22.0, WIDTH - AXIS - 44.0, label.height];
        marks.push(label.mark(stem, hit_area, [AXIS, dot, 8.5], (LABELS, y, false)));
    }
    // Words would run under all else.
    let names = scale.names().filter(|(_, name)| name.chars().count() < 2);
    let background = names.map(|(position, name)| {
        let size = 240.0;
        let y = place(position) + 210.0;
        (Text::new("background-label", WIDTH - 8.0, y, true, name), size)
    });
    let (mut ticks, mut scale_labels) = (Vec::new(), Vec::new());
    for (position, is_named, number) in scale.powers() {
        let y = place(position);
        let length = if is_named { 15.0 } else { 9.0 };
        ticks.push((is_named, format!("M{} {y:.1}h{length}", AXIS - length)));
        scale_labels.push(Text::new("scale", AXIS - 18.0, y + 5.0, true, &number));
    }
    Drawing {
        orientation: "vertical",
        width: WIDTH,
        height,
        background: background.collect(),
        axis: format!("M{AXIS} 0V{height}"),
        end_labels: Vec::new(),
        ticks,
        marks,
        scale_labels,
    }
}

/// Moves labels of these heights apart, in their order: those that overlap push each other away, each half the way.
fn spread(wanted: &[f32], heights: &[f32]) -> Vec<f32> {
    let mut tops = wanted.to_vec();
    for _ in 0..1000 {
        for index in 1..tops.len() {
            let overlap = (tops[index - 1] + heights[index - 1] - tops[index]).max(0.0);
            tops[index - 1] -= overlap / 2.0;
            tops[index] += overlap / 2.0;
        }
    }
    // What is left of it, and what stands above the upper edge, is moved down.
    let mut end: f32 = 24.0;
    for (top, height) in tops.iter_mut().zip(heights) {
        *top = top.max(end);
        end = *top + height;
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(x: f32, width: f32, height: f32) -> Spot {
        Spot { x, width, height, is_left: false, offset: 0.0 }
    }

    /// Labels from the largest value down, spread by a small generator, so that they are always the same (Knuth's MMIX
    /// constants).
    fn labels(seed: u32, count: u32) -> Vec<Spot> {
        let mut state = u64::from(seed);
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            f32::from(u16::try_from(state >> 48).unwrap_or(0)) / f32::from(u16::MAX)
        };
        let mut labels: Vec<_> = (0..count)
            .map(|_| label(200.0 + next() * 1040.0, 80.0 + next() * 100.0, 92.0 + next() * 60.0))
            .collect();
        labels.sort_by(|a, b| b.x.total_cmp(&a.x));
        labels
    }

    #[test]
    fn no_label_lies_on_another_or_on_its_stem_nor_leaves_the_drawing() {
        for seed in 0..100 {
            let spots = place(&labels(seed, 4 + seed % 17)).expect("room");
            for (index, one) in spots.iter().enumerate() {
                let (left, right) = one.span();
                assert!(left >= 6.0 && right <= WIDTH - 6.0, "{one:?}");
                for other in spots.iter().skip(index + 1) {
                    let (start, end) = other.span();
                    let is_beside = left >= end || start >= right;
                    let is_over = one.offset >= other.offset + other.height
                        || other.offset >= one.offset + one.height;
                    assert!(is_beside || is_over, "{one:?} {other:?}");
                }
                for stem in spots.iter().filter(|it| it.offset > one.offset) {
                    let crosses = stem.x > left + 4.0 && stem.x < right - 4.0;
                    assert!(!crosses, "{stem:?} {one:?}");
                }
            }
        }
    }

    #[test]
    fn labels_far_apart_stand_at_the_line() {
        let spots = place(&[1200.0, 700.0, 200.0].map(|x| label(x, 100.0, 92.0))).expect("room");
        assert!(spots.iter().all(|it| it.offset == 0.0));
    }

    #[test]
    fn labels_keep_their_order_and_are_no_further_from_their_points_than_they_must() {
        let wanted = [30.0, 31.0, 32.0, 300.0, 310.0, 900.0];
        let heights = [80.0, 60.0, 80.0, 80.0, 80.0, 80.0];
        let places = spread(&wanted, &heights);
        for (index, pair) in places.windows(2).enumerate() {
            assert!(pair[1] - pair[0] >= heights[index] - 0.001, "{places:?}");
        }
        assert!((places[5] - 900.0).abs() < 0.001, "with room, a label stands at its point");
    }
}
