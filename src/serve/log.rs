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
    http::{Method, Response, StatusCode},
    middleware::Next,
};

use super::answer;

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

    fn next(&self) -> String {
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
    let message = panic
        .downcast::<String>()
        .map(|message| *message)
        .or_else(|panic| {
            panic
                .downcast::<&str>()
                .map(|message| (*message).to_owned())
        })
        .unwrap_or_else(|_| "no message".to_owned());
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Panicked(message));
    response
}

/// Logs a request with its outcome: at `error` where we are to blame, at `debug` for the checks of a load balancer,
/// which would drown the rest, else at `info`.
pub(super) async fn request(
    State(ids): State<RequestIds>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let begin = Instant::now();
    let id = ids.next();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut response = next.run(request).await;
    if let Some(Panicked(panic)) = response.extensions_mut().remove() {
        tracing::error!(id, %method, path, panic, "a request made the server panic");
        response = answer::bare(StatusCode::INTERNAL_SERVER_ERROR, &format!("Request {id}"));
    }
    let status = response.status().as_u16();
    let bytes = if method == Method::HEAD {
        Some(0)
    } else {
        response.body().size_hint().exact()
    };
    let micros = begin.elapsed().as_micros();
    if matches!(path.as_str(), "/healthz" | "/readyz") {
        tracing::debug!(id, %method, path, status, bytes, micros, "request");
    } else {
        tracing::info!(id, %method, path, status, bytes, micros, "request");
    }
    response
}
