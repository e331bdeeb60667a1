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

use std::collections::BTreeSet;

use kurbo::{BezPath, PathEl, Rect, Shape};

/// The contours of the vowel in `character`, by their numbers in `contours` (at weight 400, y up), or nothing
/// where `character` is not a syllable or its strokes are not the ones expected.
pub(super) fn contours(character: char, contours: &[BezPath]) -> Option<BTreeSet<usize>> {
    let place = u32::from(character)
        .checked_sub(u32::from('가'))
        .filter(|&place| place < 11_172)?;
    let vowel = usize::try_from(place / 28 % 21).ok()?;
    let has_final = place % 28 != 0;
    let strokes = Stroke::all(contours);
    Syllable { strokes, has_final }.vowel(&VOWELS[vowel])
}

/// The strokes that make up a vowel.
struct Vowel {
    /// The long bar under the initial (ㅗㅜㅡ).
    bar: bool,
    /// Ticks that stand on the bar (ㅗㅛ).
    above: usize,
    /// Ticks that hang from it (ㅜㅠ).
    below: usize,
    /// Upright stems.
    stems: usize,
    /// Arms that reach left from the first stem (ㅓㅕ).
    left: usize,
    /// Arms that reach right from it, to the second stem in ㅐ and ㅒ.
    right: usize,
}

const fn upright(stems: usize, left: usize, right: usize) -> Vowel {
    Vowel {
        bar: false,
        above: 0,
        below: 0,
        stems,
        left,
        right,
    }
}

const fn level(above: usize, below: usize) -> Vowel {
    mixed(above, below, 0, 0, 0)
}

const fn mixed(above: usize, below: usize, stems: usize, left: usize, right: usize) -> Vowel {
    Vowel {
        bar: true,
        above,
        below,
        stems,
        left,
        right,
    }
}

/// In the order of Unicode (The Unicode Standard, section 3.12).
const VOWELS: [Vowel; 21] = [
    upright(1, 0, 1),     // ㅏ
    upright(2, 0, 1),     // ㅐ
    upright(1, 0, 2),     // ㅑ
    upright(2, 0, 2),     // ㅒ
    upright(1, 1, 0),     // ㅓ
    upright(2, 1, 0),     // ㅔ
    upright(1, 2, 0),     // ㅕ
    upright(2, 2, 0),     // ㅖ
    level(1, 0),          // ㅗ
    mixed(1, 0, 1, 0, 1), // ㅘ
    mixed(1, 0, 2, 0, 1), // ㅙ
    mixed(1, 0, 1, 0, 0), // ㅚ
    level(2, 0),          // ㅛ
    level(0, 1),          // ㅜ
    mixed(0, 1, 1, 1, 0), // ㅝ
    mixed(0, 1, 2, 1, 0), // ㅞ
    mixed(0, 1, 1, 0, 0), // ㅟ
    level(0, 2),          // ㅠ
    level(0, 0),          // ㅡ
    mixed(0, 0, 1, 0, 0), // ㅢ
    upright(1, 0, 0),     // ㅣ
];

/// An outer contour. Holes are left out: no stroke of a vowel has one, so they go with the consonants.
struct Stroke {
    /// The contour, and the doubles that a few syllables have lying on it.
    indices: Vec<usize>,
    bounds: Rect,
    /// Whether it is an upright rectangle.
    plain: bool,
}

impl Stroke {
    fn new((index, contour): (usize, &BezPath)) -> Option<Self> {
        let (bounds, area) = (contour.bounding_box(), contour.area());
        let straight = !contour
            .iter()
            .any(|element| matches!(element, PathEl::QuadTo(..)));
        // A rectangle fills its bounds; 3% are left to the eye of the one who drew it.
        let plain = straight && -area > 0.97 * bounds.area();
        (area < 0.0).then_some(Self {
            indices: vec![index],
            bounds,
            plain,
        })
    }

    fn all(contours: &[BezPath]) -> Vec<Self> {
        let mut strokes: Vec<Self> = Vec::new();
        for stroke in contours.iter().enumerate().filter_map(Self::new) {
            match strokes.iter_mut().find(|earlier| stroke.lies_on(earlier)) {
                Some(earlier) => earlier.indices.extend(stroke.indices),
                None => strokes.push(stroke),
            }
        }
        strokes
    }

    fn lies_on(&self, other: &Self) -> bool {
        let around = other.bounds.inflate(TOUCH, TOUCH);
        self.plain && other.plain && around.union(self.bounds) == around
    }

    /// Whether it is a rectangle between the upper and lower end of `stem`, as arms are.
    fn is_arm_beside(&self, stem: &Rect) -> bool {
        // In font coordinates y0 is the lower edge.
        self.plain && self.bounds.y0 > stem.y0 && self.bounds.y1 < stem.y1
    }
}

struct Syllable {
    strokes: Vec<Stroke>,
    has_final: bool,
}

/// Strokes that touch share an edge, give or take the hand of the one who drew them.
const TOUCH: f64 = 7.0;

impl Syllable {
    fn vowel(&self, vowel: &Vowel) -> Option<BTreeSet<usize>> {
        let stems = self.stems(vowel.stems)?;
        let mut found: Vec<&Stroke> = stems.clone();
        if let Some(first) = stems.first().map(|stem| stem.bounds) {
            found.extend(exactly(vowel.left, self.arms_left_of(&first))?);
            found.extend(exactly(vowel.right, self.arms_right_of(&first, &stems))?);
        }
        if vowel.bar {
            let bar = self.bar(stems.first().copied(), &found)?;
            found.push(bar);
            found.extend(exactly(
                vowel.above,
                self.ticks(&bar.bounds, Side::Above, &found),
            )?);
            found.extend(exactly(
                vowel.below,
                self.ticks(&bar.bounds, Side::Below, &found),
            )?);
        }
        Some(
            found
                .iter()
                .flat_map(|stroke| &stroke.indices)
                .copied()
                .collect(),
        )
    }

    /// The rightmost tall rectangles, from left to right.
    fn stems(&self, number: usize) -> Option<Vec<&Stroke>> {
        let mut stems: Vec<&Stroke> = self
            .strokes
            .iter()
            .filter(|stroke| {
                let bounds = &stroke.bounds;
                let tall = bounds.height() > 700.0 && bounds.height() > 2.0 * bounds.width();
                stroke.plain && tall && bounds.x0 > 800.0
            })
            .collect();
        stems.sort_by(|one, two| two.bounds.x1.total_cmp(&one.bounds.x1));
        stems.truncate(number);
        stems.reverse();
        (stems.len() == number).then_some(stems)
    }

    fn arms_left_of(&self, stem: &Rect) -> Vec<&Stroke> {
        let reaches =
            |arm: &Rect| arm.x0 < stem.x0 && arm.x1 + TOUCH >= stem.x0 && arm.x1 + TOUCH < stem.x1;
        self.strokes
            .iter()
            .filter(|stroke| {
                let arm = &stroke.bounds;
                stroke.is_arm_beside(stem) && reaches(arm) && arm.height() < 1.3 * arm.width()
            })
            .collect()
    }

    fn arms_right_of(&self, stem: &Rect, stems: &[&Stroke]) -> Vec<&Stroke> {
        let reaches =
            |arm: &Rect| arm.x0 > stem.x0 && arm.x0 <= stem.x1 + TOUCH && arm.x1 > stem.x1 + TOUCH;
        self.strokes
            .iter()
            .filter(|stroke| stroke.is_arm_beside(stem) && reaches(&stroke.bounds))
            .filter(|stroke| !is_among(stems, stroke))
            .collect()
    }

    /// The widest bar of all; or, left of a stem, the lowest one that is not part of the final consonant.
    fn bar(&self, stem: Option<&Stroke>, found: &[&Stroke]) -> Option<&Stroke> {
        let flat = self
            .strokes
            .iter()
            .filter(|stroke| stroke.bounds.width() > 3.0 * stroke.bounds.height());
        let Some(stem) = stem.map(|stem| stem.bounds) else {
            return flat
                .filter(|stroke| stroke.plain && stroke.bounds.width() > 1400.0)
                .max_by(|one, two| one.bounds.width().total_cmp(&two.bounds.width()));
        };
        flat.filter(|stroke| stroke.bounds.width() > 600.0 && stroke.bounds.x1 < stem.center().x)
            .filter(|stroke| !self.has_final || stroke.bounds.center().y > stem.y0)
            .filter(|stroke| !is_among(found, stroke))
            .min_by(|one, two| one.bounds.center().y.total_cmp(&two.bounds.center().y))
    }

    fn ticks(&self, bar: &Rect, side: Side, found: &[&Stroke]) -> Vec<&Stroke> {
        let touches = |tick: &Rect| match side {
            Side::Above => tick.y0 >= bar.y0 && tick.y0 <= bar.y1 + TOUCH && tick.y1 > bar.y1,
            Side::Below => tick.y1 >= bar.y0 - TOUCH && tick.y1 <= bar.y1 && tick.y0 < bar.y0,
        };
        self.strokes
            .iter()
            .filter(|stroke| {
                let tick = &stroke.bounds;
                let within = tick.x0 > bar.x0 && tick.x1 < bar.x1 && tick.width() < 500.0;
                stroke.plain && within && touches(tick)
            })
            .filter(|stroke| !is_among(found, stroke))
            .collect()
    }
}

#[derive(Clone, Copy)]
enum Side {
    Above,
    Below,
}

fn is_among(strokes: &[&Stroke], stroke: &Stroke) -> bool {
    strokes.iter().any(|each| std::ptr::eq(*each, stroke))
}

/// The candidates, if they are as many as the vowel has. Where it has none, a consonant may still look like one.
fn exactly(number: usize, candidates: Vec<&Stroke>) -> Option<Vec<&Stroke>> {
    if number == 0 {
        return Some(Vec::new());
    }
    (candidates.len() == number).then_some(candidates)
}

#[cfg(test)]
mod tests {
    use skrifa::MetadataProvider;
    use skrifa::instance::LocationRef;

    use super::*;
    use crate::assets::fonts;
    use crate::assets::lettering::outline;

    fn vowel_of(syllable: char) -> Option<Vec<usize>> {
        let font = fonts::wanted_sans();
        let glyph = font.charmap().map(syllable)?;
        let outline = outline::contours(&font, glyph, LocationRef::default())?;
        contours(syllable, &outline).map(|found| found.into_iter().collect())
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
        let lost: String = ('가'..='힣')
            .filter(|&syllable| vowel_of(syllable).is_none())
            .collect();
        assert_eq!(lost, "", "one ink would be left for these");
    }

    #[test]
    fn what_is_not_a_syllable_has_no_vowel() {
        assert_eq!(
            (vowel_of('ㅏ'), vowel_of('A'), vowel_of('1')),
            (None, None, None)
        );
    }
}
