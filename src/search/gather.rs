//! The texts of every page, from the checked content.

use super::fold::{compose, fold};
use super::{Index, Page, PageKind, Place, Text};
use crate::language::{LanguageId, Localized};
use crate::model::{Figure, Html, Project, Prose, Term, Topic, Website};

/// Ends the folded form of a text: no question holds it, so that nothing is found across two texts.
const END: char = '\u{1}';

impl Index {
    /// Gathers what readers of each language see; what a language lacks is found in the language that has it.
    #[must_use]
    pub fn new(website: &Website) -> Self {
        let mut index = Self::default();
        for language in website.languages.iter() {
            let mut gather = Gather {
                index: &mut index,
                website,
                language,
            };
            gather.recap();
            for project in &website.projects {
                gather.project(project);
            }
            for topic in &website.topics {
                gather.topic(topic);
            }
            for term in &website.glossary {
                gather.term(term);
            }
            gather.about();
        }
        index
    }

    fn push(&mut self, text: Text) {
        let start = self.folded.len();
        for folded in fold(&text.written) {
            if folded.gap {
                let at = self.folded.len();
                self.gaps.resize(at / 64 + 1, 0);
                self.gaps[at / 64] |= 1 << (at % 64);
            }
            self.folded.push(folded.character);
        }
        let folded = start..self.folded.len();
        self.folded.push(END);
        self.texts.push(Text { folded, ..text });
    }
}

/// Gathers the pages of one language.
struct Gather<'a> {
    index: &'a mut Index,
    website: &'a Website,
    language: LanguageId,
}

impl Gather<'_> {
    /// Begins a page; what follows belongs to it.
    fn page(&mut self, kind: PageKind, path: &str) {
        let end = self.index.texts.len();
        self.index.pages.push(Page {
            language: self.language,
            path: format!("{}{path}", self.website.languages.prefix(self.language)),
            kind,
            sign: String::new(),
            parts: Vec::new(),
            texts: end..end,
        });
    }

    fn words(&mut self, place: Place, language: LanguageId, part: Option<usize>, words: &str) {
        let line: Vec<&str> = words.split_whitespace().collect();
        if line.is_empty() {
            return;
        }
        self.index.push(Text {
            page: self.index.pages.len() - 1,
            place,
            language,
            part,
            written: compose(&line.join(" ")).into(),
            folded: 0..0,
        });
        if let Some(page) = self.index.pages.last_mut() {
            page.texts.end = self.index.texts.len();
        }
    }

    /// A text in the page's language, where it has one.
    fn text(&mut self, place: Place, text: &Localized<String>) {
        if let Some(words) = text.exact(self.language) {
            self.words(place, self.language, None, words);
        }
    }

    /// A name that readers may know in any language.
    fn name(&mut self, place: Place, name: &Localized<String>) {
        let own = name.get(self.language);
        self.words(place, own.language, None, own.value);
        for language in name.languages().filter(|it| *it != own.language) {
            if let Some(other) = name.exact(language).filter(|it| *it != own.value) {
                self.words(Place::Alias, language, None, other);
            }
        }
    }

    fn part(&mut self, fragment: String) -> Option<usize> {
        let parts = &mut self.index.pages.last_mut()?.parts;
        parts.push(fragment);
        Some(parts.len() - 1)
    }

    fn prose(&mut self, prose: &Localized<Prose>) {
        let Some(prose) = prose.exact(self.language) else {
            return;
        };
        self.words(Place::Prose, self.language, None, &plain(&prose.intro));
        for section in &prose.sections {
            let part = self.part(section.id.clone());
            self.words(Place::Heading, self.language, part, &section.heading_text);
            self.words(Place::Prose, self.language, part, &plain(&section.body));
        }
    }

    fn figures(&mut self, figures: &[Figure], is_linked: bool) {
        let website = self.website;
        for figure in figures {
            if let Some(label) = figure.label.exact(self.language) {
                let part = is_linked.then(|| self.part(format!("figure-{}", figure.id)));
                let rules = &website.labels(self.language).numbers;
                let words = format!("{} · {label}", rules.quantity(&figure.quantity));
                self.words(Place::Prose, self.language, part.flatten(), &words);
            }
        }
    }

    fn recap(&mut self) {
        let event = &self.website.event;
        self.page(PageKind::Recap, "/");
        self.name(Place::Title, &event.title);
        self.name(Place::Alias, &event.name);
        for name in [&event.venue, &event.host] {
            self.name(Place::Alias, name);
        }
        for text in [&event.standfirst, &event.description, &event.kind] {
            self.text(Place::Lead, text);
        }
        self.text(Place::Heading, &event.headline);
        self.prose(&self.website.recap);
        self.figures(&event.figures, false);
        for stop in &event.series {
            for text in [&stop.city, &stop.country, &stop.note] {
                self.text(Place::Prose, text);
            }
        }
    }

    fn project(&mut self, project: &Project) {
        self.page(PageKind::Project, &project.path());
        self.name(Place::Title, &project.name);
        if let Some(name) = &project.long_name {
            self.words(Place::Alias, self.language, None, name);
        }
        if let (Some(syllable), Some(page)) = (&project.syllable, self.index.pages.last_mut()) {
            page.sign.clone_from(&syllable.text);
            self.words(Place::Alias, LanguageId::FIRST, None, &syllable.text);
        }
        for speaker in &project.speakers {
            self.name(Place::Alias, &speaker.name);
            let (name, role) = (&speaker.name, &speaker.role);
            if let (Some(name), Some(role)) = (name.exact(self.language), role.exact(self.language))
            {
                self.words(Place::Prose, self.language, None, &format!("{name} {role}"));
            }
        }
        let (glance, compare) = (&project.glance, &project.compare);
        for text in [&project.tagline, &project.standfirst] {
            self.text(Place::Lead, text);
        }
        for text in [&glance.problem, &glance.idea, &glance.why, &glance.audience] {
            self.text(Place::Lead, text);
        }
        self.prose(&project.prose);
        for id in &project.topics {
            if let Some(topic) = self.website.topic(id) {
                self.text(Place::Term, &topic.name);
            }
        }
        for id in project.prose.get(self.language).value.terms() {
            if let Some(term) = self.website.glossary.iter().find(|it| it.id == id) {
                self.text(Place::Term, &term.name);
            }
        }
        for text in [&compare.on_chain, &compare.paid] {
            self.text(Place::Prose, text);
        }
        self.figures(&project.figures, true);
        if let Some(steps) = &project.steps {
            self.text(Place::Prose, &steps.title);
            for step in &steps.items {
                self.text(Place::Prose, &step.title);
                self.text(Place::Prose, &step.text);
            }
        }
    }

    fn topic(&mut self, topic: &Topic) {
        self.page(PageKind::Topic, &topic.path());
        self.name(Place::Title, &topic.name);
        self.text(Place::Lead, &topic.text);
        for project in self.website.projects_of(&topic.id) {
            self.text(Place::Prose, &project.name);
        }
    }

    fn term(&mut self, term: &Term) {
        self.page(PageKind::Term, &format!("/glossary/#{}", term.id));
        self.name(Place::Title, &term.name);
        self.text(Place::Lead, &term.text);
    }

    fn about(&mut self) {
        let labels = &self.website.labels(self.language).about;
        self.page(PageKind::About, "/about/");
        self.words(Place::Title, self.language, None, &labels.title);
        self.words(Place::Lead, self.language, None, &labels.standfirst);
        self.prose(&self.website.about);
    }
}

/// The text of our own HTML: what stands in a line is joined as it is read, blocks stay apart.
fn plain(html: &Html) -> String {
    const IN_LINE: [&str; 8] = ["a", "strong", "em", "del", "code", "span", "sup", "sub"];
    let html = html.render(|_| String::new());
    let mut text = String::with_capacity(html.len());
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, behind) = after.split_once('>').unwrap_or((after, ""));
        let name = tag.trim_start_matches('/').split([' ', '/']).next();
        if !IN_LINE.contains(&name.unwrap_or_default()) {
            text.push(' ');
        }
        rest = behind;
    }
    text.push_str(rest);
    for (entity, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::plain;
    use crate::model::{Html, Piece, Target};

    #[test]
    fn what_stands_in_a_line_is_joined_as_it_is_read() {
        let markup = |it: &str| Piece::Markup(it.to_owned());
        let html = Html {
            pieces: vec![
                markup("<p><strong>체인</strong>은 3 &lt; 5, <a href=\""),
                Piece::Address(Target::Term("pos".to_owned())),
                markup("\">PoS</a>도</p><p>다음</p>"),
            ],
        };
        assert_eq!(plain(&html), " 체인은 3 < 5, PoS도  다음 ");
    }
}
