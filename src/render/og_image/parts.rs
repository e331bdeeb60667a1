//! What cards are put together from: texts, emblems and lettering on paper.

use std::fmt::Write as _;

use serde::Serialize;

use super::super::icons::PAPER;
use super::super::layout::shapes;
use super::text_fit::{self, Space, Style};

/// The inks, as the light scheme has them; `g` is an emblem that only leaves a trace.
const STYLES: &str = ".t{fill:#1b1a2b}.k{fill:#f6f1e6}.v{fill:#e8432a}.i{fill:#27349b}.o{fill:#240c17}.p{fill:#f6f1e6}\
                      .g .v,.g .i,.g .o{fill:#ece4d3}";

/// How an emblem is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) enum Emblem {
    /// In its inks.
    Inked,
    /// As a trace.
    Faded,
}

/// A card in the making.
pub(super) struct Canvas {
    svg: String,
    /// Counts the emblems, so that each has ids of its own.
    emblems: usize,
}

impl Canvas {
    /// An empty sheet.
    pub(super) fn new() -> Self {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1200 630\" width=\"1200\" height=\"630\" \
             font-family=\"Wanted Sans Variable\"><style>{STYLES}</style>\
             <rect width=\"1200\" height=\"630\" fill=\"{PAPER}\"/>"
        );
        Self { svg, emblems: 0 }
    }

    /// The SVG document.
    pub(super) fn finish(mut self) -> String {
        self.svg.push_str("</svg>");
        self.svg
    }

    /// A text, as large as it fits from `most` down to `least` pixels; the height that it takes is returned.
    pub(super) fn text(
        &mut self,
        text: &str,
        style: Style,
        space: Space,
        most: f32,
        least: f32,
    ) -> f32 {
        let setting = text_fit::fit(text, style, space, most, least);
        text_fit::set(&mut self.svg, &setting, style, space)
    }

    /// A rectangle in an ink.
    pub(super) fn rect(&mut self, class: &str, space: Space) {
        // Writing to a string cannot fail.
        let _ = write!(
            self.svg,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            space.x, space.y, space.width, space.height
        );
    }

    /// A number in the middle of a space, in the colour of the paper.
    pub(super) fn light_text(&mut self, number: &str, space: Space) {
        self.large(number, "k", space);
    }

    /// A letter in the middle of a space, in one ink.
    pub(super) fn dark_text(&mut self, letter: &str, space: Space) {
        self.large(letter, "v", space);
    }

    fn large(&mut self, text: &str, class: &'static str, space: Space) {
        let style = Style {
            weight: 1000.0,
            tracking: -0.035,
            leading: 1.0,
            class,
        };
        // In a space without a limit downwards there is always one line.
        let line = Space {
            height: 0.0,
            ..space
        };
        let fitted = text_fit::fit(text, style, line, space.height * 0.79, 40.0);
        let left = space.x + (space.width - fitted.width) / 2.0 - 0.015 * fitted.size;
        // Capitals and digits are .73 em high.
        let baseline = space.y + space.height / 2.0 + 0.365 * fitted.size;
        let top = baseline - text_fit::RISE * fitted.size;
        let placed = Space {
            x: left,
            y: top,
            ..space
        };
        text_fit::set(&mut self.svg, &fitted, style, placed);
    }

    /// A syllable in two inks, in the middle of a space.
    pub(super) fn lettering(&mut self, drawn: &str, space: Space) {
        let Some(rest) = drawn.strip_prefix("<svg ") else {
            return;
        };
        let _ = write!(
            self.svg,
            "<svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" overflow=\"visible\" {rest}",
            space.x, space.y, space.width, space.height
        );
    }

    /// Syllables side by side, each in the middle of its part of the space.
    pub(super) fn row(&mut self, drawn: &[&str], space: Space) {
        let count = u16::try_from(drawn.len()).unwrap_or(u16::MAX);
        let width = space.width / f32::from(count.max(1));
        let mut x = space.x;
        for letter in drawn {
            let part = Space { x, width, ..space };
            self.lettering(letter, part);
            x += width;
        }
    }

    /// An emblem, cut at the edges of its space.
    pub(super) fn emblem(&mut self, drawing: &str, emblem: Emblem, space: Space) {
        self.emblems += 1;
        let class = if emblem == Emblem::Faded { "g" } else { "" };
        // Two emblems may use the same id for a clip path, and each means its own.
        let own =
            |mark: &str, shapes: String| shapes.replace(mark, &format!("{mark}m{}-", self.emblems));
        let shapes = shapes(Some(drawing)).to_owned();
        let shapes = own("url(#", own(" id='", own(" id=\"", shapes)));
        let _ = write!(
            self.svg,
            "<svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" viewBox=\"0 0 12 12\"><g class=\"{class}\">{shapes}</g></svg>",
            space.x, space.y, space.width, space.height
        );
    }
}
