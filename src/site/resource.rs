//! One finished answer: a body with everything that the header fields are made from.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use blake3::Hash;
use bytes::Bytes;
use http::HeaderValue;

use crate::media::Served;

use super::{
    compression::{self, Compressed, CompressionCache, Encoding},
    content_type::{CachePolicy, ContentType},
};

/// A body, its type and for how long it may be kept; every clone shares them.
#[derive(Clone)]
pub struct Resource(Arc<Inner>);

struct Inner {
    content_type: ContentType,
    cache_policy: CachePolicy,
    /// Filled when it is first asked for.
    body: OnceLock<Body>,
    make: Box<dyn Fn() -> Result<Bytes, String> + Send + Sync>,
    stored: Option<Served>,
    /// Empty until [`Resource::compress`] was here.
    compressed: OnceLock<Compressed>,
}

struct Body {
    /// Why it could not be made; it is empty then.
    failure: Option<String>,
    bytes: Bytes,
    hash: Hash,
    /// As they are sent, by the position of their encoding in [`Encoding::ALL`].
    etags: [HeaderValue; Encoding::ALL.len()],
}

impl Resource {
    pub fn new(
        content_type: ContentType,
        cache_policy: CachePolicy,
        body: impl Into<Vec<u8>>,
    ) -> Self {
        let body = Bytes::from(body.into());
        Self::lazy(content_type, cache_policy, move || Ok(body.clone()))
    }

    /// A resource whose body is made when it is first asked for, always the same; or what is missing and why.
    pub fn lazy(
        content_type: ContentType,
        cache_policy: CachePolicy,
        make: impl Fn() -> Result<Bytes, String> + Send + Sync + 'static,
    ) -> Self {
        Self::of(content_type, cache_policy, Box::new(make), None)
    }

    /// A resource that lies on disk, and is read in pieces by whoever delivers it.
    pub fn stored(content_type: ContentType, cache_policy: CachePolicy, served: Served) -> Self {
        let own = served.clone();
        let make = move || {
            let contents = own.open()?;
            let length = usize::try_from(contents.len()).map_err(|it| it.to_string())?;
            contents.read_at(0, length).map_err(|it| it.to_string())
        };
        Self::of(content_type, cache_policy, Box::new(make), Some(served))
    }

    fn of(
        content_type: ContentType,
        cache_policy: CachePolicy,
        make: Box<dyn Fn() -> Result<Bytes, String> + Send + Sync>,
        stored: Option<Served>,
    ) -> Self {
        Self(Arc::new(Inner {
            content_type,
            cache_policy,
            body: OnceLock::new(),
            make,
            stored,
            compressed: OnceLock::new(),
        }))
    }

    /// What lies on disk, for a body that is never held as a whole.
    pub fn as_stored(&self) -> Option<&Served> {
        self.0.stored.as_ref()
    }

    /// Whether the body has been asked for before, so that nothing is waited for.
    pub fn is_made(&self) -> bool {
        self.0.body.get().is_some()
    }

    /// Why there is no body. Where it cannot be made, the resource is as good as missing.
    pub fn failure(&self) -> Option<&str> {
        self.made().failure.as_deref()
    }

    /// The body as it was given, made now if it has to be; empty where it cannot be.
    pub fn body(&self) -> &Bytes {
        &self.made().bytes
    }

    /// The body for somebody who writes it elsewhere: one that is made now is not kept here. Where it cannot be made,
    /// what is missing and why.
    pub fn read(&self) -> Result<Bytes, String> {
        match self.0.body.get() {
            Some(body) => body.failure.clone().map_or(Ok(body.bytes.clone()), Err),
            None => (self.0.make)(),
        }
    }

    fn made(&self) -> &Body {
        self.0.body.get_or_init(|| Body::new((self.0.make)()))
    }

    /// The body in an encoding; `None` while there is no such form, or where it would not be smaller.
    pub fn encoded(&self, encoding: Encoding) -> Option<&Bytes> {
        let compressed = self.0.compressed.get();
        match encoding {
            Encoding::Identity => Some(self.body()),
            Encoding::Brotli => compressed?.brotli.as_ref(),
            Encoding::Gzip => compressed?.gzip.as_ref(),
        }
    }

    /// The strong entity tag of the body in an encoding (RFC 9110 §8.8.3): 128 bits of the hash of the body as it
    /// was given, and the encoding's name. It is known before the encoded form is, and the same on every replica.
    pub fn etag(&self, encoding: Encoding) -> &HeaderValue {
        &self.made().etags[encoding as usize]
    }

    pub fn content_type(&self) -> ContentType {
        self.0.content_type
    }

    pub fn cache_policy(&self) -> CachePolicy {
        self.0.cache_policy
    }

    /// The body, which the caller has read, in an encoding as a file of its own: the form that is there already or
    /// one made now, which nobody keeps. `None` where it would not be smaller.
    pub fn compress_once(&self, encoding: Encoding, body: &[u8]) -> Option<Bytes> {
        if encoding == Encoding::Identity
            || !self.0.content_type.is_compressible()
            || self.0.stored.is_some()
        {
            return None;
        }
        if self.0.compressed.get().is_some() {
            return self.encoded(encoding).cloned();
        }
        compression::pack(encoding, body)
    }

    /// Makes the body and its encoded forms unless they are there; costs some 40 ms for a page that the cache does
    /// not know. A picture is left for whoever asks for it.
    pub fn compress(&self, cache: &CompressionCache) {
        if self.0.content_type.is_compressible() && self.0.stored.is_none() {
            let compress = || cache.get(self.made().hash, self.body());
            self.0.compressed.get_or_init(compress);
        }
    }
}

impl Body {
    fn new(made: Result<Bytes, String>) -> Self {
        let (bytes, failure) = match made {
            Ok(bytes) => (bytes, None),
            Err(failure) => (Bytes::new(), Some(failure)),
        };
        let hash = blake3::hash(&bytes);
        let etag = |encoding| {
            let hash = &hash.to_hex()[..32];
            let etag = match encoding {
                Encoding::Identity => format!("\"{hash}\""),
                encoding => format!("\"{hash}-{}\"", encoding.header_value()),
            };
            HeaderValue::try_from(etag).expect("quotes, digits and letters")
        };
        Self { failure, bytes, hash, etags: Encoding::ALL.map(etag) }
    }
}

/// By what would be delivered; the hash stands for the body.
impl PartialEq for Resource {
    fn eq(&self, other: &Self) -> bool {
        self.made().hash == other.made().hash
            && self.content_type() == other.content_type()
            && self.cache_policy() == other.cache_policy()
    }
}

impl fmt::Debug for Resource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Resource")
            .field("content_type", &self.content_type())
            .field("cache_policy", &self.cache_policy())
            .finish_non_exhaustive()
    }
}
