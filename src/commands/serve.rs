//! `serve` and `preview`: the site on a port, following its files.

use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use anyhow::Context;
use clap::builder::FalseyValueParser;
use clap::{CommandFactory, FromArgMatches, Parser};
use showcase::content::{ContentDir, Drafts};
use showcase::render::BaseUrl;
use showcase::serve::{self, CurrentSite, Limits, Options};
use showcase::site::Site;
use showcase::watch::{self, BuildConfig, BuildResult, Built, ChangeWatcher};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::process::{self, LogFormat, Signals};

/// Where and how a site is served.
#[derive(Parser)]
pub(crate) struct ServeArgs {
    /// The address and port to listen on, or the port alone
    #[arg(long, env = "SHOWCASE_LISTEN", default_value = "127.0.0.1:3000", value_parser = super::address)]
    listen: String,
    /// Compare the files at intervals instead of waiting for the system's reports, as network mounts need it
    #[arg(long, env = "SHOWCASE_POLL", value_parser = FalseyValueParser::new())]
    poll: bool,
    /// How lines about the server's own doings are written to standard error
    #[arg(long, env = "SHOWCASE_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    log: LogFormat,
    /// Write a line about each request
    #[arg(long, env = "SHOWCASE_ACCESS_LOG", value_parser = FalseyValueParser::new())]
    access_log: bool,
}

impl Default for ServeArgs {
    /// As without any argument: what the environment says, or else the defaults.
    fn default() -> Self {
        let command = super::without_empty(Self::command());
        let matches = command.get_matches_from(["showcase"]);
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }
}

/// Whom a site is served for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Serve,
    Preview,
}

/// Serves until the program is asked to end.
pub(crate) fn serve(
    content: &ContentDir,
    site_url: Option<String>,
    cache: Option<&Path>,
    arguments: &ServeArgs,
    mode: Mode,
) -> anyhow::Result<ExitCode> {
    process::start_log(arguments.log, arguments.access_log);
    // It takes variables out of the environment, which is safe while there is one thread.
    let inherited_socket = process::inherited_socket()?;
    // With one processor there is nobody to share work with, and no need to look whether somebody does.
    let mut runtime = if thread::available_parallelism().is_ok_and(|it| it.get() == 1) {
        tokio::runtime::Builder::new_current_thread()
    } else {
        tokio::runtime::Builder::new_multi_thread()
    };
    runtime.enable_all().build()?.block_on(run(
        content,
        site_url,
        cache,
        arguments,
        mode,
        inherited_socket,
    ))
}

async fn run(
    content: &ContentDir,
    site_url: Option<String>,
    cache: Option<&Path>,
    arguments: &ServeArgs,
    mode: Mode,
    inherited_socket: Option<std::net::TcpListener>,
) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let preview = mode == Mode::Preview;
    let listener = match inherited_socket {
        Some(listener) => TcpListener::from_std(listener)?,
        None => TcpListener::bind(&arguments.listen)
            .await
            .with_context(|| format!("cannot listen on {}", arguments.listen))?,
    };
    let address = format!("http://{}", listener.local_addr()?);
    let config = BuildConfig {
        content: content.clone(),
        drafts: if preview { Drafts::Show } else { Drafts::Hide },
        site_url,
        fallback_url: Some(address.clone()),
        assets: process::assets(cache, &content.path)?,
    };
    // Before the files are read for the first time, so that no change falls in between.
    let watcher = ChangeWatcher::new(content, arguments.poll);
    let result = config.build();
    if !preview {
        if let Some(failure) = result.failure {
            anyhow::bail!(failure);
        }
        if result.built.is_none() {
            report_problems(&result);
            eprintln!("showcase: not started, because of the errors above");
            return Ok(ExitCode::FAILURE);
        }
    }
    let mut limits = Limits::default();
    limits.connections = process::raise_fd_limit(limits.connections);
    let url = result.built.as_ref().map(|it| it.url.as_str());
    // What an editor calls the preview: as it is published, or as it listens.
    let names = || {
        let published = config.site_url.as_deref().map(BaseUrl::new);
        let published = published.map(|it| it.authority().to_owned());
        published.into_iter().chain([arguments.listen.clone()])
    };
    let options = Options {
        limits,
        secure: url.is_some_and(|it| it.starts_with("https://")),
        preview: preview.then(|| names().collect()),
    };
    report_problems(&result);
    let mut signals = Signals::new()?;
    print_ready_line(&address, result.built.as_ref(), start);
    // Nothing, until there is something.
    let current = CurrentSite::new(Site::builder().build()?);
    current.update(result);
    let shown = current.clone();
    // The thread ends with the program.
    thread::spawn(move || {
        watch::rebuild_on_change(&config, watcher, |result| publish(&shown, result))
    });
    let (end, asked_to_end) = oneshot::channel::<()>();
    let asked_to_end = async { drop(asked_to_end.await) };
    let serving = serve::run(listener, current, options, asked_to_end);
    let asked_twice = async {
        signals.next().await;
        drop(end);
        signals.next().await
    };
    tokio::select! {
        () = serving => Ok(ExitCode::SUCCESS),
        // As a shell tells of a program that a signal has ended.
        signal = asked_twice => Ok(ExitCode::from(128 + signal)),
    }
}

fn publish(current: &CurrentSite, result: BuildResult) {
    let problems = format_problems(&result);
    let done = match result.built {
        Some(_) => "updated",
        None => "still showing the last good state",
    };
    if current.update(result) {
        eprintln!("{problems}showcase: {done}");
    }
}

/// Problems, as they are said beside a running site.
fn format_problems(result: &BuildResult) -> String {
    if result.failure.is_none() && result.diagnostics.is_empty() {
        return String::new();
    }
    let colour = std::io::stderr().is_terminal();
    result.diagnostics.text(colour) + &result.summary() + "\n"
}

pub(super) fn report_problems(result: &BuildResult) {
    eprint!("{}", format_problems(result));
}

/// The first line on standard output: whoever started the program can wait for it.
fn print_ready_line(address: &str, built: Option<&Built>, start: Instant) {
    let milliseconds = start.elapsed().as_millis();
    match built {
        Some(Built { url, projects, languages, .. }) => println!(
            "showcase: {address}{}/ {projects} projects, {languages}, {milliseconds} ms",
            BaseUrl::new(url).mount()
        ),
        None => println!(
            "showcase: {address}/ nothing to show until the errors are mended, {milliseconds} ms"
        ),
    }
}
