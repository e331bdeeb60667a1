//! Drawings: what [`crate::svg`] makes of them, and whether they can be drawn.

use std::sync::Arc;

use super::Checker;
use crate::assets::ImageFormat;
use crate::content::PROBE;
use crate::content::source::Binary;
use crate::diagnostic::Diagnostic;
use crate::media::Medium;
use crate::svg::{self, Refused, Rules, Svg};

/// Bytes of an emblem, which stands in pages many times.
const EMBLEM_LIMIT: usize = 4096;
/// The grid that emblems are drawn on.
const EMBLEM_SIDE: f64 = 12.0;
/// Bytes of a drawing that a text shows.
const PICTURE_LIMIT: usize = 256 * 1024;
/// Pixels of the longer side of one that is published as a picture.
const DRAWN_SIDE: u32 = 1600;

/// The emblem in a file of a project's folder, or of the event.
pub(super) fn emblem(checker: &mut Checker<'_>, file: &str) -> Option<Svg> {
    let text = checker.folder.texts.get(file)?.clone();
    checker.read.insert(file.to_owned());
    let owner = file.rsplit('/').nth(1).unwrap_or_default();
    // Ids of headings and of pages have no underscore.
    let id_prefix = &format!("emblem_{owner}_");
    check(checker, file, &text, emblem_rules(id_prefix))
}

pub(super) fn emblem_rules(id_prefix: &str) -> Rules<'_> {
    Rules { limit: EMBLEM_LIMIT, id_prefix, square: Some(EMBLEM_SIDE) }
}

/// The drawing that a text shows. What is no work of ours is written anew as paths alone and, where that is not enough,
/// drawn: as it stands it is on no page, so that nothing in it can run, load or grow there.
pub(super) fn picture(checker: &mut Checker<'_>, file: &str, text: &str) -> Option<Medium> {
    let rules = |limit| Rules { limit, id_prefix: "d", square: None };
    let (svg, mut refused) = Svg::read(text, rules(PICTURE_LIMIT));
    let is_drawing = svg.is_some();
    match svg {
        Some(svg) if refused.is_empty() => {
            return drawn(checker, file, svg).map(Medium::Drawing);
        }
        None if refused[0].replacement.is_some() => {
            name(checker, file, refused.swap_remove(0));
            return None;
        }
        _ => {}
    }
    let plain = (checker.draw)(text, ImageFormat::Plain);
    let plain = plain.and_then(|it| String::from_utf8(it).map_err(|it| it.to_string()));
    let plain = match plain {
        Ok(plain) => plain,
        // What is no XML is named by its place.
        Err(_) if !is_drawing && refused[0].span.start > 0 && !text.contains("<!DOCTYPE") => {
            name(checker, file, refused.swap_remove(0));
            return None;
        }
        Err(reason) => return undrawable(checker, file, &reason),
    };
    if let Some((span, left_out)) = svg::left_out(text) {
        let message = format!("of this drawing readers see no {left_out}");
        let help = "all else is shown; take that out, or save the drawing as a plain SVG";
        let problem = Diagnostic::warning("invalid-svg", file, span, message);
        checker.diagnostics.push(problem.help(help));
    }
    let (svg, refused) = Svg::read(&plain, rules(usize::MAX));
    let Some(svg) = svg else {
        return undrawable(checker, file, "it is larger than 10000, or smaller than 1");
    };
    if refused.is_empty() && (checker.draw)(&svg.to_string(), PROBE).is_ok() {
        return Some(Medium::Drawing(svg));
    }
    let (width, height) = svg.shown_size().unwrap_or((1, 1));
    // As sharp as twice the pixels, and no larger than any picture.
    let scaled = |it: u32| (it * DRAWN_SIDE / width.max(height)).min(2 * it).max(1);
    let format = ImageFormat::Full(scaled(width), scaled(height));
    let made = (checker.draw)(text, format).and_then(|png| {
        let drawn = Binary::InMemory(png).file();
        checker.store.original(file, &drawn)
    });
    match made {
        Ok(original) => Some(Medium::Picture(Arc::new(original))),
        Err(reason) => undrawable(checker, file, &reason),
    }
}

/// A drawing that was checked before, with ids of its own.
pub(super) fn again(drawing: &Svg, number: usize) -> Option<Svg> {
    let rules = Rules { limit: usize::MAX, id_prefix: &format!("logo_{number}_"), square: None };
    Svg::read(&drawing.to_string(), rules).0
}

/// The drawing as it is published, if nothing had to be left out of it.
fn check(checker: &mut Checker<'_>, file: &str, text: &str, rules: Rules<'_>) -> Option<Svg> {
    let (svg, refused) = Svg::read(text, rules);
    let is_whole = refused.is_empty();
    for it in refused {
        name(checker, file, it);
    }
    svg.filter(|_| is_whole).and_then(|it| drawn(checker, file, it))
}

/// A drawing that can be drawn.
fn drawn(checker: &mut Checker<'_>, file: &str, svg: Svg) -> Option<Svg> {
    match (checker.draw)(&svg.to_string(), PROBE) {
        Ok(_) => Some(svg),
        Err(reason) => undrawable(checker, file, &reason),
    }
}

fn name(checker: &mut Checker<'_>, file: &str, refused: Refused) {
    let Refused { span, message, .. } = refused;
    let mut problem = Diagnostic::error("invalid-svg", file, &span, message).help(refused.help);
    if let Some(replacement) = refused.replacement {
        problem = problem.fix(span, replacement);
    }
    checker.diagnostics.push(problem);
}

fn undrawable<T>(checker: &mut Checker<'_>, file: &str, reason: &str) -> Option<T> {
    let message = format!("the drawing cannot be drawn: {reason}");
    let help = "draw it simpler, with fewer shapes, masks and clip paths";
    let problem = Diagnostic::error("undrawable-svg", file, 0..0, message);
    checker.diagnostics.push(problem.help(help));
    None
}
