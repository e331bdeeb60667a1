//! How a project works, step by step.

use std::ops::RangeInclusive;

use super::file_context::FileContext;
use crate::content::problems;
use crate::content::raw;
use crate::content::yaml::Spanned;
use crate::model::{Step, Steps};

/// Steps that can be drawn as stations.
const STATIONS: RangeInclusive<usize> = 3..=8;

/// The steps of a project.
pub(super) fn check(context: &mut FileContext<'_>, raw: Spanned<raw::Steps>) -> Option<Steps> {
    let Spanned { value: raw, span } = raw;
    stations(context, &raw);
    let title = context.text(raw.title, "title", &span);
    let caption = context.optional_text(raw.caption, "caption");
    let items = context
        .needed(raw.items, "items", &span)
        .unwrap_or_default();
    let items: Vec<_> = items
        .into_iter()
        .map(|Spanned { value: step, span }| {
            let title = context.text(step.title, "title", &span);
            let text = context.text(step.text, "text", &span);
            Some(Step {
                title: title?,
                text: text?,
            })
        })
        .collect();
    Some(Steps {
        title: title?,
        items: items.into_iter().collect::<Option<_>>()?,
        drawing: raw.drawing.map(|it| it.value),
        caption,
    })
}

/// Steps are drawn as stations where they are neither so few that one fills the sheet, nor so many that none has room;
/// and only what is drawn has a caption.
fn stations(context: &mut FileContext<'_>, steps: &raw::Steps) {
    let count = steps.items.as_ref().map_or(0, Vec::len);
    let problem = match (&steps.drawing, &steps.caption) {
        (Some(drawing), _) if count > 0 && !STATIONS.contains(&count) => {
            let message = format!("{count} steps cannot be drawn as stations");
            let help = "three to eight can: take `drawing` away, or join or divide steps";
            problems::out_of_range(&context.file, &drawing.span, message, help)
        }
        (None, Some(caption)) => {
            let message = "nothing is drawn that this could explain";
            let help = "write `drawing: stations`, or take `caption` away";
            problems::out_of_range(&context.file, &caption.span, message, help)
        }
        _ => return,
    };
    context.push(problem);
}
