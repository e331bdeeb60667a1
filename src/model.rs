//! The checked website: everything the pages say, in types that cannot hold a mistake.
//!
//! Only `content` makes a [`Website`], and only from content without errors, so that whatever
//! comes after may rely on it: links lead somewhere, languages exist, figures have words.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::language::{LanguageId, Languages, Localized};
use crate::quantity::Quantity;

mod labels;
mod prose;
pub mod routes;
mod texts;

pub use labels::{
    AboutLabels, GlossaryLabels, HomeLabels, Labels, LanguageLabels, ListLabels, MachineLabels,
    MovedLabels, NotFoundLabels, ProjectLabels, SearchLabels, ShareLabels, SiteLabels, TopicLabels,
};
pub use prose::{LinkTarget, Markup, Prose, Section};
pub use texts::Text;

/// The whole site's content.
#[derive(Clone, Debug, PartialEq)]
pub struct Website {
    /// The languages, the site's own first.
    pub languages: Languages,
    /// The interface's words, one set a language, in the order of the languages.
    pub labels: Vec<Labels>,
    /// The event.
    pub event: Event,
    /// The article of the day.
    pub recap: Localized<Prose>,
    /// Sources and method.
    pub about: Localized<Prose>,
    /// The topics, in the order of their file.
    pub topics: Vec<Topic>,
    /// The glossary, in the order of its file.
    pub glossary: Vec<Term>,
    /// The projects in the order of the programme.
    pub projects: Vec<Arc<Project>>,
    /// The pictures that texts show, by their path from the content folder.
    pub pictures: BTreeMap<String, Arc<[u8]>>,
}

impl Website {
    /// The interface's words in a language.
    pub fn labels(&self, language: LanguageId) -> &Labels {
        &self.labels[language.index()]
    }

    /// A topic by its id; the ids that projects carry were checked.
    pub fn topic(&self, id: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// The projects that carry a topic, in the order of the programme.
    pub fn projects_of<'a>(&'a self, topic: &'a str) -> impl Iterator<Item = &'a Project> {
        self.projects
            .iter()
            .map(AsRef::as_ref)
            .filter(move |project: &&Project| project.topics.iter().any(|id| id == topic))
    }

    /// The projects that are published: all but drafts, which only a preview holds at all.
    pub fn published(&self) -> impl Iterator<Item = &Project> {
        self.projects
            .iter()
            .map(AsRef::as_ref)
            .filter(|project: &&Project| !project.draft)
    }

    /// The day on which anything that readers see last changed.
    pub fn updated(&self) -> Date {
        let days = self.published().map(|project| project.updated);
        days.fold(self.event.updated, Date::max)
    }
}

/// The meetup.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name.
    pub name: Localized<String>,
    /// The part of the name that is lettered large.
    pub lettering: Option<String>,
    /// What kind of event it was.
    pub kind: Localized<String>,
    /// The title of the first page.
    pub title: Localized<String>,
    /// What a search result says of the first page.
    pub description: Localized<String>,
    /// The headline of the recap.
    pub headline: Localized<String>,
    /// The sentences under it.
    pub standfirst: Localized<String>,
    /// The day.
    pub date: Date,
    /// The city.
    pub city: Localized<String>,
    /// The country.
    pub country: Localized<String>,
    /// The house.
    pub venue: Localized<String>,
    /// Who invited.
    pub host: Localized<String>,
    /// The meetups of the series, in order; one without a date is planned.
    pub series: Vec<Stop>,
    /// The figures of the day.
    pub figures: Vec<Figure>,
    /// The id of the recap's section that is set apart.
    pub aside: Option<String>,
    /// The day on which the content last changed.
    pub updated: Date,
    /// Where the site is published, with a slash at the end.
    pub site_url: Option<String>,
    /// Where a content file can be edited; the file's path is put behind it.
    pub source_url: Option<String>,
    /// Its emblem: a checked SVG drawing.
    pub emblem: Option<String>,
    /// Where corrections go: a `mailto:` or `https:` address.
    pub contact: Option<String>,
}

/// One meetup of the series.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The city.
    pub city: Localized<String>,
    /// The country.
    pub country: Localized<String>,
    /// The day, if it is fixed.
    pub date: Option<Date>,
    /// A few words.
    pub note: Localized<String>,
}

impl Project {
    /// The path of its page, without a language.
    pub fn path(&self) -> String {
        routes::project(&self.slug)
    }

    /// The path of its page as data, without a language.
    pub fn json_path(&self) -> String {
        routes::project_json(&self.slug)
    }

    /// The path of its page as Markdown, without a language.
    pub fn markdown_path(&self) -> String {
        routes::project_markdown(&self.slug)
    }
}

impl Topic {
    /// The path of its page, without a language.
    pub fn path(&self) -> String {
        routes::topic(&self.id)
    }
}

/// A subject that several projects share.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// Its name in URLs.
    pub id: String,
    /// Its name.
    pub name: Localized<String>,
    /// One sentence.
    pub text: Localized<String>,
}

/// A term of the glossary.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Its name in URLs.
    pub id: String,
    /// The term.
    pub name: Localized<String>,
    /// What it means.
    pub text: Localized<String>,
}

/// A project as it was presented.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// Its name in URLs, and of its folder.
    pub slug: String,
    /// Its place in the programme, from 1.
    pub order: u32,
    /// Its name.
    pub name: Localized<String>,
    /// Its full name, the same in every language.
    pub long_name: Option<String>,
    /// Who presented it; nobody where the report names nobody.
    pub speakers: Vec<Speaker>,
    /// The ids of its topics.
    pub topics: Vec<String>,
    /// One line.
    pub tagline: Localized<String>,
    /// The heart of the claim in a sentence or two.
    pub standfirst: Localized<String>,
    /// The Hangul letter of its sheet.
    pub syllable: Option<Syllable>,
    /// The claim in four short texts.
    pub glance: Glance,
    /// Its cells in the comparison.
    pub compare: Comparison,
    /// The figures named in its talk.
    pub figures: Vec<Figure>,
    /// How it works, step by step.
    pub steps: Option<Steps>,
    /// The write-up.
    pub prose: Localized<Prose>,
    /// Its emblem: a checked SVG drawing.
    pub emblem: Option<String>,
    /// Paths at which the page was before.
    pub aliases: Vec<String>,
    /// Whether only a preview shows it.
    pub draft: bool,
    /// The day on which its content last changed.
    pub updated: Date,
}

/// Somebody who presented.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// The name.
    pub name: Localized<String>,
    /// What they do.
    pub role: Localized<String>,
    /// Whether the Latin spelling is this site's reading of the Korean.
    pub romanised: bool,
}

/// A Hangul syllable, the site's own emblem for a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Syllable {
    /// The syllable.
    pub text: String,
    /// How it is read, in Latin letters.
    pub reading: String,
    /// What it means.
    pub meaning: Localized<String>,
}

/// A project in four short texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Glance {
    /// What is wrong, as the presenter sees it.
    pub problem: Localized<String>,
    /// What the project would do.
    pub idea: Localized<String>,
    /// Why on a blockchain.
    pub why: Localized<String>,
    /// For whom.
    pub audience: Localized<String>,
}

/// A project's cells in the comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What goes on the chain.
    pub on_chain: Localized<String>,
    /// Who is paid.
    pub paid: Localized<String>,
}

/// A figure with what it counts and who said it.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its name in fragments, unique on its page.
    pub id: String,
    /// The typed figure.
    pub quantity: Quantity,
    /// What is counted.
    pub label: Localized<String>,
    /// The rest of a sentence that begins with the bare number.
    pub sentence: Option<Localized<String>>,
    /// What had been announced, for comparison.
    pub announced: Option<u32>,
    /// Who said it.
    pub said_by: SaidBy,
    /// How it is drawn large, if it is.
    pub drawing: Option<Drawing>,
}

/// Who a figure comes from.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Deserialize,
    serde::Serialize,
    schemars::JsonSchema,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
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

/// How a project works, step by step.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// The heading.
    pub title: Localized<String>,
    /// The steps in order.
    pub items: Vec<Step>,
    /// How they are drawn large; otherwise as marks on a line.
    pub drawing: Option<StepsDrawing>,
    /// What the drawing shows, in a sentence.
    pub caption: Option<Localized<String>>,
}

/// How steps are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StepsDrawing {
    /// A station for each step, and from each of them a line that runs on through all that follow.
    Stations,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// A few words.
    pub title: Localized<String>,
    /// One sentence.
    pub text: Localized<String>,
}
