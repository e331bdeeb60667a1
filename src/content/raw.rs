//! What an editor writes: the files' types, in which everything may still lack or be wrong.
//!
//! The doc comments become the descriptions of the JSON Schemas, so they speak to editors.

use schemars::JsonSchema;
use serde::Deserialize;

use super::yaml::{At, Texts};
use crate::model::{Drawing, SaidBy};
use crate::quantity::{Bound, Period, Unit};

/// A text that must be there in every language.
pub(super) type Text = Option<At<Texts>>;
/// A plain word.
pub(super) type Word = Option<At<String>>;

/// `event.yaml`: the meetup and the site about it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    /// The event's name.
    pub(super) name: Text,
    /// The part of the name that is lettered large: Hangul syllables.
    pub(super) lettering: Word,
    /// What kind of event it was, in two words.
    pub(super) kind: Text,
    /// The title of the first page in browser tabs and search results: 60 columns at most.
    pub(super) title: Text,
    /// What a search result says of the site: 50 to 160 columns; a Hangul letter takes two.
    pub(super) description: Text,
    /// The headline of the recap.
    pub(super) headline: Text,
    /// The two or three sentences under it.
    pub(super) standfirst: Text,
    /// The day, such as 2018-06-17.
    pub(super) date: Word,
    /// The city.
    pub(super) city: Text,
    /// The country.
    pub(super) country: Text,
    /// The house in which it took place.
    pub(super) venue: Text,
    /// Who invited.
    pub(super) host: Text,
    /// The site's languages by their codes; the first is served at /, the others below /code/.
    pub(super) languages: Option<At<Vec<At<String>>>>,
    /// The meetups of the series in order; one without a date is planned.
    pub(super) series: Option<Vec<At<Stop>>>,
    /// The figures of the day.
    pub(super) figures: Option<Vec<At<Figure>>>,
    /// The id of the recap's section that is set apart.
    pub(super) slip: Word,
    /// The day on which the content last changed.
    pub(super) updated: Word,
    /// Where the site is published, such as <https://example.org/recap/>.
    pub(super) site_url: Word,
    /// Where content files can be edited; the file's path is put behind it.
    pub(super) source_url: Word,
    /// Where corrections go, such as <mailto:desk@example.org>.
    pub(super) contact: Word,
}

/// One meetup of the series.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Stop {
    /// The city.
    pub(super) city: Text,
    /// The country.
    pub(super) country: Text,
    /// The day; leave it out while it is not fixed.
    pub(super) date: Word,
    /// A few words.
    pub(super) note: Text,
}

/// `topics.yaml`: the subjects that projects may carry.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Topics {
    /// The topics in the order in which they are shown.
    pub(super) topics: Option<Vec<At<Entry>>>,
}

/// `glossary.yaml`: the terms that are explained.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Glossary {
    /// The terms in the order in which they are shown.
    pub(super) terms: Option<Vec<At<Entry>>>,
}

/// A topic or a term.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// Its name in URLs: ASCII, lower case, hyphens.
    pub(super) id: Word,
    /// Its name.
    pub(super) name: Text,
    /// What it is, in a few sentences.
    pub(super) text: Text,
}

/// `projects/<slug>/project.yaml`: the facts of a project, shared by all languages.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Project {
    /// The place in the programme, from 1.
    pub(super) order: Option<At<u32>>,
    /// The name.
    pub(super) name: Text,
    /// The full name in Latin letters, the same in every language.
    pub(super) long_name: Word,
    /// Who presented it; an empty list where nobody is named.
    pub(super) speakers: Option<Vec<At<Speaker>>>,
    /// The ids of one to three topics from topics.yaml.
    pub(super) topics: Option<At<Vec<At<String>>>>,
    /// One line, without a full stop.
    pub(super) tagline: Text,
    /// The heart of the claim in a sentence or two: 50 to 160 columns; a Hangul letter takes two.
    pub(super) standfirst: Text,
    /// The Hangul letter of the sheet.
    pub(super) syllable: Option<At<Syllable>>,
    /// The claim in four short texts.
    pub(super) glance: Option<At<Glance>>,
    /// The cells of the comparison.
    pub(super) compare: Option<At<Comparison>>,
    /// The figures named in the talk.
    pub(super) figures: Option<Vec<At<Figure>>>,
    /// How it works, step by step.
    pub(super) steps: Option<At<Steps>>,
    /// Paths at which the page was before, such as /projects/old-name/.
    pub(super) aliases: Option<Vec<At<String>>>,
    /// Whether only the preview shows it.
    pub(super) draft: Option<At<bool>>,
    /// The day on which its content last changed.
    pub(super) updated: Word,
}

/// Somebody who presented.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Speaker {
    /// The name.
    pub(super) name: Text,
    /// What they do.
    pub(super) role: Text,
    /// Whether the Latin spelling is our own reading of the Korean.
    pub(super) romanised: Option<At<bool>>,
}

/// A Hangul letter of the site's own choice.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Syllable {
    /// One syllable.
    pub(super) text: Word,
    /// How it is read, in Latin letters.
    pub(super) reading: Word,
    /// What it means.
    pub(super) meaning: Text,
}

/// The claim in four short texts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Glance {
    /// What is wrong, as the presenter sees it.
    pub(super) problem: Text,
    /// What the project would do.
    pub(super) idea: Text,
    /// Why on a blockchain.
    pub(super) why: Text,
    /// For whom.
    pub(super) audience: Text,
}

/// The cells of the comparison.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Comparison {
    /// What goes on the chain.
    pub(super) on_chain: Text,
    /// Who is paid.
    pub(super) paid: Text,
}

/// A typed figure; every language words it by its own rules.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Figure {
    /// Its name in links, unique in the file: ASCII, lower case, hyphens.
    pub(super) id: Word,
    /// The number, or use `from` and `to`.
    pub(super) value: Option<At<f64>>,
    /// The lower end of a range.
    pub(super) from: Option<At<f64>>,
    /// The upper end of a range.
    pub(super) to: Option<At<f64>>,
    /// What it counts.
    pub(super) unit: Option<At<Unit>>,
    /// How exact it is.
    pub(super) bound: Option<At<Bound>>,
    /// What span of time it is counted over.
    pub(super) period: Option<At<Period>>,
    /// The year it is forecast for.
    pub(super) by_year: Option<At<i16>>,
    /// What replaces the unit's word, such as the sign of a token.
    pub(super) symbol: Word,
    /// What is counted.
    pub(super) label: Text,
    /// The rest of a sentence that begins with the bare number.
    pub(super) sentence: Text,
    /// What had been announced, for comparison.
    pub(super) announced: Option<At<u32>>,
    /// Who said it.
    pub(super) said_by: Option<At<SaidBy>>,
    /// How it is drawn large; one figure of a project at most.
    pub(super) drawing: Option<At<Drawing>>,
}

/// How it works, step by step.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Steps {
    /// The heading.
    pub(super) title: Text,
    /// The steps in order.
    pub(super) items: Option<Vec<At<Step>>>,
}

/// One step.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// A few words.
    pub(super) title: Text,
    /// One sentence.
    pub(super) text: Text,
}
