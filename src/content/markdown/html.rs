//! Events as HTML with open links, by pulldown-cmark's own writer but for links, pictures and tables.

use pulldown_cmark::html::push_html;
use pulldown_cmark::{Alignment, CowStr, Event, LinkType, Tag, TagEnd};

use super::{LocatedEvent, content, links, words};
use crate::diagnostic::escape_html;
use crate::media::Player;
use crate::model::{LinkTarget, Markup, Place, Shown};

/// The HTML of a text that stands in a folder.
pub(super) fn html(events: &[LocatedEvent], folder: &str) -> Markup {
    let mut writer = Writer::default();
    let mut columns: &[Alignment] = &[];
    let mut column = 0;
    let mut cell = "td";
    let mut index = 0;
    while let Some((event, _)) = events.get(index) {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                writer.markup("<a href=\"");
                writer.url(links::target(*link_type, dest_url, folder));
                writer.markup(format!("\"{}>", title_attribute(title)));
            }
            Event::Start(Tag::Paragraph) if let Some(place) = pictures(content(events, index)) => {
                let shown = content(events, index);
                let class = if place == Place::Alone { "" } else { " class=\"gallery\"" };
                writer.markup(format!("<div{class}>"));
                let is_image = |at: &usize| matches!(shown[*at].0, Event::Start(Tag::Image { .. }));
                let images: Vec<usize> = (0..shown.len()).filter(is_image).collect();
                for at in &images {
                    let place = match place {
                        Place::Gallery { .. } => Place::Gallery {
                            is_first: images.first() == Some(at),
                            is_last: images.last() == Some(at),
                        },
                        place => place,
                    };
                    writer.show(&shown[*at..], place, folder);
                }
                writer.markup("</div>\n");
                index += shown.len() + 1;
            }
            Event::Start(Tag::Paragraph) if let Some(address) = film(content(events, index)) => {
                writer.markup("<div>");
                writer.url(Some(LinkTarget::Shown(Shown {
                    path: address.to_owned(),
                    alt: String::new(),
                    caption: String::new(),
                    place: Place::Alone,
                })));
                writer.markup("</div>\n");
                index += content(events, index).len() + 1;
            }
            Event::Start(Tag::Image { .. }) => {
                writer.show(&events[index..], Place::Inline, folder);
                index += content(events, index).len() + 1;
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

/// Where the pictures of a paragraph stand that holds nothing else.
fn pictures(events: &[LocatedEvent]) -> Option<Place> {
    let (mut count, mut index) = (0, 0);
    while let Some((event, _)) = events.get(index) {
        match event {
            Event::Start(Tag::Image { .. }) => {
                count += 1;
                index += content(events, index).len() + 1;
            }
            Event::SoftBreak | Event::HardBreak => {}
            Event::Text(text) if text.trim().is_empty() => {}
            _ => return None,
        }
        index += 1;
    }
    match count {
        0 => None,
        1 => Some(Place::Alone),
        _ => Some(Place::Gallery { is_first: true, is_last: true }),
    }
}

/// The address of a film on another site, of a paragraph that holds nothing but that.
fn film(events: &[LocatedEvent]) -> Option<&str> {
    let (Event::Start(Tag::Link { link_type: LinkType::Autolink, dest_url, .. }), _) =
        events.first()?
    else {
        return None;
    };
    let is_alone = content(events, 0).len() + 2 == events.len();
    (is_alone && Player::of(dest_url).is_some()).then_some(&**dest_url)
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

    /// Leaves a place for what the image shows that the events begin with, if they do.
    fn show(&mut self, events: &[LocatedEvent], place: Place, folder: &str) {
        let Some((Event::Start(Tag::Image { link_type, dest_url, title, .. }), _)) = events.first()
        else {
            return;
        };
        if let Some(LinkTarget::File(path)) = links::target(*link_type, dest_url, folder) {
            self.url(Some(LinkTarget::Shown(Shown {
                path,
                alt: words(content(events, 0)).trim().to_owned(),
                caption: title.to_string(),
                place,
            })));
        }
    }

    fn flush(&mut self) {
        push_html(&mut self.html.text, self.events.drain(..));
    }
}
