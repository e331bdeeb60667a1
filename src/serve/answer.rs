//! One answer: of the server itself at the two health paths, else of the site.

use std::{
    convert::Infallible,
    mem,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::SystemTime,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{Request, State},
    http::{self, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};
use hyper::body::{Frame, SizeHint};
use serde::Serialize;

use super::{current_site::CurrentSite, heads::Heads, negotiate};
use crate::site::{CachePolicy, ContentType, Encoding, Lookup, Resource, Site};

/// Longer URLs than ours could ever be, in bytes; RFC 9110 §4.1 asks for 8,000 at least.
const LONGEST_URI: usize = 8192;

/// What the answers are made from.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) live: CurrentSite,
    pub(super) heads: Arc<Heads>,
    pub(super) clock: fn() -> SystemTime,
}

/// Refuses what nothing here answers, before anyone looks at its path.
pub(super) async fn refuse(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let uri = request.uri();
    if uri.path_and_query().map_or(0, |it| it.as_str().len()) > LONGEST_URI {
        return bare(StatusCode::URI_TOO_LONG, "");
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let snapshot = shared.live.current();
    let page = snapshot.site.method_not_allowed(uri.path());
    let mut response = failure(
        &shared.heads,
        StatusCode::METHOD_NOT_ALLOWED,
        page,
        request.headers(),
    );
    set(response.headers_mut(), header::ALLOW, "GET, HEAD");
    response.map(Body::new)
}

/// What the site has at the path.
pub(super) async fn from_site(
    State(shared): State<Shared>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let snapshot = shared.live.current();
    if snapshot.site.is_empty() {
        let mut response = bare(StatusCode::SERVICE_UNAVAILABLE, "Nothing to show yet.");
        set(response.headers_mut(), header::RETRY_AFTER, "5");
        return response;
    }
    if uri.query().is_some() && snapshot.site.needs_search_index(uri.path()) {
        CurrentSite::prepare_search(&snapshot.site).await;
    }
    if let Some(found) = snapshot.site.search(uri.path(), uri.query()) {
        return success(&shared.heads, &found, &headers).map(Body::new);
    }
    if let Lookup::Found(resource) = snapshot.site.lookup(uri.path()) {
        shared.live.make(resource).await;
    }
    let response = ready_made(&shared.heads, &snapshot.site, &uri, &headers);
    let response = response.unwrap_or_else(|| {
        let page = snapshot.site.not_found(uri.path());
        failure(&shared.heads, StatusCode::NOT_FOUND, page, &headers)
    });
    response.map(Body::new)
}

/// What a site that is not empty answers to GET and HEAD; `None` where that has to be made first. Nothing is waited
/// for.
pub(super) fn ready_made(
    heads: &Heads,
    site: &Site,
    uri: &Uri,
    headers: &HeaderMap,
) -> Option<http::Response<Whole>> {
    Some(match site.lookup(uri.path()) {
        Lookup::Found(resource) if resource.pending().is_some() => return None,
        Lookup::Found(resource) if resource.exists() => success(heads, resource, headers),
        Lookup::Found(_) => {
            let page = site.not_found(uri.path());
            failure(heads, StatusCode::NOT_FOUND, page, headers)
        }
        Lookup::Redirect(location) => redirect(heads, location, uri.query()),
        Lookup::NotFound(page) => failure(heads, StatusCode::NOT_FOUND, page, headers),
    })
}

/// A body that is there as a whole.
#[derive(Debug)]
pub(super) enum Whole {
    /// These bytes.
    Bytes(Bytes),
    /// That of a 304. axum measures every body whose length is known and would tell a length of 0, where RFC 9110
    /// §8.6 allows that of the 200 or none; this one does not know its length.
    Unsaid,
}

impl HttpBody for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.get_mut() {
            Self::Bytes(bytes) if !bytes.is_empty() => {
                Poll::Ready(Some(Ok(Frame::data(mem::take(bytes)))))
            }
            Self::Bytes(_) | Self::Unsaid => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Bytes(bytes) => bytes.is_empty(),
            Self::Unsaid => true,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Unsaid => SizeHint::default(),
        }
    }
}

/// The server runs; nothing is said about what it shows.
pub(super) async fn alive() -> Response {
    own(StatusCode::OK, ContentType::Text, "ok\n")
}

/// How what is shown stands. Content with errors leaves the last good site up, which is a reason to look and none
/// to take the server out of service.
pub(super) async fn ready(State(shared): State<Shared>) -> Response {
    let snapshot = shared.live.current();
    let state = &snapshot.state;
    let (status, word) = match (snapshot.site.is_empty(), state.problems) {
        (true, _) => (StatusCode::SERVICE_UNAVAILABLE, "empty"),
        (false, 0) => (StatusCode::OK, "ok"),
        (false, _) => (StatusCode::OK, "stale"),
    };
    let is_page = |resource: &Resource| resource.content_type() == ContentType::Html;
    let age = (shared.clock)().duration_since(state.built_at);
    let readiness = Readiness {
        state: word,
        age: age.map_or(0, |age| age.as_secs()),
        pages: snapshot.site.paths().filter(|(_, it)| is_page(it)).count(),
        problems: state.problems,
        message: state.message.as_deref(),
    };
    // Numbers and texts cannot fail to become JSON.
    let body = serde_json::to_vec(&readiness).unwrap_or_default();
    own(status, ContentType::Json, body)
}

/// The body of `/readyz`.
#[derive(Serialize)]
struct Readiness<'a> {
    state: &'static str,
    /// Seconds since what is shown was built.
    age: u64,
    pages: usize,
    problems: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'a str>,
}

fn success(heads: &Heads, resource: &Resource, headers: &HeaderMap) -> http::Response<Whole> {
    let accepted = negotiate::encodings(headers);
    if let Some(tag) = negotiate::known(headers, resource, &accepted) {
        let head = heads.unchanged(resource, tag);
        return whole(StatusCode::NOT_MODIFIED, head, Whole::Unsaid);
    }
    let (encoding, body) = negotiated(resource, &accepted);
    let head = heads.found(resource, encoding);
    whole(StatusCode::OK, head, Whole::Bytes(body.clone()))
}

/// A page of the site that says why there is no other.
fn failure(
    heads: &Heads,
    status: StatusCode,
    page: &Resource,
    headers: &HeaderMap,
) -> http::Response<Whole> {
    let (encoding, body) = negotiated(page, &negotiate::encodings(headers));
    let head = heads.failure(page, encoding);
    whole(status, head, Whole::Bytes(body.clone()))
}

/// The first form that is wanted and there.
fn negotiated<'a>(resource: &'a Resource, accepted: &[Encoding]) -> (Encoding, &'a Bytes) {
    accepted
        .iter()
        .find_map(|encoding| Some((*encoding, resource.encoded(*encoding)?)))
        .unwrap_or((Encoding::Identity, resource.body()))
}

/// The query goes along: `/search?q=` leads to `/search/?q=`. The answer may be kept but is asked for again, for a
/// browser would remember a permanent redirect beyond the day on which an editor takes it back.
fn redirect(heads: &Heads, location: &str, query: Option<&str>) -> http::Response<Whole> {
    let mut head = heads.locked();
    match query {
        Some(query) => set(&mut head, header::LOCATION, format!("{location}?{query}")),
        None => set(&mut head, header::LOCATION, location),
    }
    set(
        &mut head,
        header::CACHE_CONTROL,
        CachePolicy::Revalidate.header_value(),
    );
    whole(
        StatusCode::PERMANENT_REDIRECT,
        head,
        Whole::Bytes(Bytes::new()),
    )
}

fn whole(status: StatusCode, head: HeaderMap, body: Whole) -> http::Response<Whole> {
    let mut response = http::Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = head;
    response
}

/// An answer of the server itself to a failed request for which the site has no page; the note is no HTML.
pub(super) fn bare(status: StatusCode, note: &str) -> Response {
    let body = format!(
        "<!doctype html>\n<meta charset=\"utf-8\">\n<title>{status}</title>\n<h1>{status}</h1>\n<p>{note}</p>\n"
    );
    own(status, ContentType::Html, body)
}

fn own(status: StatusCode, content_type: ContentType, body: impl Into<Bytes>) -> Response {
    let mut response = Response::new(Body::from(body.into()));
    *response.status_mut() = status;
    let head = response.headers_mut();
    set(head, header::CONTENT_TYPE, content_type.header_value());
    set(
        head,
        header::CACHE_CONTROL,
        CachePolicy::Never.header_value(),
    );
    response
}

/// Sets a field, unless the value cannot stand in one: a query may have bytes beyond ASCII, which go as they came,
/// but nothing that ends a line gets as far as here.
fn set(head: &mut HeaderMap, name: HeaderName, value: impl Into<String>) {
    if let Ok(value) = HeaderValue::try_from(value.into()) {
        head.insert(name, value);
    }
}
