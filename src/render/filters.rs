//! What templates do to values.

use std::convert::Infallible;

use askama::filters::Safe;

/// The shapes inside a checked drawing's `svg` element, so that the page's own element can say
/// how it is shown.
#[askama::filter_fn]
pub(crate) fn inner_svg<'a>(
    drawing: &'a str,
    _: &dyn askama::Values,
) -> Result<Safe<&'a str>, Infallible> {
    let inner = drawing
        .find('>')
        .zip(drawing.rfind("</svg>"))
        .map_or("", |(start, end)| &drawing[start + 1..end.max(start + 1)]);
    Ok(Safe(inner))
}
