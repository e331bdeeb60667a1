//! Which paths a site may have, and their form in a URL (RFC 3986 §3.3).

use std::borrow::Cow;

use percent_encoding::{CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::render::PATH_ESCAPES;

/// Decodes the path of a request once; `None` where it is not one that a site may have.
pub(super) fn decode(raw: &str) -> Option<Cow<'_, str>> {
    let mut escapes = raw.split('%').skip(1);
    let is_well_formed = |escape: &str| {
        let digits = escape.as_bytes().get(..2);
        // An encoded slash is data and no separator (RFC 3986 §2.2), and no path of ours has one.
        digits.is_some_and(|it| {
            it.iter().all(u8::is_ascii_hexdigit) && !it.eq_ignore_ascii_case(b"2f")
        })
    };
    if !escapes.all(is_well_formed) {
        return None;
    }
    let decoded = percent_decode_str(raw).decode_utf8().ok()?;
    is_safe(&decoded).then_some(decoded)
}

/// Whether a decoded path is absolute, and nothing that a browser, proxy or file system reads differently: two
/// slashes or a backslash may name another host (WHATWG URL §4.4), dots another folder.
pub(super) fn is_safe(path: &str) -> bool {
    path.starts_with('/')
        && !path.contains("//")
        && !path.contains(|character: char| character == '\\' || character.is_control())
        && !path.split('/').any(|segment| matches!(segment, "." | ".."))
}

/// The path of a request as a log may have it: in ASCII, as it should have come.
pub fn for_log(raw: &str) -> String {
    utf8_percent_encode(raw, CONTROLS).to_string()
}

pub(super) fn encode(path: &str) -> String {
    utf8_percent_encode(path, PATH_ESCAPES).to_string()
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn a_path_is_decoded_exactly_once() {
        assert_eq!(decode("/%70rojects/").as_deref(), Some("/projects/"));
        assert_eq!(decode("/%ED%95%9C/").as_deref(), Some("/한/"));
        assert_eq!(decode("/%2570/").as_deref(), Some("/%70/"));
    }

    #[test]
    fn no_path_is_read_two_ways() {
        for path in [
            "",
            "projects/",
            "*",
            "//host/",
            "/a//b",
            "/%2Fhost/",
            "/%2f%2fhost",
            "/a%2Fb",
            "/\\host",
            "/%5Chost",
            "/../a",
            "/%2e%2e/a",
            "/a/..",
            "/./a",
            "/a%00",
            "/a%0d%0ab",
            "/a%7F",
            "/%",
            "/%4",
            "/%zz",
            "/%ff",
            "/%C3%28",
        ] {
            assert_eq!(decode(path), None, "{path}");
        }
    }

    #[test]
    fn what_is_encoded_decodes_to_itself() {
        for path in ["/", "/projects/alpha/", "/한 글/50%/?#[x]", "/a,b;c=d/(e)'!~"] {
            assert_eq!(decode(&encode(path)).as_deref(), Some(path));
        }
        assert_eq!(encode("/한?"), "/%ED%95%9C%3F");
    }
}
