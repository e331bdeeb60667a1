//! What an editor writes: the files' types, in which everything may still lack or be wrong.
//!
//! The doc comments become the descriptions of the JSON Schemas, so they speak to editors. A field
//! is optional here, so that its lack can be reported beside everything else; `required` says in
//! the schema what `check` asks for.

use schemars::JsonSchema;
use serde::Deserialize;

use self::examples::{
    CONTACT, DATE, ID, SYLLABLE, WEB, both, comparison, entry, figure, glance, speaker, step,
    steps, stop, syllable,
};
use super::yaml::{LocalizedStrings, Spanned};
use crate::model::{Drawing, SaidBy, StepsDrawing};
use crate::quantity::{Bound, Period, Unit};

mod examples;

/// A text that must be there in every language.
pub(super) type Text = Option<Spanned<LocalizedStrings>>;
/// A plain word.
pub(super) type Word = Option<Spanned<String>>;

/// `event.yaml`: the meetup and the site about it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    /// The event's name.
    #[schemars(required, example = both("제네시스 C.A.T", "Genesis C.A.T"))]
    pub(super) name: Text,
    /// The part of the name that is lettered large: Hangul syllables.
    #[schemars(example = &"제네시스")]
    pub(super) lettering: Word,
    /// What kind of event it was, in two words.
    #[schemars(required, example = both("블록체인 밋업", "Blockchain meetup"))]
    pub(super) kind: Text,
    /// The title of the first page in browser tabs and search results: 60 columns at most.
    #[schemars(required, example = both("제네시스 C.A.T 서울 밋업", "Genesis C.A.T Seoul"))]
    pub(super) title: Text,
    /// What a search result says of the site: 50 to 160 columns; a Hangul letter takes two.
    #[schemars(required, example = both("서울에서 발표된 프로젝트 열한 편의 기록.", "A recap of the meetup in Seoul."))]
    pub(super) description: Text,
    /// The headline of the recap.
    #[schemars(required, example = both("예고는 아홉 무대는 열하나", "Nine promised, eleven shown"))]
    pub(super) headline: Text,
    /// The two or three sentences under it.
    #[schemars(required, example = both("열한 프로젝트가 차례로 올랐다.", "Eleven projects took the stage."))]
    pub(super) standfirst: Text,
    /// The day, such as 2018-06-17.
    #[schemars(required, regex(pattern = DATE), example = &"2018-06-17")]
    pub(super) date: Word,
    /// The city.
    #[schemars(required, example = both("서울", "Seoul"))]
    pub(super) city: Text,
    /// The country.
    #[schemars(required, example = both("한국", "South Korea"))]
    pub(super) country: Text,
    /// The house in which it took place.
    #[schemars(required, example = both("켄싱턴호텔", "Kensington Hotel"))]
    pub(super) venue: Text,
    /// Who invited.
    #[schemars(required, example = both("제네시스캐피털", "Genesis Capital"))]
    pub(super) host: Text,
    /// The site's languages by their codes; the first is served at /, the others below /code/.
    #[schemars(required, length(min = 1), example = ["ko", "en"])]
    pub(super) languages: Option<Spanned<Vec<Spanned<String>>>>,
    /// The meetups of the series in order; one without a date is planned.
    #[schemars(example = [stop()])]
    pub(super) series: Option<Vec<Spanned<Stop>>>,
    /// The figures of the day.
    #[schemars(example = [figure()])]
    pub(super) figures: Option<Vec<Spanned<Figure>>>,
    /// The id of the recap's section that is set apart.
    #[schemars(example = &"invitation")]
    pub(super) aside: Word,
    /// The day on which the content last changed.
    #[schemars(required, regex(pattern = DATE), example = &"2026-11-22")]
    pub(super) updated: Word,
    /// Where the site is published, such as <https://example.org/recap/>.
    #[schemars(regex(pattern = WEB), example = &"https://example.org/recap/")]
    pub(super) site_url: Word,
    /// Where content files can be edited; the file's path is put behind it.
    #[schemars(regex(pattern = WEB), example = &"https://example.org/edit/content/")]
    pub(super) source_url: Word,
    /// Where corrections go, such as <mailto:desk@example.org>.
    #[schemars(regex(pattern = CONTACT), example = &"mailto:desk@example.org")]
    pub(super) contact: Word,
}

/// One meetup of the series.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Stop {
    /// The city.
    #[schemars(required, example = both("도쿄", "Tokyo"))]
    pub(super) city: Text,
    /// The country.
    #[schemars(required, example = both("일본", "Japan"))]
    pub(super) country: Text,
    /// The day; leave it out while it is not fixed.
    #[schemars(regex(pattern = DATE), example = &"2018-05-28")]
    pub(super) date: Word,
    /// A few words.
    #[schemars(required, example = both("첫 번째", "the first"))]
    pub(super) note: Text,
}

/// `topics.yaml`: the subjects that projects may carry.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Topics {
    /// The topics in the order in which they are shown.
    #[schemars(required, example = [entry()])]
    pub(super) topics: Option<Vec<Spanned<Entry>>>,
}

/// `glossary.yaml`: the terms that are explained.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Glossary {
    /// The terms in the order in which they are shown.
    #[schemars(required, example = [entry()])]
    pub(super) terms: Option<Vec<Spanned<Entry>>>,
}

/// A topic or a term.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// Its name in URLs: ASCII, lower case, hyphens.
    #[schemars(required, regex(pattern = ID), example = &"sharing")]
    pub(super) id: Word,
    /// Its name.
    #[schemars(required, example = both("나눔", "Sharing"))]
    pub(super) name: Text,
    /// What it is, in a few sentences.
    #[schemars(required, example = both("기기를 나눠 쓰려는 프로젝트.", "Projects that would share out devices."))]
    pub(super) text: Text,
}

/// `projects/<slug>/project.yaml`: the facts of a project, shared by all languages.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Project {
    /// The place in the programme, from 1.
    #[schemars(required, range(min = 1, max = 99_999), example = 12)]
    pub(super) order: Option<Spanned<u32>>,
    /// The name.
    #[schemars(required, example = both("RRC", "RRC"))]
    pub(super) name: Text,
    /// The full name in Latin letters, the same in every language.
    #[schemars(length(min = 1), example = &"Recycling Regeneration C")]
    pub(super) long_name: Word,
    /// Who presented it; an empty list where nobody is named.
    #[schemars(required, example = [speaker()])]
    pub(super) speakers: Option<Vec<Spanned<Speaker>>>,
    /// The ids of one to three topics from topics.yaml.
    #[schemars(required, length(min = 1, max = 3), example = ["sharing", "data"])]
    pub(super) topics: Option<Spanned<Vec<Spanned<String>>>>,
    /// One line, without a full stop.
    #[schemars(required, example = both("노는 연산력을 빌려주는 사업", "Renting out idle computing power"))]
    pub(super) tagline: Text,
    /// The heart of the claim in a sentence or two: 50 to 160 columns; a Hangul letter takes two.
    #[schemars(required, example = both("RRC는 노는 자원을 나누려 한다.", "RRC wants to share out what is idle."))]
    pub(super) standfirst: Text,
    /// The Hangul letter of the sheet.
    #[schemars(example = syllable())]
    pub(super) syllable: Option<Spanned<Syllable>>,
    /// The claim in four short texts.
    #[schemars(required, example = glance())]
    pub(super) glance: Option<Spanned<Glance>>,
    /// The cells of the comparison.
    #[schemars(required, example = comparison())]
    pub(super) compare: Option<Spanned<Comparison>>,
    /// The figures named in the talk.
    #[schemars(example = [figure()])]
    pub(super) figures: Option<Vec<Spanned<Figure>>>,
    /// How it works, step by step.
    #[schemars(example = steps())]
    pub(super) steps: Option<Spanned<Steps>>,
    /// Paths at which the page was before, such as /projects/old-name/.
    #[schemars(length(max = 50), example = ["/projects/old-name/"])]
    pub(super) aliases: Option<Vec<Spanned<String>>>,
    /// Whether only the preview shows it.
    #[schemars(example = true)]
    pub(super) draft: Option<Spanned<bool>>,
    /// The day on which its content last changed.
    #[schemars(required, regex(pattern = DATE), example = &"2026-11-22")]
    pub(super) updated: Word,
}

/// Somebody who presented.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Speaker {
    /// The name.
    #[schemars(required, example = both("알렌 류", "Allen Liu"))]
    pub(super) name: Text,
    /// What they do.
    #[schemars(required, example = both("공동 창업자", "co-founder"))]
    pub(super) role: Text,
    /// Whether the Latin spelling is our own reading of the Korean.
    #[schemars(example = false)]
    pub(super) romanised: Option<Spanned<bool>>,
}

/// A Hangul letter of the site's own choice.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Syllable {
    /// One syllable.
    #[schemars(required, regex(pattern = SYLLABLE), example = &"짬")]
    pub(super) text: Word,
    /// How it is read, in Latin letters.
    #[schemars(required, length(min = 1), example = &"jjam")]
    pub(super) reading: Word,
    /// What it means.
    #[schemars(required, example = both("잠깐 나는 틈", "a spare moment"))]
    pub(super) meaning: Text,
}

/// The claim in four short texts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Glance {
    /// What is wrong, as the presenter sees it.
    #[schemars(required, example = both("개인 기기의 자원은 놀고 있다.", "Personal devices stand idle."))]
    pub(super) problem: Text,
    /// What the project would do.
    #[schemars(required, example = both("남는 연산력을 나눠 쓴다.", "Share what computing power is left."))]
    pub(super) idea: Text,
    /// Why on a blockchain.
    #[schemars(required, example = both("체인이 소득을 기록한다.", "The chain records the income."))]
    pub(super) why: Text,
    /// For whom.
    #[schemars(required, example = both("기기를 내놓을 개인.", "Owners of devices."))]
    pub(super) audience: Text,
}

/// The cells of the comparison.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Comparison {
    /// What goes on the chain.
    #[schemars(required, example = both("소득 기록", "records of income"))]
    pub(super) on_chain: Text,
    /// Who is paid.
    #[schemars(required, example = both("연산력을 나눈 이용자", "users who share computing power"))]
    pub(super) paid: Text,
}

/// A typed figure; every language words it by its own rules.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Figure {
    /// Its name in links, unique in the file: ASCII, lower case, hyphens.
    #[schemars(required, regex(pattern = ID), example = &"idle-cpu")]
    pub(super) id: Word,
    /// The number, or use `from` and `to`.
    #[schemars(range(min = 0), example = 70)]
    pub(super) value: Option<Spanned<f64>>,
    /// The lower end of a range.
    #[schemars(range(min = 0), example = 40)]
    pub(super) from: Option<Spanned<f64>>,
    /// The upper end of a range.
    #[schemars(range(min = 0), example = 50)]
    pub(super) to: Option<Spanned<f64>>,
    /// What it counts.
    #[schemars(required, example = &"percent")]
    pub(super) unit: Option<Spanned<Unit>>,
    /// How exact it is.
    #[schemars(example = &"more-than")]
    pub(super) bound: Option<Spanned<Bound>>,
    /// What span of time it is counted over.
    #[schemars(example = &"year")]
    pub(super) period: Option<Spanned<Period>>,
    /// The year it is forecast for.
    #[schemars(range(min = 1900, max = 2200), example = 2020)]
    pub(super) by_year: Option<Spanned<i16>>,
    /// What replaces the unit's word, such as the sign of a token.
    #[schemars(length(min = 1), example = &"EST")]
    pub(super) symbol: Word,
    /// What is counted.
    #[schemars(required, example = both("놀고 있는 CPU 자원", "of CPU resources idle"))]
    pub(super) label: Text,
    /// The rest of a sentence that begins with the bare number.
    #[schemars(example = both("명이 방을 메웠다", "people filled the room"))]
    pub(super) sentence: Text,
    /// What had been announced, for comparison.
    #[schemars(example = 9)]
    pub(super) announced: Option<Spanned<u32>>,
    /// Who said it.
    #[schemars(example = &"reporter")]
    pub(super) said_by: Option<Spanned<SaidBy>>,
    /// How it is drawn large; one figure of a project at most.
    #[schemars(example = &"discs")]
    pub(super) drawing: Option<Spanned<Drawing>>,
}

/// How it works, step by step.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Steps {
    /// The heading.
    #[schemars(required, example = both("짬이 수익이 되기까지", "From a spare moment to income"))]
    pub(super) title: Text,
    /// The steps in order.
    #[schemars(required, example = [step()])]
    pub(super) items: Option<Vec<Spanned<Step>>>,
    /// How they are drawn large: three to eight stations, each with a line that runs on through those that follow.
    #[schemars(example = &"stations")]
    pub(super) drawing: Option<Spanned<StepsDrawing>>,
    /// What the drawing shows, in a sentence.
    #[schemars(example = both("한 줄은 한 곳의 기록이다.", "Each line is what one place records."))]
    pub(super) caption: Text,
}

/// One step.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    /// A few words.
    #[schemars(required, example = both("자격 확인", "Check the device"))]
    pub(super) title: Text,
    /// One sentence.
    #[schemars(required, example = both("체인이 기기를 점검한다.", "The chain checks the device."))]
    pub(super) text: Text,
}
