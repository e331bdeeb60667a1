//! The one font: Wanted Sans Variable, cut down to the characters the site sets.
//!
//! 1. [`missing`] asks the character map alone, so that a check can warn without cutting anything.
//! 2. [`own`] reads the font that a site brings for letters of its own.
//! 3. [`subset`] cuts a font (`skera`) and packs it as WOFF2 (`ttf2woff2`).
//! 4. [`face_css`] and [`FALLBACK_CSS`] are the `@font-face` rules, the fallback in the same measure.

mod css;

pub use css::{FALLBACK_CSS, FAMILY, HOME, face_css, own_css};

use std::collections::{BTreeSet, HashMap};
use std::sync::{LazyLock, Mutex, PoisonError};

use anyhow::{Context, Result};
use skera::{DEFAULT_DROP_TABLES, Plan, SubsetFlags, subset_font};
use skrifa::instance::Size;
use skrifa::raw::TableProvider;
use skrifa::raw::collections::IntSet;
use skrifa::raw::types::{NameId, Tag};
use skrifa::{FontRef, MetadataProvider};
use ttf2woff2::{BrotliQuality, EncodeOptions};

/// The whole font as shipped by its makers (OFL 1.1, `static/fonts/OFL.txt`), also for drawing cards.
pub static TTF: &[u8] = include_bytes!("../../static/fonts/WantedSansVariable.ttf");

/// What running text in Korean and English needs, and figures of one width for tables. The font has sixty
/// features more (alternates, fractions, ordinals); each would pull its glyphs into the subset.
const FEATURES: [&[u8; 4]; 9] =
    [b"ccmp", b"locl", b"rlig", b"calt", b"liga", b"kern", b"mark", b"mkmk", b"tnum"];

/// The name records kept: family and style, and, as the licence asks for (OFL 1.1, condition 2), copyright and licence.
const NAMES: [u16; 9] = [0, 1, 2, 3, 4, 5, 6, 13, 14];

/// The Windows language of the name records kept.
const ENGLISH_UNITED_STATES: u16 = 0x0409;

/// For 1,025 characters: 155 kB in 46 ms. Quality 11 would save 9 kB and take 434 ms.
const BROTLI_QUALITY: u8 = 9;

/// Above this size of `glyf`, a font with short offsets may not survive the glyph transformation of WOFF2:
/// the decoder lays the glyphs out anew, and 2 × 65,535 bytes is all that short offsets can reach.
const SHORT_OFFSETS_REACH: usize = 110_000;

/// Fonts are packed one after the other: it takes memory that a small machine has not twice.
static PACKING: Mutex<()> = Mutex::new(());

/// The font with these characters and nothing else, its weight axis (400–1000) kept, as WOFF2. The same characters
/// always give the same bytes.
pub fn subset(characters: &BTreeSet<char>, own: Option<&[u8]>) -> Result<Vec<u8>> {
    let ttf = cut(characters, own)?;
    let options = EncodeOptions {
        quality: BrotliQuality::from(BROTLI_QUALITY),
        transform_glyf_loca: survives_transformation(&ttf)?,
        // One thread: with more, the bytes depend on their number.
        threads: None,
    };
    let _turn = PACKING.lock();
    ttf2woff2::encode_with_options(&ttf, options).context("the font cannot be packed as WOFF2")
}

/// The font of a site, or the embedded one, with these characters and nothing else.
pub fn cut(characters: &BTreeSet<char>, own: Option<&[u8]>) -> Result<Vec<u8>> {
    let font = match own {
        Some(bytes) => FontRef::new(bytes)?,
        None => wanted_sans(),
    };
    let plan = Plan::new(
        &IntSet::empty(),
        &characters.iter().map(|it| u32::from(*it)).collect(),
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &DEFAULT_DROP_TABLES.iter().copied().collect(),
        &IntSet::all(),
        &FEATURES.iter().map(|it| Tag::new(it)).collect(),
        &NAMES.into_iter().map(NameId::new).collect(),
        &IntSet::from_iter([ENGLISH_UNITED_STATES]),
    );
    subset_font(&font, &plan).context("the font cannot be cut down")
}

/// The font that a site brings; says why where it cannot be used.
pub fn own(bytes: &[u8]) -> Result<FontRef<'_>, String> {
    let font = FontRef::new(bytes).map_err(|error| error.to_string())?;
    if font.table_data(Tag::new(b"glyf")).is_none() {
        return Err("it has no TrueType outlines".to_owned());
    }
    // OpenType, `OS/2`, fsType: not to be embedded, not to be cut down, bitmaps alone.
    let rights = font.os2().map_or(0, |it| it.fs_type());
    if rights & 0x000f == 0x0002 || rights & 0x0300 != 0 {
        return Err(
            "its makers do not allow it to be embedded, or to be cut down for it".to_owned()
        );
    }
    let all = font.charmap().mappings().filter_map(|(it, _)| char::from_u32(it));
    let few = all.take(8).collect();
    cut(&few, Some(bytes)).map_err(|error| format!("{error:#}"))?;
    Ok(font)
}

/// The weights of a font, as CSS writes them, and its characters among some.
pub fn weights(own: &[u8]) -> Result<String> {
    let font = FontRef::new(own)?;
    let axis = font.axes().get_by_tag(Tag::new(b"wght"));
    let weight = || font.os2().map_or(400, |it| it.us_weight_class());
    Ok(axis.map_or_else(
        || weight().to_string(),
        |it| format!("{} {}", it.min_value(), it.max_value()),
    ))
}

/// Those of some characters that a font of a site has.
pub fn had(own: &[u8], characters: &BTreeSet<char>) -> BTreeSet<char> {
    let Ok(font) = FontRef::new(own) else {
        return BTreeSet::new();
    };
    let charmap = font.charmap();
    let all = characters.iter().copied();
    all.filter(|it| charmap.map(*it).is_some()).collect()
}

fn survives_transformation(ttf: &[u8]) -> Result<bool> {
    let font = FontRef::new(ttf).context("the subset is not a font")?;
    let head = font.head().context("the subset has no head table")?;
    let glyf = font.table_data(Tag::new(b"glyf")).context("the subset has no TrueType outlines")?;
    Ok(head.index_to_loc_format() == 1 || glyf.len() < SHORT_OFFSETS_REACH)
}

/// The characters that neither the font nor that of the site can draw, by their character maps alone. Line breaks and characters that
/// have no shape of their own (joiners, variation selectors) are not counted.
pub fn missing(characters: &BTreeSet<char>, own: Option<&[u8]>) -> BTreeSet<char> {
    let missing: BTreeSet<char> = characters.iter().copied().filter(|it| !has(*it)).collect();
    let had = own.map_or_else(BTreeSet::new, |own| had(own, &missing));
    missing.difference(&had).copied().collect()
}

/// A text without what can be drawn neither with the font nor with that of the site.
pub fn drawable(text: &str, own: Option<&[u8]>) -> String {
    if has_all(text, own) {
        return text.to_owned();
    }
    let missing = missing(&text.chars().collect(), own);
    let words = text.split_whitespace().filter_map(|word| {
        let kept: String = word.chars().filter(|it| !missing.contains(it)).collect();
        (kept == word || kept.chars().any(char::is_alphanumeric)).then_some(kept)
    });
    let kept = words.collect::<Vec<_>>().join(" ");
    kept.trim_matches(['·', ' ']).to_owned()
}

/// Whether every character of a text can be drawn.
pub fn has_all(text: &str, own: Option<&[u8]>) -> bool {
    text.chars().all(has) || (own.is_some() && missing(&text.chars().collect(), own).is_empty())
}

fn has(character: char) -> bool {
    // A check asks this of every character of every text, and most stand in the basic plane.
    static BASIC_PLANE: LazyLock<Vec<bool>> = LazyLock::new(|| {
        let code_points = 0..=u32::from(u16::MAX);
        let has = |it| char::from_u32(it).is_some_and(is_mapped);
        code_points.map(has).collect()
    });
    match BASIC_PLANE.get(character as usize) {
        Some(has) => *has,
        None => is_mapped(character),
    }
}

fn is_mapped(character: char) -> bool {
    !is_drawn(character) || wanted_sans().charmap().map(character).is_some()
}

/// Whether a font is asked for a shape at all: not for control characters, nor for the few characters that
/// are ignored by default (Unicode, `Default_Ignorable_Code_Point`) and occur in ordinary text.
fn is_drawn(character: char) -> bool {
    let ignorable = matches!(
        character,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    );
    !(ignorable || character.is_control())
}

/// Advances in em, by weight and character. Working one out means to interpolate a whole outline, since the font has no
/// table of advances for its weights, and the same few thousand are asked for again and again.
static ADVANCES: LazyLock<Mutex<HashMap<(u32, char), f32>>> = LazyLock::new(Mutex::default);

/// How wide `text` is set at `weight` (400–1000), in em and without kerning. A character that the
/// font lacks counts as one em, as most of those are.
pub fn width(text: &str, weight: f32) -> f32 {
    let font = wanted_sans();
    let location = font.axes().location([("wght", weight)]);
    // At this size an em is one unit.
    let metrics = font.glyph_metrics(Size::new(1.0), &location);
    let charmap = font.charmap();
    let advance = |it| metrics.advance_width(charmap.map(it)?);
    // A panic while the lock was held leaves whole entries behind.
    let mut known = ADVANCES.lock().unwrap_or_else(PoisonError::into_inner);
    let mut width = 0.0;
    for character in text.chars() {
        let key = (weight.to_bits(), character);
        let advance = || advance(character).unwrap_or(1.0);
        width += *known.entry(key).or_insert_with(advance);
    }
    width
}

/// The font's own checksum, which tells one font from another without a look at its 4.7 MB.
pub(super) fn checksum() -> u32 {
    wanted_sans().head().map_or(0, |head| head.checksum_adjustment())
}

/// The embedded font, for whoever draws with its outlines.
pub(super) fn wanted_sans() -> FontRef<'static> {
    FontRef::new(TTF).expect("the embedded font is a font")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn characters(text: &str) -> BTreeSet<char> {
        text.chars().collect()
    }

    #[test]
    fn a_subset_is_a_small_woff2_file() {
        let subset = subset(&characters("가나다라 Meetup 2018"), None).expect("it can be cut");
        assert_eq!(&subset[..4], b"wOF2");
        assert!(subset.len() < 20_000, "{} bytes", subset.len());
    }

    #[test]
    fn the_same_characters_give_the_same_bytes() {
        let (one, two) = (characters("열한 프로젝트"), characters("젝프로 트한열"));
        assert_eq!(subset(&one, None).expect("one"), subset(&two, None).expect("two"));
    }

    #[test]
    fn characters_without_a_glyph_are_named() {
        let asked = characters("한글 A\n\u{200B}𓀀ก");
        assert_eq!(missing(&asked, None), characters("𓀀ก"));
        subset(&asked, None).expect("the rest can be cut");
    }

    #[test]
    fn every_syllable_and_the_signs_of_the_site_are_there() {
        let signs = "$₩€%·…—–‘’“”「」『』〈〉《》×→←↑↓²³½°@#&/\\";
        let all = ('가'..='힣').chain(' '..='~').chain(signs.chars()).collect();
        assert_eq!(missing(&all, None), BTreeSet::new());
    }

    #[test]
    fn the_licence_names_the_makers() {
        let licence = include_str!("../../static/fonts/OFL.txt");
        assert!(licence.starts_with("Copyright 2024 The Wanted Sans Project Authors"));
        assert!(licence.contains("SIL OPEN FONT LICENSE Version 1.1"));
    }
}
