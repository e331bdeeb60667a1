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

use std::fmt::Write as _;
use std::sync::LazyLock;

use skrifa::MetadataProvider;
use skrifa::instance::{LocationRef, Size};

use super::wanted_sans;

/// The name of the font in the stylesheet.
pub const FAMILY: &str = "Wanted Sans Variable";

/// The name of the subset for what the first page shows first.
pub const CRITICAL: &str = "Wanted Sans First";

/// The rule for one subset at `url`. An empty `range` (see [`super::unicode_range`]) stands for every
/// character, which is right wherever a page has only one subset of the family to choose from.
pub fn face_css(family: &str, url: &str, range: &str) -> String {
    let range = if range.is_empty() {
        String::new()
    } else {
        format!("unicode-range:{range};")
    };
    format!(
        "@font-face{{font-family:\"{family}\";src:url(\"{url}\") format(\"woff2\");\
         font-weight:400 1000;font-style:normal;font-display:swap;{range}}}\n"
    )
}

/// The rules for the family `Wanted Sans Fallback`, always the same.
pub static FALLBACK_CSS: LazyLock<String> = LazyLock::new(|| {
    let metrics = wanted_sans().metrics(Size::unscaled(), LocationRef::default());
    let em = f32::from(metrics.units_per_em);
    let mut css = String::new();
    for fallback in &FALLBACKS {
        for range in &WEIGHT_RANGES {
            let face = &fallback[usize::from(range.is_bold)];
            let names = face.local.iter();
            let sources: Vec<String> = names.map(|name| format!("local(\"{name}\")")).collect();
            for (script, advance) in face.advances {
                let size = mean_advance(script.sample(), range.measured_at) / advance;
                let share = |units: f32| 100.0 * units / em / size;
                // Writing to a string cannot fail.
                let _ = writeln!(
                    css,
                    "@font-face{{font-family:\"Wanted Sans Fallback\";src:{};font-weight:{};size-adjust:{:.2}%;\
                     ascent-override:{:.2}%;descent-override:{:.2}%;line-gap-override:{:.2}%;unicode-range:{};}}",
                    sources.join(","),
                    range.weights,
                    100.0 * size,
                    share(metrics.ascent),
                    share(-metrics.descent),
                    share(metrics.leading),
                    script.range(),
                );
            }
        }
    }
    css
});

/// Weights of ours that share a rule: our letters grow wider with the weight, those of a system font once.
struct WeightRange {
    /// As in the rule.
    weights: &'static str,
    /// The weight to compare with: the middle of those that the stylesheet uses.
    measured_at: f32,
    /// Whether a bold face is nearer.
    is_bold: bool,
}

const WEIGHT_RANGES: [WeightRange; 4] = [
    WeightRange {
        weights: "400 599",
        measured_at: 450.0,
        is_bold: false,
    },
    WeightRange {
        weights: "600 799",
        measured_at: 700.0,
        is_bold: true,
    },
    WeightRange {
        weights: "800 949",
        measured_at: 875.0,
        is_bold: true,
    },
    WeightRange {
        weights: "950 1000",
        measured_at: 1000.0,
        is_bold: true,
    },
];

/// One weight of a font of the system, and of those that are as wide.
struct Face {
    /// Their full names and PostScript names.
    local: &'static [&'static str],
    /// The mean advances in em over the samples of the scripts that it stands in for.
    advances: &'static [(Script, f32)],
}

/// The regular and the bold face of each font; the most widespread last, since later rules go first.
///
/// Every Hangul syllable of a text face has one advance, so that one number matches a whole page. Ours is
/// 1770/2048 em at every weight. That of Noto is 920/1000 em by its published design; Malgun Gothic and Apple SD Gothic
/// Neo could not be measured here: their numbers are nominal. The advances of Latin are those of `DejaVu` Sans 2.37, of
/// Roboto, and of Liberation Sans, which has the metrics of Arial.
const FALLBACKS: [[Face; 2]; 5] = [
    [
        Face {
            local: &[
                "Noto Sans CJK KR",
                "Noto Sans KR",
                "NotoSansCJKkr-Regular",
                "Malgun Gothic",
            ],
            advances: &[(Script::Hangul, 0.92)],
        },
        Face {
            local: &[
                "Noto Sans CJK KR Bold",
                "Noto Sans KR Bold",
                "NotoSansCJKkr-Bold",
                "Malgun Gothic Bold",
            ],
            advances: &[(Script::Hangul, 0.92)],
        },
    ],
    [
        Face {
            local: &["Apple SD Gothic Neo", "AppleSDGothicNeo-Regular"],
            advances: &[(Script::Hangul, 0.865)],
        },
        Face {
            local: &["Apple SD Gothic Neo Bold", "AppleSDGothicNeo-Bold"],
            advances: &[(Script::Hangul, 0.865)],
        },
    ],
    [
        Face {
            local: &["DejaVu Sans", "DejaVuSans"],
            advances: &[(Script::Latin, 0.511_38), (Script::Digits, 0.636_23)],
        },
        Face {
            local: &["DejaVu Sans Bold", "DejaVuSans-Bold"],
            advances: &[(Script::Latin, 0.577_54), (Script::Digits, 0.695_80)],
        },
    ],
    [
        Face {
            local: &["Roboto", "Roboto-Regular"],
            advances: &[(Script::Latin, 0.447_66), (Script::Digits, 0.562_01)],
        },
        Face {
            local: &["Roboto Bold", "Roboto-Bold"],
            advances: &[(Script::Latin, 0.453_58), (Script::Digits, 0.573_73)],
        },
    ],
    [
        Face {
            local: &["Arial", "ArialMT", "Liberation Sans", "Helvetica"],
            advances: &[(Script::Latin, 0.448_32), (Script::Digits, 0.556_15)],
        },
        Face {
            local: &[
                "Arial Bold",
                "Arial-BoldMT",
                "Liberation Sans Bold",
                "Helvetica Bold",
            ],
            advances: &[(Script::Latin, 0.484_05), (Script::Digits, 0.556_15)],
        },
    ],
];

#[derive(Clone, Copy)]
enum Script {
    Hangul,
    Latin,
    Digits,
}

impl Script {
    /// Of Latin the Universal Declaration of Human Rights, article 1: letters and spaces as often as English has them.
    fn sample(self) -> &'static str {
        match self {
            Self::Hangul => "가",
            Self::Latin => {
                "All human beings are born free and equal in dignity and rights. They are endowed with reason \
                 and conscience and should act towards one another in a spirit of brotherhood."
            }
            Self::Digits => "0123456789",
        }
    }

    /// Of Latin letters and spaces, and the punctuation that our font draws as Latin.
    fn range(self) -> &'static str {
        match self {
            Self::Hangul => "U+1100-11FF,U+3000-303F,U+3130-318F,U+AC00-D7AF,U+FF00-FFEF",
            Self::Latin => "U+20-2F,U+3A-2FF,U+2000-206F,U+20A0-20BF",
            Self::Digits => "U+30-39",
        }
    }
}

/// In em.
#[expect(
    clippy::cast_precision_loss,
    reason = "a sample has fewer than 2^24 characters"
)]
fn mean_advance(sample: &str, weight: f32) -> f32 {
    super::width(sample, weight) / sample.chars().count() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fallback_has_the_height_of_the_font() {
        let css = &*FALLBACK_CSS;
        let percent = |rule: &str, name: &str| -> f32 {
            let value = rule.split(&format!("{name}:")).nth(1).expect(name);
            value
                .split('%')
                .next()
                .expect("a number")
                .parse()
                .expect("a number")
        };
        for rule in css.lines() {
            let size = percent(rule, "size-adjust") / 100.0;
            // hhea: 1950 up and 494 down, of 2048.
            assert!(
                (percent(rule, "ascent-override") * size - 95.21).abs() < 0.05,
                "{rule}"
            );
            assert!(
                (percent(rule, "descent-override") * size - 24.12).abs() < 0.05,
                "{rule}"
            );
            assert!((0.8..1.2).contains(&size), "{rule}");
        }
        assert!(
            css.contains("size-adjust:93.94%"),
            "1770/2048 of 0.92 em: {css}"
        );
        assert!(
            css.contains("size-adjust:100.76%"),
            "0.48774 of 0.48405 em: {css}"
        );
    }

    #[test]
    fn at_every_weight_there_is_a_rule_for_every_font() {
        let css = &*FALLBACK_CSS;
        for WeightRange { weights, .. } in &WEIGHT_RANGES {
            let of_range = css
                .lines()
                .filter(|rule| rule.contains(&format!("font-weight:{weights};")));
            assert_eq!(of_range.count(), 8, "{weights}");
        }
        assert_eq!(css.lines().count(), 8 * WEIGHT_RANGES.len());
    }

    #[test]
    fn the_whole_axis_is_one_rule() {
        let css = face_css(FAMILY, "/assets/ko.abc.woff2", "U+AC00");
        assert!(css.contains("url(\"/assets/ko.abc.woff2\") format(\"woff2\")"));
        assert!(css.contains("font-weight:400 1000;"));
        assert!(css.contains("unicode-range:U+AC00;"));
        assert!(!face_css(CRITICAL, "/a.woff2", "").contains("unicode-range"));
    }
}
