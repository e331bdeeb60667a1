//! What is drawn of facts: figures, and steps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::examples::{ID, both, figure};
use crate::language::Localized;
use crate::quantity::Quantity;

/// A typed figure; every language words it by its own rules.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields, example = figure())]
pub struct Figure {
    /// Its name in links, unique in the file: ASCII, lower case, hyphens.
    #[schemars(regex(pattern = ID), example = &"free-seats")]
    pub id: String,
    #[serde(flatten)]
    pub quantity: Quantity,
    /// What is counted.
    #[schemars(example = both("der Plätze frei", "of the seats free"))]
    pub label: Localized<String>,
    /// The rest of a sentence that begins with the bare number.
    #[schemars(example = both("Menschen füllten den Saal", "people filled the room"))]
    pub sentence: Option<Localized<String>>,
    /// What had been announced, for comparison.
    #[schemars(example = 9)]
    pub announced: Option<u32>,
    /// Who said it.
    #[serde(default)]
    #[schemars(example = &"reporter")]
    pub said_by: SaidBy,
    /// How it is drawn large; one figure of a project at most.
    #[schemars(example = &"discs")]
    pub drawing: Option<Drawing>,
}

/// Who a figure comes from.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum SaidBy {
    /// The presenter.
    #[default]
    Speaker,
    /// The project, without a named person.
    Project,
    /// The reporter.
    Reporter,
}

/// How a figure is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Drawing {
    /// A hundred discs, of which the percentage is set apart.
    Discs,
    /// Bars that grow by the percentage a year.
    Growth,
    /// A dot for each one counted.
    Dots,
    /// Bars, one for each counted, against what was announced.
    Bars,
    /// Quarter discs.
    Quarters,
    /// The cities of the series.
    Cities,
}

/// How it works, step by step.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Steps {
    /// The heading.
    #[schemars(example = both("Vom Fahrplan zum Zug", "From timetable to train"))]
    pub title: Localized<String>,
    /// The steps in order.
    pub items: Vec<Step>,
    /// How they are drawn large: three to eight stations, each with a line that runs on through those that follow.
    #[schemars(example = &"stations")]
    pub drawing: Option<StepsDrawing>,
    /// What the drawing shows, in a sentence.
    #[schemars(example = both("Jede Linie ist ein Halt.", "Each line is one stop."))]
    pub caption: Option<Localized<String>>,
}

/// How steps are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepsDrawing {
    /// A station for each step, and from each of them a line that runs on through all that follow.
    Stations,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Step {
    /// A few words.
    #[schemars(example = both("Gleis prüfen", "Check the track"))]
    pub title: Localized<String>,
    /// One sentence.
    #[schemars(example = both("Jemand geht die Strecke ab.", "Somebody walks the line."))]
    pub text: Localized<String>,
}
