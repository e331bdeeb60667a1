//! The emblems: drawings, or recipes that drawings are made from.

use std::iter;
use std::sync::LazyLock;

use super::svg;
use crate::assets::emblem::{Recipe, Slot, choose, forms};
use crate::cache::{self, Cache};
use crate::content::yaml::Node;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Emblems, Event, Project};
use crate::svg::Svg;

/// The recipes of a few sites, or of one before and after an edit, and what is drawn by each.
static CHOSEN: LazyLock<Cache<Chosen>> = LazyLock::new(|| Cache::with_capacity(8 << 20));

/// For each that may have an emblem: the recipe and the drawing.
type Chosen = Vec<Option<(String, Option<Svg>)>>;

/// What stands before the number of times that a recipe was turned down.
const REROLL: &str = "reroll ";

/// Whether what is written is a recipe, or asks for one.
pub(super) fn check(file: &str, tree: &Node, diagnostics: &mut Diagnostics) {
    let node = tree.key("emblem");
    if let (Some(text), Some(span)) = (node.text(), node.span())
        && read(text).is_none()
    {
        let message = format!("`{text}` is no recipe of an emblem");
        let known = forms().collect::<Vec<_>>().join(", ");
        let help = format!(
            "write two forms, such as `fan.1.21+disc.0.20`, or `reroll 1` for one that `check --fix` then writes; forms: {known}"
        );
        diagnostics.push(Diagnostic::error("invalid-emblem", file, span, message).help(help));
    }
}

fn read(text: &str) -> Option<Slot<'static>> {
    match text.strip_prefix(REROLL) {
        Some(number) => number.parse().ok().map(|reroll| Slot::Open { id: "", reroll }),
        None => text.parse().ok().map(Slot::Kept),
    }
}

/// Draws what has no drawing of its own: the event first, then the projects in the order of the programme.
pub(super) fn draw(event: Option<&mut Event>, projects: &mut [Project]) {
    let Some(event) = event.filter(|it| it.look.emblems == Emblems::Generated) else {
        return;
    };
    let own = ("", &mut event.recipe, &mut event.emblem);
    let others = projects.iter_mut().map(|it| (it.slug.as_str(), &mut it.recipe, &mut it.emblem));
    let (slots, places): (Vec<_>, Vec<_>) = iter::once(own)
        .chain(others)
        .map(|(id, recipe, emblem)| {
            let slot = match recipe.as_deref().and_then(read) {
                _ if emblem.is_some() => Slot::Drawn,
                Some(Slot::Open { reroll, .. }) => Slot::Open { id, reroll },
                Some(kept) => kept,
                None => Slot::Open { id, reroll: 0 },
            };
            (slot, (recipe, emblem))
        })
        .unzip();
    // Most edits change nothing that recipes are chosen by.
    let key = cache::hash(format!("{} {slots:?}", event.id).as_bytes());
    let make = || {
        let chosen = choose(&event.id, &slots).into_iter();
        let drawn =
            |it: Recipe| (it.to_string(), Svg::read(&it.drawing(), svg::emblem_rules("")).0);
        chosen.map(|it| it.map(drawn)).collect()
    };
    let size = |all: &Chosen| {
        let drawings = all.iter().flatten().flat_map(|it| &it.1);
        drawings.map(|it| 2 * it.shapes().len()).sum::<usize>() + size_of_val(all.as_slice())
    };
    for (chosen, (recipe, emblem)) in CHOSEN.get(key, make, size).into_iter().zip(places) {
        let (name, drawing) = chosen.unzip();
        *recipe = name;
        if let Some(drawing) = drawing.flatten() {
            *emblem = Some(drawing);
        }
    }
}
