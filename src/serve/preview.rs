//! What an editor sees besides the site: the problems of the content, and each change as it is made.
//!
//! Pages keep their bytes but for what is put before the end of their body. A script is told over server-sent events
//! that something else was published, fetches its page anew and takes over what differs. No page of another site gets
//! to read any of it.

use std::{
    convert::Infallible,
    net::IpAddr,
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header, uri::Authority},
    middleware::{Next, from_fn_with_state},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
    routing::get,
};
use futures_util::stream;
use tokio::{select, sync::watch};

use super::{
    current_site::{CurrentSite, Snapshot},
    handlers::{error_response, plain_response},
};
use crate::site::{CachePolicy, ContentType};

const SCRIPT: &str = include_str!("../../static/preview/preview.js");
const STYLES: &str = include_str!("../../static/preview/preview.css");

/// Between two signs of life on a stream of events: shorter than any proxy's patience, and ours.
const PING: Duration = Duration::from_secs(15);

/// How long a browser waits before it connects anew.
const RETRY: Duration = Duration::from_millis(500);

#[derive(Clone)]
struct Preview {
    current: CurrentSite,
    stopping: watch::Receiver<()>,
    /// Milliseconds since 1970: tells the versions of this process from those of another on the same port.
    start: u128,
}

/// Adds the preview to a router, which then answers to addresses, `localhost` and these names alone. Streams of events
/// end when the sender of `stopping` is dropped.
pub(super) fn layer(
    router: Router,
    current: CurrentSite,
    names: Vec<String>,
    stopping: watch::Receiver<()>,
) -> Router {
    let start = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let preview = Preview { current, stopping, start: start.map_or(0, |it| it.as_millis()) };
    let file = |content_type: ContentType, body: &'static str| {
        get(move || async move { plain_response(StatusCode::OK, content_type, body) })
    };
    router
        .layer(from_fn_with_state(preview.clone(), add_to_pages))
        .route("/_preview/events", get(events).with_state(preview))
        .route("/_preview/preview.js", file(ContentType::JAVASCRIPT, SCRIPT))
        .route("/_preview/preview.css", file(ContentType::CSS, STYLES))
        .layer(from_fn_with_state(Arc::from(names), refuse_strangers))
}

async fn refuse_strangers(
    State(names): State<Arc<[String]>>,
    request: Request,
    next: Next,
) -> Response {
    if !is_strange(&request, &names) {
        return next.run(request).await;
    }
    let note = "A preview is its editor’s alone: open it at an address such as http://127.0.0.1:3000/, or give the \
                name that it has with --listen or --site-url.";
    error_response(StatusCode::FORBIDDEN, note)
}

/// Whether a page of another site asks. One may have its own name lead to this machine, and would then be of the same
/// origin as the preview; any may embed or fetch from it. A link that an editor follows is no such request.
fn is_strange(request: &Request, names: &[String]) -> bool {
    let field = |name: HeaderName| request.headers().get(name)?.to_str().ok();
    let target = request.uri().authority().map(Authority::as_str);
    let mut asked = target.into_iter().chain(field(header::HOST)).peekable();
    let is_ours = asked.peek().is_some() && asked.all(|it| is_ours(it, names));
    let from = field(HeaderName::from_static("sec-fetch-site"));
    let is_link = field(HeaderName::from_static("sec-fetch-dest")) == Some("document");
    !is_ours || !(is_link || matches!(from, None | Some("same-origin" | "none")))
}

/// Whether an authority, such as `localhost:3000`, names this machine whatever name servers say, or is one of the names.
fn is_ours(authority: &str, names: &[String]) -> bool {
    let asked = host(authority);
    asked.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
        || asked == "localhost"
        || asked.ends_with(".localhost")
        || names.iter().any(|it| host(it) == asked)
}

/// An authority without its port.
fn host(authority: &str) -> String {
    let named =
        authority.rsplit_once(':').filter(|(_, port)| port.bytes().all(|it| it.is_ascii_digit()));
    named.map_or(authority, |(host, _)| host).to_ascii_lowercase()
}

impl Preview {
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

/// Puts the overlay before the end of the body of every page.
async fn add_to_pages(
    State(preview): State<Preview>,
    mut request: Request,
    next: Next,
) -> Response {
    // Read before the page, so that the page is of this version or a later one.
    let snapshot = preview.current.load();
    for name in [header::ACCEPT_ENCODING, header::IF_NONE_MATCH, header::IF_MODIFIED_SINCE] {
        request.headers_mut().remove(name);
    }
    let response = next.run(request).await;
    let content_type = response.headers().get(header::CONTENT_TYPE);
    if content_type.is_none_or(|it| it != ContentType::HTML.header_value()) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The bodies of the site are in memory, and cannot fail.
    let page = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let page = insert_before_end(&page, &preview.overlay(&snapshot));
    parts.headers.remove(header::ETAG);
    parts.headers.remove(header::CONTENT_LENGTH);
    let never = HeaderValue::from_static(CachePolicy::Never.header_value());
    parts.headers.insert(header::CACHE_CONTROL, never);
    Response::from_parts(parts, Body::from(page))
}

/// The page with something before the end of its body.
fn insert_before_end(page: &[u8], addition: &str) -> Vec<u8> {
    let end = b"</body>";
    let index = page.windows(end.len()).rposition(|it| it == end);
    let (before, after) = page.split_at(index.unwrap_or(page.len()));
    [before, addition.as_bytes(), after].concat()
}

/// The version at once, and each one that is published from then on.
async fn events(State(preview): State<Preview>) -> impl IntoResponse {
    let mut published = preview.current.subscribe();
    published.mark_changed();
    let events = stream::unfold((preview, published), |(mut preview, mut published)| async {
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
    ([never], events)
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
