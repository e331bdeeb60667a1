//! The `showcase` program: arguments, printing, exit codes.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

use anyhow::Context;
use clap::{Parser, Subcommand, ValueEnum};
use showcase::assets::Assets;
use showcase::content;
use showcase::diagnostic::Diagnostics;
use showcase::model::Website;
use showcase::render::{self, Place};
use showcase::serve::{self, Live, Options, Snapshot, State};
use showcase::site::Site;
use tokio::net::TcpListener;

/// The recap of a meetup, from content files to a web site.
#[derive(Parser)]
#[command(name = "showcase", version, arg_required_else_help = false)]
struct Arguments {
    /// The folder of content files
    #[arg(
        long,
        global = true,
        env = "SHOWCASE_CONTENT",
        default_value = "content"
    )]
    content: PathBuf,
    /// Where the site is published, such as <https://example.org/recap/>
    #[arg(long, global = true, env = "SHOWCASE_SITE_URL", value_parser = site_url)]
    site_url: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site (the default)
    Serve {
        /// The address and port to listen on
        #[arg(long, env = "SHOWCASE_LISTEN", default_value = LISTEN)]
        listen: String,
    },
    /// Report every problem of the content: exit 0 without errors, 1 with, 2 if it could not run
    Check {
        /// How problems are printed
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Count warnings as errors
        #[arg(long)]
        deny_warnings: bool,
    },
}

const LISTEN: &str = "127.0.0.1:3000";

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Github,
}

fn site_url(text: &str) -> Result<String, String> {
    if content::is_site_url(text) {
        Ok(text.to_owned())
    } else {
        Err("write a scheme, a host and perhaps a path, such as https://example.org/recap/".into())
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let folder = &arguments.content;
    let result = match arguments.command {
        Some(Command::Check {
            format,
            deny_warnings,
        }) => check(folder, format, deny_warnings),
        Some(Command::Serve { listen }) => serve(folder, arguments.site_url, &listen),
        None => {
            let listen = std::env::var("SHOWCASE_LISTEN").unwrap_or_else(|_| LISTEN.to_owned());
            serve(folder, arguments.site_url, &listen)
        }
    };
    result.unwrap_or_else(|error| {
        eprintln!("showcase: {error:#}");
        ExitCode::from(2)
    })
}

fn check(folder: &Path, format: Format, deny_warnings: bool) -> anyhow::Result<ExitCode> {
    let (_, diagnostics) = content::load(folder, content::Drafts::Hide)?;
    let mut out = std::io::stdout().lock();
    let text = match format {
        Format::Text => diagnostics.text(out.is_terminal()) + &diagnostics.summary() + "\n",
        Format::Json => diagnostics.json(),
        Format::Github => diagnostics.github(),
    };
    out.write_all(text.as_bytes()).context("cannot print")?;
    let failed = diagnostics.errors() > 0 || (deny_warnings && !diagnostics.is_empty());
    Ok(ExitCode::from(u8::from(failed)))
}

/// Problems, as they are said beside a running site.
fn report(diagnostics: &Diagnostics) {
    if !diagnostics.is_empty() {
        let colour = std::io::stderr().is_terminal();
        eprintln!("{}{}", diagnostics.text(colour), diagnostics.summary());
    }
}

#[tokio::main]
async fn serve(folder: &Path, url: Option<String>, listen: &str) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    start_log();
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen on {listen}"))?;
    let address = format!("http://{}", listener.local_addr()?);
    let (website, diagnostics) = content::load(folder, content::Drafts::Hide)?;
    report(&diagnostics);
    let Some(website) = website else {
        eprintln!("showcase: not started, because of the errors above");
        return Ok(ExitCode::FAILURE);
    };
    let url = url
        .or_else(|| website.event.site_url.clone())
        .unwrap_or_else(|| address.clone());
    let place = Place::new(&url);
    let site = Site::assemble(render::render(&website, &place, &Assets::default())?)?;
    let live = Live::new(Snapshot {
        site: Arc::new(site),
        state: State {
            built_at: SystemTime::now(),
            problems: 0,
            message: None,
        },
    });
    announce(&address, &place, &website, start);
    let options = Options {
        secure: url.starts_with("https://"),
        ..Options::default()
    };
    serve::run(listener, live, options, shutdown()).await?;
    Ok(ExitCode::SUCCESS)
}

/// The first line on standard output: whoever started the program can wait for it.
fn announce(address: &str, place: &Place, website: &Website, start: Instant) {
    println!(
        "showcase: {address}{}/ {} projects, {}, {} ms",
        place.mount(),
        website.projects.len(),
        website.languages,
        start.elapsed().as_millis()
    );
}

fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("SHOWCASE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// Ends when the program is asked to end.
async fn shutdown() {
    let mut terminate =
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(signal) => signal,
            Err(_) => return std::future::pending().await,
        };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
