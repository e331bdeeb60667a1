//! What a reader is answered, header fields included.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
    routing::get,
};
use tower::ServiceExt;

use super::{CurrentSite, Options, Snapshot, State, guard, log::RequestIds, router};
use crate::site::{CachePolicy, CompressionCache, ContentType, Resource, Site};

fn page(body: &str) -> Resource {
    Resource::new(ContentType::Html, CachePolicy::Revalidate, body)
}

fn home() -> String {
    "<p>블록체인 프로젝트 열한 개</p>".repeat(20)
}

fn site(home: &str) -> Site {
    let mut builder = Site::builder();
    let font = Resource::new(ContentType::Woff2, CachePolicy::Forever, "font");
    builder.insert("/", page(home)).expect("a new path");
    builder
        .insert("/search/", page("search"))
        .expect("a new path");
    builder
        .insert("/assets/font-1a.woff2", font)
        .expect("a new path");
    builder.redirect("/find/", "/search/").expect("a new path");
    builder
        .not_found("", page("404 ko"))
        .not_found("/en", page("404 en"));
    builder.method_not_allowed("/en", page("405 en"));
    builder.build().expect("no contradiction")
}

fn snapshot(site: Site, problems: usize) -> Snapshot {
    Snapshot {
        site: Arc::new(site),
        state: State {
            built_at: SystemTime::UNIX_EPOCH,
            problems,
            message: None,
            report: Arc::default(),
        },
    }
}

/// A site whose pages are there in every encoding.
pub(super) fn compressed() -> CurrentSite {
    let site = site(&home());
    let cache = CompressionCache::default();
    for resource in site.resources() {
        resource.compress(&cache);
    }
    CurrentSite::new(snapshot(site, 0))
}

pub(super) fn options() -> Options {
    Options {
        secure: true,
        clock: || SystemTime::UNIX_EPOCH + Duration::from_secs(90),
        ..Options::default()
    }
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl Answer {
    #[track_caller]
    fn field(&self, name: impl header::AsHeaderName) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("text"))
    }
}

/// Sends a request such as `GET /`, with lines of header fields.
async fn ask(router: Router, request: &str, fields: &[(&str, &str)]) -> Answer {
    let (method, uri) = request.split_once(' ').expect("a method and a URI");
    let mut builder = Request::builder().method(method).uri(uri);
    for (name, value) in fields {
        builder = builder.header(*name, *value);
    }
    let request = builder.body(Body::empty()).expect("a request");
    let (head, body) = router
        .oneshot(request)
        .await
        .expect("infallible")
        .into_parts();
    Answer {
        status: head.status,
        headers: head.headers,
        body: to_bytes(body, usize::MAX).await.expect("a body"),
    }
}

async fn answer(request: &str, fields: &[(&str, &str)]) -> Answer {
    ask(router(compressed(), &options()), request, fields).await
}

#[tokio::test]
async fn a_page_comes_with_its_type_length_and_validators() {
    let answer = answer("GET /", &[]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.body, home());
    assert_eq!(
        answer.field(header::CONTENT_TYPE),
        "text/html; charset=utf-8"
    );
    assert_eq!(
        answer.field(header::CONTENT_LENGTH),
        home().len().to_string()
    );
    assert_eq!(answer.field(header::CACHE_CONTROL), "no-cache");
    assert_eq!(answer.field(header::VARY), "accept-encoding");
    assert_eq!(
        answer.field(header::ETAG),
        page(&home()).etag(crate::site::Encoding::Identity)
    );
    assert_eq!(answer.field(header::CONTENT_ENCODING), "");
}

#[tokio::test]
async fn the_smallest_accepted_form_is_sent() {
    for (accepted, encoding) in [("gzip, br", "br"), ("gzip, br;q=0", "gzip"), ("zstd", "")] {
        let answer = answer("GET /", &[("accept-encoding", accepted)]).await;
        assert_eq!(
            answer.field(header::CONTENT_ENCODING),
            encoding,
            "{accepted}"
        );
        assert_eq!(
            answer.field(header::CONTENT_LENGTH),
            answer.body.len().to_string()
        );
        assert_eq!(answer.body.len() < home().len(), !encoding.is_empty());
    }
}

#[tokio::test]
async fn the_page_as_it_is_stands_in_for_a_form_that_is_not_there() {
    let live = CurrentSite::new(snapshot(site(&home()), 0));
    let fields = [("accept-encoding", "br, identity;q=0")];
    let answer = ask(router(live, &options()), "GET /", &fields).await;
    assert_eq!(answer.body, home());
    assert_eq!(answer.field(header::CONTENT_ENCODING), "");
}

#[tokio::test]
async fn fingerprinted_files_are_kept_for_ever() {
    let answer = answer("GET /assets/font-1a.woff2", &[("accept-encoding", "br")]).await;
    assert_eq!(
        answer.field(header::CACHE_CONTROL),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(answer.body, "font");
}

#[tokio::test]
async fn a_reader_who_has_the_page_is_not_sent_it_again() {
    let full = answer("GET /", &[("accept-encoding", "br")]).await;
    let tag = full.field(header::ETAG).to_owned();
    for known in [
        tag.clone(),
        format!("W/{tag}"),
        format!("\"other\", {tag}"),
        "*".to_owned(),
    ] {
        let fields = [("accept-encoding", "br"), ("if-none-match", known.as_str())];
        for request in ["GET /", "HEAD /"] {
            let answer = answer(request, &fields).await;
            assert_eq!(answer.status, StatusCode::NOT_MODIFIED, "{request} {known}");
            assert!(answer.body.is_empty());
            for field in [header::ETAG, header::VARY, header::CACHE_CONTROL] {
                assert_eq!(answer.field(&field), full.field(&field), "{field}");
            }
            assert_eq!(answer.field(header::CONTENT_LENGTH), "");
        }
    }
}

#[tokio::test]
async fn a_reader_from_before_the_page_was_compressed_is_not_sent_it_again() {
    let tag = answer("GET /", &[]).await.field(header::ETAG).to_owned();
    let fields = [("accept-encoding", "br"), ("if-none-match", tag.as_str())];
    let answer = answer("GET /", &fields).await;
    assert_eq!(
        (answer.status, answer.field(header::ETAG)),
        (StatusCode::NOT_MODIFIED, &*tag)
    );
}

#[tokio::test]
async fn the_tag_of_a_form_that_is_not_accepted_spares_nothing() {
    let tag = answer("GET /", &[("accept-encoding", "br")])
        .await
        .field(header::ETAG)
        .to_owned();
    for known in [tag.as_str(), "\"other\"", "\"\"", "nonsense"] {
        let answer = answer("GET /", &[("if-none-match", known)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{known}");
    }
    let missing = answer("GET /nothing/", &[("if-none-match", "*")]).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let paths = ["/", "/find", "/nothing/", "/healthz", "/readyz"];
    for path in paths {
        let get = answer(&format!("GET {path}"), &[("accept-encoding", "br")]).await;
        let head = answer(&format!("HEAD {path}"), &[("accept-encoding", "br")]).await;
        assert_eq!(
            (get.status, &get.headers),
            (head.status, &head.headers),
            "{path}"
        );
        assert!(head.body.is_empty());
        assert_eq!(
            get.field(header::CONTENT_LENGTH),
            get.body.len().to_string(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn another_spelling_leads_to_ours_and_keeps_the_query() {
    for (path, location) in [
        ("/search?q=rrc&x=%2F", "/search/?q=rrc&x=%2F"),
        ("/Find?q=//host", "/search/?q=//host"),
        ("/find/", "/search/"),
    ] {
        let answer = answer(&format!("GET {path}"), &[]).await;
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT);
        assert_eq!(answer.field(header::LOCATION), location);
        assert_eq!(answer.field(header::CONTENT_LENGTH), "0");
    }
}

#[tokio::test]
async fn what_is_missing_has_a_page_in_the_language_of_its_path() {
    for (path, body) in [
        ("/nothing/", "404 ko"),
        ("/en/nothing/", "404 en"),
        ("//host/en", "404 ko"),
    ] {
        let answer = answer(&format!("GET {path}"), &[]).await;
        assert_eq!(
            (answer.status, &answer.body[..]),
            (StatusCode::NOT_FOUND, body.as_bytes())
        );
        assert_eq!(answer.field(header::CACHE_CONTROL), "no-cache");
    }
}

#[tokio::test]
async fn only_get_and_head_are_answered() {
    for request in [
        "POST /en/",
        "OPTIONS /en/",
        "DELETE /en/nothing/",
        "PURGE /en/",
    ] {
        let answer = answer(request, &[]).await;
        assert_eq!(
            (answer.status, &answer.body[..]),
            (StatusCode::METHOD_NOT_ALLOWED, &b"405 en"[..])
        );
        assert_eq!(answer.field(header::ALLOW), "GET, HEAD");
    }
    let health = answer("POST /healthz", &[]).await;
    assert_eq!(health.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_url_is_8_kilobytes_at_most() {
    let url = |length: usize| {
        format!(
            "GET /search/?q={}",
            "x".repeat(length - "/search/?q=".len())
        )
    };
    assert_eq!(answer(&url(8192), &[]).await.status, StatusCode::OK);
    assert_eq!(
        answer(&url(8193), &[]).await.status,
        StatusCode::URI_TOO_LONG
    );
}

/// Checks that an answer has every locked field.
#[track_caller]
fn sealed(answer: &Answer) {
    for (field, value) in [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("strict-transport-security", "max-age=31536000"),
    ] {
        assert_eq!(answer.field(field), value, "{} {field}", answer.status);
    }
    assert!(answer.field("permissions-policy").contains("camera=()"));
}

#[tokio::test]
async fn every_answer_has_the_locked_fields() {
    let long = format!("GET /{}", "x".repeat(9000));
    let requests = [
        "GET /",
        "GET /nothing/",
        "GET /find/",
        "PUT /",
        "GET /healthz",
        "GET /readyz",
        &long,
    ];
    for request in requests {
        sealed(&answer(request, &[]).await);
    }
    sealed(&answer("GET /", &[("if-none-match", "*")]).await);
}

#[tokio::test]
async fn only_https_binds_browsers_to_https() {
    let options = Options::default();
    let answer = ask(router(compressed(), &options), "GET /", &[]).await;
    assert_eq!(answer.field(header::STRICT_TRANSPORT_SECURITY), "");
}

#[tokio::test]
async fn a_panic_becomes_a_page_that_names_the_request() {
    let broken = Router::new().route("/", get(|| async { assert!(home().is_empty(), "broken") }));
    let answer = ask(guard(broken, &options(), RequestIds::new()), "GET /", &[]).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    assert!(
        body.contains("Request ") && !body.contains("broken"),
        "{body}"
    );
    assert_eq!(answer.field(header::CONTENT_LENGTH), body.len().to_string());
    sealed(&answer);
}

mod later;
mod snapshots;
