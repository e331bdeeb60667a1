//! Accepts connections and ends them: `axum::serve` has no limit on their number, their time or their end.

use std::{io, iter, sync::Arc, time::Duration};

use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    pin, select,
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};

use super::{
    Limits,
    front::{Door, Front},
    patience::Patient,
    places::Places,
};

/// For the header fields of a request, in bytes; a client that sends more gets 431.
const LARGEST_REQUEST: usize = 32 << 10;

/// After an error that the next attempt would only meet again, such as too many open files.
const PAUSE: Duration = Duration::from_secs(1);

/// As many connections as wait in the system's queue at most.
const LONGEST_QUEUE: usize = 4096;

/// How long connections are kept for a request that may be on its way when the server is told to stop.
const LAST_REQUESTS: Duration = Duration::from_millis(600);

/// Serves every connection until `shutdown` resolves, and then as long as answers are under way, within the limit.
pub(super) async fn accept(
    listener: TcpListener,
    front: Front,
    limits: Limits,
    shutdown: impl Future<Output = ()>,
) {
    let front = Arc::new(front);
    let places = Places::new(limits.connections);
    let closing = watch::Sender::new(());
    let mut connections = JoinSet::new();
    let begin = |connections: &mut JoinSet<()>, stream, place| {
        let (front, closing) = (Arc::clone(&front), closing.subscribe());
        connections.spawn(serve_connection(
            stream,
            Door { front, place },
            limits,
            closing,
        ));
    };
    pin!(shutdown);
    loop {
        let stream = select! {
            () = &mut shutdown => break,
            // Only to forget those that ended.
            Some(_) = connections.join_next() => continue,
            stream = next(&listener, &places) => stream,
        };
        select! {
            place = places.take() => begin(&mut connections, stream, place),
            () = &mut shutdown => {
                begin(&mut connections, stream, places.extra());
                break;
            }
        }
    }
    front.close();
    for stream in queued(listener) {
        begin(&mut connections, stream, places.extra());
    }
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

/// Those that connected before and are in the system's queue, which is lost with the listener. Whoever connects
/// later is refused at once, so that a balancer turns to another replica.
fn queued(listener: TcpListener) -> Vec<TcpStream> {
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

/// Waits for a connection. Nothing is lost when this is dropped half-way: one is taken at the very end.
async fn next(listener: &TcpListener, places: &Places) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // An answer is written at once, and nothing is gained by holding its end back. Only speed is lost
                // where this fails.
                let _ = stream.set_nodelay(true);
                return stream;
            }
            Err(error) if is_of_the_peer(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted for now");
                places.make_room();
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
pub(super) async fn serve_connection(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    door: Door,
    limits: Limits,
    mut closing: watch::Receiver<()>,
) {
    let place = door.place.clone();
    let stream = Patient::new(stream, limits, place.clone());
    let connection = http1::Builder::new()
        // Ours tells a request from the silence before it.
        .header_read_timeout(None)
        .max_buf_size(LARGEST_REQUEST)
        .max_header_size(LARGEST_REQUEST)
        // Whoever has said all that it wants to say is answered all the same.
        .half_close(true)
        // No `pipeline_flush`: it leaves answers unsent that are followed by something that is no request.
        .serve_connection(TokioIo::new(stream), door);
    pin!(connection);
    let ended = select! {
        biased;
        ended = connection.as_mut() => ended,
        () = place.gives_way() => return,
        _ = closing.changed() => {
            // A request that is on its way is answered, as the last one. Whoever is not heard of is let go.
            if let Ok(ended) = timeout(LAST_REQUESTS, connection.as_mut()).await {
                ended
            } else {
                place.close();
                connection.as_mut().graceful_shutdown();
                connection.await
            }
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
