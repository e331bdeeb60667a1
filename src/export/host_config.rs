//! Header fields and redirects in the files that Netlify, Cloudflare and others read from a published folder.
//!
//! Both hosts answer with `public, max-age=0, must-revalidate` where nothing else is said, which means what the
//! server's `no-cache` does. So only what never changes has a rule: Cloudflare joins the values of all rules that
//! match with commas, and a rule for everything could not be taken back for some.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::site::{CachePolicy, ContentType, SECURITY_HEADERS, STRICT_TRANSPORT_SECURITY, Site};

/// `_headers`: what holds for every answer, what never grows old, and types that hosts guess wrong.
///
/// Cloudflare takes a hundred rules, one `*` in each.
pub(super) fn headers(site: &Site, secure: bool) -> String {
    let strict = secure.then_some(STRICT_TRANSPORT_SECURITY);
    let locked: Vec<_> = SECURITY_HEADERS.into_iter().chain(strict).collect();
    let mut text = String::new();
    rule(&mut text, &site.location("/*"), &locked);
    // All that is kept for ever, and nothing else, lies there.
    let field = ("cache-control", CachePolicy::Forever.header_value());
    rule(&mut text, &site.location("/assets/*"), &[field]);
    for (pattern, content_type) in types(site) {
        let field = ("content-type", content_type);
        rule(&mut text, &pattern, &[field]);
    }
    text
}

/// `_redirects`: a line for each old path with a slash at its end and one without.
///
/// Netlify shows a file that stands at the path, here the page that leads on, rather than redirect, unless the line is forced
/// with `!`; Cloudflare passes over such a line, and redirects by the next. Slashes, upper case and `index.html`
/// are not in here, since both hosts see to them in their own ways, and lines for them would lead in circles.
pub(super) fn redirects(site: &Site) -> String {
    let mut text = String::new();
    for (from, location) in site.redirects() {
        let from = site.location(from);
        let bare = from.trim_end_matches('/');
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{from} {location} 308!\n{from} {location} 308");
        if bare != from {
            let _ = writeln!(text, "{bare} {location} 308");
        }
    }
    text
}

fn rule(text: &mut String, pattern: &str, fields: &[(&str, &str)]) {
    let _ = writeln!(text, "{pattern}");
    for (name, value) in fields {
        let _ = writeln!(text, "  {name}: {value}");
    }
}

/// Types that hosts do not know by the ends of names, or send without saying that the text is UTF-8: a pattern where
/// all names that end so are of the type, otherwise each path.
fn types(site: &Site) -> BTreeMap<String, &'static str> {
    let is_special = |it: ContentType| {
        matches!(
            it,
            ContentType::Markdown
                | ContentType::Calendar
                | ContentType::Manifest
                | ContentType::Atom
                | ContentType::Text
        )
    };
    let end_of = |path: &str| path.rsplit_once('.').map(|(_, end)| end.to_owned());
    let mut known: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (path, resource) in site.paths() {
        if let Some(end) = end_of(path) {
            known
                .entry(end)
                .or_default()
                .insert(resource.content_type().header_value());
        }
    }
    let special = site
        .paths()
        .filter(|(_, resource)| is_special(resource.content_type()));
    let patterns = special.map(|(path, resource)| {
        let uniform = end_of(path).filter(|end| known.get(end).is_some_and(|all| all.len() == 1));
        let pattern = uniform.map_or_else(|| path.to_owned(), |end| format!("/*.{end}"));
        (
            site.location(&pattern),
            resource.content_type().header_value(),
        )
    });
    patterns.collect()
}
