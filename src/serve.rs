//! Answers HTTP requests from the snapshot that was published last.
//!
//! 1. `connection` accepts connections, as many as the limits allow, and `patience` ends those that stall.
//! 2. `seal` gives every answer the header fields that no page can loosen.
//! 3. `log` numbers the request, writes a line about it, and turns a panic into an answer.
//! 4. `answer` refuses what is not answered, and looks the rest up in the [`Live`] snapshot.
//! 5. `negotiate` chooses the encoding, and tells whether the reader has the body already.
//! 6. `preview` adds to pages what an editor needs, where that is asked for.
//! 7. `live` holds the snapshot, and compresses what was published.

use std::time::{Duration, SystemTime};

use anyhow::Context;
use axum::{Router, middleware::from_fn_with_state, routing::get};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
    sync::watch,
};
use tower_http::catch_panic::CatchPanicLayer;

mod live;

mod negotiate;

mod answer;

mod log;

mod seal;

mod patience;

mod connection;

mod preview;

pub use self::live::{Live, Snapshot, State};

/// How the server answers.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether the site's URL is `https`, so that browsers may be told to stay with it.
    pub secure: bool,
    /// Whether pages show the problems of the content, and reload by themselves: for editors, never for readers.
    pub preview: bool,
    /// What a connection may take.
    pub limits: Limits,
    /// The time, for the age of what is shown.
    pub clock: fn() -> SystemTime,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            secure: false,
            preview: false,
            limits: Limits::default(),
            clock: SystemTime::now,
        }
    }
}

/// What connections may take, so that slow or silent ones do not keep others out.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many are open at once; more wait to be accepted.
    pub connections: usize,
    /// From the first byte of a request until its answer begins; a new connection counts from its start.
    pub request: Duration,
    /// Between an answer and the next request; longer than the minute for which common proxies keep one.
    pub idle: Duration,
    /// From the first byte of an answer until its last one is handed to the network.
    pub answer: Duration,
    /// For the answers under way when the server is told to stop.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            request: Duration::from_secs(10),
            idle: Duration::from_secs(75),
            answer: Duration::from_mins(1),
            drain: Duration::from_secs(10),
        }
    }
}

/// Serves until `shutdown` resolves, then lets the answers under way finish.
///
/// Fails where the listener has no address, and so cannot be listening.
pub async fn run(
    listener: TcpListener,
    live: Live,
    options: Options,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let address = listener
        .local_addr()
        .context("the listener has no address")?;
    tracing::debug!(%address, "serving");
    // A preview sends pages as they are, and has better things to do between two edits.
    let compression = (!options.preview).then(|| tokio::spawn(live::compress(live.clone())));
    let limits = options.limits;
    let (open, closing) = watch::channel(());
    let router = routes(live, &options, Some(closing));
    // Streams of events have no end of their own, and are to be over before the answers under way are waited for.
    let shutdown = async move {
        shutdown.await;
        drop(open);
    };
    connection::accept(listener, router, limits, shutdown).await;
    if let Some(compression) = compression {
        compression.abort();
    }
    Ok(())
}

/// Everything between a request and its answer, without the network.
pub fn router(live: Live, options: &Options) -> Router {
    routes(live, options, None)
}

/// Answers the requests of one connection until either side ends it, whatever carries its bytes.
pub async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    router: Router,
    limits: Limits,
) {
    let (_open, closing) = watch::channel(());
    connection::converse(stream, router, limits, closing).await;
}

/// `closing` ends when the server is told to stop.
fn routes(live: Live, options: &Options, closing: Option<watch::Receiver<()>>) -> Router {
    let preview = options
        .preview
        .then(|| preview::Preview::new(live.clone(), closing));
    let shared = answer::Shared {
        live,
        clock: options.clock,
    };
    let paths = Router::new()
        .route("/healthz", get(answer::alive))
        .route("/readyz", get(answer::ready))
        .fallback(answer::from_site)
        .layer(from_fn_with_state(shared.clone(), answer::refuse))
        .with_state(shared);
    match preview {
        Some(preview) => guard(preview.around(paths), options),
        None => guard(paths, options),
    }
}

/// What holds for every answer, whoever gives it; the last layer is the outermost.
fn guard(router: Router, options: &Options) -> Router {
    router
        .layer(CatchPanicLayer::custom(log::panicked))
        .layer(from_fn_with_state(log::RequestIds::new(), log::request))
        .layer(from_fn_with_state(options.secure, seal::headers))
}

#[cfg(test)]
mod tests;
