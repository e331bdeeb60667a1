//! Which contours of a syllable belong to its vowel, told by where they stand.
//!
//! Hangul has few places for a vowel: stems stand at the right, a bar lies under the initial, and short arms
//! and ticks touch them. Wanted Sans draws each of these as a contour of its own, a plain upright rectangle
//! but for the swung bar of mixed vowels (ㅘ, ㅝ, …), and never joins one to a consonant. The rule looks at
//! weight 400, where strokes stand apart; contours keep their order at every weight.
//!
//! It must find exactly the strokes that the vowel has, or it finds none and the syllable stays in one ink.
//! In version 1.003 of the font it tells all 11,172 syllables apart, so that an author may pick any; a table
//! of contour numbers would have to be made anew for each. To check by eye after a change of font, draw a
//! few hundred syllables in two inks on one page: a wrong stroke springs out.

use kurbo::{BezPath, PathEl, Rect, Shape};

/// The strokes of a vowel: upright stems; arms that reach left from the first stem (ㅓㅕ) and right from it, to the second
/// one in ㅐ and ㅒ; and ticks above and below the long bar under the initial, where there is one (ㅗㅜㅡ).
type Vowel = (usize, usize, usize, Option<(usize, usize)>);

/// In the order of Unicode (The Unicode Standard, section 3.12).
const VOWELS: [Vowel; 21] = [
    (1, 0, 1, None),         // ㅏ
    (2, 0, 1, None),         // ㅐ
    (1, 0, 2, None),         // ㅑ
    (2, 0, 2, None),         // ㅒ
    (1, 1, 0, None),         // ㅓ
    (2, 1, 0, None),         // ㅔ
    (1, 2, 0, None),         // ㅕ
    (2, 2, 0, None),         // ㅖ
    (0, 0, 0, Some((1, 0))), // ㅗ
    (1, 0, 1, Some((1, 0))), // ㅘ
    (2, 0, 1, Some((1, 0))), // ㅙ
    (1, 0, 0, Some((1, 0))), // ㅚ
    (0, 0, 0, Some((2, 0))), // ㅛ
    (0, 0, 0, Some((0, 1))), // ㅜ
    (1, 1, 0, Some((0, 1))), // ㅝ
    (2, 1, 0, Some((0, 1))), // ㅞ
    (1, 0, 0, Some((0, 1))), // ㅟ
    (0, 0, 0, Some((0, 2))), // ㅠ
    (0, 0, 0, Some((0, 0))), // ㅡ
    (1, 0, 0, Some((0, 0))), // ㅢ
    (1, 0, 0, None),         // ㅣ
];

/// Strokes that touch share an edge, give or take the hand of the one who drew them.
const TOUCH: f64 = 7.0;

/// The contours of the vowel in `character`, by their numbers in `contours` (at weight 400, y up), or nothing
/// where `character` is not a syllable or its strokes are not the ones expected.
pub(super) fn contours(character: char, contours: &[BezPath]) -> Option<Vec<usize>> {
    let number = u32::from(character).checked_sub(u32::from('가'))?;
    let number = usize::try_from(number).ok().filter(|it| *it < 11_172)?;
    let (stem_count, left_arms, right_arms, bar_ticks) = VOWELS[number / 28 % 21];
    let has_final = number % 28 != 0;
    let strokes = strokes(contours);

    let mut found = stems(&strokes, stem_count)?;
    let first_stem = found.first().map(|it| it.bounds);
    if let Some(stem) = first_stem {
        let arms = arms(&strokes, &found, &stem);
        let is_left = |it: &&Stroke| it.bounds.x0 < stem.x0;
        let (left, right) = arms.into_iter().partition(is_left);
        found.extend(exactly(left_arms, left)?);
        found.extend(exactly(right_arms, right)?);
    }
    if let Some((above, below)) = bar_ticks {
        let bar = bar(&strokes, &found, first_stem, has_final)?;
        found.push(bar);
        let ticks = ticks(&strokes, &found, &bar.bounds);
        let is_above = |it: &&Stroke| it.bounds.y1 > bar.bounds.y1;
        let (over, under) = ticks.into_iter().partition(is_above);
        found.extend(exactly(above, over)?);
        found.extend(exactly(below, under)?);
    }
    Some(found.iter().flat_map(|it| &it.contours).copied().collect())
}

/// An outer contour. Holes are left out: no stroke of a vowel has one, so they go with the consonants.
struct Stroke {
    /// The number of the contour, and of the doubles that a few syllables have lying on it.
    contours: Vec<usize>,
    /// In font coordinates: y0 is the lower edge.
    bounds: Rect,
    /// Whether it is an upright rectangle.
    is_plain: bool,
}

fn strokes(contours: &[BezPath]) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = Vec::new();
    for (number, contour) in contours.iter().enumerate() {
        let (bounds, area) = (contour.bounding_box(), contour.area());
        if area >= 0.0 {
            continue;
        }
        let is_curved = contour.iter().any(|it| matches!(it, PathEl::QuadTo(..)));
        // A rectangle fills its bounds; 3% are left to the eye of the one who drew it.
        let is_plain = !is_curved && -area > 0.97 * bounds.area();
        let lies_on = |other: &&mut Stroke| {
            let around = other.bounds.inflate(TOUCH, TOUCH);
            is_plain && other.is_plain && around.union(bounds) == around
        };
        match strokes.iter_mut().find(lies_on) {
            Some(other) => other.contours.push(number),
            None => strokes.push(Stroke { contours: vec![number], bounds, is_plain }),
        }
    }
    strokes
}

/// The rightmost tall rectangles, from left to right.
fn stems(strokes: &[Stroke], number: usize) -> Option<Vec<&Stroke>> {
    let is_stem = |it: &&Stroke| {
        let (width, height) = (it.bounds.width(), it.bounds.height());
        it.is_plain && it.bounds.x0 > 800.0 && height > 700.0 && height > 2.0 * width
    };
    let mut stems: Vec<&Stroke> = strokes.iter().filter(is_stem).collect();
    stems.sort_by(|one, two| one.bounds.x1.total_cmp(&two.bounds.x1));
    let others = stems.len().checked_sub(number)?;
    Some(stems.split_off(others))
}

/// Rectangles between the upper and the lower end of a stem that touch it.
fn arms<'a>(strokes: &'a [Stroke], found: &[&Stroke], stem: &Rect) -> Vec<&'a Stroke> {
    let is_arm = |it: &&Stroke| {
        let arm = &it.bounds;
        let is_beside = arm.y0 > stem.y0 && arm.y1 < stem.y1;
        let is_left = arm.x0 < stem.x0
            && arm.x1 + TOUCH >= stem.x0
            && arm.x1 + TOUCH < stem.x1
            && arm.height() < 1.3 * arm.width();
        let is_right = arm.x0 > stem.x0 && arm.x0 <= stem.x1 + TOUCH && arm.x1 > stem.x1 + TOUCH;
        it.is_plain && is_beside && (is_left || is_right) && !is_among(found, it)
    };
    strokes.iter().filter(is_arm).collect()
}

/// The widest bar of all; or, left of a stem, the lowest one that is not part of the final consonant.
fn bar<'a>(
    strokes: &'a [Stroke],
    found: &[&Stroke],
    stem: Option<Rect>,
    has_final: bool,
) -> Option<&'a Stroke> {
    let is_flat = |it: &&Stroke| it.bounds.width() > 3.0 * it.bounds.height();
    let bars = strokes.iter().filter(is_flat);
    let Some(stem) = stem else {
        let wide = bars.filter(|it| it.is_plain && it.bounds.width() > 1400.0);
        return wide.max_by(|one, two| one.bounds.width().total_cmp(&two.bounds.width()));
    };
    let middle = |it: &Stroke| it.bounds.center().y;
    bars.filter(|it| it.bounds.width() > 600.0 && it.bounds.x1 < stem.center().x)
        .filter(|it| !has_final || middle(it) > stem.y0)
        .filter(|it| !is_among(found, it))
        .min_by(|one, two| middle(one).total_cmp(&middle(two)))
}

/// Narrow rectangles that stand on a bar or hang from it.
fn ticks<'a>(strokes: &'a [Stroke], found: &[&Stroke], bar: &Rect) -> Vec<&'a Stroke> {
    let is_tick = |it: &&Stroke| {
        let tick = &it.bounds;
        let is_within = tick.x0 > bar.x0 && tick.x1 < bar.x1 && tick.width() < 500.0;
        let stands = tick.y0 >= bar.y0 && tick.y0 <= bar.y1 + TOUCH && tick.y1 > bar.y1;
        let hangs = tick.y1 >= bar.y0 - TOUCH && tick.y1 <= bar.y1 && tick.y0 < bar.y0;
        it.is_plain && is_within && (stands || hangs) && !is_among(found, it)
    };
    strokes.iter().filter(is_tick).collect()
}

fn is_among(strokes: &[&Stroke], stroke: &Stroke) -> bool {
    strokes.iter().any(|it| std::ptr::eq(*it, stroke))
}

/// The candidates, if they are as many as the vowel has. Where it has none, a consonant may still look like one.
fn exactly(number: usize, candidates: Vec<&Stroke>) -> Option<Vec<&Stroke>> {
    match number {
        0 => Some(Vec::new()),
        _ => (candidates.len() == number).then_some(candidates),
    }
}

#[cfg(test)]
mod tests {
    use kurbo::Point;
    use skrifa::MetadataProvider;
    use skrifa::instance::LocationRef;

    use super::super::outline;
    use super::*;
    use crate::assets::fonts;

    fn vowel_of(syllable: char) -> Option<Vec<usize>> {
        let font = fonts::wanted_sans();
        let glyph = font.charmap().map(syllable)?;
        let outline = outline(&font, glyph, LocationRef::default(), Point::new)?;
        let mut found = contours(syllable, &outline)?;
        found.sort_unstable();
        Some(found)
    }

    /// Read off a drawing of the numbered contours, by eye.
    #[test]
    fn the_syllables_of_the_site_are_told_apart() {
        let expected: [(char, &[usize]); 19] = [
            ('제', &[0, 1, 2]),
            ('네', &[2, 3, 4]),
            ('시', &[2]),
            ('스', &[2]),
            ('망', &[2, 3]),
            ('짬', &[6, 7]),
            ('권', &[0, 1, 4, 5]),
            ('표', &[0, 1, 2]),
            ('판', &[4, 5]),
            ('끼', &[0]),
            ('땅', &[0, 1]),
            ('틀', &[3]),
            ('몫', &[2, 3]),
            ('차', &[4, 5]),
            ('겹', &[0, 1, 4]),
            ('서', &[0, 3]),
            ('울', &[0, 3]),
            ('별', &[0, 1, 2]),
            ('지', &[3]),
        ];
        for (syllable, vowel) in expected {
            assert_eq!(vowel_of(syllable).as_deref(), Some(vowel), "{syllable}");
        }
    }

    #[test]
    fn every_syllable_is_told_apart() {
        let lost: String = ('가'..='힣').filter(|&syllable| vowel_of(syllable).is_none()).collect();
        assert_eq!(lost, "", "one ink would be left for these");
    }

    #[test]
    fn what_is_not_a_syllable_has_no_vowel() {
        assert_eq!((vowel_of('ㅏ'), vowel_of('A'), vowel_of('1')), (None, None, None));
    }
}
