//! The smaller forms of a body, made once for each distinct body however often the site is rebuilt.

use std::io::{self, Write};

use blake3::Hash;
use brotli::enc::BrotliEncoderParams;
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};

use crate::cache::Cache;

/// A content coding (RFC 9110 §8.4.1).
///
/// There is no Zstandard (RFC 8878): at its strongest it takes 12 to 17 of a hundred bytes more than Brotli for each
/// kind of page here, and whoever reads it reads Brotli too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// The smallest (RFC 7932).
    Brotli,
    /// For readers without Brotli (RFC 1952).
    Gzip,
    Identity,
}

impl Encoding {
    /// Each of them, in the order in which they are declared.
    pub const ALL: [Self; 3] = [Self::Brotli, Self::Gzip, Self::Identity];

    /// The value of `Content-Encoding`.
    pub fn header_value(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }
}

/// The forms that turned out smaller than the body.
#[derive(Clone, Debug, Default)]
pub(super) struct Compressed {
    pub(super) brotli: Option<Bytes>,
    pub(super) gzip: Option<Bytes>,
}

/// Remembers compressed bodies by the hash of what they were made from, from one site to the next.
///
/// It holds 64 MiB at most.
#[derive(Debug)]
pub struct CompressionCache(Cache<Compressed>);

impl Default for CompressionCache {
    fn default() -> Self {
        Self::with_capacity(64 << 20)
    }
}

impl CompressionCache {
    /// A cache for so many bytes of compressed bodies.
    pub fn with_capacity(capacity: usize) -> Self {
        Self(Cache::with_capacity(capacity))
    }

    /// Lets go of all that a site with so many resources has not used.
    pub fn keep_last(&self, count: usize) {
        self.0.keep_last(count);
    }

    /// The smaller forms of a body, whose hash the caller knows already.
    pub(super) fn get(&self, hash: Hash, body: &[u8]) -> Compressed {
        self.0.get(hash, || compress(body), Compressed::size)
    }
}

impl Compressed {
    fn size(&self) -> usize {
        let forms = [&self.brotli, &self.gzip];
        forms.into_iter().flatten().map(Bytes::len).sum()
    }
}

fn compress(body: &[u8]) -> Compressed {
    Compressed { brotli: pack(Encoding::Brotli, body), gzip: pack(Encoding::Gzip, body) }
}

/// The smaller form of a body, at the strongest level: it is paid once, and in the background.
pub(super) fn pack(encoding: Encoding, body: &[u8]) -> Option<Bytes> {
    let packed = match encoding {
        Encoding::Brotli => brotli(body),
        Encoding::Gzip => gzip(body),
        Encoding::Identity => return None,
    };
    // Writing to memory cannot fail; were it to, the body as it is would be served.
    let smaller = packed.ok().filter(|packed| packed.len() < body.len());
    // Encoders leave room to grow, which a form that stands for months does not need.
    smaller.map(|packed| Bytes::from(packed.into_boxed_slice()))
}

fn brotli(mut body: &[u8]) -> io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: window(body.len()),
        size_hint: body.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut body, &mut compressed, &parameters)?;
    Ok(compressed)
}

/// The logarithm of the smallest window that holds a whole body (RFC 7932, section 9.1): a larger one finds no more and
/// takes much more memory.
fn window(length: usize) -> i32 {
    let bits = (length + 16).next_power_of_two().trailing_zeros();
    i32::try_from(bits.clamp(16, 22)).unwrap_or(22)
}

/// Without name and time in the header, so that the same body gives the same bytes.
fn gzip(body: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(9));
    encoder.write_all(body)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::CompressionCache;

    fn text(word: &str) -> Vec<u8> {
        word.repeat(200).into_bytes()
    }

    fn get(cache: &CompressionCache, body: &[u8]) -> super::Compressed {
        cache.get(blake3::hash(body), body)
    }

    #[test]
    fn both_forms_decode_to_the_body() {
        let body = text("합의 알고리즘 ");
        let compressed = get(&CompressionCache::default(), &body);
        let mut plain = Vec::new();
        brotli::Decompressor::new(&compressed.brotli.expect("smaller")[..], 4096)
            .read_to_end(&mut plain)
            .expect("valid Brotli");
        assert_eq!(plain, body);
        plain.clear();
        flate2::read::GzDecoder::new(&compressed.gzip.expect("smaller")[..])
            .read_to_end(&mut plain)
            .expect("valid gzip");
        assert_eq!(plain, body);
    }

    #[test]
    fn a_body_that_would_grow_has_no_other_form() {
        let compressed = get(&CompressionCache::default(), b"x");
        assert!(compressed.brotli.is_none() && compressed.gzip.is_none());
    }

    #[test]
    fn the_same_body_is_compressed_once() {
        let cache = CompressionCache::default();
        let body = text("once ");
        let first = get(&cache, &body).gzip.expect("smaller");
        let second = get(&cache, &body).gzip.expect("smaller");
        assert_eq!(first.as_ptr(), second.as_ptr(), "shared, not made again");
    }

    #[test]
    fn what_was_unused_for_longest_is_forgotten() {
        let bodies = [text("first "), text("second "), text("third ")];
        let size = |body: &[u8]| {
            let compressed = get(&CompressionCache::default(), body);
            compressed.brotli.map_or(0, |form| form.len())
                + compressed.gzip.map_or(0, |form| form.len())
        };
        let all: usize = bodies.iter().map(|body| crate::cache::ENTRY_SIZE + size(body)).sum();
        let cache = CompressionCache::with_capacity(all - 1);
        let address = |body: &[u8]| get(&cache, body).gzip.map(|form| (form.as_ptr(), form));
        let [first, second] = [address(&bodies[0]), address(&bodies[1])];
        assert_eq!(address(&bodies[0]), first, "used again, so the second is the oldest");
        address(&bodies[2]);
        assert_eq!(address(&bodies[0]), first);
        assert_ne!(address(&bodies[1]).map(|form| form.0), second.map(|form| form.0));
    }
}
