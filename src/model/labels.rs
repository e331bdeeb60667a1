//! The interface's own words, one set a language: those of the program (`static/languages/`), with what the site says
//! differently in `labels/<code>.yaml` laid over them.
//!
//! A label with a default is a remark that the program has no words for: nothing stands there unless the site has some.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::language::{Plural, fill, optional};
use crate::quantity::{DateRules, NumberRules};

/// The interface's words in one language, and its rules for numbers and dates.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct Labels {
    /// A language about itself.
    pub language: LanguageLabels,
    /// What stands on every page.
    pub site: SiteLabels,
    /// The first page.
    pub home: HomeLabels,
    /// A project's page.
    pub project: ProjectLabels,
    /// The schedule, and when and where things are.
    pub schedule: ScheduleLabels,
    /// Lists of several pages.
    pub list: ListLabels,
    /// Pictures and films.
    pub media: MediaLabels,
    /// The people.
    pub people: PeopleLabels,
    /// The topics.
    pub topic: TopicLabels,
    /// The glossary.
    pub glossary: GlossaryLabels,
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
    /// Whatever names the entries: projects, talks, sessions or demos.
    pub entries: EntryLabels,
    /// The rules for numbers and quantities.
    pub numbers: NumberRules,
    /// The rules for dates.
    pub dates: DateRules,
}

/// A language about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct LanguageLabels {
    /// Its name for itself, such as 한국어.
    pub name: String,
    /// Its locale as Open Graph writes it, such as `ko_KR`.
    pub locale: String,
    /// `ltr` or `rtl`.
    #[schemars(extend("enum" = ["ltr", "rtl"]))]
    pub direction: String,
}

/// What stands on every page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct SiteLabels {
    /// How a page's title is joined with the site's name: `{title}` and `{site}`.
    pub title: String,
    /// The link past the navigation.
    pub skip: String,
    /// The name of the main navigation.
    pub navigation: String,
    /// The name of the language switch.
    pub languages: String,
    /// The link to the first page.
    pub home: String,
    /// The link to the topics.
    pub topics: String,
    /// The link to the glossary.
    pub glossary: String,
    /// The link to sources and method.
    pub about: String,
    /// The link to the search.
    pub search: String,
    /// The name of a list of links to elsewhere.
    pub links: String,
    /// The name of a page's contents.
    pub contents: String,
    /// The link to the head of a page.
    pub top: String,
    /// Whose words these are, for the foot of every page.
    #[serde(default)]
    pub claims: String,
    /// Whose the letters and emblems are, for the foot of every page.
    #[serde(default)]
    pub letters: String,
    /// The link to the page's source.
    pub edit: String,
    /// The link by which a mistake is reported.
    pub correct: String,
    /// What is said once a link was copied.
    pub copied: String,
    /// The mark of a project that only a preview shows.
    pub draft: String,
    /// When the content last changed: `{date}`.
    pub updated: String,
    /// The notice on a text that lacks in this language: `{language}` names the one shown.
    pub fallback: String,
}

/// The first page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct HomeLabels {
    /// The name of the key to the inks.
    #[serde(default)]
    pub key: String,
    /// What the first ink stands for.
    #[serde(default)]
    pub existing: String,
    /// What the second ink stands for.
    #[serde(default)]
    pub proposed: String,
    /// What the overprint stands for.
    #[serde(default)]
    pub meeting: String,
    /// The heading of the day's figures.
    pub figures: String,
    /// The heading of the programme.
    pub programme: String,
    /// A sentence beside it.
    #[serde(default)]
    pub programme_note: String,
    /// What the part set apart is called.
    pub aside: String,
    /// The heading of the series.
    pub series: String,
    /// What stands in place of a date that is not fixed.
    pub planned: String,
    /// The heading over those who paid.
    pub sponsors: String,
    /// The heading of the ruler of large numbers.
    pub ruler: String,
    /// How it is read.
    pub ruler_note: String,
    /// The name of its table.
    pub ruler_table: String,
    /// Its side of people and devices.
    pub counted: String,
    /// Its side of dollars.
    pub dollars: String,
}

/// A project's page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct ProjectLabels {
    /// Its place in the programme: `{n}` and `{total}`.
    pub place: String,
    /// The full name.
    pub long_name: String,
    /// How a presenter is named: `{name}` and `{role}`.
    pub presenter: String,
    /// What stands between two presenters.
    pub presenters: String,
    /// What stands where nobody is named.
    #[serde(default)]
    pub nobody: String,
    /// The note on a spelling: `{name}` as the source writes it.
    pub romanised: String,
    /// The heading of a project's letter.
    pub letter: String,
    /// How the letter is explained: `{text}`, `{reading}` and `{meaning}`.
    pub syllable: String,
    /// The heading of the answers.
    pub glance: String,
    /// The heading of the figures.
    pub figures: String,
    /// The column of the number.
    pub figure: String,
    /// The column of what is counted.
    pub counts: String,
    /// The column of who said it.
    pub said_by: String,
    /// Said by the presenter.
    pub speaker: String,
    /// Said by the source that the site was written from.
    pub source: String,
    /// What is left of a hundred percent.
    pub rest: String,
    /// What one mark of a drawing stands for: `{q}`.
    pub each: String,
    /// The heading of what an emblem shows.
    pub emblem: String,
    /// The heading of the terms beside the text.
    pub terms: String,
    /// The heading of the topics.
    pub topics: String,
    /// What recording, slides and links are named together.
    pub material: String,
    /// The link to a recording.
    pub video: String,
    /// The link to slides.
    pub slides: String,
    /// The language that it was held in.
    pub language: String,
    /// Whose words the page reports.
    #[serde(default)]
    pub claims: String,
    /// The heading of the part with the page's address and citation.
    pub cite: String,
    /// The citation: `{name}`, `{event}`, `{date}` and `{url}`.
    pub citation: String,
    /// The name of a link to one figure: `{label}`.
    pub figure_link: String,
    /// The name of a link to a heading: `{heading}`.
    pub heading_link: String,
}

/// The schedule, and when and where things are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct ScheduleLabels {
    /// Its title, and the link to it.
    pub title: String,
    /// What a search result says of it: `{event}`.
    pub description: String,
    /// The column of times.
    pub time: String,
    /// When something is.
    pub when: String,
    /// Where it is.
    pub place: String,
    /// Which time zone its times are in: `{zone}`.
    pub zone: String,
    /// The mark of what did not take place.
    pub cancelled: String,
    /// What is said where there is no recording.
    pub not_recorded: String,
    /// The link to the calendar file of one entry.
    pub calendar: String,
}

/// Lists of several pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct ListLabels {
    /// Where a page of a long list stands: `{n}` and `{total}`.
    pub page: String,
    /// The title of a later page: `{title}` and `{n}`.
    pub page_title: String,
    /// The link to the page before.
    pub previous_page: String,
    /// The link to the page after.
    pub next_page: String,
}

/// Pictures and films.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct MediaLabels {
    /// Leaves a large picture.
    pub close: String,
    /// The picture before.
    pub previous: String,
    /// The picture after.
    pub next: String,
    /// What a film from elsewhere is called before it is loaded: `{name}`.
    pub play: String,
    /// Where it is, and that it is loaded only when somebody asks: `{host}`.
    pub elsewhere: String,
    /// What stands over what is said in a film.
    pub transcript: String,
    /// Who made a picture: `{creator}`.
    pub credit: String,
}

/// The people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct PeopleLabels {
    /// The title of their list, and the link to it.
    pub title: String,
    /// A sentence under the title.
    #[serde(default)]
    pub standfirst: String,
    /// What a search result says of the list: `{event}`.
    pub description: String,
    /// The kind of a result: a person.
    pub one: String,
}

/// The topics.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct TopicLabels {
    /// The title of their index.
    pub title: String,
    /// The title of one topic: `{topic}`.
    pub one_title: String,
    /// A sentence under the title.
    #[serde(default)]
    pub standfirst: String,
}

/// The glossary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct GlossaryLabels {
    /// Its title.
    pub title: String,
    /// What a search result says of it: `{event}`.
    pub description: String,
    /// A sentence under the title.
    #[serde(default)]
    pub standfirst: String,
    /// The projects whose text uses a term.
    pub used: String,
}

/// The page for addresses that lead nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct NotFoundLabels {
    /// Its title.
    pub title: String,
    /// What it says.
    pub text: String,
    /// The title where an address is asked in a way it does not answer.
    pub method_title: String,
    /// What it says.
    pub method_text: String,
}

impl SiteLabels {
    /// What the site has to say at the foot of every page.
    pub fn notes(&self) -> impl Iterator<Item = &str> {
        let notes = [&self.claims, &self.letters].into_iter();
        notes.map(String::as_str).filter(|it| !it.is_empty())
    }
}

impl ProjectLabels {
    /// What stands before a presenter's name, between it and the role, and after both, each of which may be in a language
    /// of its own.
    pub fn around_presenter(&self) -> [&str; 3] {
        let parts = self.presenter.split_once("{name}");
        let parts = parts.and_then(|(before, rest)| Some((before, rest.split_once("{role}")?)));
        parts.map_or(["", " ", ""], |(before, (joint, after))| [before, joint, after])
    }
}

impl ListLabels {
    /// The title of a page of a list, counted from 1; the first has the list's own.
    pub fn page_title(&self, title: &str, page: usize) -> String {
        match page {
            1 => title.to_owned(),
            page => fill(&self.page_title, &[("title", title), ("n", &page.to_string())]),
        }
    }
}

/// Passing a page on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct ShareLabels {
    /// The button that shows the citations.
    pub cite: String,
    /// The button that copies the page's address.
    pub copy: String,
    /// The button that opens the system's own way to pass things on.
    pub send: String,
    /// The button that copies a citation.
    pub copy_citation: String,
    /// What is said once a citation was copied.
    pub citation_copied: String,
    /// What is said where the browser allows no copying.
    pub not_copied: String,
    /// The button that shows the page's address as a QR code.
    pub code: String,
    /// The QR code in words: `{title}`.
    pub code_name: String,
    /// What a preview card shows, in words: `{title}`, `{text}` and `{event}`.
    pub card: String,
}

/// The search page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct SearchLabels {
    /// Its title.
    pub title: String,
    /// What a search result of the web says of it: `{event}`.
    pub description: String,
    /// A sentence under the title.
    #[serde(default)]
    pub standfirst: String,
    /// What the field is for.
    pub label: String,
    /// The button.
    pub button: String,
    /// How one may ask.
    pub hint: String,
    /// The title of an answer: `{q}` is what was asked.
    pub result_title: String,
    /// How much was found: `{q}` and `{n}`.
    pub count: String,
    /// What is said where nothing was found: `{q}`.
    pub none: String,
    /// What is said where no text holds all words.
    pub some: String,
    /// What is said where not all can be shown: `{n}` are.
    pub first: String,
    /// What is said of too long a question.
    pub cut: String,
    /// What readers without JavaScript need to know where no server answers.
    pub files: String,
    /// The kind of a result: a topic.
    pub topic: String,
    /// The kind of a result: a term.
    pub term: String,
    /// The kind of a result: a page of its own.
    pub page: String,
}

/// Feed, calendar and data: what their links say, and what they say of themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct MachineLabels {
    /// The name of the list of links.
    pub title: String,
    /// The link to the feed.
    pub feed: String,
    /// The link to the calendar file.
    pub calendar: String,
    /// The link to a page's facts.
    pub data: String,
    /// The link to a page as text.
    pub markdown: String,
    /// Who wrote the texts, as feeds and search engines want it named: `{event}`.
    pub author: String,
}

/// The page that stands where another one was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct MovedLabels {
    /// Its heading.
    pub title: String,
    /// The link to where the page is now: `{title}` is its title.
    pub link: String,
}

/// Whatever names the entries: projects, talks, sessions or demos, each of which has words of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = optional)]
pub struct EntryLabels {
    /// The link to the list, and the heading over it.
    pub menu: String,
    /// What one is: the kind of a result, the heading of a column.
    pub one: String,
    /// How many there are: `{n}`.
    pub count: Plural,
    /// The link to the whole list, where a page shows its beginning: `{n}`.
    pub all: Plural,
    /// The way to the list from a page that shows none of it.
    pub see_all: String,
    /// The title of the list in browser tabs: it may say `{n}`.
    pub title: Plural,
    /// What a search result says of the list: `{event}` and `{n}`.
    pub description: Plural,
    /// A sentence under the title.
    #[serde(default)]
    pub standfirst: String,
    /// The name of the grid of emblems.
    pub emblems: Plural,
    /// Who presented.
    pub speakers: String,
    /// The one before.
    pub previous: String,
    /// The one after.
    pub next: String,
    /// The name of the links to the neighbours.
    pub neighbours: String,
    /// The heading of those that share a topic.
    pub related: String,
    /// Who said a figure, where it is the project itself.
    pub itself: String,
    /// The link to the facts of all of them.
    pub data: String,
    /// What a search result says of the topics: `{event}`.
    pub topics_description: String,
    /// What a search result says of one topic: `{topic}`, `{text}` and `{event}`.
    pub topic_description: String,
}
