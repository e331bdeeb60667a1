//! What the pages load besides themselves: static files, inside the program, under names that
//! change with their content.
//!
//! 1. [`fonts`] cuts the font down to the characters that a language's pages set.
//! 2. [`lettering`] draws syllables in two inks from the font's outlines.
//! 3. [`LazyImage`] is drawn from an SVG document when it is first asked for.
//! 4. [`minify`] leaves out of stylesheet and script what only their writers read.
//! 5. [`Assets`] gives all of them, and joins the parts of the stylesheet with what depends on the content.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

mod minify;

pub mod fonts;

pub mod lettering;

mod images;

mod raster;

pub use images::{ImageFormat, LazyImage};

/// The parts of the stylesheet, in the order in which they are joined.
const STYLES: [&str; 9] = [
    include_str!("../static/css/00-tokens.css"),
    include_str!("../static/css/10-base.css"),
    include_str!("../static/css/20-layout.css"),
    include_str!("../static/css/30-home.css"),
    include_str!("../static/css/40-project.css"),
    include_str!("../static/css/50-table.css"),
    include_str!("../static/css/60-pages.css"),
    include_str!("../static/css/70-charts.css"),
    include_str!("../static/css/90-print.css"),
];

/// The parts of the script, in the order in which they are joined.
const SCRIPTS: [&str; 4] = [
    include_str!("../static/js/00-font.js"),
    include_str!("../static/js/10-share.js"),
    include_str!("../static/js/20-search-index.js"),
    include_str!("../static/js/30-search.js"),
];

/// The script of a page that stands where another one was.
const MOVED: &str = include_str!("../static/redirect.js");

/// A file under a name that changes with its content, so that it can be kept for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its path on the site, such as `/assets/site-0123456789abcdef.css`.
    pub path: String,
    /// Its content.
    pub body: Vec<u8>,
}

impl Asset {
    /// Names a file after its content.
    pub fn new(name: &str, extension: &str, body: Vec<u8>) -> Self {
        let hash = blake3::hash(&body).to_hex();
        Self {
            path: format!("/assets/{name}-{}.{extension}", &hash[..16]),
            body,
        }
    }

    /// Its path beside other assets.
    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// The makers of assets, with the fonts cut so far, so that an edit which brings no new character cuts none.
#[derive(Debug, Default)]
pub struct Assets {
    /// By the key of their characters, the latest last.
    cut: Mutex<Vec<(String, Asset)>>,
    /// The pictures drawn so far.
    images: images::ImageCache,
    /// Instead of the parts of the stylesheet inside the program.
    styles: Option<String>,
    /// Instead of the parts of the script inside the program.
    script: Option<String>,
    is_without_cards: bool,
    is_without_data: bool,
}

impl Assets {
    /// Fonts kept: those of a few languages, before and after an edit.
    const KEPT: usize = 16;

    /// Takes another stylesheet and another script instead of those inside the program, for whoever edits them.
    pub fn replace(&mut self, css: String, javascript: String) {
        self.styles = Some(css);
        self.script = Some(javascript);
    }

    /// Leaves the preview cards out, for whoever wants the pages alone.
    pub fn leave_cards_out(&mut self) {
        self.is_without_cards = true;
    }

    /// Whether pages have preview cards.
    pub fn has_cards(&self) -> bool {
        !self.is_without_cards
    }

    /// Leaves the JSON and Markdown of projects out, for whoever wants the pages alone.
    pub fn leave_data_out(&mut self) {
        self.is_without_data = true;
    }

    /// Whether projects are there as JSON and Markdown as well.
    pub fn has_data(&self) -> bool {
        !self.is_without_data
    }

    /// The script of every page: a module, so that its parts share no names with anything else.
    pub fn script(&self) -> Asset {
        let javascript = self.script.clone().unwrap_or_else(|| SCRIPTS.concat());
        Asset::new("site", "js", minify::script(&javascript).into_bytes())
    }

    /// The script of a page that stands where another one was. It runs before anything is shown, so it is apart
    /// from the script of every page.
    pub fn redirect_script() -> Asset {
        Asset::new("moved", "js", MOVED.into())
    }

    /// The stylesheet of a language: that of every site, then rules that depend on the content, then
    /// the font, by a path beside the stylesheet, and the one for what the first page shows first.
    ///
    /// `others` are the fonts of other languages, each with the characters that this one lacks: a page that shows such
    /// characters, as results of a search may, fetches the font that has them.
    pub fn stylesheet(
        &self,
        generated: &str,
        font: &Asset,
        critical: &Asset,
        others: &[(&Asset, BTreeSet<char>)],
    ) -> Asset {
        let mut css = self.styles.clone().unwrap_or_else(|| STYLES.concat());
        css.push_str(generated);
        css.push_str(&fonts::FALLBACK_CSS);
        css.push_str(&fonts::face_css(fonts::FAMILY, font.name(), ""));
        css.push_str(&fonts::face_css(fonts::CRITICAL, critical.name(), ""));
        for (other, characters) in others.iter().filter(|(_, it)| !it.is_empty()) {
            let range = fonts::unicode_range(characters);
            css.push_str(&fonts::face_css(fonts::FAMILY, other.name(), &range));
        }
        Asset::new("site", "css", minify::styles(&css).into_bytes())
    }

    /// A picture of an SVG document, drawn when it is first asked for.
    pub fn image(&self, svg: String, format: ImageFormat) -> LazyImage {
        self.images.image(svg, format)
    }

    /// A picture of an SVG document that is composed no sooner than it is drawn: equal inputs have to make equal
    /// documents.
    pub fn lazy_image(
        &self,
        inputs: &[&[u8]],
        format: ImageFormat,
        compose: impl Fn() -> String + Send + Sync + 'static,
    ) -> LazyImage {
        self.images.lazy(inputs, format, Arc::new(compose))
    }

    /// How many pictures were drawn so far.
    pub fn images_drawn(&self) -> usize {
        self.images.count()
    }

    /// The font with these characters.
    ///
    /// # Errors
    ///
    /// Where the font cannot be cut, which would be a mistake in the program.
    pub fn font(&self, name: &str, characters: &BTreeSet<char>) -> anyhow::Result<Asset> {
        let key = format!("{name}/{}", fonts::key(characters));
        let known = |cut: &Vec<(String, Asset)>| {
            let found = cut.iter().find(|(known, _)| *known == key);
            found.map(|(_, asset)| asset.clone())
        };
        if let Some(asset) = known(&self.lock()) {
            return Ok(asset);
        }
        let subset = fonts::subset(characters)?;
        let asset = Asset::new(name, "woff2", subset.woff2);
        let mut cut = self.lock();
        if cut.len() >= Self::KEPT {
            cut.remove(0);
        }
        cut.push((key, asset.clone()));
        Ok(asset)
    }

    /// A panic elsewhere leaves a list of whole fonts behind, which is as good as before.
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(String, Asset)>> {
        self.cut
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stylesheet(assets: &Assets, generated: &str) -> Asset {
        let font = Asset::new("font", "woff2", vec![1]);
        assets.stylesheet(generated, &font, &font, &[])
    }

    #[test]
    fn a_name_changes_with_the_content() {
        let assets = Assets::default();
        assert_ne!(
            stylesheet(&assets, "").path,
            stylesheet(&assets, "a{}").path
        );
        assert_eq!(stylesheet(&assets, "").path, stylesheet(&assets, "").path);
    }

    #[test]
    fn the_same_characters_are_cut_once() {
        let cache = Assets::default();
        let first = cache.font("ko", &BTreeSet::from(['가', 'a'])).expect("cut");
        let again = cache.font("ko", &BTreeSet::from(['a', '가'])).expect("cut");
        assert_eq!(first, again);
        assert_eq!(cache.lock().len(), 1);
        let other = cache.font("ko", &BTreeSet::from(['나'])).expect("cut");
        assert_ne!(first.path, other.path);
    }
}
