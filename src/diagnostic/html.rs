//! Problems as a part of a page: the preview shows them over it.

use std::fmt::Write as _;

use super::{Diagnostic, Diagnostics};

/// Lines of a problem that are shown; whoever wants more has the file open.
const LINES: usize = 6;
/// Characters of a line that are shown on either side of the fault: paragraphs of prose stand in one line.
const AROUND: usize = 60;

impl Diagnostics {
    /// A list, each problem with its place, its words and the lines it is about; empty without problems.
    pub fn html(&self) -> String {
        let items: String = self.items().iter().map(|item| self.item(item)).collect();
        if items.is_empty() {
            return items;
        }
        format!("<ol class=\"problems\">\n{items}</ol>\n")
    }

    fn item(&self, item: &Diagnostic) -> String {
        let (kind, start) = (item.severity.name(), self.start(item));
        let mut html = format!(
            "<li class=\"problem problem--{kind}\">\n\
             <p class=\"problem__place\"><b>{kind}</b> {}:{}:{} <span>{}</span></p>\n\
             <p class=\"problem__message\">{}</p>\n",
            escape(&item.file),
            start.line,
            start.column,
            item.code,
            escape(&item.message)
        );
        if let Some(source) = self.source(&item.file).filter(|it| !it.is_empty()) {
            let lines = marked_lines(source, item, start.line);
            let _ = writeln!(html, "<pre class=\"problem__source\">{lines}</pre>");
        }
        if let Some(help) = &item.help {
            let _ = writeln!(html, "<p class=\"problem__help\">{}</p>", escape(help));
        }
        html + "</li>\n"
    }
}

/// The lines of a problem with their numbers, the fault marked.
fn marked_lines(source: &str, item: &Diagnostic, first: usize) -> String {
    let start = source.floor_char_boundary(item.span.start);
    let end = source.floor_char_boundary(item.span.end.max(item.span.start));
    let mut begin = source[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let mut html = String::new();
    for (line, number) in source[begin..].split('\n').zip(first..first + LINES) {
        let within = |offset: usize| offset.clamp(begin, begin + line.len()) - begin;
        let (from, to) = (within(start), within(end));
        let (before, after) = (last(&line[..from]), foremost(&line[to..]));
        let (before, after) = (escape(&before), escape(&after));
        let _ = write!(html, "<span class=\"problem__line\">{number:>4}</span> {before}");
        if from < to {
            let _ = write!(html, "<mark>{}</mark>", escape(&line[from..to]));
        }
        html += &after;
        html.push('\n');
        begin += line.len() + 1;
        if begin > end {
            break;
        }
    }
    html
}

fn foremost(text: &str) -> String {
    match text.char_indices().nth(AROUND) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text.to_owned(),
    }
}

fn last(text: &str) -> String {
    match text.char_indices().rev().nth(AROUND) {
        Some((cut, letter)) => format!("…{}", &text[cut + letter.len_utf8()..]),
        None => text.to_owned(),
    }
}

/// Text as it stands in HTML, in an element or a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(letter),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str, span: std::ops::Range<usize>) -> String {
        let mut diagnostics = Diagnostics::default();
        diagnostics.add_source("a/ko.md", source.into());
        let problem = Diagnostic::error("raw-html", "a/ko.md", span, "`<b>` is HTML");
        diagnostics.push(problem.help("write **bold**"));
        diagnostics.html()
    }

    #[test]
    fn the_fault_is_marked_in_its_line_and_escaped() {
        let html = html("가\n나 <b>다\n라\n", 8..11);
        for part in [
            "a/ko.md:2:3",
            "`&lt;b&gt;` is HTML",
            "   2</span> 나 <mark>&lt;b&gt;</mark>다\n</pre>",
            "write **bold**",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(!html.contains("<b>다"), "{html}");
    }

    #[test]
    fn a_fault_of_several_lines_is_marked_in_each() {
        let html = html("ab\ncd\nef\n", 1..5);
        assert!(html.contains("a<mark>b</mark>\n") && html.contains("<mark>cd</mark>\n"), "{html}");
        assert!(!html.contains("ef"), "{html}");
    }

    #[test]
    fn a_paragraph_in_one_line_is_cut() {
        let long = "가".repeat(500);
        let html = html(&format!("{long}!{long}"), 1500..1501);
        assert!(html.contains("…") && html.len() < 1500, "{html}");
    }

    #[test]
    fn places_beyond_the_text_do_not_fail() {
        assert!(html("a", 90..95).contains("a/ko.md:1:2"));
        assert!(html("", 0..0).contains("a/ko.md:1:1"));
    }
}
