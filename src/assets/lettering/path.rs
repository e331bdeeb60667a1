//! Path data (SVG 2, section 9.3) in whole units and relative commands: half the bytes of absolute ones.

use kurbo::{BezPath, PathEl, Point};

/// Writes `path` as the value of a `d` attribute.
pub(super) fn data(path: &BezPath) -> String {
    let mut writer = Writer::default();
    let elements = path.elements();
    for (index, element) in elements.iter().enumerate() {
        match *element {
            PathEl::MoveTo(to) => {
                writer.command('m', &[to]);
                writer.start = writer.here;
            }
            PathEl::LineTo(to) => {
                let closes = elements.get(index + 1) == Some(&PathEl::ClosePath);
                writer.line(to, closes);
            }
            PathEl::QuadTo(control, to) => writer.command('q', &[control, to]),
            PathEl::CurveTo(one, two, to) => writer.command('c', &[one, two, to]),
            PathEl::ClosePath => {
                writer.letter('z');
                writer.here = writer.start;
            }
        }
    }
    writer.data
}

/// The nearest whole number; coordinates of a font stay far below the limits of `i32`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "rounded, and a line of lettering is under 2^31 units"
)]
pub(super) fn rounded(number: f64) -> i32 {
    number.round() as i32
}

#[derive(Default)]
struct Writer {
    data: String,
    /// The command that a number without a letter would repeat.
    last: Option<char>,
    here: (i32, i32),
    /// Where the current contour began: `z` returns there.
    start: (i32, i32),
}

impl Writer {
    fn line(&mut self, to: Point, closes: bool) {
        let target = (rounded(to.x), rounded(to.y));
        match (target.0 - self.here.0, target.1 - self.here.1) {
            (0, 0) => return,
            // `z` draws this one.
            _ if closes && target == self.start => return,
            (x, 0) => {
                self.letter('h');
                self.number(x);
            }
            (0, y) => {
                self.letter('v');
                self.number(y);
            }
            (x, y) => {
                self.letter('l');
                self.number(x);
                self.number(y);
            }
        }
        self.here = target;
    }

    /// A command whose points are all relative to where the pen stands before it.
    fn command(&mut self, letter: char, points: &[Point]) {
        self.letter(letter);
        let (x, y) = self.here;
        for point in points {
            self.here = (rounded(point.x), rounded(point.y));
            self.number(self.here.0 - x);
            self.number(self.here.1 - y);
        }
    }

    fn letter(&mut self, letter: char) {
        // Two `m` in a row would make the second a line.
        if self.last != Some(letter) || letter == 'm' {
            self.data.push(letter);
            self.last = Some(letter);
        }
    }

    fn number(&mut self, number: i32) {
        if number >= 0 && self.data.ends_with(|last: char| last.is_ascii_digit()) {
            self.data.push(' ');
        }
        self.data += &number.to_string();
    }
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
        assert_eq!(
            data(&BezPath::from_svg(&written).expect("path data")),
            written
        );
    }
}
