//! What a file is, by how it begins: names lie, and browsers believe what we send them.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Jpeg,
    Png,
    Gif,
    Webp,
    Avif,
}

impl Kind {
    /// The kinds that are shown, as messages list them.
    pub const SHOWN: &str = "jpg, png, webp, gif, avif and svg are shown";

    /// The ends of names that a kind may have; the first is that of what is published.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png", "apng"],
            Self::Gif => &["gif"],
            Self::Webp => &["webp"],
            Self::Avif => &["avif"],
        }
    }

    /// The kind of a picture that begins like this, or what else it is.
    pub fn of(bytes: &[u8]) -> Result<Self, &'static str> {
        let is = |at: usize, mark: &[u8]| bytes.get(at..).is_some_and(|it| it.starts_with(mark));
        let brand = || bytes.get(8..12).unwrap_or_default();
        Ok(match () {
            () if is(0, b"\xff\xd8\xff") => Self::Jpeg,
            () if is(0, b"\x89PNG\r\n\x1a\n") => Self::Png,
            () if is(0, b"GIF8") => Self::Gif,
            () if is(0, b"RIFF") && is(8, b"WEBP") => Self::Webp,
            () if is(4, b"ftyp") => match brand() {
                b"avif" | b"avis" => Self::Avif,
                b"qt  " => return Err("a QuickTime film"),
                b"heic" | b"heix" | b"hevc" | b"heim" | b"heis" | b"mif1" | b"msf1" => {
                    return Err("HEIC");
                }
                _ => return Err("a film"),
            },
            () if is(0, b"BM") => return Err("BMP"),
            () if is(0, b"II*\0") || is(0, b"MM\0*") => return Err("TIFF"),
            () if is(0, b"%PDF") => return Err("PDF"),
            () if is(0, b"8BPS") => return Err("a Photoshop document"),
            () if is(0, b"\xff\x0a") || is(4, b"JXL ") => return Err("JPEG XL"),
            () if is(0, b"<") || is(3, b"<") => return Err("markup"),
            () if bytes.is_empty() => return Err("empty"),
            () => return Err("no picture"),
        })
    }
}

/// Files that are served as they are, and as what. What could run in a browser, such as HTML and XML, is not among them.
const SERVED: [(&str, &str); 26] = [
    ("pdf", "application/pdf"),
    ("zip", "application/zip"),
    ("gz", "application/gzip"),
    ("tgz", "application/gzip"),
    ("7z", "application/x-7z-compressed"),
    ("epub", "application/epub+zip"),
    ("key", "application/vnd.apple.keynote"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("srt", "text/plain; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("webm", "video/webm"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("wav", "audio/wav"),
];

/// The media type that a file with this end of its name is served as, if it is served at all.
pub fn served_as(ending: &str) -> Option<&'static str> {
    let ending = ending.to_ascii_lowercase();
    let found = SERVED.iter().find(|(it, _)| *it == ending);
    found.map(|(_, media_type)| *media_type)
}

/// Whether a file with this name is a film or sound.
pub fn is_film(path: &str) -> bool {
    let media_type = path.rsplit_once('.').and_then(|(_, it)| served_as(it));
    media_type.is_some_and(|it| it.starts_with("video/") || it.starts_with("audio/"))
}
