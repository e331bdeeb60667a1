//! Emblems in two inks for what has no drawing of its own: two forms over each other, and the overprint where they meet.
//!
//! 1. `emblem/forms.svg` shows the forms.
//! 2. A [`Recipe`] names two of them. [`choose`] takes one for each entry from a few dozen that follow from the hash of
//!    its name: it must be sound by itself (`measure`), and is as unlike those around it and before it as can be.
//! 3. [`Recipe::drawing`] writes it as SVG.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use kurbo::{Affine, BezPath};

use super::lettering;

mod measure;

use measure::{Copies, Picture, Raster, is_sound, raster};

/// Sound candidates among which a recipe is chosen, and how many are tried to find them.
const CANDIDATES: usize = 48;
const TRIES: u32 = 10_000;
/// Entries before and behind that a recipe is compared with: nobody sees more of them at once.
const REACH: usize = 128;
/// In cells of the picture: what lies farther apart is no better for it.
const FAR: u32 = 72;
/// The smallest overprint, in square units; smaller ones come from edges that lie on each other.
const SLIVER: f64 = 0.02;

/// A row of the sheet of forms: its name, how busy it is, from 0 to 3, and whether it is made of straight strokes, two of
/// which would come to a cross or a letter.
struct Form(&'static str, u8, bool);

const FORMS: [Form; 16] = [
    Form("disc", 0, false),
    Form("ring", 0, false),
    Form("rings", 2, false),
    Form("bars", 1, true),
    Form("band", 0, true),
    Form("fan", 2, false),
    Form("check", 2, true),
    Form("dots", 3, false),
    Form("stairs", 1, true),
    Form("triangles", 1, false),
    Form("arch", 1, false),
    Form("tee", 1, true),
    Form("wheel", 2, false),
    Form("stripes", 2, true),
    Form("halves", 0, false),
    Form("quads", 1, false),
];

/// Forms that would come to a target, a road sign or a puppet.
const APART: [[&str; 2]; 5] = [
    ["disc", "ring"],
    ["rings", "dots"],
    ["ring", "band"],
    ["triangles", "wheel"],
    ["bars", "wheel"],
];

/// The variants of each form, as path data.
static VARIANTS: LazyLock<[Vec<&'static str>; 16]> = LazyLock::new(|| {
    FORMS.map(|Form(name, ..)| {
        let start = format!("<path id=\"{name}.");
        let sheet = include_str!("emblem/forms.svg").lines();
        let paths = sheet.filter(|it| it.starts_with(&start));
        paths.filter_map(|it| it.rsplit('"').nth(1)).collect()
    })
});

/// A form as it lies in an emblem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Layer {
    form: usize,
    variant: usize,
    /// Quarters of a turn clockwise, before it is mirrored.
    turn: u8,
    is_mirrored: bool,
}

/// What an emblem is drawn from, such as `fan.1.21+disc.0.20`: the form below and the form above, each with its variant,
/// its quarters of a turn, and 1 where it is mirrored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recipe([Layer; 2]);

/// What is known of an entry's emblem before others are chosen.
#[derive(Clone, Copy, Debug)]
pub enum Slot<'a> {
    /// It has a drawing of its own.
    Drawn,
    Kept(Recipe),
    /// It is chosen by the entry's name, and once more as often as its editor has turned one down.
    Open {
        id: &'a str,
        reroll: u32,
    },
}

/// Gives every open slot a recipe, unlike those within [`REACH`] of it. No entry changes the recipe of one before it.
pub fn choose(event: &str, slots: &[Slot<'_>]) -> Vec<Option<Recipe>> {
    let mut rasters = HashMap::new();
    let mut chosen: Vec<Option<(Recipe, Copies)>> = Vec::with_capacity(slots.len());
    chosen.extend(slots.iter().map(|it| match it {
        Slot::Kept(recipe) => Some((*recipe, recipe.picture(&mut rasters).copies())),
        _ => None,
    }));
    for (index, slot) in slots.iter().enumerate() {
        let &Slot::Open { id, reroll } = slot else {
            continue;
        };
        let start = index.saturating_sub(REACH);
        let near = &chosen[start..chosen.len().min(index + REACH)];
        let candidates = (0..TRIES).map(|it| Recipe::of(&format!("{event}/{id}/v{reroll}#{it}")));
        let sound = candidates
            .filter(|it| it.is_fit() && is_sound(&it.rasters(&mut rasters)))
            .take(CANDIDATES);
        let mut best: Option<(i32, Recipe)> = None;
        for recipe in sound.collect::<Vec<_>>() {
            let picture = recipe.picture(&mut rasters);
            let distances = near.iter().flatten().map(|(_, it)| picture.distance(it));
            let distance = distances.min().unwrap_or(FAR).min(FAR);
            let score = 3 * distance.cast_signed() - recipe.likeness(index, start, near);
            if best.is_none_or(|it| score > it.0) {
                best = Some((score, recipe));
            }
        }
        let best = best.map(|(_, it)| (it, it.picture(&mut rasters).copies()));
        chosen[index] = best;
    }
    chosen.iter().map(|it| it.map(|it| it.0)).collect()
}

impl Layer {
    fn place(self) -> Affine {
        let quarter = Affine::new([0.0, 1.0, -1.0, 0.0, 12.0, 0.0]);
        let mirror = Affine::new([-1.0, 0.0, 0.0, 1.0, 12.0, 0.0]);
        let start = if self.is_mirrored { mirror } else { Affine::IDENTITY };
        (0..self.turn).fold(start, |it, _| it * quarter)
    }

    fn data(self) -> &'static str {
        VARIANTS[self.form][self.variant]
    }

    fn path(self) -> BezPath {
        // The sheet is part of the program.
        self.place() * BezPath::from_svg(self.data()).unwrap_or_default()
    }
}

impl Recipe {
    /// The one that follows from a text.
    fn of(seed: &str) -> Self {
        let hash = blake3::hash(seed.as_bytes());
        let layer = |at: usize| {
            let [form, variant, turn, mirror] = [0, 1, 2, 3].map(|it| hash.as_bytes()[at + it]);
            let form = usize::from(form) % FORMS.len();
            let variant = usize::from(variant) % VARIANTS[form].len();
            Layer { form, variant, turn: turn % 4, is_mirrored: mirror % 2 == 1 }
        };
        Self([layer(0), layer(4)])
    }

    /// Whether its forms go together.
    fn is_fit(&self) -> bool {
        let [Form(under, cost, straight), Form(over, more, crossing)] =
            self.0.map(|it| &FORMS[it.form]);
        let are_apart = |it: &[&str; 2]| it == &[*under, *over] || it == &[*over, *under];
        under != over
            && cost + more <= 3
            && !(*straight && *crossing)
            && !APART.iter().any(are_apart)
    }

    /// How much it shares forms with others: above all with its neighbours on the wall, which has 6 columns up to 12
    /// entries, 8 up to 24, 10 up to 40 and then 12; less with neighbours on smaller and larger walls. The others are
    /// those from `start` on.
    fn likeness(&self, index: usize, start: usize, others: &[Option<(Recipe, Copies)>]) -> i32 {
        let columns = match index {
            ..12 => 6,
            12..24 => 8,
            24..40 => 10,
            _ => 12_usize,
        };
        let mut likeness = 0;
        for (other, recipe) in (start..).zip(others) {
            let weight = match index.abs_diff(other) {
                steps if steps == 1 || steps.abs_diff(columns) <= 1 => 144,
                7..=11 => 17,
                2..=13 => 8,
                _ => 3,
            };
            for Layer { form, .. } in recipe.iter().flat_map(|(it, _)| it.0) {
                likeness += weight * i32::from(self.0.iter().any(|it| it.form == form));
            }
        }
        likeness
    }

    fn rasters(&self, rasters: &mut HashMap<Layer, Raster>) -> [Raster; 2] {
        self.0.map(|it| *rasters.entry(it).or_insert_with(|| raster(&it.path())))
    }

    fn picture(&self, rasters: &mut HashMap<Layer, Raster>) -> Picture {
        Picture::new(&self.rasters(rasters))
    }

    /// As SVG in the colours of the house; pages set their own by its classes.
    pub fn drawing(&self) -> String {
        let [under, over] = self.0;
        let path = |class, ink, it: Layer| {
            let place = it.place().as_coeffs().map(|it| (it + 0.0).to_string()).join(" ");
            format!(
                "<path class=\"{class}\" fill=\"{ink}\" transform=\"matrix({place})\" d=\"{}\"/>",
                it.data()
            )
        };
        // In straight lines, which cannot fail to meet where they cross.
        let [under_lines, over_lines] = self.0.map(|it| {
            let mut lines = BezPath::new();
            kurbo::flatten(it.path(), 0.01, |it| lines.push(it));
            lines
        });
        let both = lettering::overlap(&under_lines, &over_lines, SLIVER);
        let both = lettering::data(&(Affine::scale(100.0) * both));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\">{}{}\
             <path class=\"o\" fill=\"#240c17\" transform=\"scale(.01)\" d=\"{both}\"/></svg>",
            path("i", "#27349b", under),
            path("v", "#e8432a", over)
        )
    }
}

impl fmt::Display for Recipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let layers = self.0.map(|it| {
            let name = FORMS[it.form].0;
            format!("{name}.{}.{}{}", it.variant, it.turn, u8::from(it.is_mirrored))
        });
        f.write_str(&layers.join("+"))
    }
}

/// What a text says that is no recipe.
#[derive(Debug)]
pub struct InvalidRecipe;

impl FromStr for Recipe {
    type Err = InvalidRecipe;

    fn from_str(text: &str) -> Result<Self, InvalidRecipe> {
        let layer = |text: &str| {
            let parts: Vec<&str> = text.split('.').collect();
            let [name, variant, place] = parts[..].try_into().ok()?;
            let form = FORMS.iter().position(|it| it.0 == name)?;
            let variant = (0..VARIANTS[form].len()).find(|it| it.to_string() == variant)?;
            match place.as_bytes() {
                &[turn @ b'0'..=b'3', mirrored @ b'0'..=b'1'] => {
                    Some(Layer { form, variant, turn: turn - b'0', is_mirrored: mirrored == b'1' })
                }
                _ => None,
            }
        };
        let (under, over) = text.split_once('+').ok_or(InvalidRecipe)?;
        let layers = layer(under).zip(layer(over)).ok_or(InvalidRecipe)?;
        Ok(Self(layers.into()))
    }
}

/// The forms that a recipe may name.
pub fn forms() -> impl Iterator<Item = &'static str> {
    FORMS.iter().map(|it| it.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDS: [&str; 3] = ["event", "행사", "2024-10-10"];

    fn open(ids: &[String]) -> Vec<Slot<'_>> {
        let slot = |id| Slot::Open { id, reroll: 0 };
        ids.iter().map(|id| slot(id.as_str())).collect()
    }

    fn ids(count: usize) -> Vec<String> {
        (0..count).map(|it| format!("talk-{it}")).collect()
    }

    fn chosen(event: &str, slots: &[Slot<'_>]) -> Vec<Recipe> {
        let recipes = choose(event, slots).into_iter();
        recipes.map(|it| it.expect("a recipe for each")).collect()
    }

    #[test]
    fn every_emblem_is_sound_small_and_read_back_from_its_recipe() {
        for event in IDS {
            for recipe in chosen(event, &open(&ids(100))) {
                let name = recipe.to_string();
                let layers = recipe.rasters(&mut HashMap::new());
                assert!(recipe.is_fit() && is_sound(&layers), "{name}");
                assert_eq!(name.parse::<Recipe>().ok(), Some(recipe));
                let drawing = recipe.drawing();
                assert!(drawing.len() < 2000, "{name}: {}", drawing.len());
                // The overprint is where both forms are, but for dots at its edge.
                let both = drawing.rsplit('"').nth(1).expect("path data");
                let both = BezPath::from_svg(both).expect("path data");
                let both = raster(&(Affine::scale(0.01) * both));
                let rows = both.iter().zip(&layers[0]).zip(&layers[1]);
                let wrong: u32 = rows.map(|((it, a), b)| (it ^ a & b).count_ones()).sum();
                assert!(wrong < 100, "{name}: {wrong}");
            }
        }
    }

    #[test]
    fn forty_are_unlike_each_other_and_one_more_changes_none() {
        for event in IDS {
            let ids = ids(41);
            let forty = chosen(event, &open(&ids[..40]));
            let mut rasters = HashMap::new();
            let pictures: Vec<Picture> = forty.iter().map(|it| it.picture(&mut rasters)).collect();
            for (index, picture) in pictures.iter().enumerate() {
                for other in &pictures[..index] {
                    assert!(picture.distance(&other.copies()) >= 58, "{event}: {index}");
                }
            }
            assert_eq!(chosen(event, &open(&ids))[..40], forty);
            let mut kept: Vec<_> = forty.iter().map(|it| Slot::Kept(*it)).collect();
            kept.insert(7, open(&ids)[40]);
            let mut all = chosen(event, &kept);
            let new = all.remove(7);
            assert_eq!(all, forty);
            assert!(!forty.contains(&new));
        }
    }

    #[test]
    fn another_is_chosen_where_one_was_turned_down() {
        let one = |reroll| chosen("event", &[Slot::Open { id: "talk", reroll }]);
        assert_eq!(one(0), one(0));
        assert_ne!(one(0), one(1));
        assert_eq!(choose("event", &[Slot::Drawn]), [None]);
    }

    #[test]
    fn what_names_no_two_forms_is_no_recipe() {
        for text in [
            "",
            "fan",
            "fan.1.21",
            "fan.1.21+",
            "fan.1.21+disc.0.2",
            "fan.1.21+disc.0.42",
            "fan.1.21+disc.0.22",
            "fan.9.21+disc.0.21",
            "fan.01.21+disc.0.21",
            "fin.1.21+disc.0.21",
            "fan.1.21+disc.0.21+disc.1.00",
            "fan.1.21+disc.0.21.0",
            " fan.1.21+disc.0.21",
            "ring.1.21+rings.0.é",
        ] {
            assert!(text.parse::<Recipe>().is_err(), "{text}");
        }
    }
}
