//! The bytes of a connection, from the first request to the last answer, with the site that is shipped.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use showcase::assets::Assets;
use showcase::content::{self, ContentDir, Drafts};
use showcase::render::{BaseUrl, render};
use showcase::serve::{CurrentSite, Options, serve_connection};
use showcase::site::{CompressionCache, Site};
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex, split};
use tokio::runtime::Runtime;

/// All that a request may be answered with: by the site, by the server, and by hyper before either is asked.
const STATUSES: [u16; 12] = [200, 206, 304, 308, 400, 404, 405, 408, 413, 414, 416, 431];

/// Longer than every limit together; the clock stands still while anything is done.
const END: Duration = Duration::from_secs(3600);

/// What the site answers, and hyper never.
const SECURED: [u16; 6] = [200, 304, 308, 404, 405, 413];

struct Server {
    current: CurrentSite,
    options: Options,
    runtime: Runtime,
}

static SERVER: LazyLock<Server> = LazyLock::new(|| {
    let folder = ContentDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content"));
    let (website, _) = content::load(&folder, Drafts::Hide).expect("a folder");
    let website = website.expect("content without errors");
    let rendered = render(
        website,
        &BaseUrl::new("https://example.org/"),
        &Assets::default(),
    );
    let site = Site::from_rendered(rendered.expect("pages")).expect("a site");
    // Some pages are there in every encoding; all of them would take half a minute here.
    let cache = CompressionCache::default();
    for (_, resource) in site.paths().filter(|(path, _)| path.len() < 5) {
        resource.compress(&cache);
    }
    let options = Options {
        secure: true,
        ..Options::default()
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build();
    Server {
        current: CurrentSite::new(site),
        options,
        runtime: runtime.expect("a runtime"),
    }
});

/// Everything that is answered to these bytes.
async fn answers(bytes: &[u8]) -> Vec<u8> {
    let (ours, theirs) = duplex(1 << 16);
    let (mut reader, mut writer) = split(ours);
    let write = async move {
        // The server may have heard enough before the end.
        let _ = writer.write_all(bytes).await;
        let _ = writer.shutdown().await;
    };
    let mut answers = Vec::new();
    let both = async {
        tokio::join!(
            serve_connection(theirs, SERVER.current.clone(), SERVER.options.clone()),
            write,
            reader.read_to_end(&mut answers),
        )
    };
    let ended = tokio::time::timeout(END, both).await;
    ended.expect("an end of the connection").2.expect("answers");
    answers
}

/// Whether a request announces a body. One that then breaks its own rules ends the connection, and the answer under
/// way with it.
fn has_body(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    text.contains("content-length") || text.contains("transfer-encoding")
}

/// Checks the first answer and returns what follows it.
fn check(answers: &[u8], may_end_early: bool) -> &[u8] {
    let Some(end) = answers.windows(4).position(|it| it == b"\r\n\r\n") else {
        // Whoever sends what is no request, and takes no answers meanwhile, may lose the end of hyper's refusal with
        // the connection (hyper, issue 4022); no answer of the site.
        let refusal = b"HTTP/1.1 4";
        assert!(
            answers.starts_with(refusal) || refusal.starts_with(answers),
            "cut short: {}",
            String::from_utf8_lossy(answers)
        );
        return &[];
    };
    let (head, rest) = (&answers[..end], &answers[end + 4..]);
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let (line, fields) = head.split_once("\r\n").unwrap_or((&head, ""));
    let status: u16 = line
        .strip_prefix("http/1.1 ")
        .or_else(|| line.strip_prefix("http/1.0 "))
        .and_then(|it| it.get(..3)?.parse().ok())
        .unwrap_or_else(|| panic!("no status line: {line}"));
    assert!(STATUSES.contains(&status), "{head}");
    let field = |name: &str| {
        let line = |line: &'_ str| Some(line.strip_prefix(name)?.strip_prefix(": ")?.to_owned());
        fields.split("\r\n").find_map(line)
    };
    if SECURED.contains(&status) {
        assert!(field("content-security-policy").is_some(), "{head}");
        assert!(field("x-content-type-options").is_some(), "{head}");
    }
    if let Some(location) = field("location") {
        assert!(
            location.starts_with('/') && !location.starts_with("//"),
            "{head}"
        );
    } else {
        assert!(
            !head.contains("evil.invalid"),
            "the client speaks in {head}"
        );
    }
    // A HEAD or a 304 tells a length and has no body.
    if rest.is_empty() || rest.starts_with(b"HTTP/1.") {
        return rest;
    }
    let length: usize = field("content-length")
        .and_then(|it| it.parse().ok())
        .unwrap_or_else(|| panic!("no length: {head}"));
    if rest.len() < length && may_end_early {
        return &[];
    }
    assert!(rest.len() >= length, "cut short: {head}");
    let (body, rest) = rest.split_at(length);
    assert!(
        !body.windows(5).any(|it| it == b"<evil"),
        "the client speaks in a page"
    );
    rest
}

fuzz_target!(|bytes: &[u8]| {
    let answers = SERVER.runtime.block_on(answers(bytes));
    let may_end_early = has_body(bytes);
    let mut rest = answers.as_slice();
    while !rest.is_empty() {
        rest = check(rest, may_end_early);
    }
});
