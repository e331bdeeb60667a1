//! Links and pictures: what they lead to, and where in the source that is written.

use std::collections::BTreeMap;
use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, LinkType, Tag};

use super::{Link, LocatedEvent, content, words};
use crate::content::source::is_unfit;
use crate::diagnostic::Diagnostic;
use crate::model::{LinkTarget, Markup};

/// The definitions of links by reference.
pub(super) struct Definitions {
    /// Where each destination stands, letter for letter.
    pub(super) places: BTreeMap<String, Range<usize>>,
    /// All of them, but for those whose name was taken.
    pub(super) known: Vec<Range<usize>>,
    /// Those that no link uses.
    pub(super) unused: Vec<Range<usize>>,
}

/// Every link and picture in order, and the source with these open.
pub(super) fn collect(
    file: &str,
    source: &str,
    events: &[LocatedEvent],
    definitions: &Definitions,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<Link>, Markup) {
    let mut links = Vec::new();
    let mut openings = Vec::new();
    let mut index = 0;
    while let Some((event, span)) = events.get(index) {
        index += 1;
        let Event::Start(
            Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. },
        ) = event
        else {
            continue;
        };
        let content = content(events, index - 1);
        let mut content_end = span.start + 1;
        let is_picture = matches!(event, Event::Start(Tag::Image { .. }));
        let shows_picture =
            || content.iter().any(|(it, _)| matches!(it, Event::Start(Tag::Image { .. })));
        if !is_picture && words(content).is_empty() && !shows_picture() {
            let message = "this link has no text, so that no reader sees it";
            let problem = Diagnostic::warning("empty-link", file, span, message);
            problems.push(problem.help("say in the square brackets where it leads"));
        }
        if is_picture {
            if words(content).is_empty() {
                let message = "this picture has no text alternative";
                let problem = Diagnostic::error("missing-alt", file, span, message);
                problems.push(problem.help("say in the square brackets what it shows"));
            }
            // The alternative text is words alone, whatever is marked in it.
            index += content.len();
            content_end += 1;
        }
        if let Some((_, last)) = content.last() {
            content_end = last.end;
        }
        let destination = match link_type {
            LinkType::Autolink | LinkType::Email => {
                let first = usize::from(source[span.clone()].starts_with('<'));
                exactly(source, span.start + first, dest_url)
            }
            LinkType::Inline => destination(source, content_end..span.end, "](", dest_url),
            _ => definitions.places.get(&**dest_url).cloned(),
        };
        let target = target(*link_type, dest_url, folder(file));
        if let Some(target) = target.clone() {
            let is_bare = matches!(link_type, LinkType::Autolink | LinkType::Email);
            // What is not written letter for letter is written anew.
            match destination.clone() {
                Some(place) => openings.push(((place, "", ""), target)),
                None if is_bare => {}
                None => openings.push(((content_end..span.end, "](<", ">)"), target)),
            }
        }
        links.push(Link {
            written: dest_url.to_string(),
            target,
            span: span.clone(),
            is_picture,
            destination,
        });
    }
    openings.sort_by_key(|((place, ..), _)| place.start);
    let mut markdown = Markup::default();
    let mut from = 0;
    for ((place, before, after), target) in openings {
        // Several links may share one definition.
        if place.start >= from {
            markdown.text.push_str(&source[from..place.start]);
            markdown.text.push_str(before);
            markdown.push_url(target);
            markdown.text.push_str(after);
            from = place.end;
        }
    }
    markdown.text.push_str(source[from..].trim_end());
    (links, markdown)
}

/// Where a destination stands after a mark, past white space and an angle bracket (`CommonMark` 6.3 and 4.7), if it
/// stands there letter for letter.
pub(super) fn destination(
    source: &str,
    within: Range<usize>,
    mark: &str,
    url: &str,
) -> Option<Range<usize>> {
    let (_, rest) = source.get(within.clone())?.split_once(mark)?;
    let rest = rest.trim_ascii_start();
    let rest = rest.strip_prefix('<').unwrap_or(rest);
    exactly(source, within.end - rest.len(), url)
}

fn exactly(source: &str, start: usize, url: &str) -> Option<Range<usize>> {
    let place = start..start + url.len();
    (source.get(place.clone())? == url).then_some(place)
}

/// What a link as written leads to; `None` for schemes that have no place in an article, and for what is outside of
/// its folder.
pub(super) fn target(link_type: LinkType, written: &str, folder: &str) -> Option<LinkTarget> {
    if written.contains(|it: char| it.is_control() || is_unfit(it)) {
        return None;
    }
    if link_type == LinkType::Email {
        return Some(LinkTarget::External(format!("mailto:{written}")));
    }
    let scheme = written.split_once(':').map(|(it, _)| it.to_ascii_lowercase());
    match scheme.as_deref() {
        Some("term") => return Some(LinkTarget::Term(written["term:".len()..].to_owned())),
        Some("https" | "http") if !written.contains("://") => return None,
        Some("https" | "http" | "mailto" | "tel" | "sms") => {
            return Some(LinkTarget::External(written.to_owned()));
        }
        _ => {}
    }
    // Decoded once, as the address of a request is.
    let decode = |it: &str| percent_decode_str(it).decode_utf8().ok().map(String::from);
    let is_path = written.starts_with('/') && !written.starts_with("//") && !written.contains('\\');
    if is_path || written.starts_with('#') {
        let (path, fragment) = written.split_once('#').unwrap_or((written, ""));
        let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
        return Some(LinkTarget::Page { path: decode(path)? + query, fragment: decode(fragment)? });
    }
    file(&decode(written)?, folder).map(LinkTarget::File)
}

/// The path from the content folder of a file that is named in one of its folders: relative to that, or in `media`. With
/// a slash at its end it is a folder.
pub(in crate::content) fn file(written: &str, folder: &str) -> Option<String> {
    let mut parts: Vec<&str> = if written.starts_with("media/") {
        Vec::new()
    } else {
        folder.split('/').filter(|it| !it.is_empty()).collect()
    };
    for part in written.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop()?;
            }
            // With `.br` behind it, a name is still one that a file may have.
            _ if (1..=240).contains(&part.len()) && !part.contains([':', '\\']) => {
                parts.push(part);
            }
            _ => return None,
        }
    }
    let end = if written.ends_with('/') { "/" } else { "" };
    Some(parts.join("/") + end)
}

/// The folder that a file stands in.
pub(in crate::content) fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}
