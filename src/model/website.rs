//! The whole of a site, and what is found in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::routes::Kind;
use super::{
    Credit, Event, Labels, Material, Page, Person, Project, Prose, Slot, Speaker, SpeakerRef, Term,
    Tier, Topic, Transcript,
};
use crate::language::{LanguageId, Languages, Localized};
use crate::media::{Medium, Player};

/// The whole site's content.
#[derive(Clone, Debug, PartialEq)]
pub struct Website {
    /// The languages, the site's own first.
    pub languages: Languages,
    /// The interface's words, one set a language, in the order of the languages.
    pub labels: Vec<Labels>,
    pub event: Event,
    /// The article of the day.
    pub recap: Option<Localized<Prose>>,
    pub topics: Vec<Topic>,
    pub glossary: Vec<Term>,
    /// What has a time and is no project, in the order of time.
    pub slots: Vec<Slot>,
    /// The projects in the order of the programme.
    pub projects: Vec<Project>,
    /// Those who have a page, in the order of their ids.
    pub people: Vec<Person>,
    /// The pages beside all of these, in the order of their ids.
    pub pages: Vec<Page>,
    /// Who paid, in tiers.
    pub sponsors: Vec<Tier>,
    /// The font that the site brings.
    pub font: Option<Arc<[u8]>>,
    /// The files that texts and facts show or link, by their path from the content folder.
    pub media: BTreeMap<String, Medium>,
    /// What is said in films, by their paths without their endings, each in the order of the site's languages. That of
    /// a film on another site stands at `video` in the folder of its text.
    pub transcripts: BTreeMap<String, Vec<Transcript>>,
    /// Who made pictures, by their paths.
    pub credits: BTreeMap<String, Arc<Credit>>,
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

    /// A person by their id.
    pub fn person(&self, id: &str) -> Option<&Person> {
        let found = self.people.binary_search_by(|it| (*it.slug).cmp(id));
        Some(&self.people[found.ok()?])
    }

    /// Who a project was presented by, each with the person that they are, if they have a page.
    pub fn speakers<'a>(
        &'a self,
        project: &'a Project,
    ) -> impl Iterator<Item = (&'a Speaker, Option<&'a Person>)> {
        project.speakers.iter().filter_map(|it| self.speaker(it))
    }

    pub fn speaker<'a>(&'a self, of: &'a SpeakerRef) -> Option<(&'a Speaker, Option<&'a Person>)> {
        match of {
            SpeakerRef::Id(id) => self.person(id).map(|it| (&it.who, Some(it))),
            SpeakerRef::InPlace(speaker) => Some((speaker, None)),
        }
    }

    /// The addresses of films on other sites, as entries and texts name them.
    pub fn films_elsewhere(&self) -> impl Iterator<Item = &str> {
        let entries = self.projects.iter();
        let videos = entries.clone().filter_map(|it| it.video.as_ref()?.address());
        let texts = [self.recap.as_ref()].into_iter();
        let texts = texts
            .chain(entries.map(|it| it.prose.as_ref()))
            .chain(self.people.iter().map(|it| it.bio.as_ref()))
            .chain(self.pages.iter().map(|it| it.text.as_ref()));
        let proses = texts.flatten().flat_map(|text| {
            let languages = text.languages();
            languages.filter_map(move |it| text.exact(it))
        });
        videos.chain(proses.flat_map(Prose::shown).map(|it| &*it.path))
    }

    /// The films of a page that have a transcript, in order and each once: what shows them, and the transcript that
    /// readers of a language are shown. `folder` is that of the page's text.
    pub fn transcripts<'a>(
        &'a self,
        folder: &str,
        video: Option<&'a Material>,
        prose: Option<&'a Prose>,
        code: &str,
    ) -> Vec<(&'a str, &'a Transcript)> {
        let shown = prose.into_iter().flat_map(Prose::shown);
        let shown = shown.map(|it| it.path.as_str());
        let mut found: Vec<(&str, &Transcript)> = Vec::new();
        let mut has_elsewhere = false;
        for film in video.map(|it| it.place.as_str()).into_iter().chain(shown) {
            let is_elsewhere = film.contains("://");
            let is_own = video.is_some_and(|it| it.place == film);
            let stem = match film.rsplit_once('.') {
                _ if is_elsewhere && !has_elsewhere && (is_own || Player::of(film).is_some()) => {
                    has_elsewhere = true;
                    format!("{folder}/video")
                }
                Some((stem, _)) if !is_elsewhere => stem.to_owned(),
                _ => continue,
            };
            if let Some(all) = self.transcripts.get(&stem)
                && found.iter().all(|(it, _)| *it != film)
            {
                let own = all.iter().find(|it| it.language == code);
                found.extend(own.or(all.first()).map(|it| (film, it)));
            }
        }
        found
    }

    /// The pages that may have stood elsewhere before.
    pub fn moved(&self) -> impl Iterator<Item = Moved<'_>> {
        let projects = self.projects.iter().map(|it| Moved {
            aliases: &it.aliases,
            path: it.path(),
            title: &it.name,
        });
        let people = self.people.iter().map(|it| Moved {
            aliases: &it.aliases,
            path: it.path(),
            title: &it.who.name,
        });
        let pages = self.pages.iter().map(|it| Moved {
            aliases: &it.aliases,
            path: it.path(),
            title: &it.title,
        });
        projects.chain(people).chain(pages)
    }

    /// The text of a page.
    pub fn prose(&self, kind: Kind) -> Option<&Localized<Prose>> {
        match kind {
            Kind::Home => self.recap.as_ref(),
            Kind::Page(index) => self.pages[index].text.as_ref(),
            Kind::Person(index) => self.people[index].bio.as_ref(),
            Kind::Project(index) => self.projects[index].prose.as_ref(),
            _ => None,
        }
    }

    /// What a person presented.
    pub fn projects_by<'a>(&'a self, person: &'a str) -> impl Iterator<Item = &'a Project> {
        let projects = self.projects.iter();
        projects.filter(move |it| it.speakers.iter().any(|it| it.id() == Some(person)))
    }

    /// The first hour of the first day and the last one of the last, as RFC 3339 writes them, where those are known.
    pub fn hours(&self) -> (Option<String>, Option<String>) {
        let days = self.event.date;
        let held = self.published().filter(|it| !it.is_cancelled());
        let held = held.filter_map(|it| it.interval(&self.event));
        let slots = self.slots.iter().map(|it| it.interval(&self.event));
        let all: Vec<_> = held.chain(slots).collect();
        let first = all.iter().min_by_key(|it| it.seconds().0);
        let last = all.iter().max_by_key(|it| it.seconds().1);
        let first = first.filter(|it| it.date() == days.first);
        let last = last.filter(|it| it.date() == days.last);
        let start = first.map(|it| it.rfc3339().0);
        (start, last.and_then(|it| it.rfc3339().1))
    }

    pub fn has_times(&self) -> bool {
        !self.slots.is_empty() || self.projects.iter().any(|it| it.start.is_some())
    }

    /// The projects that are published: all but drafts, which only a preview holds at all.
    pub fn published(&self) -> impl Iterator<Item = &Project> {
        self.projects.iter().filter(|project: &&Project| !project.draft)
    }

    /// The day on which anything that readers see last changed.
    pub fn updated(&self) -> Date {
        let days = self.published().filter_map(|project| project.updated);
        days.fold(self.event.updated(), Date::max)
    }
}

/// A page, and where it was before.
#[derive(Debug)]
pub struct Moved<'a> {
    pub aliases: &'a [String],
    /// Without a language.
    pub path: String,
    pub title: &'a Localized<String>,
}
