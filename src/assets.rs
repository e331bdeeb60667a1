//! What the pages load besides themselves: static files, inside the program, under names that
//! change with their content.
//!
//! 1. [`fonts`] cuts the font down to the characters that a language's pages set.
//! 2. [`lettering`] draws syllables in two inks from the font's outlines.
//! 3. [`emblem`] draws what has no drawing of its own.
//! 4. [`inks`] mixes the colours of pages and drawings from two.
//! 5. [`LazyImage`] is drawn from an SVG document when it is first asked for, by [`draw`].
//! 6. [`minify`] leaves out of stylesheet and script what only their writers read.
//! 7. [`Assets`] gives all of them, and joins the parts of the stylesheet with what depends on the content.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::cache::Cache;
use crate::media::Store;

pub mod emblem;
pub mod fonts;
mod images;
pub mod inks;
pub mod lettering;
mod minify;
mod raster;

pub use images::LazyImage;
pub use raster::{ImageFormat, draw, with_font};

/// The parts of the stylesheet, in the order in which they are joined.
const STYLES: &[&str] = &[
    include_str!("../static/css/00-tokens.css"),
    include_str!("../static/css/10-base.css"),
    include_str!("../static/css/20-layout.css"),
    include_str!("../static/css/30-home.css"),
    include_str!("../static/css/35-long.css"),
    include_str!("../static/css/40-project.css"),
    include_str!("../static/css/45-pictures.css"),
    include_str!("../static/css/50-table.css"),
    include_str!("../static/css/55-schedule.css"),
    include_str!("../static/css/60-pages.css"),
    include_str!("../static/css/70-charts.css"),
    include_str!("../static/css/80-scripts.css"),
    include_str!("../static/css/90-print.css"),
];

/// The parts of the script, in the order in which they are joined.
const SCRIPTS: [&str; 5] = [
    include_str!("../static/js/10-share.js"),
    include_str!("../static/js/20-search-index.js"),
    include_str!("../static/js/30-search.js"),
    include_str!("../static/js/40-schedule.js"),
    include_str!("../static/js/50-film.js"),
];

/// The script of a page that stands where another one was.
const REDIRECT_SCRIPT: &str = include_str!("../static/redirect.js");

/// A file under a name that changes with its content, so that it can be kept for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its path on the site, such as `/assets/site-0123456789abcdef.css`.
    pub path: String,
    pub body: Vec<u8>,
}

impl Asset {
    pub fn new(name: &str, extension: &str, body: Vec<u8>) -> Self {
        let hash = blake3::hash(&body).to_hex();
        Self { path: format!("/assets/{name}-{}.{extension}", &hash[..16]), body }
    }

    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// The makers of assets, with the fonts and images made so far, so that an edit makes none again.
#[derive(Debug)]
pub struct Assets {
    /// Whether pages have preview cards.
    pub has_cards: bool,
    /// Whether projects are there as JSON and Markdown as well.
    pub has_data: bool,
    /// By the hash of their characters, or why one cannot be cut.
    fonts: Cache<Result<Asset, String>>,
    images: Arc<images::ImageCache>,
    /// What is made of pictures.
    pub media: Arc<Store>,
}

/// All that there is, with images drawn in this process: for content that is trusted.
impl Default for Assets {
    fn default() -> Self {
        Self::new(draw)
    }
}

impl Assets {
    /// All that there is, with images drawn by a function, which says why where it cannot.
    pub fn new(
        draw: impl Fn(&str, ImageFormat) -> Result<Vec<u8>, String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            media: Arc::default(),
            has_cards: true,
            has_data: true,
            // The fonts of a few languages, before and after an edit.
            fonts: Cache::with_capacity(4 << 20),
            images: Arc::new(images::ImageCache::new(Box::new(draw))),
        }
    }

    /// The script of every page: a module, so that its parts share no names with anything else.
    pub fn script() -> Asset {
        Asset::new("site", "js", minify::script(&SCRIPTS.concat()).into_bytes())
    }

    /// The script of a page that stands where another one was. It runs before anything is shown, so it is apart
    /// from the script of every page.
    pub fn redirect_script() -> Asset {
        Asset::new("moved", "js", REDIRECT_SCRIPT.into())
    }

    /// The stylesheet of a language: that of every site, then rules that depend on the content, then
    /// the font, by a path beside the stylesheet, and that of the first page.
    ///
    /// `others` are the fonts of other languages, each with the characters that this one lacks: a page that shows such
    /// characters, as results of a search may, fetches the font that has them.
    pub fn stylesheet(
        generated: &str,
        font: &Asset,
        home: &Asset,
        others: &[(&Asset, BTreeSet<char>)],
        own: Option<&(Asset, String)>,
    ) -> Asset {
        let mut css = [&STYLES.concat(), generated, &fonts::FALLBACK_CSS].concat();
        css += &fonts::face_css(fonts::FAMILY, font.name(), None);
        css += &fonts::face_css(fonts::HOME, home.name(), None);
        for (other, lacking) in others.iter().filter(|(_, it)| !it.is_empty()) {
            css += &fonts::face_css(fonts::FAMILY, other.name(), Some(lacking));
        }
        if let Some((font, weights)) = own {
            css += &fonts::own_css(font.name(), weights);
        }
        Asset::new("site", "css", minify::styles(&css).into_bytes())
    }

    /// The embedded font, or the `own` of a site, with some characters.
    pub fn font(
        &self,
        name: &str,
        characters: &BTreeSet<char>,
        own: Option<&[u8]>,
    ) -> anyhow::Result<Asset> {
        let own_hash = own.map(blake3::hash);
        let key = format!("{name} {own_hash:?} {}", String::from_iter(characters));
        let key = blake3::hash(key.as_bytes());
        let cut = || match fonts::subset(characters, own) {
            Ok(woff2) => Ok(Asset::new(name, "woff2", woff2)),
            Err(error) => Err(format!("{error:#}")),
        };
        let size = |font: &Result<Asset, String>| font.as_ref().map_or(0, |it| it.body.len());
        let font = self.fonts.get(key, cut, size);
        font.map_err(anyhow::Error::msg)
    }

    /// An image of an SVG document, drawn when it is first asked for; `what` it is is said where it cannot be.
    pub fn image(&self, what: &str, svg: &str, format: ImageFormat) -> LazyImage {
        let document = svg.to_owned();
        let compose = move || document.clone();
        self.lazy_image(what.to_owned(), &[svg.as_bytes()], format, compose)
    }

    /// An image of an SVG document that is composed no sooner than it is drawn: equal inputs have to make equal
    /// documents.
    pub fn lazy_image(
        &self,
        what: String,
        inputs: &[&[u8]],
        format: ImageFormat,
        compose: impl Fn() -> String + Send + Sync + 'static,
    ) -> LazyImage {
        self.images.lazy(what, inputs, format, compose)
    }

    pub fn images_drawn(&self) -> usize {
        self.images.drawn()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_the_content() {
        let font = Asset::new("font", "woff2", vec![1]);
        let path = |generated| Assets::stylesheet(generated, &font, &font, &[], None).path;
        assert_ne!(path(""), path("a{}"));
        assert_eq!(path(""), path(""));
    }

    #[test]
    fn the_program_holds_every_part_of_stylesheet_and_script() {
        let parts = |end: &str| {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("static");
            let files = std::fs::read_dir(folder.join(end)).expect("a folder");
            let mut files: Vec<_> = files.map(|it| it.expect("a file").path()).collect();
            files.sort();
            let texts = files.iter().map(std::fs::read_to_string);
            texts.collect::<Result<Vec<_>, _>>().expect("texts")
        };
        assert!(
            STYLES[..] == parts("css") && SCRIPTS[..] == parts("js"),
            "add the file to STYLES or SCRIPTS, in the order of names"
        );
    }
}
