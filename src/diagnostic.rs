//! Problems of content as data: where, what, and what to do.
//!
//! A problem is made once, next to the check that finds it, with a stable code and an exact range, and shown in several
//! ways: as [text](Diagnostics::text) for a terminal, as [JSON](Diagnostics::json) for tools, as
//! [annotations](Diagnostics::github) for a code host, and as [HTML](Diagnostics::html) in the preview.
//!
//! A code never changes its meaning, so that tools can rely on it. A problem is an error where the site could not be
//! built, or would say something wrong; a warning where something merely lacks.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

mod html;
mod odd;
mod printable;
mod show;
mod suggest;

pub use html::escape as escape_html;
pub use printable::printable;
pub use suggest::{list, nearest};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The site cannot be built from this; the last good one stays up.
    Error,
    /// The site can be built, but a reader would notice.
    Warning,
}

impl Severity {
    fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A stable name in kebab-case, such as `unknown-key`.
    pub code: &'static str,
    /// The file's path from the content folder, with forward slashes.
    pub file: String,
    /// The bytes it is about, in the normalised text of the file; empty at 0 for the file as a whole.
    pub span: Range<usize>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    pub help: Option<String>,
    pub fix: Option<Fix>,
}

/// A replacement that mends a problem and is safe to apply without asking anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The bytes to replace, in the normalised text of the file.
    pub span: Range<usize>,
    pub replacement: String,
}

impl Diagnostic {
    pub fn error(
        code: &'static str,
        file: &str,
        span: impl Borrow<Range<usize>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Error,
            code,
            file: file.to_owned(),
            span: span.borrow().clone(),
            message: message.into(),
            help: None,
            fix: None,
        }
    }

    pub fn warning(
        code: &'static str,
        file: &str,
        span: impl Borrow<Range<usize>>,
        message: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, file, span, message) }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With a change that mends it without asking anybody.
    pub fn fix(mut self, span: impl Borrow<Range<usize>>, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix { span: span.borrow().clone(), replacement: replacement.into() });
        self
    }
}

/// A place in a text, counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// The form of a problem in `check --format json`.
#[derive(Debug, Serialize)]
struct Located<'a> {
    code: &'a str,
    severity: Severity,
    file: &'a str,
    /// The same from where the program runs.
    path: String,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    message: &'a str,
    help: Option<&'a str>,
}

/// Problems of one file that are told.
const LIMIT: usize = 500;

/// All problems of one run, with the texts they point into.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
    sources: BTreeMap<String, Arc<str>>,
    /// The content folder, as a terminal or a code host can follow it; empty where there is none.
    folder: String,
}

impl Diagnostics {
    /// Keeps a file's text, so that its problems can be located and shown.
    pub fn add_source(&mut self, file: &str, text: Arc<str>) {
        self.sources.insert(file.to_owned(), text);
    }

    /// Has paths begin with that of the content folder.
    pub fn begin_paths_with(&mut self, folder: &Path) {
        let folder = folder.components().filter(|it| *it != Component::CurDir);
        self.folder = folder.collect::<PathBuf>().display().to_string();
    }

    /// The path of a file from where the program runs.
    fn path(&self, file: &str) -> String {
        match &*self.folder {
            "" => file.to_owned(),
            folder => format!("{}/{file}", folder.trim_end_matches('/')),
        }
    }

    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds the problems of a part that was checked by itself.
    pub fn append(&mut self, mut part: Self) {
        self.items.append(&mut part.items);
    }

    /// Whether there are so few problems that it is worth the time to look for what was meant.
    pub fn are_few(&self) -> bool {
        self.items.len() < 25
    }

    /// Adds a problem with a known word that was probably meant, as [`Diagnostic::suggest`] finds it, while there are few.
    pub fn push_suggesting(
        &mut self,
        problem: Diagnostic,
        word: &str,
        known: impl IntoIterator<Item = impl AsRef<str>>,
    ) {
        let is_one_of_few = self.are_few();
        self.push(if is_one_of_few { problem.suggest(word, known) } else { problem });
    }

    /// Puts the problems in the order of files and lines, and drops those said twice.
    pub fn sort(&mut self) {
        fn order(item: &Diagnostic) -> (&str, usize, usize, Severity, &str, &str) {
            let Range { start, end } = item.span;
            (&item.file, start, end, item.severity, item.code, &item.message)
        }
        self.items.sort_by(|a, b| order(a).cmp(&order(b)));
        self.items.dedup();
        self.limit();
    }

    /// Leaves out what nobody would read: a file that is something else altogether has a problem at
    /// every letter. The last one kept says how many there were.
    fn limit(&mut self) {
        let files = self.items.chunk_by(|a, b| a.file == b.file);
        let kept = files.flat_map(|items| {
            let mut kept = items[..items.len().min(LIMIT)].to_vec();
            if items.len() > LIMIT
                && let Some(last) = kept.last_mut()
            {
                let message =
                    format!("this file has {} problems, of which {LIMIT} are told", items.len());
                let (file, span) = (&last.file, &last.span);
                *last = Diagnostic::error("too-many-problems", file, span, message)
                    .help("is it the right file? mend the first ones and look again");
                if items.iter().all(|it| it.severity == Severity::Warning) {
                    last.severity = Severity::Warning;
                }
            }
            kept
        });
        self.items = kept.collect();
    }

    /// The problems; in the order of files and lines once [`Self::sort`] was called.
    pub fn items(&self) -> &[Diagnostic] {
        &self.items
    }

    /// How many problems keep the site from being built.
    pub fn errors(&self) -> usize {
        self.count(Severity::Error)
    }

    pub fn warnings(&self) -> usize {
        self.count(Severity::Warning)
    }

    fn count(&self, severity: Severity) -> usize {
        let same = self.items.iter().filter(|item| item.severity == severity);
        same.count()
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// A file's normalised text, which the spans of its problems point into.
    pub fn source(&self, file: &str) -> Option<&str> {
        self.sources.get(file).map(AsRef::as_ref)
    }

    pub fn start(&self, diagnostic: &Diagnostic) -> Position {
        self.position(&diagnostic.file, diagnostic.span.start)
    }

    pub fn end(&self, diagnostic: &Diagnostic) -> Position {
        self.position(&diagnostic.file, diagnostic.span.end)
    }

    fn position(&self, file: &str, offset: usize) -> Position {
        position(self.source(file).unwrap_or_default(), offset)
    }

    fn located<'a>(&'a self, item: &'a Diagnostic) -> Located<'a> {
        let (start, end) = (self.start(item), self.end(item));
        Located {
            code: item.code,
            severity: item.severity,
            file: &item.file,
            path: self.path(&item.file),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            message: &item.message,
            help: item.help.as_deref(),
        }
    }
}

/// The line and column of a byte offset; an offset past the end is the end.
fn position(text: &str, offset: usize) -> Position {
    let before = &text[..text.floor_char_boundary(offset)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    Position {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

/// The character at a line and column, in bytes; empty at the end of the text, where there is none.
pub fn span_at(text: &str, line: usize, column: usize) -> Range<usize> {
    let lines = text.split_inclusive('\n').take(line.saturating_sub(1));
    let start: usize = lines.map(str::len).sum();
    let mut characters = text[start..].char_indices();
    match characters.nth(column.saturating_sub(1)) {
        Some((offset, it)) => start + offset..start + offset + it.len_utf8(),
        None => text.len()..text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Diagnostics {
        let mut diagnostics = Diagnostics::default();
        diagnostics.add_source("a/ko.md", "가나\n다라 **마\n".into());
        diagnostics.push(
            Diagnostic::error(
                "literal-emphasis",
                "a/ko.md",
                14..16,
                "these asterisks stay visible",
            )
            .help("close the bold text"),
        );
        diagnostics
    }

    #[test]
    fn columns_are_counted_in_characters() {
        let diagnostics = sample();
        let item = &diagnostics.items()[0];
        assert_eq!(diagnostics.start(item), Position { line: 2, column: 4 });
        assert_eq!(diagnostics.end(item), Position { line: 2, column: 6 });
    }

    #[test]
    fn carets_stand_under_the_fault_after_wide_characters() {
        let text = sample().text(false);
        let lines: Vec<&str> = text.lines().collect();
        let source = lines.iter().position(|line| line.contains("다라 **마")).expect("the line");
        let column = |line: &str, mark: &str| {
            let before = &line[..line.find(mark).expect("the mark")];
            unicode_width::UnicodeWidthStr::width(before)
        };
        assert_eq!(column(lines[source], "**"), column(lines[source + 1], "^^"));
        assert!(text.contains("error[literal-emphasis]"));
        assert!(text.contains("a/ko.md:2:4"));
        assert!(text.contains("help: close the bold text"));
    }

    #[test]
    fn json_names_file_line_and_column() {
        let json: serde_json::Value = serde_json::from_str(&sample().json()).expect("valid JSON");
        assert_eq!(json[0]["file"], "a/ko.md");
        assert_eq!(json[0]["line"], 2);
        assert_eq!(json[0]["column"], 4);
        assert_eq!(json[0]["end_column"], 6);
        assert_eq!(json[0]["severity"], "error");
    }

    #[test]
    fn annotations_escape_what_would_end_them() {
        let mut diagnostics = sample();
        diagnostics.items[0].message = "50% of\nlines".into();
        let line = diagnostics.github();
        assert_eq!(
            line,
            "::error file=a/ko.md,line=2,col=4,endLine=2,endColumn=6,title=literal-emphasis::\
             50%25 of\\nlines. close the bold text\n"
        );
    }

    #[test]
    fn a_file_that_is_something_else_does_not_flood() {
        let mut diagnostics = sample();
        for offset in 0..3 * LIMIT {
            let mut more = diagnostics.items[0].clone();
            more.severity = Severity::Warning;
            more.span = offset..offset + 1;
            diagnostics.push(more);
        }
        diagnostics.sort();
        let last = &diagnostics.items()[LIMIT - 1];
        assert_eq!((diagnostics.items().len(), last.code), (LIMIT, "too-many-problems"));
        assert_eq!(last.severity, Severity::Error, "as grave as what is left out");
        assert!(last.message.contains("1501 problems"), "{}", last.message);
    }

    #[test]
    fn the_same_problem_is_said_once_and_in_order() {
        let mut diagnostics = sample();
        let mut earlier = diagnostics.items[0].clone();
        earlier.span = 0..3;
        diagnostics.push(diagnostics.items[0].clone());
        diagnostics.push(earlier);
        diagnostics.sort();
        let starts: Vec<_> = diagnostics.items().iter().map(|it| it.span.start).collect();
        assert_eq!(starts, [0, 14]);
    }
}
