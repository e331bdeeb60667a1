//! A line for each request, and an answer where there would be none.

use std::{
    any::Any,
    hash::{BuildHasher, RandomState},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use axum::{
    body::{Body, HttpBody},
    extract::{Request, State},
    http::{Method, Response, StatusCode, header},
    middleware::Next,
};

use tracing::Level;

use super::answer;

/// What lines about requests are filtered by.
const ACCESS: &str = "access";

/// Numbers requests so that a line of the log is found from what a visitor reports.
#[derive(Clone, Debug)]
pub(super) struct RequestIds {
    /// Differs from start to start and from replica to replica.
    server: u32,
    next: Arc<AtomicU64>,
}

impl RequestIds {
    pub(super) fn new() -> Self {
        // The standard library's only source of chance; the half is plenty to tell replicas apart.
        let [a, b, c, d, ..] = RandomState::new().hash_one(0).to_ne_bytes();
        Self {
            server: u32::from_ne_bytes([a, b, c, d]),
            next: Arc::new(AtomicU64::new(1)),
        }
    }

    pub(super) fn next(&self) -> String {
        format!(
            "{:08x}-{:x}",
            self.server,
            self.next.fetch_add(1, Ordering::Relaxed)
        )
    }
}

/// What a panic said, on its way out of the handler.
#[derive(Clone)]
struct Panicked(String);

/// Carries a panic to [`request`], which knows the request that it belongs to.
pub(super) fn panicked(panic: Box<dyn Any + Send>) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Panicked(message(panic)));
    response
}

/// What a panic said.
pub(super) fn message(panic: Box<dyn Any + Send>) -> String {
    panic
        .downcast::<String>()
        .map(|message| *message)
        .or_else(|panic| {
            panic
                .downcast::<&str>()
                .map(|message| (*message).to_owned())
        })
        .unwrap_or_else(|_| "no message".to_owned())
}

/// Logs a panic, and names the request to whoever made it.
pub(super) fn panic(id: &str, method: &Method, path: &str, panic: &str) -> Response<Body> {
    tracing::error!(id, %method, path, panic, "a request made the server panic");
    answer::bare(StatusCode::INTERNAL_SERVER_ERROR, &format!("Request {id}"))
}

/// Whether lines about requests are asked for; most servers leave them to the proxy in front.
pub(super) fn is_wanted() -> bool {
    tracing::enabled!(target: ACCESS, Level::INFO)
}

/// Writes the line about a request: at `debug` for the checks of a load balancer, which would drown the rest, else
/// at `info`.
pub(super) fn line<B: HttpBody>(
    id: &str,
    method: &Method,
    path: &str,
    response: &Response<B>,
    begin: Instant,
) {
    let status = response.status().as_u16();
    let bytes = if method == Method::HEAD {
        Some(0)
    } else {
        response.body().size_hint().exact()
    };
    let encoding = response.headers().get(header::CONTENT_ENCODING);
    let encoding = encoding.and_then(|it| it.to_str().ok());
    let micros = u64::try_from(begin.elapsed().as_micros()).unwrap_or(u64::MAX);
    if matches!(path, "/healthz" | "/readyz") {
        tracing::debug!(target: ACCESS, id, %method, path, status, bytes, encoding, micros, "request");
    } else {
        tracing::info!(target: ACCESS, id, %method, path, status, bytes, encoding, micros, "request");
    }
}

/// Logs a request with its outcome, where that is asked for or went wrong.
pub(super) async fn request(
    State(ids): State<RequestIds>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let begin = Instant::now();
    let id = ids.next();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut response = next.run(request).await;
    if let Some(Panicked(said)) = response.extensions_mut().remove() {
        response = panic(&id, &method, &path, &said);
    }
    if is_wanted() {
        line(&id, &method, &path, &response, begin);
    }
    response
}
