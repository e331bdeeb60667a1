//! One finished answer: a body with everything that the header fields are made from.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use blake3::Hash;
use bytes::Bytes;
use http::HeaderValue;

use super::{
    compression::{self, Compressed, CompressionCache, Encoding},
    content_type::ContentType,
};

/// For how long an answer may be reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CachePolicy {
    /// The path changes whenever the body does, so that the answer never grows old.
    Forever,
    /// It may be kept, but is asked for again before each use; the entity tag makes that cheap.
    Revalidate,
    /// It is good for one request alone.
    Never,
}

impl CachePolicy {
    /// Each of them, in the order in which they are declared.
    pub const ALL: [Self; 3] = [Self::Forever, Self::Revalidate, Self::Never];

    /// The value of `Cache-Control` (RFC 9111 §5.2.2, RFC 8246).
    #[must_use]
    pub fn wire(self) -> &'static str {
        match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Revalidate => "no-cache",
            Self::Never => "no-store",
        }
    }
}

/// A body, its type and for how long it may be kept.
pub struct Resource {
    content_type: ContentType,
    cache_policy: CachePolicy,
    body: Body,
    hash: Hash,
    /// The entity tags as they are sent, by the place of their encoding in [`Encoding::ALL`].
    tags: [HeaderValue; Encoding::ALL.len()],
    /// Empty until [`Self::compress`] was here.
    compressed: OnceLock<Compressed>,
}

/// The bytes, or how to come by them.
enum Body {
    Ready(Bytes),
    Later(Later),
}

/// A body that is made when it is first asked for, and once.
#[derive(Clone)]
pub struct Later(Arc<Making>);

struct Making {
    /// Filled by the first who asks; `None` where the body cannot be made.
    made: OnceLock<Option<Bytes>>,
    make: Box<dyn Fn() -> Option<Bytes> + Send + Sync>,
}

impl Later {
    /// Makes the body unless it is there, and tells whether it is. This takes its time: not for a thread that
    /// answers requests.
    #[must_use]
    pub fn make(&self) -> bool {
        self.body().is_some()
    }

    fn body(&self) -> Option<&Bytes> {
        self.0.made.get_or_init(|| (self.0.make)()).as_ref()
    }
}

impl fmt::Debug for Later {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Later({})", self.0.made.get().is_some())
    }
}

/// Of a body that cannot be made.
static NOTHING: Bytes = Bytes::new();

impl Resource {
    /// A resource that is served as it is until it is compressed.
    #[must_use]
    pub fn new(
        content_type: ContentType,
        cache_policy: CachePolicy,
        body: impl Into<Vec<u8>>,
    ) -> Self {
        let body = Bytes::from(body.into());
        let hash = blake3::hash(&body);
        Self {
            content_type,
            cache_policy,
            hash,
            tags: tags(hash),
            body: Body::Ready(body),
            compressed: OnceLock::new(),
        }
    }

    /// A resource whose body is made when it is first asked for; the hash stands for all that it is made from.
    #[must_use]
    pub fn later(
        content_type: ContentType,
        cache_policy: CachePolicy,
        hash: Hash,
        make: impl Fn() -> Option<Bytes> + Send + Sync + 'static,
    ) -> Self {
        Self {
            content_type,
            cache_policy,
            hash,
            tags: tags(hash),
            body: Body::Later(Later(Arc::new(Making {
                made: OnceLock::new(),
                make: Box::new(make),
            }))),
            compressed: OnceLock::new(),
        }
    }

    /// What has to be made before the body is there; `None` once it is.
    #[must_use]
    pub fn unmade(&self) -> Option<Later> {
        match &self.body {
            Body::Later(later) if later.0.made.get().is_none() => Some(later.clone()),
            _ => None,
        }
    }

    /// Whether there is a body, which is made for the answer where it has to be. Where there cannot be one, the
    /// resource is as good as missing.
    #[must_use]
    pub fn is_there(&self) -> bool {
        match &self.body {
            Body::Ready(_) => true,
            Body::Later(later) => later.make(),
        }
    }

    /// The body as it was given, made now if it has to be; empty where it cannot be.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        match &self.body {
            Body::Ready(body) => body,
            Body::Later(later) => later.body().unwrap_or(&NOTHING),
        }
    }

    /// The body in an encoding; `None` while there is no such form, or where it would not be smaller.
    #[must_use]
    pub fn encoded(&self, encoding: Encoding) -> Option<&Bytes> {
        let compressed = self.compressed.get();
        match encoding {
            Encoding::Identity => Some(self.body()),
            Encoding::Brotli => compressed?.brotli.as_ref(),
            Encoding::Gzip => compressed?.gzip.as_ref(),
        }
    }

    /// The strong entity tag of the body in an encoding (RFC 9110 §8.8.3): 128 bits of the hash of the body as it
    /// was given, or of what it is made from, and the encoding's name. It is known before the encoded form is, and the same on every replica.
    #[must_use]
    pub fn etag(&self, encoding: Encoding) -> &HeaderValue {
        &self.tags[encoding as usize]
    }

    /// What the body is.
    #[must_use]
    pub fn content_type(&self) -> ContentType {
        self.content_type
    }

    /// For how long the answer may be reused.
    #[must_use]
    pub fn cache_policy(&self) -> CachePolicy {
        self.cache_policy
    }

    /// The body in an encoding as a file of its own: the form that is there already or one made now, which nobody
    /// keeps. `None` where it would not be smaller.
    #[must_use]
    pub fn packed(&self, encoding: Encoding) -> Option<Bytes> {
        match self.encoded(encoding) {
            _ if encoding == Encoding::Identity || !self.content_type.is_compressible() => None,
            Some(form) => Some(form.clone()),
            None => compression::pack(encoding, self.body()),
        }
    }

    /// Makes the encoded forms unless they are there; costs some 40 ms for a page that the cache does not know.
    pub fn compress(&self, cache: &CompressionCache) {
        if self.content_type.is_compressible() {
            self.compressed
                .get_or_init(|| cache.get(self.hash, self.body()));
        }
    }
}

/// The tags of every encoding, which share their bytes: so that a request copies none.
fn tags(hash: Hash) -> [HeaderValue; Encoding::ALL.len()] {
    let hash = hash.to_hex();
    let tag = |encoding: Encoding| match encoding {
        Encoding::Identity => format!("\"{}\"", &hash[..32]),
        encoding => format!("\"{}-{}\"", &hash[..32], encoding.wire()),
    };
    let texts = Encoding::ALL.map(tag);
    let all = Bytes::from(texts.concat());
    let mut end = 0;
    texts.map(|text| {
        let start = end;
        end += text.len();
        HeaderValue::from_maybe_shared(all.slice(start..end)).expect("quotes, digits and letters")
    })
}

/// By what would be delivered; the hash stands for the body.
impl PartialEq for Resource {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
            && self.content_type == other.content_type
            && self.cache_policy == other.cache_policy
    }
}

impl fmt::Debug for Resource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Resource")
            .field("content_type", &self.content_type)
            .field("cache_policy", &self.cache_policy)
            .field("bytes", &self.unmade().is_none().then(|| self.body().len()))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{CachePolicy, CompressionCache, ContentType, Encoding, Resource};

    fn resource(content_type: ContentType) -> Resource {
        Resource::new(
            content_type,
            CachePolicy::Revalidate,
            "블록체인 ".repeat(100),
        )
    }

    #[test]
    fn the_entity_tag_is_the_hash_and_the_encoding_before_and_after_compressing() {
        let page = resource(ContentType::Html);
        let tag = blake3::hash(page.body()).to_hex()[..32].to_owned();
        let tags = || {
            [Encoding::Identity, Encoding::Gzip, Encoding::Brotli].map(|it| page.etag(it).clone())
        };
        let before = tags();
        assert_eq!(
            before,
            [
                format!("\"{tag}\""),
                format!("\"{tag}-gzip\""),
                format!("\"{tag}-br\"")
            ]
        );
        page.compress(&CompressionCache::default());
        assert_eq!(tags(), before);
    }

    #[test]
    fn only_the_identity_is_there_until_compressed() {
        let page = resource(ContentType::Html);
        assert!(page.encoded(Encoding::Brotli).is_none());
        assert_eq!(page.encoded(Encoding::Identity), Some(page.body()));
        page.compress(&CompressionCache::default());
        assert!(page.encoded(Encoding::Brotli).is_some() && page.encoded(Encoding::Gzip).is_some());
    }

    #[test]
    fn a_font_is_left_as_it_is() {
        let font = resource(ContentType::Woff2);
        font.compress(&CompressionCache::default());
        assert!(font.encoded(Encoding::Brotli).is_none());
    }
}
