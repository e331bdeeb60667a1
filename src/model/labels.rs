//! The interface's own words, one set a language, as they stand in `labels/<code>.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::quantity::{DateRules, NumberRules};

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
    #[schemars(example = &"The emblems are this site’s own, not marks of the event.")]
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
    #[schemars(example = &"Not translated yet; shown as it was written ({language}).")]
    pub fallback: String,
}

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
    #[schemars(example = &"In the order of presentation, each with an emblem.")]
    pub programme_note: String,
    /// What the part set apart is called.
    #[schemars(example = &"Set apart")]
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
    #[schemars(example = &"Each mark is ten times the one before, and names who said it.")]
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
    /// The project's Hangul letter.
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
    #[schemars(example = &"The projects of the day side by side, by topic and speaker.")]
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
    /// Where a page of a long list stands: `{n}` and `{total}`.
    #[schemars(example = &"Page {n} of {total}")]
    pub page: String,
    /// The title of a later page: `{title}` and `{n}`.
    #[schemars(example = &"{title}, page {n}")]
    pub page_title: String,
    /// The link to the page before.
    #[schemars(example = &"Previous page")]
    pub previous_page: String,
    /// The link to the page after.
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
    #[schemars(example = &"The projects of the day gathered by topic.")]
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
    #[schemars(example = &"The terms of the day in plain words.")]
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
    #[schemars(example = &"Where the content comes from, spellings and licences.")]
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

/// Passing a page on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareLabels {
    /// The button that copies the page's address.
    #[schemars(example = &"Copy link")]
    pub copy: String,
    /// The button that opens the system's own way to pass things on.
    #[schemars(example = &"Share…")]
    pub send: String,
    /// The button that copies a citation.
    #[schemars(example = &"Copy citation")]
    pub copy_citation: String,
    /// What is said once a citation was copied.
    #[schemars(example = &"Citation copied")]
    pub citation_copied: String,
    /// What is said where the browser allows no copying.
    #[schemars(example = &"Could not copy. Please select the text and copy it.")]
    pub not_copied: String,
    /// The button that shows the page's address as a QR code.
    #[schemars(example = &"QR code")]
    pub code: String,
    /// The QR code in words: `{title}`.
    #[schemars(example = &"QR code with the address of “{title}”")]
    pub code_name: String,
    /// What a preview card shows, in words: `{title}`, `{text}` and `{event}`.
    #[schemars(example = &"{title}. {text} From {event}, with its emblem.")]
    pub card: String,
}

/// The search page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchLabels {
    /// Its title.
    #[schemars(example = &"Search")]
    pub title: String,
    /// What a search result of the web says of it.
    #[schemars(example = &"Search projects, recap, topics and glossary by any part of a word.")]
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
    #[schemars(example = &"Nothing here matches “{q}”. Try fewer or other words.")]
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
    #[schemars(example = &"On this site, searching needs JavaScript.")]
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

/// Feed, calendar and data: what their links say, and what they say of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MachineLabels {
    /// The name of the list of links.
    #[schemars(example = &"Subscriptions and data")]
    pub title: String,
    /// The link to the feed.
    #[schemars(example = &"News feed (Atom)")]
    pub feed: String,
    /// The link to the calendar file.
    #[schemars(example = &"Calendar (iCalendar)")]
    pub calendar: String,
    /// The link to the facts of all projects.
    #[schemars(example = &"All projects (JSON)")]
    pub projects: String,
    /// The link to a page's facts.
    #[schemars(example = &"This page (JSON)")]
    pub data: String,
    /// The link to a page as text.
    #[schemars(example = &"This page (Markdown)")]
    pub markdown: String,
    /// Who wrote the texts, as feeds and search engines want it named: `{event}`.
    #[schemars(example = &"The record of {event}")]
    pub author: String,
}

/// The page that stands where another one was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MovedLabels {
    /// Its heading.
    #[schemars(example = &"This page has moved")]
    pub title: String,
    /// The link to where the page is now: `{title}` is its title.
    #[schemars(example = &"Go to “{title}”")]
    pub link: String,
}
