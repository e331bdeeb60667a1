//! What holds for every request and every answer, whoever gives it.
//!
//! 1. A request that nobody may answer is refused, before anyone looks at its path.
//! 2. `handlers` answers the others, or `preview` around them. A panic becomes an answer that names the request.
//! 3. Every answer has the security headers, and says whether it is the last on its connection.
//! 4. Where it is asked for, a line about the request is logged.

use std::{
    any::Any,
    future::poll_fn,
    hash::{BuildHasher, RandomState},
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    sync::atomic::{AtomicU64, Ordering},
    task::Poll,
    time::Instant,
};

use axum::body::Body;
use http::{
    HeaderName, HeaderValue, Method, Request, Response, StatusCode, Version, header, request::Parts,
};
use http_body_util::{Either, Full};
use hyper::body::{Body as _, Bytes, Incoming};
use tokio::sync::watch;
use tracing::Level;

use super::{Options, current_site::CurrentSite, handlers, preview::Preview};
use crate::site::{SECURITY_HEADERS, STRICT_TRANSPORT_SECURITY};

/// In memory, or streamed.
pub(super) type ResponseBody = Either<Full<Bytes>, Body>;

/// Longer URLs than ours could ever be, in bytes; RFC 9110 §4.1 asks for 8,000 at least.
const LONGEST_URI: usize = 8192;

/// What lines about requests are filtered by.
const ACCESS: &str = "access";

/// What all connections share.
pub(super) struct Middleware {
    current: CurrentSite,
    preview: Option<Preview>,
    security_headers: Vec<(HeaderName, HeaderValue)>,
    request_ids: RequestIds,
    /// Its sender is dropped when the server is told to stop.
    stopping: watch::Receiver<()>,
}

impl Middleware {
    pub(super) fn new(
        current: CurrentSite,
        options: Options,
        stopping: watch::Receiver<()>,
    ) -> Self {
        let preview = || Preview::new(current.clone(), stopping.clone());
        let strict = options.secure.then_some(STRICT_TRANSPORT_SECURITY);
        let security_headers = SECURITY_HEADERS.into_iter().chain(strict);
        let security_headers = security_headers.map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        });
        Self {
            preview: options.preview.then(preview),
            current,
            security_headers: security_headers.collect(),
            request_ids: RequestIds::new(),
            stopping,
        }
    }

    pub(super) async fn respond(&self, request: Request<Incoming>) -> Response<ResponseBody> {
        let begin = tracing::enabled!(target: ACCESS, Level::INFO).then(Instant::now);
        let (request, body) = request.into_parts();
        let has_body = !body.is_end_stream();
        let rejection = reject(&request, has_body);
        let mut response = match rejection {
            Some(status) => handlers::error_response(status, "").map(Either::Left),
            None => self.answer(&request).await.unwrap_or_else(|panic| {
                let (id, path) = (self.request_ids.next(), request.uri.path());
                let method = &request.method;
                tracing::error!(id, %method, path, panic, "a request made the server panic");
                let note = format!("Request {id}");
                handlers::error_response(StatusCode::INTERNAL_SERVER_ERROR, &note).map(Either::Left)
            }),
        };
        for (name, value) in &self.security_headers {
            response.headers_mut().insert(name, value.clone());
        }
        // Nobody reads bodies, and what comes behind one that was not read is no request.
        if rejection.is_some() || has_body || self.stopping.has_changed().is_err() {
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(header::CONNECTION, close);
        }
        if let Some(begin) = begin {
            log_access(&self.request_ids.next(), &request, &response, begin);
        }
        response
    }

    /// The answer, or what a panic said.
    async fn answer(&self, request: &Parts) -> Result<Response<ResponseBody>, String> {
        let mut answer = pin!(async {
            match &self.preview {
                // In a box, so that it takes no room where there is no preview.
                Some(preview) => Box::pin(preview.answer(request.clone()))
                    .await
                    .map(Either::Right),
                None => handlers::answer(&self.current, request)
                    .await
                    .map(Either::Left),
            }
        });
        poll_fn(
            |context| match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(context))) {
                Ok(poll) => poll.map(Ok),
                Err(panic) => Poll::Ready(Err(panic_message(&*panic))),
            },
        )
        .await
    }
}

/// The status for a request that nobody may answer.
fn reject(request: &Parts, has_body: bool) -> Option<StatusCode> {
    // In HTTP/1.1 a request names its host exactly once (RFC 9112 §3.2); hyper leaves that to us.
    let mut hosts = request.headers.get_all(header::HOST).iter();
    let is_host_named = match (hosts.next(), hosts.next()) {
        (Some(host), None) => is_host(host.as_bytes()),
        (None, _) => request.version < Version::HTTP_11,
        (Some(_), Some(_)) => false,
    };
    let is_read = matches!(request.method, Method::GET | Method::HEAD);
    let path_and_query = request.uri.path_and_query();
    if !is_host_named {
        Some(StatusCode::BAD_REQUEST)
    } else if is_read && has_body {
        Some(StatusCode::PAYLOAD_TOO_LARGE)
    } else if path_and_query.is_some_and(|it| it.as_str().len() > LONGEST_URI) {
        Some(StatusCode::URI_TOO_LONG)
    } else {
        None
    }
}

/// Whether a value is a host, perhaps with a port (RFC 3986 §3.2.2): what can stand in one, and something at all.
fn is_host(value: &[u8]) -> bool {
    let may_stand =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:[]".contains(byte);
    !value.is_empty() && value.iter().all(may_stand)
}

/// Writes a line about a request: at `debug` for the checks of a load balancer, which would drown the rest, else at
/// `info`.
fn log_access(id: &str, request: &Parts, response: &Response<ResponseBody>, begin: Instant) {
    let (method, path) = (&request.method, request.uri.path());
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

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let message = panic.downcast_ref::<String>().map(String::as_str);
    let message = message.or_else(|| panic.downcast_ref::<&str>().copied());
    message.unwrap_or("no message").to_owned()
}

/// Numbers requests so that a line of the log is found from what a visitor reports.
struct RequestIds {
    /// Differs from start to start and from replica to replica.
    server: u32,
    next: AtomicU64,
}

impl RequestIds {
    fn new() -> Self {
        // The standard library's only source of chance; the half is plenty to tell replicas apart.
        let [a, b, c, d, ..] = RandomState::new().hash_one(0).to_ne_bytes();
        Self {
            server: u32::from_ne_bytes([a, b, c, d]),
            next: AtomicU64::new(1),
        }
    }

    fn next(&self) -> String {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        format!("{:08x}-{number:x}", self.server)
    }
}
