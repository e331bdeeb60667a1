//! The words of the files for machines.

use schemars::JsonSchema;
use serde::Deserialize;

/// Feed, calendar and data: what their links say, and what they say of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MachineLabels {
    /// The name of the list of links.
    #[schemars(example = &"Subscriptions and data")]
    pub title: String,
    /// The link to the feed.
    #[schemars(example = &"News feed (Atom)")]
    pub feed: String,
    /// The link to the calendar file.
    #[schemars(example = &"Calendar (iCalendar)")]
    pub calendar: String,
    /// The link to the facts of all projects.
    #[schemars(example = &"All projects (JSON)")]
    pub projects: String,
    /// The link to a page's facts.
    #[schemars(example = &"This page (JSON)")]
    pub data: String,
    /// The link to a page as text.
    #[schemars(example = &"This page (Markdown)")]
    pub markdown: String,
    /// Who wrote the texts, as feeds and search engines want it named: `{event}`.
    #[schemars(example = &"The record of {event}")]
    pub author: String,
}
