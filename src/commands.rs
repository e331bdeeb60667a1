//! The commands: those that say or write something and end, as [`mod@export`] does, those that [`mod@serve`], and one
//! that asks another that serves for its [`health`].

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::builder::{OsStr, Resettable};
use clap::{Command, Parser, ValueEnum};
use showcase::content::{self, ContentDir, Drafts, NewSite};
use showcase::diagnostic::printable;

mod allocator;
pub(crate) mod export;
pub(crate) mod health;
pub(crate) mod process;
pub(crate) mod serve;

/// How problems are printed.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people, with the lines that the problems stand in.
    Text,
    /// For programs.
    Json,
    /// For the annotations of GitHub Actions.
    Github,
}

#[derive(Parser)]
pub(crate) struct CheckArgs {
    /// How problems are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Count warnings as errors
    #[arg(long)]
    deny_warnings: bool,
    /// Mend first what can be mended safely, and add new addresses to permalinks.lock
    #[arg(long)]
    fix: bool,
}

/// A command for which an empty variable of the environment is none.
pub(crate) fn without_empty(command: Command) -> Command {
    let is_empty = |it: &std::ffi::OsStr| std::env::var_os(it).is_some_and(|it| it.is_empty());
    let command = command.mut_args(|it| {
        if it.get_env().is_some_and(is_empty) { it.env(Resettable::<OsStr>::Reset) } else { it }
    });
    command.mut_subcommands(without_empty)
}

/// An address and a port; a port alone is one of this machine.
pub(crate) fn address(text: &str) -> Result<String, String> {
    let port = text.strip_prefix(':').unwrap_or(text);
    if port.parse::<u16>().is_ok() {
        return Ok(format!("127.0.0.1:{port}"));
    }
    let port = text.rsplit_once(':').map(|(_, it)| it.parse::<u16>());
    match port {
        Some(Ok(_)) => Ok(text.to_owned()),
        _ => {
            Err("write an address and a port, such as 127.0.0.1:4200, or the port alone".to_owned())
        }
    }
}

/// Reports every problem of the content.
pub(crate) fn check(
    folder: &ContentDir,
    cache: Option<&Path>,
    arguments: &CheckArgs,
) -> anyhow::Result<ExitCode> {
    if arguments.fix {
        // Standard output belongs to the problems, which may be read by a program.
        for problem in content::fix(folder)? {
            eprintln!("fixed {}", printable(&problem));
        }
    }
    let workers = process::workers()?;
    let draw = |svg: &str, format| workers.draw(svg, format);
    let store = process::store(cache, &folder.path)?;
    let (_, mut diagnostics) = content::load_with(folder, Drafts::Hide, &draw, &store)?;
    let colour = std::io::stdout().is_terminal();
    let text = match arguments.format {
        Format::Text => diagnostics.text(colour) + &diagnostics.summary() + "\n",
        Format::Json => diagnostics.json(),
        Format::Github => {
            diagnostics.begin_paths_with(&in_repository(&folder.path));
            diagnostics.github()
        }
    };
    print(&text)?;
    let failed = diagnostics.errors() > 0 || (arguments.deny_warnings && !diagnostics.is_empty());
    Ok(ExitCode::from(u8::from(failed)))
}

/// The path of a folder from the repository on, in which the runner of GitHub works; from the current folder elsewhere.
fn in_repository(folder: &Path) -> PathBuf {
    let repository = std::env::var_os("GITHUB_WORKSPACE").filter(|it| !it.is_empty());
    let repository = repository.map(PathBuf::from).or(std::env::current_dir().ok());
    let whole = repository.and_then(|it| it.canonicalize().ok()).zip(folder.canonicalize().ok());
    let inside =
        whole.and_then(|(repository, it)| Some(it.strip_prefix(repository).ok()?.to_owned()));
    inside.unwrap_or_else(|| folder.to_owned())
}

const NEXT: &str = "
1. `showcase preview --content DIR` shows it, marked as a draft, and again with every save, at
   http://127.0.0.1:3000/ENTRY/
2. Write FACTS and the text of every language.
3. `showcase check --content DIR` names what is wrong, and where.
4. Take `draft: true` out of FACTS, and run it with `--fix`, which adds the new address to
   permalinks.lock.
";

const BEGIN: &str = "
1. `showcase preview --content DIR` shows the site, and again with every save, at
   http://127.0.0.1:3000/
2. `showcase new SLUG --content DIR` lays down the next one of ENTRIES.
3. `showcase check --content DIR` names what is wrong, and where.
";

/// Lays a new site down and says what to do next.
pub(crate) fn init(folder: &ContentDir, site: &NewSite) -> anyhow::Result<ExitCode> {
    let files = content::init(folder, site)?;
    let dir = folder.path.display().to_string();
    let next = BEGIN.replace("ENTRIES", site.entries.folder()).replace("DIR", &dir);
    print(&(wrote(files) + &next))?;
    Ok(ExitCode::SUCCESS)
}

/// Lays a new project down and says what to do next.
pub(crate) fn new(folder: &ContentDir, slug: &str) -> anyhow::Result<ExitCode> {
    let files = content::scaffold(folder, slug)?;
    // The facts come first, in a folder that is called as the page.
    let facts = files[0].strip_prefix(&folder.path)?.to_string_lossy();
    let (entry, facts) = facts.rsplit_once('/').unwrap_or_default();
    let next = NEXT.replace("ENTRY", entry).replace("FACTS", facts);
    let next = next.replace("DIR", &folder.path.display().to_string());
    print(&(wrote(files) + &next))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the JSON Schemas of the YAML files.
pub(crate) fn schema(folder: &Path) -> anyhow::Result<ExitCode> {
    let files = content::write_schemas(folder)?;
    print(&wrote(files.iter().map(|it| folder.join(it))))?;
    Ok(ExitCode::SUCCESS)
}

/// A line for each file that was written.
fn wrote(files: impl IntoIterator<Item = PathBuf>) -> String {
    let lines = files.into_iter().map(|it| format!("wrote {}\n", it.display()));
    lines.collect()
}

/// Prints a whole answer; `println!` would panic where nobody reads on.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let printed = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    printed.context("cannot print")
}
