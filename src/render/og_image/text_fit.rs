//! Setting text in a box: measured with the font itself, broken at spaces, made smaller until it fits, and cut
//! with an ellipsis where even the smallest size is too large. Nothing ever leaves its box.

use std::fmt::Write as _;

use crate::assets::fonts;

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// 400 to 1000.
    pub weight: f32,
    /// Between letters, in em.
    pub tracking: f32,
    /// From line to line, in em.
    pub leading: f32,
    /// The class of its colour.
    pub class: &'static str,
}

/// Where a text may stand, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Space {
    /// The left edge.
    pub x: f32,
    /// The upper edge.
    pub y: f32,
    /// The width.
    pub width: f32,
    /// The height.
    pub height: f32,
}

impl Space {
    /// A space of this place and size.
    pub(super) fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self {
            x,
            y,
            width,
            height,
        }
    }
}

/// From the upper edge of a line's letters to its baseline, in em: Hangul reaches higher than Latin capitals.
pub(super) const RISE: f32 = 0.8;

/// Below the baseline, in em.
const FALL: f32 = 0.22;

/// Kerning may widen a line a little; the font's advances are all that is measured.
const CAUTION: f32 = 0.99;

/// Letters beyond these would never be seen.
const LONGEST: usize = 2000;

/// What is kept together.
#[derive(Clone, Copy, Debug)]
struct Word<'a> {
    text: &'a str,
    /// In em.
    width: f32,
}

/// A text broken into lines.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Setting {
    /// In pixels.
    pub size: f32,
    /// The lines.
    pub lines: Vec<String>,
    /// The widest line, in pixels.
    pub width: f32,
}

/// Breaks a text so that it fits a space, as large as it can be from `most` down to `least` pixels.
pub(super) fn fit(text: &str, style: Style, space: Space, most: f32, least: f32) -> Setting {
    let text: String = text.chars().take(LONGEST).collect();
    let words = text.split_whitespace().map(|text| Word {
        text,
        width: measure(text, style),
    });
    let words: Vec<Word<'_>> = words.collect();
    let mut size = most;
    loop {
        let limit = space.width * CAUTION / size;
        let room = lines_in(space.height, size, style.leading);
        if let Some(lines) = broken(&words, style, limit, room) {
            return finished(balanced(&words, style, limit, lines), style, size);
        }
        if size <= least {
            let lines = cut(&words, style, limit, room);
            return finished(lines, style, size);
        }
        size = (size * 0.97).max(least);
    }
}

/// Writes a text into its space from the upper left; its height in pixels is returned.
pub(super) fn set(svg: &mut String, setting: &Setting, style: Style, space: Space) -> f32 {
    let Setting { size, lines, .. } = setting;
    let mut baseline = space.y + RISE * size;
    for line in lines {
        // Writing to a string cannot fail.
        let _ = write!(
            svg,
            "<text class=\"{}\" x=\"{:.1}\" y=\"{baseline:.1}\" font-size=\"{size:.2}\" letter-spacing=\"{:.3}\" \
             font-variation-settings=\"'wght' {}\">{}</text>",
            style.class,
            space.x,
            style.tracking * size,
            style.weight,
            escaped(line)
        );
        baseline += style.leading * size;
    }
    height(lines.len(), *size, style.leading)
}

/// The height of so many lines, in pixels.
pub(super) fn height(lines: usize, size: f32, leading: f32) -> f32 {
    // A handful of lines.
    let more = f32::from(u16::try_from(lines.saturating_sub(1)).unwrap_or(u16::MAX));
    size * (RISE + FALL + more * leading)
}

/// How wide a text is set, in em.
fn measure(text: &str, style: Style) -> f32 {
    let letters = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
    fonts::width(text, style.weight) + style.tracking * f32::from(letters)
}

fn lines_in(height: f32, size: f32, leading: f32) -> usize {
    let mut lines = 1;
    while self::height(lines + 1, size, leading) <= height {
        lines += 1;
    }
    lines
}

/// The lines, if words need not be broken for it and there is room for all.
fn broken(words: &[Word<'_>], style: Style, limit: f32, room: usize) -> Option<Vec<String>> {
    let space = measure(" ", style);
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0.0;
    for word in words {
        let Word { text, width } = *word;
        if width > limit || lines.len() > room {
            return None;
        }
        match lines.last_mut() {
            Some(line) if used + space + width <= limit => {
                line.push(' ');
                line.push_str(text);
                used += space + width;
            }
            _ => {
                lines.push(text.to_owned());
                used = width;
            }
        }
    }
    (lines.len() <= room).then_some(lines)
}

/// The same number of lines in the narrowest width that holds them, so that the last is no leftover.
fn balanced(words: &[Word<'_>], style: Style, limit: f32, lines: Vec<String>) -> Vec<String> {
    let count = lines.len();
    let (mut best, mut wide, mut narrow) = (lines, limit, limit / 2.0);
    for _ in 0..12 {
        let middle = f32::midpoint(wide, narrow);
        match broken(words, style, middle, count) {
            Some(lines) => (best, wide) = (lines, middle),
            None => narrow = middle,
        }
    }
    best
}

/// As many lines as there is room for, words broken where they must be, with an ellipsis for the rest.
fn cut(words: &[Word<'_>], style: Style, limit: f32, room: usize) -> Vec<String> {
    let texts: Vec<&str> = words.iter().map(|word| word.text).collect();
    let all = texts.join(" ");
    let mut lines = Vec::new();
    let mut left = all.as_str();
    while !left.is_empty() {
        if measure(left, style) <= limit {
            lines.push(left.to_owned());
            break;
        }
        if lines.len() + 1 >= room {
            let end = line_end(left, style, limit - measure("…", style));
            let line = left[..end].trim_end_matches([' ', '.', ',', '·']);
            lines.push(format!("{line}…"));
            break;
        }
        let end = line_end(left, style, limit);
        lines.push(left[..end].trim_end().to_owned());
        left = left[end..].trim_start();
    }
    lines
}

/// Where a line of a longer text ends: after as many letters as fit, at least one, and at a space if there is any.
fn line_end(text: &str, style: Style, limit: f32) -> usize {
    let mut end = 0;
    for (index, letter) in text.char_indices() {
        let next = index + letter.len_utf8();
        if index > 0 && measure(&text[..next], style) > limit {
            break;
        }
        end = next;
    }
    if end == text.len() || text[end..].starts_with(' ') {
        return end;
    }
    text[..end].rfind(' ').unwrap_or(end)
}

fn finished(lines: Vec<String>, style: Style, size: f32) -> Setting {
    let widths = lines.iter().map(|line| measure(line, style) * size);
    Setting {
        width: widths.fold(0.0, f32::max),
        lines,
        size,
    }
}

/// Without the characters that XML cannot hold (XML 1.0, production 2).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            _ if character.is_control() => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style {
        weight: 900.0,
        tracking: -0.02,
        leading: 1.2,
        class: "t",
    };

    fn space(width: f32, height: f32) -> Space {
        Space {
            x: 0.0,
            y: 0.0,
            width,
            height,
        }
    }

    fn lines(text: &str, width: f32, height: f32) -> Vec<String> {
        let setting = fit(text, STYLE, space(width, height), 40.0, 20.0);
        assert!(setting.width <= width, "{setting:?} is wider than {width}");
        let tall = self::height(setting.lines.len(), setting.size, STYLE.leading);
        assert!(tall <= height, "{setting:?} is taller than {height}");
        setting.lines
    }

    #[test]
    fn korean_breaks_at_spaces_into_lines_of_like_length() {
        let text = "책상 위 컴퓨터는 켜져 있어도 대개 짬이 난다";
        let broken = lines(text, 400.0, 200.0);
        assert_eq!(broken.join(" "), text);
        assert_eq!(broken.len(), 2);
        assert!(broken[1].chars().count() > 8, "{broken:?}");
    }

    #[test]
    fn a_text_that_is_too_long_ends_in_an_ellipsis() {
        let text = "블록체인 밋업에서 발표된 것 ".repeat(30);
        let broken = lines(&text, 300.0, 100.0);
        assert!(
            broken.last().is_some_and(|it| it.ends_with('…')),
            "{broken:?}"
        );
    }

    #[test]
    fn a_word_wider_than_its_space_is_made_smaller_and_then_broken() {
        let smaller = fit("Rechtsschutz", STYLE, space(200.0, 60.0), 60.0, 10.0);
        assert_eq!(smaller.lines, ["Rechtsschutz"]);
        assert!(smaller.size < 40.0);
        let long = "Donaudampfschifffahrtsgesellschaft".repeat(4);
        let broken = lines(&long, 300.0, 400.0);
        assert!(broken.len() > 1);
        assert_eq!(broken.concat(), long, "no letter is lost");
    }

    #[test]
    fn nothing_and_one_letter_are_set_too() {
        assert_eq!(lines("", 100.0, 50.0), Vec::<String>::new());
        assert_eq!(lines(" 망 ", 100.0, 50.0), ["망"]);
        let tiny = fit("망망", STYLE, space(1.0, 1.0), 40.0, 20.0);
        assert_eq!(tiny.lines.len(), 1);
    }

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(escaped("a<b & c>\u{1}\u{FFFE}"), "a&lt;b &amp; c&gt;");
    }
}
