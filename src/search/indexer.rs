//! The texts of every page, from the checked content.

use rayon::prelude::*;

use super::fold::fold;
use super::{Field, Index, Page, PageKind, Text};
use crate::language::{LanguageId, Localized};
use crate::model::{Figure, Html, Project, Prose, Term, Topic, Website};

/// Projects that one processor gathers at a time.
const CHUNK: usize = 64;

/// Ends the folded form of a text: no question holds it, so that nothing is found across two texts.
const END: char = '\u{1}';

impl Index {
    /// Gathers what readers of each language see; what a language lacks is found in the language that has it.
    pub fn new(website: &Website) -> Self {
        let mut index = Self::default();
        for language in website.languages.iter() {
            PageIndexer::new(&mut index, website, language).recap();
            let parts = website.projects.par_chunks(CHUNK).map(|projects| {
                let mut part = Self::default();
                for project in projects {
                    PageIndexer::new(&mut part, website, language).project(project);
                }
                part
            });
            for part in parts.collect::<Vec<_>>() {
                index.append(part);
            }
            let mut indexer = PageIndexer::new(&mut index, website, language);
            for topic in &website.topics {
                indexer.topic(topic);
            }
            for term in &website.glossary {
                indexer.term(term);
            }
            indexer.about();
        }
        index
    }

    /// Adds what was gathered apart.
    fn append(&mut self, part: Self) {
        let (pages, texts, folded) = (self.pages.len(), self.texts.len(), self.folded.len());
        self.pages.extend(part.pages.into_iter().map(|page| Page {
            texts: page.texts.start + texts..page.texts.end + texts,
            ..page
        }));
        self.texts.extend(part.texts.into_iter().map(|text| Text {
            page: text.page + pages,
            folded: text.folded.start + folded..text.folded.end + folded,
            ..text
        }));
        self.folded.push_str(&part.folded);
        self.word_starts.resize(self.folded.len() / 64 + 1, 0);
        let (word, shift) = (folded / 64, folded % 64);
        for (place, bits) in (word..).zip(part.word_starts) {
            self.word_starts[place] |= bits << shift;
            // What does not fit goes into the next word, where there is anything.
            if shift > 0 && bits >> (64 - shift) > 0 {
                self.word_starts[place + 1] |= bits >> (64 - shift);
            }
        }
    }

    fn push(&mut self, text: Text) {
        let start = self.folded.len();
        for folded in fold(&text.written) {
            if folded.word_start {
                let at = self.folded.len();
                self.word_starts.resize(at / 64 + 1, 0);
                self.word_starts[at / 64] |= 1 << (at % 64);
            }
            self.folded.push(folded.character);
        }
        let folded = start..self.folded.len();
        self.folded.push(END);
        self.texts.push(Text { folded, ..text });
    }
}

/// Gathers the pages of one language.
struct PageIndexer<'a> {
    index: &'a mut Index,
    website: &'a Website,
    language: LanguageId,
}

impl<'a> PageIndexer<'a> {
    fn new(index: &'a mut Index, website: &'a Website, language: LanguageId) -> Self {
        Self {
            index,
            website,
            language,
        }
    }

    /// Begins a page; what follows belongs to it.
    fn page(&mut self, kind: PageKind, path: &str) {
        let end = self.index.texts.len();
        self.index.pages.push(Page {
            language: self.language,
            path: format!("{}{path}", self.website.languages.prefix(self.language)),
            kind,
            icon: String::new(),
            parts: Vec::new(),
            texts: end..end,
        });
    }

    fn words(&mut self, field: Field, language: LanguageId, part: Option<usize>, words: &str) {
        let line: Vec<&str> = words.split_whitespace().collect();
        if line.is_empty() {
            return;
        }
        self.index.push(Text {
            page: self.index.pages.len() - 1,
            field,
            language,
            part,
            // The content is composed already.
            written: line.join(" ").into(),
            folded: 0..0,
        });
        if let Some(page) = self.index.pages.last_mut() {
            page.texts.end = self.index.texts.len();
        }
    }

    /// A text in the page's language, where it has one.
    fn text(&mut self, field: Field, text: &Localized<String>) {
        if let Some(words) = text.exact(self.language) {
            self.words(field, self.language, None, words);
        }
    }

    /// A name that readers may know in any language.
    fn name(&mut self, field: Field, name: &Localized<String>) {
        let own = name.get(self.language);
        self.words(field, own.language, None, own.value);
        for language in name.languages().filter(|it| *it != own.language) {
            if let Some(other) = name.exact(language).filter(|it| *it != own.value) {
                self.words(Field::Alias, language, None, other);
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
        self.words(Field::Prose, self.language, None, &plain(&prose.intro));
        for section in &prose.sections {
            let part = self.part(section.id.clone());
            self.words(Field::Heading, self.language, part, &section.heading_text);
            self.words(Field::Prose, self.language, part, &plain(&section.body));
        }
    }

    fn figures(&mut self, figures: &[Figure], is_linked: bool) {
        let website = self.website;
        for figure in figures {
            if let Some(label) = figure.label.exact(self.language) {
                let part = is_linked.then(|| self.part(format!("figure-{}", figure.id)));
                let rules = &website.labels(self.language).numbers;
                let words = format!("{} · {label}", rules.quantity(&figure.quantity));
                self.words(Field::Prose, self.language, part.flatten(), &words);
            }
        }
    }

    fn recap(&mut self) {
        let event = &self.website.event;
        self.page(PageKind::Recap, "/");
        self.name(Field::Title, &event.title);
        self.name(Field::Alias, &event.name);
        for name in [&event.venue, &event.host] {
            self.name(Field::Alias, name);
        }
        for text in [&event.standfirst, &event.description, &event.kind] {
            self.text(Field::Lead, text);
        }
        self.text(Field::Heading, &event.headline);
        self.prose(&self.website.recap);
        self.figures(&event.figures, false);
        for stop in &event.series {
            for text in [&stop.city, &stop.country, &stop.note] {
                self.text(Field::Prose, text);
            }
        }
    }

    fn project(&mut self, project: &Project) {
        self.page(PageKind::Project, &project.path());
        self.name(Field::Title, &project.name);
        if let Some(name) = &project.long_name {
            self.words(Field::Alias, self.language, None, name);
        }
        if let (Some(syllable), Some(page)) = (&project.syllable, self.index.pages.last_mut()) {
            page.icon.clone_from(&syllable.text);
            self.words(Field::Alias, LanguageId::FIRST, None, &syllable.text);
        }
        for speaker in &project.speakers {
            self.name(Field::Alias, &speaker.name);
            let (name, role) = (&speaker.name, &speaker.role);
            if let (Some(name), Some(role)) = (name.exact(self.language), role.exact(self.language))
            {
                self.words(Field::Prose, self.language, None, &format!("{name} {role}"));
            }
        }
        let (glance, compare) = (&project.glance, &project.compare);
        for text in [&project.tagline, &project.standfirst] {
            self.text(Field::Lead, text);
        }
        for text in [&glance.problem, &glance.idea, &glance.why, &glance.audience] {
            self.text(Field::Lead, text);
        }
        self.prose(&project.prose);
        for id in &project.topics {
            if let Some(topic) = self.website.topic(id) {
                self.text(Field::Term, &topic.name);
            }
        }
        for id in project.prose.get(self.language).value.terms() {
            if let Some(term) = self.website.glossary.iter().find(|it| it.id == id) {
                self.text(Field::Term, &term.name);
            }
        }
        for text in [&compare.on_chain, &compare.paid] {
            self.text(Field::Prose, text);
        }
        self.figures(&project.figures, true);
        if let Some(steps) = &project.steps {
            self.text(Field::Prose, &steps.title);
            for step in &steps.items {
                self.text(Field::Prose, &step.title);
                self.text(Field::Prose, &step.text);
            }
        }
    }

    fn topic(&mut self, topic: &Topic) {
        self.page(PageKind::Topic, &topic.path());
        self.name(Field::Title, &topic.name);
        self.text(Field::Lead, &topic.text);
        for project in self.website.projects_of(&topic.id) {
            self.text(Field::Prose, &project.name);
        }
    }

    fn term(&mut self, term: &Term) {
        self.page(PageKind::Term, &format!("/glossary/#{}", term.id));
        self.name(Field::Title, &term.name);
        self.text(Field::Lead, &term.text);
    }

    fn about(&mut self) {
        let labels = &self.website.labels(self.language).about;
        self.page(PageKind::About, "/about/");
        self.words(Field::Title, self.language, None, &labels.title);
        self.words(Field::Lead, self.language, None, &labels.standfirst);
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
    if !text.contains('&') {
        return text;
    }
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
    use super::{Field, Index, Text, plain};
    use crate::language::LanguageId;
    use crate::model::{Html, LinkTarget, Segment};

    #[test]
    fn what_is_gathered_apart_is_found_as_if_it_had_been_gathered_at_once() {
        let push = |index: &mut Index, words: &str| {
            index.push(Text {
                page: 0,
                field: Field::Prose,
                language: LanguageId::FIRST,
                part: None,
                written: words.into(),
                folded: 0..0,
            });
        };
        // Texts of every length, so that the bits of a part begin anywhere in a word, and in a long part end anywhere.
        for length in 0..70 {
            let (first, second) = ("a ".repeat(length), "b c d ".repeat(length + 50));
            let (mut all, mut part) = (Index::default(), Index::default());
            push(&mut all, &first);
            let mut joined = all.clone();
            push(&mut all, &second);
            push(&mut part, &second);
            joined.append(part);
            assert_eq!(joined.folded, all.folded);
            assert_eq!(joined.texts[1].folded, all.texts[1].folded);
            let word_starts = |index: &Index| {
                (0..index.folded.len())
                    .map(|it| index.is_word_start(it))
                    .collect()
            };
            let (joined, all): (Vec<bool>, Vec<bool>) = (word_starts(&joined), word_starts(&all));
            assert_eq!(joined, all, "{length}");
        }
    }

    #[test]
    fn what_stands_in_a_line_is_joined_as_it_is_read() {
        let markup = |it: &str| Segment::Markup(it.to_owned());
        let html = Html {
            pieces: vec![
                markup("<p><strong>체인</strong>은 3 &lt; 5, <a href=\""),
                Segment::Address(LinkTarget::Term("pos".to_owned())),
                markup("\">PoS</a>도</p><p>다음</p>"),
            ],
        };
        assert_eq!(plain(&html), " 체인은 3 < 5, PoS도  다음 ");
    }
}
