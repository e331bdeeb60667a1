//! A reader: asks for this and that, and knows what may be answered.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use crate::Run;
use crate::client::{Client, Failure, Reply};
use crate::content::{FILES, Random, picture_of, states};

/// Pages that tell states, then answers of every other kind, with the status of each.
const PATHS: [(&str, u16); 12] = [
    ("/", 200),
    ("/en/", 200),
    ("/projects/", 200),
    ("/en/projects/", 200),
    ("/projects/alpha/", 200),
    ("/en/projects/alpha/", 200),
    ("/topics/data/", 200),
    ("/glossary/", 200),
    ("/nothing/", 404),
    ("/projects", 308),
    ("/readyz", 200),
    ("/healthz", 200),
];

/// Reads until the run is over.
pub(crate) fn read(run: &Run, address: &str, number: u64) {
    let mut reader = Reader {
        run,
        client: Client::new(address),
        random: Random::new(number + 2),
        tags: BTreeMap::new(),
        keeps: number.is_multiple_of(2),
    };
    while !run.is_over.load(Ordering::SeqCst) {
        if let Err(wrong) = reader.visit() {
            run.fail(format!("reader {number}: {wrong}"));
        }
        thread::sleep(Duration::from_millis(2 + reader.random.below(8)));
    }
}

struct Reader<'a> {
    run: &'a Run,
    client: Client,
    random: Random,
    /// The entity tag seen last at a path.
    tags: BTreeMap<&'static str, String>,
    /// Whether it keeps its connection from one request to the next.
    keeps: bool,
}

impl Reader<'_> {
    /// Asks for one path, and perhaps for what the page needs.
    fn visit(&mut self) -> Result<(), String> {
        let index = usize::try_from(self.random.below(PATHS.len() as u64)).unwrap_or(0);
        let (path, status) = PATHS[index];
        let tag = self.tags.get(path).cloned();
        let tag = tag.filter(|_| self.random.below(4) == 0);
        let mut fields = vec![("accept-encoding", ["identity", "gzip"][usize::from(self.keeps)])];
        if let Some(tag) = &tag {
            fields.push(("if-none-match", tag));
        }
        let floor = self.run.seen.each_ref().map(|it| it.load(Ordering::SeqCst));
        let Some(reply) = self.ask(path, &fields)? else {
            return Ok(());
        };
        let right = match (&tag, reply.status) {
            (Some(tag), 304) if reply.field("etag") == Some(tag) => Ok(None),
            (_, found) if found == status => checked(path, &reply).map(Some),
            (_, other) => Err(format!("answered with {other}")),
        };
        let body = right.map_err(|wrong| format!("{path}: {wrong}"))?;
        self.run.answers.fetch_add(1, Ordering::Relaxed);
        let Some(body) = body else { return Ok(()) };
        if let Some(tag) = reply.field("etag") {
            self.tags.insert(path, tag.to_owned());
        }
        self.told(&body, floor).map_err(|wrong| format!("{path}: {wrong}"))?;
        if self.random.below(3) == 0 && status == 200 {
            self.needs(path, &body).map_err(|wrong| format!("{path}: {wrong}"))?;
        }
        Ok(())
    }

    /// The answer; none where the server was being restarted and did not begin one.
    fn ask(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Option<Reply>, String> {
        let before = self.run.restarts.load(Ordering::SeqCst);
        if !self.keeps {
            self.client.leave();
        }
        let result = self.client.get(path, fields);
        let after = self.run.restarts.load(Ordering::SeqCst);
        let is_restart = before % 2 == 1 || before != after;
        match result {
            Ok(reply) => Ok(Some(reply)),
            Err(Failure::Refused(error)) if self.run.refuses_nobody.load(Ordering::SeqCst) => {
                Err(format!("{path}: refused, with a socket handed over: {error}"))
            }
            Err(Failure::Refused(_) | Failure::Unanswered(_)) if is_restart => {
                self.run.turned_away.fetch_add(1, Ordering::Relaxed);
                Ok(None)
            }
            Err(failure) => Err(format!("{path}: {failure}")),
        }
    }

    /// Whether the states that a page tells agree, have been written, and are not older than what anybody had seen
    /// before it was asked for.
    fn told(&self, page: &str, floor: [u64; FILES.len()]) -> Result<(), String> {
        for (index, state) in states(page).into_iter().enumerate() {
            let Some(state) = state else { continue };
            let (letter, _) = FILES[index];
            let written = self.run.written[index].load(Ordering::SeqCst);
            if state == u64::MAX {
                return Err(format!("a page of two states ({letter}):\n{page}"));
            }
            if state > written {
                return Err(format!("{letter}{state} was never written, only {written}"));
            }
            if state < floor[index] {
                return Err(format!("{letter}{state} after {letter}{}", floor[index]));
            }
            self.run.seen[index].fetch_max(state, Ordering::SeqCst);
        }
        Ok(())
    }

    /// Whether everything is there that a page needs, for as long as that page is the newest.
    fn needs(&mut self, path: &str, page: &str) -> Result<(), String> {
        let sheet = page.split('"').find(|it| it.starts_with("/assets/") && it.contains(".css"));
        for asset in [sheet, picture_of(page)].into_iter().flatten() {
            let asset = asset.to_owned();
            let Some(reply) = self.ask(&asset, &[])? else {
                return Ok(());
            };
            match reply.status {
                200 => {
                    let body = checked(&asset, &reply)?;
                    let hash = blake3::hash(body.as_bytes()).to_hex();
                    // Only these are named after what stands in them.
                    if asset.contains("/assets/") && !asset.contains(&hash[..16]) {
                        return Err(format!("{asset} is of another content"));
                    }
                    self.run.answers.fetch_add(1, Ordering::Relaxed);
                }
                404 => {
                    let Some(reply) = self.ask(path, &[])? else {
                        return Ok(());
                    };
                    if reply.text().contains(&asset) {
                        return Err(format!("{asset} is not there, and the page needs it still"));
                    }
                }
                other => return Err(format!("{asset} is answered with {other}")),
            }
        }
        Ok(())
    }
}

/// The body as it was before it was compressed, if its entity tag is its own.
fn checked(path: &str, reply: &Reply) -> Result<String, String> {
    let (body, suffix) = match reply.field("content-encoding") {
        Some("gzip") => {
            let mut body = Vec::new();
            flate2::read::GzDecoder::new(&reply.body[..])
                .read_to_end(&mut body)
                .map_err(|error| format!("no gzip: {error}"))?;
            (body, "-gzip")
        }
        Some(other) => return Err(format!("encoded as {other}, which was not asked for")),
        None => (reply.body.clone(), ""),
    };
    if let Some(tag) = reply.field("etag") {
        let hash = blake3::hash(&body).to_hex();
        let expected = format!("\"{}{suffix}\"", &hash[..32]);
        if tag != expected {
            return Err(format!("its entity tag is {tag} instead of {expected}"));
        }
    } else if reply.status == 200 && !path.ends_with('z') {
        return Err("there is no entity tag".into());
    }
    let text = String::from_utf8(body).map_err(|error| error.to_string())?;
    let is_page = reply.field("content-type").is_some_and(|it| it.starts_with("text/html"));
    if is_page && !text.trim_end().ends_with("</html>") {
        return Err("the page has no end".into());
    }
    if path == "/readyz" {
        let is_known =
            ["\"state\":\"ok\"", "\"state\":\"stale\""].iter().any(|it| text.contains(it));
        let agrees = text.contains("\"state\":\"ok\"") == text.contains("\"problems\":0");
        if !is_known || !agrees {
            return Err(format!("it says {text}"));
        }
    }
    Ok(text)
}
