//! What holds for every request and every answer, whoever gives it.
//!
//! 1. A request that nobody may answer is refused, before anyone looks at its path.
//! 2. The router answers the others. A panic becomes an answer that names the request.
//! 3. Every answer has the security headers, and says whether it is the last on its connection.
//! 4. Where it is asked for, a line about the request is logged.

use std::{
    any::Any,
    future::poll_fn,
    hash::{BuildHasher, RandomState},
    pin::Pin,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, HttpBody},
    http::{HeaderName, HeaderValue, Method, Request, StatusCode, Uri, Version, header},
    response::Response,
};
use hyper::{body::Incoming, service::Service};
use hyper_util::service::TowerToHyperService;
use tokio::{sync::watch, time::timeout};
use tower_http::catch_panic::{CatchPanic, ResponseForPanic};
use tracing::Level;

use super::{Options, current_site::CurrentSite, handlers, preview};
use crate::site::{SECURITY_HEADERS, STRICT_TRANSPORT_SECURITY, path_for_log};

/// Longer URLs than ours could ever be, in bytes; RFC 9110 §4.1 asks for 8,000 at least.
const LONGEST_URI: usize = 8192;

/// How many chunks of a body that nobody wants are looked at, and how long they are waited for.
const FRAMES: usize = 16;
const FIRST_FRAMES: Duration = Duration::from_millis(50);

/// What lines about requests are filtered by.
const ACCESS: &str = "access";

/// What all connections share.
pub(super) struct Middleware {
    router: TowerToHyperService<CatchPanic<Router, KeepMessage>>,
    security_headers: Vec<(HeaderName, HeaderValue)>,
    request_ids: RequestIds,
    /// Whether editors alone are answered.
    is_preview: bool,
    /// Its sender is dropped when the server is told to stop.
    stopping: watch::Receiver<()>,
}

impl Middleware {
    pub(super) fn new(
        current: CurrentSite,
        options: Options,
        stopping: watch::Receiver<()>,
    ) -> Self {
        let is_preview = options.preview.is_some();
        let router = handlers::router(current.clone());
        let router = match options.preview {
            Some(names) => preview::layer(router, current, names, stopping.clone()),
            None => router,
        };
        let strict = options.secure.then_some(STRICT_TRANSPORT_SECURITY);
        let security_headers = SECURITY_HEADERS.into_iter().chain(strict);
        Self {
            router: TowerToHyperService::new(CatchPanic::custom(router, KeepMessage)),
            security_headers: security_headers
                .map(|(name, value)| {
                    (HeaderName::from_static(name), HeaderValue::from_static(value))
                })
                .collect(),
            request_ids: RequestIds::new(),
            is_preview,
            stopping,
        }
    }

    pub(super) async fn respond(&self, mut request: Request<Incoming>) -> Response {
        let begin = tracing::enabled!(target: ACCESS, Level::INFO).then(Instant::now);
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let mut rejection = reject(&request);
        if matches!(rejection, None | Some(StatusCode::PAYLOAD_TOO_LARGE))
            && request.headers().contains_key(header::TRANSFER_ENCODING)
            && !request.headers().contains_key(header::EXPECT)
            && is_malformed(request.body_mut()).await
        {
            rejection = Some(StatusCode::BAD_REQUEST);
        }
        // Nobody reads bodies, and what comes behind one that was not read is no request.
        let is_last = rejection.is_some() || !request.body().is_end_stream();
        let mut response = match rejection {
            Some(status) => handlers::error_response(status, ""),
            None => match self.router.call(request.map(|_| Body::empty())).await {
                Ok(response) => response.map(Body::new),
                Err(never) => match never {},
            },
        };
        if let Some(PanicMessage(panic)) = response.extensions_mut().remove() {
            let (id, path) = (self.request_ids.next(), path_for_log(uri.path()));
            tracing::error!(id, %method, path, panic, "a request made the server panic");
            let note = format!("Request {id}");
            response = handlers::error_response(StatusCode::INTERNAL_SERVER_ERROR, &note);
        }
        if response.status() == StatusCode::NOT_MODIFIED {
            // The router measures the empty body, where only the length of a 200 may be told (RFC 9110 §8.6).
            response.headers_mut().remove(header::CONTENT_LENGTH);
        }
        let headers = response.headers_mut();
        if self.is_preview {
            // Drafts are for nobody else.
            headers.remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
            headers.remove("cross-origin-resource-policy");
        }
        for (name, value) in &self.security_headers {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        if is_last || self.stopping.has_changed().is_err() {
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(header::CONNECTION, close);
        }
        if let Some(begin) = begin {
            log_access(&self.request_ids.next(), &method, &uri, &response, begin);
        }
        response
    }
}

fn reject(request: &Request<Incoming>) -> Option<StatusCode> {
    // In HTTP/1.1 a request names its host exactly once (RFC 9112 §3.2); hyper leaves that to us.
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let is_host_named = match (hosts.next(), hosts.next()) {
        (Some(host), None) => is_host(host.as_bytes()),
        (None, _) => request.version() < Version::HTTP_11,
        (Some(_), Some(_)) => false,
    };
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let path_and_query = request.uri().path_and_query();
    let is_asterisk = request.uri().path() == "*" && request.method() != Method::OPTIONS;
    if !is_host_named || is_asterisk {
        Some(StatusCode::BAD_REQUEST)
    } else if is_read && !request.body().is_end_stream() {
        Some(StatusCode::PAYLOAD_TOO_LARGE)
    } else if path_and_query.is_some_and(|it| it.as_str().len() > LONGEST_URI) {
        Some(StatusCode::URI_TOO_LONG)
    } else {
        None
    }
}

/// Whether a body in chunks breaks their rules (RFC 9112 §7.1), as far as it can be told at once: nobody waits for more.
async fn is_malformed(body: &mut Incoming) -> bool {
    let frames = async {
        for _ in 0..FRAMES {
            match poll_fn(|context| Pin::new(&mut *body).poll_frame(context)).await {
                Some(Ok(_)) => {}
                Some(Err(_)) => return true,
                None => break,
            }
        }
        false
    };
    timeout(FIRST_FRAMES, frames).await.unwrap_or(false)
}

/// Whether a value is a host, perhaps with a port (RFC 3986 §3.2.2): what can stand in one, and something at all.
fn is_host(value: &[u8]) -> bool {
    let may_stand =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:[]".contains(byte);
    !value.is_empty() && value.iter().all(may_stand)
}

/// Writes a line about a request: at `debug` for the checks of a load balancer, which would drown the rest, else at
/// `info`.
fn log_access(id: &str, method: &Method, uri: &Uri, response: &Response, begin: Instant) {
    let (path, status) = (path_for_log(uri.path()), response.status().as_u16());
    let bytes = if method == Method::HEAD { Some(0) } else { response.body().size_hint().exact() };
    let encoding = response.headers().get(header::CONTENT_ENCODING);
    let encoding = encoding.and_then(|it| it.to_str().ok());
    let micros = u64::try_from(begin.elapsed().as_micros()).unwrap_or(u64::MAX);
    if matches!(&*path, "/healthz" | "/readyz") {
        tracing::debug!(target: ACCESS, id, %method, path, status, bytes, encoding, micros, "request");
    } else {
        tracing::info!(target: ACCESS, id, %method, path, status, bytes, encoding, micros, "request");
    }
}

/// What a panic said, on its way from where it was caught to where the request is known.
#[derive(Clone)]
struct PanicMessage(String);

#[derive(Clone, Copy)]
struct KeepMessage;

impl ResponseForPanic for KeepMessage {
    type ResponseBody = Body;

    fn response_for_panic(&mut self, panic: Box<dyn Any + Send>) -> Response {
        let message = panic.downcast_ref::<String>().map(String::as_str);
        let message = message.or_else(|| panic.downcast_ref::<&str>().copied());
        let message = PanicMessage(message.unwrap_or("no message").to_owned());
        let mut response = Response::default();
        response.extensions_mut().insert(message);
        response
    }
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
        Self { server: u32::from_ne_bytes([a, b, c, d]), next: AtomicU64::new(1) }
    }

    fn next(&self) -> String {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        format!("{:08x}-{number:x}", self.server)
    }
}
