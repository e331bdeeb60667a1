//! Languages of the site, texts in several of them, and what is read where a text is missing; the languages that the
//! program itself speaks ([`pack`]), and how they count ([`PluralRules`]).

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

mod packs;
mod plural;

pub use packs::{english_name, is_right_to_left, meant, own_name, pack};
pub use plural::{Plural, PluralRules};

/// The place of a language in the list of `event.yaml`; the first is the site's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct LanguageId(usize);

impl LanguageId {
    /// The language served at `/`.
    pub const FIRST: Self = Self(0);

    /// The position in the list of languages, from 0.
    pub fn index(self) -> usize {
        self.0
    }
}

/// The languages of a site, in the order in which they are offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Languages {
    codes: Vec<String>,
}

impl Languages {
    /// A list of BCP 47 codes such as `ko`; `None` where it is empty, since a site has a language.
    pub fn new(codes: Vec<String>) -> Option<Self> {
        (!codes.is_empty()).then_some(Self { codes })
    }

    pub fn iter(&self) -> impl Iterator<Item = LanguageId> + use<> {
        (0..self.codes.len()).map(LanguageId)
    }

    pub fn count(&self) -> usize {
        self.codes.len()
    }

    /// The BCP 47 code, as it stands in `lang` attributes and file names.
    pub fn code(&self, language: LanguageId) -> &str {
        &self.codes[language.0]
    }

    /// The language of a code, if the site has it.
    pub fn find(&self, code: &str) -> Option<LanguageId> {
        self.codes.iter().position(|known| known == code).map(LanguageId)
    }

    /// What a language's paths begin with: nothing for the first, `/en` for English.
    pub fn prefix(&self, language: LanguageId) -> String {
        if language == LanguageId::FIRST {
            String::new()
        } else {
            format!("/{}", self.code(language))
        }
    }

    /// What follows the prefix of a language in a path, if it has one.
    pub fn strip_prefix<'p>(&self, path: &'p str) -> Option<&'p str> {
        self.iter().skip(1).find_map(|language| {
            let rest = path.strip_prefix(&self.prefix(language))?;
            rest.starts_with('/').then_some(rest)
        })
    }
}

impl fmt::Display for Languages {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.codes.join(", "))
    }
}

/// A value in at least one language. In YAML it is written as `{ko: …, en: …}`, or plainly where it is the same in
/// every language; `content` puts the values in the order of the site's languages before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Localized<T> {
    /// One place a language, in the order of [`Languages`]; at least one is filled.
    values: Vec<Option<T>>,
}

/// A value together with the language it was found in, which may differ from the one asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct InLanguage<'a, T> {
    pub value: &'a T,
    pub language: LanguageId,
}

impl<T> Localized<T> {
    /// Takes one place a language; `None` where all are empty.
    pub fn new(values: Vec<Option<T>>) -> Option<Self> {
        values.iter().any(Option::is_some).then_some(Self { values })
    }

    /// The value in exactly this language.
    pub fn exact(&self, language: LanguageId) -> Option<&T> {
        self.values.get(language.0).and_then(Option::as_ref)
    }

    /// The value in this language or, where it lacks, in the first language that has one.
    ///
    /// # Panics
    ///
    /// Never: [`Self::new`] refuses a value without any language.
    pub fn get(&self, language: LanguageId) -> InLanguage<'_, T> {
        let own = self.exact(language).map(|value| (language, value));
        let first = || self.languages().find_map(|it| Some((it, self.exact(it)?)));
        let (language, value) =
            own.or_else(first).expect("a localized value has at least one language");
        InLanguage { value, language }
    }

    /// The languages that have a value of their own.
    pub fn languages(&self) -> impl Iterator<Item = LanguageId> + '_ {
        self.values
            .iter()
            .enumerate()
            .filter(|(_, value)| value.is_some())
            .map(|(index, _)| LanguageId(index))
    }
}

impl Localized<String> {
    /// The text in this language, or its fallback.
    pub fn text(&self, language: LanguageId) -> &str {
        self.get(language).value
    }
}

/// The language of a code, without script and region.
fn primary(code: &str) -> &str {
    code.split('-').next().unwrap_or_default()
}

/// The consonants that begin syllables of Hangul, in the order of Unicode.
pub const CONSONANTS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";

/// What a word stands under in a glossary: its first letter or, in Korean, the first consonant.
pub fn initial(word: &str) -> Option<char> {
    let first = word.chars().next()?;
    let syllable = u32::from(first).checked_sub(u32::from('가'));
    let consonant = syllable.and_then(|it| CONSONANTS.chars().nth(it as usize / 588));
    consonant.or_else(|| first.to_uppercase().next())
}

/// Whether it is a whole syllable of Hangul.
pub fn is_hangul(character: char) -> bool {
    ('가'..='힣').contains(&character)
}

/// Whether two letters belong together across a line break, as those of Chinese and Japanese do, which knows no blanks
/// between words (CSS Text 4, "segment break transformation rules").
pub fn needs_no_blank(before: char, after: char) -> bool {
    let is_letter = |it| {
        matches!(u32::from(it), 0x2E80..=0x2FDF | 0x3005..=0x3007 | 0x3041..=0x312F | 0x31A0..=0x31FF | 0x3400..=0x4DBF
            | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9F | 0x20000..=0x3FFFD)
    };
    let is_wide = |it| is_letter(it) || matches!(u32::from(it), 0x3001..=0x303F | 0xFF01..=0xFF65);
    is_wide(before) && is_wide(after) && (is_letter(before) || is_letter(after))
}

/// A text of several lines, whose breaks are blanks by now, without those that its letters do not need.
pub fn join_lines(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(it) = rest.next() {
        let around = joined.chars().next_back().zip(rest.peek().copied());
        if it != ' ' || !around.is_some_and(|(before, after)| needs_no_blank(before, after)) {
            joined.push(it);
        }
    }
    joined
}

/// Bytes of a text that more is put into; what is left of its pattern stays as it is.
const FULL: usize = 20_000;

/// A pattern with values in place of names in braces: all at once, so that braces in a value are only braces, and never so
/// much that a site grows with one text times another.
pub fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, from)) = rest.split_once('{').filter(|_| text.len() < FULL) {
        text.push_str(before);
        let value = values.iter().find_map(|(name, value)| {
            let after = from.strip_prefix(name)?.strip_prefix('}')?;
            Some((*value, after))
        });
        let (value, after) = value.unwrap_or(("{", from));
        text.push_str(value);
        rest = after;
    }
    text + rest
}

impl JsonSchema for Localized<String> {
    fn schema_name() -> Cow<'static, str> {
        "Texts".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A text: plain where it is the same in every language, or keyed by the languages' codes.",
            "type": ["object", "string"],
            "minLength": 1,
            "minProperties": 1,
            "propertyNames": {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
            "additionalProperties": {"type": "string", "minLength": 1},
            "examples": [{"de": "Nordhafen", "en": "Nordhaven"}]
        })
    }
}

/// Makes every key of a type optional in its schema: sites write only the words that they say differently.
pub fn optional(schema: &mut Schema) {
    schema.remove("required");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_to_the_first_that_has_the_text() {
        let languages = Languages::new(vec!["ko".into(), "en".into(), "zh".into()]).expect("three");
        let zh = languages.find("zh").expect("listed");
        let text = Localized::new(vec![None, Some("network"), None]).expect("one text");
        let found = text.get(zh);
        assert_eq!(*found.value, "network");
        assert_eq!(languages.code(found.language), "en");
        assert_eq!(text.languages().count(), 1);
    }

    #[test]
    fn placeholders_are_filled_once_and_only_so_far() {
        let values = [("a", "{b}"), ("b", "{a}")];
        assert_eq!(fill("{a}{b} {c} {a", &values), "{b}{a} {c} {a");
        let (pattern, value) = ("{a}".repeat(3_000), "x".repeat(10_000));
        assert!(fill(&pattern, &[("a", &value)]).len() < 50_000);
    }

    #[test]
    fn only_the_first_language_has_no_prefix() {
        let languages = Languages::new(vec!["ko".into(), "en".into()]).expect("two");
        let prefixes: Vec<_> = languages.iter().map(|it| languages.prefix(it)).collect();
        assert_eq!(prefixes, ["", "/en"]);
    }

    #[test]
    fn nothing_in_any_language_is_no_text() {
        assert_eq!(Localized::<String>::new(vec![None, None]), None);
    }
}
