//! The search page.

use askama::Template;

use super::{Context, Layout, PageMeta, ProjectSummary};
use crate::model::SearchLabels;
use crate::render::search::{INDEX, PATH, Placeholders, kinds};

/// The page with the form, with or without an answer.
#[derive(Debug, Template)]
#[template(path = "search.html")]
pub(in crate::render) struct SearchForm<'a> {
    /// What stands around it.
    pub(in crate::render) layout: Layout<'a>,
    projects: Vec<ProjectSummary<'a>>,
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
    placeholders: Placeholders,
}

impl<'a> SearchForm<'a> {
    /// The page in a language.
    pub(in crate::render) fn new(
        context: Context<'a>,
        meta: &PageMeta,
        placeholders: Placeholders,
    ) -> Self {
        let website = context.website;
        let all = context.labels;
        let urls = context.urls();
        let brand = website.event.name.text(context.language);
        let title = all.site.title.replace("{title}", &all.search.result_title);
        Self {
            layout: Layout::new(context, meta),
            projects: ProjectSummary::row(context),
            labels: &all.search,
            action: urls.page(PATH),
            index: context.base_url.link(INDEX),
            programme: urls.page("/projects/"),
            result_title: title.replace("{site}", brand),
            kinds: kinds(context).join("\n"),
            is_plain: placeholders.results.is_empty(),
            placeholders,
        }
    }
}
