//! Footnotes: numbered as they are referred to, and set at the end of the text, each with a way back.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag};

use super::{LocatedEvent, element, markup};

/// The events with references as links, and behind all of it a list of the footnotes that are referred to.
pub(super) fn arrange(events: Vec<LocatedEvent>) -> Vec<LocatedEvent> {
    let mut names = HashMap::new();
    for (event, _) in &events {
        if let Event::FootnoteReference(name) = event {
            let next = names.len();
            names.entry(name.clone()).or_insert(next);
        }
    }
    let mut is_seen = vec![false; names.len()];
    let refer = |(event, span): LocatedEvent| match &event {
        Event::FootnoteReference(name) => {
            let note = names.get(name).copied().unwrap_or_default();
            let number = note + 1;
            let is_again = std::mem::replace(&mut is_seen[note], true);
            let id = format!(" id=\"ref-{number}\"");
            let id = if is_again { "" } else { &id };
            markup(
                format!(
                    "<sup class=\"note-ref\"{id}><a href=\"#note-{number}\">{number}</a></sup>"
                ),
                &span,
            )
        }
        _ => (event, span),
    };
    let events: Vec<LocatedEvent> = events.into_iter().map(refer).collect();
    let mut notes = vec![Vec::new(); names.len()];
    let mut arranged = Vec::with_capacity(events.len());
    let mut index = 0;
    while let Some((event, _)) = events.get(index) {
        if let Event::Start(Tag::FootnoteDefinition(name)) = event {
            let whole = element(&events, index);
            index += whole.len();
            if let Some(&note) = names.get(name)
                && let [_, inner @ .., _] = whole
            {
                notes[note].extend_from_slice(inner);
            }
        } else {
            arranged.push(events[index].clone());
            index += 1;
        }
    }
    if !names.is_empty() {
        arranged.push(markup("<div class=\"notes\">\n<ol>\n", &(0..0)));
        for (number, note) in (1..).zip(notes) {
            arranged.push(markup(format!("<li id=\"note-{number}\">\n"), &(0..0)));
            arranged.extend(note);
            arranged.push(markup(format!("<a href=\"#ref-{number}\">↑</a></li>\n"), &(0..0)));
        }
        arranged.push(markup("</ol>\n</div>\n", &(0..0)));
    }
    arranged
}
