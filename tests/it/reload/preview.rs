//! What only editors see.

use std::fs;
use std::io::BufRead;

use showcase::serve::Options;

use super::{Server, content};
use crate::server;
use crate::support::{Content, attributes, page_of, plant};

/// One that was never published: its addresses are not listed.
const DRAFT: &str = "-- projects/beta/project.yaml, with --
draft: true
-- permalinks.lock --
/
/about/
/en/
/en/about/
/en/event.ics
/en/feed.xml
/en/glossary/
/en/projects.json
/en/projects/
/en/projects/alpha/
/en/projects/gamma/
/en/search/
/en/topics/
/en/topics/data/
/en/topics/games/
/event.ics
/feed.xml
/glossary/
/projects.json
/projects/
/projects/alpha/
/projects/gamma/
/search/
/topics/
/topics/data/
/topics/games/
";

#[test]
fn a_draft_shows_in_the_preview_alone_and_marked() {
    let folder = Content::new(DRAFT).on_disk();
    let server = Server::start(folder.path(), &["serve"]);
    assert!(server.line.contains(" 2 projects"), "{}", server.line);
    assert_eq!(server.get("/projects/beta/").0, 404);
    for path in ["/", "/projects/", "/topics/data/", "/en/projects/"] {
        let page = server.get(path).1;
        assert!(!page.contains("/beta/") && !page.contains("class=\"draft\""), "{path}");
    }
    let preview = Server::start(folder.path(), &["preview"]);
    assert!(preview.line.contains(" 3 projects"), "{}", preview.line);
    for path in ["/projects/beta/", "/projects/", "/topics/data/"] {
        let page = preview.get(path).1;
        assert!(page.contains("<span class=\"draft\">초안</span>"), "{path}: {page}");
    }
}

#[test]
fn a_draft_is_checked_like_the_rest() {
    plant(&format!("{DRAFT}-- projects/beta/ko.md --\n초안의 ⟦raw-html⟧<b>글.\n"));
}

#[test]
fn a_page_may_not_send_readers_to_a_draft() {
    plant(&format!(
        "{DRAFT}-- recap/ko.md --\n⟦link-to-draft⟧[베타](/projects/beta/)를 보라.\n-- projects/beta/ko.md --\n[여기](/projects/beta/)다.\n"
    ));
}

#[test]
fn readers_never_get_anything_of_the_preview() {
    let folder = content("처음").on_disk();
    let server = Server::start(folder.path(), &["serve"]);
    fs::write(folder.path().join("recap/ko.md"), "<b>글</b>").expect("written");
    server.until("/readyz", |state| state.contains("\"stale\""));
    for path in ["/", "/en/", "/nothing/", "/projects/alpha/"] {
        assert!(!server.get(path).1.contains("preview"), "{path}");
    }
    for path in ["/_preview/events", "/_preview/preview.js", "/_preview/preview.css"] {
        assert_eq!(server.get(path).0, 404, "{path}");
    }
}

/// A preview of the small site that was given names.
fn named(names: &[&str]) -> server::Server {
    let options = Options {
        preview: Some(names.iter().map(|it| (*it).to_owned()).collect()),
        ..Options::default()
    };
    server::Server::with(content("처음").site(), options)
}

/// Everything that a preview answers; the stream of events never ends, and only its head is asked for.
const PATHS: [&str; 10] = [
    "GET /",
    "GET /projects/alpha/",
    "GET /nothing/",
    "GET /search/?q=alpha",
    "GET /search.json",
    "GET /favicon.svg",
    "GET /readyz",
    "GET /healthz",
    "GET /_preview/preview.js",
    "HEAD /_preview/events",
];

#[test]
fn a_preview_answers_to_addresses_localhost_and_its_own_names_alone() {
    let preview = named(&["desk.lan:3000", "Recap.example"]);
    let ask = |what: &str, version: &str, host: &str| {
        let request = format!("{what} HTTP/{version}\r\n{host}connection: close\r\n\r\n");
        preview.send(request.as_bytes()).status()
    };
    for host in [
        "127.0.0.1:3000",
        "192.168.0.7",
        "[::1]:3000",
        "LocalHost:3000",
        "recap.localhost",
        "desk.lan:3000",
        "desk.lan",
        "recap.example:80",
    ] {
        for path in PATHS {
            let expected = if path.ends_with("nothing/") { 404 } else { 200 };
            let status = ask(path, "1.1", &format!("host: {host}\r\n"));
            assert_eq!(status, expected, "{path} of {host}");
        }
    }
    for host in [
        "attacker.example:3000",
        "127.0.0.1.attacker.example",
        "localhost.attacker.example",
        "attackerlocalhost",
        "desk.lan.attacker.example",
        "lan",
        "[::1].attacker.example",
        "a:b:c",
        "127.0.0.1, attacker.example",
    ] {
        for path in PATHS {
            let status = ask(path, "1.1", &format!("host: {host}\r\n"));
            assert!([400, 403].contains(&status), "{status} for {path} of {host}");
        }
    }
    // Whoever names none, or another one in the place of the path.
    assert_eq!(ask("GET /", "1.0", ""), 403);
    let other = "GET http://attacker.example/";
    assert_eq!(ask(other, "1.1", "host: localhost\r\n"), 403);
}

#[test]
fn a_preview_knows_its_names_from_the_command_line_alone() {
    let folder = Content::new("-- event.yaml, with --\nsite_url: https://published.example/\n");
    let folder = folder.on_disk();
    let arguments = ["preview", "--site-url", "http://Recap.example:8080/recap/"];
    let preview = Server::start(folder.path(), &arguments);
    for (host, status) in [("recap.example", 200), ("published.example", 403)] {
        let mut line = String::new();
        let mut answer = preview.ask_as("/recap/", host);
        answer.read_line(&mut line).expect("a status");
        assert!(line.contains(&format!(" {status} ")), "{host}: {line}");
    }
}

#[test]
fn pages_of_other_sites_get_nothing_of_a_preview() {
    let preview = named(&[]);
    let ask = |what: &str, fields: &str| {
        let head = "host: localhost\r\norigin: http://a.example\r\nconnection: close";
        preview.send(format!("{what} HTTP/1.1\r\n{head}\r\n{fields}\r\n\r\n").as_bytes())
    };
    for path in PATHS {
        for from in ["cross-site", "same-site"] {
            for to in ["empty", "script", "image", "iframe", "object"] {
                let fields = format!("sec-fetch-site: {from}\r\nsec-fetch-dest: {to}");
                assert_eq!(ask(path, &fields).status(), 403, "{path}: {fields}");
            }
            let link = ask(path, &format!("sec-fetch-site: {from}\r\nsec-fetch-dest: document"));
            assert_ne!(link.status(), 403, "{path}");
        }
        // Of a browser that does not say who asks.
        let (_, address) = path.split_once(' ').expect("a method");
        for what in [path, &*format!("OPTIONS {address}")] {
            let answer = ask(what, "access-control-request-method: GET");
            assert!(!answer.head().contains("access-control-"), "{what}");
            assert_eq!(answer.field("cross-origin-resource-policy"), "same-origin");
            let policy = answer.field("content-security-policy");
            assert!(policy.contains("frame-ancestors 'none'"), "{what}");
        }
    }
}

#[test]
fn no_style_or_script_of_the_current_folder_is_shown() {
    let folder = content("처음");
    let planted = folder.on_disk();
    for file in ["Cargo.toml", "static/css/a.css", "static/js/a.js"] {
        let path = planted.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, "/* planted */").expect("written");
    }
    // It runs in its content folder.
    let shown = Server::start(planted.path(), &["preview"]).get("/").1;
    let site = folder.site();
    let page = page_of(&site, "/");
    let files = ["src", "href"].map(|it| attributes(&page, it)).concat();
    for file in files.iter().filter(|it| it.starts_with("/assets/")) {
        assert!(shown.contains(file), "{file}");
    }
}

#[test]
fn pages_of_the_preview_differ_at_their_end_alone() {
    let folder = content("처음").on_disk();
    let (server, preview) = (
        Server::start(folder.path(), &["serve", "--site-url", "https://example.org/"]),
        Server::start(folder.path(), &["preview", "--site-url", "https://example.org/"]),
    );
    for path in ["/", "/en/about/", "/projects/alpha/", "/nothing/"] {
        let (plain, shown) = (server.get(path), preview.get(path));
        assert_eq!(plain.0, shown.0);
        let start =
            shown.1.find("<link rel=\"stylesheet\" href=\"/_preview/").expect("an addition");
        let end = shown.1.rfind("</body>").expect("an end");
        assert_eq!(plain.1, format!("{}{}", &shown.1[..start], &shown.1[end..]), "{path}");
        assert!(shown.1[start..end].contains("src=\"/_preview/preview.js\""));
    }
    assert!(preview.get("/projects/alpha/").1.contains("data-source=\"projects/alpha/ko.md\""));
}

#[test]
fn a_preview_of_broken_content_starts_with_its_problems() {
    let folder = content("<b>글</b> & [가](/없음/)").on_disk();
    let preview = Server::start(folder.path(), &["preview"]);
    let (status, page) = preview.get("/");
    assert_eq!(status, 503);
    for part in [
        "id=\"preview-problems\"",
        "data-errors=\"2\"",
        "role=\"alert\">2 errors in the content: nothing can be shown yet<",
        "recap/ko.md:1:1 <span>raw-html</span>",
        "<mark>&lt;b&gt;</mark>글&lt;/b&gt; &amp; [가]",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    fs::write(folder.path().join("recap/ko.md"), "둘째").expect("written");
    let page = preview.until("/", |page| page.contains("둘째"));
    assert!(!page.contains("preview-problems"), "{page}");
}

#[test]
fn the_stream_of_events_tells_of_each_change() {
    let folder = content("처음").on_disk();
    let preview = Server::start(folder.path(), &["preview"]);
    let mut stream = preview.ask("/_preview/events").lines();
    let mut next = || {
        let lines = stream.by_ref().map(|line| line.expect("a line"));
        let mut versions = lines.filter_map(|line| line.strip_prefix("data: ").map(str::to_owned));
        versions.next().expect("an event")
    };
    let first = next();
    assert!(preview.get("/").1.contains(&format!("data-version=\"{first}\"")));
    fs::write(folder.path().join("recap/ko.md"), "둘째").expect("written");
    let second = next();
    assert_ne!(first, second);
    let page = preview.get("/").1;
    assert!(page.contains("둘째") && page.contains(&format!("data-version=\"{second}\"")));
}
