//! Who paid.

use std::iter;

use schemars::JsonSchema;
use serde::Deserialize;

use super::Text;
use super::examples::{ADDRESS, both};
use super::link::Picture;
use crate::language::Localized;

/// `sponsors.yaml`: who paid, those who paid most first.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Sponsors {
    /// The tiers in the order in which they are shown; the logos of the first are the largest.
    pub tiers: Vec<Tier>,
}

/// Sponsors who are shown alike.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Tier {
    /// What they are called.
    #[schemars(example = both("Hauptförderer", "Main sponsors"))]
    pub name: Localized<String>,
    /// The sponsors in the order in which they are shown.
    pub sponsors: Vec<Sponsor>,
}

/// Somebody who paid.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Sponsor {
    /// The name, shown where there is no logo.
    #[schemars(example = both("Beispiel GmbH", "Example Ltd"))]
    pub name: Localized<String>,
    /// Where the logo leads.
    #[schemars(regex(pattern = ADDRESS), example = &"https://example.org")]
    pub url: Option<String>,
    /// A file beside this one, or one of media/; a drawing of one colour is shown in that of the text.
    #[schemars(example = &"media/example.svg")]
    pub logo: Option<Picture>,
    /// A few words under it.
    #[schemars(example = both("Macht Beispiele.", "Makes examples."))]
    pub text: Option<Localized<String>>,
}

impl Tier {
    pub fn texts(&self) -> Vec<Text<'_>> {
        let sponsors = self.sponsors.iter();
        let of_sponsors = sponsors.flat_map(|it| iter::once(&it.name).chain(&it.text));
        let texts = iter::once(&self.name).chain(of_sponsors);
        texts.map(Text::Body).collect()
    }
}
