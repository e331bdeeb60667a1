//! Which paths a site may have, and their form in a URL (RFC 3986 §3.3).

use std::{borrow::Cow, fmt::Write};

/// Decodes the path of a request once; `None` where it is not one that a site may have.
///
/// An encoded slash is data and no separator (RFC 3986 §2.2), and no path of ours has one.
pub(super) fn decode(raw: &str) -> Option<Cow<'_, str>> {
    if !raw.contains('%') {
        return is_safe(raw).then_some(Cow::Borrowed(raw));
    }
    let mut decoded = Vec::with_capacity(raw.len());
    let mut bytes = raw.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let byte = hexadecimal(bytes.next()?)? << 4 | hexadecimal(bytes.next()?)?;
        if byte == b'/' {
            return None;
        }
        decoded.push(byte);
    }
    let decoded = String::from_utf8(decoded).ok()?;
    is_safe(&decoded).then_some(Cow::Owned(decoded))
}

/// Whether a decoded path is absolute, and nothing that a browser, proxy or file system reads differently: two
/// slashes or a backslash may name another host (WHATWG URL §4.4), dots another folder.
pub(super) fn is_safe(path: &str) -> bool {
    path.starts_with('/')
        && !path.contains("//")
        && !path.contains(|character: char| character == '\\' || character.is_control())
        && !path.split('/').any(|segment| matches!(segment, "." | ".."))
}

/// Encodes a decoded path for a location: all but slashes and `pchar` of RFC 3986 §3.3.
pub(super) fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

fn hexadecimal(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
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
        for path in ["/", "/projects/rrc/", "/한 글/50%/?#[x]", "/a,b;c=d/(e)'!~"] {
            assert_eq!(decode(&encode(path)).as_deref(), Some(path));
        }
        assert_eq!(encode("/한?"), "/%ED%95%9C%3F");
    }
}
