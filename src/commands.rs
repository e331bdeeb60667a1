//! The commands: those that say or write something and end, as [`mod@export`] does, those that [`mod@serve`], and one
//! that asks another that serves for its [`health`].

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Parser, ValueEnum};
use showcase::assets::ImageFormat;
use showcase::content::{self, ContentDir, Drafts, NewSite};
use showcase::diagnostic::printable;
use showcase::svg::Svg;

mod allocator;
pub(crate) mod export;
pub(crate) mod health;
pub(crate) mod process;
pub(crate) mod serve;

/// What drawings are tried as: no image that is made of them is larger.
const PROBE: ImageFormat = ImageFormat::Png(512, 512);

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
    let draw = |svg: &Svg| workers.draw(&svg.to_string(), PROBE).map(drop);
    let store = process::store(cache, &folder.path)?;
    let (_, diagnostics) = content::load_with(folder, Drafts::Hide, &draw, &store)?;
    let colour = std::io::stdout().is_terminal();
    let text = match arguments.format {
        Format::Text => diagnostics.text(colour) + &diagnostics.summary() + "\n",
        Format::Json => diagnostics.json(),
        Format::Github => diagnostics.github(),
    };
    print(&text)?;
    let failed = diagnostics.errors() > 0 || (arguments.deny_warnings && !diagnostics.is_empty());
    Ok(ExitCode::from(u8::from(failed)))
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
    let next = BEGIN
        .replace("ENTRIES", site.entries.folder())
        .replace("DIR", &dir);
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
    let lines = files
        .into_iter()
        .map(|it| format!("wrote {}\n", it.display()));
    lines.collect()
}

/// Prints a whole answer; `println!` would panic where nobody reads on.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    let printed = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    printed.context("cannot print")
}
