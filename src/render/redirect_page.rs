//! The page that stands at an old path in an export, where no server redirects.
//!
//! The script leads on and keeps the fragment. The refresh is for browsers without scripts alone, so that the two do
//! not race: a refresh knows no fragment, and would overtake the script's step.

use askama::Template;

use super::layout::Context;
use crate::model::Project;

/// Leads on to a project's page.
#[derive(Template)]
#[template(path = "redirect.html")]
pub(super) struct RedirectPage<'a> {
    /// The language's code.
    lang: &'a str,
    /// The direction in which the language is written.
    direction: &'a str,
    /// The heading.
    heading: &'a str,
    /// The words of the link.
    link: String,
    /// The title of the page it leads to.
    title: &'a str,
    /// Where the page is now, as a link.
    href: String,
    /// Its absolute address.
    canonical: String,
    /// The stylesheet.
    stylesheet: String,
    /// The script that leads on.
    script: String,
    /// The emblem for browser tabs.
    icon: String,
}

impl<'a> RedirectPage<'a> {
    /// The page that leads to a project.
    pub(super) fn new(context: Context<'a>, project: &'a Project) -> Self {
        let website = context.website;
        let labels = context.labels;
        let title = project.name.text(context.language);
        let path = format!(
            "{}/projects/{}/",
            website.languages.prefix(context.language),
            project.slug
        );
        Self {
            lang: context.code(context.language),
            direction: &labels.language.direction,
            heading: &labels.moved.title,
            link: labels.moved.link.replace("{title}", title),
            title,
            href: context.base_url.link(&path),
            canonical: context.base_url.absolute(&path),
            stylesheet: context.base_url.link(context.stylesheet),
            script: context.base_url.link(context.redirect_script),
            icon: context.base_url.link("/favicon.svg"),
        }
    }
}
