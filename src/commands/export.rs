//! `export`: the site as plain files.

use std::mem;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use showcase::content::{ContentDir, Drafts};
use showcase::diagnostic::printable;
use showcase::export::{self, Exported, Options};
use showcase::site::Encoding;
use showcase::watch::BuildConfig;

use super::process;
use super::serve::report_problems;

/// Where the files go, and which.
#[derive(Parser)]
pub(crate) struct ExportArgs {
    /// The folder to write: a new one, an empty one, or one that an export has written
    dir: PathBuf,
    /// Which smaller forms stand beside the files, for servers that send them as they are
    #[arg(long, value_enum, default_value_t = Compress::All)]
    compress: Compress,
    /// Leave out the pictures that messengers show beside a link, of which every page has one
    #[arg(long)]
    no_cards: bool,
    /// Leave out the JSON and Markdown of projects, of which every page has one each
    #[arg(long)]
    no_data: bool,
}

/// The smaller forms of a file.
#[derive(Clone, Copy, ValueEnum)]
enum Compress {
    /// Brotli and gzip
    All,
    /// Gzip alone
    Gzip,
    /// None, for hosts that compress by themselves
    None,
}

/// Writes the site, unless an error stands against it.
pub(crate) fn export(
    content: &ContentDir,
    site_url: Option<String>,
    cache: Option<&Path>,
    arguments: &ExportArgs,
) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let mut assets = process::assets(cache, &content.path)?;
    assets.has_cards = !arguments.no_cards;
    assets.has_data = !arguments.no_data;
    let config = BuildConfig {
        content: content.clone(),
        drafts: Drafts::Hide,
        site_url,
        fallback_url: None,
        assets,
    };
    let mut options = Options {
        encodings: match arguments.compress {
            Compress::All => vec![Encoding::Brotli, Encoding::Gzip],
            Compress::Gzip => vec![Encoding::Gzip],
            Compress::None => Vec::new(),
        },
        secure: false,
        protected_dirs: vec![content.path.clone()],
    };
    export::can_export(&arguments.dir, &options)?;
    let result = config.build();
    // There is no edit to remember anything for; what is let go of meanwhile is room for what is written.
    thread::spawn(move || drop(config));
    if let Some(failure) = result.failure {
        anyhow::bail!(failure);
    }
    report_problems(&result);
    let Some(built) = result.built else {
        eprintln!("showcase: nothing was written, because of the errors above");
        return Ok(ExitCode::FAILURE);
    };
    options.secure = built.url.starts_with("https://");
    let Exported { files, bytes, missing } = export::export(&built.site, &arguments.dir, &options)?;
    for it in missing {
        eprintln!("showcase: {}", printable(&it));
    }
    let (dir, url) = (arguments.dir.display(), &built.url);
    let kilobytes = bytes.div_ceil(1000);
    let milliseconds = start.elapsed().as_millis();
    super::print(&format!(
        "showcase: {dir} holds {url}: {files} files, {kilobytes} kB, {milliseconds} ms\n"
    ))?;
    // The process ends here, which is quicker than taking a large site apart first.
    mem::forget(built);
    Ok(ExitCode::SUCCESS)
}
