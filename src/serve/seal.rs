//! What holds for every answer, whatever gave it.

use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};

use crate::site::{SECURITY_HEADERS, STRICT_TRANSPORT_SECURITY};

/// Sets the locked fields, whatever a handler set.
pub(super) async fn headers(State(secure): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    lock(response.headers_mut(), secure);
    response
}

/// Sets the locked fields.
pub(super) fn lock(headers: &mut HeaderMap, secure: bool) {
    let strict = secure.then_some(STRICT_TRANSPORT_SECURITY);
    for (name, value) in SECURITY_HEADERS.into_iter().chain(strict) {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
}
