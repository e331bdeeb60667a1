//! Lays a preview picture out as an SVG document of 1200 × 630 pixels.

use std::collections::BTreeSet;

use askama::Template;

use super::super::text_fit::{self, ASCENT, FittedText, Style};
use super::{CardContent, Emblem, Kind, Syllable};
use crate::assets::{self, fonts};

const TITLE: Style = Style { weight: 1000.0, tracking: -0.03, leading: 1.06 };

const TEXT: Style = Style { weight: 750.0, tracking: -0.02, leading: 1.3 };

const NOTE: Style = Style { weight: 800.0, tracking: -0.02, leading: 1.2 };

/// Of a number or a syllable in the middle of a square.
const LARGE: Style = Style { weight: 1000.0, tracking: -0.035, leading: 1.0 };

/// Text keeps so far away from edges.
const PAD: f32 = 32.0;

/// From one inner edge to the other.
const INNER: f32 = 1200.0 - 2.0 * PAD;

#[derive(Template)]
#[template(path = "og/home.svg")]
struct HomeCard<'a> {
    event: Option<TextBlock>,
    lettering: Vec<Lettering<'a>>,
    notes: Vec<TextBlock>,
    emblems: Vec<PlacedEmblem<'a>>,
}

#[derive(Template)]
#[template(path = "og/list.svg")]
struct ListCard<'a> {
    title: TextBlock,
    text: TextBlock,
    footer: TextBlock,
    emblems: Vec<PlacedEmblem<'a>>,
}

/// The picture of a project: its number, syllable and emblem from edge to edge, and its name and standfirst below.
#[derive(Template)]
#[template(path = "og/project.svg")]
struct ProjectCard<'a> {
    /// Of the upper part.
    height: f32,
    number: TextBlock,
    lettering: Option<Lettering<'a>>,
    /// The syllable, where it is not drawn.
    syllable: Option<TextBlock>,
    title: TextBlock,
    text: TextBlock,
    footer: TextBlock,
    emblems: Vec<PlacedEmblem<'a>>,
}

/// Where something stands: left, top, width and height.
type Area = [f32; 4];

/// A text from the upper left of its area on.
struct TextBlock {
    x: f32,
    y: f32,
    style: Style,
    fitted: FittedText,
}

impl TextBlock {
    /// The text as large as it fits from `max` down to `min` pixels.
    fn new(text: &str, style: Style, [x, y, width, height]: Area, max: f32, min: f32) -> Self {
        Self { x, y, style, fitted: text_fit::fit(text, style, (width, height), max, min) }
    }

    /// One line in the middle of an area.
    fn large(text: &str, [x, y, width, height]: Area) -> Self {
        let fitted = text_fit::fit(text, LARGE, (width, 0.0), height * 0.79, 40.0);
        let size = fitted.size;
        let widths = fitted.lines.iter().map(|it| text_fit::measure(it, LARGE) * size);
        let used = widths.fold(0.0, f32::max);
        // Capitals and digits are .73 em high.
        let baseline = y + height / 2.0 + 0.365 * size;
        Self {
            x: x + (width - used) / 2.0 - 0.015 * size,
            y: baseline - ASCENT * size,
            style: LARGE,
            fitted,
        }
    }

    fn height(&self) -> f32 {
        text_fit::height(self.fitted.lines.len(), self.fitted.size, self.style)
    }

    /// The baseline of each line, and the line.
    fn lines(&self) -> impl Iterator<Item = (f32, &String)> {
        let first = self.y + ASCENT * self.fitted.size;
        let step = self.style.leading * self.fitted.size;
        let baselines = std::iter::successors(Some(first), move |it| Some(it + step));
        baselines.zip(&self.fitted.lines)
    }

    fn letter_spacing(&self) -> f32 {
        self.style.tracking * self.fitted.size
    }
}

/// Syllables drawn in two inks, in the middle of an area.
type Lettering<'a> = (Area, &'a str);

/// An emblem, cut at the edges of its square.
struct PlacedEmblem<'a> {
    x: f32,
    y: f32,
    side: f32,
    is_faded: bool,
    shapes: &'a str,
}

impl<'a> PlacedEmblem<'a> {
    fn new(shapes: &'a str, (x, y, side): (f32, f32, f32), is_faded: bool) -> Self {
        Self { x, y, side, is_faded, shapes }
    }
}

impl<'a> CardContent<'a> {
    pub(super) fn svg(&self) -> String {
        let svg = match &self.kind {
            Kind::Home { event, lettering, notes } => self.home(event, lettering, notes).render(),
            Kind::List => self.list().render(),
            Kind::Project { number, syllable } => self.project(number, *syllable).render(),
        };
        let svg = svg.expect("what is written into memory arrives there");
        // The letters that the embedded font lacks come with the drawing.
        let texts: BTreeSet<char> = svg.chars().filter(|it| !it.is_ascii()).collect();
        let lacking = fonts::missing(&texts, None);
        let letters = self.font.filter(|_| !lacking.is_empty());
        let letters =
            letters.and_then(|own| fonts::cut(&fonts::had(own, &lacking), Some(own)).ok());
        let letters = letters.map_or(String::new(), |it| assets::with_font(&it));
        let styles = format!("{}</style>{letters}", self.inks);
        svg.replacen("</style>", &styles, 1)
    }

    fn home(&self, event: &str, lettering: &[&'a str], notes: &[String; 4]) -> HomeCard<'a> {
        let columns = [0.0, 300.0, 600.0, 900.0].map(|x| [x + 20.0, 362.0, 268.0, 150.0]);
        let notes = || notes.iter().zip(columns);
        // All as large as the longest can be.
        let sizes = notes().map(|(note, area)| TextBlock::new(note, NOTE, area, 42.0, 22.0));
        let size = sizes.map(|it| it.fitted.size).fold(42.0, f32::min);
        let notes = notes().map(|(note, area)| TextBlock::new(note, NOTE, area, size, 22.0));
        let letters = u16::try_from(lettering.len()).unwrap_or(u16::MAX);
        let width = 1200.0 / f32::from(letters.max(1));
        let placed = lettering.iter().zip(0_u16..).map(|(drawing, index)| {
            let left = f32::from(index) * width;
            ([left, 14.0, width, 330.0], *drawing)
        });
        let name = || TextBlock::new(event, TITLE, [PAD, 24.0, INNER, 320.0], 260.0, 60.0);
        let mut emblems = self.emblems(12, (0.0, 530.0, 100.0));
        // In place of a name that no font can set.
        if lettering.is_empty() && event.is_empty() {
            let large = [self.event_emblem].into_iter();
            let large = large.chain(self.emblems.iter().map(|it| it.drawing));
            for (drawing, left) in large.flatten().zip([0.0, 340.0, 680.0]) {
                emblems.push(PlacedEmblem::new(drawing, (left, 0.0, 340.0), false));
            }
        }
        HomeCard {
            event: lettering.is_empty().then(name),
            lettering: placed.collect(),
            notes: notes.collect(),
            emblems,
        }
    }

    fn list(&self) -> ListCard<'a> {
        /// A quarter of the height.
        const SIDE: f32 = 157.5;
        let emblems_left = 1200.0 - 3.0 * SIDE;
        let inner = emblems_left - PAD - 40.0;
        let title = [PAD - 4.0, 30.0, inner, 330.0];
        let title = TextBlock::new(&self.title, TITLE, title, 150.0, 44.0);
        let top = 30.0 + title.height() + 28.0;
        let text = [PAD, top, inner, 540.0 - top];
        let mut emblems = self.emblems(3, (emblems_left, 0.0, SIDE));
        ListCard {
            title,
            text: TextBlock::new(&self.text, TEXT, text, 42.0, 24.0),
            footer: self.footer([PAD, 562.0, inner, 38.0], &mut emblems),
            emblems,
        }
    }

    fn project(&self, number: &str, syllable: Option<Syllable<'a>>) -> ProjectCard<'a> {
        /// A name that would have to be smaller than this in its column has the whole width instead.
        const MIN_SIZE: f32 = 56.0;
        let column = [PAD, 408.0, 400.0 - PAD, 196.0];
        let narrow = TextBlock::new(&self.title, TITLE, column, 118.0, 30.0);
        let (height, title, text, footer) = if narrow.fitted.size >= MIN_SIZE {
            let (left, width) = (400.0 + PAD, INNER - 400.0);
            let text = [left, 412.0, width, 140.0];
            let text = TextBlock::new(&self.text, TEXT, text, 36.0, 22.0);
            (384.0, narrow, text, [left, 570.0, width, 34.0])
        } else {
            let wide = [PAD, 362.0, INNER, 94.0];
            let title = TextBlock::new(&self.title, TITLE, wide, 92.0, 30.0);
            let used = title.height();
            let text = [PAD, 374.0 + used, INNER, 186.0 - used];
            let text = TextBlock::new(&self.text, TEXT, text, 32.0, 22.0);
            (344.0, title, text, [PAD, 574.0, INNER, 34.0])
        };
        let middle = [416.0, 24.0, 368.0, height - 48.0];
        let lettering = syllable.and_then(|it| it.lettering);
        let undrawn = syllable.filter(|it| it.lettering.is_none());
        let emblem = self.emblems.first().and_then(|it| it.drawing);
        let square = (1200.0 - height, 0.0, height);
        let emblem = emblem.map(|it| PlacedEmblem::new(it, square, false));
        let mut emblems = Vec::from_iter(emblem);
        ProjectCard {
            height,
            number: TextBlock::large(number, [8.0, 0.0, 384.0, height]),
            lettering: lettering.map(|drawing| (middle, drawing)),
            syllable: undrawn.map(|it| TextBlock::large(it.text, middle)),
            title,
            text,
            footer: self.footer(footer, &mut emblems),
            emblems,
        }
    }

    /// The emblems of projects and of the event, so many in a row, from a corner on.
    fn emblems(&self, columns: u8, (left, top, side): (f32, f32, f32)) -> Vec<PlacedEmblem<'a>> {
        let event = Emblem { drawing: self.event_emblem, is_faded: false };
        let mut placed = Vec::new();
        for (emblem, index) in self.emblems.iter().chain([&event]).zip(0_u8..) {
            let (column, row) = (f32::from(index % columns), f32::from(index / columns));
            let square = (left + column * side, top + row * side, side);
            if let Some(drawing) = emblem.drawing {
                placed.push(PlacedEmblem::new(drawing, square, emblem.is_faded));
            }
        }
        placed
    }

    /// Whose page it is, behind the event's emblem.
    fn footer(
        &self,
        [x, y, width, height]: Area,
        emblems: &mut Vec<PlacedEmblem<'a>>,
    ) -> TextBlock {
        let mut used = 0.0;
        if let Some(emblem) = self.event_emblem {
            emblems.push(PlacedEmblem::new(emblem, (x, y, height), false));
            used = height + 12.0;
        }
        let size = height * 0.72;
        let line = [x + used, y + height * 0.13, width - used, size * 1.02];
        TextBlock::new(&self.footer, NOTE, line, size, size * 0.8)
    }
}
