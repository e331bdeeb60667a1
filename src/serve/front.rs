//! The door for connections: what the site has is answered on the spot, everything else by the router.
//!
//! A page takes no future, no box and no layer this way, and comes out the same as through the router; a test
//! compares the two.

use std::{
    convert::Infallible,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
    time::Instant,
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody},
    http::{HeaderValue, Method, Request, Response, StatusCode, Version, header},
};
use hyper::{
    body::{Frame, Incoming, SizeHint},
    service::Service,
};
use hyper_util::service::TowerToHyperService;

use super::{
    answer::{self, Shared, Whole},
    heads::Heads,
    log::{self, RequestIds},
    places::Place,
};

/// Longer paths are none of ours, and are left to the router, which knows how long is too long.
const LONGEST_PATH: usize = 1024;

/// What all connections share.
pub(super) struct Front {
    /// `None` where every answer has something added to it.
    site: Option<Shared>,
    heads: Arc<Heads>,
    ids: RequestIds,
    router: TowerToHyperService<Router>,
    /// Whether the server is about to end, so that no connection is kept.
    is_closing: AtomicBool,
}

impl Front {
    pub(super) fn new(
        site: Option<Shared>,
        heads: Arc<Heads>,
        ids: RequestIds,
        router: Router,
    ) -> Self {
        Self {
            site,
            heads,
            ids,
            router: TowerToHyperService::new(router),
            is_closing: AtomicBool::new(false),
        }
    }

    /// Tells every reader from now on that the answer is the last on its connection.
    pub(super) fn close(&self) {
        self.is_closing.store(true, Ordering::Relaxed);
    }

    /// Does for an answer that is made on the spot what layers do for the router: the locked fields, the line of the
    /// log, and an answer for a panic.
    fn watched<B>(
        &self,
        request: &Request<B>,
        make: impl FnOnce() -> Option<Response<Answer>>,
    ) -> Option<Response<Answer>> {
        let begin = log::is_wanted().then(Instant::now);
        let mut response = match catch_unwind(AssertUnwindSafe(make)) {
            Ok(response) => response?,
            Err(panic) => {
                let (id, panic) = (self.ids.next(), log::message(panic));
                log::panic(&id, request.method(), request.uri().path(), &panic)
                    .map(Answer::Streamed)
            }
        };
        if matches!(response.body(), Answer::Streamed(_)) {
            response.headers_mut().extend(self.heads.locked());
        }
        if let Some(begin) = begin {
            let (method, path) = (request.method(), request.uri().path());
            log::line(&self.ids.next(), method, path, &response, begin);
        }
        Some(response)
    }

    /// Whether a request is one that nobody may answer (RFC 9112 §3.2): in HTTP/1.1 it names its host exactly once.
    /// hyper leaves that to us.
    fn refusal(request: &Request<Incoming>) -> Option<StatusCode> {
        let mut hosts = request.headers().get_all(header::HOST).iter();
        let is_named = match (hosts.next(), hosts.next()) {
            (Some(host), None) => is_host(host.as_bytes()),
            (None, _) => request.version() < Version::HTTP_11,
            (Some(_), Some(_)) => false,
        };
        if !is_named {
            return Some(StatusCode::BAD_REQUEST);
        }
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        (reads && !request.body().is_end_stream()).then_some(StatusCode::PAYLOAD_TOO_LARGE)
    }

    /// What can be answered without waiting: reading, without a query, of anything but the paths that the router
    /// has for itself.
    fn at_once<B>(&self, request: &Request<B>) -> Option<Response<Whole>> {
        let shared = self.site.as_ref()?;
        let (uri, path) = (request.uri(), request.uri().path());
        if !matches!(*request.method(), Method::GET | Method::HEAD)
            || uri.query().is_some()
            || matches!(path, "/healthz" | "/readyz")
            || path.len() > LONGEST_PATH
        {
            return None;
        }
        let snapshot = shared.live.shown();
        if snapshot.site.is_empty() {
            return None;
        }
        answer::ready_made(&shared.heads, &snapshot.site, uri, request.headers())
    }
}

/// The door for the requests of one connection.
pub(super) struct Door {
    pub(super) front: Arc<Front>,
    pub(super) place: Place,
}

impl Service<Request<Incoming>> for Door {
    type Response = Response<Answer>;
    type Error = Infallible;
    type Future = Answering;

    fn call(&self, request: Request<Incoming>) -> Answering {
        let front = &self.front;
        // Nobody reads bodies, and what comes behind one that was not read is no request.
        let is_last = front.is_closing.load(Ordering::Relaxed) || !request.body().is_end_stream();
        let refusal = Front::refusal(&request);
        let reply = front.watched(&request, || match refusal {
            Some(status) => Some(answer::bare(status, "").map(Answer::Streamed)),
            None => front.at_once(&request).map(|it| it.map(Answer::Whole)),
        });
        let coming = if let Some(reply) = reply {
            Coming::Now(Some(reply))
        } else {
            self.place.answers();
            Coming::Later(Box::pin(front.router.call(request)))
        };
        Answering {
            is_last: is_last || refusal.is_some(),
            coming,
        }
    }
}

/// Whether a value is a host, perhaps with a port (RFC 3986 §3.2.2): what can stand in one, and something at all.
fn is_host(value: &[u8]) -> bool {
    let may_stand =
        |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:[]".contains(byte);
    !value.is_empty() && value.iter().all(may_stand)
}

type Later = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Future;

/// An answer that is there, or is being made.
pub(super) struct Answering {
    is_last: bool,
    coming: Coming,
}

enum Coming {
    Now(Option<Response<Answer>>),
    Later(Pin<Box<Later>>),
}

impl Future for Answering {
    type Output = Result<Response<Answer>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut response = match &mut self.coming {
            // Nobody polls a future that has ended.
            Coming::Now(response) => match response.take() {
                Some(response) => response,
                None => return Poll::Pending,
            },
            Coming::Later(future) => ready!(future.as_mut().poll(context))?.map(Answer::Streamed),
        };
        if self.is_last {
            let close = HeaderValue::from_static("close");
            response.headers_mut().insert(header::CONNECTION, close);
        }
        Poll::Ready(Ok(response))
    }
}

/// The body of an answer.
pub(super) enum Answer {
    /// Of the site.
    Whole(Whole),
    /// Of the router.
    Streamed(Body),
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match self.get_mut() {
            Self::Whole(body) => Pin::new(body)
                .poll_frame(context)
                .map_err(|never| match never {}),
            Self::Streamed(body) => Pin::new(body).poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(body) => body.is_end_stream(),
            Self::Streamed(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(body) => body.size_hint(),
            Self::Streamed(body) => body.size_hint(),
        }
    }
}

#[cfg(test)]
mod tests;
