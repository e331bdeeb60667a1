//! One client over HTTP/1.1, which keeps its connection as long as the server does.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use crate::PATIENCE;

/// Why there is no whole answer.
pub(crate) enum Failure {
    /// Nobody listens.
    Refused(std::io::Error),
    /// The connection ended before the first byte of an answer.
    Unanswered(String),
    /// The answer broke off, or is none.
    Broken(String),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(error) => write!(formatter, "refused: {error}"),
            Self::Unanswered(why) => write!(formatter, "not answered: {why}"),
            Self::Broken(why) => write!(formatter, "broken off: {why}"),
        }
    }
}

/// A whole answer.
pub(crate) struct Reply {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// A header field.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then_some(value.trim())
        })
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A client of one server.
pub(crate) struct Client {
    address: String,
    connection: Option<BufReader<TcpStream>>,
}

impl Client {
    pub(crate) fn new(address: &str) -> Self {
        Self { address: address.to_owned(), connection: None }
    }

    /// Goes away; the next request takes a new connection.
    pub(crate) fn leave(&mut self) {
        self.connection = None;
    }

    /// Asks for a path, with header fields.
    ///
    /// A connection that was kept may be closed by the server at any time, and then a new one asks again.
    pub(crate) fn get(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Reply, Failure> {
        if let Some(kept) = self.connection.take() {
            match self.converse(kept, path, fields) {
                Err(Failure::Unanswered(_)) => {}
                result => return result,
            }
        }
        let stream = TcpStream::connect(&self.address).map_err(Failure::Refused)?;
        // Like a browser, which sends a whole request at once.
        let _ = stream.set_nodelay(true);
        let _ = stream.set_read_timeout(Some(PATIENCE));
        let _ = stream.set_write_timeout(Some(PATIENCE));
        self.converse(BufReader::new(stream), path, fields)
    }

    fn converse(
        &mut self,
        mut connection: BufReader<TcpStream>,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Result<Reply, Failure> {
        let unanswered = |error: std::io::Error| Failure::Unanswered(error.to_string());
        let mut request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\n", self.address);
        for (name, value) in fields {
            request.extend([name, ": ", value, "\r\n"]);
        }
        request.push_str("\r\n");
        connection.get_mut().write_all(request.as_bytes()).map_err(unanswered)?;
        if connection.fill_buf().map_err(unanswered)?.is_empty() {
            return Err(Failure::Unanswered("closed".into()));
        }
        let broken = |error: std::io::Error| Failure::Broken(error.to_string());
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if connection.read_line(&mut head).map_err(broken)? == 0 {
                return Err(Failure::Broken(format!("within {head:?}")));
            }
        }
        let mut reply = Reply {
            status: head
                .split(' ')
                .nth(1)
                .and_then(|it| it.parse().ok())
                .ok_or_else(|| Failure::Broken(head.clone()))?,
            head,
            body: Vec::new(),
        };
        if reply.status != 304 {
            let length = reply.field("content-length").and_then(|it| it.parse().ok());
            let length: usize = length.ok_or_else(|| Failure::Broken(reply.head.clone()))?;
            reply.body.resize(length, 0);
            connection.read_exact(&mut reply.body).map_err(broken)?;
        }
        if reply.field("connection") != Some("close") {
            self.connection = Some(connection);
        }
        Ok(reply)
    }
}
