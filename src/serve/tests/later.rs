//! What is made when it is first asked for.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use axum::http::StatusCode;
use bytes::Bytes;

use super::{ask, options, page, snapshot};
use crate::serve::{CurrentSite, router};
use crate::site::{CachePolicy, CompressionCache, ContentType, Resource, Site};

/// A site with a card that comes out as this, and the count of how often it was made.
fn site_with(card: Option<&'static str>) -> (CurrentSite, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let make = move || {
        counted.fetch_add(1, Ordering::Relaxed);
        card.map(Bytes::from)
    };
    let card = Resource::drawn(
        ContentType::Png,
        CachePolicy::Forever,
        blake3::hash(b"input"),
        make,
    );
    let mut builder = Site::builder();
    builder.insert("/", page("home")).expect("a new path");
    builder.insert("/card.png", card).expect("a new path");
    builder.not_found("", page("404 ko"));
    let site = builder.build().expect("no contradiction");
    let cache = CompressionCache::default();
    for resource in site.resources() {
        resource.compress(&cache);
    }
    (CurrentSite::new(snapshot(site, 0)), count)
}

#[tokio::test]
async fn it_is_made_for_the_first_request_and_kept_for_all_others() {
    let (live, count) = site_with(Some("picture"));
    ask(router(live.clone(), &options()), "GET /readyz", &[]).await;
    ask(router(live.clone(), &options()), "GET /", &[]).await;
    assert_eq!(count.load(Ordering::Relaxed), 0, "nobody asked for it");
    let requests = (0..20).map(|_| {
        let router = router(live.clone(), &options());
        tokio::spawn(async move { ask(router, "GET /card.png", &[]).await })
    });
    for request in requests.collect::<Vec<_>>() {
        let answer = request.await.expect("an answer");
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.body, "picture");
    }
    assert_eq!(count.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn what_cannot_be_made_is_not_found() {
    let (live, count) = site_with(None);
    for _ in 0..2 {
        let answer = ask(router(live.clone(), &options()), "GET /card.png", &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(answer.body, "404 ko");
    }
    assert_eq!(count.load(Ordering::Relaxed), 1, "tried once");
}
