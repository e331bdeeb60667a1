//! The server: started, asked to end, and started again at the same address.
//!
//! It is handed a socket that stays open between two servers, as systemd does, in which a restart refuses nobody. A
//! program that does not take the socket shows by listening elsewhere; then its own address is used.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::Ordering;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;

use crate::{PATIENCE, Run};

/// Lines of what the server said that are kept.
const KEPT: usize = 60;

/// A server under way.
pub(crate) struct Program {
    executable: PathBuf,
    content: PathBuf,
    address: String,
    /// What is handed from one server to the next.
    socket: Option<TcpListener>,
    child: Child,
    said: Arc<Mutex<VecDeque<String>>>,
}

impl Program {
    /// Starts a server at an address that is free.
    pub(crate) fn start(program: &str, content: &Path) -> Self {
        // Relative to where we are, which is not where it will be.
        let program = std::fs::canonicalize(program).expect("a program");
        let said = Arc::default();
        let socket = TcpListener::bind("127.0.0.1:0").expect("a port");
        let ours = socket.local_addr().expect("an address").to_string();
        let (child, line) =
            start(&program, content, "127.0.0.1:0", Some(&socket), &said).expect("a server");
        let address = line.split("http://").nth(1).and_then(|it| it.split('/').next());
        let address = address.expect("an address").to_owned();
        Self {
            executable: program,
            content: content.to_owned(),
            socket: (address == ours).then_some(socket),
            address,
            child,
            said,
        }
    }

    /// Whether a socket is handed from one server to the next, so that nobody may be refused.
    pub(crate) fn hands_over(&self) -> bool {
        self.socket.is_some()
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Asks the server to end, and starts the next one.
    pub(crate) fn restart(&mut self, run: &Run) -> Result<(), String> {
        run.restarts.fetch_add(1, Ordering::SeqCst);
        let asked = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status();
        if !asked.is_ok_and(|it| it.success()) {
            return Err("the server cannot be asked to end".into());
        }
        let ended = self.child.wait().map_err(|error| error.to_string())?;
        if !ended.success() {
            return Err(format!("asked to end, the server {ended}"));
        }
        let (child, _) = start(
            &self.executable,
            &self.content,
            &self.address,
            self.socket.as_ref(),
            &self.said,
        )?;
        self.child = child;
        run.restarts.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    /// The last lines on standard error.
    pub(crate) fn said(&self) -> String {
        let said = self.said.lock().expect("no panic");
        said.iter().flat_map(|line| [line, "\n"]).collect()
    }

    /// The memory it holds, in words, where the system tells it.
    pub(crate) fn memory(&self) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.map_or_else(String::new, |it| format!("{} in memory", it.trim()))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Hands standard input over as the first socket, by the protocol of systemd, whose number for it is 3.
const HAND_OVER: &str = "exec 3<&0 </dev/null; LISTEN_FDS=1 LISTEN_PID=$$; export LISTEN_FDS LISTEN_PID; exec \"$0\" \"$@\"";

/// Starts a server and waits for its first line.
fn start(
    program: &Path,
    content: &Path,
    address: &str,
    socket: Option<&TcpListener>,
    said: &Arc<Mutex<VecDeque<String>>>,
) -> Result<(Child, String), String> {
    let mut command = Command::new(if socket.is_some() { Path::new("sh") } else { program });
    let input = match socket {
        Some(socket) => {
            command.args(["-c", HAND_OVER]).arg(program);
            let socket = socket.try_clone().map_err(|error| error.to_string())?;
            Stdio::from(OwnedFd::from(socket))
        }
        None => Stdio::null(),
    };
    for variable in ["CONTENT", "SITE_URL", "LISTEN", "LOG", "POLL"] {
        command.env_remove(format!("SHOWCASE_{variable}"));
    }
    let mut child = command
        .args(["serve", "--listen", address, "--content"])
        .arg(content)
        .stdin(input)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("the server cannot be started: {error}"))?;
    let (errors, heard) = (child.stderr.take().expect("a pipe"), Arc::clone(said));
    thread::spawn(move || {
        for line in BufReader::new(errors).lines().map_while(Result::ok) {
            let mut heard = heard.lock().expect("no panic");
            heard.push_back(line);
            if heard.len() > KEPT {
                heard.pop_front();
            }
        }
    });
    let output = child.stdout.take().expect("a pipe");
    let (sender, lines) = channel();
    thread::spawn(move || {
        let mut line = String::new();
        let _ = BufReader::new(output).read_line(&mut line);
        let _ = sender.send(line);
    });
    match lines.recv_timeout(PATIENCE) {
        Ok(line) if line.contains("http://") => Ok((child, line)),
        _ => {
            let _ = child.kill();
            let _ = child.wait();
            Err("the server did not start".into())
        }
    }
}
