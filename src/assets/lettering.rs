//! Lettering in two inks, from the font's own outlines: consonants in one, vowels in the other, and the
//! ground where a stroke of one crosses a stroke of the other.
//!
//! 1. [`outline`] asks the font for the contours of each syllable at the weight wanted.
//! 2. `vowels` tells which of them belong to the vowel. Where it cannot tell, the syllable stays in one ink.
//! 3. The two inks are intersected, so that a page can give the overprint any colour in any scheme.
//! 4. `path` writes each as compact path data in whole font units (2,048 to the em), y pointing down.

mod path;
mod vowels;

pub(super) use path::data;

use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};
use linesweeper::{BinaryOp, FillRule};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::DrawSettings;
use skrifa::outline::pen::PathElement;
use skrifa::raw::TableProvider;
use skrifa::{FontRef, GlyphId, MetadataProvider};

use crate::assets::fonts;
use crate::language::is_hangul;

/// Slivers below this area (in square font units) come from rounding, not from strokes that cross.
const SLIVER: f64 = 60.0;

const WEIGHT: f32 = 1000.0;

/// Units to the em.
const UNITS: f64 = 2048.0;

/// How far letters of unlike inks reach into each other, in font units.
const OVERPRINT: f64 = 61.0;

/// Top and height of Hangul at any weight (the font's extremes are 1,676 above the baseline and 266 below it, reached by a
/// few syllables nobody uses).
const TOP: i32 = -1668;
const HEIGHT: i32 = 1880;

/// A word or syllable as three SVG paths (`fill-rule: nonzero`), to be painted in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lettering {
    /// Where the ink begins, and how wide it is.
    pub left: i32,
    pub width: i32,
    /// Initial and final consonants, and all of whatever has no vowel that can be told apart.
    pub consonants: String,
    pub vowels: String,
    /// Where the two meet; may be empty.
    pub overlap: String,
}

impl Lettering {
    /// Left, top, width and height of a view as wide as the ink, so that columns align at their edges, and as high as any
    /// syllable, so that syllables drawn one by one share their size and baseline.
    pub fn view(&self) -> String {
        format!("{} {TOP} {} {HEIGHT}", self.left, self.width)
    }
}

/// Sets `text` with the font's advances, or those of a font that the site brings where ours lacks a character. Gives
/// nothing when that lacks one too, when its letters are joined, or there is nothing to draw.
pub fn lettering(text: &str, own: Option<&[u8]>) -> Option<Lettering> {
    let font = match own.filter(|_| !fonts::has_all(text, None)) {
        Some(own) if !text.chars().any(is_joined) => FontRef::new(own).ok()?,
        _ => fonts::wanted_sans(),
    };
    let scale = UNITS / f64::from(font.head().ok()?.units_per_em());
    let location = font.axes().location([("wght", WEIGHT)]);
    let metrics = font.glyph_metrics(Size::unscaled(), &location);
    let (mut consonants, mut vowels) = (BezPath::new(), BezPath::new());
    let mut origin = 0.0;
    let has_vowel = text.chars().any(is_vowel);
    let has_kana = text.chars().any(is_kana);
    // The letter before in a word: whether it is in the second ink, and where it ends.
    let mut before: Option<(bool, f64)> = None;
    for (number, character) in text.chars().enumerate() {
        let glyph = font.charmap().map(character)?;
        // With y pointing down, in whole units: rounding before the inks are intersected keeps the overprint on their edges.
        let place = |x: f64, y: f64| Point::new((scale * x + origin).round(), (-scale * y).round());
        let mut contours = outline(&font, glyph, LocationRef::from(&location), place)?;
        // Letters of an alphabet are of one ink each: the vowels of the second or, in a name without, every other one.
        let is_letter = character.is_alphanumeric() && !is_hangul(character);
        let takes_second = if has_kana {
            !is_kana(character)
        } else if has_vowel {
            is_vowel(character)
        } else {
            number % 2 == 1
        };
        let is_second = is_letter && takes_second;
        let ink = bounds(&contours).filter(|_| is_letter);
        let mut shift = 0.0;
        if let (Some((was_second, end)), Some(ink)) = (before, ink)
            && was_second != is_second
        {
            // Letters of unlike inks overprint.
            shift = (end - OVERPRINT - ink.x0).min(0.0);
            for contour in &mut contours {
                contour.apply_affine(Affine::translate((shift, 0.0)));
            }
        }
        before = ink.map(|it| (is_second, it.x1 + shift));
        let thin = outline(&font, glyph, LocationRef::default(), Point::new)?;
        let of_the_vowel = vowels::contours(character, &thin).unwrap_or_default();
        for (index, contour) in contours.iter().enumerate() {
            let ink = if is_second || of_the_vowel.contains(&index) {
                &mut vowels
            } else {
                &mut consonants
            };
            ink.extend(contour);
        }
        origin += shift + scale * f64::from(metrics.advance_width(glyph)?);
    }
    let inks = [&consonants, &vowels];
    let ink = bounds(inks.into_iter().filter(|it| !it.is_empty()))?;
    Some(Lettering {
        left: path::rounded(ink.x0),
        width: path::rounded(ink.width()),
        overlap: path::data(&overlap(&consonants, &vowels, SLIVER)),
        consonants: path::data(&consonants),
        vowels: path::data(&vowels),
    })
}

/// The box around all of some paths.
fn bounds<'a>(paths: impl IntoIterator<Item = &'a BezPath>) -> Option<Rect> {
    let boxes = paths.into_iter().map(Shape::bounding_box);
    boxes.reduce(|a, b| a.union(b))
}

/// Whether letters of its script are joined, or stand over one another, by rules that are not known here.
fn is_joined(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{FB1D}'..='\u{FEFC}')
}

fn is_kana(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30FF}')
}

/// Whether it is a vowel of the Latin, Cyrillic or Greek alphabet.
fn is_vowel(character: char) -> bool {
    const VOWELS: &str =
        "aáàâäãåāăąæeéèêëēėęěiíìîïīįıoóòôöõøōőœuúùûüūůűųyýÿаеёиіїоуыэюяєαάεέηήιίοόυύωώ";
    character.to_lowercase().all(|it| VOWELS.contains(it))
}

/// The contours of a glyph in the order of the font, which is the same at every weight; y points up, outer contours run
/// clockwise (negative area) and the holes in them the other way. `place` puts each of their points where it is wanted.
fn outline(
    font: &FontRef<'_>,
    glyph: GlyphId,
    location: LocationRef<'_>,
    place: impl Fn(f64, f64) -> Point,
) -> Option<Vec<BezPath>> {
    let mut contours: Vec<BezPath> = Vec::new();
    // A space has no outline but is not an error.
    let Some(outline) = font.outline_glyphs().get(glyph) else {
        return Some(contours);
    };
    let mut elements: Vec<PathElement> = Vec::new();
    let settings = DrawSettings::unhinted(Size::unscaled(), location);
    outline.draw(settings, &mut elements).ok()?;
    let point = |x: f32, y: f32| place(x.into(), y.into());
    for element in elements {
        let element = match element {
            PathElement::MoveTo { x, y } => {
                contours.push(BezPath::new());
                PathEl::MoveTo(point(x, y))
            }
            PathElement::LineTo { x, y } => PathEl::LineTo(point(x, y)),
            PathElement::QuadTo { cx0, cy0, x, y } => PathEl::QuadTo(point(cx0, cy0), point(x, y)),
            // No TrueType font has one.
            PathElement::CurveTo { .. } => return None,
            PathElement::Close => PathEl::ClosePath,
        };
        contours.last_mut()?.push(element);
    }
    Some(contours)
}

/// The exact ground that both inks cover, curves kept as curves, without parts below an area.
pub(super) fn overlap(one: &BezPath, other: &BezPath, sliver: f64) -> BezPath {
    // The only errors are infinite coordinates and open paths, which neither a font's outline nor an emblem's has.
    linesweeper::binary_op(one, other, FillRule::NonZero, BinaryOp::Intersection)
        .map(|both| {
            both.contours()
                .filter(|each| each.path.area().abs() > sliver)
                .flat_map(|each| &each.path)
                .collect()
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(data: &str) -> f64 {
        BezPath::from_svg(data).expect("path data").area().abs()
    }

    #[test]
    fn strokes_that_cross_overprint() {
        let lettering = lettering("제", None).expect("the font has it");
        let overlap = BezPath::from_svg(&lettering.overlap).expect("path data").bounding_box();
        // The right leg of ㅈ (404–1002) reaches into the first stem of ㅔ (944–1278).
        assert!(
            (overlap.x0 - 944.0).abs() <= 1.0 && (overlap.x1 - 1002.0).abs() <= 1.0,
            "{overlap:?}"
        );
        assert!(area(&lettering.overlap) < area(&lettering.vowels) / 10.0);
    }

    #[test]
    fn strokes_that_only_stand_apart_do_not() {
        let lettering = lettering("스", None).expect("the font has it");
        assert_eq!(lettering.overlap, "");
        assert_eq!(lettering.vowels, "m1736 2h-1700v-292h1700z");
    }

    #[test]
    fn each_crossing_is_a_contour_of_its_own() {
        let lettering = lettering("표", None).expect("the font has it");
        assert_eq!(lettering.overlap.matches('z').count(), 2, "{}", lettering.overlap);
    }

    #[test]
    fn a_word_is_set_by_advances() {
        let one = lettering("바", None).expect("one");
        let word = lettering("바다", None).expect("word");
        assert!(word.consonants.starts_with(&one.consonants));
        let view = word.view();
        assert!(view.contains(" -1668 ") && view.ends_with(" 1880"), "{view}");
        // Each of the two advances by 1,770 units; the ink begins and ends a little inside or outside of that.
        assert!((3400..3700).contains(&word.width), "{view}");
    }

    #[test]
    fn letters_of_an_alphabet_take_one_ink_each() {
        let letters = lettering("Rio", None).expect("the font has them");
        assert_ne!(letters.vowels, "");
        assert_ne!(letters.overlap, "", "unlike inks overprint");
    }

    #[test]
    fn what_the_font_lacks_gives_nothing() {
        assert_eq!(lettering("한𓀀", None), None);
        assert_eq!(lettering("", None), None);
        assert_eq!(lettering(" ", None), None);
    }
}
