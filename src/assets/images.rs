//! Images that are drawn when they are first asked for, once for each drawing however often the site is rebuilt.
//!
//! A picture is known by the hash of what it is drawn from, so that its URL and its entity tag are there before it
//! is: neither a start nor an edit waits for it.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use blake3::Hash;

use super::raster::Rasteriser;
use crate::cache::Cache;

/// Part of every hash: raise it whenever the same drawing comes out as other bytes.
const VERSION: &str = "1";

/// What is made of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageFormat {
    /// A PNG of so many pixels, width and height.
    Png(u32, u32),
    /// An icon of 16, 32 and 48 pixels in one file.
    Ico,
}

/// Composes the SVG document of a picture.
pub(super) type Compose = Arc<dyn Fn() -> String + Send + Sync>;

/// A picture that may not have been drawn yet.
#[derive(Clone)]
pub struct LazyImage {
    hash: Hash,
    drawing: Compose,
    format: ImageFormat,
    drawn: Arc<Rendered>,
}

impl LazyImage {
    /// The hash of all that it is drawn from; the same hash gives the same bytes.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The beginning of the hash, as URLs carry it.
    pub fn fingerprint(&self) -> String {
        self.hash.to_hex()[..16].to_owned()
    }

    /// The file; `None` where it cannot be drawn. Takes some 30 ms for a card the first time, and whoever asks
    /// meanwhile waits for the same drawing.
    pub fn draw(&self) -> Option<Arc<[u8]>> {
        self.drawn.get(self)
    }
}

/// By what would be drawn.
impl PartialEq for LazyImage {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for LazyImage {}

impl fmt::Debug for LazyImage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "LazyImage({:?}, {})",
            self.format,
            self.fingerprint()
        )
    }
}

/// The maker of pictures, with what was drawn so far.
///
/// It keeps 32 MiB at most, some five hundred cards.
#[derive(Clone, Debug)]
pub(super) struct ImageCache(Arc<Rendered>);

impl Default for ImageCache {
    fn default() -> Self {
        Self::with_capacity(32 << 20)
    }
}

impl ImageCache {
    /// One that keeps so many bytes.
    fn with_capacity(capacity: usize) -> Self {
        Self(Arc::new(Rendered {
            rasteriser: OnceLock::new(),
            files: Cache::with_capacity(capacity),
            count: AtomicUsize::new(0),
        }))
    }

    /// The picture of an SVG document.
    pub(super) fn image(&self, svg: String, format: ImageFormat) -> LazyImage {
        let inputs = svg.clone();
        self.lazy(&[inputs.as_bytes()], format, Arc::new(move || svg.clone()))
    }

    /// The picture of an SVG document that is composed when the picture is drawn, from no more than `inputs` say.
    pub(super) fn lazy(
        &self,
        inputs: &[&[u8]],
        format: ImageFormat,
        drawing: Compose,
    ) -> LazyImage {
        let mut hasher = blake3::Hasher::new();
        hasher.update(VERSION.as_bytes());
        hasher.update(format!("{format:?}").as_bytes());
        hasher.update(&super::fonts::checksum().to_be_bytes());
        for part in inputs {
            hasher.update(&part.len().to_be_bytes());
            hasher.update(part);
        }
        LazyImage {
            hash: hasher.finalize(),
            drawing,
            format,
            drawn: Arc::clone(&self.0),
        }
    }

    /// How many were drawn so far.
    pub(super) fn count(&self) -> usize {
        self.0.count.load(Ordering::Relaxed)
    }
}

struct Rendered {
    /// Made with the first picture: a start has no use for it.
    rasteriser: OnceLock<Rasteriser>,
    files: Cache<Option<Arc<[u8]>>>,
    /// Counts what was drawn.
    count: AtomicUsize,
}

impl fmt::Debug for Rendered {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Rendered({})",
            self.count.load(Ordering::Relaxed)
        )
    }
}

impl Rendered {
    fn get(&self, picture: &LazyImage) -> Option<Arc<[u8]>> {
        let make = || self.make(picture).map(Arc::from);
        let size = |file: &Option<Arc<[u8]>>| file.as_ref().map_or(0, |it| it.len());
        self.files.get(picture.hash, make, size)
    }

    fn make(&self, picture: &LazyImage) -> Option<Vec<u8>> {
        self.count.fetch_add(1, Ordering::Relaxed);
        let rasteriser = self.rasteriser.get_or_init(Rasteriser::default);
        let drawing = (picture.drawing)();
        match picture.format {
            ImageFormat::Png(width, height) => rasteriser.png(&drawing, width, height),
            ImageFormat::Ico => rasteriser.ico(&drawing, &[16, 32, 48]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(colour: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><rect width=\"1\" height=\"1\" \
             fill=\"{colour}\"/></svg>"
        )
    }

    const FORMAT: ImageFormat = ImageFormat::Png(4, 4);

    #[test]
    fn a_picture_is_drawn_when_asked_for_and_once() {
        let images = ImageCache::default();
        let picture = images.image(drawing("red"), FORMAT);
        assert_eq!(images.count(), 0);
        let first = picture.draw().expect("drawn");
        assert!(first.starts_with(b"\x89PNG"));
        let again = images.image(drawing("red"), FORMAT).draw();
        assert_eq!((again.as_ref(), images.count()), (Some(&first), 1));
        assert_ne!(images.image(drawing("blue"), FORMAT).hash(), picture.hash());
        assert_ne!(
            images.image(drawing("red"), ImageFormat::Ico).hash(),
            picture.hash()
        );
    }

    #[test]
    fn many_at_once_wait_for_one_drawing() {
        let images = ImageCache::default();
        let picture = images.image(drawing("red"), ImageFormat::Png(600, 600));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| assert!(picture.draw().is_some()));
            }
        });
        assert_eq!(images.count(), 1);
    }

    #[test]
    fn what_cannot_be_drawn_is_no_picture() {
        let images = ImageCache::default();
        let broken = "<svg xmlns=\"http://www.w3.org/2000/svg\"><g>";
        assert_eq!(images.image(broken.to_owned(), FORMAT).draw(), None);
    }

    #[test]
    fn what_was_unused_for_longest_is_forgotten() {
        let images = ImageCache::with_capacity(1);
        let red = images.image(drawing("red"), FORMAT);
        let first = red.draw();
        assert_eq!(
            (red.draw(), images.count()),
            (first, 2),
            "nothing fits, and nothing is lost"
        );
        assert_eq!(images.0.files.count(), 0);
    }
}
