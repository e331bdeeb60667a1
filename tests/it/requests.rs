//! Whatever is asked for, the answer is one of those that are known, and nothing of the client's words is in its head.

use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode, Uri};
use proptest::collection::vec;
use proptest::prelude::*;
use showcase::serve::Options;
use tower::ServiceExt;

use crate::support::{Content, server};

static SERVER: LazyLock<Router> = LazyLock::new(|| {
    let site = Content::new("").site_at("https://example.org/");
    server(site, &Options::default())
});

/// What a GET or HEAD may be answered with.
const READ: [StatusCode; 7] = [
    StatusCode::OK,
    StatusCode::PARTIAL_CONTENT,
    StatusCode::NOT_MODIFIED,
    StatusCode::PERMANENT_REDIRECT,
    StatusCode::NOT_FOUND,
    StatusCode::URI_TOO_LONG,
    StatusCode::RANGE_NOT_SATISFIABLE,
];

/// What any other method may be answered with.
const REFUSED: [StatusCode; 4] = [
    StatusCode::METHOD_NOT_ALLOWED,
    StatusCode::URI_TOO_LONG,
    StatusCode::PAYLOAD_TOO_LARGE,
    StatusCode::BAD_REQUEST,
];

/// Pieces of paths that stand somewhere, lead somewhere, or have led elsewhere in other servers.
fn path() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "/",
        "en",
        "projects",
        "alpha",
        "topics",
        "search",
        "assets",
        "index.html",
        "index.json",
        "healthz",
        "..",
        ".",
        "%2e%2e",
        "%252e",
        "%2f",
        "%5c",
        "%00",
        "%0d%0a",
        "%ff",
        "%EC%9A%A9%EC%96%B4",
        "%",
        "//",
        "evil.invalid",
        "?q=",
        "&",
        "=",
        "%3Cevil%3E",
        "\u{c6a9}",
        "EN",
        "Projects",
        ";a=b",
        "~",
        "*",
        "etc/passwd",
        "feed.xml",
    ]);
    let any = prop_oneof![8 => pieces.prop_map(str::to_owned), 1 => "[!-~]{1,12}"];
    vec(any, 0..10).prop_map(|pieces| format!("/{}", pieces.concat()))
}

fn fields() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let names = prop::sample::select(vec![
        "accept-encoding",
        "if-none-match",
        "if-modified-since",
        "if-range",
        "range",
        "host",
        "accept-language",
        "x-forwarded-host",
        "forwarded",
        "x-request-id",
        "referer",
        "cookie",
        "connection",
        "expect",
    ]);
    let values = prop_oneof![
        "(gzip|br|zstd|\\*|identity|\"a\"|W/|bytes=|0-|-1|,|;q=0|;q=1|\\.5| ){0,8}",
        Just("evil.invalid".to_owned()),
        "[ -~]{0,20}",
    ];
    vec((names, values), 0..4)
}

fn ask(
    method: &Method,
    uri: Uri,
    fields: &[(&'static str, String)],
) -> (StatusCode, String, Vec<u8>) {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in fields {
        if let Ok(value) = HeaderValue::try_from(value) {
            request = request.header(HeaderName::from_static(name), value);
        }
    }
    let request = request.body(Body::empty()).expect("a request");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        let response = SERVER.clone().oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let head = parts.headers.iter().map(|(name, value)| {
            format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes()))
        });
        let head = head.collect();
        let body = to_bytes(body, usize::MAX).await.expect("a body");
        (parts.status, head, body.to_vec())
    })
}

/// So many cases take about a second; set `PROPTEST_CASES` for a long run.
fn cases() -> ProptestConfig {
    let set = ProptestConfig::default().cases;
    ProptestConfig {
        cases: if set == 256 { 1000 } else { set },
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_path_gives_one_of_the_known_statuses(
        method in prop::sample::select(vec!["GET", "GET", "GET", "HEAD", "POST", "DELETE", "OPTIONS", "TRACE", "EVIL"]),
        path in path(),
        fields in fields(),
    ) {
        let Ok(uri) = path.parse::<Uri>() else {
            return Ok(()); // hyper answers 400 before anybody is asked.
        };
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let (status, head, body) = ask(&method, uri, &fields);
        let known: &[StatusCode] = if matches!(method, Method::GET | Method::HEAD) { &READ } else { &REFUSED };
        prop_assert!(known.contains(&status), "{method} {path}: {status}");
        prop_assert!(head.contains("content-security-policy: default-src 'none'"), "{head}");
        for line in head.lines() {
            match line.strip_prefix("location: ") {
                // Only the query of the request may go along.
                Some(to) => prop_assert!(
                    to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\"),
                    "{path} leads to {to}"
                ),
                None => prop_assert!(!line.contains("evil"), "{line}"),
            }
        }
        prop_assert!(!body.windows(5).any(|it| it == b"<evil"), "{path}: the client speaks in the page");
    }
}
