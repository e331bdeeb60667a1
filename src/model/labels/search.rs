//! The words of the search page.

use schemars::JsonSchema;
use serde::Deserialize;

/// The search page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchLabels {
    /// Its title.
    #[schemars(example = &"Search")]
    pub title: String,
    /// What a search result of the web says of it.
    #[schemars(
        example = &"Search the eleven projects of the day, the recap, the topics and the glossary, by any part of a word, in Korean and English."
    )]
    pub description: String,
    /// A sentence under the title.
    #[schemars(example = &"Projects, figures, terms and the recap, in Korean and English.")]
    pub standfirst: String,
    /// What the field is for.
    #[schemars(example = &"Look for")]
    pub label: String,
    /// The button.
    #[schemars(example = &"Search")]
    pub button: String,
    /// How one may ask.
    #[schemars(example = &"Part of a word is enough. Several words are all looked for.")]
    pub hint: String,
    /// The title of an answer: `{q}` is what was asked.
    #[schemars(example = &"Search for “{q}”")]
    pub result_title: String,
    /// How much was found: `{q}` and `{n}`.
    #[schemars(example = &"Results for “{q}”: {n}")]
    pub count: String,
    /// What is said where nothing was found: `{q}`.
    #[schemars(
        example = &"Nothing here matches “{q}”. Try fewer or other words, or look through the programme."
    )]
    pub none: String,
    /// What is said where no text holds all words.
    #[schemars(example = &"No text has all of the words; these have some.")]
    pub some: String,
    /// What is said where not all can be shown: `{n}` are.
    #[schemars(example = &"The first {n} are shown.")]
    pub first: String,
    /// What is said of too long a question.
    #[schemars(example = &"The question is long; only its beginning was looked for.")]
    pub cut: String,
    /// The way on from an empty result.
    #[schemars(example = &"See all projects")]
    pub programme: String,
    /// What readers without JavaScript need to know where no server answers.
    #[schemars(
        example = &"Where this site stands as plain files, searching needs JavaScript."
    )]
    pub files: String,
    /// The kind of a result: a project.
    #[schemars(example = &"Project")]
    pub project: String,
    /// The kind of a result: a topic.
    #[schemars(example = &"Topic")]
    pub topic: String,
    /// The kind of a result: a term.
    #[schemars(example = &"Term")]
    pub term: String,
}
