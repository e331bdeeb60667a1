//! Path data (SVG 2, section 9.3) in whole units and relative commands: half the bytes of absolute ones.

use kurbo::{BezPath, PathEl};

/// Writes `path` as the value of a `d` attribute.
pub(in crate::assets) fn data(path: &BezPath) -> String {
    let mut data = String::new();
    // The command that numbers without a letter would repeat, where the pen stands, and where the contour began.
    let (mut last, mut here, mut start) = (' ', (0, 0), (0, 0));
    let elements = path.elements();
    for (index, element) in elements.iter().enumerate() {
        let points = match *element {
            PathEl::MoveTo(to) | PathEl::LineTo(to) => vec![to],
            PathEl::QuadTo(control, to) => vec![control, to],
            PathEl::CurveTo(one, two, to) => vec![one, two, to],
            PathEl::ClosePath => vec![],
        };
        let points: Vec<_> = points.iter().map(|it| (rounded(it.x), rounded(it.y))).collect();
        let end = points.last().copied().unwrap_or(start);
        // All points of a command are relative to where the pen stands before it.
        let relative = points.iter().flat_map(|(x, y)| [x - here.0, y - here.1]);
        let mut numbers: Vec<i32> = relative.collect();
        let closes = elements.get(index + 1) == Some(&PathEl::ClosePath);
        let letter = match element {
            PathEl::MoveTo(_) => 'm',
            // The second one is drawn by `z`.
            PathEl::LineTo(_) if end == here || (closes && end == start) => continue,
            PathEl::LineTo(_) if end.1 == here.1 => {
                numbers.pop();
                'h'
            }
            PathEl::LineTo(_) if end.0 == here.0 => {
                numbers.remove(0);
                'v'
            }
            PathEl::LineTo(_) => 'l',
            PathEl::QuadTo(..) => 'q',
            PathEl::CurveTo(..) => 'c',
            PathEl::ClosePath => 'z',
        };
        // Two `m` in a row would make the second a line.
        if letter != last || letter == 'm' {
            data.push(letter);
            last = letter;
        }
        for number in numbers {
            if number >= 0 && data.ends_with(|it: char| it.is_ascii_digit()) {
                data.push(' ');
            }
            data += &number.to_string();
        }
        here = end;
        if letter == 'm' {
            start = end;
        }
    }
    data
}

/// The nearest whole number; coordinates of a font stay far below the limits of `i32`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "rounded, and a line of lettering is under 2^31 units"
)]
pub(super) fn rounded(number: f64) -> i32 {
    number.round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_read_back_is_the_same_path() {
        let source = "M10 20 H110 V-30 L40 -70 L30 -90 Q20 -90 10 -80 Q0 0 5 5 Z M0 0 H-5 V5 L0 0 Z M7 7 C8 8 9 8 9 -9 Z";
        let path = BezPath::from_svg(source).expect("path data");
        let written = data(&path);
        assert_eq!(
            written,
            "m10 20h100v-50l-70-40-10-20q-10 0-20 10-10 80-5 85zm-10-20h-5v5zm7 7c1 1 2 1 2-16z"
        );
        assert_eq!(data(&BezPath::from_svg(&written).expect("path data")), written);
    }
}
