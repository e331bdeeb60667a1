//! Spellings made alike.

use unicode_normalization::UnicodeNormalization;

/// A character of a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Folded {
    /// The character: lower case, half width.
    pub(super) character: char,
    /// The character of the text that it comes from, counted from 0.
    pub(super) origin: usize,
    /// Whether something was left out before it, or the text begins.
    pub(super) word_start: bool,
}

/// The letters and digits of a text, case and width folded. Spaces and punctuation are left out, so that
/// `스마트계약` is found in `스마트 계약` and `proof of stake` in `proof-of-stake`.
pub(super) fn fold(text: &str) -> impl Iterator<Item = Folded> + '_ {
    let characters = text.chars().enumerate().flat_map(|(origin, written)| {
        let narrow = narrow(written);
        let left_out = (!is_kept(narrow)).then_some((origin, None));
        let kept = lower(narrow).filter(|it| is_kept(*it));
        left_out
            .into_iter()
            .chain(kept.map(move |character| (origin, Some(character))))
    });
    let mut word_start = true;
    characters.filter_map(move |(origin, kept)| match kept {
        None => {
            word_start = true;
            None
        }
        Some(character) => Some(Folded {
            character,
            origin,
            word_start: std::mem::take(&mut word_start),
        }),
    })
}

/// The lower case of a character, most of the time the character itself.
fn lower(character: char) -> impl Iterator<Item = char> {
    let is_small = is_common(character) && !character.is_ascii_uppercase();
    let lower = (!is_small).then(|| character.to_lowercase());
    let same = is_small.then_some(character);
    same.into_iter().chain(lower.into_iter().flatten())
}

/// What most texts consist of, told without the tables of Unicode.
fn is_common(character: char) -> bool {
    character.is_ascii() || is_syllable(character)
}

fn is_syllable(character: char) -> bool {
    ('가'..='힣').contains(&character)
}

/// The composed form, since a reader's keyboard may send Hangul taken apart.
pub(super) fn compose(text: &str) -> String {
    text.nfc().collect()
}

fn is_kept(character: char) -> bool {
    is_syllable(character)
        || matches!(character, '%' | '$')
        || if character.is_ascii() {
            character.is_ascii_alphanumeric()
        } else {
            character.is_alphanumeric()
        }
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
        let folded: Vec<_> = fold("Ａ-b 가").collect();
        let text: String = folded.iter().map(|it| it.character).collect();
        assert_eq!(text, "ab가");
        let origins: Vec<_> = folded.iter().map(|it| (it.origin, it.word_start)).collect();
        assert_eq!(origins, [(0, true), (2, true), (4, true)]);
    }
}
