//! What nobody sends who means well, over real connections: never a failure of ours, never a way out of the site.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use showcase::serve::{self, CurrentSite, Limits, Options, Snapshot, State};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::support::Content;

mod clients;

mod payloads;

/// How long anything may take; far more than it does, for machines that are busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server on a port of its own; it ends with its test.
struct Server {
    address: SocketAddr,
    _stop: oneshot::Sender<()>,
}

impl Server {
    fn start(limits: Limits) -> Self {
        let snapshot = Snapshot {
            site: Arc::new(Content::new("").site()),
            state: State {
                built_at: SystemTime::UNIX_EPOCH,
                problems: 0,
                message: None,
                report: Arc::default(),
            },
        };
        let options = Options {
            limits,
            ..Options::default()
        };
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, address) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(1)
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async move {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
                let address = listener.local_addr().expect("bound");
                tell.send(address).expect("a test");
                let stopped = async { drop(stopped.await) };
                let served = serve::run(listener, CurrentSite::new(snapshot), options, stopped);
                served.await.expect("served");
            });
        });
        Self {
            address: address.recv().expect("an address"),
            _stop: stop,
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        stream
    }

    /// What is answered to these bytes, after which nothing more is sent.
    fn answer(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connect();
        // It may have been refused before it was sent.
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(Shutdown::Write);
        Answer::read(&mut stream)
    }
}

/// Everything that came back, as text.
struct Answer(String);

impl Answer {
    fn read(stream: &mut impl Read) -> Self {
        let mut bytes = Vec::new();
        // A connection may be cut off, with or without an answer before.
        let _ = stream.read_to_end(&mut bytes);
        Self(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The statuses of all answers, in order.
    fn statuses(&self) -> Vec<u16> {
        let starts = self.0.match_indices("HTTP/1.");
        starts
            .filter_map(|(index, _)| self.0.get(index + 9..index + 12)?.parse().ok())
            .collect()
    }

    /// The only status; 0 for a connection that was closed without a word.
    #[track_caller]
    fn status(&self) -> u16 {
        match self.statuses().as_slice() {
            [] => 0,
            [status] => *status,
            several => panic!("{several:?}"),
        }
    }

    fn field(&self, name: &str) -> Option<&str> {
        let (head, _) = self.0.split_once("\r\n\r\n")?;
        let line = |line: &'_ str| line.to_ascii_lowercase().starts_with(&format!("{name}: "));
        let found = head.split("\r\n").find(|it| line(it))?;
        Some(&found[name.len() + 2..])
    }
}
