//! The header fields of the site's answers, put together once for each kind of answer.
//!
//! A request copies the fields of its kind and puts its entity tag in: nothing is formatted, looked up by name or
//! grown on the way.

use axum::http::{HeaderMap, HeaderValue, header};

use super::seal;
use crate::site::{CachePolicy, ContentType, Encoding, Resource};

/// The fields of every kind of answer.
#[derive(Debug)]
pub(super) struct Heads {
    /// Those of a 200, by type, policy and encoding.
    found: Vec<HeaderMap>,
    /// Those of a 304, by policy.
    unchanged: Vec<HeaderMap>,
    /// Those of a page about a failure, by type and encoding.
    failure: Vec<HeaderMap>,
    /// Those that every answer has.
    locked: HeaderMap,
}

impl Heads {
    /// `secure` as in [`super::Options`].
    pub(super) fn new(secure: bool) -> Self {
        let mut locked = HeaderMap::new();
        seal::lock(&mut locked, secure);
        let unchanged = |policy: CachePolicy| {
            let mut head = locked.clone();
            head.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
            head.insert(
                header::CACHE_CONTROL,
                HeaderValue::from_static(policy.header_value()),
            );
            head.insert(header::ETAG, HeaderValue::from_static(""));
            head
        };
        let found = |content_type: ContentType, policy: CachePolicy, encoding: Encoding| {
            let mut head = unchanged(policy);
            set_content(&mut head, content_type, encoding);
            head
        };
        let (mut all, mut failure) = (Vec::new(), Vec::new());
        for content_type in ContentType::ALL {
            failure.extend(Encoding::ALL.map(|encoding| {
                let mut head = found(content_type, CachePolicy::Revalidate, encoding);
                head.remove(header::ETAG);
                head
            }));
            for policy in CachePolicy::ALL {
                all.extend(Encoding::ALL.map(|encoding| found(content_type, policy, encoding)));
            }
        }
        Self {
            found: all,
            unchanged: CachePolicy::ALL.map(unchanged).into(),
            failure,
            locked,
        }
    }

    /// For a body that is sent in an encoding.
    pub(super) fn found(&self, resource: &Resource, encoding: Encoding) -> HeaderMap {
        let row = resource.content_type() as usize * CachePolicy::ALL.len()
            + resource.cache_policy() as usize;
        let head = &self.found[row * Encoding::ALL.len() + encoding as usize];
        with_tag(head, resource.etag(encoding))
    }

    /// For a reader who has the body: what the 200 would have, but for what describes the body (RFC 9110 §15.4.5).
    pub(super) fn unchanged(&self, resource: &Resource, tag: &HeaderValue) -> HeaderMap {
        with_tag(&self.unchanged[resource.cache_policy() as usize], tag)
    }

    /// For a page that says why there is no other. It has no validators: conditions apply to success alone
    /// (RFC 9110 §13.2.1), and what was missing may be there the next time.
    pub(super) fn failure(&self, page: &Resource, encoding: Encoding) -> HeaderMap {
        self.failure[page.content_type() as usize * Encoding::ALL.len() + encoding as usize].clone()
    }

    /// For everything else.
    pub(super) fn locked(&self) -> HeaderMap {
        self.locked.clone()
    }
}

fn set_content(head: &mut HeaderMap, content_type: ContentType, encoding: Encoding) {
    head.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(content_type.header_value()),
    );
    if encoding != Encoding::Identity {
        head.insert(
            header::CONTENT_ENCODING,
            HeaderValue::from_static(encoding.header_value()),
        );
    }
}

/// The tag takes a place that is there already, so that nothing has to grow.
fn with_tag(head: &HeaderMap, tag: &HeaderValue) -> HeaderMap {
    let mut head = head.clone();
    if let Some(place) = head.get_mut(header::ETAG) {
        place.clone_from(tag);
    }
    head
}
