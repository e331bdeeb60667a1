//! What only editors see.

use std::fs;
use std::io::BufRead;

use super::{Server, content};
use crate::support::{Content, plant};

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
        assert!(
            !page.contains("/beta/") && !page.contains("class=\"draft\""),
            "{path}"
        );
    }
    let preview = Server::start(folder.path(), &["preview"]);
    assert!(preview.line.contains(" 3 projects"), "{}", preview.line);
    for path in ["/projects/beta/", "/projects/", "/topics/data/"] {
        let page = preview.get(path).1;
        assert!(
            page.contains("<span class=\"draft\">초안</span>"),
            "{path}: {page}"
        );
    }
}

#[test]
fn a_draft_is_checked_like_the_rest() {
    plant(&format!(
        "{DRAFT}-- projects/beta/ko.md --\n초안의 ⟦raw-html⟧<b>글.\n"
    ));
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
    for path in [
        "/_preview/events",
        "/_preview/preview.js",
        "/_preview/preview.css",
    ] {
        assert_eq!(server.get(path).0, 404, "{path}");
    }
}

#[test]
fn pages_of_the_preview_differ_at_their_end_alone() {
    let folder = content("처음").on_disk();
    let (server, preview) = (
        Server::start(
            folder.path(),
            &["serve", "--site-url", "https://example.org/"],
        ),
        Server::start(
            folder.path(),
            &["preview", "--site-url", "https://example.org/"],
        ),
    );
    for path in ["/", "/en/about/", "/projects/alpha/", "/nothing/"] {
        let (plain, shown) = (server.get(path), preview.get(path));
        assert_eq!(plain.0, shown.0);
        let start = shown
            .1
            .find("<link rel=\"stylesheet\" href=\"/_preview/")
            .expect("an addition");
        let end = shown.1.rfind("</body>").expect("an end");
        assert_eq!(
            plain.1,
            format!("{}{}", &shown.1[..start], &shown.1[end..]),
            "{path}"
        );
        assert!(shown.1[start..end].contains("src=\"/_preview/preview.js\""));
    }
    assert!(
        preview
            .get("/projects/alpha/")
            .1
            .contains("data-source=\"projects/alpha/ko.md\"")
    );
}

#[test]
fn a_preview_of_broken_content_starts_with_its_problems() {
    let folder = content("<b>글</b> & [가](/없음/)").on_disk();
    let preview = Server::start(folder.path(), &["preview"]);
    let (status, page) = preview.get("/");
    assert_eq!(status, 503);
    for part in [
        "id=\"preview-problems\"",
        "data-errors=\"3\"",
        "role=\"alert\">3 errors in the content: nothing can be shown yet<",
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
    assert!(
        preview
            .get("/")
            .1
            .contains(&format!("data-version=\"{first}\""))
    );
    fs::write(folder.path().join("recap/ko.md"), "둘째").expect("written");
    let second = next();
    assert_ne!(first, second);
    let page = preview.get("/").1;
    assert!(page.contains("둘째") && page.contains(&format!("data-version=\"{second}\"")));
}
