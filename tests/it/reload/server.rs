//! The program on a port of its own choice, asked over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::program;

/// How long anything may take; far more than it does, for machines that are busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// Between two looks at something that is waited for.
const PAUSE: Duration = Duration::from_millis(5);

/// A running program; it ends with its test.
pub(super) struct Server {
    child: Child,
    address: String,
    /// The first line of standard output.
    pub(super) line: String,
    /// Standard error so far.
    said: Arc<Mutex<String>>,
}

impl Server {
    /// Starts it, and waits for its first line.
    pub(super) fn start(content: &Path, arguments: &[&str]) -> Self {
        Self::start_with(content, arguments, &[])
    }

    /// The same with variables of the environment.
    pub(super) fn start_with(
        content: &Path,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Self {
        let mut child = program(content)
            .args(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .envs(variables.iter().copied())
            .current_dir(content)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let said = Arc::new(Mutex::new(String::new()));
        let (errors, heard) = (child.stderr.take().expect("a pipe"), Arc::clone(&said));
        thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                let mut heard = heard.lock().expect("no panic");
                heard.push_str(&line);
                heard.push('\n');
            }
        });
        let output = child.stdout.take().expect("a pipe");
        let (sender, lines) = channel();
        thread::spawn(move || {
            let mut line = String::new();
            let _ = BufReader::new(output).read_line(&mut line);
            let _ = sender.send(line);
        });
        let line = lines.recv_timeout(PATIENCE).expect("a first line");
        let address = line.split("http://").nth(1).and_then(|it| it.split('/').next());
        let address = address.unwrap_or_else(|| {
            panic!("no address in `{line}`: {}", said.lock().expect("no panic"))
        });
        Self { child, address: address.to_owned(), line: line.clone(), said }
    }

    /// Opens a connection and asks for a path.
    pub(super) fn ask(&self, path: &str) -> BufReader<TcpStream> {
        self.ask_as(path, &self.address)
    }

    /// The same under another name.
    pub(super) fn ask_as(&self, path: &str, host: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).expect("sent");
        BufReader::new(stream)
    }

    /// The status and body at a path; the whole body, as long as it was said to be.
    pub(super) fn get(&self, path: &str) -> (u16, String) {
        let mut answer = String::new();
        self.ask(path).read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        assert_eq!(length.map(str::to_owned), Some(body.len().to_string()), "{head}");
        (status.expect("a status"), body.to_owned())
    }

    /// Waits until the body at a path is as it should be.
    #[track_caller]
    pub(super) fn until(&self, path: &str, is_so: impl Fn(&str) -> bool) -> String {
        let mut last = String::new();
        wait(|| {
            last = self.get(path).1;
            is_so(&last)
        })
        .unwrap_or_else(|()| {
            panic!("{path} stays so:\n{last}\nand this was said:\n{}", self.said())
        });
        last
    }

    /// Waits until a path is answered so.
    #[track_caller]
    pub(super) fn until_status(&self, path: &str, status: u16) {
        wait(|| self.get(path).0 == status)
            .unwrap_or_else(|()| panic!("{path} is not answered with {status}"));
    }

    /// Waits until all of these were said on standard error.
    #[track_caller]
    pub(super) fn until_said(&self, words: &[&str]) {
        wait(|| words.iter().all(|word| self.said().contains(word)))
            .unwrap_or_else(|()| panic!("not all of {words:?} in:\n{}", self.said()));
    }

    /// Waits until words were said more often than before.
    #[track_caller]
    pub(super) fn until_said_more(&self, words: &str, before: usize) {
        wait(|| self.count(words) > before)
            .unwrap_or_else(|()| panic!("`{words}` was not said again"));
    }

    /// How often words have been said once they have not been said for so long.
    pub(super) fn settled(&self, words: &str, quiet: Duration) -> usize {
        let mut count = self.count(words);
        let mut since = Instant::now();
        while since.elapsed() < quiet {
            thread::sleep(PAUSE);
            if self.count(words) != count {
                count = self.count(words);
                since = Instant::now();
            }
        }
        count
    }

    /// How often words have been said.
    pub(super) fn count(&self, words: &str) -> usize {
        self.said().matches(words).count()
    }

    fn said(&self) -> String {
        self.said.lock().expect("no panic").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn wait(mut is_so: impl FnMut() -> bool) -> Result<(), ()> {
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE {
        if is_so() {
            return Ok(());
        }
        thread::sleep(PAUSE);
    }
    Err(())
}
