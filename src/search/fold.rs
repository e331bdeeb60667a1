//! Spellings made alike.

use std::iter;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::language::is_hangul;

/// A character of a folded text.
pub(super) struct Folded {
    /// Lower case, half width.
    pub(super) character: char,
    /// The character of the text that it comes from, counted from 0.
    pub(super) origin: usize,
    /// Whether something was left out before it, or the text begins.
    pub(super) is_word_start: bool,
}

/// Visits the letters and digits of a text, case, width and marks folded: `Café` is `cafe`, `ﾃｽﾄ` is `テスト`. Spaces and punctuation are left out, so that
/// `스마트계약` is found in `스마트 계약` and `proof of stake` in `proof-of-stake`.
pub(super) fn fold(text: &str, mut visit: impl FnMut(Folded)) {
    let mut is_word_start = true;
    for (origin, written) in text.chars().enumerate() {
        // Most of a text are syllables, for which the tables of Unicode are not asked.
        // Single consonants stand for syllables, and are no letters taken apart.
        if written.is_ascii_lowercase() || is_hangul(written) || is_single(written) {
            visit(Folded { character: written, origin, is_word_start });
            is_word_start = false;
            continue;
        }
        // Voiced sounds are letters of their own, and these their marks where a keyboard of half width writes them apart.
        let is_mark = is_combining_mark(written) || matches!(written, 'ﾞ' | 'ﾟ');
        is_word_start |= !is_mark && !is_kept(written);
        for apart in
            iter::once(written).nfkd().filter(|it| !is_combining_mark(*it) || is_voice(*it))
        {
            let spelt = match apart {
                'ß' | 'ẞ' => "ss",
                'æ' | 'Æ' => "ae",
                'œ' | 'Œ' => "oe",
                'ø' | 'Ø' => "o",
                'ł' | 'Ł' => "l",
                'đ' | 'Đ' | 'ð' | 'Ð' => "d",
                'þ' | 'Þ' => "th",
                'ı' => "i",
                'ة' => "ه",
                'ى' => "ي",
                _ => "",
            };
            let lower = apart.to_lowercase().filter(|_| spelt.is_empty());
            for character in spelt.chars().chain(lower).filter(|it| is_kept(*it)) {
                visit(Folded { character, origin, is_word_start });
                is_word_start = false;
            }
        }
    }
}

fn is_kept(character: char) -> bool {
    matches!(character, '%' | '$') || is_voice(character) || character.is_alphanumeric()
}

/// A letter of Hangul that makes no syllable.
fn is_single(character: char) -> bool {
    ('ㄱ'..='ㆎ').contains(&character)
}

/// The marks of Japanese that make another letter of one.
fn is_voice(character: char) -> bool {
    matches!(character, '\u{3099}' | '\u{309a}')
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn letters_keep_their_origin_and_where_words_begin() {
        let mut folded = Vec::new();
        fold("Ａ-b 가", |it| {
            folded.push((it.character, it.origin, it.is_word_start));
        });
        assert_eq!(folded, [('a', 0, true), ('b', 2, true), ('가', 4, true)]);
    }
}
