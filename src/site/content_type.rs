//! The media types that a site consists of.

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
    /// Each of them, in the order in which they are declared.
    pub const ALL: [Self; 17] = [
        Self::Html,
        Self::Css,
        Self::JavaScript,
        Self::Json,
        Self::Svg,
        Self::Png,
        Self::WebP,
        Self::Jpeg,
        Self::Avif,
        Self::Icon,
        Self::Woff2,
        Self::Xml,
        Self::Atom,
        Self::Text,
        Self::Markdown,
        Self::Calendar,
        Self::Manifest,
    ];

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

#[cfg(test)]
mod tests {
    use super::ContentType;

    #[test]
    fn each_stands_at_its_own_place() {
        for (place, content_type) in ContentType::ALL.into_iter().enumerate() {
            assert_eq!(content_type as usize, place, "{content_type:?}");
        }
        // The last one of the list above; a new one belongs behind it, and into the table.
        assert_eq!(ContentType::Manifest as usize + 1, ContentType::ALL.len());
    }
}
