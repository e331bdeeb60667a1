//! All that the card of a page shows, gathered from the content.

use std::borrow::Cow;

use serde::Serialize;

use super::super::context::SiteData;
use super::super::pages::pagination;
use super::super::search;
use super::parts::Emblem;
use crate::language::LanguageId;
use crate::model::{Project, Topic, Website};

/// Projects on a wall, which the event's own emblem completes.
const TILES: usize = 11;

/// The page that a card is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject {
    /// The first page.
    Home,
    /// A page that is made of labels, by its place in [`Gather::plain_pages`].
    Plain(usize),
    /// A sheet of the comparison.
    Projects(usize),
    /// A sheet of a topic, by its place.
    Topic(usize, usize),
    /// A project, by its place.
    Project(usize),
}

impl Subject {
    /// Every page of a language.
    pub(super) fn all(site_data: &SiteData) -> Vec<Self> {
        let website = &site_data.website;
        let mut all = vec![Self::Home];
        all.extend((0..PLAIN).map(Self::Plain));
        all.extend((1..=pagination::page_count(website.projects.len())).map(Self::Projects));
        for (place, topic) in website.topics.iter().enumerate() {
            let held = site_data.relations.on(&topic.id).len();
            all.extend((1..=pagination::page_count(held)).map(|sheet| Self::Topic(place, sheet)));
        }
        all.extend((0..website.projects.len()).map(Self::Project));
        all
    }
}

/// How the parts of a card are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) enum Layout {
    /// The poster: lettering, notes, and the wall as a frieze.
    Poster,
    /// A title, a sentence, and emblems at the right.
    List,
    /// The three squares of the project's page, then its name and standfirst.
    Project,
}

/// A square on the wall: a project's emblem if it has one, and how it is printed.
pub(super) type Tile<'a> = (Option<&'a str>, Emblem);

/// Hangul as it is read, and drawn in two inks where it can be.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Lettered<'a> {
    pub(super) text: &'a str,
    pub(super) drawn: Option<&'a str>,
}

/// All that a card shows. Nothing else is at hand where a card is composed, so that equal facts make equal cards.
#[derive(Debug, Serialize)]
pub(super) struct CardContent<'a> {
    pub(super) layout: Layout,
    /// Set large.
    pub(super) title: Cow<'a, str>,
    /// Set below it.
    pub(super) text: &'a str,
    /// Whose card it is: the event with its date and city.
    pub(super) sign: Cow<'a, str>,
    /// The event's emblem.
    pub(super) emblem: Option<&'a str>,
    /// What stands under the lettering of a poster.
    pub(super) notes: Vec<String>,
    /// The name of the event, where it is lettered as a whole.
    pub(super) lettering: Vec<&'a str>,
    /// A project's place in the programme.
    pub(super) number: String,
    /// A project's syllable.
    pub(super) syllable: Option<Lettered<'a>>,
    /// The emblems of projects, or of the one.
    pub(super) tiles: Vec<Tile<'a>>,
}

impl CardContent<'_> {
    /// The facts in a form that differs whenever they do.
    pub(super) fn bytes(&self) -> Vec<u8> {
        // Texts and numbers can always be written.
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Every text that is set in letters.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let syllable = self.syllable.map(|it| it.text);
        [&*self.title, self.text, &*self.sign, &*self.number]
            .into_iter()
            .chain(self.notes.iter().map(String::as_str))
            .chain(syllable)
    }
}

impl CardContent<'static> {
    /// A card of every layout, with everything in it that a card may have, and with what may be missing.
    pub(super) fn layout_samples() -> [Self; 5] {
        let drawn = "<svg viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";
        let drawing = Some("<svg><circle id=\"a\" class=\"v\" cx=\"6\" cy=\"6\" r=\"5\"/></svg>");
        let facts = |layout, title: &'static str| Self {
            layout,
            title: title.into(),
            text: "한 문장이 이름 아래에 서고, the second line of it is Latin 0123456789.",
            sign: "이름 · Seoul · 1".into(),
            emblem: drawing,
            notes: ["하나", "Two words", "2018", "11"]
                .map(str::to_owned)
                .into(),
            lettering: vec![drawn, drawn],
            number: "07".to_owned(),
            syllable: Some(Lettered {
                text: "가",
                drawn: Some(drawn),
            }),
            tiles: vec![
                (drawing, Emblem::Inked),
                (None, Emblem::Inked),
                (drawing, Emblem::Faded),
            ],
        };
        let bare = |layout| Self {
            emblem: None,
            lettering: Vec::new(),
            syllable: Some(Lettered {
                text: "A",
                drawn: None,
            }),
            ..facts(layout, "A name that takes more than one line of a card")
        };
        [
            facts(Layout::Poster, "제목"),
            bare(Layout::Poster),
            facts(Layout::List, "제목"),
            facts(Layout::Project, "가나"),
            bare(Layout::Project),
        ]
    }
}

/// Gathers the facts of cards in one language.
pub(super) struct Gather<'a> {
    site_data: &'a SiteData,
    website: &'a Website,
    language: LanguageId,
    /// The same on every card.
    sign: String,
}

/// How many pages are made of labels.
const PLAIN: usize = 4;

impl<'a> Gather<'a> {
    pub(super) fn new(site_data: &'a SiteData, language: LanguageId) -> Self {
        let website = &site_data.website;
        let event = &website.event;
        let (name, city) = (event.name.text(language), event.city.text(language));
        let date = website.labels(language).dates.full(event.date);
        Self {
            site_data,
            website,
            language,
            sign: format!("{name} · {city} · {date}"),
        }
    }

    /// The path of a page, with its language.
    pub(super) fn page(&self, subject: Subject) -> String {
        let website = self.website;
        let path = match subject {
            Subject::Home => "/".to_owned(),
            Subject::Plain(place) => self.plain_pages()[place].0.to_owned(),
            Subject::Projects(sheet) => pagination::path("/projects/", sheet),
            Subject::Topic(place, sheet) => pagination::path(&website.topics[place].path(), sheet),
            Subject::Project(place) => website.projects[place].path(),
        };
        format!("{}{path}", website.languages.prefix(self.language))
    }

    /// What is to be seen on a card, in words.
    pub(super) fn alt(&self, facts: &CardContent<'_>) -> String {
        let pattern = &self.website.labels(self.language).share.card;
        pattern
            .replace("{title}", &facts.title)
            .replace("{event}", self.website.event.name.text(self.language))
            .replace("{text}", facts.text)
    }

    /// What the card of a page shows.
    pub(super) fn facts(&self, subject: Subject) -> CardContent<'_> {
        let website = self.website;
        let labels = website.labels(self.language);
        match subject {
            Subject::Home => self.home(),
            Subject::Plain(place) => {
                let (_, title, text) = self.plain_pages()[place];
                self.list(title.into(), text, self.first())
            }
            Subject::Projects(sheet) => {
                let title = pagination::title(labels, &labels.list.title, sheet);
                let projects = website.projects.iter().map(AsRef::as_ref);
                let tiles = tiles(pagination::entries(projects, sheet));
                self.list(title.into(), &labels.list.standfirst, tiles)
            }
            Subject::Topic(place, sheet) => self.topic(&website.topics[place], sheet),
            Subject::Project(place) => self.project(&website.projects[place]),
        }
    }

    /// The pages that are made of labels: path, title and what stands under it.
    fn plain_pages(&self) -> [(&'static str, &'a str, &'a str); PLAIN] {
        let labels = self.website.labels(self.language);
        let (topic, glossary, about) = (&labels.topic, &labels.glossary, &labels.about);
        let search = &labels.search;
        [
            ("/topics/", &topic.title, &topic.standfirst),
            ("/glossary/", &glossary.title, &glossary.standfirst),
            ("/about/", &about.title, &about.standfirst),
            (search::PATH, &search.title, &search.standfirst),
        ]
    }

    /// The emblems of the first projects of the programme.
    fn first(&self) -> Vec<Tile<'a>> {
        tiles(self.website.projects.iter().map(AsRef::as_ref))
    }

    fn list<'b>(
        &'b self,
        title: Cow<'b, str>,
        text: &'b str,
        tiles: Vec<Tile<'b>>,
    ) -> CardContent<'b> {
        CardContent {
            layout: Layout::List,
            title,
            text,
            sign: self.sign.as_str().into(),
            emblem: self.website.event.emblem.as_deref(),
            notes: Vec::new(),
            lettering: Vec::new(),
            number: String::new(),
            syllable: None,
            tiles,
        }
    }

    /// A sheet of a topic. Of a programme that fits the wall, the other projects leave a trace.
    fn topic<'b>(&'b self, topic: &'b Topic, sheet: usize) -> CardContent<'b> {
        let website = self.website;
        let labels = website.labels(self.language);
        let title = pagination::title(labels, topic.name.text(self.language), sheet);
        let tiles = if website.projects.len() <= TILES {
            let square = |project: &'b Project| {
                let emblem = if project.topics.contains(&topic.id) {
                    Emblem::Inked
                } else {
                    Emblem::Faded
                };
                (project.emblem.as_deref(), emblem)
            };
            website.projects.iter().map(|it| square(it)).collect()
        } else {
            let places = self.site_data.relations.on(&topic.id).iter();
            let projects = places.map(|&it| website.projects[it].as_ref());
            tiles(pagination::entries(projects, sheet))
        };
        self.list(title.into(), topic.text.text(self.language), tiles)
    }

    fn project<'b>(&'b self, project: &'b Project) -> CardContent<'b> {
        let title = project.name.text(self.language).into();
        let tiles = tiles(std::iter::once(project));
        CardContent {
            layout: Layout::Project,
            number: format!("{:02}", project.order),
            syllable: project.syllable.as_ref().map(|it| Lettered {
                text: &it.text,
                drawn: self.site_data.lettering_cache.get(&it.text),
            }),
            ..self.list(title, project.standfirst.text(self.language), tiles)
        }
    }

    fn home(&self) -> CardContent<'_> {
        let website = self.website;
        let event = &website.event;
        let language = self.language;
        let labels = website.labels(language);
        let letters = event.lettering.iter().flat_map(|it| it.chars());
        let drawn = letters.map(|it| self.site_data.lettering_cache.get(&it.to_string()));
        let name = event.name.text(language);
        let count = website.projects.len().to_string();
        let (city, venue) = (event.city.text(language), event.venue.text(language));
        let title = event.title.text(language).into();
        CardContent {
            layout: Layout::Poster,
            lettering: drawn.collect::<Option<Vec<_>>>().unwrap_or_default(),
            notes: vec![
                format!("{name} {}", event.kind.text(language)),
                format!("{city} {venue}"),
                labels.dates.full(event.date),
                labels.home.count.replace("{n}", &count),
            ],
            // What is set where nothing can be lettered.
            number: name.to_owned(),
            ..self.list(title, event.description.text(language), self.first())
        }
    }
}

/// The emblems of the first of some projects.
fn tiles<'a>(projects: impl Iterator<Item = &'a Project>) -> Vec<Tile<'a>> {
    let projects = projects.take(TILES);
    projects
        .map(|it| (it.emblem.as_deref(), Emblem::Inked))
        .collect()
}
