//! The commands: those that say or write something and end, and those that [`serve`].

use std::fs;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::ValueEnum;
use jiff::civil::Date;
use showcase::content::{self, Drafts};

pub(crate) mod serve;

/// How problems are printed.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// For people, with the lines that the problems stand in.
    Text,
    /// For programs.
    Json,
    /// For the annotations of GitHub Actions.
    Github,
}

/// What `check` does beside reporting.
#[derive(Clone, Copy)]
pub(crate) struct Check {
    /// How problems are printed.
    pub(crate) format: Format,
    /// Whether warnings count as errors.
    pub(crate) deny_warnings: bool,
    /// Whether to mend first what can be mended.
    pub(crate) fix: bool,
}

/// Reports every problem of the content.
pub(crate) fn check(folder: &Path, options: Check) -> anyhow::Result<ExitCode> {
    let diagnostics = if options.fix {
        let fixed = content::fix(folder)?;
        // Standard output belongs to the problems, which may be read by a program.
        for problem in &fixed.mended {
            eprintln!("fixed {problem}");
        }
        fixed.left
    } else {
        content::load(folder, Drafts::Hide)?.1
    };
    let mut out = std::io::stdout().lock();
    let text = match options.format {
        Format::Text => diagnostics.text(out.is_terminal()) + &diagnostics.summary() + "\n",
        Format::Json => diagnostics.json(),
        Format::Github => diagnostics.github(),
    };
    out.write_all(text.as_bytes()).context("cannot print")?;
    let failed = diagnostics.errors() > 0 || (options.deny_warnings && !diagnostics.is_empty());
    Ok(ExitCode::from(u8::from(failed)))
}

/// Lays a new project down and says what to do next.
pub(crate) fn new(folder: &Path, slug: &str, today: Date) -> anyhow::Result<ExitCode> {
    let files = content::draft(folder, slug, today)?;
    for file in &files {
        println!("wrote {}", file.display());
    }
    println!();
    println!("1. `showcase preview` shows it, marked as a draft, and again with every save.");
    println!("2. Write project.yaml, the text of every language, and motif.svg.");
    println!("3. `showcase check` names what is wrong, and where.");
    println!(
        "4. Take `draft: true` out of project.yaml, and run `showcase check --fix`, which adds"
    );
    println!("   the new address to permalinks.lock.");
    Ok(ExitCode::SUCCESS)
}

/// Writes the JSON Schemas of the YAML files.
pub(crate) fn schema(folder: &Path) -> anyhow::Result<ExitCode> {
    let target = folder.join("schema");
    fs::create_dir_all(&target).with_context(|| format!("cannot make {}", target.display()))?;
    for (name, text) in content::schema() {
        let file = target.join(name);
        fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        println!("wrote {}", file.display());
    }
    Ok(ExitCode::SUCCESS)
}
