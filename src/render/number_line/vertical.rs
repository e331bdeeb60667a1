//! The ruler standing vertically: every label as near its point as the others leave room.

use std::fmt::Write as _;

use super::{Label, Point, Scale, background_labels, ink, is_named, open_link};
use crate::diagnostic::escape_html;
use crate::quantity::NumberRules;

/// The width of the drawing.
const WIDTH: f64 = 390.0;
/// Where the first power stands.
const TOP: f64 = 30.0;
/// Where the axis stands.
const AXIS: f64 = 104.0;
/// From one power to the next.
const POWER: f64 = 142.0;
/// Where labels begin.
const COLUMN: f64 = AXIS + 42.0;
/// The size of a point's number.
const WORDS: f64 = 21.0;

/// Moves labels apart, as little as possible in sum of squares, keeping their order: the method of
/// pooling adjacent violators (isotonic regression; Barlow et al., 1972).
fn spread(wanted: &[f64], heights: &[f64]) -> Vec<f64> {
    // Where a label would begin if all before it had no height.
    let mut before = 0.0;
    let mut offsets = Vec::with_capacity(heights.len());
    for height in heights {
        offsets.push(before);
        before += height;
    }
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (place, offset) in wanted.iter().zip(&offsets) {
        pools.push((place - offset, 1.0, 1));
        while let [
            ..,
            (low, low_weight, low_count),
            (high, high_weight, high_count),
        ] = pools[..]
        {
            if low <= high {
                break;
            }
            pools.truncate(pools.len() - 2);
            let weight = low_weight + high_weight;
            let mean = (low * low_weight + high * high_weight) / weight;
            pools.push((mean, weight, low_count + high_count));
        }
    }
    let levels = pools
        .iter()
        .flat_map(|&(level, _, count)| std::iter::repeat_n(level.max(24.0), count));
    levels
        .zip(offsets)
        .map(|(level, offset)| level + offset)
        .collect()
}

/// The drawing.
pub(super) fn draw(points: &[Point], scale: Scale, rules: &NumberRules) -> String {
    let mut points: Vec<&Point> = points.iter().collect();
    points.sort_by(|a, b| a.value.total_cmp(&b.value));
    let room = WIDTH - COLUMN - 8.0;
    let labels: Vec<Label> = points
        .iter()
        .map(|it| Label::new(it, WORDS, room, room))
        .collect();
    let wanted: Vec<f64> = points
        .iter()
        .map(|it| TOP + scale.place(it.value) * POWER)
        .collect();
    let heights: Vec<f64> = labels.iter().map(|it| it.height() + 8.0).collect();
    let places = spread(&wanted, &heights);
    let end = places
        .last()
        .zip(heights.last())
        .map_or(0.0, |(y, height)| y + height);
    let height = end.max(TOP + f64::from(scale.last - scale.first) * POWER + 20.0);
    let mut svg = format!(
        "<svg class=\"ruler__svg ruler__svg--vertical\" viewBox=\"0 0 {WIDTH} {height:.0}\" \
         role=\"group\" aria-labelledby=\"ruler-title\">"
    );
    for (named, name) in background_labels(rules, scale) {
        let y = TOP + (named - f64::from(scale.first)) * POWER;
        let size = if name.is_ascii() { 76 } else { 240 };
        let _ = write!(
            svg,
            "<text class=\"ruler__background-label\" x=\"{}\" y=\"{:.0}\" text-anchor=\"end\" \
             font-size=\"{size}\" aria-hidden=\"true\">{}</text>",
            WIDTH - 8.0,
            y + 210.0,
            escape_html(name)
        );
    }
    let _ = write!(
        svg,
        "<path class=\"ruler__axis\" d=\"M{AXIS} 0V{height:.0}\"/>"
    );
    for exponent in scale.powers() {
        let y = TOP + f64::from(exponent - scale.first) * POWER;
        let (class, length) = if is_named(rules, exponent) {
            ("ruler__tick ruler__tick--strong", 15.0)
        } else {
            ("ruler__tick", 9.0)
        };
        let _ = write!(
            svg,
            "<path class=\"{class}\" d=\"M{} {y:.0}h{length}\"/>\
             <text class=\"ruler__scale\" x=\"{}\" y=\"{:.0}\" text-anchor=\"end\">{}</text>",
            AXIS - length,
            AXIS - 18.0,
            y + 5.0,
            escape_html(&rules.number(10_f64.powi(exponent)))
        );
    }
    let rows = points.iter().zip(&labels).zip(wanted.iter().zip(&places));
    for ((point, label), (from, to)) in rows {
        open_link(&mut svg, point);
        let _ = write!(
            svg,
            "<path class=\"ruler__stem\" d=\"M{AXIS} {from:.1}H{}L{} {:.1}H{}\"/>\
             <circle class=\"{}\" cx=\"{AXIS}\" cy=\"{from:.1}\" r=\"8.5\"/>\
             <rect class=\"ruler__hit-area\" x=\"{}\" y=\"{:.1}\" width=\"{:.0}\" height=\"{:.0}\"/>",
            AXIS + 14.0,
            AXIS + 28.0,
            to - 7.0,
            AXIS + 36.0,
            ink(point.side),
            AXIS + 40.0,
            to - 22.0,
            WIDTH - AXIS - 44.0,
            label.height()
        );
        label.write(&mut svg, COLUMN, *to, "");
        svg.push_str("</a>");
    }
    svg + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_their_order_and_never_overlap() {
        let wanted = [30.0, 31.0, 32.0, 300.0, 310.0, 900.0];
        let heights = [80.0, 60.0, 80.0, 80.0, 80.0, 80.0];
        let places = spread(&wanted, &heights);
        for (index, pair) in places.windows(2).enumerate() {
            assert!(pair[1] - pair[0] >= heights[index] - 0.001, "{places:?}");
        }
        assert!(
            (places[5] - 900.0).abs() < 0.001,
            "with room, a label stands at its point"
        );
    }
}
