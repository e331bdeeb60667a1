//! What an editor sees besides the site: the problems of the content, and each change as it is made.
//!
//! Pages keep their bytes but for what is put before the end of their body. A script is told over server-sent events
//! that something else was published, fetches its page anew and takes over what differs.

use std::{
    convert::Infallible,
    time::{Duration, SystemTime},
};

use axum::{
    body::Body,
    response::{
        IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::stream;
use http::{HeaderValue, StatusCode, header, request::Parts};
use http_body_util::{BodyExt, Collected, Full};
use tokio::{select, sync::watch};

use super::{
    current_site::{CurrentSite, Snapshot},
    handlers::{self, Response, plain_response},
};
use crate::site::{CachePolicy, ContentType};

const SCRIPT: &str = include_str!("../../static/preview/preview.js");
const STYLES: &str = include_str!("../../static/preview/preview.css");

/// Between two signs of life on a stream of events: shorter than any proxy's patience, and ours.
const PING: Duration = Duration::from_secs(15);

/// How long a browser waits before it connects anew.
const RETRY: Duration = Duration::from_millis(500);

#[derive(Clone)]
pub(super) struct Preview {
    current: CurrentSite,
    /// Its sender is dropped when the server is told to stop.
    stopping: watch::Receiver<()>,
    /// Milliseconds since 1970: tells the versions of this process from those of another on the same port.
    start: u128,
}

impl Preview {
    pub(super) fn new(current: CurrentSite, stopping: watch::Receiver<()>) -> Self {
        let start = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Self {
            current,
            stopping,
            start: start.map_or(0, |it| it.as_millis()),
        }
    }

    pub(super) async fn answer(&self, mut request: Parts) -> http::Response<Body> {
        let answer = match request.uri.path() {
            "/_preview/events" => return self.events(),
            "/_preview/preview.js" => {
                plain_response(StatusCode::OK, ContentType::JAVASCRIPT, SCRIPT)
            }
            "/_preview/preview.css" => plain_response(StatusCode::OK, ContentType::CSS, STYLES),
            _ => {
                for name in [header::ACCEPT_ENCODING, header::IF_NONE_MATCH] {
                    request.headers.remove(name);
                }
                // Read before the page, so that the page is of this version or a later one.
                let snapshot = self.current.load();
                let answer = handlers::answer(&self.current, &request).await;
                self.with_overlay(answer, &snapshot).await
            }
        };
        answer.map(Body::new)
    }

    /// Puts the overlay before the end of the body of every page.
    async fn with_overlay(&self, response: Response, snapshot: &Snapshot) -> Response {
        let content_type = response.headers().get(header::CONTENT_TYPE);
        if content_type.is_none_or(|it| it != ContentType::HTML.header_value()) {
            return response;
        }
        let (mut parts, body) = response.into_parts();
        let page = body.collect().await.map(Collected::to_bytes);
        let page = page.unwrap_or_default();
        let page = insert_before_end(&page, &self.overlay(snapshot));
        parts.headers.remove(header::ETAG);
        let never = HeaderValue::from_static(CachePolicy::Never.header_value());
        parts.headers.insert(header::CACHE_CONTROL, never);
        Response::from_parts(parts, Full::new(page.into()))
    }

    /// The version at once, and each one that is published from then on.
    fn events(&self) -> http::Response<Body> {
        let mut published = self.current.subscribe();
        published.mark_changed();
        let state = (self.clone(), published);
        let events = stream::unfold(state, |(mut preview, mut published)| async {
            select! {
                changed = published.changed() => changed.ok()?,
                _ = preview.stopping.changed() => return None,
            }
            let version = preview.version(&published.borrow_and_update());
            let event = Event::default().retry(RETRY).data(version);
            Some((Ok::<_, Infallible>(event), (preview, published)))
        });
        let never = (header::CACHE_CONTROL, CachePolicy::Never.header_value());
        let events = Sse::new(events).keep_alive(KeepAlive::new().interval(PING));
        ([never], events).into_response()
    }

    fn version(&self, snapshot: &Snapshot) -> String {
        format!("{:x}-{}", self.start, snapshot.version)
    }

    /// What stands at the end of a page. It says which version it belongs to, so that a page learns of what was
    /// published before it listened.
    fn overlay(&self, snapshot: &Snapshot) -> String {
        let version = self.version(snapshot);
        let problems = if snapshot.report.is_empty() {
            String::new()
        } else {
            let summary = snapshot.message.as_deref();
            let summary = summary.unwrap_or("The content has warnings");
            format!(
                "<section class=\"preview-problems\" id=\"preview-problems\" data-errors=\"{}\" role=\"dialog\" \
                 aria-labelledby=\"preview-summary\">\n\
                 <p class=\"preview-problems__summary\" id=\"preview-summary\" role=\"alert\">{summary}</p>\n\
                 <div class=\"preview-problems__list\" role=\"group\" aria-label=\"Problems\" tabindex=\"0\">\n\
                 {}</div>\n</section>\n",
                snapshot.problems, snapshot.report
            )
        };
        format!(
            "<link rel=\"stylesheet\" href=\"/_preview/preview.css\">\n\
             <div id=\"preview\" lang=\"en\" data-version=\"{version}\">\n{problems}</div>\n\
             <script src=\"/_preview/preview.js\" defer></script>\n"
        )
    }
}

/// The page with something before the end of its body.
fn insert_before_end(page: &[u8], addition: &str) -> Vec<u8> {
    let end = b"</body>";
    let index = page.windows(end.len()).rposition(|it| it == end);
    let (before, after) = page.split_at(index.unwrap_or(page.len()));
    [before, addition.as_bytes(), after].concat()
}

#[cfg(test)]
mod tests {
    use super::insert_before_end;

    #[test]
    fn the_overlay_stands_before_the_end_of_the_body() {
        let page = insert_before_end(b"<body>&lt;/body> </body>\n</html>", "+");
        assert_eq!(page, b"<body>&lt;/body> +</body>\n</html>");
        assert_eq!(insert_before_end(b"no page", "+"), b"no page+");
    }
}
