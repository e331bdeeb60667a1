//! Spellings made alike.

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

/// Visits the letters and digits of a text, case and width folded. Spaces and punctuation are left out, so that
/// `스마트계약` is found in `스마트 계약` and `proof of stake` in `proof-of-stake`.
pub(super) fn fold(text: &str, mut visit: impl FnMut(Folded)) {
    let mut is_word_start = true;
    for (origin, written) in text.chars().enumerate() {
        let narrow = narrow(written);
        is_word_start |= !is_kept(narrow);
        let mut keep = |character| {
            if is_kept(character) {
                visit(Folded {
                    character,
                    origin,
                    is_word_start,
                });
                is_word_start = false;
            }
        };
        // Most of a text are syllables, for which the tables of Unicode are not asked.
        if is_hangul(narrow) {
            keep(narrow);
        } else {
            narrow.to_lowercase().for_each(keep);
        }
    }
}

fn is_kept(character: char) -> bool {
    is_hangul(character) || matches!(character, '%' | '$') || character.is_alphanumeric()
}

/// Full-width forms of ASCII, as East Asian keyboards write them.
fn narrow(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character)
        }
        other => other,
    }
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
