//! The header fields that hold for every answer, whoever gives it: the server, or a host of the export.

use http::{HeaderName, HeaderValue};

use crate::render::{CONTENT_SECURITY_POLICY, content_security_policy};

/// None of these is used but the whole screen for films, so that nothing that slipped in could use them either.
const PERMISSIONS_POLICY: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), \
     display-capture=(), encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), hid=(), \
     idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), \
     publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

/// The fields of every answer: name in lower case, and value. A site with players from elsewhere has two of its own.
pub const SECURITY_HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("permissions-policy", PERMISSIONS_POLICY),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// One more for a site whose URL is `https`: a year of it alone. Without `includeSubDomains`: other sites of
/// the domain are not ours to bind (RFC 6797 §6.1).
pub const STRICT_TRANSPORT_SECURITY: (&str, &str) =
    ("strict-transport-security", "max-age=31536000");

/// What stands in place of two of [`SECURITY_HEADERS`] where pages load players from these origins: they may be framed,
/// play once they were asked for, and fill the screen.
pub(super) fn player_headers(players: &[String]) -> Vec<(HeaderName, HeaderValue)> {
    if players.is_empty() {
        return Vec::new();
    }
    let quoted = players.iter().map(|it| format!("\"{it}\""));
    let allowed = quoted.collect::<Vec<_>>().join(" ");
    let permissions = PERMISSIONS_POLICY
        .replace("autoplay=()", &format!("autoplay=(self {allowed})"))
        .replace("fullscreen=(self)", &format!("fullscreen=(self {allowed})"));
    let fields = [
        ("content-security-policy", content_security_policy(players)),
        ("permissions-policy", permissions),
    ];
    let fields = fields.into_iter().filter_map(|(name, value)| {
        // Origins are made of letters that a field may have.
        Some((HeaderName::from_static(name), value.try_into().ok()?))
    });
    fields.collect()
}
