//! Connections over memory, on a clock that jumps ahead as soon as nobody has anything to do, and over loopback.

use std::{future::pending, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, routing::get};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
    net::{TcpListener, TcpStream},
    sync::{Notify, oneshot, watch},
    task::JoinHandle,
    time::Instant,
};

use super::{Limits, accept, serve_connection};
use crate::serve::{
    front::{Door, Front},
    heads::Heads,
    log::RequestIds,
    places::Places,
};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// Larger than what a connection in memory holds here.
const BODY: usize = 100_000;

fn router() -> Router {
    Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/long", get(|| async { "x".repeat(BODY) }))
}

/// Answers nothing at `/never`, and tells when it was asked to.
fn router_that_hangs(asked: Arc<Notify>) -> Router {
    let hang = || async move {
        asked.notify_one();
        pending::<&str>().await
    };
    router().route("/never", get(hang))
}

fn front(router: Router) -> Front {
    Front::new(None, Arc::new(Heads::new(false)), RequestIds::new(), router)
}

/// The reader's end of a connection that is served, and what keeps the server from closing it.
fn connect() -> (DuplexStream, watch::Sender<()>) {
    let (reader, stream) = duplex(1024);
    let closing = watch::Sender::new(());
    let front = Arc::new(front(router()));
    let place = Places::new(1).extra();
    let door = Door { front, place };
    tokio::spawn(serve_connection(
        stream,
        door,
        Limits::default(),
        closing.subscribe(),
    ));
    (reader, closing)
}

/// Reads one answer that ends in `hello`.
async fn hello(reader: &mut (impl AsyncRead + Unpin)) {
    let mut answer = Vec::new();
    while !answer.ends_with(b"hello") {
        let read = reader.read_buf(&mut answer).await.expect("an answer");
        assert_ne!(
            read,
            0,
            "closed after {:?}",
            String::from_utf8_lossy(&answer)
        );
    }
}

/// The whole seconds until the other side closes.
async fn seconds_until_closed(reader: &mut DuplexStream) -> u64 {
    let begin = Instant::now();
    // Cut off or properly ended: closed either way.
    let _ = reader.read_to_end(&mut Vec::new()).await;
    begin.elapsed().as_secs()
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_brings_no_request_is_closed_after_10_seconds() {
    let (mut reader, _closing) = connect();
    assert_eq!(seconds_until_closed(&mut reader).await, 10);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_trickles_in_is_cut_off_after_10_seconds() {
    let (mut reader, _closing) = connect();
    hello_to(&mut reader).await;
    let (mut reader, mut writer) = tokio::io::split(reader);
    let trickle = tokio::spawn(async move {
        for byte in b"GET / HTTP/1.1\r\nx: ".iter().chain([b'y'; 1000].iter()) {
            if writer.write_all(&[*byte]).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
    let begin = Instant::now();
    let _ = reader.read_to_end(&mut Vec::new()).await;
    assert_eq!(begin.elapsed().as_secs(), 10);
    trickle.abort();
}

#[tokio::test(start_paused = true)]
async fn a_connection_stays_open_between_requests_for_75_seconds() {
    let (mut reader, _closing) = connect();
    hello_to(&mut reader).await;
    tokio::time::advance(Duration::from_secs(74)).await;
    hello_to(&mut reader).await;
    assert_eq!(seconds_until_closed(&mut reader).await, 75);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_taken_byte_by_byte_is_cut_off_after_a_minute() {
    let (mut reader, _closing) = connect();
    reader
        .write_all(b"GET /long HTTP/1.1\r\nhost: localhost\r\n\r\n")
        .await
        .expect("open");
    let begin = Instant::now();
    let mut taken = 0;
    while let Ok(1..) = reader.read(&mut [0; 8]).await {
        taken += 8;
        if begin.elapsed() < Duration::from_mins(2) {
            tokio::time::advance(Duration::from_millis(100)).await;
        }
    }
    assert!(taken < BODY, "the whole answer was taken");
}

#[tokio::test(start_paused = true)]
async fn a_long_answer_arrives_whole_when_taken_at_once() {
    let (mut reader, _closing) = connect();
    let request = b"GET /long HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    reader.write_all(request).await.expect("open");
    let mut answer = Vec::new();
    reader.read_to_end(&mut answer).await.expect("an answer");
    assert!(answer.ends_with("x".repeat(BODY).as_bytes()));
}

#[tokio::test(start_paused = true)]
async fn a_request_body_is_refused_and_not_waited_for() {
    let (mut reader, _closing) = connect();
    let request = b"GET / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000\r\n\r\n";
    reader.write_all(request).await.expect("open");
    let begin = Instant::now();
    let mut answer = Vec::new();
    reader
        .read_to_end(&mut answer)
        .await
        .expect("ended properly");
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("connection: close\r\n"), "{answer}");
    assert!(begin.elapsed().as_secs() <= 1);
}

async fn hello_to(reader: &mut DuplexStream) {
    reader.write_all(REQUEST).await.expect("open");
    hello(reader).await;
}

/// A server on the loopback.
struct Server {
    address: SocketAddr,
    /// That `/never` was asked for.
    asked: Arc<Notify>,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Server {
    async fn start(connections: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("bound");
        let (stop, stopped) = oneshot::channel();
        let limits = Limits {
            connections,
            // Longer than the wait for answers under way, which is what the tests are about.
            request: Duration::from_hours(1),
            ..Limits::default()
        };
        let asked = Arc::new(Notify::new());
        let router = router_that_hangs(Arc::clone(&asked));
        let task = tokio::spawn(async move {
            let stopped = async { drop(stopped.await) };
            accept(listener, front(router), limits, stopped).await;
        });
        Self {
            address,
            asked,
            stop,
            task,
        }
    }

    async fn connect(&self, request: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.expect("listening");
        stream.write_all(request).await.expect("open");
        stream
    }

    /// Tells it to stop, and waits until it has; the seconds that it took.
    async fn stop(self) -> u64 {
        let begin = Instant::now();
        self.stop.send(()).expect("running");
        self.task.await.expect("no panic");
        begin.elapsed().as_secs()
    }
}

#[tokio::test]
async fn whoever_keeps_us_waiting_gives_way_when_all_places_are_taken() {
    let server = Server::start(1).await;
    let mut first = server.connect(REQUEST).await;
    hello(&mut first).await;
    let mut second = server.connect(REQUEST).await;
    for _ in 0..3 {
        first.write_all(REQUEST).await.expect("open");
        hello(&mut first).await;
    }
    let early = second.try_read(&mut [0]);
    assert!(early.is_err(), "answered although all places were taken");
    hello(&mut second).await;
    let ended = first.read(&mut [0]).await;
    assert!(matches!(ended, Ok(0) | Err(_)), "the first is still open");
}

#[tokio::test]
async fn whoever_is_being_answered_keeps_the_place() {
    let server = Server::start(1).await;
    let request = b"GET /never HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let first = server.connect(request).await;
    server.asked.notified().await;
    let mut second = server.connect(REQUEST).await;
    tokio::time::pause();
    // Far longer than anybody may keep us waiting.
    let mut byte = [0];
    let answer = tokio::time::timeout(Duration::from_mins(1), second.read(&mut byte));
    assert!(
        answer.await.is_err(),
        "answered although all places were taken"
    );
    assert!(first.try_read(&mut [0]).is_err(), "the first was cut off");
}

#[tokio::test]
async fn stopping_closes_what_is_idle_at_once() {
    let server = Server::start(8).await;
    let mut reader = server.connect(REQUEST).await;
    hello(&mut reader).await;
    assert_eq!(server.stop().await, 0);
    assert_eq!(reader.read(&mut [0]).await.expect("ended properly"), 0);
}

#[tokio::test]
async fn stopping_waits_10_seconds_for_an_answer_under_way() {
    let server = Server::start(8).await;
    let request = b"GET /never HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let _stuck = server.connect(request).await;
    server.asked.notified().await;
    // The network is done, so that the clock may jump.
    tokio::time::pause();
    assert_eq!(server.stop().await, 10);
}
