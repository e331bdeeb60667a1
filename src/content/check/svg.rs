//! Drawings: what [`svg`](crate::svg) makes of them, and whether they can be drawn.

use super::Checker;
use crate::diagnostic::Diagnostic;
use crate::svg::{Rules, Svg};

/// Bytes of an emblem, which stands in pages many times.
const EMBLEM_LIMIT: usize = 4096;
/// The grid that emblems are drawn on.
const EMBLEM_SIDE: f64 = 12.0;
/// Bytes of a drawing that a text shows.
const PICTURE_LIMIT: usize = 256 * 1024;

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
    Rules {
        limit: EMBLEM_LIMIT,
        id_prefix,
        square: Some(EMBLEM_SIDE),
    }
}

/// The drawing that a text shows.
pub(super) fn picture(checker: &mut Checker<'_>, file: &str, text: &str) -> Option<Svg> {
    let rules = Rules {
        limit: PICTURE_LIMIT,
        id_prefix: "d",
        square: None,
    };
    check(checker, file, text, rules)
}

/// A drawing that was checked before, with ids of its own.
pub(super) fn again(drawing: &Svg, number: usize) -> Option<Svg> {
    let rules = Rules {
        limit: usize::MAX,
        id_prefix: &format!("logo_{number}_"),
        square: None,
    };
    Svg::read(&drawing.to_string(), rules).0
}

/// The drawing as it is published, if nothing had to be left out of it.
fn check(checker: &mut Checker<'_>, file: &str, text: &str, rules: Rules<'_>) -> Option<Svg> {
    let (svg, refused) = Svg::read(text, rules);
    let is_whole = refused.is_empty();
    for it in refused {
        let mut problem =
            Diagnostic::error("invalid-svg", file, &it.span, it.message).help(it.help);
        if let Some(replacement) = it.replacement {
            problem = problem.fix(it.span, replacement);
        }
        checker.diagnostics.push(problem);
    }
    let svg = svg.filter(|_| is_whole)?;
    let Err(reason) = (checker.draw)(&svg) else {
        return Some(svg);
    };
    let message = format!("the drawing cannot be drawn: {reason}");
    let help = "draw it simpler, with fewer shapes, masks and clip paths";
    let problem = Diagnostic::error("undrawable-svg", file, 0..0, message);
    checker.diagnostics.push(problem.help(help));
    None
}
