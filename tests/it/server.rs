//! A site that is served on a port of its own, and asked over real connections.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, StatusCode};
use showcase::serve::{self, CurrentSite, Options};
use showcase::site::Site;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// How long anything may take; far more than it does, for machines that are busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// It ends with its test.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) current: CurrentSite,
    /// Dropped to tell it to stop.
    stop: Option<oneshot::Sender<()>>,
    thread: JoinHandle<()>,
}

impl Server {
    pub(crate) fn of(site: Site) -> Self {
        Self::with(site, Options::default())
    }

    pub(crate) fn with(site: Site, options: Options) -> Self {
        let current = CurrentSite::new(site);
        let served = current.clone();
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, address) = mpsc::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
                let address = listener.local_addr().expect("bound");
                tell.send(address).expect("a test");
                let stopped = async { drop(stopped.await) };
                serve::run(listener, served, options, stopped).await;
            });
            // A page that is being made may never be done.
            runtime.shutdown_background();
        });
        Self { address: address.recv().expect("an address"), current, stop: Some(stop), thread }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream
    }

    /// What is answered to these bytes, after which nothing more is sent.
    pub(crate) fn send(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // It may have been refused before it was sent.
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(Shutdown::Write);
        Answer::read(&mut stream)
    }

    pub(crate) fn ask(&self, method: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields = fields.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        let fields = fields.collect::<String>();
        let request =
            format!("{method} {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{fields}\r\n");
        self.send(request.as_bytes())
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// Tells it to stop.
    pub(crate) fn stop(&mut self) {
        self.stop = None;
    }

    /// Waits until it has ended.
    pub(crate) fn wait(self) {
        self.thread.join().expect("no panic");
    }
}

/// Everything that came back on a connection.
pub(crate) struct Answer(Vec<u8>);

impl Answer {
    pub(crate) fn read(stream: &mut impl Read) -> Self {
        let mut bytes = Vec::new();
        // A connection may be cut off, with or without an answer before.
        let _ = stream.read_to_end(&mut bytes);
        Self(bytes)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }

    /// The statuses of all answers, in order.
    pub(crate) fn statuses(&self) -> Vec<u16> {
        let text = self.text();
        let starts = text.match_indices("HTTP/1.");
        starts.filter_map(|(index, _)| text.get(index + 9..index + 12)?.parse().ok()).collect()
    }

    /// The only status; 0 for a connection that was closed without a word.
    #[track_caller]
    pub(crate) fn status(&self) -> u16 {
        match self.statuses().as_slice() {
            [] => 0,
            [status] => *status,
            several => panic!("{several:?}"),
        }
    }

    fn end_of_head(&self) -> usize {
        let end = self.0.windows(4).position(|it| it == b"\r\n\r\n");
        end.unwrap_or(self.0.len())
    }

    /// The header fields of the first answer, each in a line; without the date, which changes.
    pub(crate) fn head(&self) -> String {
        let head = String::from_utf8_lossy(&self.0[..self.end_of_head()]);
        let fields = head.split("\r\n").skip(1);
        let fields = fields.filter(|line| !line.starts_with("date: "));
        fields.collect::<Vec<_>>().join("\n")
    }

    /// A header field of the first answer; empty where it is not there.
    pub(crate) fn field(&self, name: &str) -> String {
        let head = self.head();
        let mut fields = head.lines().filter_map(|line| line.split_once(": "));
        let field = fields.find(|(known, _)| known.eq_ignore_ascii_case(name));
        field.map_or_else(String::new, |(_, value)| value.to_owned())
    }

    /// Status, header fields and body of the only answer.
    pub(crate) fn parts(&self) -> (StatusCode, HeaderMap, Vec<u8>) {
        let status = StatusCode::from_u16(self.status()).expect("a status");
        let head = self.head();
        let fields = head.lines().filter_map(|line| line.split_once(": "));
        let fields = fields.map(|(name, value)| {
            let name = name.parse::<HeaderName>().expect("a name");
            (name, value.parse().expect("a value"))
        });
        (status, fields.collect(), self.body().to_vec())
    }

    /// What follows the first head.
    pub(crate) fn body(&self) -> &[u8] {
        self.0.get(self.end_of_head() + 4..).unwrap_or_default()
    }

    pub(crate) fn body_text(&self) -> String {
        String::from_utf8_lossy(self.body()).into_owned()
    }
}
