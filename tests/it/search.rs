//! What a reader finds.

use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use showcase::serve::Options;
use tower::ServiceExt;
use unicode_normalization::UnicodeNormalization;

use crate::support::{Content, attributes, between, server, text_of};

const URL: &str = "http://127.0.0.1:3000/";

static SHIPPED: LazyLock<Router> =
    LazyLock::new(|| server(Content::shipped().site_at(URL), &Options::default()));

fn of(text: &str) -> Router {
    server(Content::new(text).site_at(URL), &Options::default())
}

async fn answer(router: &Router, method: &str, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let request = Request::builder().method(method).uri(path);
    let request = request.body(Body::empty()).expect("a request");
    let response = router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    (parts.status, parts.headers, body.to_vec())
}

/// The page that answers a question.
async fn asked(router: &Router, path: &str, question: &str) -> String {
    let escaped: String = question.bytes().map(|it| format!("%{it:02X}")).collect();
    let (status, _, body) = answer(router, "GET", &format!("{path}?q={escaped}")).await;
    assert_eq!(status, StatusCode::OK, "{question}");
    text_of(&body)
}

fn list(html: &str) -> &str {
    between(html, "<ol class=\"results\" id=\"results\">", "</ol>")
}

fn results(html: &str) -> Vec<&str> {
    list(html).split("<li ").skip(1).collect()
}

/// The pages found, without their fragments.
fn pages(html: &str) -> Vec<String> {
    let link = |it: &&str| attributes(between(it, "<h2", "</h2>"), "href").concat();
    let links = results(html).iter().map(link).collect::<Vec<_>>();
    let page = |it: &String| it.split('#').next().unwrap_or_default().to_owned();
    links.iter().map(page).collect()
}

async fn found(router: &Router, path: &str, question: &str) -> Vec<String> {
    pages(&asked(router, path, question).await)
}

#[tokio::test]
async fn fifty_questions_of_readers_find_their_page_among_the_first_three() {
    let mut missed = Vec::new();
    let mut count = 0;
    let lines = include_str!("search/queries.txt").lines();
    for line in lines.filter(|it| !it.starts_with('#')) {
        let fields: Vec<&str> = line.split(" | ").collect();
        let [path, question, expected] = fields[..] else {
            panic!("{line}");
        };
        let question = match question.strip_prefix("NFD:") {
            Some(question) => question.nfd().collect(),
            None => question.to_owned(),
        };
        let found = found(&SHIPPED, path, &question).await;
        let first = &found[..found.len().min(3)];
        if !first.iter().any(|it| it == expected) {
            missed.push(format!("{question}: {expected} is not in {first:?}"));
        }
        count += 1;
    }
    assert_eq!(count, 50);
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
