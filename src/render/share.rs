//! What passes a page on: its address as a QR code, and how to cite it.

use std::fmt::Write as _;

use qrcodegen::{Mask, QrCode, QrCodeEcc, QrSegment, Version};

use crate::diagnostic::escape_html;
use crate::language::LanguageId;

use super::layout::Context;

/// Light modules around the code, as readers need them (ISO/IEC 18004, section 6.3.8).
const QUIET_ZONE: i32 = 4;

/// How to pass a page on.
#[derive(Debug)]
pub(super) struct Share {
    /// The page's absolute address.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its address as a QR code; `None` for an address that is too long for one.
    pub code: Option<String>,
    /// How to cite it, in the page's language first.
    pub citations: Vec<Citation>,
}

/// How to cite a page in a language.
#[derive(Debug)]
pub(super) struct Citation {
    /// The language's code, where it is not the page's.
    pub lang: Option<String>,
    /// The text, with the address of the page in that language.
    pub text: String,
}

impl Share {
    /// For the page of this path without a language, by the name it has in each language.
    pub(super) fn new<'a>(
        context: Context<'_>,
        path: &str,
        name: impl Fn(LanguageId) -> &'a str,
    ) -> Self {
        let website = context.website;
        let languages = &website.languages;
        let address = |it: LanguageId| {
            let path = format!("{}{path}", languages.prefix(it));
            context.base_url.absolute(&path)
        };
        let citation = |it: LanguageId| Citation {
            lang: (it != context.language).then(|| languages.code(it).to_owned()),
            text: citation(context.in_language(it), name(it), &address(it)),
        };
        let others = languages.iter().filter(|it| *it != context.language);
        let url = address(context.language);
        let title = name(context.language).to_owned();
        Self {
            code: code(
                &url,
                &context.labels.share.code_name.replace("{title}", &title),
            ),
            citations: std::iter::once(context.language)
                .chain(others)
                .map(citation)
                .collect(),
            url,
            title,
        }
    }
}

/// How the page at an address is cited.
pub(super) fn citation(context: Context<'_>, name: &str, address: &str) -> String {
    let website = context.website;
    let labels = context.labels;
    let pattern = &labels.project.citation;
    pattern
        .replace("{name}", name)
        .replace("{event}", website.event.name.text(context.language))
        .replace("{date}", &labels.dates.full(website.event.date))
        .replace("{url}", address)
}

/// An address as a QR code: one line as wide as a module through the dark ones, row by row, on a light ground.
fn code(address: &str, name: &str) -> Option<String> {
    let segments = QrSegment::make_segments(address);
    let (least, most) = (Version::MIN, Version::MAX);
    // One mask for all codes: trying all eight for the evenest picture costs most of the time of a page, and readers
    // take any of them.
    let mask = Some(Mask::new(3));
    let level = QrCodeEcc::Medium;
    let code = QrCode::encode_segments_advanced(&segments, level, least, most, mask, true).ok()?;
    let side = code.size() + 2 * QUIET_ZONE;
    let name = escape_html(name);
    let mut svg = format!(
        "<svg class=\"qr__code\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{name}\">\
         <path class=\"qr__light\" d=\"M0 0h{side}v{side}H0z\" fill=\"#fff\"/>\
         <path class=\"qr__dark\" fill=\"none\" stroke=\"#000\" d=\""
    );
    for y in 0..code.size() {
        // Where the last run of this row has ended.
        let mut pen = None;
        let mut x = 0;
        while x < code.size() {
            let start = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                let run = x - start;
                // Writing to a string cannot fail.
                let _ = match pen {
                    None => write!(svg, "M{} {}.5h{run}", start + QUIET_ZONE, y + QUIET_ZONE),
                    Some(end) => write!(svg, "m{} 0h{run}", start - end),
                };
                pen = Some(x);
            }
            x += 1;
        }
    }
    Some(svg + "\"/></svg>")
}
