//! The site as an application that a browser can install (W3C Web Application Manifest).

use serde::Serialize;

use crate::model::routes;

use super::super::context::Context;
use super::super::icons::PAPER;
use super::to_json;

#[derive(Serialize)]
struct Manifest<'a> {
    /// The same in every language, so that it is one application.
    id: &'a str,
    name: &'a str,
    short_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    lang: &'a str,
    dir: &'a str,
    start_url: String,
    /// The whole site, so that changing the language does not leave it.
    scope: &'a str,
    display: &'a str,
    background_color: &'a str,
    theme_color: &'a str,
    icons: Vec<Icon>,
}

#[derive(Serialize)]
struct Icon {
    src: String,
    sizes: &'static str,
    #[serde(rename = "type")]
    media_type: &'static str,
    purpose: &'static str,
}

pub(in crate::render) fn manifest(context: Context<'_>) -> serde_json::Result<String> {
    let event = &context.website.event;
    let name = event.name.text(context.language);
    let root = context.base_url.link("/");
    let icon = |path, sizes, media_type, purpose| Icon {
        src: context.base_url.link(path),
        sizes,
        media_type,
        purpose,
    };
    let icons = || {
        vec![
            icon(routes::FAVICON, "any", "image/svg+xml", "any"),
            icon(routes::ICON_192, "192x192", "image/png", "any"),
            icon(routes::ICON_512, "512x512", "image/png", "any"),
            // Drawn with room around it, for systems that cut icons to a shape of their own.
            icon(routes::MASKABLE_ICON, "512x512", "image/png", "maskable"),
        ]
    };
    to_json(&Manifest {
        id: &root,
        name,
        short_name: name,
        description: event.description.as_ref().map(|it| it.text(context.language)),
        lang: context.code(context.language),
        dir: &context.labels.language.direction,
        start_url: context.urls().page("/"),
        scope: &root,
        display: "minimal-ui",
        background_color: PAPER,
        theme_color: PAPER,
        icons: event.emblem.is_some().then(icons).unwrap_or_default(),
    })
}
