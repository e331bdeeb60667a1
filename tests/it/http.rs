//! What a reader is answered.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use showcase::serve::{Options, Snapshot};
use showcase::site::{CachePolicy, CompressionCache, ContentType, Resource, Site};

use crate::server::{Answer, Server};
use crate::support::{Content, png, text_of, unbound};

const SITE: &str = "
-- projects/beta/project.yaml, with --
aliases: [/b/, /옛-베타/]
-- projects/beta/ko.md --
![그림](a.svg) ![사진](b.png)
-- projects/beta/a.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>
";

fn site() -> Content {
    Content::new(SITE).file("projects/beta/b.png", png(4, 4))
}

fn at(url: &str) -> Server {
    let options = Options { secure: url.starts_with("https://"), ..Options::default() };
    Server::with(site().site_at(url), options)
}

fn local() -> Server {
    at("http://127.0.0.1:3000")
}

/// A site of one page.
fn one_page(page: Resource) -> Site {
    let mut site = Site::builder();
    site.insert("/", page).expect("a new path");
    site.build().expect("no contradiction")
}

fn html(body: &str) -> Resource {
    Resource::new(ContentType::HTML, CachePolicy::Revalidate, body)
}

fn home() -> String {
    "<p>블록체인 프로젝트 열한 개</p>".repeat(20)
}

/// A page that is there in every encoding.
fn compressed() -> Server {
    let page = html(&home());
    page.compress(&CompressionCache::default());
    Server::of(one_page(page))
}

#[test]
fn every_page_answers_in_its_language() {
    let server = local();
    for prefix in ["", "/en"] {
        for path in [
            "/",
            "/projects/",
            "/projects/alpha/",
            "/topics/",
            "/topics/games/",
            "/glossary/",
            "/about/",
        ] {
            let answer = server.get(&format!("{prefix}{path}"));
            assert_eq!(answer.status(), 200, "{prefix}{path}");
            let lang = if prefix.is_empty() { "ko" } else { "en" };
            assert!(answer.body_text().contains(&format!("<html lang=\"{lang}\"")));
        }
    }
}

#[test]
fn what_is_not_there_is_said_in_the_language_of_the_path() {
    let server = local();
    for (path, lang, words) in [
        ("/nothing", "ko", "페이지를 찾을 수 없음"),
        ("/projects/delta/", "ko", "페이지를 찾을 수 없음"),
        ("/english/", "ko", "페이지를 찾을 수 없음"),
        ("/en/nothing/", "en", "Page not found"),
        ("/en/projects/delta", "en", "Page not found"),
    ] {
        let answer = server.ask("GET", path, &[("if-none-match", "*")]);
        assert_eq!(answer.status(), 404, "{path}");
        let html = unbound(&answer.body_text());
        assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{path}");
        assert!(html.contains(&format!("<h1>{words}</h1>")), "{path}");
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
        assert!(!html.contains("rel=\"canonical\"") && !html.contains("hreflang=\"x-default\""));
        assert_eq!(answer.field("cache-control"), "no-cache");
    }
}

#[test]
fn other_spellings_and_old_paths_lead_to_the_page_for_good() {
    let server = local();
    for (path, location) in [
        ("/projects", "/projects/"),
        ("/en", "/en/"),
        ("/en/projects/alpha", "/en/projects/alpha/"),
        ("/en/projects/alpha/index.html", "/en/projects/alpha/"),
        ("/projects/alpha?a=1&b=%20", "/projects/alpha/?a=1&b=%20"),
        ("/EN/Projects/ALPHA/", "/en/projects/alpha/"),
        ("/b/", "/projects/beta/"),
        ("/b", "/projects/beta/"),
        ("/B?q=//host", "/projects/beta/?q=//host"),
        ("/en/b/", "/en/projects/beta/"),
        ("/%EC%98%9B-%EB%B2%A0%ED%83%80/", "/projects/beta/"),
        ("/b/?q=%EA%B0%80&a=/", "/projects/beta/?q=%EA%B0%80&a=/"),
    ] {
        let answer = server.get(path);
        let found = (answer.status(), answer.field("location"));
        assert_eq!(found, (308, location.to_owned()), "{path}");
        assert_eq!(answer.field("content-length"), "0");
        assert_eq!(answer.field("cache-control"), "no-cache");
        assert!(answer.body().is_empty(), "{path}");
    }
}

#[test]
fn the_smallest_accepted_form_is_sent() {
    let server = compressed();
    for (accepted, encoding) in [("gzip, br", "br"), ("gzip, br;q=0", "gzip"), ("zstd", "")] {
        let answer = server.ask("GET", "/", &[("accept-encoding", accepted)]);
        assert_eq!(answer.field("content-encoding"), encoding, "{accepted}");
        assert_eq!(answer.field("vary"), "accept-encoding");
        let length = answer.body().len();
        assert_eq!(answer.field("content-length"), length.to_string());
        assert_eq!(length < home().len(), !encoding.is_empty());
    }
}

#[test]
fn the_page_as_it_is_stands_in_for_a_form_that_is_not_there() {
    let server =
        Server::of(one_page(Resource::new(ContentType::WOFF2, CachePolicy::Forever, home())));
    let fields = [("accept-encoding", "br, identity;q=0")];
    let answer = server.ask("GET", "/", &fields);
    assert_eq!(answer.body(), home().as_bytes());
    assert_eq!(answer.field("content-encoding"), "");
}

#[test]
fn what_is_published_shows_at_once_and_is_compressed_in_the_background() {
    let server = Server::of(one_page(html("old")));
    server.current.publish(Snapshot::new(one_page(html(&home()))));
    assert_eq!(server.get("/").body_text(), home());
    let ask = || server.ask("GET", "/", &[("accept-encoding", "br")]);
    while ask().field("content-encoding") != "br" {
        thread::yield_now();
    }
}

#[test]
fn what_the_reader_has_is_not_sent_again() {
    let server = compressed();
    let brotli = ("accept-encoding", "br");
    let full = server.ask("GET", "/", &[brotli]);
    let tag = full.field("etag");
    assert!(tag.starts_with('"') && tag.len() > 10, "{tag}");
    // Of the page as it was before it was compressed.
    let plain = server.get("/").field("etag");
    for (known, named) in [
        (tag.clone(), &tag),
        (format!("W/{tag}"), &tag),
        (format!("\"other\", {tag}"), &tag),
        ("*".to_owned(), &tag),
        (plain.clone(), &plain),
    ] {
        for method in ["GET", "HEAD"] {
            let fields = [brotli, ("if-none-match", &*known)];
            let again = server.ask(method, "/", &fields);
            assert_eq!(again.status(), 304, "{method} {known}");
            assert!(again.body().is_empty());
            assert_eq!(again.field("etag"), *named);
            for name in ["cache-control", "vary"] {
                assert_eq!(again.field(name), full.field(name), "{name}");
            }
            assert_eq!(again.field("content-length"), "");
        }
    }
    // Of a form that is not accepted, or of nothing of ours.
    for known in [tag.as_str(), "\"other\"", "\"\"", "nonsense"] {
        let answer = server.ask("GET", "/", &[("if-none-match", known)]);
        assert_eq!(answer.status(), 200, "{known}");
    }
}

#[test]
fn head_says_what_get_says_without_the_body() {
    let server = local();
    for path in ["/", "/en/nothing/", "/projects", "/favicon.svg", "/healthz", "/readyz"] {
        let (get, head) = (server.get(path), server.ask("HEAD", path, &[]));
        assert_eq!(head.status(), get.status(), "{path}");
        let sorted = |answer: &Answer| {
            let mut lines: Vec<_> = answer.head().lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(sorted(&head), sorted(&get), "{path}");
        assert!(head.body().is_empty(), "{path}");
        let length = get.body().len().to_string();
        assert_eq!(get.field("content-length"), length, "{path}");
    }
}

#[test]
fn only_reading_is_answered() {
    let server = local();
    for (path, words) in [
        ("/", "허용되지 않는 요청"),
        ("/en/projects/alpha/", "Not allowed"),
        ("/en/nothing/", "Not allowed"),
    ] {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "PURGE"] {
            let answer = server.ask(method, path, &[]);
            assert_eq!(answer.status(), 405, "{method} {path}");
            assert_eq!(answer.field("allow"), "GET, HEAD");
            assert!(answer.body_text().contains(&format!("<h1>{words}</h1>")));
        }
    }
}

/// Checks that an answer has what none may lack.
#[track_caller]
fn is_secured(what: &str, answer: &Answer) {
    let policy = answer.field("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; "), "{what}");
    assert!(
        policy.ends_with(
            "require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'"
        ),
        "{what}"
    );
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{what}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("strict-transport-security", "max-age=31536000"),
    ] {
        assert_eq!(answer.field(name), value, "{name} of {what}");
    }
    // Pictures and data are for others as well.
    let content_type = answer.field("content-type");
    let locked = ["text/html", "text/css", "text/javascript"];
    if locked.iter().any(|it| content_type.starts_with(it)) {
        let policy = answer.field("cross-origin-resource-policy");
        assert_eq!(policy, "same-origin", "{what}");
        assert_eq!(answer.field("access-control-allow-origin"), "", "{what}");
    }
    assert!(answer.field("permissions-policy").contains("camera=()"));
    for name in ["set-cookie", "server", "x-powered-by"] {
        assert_eq!(answer.field(name), "", "{name} of {what}");
    }
    assert_ne!(answer.field("cache-control"), "", "{what}");
}

#[test]
fn every_answer_has_the_security_headers() {
    let server = at("https://example.org");
    let site = site().site();
    let paths = site.paths().map(|(path, _)| site.location(path));
    let long = format!("/{}", "x".repeat(9000));
    let others = ["/nothing/", "/en", "/b/", "/healthz", "/readyz", "/%ff", "//host/", &*long];
    let paths: Vec<String> = paths.chain(others.map(str::to_owned)).collect();
    assert!(paths.len() > 25);
    for path in paths {
        is_secured(&path, &server.get(&path));
    }
    is_secured("POST", &server.ask("POST", "/", &[]));
    is_secured("304", &server.ask("GET", "/", &[("if-none-match", "*")]));
    is_secured("400", &server.ask("GET", "/", &[("host", "b")]));
    is_secured("413", &server.ask("GET", "/", &[("content-length", "1")]));
}

#[test]
fn only_https_binds_browsers_to_https() {
    let answer = local().get("/");
    assert_eq!(answer.field("strict-transport-security"), "");
}

#[test]
fn the_type_is_that_of_the_content() {
    let server = local();
    let site = site().site();
    let mut seen = 0;
    for (path, _) in site.paths() {
        let answer = server.get(&site.location(path));
        assert_eq!(answer.status(), 200, "{path}");
        let end = path.rsplit('/').next().unwrap_or_default();
        let (content_type, start) = match end.rsplit_once('.').map_or("", |(_, end)| end) {
            "" => ("text/html; charset=utf-8", "<!DOCTYPE html>"),
            "css" => ("text/css; charset=utf-8", ""),
            "js" => ("text/javascript; charset=utf-8", ""),
            "svg" => ("image/svg+xml; charset=utf-8", "<svg"),
            "json" => ("application/json; charset=utf-8", "{"),
            "png" => ("image/png", ""),
            "ico" => ("image/vnd.microsoft.icon", ""),
            "woff2" => ("font/woff2", "wOF2"),
            "xml" if end == "feed.xml" => ("application/atom+xml; charset=utf-8", "<?xml "),
            "xml" => ("application/xml; charset=utf-8", "<?xml "),
            "ics" => ("text/calendar; charset=utf-8", "BEGIN:VCALENDAR\r\n"),
            "webmanifest" => ("application/manifest+json; charset=utf-8", "{"),
            "md" => ("text/markdown; charset=utf-8", "---\n"),
            "txt" => ("text/plain; charset=utf-8", "User-agent: *\n"),
            other => panic!("say here what .{other} is served as"),
        };
        assert_eq!(answer.field("content-type"), content_type, "{path}");
        assert!(answer.body().starts_with(start.as_bytes()), "{path}");
        let policy = if path.starts_with("/assets/") {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        assert_eq!(answer.field("cache-control"), policy, "{path}");
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
    for path in ["/nothing/", "/en/nothing.css"] {
        let answer = server.get(path);
        let content_type = answer.field("content-type");
        assert_eq!(content_type, "text/html; charset=utf-8", "{path}");
    }
}

#[test]
fn a_site_with_a_path_stands_there_and_behind_a_proxy_that_takes_it_off() {
    let server = at("https://example.org/recap/");
    for path in [
        "/recap/",
        "/recap/en/projects/alpha/",
        "/recap/favicon.svg",
        "/healthz",
        "/",
        "/projects/alpha/",
    ] {
        assert_eq!(server.get(path).status(), 200, "{path}");
    }
    for (path, location) in [("/recap", "/recap/"), ("/recap/en/b", "/recap/en/projects/beta/")] {
        assert_eq!(server.get(path).field("location"), location, "{path}");
    }
    for path in ["/recapen/", "/recap/recap/"] {
        assert_eq!(server.get(path).status(), 404, "{path}");
    }
    let lost = server.get("/recap/en/nothing/");
    assert!(text_of(lost.body()).contains("<h1>Page not found</h1>"));
}

#[test]
fn the_health_paths_tell_what_is_shown() {
    let server = local();
    assert_eq!(server.get("/healthz").body(), b"ok\n");
    let ready = || -> serde_json::Value {
        serde_json::from_slice(server.get("/readyz").body()).expect("JSON")
    };
    let pages = site().site();
    let pages = pages.paths();
    let pages = pages.filter(|(_, it)| it.content_type() == ContentType::HTML);
    assert_eq!(ready()["state"], "ok");
    assert_eq!(ready()["pages"], pages.count());
    server.current.publish(Snapshot {
        problems: 3,
        message: Some("projects/rrc/ko.md has errors".to_owned()),
        ..Snapshot::new(one_page(html("old")))
    });
    let answer = server.get("/readyz");
    assert_eq!(answer.status(), 200);
    assert_eq!(
        answer.body_text(),
        r#"{"state":"stale","age":0,"pages":1,"problems":3,"message":"projects/rrc/ko.md has errors"}"#
    );
}

#[test]
fn without_a_site_the_server_lives_but_is_not_ready() {
    let server = Server::of(Site::builder().build().expect("no contradiction"));
    for (path, status) in [("/healthz", 200), ("/readyz", 503), ("/", 503)] {
        assert_eq!(server.get(path).status(), status, "{path}");
    }
}

/// A site with a picture that comes out as this, and the count of how often it was made.
fn with_picture(picture: fn() -> Option<&'static str>) -> (Server, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let make = move || {
        counted.fetch_add(1, Ordering::Relaxed);
        picture().map(Into::into).ok_or("no picture".to_owned())
    };
    let picture = Resource::lazy(ContentType::PNG, CachePolicy::Forever, make);
    (Server::of(one_page(picture)), count)
}

#[test]
fn a_picture_is_made_for_the_first_who_asks_and_kept_for_all_others() {
    let (server, count) = with_picture(|| Some("picture"));
    server.get("/readyz");
    assert_eq!(count.load(Ordering::Relaxed), 0, "nobody asked for it");
    thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| assert_eq!(server.get("/").body(), b"picture"));
        }
    });
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[test]
fn a_picture_that_cannot_be_made_is_not_found() {
    let (server, count) = with_picture(|| None);
    for _ in 0..2 {
        assert_eq!(server.get("/").status(), 404);
    }
    assert_eq!(count.load(Ordering::Relaxed), 1, "tried once");
}

#[test]
fn a_panic_becomes_a_page_that_names_the_request() {
    let (server, _) = with_picture(|| panic!("broken"));
    let mut stream = server.connect();
    // The connection goes on.
    let requests = "GET / HTTP/1.1\r\nhost: a\r\n\r\nGET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    stream.write_all(requests.as_bytes()).expect("sent");
    let answer = Answer::read(&mut stream);
    assert_eq!(answer.statuses(), [500, 200]);
    let text = answer.body_text();
    assert!(text.contains("<p>Request ") && !text.contains("broken"));
    assert_ne!(answer.field("content-security-policy"), "");
}
