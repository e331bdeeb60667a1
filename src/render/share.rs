//! What passes a page on: its address as a QR code, and how to cite it.

use std::fmt::Write as _;
use std::iter;

use qrcodegen::{Mask, QrCodeEcc, QrSegment, Version};

use crate::language::{Localized, fill};

use super::context::Context;

/// Light modules around the code, as readers need them (ISO/IEC 18004, section 6.3.8).
const QUIET_ZONE: i32 = 4;

#[derive(Debug)]
pub(super) struct Share {
    pub url: String,
    pub title: String,
    /// Its address as a QR code; `None` for an address that is too long for one.
    pub code: Option<QrCode>,
    /// How to cite it, in the page's language first.
    pub citations: Vec<Citation>,
}

#[derive(Debug)]
pub(super) struct Citation {
    /// The language's code, where it is not the page's.
    pub lang: Option<String>,
    /// The language's name for itself.
    pub language: String,
    /// The text, with the address of the page in that language.
    pub text: String,
}

/// A QR code as one line as wide as a module through the dark ones, row by row, on a light ground.
#[derive(Debug)]
pub(super) struct QrCode {
    /// What it is, in words.
    pub name: String,
    /// Its side in modules, with the light ones around it.
    pub side: i32,
    /// The line, as path data.
    pub path: String,
}

impl Share {
    /// For the page of this path without a language.
    pub(super) fn new(context: Context<'_>, path: &str, name: &Localized<String>) -> Self {
        let own = context.language;
        let others = context.website.languages.iter().filter(|it| *it != own);
        let url = context.urls().absolute(path);
        let title = name.text(own).to_owned();
        let code_name = fill(&context.labels.share.code_name, &[("title", &title)]);
        Self {
            code: QrCode::new(&url, code_name),
            citations: iter::once(own)
                .chain(others)
                .map(|language| Citation {
                    lang: (language != own).then(|| context.code(language).to_owned()),
                    language: context.website.labels(language).language.name.clone(),
                    text: citation(context.in_language(language), path, name),
                })
                .collect(),
            url,
            title,
        }
    }
}

/// How the page of this path without a language is cited.
pub(super) fn citation(context: Context<'_>, path: &str, name: &Localized<String>) -> String {
    let event = &context.website.event;
    let labels = context.labels;
    let values = [
        ("name", name.text(context.language)),
        ("event", event.name.text(context.language)),
        ("date", &event.days(labels)),
        ("url", &context.urls().absolute(path)),
    ];
    fill(&labels.project.citation, &values)
}

impl QrCode {
    fn new(address: &str, name: String) -> Option<Self> {
        let segments = QrSegment::make_segments(address);
        let (least, most) = (Version::MIN, Version::MAX);
        // One mask for all codes: trying all eight for the evenest picture costs most of the time of a page, and
        // readers take any of them.
        let mask = Some(Mask::new(3));
        let level = QrCodeEcc::Medium;
        let code =
            qrcodegen::QrCode::encode_segments_advanced(&segments, level, least, most, mask, true);
        let code = code.ok()?;
        let mut path = String::new();
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
                    let _ = match pen {
                        None => write!(path, "M{} {}.5h{run}", start + QUIET_ZONE, y + QUIET_ZONE),
                        Some(end) => write!(path, "m{} 0h{run}", start - end),
                    };
                    pen = Some(x);
                }
                x += 1;
            }
        }
        Some(Self { name, side: code.size() + 2 * QUIET_ZONE, path })
    }
}
