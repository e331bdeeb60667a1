//! Pictures of pixels: turned as the camera held them, in sRGB, in several widths, without a byte of metadata.
//!
//! All of it is a function of the file's bytes, and runs where nothing depends on it: see [`work`].

use jpeg_encoder::{ImageBuffer, JpegColorType, rgb_to_ycbcr};
use resize::{Pixel, Type};
use rgb::FromSlice as _;
use serde::{Deserialize, Serialize};

use super::decode::{Decoded, Pixels, SIDE_LIMIT, TRUNCATED, decode, is_animated};
use super::kind::Kind;
use super::strip::strip;

/// What is made of a picture, in pixels of width; the largest has no more pixels than a square of the last.
const WIDTHS: [u32; 4] = [480, 800, 1200, 1600];
/// Bytes of a size up to the width of a phone's screen, and of any other: a picture of much detail is made coarser.
const SMALL_LIMIT: usize = 280_000;
const LARGE_LIMIT: usize = 580_000;
const QUALITIES: [u8; 5] = [80, 70, 60, 45, 30];

/// What is known of a picture that was looked through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raster {
    pub kind: Kind,
    /// In pixels, upright.
    pub width: u32,
    pub height: u32,
    pub form: Form,
}

/// How it is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// As JPEG and AVIF.
    Photo,
    /// As PNG, which is smaller or all that can be seen through.
    Graphic,
    /// As PNG and AVIF.
    Cutout,
    /// As the file is, without its metadata: what moves, and AVIF.
    AsIs,
}

/// What there is to do with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Job {
    /// To look it through: the answer is a [`Raster`] as JSON.
    Inspect,
    /// To make the sizes that are shown at once: the answer is each of them behind its length.
    AtOnce,
    /// To make those that take their time.
    Avif,
}

impl Raster {
    /// Width and height of what is made of it, the largest last and never larger than the picture.
    pub fn sizes(&self) -> Vec<(u32, u32)> {
        let (width, height) = (u64::from(self.width), u64::from(self.height));
        let largest = WIDTHS[WIDTHS.len() - 1];
        let most = u64::from(largest).pow(2);
        let mut widest = self.width.min(largest);
        while u64::from(widest).pow(2) * height / width > most {
            widest -= widest.div_ceil(100);
        }
        if self.form == Form::AsIs {
            return vec![(self.width, self.height)];
        }
        let smaller = WIDTHS.into_iter().filter(|it| it * 10 < widest * 9);
        let widths = smaller.chain([widest]);
        let height = |it: u32| (u64::from(it) * height).div_ceil(width).max(1);
        widths.map(|it| (it, u32::try_from(height(it)).unwrap_or(1))).collect()
    }

    /// The end of the name of what is shown at once.
    pub fn ending(&self) -> &'static str {
        match self.form {
            Form::Photo => "jpg",
            Form::Graphic | Form::Cutout => "png",
            Form::AsIs => self.kind.endings()[0],
        }
    }

    /// Whether it is published as the file is, without its metadata.
    pub fn is_as_is(&self) -> bool {
        self.form == Form::AsIs
    }

    pub fn has_avif(&self) -> bool {
        matches!(self.form, Form::Photo | Form::Cutout)
    }
}

/// Does a job. Whatever a file does to a decoder, it had better do in another process.
pub fn work(job: Job, bytes: &[u8]) -> Result<Vec<u8>, String> {
    let raster = inspect(bytes)?;
    if job == Job::Inspect {
        return serde_json::to_vec(&raster.0).map_err(|it| it.to_string());
    }
    let mut answer = Vec::new();
    for file in encode(&raster.0, raster.1, bytes, job)? {
        let length = u32::try_from(file.len()).map_err(|it| it.to_string())?;
        answer.extend(length.to_le_bytes());
        answer.extend(file);
    }
    Ok(answer)
}

fn inspect(bytes: &[u8]) -> Result<(Raster, Option<Decoded>), String> {
    let kind = Kind::of(bytes).map_err(|it| format!("it is {it}"))?;
    if kind == Kind::Avif || is_animated(kind, bytes) {
        return Ok((as_is(kind, bytes)?, None));
    }
    let decoded = decode(kind, bytes)?;
    let Pixels { mut width, mut height, .. } = decoded.pixels;
    if decoded.lies() {
        (width, height) = (height, width);
    }
    let mut raster = Raster { kind, width, height, form: Form::Photo };
    if kind != Kind::Jpeg {
        let (width, height) = raster.sizes().pop().unwrap_or((1, 1));
        let largest = upright(&decoded, width, height)?;
        let is_opaque = !largest.has_alpha;
        let as_png = png(&largest)?.len();
        let is_photo = jpeg(&largest.flat(), QUALITIES[0])?.len() < as_png;
        raster.form = match (is_photo, is_opaque) {
            (true, true) => Form::Photo,
            (true, false) => Form::Cutout,
            (false, _) => Form::Graphic,
        };
    }
    Ok((raster, Some(decoded)))
}

fn as_is(kind: Kind, bytes: &[u8]) -> Result<Raster, String> {
    if strip(kind, bytes).is_none() {
        return Err(match kind {
            Kind::Avif => "it holds metadata, which cannot be taken out of AVIF".to_owned(),
            _ => TRUNCATED.to_owned(),
        });
    }
    let size = imagesize::blob_size(bytes).map_err(|it| it.to_string())?;
    let pixels = |it: usize| {
        let it = Some(it).filter(|it| (1..=SIDE_LIMIT).contains(it))?;
        u32::try_from(it).ok()
    };
    let sides = pixels(size.width).zip(pixels(size.height));
    let (width, height) = sides.ok_or("its size is not one of a picture")?;
    Ok(Raster { kind, width, height, form: Form::AsIs })
}

/// The picture in a size, upright and in sRGB; without alpha where nothing can be seen through.
fn upright(decoded: &Decoded, width: u32, height: u32) -> Result<Pixels, String> {
    let (width, height) = if decoded.lies() { (height, width) } else { (width, height) };
    let pixels = scaled(&decoded.pixels, width, height)?;
    Ok(pixels.in_srgb(decoded.profile.as_deref()).without_alpha().turned(decoded.turn))
}

fn scaled(of: &Pixels, width: u32, height: u32) -> Result<Pixels, String> {
    if (width, height) == (of.width, of.height) {
        return Ok(of.clone());
    }
    let size = |width: u32, height: u32| (width as usize, height as usize);
    let ((w, h), (to_w, to_h)) = (size(of.width, of.height), size(width, height));
    let mut bytes = vec![0; to_w * to_h * of.channels()];
    let filter = Type::Lanczos3;
    let done = if of.has_alpha {
        let resizer = resize::new(w, h, to_w, to_h, Pixel::RGBA8P, filter);
        resizer.and_then(|mut it| it.resize(of.bytes.as_rgba(), bytes.as_rgba_mut()))
    } else {
        let resizer = resize::new(w, h, to_w, to_h, Pixel::RGB8, filter);
        resizer.and_then(|mut it| it.resize(of.bytes.as_rgb(), bytes.as_rgb_mut()))
    };
    done.map_err(|it| it.to_string())?;
    Ok(Pixels { width, height, has_alpha: of.has_alpha, bytes })
}

fn encode(
    raster: &Raster,
    decoded: Option<Decoded>,
    bytes: &[u8],
    job: Job,
) -> Result<Vec<Vec<u8>>, String> {
    let Some(decoded) = decoded else {
        return Ok(strip(raster.kind, bytes).into_iter().collect());
    };
    // Each from the next larger one, which is as good and takes a fraction of the work.
    let mut sizes = raster.sizes();
    let (width, height) = sizes.pop().unwrap_or((1, 1));
    let mut image = upright(&decoded, width, height)?;
    let profile = decoded.profile;
    drop(decoded.pixels);
    let mut files = vec![encode_one(raster, &image, bytes, job, profile.is_none())?];
    for (width, height) in sizes.into_iter().rev() {
        image = scaled(&image, width, height)?;
        files.push(encode_one(raster, &image, bytes, job, false)?);
    }
    files.reverse();
    Ok(files)
}

/// A size as a file; one that is in order already may be smaller as it is.
fn encode_one(
    raster: &Raster,
    image: &Pixels,
    bytes: &[u8],
    job: Job,
    may_keep: bool,
) -> Result<Vec<u8>, String> {
    if job == Job::Avif {
        return avif(image);
    }
    if raster.form != Form::Photo {
        let made = png(image)?;
        let may_keep = may_keep && raster.kind == Kind::Png && image.width == raster.width;
        let kept = may_keep.then(|| strip(raster.kind, bytes)).flatten();
        return Ok(kept.filter(|it| it.len() < made.len()).unwrap_or(made));
    }
    let mut limit = if image.width <= WIDTHS[2] { SMALL_LIMIT } else { LARGE_LIMIT };
    if image.width == raster.width {
        limit = limit.min(bytes.len());
    }
    let image = image.clone().flat();
    let mut made = Vec::new();
    for quality in QUALITIES {
        made = jpeg(&image, quality)?;
        if made.len() <= limit {
            break;
        }
    }
    Ok(made)
}

/// The one kind of picture that is written as JPEG: the code for each that might be is compiled into this crate.
struct Rgb<'a>(&'a Pixels, u16, u16);

impl ImageBuffer for Rgb<'_> {
    fn get_jpeg_color_type(&self) -> JpegColorType {
        JpegColorType::Ycbcr
    }

    fn width(&self) -> u16 {
        self.1
    }

    fn height(&self) -> u16 {
        self.2
    }

    fn fill_buffers(&self, y: u16, buffers: &mut [Vec<u8>; 4]) {
        let row = usize::from(self.1);
        for pixel in &self.0.bytes.as_rgb()[usize::from(y) * row..][..row] {
            let (y, cb, cr) = rgb_to_ycbcr(pixel.r, pixel.g, pixel.b);
            buffers[0].push(y);
            buffers[1].push(cb);
            buffers[2].push(cr);
        }
    }
}

fn jpeg(image: &Pixels, quality: u8) -> Result<Vec<u8>, String> {
    let side = |it: u32| u16::try_from(it).map_err(|it| it.to_string());
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, quality);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    let image = Rgb(image, side(image.width)?, side(image.height)?);
    encoder.encode_image(image).map_err(|it| it.to_string())?;
    Ok(bytes)
}

fn png(image: &Pixels) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, image.width, image.height);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_color(if image.has_alpha { png::ColorType::Rgba } else { png::ColorType::Rgb });
    encoder.set_compression(png::Compression::Balanced);
    let mut writer = encoder.write_header().map_err(|it| it.to_string())?;
    let written = writer.write_image_data(&image.bytes);
    written.map_err(|it| it.to_string())?;
    writer.finish().map_err(|it| it.to_string())?;
    Ok(bytes)
}

/// In one thread and at the greatest speed: others are at work as well, and a slower one saves a twentieth.
fn avif(image: &Pixels) -> Result<Vec<u8>, String> {
    use ravif::{BitDepth, Encoder, MatrixCoefficients, PixelRange};
    let encoder = Encoder::new()
        .with_quality(62.0)
        .with_speed(10)
        .with_bit_depth(BitDepth::Eight)
        .with_num_threads(Some(1));
    let (width, height) = (image.width as usize, image.height as usize);
    let pixels = image.bytes.chunks_exact(image.channels());
    let planes = pixels.clone().map(|it| rgb_to_ycbcr(it[0], it[1], it[2]).into());
    let alpha = image.has_alpha.then(|| pixels.map(|it| it[3]));
    // `encode_rgb` would compile the encoder into this crate twice, for ten bits as well.
    let (range, matrix) = (PixelRange::Full, MatrixCoefficients::BT601);
    let made = encoder.encode_raw_planes_8_bit(width, height, planes, alpha, range, matrix);
    Ok(made.map_err(|it| it.to_string())?.avif_file)
}
