//! What each attribute may hold: words that are known, and numbers that a renderer can stand.

use kurbo::Affine;
use svgtypes::{Color, NumberListParser, PathParser, PathSegment};
use svgtypes::{SimplePathSegment as Segment, SimplifyingPathParser, Transform};

/// How far from its origin anything is drawn, in the units of the drawing: after all transforms.
const FARTHEST: f64 = 1e4;
/// The most that transforms enlarge, together.
const LARGEST_SCALE: f64 = 100.0;
/// Any number, before transforms.
const LARGEST: f64 = 1e6;
/// Between the radii of an arc, which grow together until the arc spans its ends.
const LARGEST_RATIO: f64 = 1e4;
/// A dash shorter than this, unless it is none, would be one of millions.
const SHORTEST_DASH: f64 = 0.01;

/// What an attribute holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Id,
    Label,
    /// One of these words, which a bar divides.
    Word(&'static str),
    /// Some of the classes that stand for the inks of the site.
    Inks,
    ViewBox,
    /// From one to another.
    Number(f64, f64),
    Length,
    Dashes,
    Path,
    Points,
    Transform,
    /// A transform that moves no shape.
    OfGradient,
    Colour,
    /// None, a colour, or a gradient of the drawing.
    Paint,
    /// None, or an element of this name.
    Layer(&'static str),
}

/// What an attribute of this name holds; `None` where it is not accepted.
pub(super) fn kind(name: &str) -> Option<Kind> {
    Some(match name {
        "id" => Kind::Id,
        "aria-label" => Kind::Label,
        "aria-hidden" => Kind::Word("true|false"),
        "role" => Kind::Word("img|presentation|none|group"),
        "class" => Kind::Inks,
        "viewBox" => Kind::ViewBox,
        "preserveAspectRatio" => Kind::Word("none|xMidYMid|xMidYMid meet|xMidYMid slice"),
        "width" | "height" | "x" | "y" | "x1" | "y1" | "x2" | "y2" | "cx" | "cy" | "r" | "rx"
        | "ry" | "fx" | "fy" | "fr" | "offset" | "stroke-dashoffset" => Kind::Length,
        "opacity" | "fill-opacity" | "stroke-opacity" | "stop-opacity" => Kind::Number(0.0, 1.0),
        "stroke-width" => Kind::Number(0.0, 1000.0),
        "stroke-miterlimit" => Kind::Number(1.0, 100.0),
        "stroke-dasharray" => Kind::Dashes,
        "d" => Kind::Path,
        "points" => Kind::Points,
        "transform" => Kind::Transform,
        "gradientTransform" => Kind::OfGradient,
        "stop-color" => Kind::Colour,
        "fill" | "stroke" => Kind::Paint,
        "mask" => Kind::Layer("mask"),
        "clip-path" => Kind::Layer("clipPath"),
        "fill-rule" | "clip-rule" => Kind::Word("nonzero|evenodd"),
        "stroke-linecap" => Kind::Word("butt|round|square"),
        "stroke-linejoin" => Kind::Word("miter|round|bevel"),
        "shape-rendering" => Kind::Word("auto|crispEdges|geometricPrecision|optimizeSpeed"),
        "spreadMethod" => Kind::Word("pad|reflect|repeat"),
        "gradientUnits" | "maskUnits" => Kind::Word("userSpaceOnUse|objectBoundingBox"),
        // In units of a box, what they hold would be as large as the box times any number.
        "clipPathUnits" | "maskContentUnits" => Kind::Word("userSpaceOnUse"),
        _ => return None,
    })
}

impl Kind {
    /// What is written for a value; `None` where it is not accepted. References and ids are not among them.
    pub(super) fn accept(self, value: &str, place: Affine) -> Option<String> {
        let scale = scale(place);
        let is_near = |it: f64| it.abs() <= LARGEST && it.abs() * scale <= FARTHEST;
        let length = value.strip_suffix("px").unwrap_or(value);
        let is_accepted = match self {
            Self::Id => false,
            Self::Label => return Some(plain(value)),
            Self::Word(words) => words.split('|').any(|it| it == value),
            Self::Inks => value.split(' ').all(|it| matches!(it, "v" | "i" | "o" | "p")),
            Self::ViewBox => view_box(value).is_some(),
            Self::Number(least, most) => number(length).is_some_and(|it| least <= it && it <= most),
            Self::Length => number(length.trim_end_matches('%')).is_some_and(is_near),
            Self::Dashes => {
                let is_dash = |it: &f64| *it == 0.0 || *it >= SHORTEST_DASH && is_near(*it);
                value == "none" || numbers(value).is_some_and(|all| all.iter().all(is_dash))
            }
            Self::Path => is_path(value, is_near),
            Self::Points => numbers(value)
                .is_some_and(|all| all.len().is_multiple_of(2) && all.into_iter().all(is_near)),
            Self::Transform => transform(value).is_some_and(|it| is_bounded(place * it)),
            Self::OfGradient => transform(value).is_some_and(|it| {
                it.as_coeffs().iter().all(|it| it.abs() <= FARTHEST) && it.determinant() != 0.0
            }),
            Self::Paint if value == "none" => true,
            Self::Layer(_) => value == "none",
            Self::Colour | Self::Paint => return colour(value),
        };
        is_accepted.then(|| value.to_owned())
    }

    /// What to write instead.
    pub(super) fn wanted(self) -> String {
        let wanted = match self {
            Self::Id => "an id that no other element has",
            Self::Label => "any words",
            Self::Word(words) => return format!("write one of: {}", words.replace('|', ", ")),
            Self::Inks => "v, i, o or p, the inks of the site",
            Self::ViewBox => "four numbers, the last two from 1 to 10000",
            Self::Number(least, most) => return format!("write a number from {least} to {most}"),
            Self::Length => "a number, in px or % at most, that stays within 10000 of the origin",
            Self::Dashes => "none, or lengths from 0.01 on",
            Self::Path => "a whole path that stays within 10000 of the origin",
            Self::Points => "pairs of numbers that stay within 10000 of the origin",
            Self::Transform | Self::OfGradient => {
                "matrix, translate, scale, rotate or skew that enlarge by no more than 100 together"
            }
            Self::Colour => "a colour such as #e8432a, red or currentColor",
            Self::Paint => {
                "none, a colour such as #e8432a, or url(#id) of a gradient of the drawing"
            }
            Self::Layer(_) => "none, or url(#id) of one of the drawing",
        };
        format!("write {wanted}")
    }
}

/// A length in `%` as a number: page, card and icon each show a drawing in a view of their own (SVG 2, section 8.9).
pub(super) fn absolute(name: &str, value: &str, [.., width, height]: [f64; 4]) -> Option<String> {
    let share = number(value.strip_suffix('%')?)? / 100.0;
    let whole = match name {
        "x" | "x1" | "x2" | "cx" | "fx" | "rx" | "width" => width,
        "y" | "y1" | "y2" | "cy" | "fy" | "ry" | "height" => height,
        _ => width.hypot(height) / std::f64::consts::SQRT_2,
    };
    Some((share * whole).to_string())
}

/// The id in `url(#id)`, if a value is that and nothing else.
pub(super) fn reference(value: &str) -> Option<&str> {
    let id = value.strip_prefix("url(")?.strip_suffix(')')?;
    let quoted = |mark| id.strip_prefix(mark)?.strip_suffix(mark);
    let id = quoted('"').or_else(|| quoted('\'')).unwrap_or(id);
    id.strip_prefix('#')
}

/// Left, top, width and height.
pub(super) fn view_box(value: &str) -> Option<[f64; 4]> {
    let view: [f64; 4] = numbers(value)?.try_into().ok()?;
    let [x, y, width, height] = view;
    let is_side = |it| (1.0..=FARTHEST).contains(&it);
    let is_near = x.abs().max(y.abs()) <= FARTHEST;
    (is_side(width) && is_side(height) && is_near).then_some(view)
}

pub(super) fn transform(value: &str) -> Option<Affine> {
    let Transform { a, b, c, d, e, f } = value.parse().ok()?;
    Some(Affine::new([a, b, c, d, e, f]))
}

/// Words without what neither HTML nor XML may hold, or would read differently.
pub(super) fn plain(text: &str) -> String {
    let is_none = |it: char| {
        it.is_control() || matches!(it, '\u{fdd0}'..='\u{fdef}') || u32::from(it) & 0xfffe == 0xfffe
    };
    text.replace(is_none, " ").trim().to_owned()
}

fn scale(place: Affine) -> f64 {
    let [a, b, c, d, ..] = place.as_coeffs().map(f64::abs);
    a.max(b).max(c).max(d)
}

/// Whether something that is placed so can be drawn, and can be seen.
fn is_bounded(place: Affine) -> bool {
    let [.., x, y] = place.as_coeffs().map(f64::abs);
    let is_near = x.max(y) <= FARTHEST && scale(place) <= LARGEST_SCALE;
    is_near && place.determinant().abs() >= 1e-9
}

fn numbers(value: &str) -> Option<Vec<f64>> {
    let is_of_number = |it: char| it.is_ascii_digit() || "+-.eE, ".contains(it);
    if !value.chars().all(is_of_number) {
        return None;
    }
    NumberListParser::from(value).collect::<Result<_, _>>().ok()
}

fn number(value: &str) -> Option<f64> {
    match numbers(value)?[..] {
        [number] if !value.ends_with(',') => Some(number),
        _ => None,
    }
}

fn is_path(value: &str, is_near: impl Fn(f64) -> bool) -> bool {
    // Before an arc is turned into curves, of which there would be any number.
    let are_arcs_bounded = PathParser::from(value).all(|it| match it {
        Ok(PathSegment::EllipticalArc { rx, ry, x, y, .. }) => {
            let (small, large) = (rx.abs().min(ry.abs()), rx.abs().max(ry.abs()));
            let is_round = small == 0.0 || large <= small * LARGEST_RATIO;
            is_round && large.max(x.abs()).max(y.abs()) <= LARGEST
        }
        segment => segment.is_ok(),
    });
    are_arcs_bounded
        && SimplifyingPathParser::from(value).all(|it| {
            let points = match it {
                Ok(Segment::MoveTo { x, y } | Segment::LineTo { x, y }) => [x, y, x, y, x, y],
                Ok(Segment::Quadratic { x1, y1, x, y }) => [x1, y1, x, y, x, y],
                #[rustfmt::skip]
                Ok(Segment::CurveTo { x1, y1, x2, y2, x, y }) => [x1, y1, x2, y2, x, y],
                Ok(Segment::ClosePath) => return true,
                Err(_) => return false,
            };
            points.into_iter().all(&is_near)
        })
}

/// A colour as a word or in hexadecimal digits.
fn colour(value: &str) -> Option<String> {
    if value == "currentColor" {
        return Some(value.to_owned());
    }
    let colour: Color = value.parse().ok()?;
    if !value.contains('(') {
        return Some(value.to_owned());
    }
    let [red, green, blue] = [colour.red, colour.green, colour.blue];
    (colour.alpha == 255).then(|| format!("#{red:02x}{green:02x}{blue:02x}"))
}
