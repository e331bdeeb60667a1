//! The door beside the router that it spares.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tokio::sync::watch;
use tower::ServiceExt;

use super::{Answer, Front};
use crate::serve::tests::{compressed, options};

fn door() -> Front {
    let (_open, closing) = watch::channel(());
    super::super::front(compressed(), &options(), closing)
}

fn request(path: &str, field: (&str, &str)) -> Request<Body> {
    let builder = Request::get(path).header(field.0, field.1);
    builder.body(Body::empty()).expect("a request")
}

#[tokio::test]
async fn the_door_and_the_router_say_the_same() {
    let (front, router) = (door(), super::super::router(compressed(), &options()));
    let paths = [
        "/",
        "/search/",
        "/find",
        "/nothing/",
        "/en/x",
        "/%ff",
        "/assets/font-1a.woff2",
    ];
    let fields = [
        ("accept-encoding", "br"),
        ("accept-encoding", "gzip"),
        ("accept", "*/*"),
        ("if-none-match", "*"),
    ];
    for (path, field) in paths
        .iter()
        .flat_map(|path| fields.map(|field| (*path, field)))
    {
        let ready = front
            .at_once(&request(path, field))
            .expect("the site's own");
        let asked = router.clone().oneshot(request(path, field)).await;
        let mut asked = asked.expect("infallible");
        // hyper writes it for the door.
        asked.headers_mut().remove(header::CONTENT_LENGTH);
        assert_eq!(
            (ready.status(), ready.headers()),
            (asked.status(), asked.headers()),
            "{path} {field:?}"
        );
    }
}

#[test]
fn a_panic_at_the_door_becomes_a_page_that_names_the_request() {
    let front = door();
    let answer = front.watched(&request("/", ("accept", "*/*")), || panic!("broken"));
    let answer = answer.expect("an answer");
    assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(
        answer
            .headers()
            .contains_key(header::CONTENT_SECURITY_POLICY)
    );
    assert!(matches!(answer.body(), Answer::Streamed(_)));
}
