//! Puts a card together from its facts.

use super::content::{CardContent, Layout, Tile};
use super::parts::{Canvas, Emblem};
use super::text_fit::{self, Space, Style};

const DISPLAY: Style = Style {
    weight: 1000.0,
    tracking: -0.03,
    leading: 1.06,
    class: "t",
};

const STANDFIRST: Style = Style {
    weight: 750.0,
    tracking: -0.02,
    leading: 1.3,
    class: "t",
};

const NOTE: Style = Style {
    weight: 800.0,
    tracking: -0.02,
    leading: 1.2,
    class: "t",
};

/// A name that would have to be smaller than this in its column, in pixels, has the whole width instead.
const NARROW: f32 = 56.0;

/// Text keeps so far away from edges, in pixels.
const PAD: f32 = 32.0;

impl CardContent<'_> {
    /// The card as an SVG document.
    pub(super) fn compose(&self) -> String {
        let mut canvas = Canvas::new();
        match self.layout {
            Layout::Poster => self.poster(&mut canvas),
            Layout::List => self.list(&mut canvas),
            Layout::Project => self.project(&mut canvas),
        }
        canvas.finish()
    }

    fn project(&self, canvas: &mut Canvas) {
        let name = &self.title;
        let column = Space::new(PAD, 408.0, 400.0 - PAD, 196.0);
        let inner = 1200.0 - 2.0 * PAD;
        if text_fit::fit(name, DISPLAY, column, 118.0, 30.0).size >= NARROW {
            self.squares(canvas, 384.0);
            canvas.text(name, DISPLAY, column, 118.0, 30.0);
            let space = Space::new(400.0 + PAD, 412.0, inner - 400.0, 140.0);
            canvas.text(self.text, STANDFIRST, space, 36.0, 22.0);
            self.sign(canvas, Space::new(400.0 + PAD, 570.0, inner - 400.0, 34.0));
        } else {
            // A long word has the whole width, and the standfirst what is left below.
            self.squares(canvas, 344.0);
            let space = Space::new(PAD, 362.0, inner, 94.0);
            let used = canvas.text(name, DISPLAY, space, 92.0, 30.0);
            let space = Space::new(PAD, 374.0 + used, inner, 186.0 - used);
            canvas.text(self.text, STANDFIRST, space, 32.0, 22.0);
            self.sign(canvas, Space::new(PAD, 574.0, inner, 34.0));
        }
    }

    /// Place in the programme, syllable and emblem, from edge to edge and so high.
    fn squares(&self, canvas: &mut Canvas, height: f32) {
        canvas.rect("i", Space::new(0.0, 0.0, 400.0, height));
        canvas.light_text(&self.number, Space::new(8.0, 0.0, 384.0, height));
        if let Some(syllable) = &self.syllable {
            let space = Space::new(416.0, 24.0, 368.0, height - 48.0);
            match syllable.drawn {
                Some(drawn) => canvas.lettering(drawn, space),
                None => canvas.dark_text(syllable.text, space),
            }
        }
        if let Some((Some(drawing), emblem)) = self.tiles.first() {
            let space = Space::new(1200.0 - height, 0.0, height, height);
            canvas.emblem(drawing, *emblem, space);
        }
    }

    fn poster(&self, canvas: &mut Canvas) {
        if self.lettering.is_empty() {
            let space = Space::new(PAD, 24.0, 1200.0 - 2.0 * PAD, 320.0);
            canvas.text(&self.number, DISPLAY, space, 260.0, 60.0);
        } else {
            canvas.row(&self.lettering, Space::new(0.0, 14.0, 1200.0, 330.0));
        }
        let spaces = [0.0, 300.0, 600.0, 900.0].map(|x| Space::new(x + 20.0, 362.0, 268.0, 150.0));
        let sizes = self.notes.iter().zip(spaces);
        let sizes = sizes.map(|(note, space)| text_fit::fit(note, NOTE, space, 42.0, 22.0).size);
        let size = sizes.fold(42.0, f32::min);
        for (note, space) in self.notes.iter().zip(spaces) {
            canvas.text(note, NOTE, space, size, 22.0);
        }
        let foot = Space::new(0.0, 530.0, 1200.0, 100.0);
        self.wall(canvas, 12, 100.0, foot);
    }

    fn list(&self, canvas: &mut Canvas) {
        /// A quarter of the height.
        const TILE: f32 = 157.5;
        let wall = 1200.0 - 3.0 * TILE;
        let inner = wall - PAD - 40.0;
        let space = Space::new(PAD - 4.0, 30.0, inner, 330.0);
        let used = canvas.text(&self.title, DISPLAY, space, 150.0, 44.0);
        let top = 30.0 + used + 28.0;
        let space = Space::new(PAD, top, inner, 540.0 - top);
        canvas.text(self.text, STANDFIRST, space, 42.0, 24.0);
        self.sign(canvas, Space::new(PAD, 562.0, inner, 38.0));
        self.wall(canvas, 3, TILE, Space::new(wall, 0.0, 3.0 * TILE, 630.0));
    }

    /// The emblems of some projects and of the event, so many in a row, from edge to edge.
    fn wall(&self, canvas: &mut Canvas, columns: u8, side: f32, space: Space) {
        let last: Tile<'_> = (self.emblem, Emblem::Inked);
        let tiles = self.tiles.iter().copied().chain([last]);
        for (place, (drawing, emblem)) in (0..=u8::MAX).zip(tiles) {
            let (x, y) = (f32::from(place % columns), f32::from(place / columns));
            if let Some(drawing) = drawing {
                let tile = Space::new(space.x + x * side, space.y + y * side, side, side);
                canvas.emblem(drawing, emblem, tile);
            }
        }
    }

    /// Whose card it is.
    fn sign(&self, canvas: &mut Canvas, space: Space) {
        let mut x = space.x;
        if let Some(drawing) = self.emblem {
            let width = space.height;
            canvas.emblem(drawing, Emblem::Inked, Space { width, ..space });
            x += space.height + 12.0;
        }
        let size = space.height * 0.72;
        let line = Space::new(
            x,
            space.y + space.height * 0.13,
            space.x + space.width - x,
            size * 1.02,
        );
        canvas.text(&self.sign, NOTE, line, size, size * 0.8);
    }
}
