//! From the bytes of a picture to its pixels, with what they need to be shown right: the turn of the camera and the
//! profile of their colours.

use std::io::Cursor;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::kind::Kind;

/// Bytes of a decoded picture: 50 megapixels, as phones have them, and no more.
const DECODED_LIMIT: usize = 160 << 20;
/// Pixels of a side; no camera has as many.
pub(super) const SIDE_LIMIT: usize = 30_000;

pub(super) const TRUNCATED: &str = "it ends before the picture does";

/// Rows of pixels, each of red, green and blue, or of those and how opaque it is.
#[derive(Clone, Debug)]
pub(super) struct Pixels {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) has_alpha: bool,
    pub(super) bytes: Vec<u8>,
}

/// A picture as it stands in its file: not yet upright, and in colours of its own.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) pixels: Pixels,
    /// How it is to be turned, from 1 for not at all to 8 (Exif 2.3, 4.6.4).
    pub(super) turn: u8,
    pub(super) profile: Option<Vec<u8>>,
}

/// Whether a file holds more than one picture, shown one after the other.
pub(super) fn is_animated(kind: Kind, bytes: &[u8]) -> bool {
    let input = Cursor::new(bytes);
    match kind {
        Kind::Gif => {
            let mut options = gif::DecodeOptions::new();
            options.skip_frame_decoding(true);
            let second = |mut it: gif::Decoder<_>| {
                it.next_frame_info().ok()??;
                it.next_frame_info().ok()?.map(|_| ())
            };
            options.read_info(input).ok().and_then(second).is_some()
        }
        Kind::Png => png::Decoder::new(input)
            .read_info()
            .is_ok_and(|it| it.info().animation_control.is_some()),
        Kind::Webp => image_webp::WebPDecoder::new(input).is_ok_and(|it| it.is_animated()),
        Kind::Jpeg | Kind::Avif => false,
    }
}

pub(super) fn decode(kind: Kind, bytes: &[u8]) -> Result<Decoded, String> {
    match kind {
        Kind::Jpeg => jpeg(bytes),
        Kind::Png => png(bytes),
        Kind::Gif => gif(bytes),
        Kind::Webp => webp(bytes),
        Kind::Avif => Err("it is AVIF".to_owned()),
    }
}

fn jpeg(bytes: &[u8]) -> Result<Decoded, String> {
    if !ends(bytes) {
        return Err(TRUNCATED.to_owned());
    }
    let options = DecoderOptions::default()
        .set_strict_mode(false)
        .set_max_width(SIDE_LIMIT)
        .set_max_height(SIDE_LIMIT)
        .jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|it| reason(&it))?;
    let (width, height) = decoder.dimensions().ok_or(TRUNCATED)?;
    let size = size(width, height, 3)?;
    let bytes = decoder.decode().map_err(|it| reason(&it))?;
    let turn = decoder.exif().and_then(|it| turn(it)).unwrap_or(1);
    decoded(size, bytes, 3, turn, decoder.icc_profile())
}

/// Whether the end of a JPEG is there, which its decoder does without: behind the segments, of which one may hold
/// another JPEG (ITU T.81, B.1).
fn ends(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xff, marker, high, low]) = bytes.get(at..at + 4) {
        if marker == 0xda {
            return memchr::memmem::find(&bytes[at..], b"\xff\xd9").is_some();
        }
        // Fill bytes may stand before a marker.
        at += match marker {
            0xff => 1,
            _ => 2 + usize::from(u16::from_be_bytes([high, low])),
        };
    }
    false
}

fn png(bytes: &[u8]) -> Result<Decoded, String> {
    let limits = png::Limits { bytes: DECODED_LIMIT };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|it| reason(&it))?;
    let info = reader.info();
    let size = size(info.width as usize, info.height as usize, 4)?;
    let profile = info.icc_profile.as_ref().map(|it| it.to_vec());
    let turn = info.exif_metadata.as_ref().and_then(|it| turn(it)).unwrap_or(1);
    let mut buffer = vec![0; reader.output_buffer_size().ok_or(TRUNCATED)?];
    let frame = reader.next_frame(&mut buffer).map_err(|it| reason(&it))?;
    reader.finish().map_err(|it| reason(&it))?;
    let channels = frame.color_type.samples();
    // A profile of greys is not one of colours.
    decoded(size, buffer, channels, turn, profile.filter(|_| channels > 2))
}

fn webp(bytes: &[u8]) -> Result<Decoded, String> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(|it| reason(&it))?;
    decoder.set_memory_limit(DECODED_LIMIT);
    let (width, height) = decoder.dimensions();
    let size = size(width as usize, height as usize, 4)?;
    let mut buffer = vec![0; decoder.output_buffer_size().ok_or(TRUNCATED)?];
    decoder.read_image(&mut buffer).map_err(|it| reason(&it))?;
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let exif = decoder.exif_metadata().unwrap_or_default();
    let turn = exif.and_then(|it| turn(&it)).unwrap_or(1);
    let profile = decoder.icc_profile().unwrap_or_default();
    decoded(size, buffer, channels, turn, profile)
}

fn gif(bytes: &[u8]) -> Result<Decoded, String> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let limit = (DECODED_LIMIT as u64).try_into().map_err(|_| TRUNCATED)?;
    options.set_memory_limit(gif::MemoryLimit::Bytes(limit));
    let mut decoder = options.read_info(Cursor::new(bytes)).map_err(|it| reason(&it))?;
    let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
    let size = size(width, height, 4)?;
    let frame = decoder.read_next_frame().map_err(|it| reason(&it))?;
    let frame = frame.ok_or(TRUNCATED)?;
    // The picture may lie anywhere on a larger ground.
    let mut ground = vec![0; width * height * 4];
    let (left, across) = (usize::from(frame.left), usize::from(frame.width));
    let rows = frame.buffer.chunks_exact(4 * across.max(1));
    let shown = 4 * across.min(width.saturating_sub(left));
    for (row, y) in rows.zip(usize::from(frame.top)..height) {
        let start = 4 * (y * width + left.min(width));
        ground[start..start + shown].copy_from_slice(&row[..shown]);
    }
    decoded(size, ground, 4, 1, None)
}

fn size(width: usize, height: usize, channels: usize) -> Result<(u32, u32), String> {
    let fits = width.checked_mul(height).and_then(|it| it.checked_mul(channels));
    let is_sound = (1..=SIDE_LIMIT).contains(&width) && (1..=SIDE_LIMIT).contains(&height);
    if !is_sound || fits.is_none_or(|it| it > DECODED_LIMIT) {
        let millions = DECODED_LIMIT / channels / 1_000_000;
        return Err(format!(
            "it is {width} × {height} pixels large, and {millions} millions of such are the most"
        ));
    }
    let side = |it: usize| u32::try_from(it).map_err(|it| it.to_string());
    Ok((side(width)?, side(height)?))
}

fn decoded(
    (width, height): (u32, u32),
    bytes: Vec<u8>,
    channels: usize,
    turn: u8,
    profile: Option<Vec<u8>>,
) -> Result<Decoded, String> {
    let bytes = match channels {
        1 => bytes.iter().flat_map(|it| [*it; 3]).collect(),
        2 => {
            let pixels = bytes.chunks_exact(2);
            pixels.flat_map(|it| [it[0], it[0], it[0], it[1]]).collect()
        }
        _ => bytes,
    };
    let has_alpha = channels.is_multiple_of(2);
    let length = width as usize * height as usize * if has_alpha { 4 } else { 3 };
    if bytes.len() != length {
        return Err(TRUNCATED.to_owned());
    }
    let pixels = Pixels { width, height, has_alpha, bytes };
    Ok(Decoded { pixels, turn, profile })
}

fn reason(error: &dyn std::fmt::Display) -> String {
    let text = error.to_string();
    let is_end = ["EOF", "end of file", "exhausted", "No more bytes", "fill whole buffer"];
    if is_end.iter().any(|it| text.contains(it)) {
        TRUNCATED.to_owned()
    } else {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// How a camera was held, from the first directory of its Exif data, which is a TIFF file.
fn turn(exif: &[u8]) -> Option<u8> {
    let exif = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let is_little = exif.starts_with(b"II");
    let short = |at: usize| {
        let bytes = exif.get(at..at + 2)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let directory = exif.get(4..8)?.try_into().ok()?;
    let directory =
        if is_little { u32::from_le_bytes(directory) } else { u32::from_be_bytes(directory) };
    let directory = usize::try_from(directory).ok().filter(|it| *it < exif.len())?;
    let entries = usize::from(short(directory)?);
    let mut entries = (0..entries).map(|it| directory + 2 + 12 * it);
    let entry = entries.find(|it| short(*it) == Some(0x0112))?;
    let turn = short(entry + 8)?;
    u8::try_from(turn).ok().filter(|it| (1..=8).contains(it))
}

impl Decoded {
    /// Whether width and height change places when it is turned.
    pub(super) fn lies(&self) -> bool {
        self.turn > 4
    }
}

impl Pixels {
    /// Bytes of a pixel.
    pub(super) fn channels(&self) -> usize {
        if self.has_alpha { 4 } else { 3 }
    }

    /// Turned as the camera was held.
    pub(super) fn turned(self, turn: u8) -> Self {
        if turn == 1 {
            return self;
        }
        let (w, h) = (self.width as usize, self.height as usize);
        let (width, height) = if turn > 4 { (h, w) } else { (w, h) };
        let pixel = self.channels();
        let mut bytes = Vec::with_capacity(self.bytes.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = match turn {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (y, h - 1 - x),
                    7 => (w - 1 - y, h - 1 - x),
                    _ => (w - 1 - y, x),
                };
                let at = pixel * (from_y * w + from_x);
                bytes.extend(&self.bytes[at..at + pixel]);
            }
        }
        let (width, height) =
            if turn > 4 { (self.height, self.width) } else { (self.width, self.height) };
        Self { width, height, bytes, ..self }
    }

    /// The same colours in sRGB, as far as the profile can be read.
    pub(super) fn in_srgb(mut self, profile: Option<&[u8]>) -> Self {
        let profile = profile.and_then(|it| qcms::Profile::new_from_slice(it, false));
        let kind = if self.has_alpha { qcms::DataType::RGBA8 } else { qcms::DataType::RGB8 };
        let transform = profile.filter(|it| !it.is_sRGB()).and_then(|it| {
            let srgb = qcms::Profile::new_sRGB();
            qcms::Transform::new(&it, &srgb, kind, qcms::Intent::Perceptual)
        });
        if let Some(transform) = transform {
            transform.apply(&mut self.bytes);
        }
        self
    }

    /// Without alpha where nothing can be seen through.
    pub(super) fn without_alpha(self) -> Self {
        let is_opaque = self.has_alpha && self.bytes.iter().skip(3).step_by(4).all(|it| *it == 255);
        if is_opaque { self.flat() } else { self }
    }

    /// Without alpha at all.
    pub(super) fn flat(self) -> Self {
        if !self.has_alpha {
            return self;
        }
        let pixels = self.bytes.chunks_exact(4).flat_map(|it| [it[0], it[1], it[2]]);
        Self { bytes: pixels.collect(), has_alpha: false, ..self }
    }
}
