//! A project's page as Markdown: the facts as front matter, lists and a table, the write-up as it was
//! written, every link absolute.

use std::fmt::Write as _;

use crate::language::{LanguageId, Localized};
use crate::model::{Project, Speaker, routes};

use super::super::context::Context;
use super::super::pages::figure_source;
use super::super::share::citation;
use super::super::text_fit::printable;

/// The page of a project in a language.
///
/// # Errors
///
/// Where the writing of a quoted text fails, which would be a mistake in the program.
pub(in crate::render) fn project(context: Context<'_>, index: usize) -> anyhow::Result<String> {
    let project = &context.website.projects[index];
    let mut document = Document {
        context,
        text: String::new(),
    };
    document.front_matter(project)?;
    document.facts(project);
    document.article(project);
    document.figures(project);
    document.rest(project, index);
    Ok(document.text)
}

/// A document in the making.
struct Document<'a> {
    context: Context<'a>,
    text: String,
}

impl Document<'_> {
    /// What programs ask first, in YAML: every text in double quotes, as in JSON.
    fn front_matter(&mut self, project: &Project) -> anyhow::Result<()> {
        let website = self.context.website;
        let urls = self.context.urls();
        let prose = project.prose.get(self.context.language);
        let quoted = |text: &str| serde_json::to_string(&printable(text));
        let name = |text: &Localized<String>| quoted(text.text(self.context.language));
        let mut topics = Vec::new();
        for topic in project.topics.iter().filter_map(|id| website.topic(id)) {
            topics.push(name(&topic.name)?);
        }
        let lines = [
            ("title", name(&project.name)?),
            ("language", quoted(self.context.code(prose.language))?),
            ("order", project.order.to_string()),
            ("event", name(&website.event.name)?),
            ("date", quoted(&website.event.date.to_string())?),
            ("updated", quoted(&project.updated.to_string())?),
            ("url", quoted(&urls.absolute(&project.path()))?),
            ("data", quoted(&urls.absolute(&project.json_path()))?),
            ("topics", format!("[{}]", topics.join(", "))),
        ];
        self.text.push_str("---\n");
        for (key, value) in lines {
            let _ = writeln!(self.text, "{key}: {value}");
        }
        self.text.push_str("---\n");
        Ok(())
    }

    fn heading(&mut self, text: &str) {
        let _ = write!(self.text, "\n## {}\n\n", escape(text));
    }

    fn paragraph(&mut self, text: &str) {
        let _ = write!(self.text, "\n{text}\n");
    }

    fn item(&mut self, name: &str, value: &str) {
        let _ = writeln!(self.text, "- **{}**: {value}", escape(name));
    }

    fn words(&self, text: &Localized<String>) -> String {
        escape(text.text(self.context.language))
    }

    /// What stands above the write-up.
    fn facts(&mut self, project: &Project) {
        let labels = self.context.labels;
        let words = &labels.project;
        self.paragraph(&format!("# {}", self.words(&project.name)));
        self.paragraph(&self.words(&project.standfirst));
        self.text.push('\n');
        if let Some(name) = &project.long_name {
            self.item(&words.long_name, &escape(name));
        }
        let speakers: Vec<String> = project.speakers.iter().map(|it| self.speaker(it)).collect();
        if speakers.is_empty() {
            self.item(&words.speakers, &escape(&words.nobody));
        } else {
            self.item(&words.speakers, &speakers.join("; "));
        }
        if let Some(syllable) = &project.syllable {
            let line = words
                .syllable
                .replace("{text}", &syllable.text)
                .replace("{reading}", &syllable.reading)
                .replace("{meaning}", syllable.meaning.text(self.context.language));
            self.item(&words.letter, &escape(&line));
        }
        self.item(
            &labels.list.on_chain,
            &self.words(&project.compare.on_chain),
        );
        self.item(&labels.list.paid, &self.words(&project.compare.paid));
        self.heading(&words.glance);
        let glance = &project.glance;
        self.item(&words.problem, &self.words(&glance.problem));
        self.item(&words.idea, &self.words(&glance.idea));
        self.item(&words.why, &self.words(&glance.why));
        self.item(&words.audience, &self.words(&glance.audience));
        if let Some(steps) = &project.steps {
            self.heading(steps.title.text(self.context.language));
            for (step, number) in steps.items.iter().zip(1..) {
                let (title, text) = (self.words(&step.title), self.words(&step.text));
                let _ = writeln!(self.text, "{number}. **{title}**: {text}");
            }
        }
    }

    /// A presenter, with the name as the report writes it where the spelling is this site's own.
    fn speaker(&self, speaker: &Speaker) -> String {
        let labels = &self.context.labels.project;
        let name = speaker.name.text(self.context.language);
        let reported = speaker.name.text(LanguageId::FIRST);
        let name = if speaker.romanised && name != reported {
            format!("{name} ({reported})")
        } else {
            name.to_owned()
        };
        let pattern = &labels.presenter;
        escape(
            &pattern
                .replace("{name}", &name)
                .replace("{role}", speaker.role.text(self.context.language)),
        )
    }

    /// The write-up as it was written.
    fn article(&mut self, project: &Project) {
        let urls = self.context.urls();
        let page = project.path();
        let prose = project.prose.get(self.context.language).value;
        let text = prose
            .markdown
            .to_markdown(|target| urls.absolute_target(target, &page));
        self.paragraph("---");
        self.paragraph(&printable(&text));
        self.paragraph("---");
    }

    fn figures(&mut self, project: &Project) {
        if project.figures.is_empty() {
            return;
        }
        let labels = self.context.labels;
        let words = &labels.project;
        self.heading(&words.figures);
        let head = [&words.figure, &words.counts, &words.said_by].map(|it| escape(it));
        let _ = writeln!(self.text, "| {} |\n| --- | --- | --- |", head.join(" | "));
        for figure in &project.figures {
            let cells = [
                escape(&labels.numbers.quantity(&figure.quantity)),
                self.words(&figure.label),
                escape(&figure_source(self.context, project, figure.said_by)),
            ];
            let _ = writeln!(self.text, "| {} |", cells.join(" | "));
        }
    }

    /// What stands below the write-up: terms, topics, the same elsewhere.
    fn rest(&mut self, project: &Project, index: usize) {
        let website = self.context.website;
        let urls = self.context.urls();
        let labels = website.labels(self.context.language);
        let prose = project.prose.get(self.context.language).value;
        let terms = prose.terms().into_iter();
        let terms = terms.filter_map(|id| website.glossary.iter().find(|term| term.id == id));
        let mut terms = terms.peekable();
        if terms.peek().is_some() {
            self.heading(&labels.project.terms);
        }
        for term in terms {
            let address = urls.absolute(&routes::term(&term.id));
            let (name, text) = (self.words(&term.name), self.words(&term.text));
            let _ = writeln!(self.text, "- [{name}]({address}): {text}");
        }
        let topics = project.topics.iter().filter_map(|id| website.topic(id));
        self.heading(&labels.project.topics);
        for topic in topics {
            let address = urls.absolute(&topic.path());
            let _ = writeln!(self.text, "- [{}]({address})", self.words(&topic.name));
        }
        let related = self.context.relations.related(website, index);
        let mut related = related.filter(|it| !it.draft).peekable();
        if related.peek().is_some() {
            self.heading(&labels.project.related);
        }
        for other in related {
            let address = urls.absolute(&other.path());
            let _ = writeln!(self.text, "- [{}]({address})", self.words(&other.name));
        }
        self.heading(&labels.project.cite);
        let citation = citation(self.context, &project.path(), &project.name);
        let _ = write!(self.text, "{}\n\n", escape(&citation));
        let _ = writeln!(self.text, "{}", escape(&labels.site.claims));
    }
}

/// Writes a text so that nothing in it is taken for markup, on one line.
fn escape(text: &str) -> String {
    let text = printable(text);
    let text = text.trim();
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\n' | '\t' => escaped.push(' '),
            other => escaped.push(other),
        }
    }
    // At its start, a text could be taken for an item of a list.
    let digits = text.find(|it: char| !it.is_ascii_digit()).unwrap_or(0);
    let mark = text[digits..].chars().next();
    if matches!(mark, Some('.' | ')')) && digits > 0 || matches!(mark, Some('-' | '+' | '=')) {
        escaped.insert(digits, '\\');
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_taken_for_markup() {
        for (text, expected) in [
            ("C.A.T", "C.A.T"),
            ("*a* [b](c) <d> | e", "\\*a\\* \\[b\\](c) \\<d\\> \\| e"),
            ("1. a", "1\\. a"),
            ("- a", "\\- a"),
            ("2018년", "2018년"),
            ("a\nb\u{7}", "a b"),
        ] {
            assert_eq!(escape(text), expected);
        }
    }
}
