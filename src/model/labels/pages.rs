//! The words of each kind of page.

use schemars::JsonSchema;
use serde::Deserialize;

/// The first page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HomeLabels {
    /// The number of projects on the poster: `{n}`.
    #[schemars(example = &"{n} projects")]
    pub count: String,
    /// The name of the grid of emblems.
    #[schemars(example = &"The emblems of the eleven projects")]
    pub emblems: String,
    /// The name of the key to the inks.
    #[schemars(example = &"What the two inks mean")]
    pub key: String,
    /// What indigo stands for.
    #[schemars(example = &"What existed")]
    pub existing: String,
    /// What vermilion stands for.
    #[schemars(example = &"What is proposed")]
    pub proposed: String,
    /// What the overprint stands for.
    #[schemars(example = &"Where they meet")]
    pub meeting: String,
    /// The heading of the day's figures.
    #[schemars(example = &"The day in figures")]
    pub figures: String,
    /// The heading of the programme.
    #[schemars(example = &"Programme")]
    pub programme: String,
    /// A sentence beside it.
    #[schemars(
        example = &"In the order of presentation, each with an emblem and a Hangul letter of this site’s making."
    )]
    pub programme_note: String,
    /// What the part set apart is called.
    #[schemars(example = &"A separate slip")]
    pub aside: String,
    /// The heading of the series.
    #[schemars(example = &"A meetup in three cities")]
    pub series: String,
    /// What stands in place of a date that is not fixed.
    #[schemars(example = &"No date yet")]
    pub planned: String,
    /// The heading of the ruler of large numbers.
    #[schemars(example = &"The day’s large numbers on one ruler")]
    pub ruler: String,
    /// How it is read.
    #[schemars(
        example = &"Each mark is ten times the one before: people and devices on one side, dollars on the other. All were said that day, and each is named with who said it."
    )]
    pub ruler_note: String,
    /// The name of its table.
    #[schemars(example = &"Read as a table")]
    pub ruler_table: String,
    /// Its side of people and devices.
    #[schemars(example = &"People and devices")]
    pub counted: String,
    /// Its side of dollars.
    #[schemars(example = &"Dollars")]
    pub dollars: String,
}

/// A project's page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectLabels {
    /// Its place in the programme: `{n}` and `{total}`.
    #[schemars(example = &"{n} of {total}")]
    pub place: String,
    /// The full name.
    #[schemars(example = &"Full name")]
    pub long_name: String,
    /// Who presented.
    #[schemars(example = &"Presented by")]
    pub speakers: String,
    /// How a presenter is named: `{name}` and `{role}`.
    #[schemars(example = &"{name}, {role}")]
    pub presenter: String,
    /// What stands where the report names nobody.
    #[schemars(example = &"The report names no speaker")]
    pub nobody: String,
    /// The note on a spelling: `{name}` as the report writes it.
    #[schemars(example = &"Spelling is this site’s reading of {name}.")]
    pub romanised: String,
    /// The Hangul letter of the sheet.
    #[schemars(example = &"Letter")]
    pub letter: String,
    /// How the letter is explained: `{text}`, `{reading}` and `{meaning}`.
    #[schemars(example = &"The letter of this sheet: {text} ({reading}), {meaning}")]
    pub syllable: String,
    /// The heading of the four short texts.
    #[schemars(example = &"At a glance")]
    pub glance: String,
    /// What is wrong.
    #[schemars(example = &"The problem")]
    pub problem: String,
    /// What the project would do.
    #[schemars(example = &"The idea")]
    pub idea: String,
    /// Why on a blockchain.
    #[schemars(example = &"Why a blockchain")]
    pub why: String,
    /// For whom.
    #[schemars(example = &"For whom")]
    pub audience: String,
    /// The heading of the figures.
    #[schemars(example = &"Numbers from the talk")]
    pub figures: String,
    /// The column of the number.
    #[schemars(example = &"Number")]
    pub figure: String,
    /// The column of what is counted.
    #[schemars(example = &"What it counts")]
    pub counts: String,
    /// The column of who said it.
    #[schemars(example = &"Who said it")]
    pub said_by: String,
    /// Said by the presenter.
    #[schemars(example = &"The presenter")]
    pub speaker: String,
    /// Said by the project.
    #[schemars(example = &"The project")]
    pub project: String,
    /// Said by the reporter.
    #[schemars(example = &"The reporter")]
    pub reporter: String,
    /// What is left of a hundred percent.
    #[schemars(example = &"The rest")]
    pub rest: String,
    /// The heading of the terms beside the text.
    #[schemars(example = &"Terms")]
    pub terms: String,
    /// The heading of the topics.
    #[schemars(example = &"Topics")]
    pub topics: String,
    /// The heading of projects that share a topic.
    #[schemars(example = &"On the same topics")]
    pub related: String,
    /// The name of the links to the neighbours.
    #[schemars(example = &"Previous and next project")]
    pub neighbours: String,
    /// The project before.
    #[schemars(example = &"Previous")]
    pub previous: String,
    /// The project after.
    #[schemars(example = &"Next")]
    pub next: String,
    /// Whose words the page reports.
    #[schemars(example = &"The figures and claims on this page are what was presented that day.")]
    pub claims: String,
    /// The heading of the part with the page's address and citation.
    #[schemars(example = &"Share and cite")]
    pub cite: String,
    /// The citation: `{name}`, `{event}`, `{date}` and `{url}`.
    #[schemars(example = &"“{name}”, {event} showcase, meetup of {date}. {url}")]
    pub citation: String,
    /// The name of a link to one figure: `{label}`.
    #[schemars(example = &"Link to this figure: {label}")]
    pub figure_link: String,
    /// The name of a link to a heading: `{heading}`.
    #[schemars(example = &"Link to this section: {heading}")]
    pub heading_link: String,
}

/// The comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ListLabels {
    /// Its title.
    #[schemars(example = &"Eleven projects compared")]
    pub title: String,
    /// What a search result says of it.
    #[schemars(
        example = &"The eleven projects of the day side by side: topic, what goes on the chain, who is paid, and who presented it."
    )]
    pub description: String,
    /// A sentence under the title.
    #[schemars(example = &"What goes on the chain and who is paid, in the order of presentation.")]
    pub standfirst: String,
    /// The column of names.
    #[schemars(example = &"Project")]
    pub project: String,
    /// The column of topics.
    #[schemars(example = &"Topics")]
    pub topic: String,
    /// The column of what goes on the chain.
    #[schemars(example = &"On the chain")]
    pub on_chain: String,
    /// The column of who is paid.
    #[schemars(example = &"Who is paid")]
    pub paid: String,
    /// The column of presenters.
    #[schemars(example = &"Presenter")]
    pub speaker: String,
    /// The link to the whole list, where a page shows its beginning: `{n}`.
    #[schemars(example = &"All {n} projects")]
    pub all: String,
    /// Where a sheet of a long list stands: `{n}` and `{total}`.
    #[schemars(example = &"Page {n} of {total}")]
    pub page: String,
    /// The title of a later sheet: `{title}` and `{n}`.
    #[schemars(example = &"{title}, page {n}")]
    pub page_title: String,
    /// The link to the sheet before.
    #[schemars(example = &"Previous page")]
    pub previous_page: String,
    /// The link to the sheet after.
    #[schemars(example = &"Next page")]
    pub next_page: String,
}

/// The topics.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicLabels {
    /// The title of their index.
    #[schemars(example = &"By topic")]
    pub title: String,
    /// What a search result says of it.
    #[schemars(
        example = &"The projects of the day gathered by topic, from data and content to games, each topic with the projects it holds."
    )]
    pub description: String,
    /// The title of one topic: `{topic}`.
    #[schemars(example = &"Topic: {topic}")]
    pub one_title: String,
    /// What a search result says of one topic: `{topic}` and `{text}`.
    #[schemars(example = &"{text} Projects on “{topic}” as presented at Genesis C.A.T.")]
    pub one_description: String,
    /// A sentence under the title.
    #[schemars(example = &"Projects that set out to do alike, together.")]
    pub standfirst: String,
    /// How many projects a topic has: `{n}`.
    #[schemars(example = &"Projects: {n}")]
    pub count: String,
}

/// The glossary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GlossaryLabels {
    /// Its title.
    #[schemars(example = &"Glossary")]
    pub title: String,
    /// What a search result says of it.
    #[schemars(
        example = &"The blockchain terms of the day in plain words, from proof of stake and smart contracts to consortium chains."
    )]
    pub description: String,
    /// A sentence under the title.
    #[schemars(example = &"The words of the day, explained as general knowledge.")]
    pub standfirst: String,
    /// The projects whose text uses a term.
    #[schemars(example = &"Used in")]
    pub used: String,
}

/// Sources and method.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AboutLabels {
    /// Its title.
    #[schemars(example = &"About this site")]
    pub title: String,
    /// A sentence under the title.
    #[schemars(example = &"All of it comes from one news report. This is how it was made.")]
    pub standfirst: String,
    /// What a search result says of it.
    #[schemars(
        example = &"Where the content comes from, how it was written, how the year 2018 was inferred, spellings and licences."
    )]
    pub description: String,
}

/// The page for addresses that lead nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotFoundLabels {
    /// Its title.
    #[schemars(example = &"Page not found")]
    pub title: String,
    /// What it says.
    #[schemars(example = &"Nothing is at this address.")]
    pub text: String,
    /// The title where an address is asked in a way it does not answer.
    #[schemars(example = &"Not allowed")]
    pub method_title: String,
    /// What it says.
    #[schemars(example = &"This address can only be read.")]
    pub method_text: String,
}

impl ProjectLabels {
    /// What stands between a presenter's name and role, each of which may be in a language of its own.
    pub fn presenter_joint(&self) -> &str {
        let between = self
            .presenter
            .split_once("{name}")
            .and_then(|(_, rest)| rest.split_once("{role}"));
        between.map_or(" ", |(joint, _)| joint)
    }
}

impl ListLabels {
    /// The title of a page of a list, counted from 1; the first has the list's own.
    pub fn page_title(&self, title: &str, page: usize) -> String {
        match page {
            1 => title.to_owned(),
            page => self
                .page_title
                .replace("{title}", title)
                .replace("{n}", &page.to_string()),
        }
    }
}
