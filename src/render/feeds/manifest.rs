//! The site as an application that a browser can install (W3C Web Application Manifest).

use serde::Serialize;

use super::super::context::Context;
use super::super::icons::PAPER;

/// The icons that the site has. One is drawn with room around it, for systems that cut icons to a shape of their own.
const ICONS: [Icon<'static>; 4] = [
    Icon {
        src: "/favicon.svg",
        sizes: "any",
        media_type: "image/svg+xml",
        purpose: "any",
    },
    Icon {
        src: "/icon-192.png",
        sizes: "192x192",
        media_type: "image/png",
        purpose: "any",
    },
    Icon {
        src: "/icon-512.png",
        sizes: "512x512",
        media_type: "image/png",
        purpose: "any",
    },
    Icon {
        src: "/icon-maskable-512.png",
        sizes: "512x512",
        media_type: "image/png",
        purpose: "maskable",
    },
];

/// The colour of the paper, as in the stylesheet.

#[derive(Serialize)]
struct Manifest<'a> {
    /// The same in every language, so that it is one application.
    id: String,
    name: &'a str,
    short_name: &'a str,
    description: &'a str,
    lang: &'a str,
    dir: &'a str,
    start_url: String,
    /// The whole site, so that changing the language does not leave it.
    scope: String,
    display: &'a str,
    background_color: &'a str,
    theme_color: &'a str,
    icons: Vec<LinkedIcon<'a>>,
}

struct Icon<'a> {
    /// The path.
    src: &'a str,
    /// The size in pixels, such as `192x192`, or `any`.
    sizes: &'a str,
    media_type: &'a str,
    /// `any`, or `maskable`.
    purpose: &'a str,
}

#[derive(Serialize)]
struct LinkedIcon<'a> {
    src: String,
    sizes: &'a str,
    #[serde(rename = "type")]
    media_type: &'a str,
    purpose: &'a str,
}

/// The manifest of a language.
///
/// # Errors
///
/// Where the writing of JSON fails, which would be a mistake in the program.
pub(in crate::render) fn manifest(context: Context<'_>) -> anyhow::Result<String> {
    let event = &context.website.event;
    let root = context.base_url.link("/");
    let manifest = Manifest {
        id: root.clone(),
        name: event.name.text(context.language),
        short_name: event.name.text(context.language),
        description: event.description.text(context.language),
        lang: context.code(context.language),
        dir: &context.labels.language.direction,
        start_url: context.urls().page("/"),
        scope: root,
        display: "minimal-ui",
        background_color: PAPER,
        theme_color: PAPER,
        icons: icons(context),
    };
    let mut text = serde_json::to_string_pretty(&manifest)?;
    text.push('\n');
    Ok(text)
}

/// The icons come from the event's emblem: none without it.
fn icons(context: Context<'_>) -> Vec<LinkedIcon<'static>> {
    if context.website.event.emblem.is_none() {
        return Vec::new();
    }
    let icons = ICONS.iter().map(|icon| LinkedIcon {
        src: context.base_url.link(icon.src),
        sizes: icon.sizes,
        media_type: icon.media_type,
        purpose: icon.purpose,
    });
    icons.collect()
}
