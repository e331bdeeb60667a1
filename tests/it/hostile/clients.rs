//! Clients that take their time, come in numbers, or hang up; with limits short enough to wait for.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use showcase::serve::Limits;

use super::server;
use crate::server::{Answer, Server};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";

fn limits() -> Limits {
    Limits {
        read_timeout: Duration::from_millis(300),
        idle_timeout: Duration::from_millis(300),
        write_timeout: Duration::from_millis(300),
        ..Limits::default()
    }
}

/// Connections that have sent this, and nothing more.
fn crowd(server: &Server, sent: &[u8]) -> Vec<TcpStream> {
    let connect = |_| {
        let mut stream = server.connect();
        stream.write_all(sent).expect("sent");
        stream
    };
    (0..50).map(connect).collect()
}

#[test]
fn slow_clients_are_let_go_and_keep_nobody_else_waiting() {
    let server = server(limits());
    let crowds = [
        crowd(&server, b""),
        crowd(&server, b"GET / HT"),
        crowd(&server, b"GET / HTTP/1.1\r\nhost: a\r\nx: "),
        crowd(&server, b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\nx"),
        crowd(&server, REQUEST),
    ];
    for _ in 0..20 {
        assert_eq!(server.send(REQUEST).status(), 200);
    }
    for (kind, crowd) in crowds.into_iter().enumerate() {
        for mut stream in crowd {
            // Reading ends only where the connection does; without an end, it fails after its patience.
            let mut bytes = Vec::new();
            if let Err(error) = stream.read_to_end(&mut bytes) {
                assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "{kind}: still open");
            }
        }
    }
}

#[test]
fn a_reader_who_takes_nothing_is_let_go() {
    let server = server(limits());
    let mut stream = server.connect();
    // Far more answers than the system keeps for a reader: the server has to wait, or to give up.
    let requests = REQUEST.repeat(100);
    let mut sent = 0;
    while stream.write_all(&requests).is_ok() {
        sent += requests.len();
        assert!(sent < 1 << 30, "everything is taken, and nothing is given up");
    }
}

#[test]
fn whoever_hangs_up_half_way_disturbs_nobody() {
    let server = server(Limits::default());
    for end in 0..REQUEST.len() {
        let mut stream = server.connect();
        stream.write_all(&REQUEST[..end]).expect("sent");
        drop(stream);
    }
    let mut stream = server.connect();
    stream.write_all(REQUEST).expect("sent");
    stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").expect("sent");
    assert_eq!(Answer::read(&mut stream).statuses(), [200, 200]);
}
