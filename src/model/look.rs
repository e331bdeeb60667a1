//! How a site looks, as far as that is its own.

use schemars::JsonSchema;
use serde::Deserialize;

use super::examples::INKS;
use super::link::Picture;

/// How the site looks.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Look {
    /// Its two inks: `vermilion-indigo`, `rose-pine`, `marigold-aubergine`, `teal-oxblood`, `cobalt-umber`, `leaf-plum`,
    /// `orchid-petrol`, or the colours of both on light paper, the lighter first; all others are mixed from them.
    #[schemars(regex(pattern = INKS), example = &"teal-oxblood", example = &"#0a8f8a #88141d")]
    pub inks: Option<String>,
    /// A font file (TrueType outlines, not a collection) for the letters of the site; what it lacks is set in the
    /// program's own, which has Latin and Hangul.
    #[schemars(length(min = 1), example = &"media/fonts/Example.ttf")]
    pub font: Option<String>,
    /// A file of media/ that stands at the head of every page for emblem and name; a drawing of one colour is shown in
    /// that of the text.
    #[schemars(example = &"media/logo.svg")]
    pub logo: Option<Picture>,
    /// Whether what has no drawing of its own gets an emblem.
    #[schemars(example = &"none")]
    pub emblems: Emblems,
}

/// What is drawn where no drawing is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Emblems {
    /// Two forms over each other.
    #[default]
    Generated,
    /// Nothing.
    None,
}
