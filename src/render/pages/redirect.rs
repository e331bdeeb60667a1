//! The page that stands at an old path in an export, where no server redirects.
//!
//! The script leads on and keeps the fragment. The refresh is for browsers without scripts alone, so that the two do
//! not race: a refresh knows no fragment, and would overtake the script's step.

use askama::Template;

use super::super::page_policy;
use super::Context;
use crate::language::fill;
use crate::model::routes;

/// Leads on to a page.
#[derive(Template)]
#[template(path = "redirect.html")]
pub(in crate::render) struct RedirectPage<'a> {
    lang: &'a str,
    policy: String,
    /// The direction in which the language is written.
    direction: &'a str,
    heading: &'a str,
    link: String,
    title: &'a str,
    href: String,
    canonical: String,
    stylesheet: String,
    script: String,
    icon: String,
}

impl<'a> RedirectPage<'a> {
    pub(in crate::render) fn new(context: Context<'a>, title: &'a str, path: &str) -> Self {
        let labels = context.labels;
        let link = |path: &str| context.base_url.link(path);
        Self {
            lang: context.code(context.language),
            policy: page_policy(&[]),
            direction: &labels.language.direction,
            heading: &labels.moved.title,
            link: fill(&labels.moved.link, &[("title", title)]),
            title,
            href: context.urls().page(path),
            canonical: context.urls().absolute(path),
            stylesheet: link(&context.assets.stylesheet),
            script: link(&context.assets.redirect_script),
            icon: link(routes::FAVICON),
        }
    }
}
