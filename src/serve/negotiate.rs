//! What a request says about the form that it wants, and about the forms that its reader has.

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::site::{Encoding, Resource};

/// The encodings that a request accepts, the most wanted first (RFC 9110 §12.5.3).
///
/// Where it wants several alike, the smallest comes first. The identity always comes at last: refusing even that
/// would deserve 406, but whoever sends `identity;q=0` is served better by a page.
pub(super) fn encodings(headers: &HeaderMap) -> impl Iterator<Item = Encoding> + Clone {
    let mut weights = Weights::default();
    let values = headers.get_all(header::ACCEPT_ENCODING);
    for element in values.iter().filter_map(|value| value.to_str().ok()) {
        for (coding, weight) in element.split(',').filter_map(weighted) {
            weights.set(coding, weight);
        }
    }
    let weight = |named: Option<f32>| named.or(weights.others).unwrap_or_default();
    let mut weighted = [
        (weight(weights.brotli), Encoding::Brotli),
        (weight(weights.gzip), Encoding::Gzip),
        (weight(weights.identity), Encoding::Identity),
    ];
    // Stable, so that equals stay in the order above.
    weighted.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    weighted
        .into_iter()
        .filter(|(weight, encoding)| *weight > 0.0 || *encoding == Encoding::Identity)
        .map(|(_, encoding)| encoding)
}

/// The validator that spares the body: an entity tag of the resource that the reader has (RFC 9110 §13.1.2).
///
/// The tag of any accepted encoding will do, since all are the same page: so a reader who was here before the page
/// was compressed is not sent it again.
pub(super) fn matching_etag<'a>(
    headers: &HeaderMap,
    resource: &'a Resource,
    mut accepted: impl Iterator<Item = Encoding>,
) -> Option<&'a HeaderValue> {
    if !headers.contains_key(header::IF_NONE_MATCH) {
        return None;
    }
    let etags = || etags(headers, header::IF_NONE_MATCH).map(|it| it.trim_start_matches("W/"));
    if etags().any(|etag| etag == "*") {
        let encoding = accepted.find(|it| resource.encoded(*it).is_some())?;
        return Some(resource.etag(encoding));
    }
    accepted.map(|encoding| resource.etag(encoding)).find(|ours| etags().any(|etag| etag == **ours))
}

/// Whether a reader wants something only as it was, and it has changed: has none of the tags that it has now
/// (RFC 9110 §13.1.1).
pub(super) fn is_other_than_wanted<'a>(
    headers: &HeaderMap,
    now: &(impl Iterator<Item = &'a HeaderValue> + Clone),
) -> bool {
    let is_ours = |etag| etag == "*" || now.clone().any(|it| it == etag);
    headers.contains_key(header::IF_MATCH) && !etags(headers, header::IF_MATCH).any(is_ours)
}

/// The entity tags that a condition lists.
pub(super) fn etags(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let values = headers.get_all(name).into_iter();
    values
        .filter_map(|value| value.to_str().ok())
        // Our tags have no commas, so that one within another server's tag does no harm.
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

/// The weights that a request gave, from 0 for never to 1.
#[derive(Default)]
struct Weights {
    brotli: Option<f32>,
    gzip: Option<f32>,
    identity: Option<f32>,
    others: Option<f32>,
}

impl Weights {
    fn set(&mut self, coding: &str, weight: f32) {
        let is = |name: &str| coding.eq_ignore_ascii_case(name);
        let slot = if is("br") {
            &mut self.brotli
        } else if is("gzip") || is("x-gzip") {
            // The old name is to be taken for the new (RFC 9110 §8.4.1.3).
            &mut self.gzip
        } else if is("identity") {
            &mut self.identity
        } else if is("*") {
            &mut self.others
        } else {
            return;
        };
        *slot = Some(weight);
    }
}

/// An element such as `gzip;q=0.5`; `None` where its weight makes no sense.
fn weighted(element: &str) -> Option<(&str, f32)> {
    let mut parts = element.split(';').map(str::trim);
    let coding = parts.next()?;
    let weight = parts
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
        .map_or(Some(1.0), |(_, value)| value.trim().parse().ok())?;
    (0.0..=1.0).contains(&weight).then_some((coding, weight))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header};

    use super::encodings;
    use crate::site::Encoding::{self, Brotli, Gzip, Identity};

    #[track_caller]
    fn accepts(lines: &[&'static str], expected: &[Encoding]) {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::ACCEPT_ENCODING, HeaderValue::from_static(line));
        }
        let accepted: Vec<Encoding> = encodings(&headers).collect();
        assert_eq!(accepted, expected, "{lines:?}");
    }

    #[test]
    fn the_smallest_of_what_is_wanted_alike_comes_first() {
        accepts(&["gzip, deflate, br, zstd"], &[Brotli, Gzip, Identity]);
        accepts(&["gzip;q=0.5, br;q=0.5"], &[Brotli, Gzip, Identity]);
        accepts(&["GZip", "BR"], &[Brotli, Gzip, Identity]);
        accepts(&["x-gzip"], &[Gzip, Identity]);
        accepts(&["*"], &[Brotli, Gzip, Identity]);
    }

    #[test]
    fn weights_decide() {
        accepts(&["gzip, br;q=0.9"], &[Gzip, Brotli, Identity]);
        accepts(&["gzip ; Q = 1.000 , br;q=0.001"], &[Gzip, Brotli, Identity]);
        accepts(&["identity, gzip;q=0.5"], &[Identity, Gzip]);
        accepts(&["br;q=0, *"], &[Gzip, Identity]);
    }

    #[test]
    fn what_has_no_weight_is_never_sent() {
        accepts(&["br, gzip;q=0"], &[Brotli, Identity]);
        accepts(&["gzip;q=0, br;q=0.0"], &[Identity]);
        accepts(&["*;q=0, gzip"], &[Gzip, Identity]);
    }

    #[test]
    fn the_identity_is_the_last_resort_even_where_refused() {
        accepts(&[], &[Identity]);
        accepts(&[""], &[Identity]);
        accepts(&["*;q=0"], &[Identity]);
        accepts(&["identity;q=0"], &[Identity]);
        accepts(&["gzip, identity;q=0"], &[Gzip, Identity]);
    }

    #[test]
    fn nonsense_is_passed_over() {
        accepts(&["br;q=2, gzip;q=-1, ;;, ,=, q=1"], &[Identity]);
        accepts(&["br;q=high, gzip;level=9"], &[Gzip, Identity]);
        accepts(&["br;q=NaN"], &[Identity]);
    }
}
