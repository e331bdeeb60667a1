//! What a reader is answered.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use showcase::serve::Options;
use tower::ServiceExt;

use crate::support::{Content, server, text_of};

const SITE: &str = "
-- projects/beta/project.yaml, with --
aliases: [/b/, /옛-베타/]
-- projects/beta/ko.md --
![그림](a.svg) ![사진](b.png)
-- projects/beta/a.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>
-- projects/beta/b.png --
";

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn field(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |it| it.to_str().expect("ASCII"))
    }
}

/// The server of the site at an address.
struct Server(axum::Router);

impl Server {
    fn at(url: &str) -> Self {
        let options = Options {
            secure: url.starts_with("https://"),
            ..Options::default()
        };
        Self(server(Content::new(SITE).site_at(url), &options))
    }

    async fn ask(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in fields {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a request");
        let response = self.0.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, usize::MAX).await.expect("a body").to_vec(),
        }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[]).await
    }
}

fn local() -> Server {
    Server::at("http://127.0.0.1:3000")
}

#[tokio::test]
async fn every_page_answers_in_its_language() {
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
            let answer = server.get(&format!("{prefix}{path}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{prefix}{path}");
            let lang = if prefix.is_empty() { "ko" } else { "en" };
            assert!(text_of(&answer.body).contains(&format!("<html lang=\"{lang}\"")));
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_in_the_language_of_the_path() {
    let server = local();
    for (path, lang, words) in [
        ("/nothing", "ko", "없는 쪽"),
        ("/projects/delta/", "ko", "없는 쪽"),
        ("/english/", "ko", "없는 쪽"),
        ("/en/nothing/", "en", "Page not found"),
        ("/en/projects/delta", "en", "Page not found"),
    ] {
        let answer = server.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        let html = text_of(&answer.body);
        assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{path}");
        assert!(html.contains(&format!("<h1>{words}</h1>")), "{path}");
        assert!(
            html.contains("<meta name=\"robots\" content=\"noindex\">"),
            "{path}"
        );
        assert!(!html.contains("rel=\"canonical\"") && !html.contains("hreflang=\"x-default\""));
        assert_eq!(answer.field("cache-control"), "no-cache");
    }
}

#[tokio::test]
async fn other_spellings_and_old_paths_lead_to_the_page_for_good() {
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
        ("/en/b/", "/en/projects/beta/"),
        ("/%EC%98%9B-%EB%B2%A0%ED%83%80/", "/projects/beta/"),
    ] {
        let answer = server.get(path).await;
        let found = (answer.status, answer.field("location"));
        assert_eq!(found, (StatusCode::PERMANENT_REDIRECT, location), "{path}");
        assert!(answer.body.is_empty(), "{path}");
        if path.contains('?') {
            continue;
        }
        let answer = server.get(&format!("{path}?q=%EA%B0%80&a=/")).await;
        let found = (answer.status, answer.field("location"));
        let location = format!("{location}?q=%EA%B0%80&a=/");
        assert_eq!(found, (StatusCode::PERMANENT_REDIRECT, &*location));
    }
}

#[tokio::test]
async fn what_the_reader_has_is_not_sent_again() {
    let server = local();
    let full = server.get("/en/projects/alpha/").await;
    let tag = full.field("etag").to_owned();
    assert!(tag.starts_with('"') && tag.len() > 10, "{tag}");
    for method in ["GET", "HEAD"] {
        let fields = [("if-none-match", &*tag)];
        let again = server.ask(method, "/en/projects/alpha/", &fields).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        assert!(again.body.is_empty());
        for name in ["etag", "cache-control", "vary"] {
            assert_eq!(again.field(name), full.field(name), "{name}");
        }
    }
    let other = server
        .ask("GET", "/projects/alpha/", &[("if-none-match", &*tag)])
        .await;
    assert_eq!(other.status, StatusCode::OK);
}

#[tokio::test]
async fn head_says_what_get_says_without_the_body() {
    let server = local();
    for path in ["/", "/en/nothing/", "/projects", "/favicon.svg", "/healthz"] {
        let get = server.get(path).await;
        let head = server.ask("HEAD", path, &[]).await;
        assert_eq!(
            (head.status, &head.headers),
            (get.status, &get.headers),
            "{path}"
        );
        assert!(head.body.is_empty(), "{path}");
        assert_eq!(
            get.field("content-length"),
            get.body.len().to_string(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn only_reading_is_answered() {
    let server = local();
    for (path, words) in [
        ("/", "받지 않는 요청"),
        ("/en/projects/alpha/", "Not allowed"),
    ] {
        for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
            let answer = server.ask(method, path, &[]).await;
            assert_eq!(
                answer.status,
                StatusCode::METHOD_NOT_ALLOWED,
                "{method} {path}"
            );
            assert_eq!(answer.field("allow"), "GET, HEAD");
            assert!(text_of(&answer.body).contains(&format!("<h1>{words}</h1>")));
        }
    }
}

#[tokio::test]
async fn every_answer_is_locked() {
    let server = Server::at("https://example.org");
    let site = Content::new(SITE).site();
    let paths = site.paths().map(|(path, _)| path.to_owned());
    let others = [
        "/nothing/",
        "/en",
        "/b/",
        "/healthz",
        "/readyz",
        "/%ff",
        "//host/",
    ];
    let paths: Vec<String> = paths.chain(others.map(str::to_owned)).collect();
    let mut answers = vec![("POST /".to_owned(), server.ask("POST", "/", &[]).await)];
    for path in paths {
        answers.push((path.clone(), server.get(&path).await));
    }
    assert!(answers.len() > 25);
    for (path, answer) in answers {
        let policy = answer.field("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; "), "{path}");
        assert!(
            !policy.contains("unsafe") && !policy.contains("http"),
            "{path}"
        );
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000"),
        ] {
            assert_eq!(answer.field(name), value, "{name} of {path}");
        }
        for name in ["set-cookie", "server", "x-powered-by"] {
            assert_eq!(answer.field(name), "", "{name} of {path}");
        }
        assert_ne!(answer.field("cache-control"), "", "{path}");
    }
}

#[tokio::test]
async fn the_type_is_that_of_the_content() {
    let server = local();
    let site = Content::new(SITE).site();
    let mut seen = 0;
    for (path, _) in site.paths() {
        let answer = server.get(&site.location(path)).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let end = path.rsplit('/').next().unwrap_or_default();
        let (content_type, start) = match end.rsplit_once('.').map_or("", |(_, end)| end) {
            "" => ("text/html; charset=utf-8", "<!doctype html>"),
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
        assert!(answer.body.starts_with(start.as_bytes()), "{path}");
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
        let answer = server.get(path).await;
        assert_eq!(
            answer.field("content-type"),
            "text/html; charset=utf-8",
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_site_with_a_path_stands_there_alone() {
    let server = Server::at("https://example.org/recap/");
    for path in [
        "/recap/",
        "/recap/en/projects/alpha/",
        "/recap/favicon.svg",
        "/healthz",
    ] {
        assert_eq!(server.get(path).await.status, StatusCode::OK, "{path}");
    }
    for (path, location) in [
        ("/", "/recap/"),
        ("/recap", "/recap/"),
        ("/recap/en/b", "/recap/en/projects/beta/"),
    ] {
        assert_eq!(server.get(path).await.field("location"), location, "{path}");
    }
    for path in ["/projects/alpha/", "/recapen/", "/recap/recap/"] {
        assert_eq!(
            server.get(path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let lost = server.get("/recap/en/nothing/").await;
    assert!(text_of(&lost.body).contains("<h1>Page not found</h1>"));
}

#[tokio::test]
async fn the_health_paths_tell_that_pages_are_there() {
    let server = local();
    assert_eq!(server.get("/healthz").await.body, b"ok\n");
    let ready = server.get("/readyz").await;
    let ready: serde_json::Value = serde_json::from_slice(&ready.body).expect("JSON");
    assert_eq!(
        (&ready["state"], &ready["pages"]),
        (&"ok".into(), &22.into())
    );
}
