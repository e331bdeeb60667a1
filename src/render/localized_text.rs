//! Texts as they stand in a page: escaped, and marked where they are in another language.

use std::fmt;

use askama::FastWritable;
use askama::filters::{Escaper, Html, HtmlSafe};

use crate::language::{LanguageId, Languages, Localized};
use crate::model;

use super::urls::UrlBuilder;

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

impl FastWritable for LocalizedText<'_> {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        write!(dest, "{self}")?;
        Ok(())
    }
}

/// A section of a write-up, ready to stand in a page.
#[derive(Clone, Debug)]
pub(super) struct SectionHtml<'a> {
    /// The fragment by which it can be linked.
    pub id: &'a str,
    /// The heading.
    pub heading: String,
    /// The heading without markup.
    pub heading_text: &'a str,
    /// The text under it.
    pub body: String,
    /// The terms to explain beside it.
    pub terms: Vec<TermNote<'a>>,
}

/// A term explained beside the text.
#[derive(Clone, Debug)]
pub(super) struct TermNote<'a> {
    /// The term.
    pub name: LocalizedText<'a>,
    /// What it means.
    pub text: LocalizedText<'a>,
    /// Its place in the glossary.
    pub href: String,
}

/// A write-up, ready to stand in a page.
#[derive(Clone, Debug)]
pub(super) struct Article<'a> {
    /// The language it is in, where that is not the page's.
    pub lang: Option<&'a str>,
    /// What stands before the first heading.
    pub intro: String,
    /// The terms to explain beside that.
    pub terms: Vec<TermNote<'a>>,
    /// The sections.
    pub sections: Vec<SectionHtml<'a>>,
}

impl<'a> Article<'a> {
    /// Writes the links of a text, and explains each term where it occurs first.
    pub(super) fn new(
        prose: &'a Localized<model::Prose>,
        glossary: &'a [model::Term],
        urls: UrlBuilder<'a>,
    ) -> Self {
        let found = prose.get(urls.language);
        let html = |html: &model::Markup| html.to_html(|target| urls.target(target));
        let mut explained: Vec<&str> = Vec::new();
        let mut notes = |ids: Vec<&'a str>| -> Vec<TermNote<'a>> {
            let mut notes = Vec::new();
            for id in ids {
                let Some(term) = glossary.iter().find(|term| term.id == id) else {
                    continue;
                };
                if !explained.contains(&id) {
                    explained.push(id);
                    let words = |text| LocalizedText::new(text, urls.language, urls.languages);
                    notes.push(TermNote {
                        name: words(&term.name),
                        text: words(&term.text),
                        href: urls.term(id),
                    });
                }
            }
            notes
        };
        Self {
            lang: (found.language != urls.language).then(|| urls.languages.code(found.language)),
            intro: html(&found.value.intro),
            terms: notes(found.value.intro.terms()),
            sections: found
                .value
                .sections
                .iter()
                .map(|section| SectionHtml {
                    id: &section.id,
                    heading: html(&section.heading),
                    heading_text: &section.heading_text,
                    body: html(&section.body),
                    terms: notes(section.terms()),
                })
                .collect(),
        }
    }
}
