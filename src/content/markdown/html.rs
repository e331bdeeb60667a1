//! Events as HTML with open links, by pulldown-cmark's own writer but for links, pictures and tables.

use pulldown_cmark::html::push_html;
use pulldown_cmark::{Alignment, CowStr, Event, Tag, TagEnd};

use super::{LocatedEvent, content, links, words};
use crate::diagnostic::escape_html;
use crate::model::{LinkTarget, Markup};

/// The HTML of a text that stands in a folder.
pub(super) fn html(events: &[LocatedEvent], folder: &str) -> Markup {
    let mut writer = Writer::default();
    let mut columns: &[Alignment] = &[];
    let mut column = 0;
    let mut cell = "td";
    let mut index = 0;
    while let Some((event, _)) = events.get(index) {
        match event {
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }) => {
                writer.markup("<a href=\"");
                writer.url(links::target(*link_type, dest_url, folder));
                writer.markup(format!("\"{}>", title_attribute(title)));
            }
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                ..
            }) => {
                let alt = content(events, index);
                let words = escape_html(words(alt).trim());
                writer.markup("<img src=\"");
                writer.url(links::target(*link_type, dest_url, folder));
                writer.markup(format!("\" alt=\"{words}\"{}>", title_attribute(title)));
                index += alt.len() + 1;
            }
            Event::Start(Tag::Table(alignments)) => {
                columns = alignments;
                writer.markup("<div class=\"table\">");
                writer.event(event);
            }
            Event::End(TagEnd::Table) => {
                writer.event(event);
                writer.markup("</div>\n");
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                let is_head = matches!(event, Event::Start(Tag::TableHead));
                cell = if is_head { "th" } else { "td" };
                column = 0;
                writer.event(event);
            }
            Event::Start(Tag::TableCell) => {
                let scope = if cell == "th" { " scope=\"col\"" } else { "" };
                // A class where the library writes a `style`, which the content security policy forbids.
                let class = match columns.get(column) {
                    Some(Alignment::Left) => " class=\"left\"",
                    Some(Alignment::Center) => " class=\"center\"",
                    Some(Alignment::Right) => " class=\"right\"",
                    _ => "",
                };
                writer.markup(format!("<{cell}{scope}{class}>"));
                column += 1;
            }
            Event::End(TagEnd::TableCell) => writer.markup(format!("</{cell}>")),
            _ => writer.event(event),
        }
        index += 1;
    }
    writer.flush();
    writer.html
}

fn title_attribute(title: &str) -> String {
    match title {
        "" => String::new(),
        _ => format!(" title=\"{}\"", escape_html(title)),
    }
}

#[derive(Default)]
struct Writer {
    html: Markup,
    /// What is to be written up to the next URL.
    events: Vec<Event<'static>>,
}

impl Writer {
    fn event(&mut self, event: &Event<'static>) {
        self.events.push(event.clone());
    }

    fn markup(&mut self, markup: impl Into<CowStr<'static>>) {
        self.events.push(Event::InlineHtml(markup.into()));
    }

    fn url(&mut self, target: Option<LinkTarget>) {
        self.flush();
        if let Some(target) = target {
            self.html.push_url(target);
        }
    }

    fn flush(&mut self) {
        push_html(&mut self.html.text, self.events.drain(..));
    }
}
