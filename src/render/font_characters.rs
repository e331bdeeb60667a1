//! The characters that a language's pages set, taken from the content before anything is rendered,
//! so that fingerprints do not chase each other from page to stylesheet to font.

use std::collections::BTreeSet;
use std::mem;

use rayon::prelude::*;

use crate::language::{CONSONANTS, LanguageId, Localized, initial, own_name};
use crate::model::routes::PAGE_SIZE;
use crate::model::{Prose, SpeakerRef, Text, Website};

/// What pages set besides their texts: marks of the templates, digits, signs of numbers.
const ALWAYS: &str = "\u{a0}“”‘’–—…·「」『』~×−+#%‹›→←↑↓";

/// Every character that the first page may set, so that it needs no other font.
pub(super) fn home_characters(website: &Website, language: LanguageId) -> BTreeSet<char> {
    let mut characters = Characters::frame(website, language);
    for page in &website.pages {
        characters.localized(&page.title);
    }
    for tier in &website.sponsors {
        characters.texts(tier.texts());
    }
    for project in website.projects.iter().take(PAGE_SIZE) {
        characters.localized(&project.name);
        characters.add(project.long_name.as_deref().unwrap_or_default());
        for text in [&project.tagline, &project.room].into_iter().flatten() {
            characters.localized(text);
        }
        if let Some(syllable) = &project.syllable {
            characters.add(&syllable.text);
        }
        for (speaker, _) in website.speakers(project) {
            characters.texts(vec![Text::Speaker(&SpeakerRef::InPlace(speaker.clone()))]);
        }
        characters.texts(project.links.iter().map(|it| Text::Body(&it.title)).collect());
        characters.texts(project.figures.iter().map(Text::Figure).collect());
    }
    characters.transcripts(website, "recap/");
    for topic in &website.topics {
        characters.localized(&topic.name);
    }
    characters.credits(website);
    let terms = website.recap.iter().flat_map(|it| it.get(language).value.terms());
    for term in terms.filter_map(|it| website.term(it)) {
        characters.texts(term.texts());
    }
    characters.set()
}

/// Every character that a page of this language may set.
pub(super) fn font_characters(website: &Website, language: LanguageId) -> BTreeSet<char> {
    let of_projects = website.projects.par_chunks(512).map(|projects| {
        let mut characters = Characters::new(language);
        for project in projects {
            characters.texts(project.texts());
            characters.add(project.language.as_deref().map_or("", own_name));
            // A page is cited in every language.
            for other in website.languages.iter() {
                characters.add(project.name.text(other));
            }
        }
        characters
    });
    let mut characters =
        of_projects.reduce(|| Characters::frame(website, language), Characters::union);
    for page in &website.pages {
        characters.texts(page.texts());
    }
    for slot in &website.slots {
        characters.texts(slot.texts());
    }
    for tier in &website.sponsors {
        characters.texts(tier.texts());
    }
    for question in &website.event.questions {
        characters.localized(&question.label);
    }
    for person in &website.people {
        characters.texts(person.texts());
        characters.add(person.who.name.text(LanguageId::FIRST));
    }
    for topic in &website.topics {
        characters.texts(topic.texts());
    }
    for term in &website.glossary {
        characters.texts(term.texts());
        // Where consonants order the terms, readers search by them as well.
        match initial(&term.name.text(language).to_lowercase()) {
            Some(it) if CONSONANTS.contains(it) => characters.add(CONSONANTS),
            it => it.into_iter().for_each(|it| characters.character(it)),
        }
    }
    characters.transcripts(website, "");
    characters.credits(website);
    characters.set()
}

/// The characters of texts in a language.
struct Characters {
    language: LanguageId,
    /// By code point, as far as the highest: a large site asks this some ten million times.
    seen: Vec<bool>,
}

impl Characters {
    fn credits(&mut self, website: &Website) {
        for credit in website.credits.values() {
            self.localized(&credit.creator);
            self.add(credit.licence.as_deref().unwrap_or_default());
        }
    }

    fn new(language: LanguageId) -> Self {
        Self { language, seen: Vec::new() }
    }

    /// Those of labels and of the event, which stand on any page.
    fn frame(website: &Website, language: LanguageId) -> Self {
        let mut characters = Self::new(language);
        (' '..='~').for_each(|it| characters.character(it));
        characters.add(ALWAYS);
        // The labels as they print themselves: every text, and field names in ASCII.
        characters.add(&format!("{:?}", website.labels(language)));
        characters.language_names(website);
        let event = &website.event;
        characters.texts(event.texts());
        if let Some(recap) = &website.recap {
            characters.prose(recap);
        }
        for other in website.languages.iter() {
            let labels = website.labels(other);
            characters.add(&labels.project.citation);
            characters.add(&event.days(labels));
            characters.add(event.name.text(other));
            characters.add(event.title().text(other));
        }
        characters
    }

    fn union(mut self, mut other: Self) -> Self {
        if self.seen.len() < other.seen.len() {
            mem::swap(&mut self.seen, &mut other.seen);
        }
        for (own, others) in self.seen.iter_mut().zip(other.seen) {
            *own |= others;
        }
        self
    }

    fn set(self) -> BTreeSet<char> {
        let seen = (0..).zip(self.seen).filter(|(_, is_seen)| *is_seen);
        let characters = seen.filter_map(|(code, _)| char::from_u32(code));
        characters.filter(|it| !it.is_control()).collect()
    }

    fn character(&mut self, character: char) {
        let code = character as usize;
        if code >= self.seen.len() {
            self.seen.resize(code + 1, false);
        }
        self.seen[code] = true;
    }

    fn add(&mut self, text: &str) {
        text.chars().for_each(|it| self.character(it));
    }

    fn localized(&mut self, text: &Localized<String>) {
        self.add(text.text(self.language));
    }

    fn prose(&mut self, prose: &Localized<Prose>) {
        let prose = prose.get(self.language).value;
        self.add(&prose.intro_text);
        for section in &prose.sections {
            self.add(&section.heading_text);
            self.add(&section.body_text);
        }
    }

    /// What is said in the films of a folder, where it is not in another language of the site.
    fn transcripts(&mut self, website: &Website, folder: &str) {
        let of_folder = website.transcripts.iter().filter(|(it, _)| it.starts_with(folder));
        for transcript in of_folder.flat_map(|(_, it)| it) {
            let spoken = website.languages.find(&transcript.language);
            if spoken.is_none_or(|it| it == self.language) {
                transcript.texts().for_each(|it| self.add(it));
            }
        }
    }

    /// Languages are named by themselves.
    fn language_names(&mut self, website: &Website) {
        for language in website.languages.iter() {
            self.add(&website.labels(language).language.name);
        }
    }

    fn texts(&mut self, texts: Vec<Text<'_>>) {
        for text in texts {
            match text {
                Text::Title(it)
                | Text::Name(it)
                | Text::Lead(it)
                | Text::Heading(it)
                | Text::Body(it) => self.localized(it),
                Text::SameName(it) => self.add(it),
                Text::Speaker(SpeakerRef::InPlace(speaker)) => {
                    self.localized(&speaker.name);
                    speaker.details().for_each(|it| self.localized(it));
                    // The name as it is first written stands beside a romanised one.
                    self.add(speaker.name.text(LanguageId::FIRST));
                }
                // Whose texts are visited themselves.
                Text::Speaker(SpeakerRef::Id(_)) => {}
                Text::Syllable(syllable) => {
                    self.add(&syllable.text);
                    self.add(&syllable.reading);
                    self.localized(&syllable.meaning);
                }
                Text::Figure(figure) => {
                    self.localized(&figure.label);
                    figure.sentence.iter().for_each(|it| self.localized(it));
                    self.add(figure.quantity.symbol.as_deref().unwrap_or_default());
                }
                Text::Prose(prose) => self.prose(prose),
            }
        }
    }
}
