//! What every answer from the site begins with.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};

use crate::site::{CachePolicy, ContentType};

/// Room for the fields of an answer, those that are the same for every answer included.
const HEADERS: usize = 16;

pub(super) fn response(status: StatusCode, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = HeaderMap::with_capacity(HEADERS);
    response
}

/// For how long an answer may be kept, and by whom it may be read.
pub(super) fn set_caching(response: &mut Response, content_type: ContentType, policy: CachePolicy) {
    let headers = response.headers_mut();
    for (name, value) in content_type.opened() {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let policy = HeaderValue::from_static(policy.header_value());
    headers.insert(header::CACHE_CONTROL, policy);
}
