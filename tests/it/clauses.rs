//! HTTP by its own text: what is sent, and what the clauses of RFC 9110, 9111 and 9112 let a server answer.
//!
//! `clauses.txt` has a case a line: the clause, the bytes that are sent, the statuses that come back, in their order (`0`
//! for none, `/` between what may come instead), and header fields that must be there, or with `!` must not. `~` is the
//! end of a line, `{etag}` the tag of the page, and `\x` begins a byte in hexadecimal.

use showcase::site::Encoding;

use crate::server::Server;
use crate::support::Content;

const CASES: &str = include_str!("clauses.txt");

fn bytes(request: &str, etag: &str) -> Vec<u8> {
    let request = request.replace('~', "\r\n").replace("{etag}", etag);
    let mut parts = request.split("\\x");
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits"));
        bytes.extend(part[2..].bytes());
    }
    // So that a case need not be a line of sixty kilobytes.
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match text.split_once("{long}") {
        Some((before, after)) => [before, &"a".repeat(60_000), after].concat().into_bytes(),
        None => bytes,
    }
}

#[test]
fn every_clause_is_kept() {
    let server = Server::of(Content::new("").site_at("https://example.org/"));
    let etag = server.get("/").field("etag");
    assert!(!etag.contains(Encoding::Brotli.header_value()), "{etag}");
    let lines = CASES.lines().filter(|it| !it.is_empty() && !it.starts_with('#'));
    let mut wrong = Vec::new();
    for line in lines {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [clause, request, expected, fields @ ..] = &parts[..] else {
            panic!("three parts: {line}");
        };
        let answer = server.send(&bytes(request, &etag));
        let statuses = match answer.statuses().as_slice() {
            [] => "0".to_owned(),
            some => some.iter().map(u16::to_string).collect::<Vec<_>>().join(" "),
        };
        let head = format!("\n{}\n", answer.head().to_ascii_lowercase());
        let lacks = |field: &&&str| match field.strip_prefix('!') {
            Some(absent) => head.contains(&format!("\n{absent}")),
            None => !head.contains(&format!("\n{field}")),
        };
        if !expected.split('/').any(|it| it.trim() == statuses)
            || fields.iter().any(|it| lacks(&it))
        {
            wrong.push(format!(
                "{clause}: {request}\n  {statuses}, not {expected} {fields:?}{head}"
            ));
        }
        // What hyper refuses by itself is told in its words.
        if statuses != "0" {
            assert!(answer.text().contains("\r\ndate: "), "9110 6.6.1: {request}");
        }
        if request.starts_with("HEAD ") && !statuses.contains(' ') {
            assert_eq!(answer.body().len(), 0, "9110 9.3.2: {request}");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
