//! One answer: of the server itself at the two health paths, else of the site.

use std::{
    convert::Infallible,
    fmt::Display,
    pin::Pin,
    task::{Context, Poll},
    time::SystemTime,
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};
use hyper::body::Frame;
use serde::Serialize;

use super::{live::Live, negotiate};
use crate::site::{CachePolicy, ContentType, Encoding, Lookup, Resource};

/// Longer URLs than ours could ever be, in bytes; RFC 9110 §4.1 asks for 8,000 at least.
const LONGEST_URI: usize = 8192;

/// What the answers are made from.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) live: Live,
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
    let mut response = failure(StatusCode::METHOD_NOT_ALLOWED, page, request.headers());
    set(&mut response, header::ALLOW, "GET, HEAD");
    response
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
        set(&mut response, header::RETRY_AFTER, "5");
        return response;
    }
    if let Some(found) = snapshot.site.search(uri.path(), uri.query()) {
        return success(&found, &headers);
    }
    match snapshot.site.lookup(uri.path()) {
        Lookup::Found(resource) => success(resource, &headers),
        Lookup::Redirect(location) => redirect(location, uri.query()),
        Lookup::NotFound(page) => failure(StatusCode::NOT_FOUND, page, &headers),
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

fn success(resource: &Resource, headers: &HeaderMap) -> Response {
    let accepted = negotiate::encodings(headers);
    if let Some(tag) = negotiate::known(headers, resource, &accepted) {
        let mut response = Response::new(Body::new(NoBody));
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        set_validators(&mut response, resource, &tag);
        return response;
    }
    let (mut response, encoding) = negotiated(resource, &accepted);
    set_validators(&mut response, resource, &resource.etag(encoding));
    response
}

/// The body of a 304. axum measures every body whose length is known and would tell a length of 0, where RFC 9110
/// §8.6 allows that of the 200 or none; this one does not know its length.
struct NoBody;

impl HttpBody for NoBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        true
    }
}

/// What a 200 and the 304 in its place have in common (RFC 9110 §15.4.5).
fn set_validators(response: &mut Response, resource: &Resource, tag: &str) {
    set(response, header::ETAG, tag);
    set(response, header::VARY, "accept-encoding");
    set(
        response,
        header::CACHE_CONTROL,
        resource.cache_policy().wire(),
    );
}

/// A page of the site that says why there is no other. It has no validators: conditions apply to success alone
/// (RFC 9110 §13.2.1), and what was missing may be there the next time.
fn failure(status: StatusCode, page: &Resource, headers: &HeaderMap) -> Response {
    let (mut response, _) = negotiated(page, &negotiate::encodings(headers));
    *response.status_mut() = status;
    set(&mut response, header::VARY, "accept-encoding");
    set(
        &mut response,
        header::CACHE_CONTROL,
        CachePolicy::Revalidate.wire(),
    );
    response
}

/// The first form that is wanted and there.
fn negotiated(resource: &Resource, accepted: &[Encoding]) -> (Response, Encoding) {
    let (encoding, body) = accepted
        .iter()
        .find_map(|encoding| Some((*encoding, resource.encoded(*encoding)?)))
        .unwrap_or((Encoding::Identity, resource.body()));
    let mut response = with_body(resource.content_type(), body.clone());
    if encoding != Encoding::Identity {
        set(&mut response, header::CONTENT_ENCODING, encoding.wire());
    }
    (response, encoding)
}

/// The query goes along: `/search?q=` leads to `/search/?q=`. The answer may be kept but is asked for again, for a
/// browser would remember a permanent redirect beyond the day on which an editor takes it back.
fn redirect(location: &str, query: Option<&str>) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    let location = match query {
        Some(query) => format!("{location}?{query}"),
        None => location.to_owned(),
    };
    set(&mut response, header::LOCATION, &location);
    set(
        &mut response,
        header::CACHE_CONTROL,
        CachePolicy::Revalidate.wire(),
    );
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
    let mut response = with_body(content_type, body.into());
    *response.status_mut() = status;
    set(
        &mut response,
        header::CACHE_CONTROL,
        CachePolicy::Never.wire(),
    );
    response
}

fn with_body(content_type: ContentType, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    set(&mut response, header::CONTENT_TYPE, content_type.wire());
    response
}

/// Sets a field, unless the value cannot stand in one: a query may have bytes beyond ASCII, which go as they came,
/// but nothing that ends a line gets as far as here.
fn set(response: &mut Response, name: HeaderName, value: impl Display) {
    if let Ok(value) = HeaderValue::try_from(value.to_string()) {
        response.headers_mut().insert(name, value);
    }
}
