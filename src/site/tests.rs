//! What a request finds, whatever the spelling of its path.

use super::{CachePolicy, CompressionCache, ContentType, Encoding, Lookup, Resource, Site};

/// A page whose body tells where it came from.
fn page(body: &str) -> Resource {
    Resource::new(ContentType::HTML, CachePolicy::Revalidate, body)
}

fn site(base: &str) -> Site {
    let mut builder = Site::builder();
    for path in ["/", "/en/", "/projects/alpha/", "/projects/alpha/index.json", "/용어/"] {
        builder.insert(path, page(path)).expect("a new path");
    }
    builder.redirect("/alpha/", "/projects/alpha/").expect("a new path");
    builder.redirect("/terms/", "/용어/").expect("a new path");
    builder.redirect("/Old/", "/en/").expect("a new path");
    builder.base(base).expect("a path");
    builder.not_found("", page("404 ko")).not_found("/en", page("404 en"));
    builder.method_not_allowed("", page("405 ko")).method_not_allowed("/en", page("405 en"));
    builder.build().expect("no contradiction")
}

/// The outcome in one line.
fn found(site: &Site, path: &str) -> String {
    let text = |resource: &Resource| String::from_utf8_lossy(resource.body()).into_owned();
    match site.lookup(path) {
        Lookup::Redirect(location) => format!("-> {location}"),
        Lookup::Found(resource) | Lookup::NotFound(resource) => text(resource),
    }
}

#[test]
fn a_path_in_our_spelling_is_found() {
    let site = site("");
    for path in ["/", "/en/", "/projects/alpha/", "/projects/alpha/index.json"] {
        assert_eq!(found(&site, path), path);
    }
    assert_eq!(found(&site, "/%EC%9A%A9%EC%96%B4/"), "/용어/");
}

#[test]
fn another_spelling_leads_to_ours_in_one_step() {
    let site = site("");
    for (path, location) in [
        ("/en", "/en/"),
        ("/index.html", "/"),
        ("/projects/alpha", "/projects/alpha/"),
        ("/projects/alpha/index.html", "/projects/alpha/"),
        ("/Projects/ALPHA/", "/projects/alpha/"),
        ("/Projects/ALPHA", "/projects/alpha/"),
        ("/Projects/ALPHA/INDEX.HTML", "/projects/alpha/"),
        ("/alpha/", "/projects/alpha/"),
        ("/alpha", "/projects/alpha/"),
        ("/ALPHA/index.html", "/projects/alpha/"),
        ("/Old", "/en/"),
        ("/OLD/index.html", "/en/"),
        ("/old/", "/en/"),
        ("/용어", "/%EC%9A%A9%EC%96%B4/"),
        ("/terms", "/%EC%9A%A9%EC%96%B4/"),
    ] {
        assert_eq!(found(&site, path), format!("-> {location}"), "{path}");
    }
}

#[test]
fn what_is_missing_is_missed_in_the_language_of_its_path() {
    let site = site("");
    for (path, page) in [
        ("/nothing/", "404 ko"),
        ("/english/", "404 ko"),
        ("/en/nothing/", "404 en"),
        ("/en/%ff", "404 en"),
        ("//example.org", "404 ko"),
        ("//example.org/en", "404 ko"),
        ("/%5Cexample.org", "404 ko"),
        ("/projects/../en/", "404 ko"),
        ("/%252e%252e/", "404 ko"),
        ("*", "404 ko"),
    ] {
        assert_eq!(found(&site, path), page, "{path}");
    }
    assert_eq!(site.method_not_allowed("/en").body(), "405 en");
    assert_eq!(site.method_not_allowed("/").body(), "405 ko");
}

#[test]
fn a_site_below_a_path_answers_and_leads_there() {
    for base in ["/recap", "/recap/"] {
        let site = site(base);
        for (path, outcome) in [
            ("/recap", "-> /recap/"),
            ("/Recap", "-> /recap/"),
            ("/recap/", "/"),
            ("/recap/en", "-> /recap/en/"),
            ("/recap/alpha", "-> /recap/projects/alpha/"),
            ("/recapitulation/", "404 ko"),
            ("/recap/en/nothing", "404 en"),
            // As a proxy asks that takes the path off.
            ("/", "/"),
            ("/en/", "/en/"),
            ("/en", "-> /recap/en/"),
        ] {
            assert_eq!(found(&site, path), outcome, "{path}");
        }
        assert_eq!(site.location("/용어/"), "/recap/%EC%9A%A9%EC%96%B4/");
    }
}

#[test]
fn no_location_leads_to_another_host() {
    let site = site("");
    for path in ["//en", "/\\en", "/%2Fen", "/%09/en", "/.//en", "/en//", "//en/index.html"] {
        if let Lookup::Redirect(location) = site.lookup(path) {
            panic!("{path} leads to {location}");
        }
    }
}

#[test]
fn the_export_sees_everything_sorted() {
    let site = site("/recap");
    let paths: Vec<&str> = site.paths().map(|(path, _)| path).collect();
    assert_eq!(paths, ["/", "/en/", "/projects/alpha/", "/projects/alpha/index.json", "/용어/"]);
    let redirects: Vec<_> = site.redirects().collect();
    assert_eq!(
        redirects,
        [
            ("/Old/", "/recap/en/".to_owned()),
            ("/alpha/", "/recap/projects/alpha/".to_owned()),
            ("/terms/", "/recap/%EC%9A%A9%EC%96%B4/".to_owned())
        ]
    );
    let prefixes: Vec<&str> = site.not_found_pages().map(|(prefix, _)| prefix).collect();
    assert_eq!(prefixes, ["", "/en"]);
}

#[test]
fn every_page_is_among_what_is_compressed() {
    let mut builder = Site::builder();
    builder.insert("/", page(&"가나다 ".repeat(100))).expect("a new path");
    builder.not_found("", page(&"없는 쪽 ".repeat(100)));
    let site = builder.build().expect("no contradiction");
    let cache = CompressionCache::default();
    for resource in site.resources() {
        resource.compress(&cache);
    }
    assert!(site.resources().all(|page| page.encoded(Encoding::Brotli).is_some()));
}
