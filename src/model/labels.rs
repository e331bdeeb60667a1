//! The interface's own words, one set a language, as they stand in `labels/<code>.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::quantity::{DateRules, NumberRules};

mod machines;
mod moved;
mod pages;
mod search;
mod share;

pub use machines::MachineLabels;
pub use moved::MovedLabels;
pub use pages::{
    AboutLabels, GlossaryLabels, HomeLabels, ListLabels, NotFoundLabels, ProjectLabels, TopicLabels,
};
pub use search::SearchLabels;
pub use share::ShareLabels;

/// The interface's words in one language, and its rules for numbers and dates.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// A language about itself.
    pub language: LanguageLabels,
    /// What stands on every page.
    pub site: SiteLabels,
    /// The first page.
    pub home: HomeLabels,
    /// A project's page.
    pub project: ProjectLabels,
    /// The comparison.
    pub list: ListLabels,
    /// The topics.
    pub topic: TopicLabels,
    /// The glossary.
    pub glossary: GlossaryLabels,
    /// Sources and method.
    pub about: AboutLabels,
    /// Passing a page on.
    pub share: ShareLabels,
    /// The search page.
    pub search: SearchLabels,
    /// The page for addresses that lead nowhere.
    pub not_found: NotFoundLabels,
    /// Feed, calendar and data.
    pub machines: MachineLabels,
    /// The page that stands where another one was.
    pub moved: MovedLabels,
    /// The rules for numbers and quantities.
    pub numbers: NumberRules,
    /// The rules for dates.
    pub dates: DateRules,
}

/// A language about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LanguageLabels {
    /// Its name for itself, such as 한국어.
    #[schemars(example = &"English")]
    pub name: String,
    /// Its locale as Open Graph writes it, such as `ko_KR`.
    #[schemars(example = &"en_GB")]
    pub locale: String,
    /// `ltr` or `rtl`.
    #[schemars(extend("enum" = ["ltr", "rtl"]), example = &"ltr")]
    pub direction: String,
}

/// What stands on every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteLabels {
    /// How a page's title is joined with the site's name: `{title}` and `{site}`.
    #[schemars(example = &"{title} · {site}")]
    pub title: String,
    /// The link past the navigation.
    #[schemars(example = &"Skip to the text")]
    pub skip: String,
    /// The name of the main navigation.
    #[schemars(example = &"Main navigation")]
    pub navigation: String,
    /// The name of the language switch.
    #[schemars(example = &"Language")]
    pub languages: String,
    /// The link to the first page.
    #[schemars(example = &"The day")]
    pub home: String,
    /// The link to the list.
    #[schemars(example = &"Projects")]
    pub projects: String,
    /// The link to the topics.
    #[schemars(example = &"Topics")]
    pub topics: String,
    /// The link to the glossary.
    #[schemars(example = &"Glossary")]
    pub glossary: String,
    /// The link to sources and method.
    #[schemars(example = &"About")]
    pub about: String,
    /// The link to the search.
    #[schemars(example = &"Search")]
    pub search: String,
    /// Whose words these are, for the foot of every page.
    #[schemars(example = &"Everything here is what the presenters said that day.")]
    pub claims: String,
    /// Whose the letters and emblems are, for the foot of every page.
    #[schemars(
        example = &"The letters and emblems are this site’s own; they are not marks of the event or of the projects."
    )]
    pub letters: String,
    /// The link to the page's source.
    #[schemars(example = &"Edit this page")]
    pub edit: String,
    /// The link by which a mistake is reported.
    #[schemars(example = &"Report a mistake")]
    pub correct: String,
    /// What is said once a link was copied.
    #[schemars(example = &"Link copied")]
    pub copied: String,
    /// The mark of a project that only a preview shows.
    #[schemars(example = &"Draft")]
    pub draft: String,
    /// The notice on a text that lacks in this language: `{language}` names the one shown.
    #[schemars(
        example = &"Not translated yet; shown in the language it was written in ({language})."
    )]
    pub fallback: String,
}
