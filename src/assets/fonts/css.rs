//! The `@font-face` rules: the font itself, and a fallback of the same measure, so that nothing moves when
//! the font arrives (CSS Fonts 5, section 2).
//!
//! Lines keep their height because `ascent-override` and `descent-override` give the fallback the font's own
//! `hhea` metrics; lines keep their breaks, as far as another design allows, because `size-adjust` scales the
//! fallback until its characters are as wide on average. The two multiply: an override is a share of the
//! adjusted size, so it is divided by `size-adjust` to come out at the font's own height.
//!
//! One rule can carry one adjustment, and the system fonts differ: so each has a rule of its own in one
//! family. A browser skips a rule whose `local()` is not installed. Where rules overlap, later ones go first.

use std::fmt::Write as _;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::wanted_sans;

/// The name of the font in the stylesheet.
pub const FAMILY: &str = "Wanted Sans Variable";

/// The name of the subset for what the first page shows first.
pub const FIRST: &str = "Wanted Sans First";

/// The rule for one subset at `url`. An empty `range` (see [`super::unicode_range`]) stands for every
/// character, which is right wherever a page has only one subset of the family to choose from.
#[must_use]
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

/// The rules for the family `Wanted Sans Fallback`.
#[must_use]
pub fn fallback_css() -> String {
    let font = wanted_sans();
    let metrics = font.metrics(Size::unscaled(), LocationRef::default());
    let em = f32::from(metrics.units_per_em);
    let mut css = String::new();
    for fallback in &FALLBACKS {
        let size =
            mean_advance(&font, fallback.script.sample(), fallback.measured_at) / fallback.advance;
        let share = |units: f32| 100.0 * units / em / size;
        let sources: Vec<String> = fallback
            .local
            .iter()
            .map(|name| format!("local(\"{name}\")"))
            .collect();
        // Writing to a string cannot fail.
        let _ = writeln!(
            css,
            "@font-face{{font-family:\"Wanted Sans Fallback\";src:{};font-weight:{};size-adjust:{:.2}%;\
             ascent-override:{:.2}%;descent-override:{:.2}%;line-gap-override:{:.2}%;unicode-range:{};}}",
            sources.join(","),
            fallback.weights,
            100.0 * size,
            share(metrics.ascent),
            share(-metrics.descent),
            share(metrics.leading),
            fallback.script.range(),
        );
    }
    css
}

/// A font of the system, or several of one width.
struct Fallback {
    local: &'static [&'static str],
    script: Script,
    /// The weights of ours that this one stands in for.
    weights: &'static str,
    /// The weight of ours to compare with.
    measured_at: f32,
    /// Its mean advance in em over the sample of its script.
    advance: f32,
}

/// Every Hangul syllable of a text face has one advance, so that one number matches a whole page. Ours is
/// 1770/2048 em at every weight. The advances of Latin are those of Liberation Sans, which has the metrics of
/// Arial; that of Noto is 920/1000 em by its published design. Malgun Gothic and Apple SD Gothic Neo could not
/// be measured here: their numbers are nominal.
const FALLBACKS: [Fallback; 4] = [
    Fallback {
        local: &[
            "Noto Sans CJK KR",
            "Noto Sans KR",
            "NotoSansCJKkr-Regular",
            "Malgun Gothic",
        ],
        script: Script::Hangul,
        weights: "400 1000",
        measured_at: 400.0,
        advance: 0.92,
    },
    Fallback {
        local: &["Apple SD Gothic Neo", "AppleSDGothicNeo-Regular"],
        script: Script::Hangul,
        weights: "400 1000",
        measured_at: 400.0,
        advance: 0.865,
    },
    Fallback {
        local: &["Arial", "Liberation Sans", "Helvetica"],
        script: Script::Latin,
        weights: "400 599",
        measured_at: 400.0,
        advance: 0.448_32,
    },
    Fallback {
        local: &[
            "Arial Bold",
            "Arial-BoldMT",
            "Liberation Sans Bold",
            "Helvetica Bold",
        ],
        script: Script::Latin,
        weights: "600 1000",
        measured_at: 700.0,
        advance: 0.484_05,
    },
];

#[derive(Clone, Copy)]
enum Script {
    Hangul,
    Latin,
}

impl Script {
    /// The Universal Declaration of Human Rights, article 1: letters and spaces as often as English has them.
    fn sample(self) -> &'static str {
        match self {
            Self::Hangul => "가",
            Self::Latin => {
                "All human beings are born free and equal in dignity and rights. They are endowed with reason \
                 and conscience and should act towards one another in a spirit of brotherhood."
            }
        }
    }

    /// Letters, digits and spaces, and the punctuation that our font draws as Latin.
    fn range(self) -> &'static str {
        match self {
            Self::Hangul => "U+1100-11FF,U+3000-303F,U+3130-318F,U+AC00-D7AF,U+FF00-FFEF",
            Self::Latin => "U+20-2FF,U+2000-206F,U+20A0-20BF",
        }
    }
}

/// In em. Characters the font lacks would not count; the samples have none.
#[expect(
    clippy::cast_precision_loss,
    reason = "a sample has fewer than 2^24 characters"
)]
fn mean_advance(font: &FontRef<'_>, sample: &str, weight: f32) -> f32 {
    let location = font.axes().location([("wght", weight)]);
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::from(&location));
    let em = f32::from(
        font.metrics(Size::unscaled(), LocationRef::default())
            .units_per_em,
    );
    let charmap = font.charmap();
    let advances: f32 = sample
        .chars()
        .filter_map(|character| metrics.advance_width(charmap.map(character)?))
        .sum();
    advances / em / sample.chars().count() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fallback_has_the_height_of_the_font() {
        let css = fallback_css();
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
            assert!((0.9..1.1).contains(&size), "{rule}");
        }
        assert!(
            css.contains("size-adjust:93.94%"),
            "1770/2048 of 0.92 em: {css}"
        );
        assert!(
            css.contains("size-adjust:103.38%"),
            "0.46349 of 0.44832 em: {css}"
        );
    }

    #[test]
    fn the_whole_axis_is_one_rule() {
        let css = face_css(FAMILY, "/assets/ko.abc.woff2", "U+AC00");
        assert!(css.contains("url(\"/assets/ko.abc.woff2\") format(\"woff2\")"));
        assert!(css.contains("font-weight:400 1000;"));
        assert!(css.contains("unicode-range:U+AC00;"));
        assert!(!face_css(FIRST, "/a.woff2", "").contains("unicode-range"));
    }
}
