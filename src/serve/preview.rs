//! What an editor sees besides the site: the problems of the content, and each change as it is made.
//!
//! Pages keep their bytes but for what is put before the end of their body. A script is told over server-sent events
//! that something else was published, fetches its page anew and takes over what differs.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll, ready},
    time::{Duration, SystemTime},
};

use axum::{
    Router,
    body::{Body, Bytes, HttpBody, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::{Next, from_fn_with_state},
    response::Response,
    routing::get,
};
use hyper::body::Frame;
use tokio::{
    select,
    sync::{mpsc, watch},
    time::sleep,
};

use super::current_site::CurrentSite;
use crate::site::{CachePolicy, ContentType};

const SCRIPT: &str = include_str!("../../static/preview/preview.js");
const STYLES: &str = include_str!("../../static/preview/preview.css");

/// Between two signs of life on a stream of events: shorter than any proxy's patience, and ours.
const PING: Duration = Duration::from_secs(15);

/// How long a browser waits before it connects anew, in milliseconds.
const RETRY: u32 = 500;

/// What the preview's answers are made from.
#[derive(Clone)]
pub(super) struct Preview {
    live: CurrentSite,
    closing: Option<watch::Receiver<()>>,
    /// Tells the versions of this process from those of another on the same port.
    start: u128,
}

impl Preview {
    pub(super) fn new(live: CurrentSite, closing: Option<watch::Receiver<()>>) -> Self {
        let start = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Self {
            live,
            closing,
            start: start.map_or(0, |it| it.as_millis()),
        }
    }

    /// Adds the preview to a server.
    pub(super) fn around(self, router: Router) -> Router {
        let file = |content_type: ContentType, body: &'static str| {
            get(move || async move { answer(content_type.header_value(), Body::from(body)) })
        };
        router
            .layer(from_fn_with_state(self.clone(), add_to_pages))
            .route("/_preview/events", get(events).with_state(self))
            .route(
                "/_preview/preview.js",
                file(ContentType::JavaScript, SCRIPT),
            )
            .route("/_preview/preview.css", file(ContentType::Css, STYLES))
    }

    fn version(&self, published: u64) -> String {
        format!("{:x}-{published}", self.start)
    }

    /// What stands at the end of a page. It says which version it belongs to, so that a page learns of what was
    /// published before it listened.
    fn addition(&self, published: u64) -> String {
        let version = self.version(published);
        let state = &self.live.current().state;
        let problems = if state.report.is_empty() {
            String::new()
        } else {
            let head = state
                .message
                .as_deref()
                .unwrap_or("The content has warnings");
            format!(
                "<section class=\"preview-problems\" id=\"preview-problems\" data-errors=\"{}\" role=\"dialog\" \
                 aria-labelledby=\"preview-summary\">\n\
                 <p class=\"preview-problems__summary\" id=\"preview-summary\" role=\"alert\">{head}</p>\n\
                 <div class=\"preview-problems__list\" role=\"group\" aria-label=\"Problems\" tabindex=\"0\">\n\
                 {}</div>\n</section>\n",
                state.problems, state.report
            )
        };
        format!(
            "<link rel=\"stylesheet\" href=\"/_preview/preview.css\">\n\
             <div id=\"preview\" lang=\"en\" data-version=\"{version}\">\n{problems}</div>\n\
             <script src=\"/_preview/preview.js\" defer></script>\n"
        )
    }
}

/// Puts the addition before the end of the body of every page.
async fn add_to_pages(
    State(preview): State<Preview>,
    mut request: Request,
    next: Next,
) -> Response {
    // Read before the page, so that the page is this version or a later one.
    let published = *preview.live.published().borrow();
    for field in [
        header::ACCEPT_ENCODING,
        header::IF_NONE_MATCH,
        header::IF_MODIFIED_SINCE,
    ] {
        request.headers_mut().remove(field);
    }
    let response = next.run(request).await;
    let content_type = response.headers().get(header::CONTENT_TYPE);
    if content_type.is_none_or(|it| it != ContentType::Html.header_value()) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    // The bodies of the site are in memory, and cannot fail.
    let page = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let page = with(&page, &preview.addition(published));
    head.headers.remove(header::ETAG);
    head.headers.remove(header::CONTENT_LENGTH);
    never_kept(&mut head.headers);
    Response::from_parts(head, Body::from(page))
}

/// The page with something before the end of its body.
fn with(page: &[u8], addition: &str) -> Vec<u8> {
    let end = b"</body>";
    let place = page.windows(end.len()).rposition(|it| it == end);
    let (before, after) = page.split_at(place.unwrap_or(page.len()));
    [before, addition.as_bytes(), after].concat()
}

fn answer(content_type: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    never_kept(headers);
    response
}

fn never_kept(headers: &mut HeaderMap) {
    let never = HeaderValue::from_static(CachePolicy::Never.header_value());
    headers.insert(header::CACHE_CONTROL, never);
}

/// The version at once, and each one that is published from then on.
async fn events(State(preview): State<Preview>) -> Response {
    let (sender, receiver) = mpsc::channel(1);
    tokio::spawn(tell(preview, sender));
    answer("text/event-stream", Body::new(Stream(receiver)))
}

/// Ends when the reader has gone, or the server is told to stop.
async fn tell(mut preview: Preview, stream: mpsc::Sender<Bytes>) {
    let mut published = preview.live.published();
    loop {
        let version = preview.version(*published.borrow_and_update());
        let event = format!("retry: {RETRY}\ndata: {version}\n\n");
        if stream.send(event.into()).await.is_err() {
            return;
        }
        loop {
            select! {
                changed = published.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                () = sleep(PING) => {
                    if stream.send(Bytes::from_static(b":\n\n")).await.is_err() {
                        return;
                    }
                }
                () = stream.closed() => return,
                () = closed(preview.closing.as_mut()) => return,
            }
        }
    }
}

async fn closed(closing: Option<&mut watch::Receiver<()>>) {
    match closing {
        Some(closing) => while closing.changed().await.is_ok() {},
        None => std::future::pending().await,
    }
}

/// A body that is written piece by piece.
struct Stream(mpsc::Receiver<Bytes>);

impl HttpBody for Stream {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = ready!(self.0.poll_recv(context));
        Poll::Ready(piece.map(|bytes| Ok(Frame::data(bytes))))
    }
}

#[cfg(test)]
mod tests {
    use super::with;

    #[test]
    fn the_addition_stands_before_the_end_of_the_body() {
        let page = with(b"<body>&lt;/body> </body>\n</html>", "+");
        assert_eq!(page, b"<body>&lt;/body> +</body>\n</html>");
        assert_eq!(with(b"no page", "+"), b"no page+");
    }
}
