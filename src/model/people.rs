//! People: those who have a folder and so a page, and those whom an entry names in place.

use std::iter;

use schemars::JsonSchema;
use serde::Deserialize;

use super::examples::both;
use super::link::{Link, Picture};
use super::prose::Prose;
use super::{Text, routes};
use crate::language::Localized;

/// `people/<slug>/person.yaml`: somebody who has a page.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Person {
    /// Their id: the name of the folder, and in URLs.
    #[serde(skip)]
    pub slug: String,
    #[serde(flatten)]
    pub who: Speaker,
    /// A portrait: a file beside this one, or one of media/.
    #[schemars(example = &"ann.jpg")]
    pub photo: Option<Picture>,
    /// Paths at which the page was before, such as /people/old-name/.
    #[serde(default)]
    #[schemars(length(max = 50), example = ["/people/old-name/"])]
    pub aliases: Vec<String>,
    #[serde(skip)]
    pub bio: Option<Localized<Prose>>,
    /// Whether only a preview shows them, since all that they presented are drafts.
    #[serde(skip)]
    pub is_draft: bool,
}

/// Somebody who presented.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Speaker {
    /// The name.
    #[schemars(example = both("Ann Beispiel", "Ann Example"))]
    pub name: Localized<String>,
    /// What they do.
    #[schemars(example = both("Ingenieurin", "engineer"))]
    pub role: Option<Localized<String>>,
    /// For whom they do it.
    #[schemars(example = both("Beispiel GmbH", "Example Ltd"))]
    pub organisation: Option<Localized<String>>,
    /// How they are spoken of.
    #[schemars(example = &"she/her")]
    pub pronouns: Option<Localized<String>>,
    /// Where else they are to be found.
    #[serde(default)]
    pub links: Vec<Link>,
    /// Whether the Latin spelling is our own reading of the name.
    #[serde(default)]
    #[schemars(example = false)]
    pub romanised: bool,
}

/// Who presented: somebody of people/, by the name of their folder, or somebody in place.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(example = &"ann-example")]
pub enum SpeakerRef {
    /// The id of a person.
    Id(#[schemars(length(min = 1))] String),
    /// Somebody without a page.
    InPlace(Speaker),
}

impl SpeakerRef {
    pub fn id(&self) -> Option<&str> {
        match self {
            Self::Id(id) => Some(id),
            Self::InPlace(_) => None,
        }
    }
}

impl Speaker {
    /// What they do or, where that is not said, for whom.
    pub fn occupation(&self) -> Option<&Localized<String>> {
        self.role.as_ref().or(self.organisation.as_ref())
    }

    /// What is said of them beside the name.
    pub fn details(&self) -> impl Iterator<Item = &Localized<String>> {
        let facts = [&self.role, &self.organisation, &self.pronouns].into_iter();
        let links = self.links.iter().map(|it| &it.title);
        facts.flatten().chain(links)
    }
}

impl Person {
    /// The folder that their files are in.
    pub fn folder(&self) -> String {
        format!("people/{}", self.slug)
    }

    /// The path of their page, without a language.
    pub fn path(&self) -> String {
        routes::person(&self.slug)
    }

    pub fn texts(&self) -> Vec<Text<'_>> {
        let name = iter::once(Text::Title(&self.who.name));
        let texts = name.chain(self.who.details().map(Text::Lead));
        texts.chain(self.bio.as_ref().map(Text::Prose)).collect()
    }
}
