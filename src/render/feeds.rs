//! The same content for programs, beside the pages.
//!
//! 1. [`json_ld`] is what every page tells search engines in its head.
//! 2. [`atom`] is the news, [`calendar`] the meetup and each of its hours, [`manifest`] the site as an application.
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

/// What is at a path, for ever: whatever the site's address, the project's place in it and the date come to be.
fn urn(context: Context<'_>, path: &str) -> String {
    let (id, code) = (&context.website.event.id, context.code(context.language));
    let hash = blake3::hash(format!("{id}/{code}{path}").as_bytes());
    // RFC 9562, section 5.8: made in a way of our own.
    let mut bytes = *hash.as_bytes();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let parts = [0..4, 4..6, 6..8, 8..10, 10..16];
    let hex = |byte: &u8| format!("{byte:02x}");
    let parts = parts.map(|it| bytes[it].iter().map(hex).collect::<String>());
    format!("urn:uuid:{}", parts.join("-"))
}

fn to_json(file: &impl Serialize) -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(file)? + "\n")
}
