//! What a command has of its process: others to draw in, its log, the socket it was handed, its signals and its share
//! of files.

use std::env;
use std::io::IsTerminal;
use std::net::TcpListener;
use std::path::{self, Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, ensure};
use clap::ValueEnum;
use listenfd::ListenFd;
use rustix::io::{FdFlags, fcntl_setfd};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use showcase::assets::Assets;
use showcase::draw::Workers;
use showcase::media::Store;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Assets whose images are drawn by workers that run this program.
pub(crate) fn assets(cache: Option<&Path>, content: &Path) -> anyhow::Result<Assets> {
    let workers = workers()?;
    let draw = move |svg: &str, format| workers.draw(svg, format);
    let mut assets = Assets::new(draw);
    assets.media = Arc::new(store(cache, content)?);
    Ok(assets)
}

/// What is made of the pictures of a content folder, by workers as well. It is kept in a folder of its own in the cache.
pub(crate) fn store(cache: Option<&Path>, content: &Path) -> anyhow::Result<Store> {
    let workers = workers()?;
    let make = Box::new(move |job, bytes: &[u8]| workers.picture(job, bytes));
    let content = content.canonicalize().unwrap_or_else(|_| content.to_owned());
    let Some(cache) = cache else {
        return Ok(Store::new(None, make));
    };
    let cache = path::absolute(cache)?;
    ensure!(
        !cache.starts_with(&content),
        "--cache {}: name a folder outside of the content",
        cache.display()
    );
    let hash = blake3::hash(content.as_os_str().as_encoded_bytes()).to_hex();
    Ok(Store::new(Some(cache.join(&hash[..16])), make))
}

/// Workers that run this very program, even where an upgrade has put another one in its place.
pub(crate) fn workers() -> anyhow::Result<Workers> {
    let own = PathBuf::from("/proc/self/exe");
    let program = if own.exists() { own } else { env::current_exe()? };
    Ok(Workers::new(program))
}

/// How lines of the log are written.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum LogFormat {
    /// For people.
    Text,
    /// An object a line, for programs.
    Json,
}

/// Begins to write the log to standard error. `SHOWCASE_LOG` says what is worth a line, such as `debug`.
pub(crate) fn start_log(format: LogFormat, access: bool) {
    let mut filter =
        EnvFilter::try_from_env("SHOWCASE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    if access && let Ok(directive) = "access=info".parse() {
        filter = filter.add_directive(directive);
    }
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
}

/// The socket that systemd or another parent listens on for us (`sd_listen_fds(3)`), if there is one. It outlives
/// this process, so that nobody is refused while another takes over.
pub(crate) fn inherited_socket() -> anyhow::Result<Option<TcpListener>> {
    let listener = ListenFd::from_env()
        .take_tcp_listener(0)
        .context("the socket that was handed over is not one for TCP")?;
    if let Some(listener) = &listener {
        listener.set_nonblocking(true)?;
        // Nor does it stay open with a worker.
        fcntl_setfd(listener, FdFlags::CLOEXEC)?;
    }
    Ok(listener)
}

/// So many connections, or as many as the system lets the process have beside its files. The limit on open files
/// is raised first: many systems begin with 1,024, for the sake of programs that are older than most visitors.
pub(crate) fn raise_fd_limit(connections: usize) -> usize {
    const OTHERS: u64 = 64;
    let wanted = connections as u64 + OTHERS;
    let limit = getrlimit(Resource::Nofile);
    let (now, most) = (limit.current.unwrap_or(u64::MAX), limit.maximum.unwrap_or(u64::MAX));
    let mut files = now;
    if now < wanted {
        let raised = Rlimit { current: Some(wanted.min(most)), maximum: limit.maximum };
        if setrlimit(Resource::Nofile, raised).is_ok() {
            files = wanted.min(most);
        }
    }
    let room = usize::try_from(files.saturating_sub(OTHERS)).unwrap_or(usize::MAX);
    if room < connections {
        tracing::warn!(room, "the system lets this process have few files, and so few connections");
    }
    room.clamp(1, connections)
}

/// That the program is asked to end. It listens from the start on, not from the first wait, so that whoever reads
/// the first line may ask at once.
pub(crate) struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    pub(crate) fn new() -> anyhow::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// The number of the next signal.
    pub(crate) async fn next(&mut self) -> u8 {
        tokio::select! {
            _ = self.terminate.recv() => 15,
            _ = self.interrupt.recv() => 2,
        }
    }
}
