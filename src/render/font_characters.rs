//! The characters that a language's pages set, taken from the content before anything is rendered,
//! so that fingerprints do not chase each other from page to stylesheet to font.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::language::{LanguageId, Localized};
use crate::model::routes::PAGE_SIZE;
use crate::model::{Figure, Project, Prose, Website};

/// What pages set besides their texts: marks of the templates, digits, signs of numbers.
const ALWAYS: &str = "“”‘’–—…·「」『』~×−+#%‹›→←↑↓";

/// The characters that the first page shows before anybody scrolls: the frame, the poster, the wall, and what follows on
/// a high screen. A font of these alone is there in a moment.
pub(super) fn above_the_fold(website: &Website, language: LanguageId) -> BTreeSet<char> {
    let mut gather = Gather::new(language);
    let labels = website.labels(language);
    let (site, home) = (&labels.site, &labels.home);
    for label in [
        &site.home,
        &site.projects,
        &site.topics,
        &site.glossary,
        &site.about,
        &site.search,
        &home.count,
        &home.existing,
        &home.proposed,
        &home.meeting,
        &labels.dates.full(website.event.date),
    ] {
        gather.word(label);
    }
    for language in website.languages.iter() {
        gather.word(&website.labels(language).language.name);
    }
    let event = &website.event;
    for text in [&event.name, &event.kind, &event.city, &event.venue] {
        gather.text(text);
    }
    for figure in &event.figures {
        gather.word(&labels.numbers.amount(figure.quantity.amount));
        gather.text(figure.sentence.as_ref().unwrap_or(&figure.label));
    }
    for project in website.projects.iter().take(PAGE_SIZE) {
        gather.text(&project.name);
    }
    gather.word("0123456789, ");
    gather.set()
}

/// Every character that a page of this language may set.
pub(super) fn font_characters(website: &Website, language: LanguageId) -> BTreeSet<char> {
    let mut gather = Gather::new(language);
    (' '..='~')
        .chain(ALWAYS.chars())
        .for_each(|it| gather.character(it));
    gather.labels(website);
    gather.event(website);
    gather.citations(website);
    for text in [&website.recap, &website.about] {
        gather.prose(text);
    }
    for (name, text) in website
        .topics
        .iter()
        .map(|topic| (&topic.name, &topic.text))
        .chain(website.glossary.iter().map(|term| (&term.name, &term.text)))
    {
        gather.text(name);
        gather.text(text);
    }
    let of_projects = website.projects.par_chunks(512).map(|projects| {
        let mut gather = Gather::new(language);
        for project in projects {
            gather.project(project);
        }
        gather
    });
    let gather = of_projects
        .reduce(|| Gather::new(language), Gather::add)
        .add(gather);
    gather.set()
}

/// Code points in one word of [`Gather::seen`].
const WORD: usize = u64::BITS as usize;

struct Gather {
    /// A bit for each code point: a large site asks this some ten million times.
    seen: Vec<u64>,
    language: LanguageId,
}

impl Gather {
    fn new(language: LanguageId) -> Self {
        Self {
            seen: vec![0; char::MAX as usize / WORD + 1],
            language,
        }
    }

    fn add(mut self, other: Self) -> Self {
        for (own, others) in self.seen.iter_mut().zip(other.seen) {
            *own |= others;
        }
        self
    }

    fn set(self) -> BTreeSet<char> {
        let codes = (0..).zip(self.seen).flat_map(|(word, seen)| {
            let bits = (0..u64::BITS).filter(move |bit| seen >> bit & 1 == 1);
            bits.map(move |bit| word * u64::BITS + bit)
        });
        let characters = codes.filter_map(char::from_u32);
        characters.filter(|it| !it.is_control()).collect()
    }

    fn character(&mut self, character: char) {
        let code = character as usize;
        self.seen[code / WORD] |= 1 << (code % WORD);
    }

    fn word(&mut self, text: &str) {
        text.chars().for_each(|it| self.character(it));
    }

    fn text(&mut self, text: &Localized<String>) {
        self.word(text.text(self.language));
    }

    fn prose(&mut self, prose: &Localized<Prose>) {
        let prose = prose.get(self.language).value;
        self.word(&prose.text());
    }

    /// The labels as they print themselves: every text, and field names in ASCII.
    fn labels(&mut self, website: &Website) {
        let labels = website.labels(self.language);
        self.word(&format!("{labels:?}"));
        // Other languages are named in the switch and in notices.
        for language in website.languages.iter() {
            self.word(&website.labels(language).language.name);
        }
    }

    fn event(&mut self, website: &Website) {
        let event = &website.event;
        for text in [
            &event.name,
            &event.kind,
            &event.headline,
            &event.standfirst,
            &event.city,
            &event.country,
            &event.venue,
            &event.host,
        ] {
            self.text(text);
        }
        for stop in &event.series {
            for text in [&stop.city, &stop.country, &stop.note] {
                self.text(text);
            }
        }
        self.figures(&event.figures);
    }

    /// A page is cited in every language.
    fn citations(&mut self, website: &Website) {
        for language in website.languages.iter() {
            let labels = website.labels(language);
            self.word(&labels.project.citation);
            self.word(&labels.dates.full(website.event.date));
            let event = &website.event;
            for name in [&event.name, &event.title] {
                self.word(name.text(language));
            }
        }
    }

    fn figures(&mut self, figures: &[Figure]) {
        for figure in figures {
            self.text(&figure.label);
            if let Some(sentence) = &figure.sentence {
                self.text(sentence);
            }
            if let Some(symbol) = &figure.quantity.symbol {
                self.word(symbol);
            }
        }
    }

    fn project(&mut self, project: &Project) {
        // A page is cited in every language.
        for language in project.name.languages() {
            self.word(project.name.text(language));
        }
        let (glance, compare) = (&project.glance, &project.compare);
        for text in [
            &project.name,
            &project.tagline,
            &project.standfirst,
            &glance.problem,
            &glance.idea,
            &glance.why,
            &glance.audience,
            &compare.on_chain,
            &compare.paid,
        ] {
            self.text(text);
        }
        if let Some(name) = &project.long_name {
            self.word(name);
        }
        for speaker in &project.speakers {
            self.text(&speaker.name);
            self.text(&speaker.role);
            // The name as the report writes it stands beside a romanised one.
            self.word(speaker.name.text(LanguageId::FIRST));
        }
        if let Some(syllable) = &project.syllable {
            self.word(&syllable.text);
            self.word(&syllable.reading);
            self.text(&syllable.meaning);
        }
        for step in project.steps.iter().flat_map(|steps| &steps.items) {
            self.text(&step.title);
            self.text(&step.text);
        }
        if let Some(steps) = &project.steps {
            self.text(&steps.title);
            steps.caption.iter().for_each(|it| self.text(it));
        }
        self.figures(&project.figures);
        self.prose(&project.prose);
    }
}
