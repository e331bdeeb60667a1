//! What each kind of file is sent as, and for how long it may be kept.

use crate::render::Format;

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentType {
    /// A page.
    Html,
    /// A stylesheet.
    Css,
    /// A script.
    JavaScript,
    /// Data for machines.
    Json,
    /// A drawing.
    Svg,
    /// A picture.
    Png,
    /// A picture.
    WebP,
    /// A picture.
    Jpeg,
    /// A picture.
    Avif,
    /// An icon in several sizes.
    Icon,
    /// A font.
    Woff2,
    /// A sitemap.
    Xml,
    /// A feed (RFC 4287).
    Atom,
    /// Plain text.
    Text,
    /// A write-up for machines (RFC 7763).
    Markdown,
    /// An event (RFC 5545).
    Calendar,
    /// A web application manifest.
    Manifest,
}

impl ContentType {
    /// The value of `Content-Type`.
    ///
    /// Text names its character set, for JSON too: the parameter means nothing there (RFC 8259 §11), but some
    /// readers guess a legacy set without it.
    pub fn header_value(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Css => "text/css; charset=utf-8",
            Self::JavaScript => "text/javascript; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Svg => "image/svg+xml; charset=utf-8",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Jpeg => "image/jpeg",
            Self::Avif => "image/avif",
            Self::Icon => "image/vnd.microsoft.icon",
            Self::Woff2 => "font/woff2",
            Self::Xml => "application/xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Text => "text/plain; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Calendar => "text/calendar; charset=utf-8",
            Self::Manifest => "application/manifest+json; charset=utf-8",
        }
    }

    /// Whether compressing is worth trying: pictures and fonts are compressed by their own formats.
    pub fn is_compressible(self) -> bool {
        !matches!(
            self,
            Self::Png | Self::WebP | Self::Jpeg | Self::Avif | Self::Icon | Self::Woff2
        )
    }
}

/// For how long an answer may be reused.
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
    let end = path.rsplit('.').next().unwrap_or_default();
    match format {
        Format::Page => (ContentType::Html, CachePolicy::Revalidate),
        Format::Stylesheet => (ContentType::Css, CachePolicy::Forever),
        Format::Script => (ContentType::JavaScript, CachePolicy::Forever),
        Format::Font => (ContentType::Woff2, CachePolicy::Forever),
        Format::Drawing => (ContentType::Svg, CachePolicy::Revalidate),
        Format::Data => (ContentType::Json, CachePolicy::Revalidate),
        Format::Markdown => (ContentType::Markdown, CachePolicy::Revalidate),
        Format::Feed => (ContentType::Atom, CachePolicy::Revalidate),
        Format::Sitemap => (ContentType::Xml, CachePolicy::Revalidate),
        Format::Calendar => (ContentType::Calendar, CachePolicy::Revalidate),
        Format::Manifest => (ContentType::Manifest, CachePolicy::Revalidate),
        Format::Text => (ContentType::Text, CachePolicy::Revalidate),
        Format::Card => (ContentType::Png, CachePolicy::Forever),
        Format::Icon => (ContentType::Icon, CachePolicy::Revalidate),
        Format::Picture => {
            let content_type = match end {
                "webp" => ContentType::WebP,
                "jpg" | "jpeg" => ContentType::Jpeg,
                "avif" => ContentType::Avif,
                _ => ContentType::Png,
            };
            (content_type, CachePolicy::Revalidate)
        }
    }
}
