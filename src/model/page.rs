//! Pages beside the event's own parts: sources and method, a code of conduct, the way there.

use schemars::JsonSchema;
use serde::Deserialize;

use super::examples::both;
use super::prose::Prose;
use super::{Text, routes};
use crate::language::Localized;

/// `pages/<slug>/page.yaml`: a page at `/<slug>/`.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Page {
    /// Its name in URLs, and of its folder.
    #[serde(skip)]
    pub slug: String,
    /// The title.
    #[schemars(example = both("Verhaltensregeln", "Code of conduct"))]
    pub title: Localized<String>,
    /// A sentence beside the title.
    #[schemars(example = both("Damit sich alle wohlfühlen.", "So that everybody feels well."))]
    pub standfirst: Option<Localized<String>>,
    /// What a search result says of it: 50 to 160 columns; a Hangul letter takes two.
    #[schemars(example = both("Wie wir miteinander umgehen, und wer hilft.", "How we treat one another, and whom to ask for help."))]
    pub description: Option<Localized<String>>,
    /// Paths at which the page was before, such as /conduct/.
    #[serde(default)]
    #[schemars(length(max = 50), example = ["/conduct/"])]
    pub aliases: Vec<String>,
    #[serde(skip)]
    pub text: Option<Localized<Prose>>,
}

impl Page {
    /// The folder that its files are in.
    pub fn folder(&self) -> String {
        format!("pages/{}", self.slug)
    }

    /// Its path, without a language.
    pub fn path(&self) -> String {
        routes::page(&self.slug)
    }

    /// What stands beside the title: the standfirst or, where there is none, the description.
    pub fn summary(&self) -> Option<&Localized<String>> {
        self.standfirst.as_ref().or(self.description.as_ref())
    }

    pub fn texts(&self) -> Vec<Text<'_>> {
        let mut texts = vec![Text::Title(&self.title)];
        texts.extend(self.summary().map(Text::Lead));
        texts.extend(self.text.as_ref().map(Text::Prose));
        texts
    }
}
