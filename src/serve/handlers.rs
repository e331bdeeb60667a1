//! Answers: the two health paths of the server itself, and everything else from the site.

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Serialize;

use super::{
    answer::{response, set_caching},
    current_site::CurrentSite,
    negotiate, stored,
};
use crate::site::{CachePolicy, ContentType, Encoding, Lookup, Resource, Site};

pub(super) fn router(current: CurrentSite) -> Router {
    Router::new()
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .method_not_allowed_fallback(site)
        .fallback(site)
        .with_state(current)
}

/// The server runs; nothing is said about what it shows.
async fn healthz() -> Response {
    plain_response(StatusCode::OK, ContentType::TEXT, "ok\n")
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

/// How what is shown stands. Content with errors leaves the last good site up, which is a reason to look and none
/// to take the server out of service.
async fn readyz(State(current): State<CurrentSite>) -> Response {
    let snapshot = current.load();
    let (status, state) = match (snapshot.site.is_empty(), snapshot.problems) {
        (true, _) => (StatusCode::SERVICE_UNAVAILABLE, "empty"),
        (false, 0) => (StatusCode::OK, "ok"),
        (false, _) => (StatusCode::OK, "stale"),
    };
    let is_page = |resource: &Resource| resource.content_type() == ContentType::HTML;
    let readiness = Readiness {
        state,
        age: snapshot.built_at.elapsed().as_secs(),
        pages: snapshot.site.paths().filter(|(_, it)| is_page(it)).count(),
        problems: snapshot.problems,
        message: snapshot.message.as_deref(),
    };
    // Numbers and texts cannot fail to become JSON.
    let body = serde_json::to_vec(&readiness).unwrap_or_default();
    plain_response(status, ContentType::JSON, body)
}

async fn site(State(current): State<CurrentSite>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let snapshot = current.load();
    let mut response = answer(&current, &snapshot.site, &request).await;
    // As content changes, so do the players that pages may load.
    for (name, value) in snapshot.site.player_headers() {
        response.headers_mut().insert(name, value.clone());
    }
    response
}

async fn answer(current: &CurrentSite, site: &Arc<Site>, request: &Parts) -> Response {
    let path = request.uri.path();
    if !matches!(request.method, Method::GET | Method::HEAD) {
        let page = site.method_not_allowed(path);
        let mut response = failure(StatusCode::METHOD_NOT_ALLOWED, page, request);
        let allow = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(header::ALLOW, allow);
        return response;
    }
    if site.is_empty() {
        return unavailable("Nothing to show yet.");
    }
    if let Some(query) = request.uri.query()
        && site.has_search(path)
    {
        let (site, path, query) = (site.clone(), path.to_owned(), query.to_owned());
        match Box::pin(current.search(site, path, query)).await {
            Ok(Some(results)) => return success(&results, request),
            Ok(None) => {}
            Err(_) => {
                return unavailable("Many search at the moment. Try again in some seconds.");
            }
        }
    }
    let page = match site.lookup(path) {
        Lookup::Found(resource) if let Some(served) = resource.as_stored() => {
            match Box::pin(stored::respond(current, resource, served, request)).await {
                Some(response) => return response,
                None => site.not_found(path),
            }
        }
        Lookup::Found(resource) => {
            if !resource.is_made() {
                // In a box, so that it does not stand in the future of every request.
                Box::pin(current.make(resource)).await;
            }
            if resource.failure().is_none() {
                return success(resource, request);
            }
            site.not_found(path)
        }
        Lookup::Redirect(location) => return redirect(&location, request.uri.query()),
        Lookup::NotFound(page) => match current.former(path) {
            Some(resource) => return success(&resource, request),
            None if current.is_given_up(path) => return failure(StatusCode::GONE, page, request),
            None => page,
        },
    };
    failure(StatusCode::NOT_FOUND, page, request)
}

fn success(resource: &Resource, request: &Parts) -> Response {
    let etags = Encoding::ALL.iter().map(|it| resource.etag(*it));
    if negotiate::is_other_than_wanted(&request.headers, &etags) {
        return error_response(StatusCode::PRECONDITION_FAILED, "The page has changed.");
    }
    let accepted = negotiate::encodings(&request.headers);
    if let Some(etag) = negotiate::matching_etag(&request.headers, resource, accepted.clone()) {
        // What the 200 would have, but for what describes the body (RFC 9110 §15.4.5).
        let mut response = response(StatusCode::NOT_MODIFIED, Bytes::new().into());
        set_caching(&mut response, resource.content_type(), resource.cache_policy());
        response.headers_mut().insert(header::ETAG, etag.clone());
        return response;
    }
    let (mut response, encoding) = negotiated(StatusCode::OK, resource, accepted);
    set_caching(&mut response, resource.content_type(), resource.cache_policy());
    let etag = resource.etag(encoding).clone();
    response.headers_mut().insert(header::ETAG, etag);
    response
}

/// A page that says why there is no other. It has no validators: conditions apply to success alone
/// (RFC 9110 §13.2.1), and what was missing may be there the next time.
fn failure(status: StatusCode, page: &Resource, request: &Parts) -> Response {
    let accepted = negotiate::encodings(&request.headers);
    let (mut response, _) = negotiated(status, page, accepted);
    set_caching(&mut response, page.content_type(), CachePolicy::Revalidate);
    response
}

/// An answer with the first form of the body that is wanted and there.
fn negotiated(
    status: StatusCode,
    resource: &Resource,
    mut accepted: impl Iterator<Item = Encoding>,
) -> (Response, Encoding) {
    let form = accepted.find_map(|encoding| Some((encoding, resource.encoded(encoding)?)));
    let (encoding, body) = form.unwrap_or((Encoding::Identity, resource.body()));
    let mut response = response(status, body.clone().into());
    let headers = response.headers_mut();
    let content_type = HeaderValue::from_static(resource.content_type().header_value());
    headers.insert(header::CONTENT_TYPE, content_type);
    if encoding != Encoding::Identity {
        let encoding = HeaderValue::from_static(encoding.header_value());
        headers.insert(header::CONTENT_ENCODING, encoding);
    }
    (response, encoding)
}

/// The query goes along: `/search?q=` leads to `/search/?q=`. The answer may be kept but is asked for again, for a
/// browser would remember a permanent redirect beyond the day on which an editor takes it back.
fn redirect(location: &str, query: Option<&str>) -> Response {
    let location = match query {
        Some(query) => HeaderValue::try_from(format!("{location}?{query}")),
        None => HeaderValue::try_from(location),
    };
    let mut response = response(StatusCode::PERMANENT_REDIRECT, Bytes::new().into());
    let headers = response.headers_mut();
    // A query may have bytes beyond ASCII, which go as they came; nothing that ends a line gets as far as here.
    if let Ok(location) = location {
        headers.insert(header::LOCATION, location);
    }
    let policy = HeaderValue::from_static(CachePolicy::Revalidate.header_value());
    headers.insert(header::CACHE_CONTROL, policy);
    response
}

/// There is no answer for now; whoever asks is told to come again.
fn unavailable(note: &str) -> Response {
    let response = error_response(StatusCode::SERVICE_UNAVAILABLE, note);
    ([(header::RETRY_AFTER, "5")], response).into_response()
}

/// An answer to a failed request for which the site has no page; the note is no HTML.
pub(super) fn error_response(status: StatusCode, note: &str) -> Response {
    let body = format!(
        "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>{status}</title>\n<h1>{status}</h1>\n<p>{note}</p>\n"
    );
    plain_response(status, ContentType::HTML, body)
}

/// An answer of the server itself, which nobody keeps.
pub(super) fn plain_response(
    status: StatusCode,
    content_type: ContentType,
    body: impl Into<Body>,
) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type.header_value()),
        (header::CACHE_CONTROL, CachePolicy::Never.header_value()),
    ];
    (status, headers, body.into()).into_response()
}
