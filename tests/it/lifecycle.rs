//! The program from its start to its end: sockets, signals, logs.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::server::{Answer, PATIENCE};
use crate::support::{self, Content};

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

fn serving(folder: &TempDir) -> Command {
    let mut command = support::program(folder.path());
    command
        .arg("serve")
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Starts it, waits for its first line, and tells its address.
fn started(mut command: Command) -> (Child, String) {
    let mut child = command.spawn().expect("the program");
    let mut line = String::new();
    let output = child.stdout.as_mut().expect("a pipe");
    BufReader::new(output).read_line(&mut line).expect("a line");
    let address = line.split("http://").nth(1).and_then(|it| it.split('/').next());
    (child, address.unwrap_or_else(|| panic!("no address in `{line}`")).to_owned())
}

fn listening(folder: &TempDir, arguments: &[&str]) -> (Child, String) {
    let mut command = serving(folder);
    command.args(["--listen", "127.0.0.1:0"]).args(arguments);
    started(command)
}

/// A signal such as `-TERM`, by the program that everybody uses.
fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status();
    assert!(sent.expect("kill").success());
}

fn ended(mut child: Child) -> (ExitStatus, String) {
    let mut said = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut said).expect("text");
    (child.wait().expect("ended"), said)
}

/// The status that a new connection is answered with.
fn status(address: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(REQUEST)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).split(' ').nth(1).unwrap_or_default().to_owned())
}

#[test]
fn an_address_that_cannot_be_had_is_told_in_one_line() {
    let folder = Content::new("").on_disk();
    let holder = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let taken = holder.local_addr().expect("bound").to_string();
    for address in ["nonsense", "127.0.0.1:99999"] {
        let mut command = serving(&folder);
        let command = command.args(["--listen", address]);
        let output: Output = command.output().expect("the program");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{address}: {said}");
        assert!(said.contains(&format!("'{address}'")), "{said}");
    }
    for address in [taken.as_str(), "203.0.113.1:80"] {
        let mut command = serving(&folder);
        let output: Output = command.args(["--listen", address]).output().expect("the program");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{address}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(&format!("cannot listen on {address}: ")), "{said}");
    }
}

#[test]
fn the_first_signal_lets_answers_finish_and_the_second_does_not() {
    let folder = Content::new("").on_disk();
    let (child, address) = listening(&folder, &[]);
    assert_eq!(status(&address).expect("answered"), "200");
    signal(&child, "-TERM");
    assert_eq!(ended(child).0.code(), Some(0));
    for (name, code) in [("-TERM", 143), ("-INT", 130)] {
        let (child, address) = listening(&folder, &[]);
        // Half a request keeps the server waiting.
        let mut stream = TcpStream::connect(&address).expect("a connection");
        stream.write_all(b"GET / HTTP/1.1\r\n").expect("sent");
        assert_eq!(status(&address).expect("answered"), "200");
        signal(&child, name);
        // Refused from the moment on at which the signal has been seen.
        while TcpStream::connect(&address).is_ok() {
            thread::sleep(Duration::from_millis(1));
        }
        signal(&child, name);
        assert_eq!(ended(child).0.code(), Some(code), "{name}");
    }
}

#[test]
fn a_restart_on_a_handed_over_socket_refuses_nobody() {
    let folder = Content::new("").on_disk();
    let socket = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = socket.local_addr().expect("bound").to_string();
    // The shell hands the socket down as systemd does, as the third file that is open.
    let start = || {
        let own = serving(&folder);
        let mut command = Command::new("sh");
        let script = format!(
            "exec 3<&0; LISTEN_FDS=1 LISTEN_PID=$$ exec \"$0\" serve --content '{}'",
            folder.path().display()
        );
        let duplicate = socket.try_clone().expect("a duplicate");
        assert!(duplicate.as_raw_fd() > 2);
        command
            .arg("-c")
            .arg(script)
            .arg(own.get_program())
            .stdin(Stdio::from(std::os::fd::OwnedFd::from(duplicate)))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        started(command)
    };
    let (first, own_address) = start();
    assert_eq!(own_address, address);
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let mut answered = 0;
                    while !over.load(Ordering::Relaxed) || answered < 20 {
                        assert_eq!(status(&address).expect("not refused"), "200");
                        answered += 1;
                    }
                })
            })
            .collect();
        signal(&first, "-TERM");
        assert_eq!(ended(first).0.code(), Some(0));
        let (second, _) = start();
        assert_eq!(status(&address).expect("answered"), "200");
        over.store(true, Ordering::Relaxed);
        for reader in readers {
            reader.join().expect("every reader is answered");
        }
        signal(&second, "-TERM");
        assert_eq!(ended(second).0.code(), Some(0));
    });
}

#[test]
fn every_request_before_the_end_is_answered() {
    let folder = Content::new("").on_disk();
    let (child, address) = listening(&folder, &[]);
    thread::scope(|scope| {
        let connect = |_| TcpStream::connect(&address).expect("a connection");
        let streams: Vec<TcpStream> = (0..4).map(connect).collect();
        let readers: Vec<_> = streams
            .into_iter()
            .map(|mut stream| {
                scope.spawn(move || {
                    stream.set_read_timeout(Some(PATIENCE)).expect("a timeout");
                    let request = b"HEAD / HTTP/1.1\r\nhost: a\r\n\r\n";
                    loop {
                        stream.write_all(request).expect("open until the answer said otherwise");
                        let mut head = String::new();
                        while !head.ends_with("\r\n\r\n") {
                            let mut byte = [0; 512];
                            let read = stream.read(&mut byte).expect("an answer");
                            assert_ne!(read, 0, "closed without a word: {head}");
                            head.push_str(&String::from_utf8_lossy(&byte[..read]));
                        }
                        assert!(head.starts_with("HTTP/1.1 200 "), "{head}");
                        if head.contains("connection: close") {
                            break;
                        }
                    }
                })
            })
            .collect();
        assert_eq!(status(&address).expect("answered"), "200");
        signal(&child, "-TERM");
        for reader in readers {
            reader.join().expect("every request is answered");
        }
        assert_eq!(ended(child).0.code(), Some(0));
    });
}

#[test]
fn a_line_about_each_request_is_written_when_asked_for() {
    let folder = Content::new("").on_disk();
    let said = |arguments: &[&str]| {
        let (child, address) = listening(&folder, arguments);
        status(&address).expect("answered");
        signal(&child, "-TERM");
        ended(child).1
    };
    assert_eq!(said(&[]), "");
    let text = said(&["--access-log"]);
    assert!(text.contains("path=\"/\"") && text.contains("status=200"), "{text}");
    let line = said(&["--access-log", "--log", "json"]);
    let line: serde_json::Value = serde_json::from_str(&line).expect("one object");
    assert_eq!((&line["method"], &line["path"]), (&"GET".into(), &"/".into()));
    assert_eq!(line["status"], 200);
    assert!(line["bytes"].as_u64() > Some(1000), "{line}");
    assert!(line["id"].is_string() && line["micros"].is_u64(), "{line}");
}

/// The processes that a process has started, and that have not ended.
fn children(parent: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").expect("processes").flatten();
    let children = processes.filter_map(|it| {
        let pid: u32 = it.file_name().to_str()?.parse().ok()?;
        let status = fs::read_to_string(it.path().join("stat")).ok()?;
        // Behind the name in parentheses: the state, and the parent.
        let mut fields = status.rsplit(')').next()?.split_whitespace();
        let is_alive = fields.next()? != "Z";
        (is_alive && fields.next()? == parent.to_string()).then_some(pid)
    });
    children.collect()
}

#[test]
fn a_process_that_draws_ends_with_its_server_however_that_ends() {
    let folder = Content::new("").on_disk();
    for name in ["-TERM", "-KILL"] {
        let (server, address) = listening(&folder, &[]);
        assert!(children(server.id()).is_empty(), "nothing was to be drawn yet");
        let mut stream = TcpStream::connect(address).expect("a connection");
        let request = b"GET /favicon.ico HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
        stream.write_all(request).expect("open");
        assert_eq!(Answer::read(&mut stream).status(), 200);
        let [worker] = children(server.id())[..] else {
            panic!("one drawing, one worker: {:?}", children(server.id()));
        };
        signal(&server, name);
        ended(server);
        let begin = Instant::now();
        let is_alive = || {
            let status = fs::read_to_string(format!("/proc/{worker}/stat"));
            status.is_ok_and(|it| !it.contains(") Z "))
        };
        while is_alive() {
            assert!(begin.elapsed() < PATIENCE, "it lives on after {name}");
            thread::sleep(Duration::from_millis(10));
        }
    }
}
