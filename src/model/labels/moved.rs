//! The words of a page that stands where another one was.

use schemars::JsonSchema;
use serde::Deserialize;

/// The page that stands where another one was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MovedLabels {
    /// Its heading.
    #[schemars(example = &"This page has moved")]
    pub title: String,
    /// The link to where the page is now: `{title}` is its title.
    #[schemars(example = &"Go to “{title}”")]
    pub link: String,
}
