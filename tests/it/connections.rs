//! How long connections last: over memory on a clock that jumps ahead as soon as nobody has anything to do, and over
//! loopback when the server is told to stop.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Mutex, mpsc};
use std::thread;
use std::time::Duration;

use showcase::serve::{CurrentSite, Limits, Options, serve_connection};
use showcase::site::{CachePolicy, ContentType, Resource, Site};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::{Instant, advance, sleep};

use crate::server::{Answer, Server};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";

/// Larger than what a connection in memory holds here.
const LONG: usize = 100_000;

fn site() -> Site {
    let text = |body: &str| Resource::new(ContentType::TEXT, CachePolicy::Revalidate, body);
    let mut site = Site::builder();
    site.insert("/", text("hello")).expect("a new path");
    site.insert("/long", text(&"x".repeat(LONG))).expect("a new path");
    site.build().expect("no contradiction")
}

/// The reader's end of a connection that is served.
fn connect() -> DuplexStream {
    let (reader, stream) = duplex(1024);
    let current = CurrentSite::new(site());
    tokio::spawn(serve_connection(stream, current, Options::default()));
    reader
}

/// Asks for the first page, and reads it.
async fn hello(reader: &mut DuplexStream) {
    reader.write_all(REQUEST).await.expect("open");
    let mut answer = Vec::new();
    while !answer.ends_with(b"hello") {
        let read = reader.read_buf(&mut answer).await.expect("an answer");
        assert_ne!(read, 0, "closed after {:?}", String::from_utf8_lossy(&answer));
    }
}

/// The whole seconds until the other side closes.
async fn seconds_until_closed(reader: &mut (impl AsyncRead + Unpin)) -> u64 {
    let begin = Instant::now();
    // Cut off or properly ended: closed either way.
    let _ = reader.read_to_end(&mut Vec::new()).await;
    begin.elapsed().as_secs()
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_brings_no_request_is_closed_after_10_seconds() {
    assert_eq!(seconds_until_closed(&mut connect()).await, 10);
}

#[tokio::test(start_paused = true)]
async fn a_request_that_trickles_in_is_cut_off_after_10_seconds() {
    let mut reader = connect();
    hello(&mut reader).await;
    let (mut reader, mut writer) = tokio::io::split(reader);
    let trickle = tokio::spawn(async move {
        for byte in b"GET / HTTP/1.1\r\nx: ".iter().chain([b'y'; 1000].iter()) {
            if writer.write_all(&[*byte]).await.is_err() {
                break;
            }
            sleep(Duration::from_secs(1)).await;
        }
    });
    assert_eq!(seconds_until_closed(&mut reader).await, 10);
    trickle.abort();
}

#[tokio::test(start_paused = true)]
async fn a_request_that_begins_behind_another_is_cut_off_after_10_seconds() {
    let mut reader = connect();
    let begun = [REQUEST, REQUEST, b"GET /"].concat();
    reader.write_all(&begun).await.expect("open");
    assert_eq!(seconds_until_closed(&mut reader).await, 10);
}

#[tokio::test(start_paused = true)]
async fn a_connection_stays_open_between_requests_for_75_seconds() {
    let mut reader = connect();
    hello(&mut reader).await;
    advance(Duration::from_secs(74)).await;
    hello(&mut reader).await;
    assert_eq!(seconds_until_closed(&mut reader).await, 75);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_taken_byte_by_byte_is_cut_off_after_a_minute() {
    let mut reader = connect();
    let request = b"GET /long HTTP/1.1\r\nhost: a\r\n\r\n";
    reader.write_all(request).await.expect("open");
    let begin = Instant::now();
    let mut taken = 0;
    while let Ok(1..) = reader.read(&mut [0; 8]).await {
        taken += 8;
        if begin.elapsed() < Duration::from_mins(2) {
            advance(Duration::from_millis(100)).await;
        }
    }
    assert!(taken < LONG, "the whole answer was taken");
}

#[tokio::test(start_paused = true)]
async fn a_long_answer_arrives_whole_when_taken_at_once() {
    let mut reader = connect();
    let request = b"GET /long HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    reader.write_all(request).await.expect("open");
    let mut answer = Vec::new();
    reader.read_to_end(&mut answer).await.expect("an answer");
    assert!(answer.ends_with("x".repeat(LONG).as_bytes()));
}

#[tokio::test(start_paused = true)]
async fn a_request_body_is_refused_and_not_waited_for() {
    let mut reader = connect();
    let request = b"GET / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000\r\n\r\n";
    reader.write_all(request).await.expect("open");
    let begin = Instant::now();
    let mut answer = Vec::new();
    reader.read_to_end(&mut answer).await.expect("ended properly");
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("connection: close\r\n"), "{answer}");
    assert!(begin.elapsed().as_secs() <= 1);
}

#[test]
fn at_the_limit_whoever_comes_next_waits() {
    let limits = Limits { connections: 1, ..Limits::default() };
    let server = Server::with(site(), Options { limits, ..Options::default() });
    let mut first = server.connect();
    first.write_all(REQUEST).expect("open");
    first.read_exact(&mut [0; 12]).expect("an answer");
    let mut second = server.connect();
    second.write_all(REQUEST).expect("open");
    let soon = Duration::from_millis(100);
    second.set_read_timeout(Some(soon)).expect("a timeout");
    assert!(second.read(&mut [0]).is_err(), "answered beyond the limit");
    drop(first);
    second.set_read_timeout(None).expect("no timeout");
    second.read_exact(&mut [0; 12]).expect("an answer");
}

#[test]
fn at_the_limit_whoever_is_idle_makes_room() {
    let limits = Limits { connections: 1, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let server = Server::with(site(), options);
    let begin = std::time::Instant::now();
    let [mut first, mut second] = [server.connect(), server.connect()];
    for reader in [&mut first, &mut second] {
        reader.write_all(REQUEST).expect("open");
        reader.read_exact(&mut [0; 12]).expect("an answer");
    }
    first.read_to_end(&mut Vec::new()).expect("ended properly");
    assert!(begin.elapsed() < limits.idle_timeout / 2);
}

#[test]
fn stopping_closes_what_is_idle_at_once() {
    let mut server = Server::of(site());
    let mut reader = server.connect();
    reader.write_all(REQUEST).expect("open");
    reader.read_exact(&mut [0; 12]).expect("an answer");
    let begin = std::time::Instant::now();
    server.stop();
    server.wait();
    assert!(begin.elapsed() < Limits::default().drain / 2);
    reader.read_to_end(&mut Vec::new()).expect("ended properly");
}

#[test]
fn stopping_waits_for_an_answer_under_way_as_long_as_it_may_take() {
    for drain in [Duration::from_millis(200), Duration::from_secs(30)] {
        // A page that is made only once the test says so.
        let (make, result) = mpsc::channel();
        let (tell, asked) = mpsc::channel();
        let result = Mutex::new(result);
        let page = Resource::lazy(ContentType::PNG, CachePolicy::Forever, move || {
            tell.send(()).expect("waited for");
            let result = result.lock().expect("a lock");
            result.recv().map_err(|it| it.to_string())
        });
        let mut site = Site::builder();
        site.insert("/", page).expect("a new path");
        let site = site.build().expect("no contradiction");
        let limits = Limits { drain, ..Limits::default() };
        let options = Options { limits, ..Options::default() };
        let mut server = Server::with(site, options);
        let mut reader = server.connect();
        reader.write_all(REQUEST).expect("open");
        asked.recv().expect("asked for");
        server.stop();
        if drain < Duration::from_secs(1) {
            server.wait();
        } else {
            while TcpStream::connect(server.address).is_ok() {
                thread::sleep(Duration::from_millis(1));
            }
            make.send("late".into()).expect("waited for");
            let answer = Answer::read(&mut reader);
            assert_eq!((answer.status(), answer.body_text()), (200, "late".to_owned()));
            assert_eq!(answer.field("connection"), "close");
            server.wait();
        }
    }
}
