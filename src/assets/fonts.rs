//! The one font: Wanted Sans Variable, cut down to the characters the site sets.
//!
//! 1. [`missing`] asks the character map alone, so that a check can warn without cutting anything.
//! 2. [`key`] names a subset before it is made: the caller caches by it.
//! 3. [`subset`] cuts the font (`skera`) and packs it as WOFF2 (`ttf2woff2`).
//! 4. [`face_css`] and [`FALLBACK_CSS`] are the `@font-face` rules, the fallback in the same measure.

mod css;

pub use css::{CRITICAL, FALLBACK_CSS, FAMILY, face_css};

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write as _;
use std::sync::{LazyLock, PoisonError, RwLock};

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

/// The licence and the copyright line that travel with the font.
pub static LICENCE: &str = include_str!("../../static/fonts/OFL.txt");

/// Part of every [`key`]: raise it whenever the recipe below changes.
const VERSION: &str = "1";

/// What running text in Korean and English needs, and figures of one width for tables. The font has sixty
/// features more (alternates, fractions, ordinals); each would pull its glyphs into the subset.
const FEATURES: [&[u8; 4]; 9] = [
    b"ccmp", b"locl", b"rlig", b"calt", b"liga", b"kern", b"mark", b"mkmk", b"tnum",
];

/// For 1,025 characters: 155 kB in 46 ms. Quality 11 would save 9 kB and take 434 ms.
const BROTLI_QUALITY: u8 = 9;

/// Above this size of `glyf`, a font with short offsets may not survive the glyph transformation of WOFF2:
/// the decoder lays the glyphs out anew, and 2 × 65,535 bytes is all that short offsets can reach.
const SHORT_OFFSETS_REACH: usize = 110_000;

/// A font that holds the characters asked for and nothing else.
#[derive(Debug, Clone)]
pub struct Subset {
    /// The file to serve, with the weight axis (400–1000) kept.
    pub woff2: Vec<u8>,
    /// Characters asked for that the font lacks: the system's font will show them.
    pub missing: BTreeSet<char>,
}

/// Cuts the font down to `characters`. The same characters always give the same bytes.
pub fn subset(characters: &BTreeSet<char>) -> Result<Subset> {
    let font = wanted_sans();
    let plan = Plan::new(
        &IntSet::empty(),
        &characters
            .iter()
            .map(|&character| u32::from(character))
            .collect(),
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &DEFAULT_DROP_TABLES.iter().copied().collect(),
        &IntSet::all(),
        &FEATURES.iter().map(|&feature| Tag::new(feature)).collect(),
        &names(),
        &IntSet::from_iter([ENGLISH_UNITED_STATES]),
    );
    let ttf = subset_font(&font, &plan).context("the font cannot be cut down")?;
    let options = EncodeOptions {
        quality: BrotliQuality::from(BROTLI_QUALITY),
        transform_glyf_loca: survives_transformation(&ttf)?,
        // One thread: with more, the bytes depend on their number.
        threads: None,
    };
    let woff2 = ttf2woff2::encode_with_options(&ttf, options)
        .context("the font cannot be packed as WOFF2")?;
    Ok(Subset {
        woff2,
        missing: missing(characters),
    })
}

/// The characters that the font cannot draw, by its character map alone. Line breaks and characters that
/// have no shape of their own (joiners, variation selectors) are not counted.
pub fn missing(characters: &BTreeSet<char>) -> BTreeSet<char> {
    let charmap = wanted_sans().charmap();
    characters
        .iter()
        .copied()
        .filter(|&character| is_drawn(character) && charmap.map(character).is_none())
        .collect()
}

/// Whether the font draws every character of a text.
pub fn has_all(text: &str) -> bool {
    static DRAWN: LazyLock<Vec<bool>> = LazyLock::new(|| {
        let charmap = wanted_sans().charmap();
        let is_there = |it: char| !is_drawn(it) || charmap.map(it).is_some();
        let planes = '\0'..='\u{ffff}';
        let mut all = vec![false; 0x1_0000];
        planes.for_each(|it| all[it as usize] = is_there(it));
        all
    });
    text.chars().all(|it| match DRAWN.get(it as usize) {
        Some(is_there) => *is_there,
        None => missing(&BTreeSet::from([it])).is_empty(),
    })
}

/// What a character is advanced by, by weight and character. Working it out means to interpolate its whole
/// outline, since the font has no table of advances for its weights, and the same few thousand are asked for again
/// and again.
type Advances = HashMap<(u32, char), f32>;

static ADVANCES: LazyLock<RwLock<Advances>> = LazyLock::new(RwLock::default);

/// How wide `text` is set at `weight` (400–1000), in em and without kerning. A character that the
/// font lacks counts as one em, as most of those are.
pub fn width(text: &str, weight: f32) -> f32 {
    let key = |character| (weight.to_bits(), character);
    // A panic while the lock was held leaves whole entries behind.
    let known = ADVANCES.read().unwrap_or_else(PoisonError::into_inner);
    let widths: Option<f32> = text.chars().map(|it| known.get(&key(it))).sum();
    drop(known);
    widths.unwrap_or_else(|| {
        let font = wanted_sans();
        let location = font.axes().location([("wght", weight)]);
        // At this size an em is one unit.
        let metrics = font.glyph_metrics(Size::new(1.0), &location);
        let charmap = font.charmap();
        let advance = |it| metrics.advance_width(charmap.map(it)?);
        let mut known = ADVANCES.write().unwrap_or_else(PoisonError::into_inner);
        let mut width = |it| {
            *known
                .entry(key(it))
                .or_insert_with(|| advance(it).unwrap_or(1.0))
        };
        text.chars().map(&mut width).sum()
    })
}

/// A name for the subset of `characters`, known before it is cut: the hash of the font, the recipe and the
/// characters. The font stands in it by its own checksum (`head.checkSumAdjustment`), not by 4.7 MB.
pub fn key(characters: &BTreeSet<char>) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(VERSION.as_bytes());
    hasher.update(&checksum().to_be_bytes());
    hasher.update(String::from_iter(characters).as_bytes());
    hasher.finalize().to_hex().to_string()
}

/// The font's own checksum, which tells one font from another.
pub(super) fn checksum() -> u32 {
    wanted_sans()
        .head()
        .map_or(0, |head| head.checksum_adjustment())
}

/// The value of `unicode-range` for exactly these characters: `U+20-7E,U+AC00`. It is only needed where a
/// page may choose between two files; 900 syllables cost 6 kB of CSS.
pub fn unicode_range(characters: &BTreeSet<char>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for code_point in characters.iter().map(|&character| u32::from(character)) {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == code_point => *last = code_point,
            _ => ranges.push((code_point, code_point)),
        }
    }
    let mut css = String::new();
    for (first, last) in ranges {
        let comma = if css.is_empty() { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = if first == last {
            write!(css, "{comma}U+{first:X}")
        } else {
            write!(css, "{comma}U+{first:X}-{last:X}")
        };
    }
    css
}

/// The embedded font, for whoever draws with its outlines.
pub(crate) fn wanted_sans() -> FontRef<'static> {
    FontRef::new(TTF).expect("the embedded font is a font")
}

/// The Windows language of the name records kept.
const ENGLISH_UNITED_STATES: u16 = 0x0409;

/// Family and style, and, as the licence asks for (OFL 1.1, condition 2), copyright and licence (13, 14).
fn names() -> IntSet<NameId> {
    (0..=6).chain([13, 14]).map(NameId::new).collect()
}

fn survives_transformation(ttf: &[u8]) -> Result<bool> {
    let font = FontRef::new(ttf).context("the subset is not a font")?;
    let long_offsets = font
        .head()
        .context("the subset has no head table")?
        .index_to_loc_format()
        == 1;
    let glyf = font
        .table_data(Tag::new(b"glyf"))
        .context("the subset has no TrueType outlines")?;
    Ok(long_offsets || glyf.len() < SHORT_OFFSETS_REACH)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn characters(text: &str) -> BTreeSet<char> {
        text.chars().collect()
    }

    #[test]
    fn a_subset_is_a_small_woff2_file() {
        let subset = subset(&characters("제네시스 Genesis 2018")).expect("it can be cut");
        assert_eq!(&subset.woff2[..4], b"wOF2");
        assert!(
            subset.woff2.len() < 20_000,
            "{} bytes for twenty characters",
            subset.woff2.len()
        );
        assert_eq!(subset.missing, BTreeSet::new());
    }

    #[test]
    fn the_same_characters_give_the_same_bytes_and_the_same_key() {
        let (one, two) = (characters("열한 프로젝트"), characters("젝프로 트한열"));
        assert_eq!(key(&one), key(&two));
        assert_eq!(
            subset(&one).expect("one").woff2,
            subset(&two).expect("two").woff2
        );
        assert_ne!(key(&one), key(&characters("열한 프로젝")));
    }

    #[test]
    fn characters_without_a_glyph_are_named() {
        let asked = characters("한글 A\n\u{200B}𓀀ก");
        assert_eq!(missing(&asked), characters("𓀀ก"));
        assert_eq!(
            subset(&asked).expect("the rest can be cut").missing,
            characters("𓀀ก")
        );
    }

    #[test]
    fn every_syllable_and_the_signs_of_the_site_are_there() {
        let signs = "$₩€%·…—–‘’“”「」『』〈〉《》×→←↑↓²³½°@#&/\\";
        let all = ('가'..='힣')
            .chain(' '..='~')
            .chain(signs.chars())
            .collect();
        assert_eq!(missing(&all), BTreeSet::new());
    }

    #[test]
    fn unicode_ranges_join_neighbours() {
        assert_eq!(
            unicode_range(&characters("cab 가힣")),
            "U+20,U+61-63,U+AC00,U+D7A3"
        );
        assert_eq!(unicode_range(&BTreeSet::new()), "");
    }

    #[test]
    fn the_licence_names_the_makers() {
        assert!(LICENCE.starts_with("Copyright 2024 The Wanted Sans Project Authors"));
        assert!(LICENCE.contains("SIL OPEN FONT LICENSE Version 1.1"));
    }
}
