//! Files on disk, as RFC 9110 has them asked for: whole or in part, and to those alone who lack them. They are read in
//! pieces, so that a film of any length takes no memory.

use std::iter;
use std::ops::Range;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::Response,
};
use futures_util::stream;

use super::{
    answer::{response, set_caching},
    current_site::{CurrentSite, run_blocking},
    negotiate,
};
use crate::media::{Contents, Served};
use crate::site::{CachePolicy, ContentType, Resource};

/// Bytes that are read at once, and that each reader who takes none of them keeps waiting.
const PIECE: usize = 1 << 15;

/// The answer; nothing where the file cannot be had.
pub(super) async fn respond(
    current: &CurrentSite,
    resource: &Resource,
    served: &Served,
    request: &Parts,
) -> Option<Response> {
    let (mut content_type, mut policy) = (resource.content_type(), resource.cache_policy());
    let mut served = served.clone();
    if let Some(stand_in) = served.stand_in()
        && !served.is_ready()
    {
        current.make_later(served);
        served = stand_in;
        content_type = ContentType::of_picture(served.ending());
        policy = CachePolicy::Never;
    }
    let (contents, tag) = match current.open(served).await {
        Ok(opened) => opened,
        Err(reason) => {
            tracing::warn!("{reason}");
            return None;
        }
    };
    let etag = HeaderValue::try_from(format!("\"{tag}\"")).ok()?;
    if negotiate::is_other_than_wanted(&request.headers, &iter::once(&etag)) {
        return Some(response(StatusCode::PRECONDITION_FAILED, Body::empty()));
    }
    let length = contents.len();
    let (status, part) = if policy != CachePolicy::Never && is_known(&request.headers, &etag) {
        (StatusCode::NOT_MODIFIED, 0..0)
    } else {
        match wanted(request, &etag, length).filter(|_| policy != CachePolicy::Never) {
            None => (StatusCode::OK, 0..length),
            Some(part) if part.is_empty() => (StatusCode::RANGE_NOT_SATISFIABLE, 0..0),
            Some(part) => (StatusCode::PARTIAL_CONTENT, part),
        }
    };
    let body = match request.method {
        Method::HEAD => Bytes::new().into(),
        _ => body(contents, part.clone()).await.ok()?,
    };
    let mut response = response(status, body);
    set_caching(&mut response, content_type, policy);
    let headers = response.headers_mut();
    headers.remove(header::VARY);
    if policy != CachePolicy::Never {
        headers.insert(header::ETAG, etag);
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    }
    let range = match status {
        StatusCode::NOT_MODIFIED => return Some(response),
        StatusCode::PARTIAL_CONTENT => {
            Some(format!("bytes {}-{}/{length}", part.start, part.end - 1))
        }
        StatusCode::RANGE_NOT_SATISFIABLE => Some(format!("bytes */{length}")),
        _ => None,
    };
    if let Some(range) = range {
        headers.insert(header::CONTENT_RANGE, HeaderValue::try_from(range).ok()?);
    }
    headers.insert(header::CONTENT_LENGTH, (part.end - part.start).into());
    let content_type_value = HeaderValue::from_static(content_type.header_value());
    headers.insert(header::CONTENT_TYPE, content_type_value);
    if content_type.is_download() {
        let attachment = HeaderValue::from_static("attachment");
        headers.insert(header::CONTENT_DISPOSITION, attachment);
    }
    Some(response)
}

/// Whether a reader has this state of the file (RFC 9110 §13.1.2).
fn is_known(headers: &HeaderMap, etag: &HeaderValue) -> bool {
    let mut tags = negotiate::etags(headers, header::IF_NONE_MATCH);
    tags.any(|it| it == "*" || etag == it.trim_start_matches("W/"))
}

/// The part that a request wants (RFC 9110 §14.2): `None` for all of it, also where it wants several parts, which nobody
/// has to answer so. One that there is not is empty.
fn wanted(request: &Parts, etag: &HeaderValue, length: u64) -> Option<Range<u64>> {
    let headers = &request.headers;
    let is_other = |it: &HeaderValue| it.as_bytes() != etag.as_bytes();
    if request.method != Method::GET || headers.get(header::IF_RANGE).is_some_and(is_other) {
        return None;
    }
    let mut lines = headers.get_all(header::RANGE).into_iter();
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return None;
    };
    let (unit, range) = line.to_str().ok()?.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    // Digits alone, of which too many are as good as the most.
    let number = |it: &str| {
        let is_number = !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
        is_number.then(|| it.parse().unwrap_or(u64::MAX))
    };
    Some(match (first, last) {
        ("", last) => length.saturating_sub(number(last)?)..length,
        (first, "") => number(first)?..length,
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if first > last {
                return None;
            }
            first..length.min(last.saturating_add(1))
        }
    })
}

async fn body(contents: Contents, part: Range<u64>) -> std::io::Result<Body> {
    let length = part.end - part.start;
    if length <= PIECE as u64 {
        let length = usize::try_from(length).unwrap_or_default();
        return run_blocking(move || contents.read_at(part.start, length)).await.map(Body::from);
    }
    let pieces = stream::unfold((contents, part), |(contents, part)| async move {
        let length = usize::try_from(part.end - part.start).unwrap_or(PIECE).min(PIECE);
        if length == 0 {
            return None;
        }
        let piece = {
            let contents = contents.clone();
            run_blocking(move || contents.read_at(part.start, length)).await
        };
        // A file that has become shorter ends the connection, and nobody takes the part for the whole.
        let piece = piece.and_then(|it| {
            if it.len() == length { Ok(it) } else { Err(std::io::ErrorKind::UnexpectedEof.into()) }
        });
        Some((piece, (contents, part.start + length as u64..part.end)))
    });
    Ok(Body::from_stream(pieces))
}
