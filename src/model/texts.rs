//! Every text that pages show, in one place: fonts have its characters, and search finds it.

use super::{Event, Figure, Project, Prose, Speaker, Syllable, Term, Topic};
use crate::language::Localized;

/// A text by what it is to its page.
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
    pub fn texts(&self) -> Vec<Text<'_>> {
        vec![Text::Title(&self.name), Text::Lead(&self.text)]
    }
}

impl Term {
    pub fn texts(&self) -> Vec<Text<'_>> {
        vec![Text::Title(&self.name), Text::Lead(&self.text)]
    }
}
