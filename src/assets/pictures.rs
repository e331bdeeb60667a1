//! Pictures that are drawn when they are first asked for, once for each drawing however often the site is rebuilt.
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
const RECIPE: &str = "1";

/// What is made of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A PNG of so many pixels, width and height.
    Png(u32, u32),
    /// An icon of 16, 32 and 48 pixels in one file.
    Ico,
}

/// Composes the SVG document of a picture.
pub(super) type Drawing = Arc<dyn Fn() -> String + Send + Sync>;

/// A picture that may not have been drawn yet.
#[derive(Clone)]
pub struct Picture {
    hash: Hash,
    drawing: Drawing,
    shape: Shape,
    drawn: Arc<Drawn>,
}

impl Picture {
    /// The hash of all that it is drawn from; the same hash gives the same bytes.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// The beginning of the hash, as URLs carry it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.hash.to_hex()[..16].to_owned()
    }

    /// The file; `None` where it cannot be drawn. Takes some 30 ms for a card the first time, and whoever asks
    /// meanwhile waits for the same drawing.
    #[must_use]
    pub fn draw(&self) -> Option<Arc<[u8]>> {
        self.drawn.get(self)
    }
}

/// By what would be drawn.
impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
    }
}

impl Eq for Picture {}

impl fmt::Debug for Picture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Picture({:?}, {})",
            self.shape,
            self.fingerprint()
        )
    }
}

/// The maker of pictures, with what was drawn so far.
///
/// It keeps 32 MiB at most, some five hundred cards.
#[derive(Clone, Debug)]
pub(super) struct Pictures(Arc<Drawn>);

impl Default for Pictures {
    fn default() -> Self {
        Self::with_capacity(32 << 20)
    }
}

impl Pictures {
    /// One that keeps so many bytes.
    fn with_capacity(capacity: usize) -> Self {
        Self(Arc::new(Drawn {
            rasteriser: OnceLock::new(),
            files: Cache::with_capacity(capacity),
            count: AtomicUsize::new(0),
        }))
    }

    /// The picture of an SVG document.
    pub(super) fn picture(&self, svg: String, shape: Shape) -> Picture {
        let facts = svg.clone();
        self.later(&[facts.as_bytes()], shape, Arc::new(move || svg.clone()))
    }

    /// The picture of an SVG document that is composed when the picture is drawn, from no more than `facts` say.
    pub(super) fn later(&self, facts: &[&[u8]], shape: Shape, drawing: Drawing) -> Picture {
        let mut hasher = blake3::Hasher::new();
        hasher.update(RECIPE.as_bytes());
        hasher.update(format!("{shape:?}").as_bytes());
        hasher.update(&super::fonts::checksum().to_be_bytes());
        for part in facts {
            hasher.update(&part.len().to_be_bytes());
            hasher.update(part);
        }
        Picture {
            hash: hasher.finalize(),
            drawing,
            shape,
            drawn: Arc::clone(&self.0),
        }
    }

    /// How many were drawn so far.
    pub(super) fn count(&self) -> usize {
        self.0.count.load(Ordering::Relaxed)
    }
}

struct Drawn {
    /// Made with the first picture: a start has no use for it.
    rasteriser: OnceLock<Rasteriser>,
    files: Cache<Option<Arc<[u8]>>>,
    /// Counts what was drawn.
    count: AtomicUsize,
}

impl fmt::Debug for Drawn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Drawn({})", self.count.load(Ordering::Relaxed))
    }
}

impl Drawn {
    fn get(&self, picture: &Picture) -> Option<Arc<[u8]>> {
        let make = || self.make(picture).map(Arc::from);
        let size = |file: &Option<Arc<[u8]>>| file.as_ref().map_or(0, |it| it.len());
        self.files.get(picture.hash, make, size)
    }

    fn make(&self, picture: &Picture) -> Option<Vec<u8>> {
        self.count.fetch_add(1, Ordering::Relaxed);
        let rasteriser = self.rasteriser.get_or_init(Rasteriser::default);
        let drawing = (picture.drawing)();
        match picture.shape {
            Shape::Png(width, height) => rasteriser.png(&drawing, width, height),
            Shape::Ico => rasteriser.ico(&drawing, &[16, 32, 48]),
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

    const SHAPE: Shape = Shape::Png(4, 4);

    #[test]
    fn a_picture_is_drawn_when_asked_for_and_once() {
        let pictures = Pictures::default();
        let picture = pictures.picture(drawing("red"), SHAPE);
        assert_eq!(pictures.count(), 0);
        let first = picture.draw().expect("drawn");
        assert!(first.starts_with(b"\x89PNG"));
        let again = pictures.picture(drawing("red"), SHAPE).draw();
        assert_eq!((again.as_ref(), pictures.count()), (Some(&first), 1));
        assert_ne!(
            pictures.picture(drawing("blue"), SHAPE).hash(),
            picture.hash()
        );
        assert_ne!(
            pictures.picture(drawing("red"), Shape::Ico).hash(),
            picture.hash()
        );
    }

    #[test]
    fn many_at_once_wait_for_one_drawing() {
        let pictures = Pictures::default();
        let picture = pictures.picture(drawing("red"), Shape::Png(600, 600));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| assert!(picture.draw().is_some()));
            }
        });
        assert_eq!(pictures.count(), 1);
    }

    #[test]
    fn what_cannot_be_drawn_is_no_picture() {
        let pictures = Pictures::default();
        let broken = "<svg xmlns=\"http://www.w3.org/2000/svg\"><g>";
        assert_eq!(pictures.picture(broken.to_owned(), SHAPE).draw(), None);
    }

    #[test]
    fn what_was_unused_for_longest_is_forgotten() {
        let pictures = Pictures::with_capacity(1);
        let red = pictures.picture(drawing("red"), SHAPE);
        let first = red.draw();
        assert_eq!(
            (red.draw(), pictures.count()),
            (first, 2),
            "nothing fits, and nothing is lost"
        );
        assert_eq!(pictures.0.files.count(), 0);
    }
}
