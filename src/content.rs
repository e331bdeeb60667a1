//! From a folder of files to a checked website, or to every reason why not.
//!
//! 1. [`source`] reads the folder into memory and normalises it.
//! 2. [`yaml`] turns a file into a tree that knows its places, with [`slips`] of the keyboard mended, and [`document`] reads the types of the model from it, with
//!    [`dates`] as they are written.
//! 3. [`markdown`] turns a write-up into HTML with open links, and finds what is wrong in it; [`captions`] reads what is
//!    said in films.
//! 4. [`check`] turns both into the [model](crate::model), naming whatever is wrong.
//!
//! Beside this: [`fix()`] mends what can be mended in the files, [`scaffold()`] lays a new project down,
//! and [`schema()`] describes the files to editors; all of it by [`mod@write`], which never leaves the folder.

use crate::assets::{self, ImageFormat};
use crate::diagnostic::Diagnostics;
use crate::media::Store;
use crate::model::Website;

mod captions;
mod check;
mod dates;
mod document;
mod fix;
mod markdown;
mod samples;
mod scaffold;
mod schema;
mod shape;
mod slips;
mod source;
mod write;
mod yaml;

pub use check::is_site_url;
pub use fix::fix;
pub use scaffold::{NewSite, init, scaffold};
pub use schema::{keys_page, schema, write_schemas};
pub use source::ContentDir;
pub use write::{write_file, write_folder};

/// Whether projects that are not ready (`draft: true`) are part of the website. They are checked either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drafts {
    Hide,
    Show,
}

/// Reads and checks a content folder: the website, if no error stands against it, and everything that there is to
/// say about the content. Fails only where there is no folder to read.
pub fn load(dir: &ContentDir, drafts: Drafts) -> anyhow::Result<(Option<Website>, Diagnostics)> {
    load_with(dir, drafts, &draw_here, &Store::default())
}

/// Draws a drawing, or says why it cannot be drawn.
pub type Draw<'a> = &'a (dyn Fn(&str, ImageFormat) -> Result<Vec<u8>, String> + Sync);

/// What a drawing is drawn as to see whether it can be: what nobody publishes need not be made.
pub const PROBE: ImageFormat = ImageFormat::Png(512, 512);

/// In this process, and nothing that is not published: for content that is trusted.
pub fn draw_here(svg: &str, format: ImageFormat) -> Result<Vec<u8>, String> {
    match format {
        PROBE => Ok(Vec::new()),
        format => assets::draw(svg, format),
    }
}

/// The same where nothing is published, and no drawing of others is to be read.
fn load_facts(dir: &ContentDir, drafts: Drafts) -> anyhow::Result<(Option<Website>, Diagnostics)> {
    const ANY: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>";
    let store = Store::default();
    load_with(dir, drafts, &|_, _| Ok(ANY.into()), &store)
}

/// The same, with a problem for each drawing that cannot be drawn, and with pictures that were looked through before.
pub fn load_with(
    dir: &ContentDir,
    drafts: Drafts,
    draw: Draw<'_>,
    store: &Store,
) -> anyhow::Result<(Option<Website>, Diagnostics)> {
    let mut diagnostics = Diagnostics::default();
    diagnostics.begin_paths_with(&dir.path);
    let folder = source::read(dir, &mut diagnostics)?;
    Ok(check_folder(&folder, drafts, draw, store, diagnostics))
}

/// The same for a folder in memory: each file's path in it, with forward slashes, and what stands in it.
pub fn load_files(
    files: impl IntoIterator<Item = (String, Vec<u8>)>,
    drafts: Drafts,
    draw: Draw<'_>,
) -> (Option<Website>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let folder = source::take(files, &mut diagnostics);
    let store = Store::default();
    check_folder(&folder, drafts, draw, &store, diagnostics)
}

fn check_folder(
    folder: &source::Folder,
    drafts: Drafts,
    draw: Draw<'_>,
    store: &Store,
    mut diagnostics: Diagnostics,
) -> (Option<Website>, Diagnostics) {
    let website = check::check(folder, drafts, draw, store, &mut diagnostics);
    diagnostics.sort();
    (website.filter(|_| diagnostics.errors() == 0), diagnostics)
}
