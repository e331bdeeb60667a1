//! Header fields and redirects in the files that Netlify, Cloudflare and others read from a published folder.
//!
//! Both hosts answer with `public, max-age=0, must-revalidate` where nothing else is said, which means what the
//! server's `no-cache` does. So only what never changes has a rule: Cloudflare joins the values of all rules that
//! match with commas, and a rule for everything could not be taken back for some.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::site::{
    CachePolicy, ContentType, Resource, SECURITY_HEADERS, STRICT_TRANSPORT_SECURITY, Site,
};

/// `_headers`: what holds for every answer, what never grows old, and types that hosts guess wrong.
///
/// Cloudflare takes a hundred rules, one `*` in each.
pub(super) fn headers(site: &Site, secure: bool) -> String {
    let strict = secure.then_some(STRICT_TRANSPORT_SECURITY);
    let locked: Vec<_> = SECURITY_HEADERS.into_iter().chain(strict).collect();
    let mut text = String::new();
    rule(&mut text, &site.location("/*"), &locked);
    for pattern in forever(site) {
        let field = ("cache-control", CachePolicy::Forever.header_value());
        rule(&mut text, &pattern, &[field]);
    }
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

/// Patterns that match all paths which never change, and no other.
fn forever(site: &Site) -> BTreeSet<String> {
    let is_forever = |resource: &Resource| resource.cache_policy() == CachePolicy::Forever;
    let others: Vec<&str> = site
        .paths()
        .chain(site.redirect_pages())
        .filter(|(_, resource)| !is_forever(resource))
        .map(|(path, _)| path)
        .collect();
    let forever = site.paths().filter(|(_, resource)| is_forever(resource));
    let mut patterns = BTreeSet::new();
    for (path, _) in forever {
        let known = |it: &String| matches(it, path);
        if patterns.iter().any(known) {
            continue;
        }
        let safe = |it: &String| others.iter().all(|other| !matches(it, other));
        let pattern = candidates(path).into_iter().find(safe);
        patterns.insert(pattern.unwrap_or_else(|| path.to_owned()));
    }
    let located = patterns.iter().map(|it| site.location(it));
    located.collect()
}

/// Patterns for a path and others like it, the widest first: its whole first folder; the same name but for the hash
/// in every folder beside its own, and then in its own.
fn candidates(path: &str) -> Vec<String> {
    let mut candidates = Vec::new();
    if let Some((first, _)) = path[1..].split_once('/') {
        candidates.push(format!("/{first}/*"));
    }
    if let Some((folder, name)) = path.rsplit_once('/')
        && let Some((stem, _)) = name.rsplit_once('-')
    {
        if let Some((outer, _)) = folder.rsplit_once('/') {
            candidates.push(format!("{outer}/:page/{stem}-*"));
        }
        candidates.push(format!("{folder}/{stem}-*"));
    }
    candidates
}

/// Whether a pattern matches a path as hosts understand it: `:page` is one segment, `*` at the end is all the rest.
fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern, path);
    while let Some((before, after)) = pattern.split_once(":page") {
        let Some(rest) = path.strip_prefix(before) else {
            return false;
        };
        let end = rest.find('/').unwrap_or(rest.len());
        if end == 0 {
            return false;
        }
        (pattern, path) = (after, &rest[end..]);
    }
    match pattern.strip_suffix('*') {
        Some(start) => path.starts_with(start),
        None => path == pattern,
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
