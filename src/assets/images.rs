//! Images drawn from SVG documents when they are first asked for, once for each however often the site is rebuilt:
//! `resvg` with the one font, a palette of the colours that occur most, `png`.
//!
//! An image is known by the hash of what it is drawn from, so that its URL and its entity tag are there before it
//! is: neither a start nor an edit waits for it.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use blake3::Hash;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::fonts;
use crate::cache::Cache;

/// Part of every hash: raise it whenever the same document comes out as other bytes.
const VERSION: &str = "1";

/// What an indexed PNG can tell apart.
const MAX_COLOURS: usize = 256;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageFormat {
    /// A PNG of so many pixels, width and height.
    Png(u32, u32),
    /// An icon of 16, 32 and 48 pixels in one file.
    Ico,
}

#[derive(Clone)]
pub struct LazyImage {
    hash: Hash,
    compose: Arc<dyn Fn() -> String + Send + Sync>,
    format: ImageFormat,
    cache: Arc<ImageCache>,
}

impl LazyImage {
    /// The beginning of the hash of all that it is drawn from, as URLs carry it; the same hash gives the same bytes.
    pub fn fingerprint(&self) -> String {
        self.hash.to_hex()[..16].to_owned()
    }

    /// The file; `None` where it cannot be drawn. Takes some 30 ms for a card the first time, and whoever asks
    /// meanwhile waits for the same drawing.
    pub fn draw(&self) -> Option<Arc<[u8]>> {
        let draw = || self.cache.draw(&(self.compose)(), self.format);
        let size = |file: &Option<Arc<[u8]>>| file.as_ref().map_or(0, |it| it.len());
        self.cache.files.get(self.hash, draw, size)
    }
}

impl fmt::Debug for LazyImage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (format, hash) = (self.format, self.fingerprint());
        write!(formatter, "LazyImage({format:?}, {hash})")
    }
}

/// What was drawn so far, 32 MiB at most, some five hundred cards.
#[derive(Debug)]
pub(super) struct ImageCache {
    files: Cache<Option<Arc<[u8]>>>,
    drawn: AtomicUsize,
    /// The embedded font and no other, so that every machine draws the same. It is read with the first image: a start
    /// has no use for it.
    fonts: OnceLock<Arc<fontdb::Database>>,
}

impl Default for ImageCache {
    fn default() -> Self {
        Self::with_capacity(32 << 20)
    }
}

impl ImageCache {
    fn with_capacity(bytes: usize) -> Self {
        Self {
            files: Cache::with_capacity(bytes),
            drawn: AtomicUsize::new(0),
            fonts: OnceLock::new(),
        }
    }

    /// The image of an SVG document that is composed when the image is drawn, from no more than `inputs` say.
    pub(super) fn lazy(
        self: &Arc<Self>,
        inputs: &[&[u8]],
        format: ImageFormat,
        compose: impl Fn() -> String + Send + Sync + 'static,
    ) -> LazyImage {
        let mut hasher = blake3::Hasher::new();
        hasher.update(VERSION.as_bytes());
        hasher.update(format!("{format:?}").as_bytes());
        hasher.update(&fonts::checksum().to_be_bytes());
        for input in inputs {
            hasher.update(&input.len().to_be_bytes());
            hasher.update(input);
        }
        LazyImage {
            hash: hasher.finalize(),
            compose: Arc::new(compose),
            format,
            cache: Arc::clone(self),
        }
    }

    /// How many images were drawn so far.
    pub(super) fn drawn(&self) -> usize {
        self.drawn.load(Ordering::Relaxed)
    }

    fn draw(&self, svg: &str, format: ImageFormat) -> Option<Arc<[u8]>> {
        self.drawn.fetch_add(1, Ordering::Relaxed);
        // A document may come from an editor: whatever it does to the renderer costs its own image alone.
        let draw = AssertUnwindSafe(|| match format {
            ImageFormat::Png(width, height) => self.png(svg, width, height),
            ImageFormat::Ico => self.ico(svg, &[16, 32, 48]),
        });
        catch_unwind(draw).ok()?.map(Arc::from)
    }

    fn png(&self, svg: &str, width: u32, height: u32) -> Option<Vec<u8>> {
        let fonts = self.fonts.get_or_init(|| {
            let mut fonts = fontdb::Database::new();
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(fonts::TTF)));
            Arc::new(fonts)
        });
        let options = Options {
            font_family: fonts::FAMILY.to_owned(),
            fontdb: Arc::clone(fonts),
            ..Options::default()
        };
        let tree = Tree::from_str(svg, &options).ok()?;
        let mut pixmap = Pixmap::new(width, height)?;
        // Sides are far below the 2^24 that a float holds exactly.
        #[expect(clippy::cast_precision_loss, reason = "a side of some hundred pixels")]
        let scale = Transform::from_scale(
            width as f32 / tree.size().width(),
            height as f32 / tree.size().height(),
        );
        resvg::render(&tree, scale, &mut pixmap.as_mut());
        // Pixels of one colour follow one another, and what can be done once for all of them is.
        let runs = pixmap.pixels().chunk_by(|a, b| a == b).map(|run| {
            let colour = run[0].demultiply();
            let colour = [colour.red(), colour.green(), colour.blue(), colour.alpha()];
            (colour, run.len())
        });
        encode(&runs.collect::<Vec<_>>(), width, height)
    }

    /// An icon with a PNG for each side (`ICONDIR`, little-endian, as browsers read it since 2007).
    fn ico(&self, svg: &str, sides: &[u8]) -> Option<Vec<u8>> {
        let mut images = Vec::new();
        for side in sides.iter().copied().map(u32::from) {
            images.push(self.png(svg, side, side)?);
        }
        let mut ico = vec![0, 0, 1, 0];
        ico.extend(u16::try_from(images.len()).ok()?.to_le_bytes());
        let mut offset = u32::try_from(6 + 16 * images.len()).ok()?;
        for (side, image) in sides.iter().zip(&images) {
            let length = u32::try_from(image.len()).ok()?;
            // One plane, 32 bits a pixel; the palette's size is left to the PNG.
            ico.extend([*side, *side, 0, 0, 1, 0, 32, 0]);
            ico.extend(length.to_le_bytes());
            ico.extend(offset.to_le_bytes());
            offset += length;
        }
        ico.extend(images.concat());
        Some(ico)
    }
}

/// So many pixels of one colour (red, green, blue, alpha), one after the other.
type Run = ([u8; 4], usize);

/// Flat colours with their blends at edges: 256 of them are a third of the bytes of all, and no eye tells.
fn encode(runs: &[Run], width: u32, height: u32) -> Option<Vec<u8>> {
    let (palette, indices) = indexed(runs);
    let rgb: Vec<[u8; 3]> = palette.iter().map(|[r, g, b, _]| [*r, *g, *b]).collect();
    let alpha: Vec<u8> = palette.iter().map(|[.., alpha]| *alpha).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(rgb.concat());
    if alpha.iter().any(|it| *it < 255) {
        encoder.set_trns(alpha);
    }
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&indices).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// The most frequent colours, and for each pixel the nearest of them.
fn indexed(runs: &[Run]) -> (Vec<[u8; 4]>, Vec<u8>) {
    let mut counts: HashMap<[u8; 4], usize> = HashMap::new();
    for (colour, length) in runs {
        *counts.entry(*colour).or_default() += length;
    }
    let mut palette: Vec<[u8; 4]> = counts.keys().copied().collect();
    palette.sort_unstable_by_key(|colour| (Reverse(counts[colour]), *colour));
    palette.truncate(MAX_COLOURS);
    let nearest = |colour: [u8; 4]| {
        let distance = |other: &[u8; 4]| -> u32 {
            let channels = colour.iter().zip(other);
            channels
                .map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2))
                .sum()
        };
        let indices = 0..=u8::MAX;
        let nearest = indices.zip(&palette).min_by_key(|(_, it)| distance(it));
        nearest.map_or(0, |(index, _)| index)
    };
    let indices: HashMap<[u8; 4], u8> = counts.into_keys().map(|it| (it, nearest(it))).collect();
    let mut pixels = Vec::new();
    for (colour, length) in runs {
        pixels.resize(pixels.len() + length, indices[colour]);
    }
    (palette, pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMAT: ImageFormat = ImageFormat::Png(4, 4);

    fn image(cache: &Arc<ImageCache>, svg: &str, format: ImageFormat) -> LazyImage {
        let document = svg.to_owned();
        cache.lazy(&[svg.as_bytes()], format, move || document.clone())
    }

    fn square(colour: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><rect width=\"1\" height=\"1\" \
             fill=\"{colour}\"/></svg>"
        )
    }

    #[test]
    fn an_image_is_drawn_when_asked_for_and_once() {
        let cache = Arc::default();
        let red = image(&cache, &square("red"), FORMAT);
        assert_eq!(cache.drawn(), 0);
        let first = red.draw().expect("drawn");
        assert!(first.starts_with(b"\x89PNG"));
        let again = image(&cache, &square("red"), FORMAT).draw();
        assert_eq!((again.as_ref(), cache.drawn()), (Some(&first), 1));
        let others = [
            image(&cache, &square("blue"), FORMAT),
            image(&cache, &square("red"), ImageFormat::Ico),
        ];
        assert!(others.iter().all(|it| it.hash != red.hash));
    }

    #[test]
    fn many_at_once_wait_for_one_drawing() {
        let cache = Arc::default();
        let image = image(&cache, &square("red"), ImageFormat::Png(600, 600));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| assert!(image.draw().is_some()));
            }
        });
        assert_eq!(cache.drawn(), 1);
    }

    #[test]
    fn what_cannot_be_drawn_is_no_image() {
        let broken = "<svg xmlns=\"http://www.w3.org/2000/svg\"><g>";
        assert_eq!(image(&Arc::default(), broken, FORMAT).draw(), None);
    }

    #[test]
    fn what_does_not_fit_is_forgotten_and_drawn_again() {
        let cache = Arc::new(ImageCache::with_capacity(1));
        let red = image(&cache, &square("red"), FORMAT);
        let first = red.draw();
        assert_eq!((red.draw(), cache.drawn()), (first, 2));
    }
}
