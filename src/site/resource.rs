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
    pub fn header_value(self) -> &'static str {
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
    /// Empty until [`Self::compress`] was here.
    compressed: OnceLock<Compressed>,
}

/// The bytes, or how to come by them.
enum Body {
    Ready(Whole),
    /// A text, whose validators are those of what is written.
    Written(Arc<Making<Whole>>),
    /// A picture, whose validators are those of what it is drawn from; `None` where it cannot be drawn.
    Drawn(Arc<Making<Option<Bytes>>>, Seal),
}

/// A body that is there, and what tells it from others.
struct Whole {
    bytes: Bytes,
    seal: Seal,
}

/// The hash of a body, or of all that it is made from.
struct Seal {
    hash: Hash,
    /// The entity tags as they are sent, by the place of their encoding in [`Encoding::ALL`].
    tags: [HeaderValue; Encoding::ALL.len()],
}

/// Something that is made when it is first asked for, and once.
struct Making<T> {
    made: OnceLock<T>,
    make: Box<dyn Fn() -> T + Send + Sync>,
}

impl<T> Making<T> {
    fn new(make: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self {
            made: OnceLock::new(),
            make: Box::new(make),
        }
    }

    fn get(&self) -> &T {
        self.made.get_or_init(&self.make)
    }
}

/// A body that has to be made before it can be sent.
#[derive(Clone)]
pub enum Later {
    /// A text: a fraction of a millisecond for a page, more for a list of everything.
    Text(LaterText),
    /// A picture: tens of milliseconds.
    Picture(LaterPicture),
}

/// A text that is not written yet.
#[derive(Clone)]
pub struct LaterText(Arc<Making<Whole>>);

/// A picture that is not drawn yet.
#[derive(Clone)]
pub struct LaterPicture(Arc<Making<Option<Bytes>>>);

impl Later {
    /// Makes the body unless it is there. This takes its time: not for a thread that answers requests.
    pub fn make(&self) {
        match self {
            Self::Text(text) => {
                text.0.get();
            }
            Self::Picture(picture) => {
                picture.0.get();
            }
        }
    }
}

impl fmt::Debug for Later {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self {
            Self::Text(_) => "Text",
            Self::Picture(_) => "Picture",
        };
        write!(formatter, "Later::{kind}")
    }
}

/// Of a body that cannot be made.
static NOTHING: Bytes = Bytes::new();

impl Resource {
    /// A resource that is served as it is until it is compressed.
    pub fn new(
        content_type: ContentType,
        cache_policy: CachePolicy,
        body: impl Into<Vec<u8>>,
    ) -> Self {
        let body = Body::Ready(Whole::new(body.into()));
        Self::of(content_type, cache_policy, body)
    }

    /// A text that is written when it is first asked for, always the same.
    pub fn written(
        content_type: ContentType,
        cache_policy: CachePolicy,
        write: impl Fn() -> Vec<u8> + Send + Sync + 'static,
    ) -> Self {
        let making = Making::new(move || Whole::new(write()));
        Self::of(content_type, cache_policy, Body::Written(Arc::new(making)))
    }

    /// A picture that is drawn when it is first asked for; the hash stands for all that it is drawn from.
    pub fn drawn(
        content_type: ContentType,
        cache_policy: CachePolicy,
        hash: Hash,
        draw: impl Fn() -> Option<Bytes> + Send + Sync + 'static,
    ) -> Self {
        let body = Body::Drawn(Arc::new(Making::new(draw)), Seal::new(hash));
        Self::of(content_type, cache_policy, body)
    }

    fn of(content_type: ContentType, cache_policy: CachePolicy, body: Body) -> Self {
        Self {
            content_type,
            cache_policy,
            body,
            compressed: OnceLock::new(),
        }
    }

    /// What has to be made before the body is there; `None` once it is.
    pub fn pending(&self) -> Option<Later> {
        match &self.body {
            Body::Written(text) if text.made.get().is_none() => {
                Some(Later::Text(LaterText(Arc::clone(text))))
            }
            Body::Drawn(picture, _) if picture.made.get().is_none() => {
                Some(Later::Picture(LaterPicture(Arc::clone(picture))))
            }
            _ => None,
        }
    }

    /// Whether there is a body; a picture is drawn for the answer. Where it cannot be, the resource is as good as
    /// missing.
    pub fn exists(&self) -> bool {
        match &self.body {
            Body::Ready(_) | Body::Written(_) => true,
            Body::Drawn(picture, _) => picture.get().is_some(),
        }
    }

    /// The body as it was given, made now if it has to be; empty where it cannot be.
    pub fn body(&self) -> &Bytes {
        match &self.body {
            Body::Ready(whole) => &whole.bytes,
            Body::Written(text) => &text.get().bytes,
            Body::Drawn(picture, _) => picture.get().as_ref().unwrap_or(&NOTHING),
        }
    }

    /// The body for somebody who writes it elsewhere: one that is made now is not kept here. `None` where it cannot
    /// be made.
    pub fn read(&self) -> Option<Bytes> {
        match &self.body {
            Body::Written(text) if text.made.get().is_none() => Some((text.make)().bytes),
            Body::Drawn(picture, _) if picture.made.get().is_none() => (picture.make)(),
            _ => self.exists().then(|| self.body().clone()),
        }
    }

    fn seal(&self) -> &Seal {
        match &self.body {
            Body::Ready(whole) => &whole.seal,
            Body::Written(text) => &text.get().seal,
            Body::Drawn(_, seal) => seal,
        }
    }

    /// The body in an encoding; `None` while there is no such form, or where it would not be smaller.
    pub fn encoded(&self, encoding: Encoding) -> Option<&Bytes> {
        let compressed = self.compressed.get();
        match encoding {
            Encoding::Identity => Some(self.body()),
            Encoding::Brotli => compressed?.brotli.as_ref(),
            Encoding::Gzip => compressed?.gzip.as_ref(),
        }
    }

    /// The strong entity tag of the body in an encoding (RFC 9110 §8.8.3): 128 bits of the hash of the body as it
    /// was given, or of what a picture is drawn from, and the encoding's name. It is known before the encoded form
    /// is, and the same on every replica.
    pub fn etag(&self, encoding: Encoding) -> &HeaderValue {
        &self.seal().tags[encoding as usize]
    }

    /// What the body is.
    pub fn content_type(&self) -> ContentType {
        self.content_type
    }

    /// For how long the answer may be reused.
    pub fn cache_policy(&self) -> CachePolicy {
        self.cache_policy
    }

    /// The body, which the caller has read, in an encoding as a file of its own: the form that is there already or
    /// one made now, which nobody keeps. `None` where it would not be smaller.
    pub fn compress_once(&self, encoding: Encoding, body: &[u8]) -> Option<Bytes> {
        if encoding == Encoding::Identity || !self.content_type.is_compressible() {
            return None;
        }
        if self.compressed.get().is_some() {
            return self.encoded(encoding).cloned();
        }
        compression::pack(encoding, body)
    }

    /// Makes the body and its encoded forms unless they are there; costs some 40 ms for a page that the cache does
    /// not know. A picture is left for whoever asks for it.
    pub fn compress(&self, cache: &CompressionCache) {
        if self.content_type.is_compressible() {
            self.compressed
                .get_or_init(|| cache.get(self.seal().hash, self.body()));
        }
    }
}

impl Whole {
    fn new(body: Vec<u8>) -> Self {
        let bytes = Bytes::from(body);
        let seal = Seal::new(blake3::hash(&bytes));
        Self { bytes, seal }
    }
}

impl Seal {
    fn new(hash: Hash) -> Self {
        let tags = tags(hash);
        Self { hash, tags }
    }
}

/// The tags of every encoding, which share their bytes: so that a request copies none.
fn tags(hash: Hash) -> [HeaderValue; Encoding::ALL.len()] {
    let hash = hash.to_hex();
    let tag = |encoding: Encoding| match encoding {
        Encoding::Identity => format!("\"{}\"", &hash[..32]),
        encoding => format!("\"{}-{}\"", &hash[..32], encoding.header_value()),
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
        self.seal().hash == other.seal().hash
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
            .field(
                "bytes",
                &self.pending().is_none().then(|| self.body().len()),
            )
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
