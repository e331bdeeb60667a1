//! What hosts are told: header fields and redirects, as the server answers.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use showcase::export::{self, Options};
use showcase::site::{CachePolicy, ContentType, Resource, Site};

use super::{PLAIN, URLS, answer, content, exported, files, options, secure_server};
use crate::support::text_of;

/// The rules of a header file: patterns, each with its fields.
fn rules(text: &str) -> Vec<(&str, Vec<(&str, &str)>)> {
    let mut rules: Vec<(&str, Vec<_>)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("  "), rules.last_mut()) {
            (Some(field), Some((_, fields))) => {
                fields.push(field.split_once(": ").expect("a name and a value"));
            }
            _ => rules.push((line, Vec::new())),
        }
    }
    rules
}

/// As hosts read a pattern: `:page` stands for a part between slashes, the one `*` for anything.
fn is_matched(pattern: &str, path: &str) -> bool {
    if let Some((start, end)) = pattern.split_once('*') {
        return (0..=path.len()).any(|at| {
            path.is_char_boundary(at) && path.ends_with(end) && is_matched(start, &path[..at])
        });
    }
    let (mut patterns, mut parts) = (pattern.split('/'), path.split('/'));
    loop {
        match (patterns.next(), parts.next()) {
            (None, None) => return true,
            (Some(":page"), Some(part)) if !part.is_empty() => {}
            (Some(pattern), Some(part)) if pattern == part => {}
            _ => return false,
        }
    }
}

#[test]
fn every_page_says_its_policy_to_browsers_that_no_host_tells() {
    let files = &PLAIN[1];
    let told = text_of(&files["_headers"]);
    let (_, told) = told.split_once("content-security-policy: ").expect("a policy");
    let (policy, _) = told.split_once("; frame-ancestors 'none'\n").expect("frames last");
    let pages: Vec<_> =
        files.iter().filter(|(name, _)| name.rsplit('.').next() == Some("html")).collect();
    assert!(pages.len() > 20, "{}", pages.len());
    for (name, page) in pages {
        let page = text_of(page);
        let start = format!(
            "<head>\n  <meta charset=\"utf-8\">\n  <meta http-equiv=\"content-security-policy\" content=\"{policy}\">\n"
        );
        let (before, after) = page
            .split_once(&start)
            .unwrap_or_else(|| panic!("{name} begins with {}", &page[..300]));
        assert!(before.starts_with("<!DOCTYPE html>\n<html lang="), "{name}");
        assert!(!before.contains("src=") && !before.contains("href="), "{name}");
        assert!(!after.contains("content-security-policy"), "{name}");
    }
}

#[tokio::test]
async fn hosts_are_told_the_header_fields_of_the_server() {
    for (url, files) in URLS.into_iter().zip(&*PLAIN) {
        let site = content().site_at(url);
        let text = text_of(&files["_headers"]);
        let rules = rules(&text);
        assert!(rules.len() <= 100, "Cloudflare takes a hundred rules");
        assert!(text.lines().all(|line| line.len() <= 2000), "or 2,000 characters");
        let paths: Vec<String> = site.paths().map(|(path, _)| site.location(path)).collect();
        let server = secure_server(site);
        for path in paths {
            let (_, fields, _) = answer(&server, &path).await;
            let mut told = BTreeMap::new();
            for (_, fields) in rules.iter().filter(|(it, _)| is_matched(it, &path)) {
                for (name, value) in fields {
                    let twice = told.insert(*name, *value);
                    assert_eq!(twice, None, "Cloudflare would join both {name} for {path}");
                }
            }
            // Without a word from us, hosts have readers ask again, as `no-cache` does.
            told.entry("cache-control").or_insert("no-cache");
            for (name, value) in &told {
                assert_eq!(fields[*name], value, "{name} of {path}");
            }
            for name in [
                "content-security-policy",
                "permissions-policy",
                "x-content-type-options",
                "strict-transport-security",
            ] {
                assert!(told.contains_key(name), "{name} of {path}");
            }
        }
    }
    let content = content();
    let site = content.site_at("http://example.org/");
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("dist");
    let options = Options { secure: false, ..options(&[]) };
    export::export(&site, &dir, &options).expect("an export");
    assert!(!text_of(&files(&dir)["_headers"]).contains("strict-transport"));
}

#[tokio::test]
async fn hosts_are_told_the_redirects_of_the_server() {
    for (url, files) in URLS.into_iter().zip(&*PLAIN) {
        let site = content().site_at(url);
        let aliases = site.redirects().count();
        assert_eq!(aliases, 4, "two in each language");
        let server = secure_server(site);
        let mut told = BTreeSet::new();
        for line in text_of(&files["_redirects"]).lines() {
            let words: Vec<&str> = line.split(' ').collect();
            let [from, to, "308" | "308!"] = words[..] else {
                panic!("{line}");
            };
            let (status, fields, _) = answer(&server, from).await;
            assert_eq!(status, StatusCode::PERMANENT_REDIRECT, "{line}");
            assert_eq!(fields["location"], to, "{line}");
            assert_eq!(answer(&server, to).await.0, StatusCode::OK, "{line}");
            told.insert(from.to_owned());
        }
        assert_eq!(told.len(), 2 * aliases, "each with a slash and without");
    }
}

#[test]
fn types_that_hosts_do_not_know_are_told() {
    let mut builder = Site::builder();
    for (path, content_type) in [
        ("/feed.xml", ContentType::ATOM),
        ("/sitemap.xml", ContentType::XML),
        ("/a/index.md", ContentType::MARKDOWN),
        ("/b/index.md", ContentType::MARKDOWN),
        ("/event.ics", ContentType::CALENDAR),
    ] {
        let resource = Resource::new(content_type, CachePolicy::Revalidate, "");
        builder.insert(path, resource).expect("a new path");
    }
    builder.base("/recap").expect("a path");
    let site = builder.build().expect("a site");
    let text = text_of(&exported(&site, &[])["_headers"]);
    let types: Vec<_> = rules(&text).into_iter().skip(2).collect();
    let field = |value| vec![("content-type", value), ("access-control-allow-origin", "*")];
    assert_eq!(
        types,
        [
            ("/recap/*.md", field("text/markdown; charset=utf-8")),
            ("/recap/*.ics", field("text/calendar; charset=utf-8")),
            ("/recap/*feed.xml", field("application/atom+xml; charset=utf-8")),
        ]
    );
}
