//! Answers HTTP requests from the snapshot that was published last.
//!
//! 1. `connection` accepts connections; `places` limits their number, and `patience` ends those that stall.
//! 2. `front` answers on the spot what it can, and hands the rest to the router.
//! 3. `seal` gives every answer the header fields that no page can loosen.
//! 4. `log` numbers the request, writes a line about it, and turns a panic into an answer.
//! 5. `answer` refuses what is not answered, and looks the rest up in the [`CurrentSite`] snapshot.
//! 6. `negotiate` chooses the encoding, and tells whether the reader has the body already.
//! 7. `heads` has the header fields of the site's answers ready.
//! 8. `preview` adds to pages what an editor needs, where that is asked for.
//! 9. `live` holds the snapshot, and compresses what was published.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use anyhow::Context;
use axum::{Router, middleware::from_fn_with_state, routing::get};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
    sync::watch,
};
use tower_http::catch_panic::CatchPanicLayer;

mod current_site;

mod negotiate;

mod answer;

mod log;

mod seal;

mod heads;

mod places;

mod front;

mod patience;

mod connection;

mod preview;

pub use self::current_site::{CurrentSite, Snapshot, State};

use self::{
    answer::Shared,
    front::{Door, Front},
    heads::Heads,
    log::RequestIds,
    places::Places,
};

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
    live: CurrentSite,
    options: Options,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let address = listener
        .local_addr()
        .context("the listener has no address")?;
    tracing::debug!(%address, "serving");
    // A preview sends pages as they are, and has better things to do between two edits.
    let compression =
        (!options.preview).then(|| tokio::spawn(current_site::compress(live.clone())));
    let limits = options.limits;
    let (open, closing) = watch::channel(());
    let front = front(live, &options, closing);
    // Streams of events have no end of their own, and are to be over before the answers under way are waited for.
    let shutdown = async move {
        shutdown.await;
        drop(open);
    };
    connection::accept(listener, front, limits, shutdown).await;
    if let Some(compression) = compression {
        compression.abort();
    }
    Ok(())
}

/// Everything between a request and its answer, without the network.
pub fn router(live: CurrentSite, options: &Options) -> Router {
    let heads = Arc::new(Heads::new(options.secure));
    let shared = shared(live, heads, options);
    routes(shared, options, RequestIds::new(), None)
}

/// Answers the requests of one connection until either side ends it, whatever carries its bytes.
pub async fn serve_connection(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    live: CurrentSite,
    options: &Options,
) {
    let (_open, closing) = watch::channel(());
    let door = Door {
        front: Arc::new(front(live, options, closing.clone())),
        place: Places::new(1).extra(),
    };
    connection::serve_connection(stream, door, options.limits, closing).await;
}

/// The same for connections. `closing` ends when the server is told to stop.
fn front(live: CurrentSite, options: &Options, closing: watch::Receiver<()>) -> Front {
    let heads = Arc::new(Heads::new(options.secure));
    let shared = shared(live, Arc::clone(&heads), options);
    let ids = RequestIds::new();
    let router = routes(shared.clone(), options, ids.clone(), Some(closing));
    Front::new((!options.preview).then_some(shared), heads, ids, router)
}

fn shared(live: CurrentSite, heads: Arc<Heads>, options: &Options) -> Shared {
    Shared {
        live,
        heads,
        clock: options.clock,
    }
}

fn routes(
    shared: Shared,
    options: &Options,
    ids: RequestIds,
    closing: Option<watch::Receiver<()>>,
) -> Router {
    let preview = options
        .preview
        .then(|| preview::Preview::new(shared.live.clone(), closing));
    let paths = Router::new()
        .route("/healthz", get(answer::alive))
        .route("/readyz", get(answer::ready))
        .fallback(answer::from_site)
        .layer(from_fn_with_state(shared.clone(), answer::refuse))
        .with_state(shared);
    match preview {
        Some(preview) => guard(preview.around(paths), options, ids),
        None => guard(paths, options, ids),
    }
}

/// What holds for every answer, whoever gives it; the last layer is the outermost.
fn guard(router: Router, options: &Options, ids: RequestIds) -> Router {
    router
        .layer(CatchPanicLayer::custom(log::panicked))
        .layer(from_fn_with_state(ids, log::request))
        .layer(from_fn_with_state(options.secure, seal::headers))
}

#[cfg(test)]
mod tests;
