//! Breaks texts into lines and fits them into boxes, measured with the font itself.

use crate::assets::fonts;

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// 400 to 1000.
    pub weight: f32,
    /// Between letters, in em.
    pub tracking: f32,
    /// From line to line, in em.
    pub leading: f32,
}

impl Style {
    /// As the font is made.
    pub(super) const fn of_weight(weight: f32) -> Self {
        Self { weight, tracking: 0.0, leading: 1.0 }
    }
}

/// A text in lines, as large as it fits a box.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FittedText {
    /// In pixels.
    pub size: f32,
    pub lines: Vec<String>,
}

/// From the upper edge of a line's letters to its baseline, in em: Hangul reaches higher than Latin capitals.
pub(super) const ASCENT: f32 = 0.8;

/// Below the baseline, in em.
const DESCENT: f32 = 0.22;

/// Kerning may widen a line a little; the font's advances are all that is measured.
const MARGIN: f32 = 0.99;

/// Letters beyond these would never be seen.
const MAX_LETTERS: usize = 2000;

/// How wide a text is set, in em.
pub(super) fn measure(text: &str, style: Style) -> f32 {
    let letters = u16::try_from(text.chars().count()).unwrap_or(u16::MAX);
    fonts::width(text, style.weight) + style.tracking * f32::from(letters)
}

/// The text without the characters that no XML, YAML or calendar may hold (XML 1.0, production 2).
pub(super) fn printable(text: &str) -> String {
    let is_text = |it: &char| !it.is_control() || matches!(it, '\n' | '\t');
    let characters = text.chars().filter(is_text);
    let characters = characters.filter(|it| !matches!(it, '\u{fffe}' | '\u{ffff}'));
    characters.collect()
}

/// The height of so many lines, in pixels.
pub(super) fn height(lines: usize, size: f32, style: Style) -> f32 {
    let more = u16::try_from(lines.saturating_sub(1)).unwrap_or(u16::MAX);
    size * (ASCENT + DESCENT + f32::from(more) * style.leading)
}

/// Breaks a text at spaces into the fewest lines of at most `width` em, which are as even as they can be. A word that is
/// wider has a line of its own.
pub(super) fn wrap(text: &str, style: Style, width: f32) -> Vec<String> {
    texts(&balanced(&words(text, style), style, width))
}

/// Breaks a text so that it fits a box of this width and height, as large as it can be from `max` down to `min` pixels.
/// Where even that is too large, words are broken and what is left over is cut.
pub(super) fn fit(
    text: &str,
    style: Style,
    (width, height): (f32, f32),
    max: f32,
    min: f32,
) -> FittedText {
    let text: String = printable(text).chars().take(MAX_LETTERS).collect();
    let words = words(&text, style);
    let mut size = max;
    loop {
        let limit = width * MARGIN / size;
        let fits = |lines: &usize| self::height(*lines, size, style) <= height;
        let room = (2..MAX_LETTERS).take_while(fits).count() + 1;
        let lines = greedy(&words, style, limit);
        if lines.len() <= room && lines.iter().all(|it| it.width <= limit) {
            let lines = texts(&balanced(&words, style, limit));
            return FittedText { size, lines };
        }
        if size <= min {
            let lines = cut(&words, style, limit, room);
            return FittedText { size, lines };
        }
        size = (size * 0.97).max(min);
    }
}

/// Some letters with their width in em: a word, or the words of a line.
#[derive(Clone, Debug)]
struct Run {
    text: String,
    width: f32,
}

fn words(text: &str, style: Style) -> Vec<Run> {
    let words = text
        .split_whitespace()
        .map(|word| Run { text: word.to_owned(), width: measure(word, style) });
    words.collect()
}

fn texts(lines: &[Run]) -> Vec<String> {
    lines.iter().map(|it| it.text.clone()).collect()
}

/// Puts on each line as many words as fit.
fn greedy(words: &[Run], style: Style, limit: f32) -> Vec<Run> {
    let space = measure(" ", style);
    let mut lines: Vec<Run> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.width + space + word.width <= limit => {
                line.text.push(' ');
                line.text.push_str(&word.text);
                line.width += space + word.width;
            }
            _ => lines.push(word.clone()),
        }
    }
    lines
}

/// As many lines as [`greedy`] needs, in the narrowest width that holds them: so the last is no leftover.
fn balanced(words: &[Run], style: Style, limit: f32) -> Vec<Run> {
    let mut best = greedy(words, style, limit);
    let (mut narrow, mut wide) = (limit / 2.0, limit);
    for _ in 0..12 {
        let middle = f32::midpoint(narrow, wide);
        let lines = greedy(words, style, middle);
        if lines.len() > best.len() {
            narrow = middle;
        } else {
            (best, wide) = (lines, middle);
        }
    }
    best
}

/// As many lines as there is room for, with an ellipsis for the rest.
fn cut(words: &[Run], style: Style, limit: f32, room: usize) -> Vec<String> {
    let pieces: Vec<Run> = words.iter().flat_map(|it| pieces(it, style, limit)).collect();
    let mut lines = texts(&greedy(&pieces, style, limit));
    if lines.len() > room {
        lines.truncate(room);
        let mut last = lines.pop().unwrap_or_default();
        while measure(&last, style) + measure("…", style) > limit && !last.is_empty() {
            match last.rfind(' ') {
                Some(space) => last.truncate(space),
                None => drop(last.pop()),
            }
        }
        lines.push(format!("{}…", last.trim_end_matches([' ', '.', ',', '·'])));
    }
    lines
}

/// A word in parts that are as wide as a line, of a letter at least.
fn pieces(word: &Run, style: Style, limit: f32) -> Vec<Run> {
    let mut pieces: Vec<Run> = Vec::new();
    for letter in word.text.chars() {
        let width = measure(letter.encode_utf8(&mut [0; 4]), style);
        match pieces.last_mut() {
            Some(piece) if piece.width + width <= limit => {
                piece.text.push(letter);
                piece.width += width;
            }
            _ => pieces.push(Run { text: letter.to_string(), width }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { weight: 900.0, tracking: -0.02, leading: 1.2 };

    fn lines(text: &str, width: f32, height: f32) -> Vec<String> {
        let fitted = fit(text, STYLE, (width, height), 40.0, 20.0);
        for line in &fitted.lines {
            assert!(measure(line, STYLE) * fitted.size <= width, "{fitted:?}");
        }
        let tall = self::height(fitted.lines.len(), fitted.size, STYLE);
        assert!(tall <= height, "{fitted:?} is taller than {height}");
        fitted.lines
    }

    #[test]
    fn korean_breaks_at_spaces_into_lines_of_like_length() {
        let text = "책상 위 컴퓨터는 켜져 있어도 대개 틈이 난다";
        let broken = lines(text, 400.0, 200.0);
        assert_eq!(broken.join(" "), text);
        assert_eq!(broken.len(), 2);
        assert!(broken[1].chars().count() > 8, "{broken:?}");
    }

    #[test]
    fn a_text_that_is_too_long_ends_in_an_ellipsis() {
        let text = "작은 모임에서 발표된 것 ".repeat(30);
        let broken = lines(&text, 300.0, 100.0);
        assert!(broken.last().is_some_and(|it| it.ends_with('…')), "{broken:?}");
    }

    #[test]
    fn a_word_wider_than_its_box_is_made_smaller_and_then_broken() {
        let smaller = fit("Rechtsschutz", STYLE, (200.0, 60.0), 60.0, 10.0);
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
        let tiny = fit("망망", STYLE, (1.0, 1.0), 40.0, 20.0);
        assert_eq!(tiny.lines.len(), 1);
    }
}
