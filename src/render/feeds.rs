//! The same content for programs, beside the pages.
//!
//! 1. [`json_ld`] is what every page tells search engines in its head.
//! 2. [`atom`] is the news, [`calendar`] the meetup, [`manifest`] the site as an application.
//! 3. [`json`] is the content as JSON, [`markdown`] a project's page as text.
//! 4. [`sitemap`] lists the pages, once all of them are known.
//!
//! None of them holds a draft, and dates come from the content, never from the clock.

use serde::Serialize;

use super::context::Context;
use crate::language::fill;

pub(super) mod atom;
pub(super) mod calendar;
pub(super) mod json;
pub(super) mod json_ld;
pub(super) mod manifest;
pub(super) mod markdown;
pub(super) mod sitemap;

/// Who wrote the texts: the site, since no person is named.
fn author(context: Context<'_>) -> String {
    let event = context.website.event.name.text(context.language);
    fill(&context.labels.machines.author, &[("event", event)])
}

fn to_json(file: &impl Serialize) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(file)? + "\n")
}
