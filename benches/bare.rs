//! The limit of what the stack can do: hyper, answering every request with the same bytes.
//!
//! `bare ADDRESS HEAD BODY` listens on an address and answers with the status and the header fields in the file
//! HEAD, as they were received from the server that is compared, and the body in the file BODY. It has one thread,
//! no limits, no paths and no log; what the server under test takes beyond it is the price of being a server.

use std::{
    convert::Infallible,
    env, fs,
    pin::Pin,
    task::{Context, Poll},
};

use axum::body::{Bytes, HttpBody};
use hyper::{
    HeaderMap, Request, Response, StatusCode,
    body::{Frame, Incoming, SizeHint},
    header::{HeaderName, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = env::args().collect();
    let [_, address, head, body] = arguments.as_slice() else {
        // `cargo bench` and `cargo test --benches` start it without a server to compare.
        println!("bare ADDRESS HEAD BODY");
        return;
    };
    let (status, head) = parse(&fs::read_to_string(head).expect("the head"));
    let body = Bytes::from(fs::read(body).expect("the body"));
    let listener = TcpListener::bind(address).await.expect("a free address");
    println!("bare: {}", listener.local_addr().expect("an address"));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let _ = stream.set_nodelay(true);
        let (head, body) = (head.clone(), body.clone());
        tokio::spawn(async move {
            let service = service_fn(move |_: Request<Incoming>| {
                let mut response =
                    Response::new(Whole(Some(body.clone()).filter(|it| !it.is_empty())));
                *response.status_mut() = status;
                *response.headers_mut() = head.clone();
                async { Ok::<_, Infallible>(response) }
            });
            let _ = http1::Builder::new()
                .header_read_timeout(None)
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

/// The status and the fields that the server set, without those that hyper sets by itself.
fn parse(head: &str) -> (StatusCode, HeaderMap) {
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let status = status.and_then(|it| it.parse().ok()).expect("a status");
    let mut fields = HeaderMap::new();
    for line in lines.take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(": ").expect("a field");
        if !matches!(name, "date" | "content-length" | "connection") {
            fields.insert(
                HeaderName::from_bytes(name.as_bytes()).expect("a name"),
                HeaderValue::from_str(value).expect("a value"),
            );
        }
    }
    (status, fields)
}

/// A body that is there as a whole.
struct Whole(Option<Bytes>);

impl HttpBody for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
