//! Typed figures.

use super::unique_ids;
use crate::content::yaml::{Node, NodeRef, Value};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Drawing, Figure};
use crate::quantity::Unit;

/// Larger numbers are no longer exact in memory (2⁵³, IEEE 754), and are mistakes in any case.
const LARGEST: f64 = 9.0e15;

/// Checks the figures of a file; their ids must differ. Of a file that is read in part, no key lacks for sure.
pub(super) fn check(
    file: &str,
    figures: &[Figure],
    tree: &Node,
    is_partial: bool,
    diagnostics: &mut Diagnostics,
) {
    let nodes = tree.key("figures");
    unique_ids(file, nodes, diagnostics);
    for (figure, node) in figures.iter().zip(nodes.items()) {
        if let Some(year) = figure.quantity.by_year
            && let Some(span) = node.key("by_year").span()
            && !(1900..=2200).contains(&year)
        {
            let message = format!("{year} is no year a forecast is made for");
            diagnostics.push(
                Diagnostic::error("out-of-range", file, span, message)
                    .help("write a year such as 2020"),
            );
        }
        if let Some(problem) = amount(file, node, is_partial) {
            diagnostics.push(problem);
        } else if let (Some(drawing), Some(span)) = (figure.drawing, node.key("drawing").span())
            && let Some((message, help)) = undrawable(drawing, figure.quantity.unit, node)
        {
            diagnostics.push(Diagnostic::error("out-of-range", file, span, message).help(help));
        }
    }
}

/// A project draws one figure at most.
pub(super) fn drawings(file: &str, tree: &Node, diagnostics: &mut Diagnostics) {
    let figures = tree.key("figures").items();
    for span in figures.filter_map(|it| it.key("drawing").span()).skip(1) {
        let message = "another figure of this project is drawn already";
        let help = "draw the one that says most, and take `drawing` from the others";
        diagnostics.push(Diagnostic::error("out-of-range", file, span, message).help(help));
    }
}

fn number(node: NodeRef<'_>) -> Option<f64> {
    match node.value()? {
        #[expect(clippy::cast_precision_loss, reason = "larger numbers are refused")]
        Value::Integer(value) => Some(*value as f64),
        Value::Float(value) => Some(*value),
        _ => None,
    }
}

/// What is wrong with the number of a figure, if anything is that was not reported yet.
fn amount(file: &str, figure: NodeRef<'_>, is_partial: bool) -> Option<Diagnostic> {
    let keys = ["value", "from", "to"];
    for key in keys {
        let node = figure.key(key);
        if let Some(value) = number(node)
            && !(0.0..=LARGEST).contains(&value)
        {
            let message = format!("{value} is out of range");
            let help = "figures run from 0 to 9,000,000,000,000,000";
            return Some(Diagnostic::error("out-of-range", file, node.span()?, message).help(help));
        }
    }
    match keys.map(|key| number(figure.key(key))) {
        [Some(_), None, None] => None,
        [None, Some(from), Some(to)] if from < to => None,
        [None, Some(from), Some(to)] => {
            let message = format!("{from} to {to} is no range");
            let help = "`from` must be smaller than `to`";
            Some(
                Diagnostic::error("out-of-range", file, figure.key("to").span()?, message)
                    .help(help),
            )
        }
        _ if is_partial || keys.iter().any(|key| figure.is_faulty(key)) => None,
        _ => {
            let message = "a figure has either `value`, or `from` and `to`";
            let help = "write one number as `value`, or the two ends of a range";
            Some(Diagnostic::error("incomplete-figure", file, figure.span()?, message).help(help))
        }
    }
}

/// Why a figure cannot be drawn, and what to do: drawings are exact, one mark for each unit.
fn undrawable(drawing: Drawing, unit: Unit, figure: NodeRef<'_>) -> Option<(String, &'static str)> {
    let Some(value) = number(figure.key("value")) else {
        let help = "draw a figure with one `value`, or take `drawing` away";
        return number(figure.key("from")).map(|_| ("a range cannot be drawn".to_owned(), help));
    };
    figure.key("unit").span()?;
    let help = match drawing {
        Drawing::Discs if unit != Unit::Percent || value > 100.0 => {
            "discs draw a percentage of up to 100"
        }
        Drawing::Growth if unit != Unit::Percent || value > 1000.0 => {
            "growth draws a percentage a year of up to 1000"
        }
        Drawing::Dots | Drawing::Bars | Drawing::Quarters
            if value > 1000.0 && unit != Unit::Krw =>
        {
            "one mark is drawn for each counted, so 1,000 at most"
        }
        _ => return None,
    };
    Some((format!("{value} cannot be drawn this way"), help))
}
