//! Typed figures.

use std::ops::Range;

use super::file_context::FileContext;
use crate::content::problems;
use crate::content::raw;
use crate::content::yaml::Spanned;
use crate::model::{Drawing, Figure};
use crate::quantity::{Amount, Quantity, Unit};

/// Larger numbers are no longer exact in memory (2⁵³, IEEE 754), and are mistakes in any case.
const LARGEST: f64 = 9.0e15;

/// The figures of a file; ids must differ.
pub(super) fn check(context: &mut FileContext<'_>, raw: Vec<Spanned<raw::Figure>>) -> Vec<Figure> {
    let mut figures: Vec<Figure> = Vec::new();
    for Spanned { value: raw, span } in raw {
        let id_span = raw.id.as_ref().map(|id| id.span.clone());
        let Some(figure) = figure(context, raw, &span) else {
            continue;
        };
        if figures.iter().any(|known| known.id == figure.id) {
            let span = id_span.unwrap_or(span);
            context.push(problems::duplicate_id(
                &context.file.clone(),
                &span,
                &figure.id,
            ));
        }
        figures.push(figure);
    }
    figures
}

/// A project draws one figure at most.
pub(super) fn drawings(context: &mut FileContext<'_>, figures: &[Spanned<raw::Figure>]) {
    let drawn = figures.iter().filter_map(|it| it.value.drawing.as_ref());
    for drawing in drawn.skip(1) {
        let message = "another figure of this project is drawn already";
        let help = "draw the one that says most, and take `drawing` from the others";
        let problem = problems::out_of_range(&context.file, &drawing.span, message, help);
        context.push(problem);
    }
}

fn figure(context: &mut FileContext<'_>, raw: raw::Figure, span: &Range<usize>) -> Option<Figure> {
    let id = context.id(raw.id, "id", span);
    let unit = context
        .needed(raw.unit, "unit", span)
        .map(|unit| unit.value);
    let label = context.text(raw.label, "label", span);
    let sentence = context.optional_text(raw.sentence, "sentence");
    let symbol = context.optional_word(raw.symbol, "symbol");
    let amount = amount(context, raw.value, raw.from, raw.to, span);
    if let Some(year) = &raw.by_year
        && !(1900..=2200).contains(&year.value)
    {
        let message = format!("{} is no year a forecast is made for", year.value);
        let problem = problems::out_of_range(
            &context.file,
            &year.span,
            message,
            "write a year such as 2020",
        );
        context.push(problem);
    }
    if let (Some(drawing), Some(Amount::One(value)), Some(unit)) = (&raw.drawing, amount, unit) {
        drawable(context, drawing, value, unit);
    }
    if let (Some(drawing), Some(Amount::Range(..))) = (&raw.drawing, amount) {
        let message = "a range cannot be drawn";
        let help = "draw a figure with one `value`, or take `drawing` away";
        let problem = problems::out_of_range(&context.file, &drawing.span, message, help);
        context.push(problem);
    }
    Some(Figure {
        id: id?.value,
        quantity: Quantity {
            amount: amount?,
            unit: unit?,
            bound: raw.bound.map(|it| it.value).unwrap_or_default(),
            period: raw.period.map(|it| it.value),
            by_year: raw.by_year.map(|it| it.value),
            symbol: symbol.map(|it| it.value),
        },
        label: label?,
        sentence,
        announced: raw.announced.map(|it| it.value),
        said_by: raw.said_by.map(|it| it.value).unwrap_or_default(),
        drawing: raw.drawing.map(|it| it.value),
    })
}

type Number = Option<Spanned<f64>>;

fn amount(
    context: &mut FileContext<'_>,
    value: Number,
    from: Number,
    to: Number,
    span: &Range<usize>,
) -> Option<Amount> {
    for number in [&value, &from, &to].into_iter().flatten() {
        if !number.value.is_finite() || !(0.0..=LARGEST).contains(&number.value) {
            let message = format!("{} is out of range", number.value);
            let help = "figures run from 0 to 9,000,000,000,000,000";
            let problem = problems::out_of_range(&context.file, &number.span, message, help);
            context.push(problem);
            return None;
        }
    }
    match (value, from, to) {
        (Some(value), None, None) => Some(Amount::One(value.value)),
        (None, Some(from), Some(to)) if from.value < to.value => {
            Some(Amount::Range(from.value, to.value))
        }
        (None, Some(from), Some(to)) => {
            let message = format!("{} to {} is no range", from.value, to.value);
            let help = "`from` must be smaller than `to`";
            let problem = problems::out_of_range(&context.file, &to.span, message, help);
            context.push(problem);
            None
        }
        _ if ["value", "from", "to"]
            .iter()
            .any(|key| context.is_omitted(key, span)) =>
        {
            None
        }
        _ => {
            let problem = problems::incomplete_figure(&context.file, span);
            context.push(problem);
            None
        }
    }
}

/// Drawings are exact: one mark for each unit, so that not everything can be drawn.
fn drawable(context: &mut FileContext<'_>, drawing: &Spanned<Drawing>, value: f64, unit: Unit) {
    let help = match drawing.value {
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
        _ => return,
    };
    let message = format!("{value} cannot be drawn this way");
    let problem = problems::out_of_range(&context.file, &drawing.span, message, help);
    context.push(problem);
}
