//! The search page.

use askama::Template;

use super::{Card, Frame, Site, Subject};
use crate::language::LanguageId;
use crate::model::SearchLabels;
use crate::render::search::{INDEX, PATH, Slots, kinds};

/// The page with the form, with or without an answer.
#[derive(Debug, Template)]
#[template(path = "search.html")]
pub(in crate::render) struct SearchForm<'a> {
    /// What stands around it.
    pub(in crate::render) frame: Frame<'a>,
    cards: Vec<Card<'a>>,
    labels: &'a SearchLabels,
    action: String,
    index: String,
    programme: String,
    /// The title of an answer with its place for the question, for the script.
    result_title: String,
    /// The names of the kinds of pages, a line each.
    kinds: String,
    /// Whether nothing was asked.
    is_plain: bool,
    slots: Slots,
}

impl<'a> SearchForm<'a> {
    /// The page in a language.
    #[must_use]
    pub(in crate::render) fn new(
        site: Site<'a>,
        language: LanguageId,
        subject: &Subject,
        slots: Slots,
    ) -> Self {
        let website = site.website;
        let all = website.labels(language);
        let addresses = site.addresses(language);
        let brand = website.event.name.text(language);
        let title = all.site.title.replace("{title}", &all.search.result_title);
        Self {
            frame: Frame::new(site, language, subject),
            cards: Card::row(site, language),
            labels: &all.search,
            action: addresses.page(PATH),
            index: site.place.link(INDEX),
            programme: addresses.page("/projects/"),
            result_title: title.replace("{site}", brand),
            kinds: kinds(site, language).join("\n"),
            is_plain: slots.results.is_empty(),
            slots,
        }
    }
}
