//! The texts of every page, from the checked content.

use rayon::prelude::*;

use super::fold::fold;
use super::{Field, FoldedPage, Index, Page, PageKind, PageText, Part, Source};
use crate::language::{LanguageId, Localized};
use crate::model::routes::{self, Kind};
use crate::model::{
    Figure, Material, Person, Project, Prose, Text, Tier, Topic, Website, clock, second_id,
};

/// Ends the folded form of a text: no question holds it, so that nothing is found across two texts.
const END: char = '\u{1}';

impl Index {
    /// What readers of each language see; what a language lacks is found in the language that has it.
    pub fn new(website: &Website) -> Self {
        let sources = sources(website).into_par_iter();
        let pages = sources.map(|it| FoldedPage::new(&Page::new(website, it), it));
        Self { pages: pages.collect() }
    }
}

/// Every page that can be found.
pub(super) fn sources(website: &Website) -> Vec<Source> {
    let routes = website.routes();
    let mut sources = Vec::new();
    for language in website.languages.iter() {
        for route in &routes {
            let (kind, indices) = match route.kind {
                Kind::Home => (PageKind::Recap, 0..1),
                Kind::Project(index) => (PageKind::Project, index..index + 1),
                Kind::Person(index) => (PageKind::Person, index..index + 1),
                Kind::Topic { topic, page: 1 } => (PageKind::Topic, topic..topic + 1),
                Kind::Glossary => (PageKind::Term, 0..website.glossary.len()),
                Kind::Schedule => (PageKind::Schedule, 0..1),
                Kind::Page(index) if route.path == routes::ABOUT => {
                    (PageKind::About, index..index + 1)
                }
                Kind::Page(index) => (PageKind::Page, index..index + 1),
                _ => continue,
            };
            sources.extend(indices.map(|index| Source { language, kind, index }));
        }
    }
    sources
}

impl FoldedPage {
    fn new(page: &Page, source: Source) -> Self {
        let (mut folded, mut word_starts, mut texts) = (String::new(), Vec::new(), Vec::new());
        for text in &page.texts {
            fold(&text.written, |it| {
                let byte = folded.len();
                folded.push(it.character);
                word_starts.resize(folded.len() / 8 + 1, 0);
                word_starts[byte / 8] |= u8::from(it.is_word_start) << (byte % 8);
            });
            texts.push((text.field, folded.len()));
            folded.push(END);
        }
        Self { source, folded: folded.into(), word_starts: word_starts.into(), texts: texts.into() }
    }
}

impl Page {
    pub(super) fn new(website: &Website, source: Source) -> Self {
        let Source { language, index, .. } = source;
        let mut page = Self {
            language,
            path: website.languages.prefix(language),
            kind: source.kind,
            icon: String::new(),
            parts: Vec::new(),
            texts: Vec::new(),
        };
        match source.kind {
            PageKind::Recap => {
                page.path.push_str(routes::HOME);
                page.visit(website, website.event.texts());
                page.prose(website.recap.as_ref());
                page.transcripts(website, "recap", None, website.recap.as_ref());
                let sponsors = website.sponsors.iter();
                page.visit(website, sponsors.flat_map(Tier::texts).collect());
            }
            PageKind::Project => page.project(website, &website.projects[index]),
            PageKind::Person => page.person(website, &website.people[index]),
            PageKind::Topic => page.topic(website, &website.topics[index]),
            PageKind::Term => {
                let term = &website.glossary[index];
                page.path.push_str(&routes::term(&term.id));
                page.visit(website, term.texts());
            }
            PageKind::Schedule => {
                page.path.push_str(routes::SCHEDULE);
                let title = &website.labels(language).schedule.title;
                page.add(Field::Title, language, None, title);
                for slot in &website.slots {
                    page.visit(website, slot.texts());
                }
            }
            PageKind::About | PageKind::Page => {
                let own = &website.pages[index];
                page.path.push_str(&own.path());
                page.visit(website, own.texts());
                page.transcripts(website, &own.folder(), None, own.text.as_ref());
            }
        }
        page
    }

    fn project(&mut self, website: &Website, project: &Project) {
        self.path.push_str(&project.path());
        self.visit(website, project.texts());
        let topics = website.topics_of(project);
        self.texts(Field::Term, topics.map(|it| &it.name));
        let prose = project.prose.as_ref();
        self.transcripts(website, &project.folder(), project.video.as_ref(), prose);
        let prose = prose.map(|it| it.get(self.language).value);
        let terms = prose.into_iter().flat_map(Prose::terms);
        let terms = terms.filter_map(|id| website.term(id));
        self.texts(Field::Term, terms.map(|it| &it.name));
    }

    fn person(&mut self, website: &Website, person: &Person) {
        self.path.push_str(&person.path());
        self.visit(website, person.texts());
        self.transcripts(website, &person.folder(), None, person.bio.as_ref());
        let projects = website.projects_by(&person.slug);
        self.texts(Field::Prose, projects.map(|it| &it.name));
    }

    fn topic(&mut self, website: &Website, topic: &Topic) {
        self.path.push_str(&topic.path());
        self.visit(website, topic.texts());
        let projects = website.projects_of(&topic.id);
        self.texts(Field::Prose, projects.map(|it| &it.name));
    }

    fn add(&mut self, field: Field, language: LanguageId, part: Option<usize>, words: &str) {
        let words: Vec<&str> = words.split_whitespace().collect();
        if !words.is_empty() {
            self.texts.push(PageText { field, language, part, written: words.join(" ") });
        }
    }

    fn visit(&mut self, website: &Website, texts: Vec<Text<'_>>) {
        let language = self.language;
        for text in texts {
            match text {
                Text::Title(it) => self.name(Field::Title, it),
                Text::Name(it) => self.name(Field::Alias, it),
                Text::SameName(it) => self.add(Field::Alias, language, None, it),
                Text::Lead(it) => self.texts(Field::Lead, [it]),
                Text::Heading(it) => self.texts(Field::Heading, [it]),
                Text::Body(it) => self.texts(Field::Prose, [it]),
                Text::Speaker(speaker) => {
                    let Some((speaker, _)) = website.speaker(speaker) else {
                        continue;
                    };
                    self.name(Field::Alias, &speaker.name);
                    for detail in speaker.details().filter_map(|it| it.exact(language)) {
                        if let Some(name) = speaker.name.exact(language) {
                            self.add(Field::Prose, language, None, &format!("{name} {detail}"));
                        }
                    }
                }
                Text::Syllable(syllable) => {
                    self.icon.clone_from(&syllable.text);
                    self.add(Field::Alias, LanguageId::FIRST, None, &syllable.text);
                }
                Text::Figure(figure) => self.figure(website, figure),
                Text::Prose(prose) => self.prose(Some(prose)),
            }
        }
    }

    /// Texts in the page's language, where they have it.
    fn texts<'a>(&mut self, field: Field, texts: impl IntoIterator<Item = &'a Localized<String>>) {
        for text in texts {
            if let Some(words) = text.exact(self.language) {
                self.add(field, self.language, None, words);
            }
        }
    }

    /// A name that readers may know in any language.
    fn name(&mut self, field: Field, name: &Localized<String>) {
        let own = name.get(self.language);
        self.add(field, own.language, None, own.value);
        for language in name.languages().filter(|it| *it != own.language) {
            if let Some(other) = name.exact(language).filter(|it| *it != own.value) {
                self.add(Field::Alias, language, None, other);
            }
        }
    }

    /// A part that can be linked, with the text that names it.
    fn part(&mut self, fragment: String, field: Field, name: &str) -> Option<usize> {
        let part = Some(self.parts.len());
        self.parts.push(Part { fragment, name: self.texts.len() });
        self.add(field, self.language, part, name);
        part
    }

    fn prose(&mut self, prose: Option<&Localized<Prose>>) {
        let language = self.language;
        let Some(prose) = prose.and_then(|it| it.exact(language)) else {
            return;
        };
        self.add(Field::Prose, language, None, &prose.intro_text);
        for section in &prose.sections {
            let part = self.part(section.id.clone(), Field::Heading, &section.heading_text);
            self.add(Field::Prose, language, part, &section.body_text);
        }
    }

    /// What is said in films, each paragraph with its second. What is there in another language of the site is found
    /// there.
    fn transcripts(
        &mut self,
        website: &Website,
        folder: &str,
        video: Option<&Material>,
        prose: Option<&Localized<Prose>>,
    ) {
        let language = self.language;
        let code = website.languages.code(language);
        let prose = prose.map(|it| it.get(language).value);
        let films = website.transcripts(folder, video, prose, code);
        for (film, (_, transcript)) in films.into_iter().enumerate() {
            let spoken = website.languages.find(&transcript.language);
            if spoken.is_some_and(|it| it != language) {
                continue;
            }
            for chapter in &transcript.chapters {
                if !chapter.title.is_empty() {
                    let id = second_id(film, chapter.second);
                    self.part(id, Field::Heading, &chapter.title);
                }
                for said in &chapter.paragraphs {
                    let name = match said.speaker.as_str() {
                        "" => clock(said.second),
                        speaker => format!("{} · {speaker}", clock(said.second)),
                    };
                    let part = self.part(second_id(film, said.second), Field::Prose, &name);
                    self.add(Field::Prose, language, part, &said.text);
                }
            }
        }
    }

    fn figure(&mut self, website: &Website, figure: &Figure) {
        let Some(label) = figure.label.exact(self.language) else {
            return;
        };
        let quantity = website.labels(self.language).numbers.quantity(&figure.quantity);
        let words = format!("{quantity} · {label}");
        // A project's page names its figures; the first page tells its own in a sentence.
        if self.kind == PageKind::Project {
            self.part(format!("figure-{}", figure.id), Field::Prose, &words);
        } else {
            self.add(Field::Prose, self.language, None, &words);
        }
    }
}
