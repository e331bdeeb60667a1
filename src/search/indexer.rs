//! The texts of every page, from the checked content.

use rayon::prelude::*;

use super::fold::fold;
use super::{Field, Index, IndexedText, Page, PageKind, Part};
use crate::language::{LanguageId, Localized};
use crate::model::routes::{self, Kind};
use crate::model::{Figure, Project, Prose, Speaker, Term, Text, Topic, Website};

/// Ends the folded form of a text: no question holds it, so that nothing is found across two texts.
const END: char = '\u{1}';

impl Index {
    /// What readers of each language see; what a language lacks is found in the language that has it.
    pub fn new(website: &Website) -> Self {
        let routes = website.routes();
        let mut pages = Vec::new();
        for language in website.languages.iter() {
            let found = routes.par_iter().flat_map_iter(|route| match route.kind {
                Kind::Home => vec![recap(website, language)],
                Kind::Project(index) => vec![project(website, language, &website.projects[index])],
                Kind::Topic {
                    topic: index,
                    page: 1,
                } => {
                    vec![topic(website, language, &website.topics[index])]
                }
                Kind::Glossary => {
                    let terms = website.glossary.iter();
                    terms.map(|it| term(website, language, it)).collect()
                }
                Kind::About => vec![about(website, language)],
                _ => Vec::new(),
            });
            pages.par_extend(found);
        }
        Self { pages }
    }
}

fn recap(website: &Website, language: LanguageId) -> Page {
    let mut page = Page::new(website, language, PageKind::Recap, routes::HOME);
    page.visit(website, website.event.texts());
    page.prose(website.recap.as_ref());
    page
}

fn project(website: &Website, language: LanguageId, project: &Project) -> Page {
    let mut page = Page::new(website, language, PageKind::Project, &project.path());
    page.visit(website, project.texts());
    let topics = website.topics_of(project);
    page.texts(Field::Term, topics.map(|it| &it.name));
    let prose = project.prose.as_ref().map(|it| it.get(language).value);
    let terms = prose.into_iter().flat_map(Prose::terms);
    let terms = terms.filter_map(|id| website.term(id));
    page.texts(Field::Term, terms.map(|it| &it.name));
    page
}

fn topic(website: &Website, language: LanguageId, topic: &Topic) -> Page {
    let mut page = Page::new(website, language, PageKind::Topic, &topic.path());
    page.visit(website, topic.texts());
    let projects = website.projects_of(&topic.id);
    page.texts(Field::Prose, projects.map(|it| &it.name));
    page
}

fn term(website: &Website, language: LanguageId, term: &Term) -> Page {
    let path = routes::term(&term.id);
    let mut page = Page::new(website, language, PageKind::Term, &path);
    page.visit(website, term.texts());
    page
}

fn about(website: &Website, language: LanguageId) -> Page {
    let labels = &website.labels(language).about;
    let mut page = Page::new(website, language, PageKind::About, routes::ABOUT);
    page.add(Field::Title, language, None, &labels.title);
    page.add(Field::Lead, language, None, &labels.standfirst);
    page.prose(website.about.as_ref());
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
        self.texts.push(IndexedText {
            field,
            language,
            part,
            written: written.into(),
            folded: start..self.folded.len(),
        });
        self.folded.push(END);
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
                Text::Speaker(Speaker { name, role, .. }) => {
                    self.name(Field::Alias, name);
                    let role = role.as_ref().and_then(|it| it.exact(language));
                    if let (Some(name), Some(role)) = (name.exact(language), role) {
                        self.add(Field::Prose, language, None, &format!("{name} {role}"));
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
        self.parts.push(Part {
            fragment,
            name: self.texts.len(),
        });
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

    fn figure(&mut self, website: &Website, figure: &Figure) {
        let Some(label) = figure.label.exact(self.language) else {
            return;
        };
        let quantity = website
            .labels(self.language)
            .numbers
            .quantity(&figure.quantity);
        let words = format!("{quantity} · {label}");
        // A project's page names its figures; the first page tells its own in a sentence.
        if self.kind == PageKind::Project {
            self.part(format!("figure-{}", figure.id), Field::Prose, &words);
        } else {
            self.add(Field::Prose, self.language, None, &words);
        }
    }
}
