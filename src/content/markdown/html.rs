//! Events into fragments of HTML with holes for URLs, and into plain text.

use std::mem;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd};

use self::links::Picture;
use super::delimiter_runs::LocatedEvent;
use super::destinations::{Definitions, Reference};
use super::{Document, Fragment, Fragments, Heading, Lint, LintKind, Section};

mod links;

/// Writes a whole text. `headings` are those of the events, in order.
pub(super) fn document(
    source: &str,
    events: &[LocatedEvent],
    definitions: &Definitions,
    headings: Vec<Heading>,
) -> Document {
    let mut writer = Writer::new(source, definitions, headings);
    for (event, span) in events {
        match event {
            Event::Start(tag) => writer.start(tag, span),
            Event::End(tag) => writer.end(*tag),
            leaf => writer.leaf(leaf, span),
        }
        // The events of an element's content come before its end, and lie before its destination.
        writer.content_end = match event {
            Event::Start(_) => span.start,
            _ => span.end,
        };
    }
    writer.close_section();
    let text = &mut writer.document.text;
    text.truncate(text.trim_end().len());
    writer.document
}

/// Escapes text for an element's content or a double-quoted attribute.
pub(super) fn escape(text: &str, html: &mut String) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(character),
        }
    }
}

struct Writer<'source> {
    source: &'source str,
    definitions: &'source Definitions,
    document: Document,
    /// What is being written: the intro, a section's heading or its body.
    fragments: Vec<Fragment>,
    /// How many elements are open.
    depth: usize,
    headings_begun: usize,
    /// The open link, and where in the plain text its words begin; links hold no links (`CommonMark` 6.3).
    link: Option<(Reference, usize)>,
    picture: Option<Picture>,
    content_end: usize,
    columns: Vec<Alignment>,
    column: usize,
    in_table_head: bool,
}

impl<'source> Writer<'source> {
    fn new(
        source: &'source str,
        definitions: &'source Definitions,
        headings: Vec<Heading>,
    ) -> Self {
        Self {
            source,
            definitions,
            document: Document {
                headings,
                ..Document::default()
            },
            fragments: Vec::new(),
            depth: 0,
            headings_begun: 0,
            link: None,
            picture: None,
            content_end: 0,
            columns: Vec::new(),
            column: 0,
            in_table_head: false,
        }
    }
}

impl Writer<'_> {
    fn start(&mut self, tag: &Tag<'_>, span: &Range<usize>) {
        if let Some(picture) = &mut self.picture {
            picture.nested += 1;
            return;
        }
        let top = self.depth == 0;
        self.depth += 1;
        match tag {
            Tag::Heading { .. } => self.start_heading(top),
            Tag::Paragraph => self.open_block("<p>"),
            Tag::BlockQuote(_) => self.open_block("<blockquote>\n"),
            Tag::CodeBlock(kind) => self.start_code(kind),
            Tag::HtmlBlock => {
                self.raw_html(span);
                self.open_block("<p>");
            }
            Tag::List(None) => self.open_block("<ul>\n"),
            Tag::List(Some(1)) => self.open_block("<ol>\n"),
            Tag::List(Some(first)) => self.open_block(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.open_block("<li>"),
            Tag::Table(columns) => {
                self.columns.clone_from(columns);
                self.open_block("<div class=\"table\"><table>\n");
            }
            Tag::TableHead => self.start_row(true),
            Tag::TableRow => self.start_row(false),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.html("<em>"),
            Tag::Strong => self.html("<strong>"),
            Tag::Strikethrough => self.html("<del>"),
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => self.start_link(Reference::new(*link_type, dest_url, id, span), title),
            Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => {
                let reference = Reference::new(*link_type, dest_url, id, span);
                self.picture = Some(Picture::new(reference, title));
            }
            // The parser's options let nothing else through.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if let Some(picture) = &mut self.picture {
            if picture.nested > 0 {
                picture.nested -= 1;
                return;
            }
            self.end_image();
        }
        self.depth -= 1;
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.close_block("</p>\n"),
            TagEnd::BlockQuote(_) => self.close_block("</blockquote>\n"),
            TagEnd::CodeBlock => self.close_block("</code></pre>\n"),
            TagEnd::List(true) => self.close_block("</ol>\n"),
            TagEnd::List(false) => self.close_block("</ul>\n"),
            TagEnd::Item => self.close_block("</li>\n"),
            TagEnd::Table => self.close_block("</tbody></table></div>\n"),
            TagEnd::TableHead => self.close_block("</tr></thead><tbody>\n"),
            TagEnd::TableRow => self.close_block("</tr>\n"),
            TagEnd::TableCell => {
                self.html(if self.in_table_head { "</th>" } else { "</td>" });
                self.separate(' ');
            }
            TagEnd::Emphasis => self.html("</em>"),
            TagEnd::Strong => self.html("</strong>"),
            TagEnd::Strikethrough => self.html("</del>"),
            TagEnd::Link => self.end_link(),
            _ => {}
        }
    }

    fn leaf(&mut self, event: &Event<'_>, span: &Range<usize>) {
        if matches!(event, Event::InlineHtml(_)) {
            self.raw_html(span);
        }
        if let Some(picture) = &mut self.picture {
            match event {
                Event::Text(text) | Event::Code(text) => picture.alt.push_str(text),
                Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
                _ => {}
            }
            return;
        }
        match event {
            Event::Text(text) => self.words(text),
            Event::Code(text) => {
                self.html("<code>");
                self.words(text);
                self.html("</code>");
            }
            // Shown for what it is; the lint says that it should not be there.
            Event::Html(html) | Event::InlineHtml(html) => escape(html, self.tail()),
            Event::SoftBreak => {
                self.html("\n");
                self.separate(' ');
            }
            Event::HardBreak => {
                self.html("<br>\n");
                self.separate(' ');
            }
            Event::Rule => self.open_block("<hr>\n"),
            _ => {}
        }
    }

    fn start_heading(&mut self, top: bool) {
        let Some(heading) = self.document.headings.get(self.headings_begun).cloned() else {
            return;
        };
        self.headings_begun += 1;
        self.separate('\n');
        if top && heading.level == 2 {
            self.close_section();
            self.document.sections.push(Section {
                id: heading.id.clone(),
                heading_text: heading.text.clone(),
                heading_span: heading.span.clone(),
                ..Section::default()
            });
        } else {
            self.html(&format!("<h{} id=\"", heading.level));
            escape(&heading.id, self.tail());
            self.html("\">");
        }
        for id in &heading.former {
            self.html("<span id=\"");
            escape(id, self.tail());
            self.html("\"></span>");
        }
    }

    fn end_heading(&mut self) {
        let level = self.headings_begun.checked_sub(1);
        let level = level.map_or(0, |index| self.document.headings[index].level);
        match self.document.sections.last_mut() {
            Some(section) if level == 2 && self.depth == 0 => {
                section.heading = Fragments(mem::take(&mut self.fragments));
                self.separate('\n');
            }
            _ => self.close_block(&format!("</h{level}>\n")),
        }
    }

    /// Gives what was written to the section it belongs to.
    fn close_section(&mut self) {
        let written = Fragments(mem::take(&mut self.fragments));
        match self.document.sections.last_mut() {
            Some(section) => section.body = written,
            None => self.document.intro = written,
        }
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        self.open_block("<pre><code");
        if let CodeBlockKind::Fenced(info) = kind
            && let Some(language) = info.split_whitespace().next()
        {
            self.html(" class=\"language-");
            escape(language, self.tail());
            self.html("\"");
        }
        self.html(">");
    }

    fn start_row(&mut self, head: bool) {
        self.in_table_head = head;
        self.column = 0;
        self.open_block(if head { "<thead><tr>" } else { "<tr>" });
    }

    /// A class where others write a `style`, which the site's content security policy forbids.
    fn start_cell(&mut self) {
        let alignment = self.columns.get(self.column).unwrap_or(&Alignment::None);
        let class = match alignment {
            Alignment::None => "",
            Alignment::Left => " class=\"left\"",
            Alignment::Center => " class=\"center\"",
            Alignment::Right => " class=\"right\"",
        };
        self.column += 1;
        let element = if self.in_table_head {
            "th scope=\"col\""
        } else {
            "td"
        };
        self.html(&format!("<{element}{class}>"));
    }

    fn raw_html(&mut self, span: &Range<usize>) {
        let length = self.source[span.clone()].trim_end().len();
        self.lint(
            LintKind::RawHtml,
            &(span.start..span.start + length),
            "HTML is printed as it is written: use Markdown, or escape it as `\\<`",
        );
    }

    fn lint(&mut self, kind: LintKind, span: &Range<usize>, note: &str) {
        self.document.lints.push(Lint {
            kind,
            span: span.clone(),
            note: note.to_owned(),
        });
    }

    fn words(&mut self, text: &str) {
        escape(text, self.tail());
        self.document.text.push_str(text);
    }

    fn open_block(&mut self, html: &str) {
        self.separate('\n');
        self.html(html);
    }

    fn close_block(&mut self, html: &str) {
        self.html(html);
        self.separate('\n');
    }

    fn html(&mut self, html: &str) {
        self.tail().push_str(html);
    }

    /// The HTML to go on with.
    fn tail(&mut self) -> &mut String {
        if !matches!(self.fragments.last(), Some(Fragment::Html(_))) {
            self.fragments.push(Fragment::Html(String::new()));
        }
        match self.fragments.last_mut() {
            Some(Fragment::Html(html)) => html,
            _ => unreachable!("pushed above"),
        }
    }

    /// Sets words of the plain text apart.
    fn separate(&mut self, with: char) {
        let text = &mut self.document.text;
        if with == '\n' && text.ends_with(' ') {
            text.pop();
        }
        if !text.is_empty() && !text.ends_with(char::is_whitespace) {
            text.push(with);
        }
    }
}
