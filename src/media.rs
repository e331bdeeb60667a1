//! Files that people bring home: what they are, and what is published of them.
//!
//! 1. [`mod@file`] is one that stays on disk. [`kind`] tells what a file is by how it begins, and lists which files a site serves as they are.
//! 2. [`decode`] reads the pixels of a picture; [`raster`] turns them upright, brings them to sRGB, makes them smaller and
//!    encodes them. [`strip`] keeps what moves as it is, without its metadata.
//! 3. [`store`] has that done once for each picture, and keeps what comes out on disk.
//! 4. [`player`] knows films that are on other sites.
//!
//! Nothing here opens a path that a request or a text gave: a [`File`] is opened by whoever listed the folder.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::svg::Svg;

mod decode;
mod file;
mod kind;
mod player;
mod raster;
mod store;
mod strip;

pub use file::{Contents, File, Stamp};
pub use kind::{Kind, is_film, served_as};
pub use player::Player;
pub use raster::{Job, Raster, work};
pub use store::{Make, Original, Served, Store};

/// A file that texts or facts name, and what is published of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Medium {
    /// Written anew.
    Drawing(Svg),
    /// In sizes of its own.
    Picture(Arc<Original>),
    /// As it is.
    File(File),
}

/// Those of some files whose paths begin so.
pub fn within<'a, T>(
    files: &'a BTreeMap<String, T>,
    start: &str,
) -> impl Iterator<Item = (&'a str, &'a T)> + use<'a, T> {
    let start = start.to_owned();
    let from = files.range(start.clone()..);
    let inside = from.take_while(move |(path, _)| path.starts_with(&start));
    inside.map(|(path, it)| (path.as_str(), it))
}

/// A file of captions, and what its name says of it.
pub struct Captions<'a> {
    pub path: &'a str,
    /// The code of its language, if the name has one.
    pub language: Option<&'a str>,
    /// Whether it names the chapters, and not what is said.
    pub are_chapters: bool,
}

/// The captions that lie beside a film among some files: `talk.en.vtt` and `talk.en.chapters.vtt` beside `talk.mp4`.
pub fn captions<'a, T>(
    files: &'a BTreeMap<String, T>,
    film: &str,
) -> impl Iterator<Item = Captions<'a>> + use<'a, T> {
    let stem = film.rsplit_once('.').map(|(stem, _)| format!("{stem}."));
    let beside = stem.into_iter().flat_map(|stem| {
        let length = stem.len();
        within(files, &stem).map(move |(path, _)| (path, &path[length..]))
    });
    beside.filter_map(|(path, rest)| {
        let (name, ending) = rest.rsplit_once('.').unwrap_or(("", rest));
        let chapters = name.strip_suffix("chapters");
        let code = chapters.unwrap_or(name).trim_end_matches('.');
        ending.eq_ignore_ascii_case("vtt").then_some(Captions {
            path,
            language: Some(code).filter(|it| !it.is_empty()),
            are_chapters: chapters.is_some(),
        })
    })
}

impl Medium {
    /// How large it is shown at most, in pixels.
    pub fn size(&self) -> Option<(u32, u32)> {
        match self {
            Self::Drawing(svg) => svg.shown_size(),
            Self::Picture(original) => original.raster.sizes().pop(),
            Self::File(_) => None,
        }
    }

    /// Where it is on the site, as what stands at this path of the content.
    pub fn address(&self, path: &str) -> String {
        match self {
            Self::Picture(original) => original.largest(),
            _ => format!("/{path}"),
        }
    }
}
