//! The page for an address that leads nowhere, or is asked in a way it does not answer.

use askama::Template;

use super::{Context, Layout, PageMeta, ProjectSummary};
use crate::model::routes;

#[derive(Debug, Template)]
#[template(path = "error.html")]
pub(in crate::render) struct ErrorPage<'a> {
    layout: Layout<'a>,
    digits: [char; 2],
    heading: &'a str,
    text: &'a str,
    search: String,
    projects: Vec<ProjectSummary<'a>>,
}

impl<'a> ErrorPage<'a> {
    pub(in crate::render) fn not_found(context: Context<'a>) -> Self {
        let labels = &context.labels.not_found;
        Self::new(context, ['4', '4'], &labels.title, &labels.text)
    }

    pub(in crate::render) fn method_not_allowed(context: Context<'a>) -> Self {
        let labels = &context.labels.not_found;
        let (title, text) = (&labels.method_title, &labels.method_text);
        Self::new(context, ['4', '5'], title, text)
    }

    fn new(context: Context<'a>, digits: [char; 2], heading: &'a str, text: &'a str) -> Self {
        Self {
            layout: Layout::new(context, PageMeta::error(context, heading, text)),
            digits,
            heading,
            text,
            search: context.urls().page(routes::SEARCH),
            projects: ProjectSummary::row(context),
        }
    }
}
