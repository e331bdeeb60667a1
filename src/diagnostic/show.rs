//! The ways in which problems are shown.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::printable::{printable, quoted, without_commands};
use super::{Diagnostic, Diagnostics, Located, Severity};

/// Columns at which long lines are folded in text; wide enough for a terminal and for a log.
const WIDTH: usize = 120;
/// Bytes of the lines that are shown of one problem; a paragraph of prose stands in one line.
const EXCERPT: usize = 8_000;

impl Diagnostics {
    /// Text for a terminal, with the line of each problem and carets under it.
    pub fn text(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.term_width(WIDTH).decor_style(DecorStyle::Ascii);
        let mut text = String::new();
        for item in &self.items {
            text.push_str(&without_commands(&renderer.render(&[self.group(item)])));
            text.push_str("\n\n");
        }
        text
    }

    fn group<'a>(&'a self, item: &'a Diagnostic) -> Group<'a> {
        let level = match item.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(printable(&item.message)).id(item.code);
        let start = self.start(item);
        let excerpt = self.sources.get(&item.file);
        let excerpt = excerpt.and_then(|source| excerpt_of(source, &item.span));
        let group = match excerpt {
            Some((lines, span)) => title.element(
                Snippet::source(quoted(lines))
                    .line_start(start.line)
                    .path(printable(&self.path(&item.file)))
                    .annotation(AnnotationKind::Primary.span(span)),
            ),
            None => title.element(
                annotate_snippets::Origin::path(printable(&self.path(&item.file)))
                    .line(start.line)
                    .char_column(start.column),
            ),
        };
        match &item.help {
            Some(help) => group.element(Level::HELP.message(printable(help))),
            None => group,
        }
    }

    /// A JSON array, one object a problem, ending in a line feed.
    pub fn json(&self) -> String {
        let located: Vec<Located<'_>> = self.items.iter().map(|item| self.located(item)).collect();
        // Strings and numbers can always be written.
        serde_json::to_string_pretty(&located).unwrap_or_default() + "\n"
    }

    /// Workflow commands as GitHub Actions reads them, one line a problem.
    ///
    /// Source of the format and its escapes: GitHub's documentation, «Workflow commands for
    /// GitHub Actions», and the `@actions/core` package's `command.ts`.
    pub fn github(&self) -> String {
        let mut lines = String::new();
        for item in &self.items {
            let place = self.located(item);
            let kind = item.severity.name();
            let mut message = place.message.to_owned();
            if let Some(help) = place.help {
                let _ = write!(message, ". {help}");
            }
            let _ = writeln!(
                lines,
                "::{kind} file={},line={},col={},endLine={},endColumn={},title={}::{}",
                escape_property(&place.path),
                place.line,
                place.column,
                place.end_line,
                place.end_column,
                place.code,
                escape_data(&message),
            );
        }
        lines
    }

    /// How many problems there are, in words, for the last line of a run.
    pub fn summary(&self) -> String {
        let count = |number: usize, word: &str| match number {
            0 => None,
            1 => Some(format!("1 {word}")),
            _ => Some(format!("{number} {word}s")),
        };
        let counts = [count(self.errors(), "error"), count(self.warnings(), "warning")];
        match &counts.into_iter().flatten().collect::<Vec<_>>()[..] {
            [] => "no problems".to_owned(),
            counts => counts.join(", "),
        }
    }
}

/// The lines of a problem, and where it is in them: the whole file would be looked through again
/// for every problem. Nothing where there is nothing to see, or too much.
fn excerpt_of<'a>(source: &'a str, span: &Range<usize>) -> Option<(&'a str, Range<usize>)> {
    let begin = source.get(..span.start)?.rfind('\n').map_or(0, |it| it + 1);
    let line_end = |from: usize| {
        let rest = source.get(from..)?;
        Some(rest.find('\n').map_or(source.len(), |it| from + it))
    };
    let mut end = line_end(span.end)?;
    if end - begin > EXCERPT {
        end = line_end(span.start)?;
    }
    let lines = &source[begin..end];
    let is_shown = !lines.trim().is_empty() && lines.len() <= EXCERPT;
    is_shown.then(|| (lines, span.start - begin..span.end.min(end) - begin))
}

fn escape_data(text: &str) -> String {
    printable(text).replace('%', "%25")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
