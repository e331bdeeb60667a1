//! Whatever is asked for, the answer is one of those that are known, and nothing of the client's words is in its head.

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;

use crate::server::Server;
use crate::support::Content;

static SERVER: LazyLock<Server> =
    LazyLock::new(|| Server::of(Content::new("").site_at("https://example.org/")));

/// What a GET or HEAD may be answered with.
const READ: [u16; 6] = [200, 304, 308, 400, 404, 414];

/// What any other method may be answered with.
const REFUSED: [u16; 3] = [400, 405, 414];

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
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = SERVER.ask(method, &path, &fields);
        let known: &[u16] = if matches!(method, "GET" | "HEAD") { &READ } else { &REFUSED };
        prop_assert!(known.contains(&answer.status()), "{method} {path}: {}", answer.text());
        // hyper answers what is no request before anybody is asked, and has none of our fields.
        let is_hypers = answer.status() == 400 && answer.field("content-type").is_empty();
        let policy = answer.field("content-security-policy");
        prop_assert!(is_hypers || policy.starts_with("default-src 'none'"), "{}", answer.head());
        for line in answer.head().lines() {
            match line.strip_prefix("location: ") {
                // Only the query of the request may go along.
                Some(to) => prop_assert!(
                    to.starts_with('/') && !to.starts_with("//") && !to.starts_with("/\\"),
                    "{path} leads to {to}"
                ),
                None => prop_assert!(!line.contains("evil"), "{line}"),
            }
        }
        let body = answer.body();
        prop_assert!(!body.windows(5).any(|it| it == b"<evil"), "{path}: the client speaks in the page");
    }
}
