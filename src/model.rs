//! The checked website: everything the pages say, in types that cannot hold a mistake.
//!
//! Only `content` makes a [`Website`], and only from content without errors, so that whatever
//! comes after may rely on it: links lead somewhere, languages exist, figures have words.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use self::examples::{CONTACT, DATE, LANGUAGE, RECIPE, SYLLABLE, WEB, answers, both};
use crate::language::Localized;
use crate::svg::Svg;

mod examples;
mod figure;
mod labels;
mod link;
mod look;
mod page;
mod people;
mod prose;
pub mod routes;
mod sponsors;
mod time;
mod transcript;
mod website;

pub use examples::{ADDRESS, DAYS, ID, TIME, ZONE};
pub use figure::{Drawing, Figure, SaidBy, Step, Steps, StepsDrawing};
pub use labels::{
    EntryLabels, GlossaryLabels, HomeLabels, Labels, LanguageLabels, ListLabels, MachineLabels,
    MovedLabels, NotFoundLabels, PeopleLabels, ProjectLabels, ScheduleLabels, SearchLabels,
    ShareLabels, SiteLabels, TopicLabels,
};
pub use link::{Cover, Credit, Link, Material, Picture};
pub use look::{Emblems, Look};
pub use page::Page;
pub use people::{Person, Speaker, SpeakerRef};
pub use prose::{LinkTarget, Markup, Place, Prose, Section, Shown};
pub use sponsors::{Sponsor, Sponsors, Tier};
pub use time::{Days, Interval, LocalTime, Slot, State, Zone};
pub use transcript::{Chapter, Paragraph, Transcript, clock, is_second_id, second_id};
pub use website::{Moved, Website};

/// `event.yaml`: the meetup and the site about it.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Event {
    /// The event's name.
    #[schemars(example = both("Nordlicht-Treffen", "Northern Lights Meetup"))]
    pub name: Localized<String>,
    /// What calendar, feed and emblems know the event by, in every other event's company; `check --fix` writes it, and
    /// it never changes.
    #[serde(default)]
    #[schemars(regex(pattern = ID), example = &"northern-lights-2024")]
    pub id: String,
    /// The part of the name that is lettered large: Hangul syllables.
    #[schemars(length(min = 1), example = &"가나다라")]
    pub lettering: Option<String>,
    /// What kind of event it was, in two words.
    #[schemars(example = both("Treffen", "meetup"))]
    pub kind: Option<Localized<String>>,
    /// The title of the first page in browser tabs and search results: 60 columns at most.
    #[schemars(example = both("Nordlicht-Treffen in Nordhafen", "Northern Lights in Nordhaven"))]
    pub title: Option<Localized<String>>,
    /// What a search result says of the site: 50 to 160 columns; a Hangul letter takes two.
    #[schemars(example = both("Was beim Treffen in Nordhafen gezeigt wurde.", "A recap of the meetup in Nordhaven."))]
    pub description: Option<Localized<String>>,
    /// The headline of the recap.
    #[schemars(example = both("Zwei Tage am Wasser", "Two days by the water"))]
    pub headline: Option<Localized<String>>,
    /// The two or three sentences under it.
    #[schemars(example = both("Vierzig Vorträge in zwei Sälen.", "Forty talks in two halls."))]
    pub standfirst: Option<Localized<String>>,
    /// The day, such as 2024-10-10, or the first and the last: 2024-10-10..2024-10-11.
    #[schemars(example = &"2024-10-10..2024-10-11")]
    pub date: Days,
    /// The time zone of all times, by its name in the IANA database; needed once a time is written.
    #[schemars(example = &"Europe/Paris")]
    pub timezone: Option<Zone>,
    /// The city.
    #[schemars(example = both("Nordhafen", "Nordhaven"))]
    pub city: Option<Localized<String>>,
    /// The country.
    #[schemars(example = both("Deutschland", "Germany"))]
    pub country: Option<Localized<String>>,
    /// The house in which it took place.
    #[schemars(example = both("Altes Zollhaus", "Old Customs House"))]
    pub venue: Option<Localized<String>>,
    /// The address at which it could be followed from elsewhere.
    #[schemars(regex(pattern = WEB), example = &"https://example.org/live")]
    pub online: Option<String>,
    /// Who invited.
    #[schemars(example = both("Beispiel e. V.", "Example Society"))]
    pub host: Option<Localized<String>>,
    /// Where more of it is: its own site, an album, recordings.
    #[serde(default)]
    pub links: Vec<Link>,
    /// What the menu leads to, in this order; everything that there is, if left out: a part of the site, such as talks,
    /// people or about, or a page, such as pages/venue.
    #[schemars(example = ["talks", "people", "pages/venue"])]
    pub menu: Option<Vec<String>>,
    /// What the foot of every page leads to, likewise; what the menu does and the other pages, if left out.
    #[schemars(example = ["pages/code-of-conduct"])]
    pub footer: Option<Vec<String>>,
    /// The site's languages by their codes; the first is served at /, the others below /code/.
    #[schemars(length(min = 1), example = ["ko", "en"])]
    pub languages: Vec<String>,
    /// What the site calls its entries: the folder that they are in, their address, and their word.
    #[serde(default)]
    #[schemars(example = &"talks")]
    pub entries: Entries,
    /// What is asked of every entry, in the order in which the answers are shown.
    #[serde(default)]
    pub questions: Vec<Question>,
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
    pub updated: Option<Date>,
    /// Where the site is published, such as <https://example.org/recap/>.
    #[schemars(regex(pattern = WEB), example = &"https://example.org/recap/")]
    pub site_url: Option<String>,
    /// Where content files can be edited; the file's path is put behind it.
    #[schemars(regex(pattern = WEB), example = &"https://example.org/edit/content/")]
    pub source_url: Option<String>,
    /// Where corrections go, such as <mailto:desk@example.org>.
    #[schemars(regex(pattern = CONTACT), example = &"mailto:desk@example.org")]
    pub contact: Option<String>,
    /// How the site looks.
    #[serde(default)]
    pub look: Look,
    /// The recipe of its emblem, two forms over each other, where no `emblem.svg` is beside this file; `check --fix` writes
    /// it. For another, write `reroll 1` in its place, or `reroll 2` and so on.
    #[serde(rename = "emblem")]
    #[schemars(regex(pattern = RECIPE), example = &"fan.1.21+disc.0.20")]
    pub recipe: Option<String>,
    /// Its emblem, on a square of 12 by 12.
    #[serde(skip)]
    pub emblem: Option<Svg>,
}

/// What the entries of a site are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Entries {
    /// `projects/<slug>/project.yaml`
    #[default]
    Projects,
    /// `talks/<slug>/talk.yaml`
    Talks,
    /// `sessions/<slug>/session.yaml`
    Sessions,
    /// `demos/<slug>/demo.yaml`
    Demos,
}

impl Entries {
    pub const ALL: [Self; 4] = [Self::Projects, Self::Talks, Self::Sessions, Self::Demos];

    /// The folder of content that they are in, and the first part of their paths.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Projects => "projects",
            Self::Talks => "talks",
            Self::Sessions => "sessions",
            Self::Demos => "demos",
        }
    }

    pub fn of_folder(folder: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.folder() == folder)
    }

    /// The name of the file of an entry's facts.
    pub fn file_name(self) -> String {
        format!("{}.yaml", self.folder().trim_end_matches('s'))
    }

    /// The file of an entry's facts.
    pub fn file(self, slug: &str) -> String {
        format!("{}/{slug}/{}", self.folder(), self.file_name())
    }
}

/// Something that is asked of every entry, such as its level or why it is built.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Question {
    /// Its name in the `answers` of an entry: ASCII, lower case, hyphens.
    #[schemars(regex(pattern = ID), example = &"level")]
    pub id: String,
    /// What stands over the answers.
    #[schemars(example = both("Vorwissen", "Level"))]
    pub label: Localized<String>,
    /// Where the answers stand.
    #[serde(default, rename = "where")]
    #[schemars(example = &"table")]
    pub place: AnswerPlace,
}

/// Where the answers to a question stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerPlace {
    /// On the page of the entry.
    #[default]
    Page,
    /// In a column of the list.
    Table,
    /// On both.
    Both,
}

impl AnswerPlace {
    pub fn is_on_page(self) -> bool {
        self != Self::Table
    }

    pub fn is_in_table(self) -> bool {
        self != Self::Page
    }
}

/// One meetup of the series.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Stop {
    /// The city.
    #[schemars(example = both("Tokio", "Tokyo"))]
    pub city: Localized<String>,
    /// The country.
    #[schemars(example = both("Japan", "Japan"))]
    pub country: Option<Localized<String>>,
    /// The day; leave it out while it is not fixed.
    #[schemars(regex(pattern = DATE), example = &"2018-05-28")]
    pub date: Option<Date>,
    /// A few words.
    #[schemars(example = both("das erste", "the first"))]
    pub note: Option<Localized<String>>,
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
    #[schemars(example = both("Teilen", "Sharing"))]
    pub name: Localized<String>,
    /// What it is, in a sentence.
    #[schemars(example = both("Wer etwas mit anderen nutzt.", "Who uses something together with others."))]
    pub text: Option<Localized<String>>,
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
    #[schemars(example = both("Blaue Stunde", "Blue hour"))]
    pub name: Localized<String>,
    /// What it means, in a few sentences.
    #[schemars(example = both("Die Zeit nach Sonnenuntergang.", "The time after sunset."))]
    pub text: Localized<String>,
}

/// `projects/<slug>/project.yaml`: the facts of a project, shared by all languages.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Project {
    /// Its name in URLs, and of its folder.
    #[serde(skip)]
    pub slug: String,
    /// What it is one of.
    #[serde(skip)]
    pub entries: Entries,
    /// The number that it is shown with: its place among all that are shown, from 1.
    #[serde(skip)]
    pub rank: usize,
    /// The place in the programme, from 1; those without one follow by their folders' names.
    #[schemars(range(min = 1, max = 99_999), example = 12)]
    pub order: Option<u32>,
    /// The name.
    #[schemars(example = both("Nachtzug", "Night Train"))]
    pub name: Localized<String>,
    /// The full name in Latin letters, the same in every language.
    #[schemars(length(min = 1), example = &"Night Train for the Arctic Line")]
    pub long_name: Option<String>,
    /// Who presented it.
    #[serde(default)]
    pub speakers: Vec<SpeakerRef>,
    /// The ids of up to three topics from topics.yaml.
    #[serde(default)]
    #[schemars(length(max = 3), example = ["sharing", "data"])]
    pub topics: Vec<String>,
    /// One line, without a full stop.
    #[schemars(example = both("Schlafwagen ohne Umsteigen", "Sleeping cars without a change"))]
    pub tagline: Option<Localized<String>>,
    /// The heart of the claim in a sentence or two: 50 to 160 columns; a Hangul letter takes two.
    #[schemars(example = both("Ein Zug fährt über Nacht durch.", "One train runs through the night."))]
    pub standfirst: Option<Localized<String>>,
    /// When it began, by the clocks of the event's time zone, such as 2024-10-10 13:30.
    #[schemars(example = &"2024-10-10 13:30")]
    pub start: Option<LocalTime>,
    /// How many minutes it took.
    #[schemars(range(min = 1, max = 1440), example = 30)]
    pub minutes: Option<u16>,
    /// The room or hall.
    #[schemars(example = both("Saal A", "Hall A"))]
    pub room: Option<Localized<String>>,
    /// The picture at the head of its page, which messengers show too: a file beside this one or one of media/, or
    /// `{file, alt, caption}`.
    pub cover: Option<Cover>,
    /// Its recording: a film or sound beside this file, or an address. Of the large sites, that is a player which loads
    /// once somebody asks for it.
    #[schemars(with = "Option<String>", length(min = 1), example = &"talk.mp4")]
    pub video: Option<Material>,
    /// Its slides: a file beside this one, or an address.
    #[schemars(with = "Option<String>", length(min = 1), example = &"slides.pdf")]
    pub slides: Option<Material>,
    /// Where more of it is.
    #[serde(default)]
    pub links: Vec<Link>,
    /// The language that it was held in.
    #[schemars(regex(pattern = LANGUAGE), example = &"en")]
    pub language: Option<String>,
    /// What else readers may search for, such as the report's own word for what the page calls otherwise.
    #[serde(default)]
    #[schemars(length(max = 50), example = ["loudness war"])]
    pub keywords: Vec<String>,
    /// What became of it, where that is not what was planned.
    #[schemars(example = &"not-recorded")]
    pub state: Option<State>,
    /// The project's Hangul letter.
    pub syllable: Option<Syllable>,
    /// The answers to the questions of event.yaml, by the id of each.
    #[serde(default)]
    #[schemars(example = answers())]
    pub answers: BTreeMap<String, Localized<String>>,
    /// The figures named in the talk.
    #[serde(default)]
    pub figures: Vec<Figure>,
    /// How it works, step by step.
    pub steps: Option<Steps>,
    /// The write-up.
    #[serde(skip)]
    pub prose: Option<Localized<Prose>>,
    /// The recipe of its emblem, two forms over each other, where no `emblem.svg` is beside this file; `check --fix` writes
    /// it. For another, write `reroll 1` in its place, or `reroll 2` and so on.
    #[serde(rename = "emblem")]
    #[schemars(regex(pattern = RECIPE), example = &"fan.1.21+disc.0.20")]
    pub recipe: Option<String>,
    /// Its emblem, on a square of 12 by 12.
    #[serde(skip)]
    pub emblem: Option<Svg>,
    /// What the emblem shows.
    #[schemars(example = both("Ein Mond über zwei Gleisen", "A moon over two rails"))]
    pub depicts: Option<Localized<String>>,
    /// Paths at which the page was before, such as /projects/old-name/, the oldest first.
    #[serde(default)]
    #[schemars(length(max = 50), example = ["/projects/old-name/"])]
    pub aliases: Vec<String>,
    /// Whether only the preview shows it.
    #[serde(default)]
    #[schemars(example = true)]
    pub draft: bool,
    /// The day on which its content last changed.
    #[schemars(regex(pattern = DATE), example = &"2026-11-22")]
    pub updated: Option<Date>,
}

/// A Hangul letter of the site's own choice.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Syllable {
    /// One syllable.
    #[schemars(length(min = 1), regex(pattern = SYLLABLE), example = &"봄")]
    pub text: String,
    /// How it is read, in Latin letters.
    #[schemars(length(min = 1), example = &"bom")]
    pub reading: String,
    /// What it means.
    #[schemars(example = both("der Frühling", "spring"))]
    pub meaning: Localized<String>,
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
    Speaker(&'a SpeakerRef),
    Syllable(&'a Syllable),
    Figure(&'a Figure),
    Prose(&'a Localized<Prose>),
}

impl Event {
    /// The title of the first page.
    pub fn title(&self) -> &Localized<String> {
        self.title.as_ref().unwrap_or(&self.name)
    }

    /// What it is in a sentence or two: the description or, where there is none, the standfirst.
    pub fn summary(&self) -> Option<&Localized<String>> {
        self.description.as_ref().or(self.standfirst.as_ref())
    }

    /// Its day or days in words.
    pub fn days(&self, labels: &Labels) -> String {
        labels.dates.days(self.date.first, self.date.last)
    }

    /// The day on which the content last changed or, where it does not say so, that of the event.
    pub fn updated(&self) -> Date {
        self.updated.unwrap_or(self.date.last)
    }

    pub fn texts(&self) -> Vec<Text<'_>> {
        let mut texts = vec![Text::Title(self.title()), Text::Name(&self.name)];
        texts.extend([&self.venue, &self.host].into_iter().flatten().map(Text::Name));
        let leads = [&self.standfirst, &self.description, &self.kind];
        texts.extend(leads.into_iter().flatten().map(Text::Lead));
        texts.extend(self.headline.as_ref().map(Text::Heading));
        texts.extend([&self.city, &self.country].into_iter().flatten().map(Text::Body));
        texts.extend(self.links.iter().map(|it| Text::Body(&it.title)));
        texts.extend(self.figures.iter().map(Text::Figure));
        for stop in &self.series {
            texts.push(Text::Body(&stop.city));
            texts.extend([&stop.country, &stop.note].into_iter().flatten().map(Text::Body));
        }
        texts
    }
}

impl Project {
    /// The path of its page, without a language.
    pub fn path(&self) -> String {
        routes::project(self.entries, &self.slug)
    }

    /// The path that its page had when it was first published.
    pub fn first_path(&self) -> String {
        let folder = format!("/{}/", self.entries.folder());
        let first = self.aliases.iter().find(|it| it.starts_with(&folder));
        first.cloned().unwrap_or_else(|| self.path())
    }

    /// The path of its page as data, without a language.
    pub fn json_path(&self) -> String {
        routes::project_json(self.entries, &self.slug)
    }

    /// The path of its page as Markdown, without a language.
    pub fn markdown_path(&self) -> String {
        routes::project_markdown(self.entries, &self.slug)
    }

    /// What its page says first: the standfirst or, where there is none, the tagline.
    pub fn summary(&self) -> Option<&Localized<String>> {
        self.standfirst.as_ref().or(self.tagline.as_ref())
    }

    /// The path of its calendar file, without a language, if it has one.
    pub fn calendar_path(&self) -> Option<String> {
        let is_there = self.start.is_some() && !self.draft;
        is_there.then(|| routes::project_calendar(self.entries, &self.slug))
    }

    /// When it is, if that is known.
    pub fn interval(&self, event: &Event) -> Option<Interval> {
        let zone = event.timezone.as_ref();
        Some(Interval::new(self.start?, self.minutes, zone))
    }

    /// Whether there is anything to watch or to read of it.
    pub fn has_material(&self) -> bool {
        self.video.is_some() || self.slides.is_some() || !self.links.is_empty()
    }

    /// The folder that its files are in.
    pub fn folder(&self) -> String {
        format!("{}/{}", self.entries.folder(), self.slug)
    }

    pub fn is_cancelled(&self) -> bool {
        self.state == Some(State::Cancelled)
    }

    pub fn texts(&self) -> Vec<Text<'_>> {
        let mut texts = vec![Text::Title(&self.name)];
        texts.extend(self.long_name.as_deref().map(Text::SameName));
        texts.extend(self.keywords.iter().map(|it| Text::SameName(it)));
        texts.extend(self.links.iter().map(|it| Text::Body(&it.title)));
        texts.extend(self.syllable.as_ref().map(Text::Syllable));
        texts.extend(self.speakers.iter().map(Text::Speaker));
        texts.extend(self.room.as_ref().map(Text::Body));
        let leads = [&self.tagline, &self.standfirst];
        texts.extend(leads.into_iter().flatten().map(Text::Lead));
        texts.extend(self.depicts.as_ref().map(Text::Body));
        let caption = self.cover.as_ref().and_then(|it| it.caption.as_ref());
        texts.extend(caption.map(Text::Body));
        texts.extend(self.answers.values().map(Text::Lead));
        texts.extend(self.prose.as_ref().map(Text::Prose));
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
        let mut texts = vec![Text::Title(&self.name)];
        texts.extend(self.text.as_ref().map(Text::Lead));
        texts
    }
}

impl Term {
    pub fn texts(&self) -> Vec<Text<'_>> {
        vec![Text::Title(&self.name), Text::Lead(&self.text)]
    }
}
