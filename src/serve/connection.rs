//! Accepts connections and ends them: `axum::serve` has no limit on their number, their time or their end.

use std::{io, sync::Arc, time::Duration};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::{rt::TokioIo, service::TowerToHyperService};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    pin, select,
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{Limits, patience::Patient};

/// For the header fields of a request, in bytes; a client that sends more gets 431.
const LARGEST_REQUEST: usize = 64 << 10;

/// After an error that the next attempt would only meet again, such as too many open files.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves every connection until `shutdown` resolves, and then as long as answers are under way, within the limit.
pub(super) async fn accept(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) {
    let permits = Arc::new(Semaphore::new(limits.connections));
    let closing = watch::Sender::new(());
    let mut connections = JoinSet::new();
    pin!(shutdown);
    loop {
        select! {
            () = &mut shutdown => break,
            // Only to forget those that ended.
            Some(_) = connections.join_next() => {}
            Some((permit, stream)) = next(&listener, &permits) => {
                let (router, closing) = (router.clone(), closing.subscribe());
                connections.spawn(async move {
                    converse(stream, router, limits, closing).await;
                    drop(permit);
                });
            }
        }
    }
    // Whoever connects from here on is refused at once, so that a balancer turns to another replica.
    drop(listener);
    closing.send_replace(());
    let ended = async { while connections.join_next().await.is_some() {} };
    if timeout(limits.drain, ended).await.is_err() {
        let left = connections.len();
        tracing::warn!(
            left,
            "connections were cut off, their answers took too long"
        );
    }
}

/// Waits for a place, then for a connection to take it; `None` only when there can be no more.
///
/// Nothing is lost when this is dropped half-way: a place goes back, and a connection is taken at the very end.
async fn next(
    listener: &TcpListener,
    permits: &Arc<Semaphore>,
) -> Option<(OwnedSemaphorePermit, TcpStream)> {
    let permit = Arc::clone(permits).acquire_owned().await.ok()?;
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // An answer is written at once, and nothing is gained by holding its end back. Only speed is lost
                // where this fails.
                let _ = stream.set_nodelay(true);
                return Some((permit, stream));
            }
            Err(error) if is_of_the_peer(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted for now");
                sleep(PAUSE).await;
            }
        }
    }
}

/// Whether the connection was gone before it was accepted, which says nothing about the next.
fn is_of_the_peer(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    )
}

/// Answers the requests of one connection. HTTP/1.1 alone: HTTP/2 belongs to the proxy that speaks TLS.
pub(super) async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    router: Router,
    limits: Limits,
    mut closing: watch::Receiver<()>,
) {
    let connection = http1::Builder::new()
        // Ours tells a request from the silence before it.
        .header_read_timeout(None)
        .max_buf_size(LARGEST_REQUEST)
        .serve_connection(
            TokioIo::new(Patient::new(stream, limits)),
            TowerToHyperService::new(router),
        );
    pin!(connection);
    let ended = select! {
        ended = connection.as_mut() => ended,
        _ = closing.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(
            error = &error as &dyn std::error::Error,
            "a connection ended early"
        );
    }
}

#[cfg(test)]
mod tests;
