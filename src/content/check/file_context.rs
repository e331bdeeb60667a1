//! Checking the values of one file.

use std::ops::Range;

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use unicode_width::UnicodeWidthStr;

use crate::content::problems;
use crate::content::raw::{Text, Word};
use crate::content::yaml::{self, FaultKind, Node, OmittedKey, Spanned};
use crate::diagnostic::{Diagnostic, Diagnostics, position};
use crate::language::{LanguageId, Languages, Localized};

/// Stands for any key of a file of which lines were left out; no key of ours looks like it.
const EVERYTHING: &str = "*";

/// What checking one file needs.
pub(super) struct FileContext<'a> {
    pub(super) file: String,
    pub(super) languages: &'a Languages,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// The keys of every file that are not there because their values were named as faults.
    pub(super) omitted: &'a mut Vec<(String, OmittedKey)>,
}

impl FileContext<'_> {
    /// Adds a problem.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reads a file's YAML into a type, naming everything that does not fit.
    pub(super) fn read<T: DeserializeOwned>(&mut self, text: &str) -> Option<T> {
        let node = match parse(&self.file, text, self.diagnostics) {
            Some(node) => node,
            None => self.recovered(text)?,
        };
        self.fit(node)
    }

    /// What can be read beside syntax errors, of which the first was named. What lacks then may
    /// stand in the lines left out, and nobody reports it.
    fn recovered(&mut self, text: &str) -> Option<Node> {
        if has_tabs(text) {
            return None;
        }
        let first = yaml::parse(text).err()?;
        let (node, errors) = yaml::recover(text, &first)?;
        for error in errors {
            let span = span_at(text, error.line, error.column);
            let problem = problems::yaml_syntax(&self.file, &span, &error.message);
            self.push(problem);
        }
        let parent = 0..0;
        let key = EVERYTHING.to_owned();
        self.omitted
            .push((self.file.clone(), OmittedKey { parent, key }));
        Some(node)
    }

    /// Reads a type from a tree, naming everything that does not fit.
    pub(super) fn fit<T: DeserializeOwned>(&mut self, node: Node) -> Option<T> {
        let (value, faults) = yaml::read(node);
        for fault in faults {
            self.omitted
                .extend(fault.cut.map(|cut| (self.file.clone(), cut)));
            let (file, span) = (self.file.as_str(), &fault.span);
            self.diagnostics.push(match &fault.kind {
                FaultKind::UnknownKey(key, known) => problems::unknown_key(file, span, key, known),
                FaultKind::DuplicateKey(key) => problems::duplicate_key(file, span, key),
                FaultKind::MissingKey(key) => problems::missing_key(file, span, key),
                FaultKind::UnknownWord(word, known) => {
                    problems::unknown_word(file, span, word, known)
                }
                FaultKind::WrongType(expected, found) => {
                    problems::wrong_type(file, span, expected, found)
                }
                FaultKind::Other(message) => problems::malformed(file, span, message),
            });
        }
        value
    }

    /// A value that must be there; `parent` is where its lack is reported.
    pub(super) fn needed<T>(
        &mut self,
        value: Option<T>,
        key: &str,
        parent: &Range<usize>,
    ) -> Option<T> {
        if value.is_none() && !self.is_omitted(key, parent) {
            self.push(problems::missing_key(&self.file, parent, key));
        }
        value
    }

    /// Whether a key's value was named as a fault, so that its lack is not another one.
    pub(super) fn is_omitted(&self, key: &str, parent: &Range<usize>) -> bool {
        let mut cuts = self.omitted.iter().filter(|(file, _)| *file == self.file);
        cuts.any(|(_, cut)| cut.key == EVERYTHING || cut.key == key && cut.parent == *parent)
    }

    /// A text that must be there, in as many languages as possible.
    pub(super) fn text(
        &mut self,
        texts: Text,
        key: &str,
        parent: &Range<usize>,
    ) -> Option<Localized<String>> {
        let texts = self.needed(texts, key, parent)?;
        self.localized(texts, key)
    }

    /// A text that may lack.
    pub(super) fn optional_text(&mut self, texts: Text, key: &str) -> Option<Localized<String>> {
        texts.and_then(|texts| self.localized(texts, key))
    }

    fn localized(
        &mut self,
        texts: Spanned<yaml::LocalizedStrings>,
        key: &str,
    ) -> Option<Localized<String>> {
        let mut values = vec![None; self.languages.count()];
        let mut named = vec![false; values.len()];
        for (code, text) in texts.value.0 {
            let Some(language) = self.languages.find(&code.value) else {
                let known = self.languages.to_string();
                let problem =
                    problems::unknown_language(&self.file, &code.span, &code.value, &known);
                self.push(problem);
                continue;
            };
            named[language.index()] = true;
            if text.value.trim().is_empty() {
                let what = format!("{key}: {}", code.value);
                self.push(problems::empty_text(&self.file, &text.span, &what));
            } else {
                values[language.index()] = Some(text.value.trim().to_owned());
            }
        }
        for language in self.languages.iter() {
            let code = self.languages.code(language);
            if !named[language.index()] && !self.is_omitted(code, &texts.span) {
                let problem = problems::missing_translation(&self.file, &texts.span, key, code);
                self.push(problem);
            }
        }
        Localized::new(values)
    }

    /// A word that must be there and not be blank.
    pub(super) fn word(
        &mut self,
        word: Word,
        key: &str,
        parent: &Range<usize>,
    ) -> Option<Spanned<String>> {
        let word = self.needed(word, key, parent)?;
        self.filled(word, key)
    }

    /// A word that may lack, but not be blank.
    pub(super) fn optional_word(&mut self, word: Word, key: &str) -> Option<Spanned<String>> {
        word.and_then(|word| self.filled(word, key))
    }

    fn filled(&mut self, word: Spanned<String>, key: &str) -> Option<Spanned<String>> {
        if word.value.trim().is_empty() {
            self.push(problems::empty_text(&self.file, &word.span, key));
            return None;
        }
        Some(word)
    }

    /// A name for URLs that must be there.
    pub(super) fn id(
        &mut self,
        word: Word,
        key: &str,
        parent: &Range<usize>,
    ) -> Option<Spanned<String>> {
        let word = self.word(word, key, parent)?;
        if is_id(&word.value) {
            return Some(word);
        }
        self.push(problems::invalid_id(&self.file, &word.span, &word.value));
        None
    }

    /// A date of the calendar.
    pub(super) fn date(&mut self, word: &Spanned<String>) -> Option<Date> {
        let date = word.value.parse().ok();
        // jiff also reads times and other forms; content has one form.
        let date = date.filter(|date: &Date| date.to_string() == word.value);
        if date.is_none() {
            self.push(problems::invalid_date(&self.file, &word.span, &word.value));
        }
        date
    }

    /// A date that must be there.
    pub(super) fn needed_date(
        &mut self,
        word: Word,
        key: &str,
        parent: &Range<usize>,
    ) -> Option<Date> {
        let word = self.word(word, key, parent)?;
        self.date(&word)
    }

    /// Warns of texts too wide for the place they are shown in.
    pub(super) fn width(&mut self, texts: &Text, key: &str, limit: usize) {
        for (code, text) in texts.iter().flat_map(|it| &it.value.0) {
            let columns = text.value.width();
            if columns > limit {
                let what = format!("{key}: {}", code.value);
                self.push(problems::too_long(
                    &self.file, &text.span, &what, columns, limit,
                ));
            }
        }
    }

    /// The language's code.
    pub(super) fn code(&self, language: LanguageId) -> &str {
        self.languages.code(language)
    }
}

/// Lower-case ASCII words joined by single hyphens.
pub(in crate::content) fn is_id(text: &str) -> bool {
    text.split('-').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

/// Reads a file's YAML into a tree; tabs are named one by one, since the parser stops at the first.
pub(super) fn parse(file: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if let Some(tab) = yaml::tab(line) {
            let indent = &line[tab..line.len() - line.trim_start_matches([' ', '\t']).len()];
            let start = offset + tab;
            diagnostics.push(problems::yaml_tab(file, &(start..start + 1), indent));
        }
        offset += line.len();
    }
    if has_tabs(text) {
        return yaml::parse_tabs(text);
    }
    match yaml::parse(text) {
        Ok(node) => Some(node),
        Err(error) => {
            let span = span_at(text, error.line, error.column);
            diagnostics.push(problems::yaml_syntax(file, &span, &error.message));
            None
        }
    }
}

fn has_tabs(text: &str) -> bool {
    let mut lines = text.split_inclusive('\n');
    lines.any(|line| yaml::tab(line).is_some())
}

/// The character at a line and column.
fn span_at(text: &str, line: usize, column: usize) -> Range<usize> {
    let line_start: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let mut characters = text[line_start..].char_indices();
    let (offset, character) = characters
        .nth(column - 1)
        .unwrap_or((text.len() - line_start, ' '));
    let start = (line_start + offset).min(text.len());
    debug_assert!(position(text, start).line <= line);
    start..(start + character.len_utf8()).min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_words_joined_by_hyphens() {
        for good in ["rrc", "block-cloud", "3am"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "-a", "a--b", "Block", "블록", "a_b", "a/b"] {
            assert!(!is_id(bad), "{bad}");
        }
    }
}
