//! What shows of the snapshot that was published last.

use std::{future::ready, time::Duration};

use axum::http::{StatusCode, header};
use tokio::{net::TcpListener, time::timeout};

use super::{ask, compressed, home, options, site, snapshot};
use crate::{
    serve::{CurrentSite, current_site::compress, router, run},
    site::Site,
};

#[tokio::test]
async fn health_tells_life_from_readiness() {
    let ready = |live: &CurrentSite| ask(router(live.clone(), &options()), "GET /readyz", &[]);
    let live = compressed();
    let answer = ask(router(live.clone(), &options()), "GET /healthz", &[]).await;
    assert_eq!(
        (answer.status, &answer.body[..]),
        (StatusCode::OK, &b"ok\n"[..])
    );
    assert_eq!(
        ready(&live).await.body,
        r#"{"state":"ok","age":90,"pages":2,"problems":0}"#
    );

    let mut stale = snapshot(site("old"), 3);
    stale.state.message = Some("projects/rrc/ko.md has errors".to_owned());
    live.publish(stale);
    let answer = ready(&live).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(
        answer.body,
        r#"{"state":"stale","age":90,"pages":2,"problems":3,"message":"projects/rrc/ko.md has errors"}"#
    );
}

#[tokio::test]
async fn without_a_site_the_server_lives_but_is_not_ready() {
    let empty = Site::builder().build().expect("no contradiction");
    let live = CurrentSite::new(snapshot(empty, 1));
    for (request, status) in [
        ("GET /healthz", StatusCode::OK),
        ("GET /readyz", StatusCode::SERVICE_UNAVAILABLE),
        ("GET /", StatusCode::SERVICE_UNAVAILABLE),
    ] {
        let answer = ask(router(live.clone(), &options()), request, &[]).await;
        assert_eq!(answer.status, status, "{request}");
    }
}

#[tokio::test]
async fn what_is_published_shows_at_the_next_request() {
    let live = compressed();
    let router = router(live.clone(), &options());
    live.publish(snapshot(site("edited"), 0));
    assert_eq!(ask(router, "GET /", &[]).await.body, "edited");
}

#[tokio::test]
async fn what_is_published_is_compressed_in_the_background() {
    let live = CurrentSite::new(snapshot(site(&home()), 0));
    let compression = tokio::spawn(compress(live.clone()));
    until_compressed(&live).await;
    live.publish(snapshot(site(&home().repeat(2)), 0));
    until_compressed(&live).await;
    compression.abort();
}

/// Asks for the home page until it comes compressed.
async fn until_compressed(live: &CurrentSite) {
    let router = router(live.clone(), &options());
    let asking = async {
        let fields = [("accept-encoding", "br")];
        while ask(router.clone(), "GET /", &fields)
            .await
            .field(header::CONTENT_ENCODING)
            != "br"
        {
            tokio::task::yield_now().await;
        }
    };
    let limit = Duration::from_secs(20);
    timeout(limit, asking).await.expect("compressed by now");
}

#[tokio::test]
async fn the_server_ends_when_told_to() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    run(listener, compressed(), options(), ready(()))
        .await
        .expect("a proper end");
}
