//! The `@font-face` rules: the font itself, and a fallback of the same measure, so that nothing moves when
//! the font arrives (CSS Fonts 5, section 2).
//!
//! Lines keep their height because `ascent-override` and `descent-override` give the fallback the font's own
//! `hhea` metrics; lines keep their breaks, as far as another design allows, because `size-adjust` scales the
//! fallback until its characters are as wide on average. The two multiply: an override is a share of the
//! adjusted size, so it is divided by `size-adjust` to come out at the font's own height.
//!
//! One rule can carry one adjustment, and the system fonts differ: so each has rules of its own in one
//! family. A browser skips a rule whose `local()` is not installed. Where rules overlap, later ones go first.
//!
//! A browser chooses by weight before it looks at characters, and then knows those rules alone that name the very same
//! weights (CSS Fonts 4, section 5.2): so every font has a rule for each of [`WEIGHT_RANGES`].

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};

use super::{wanted_sans, width};

pub const FAMILY: &str = "Wanted Sans Variable";

/// The name of the subset for the first page.
pub const HOME: &str = "Wanted Sans Home";

/// The rule for one subset at `url`, for some characters or for all. It is the latter wherever a page has only one
/// subset of the family to choose from: naming 900 syllables takes 6 kB.
pub fn face_css(family: &str, url: &str, characters: Option<&BTreeSet<char>>) -> String {
    let range = characters.map(|it| format!("unicode-range:{};", unicode_range(it)));
    let range = range.unwrap_or_default();
    format!(
        "@font-face{{font-family:\"{family}\";src:url(\"{url}\") format(\"woff2\");\
         font-weight:400 1000;font-style:normal;font-display:fallback;{range}}}\n"
    )
}

/// The rules for the font that a site brings, under a name of ours: that of the font is text that somebody else wrote.
pub fn own_css(url: &str, weights: &str) -> String {
    format!(
        "@font-face{{font-family:\"Site Sans\";src:url(\"{url}\") format(\"woff2\");\
         font-weight:{weights};font-style:normal;font-display:fallback}}\n\
         @layer tokens{{:root{{--own:\"Site Sans\"}}}}\n"
    )
}

/// Characters as CSS writes them: `U+20-7E,U+AC00`.
fn unicode_range(characters: &BTreeSet<char>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for character in characters {
        let code_point = u32::from(*character);
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == code_point => *last = code_point,
            _ => ranges.push((code_point, code_point)),
        }
    }
    let ranges = ranges.iter().map(|(first, last)| {
        if first == last { format!("U+{first:X}") } else { format!("U+{first:X}-{last:X}") }
    });
    ranges.collect::<Vec<_>>().join(",")
}

/// The rules for the family `Wanted Sans Fallback`, always the same.
pub static FALLBACK_CSS: LazyLock<String> = LazyLock::new(|| {
    let metrics = wanted_sans().metrics(Size::unscaled(), LocationRef::default());
    let em = f32::from(metrics.units_per_em);
    let mut css = String::new();
    for fallback in &FALLBACKS {
        for (weights, measured_at, is_bold) in WEIGHT_RANGES {
            let names = if is_bold { fallback.bold } else { fallback.regular };
            let sources: Vec<String> = names.iter().map(|it| format!("local(\"{it}\")")).collect();
            for (script, regular, bold) in fallback.advances {
                let advance = if is_bold { bold } else { regular };
                let size = mean_advance(script.sample, measured_at) / advance;
                let share = |units: f32| 100.0 * units / em / size;
                let _ = writeln!(
                    css,
                    "@font-face{{font-family:\"Wanted Sans Fallback\";src:{};font-weight:{weights};size-adjust:{:.2}%;\
                     ascent-override:{:.2}%;descent-override:{:.2}%;line-gap-override:{:.2}%;unicode-range:{};}}",
                    sources.join(","),
                    100.0 * size,
                    share(metrics.ascent),
                    share(-metrics.descent),
                    share(metrics.leading),
                    script.range,
                );
            }
        }
    }
    css
});

/// Weights of ours that share a rule, since our letters grow wider with the weight and those of a system font once; the
/// weight to compare with, in the middle of those that the stylesheet uses; and whether a bold face is nearer.
const WEIGHT_RANGES: [(&str, f32, bool); 4] = [
    ("400 599", 450.0, false),
    ("600 799", 700.0, true),
    ("800 949", 875.0, true),
    ("950 1000", 1000.0, true),
];

/// A font of the system, and those that are as wide.
struct Fallback {
    /// Full names and PostScript names of the regular face.
    regular: &'static [&'static str],
    bold: &'static [&'static str],
    /// For each script that it stands in for, the mean advance in em over the sample: regular, bold.
    advances: &'static [(&'static Script, f32, f32)],
}

/// The most widespread fonts stand last, since later rules go first.
///
/// Every Hangul syllable of a text face has one advance, so that one number matches a whole page. Ours is
/// 1770/2048 em at every weight. That of Noto is 920/1000 em by its published design; Malgun Gothic and Apple SD Gothic
/// Neo could not be measured here: their numbers are nominal. The advances of Latin are those of `DejaVu` Sans 2.37, of
/// Roboto, and of Liberation Sans, which has the metrics of Arial.
const FALLBACKS: [Fallback; 5] = [
    Fallback {
        regular: &["Noto Sans CJK KR", "Noto Sans KR", "NotoSansCJKkr-Regular", "Malgun Gothic"],
        bold: &[
            "Noto Sans CJK KR Bold",
            "Noto Sans KR Bold",
            "NotoSansCJKkr-Bold",
            "Malgun Gothic Bold",
        ],
        advances: &[(&HANGUL, 0.92, 0.92)],
    },
    Fallback {
        regular: &["Apple SD Gothic Neo", "AppleSDGothicNeo-Regular"],
        bold: &["Apple SD Gothic Neo Bold", "AppleSDGothicNeo-Bold"],
        advances: &[(&HANGUL, 0.865, 0.865)],
    },
    Fallback {
        regular: &["DejaVu Sans", "DejaVuSans"],
        bold: &["DejaVu Sans Bold", "DejaVuSans-Bold"],
        advances: &[(&LATIN, 0.511_38, 0.577_54), (&DIGITS, 0.636_23, 0.695_80)],
    },
    Fallback {
        regular: &["Roboto", "Roboto-Regular"],
        bold: &["Roboto Bold", "Roboto-Bold"],
        advances: &[(&LATIN, 0.447_66, 0.453_58), (&DIGITS, 0.562_01, 0.573_73)],
    },
    Fallback {
        regular: &["Arial", "ArialMT", "Liberation Sans", "Helvetica"],
        bold: &["Arial Bold", "Arial-BoldMT", "Liberation Sans Bold", "Helvetica Bold"],
        advances: &[(&LATIN, 0.448_32, 0.484_05), (&DIGITS, 0.556_15, 0.556_15)],
    },
];

struct Script {
    /// What advances are compared over.
    sample: &'static str,
    /// The characters, as `unicode-range` has them.
    range: &'static str,
}

const HANGUL: Script =
    Script { sample: "가", range: "U+1100-11FF,U+3000-303F,U+3130-318F,U+AC00-D7AF,U+FF00-FFEF" };

/// The Universal Declaration of Human Rights, article 1, has letters and spaces as often as English has them. The range
/// has the punctuation that our font draws as Latin.
const LATIN: Script = Script {
    sample: "All human beings are born free and equal in dignity and rights. They are endowed with reason \
             and conscience and should act towards one another in a spirit of brotherhood.",
    range: "U+20-2F,U+3A-2FF,U+2000-206F,U+20A0-20BF",
};

const DIGITS: Script = Script { sample: "0123456789", range: "U+30-39" };

/// In em.
#[expect(clippy::cast_precision_loss, reason = "a sample has fewer than 2^24 characters")]
fn mean_advance(sample: &str, weight: f32) -> f32 {
    width(sample, weight) / sample.chars().count() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fallback_has_the_height_of_the_font() {
        let css = &*FALLBACK_CSS;
        let percent = |rule: &str, name: &str| -> f32 {
            let value = rule.split(&format!("{name}:")).nth(1).expect(name);
            value.split('%').next().expect("a number").parse().expect("a number")
        };
        for rule in css.lines() {
            let size = percent(rule, "size-adjust") / 100.0;
            // hhea: 1950 up and 494 down, of 2048.
            assert!((percent(rule, "ascent-override") * size - 95.21).abs() < 0.05, "{rule}");
            assert!((percent(rule, "descent-override") * size - 24.12).abs() < 0.05, "{rule}");
            assert!((0.8..1.2).contains(&size), "{rule}");
        }
        assert!(css.contains("size-adjust:93.94%"), "1770/2048 of 0.92 em: {css}");
        assert!(css.contains("size-adjust:100.76%"), "0.48774 of 0.48405 em: {css}");
    }

    #[test]
    fn at_every_weight_there_is_a_rule_for_every_font() {
        let css = &*FALLBACK_CSS;
        for (weights, ..) in WEIGHT_RANGES {
            let of_range =
                css.lines().filter(|rule| rule.contains(&format!("font-weight:{weights};")));
            assert_eq!(of_range.count(), 8, "{weights}");
        }
        assert_eq!(css.lines().count(), 8 * WEIGHT_RANGES.len());
    }

    #[test]
    fn the_whole_axis_is_one_rule() {
        let css = face_css(FAMILY, "/assets/ko.abc.woff2", Some(&"cab 가힣".chars().collect()));
        assert!(css.contains("url(\"/assets/ko.abc.woff2\") format(\"woff2\")"));
        assert!(css.contains("font-weight:400 1000;"));
        assert!(css.contains("unicode-range:U+20,U+61-63,U+AC00,U+D7A3;"));
        assert!(!face_css(HOME, "/a.woff2", None).contains("unicode-range"));
    }
}
