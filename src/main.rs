//! The `showcase` program: arguments, printing, exit codes.

use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use showcase::content::{self, ContentDir, NewSite};
use showcase::diagnostic::printable;
use showcase::draw;
use showcase::model::{Days, Entries};

mod commands;

use commands::CheckArgs;
use commands::export::{ExportArgs, export};
use commands::serve::{Mode, ServeArgs, serve};

/// The recap of a meetup, from content files to a web site.
#[derive(Parser)]
#[command(name = "showcase", version, arg_required_else_help = false)]
struct Arguments {
    /// The folder of content files
    #[arg(long, global = true, env = "SHOWCASE_CONTENT", default_value = "content")]
    content: PathBuf,
    /// Follow links in it that lead out of it, which are errors otherwise
    #[arg(long, global = true)]
    follow_outside_links: bool,
    /// How much memory the program may take, in MB; content that would need more is an error
    #[arg(long, global = true, env = "SHOWCASE_MEMORY", default_value_t = 512)]
    memory: u64,
    /// Where sizes of pictures are kept, outside of the content [default: the user's cache folder]
    #[arg(long, global = true, env = "SHOWCASE_CACHE")]
    cache: Option<PathBuf>,
    /// Where the site is published, such as <https://example.org/recap/>
    #[arg(long, global = true, env = "SHOWCASE_SITE_URL", value_parser = site_url)]
    site_url: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site (the default); an edit shows at once, and errors keep the last good site up
    Serve(ServeArgs),
    /// Serve the site to those who write it: drafts and problems show, and pages reload by themselves
    Preview(ServeArgs),
    /// Report every problem of the content: exit 0 without errors, 1 with, 2 if it could not run
    Check(CheckArgs),
    /// Write the site as plain files for any web server or host, all or nothing
    Export(ExportArgs),
    /// Lay down a site for another event, in a folder that is new or empty
    Init {
        /// The folder
        dir: PathBuf,
        /// What the event is called; as the folder, where it is not said
        #[arg(long)]
        name: Option<String>,
        /// Its day, or its first and last as in 2024-10-10..2024-10-11; today, where it is not said
        #[arg(long)]
        date: Option<String>,
        /// The language of the site
        #[arg(long, default_value = "en")]
        language: String,
        /// What was presented: projects, talks, sessions or demos
        #[arg(long, default_value = "talks", value_parser = entries)]
        entries: Entries,
    },
    /// Lay down a new project to fill in, in every language
    New {
        /// Its name in URLs and of its folder, such as night-train
        slug: String,
    },
    /// Ask a server for its health: exit 0 if it is ready, 1 if not, 2 without an answer
    Health {
        /// The address and port that it listens on, or the port alone
        #[arg(long, env = "SHOWCASE_LISTEN", default_value = "127.0.0.1:3000", value_parser = commands::address)]
        listen: String,
    },
    /// Write content/schema/, by which editors complete and check the YAML files
    Schema,
    /// Draw for another of the commands, which is at the other end of standard input
    #[command(hide = true)]
    DrawWorker,
}

/// The days of an event; without any, today, in UTC, as there may be no time zone data.
fn days(text: Option<&str>) -> anyhow::Result<Days> {
    let now = jiff::Timestamp::now();
    let today = || now.to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let text = text.map_or_else(today, str::to_owned);
    let help =
        "write year, month and day, such as 2024-10-10, or 2024-10-10..2024-10-11 for several days";
    Days::try_from(text.clone()).map_err(|_| anyhow::anyhow!("--date {text}: {help}"))
}

fn entries(text: &str) -> Result<Entries, String> {
    Entries::of_folder(text).ok_or_else(|| "write projects, talks, sessions or demos".to_owned())
}

fn site_url(text: &str) -> Result<String, String> {
    if content::is_site_url(text) {
        Ok(text.to_owned())
    } else {
        Err("write a scheme, a host and perhaps a path, such as https://example.org/recap/".into())
    }
}

/// Where this user's programs keep what they can make again: as systemd says, or as desktops do.
fn cache_folder() -> Option<PathBuf> {
    let variable = |name| {
        let path = env::var_os(name).filter(|it| !it.is_empty()).map(PathBuf::from);
        path.filter(|it| it.is_absolute())
    };
    let of_desktops =
        || variable("XDG_CACHE_HOME").or_else(|| Some(variable("HOME")?.join(".cache")));
    variable("CACHE_DIRECTORY").or_else(|| Some(of_desktops()?.join("showcase")))
}

fn main() -> ExitCode {
    let matches = commands::without_empty(Arguments::command()).get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let folder = ContentDir {
        path: arguments.content,
        follow_outside_links: arguments.follow_outside_links,
        memory: arguments.memory.saturating_mul(1 << 20),
    };
    let (folder, url) = (&folder, arguments.site_url);
    let cache = arguments.cache.filter(|it| !it.as_os_str().is_empty());
    let cache = cache.or_else(cache_folder);
    let cache = cache.as_deref();
    let command = arguments.command.unwrap_or_else(|| Command::Serve(ServeArgs::default()));
    let result = match command {
        Command::Serve(arguments) => serve(folder, url, cache, &arguments, Mode::Serve),
        Command::Preview(arguments) => serve(folder, url, cache, &arguments, Mode::Preview),
        Command::Check(arguments) => commands::check(folder, cache, &arguments),
        Command::Export(arguments) => export(folder, url, cache, &arguments),
        Command::Init { dir, name, date, language, entries } => {
            let folder = ContentDir { path: dir, ..folder.clone() };
            days(date.as_deref()).and_then(|date| {
                let site = NewSite { name, date, language, entries };
                commands::init(&folder, &site)
            })
        }
        Command::New { slug } => commands::new(folder, &slug),
        Command::Health { listen } => commands::health::health(&listen),
        Command::Schema => commands::schema(&folder.path),
        Command::DrawWorker => draw::work(),
    };
    result.unwrap_or_else(|error| {
        let is_here = !folder.path.exists() && Path::new("event.yaml").exists();
        let hint = if is_here { "; for the folder that you are in, say `--content .`" } else { "" };
        eprintln!("showcase: {}{hint}", printable(&format!("{error:#}")));
        ExitCode::from(2)
    })
}
