//! Header fields and redirects in the files that Netlify, Cloudflare and others read from a published folder.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::site::{CachePolicy, ContentType, SECURITY_HEADERS, STRICT_TRANSPORT_SECURITY, Site};

/// Types that hosts do not know by the ends of names, or send without saying that the text is UTF-8.
const TYPES: [(&str, ContentType); 6] = [
    ("/*.json", ContentType::JSON),
    ("/*.md", ContentType::MARKDOWN),
    ("/*.ics", ContentType::CALENDAR),
    ("/*.webmanifest", ContentType::MANIFEST),
    ("/*.txt", ContentType::TEXT),
    ("/*feed.xml", ContentType::ATOM),
];

/// `_headers`: what holds for every answer, what never grows old, and types that hosts guess wrong.
///
/// Cloudflare joins the values of all rules that match with commas, so that no field may stand in two of them. Of pages
/// no rule says for how long they are kept: both hosts say `public, max-age=0, must-revalidate` of themselves, which
/// means what the server's `no-cache` does.
pub(super) fn headers(site: &Site, secure: bool) -> String {
    let mut text = String::new();
    let mut rule = |pattern: &str, fields: &[(&str, &str)]| {
        let _ = writeln!(text, "{}", site.location(pattern));
        for (name, value) in fields {
            let _ = writeln!(text, "  {name}: {value}");
        }
    };
    let strict = secure.then_some(STRICT_TRANSPORT_SECURITY);
    // Without it, other sites may show what they find, as they may pictures and feeds; pages they may not frame.
    let players = site.player_headers().iter();
    let players = players.filter_map(|(name, it)| Some((name.as_str(), it.to_str().ok()?)));
    let players: BTreeMap<&str, &str> = players.collect();
    let own = SECURITY_HEADERS
        .into_iter()
        .filter(|(name, _)| *name != "cross-origin-resource-policy")
        .map(|(name, value)| (name, players.get(name).copied().unwrap_or(value)));
    let security: Vec<_> = own.chain(strict).collect();
    rule("/*", &security);
    // All that is kept for ever, and nothing else, lies there.
    let forever = CachePolicy::Forever.header_value();
    rule("/assets/*", &[("cache-control", forever)]);
    for (pattern, content_type) in TYPES {
        let mut types = site.paths().map(|(_, resource)| resource.content_type());
        if types.any(|it| it == content_type) {
            let mut fields = vec![("content-type", content_type.header_value())];
            fields.extend(content_type.opened().filter(|(name, _)| name.starts_with("access-")));
            rule(pattern, &fields);
        }
    }
    text
}

/// `_redirects`: a line for each old path with a slash at its end and one without.
///
/// Netlify shows a file that stands at the path, here the page that leads on, rather than redirect, unless the line is
/// forced with `!`; Cloudflare passes over such a line, and redirects by the next. Slashes, upper case and `index.html`
/// are not in here, since both hosts see to them in their own ways, and lines for them would lead in circles.
pub(super) fn redirects(site: &Site) -> String {
    let mut text = String::new();
    for (from, location) in site.redirects() {
        let from = site.location(from);
        let bare = from.trim_end_matches('/');
        let _ = writeln!(text, "{from} {location} 308!\n{from} {location} 308");
        if bare != from {
            let _ = writeln!(text, "{bare} {location} 308");
        }
    }
    text
}
