//! The ruler lying horizontally: labels above and below it, in lanes.

use std::fmt::Write as _;

use super::{Label, Point, Scale, SideNames, background_labels, ink, is_named, measure, open_link};
use crate::diagnostic::escape_html;
use crate::quantity::{NumberRules, RulerSide};

/// The width of the drawing.
const WIDTH: f64 = 1440.0;
/// Where the first power stands.
const LEFT: f64 = 150.0;
/// The size of a point's number.
const WORDS: f64 = 24.0;
/// The widest line of a label.
const COLUMN: f64 = 165.0;
/// From one lane to the next, at least.
const LANE: f64 = 92.0;
/// Between the labels of two lanes.
const GAP: f64 = 18.0;
/// The widest line of a point's number.
const NUMBER: f64 = 190.0;

/// A label in its place.
#[derive(Clone, Copy, Debug)]
struct Placed {
    x: f64,
    width: f64,
    /// Whether the label stands left of its stem.
    is_left: bool,
    lane: usize,
}

impl Placed {
    fn span(&self) -> (f64, f64) {
        if self.is_left {
            (self.x - self.width, self.x)
        } else {
            (self.x, self.x + self.width)
        }
    }

    /// Whether neither label lies on the other, and no stem crosses a label.
    fn agrees(&self, other: &Self) -> bool {
        let ((a, b), (c, d)) = (self.span(), other.span());
        let apart = self.lane != other.lane || a >= d + 8.0 || c >= b + 8.0;
        let crosses = |stem: &Self, label: &Self| {
            let (from, to) = label.span();
            stem.lane > label.lane && (from + 4.0..=to - 4.0).contains(&stem.x)
        };
        apart && !crosses(self, other) && !crosses(other, self)
    }

    fn is_inside(&self) -> bool {
        let (from, to) = self.span();
        from >= 6.0 && to <= WIDTH - 6.0
    }
}

/// Gives every point a side and a lane, in as few lanes as one roof needs: from the largest values on labels stand at
/// the right, each higher than those it reaches over, so that no stem crosses a label; from the smallest on they stand
/// at the left in the same way. Every place for the ridge is tried. `None` where some label fits neither way.
fn place(spots: &[(f64, f64)]) -> Option<Vec<Placed>> {
    let roofs = (0..=spots.len()).map(|ridge| roof(spots, ridge));
    let fits = |placed: &Vec<Placed>| {
        let mut pairs = placed.iter().enumerate();
        pairs.all(|(index, one)| one.is_inside() && placed[..index].iter().all(|it| it.agrees(one)))
    };
    let height = |placed: &Vec<Placed>| {
        let lanes = placed.iter().map(|it| it.lane);
        (lanes.clone().max(), lanes.sum::<usize>())
    };
    roofs.filter(fits).min_by_key(height)
}

/// The lanes where so many of the largest values have their labels at the right.
fn roof(spots: &[(f64, f64)], ridge: usize) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::with_capacity(spots.len());
    let mut side = |spots: &mut dyn Iterator<Item = &(f64, f64)>, is_left: bool| {
        let mut slope: Vec<Placed> = Vec::new();
        for &(x, width) in spots {
            let below = slope.iter().filter(|it| (it.x - x).abs() < width + 8.0);
            let lane = below.map(|it| it.lane + 1).max().unwrap_or(0);
            slope.push(Placed {
                x,
                width,
                is_left,
                lane,
            });
        }
        if is_left {
            slope.reverse();
        }
        placed.extend(slope);
    };
    side(&mut spots[..ridge].iter(), false);
    side(&mut spots[ridge..].iter().rev(), true);
    placed
}

/// A lane for each point, from the largest value upwards, with all labels at the right: always
/// right, and high. The drawing leaves room for the last label.
fn one_lane_each(spots: &[(f64, f64)]) -> Vec<Placed> {
    let lanes = spots.iter().enumerate().map(|(lane, &(x, width))| Placed {
        x,
        width,
        is_left: false,
        lane,
    });
    lanes.collect()
}

/// The drawing.
pub(super) fn draw(
    points: &[Point],
    scale: Scale,
    rules: &NumberRules,
    sides: SideNames<'_>,
) -> String {
    let side = |wanted: RulerSide| {
        let mut points: Vec<&Point> = points.iter().filter(|it| it.side == wanted).collect();
        points.sort_by(|a, b| b.value.total_cmp(&a.value));
        let labels = points
            .iter()
            .map(|it| Label::new(it, WORDS, NUMBER, COLUMN));
        let labels: Vec<Label> = labels.collect();
        (points, labels)
    };
    let (above, below) = (side(RulerSide::Counted), side(RulerSide::Dollars));
    let powers = f64::from(scale.last - scale.first);
    let spots = |(points, labels): &(Vec<&Point>, Vec<Label>), power: f64| -> Vec<(f64, f64)> {
        let points = points.iter().zip(labels);
        points
            .map(|(point, label)| (LEFT + scale.place(point.value) * power, label.width + 12.0))
            .collect()
    };
    let power = (WIDTH - LEFT - 104.0) / powers;
    let found = place(&spots(&above, power)).zip(place(&spots(&below, power)));
    let (power, (placed_above, placed_below)) = found.map_or_else(
        || {
            let labels = above.1.iter().chain(&below.1);
            let widest = labels.map(|it| it.width + 20.0).fold(80.0, f64::max);
            let power = (WIDTH - LEFT - widest) / powers;
            let one_lane_each = |side| one_lane_each(&spots(side, power));
            (power, (one_lane_each(&above), one_lane_each(&below)))
        },
        |placed| (power, placed),
    );
    let above_ends = ends(&above.1, &placed_above);
    let below_ends = ends(&below.1, &placed_below);
    let axis = above_ends.last().map_or(0.0, |end| end + 62.0);
    let height = axis + 80.0 + below_ends.last().copied().unwrap_or_default();
    let mut svg = format!(
        "<svg class=\"ruler__svg ruler__svg--horizontal\" viewBox=\"0 0 {WIDTH} {height:.0}\" \
         role=\"group\" aria-labelledby=\"ruler-title\">"
    );
    let named = background_labels(rules, scale);
    for (index, &(exponent, name)) in named.iter().enumerate() {
        let x = LEFT + (exponent - f64::from(scale.first)) * power - 10.0;
        let end = named.get(index.wrapping_sub(1)).map(|&(next, _)| next);
        let room = (end.unwrap_or(f64::from(scale.last)) - exponent) * power * 0.88;
        let letter = (room / measure(name, 1000.0, 1.0))
            .min(400.0)
            .min(axis * 0.9);
        let _ = write!(
            svg,
            "<text class=\"ruler__background-label\" x=\"{x:.0}\" y=\"{:.0}\" font-size=\"{letter:.0}\" \
             aria-hidden=\"true\">{}</text>",
            // Small words stand above the name of the side, which shares their line otherwise.
            if letter < 200.0 {
                axis - 60.0
            } else {
                axis - 8.0
            },
            escape_html(name)
        );
    }
    write_axis(&mut svg, axis, scale, power, rules, sides);
    for ((point, label), spot) in above.0.iter().zip(&above.1).zip(&placed_above) {
        let bottom = spot.lane.checked_sub(1).map_or(0.0, |it| above_ends[it]);
        let y = axis + 2.0 - bottom - label.height();
        write_point(&mut svg, (point, label, spot), axis, y, y - 20.0);
    }
    for ((point, label), spot) in below.0.iter().zip(&below.1).zip(&placed_below) {
        let y = axis + 66.0 + spot.lane.checked_sub(1).map_or(0.0, |it| below_ends[it]);
        write_point(
            &mut svg,
            (point, label, spot),
            axis,
            y,
            y + label.height() - 26.0,
        );
    }
    write_scale(&mut svg, axis, scale, power, rules);
    svg + "</svg>"
}

/// How far from the axis each lane ends: a lane is as high as its highest label.
fn ends(labels: &[Label], placed: &[Placed]) -> Vec<f64> {
    let lanes = placed.iter().map(|it| it.lane + 1).max().unwrap_or(0);
    let mut ends = vec![LANE; lanes];
    for (label, spot) in labels.iter().zip(placed) {
        ends[spot.lane] = ends[spot.lane].max(label.height() + GAP);
    }
    let mut end = 0.0;
    for lane in &mut ends {
        end += *lane;
        *lane = end;
    }
    ends
}

fn write_axis(
    svg: &mut String,
    axis: f64,
    scale: Scale,
    power: f64,
    rules: &NumberRules,
    sides: SideNames<'_>,
) {
    let _ = write!(
        svg,
        "<path class=\"ruler__axis\" d=\"M0 {axis:.0}H{WIDTH}\"/>\
         <text class=\"ruler__end-label\" x=\"{}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>\
         <text class=\"ruler__end-label\" x=\"24\" y=\"{:.0}\">{}</text>",
        WIDTH - 24.0,
        axis - 18.0,
        escape_html(sides.counted),
        axis + 56.0,
        escape_html(sides.dollars)
    );
    for exponent in scale.powers() {
        let x = LEFT + f64::from(exponent - scale.first) * power;
        let (class, length) = if is_named(rules, exponent) {
            ("ruler__tick ruler__tick--strong", 14)
        } else {
            ("ruler__tick", 9)
        };
        let _ = write!(
            svg,
            "<path class=\"{class}\" d=\"M{x:.1} {axis:.0}v{length}\"/>"
        );
    }
}

/// The numbers of the scale. They come last: a stem that meets one gives way to it.
fn write_scale(svg: &mut String, axis: f64, scale: Scale, power: f64, rules: &NumberRules) {
    for exponent in scale.powers() {
        let x = LEFT + f64::from(exponent - scale.first) * power;
        let _ = write!(
            svg,
            "<text class=\"ruler__scale\" x=\"{:.1}\" y=\"{:.0}\">{}</text>",
            x + 6.0,
            axis + 24.0,
            escape_html(&rules.number(10_f64.powi(exponent)))
        );
    }
}

/// A point on the axis, its stem to `end`, and its label from `y` downwards.
fn write_point(
    svg: &mut String,
    (point, label, spot): (&Point, &Label, &Placed),
    axis: f64,
    y: f64,
    end: f64,
) {
    let x = spot.x;
    let (text_x, anchor, hit_x) = if spot.is_left {
        (x - 9.0, " text-anchor=\"end\"", x - spot.width)
    } else {
        (x + 9.0, "", x)
    };
    open_link(svg, point);
    let _ = write!(
        svg,
        "<path class=\"ruler__stem\" d=\"M{x:.1} {axis:.0}V{end:.0}\"/>\
         <rect class=\"ruler__hit-area\" x=\"{hit_x:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"{:.0}\"/>\
         <circle class=\"{}\" cx=\"{x:.1}\" cy=\"{axis:.0}\" r=\"10\"/>",
        y - 22.0,
        spot.width,
        label.height(),
        ink(point.side)
    );
    label.write(svg, text_x, y, anchor);
    svg.push_str("</a>");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small generator, so that the spots are many and always the same (Knuth's MMIX constants).
    fn spots(seed: u64, count: usize) -> Vec<(f64, f64)> {
        let mut state = seed;
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            f64::from(u32::try_from(state >> 33).unwrap_or(0)) / f64::from(u32::MAX >> 1)
        };
        let mut spots: Vec<_> = (0..count)
            .map(|_| (LEFT + next() * 1100.0, 80.0 + next() * 100.0))
            .collect();
        spots.sort_by(|a, b| b.0.total_cmp(&a.0));
        spots
    }

    #[track_caller]
    fn check(placed: &[Placed]) {
        for (index, one) in placed.iter().enumerate() {
            assert!(one.is_inside(), "{one:?}");
            for other in &placed[..index] {
                assert!(one.agrees(other), "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn no_label_lies_on_another_nor_leaves_the_drawing() {
        for seed in 0..100 {
            let spots = spots(seed, 8);
            check(&place(&spots).unwrap_or_else(|| one_lane_each(&spots)));
        }
    }

    #[test]
    fn where_no_better_place_is_found_every_label_has_a_lane_of_its_own() {
        for seed in 0..100 {
            check(&one_lane_each(&spots(seed, 40)));
        }
    }

    #[test]
    fn labels_far_apart_share_a_lane() {
        let placed = place(&[(1200.0, 100.0), (700.0, 100.0), (200.0, 100.0)]).expect("room");
        assert!(placed.iter().all(|it| it.lane == 0));
    }
}
