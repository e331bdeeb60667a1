//! What each kind of file is sent as, and for how long it may be kept.

use crate::media::served_as;
use crate::render::Format;

/// A media type as it stands in `Content-Type`.
///
/// Text names its character set, for JSON too: the parameter means nothing there (RFC 8259 §11), but some readers
/// guess a legacy set without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContentType(&'static str);

impl ContentType {
    pub const HTML: Self = Self("text/html; charset=utf-8");
    pub const CSS: Self = Self("text/css; charset=utf-8");
    pub const JAVASCRIPT: Self = Self("text/javascript; charset=utf-8");
    pub const JSON: Self = Self("application/json; charset=utf-8");
    pub const SVG: Self = Self("image/svg+xml; charset=utf-8");
    pub const PNG: Self = Self("image/png");
    pub const WEBP: Self = Self("image/webp");
    pub const JPEG: Self = Self("image/jpeg");
    pub const AVIF: Self = Self("image/avif");
    pub const ICON: Self = Self("image/vnd.microsoft.icon");
    pub const WOFF2: Self = Self("font/woff2");
    pub const XML: Self = Self("application/xml; charset=utf-8");
    pub const ATOM: Self = Self("application/atom+xml; charset=utf-8");
    pub const TEXT: Self = Self("text/plain; charset=utf-8");
    pub const MARKDOWN: Self = Self("text/markdown; charset=utf-8");
    pub const CALENDAR: Self = Self("text/calendar; charset=utf-8");
    pub const MANIFEST: Self = Self("application/manifest+json; charset=utf-8");

    pub const GIF: Self = Self("image/gif");

    /// That of a file of the content which is served as it is.
    fn of_file(path: &str) -> Self {
        let ending = path.rsplit('.').next().unwrap_or_default();
        Self(served_as(ending).unwrap_or("application/octet-stream"))
    }

    /// That of a picture with this end of its name, which stands in for one of another kind.
    pub fn of_picture(ending: &str) -> Self {
        delivery(Format::Picture, ending).0
    }

    /// Whether browsers save such a file and do not show it.
    pub fn is_download(self) -> bool {
        self.0.starts_with("application/")
            && ![Self::JSON, Self::XML, Self::ATOM, Self::MANIFEST].contains(&self)
            && self.0 != "application/pdf"
    }

    /// The header fields by which other sites may show a picture, and read what is for machines.
    pub fn opened(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let data = [Self::JSON, Self::ATOM, Self::CALENDAR, Self::MARKDOWN];
        let is_data = data.contains(&self);
        let shown = ("cross-origin-resource-policy", "cross-origin");
        let shown = (is_data || self.0.starts_with("image/")).then_some(shown);
        let read = is_data.then_some(("access-control-allow-origin", "*"));
        shown.into_iter().chain(read)
    }

    pub fn header_value(self) -> &'static str {
        self.0
    }

    /// Whether compressing is worth trying: pictures and fonts are compressed by their own formats, texts are not.
    pub fn is_compressible(self) -> bool {
        self.0.ends_with("charset=utf-8")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// The path changes whenever the body does, so that the answer never grows old.
    Forever,
    /// It may be kept, but is asked for again before each use; the entity tag makes that cheap.
    Revalidate,
    /// It is good for one request alone.
    Never,
}

impl CachePolicy {
    /// The value of `Cache-Control` (RFC 9111 §5.2.2, RFC 8246).
    pub fn header_value(self) -> &'static str {
        match self {
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Revalidate => "no-cache",
            Self::Never => "no-store",
        }
    }
}

pub(super) fn delivery(format: Format, path: &str) -> (ContentType, CachePolicy) {
    use CachePolicy::{Forever, Revalidate};
    match format {
        Format::Page => (ContentType::HTML, Revalidate),
        Format::Stylesheet => (ContentType::CSS, Forever),
        Format::Script => (ContentType::JAVASCRIPT, Forever),
        Format::Font => (ContentType::WOFF2, Forever),
        Format::Card => (ContentType::PNG, Forever),
        Format::Drawing => (ContentType::SVG, Revalidate),
        Format::Data => (ContentType::JSON, Revalidate),
        Format::Markdown => (ContentType::MARKDOWN, Revalidate),
        Format::Feed => (ContentType::ATOM, Revalidate),
        Format::Sitemap => (ContentType::XML, Revalidate),
        Format::Calendar => (ContentType::CALENDAR, Revalidate),
        Format::Manifest => (ContentType::MANIFEST, Revalidate),
        Format::Text => (ContentType::TEXT, Revalidate),
        Format::Icon => (ContentType::ICON, Revalidate),
        Format::File => (ContentType::of_file(path), Revalidate),
        Format::Size => (delivery(Format::Picture, path).0, Forever),
        Format::Picture => match path.rsplit('.').next() {
            Some("webp") => (ContentType::WEBP, Revalidate),
            Some("jpg" | "jpeg") => (ContentType::JPEG, Revalidate),
            Some("gif") => (ContentType::GIF, Revalidate),
            Some("avif") => (ContentType::AVIF, Revalidate),
            _ => (ContentType::PNG, Revalidate),
        },
    }
}
