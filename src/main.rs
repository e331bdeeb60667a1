//! The `showcase` program: arguments, printing, exit codes.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, Subcommand, ValueEnum};
use showcase::content::{self, Drafts};

mod commands;

use commands::serve::{For, Serving, serve};

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
    /// Serve the site (the default); an edit shows at once, and errors keep the last good site up
    Serve(Serving),
    /// Serve the site to those who write it: drafts and problems show, and pages reload by themselves
    Preview(Serving),
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
    let (folder, url) = (&arguments.content, arguments.site_url);
    let command = arguments
        .command
        .unwrap_or_else(|| Command::Serve(Serving::default()));
    let result = match command {
        Command::Serve(serving) => serve(folder, url, &serving, For::Readers),
        Command::Preview(serving) => serve(folder, url, &serving, For::Editors),
        Command::Check {
            format,
            deny_warnings,
        } => check(folder, format, deny_warnings),
    };
    result.unwrap_or_else(|error| {
        eprintln!("showcase: {error:#}");
        ExitCode::from(2)
    })
}

fn check(folder: &Path, format: Format, deny_warnings: bool) -> anyhow::Result<ExitCode> {
    let (_, diagnostics) = content::load(folder, Drafts::Hide)?;
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
