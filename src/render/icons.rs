//! The event's emblem as browsers, home screens and installers want it.

use crate::assets::inks::Inks;
use crate::assets::{Assets, ImageFormat};
use crate::model::{Website, routes};
use crate::svg::Svg;

use super::{Body, Format, Output};

/// The paper of the light scheme: behind the emblem, so that it is legible on a light and on a dark bar alike.
pub(super) const PAPER: &str = "#f6f1e6";

pub(super) fn icons(website: &Website, assets: &Assets) -> Vec<Output> {
    let Some(emblem) = &website.event.emblem else {
        return Vec::new();
    };
    let inks = Inks::own(&website.event.look)
        .map_or(String::new(), |it| format!("<style>{}</style>", it.svg_css()));
    let drawn = |path: &str, format, share, image_format| Output {
        path: path.to_owned(),
        format,
        body: Body::Drawn(assets.image(path, &on_paper(emblem, &inks, share), image_format)),
    };
    let square = |path, side, share| {
        let png = ImageFormat::Png(side, side);
        drawn(path, Format::Picture, share, png)
    };
    vec![
        Output {
            path: routes::FAVICON.to_owned(),
            format: Format::Drawing,
            body: Body::Ready(on_paper(emblem, &inks, 1.0).into_bytes()),
        },
        drawn(routes::FAVICON_ICO, Format::Icon, 1.0, ImageFormat::Ico),
        // Home screens round the corners off.
        square(routes::TOUCH_ICON, 180, 0.72),
        square(routes::ICON_192, 192, 0.84),
        square(routes::ICON_512, 512, 0.84),
        // All outside a circle of four fifths of its side may be cut off.
        square(routes::MASKABLE_ICON, 512, 0.54),
    ]
}

/// The emblem on a square of paper, of whose side it takes a share.
fn on_paper(emblem: &Svg, inks: &str, share: f32) -> String {
    let side = 12.0 / share;
    let edge = (12.0 - side) / 2.0;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{edge:.3} {edge:.3} {side:.3} {side:.3}\">\
         <rect x=\"{edge:.3}\" y=\"{edge:.3}\" width=\"{side:.3}\" height=\"{side:.3}\" fill=\"{PAPER}\"/>{inks}{}</svg>",
        emblem.shapes()
    )
}
