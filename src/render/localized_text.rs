//! Texts as they stand in a page: escaped, and marked where they are in another language.

use std::fmt;

use askama::filters::{Escaper, Html, HtmlSafe};

use crate::language::{LanguageId, Languages, Localized};

/// A text with the language it is in, where that is not the page's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LocalizedText<'a> {
    /// The text as it was written.
    pub text: &'a str,
    /// The language's code, if it differs from the page's.
    pub lang: Option<&'a str>,
}

impl<'a> LocalizedText<'a> {
    /// The text in the page's language, or what stands in for it.
    pub(super) fn new(
        text: &'a Localized<String>,
        language: LanguageId,
        languages: &'a Languages,
    ) -> Self {
        let found = text.get(language);
        Self {
            text: found.value,
            lang: (found.language != language).then(|| languages.code(found.language)),
        }
    }
}

impl fmt::Display for LocalizedText<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.lang {
            Some(lang) => {
                write!(formatter, "<span lang=\"{lang}\">")?;
                Html.write_escaped_str(&mut *formatter, self.text)?;
                formatter.write_str("</span>")
            }
            None => Html.write_escaped_str(formatter, self.text),
        }
    }
}

/// The text is escaped by [`fmt::Display`], and language codes are plain ASCII.
impl HtmlSafe for LocalizedText<'_> {}
