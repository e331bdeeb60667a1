//! The texts of every page, from the checked content.

use rayon::prelude::*;

use super::fold::fold;
use super::{Field, Index, Page, PageKind, Part, Text};
use crate::language::{LanguageId, Localized};
use crate::model::{Figure, Project, Prose, Term, Topic, Website};

/// Ends the folded form of a text: no question holds it, so that nothing is found across two texts.
const END: char = '\u{1}';

impl Index {
    /// What readers of each language see; what a language lacks is found in the language that has it.
    pub fn new(website: &Website) -> Self {
        let mut pages = Vec::new();
        for language in website.languages.iter() {
            pages.push(recap(website, language));
            let projects = website.projects.par_iter();
            pages.par_extend(projects.map(|it| project(website, language, it)));
            pages.extend(website.topics.iter().map(|it| topic(website, language, it)));
            pages.extend(
                website
                    .glossary
                    .iter()
                    .map(|it| term(website, language, it)),
            );
            pages.push(about(website, language));
        }
        Self { pages }
    }
}

fn recap(website: &Website, language: LanguageId) -> Page {
    let event = &website.event;
    let mut page = Page::new(website, language, PageKind::Recap, "/");
    page.name(Field::Title, &event.title);
    for name in [&event.name, &event.venue, &event.host] {
        page.name(Field::Alias, name);
    }
    page.texts(
        Field::Lead,
        [&event.standfirst, &event.description, &event.kind],
    );
    page.texts(Field::Heading, [&event.headline]);
    page.prose(&website.recap);
    for figure in &event.figures {
        page.figure(website, figure, None);
    }
    for stop in &event.series {
        page.texts(Field::Prose, [&stop.city, &stop.country, &stop.note]);
    }
    page
}

fn project(website: &Website, language: LanguageId, project: &Project) -> Page {
    let mut page = Page::new(website, language, PageKind::Project, &project.path());
    page.name(Field::Title, &project.name);
    if let Some(name) = &project.long_name {
        page.add(Field::Alias, language, None, name);
    }
    if let Some(syllable) = &project.syllable {
        page.icon.clone_from(&syllable.text);
        page.add(Field::Alias, LanguageId::FIRST, None, &syllable.text);
    }
    for speaker in &project.speakers {
        page.name(Field::Alias, &speaker.name);
        if let (Some(name), Some(role)) =
            (speaker.name.exact(language), speaker.role.exact(language))
        {
            page.add(Field::Prose, language, None, &format!("{name} {role}"));
        }
    }
    let (glance, compare) = (&project.glance, &project.compare);
    page.texts(Field::Lead, [&project.tagline, &project.standfirst]);
    page.texts(
        Field::Lead,
        [&glance.problem, &glance.idea, &glance.why, &glance.audience],
    );
    page.prose(&project.prose);
    let topics = project.topics.iter().filter_map(|id| website.topic(id));
    page.texts(Field::Term, topics.map(|it| &it.name));
    for id in project.prose.get(language).value.terms() {
        let terms = website.glossary.iter().filter(|it| it.id == id);
        page.texts(Field::Term, terms.map(|it| &it.name));
    }
    page.texts(Field::Prose, [&compare.on_chain, &compare.paid]);
    for figure in &project.figures {
        page.figure(website, figure, Some(format!("figure-{}", figure.id)));
    }
    if let Some(steps) = &project.steps {
        page.texts(Field::Prose, [&steps.title]);
        for step in &steps.items {
            page.texts(Field::Prose, [&step.title, &step.text]);
        }
    }
    page
}

fn topic(website: &Website, language: LanguageId, topic: &Topic) -> Page {
    let mut page = Page::new(website, language, PageKind::Topic, &topic.path());
    page.name(Field::Title, &topic.name);
    page.texts(Field::Lead, [&topic.text]);
    let projects = website.projects_of(&topic.id);
    page.texts(Field::Prose, projects.map(|it| &it.name));
    page
}

fn term(website: &Website, language: LanguageId, term: &Term) -> Page {
    let path = format!("/glossary/#{}", term.id);
    let mut page = Page::new(website, language, PageKind::Term, &path);
    page.name(Field::Title, &term.name);
    page.texts(Field::Lead, [&term.text]);
    page
}

fn about(website: &Website, language: LanguageId) -> Page {
    let labels = &website.labels(language).about;
    let mut page = Page::new(website, language, PageKind::About, "/about/");
    page.add(Field::Title, language, None, &labels.title);
    page.add(Field::Lead, language, None, &labels.standfirst);
    page.prose(&website.about);
    page
}

impl Page {
    fn new(website: &Website, language: LanguageId, kind: PageKind, path: &str) -> Self {
        Self {
            language,
            path: format!("{}{path}", website.languages.prefix(language)),
            kind,
            icon: String::new(),
            parts: Vec::new(),
            texts: Vec::new(),
            folded: String::new(),
            word_starts: Vec::new(),
        }
    }

    fn add(&mut self, field: Field, language: LanguageId, part: Option<usize>, words: &str) {
        let words: Vec<&str> = words.split_whitespace().collect();
        if words.is_empty() {
            return;
        }
        let written = words.join(" ");
        let start = self.folded.len();
        fold(&written, |it| {
            if it.is_word_start {
                self.word_starts.push(self.folded.len());
            }
            self.folded.push(it.character);
        });
        self.texts.push(Text {
            field,
            language,
            part,
            written: written.into(),
            folded: start..self.folded.len(),
        });
        self.folded.push(END);
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
        self.parts.push(Part {
            fragment,
            name: self.texts.len(),
        });
        self.add(field, self.language, part, name);
        part
    }

    fn prose(&mut self, prose: &Localized<Prose>) {
        let language = self.language;
        let Some(prose) = prose.exact(language) else {
            return;
        };
        self.add(Field::Prose, language, None, &prose.intro_text);
        for section in &prose.sections {
            let part = self.part(section.id.clone(), Field::Heading, &section.heading_text);
            self.add(Field::Prose, language, part, &section.body_text);
        }
    }

    fn figure(&mut self, website: &Website, figure: &Figure, fragment: Option<String>) {
        let Some(label) = figure.label.exact(self.language) else {
            return;
        };
        let quantity = website
            .labels(self.language)
            .numbers
            .quantity(&figure.quantity);
        let words = format!("{quantity} · {label}");
        match fragment {
            Some(fragment) => drop(self.part(fragment, Field::Prose, &words)),
            None => self.add(Field::Prose, self.language, None, &words),
        }
    }
}
