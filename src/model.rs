//! The checked website: everything the pages say, in types that cannot hold a mistake.
//!
//! Only `content` makes a [`Website`], and only from content without errors, so that whatever
//! comes after may rely on it: links lead somewhere, languages exist, figures have words.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use self::examples::{CONTACT, DATE, SYLLABLE, WEB, both, figure};
use crate::language::{LanguageId, Languages, Localized};
use crate::quantity::Quantity;

mod examples;
mod labels;
mod prose;
pub mod routes;

pub use examples::ID;
pub use labels::{
    AboutLabels, GlossaryLabels, HomeLabels, Labels, LanguageLabels, ListLabels, MachineLabels,
    MovedLabels, NotFoundLabels, ProjectLabels, SearchLabels, ShareLabels, SiteLabels, TopicLabels,
};
pub use prose::{LinkTarget, Markup, Prose, Section};

/// The whole site's content.
#[derive(Clone, Debug, PartialEq)]
pub struct Website {
    /// The languages, the site's own first.
    pub languages: Languages,
    /// The interface's words, one set a language, in the order of the languages.
    pub labels: Vec<Labels>,
    pub event: Event,
    /// The article of the day.
    pub recap: Localized<Prose>,
    /// Sources and method.
    pub about: Localized<Prose>,
    pub topics: Vec<Topic>,
    pub glossary: Vec<Term>,
    /// The projects in the order of the programme.
    pub projects: Vec<Project>,
    /// The pictures that texts show, by their path from the content folder.
    pub pictures: BTreeMap<String, Arc<[u8]>>,
}

impl Website {
    pub fn labels(&self, language: LanguageId) -> &Labels {
        &self.labels[language.index()]
    }

    /// The topics of a project, in its order.
    pub fn topics_of<'a>(&'a self, project: &'a Project) -> impl Iterator<Item = &'a Topic> {
        let ids = project.topics.iter();
        ids.filter_map(|id| self.topics.iter().find(|it| it.id == *id))
    }

    /// A term of the glossary by its id.
    pub fn term(&self, id: &str) -> Option<&Term> {
        self.glossary.iter().find(|it| it.id == id)
    }

    pub fn projects_of<'a>(&'a self, topic: &'a str) -> impl Iterator<Item = &'a Project> {
        self.projects
            .iter()
            .filter(move |project: &&Project| project.topics.iter().any(|id| id == topic))
    }

    /// The projects that are published: all but drafts, which only a preview holds at all.
    pub fn published(&self) -> impl Iterator<Item = &Project> {
        self.projects
            .iter()
            .filter(|project: &&Project| !project.draft)
    }

    /// The day on which anything that readers see last changed.
    pub fn updated(&self) -> Date {
        let days = self.published().map(|project| project.updated);
        days.fold(self.event.updated, Date::max)
    }
}

/// `event.yaml`: the meetup and the site about it.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Event {
    /// The event's name.
    #[schemars(example = both("제네시스 C.A.T", "Genesis C.A.T"))]
    pub name: Localized<String>,
    /// The part of the name that is lettered large: Hangul syllables.
    #[schemars(length(min = 1), example = &"제네시스")]
    pub lettering: Option<String>,
    /// What kind of event it was, in two words.
    #[schemars(example = both("블록체인 밋업", "Blockchain meetup"))]
    pub kind: Localized<String>,
    /// The title of the first page in browser tabs and search results: 60 columns at most.
    #[schemars(example = both("제네시스 C.A.T 서울 밋업", "Genesis C.A.T Seoul"))]
    pub title: Localized<String>,
    /// What a search result says of the site: 50 to 160 columns; a Hangul letter takes two.
    #[schemars(example = both("서울에서 발표된 프로젝트 열한 편의 기록.", "A recap of the meetup in Seoul."))]
    pub description: Localized<String>,
    /// The headline of the recap.
    #[schemars(example = both("예고는 아홉 무대는 열하나", "Nine promised, eleven shown"))]
    pub headline: Localized<String>,
    /// The two or three sentences under it.
    #[schemars(example = both("열한 프로젝트가 차례로 올랐다.", "Eleven projects took the stage."))]
    pub standfirst: Localized<String>,
    /// The day, such as 2018-06-17.
    #[schemars(regex(pattern = DATE), example = &"2018-06-17")]
    pub date: Date,
    /// The city.
    #[schemars(example = both("서울", "Seoul"))]
    pub city: Localized<String>,
    /// The country.
    #[schemars(example = both("한국", "South Korea"))]
    pub country: Localized<String>,
    /// The house in which it took place.
    #[schemars(example = both("켄싱턴호텔", "Kensington Hotel"))]
    pub venue: Localized<String>,
    /// Who invited.
    #[schemars(example = both("제네시스캐피털", "Genesis Capital"))]
    pub host: Localized<String>,
    /// The site's languages by their codes; the first is served at /, the others below /code/.
    #[schemars(length(min = 1), example = ["ko", "en"])]
    pub languages: Vec<String>,
    /// The meetups of the series in order; one without a date is planned.
    #[serde(default)]
    pub series: Vec<Stop>,
    /// The figures of the day.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// The id of the recap's section that is set apart.
    #[schemars(length(min = 1), example = &"invitation")]
    pub aside: Option<String>,
    /// The day on which the content last changed.
    #[schemars(regex(pattern = DATE), example = &"2026-11-22")]
    pub updated: Date,
    /// Where the site is published, such as <https://example.org/recap/>.
    #[schemars(regex(pattern = WEB), example = &"https://example.org/recap/")]
    pub site_url: Option<String>,
    /// Where content files can be edited; the file's path is put behind it.
    #[schemars(regex(pattern = WEB), example = &"https://example.org/edit/content/")]
    pub source_url: Option<String>,
    /// Where corrections go, such as <mailto:desk@example.org>.
    #[schemars(regex(pattern = CONTACT), example = &"mailto:desk@example.org")]
    pub contact: Option<String>,
    /// Its emblem: a checked SVG drawing.
    #[serde(skip)]
    pub emblem: Option<String>,
}

/// One meetup of the series.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Stop {
    /// The city.
    #[schemars(example = both("도쿄", "Tokyo"))]
    pub city: Localized<String>,
    /// The country.
    #[schemars(example = both("일본", "Japan"))]
    pub country: Localized<String>,
    /// The day; leave it out while it is not fixed.
    #[schemars(regex(pattern = DATE), example = &"2018-05-28")]
    pub date: Option<Date>,
    /// A few words.
    #[schemars(example = both("첫 번째", "the first"))]
    pub note: Localized<String>,
}

/// `topics.yaml`: the subjects that projects may carry.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Topics {
    /// The topics in the order in which they are shown.
    pub topics: Vec<Topic>,
}

/// A subject that several projects share.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Topic {
    /// Its name in URLs: ASCII, lower case, hyphens.
    #[schemars(regex(pattern = ID), example = &"sharing")]
    pub id: String,
    /// Its name.
    #[schemars(example = both("나눔", "Sharing"))]
    pub name: Localized<String>,
    /// What it is, in a sentence.
    #[schemars(example = both("기기를 나눠 쓰려는 프로젝트.", "Projects that would share out devices."))]
    pub text: Localized<String>,
}

/// `glossary.yaml`: the terms that are explained.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Glossary {
    /// The terms in the order in which they are shown.
    pub terms: Vec<Term>,
}

/// A term of the glossary.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Term {
    /// Its name in URLs: ASCII, lower case, hyphens.
    #[schemars(regex(pattern = ID), example = &"pos")]
    pub id: String,
    /// The term.
    #[schemars(example = both("지분 증명", "Proof of stake"))]
    pub name: Localized<String>,
    /// What it means, in a few sentences.
    #[schemars(example = both("맡긴 지분이 정한다.", "Whoever has a stake decides."))]
    pub text: Localized<String>,
}

/// `projects/<slug>/project.yaml`: the facts of a project, shared by all languages.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Project {
    /// Its name in URLs, and of its folder.
    #[serde(skip)]
    pub slug: String,
    /// The place in the programme, from 1.
    #[schemars(range(min = 1, max = 99_999), example = 12)]
    pub order: u32,
    /// The name.
    #[schemars(example = both("RRC", "RRC"))]
    pub name: Localized<String>,
    /// The full name in Latin letters, the same in every language.
    #[schemars(length(min = 1), example = &"Recycling Regeneration C")]
    pub long_name: Option<String>,
    /// Who presented it; an empty list where nobody is named.
    pub speakers: Vec<Speaker>,
    /// The ids of one to three topics from topics.yaml.
    #[schemars(length(min = 1, max = 3), example = ["sharing", "data"])]
    pub topics: Vec<String>,
    /// One line, without a full stop.
    #[schemars(example = both("노는 연산력을 빌려주는 사업", "Renting out idle computing power"))]
    pub tagline: Localized<String>,
    /// The heart of the claim in a sentence or two: 50 to 160 columns; a Hangul letter takes two.
    #[schemars(example = both("RRC는 노는 자원을 나누려 한다.", "RRC wants to share out what is idle."))]
    pub standfirst: Localized<String>,
    /// The project's Hangul letter.
    pub syllable: Option<Syllable>,
    /// The claim in four short texts.
    pub glance: Glance,
    /// The cells of the comparison.
    pub compare: Comparison,
    /// The figures named in the talk.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// How it works, step by step.
    pub steps: Option<Steps>,
    /// The write-up.
    #[serde(skip)]
    pub prose: Localized<Prose>,
    /// Its emblem: a checked SVG drawing.
    #[serde(skip)]
    pub emblem: Option<String>,
    /// Paths at which the page was before, such as /projects/old-name/.
    #[serde(default)]
    #[schemars(length(max = 50), example = ["/projects/old-name/"])]
    pub aliases: Vec<String>,
    /// Whether only the preview shows it.
    #[serde(default)]
    #[schemars(example = true)]
    pub draft: bool,
    /// The day on which its content last changed.
    #[schemars(regex(pattern = DATE), example = &"2026-11-22")]
    pub updated: Date,
}

/// Somebody who presented.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Speaker {
    /// The name.
    #[schemars(example = both("알렌 류", "Allen Liu"))]
    pub name: Localized<String>,
    /// What they do.
    #[schemars(example = both("공동 창업자", "co-founder"))]
    pub role: Localized<String>,
    /// Whether the Latin spelling is our own reading of the Korean.
    #[serde(default)]
    #[schemars(example = false)]
    pub romanised: bool,
}

/// A Hangul letter of the site's own choice.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Syllable {
    /// One syllable.
    #[schemars(length(min = 1), regex(pattern = SYLLABLE), example = &"짬")]
    pub text: String,
    /// How it is read, in Latin letters.
    #[schemars(length(min = 1), example = &"jjam")]
    pub reading: String,
    /// What it means.
    #[schemars(example = both("잠깐 나는 틈", "a spare moment"))]
    pub meaning: Localized<String>,
}

/// The claim in four short texts.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Glance {
    /// What is wrong, as the presenter sees it.
    #[schemars(example = both("개인 기기의 자원은 놀고 있다.", "Personal devices stand idle."))]
    pub problem: Localized<String>,
    /// What the project would do.
    #[schemars(example = both("남는 연산력을 나눠 쓴다.", "Share what computing power is left."))]
    pub idea: Localized<String>,
    /// Why on a blockchain.
    #[schemars(example = both("체인이 소득을 기록한다.", "The chain records the income."))]
    pub why: Localized<String>,
    /// For whom.
    #[schemars(example = both("기기를 내놓을 개인.", "Owners of devices."))]
    pub audience: Localized<String>,
}

/// The cells of the comparison.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Comparison {
    /// What goes on the chain.
    #[schemars(example = both("소득 기록", "records of income"))]
    pub on_chain: Localized<String>,
    /// Who is paid.
    #[schemars(example = both("연산력을 나눈 이용자", "users who share computing power"))]
    pub paid: Localized<String>,
}

/// A typed figure; every language words it by its own rules.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields, example = figure())]
pub struct Figure {
    /// Its name in links, unique in the file: ASCII, lower case, hyphens.
    #[schemars(regex(pattern = ID), example = &"idle-cpu")]
    pub id: String,
    #[serde(flatten)]
    pub quantity: Quantity,
    /// What is counted.
    #[schemars(example = both("놀고 있는 CPU 자원", "of CPU resources idle"))]
    pub label: Localized<String>,
    /// The rest of a sentence that begins with the bare number.
    #[schemars(example = both("명이 방을 메웠다", "people filled the room"))]
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
    #[schemars(example = both("짬이 수익이 되기까지", "From a spare moment to income"))]
    pub title: Localized<String>,
    /// The steps in order.
    pub items: Vec<Step>,
    /// How they are drawn large: three to eight stations, each with a line that runs on through those that follow.
    #[schemars(example = &"stations")]
    pub drawing: Option<StepsDrawing>,
    /// What the drawing shows, in a sentence.
    #[schemars(example = both("한 줄은 한 곳의 기록이다.", "Each line is what one place records."))]
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
    #[schemars(example = both("자격 확인", "Check the device"))]
    pub title: Localized<String>,
    /// One sentence.
    #[schemars(example = both("체인이 기기를 점검한다.", "The chain checks the device."))]
    pub text: Localized<String>,
}

/// A text that a page shows, by what it is to the page: fonts have the characters of all of them, and search finds them.
#[derive(Clone, Copy, Debug)]
pub enum Text<'a> {
    /// What the page is called.
    Title(&'a Localized<String>),
    /// Another name of the page, or one that belongs to it.
    Name(&'a Localized<String>),
    /// A name that is the same in every language.
    SameName(&'a str),
    /// What stands large under the title.
    Lead(&'a Localized<String>),
    Heading(&'a Localized<String>),
    Body(&'a Localized<String>),
    Speaker(&'a Speaker),
    Syllable(&'a Syllable),
    Figure(&'a Figure),
    Prose(&'a Localized<Prose>),
}

impl Event {
    pub fn texts(&self) -> Vec<Text<'_>> {
        let mut texts = vec![
            Text::Title(&self.title),
            Text::Name(&self.name),
            Text::Name(&self.venue),
            Text::Name(&self.host),
            Text::Lead(&self.standfirst),
            Text::Lead(&self.description),
            Text::Lead(&self.kind),
            Text::Heading(&self.headline),
            Text::Body(&self.city),
            Text::Body(&self.country),
        ];
        texts.extend(self.figures.iter().map(Text::Figure));
        for stop in &self.series {
            texts.extend([&stop.city, &stop.country, &stop.note].map(Text::Body));
        }
        texts
    }
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

    pub fn texts(&self) -> Vec<Text<'_>> {
        let (glance, compare) = (&self.glance, &self.compare);
        let mut texts = vec![Text::Title(&self.name)];
        texts.extend(self.long_name.as_deref().map(Text::SameName));
        texts.extend(self.syllable.as_ref().map(Text::Syllable));
        texts.extend(self.speakers.iter().map(Text::Speaker));
        texts.extend([
            Text::Lead(&self.tagline),
            Text::Lead(&self.standfirst),
            Text::Lead(&glance.problem),
            Text::Lead(&glance.idea),
            Text::Lead(&glance.why),
            Text::Lead(&glance.audience),
            Text::Prose(&self.prose),
            Text::Body(&compare.on_chain),
            Text::Body(&compare.paid),
        ]);
        texts.extend(self.figures.iter().map(Text::Figure));
        if let Some(steps) = &self.steps {
            texts.push(Text::Body(&steps.title));
            texts.extend(steps.caption.as_ref().map(Text::Body));
            for step in &steps.items {
                texts.extend([&step.title, &step.text].map(Text::Body));
            }
        }
        texts
    }
}

impl Topic {
    /// The path of its page, without a language.
    pub fn path(&self) -> String {
        routes::topic(&self.id)
    }

    pub fn texts(&self) -> Vec<Text<'_>> {
        vec![Text::Title(&self.name), Text::Lead(&self.text)]
    }
}

impl Term {
    pub fn texts(&self) -> Vec<Text<'_>> {
        vec![Text::Title(&self.name), Text::Lead(&self.text)]
    }
}
