//! Answers HTTP requests from the site that was published last.
//!
//! 1. [`run`] accepts connections, so many at once, and sees them to their end when it is told to stop.
//! 2. `timeout_stream` ends a connection that stalls.
//! 3. `middleware` does what holds for every request and every answer.
//! 4. `handlers` answers: the health paths, and everything else from the site; `stored` what lies on disk.
//! 5. `negotiate` chooses the encoding, and tells whether the reader has the body already.
//! 6. `preview` adds to pages what an editor needs, where that is asked for.
//! 7. `current_site` holds the site that is shown, and compresses it.

use std::{convert::Infallible, io, iter, mem, pin::pin, sync::Arc, time::Duration};

use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::TokioIo,
    server::graceful::{GracefulShutdown, Watcher},
};
use socket2::SockRef;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    select,
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinSet,
    time::{sleep, timeout},
};

mod answer;
mod current_site;
mod handlers;
mod middleware;
mod negotiate;
mod preview;
mod stored;
mod timeout_stream;

pub use self::current_site::{CurrentSite, Snapshot};

use self::{middleware::Middleware, timeout_stream::TimeoutStream};

/// For the header fields of a request, in bytes; a client that sends more gets 431.
const LARGEST_REQUEST: usize = 32 << 10;

/// After an error that the next attempt would only meet again, such as too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_secs(1);

/// Bytes that the system takes before it has sent those from before.
const UNSENT: u32 = 64 << 10;

/// As many connections as wait in the system's queue at most.
const LONGEST_QUEUE: usize = 4096;

/// How long whoever comes next waits at the cap. Then connections that are idle are closed, and others after an answer.
const CROWDED: Duration = Duration::from_secs(1);

/// How long connections are kept for a request that may be on its way when the server is told to stop.
const LAST_REQUESTS: Duration = Duration::from_millis(600);

#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether the site's URL is `https`, so that browsers may be told to stay with it.
    pub secure: bool,
    /// Whether pages show the problems of the content, and reload by themselves: for editors, never for readers. Besides
    /// addresses and `localhost`, it answers to these names alone, each perhaps with a port.
    pub preview: Option<Vec<String>>,
    pub limits: Limits,
}

/// What connections may take, so that slow or silent ones do not keep others out.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many are open at once; more wait to be accepted, for which idle ones are closed.
    pub connections: usize,
    /// From the first byte of a request until its answer begins; a new connection counts from its start.
    pub read_timeout: Duration,
    /// Between an answer and the next request; longer than the minute for which common proxies keep one.
    pub idle_timeout: Duration,
    /// For an answer of which less than a kilobyte a second is taken.
    pub write_timeout: Duration,
    /// For the answers under way when the server is told to stop.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 4096,
            read_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(75),
            write_timeout: Duration::from_secs(30),
            drain: Duration::from_secs(10),
        }
    }
}

/// Serves until `shutdown` resolves, then lets the answers under way finish.
///
/// `axum::serve` has no limit on the number of connections, on their time or on their end.
pub async fn run(
    listener: TcpListener,
    current: CurrentSite,
    options: Options,
    shutdown: impl Future<Output = ()>,
) {
    // A preview sends pages as they are, and has better things to do between two edits.
    let compression = options.preview.is_none().then(|| tokio::spawn(current.clone().compress()));
    let (running, stopping) = watch::channel(());
    let limits = options.limits;
    let middleware = Arc::new(Middleware::new(current, options, stopping));
    let permits = Arc::new(Semaphore::new(limits.connections));
    let mut graceful = GracefulShutdown::new();
    let mut leaving = JoinSet::new();
    let serve = |stream, permit: Option<OwnedSemaphorePermit>, watcher| {
        let middleware = Arc::clone(&middleware);
        let connection = connection(stream, middleware, limits, watcher);
        tokio::spawn(async move {
            connection.await;
            drop(permit);
        });
    };
    let mut shutdown = pin!(shutdown);
    loop {
        select! {
            () = &mut shutdown => break,
            (stream, permit) = accept(&listener, &permits) => {
                serve(stream, Some(permit), graceful.watcher());
            }
            () = sleep(CROWDED), if permits.available_permits() == 0 => {
                while leaving.try_join_next().is_some() {}
                leaving.spawn(mem::take(&mut graceful).shutdown());
            }
        }
    }
    // From now on every answer is the last on its connection, and streams of events end.
    drop(running);
    for stream in drain_backlog(listener) {
        serve(stream, None, graceful.watcher());
    }
    if graceful.count() > 0 {
        sleep(LAST_REQUESTS).await;
    }
    leaving.spawn(graceful.shutdown());
    if timeout(limits.drain, leaving.join_all()).await.is_err() {
        tracing::warn!("connections were cut off, their answers took too long");
    }
    if let Some(compression) = compression {
        compression.abort();
    }
}

/// Answers the requests of one connection until either side ends it, whatever carries its bytes.
pub async fn serve_connection(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    current: CurrentSite,
    options: Options,
) {
    let (_running, stopping) = watch::channel(());
    let limits = options.limits;
    let middleware = Arc::new(Middleware::new(current, options, stopping));
    let graceful = GracefulShutdown::new();
    connection(stream, middleware, limits, graceful.watcher()).await;
}

/// Waits for a permit, then for a connection: where there are as many as may be, others wait in the system's queue.
async fn accept(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> (TcpStream, OwnedSemaphorePermit) {
    let permit = Arc::clone(permits).acquire_owned().await;
    let permit = permit.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // An answer is written at once, and nothing is gained by holding its end back. Only speed is lost
                // where this fails.
                let _ = stream.set_nodelay(true);
                // What the system takes shows what the reader takes, though its buffers may hold megabytes.
                let _ = SockRef::from(&stream).set_tcp_notsent_lowat(UNSENT);
                return (stream, permit);
            }
            // It was gone before it was accepted, which says nothing about the next.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::ConnectionAborted
                        | io::ErrorKind::ConnectionRefused
                        | io::ErrorKind::ConnectionReset
                ) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted for now");
                sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

/// Those that connected before and are in the system's queue, which is lost with the listener. Whoever connects
/// later is refused at once, so that a balancer turns to another replica.
fn drain_backlog(listener: TcpListener) -> Vec<TcpStream> {
    let Ok(listener) = listener.into_std() else {
        return Vec::new();
    };
    let streams = iter::from_fn(|| {
        let (stream, _) = listener.accept().ok()?;
        stream.set_nonblocking(true).ok()?;
        TcpStream::from_std(stream).ok()
    });
    // A socket that others hold as well may bring more for ever.
    streams.take(LONGEST_QUEUE).collect()
}

/// HTTP/1.1 alone: HTTP/2 belongs to the proxy that speaks TLS.
async fn connection(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    middleware: Arc<Middleware>,
    limits: Limits,
    watcher: Watcher,
) {
    let service = service_fn(move |request: http::Request<Incoming>| {
        let middleware = Arc::clone(&middleware);
        async move { Ok::<_, Infallible>(middleware.respond(request).await) }
    });
    let connection = http1::Builder::new()
        // It would count the silence between two requests, which may last longer than a request.
        .header_read_timeout(None)
        .max_buf_size(LARGEST_REQUEST)
        .max_header_size(LARGEST_REQUEST)
        // Whoever has said all that it wants to say is answered all the same.
        .half_close(true)
        // No `pipeline_flush`: it leaves answers unsent that are followed by something that is no request.
        .serve_connection(TokioIo::new(TimeoutStream::new(stream, limits)), service);
    if let Err(error) = watcher.watch(connection).await {
        let error = &error as &dyn std::error::Error;
        tracing::debug!(error, "a connection ended early");
    }
}
