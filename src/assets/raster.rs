//! Draws an SVG document as PNG: `resvg` with the one font, a palette of the colours that occur most, `png`.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::fonts;

/// The embedded font, by its own name.
const FAMILY: &str = "Wanted Sans Variable";

/// What an indexed PNG can tell apart.
const COLOURS: usize = 256;

/// Draws with the embedded font and no other, so that every machine draws the same.
#[derive(Debug)]
pub(super) struct Rasteriser {
    fonts: Arc<fontdb::Database>,
}

impl Default for Rasteriser {
    fn default() -> Self {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_source(fontdb::Source::Binary(Arc::new(fonts::TTF)));
        Self {
            fonts: Arc::new(fonts),
        }
    }
}

impl Rasteriser {
    /// The document at this size in pixels; `None` where it cannot be drawn. The same document always gives the
    /// same bytes.
    pub(super) fn png(&self, svg: &str, width: u32, height: u32) -> Option<Vec<u8>> {
        // A drawing may come from an editor: whatever it does to the renderer costs its own picture alone.
        catch_unwind(AssertUnwindSafe(|| self.draw(svg, width, height))).ok()?
    }

    /// The document as an icon with a PNG for each side (`ICONDIR`, little-endian, as browsers read it since
    /// 2007).
    pub(super) fn ico(&self, svg: &str, sides: &[u8]) -> Option<Vec<u8>> {
        let pictures: Option<Vec<Vec<u8>>> = sides
            .iter()
            .map(|&side| self.png(svg, side.into(), side.into()))
            .collect();
        let pictures = pictures?;
        let mut ico = vec![0, 0, 1, 0];
        ico.extend(u16::try_from(pictures.len()).ok()?.to_le_bytes());
        let mut offset = u32::try_from(6 + 16 * pictures.len()).ok()?;
        for (side, picture) in sides.iter().zip(&pictures) {
            let length = u32::try_from(picture.len()).ok()?;
            // One plane, 32 bits a pixel; the palette's size is left to the PNG.
            ico.extend([*side, *side, 0, 0, 1, 0, 32, 0]);
            ico.extend(length.to_le_bytes());
            ico.extend(offset.to_le_bytes());
            offset += length;
        }
        ico.extend(pictures.concat());
        Some(ico)
    }

    fn draw(&self, svg: &str, width: u32, height: u32) -> Option<Vec<u8>> {
        let options = Options {
            font_family: FAMILY.to_owned(),
            fontdb: Arc::clone(&self.fonts),
            ..Options::default()
        };
        let tree = Tree::from_str(svg, &options).ok()?;
        let mut pixmap = Pixmap::new(width, height)?;
        // Sides are far below the 2^24 that a float holds exactly.
        #[expect(clippy::cast_precision_loss, reason = "a side of some hundred pixels")]
        let scale = Transform::from_scale(
            width as f32 / tree.size().width(),
            height as f32 / tree.size().height(),
        );
        resvg::render(&tree, scale, &mut pixmap.as_mut());
        // Pixels of one colour follow one another, and what can be done once for all of them is.
        let runs = pixmap.pixels().chunk_by(|a, b| a == b).map(|run| {
            let colour = run[0].demultiply();
            let colour = [colour.red(), colour.green(), colour.blue(), colour.alpha()];
            (colour, run.len())
        });
        encode(&runs.collect::<Vec<_>>(), width, height)
    }
}

/// So many pixels of one colour, one after the other.
type Run = ([u8; 4], usize);

/// Flat colours with their blends at edges: 256 of them are a third of the bytes of all, and no eye tells.
fn encode(runs: &[Run], width: u32, height: u32) -> Option<Vec<u8>> {
    let (palette, indices) = indexed(runs);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(
        palette
            .iter()
            .flat_map(|it| [it[0], it[1], it[2]])
            .collect::<Vec<_>>(),
    );
    if palette.iter().any(|it| it[3] < 255) {
        encoder.set_trns(palette.iter().map(|it| it[3]).collect::<Vec<_>>());
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
    let mut palette: Vec<([u8; 4], usize)> =
        counts.iter().map(|(it, count)| (*it, *count)).collect();
    palette.sort_unstable_by(|(a, often), (b, seldom)| seldom.cmp(often).then(a.cmp(b)));
    palette.truncate(COLOURS);
    let palette: Vec<[u8; 4]> = palette.into_iter().map(|(colour, _)| colour).collect();
    let nearest = |colour: [u8; 4]| {
        let distance = |other: &[u8; 4]| -> u32 {
            let channels = colour.iter().zip(other);
            channels
                .map(|(a, b)| u32::from(a.abs_diff(*b)).pow(2))
                .sum()
        };
        let indices = 0..=u8::MAX;
        let nearest = indices.zip(&palette).min_by_key(|(_, it)| distance(it));
        nearest.map_or(0, |(index, _)| index)
    };
    let indices: HashMap<[u8; 4], u8> = counts.into_keys().map(|it| (it, nearest(it))).collect();
    let mut body = Vec::new();
    for (colour, length) in runs {
        body.resize(body.len() + length, indices[colour]);
    }
    (palette, body)
}
