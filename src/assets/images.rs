//! Images drawn from SVG documents when they are first asked for, once for each however often the site is rebuilt.
//!
//! An image is known by the hash of what it is drawn from, so that its URL and its entity tag are there before it
//! is: neither a start nor an edit waits for it.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use blake3::Hash;

use super::fonts;
use super::raster::ImageFormat;
use crate::cache::Cache;

/// Part of every hash: raise it whenever the same document comes out as other bytes.
const VERSION: &str = "1";

/// Makes the image of an SVG document, or says why there is none.
pub(super) type Draw = dyn Fn(&str, ImageFormat) -> Result<Vec<u8>, String> + Send + Sync;

#[derive(Clone)]
pub struct LazyImage {
    hash: Hash,
    /// What it is, in words, for whoever misses it.
    what: String,
    compose: Arc<dyn Fn() -> String + Send + Sync>,
    format: ImageFormat,
    cache: Arc<ImageCache>,
}

impl LazyImage {
    /// The beginning of the hash of all that it is drawn from, as URLs carry it; the same hash gives the same bytes.
    pub fn fingerprint(&self) -> String {
        self.hash.to_hex()[..16].to_owned()
    }

    /// The file, or what is missing and why. Takes some 30 ms for a card the first time, and whoever asks meanwhile
    /// waits for the same drawing. What failed is tried again for whoever asks later.
    pub fn draw(&self) -> Result<Arc<[u8]>, String> {
        let draw = || self.cache.draw(&(self.compose)(), self.format);
        let size = |file: &Result<Arc<[u8]>, String>| file.as_ref().map_or(0, |it| it.len());
        let file = self.cache.files.get(self.hash, draw, size);
        file.map_err(|reason| {
            self.cache.files.forget(self.hash);
            format!("{} cannot be drawn: {reason}", self.what)
        })
    }
}

impl fmt::Debug for LazyImage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (format, hash) = (self.format, self.fingerprint());
        write!(formatter, "LazyImage({format:?}, {hash})")
    }
}

/// What was drawn so far, 32 MiB at most, some five hundred cards.
pub(super) struct ImageCache {
    files: Cache<Result<Arc<[u8]>, String>>,
    drawn: AtomicUsize,
    draw: Box<Draw>,
}

impl ImageCache {
    pub(super) fn new(draw: Box<Draw>) -> Self {
        Self::with_capacity(32 << 20, draw)
    }

    fn with_capacity(bytes: usize, draw: Box<Draw>) -> Self {
        Self { files: Cache::with_capacity(bytes), drawn: AtomicUsize::new(0), draw }
    }

    /// The image of an SVG document that is composed when the image is drawn, from no more than `inputs` say.
    pub(super) fn lazy(
        self: &Arc<Self>,
        what: String,
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
            what,
            compose: Arc::new(compose),
            format,
            cache: Arc::clone(self),
        }
    }

    /// How many images were drawn so far.
    pub(super) fn drawn(&self) -> usize {
        self.drawn.load(Ordering::Relaxed)
    }

    fn draw(&self, svg: &str, format: ImageFormat) -> Result<Arc<[u8]>, String> {
        self.drawn.fetch_add(1, Ordering::Relaxed);
        (self.draw)(svg, format).map(Arc::from)
    }
}

impl fmt::Debug for ImageCache {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ImageCache({} drawn)", self.drawn())
    }
}

#[cfg(test)]
mod tests {
    use super::super::raster::draw;
    use super::*;

    const FORMAT: ImageFormat = ImageFormat::Png(4, 4);

    fn cache(bytes: usize) -> Arc<ImageCache> {
        Arc::new(ImageCache::with_capacity(bytes, Box::new(draw)))
    }

    fn image(cache: &Arc<ImageCache>, svg: &str, format: ImageFormat) -> LazyImage {
        let document = svg.to_owned();
        let what = "an image".to_owned();
        cache.lazy(what, &[svg.as_bytes()], format, move || document.clone())
    }

    fn square(colour: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><rect width=\"1\" height=\"1\" \
             fill=\"{colour}\"/></svg>"
        )
    }

    #[test]
    fn an_image_is_drawn_when_asked_for_and_once() {
        let cache = cache(1 << 20);
        let red = image(&cache, &square("red"), FORMAT);
        assert_eq!(cache.drawn(), 0);
        let first = red.draw().expect("drawn");
        assert!(first.starts_with(b"\x89PNG"));
        let again = image(&cache, &square("red"), FORMAT).draw();
        assert_eq!((again.as_ref(), cache.drawn()), (Ok(&first), 1));
        let others = [
            image(&cache, &square("blue"), FORMAT),
            image(&cache, &square("red"), ImageFormat::Ico),
        ];
        assert!(others.iter().all(|it| it.hash != red.hash));
    }

    #[test]
    fn many_at_once_wait_for_one_drawing() {
        let cache = cache(1 << 20);
        let image = image(&cache, &square("red"), ImageFormat::Png(600, 600));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| assert!(image.draw().is_ok()));
            }
        });
        assert_eq!(cache.drawn(), 1);
    }

    #[test]
    fn what_cannot_be_drawn_is_no_image() {
        let broken = "<svg xmlns=\"http://www.w3.org/2000/svg\"><g>";
        let cache = cache(1 << 20);
        for times in 1..3 {
            let failure = image(&cache, broken, FORMAT).draw().expect_err("broken");
            assert!(failure.starts_with("an image cannot be drawn: "), "{failure}");
            assert_eq!(cache.drawn(), times, "it is tried again");
        }
    }

    #[test]
    fn what_does_not_fit_is_forgotten_and_drawn_again() {
        let cache = cache(1);
        let red = image(&cache, &square("red"), FORMAT);
        let first = red.draw();
        assert_eq!((red.draw(), cache.drawn()), (first, 2));
    }
}
