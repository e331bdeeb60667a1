//! SVG documents as image files: `resvg` with the one font, a palette of the colours that occur most, `png`.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{ImageHrefResolver, Indent, Options, Tree, WriteOptions, fontdb};

use super::fonts;

/// What an indexed PNG can tell apart.
const MAX_COLOURS: usize = 256;

/// The embedded font and no other, so that every machine draws the same. It is read with the first image: a start has
/// no use for it.
static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_source(fontdb::Source::Binary(Arc::new(fonts::TTF)));
    // In place of those that drawings of others name.
    fonts.set_serif_family(fonts::FAMILY);
    fonts.set_sans_serif_family(fonts::FAMILY);
    Arc::new(fonts)
});

/// What stands around the letters of a document that brings them.
const LETTERS: [&str; 2] = ["<metadata>", "</metadata>"];

/// An element that gives [`draw`] a font for letters that the embedded one lacks.
pub fn with_font(ttf: &[u8]) -> String {
    let [start, end] = LETTERS;
    let mut element = start.to_owned();
    for byte in ttf {
        // Writing to a string cannot fail.
        let _ = write!(element, "{byte:02x}");
    }
    element + end
}

fn font_in(svg: &str) -> Option<Vec<u8>> {
    let [start, end] = LETTERS;
    let (_, rest) = svg.split_once(start)?;
    let (hex, _) = rest.split_once(end)?;
    let pairs = hex.as_bytes().chunks_exact(2).map(str::from_utf8);
    pairs.map(|it| u8::from_str_radix(it.ok()?, 16).ok()).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImageFormat {
    /// A PNG of so many pixels, width and height.
    Png(u32, u32),
    /// The same with all its colours.
    Full(u32, u32),
    /// SVG of paths that are placed where they are seen: without styles, uses, letters and declarations.
    Plain,
    /// An icon of 16, 32 and 48 pixels in one file.
    Ico,
}

/// The image of an SVG document, or why there is none. A renderer has its faults: a document that is no work of this
/// program may keep it for hours, panic, or end the process.
pub fn draw(svg: &str, format: ImageFormat) -> Result<Vec<u8>, String> {
    let mut fonts = Arc::clone(&FONTS);
    if let Some(font) = font_in(svg) {
        Arc::make_mut(&mut fonts).load_font_data(font);
    }
    let options = Options {
        font_family: fonts::FAMILY.to_owned(),
        fontdb: fonts,
        // No file is opened for a drawing.
        image_href_resolver: ImageHrefResolver {
            resolve_string: Box::new(|_, _| None),
            ..ImageHrefResolver::default()
        },
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let file = match format {
        ImageFormat::Png(width, height) => png(&tree, width, height),
        ImageFormat::Full(width, height) => {
            pixels(&tree, width, height).and_then(|it| it.encode_png().ok())
        }
        ImageFormat::Plain => Some(plain(&tree)),
        ImageFormat::Ico => ico(&tree, &[16, 32, 48]),
    };
    file.ok_or_else(|| "it has no size".to_owned())
}

fn plain(tree: &Tree) -> Vec<u8> {
    let options = WriteOptions { indent: Indent::None, ..WriteOptions::default() };
    let svg = tree.to_string(&options);
    let size = tree.size();
    let root = format!("<svg viewBox=\"0 0 {} {}\"", size.width(), size.height());
    svg.replacen("<svg", &root, 1).into_bytes()
}

fn pixels(tree: &Tree, width: u32, height: u32) -> Option<Pixmap> {
    let mut pixmap = Pixmap::new(width, height)?;
    // Sides are far below the 2^24 that a float holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "a side of some hundred pixels")]
    let scale = Transform::from_scale(
        width as f32 / tree.size().width(),
        height as f32 / tree.size().height(),
    );
    resvg::render(tree, scale, &mut pixmap.as_mut());
    Some(pixmap)
}

fn png(tree: &Tree, width: u32, height: u32) -> Option<Vec<u8>> {
    let pixmap = pixels(tree, width, height)?;
    // Pixels of one colour follow one another, and what can be done once for all of them is.
    let runs = pixmap.pixels().chunk_by(|a, b| a == b).map(|run| {
        let colour = run[0].demultiply();
        let colour = [colour.red(), colour.green(), colour.blue(), colour.alpha()];
        (colour, run.len())
    });
    encode(&runs.collect::<Vec<_>>(), width, height)
}

/// An icon with a PNG for each side (`ICONDIR`, little-endian, as browsers read it since 2007).
fn ico(tree: &Tree, sides: &[u8]) -> Option<Vec<u8>> {
    let mut images = Vec::new();
    for side in sides.iter().copied().map(u32::from) {
        images.push(png(tree, side, side)?);
    }
    let mut ico = vec![0, 0, 1, 0];
    ico.extend(u16::try_from(images.len()).ok()?.to_le_bytes());
    let mut offset = u32::try_from(6 + 16 * images.len()).ok()?;
    for (side, image) in sides.iter().zip(&images) {
        let length = u32::try_from(image.len()).ok()?;
        // One plane, 32 bits a pixel; the palette's size is left to the PNG.
        ico.extend([*side, *side, 0, 0, 1, 0, 32, 0]);
        ico.extend(length.to_le_bytes());
        ico.extend(offset.to_le_bytes());
        offset += length;
    }
    ico.extend(images.concat());
    Some(ico)
}

/// So many pixels of one colour (red, green, blue, alpha), one after the other.
type Run = ([u8; 4], usize);

/// Flat colours with their blends at edges: 256 of them are a third of the bytes of all, and no eye tells.
fn encode(runs: &[Run], width: u32, height: u32) -> Option<Vec<u8>> {
    let (palette, indices) = indexed(runs);
    let rgb: Vec<[u8; 3]> = palette.iter().map(|[r, g, b, _]| [*r, *g, *b]).collect();
    let alpha: Vec<u8> = palette.iter().map(|[.., alpha]| *alpha).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(rgb.concat());
    if alpha.iter().any(|it| *it < 255) {
        encoder.set_trns(alpha);
    }
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&indices).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

/// The most frequent colours, and for each pixel the nearest of them.
fn indexed(runs: &[Run]) -> (Vec<[u8; 4]>, Vec<u8>) {
    let mut counts: HashMap<[u8; 4], usize> = HashMap::new();
    for (colour, length) in runs {
        *counts.entry(*colour).or_default() += length;
    }
    let mut palette: Vec<[u8; 4]> = counts.keys().copied().collect();
    palette.sort_unstable_by_key(|colour| (Reverse(counts[colour]), *colour));
    palette.truncate(MAX_COLOURS);
    let nearest = |colour: [u8; 4]| {
        let distance = |other: &[u8; 4]| -> u32 {
            let channels = colour.iter().zip(other);
            channels.map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2)).sum()
        };
        let indices = 0..=u8::MAX;
        let nearest = indices.zip(&palette).min_by_key(|(_, it)| distance(it));
        nearest.map_or(0, |(index, _)| index)
    };
    let indices: HashMap<[u8; 4], u8> = counts.into_keys().map(|it| (it, nearest(it))).collect();
    let mut pixels = Vec::new();
    for (colour, length) in runs {
        pixels.resize(pixels.len() + length, indices[colour]);
    }
    (palette, pixels)
}
