//! A write-up as it stands in a page: its links lead somewhere, and its terms are explained.

use std::cell::Cell;

use super::context::Context;
use super::figures::{self, Owner};
use super::localized_text::LocalizedText;
use crate::language::Localized;
use crate::model::{Markup, Prose, Shown, routes};

#[derive(Clone, Debug)]
pub(super) struct Article<'a> {
    /// The language it is in, where that is not the page's.
    pub lang: Option<&'a str>,
    /// What stands before the first heading.
    pub intro: String,
    /// The terms to explain beside that.
    pub terms: Vec<TermNote<'a>>,
    pub sections: Vec<SectionHtml<'a>>,
}

#[derive(Clone, Debug)]
pub(super) struct SectionHtml<'a> {
    /// The fragment by which it can be linked.
    pub id: &'a str,
    pub heading: String,
    pub heading_text: &'a str,
    pub body: String,
    /// The terms to explain beside it.
    pub terms: Vec<TermNote<'a>>,
}

#[derive(Clone, Debug)]
pub(super) struct TermNote<'a> {
    pub name: LocalizedText<'a>,
    pub text: LocalizedText<'a>,
    /// Its place in the glossary.
    pub href: String,
}

impl<'a> Article<'a> {
    /// Writes the links of a text, and explains each term where it occurs first.
    pub(super) fn new(
        context: Context<'a>,
        prose: &'a Localized<Prose>,
        owner: &Owner<'a>,
    ) -> Self {
        let found = prose.get(context.language);
        let urls = context.urls();
        let seen = Cell::new(0);
        let show = |shown: &Shown| figures::figure(context, shown, owner, &seen);
        let html = |html: &Markup| html.to_html(|target| urls.target(target), show);
        let mut explained: Vec<&str> = Vec::new();
        let mut notes = |ids: &mut dyn Iterator<Item = &'a str>| {
            let mut notes = Vec::new();
            for id in ids {
                let Some(term) = context.website.term(id) else {
                    continue;
                };
                if !explained.contains(&id) {
                    explained.push(id);
                    notes.push(TermNote {
                        name: context.text(&term.name),
                        text: context.text(&term.text),
                        href: urls.page(&routes::term(id)),
                    });
                }
            }
            notes
        };
        let sections = found.value.sections.iter();
        Self {
            lang: (found.language != context.language).then(|| context.code(found.language)),
            intro: html(&found.value.intro),
            terms: notes(&mut found.value.intro.terms()),
            sections: sections
                .map(|section| SectionHtml {
                    id: &section.id,
                    heading: html(&section.heading),
                    heading_text: &section.heading_text,
                    body: html(&section.body),
                    terms: notes(&mut section.terms()),
                })
                .collect(),
        }
    }
}
