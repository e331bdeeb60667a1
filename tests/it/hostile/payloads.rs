//! Paths, heads and header fields that are meant to confuse.

use showcase::serve::Limits;

use super::server;
use crate::server::Answer;

/// The name that every request gives its host; it may stand in no answer.
const HOST: &str = "evil.example";

/// Ways out of a folder, as they are tried, and other spellings of a path. There is no file system to climb in.
const PATHS: &str = "
    /.. /../ /../etc/passwd /../../../../etc/passwd /./ /. /a/../b /en/.. /en/../.. /assets/../Cargo.toml
    /assets/../../etc/passwd /..%2f /..%2F..%2Fetc%2Fpasswd /%2e%2e /%2e%2e/ /%2e%2e/etc/passwd
    /%2E%2E/%2E%2E/etc/passwd /.%2e/etc/passwd /%2e./etc/passwd /%2e%2e%2f /%2e%2e%2fetc%2fpasswd
    /%252e%252e/etc/passwd /%252e%252e%252fetc%252fpasswd /%25252e%25252e/ /..%252f..%252fetc/passwd
    /..%c0%af..%c0%afetc/passwd /%c0%ae%c0%ae/etc/passwd /%c0%ae%c0%ae%c0%af /%e0%80%ae%e0%80%ae/ /%f0%80%80%ae/
    /%f8%80%80%80%ae/ /%c1%1c.. /..%c1%9c /..;/ /..;/etc /;/.. /..%00/ /%00 /en/%00 /index.html%00.txt
    /%00index.html /en/%00../ /%0a /%0d /%0d%0aLocation:%20http:%2f%2fevil /%0d%0a%0d%0aHTTP/1.1%20200
    /%0aSet-Cookie:a=b /%09 /%08 /%1b /%7f /%c2%85 /%e2%80%a8 /%e2%80%ae /%ff /%fe%ff /%80 /%c3 /%c3%28 /%ed%a0%80
    /%f4%90%80%80 /% /%% /%2 /%g0 /%0g /%u002e /%uff0e%uff0e/ /%zz/ // /// ////en/ //en/ /en// /en//projects/ /%2f
    /%2fen/ /en%2f /en%2fprojects%2f /%2f%2f /%5c /%5c%5c /..%5c /..%5c..%5cwindows%5cwin.ini /%5c..%5c
    /C:/windows/win.ini /c%3a%5cboot.ini /.git/config /.env /.htaccess /wp-admin/ /cgi-bin/sh /content/event.yaml
    /proc/self/environ /src/main.rs /assets/ /server-status /~root/ /-/ /healthz/..";

/// Paths that look like other hosts, or bring one along.
const ELSEWHERE: &str = "
    //evil //evil/ ///evil/ ////evil /%2fevil /%2f%2fevil/ //evil/en //evil/.. /en//evil/ //evil/%2e%2e //evil/en/
    //evil//en// /%5cevil /%5c%5cevil /%5c/evil /%09/evil /%0a/evil /%0d/evil /%20//evil /.//evil /..//evil /;//evil
    /%2e//evil /@evil //a@evil/ //evil:80/ //[::1]/ //evil%00/ //evil%2f.. /en/%2f%2fevil /en/..//evil
    //en//..//evil /en@evil/ //evil/index.html //evil/projects /http:%2f%2fevil /http://evil/ /https://evil
    /javascript:alert(1) /data:text/html,evil";

/// Paths that lead to ours although they are spelled otherwise.
const REDIRECTED: [(&str, &str); 12] = [
    ("/en", "/en/"),
    ("/EN/", "/en/"),
    ("/En", "/en/"),
    ("/%65n", "/en/"),
    ("/%45N", "/en/"),
    ("/index.html", "/"),
    ("/en/index.html", "/en/"),
    ("/en/%69ndex.html", "/en/"),
    ("/en/projects", "/en/projects/"),
    ("/en?//evil", "/en/?//evil"),
    ("/en?a=%0d%0a", "/en/?a=%0d%0a"),
    ("/projects?\\evil", "/projects/?\\evil"),
];

/// Lines of a request that are none, and what they are answered; 0 is a connection that is closed without a word.
const LINES: [(&str, &[u16]); 48] = [
    ("GET  / HTTP/1.1", &[400]),
    ("GET /  HTTP/1.1", &[400]),
    (" GET / HTTP/1.1", &[400]),
    ("GET\t/\tHTTP/1.1", &[400]),
    ("GET / HTTP/1.1 ", &[400]),
    ("GET / HTTP/1.2", &[400]),
    ("GET / HTTP/1.10", &[400]),
    ("GET / HTTP/0.9", &[400]),
    ("GET / HTTP/2.0", &[0, 400]),
    ("GET / HTTP/3.0", &[400]),
    ("GET / HTTP/11", &[400]),
    ("GET / http/1.1", &[400]),
    ("GET / HTTPS/1.1", &[400]),
    ("GET / XTTP/1.1", &[400]),
    ("GET /", &[0, 400]),
    ("GET", &[0, 400]),
    ("/ HTTP/1.1", &[400]),
    ("GET HTTP/1.1", &[400]),
    ("GET / / HTTP/1.1", &[400]),
    ("GET /a b HTTP/1.1", &[400]),
    ("GET /\u{1} HTTP/1.1", &[400]),
    ("GET /\u{7f} HTTP/1.1", &[400]),
    ("GET /\0 HTTP/1.1", &[400]),
    ("GET /<script> HTTP/1.1", &[400, 404]),
    ("GET /\"x\" HTTP/1.1", &[400, 404]),
    ("GET /{x}|^` HTTP/1.1", &[400, 404]),
    ("GET /#fragment HTTP/1.1", &[200, 400]),
    ("GET /\\evil HTTP/1.1", &[400, 404]),
    ("GET \\ HTTP/1.1", &[400]),
    ("GET /한국어 HTTP/1.1", &[400, 404]),
    ("GET ../ HTTP/1.1", &[400]),
    ("GET en/ HTTP/1.1", &[400]),
    ("GET ?x HTTP/1.1", &[400]),
    ("GET * HTTP/1.1", &[400]),
    ("OPTIONS * HTTP/1.1", &[405]),
    ("GET http://evil.example/ HTTP/1.1", &[200]),
    ("GET http://evil.example/en HTTP/1.1", &[308]),
    ("GET http://evil.example HTTP/1.1", &[200]),
    ("GET ftp://evil.example/nothing HTTP/1.1", &[404]),
    ("GET http:///en/ HTTP/1.1", &[400]),
    ("GET http://a@b:99999999/ HTTP/1.1", &[200, 400]),
    ("GET evil.example:443 HTTP/1.1", &[400, 404]),
    ("CONNECT evil.example:443 HTTP/1.1", &[405]),
    ("CONNECT / HTTP/1.1", &[405]),
    ("get / HTTP/1.1", &[405]),
    ("G\u{e9}T / HTTP/1.1", &[400]),
    ("G(T / HTTP/1.1", &[400]),
    ("PRI * HTTP/2.0", &[0, 400]),
];

/// Methods that are not answered.
const METHODS: &str =
    "POST PUT DELETE PATCH OPTIONS TRACE PROPFIND MKCOL MOVE PURGE DEBUG TRACK QUERY X";

/// Header fields beside a good request line, and what they are answered.
const FIELDS: [(&str, &[u16]); 31] = [
    ("", &[400]),
    ("host: a\r\nhost: a\r\n", &[400]),
    ("host: a\r\nhost: b\r\n", &[400]),
    ("host : a\r\n", &[400]),
    (" host: a\r\n", &[400]),
    ("host: a\r\n b\r\n", &[400]),
    ("host a\r\n", &[400]),
    (": a\r\nhost: a\r\n", &[400]),
    ("host: a\r\nx y: z\r\n", &[400]),
    ("host: a\r\nx\r\n", &[400]),
    ("host: a\r\nx: a\0b\r\n", &[400]),
    ("host: a\r\nx: a\rb\r\n", &[400]),
    ("host: a\r\nx: a\u{1}b\r\n", &[400]),
    ("host: a\r\nx: a\r\n\tfolded\r\n", &[400]),
    ("host: a\r\nx\u{e9}: y\r\n", &[400]),
    ("host: a\r\n\u{b}x: y\r\n", &[400]),
    ("host: a\r\nx[]: y\r\n", &[400]),
    ("host: a\r\nexpect: 100-continue\r\n", &[200]),
    ("host: a\r\nexpect: 100-continue\r\ncontent-length: 3\r\n", &[413]),
    ("host: a\r\nexpect: nonsense\r\n", &[200]),
    (
        "host: a\r\nupgrade: h2c\r\nconnection: upgrade, http2-settings\r\nhttp2-settings: AAMAAABk\r\n",
        &[200],
    ),
    ("host: a\r\nupgrade: websocket\r\nconnection: upgrade\r\n", &[200]),
    ("host: a\r\nrange: bytes=0-0\r\n", &[200]),
    ("host: a\r\nrange: bytes=0-,0-,0-,0-,0-,0-,0-,0-\r\n", &[200]),
    ("host: a\r\nif-none-match: *\r\n", &[304]),
    ("host: a\r\nif-none-match: \"\r\n", &[200]),
    ("host: a\r\nx-forwarded-host: evil.example\r\nforwarded: host=evil.example\r\n", &[200]),
    ("host: a\r\nx-original-url: /admin\r\nx-rewrite-url: /admin\r\n", &[200]),
    ("host: a\r\nx-request-id: evil.example\r\n", &[200]),
    ("host: evil.example:80\r\n", &[200]),
    ("host: [::1]:3000\r\n", &[200]),
];

/// Values that are no host.
const HOSTS: [&str; 14] = [
    "", "a, b", "a b", "a\tb", "a/b", "http://a", "a?b", "a#b", "a\\b", "a\"b", "<a>", "\u{e9}",
    "a@b", "{a}",
];

/// Lengths of a body, and what they are answered.
const LENGTHS: [(&str, &[u16]); 20] = [
    ("content-length: 5", &[413]),
    ("content-length: 0", &[200]),
    ("content-length: -1", &[400]),
    ("content-length: +1", &[400]),
    ("content-length: 1, 1", &[400]),
    ("content-length: 1 1", &[400]),
    ("content-length: 0x1", &[400]),
    ("content-length: 1e1", &[400]),
    ("content-length:", &[400]),
    ("content-length: 18446744073709551616", &[400]),
    ("content-length: 18446744073709551615", &[400, 413, 431]),
    ("content-length: 1\r\ncontent-length: 2", &[400]),
    ("transfer-encoding: chunked", &[400]),
    ("transfer-encoding: chunked\r\ncontent-length: 3", &[400, 413]),
    ("content-length: 3\r\ntransfer-encoding: chunked", &[400, 413]),
    ("transfer-encoding: chunked, identity", &[400]),
    ("transfer-encoding: identity", &[400]),
    ("transfer-encoding: xchunked", &[400]),
    ("transfer-encoding: gzip, chunked", &[400]),
    ("transfer-encoding : chunked", &[400]),
];

/// Values of `Accept-Encoding` that make no sense, or refuse everything.
const ENCODINGS: [&str; 24] = [
    "",
    ",",
    ",,,",
    ";",
    ";q=1",
    "gzip;q",
    "gzip;q=",
    "gzip;q=x",
    "gzip;q=2",
    "gzip;q=-1",
    "gzip;q=NaN",
    "gzip;q=inf",
    "gzip;;q=1",
    "gzip;q=0",
    "*;q=0",
    "identity;q=0",
    "identity;q=0, *;q=0",
    "br;q=0, gzip;q=0",
    "gzip, gzip, gzip",
    "\u{e9}",
    "bogus",
    "*;q=0.0001",
    "gzip;q=1;q=0",
    "q=1",
];

fn head(line: &str) -> Vec<u8> {
    format!("{line}\r\nhost: {HOST}\r\nconnection: close\r\n\r\n").into_bytes()
}

/// What holds for every answer, and that its status is one of those expected.
#[track_caller]
fn check(payload: &str, answer: &Answer, expected: &[u16]) {
    let (status, text) = (answer.status(), answer.text());
    assert!(expected.contains(&status), "{payload:?}: {status}\n{text}");
    assert!(!text.contains(HOST), "{payload:?}: the host came back\n{text}");
    assert!(!text.contains("root:"), "{payload:?}: a file leaked");
    assert!(!text.contains("panicked"), "{payload:?}: a failure shows");
    let location = answer.field("location");
    let is_ours = location.starts_with('/') && !location[1..].starts_with(['/', '\\']);
    assert!(location.is_empty() || is_ours, "{payload:?} leads to {location}");
    // What hyper refuses before we see it comes without any field of ours, and without a body.
    let is_hypers =
        matches!(status, 0 | 400 | 414 | 431) && answer.field("content-type").is_empty();
    if !is_hypers {
        let policy = answer.field("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'"),
            "{payload:?}: without the security headers\n{text}"
        );
    }
}

#[test]
fn no_path_leads_out_of_the_site() {
    let server = server(Limits::default());
    for path in PATHS.split_whitespace().chain(ELSEWHERE.split_whitespace()) {
        let line = format!("GET {path} HTTP/1.1");
        check(&line, &server.send(&head(&line)), &[404]);
    }
    for (path, location) in REDIRECTED {
        let line = format!("GET {path} HTTP/1.1");
        let answer = server.send(&head(&line));
        check(&line, &answer, &[308]);
        assert_eq!(answer.field("location"), location, "{path}");
    }
}

#[test]
fn lines_that_are_no_requests_are_refused() {
    let server = server(Limits::default());
    for (line, expected) in LINES {
        check(line, &server.send(&head(line)), expected);
    }
    for (name, bytes, expected) in [
        // Old clients name no host, and need not.
        ("HTTP/1.0", &b"GET / HTTP/1.0\r\n\r\n"[..], &[200][..]),
        ("bare line feeds", b"GET / HTTP/1.1\nhost: a\n\n", &[200, 400]),
        ("empty lines", b"\r\n\r\nGET / HTTP/1.0\r\n\r\n", &[200]),
        ("noise", &[0xff; 4096], &[0, 400]),
        ("TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", &[0, 400]),
    ] {
        check(name, &server.send(bytes), expected);
    }
}

#[test]
fn only_reading_is_answered() {
    let server = server(Limits::default());
    for method in METHODS.split(' ') {
        for path in ["/", "/nothing/", "/healthz"] {
            let line = format!("{method} {path} HTTP/1.1");
            let answer = server.send(&head(&line));
            check(&line, &answer, &[405]);
            assert_eq!(answer.field("allow"), "GET, HEAD", "{line}");
        }
    }
}

#[test]
fn fields_that_may_be_read_two_ways_are_refused() {
    let server = server(Limits::default());
    let ask = |fields: &str| server.send(format!("GET / HTTP/1.1\r\n{fields}\r\n").as_bytes());
    for (fields, expected) in FIELDS {
        check(fields, &ask(fields), expected);
    }
    for host in HOSTS {
        check(host, &ask(&format!("host: {host}\r\n")), &[400]);
    }
    for (length, expected) in LENGTHS {
        check(length, &ask(&format!("host: a\r\n{length}\r\n")), expected);
    }
    for encoding in ENCODINGS {
        let fields = format!("host: a\r\naccept-encoding: {encoding}\r\n");
        check(encoding, &ask(&fields), &[200]);
    }
}

#[test]
fn what_is_too_long_is_refused() {
    let server = server(Limits::default());
    for (length, expected) in [(8000, 404), (9000, 414), (63_000, 414), (70_000, 414)] {
        let line = format!("GET /{} HTTP/1.1", "x".repeat(length));
        check("a long path", &server.send(&head(&line)), &[expected, 431]);
    }
    let many = |count: usize| "x: y\r\n".repeat(count);
    for (fields, expected) in [
        (many(50), &[200][..]),
        (many(200), &[431]),
        (many(100_000), &[431]),
        (format!("x: {}\r\n", "y".repeat(30_000)), &[200]),
        (format!("x: {}\r\n", "y".repeat(100_000)), &[431]),
        (format!("{}: y\r\n", "x".repeat(100_000)), &[400, 431]),
    ] {
        let request = format!("GET / HTTP/1.1\r\nhost: a\r\n{fields}\r\n");
        check("long fields", &server.send(request.as_bytes()), expected);
    }
}

#[test]
fn what_comes_behind_a_body_is_no_request() {
    const NEXT: &str = "GET /smuggled/ HTTP/1.1\r\nhost: a\r\n\r\n";
    let server = server(Limits::default());
    for (request, expected) in [
        ("GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nabc", &[413][..]),
        ("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\nabc", &[405]),
        ("GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 60\r\n\r\n", &[413]),
        ("GET / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", &[413]),
        (
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            &[400, 405],
        ),
    ] {
        let request = format!("{request}{NEXT}");
        check(&request, &server.send(request.as_bytes()), expected);
    }
}

#[test]
fn requests_that_come_together_are_answered_in_order() {
    let server = server(Limits::default());
    let one = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n");
    let all = one("/") + &one("/nothing/") + &one("/en") + &one("/healthz") + &one("/");
    let answer = server.send(all.as_bytes());
    assert_eq!(answer.statuses(), [200, 404, 308, 200, 200]);
    let answer = server.send(one("/en").repeat(200).as_bytes());
    assert_eq!(answer.statuses(), [308; 200]);
}
