//! The contours of a glyph, as the font gives them.

use kurbo::{BezPath, PathEl, Point};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

/// The contours of `glyph` in the order of the font, which is the same at every weight; y points up, outer
/// contours run clockwise (negative area) and the holes in them the other way.
pub(super) fn contours(
    font: &FontRef<'_>,
    glyph: GlyphId,
    location: LocationRef<'_>,
) -> Option<Vec<BezPath>> {
    let mut pen = ContourPen::default();
    // A space has no outline but is not an error.
    let Some(outline) = font.outline_glyphs().get(glyph) else {
        return Some(Vec::new());
    };
    outline
        .draw(DrawSettings::unhinted(Size::unscaled(), location), &mut pen)
        .ok()?;
    Some(pen.0)
}

/// The contour moved right by `origin` and turned over, so that y points down as in SVG, in whole units:
/// rounding before the inks are intersected keeps the overprint on their edges.
pub(super) fn placed(contour: &BezPath, origin: f64) -> impl Iterator<Item = PathEl> {
    let place = move |point: Point| Point::new((point.x + origin).round(), -point.y.round());
    contour.iter().map(move |element| match element {
        PathEl::MoveTo(to) => PathEl::MoveTo(place(to)),
        PathEl::LineTo(to) => PathEl::LineTo(place(to)),
        PathEl::QuadTo(control, to) => PathEl::QuadTo(place(control), place(to)),
        PathEl::CurveTo(one, two, to) => PathEl::CurveTo(place(one), place(two), place(to)),
        PathEl::ClosePath => PathEl::ClosePath,
    })
}

/// Collects one path per contour.
#[derive(Default)]
struct ContourPen(Vec<BezPath>);

impl ContourPen {
    fn push(&mut self, element: PathEl) {
        if let Some(contour) = self.0.last_mut() {
            contour.push(element);
        }
    }
}

impl OutlinePen for ContourPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(BezPath::new());
        self.push(PathEl::MoveTo(point(x, y)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.push(PathEl::LineTo(point(x, y)));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.push(PathEl::QuadTo(point(cx, cy), point(x, y)));
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.push(PathEl::CurveTo(
            point(cx0, cy0),
            point(cx1, cy1),
            point(x, y),
        ));
    }

    fn close(&mut self) {
        self.push(PathEl::ClosePath);
    }
}

fn point(x: f32, y: f32) -> Point {
    Point::new(x.into(), y.into())
}
