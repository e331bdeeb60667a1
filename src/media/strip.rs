//! Pictures that are published as they are, since they move, without their metadata: what is not needed to show them
//! goes. Each format is a list of blocks, of which those that are known are kept.

use super::kind::Kind;

/// The file without its metadata; nothing where it ends too early or is none of these.
pub(super) fn strip(kind: Kind, bytes: &[u8]) -> Option<Vec<u8>> {
    match kind {
        Kind::Gif => gif(bytes),
        Kind::Png => png(bytes),
        Kind::Webp => webp(bytes),
        // Its blocks point at one another, so that none can go; one that names metadata is not taken.
        Kind::Avif => {
            let names = |it: &&str| memchr::memmem::find(bytes, it.as_bytes()).is_some();
            let is_clean = !["Exif", "mime", "xmp"].iter().any(names);
            is_clean.then(|| bytes.to_vec())
        }
        Kind::Jpeg => None,
    }
}

/// Reads from the front of what is left.
struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, left) = self.0.split_at_checked(length)?;
        self.0 = left;
        Some(taken)
    }

    /// Blocks of a GIF, each behind its length, up to the one that is empty.
    fn blocks(&mut self) -> Option<()> {
        while let length @ 1.. = self.take(1)?[0] {
            self.take(length.into())?;
        }
        Some(())
    }

    /// The colours that the flags of a GIF announce.
    fn colours(&mut self, flags: u8) -> Option<()> {
        if flags & 0x80 != 0 {
            self.take(3 << ((flags & 7) + 1))?;
        }
        Some(())
    }
}

/// GIF: comments, texts, and what applications wrote go, but for how often it is repeated.
fn gif(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut input = Input(bytes);
    let flags = input.take(13)?[10];
    input.colours(flags)?;
    let mut kept = bytes[..bytes.len() - input.0.len()].to_vec();
    loop {
        let start = input.0;
        let is_kept = match input.take(1)?[0] {
            b';' => break,
            b'!' => {
                let label = input.take(1)?[0];
                let is_loop = ["NETSCAPE2.0", "ANIMEXTS1.0"]
                    .iter()
                    .any(|it| input.0.get(1..).is_some_and(|at| at.starts_with(it.as_bytes())));
                input.blocks()?;
                label == 0xf9 || label == 0xff && is_loop
            }
            b',' => {
                let flags = input.take(9)?[8];
                input.colours(flags)?;
                input.take(1)?;
                input.blocks()?;
                true
            }
            _ => return None,
        };
        if is_kept {
            kept.extend(&start[..start.len() - input.0.len()]);
        }
    }
    kept.push(b';');
    Some(kept)
}

/// PNG and APNG: chunks of a length, a name, so many bytes, and a checksum.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    const KEPT: &str = "IHDR PLTE tRNS gAMA cHRM sRGB iCCP cICP acTL fcTL IDAT fdAT IEND";
    let mut input = Input(bytes);
    let mut kept = input.take(8)?.to_vec();
    loop {
        let start = input.0;
        let length = u32::from_be_bytes(input.take(4)?.try_into().ok()?);
        let name = str::from_utf8(input.take(4)?).ok()?;
        input.take(length as usize)?;
        input.take(4)?;
        if KEPT.split(' ').any(|it| it == name) {
            kept.extend(&start[..start.len() - input.0.len()]);
        }
        if name == "IEND" {
            return Some(kept);
        }
    }
}

/// WebP: a RIFF file, whose frames hold such chunks themselves.
fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut input = Input(bytes);
    let head = input.take(12)?;
    let length = u32::from_le_bytes(head[4..8].try_into().ok()?) as usize;
    let kept = riff(input.take(length.checked_sub(4)?)?)?;
    let length = u32::try_from(kept.len() + 4).ok()?.to_le_bytes();
    Some([&b"RIFF"[..], &length, b"WEBP", &kept].concat())
}

fn riff(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut input = Input(bytes);
    let mut kept = Vec::new();
    while !input.0.is_empty() {
        let name = input.take(4)?;
        let length = u32::from_le_bytes(input.take(4)?.try_into().ok()?) as usize;
        let mut body = input.take(length)?.to_vec();
        // The last one may lack its filling.
        let _ = input.take(length % 2);
        match name {
            // It has no place for EXIF and XMP any more.
            b"VP8X" => *body.first_mut()? &= !0b1100,
            b"ANMF" => {
                let frames = riff(body.get(16..)?)?;
                body.truncate(16);
                body.extend(frames);
            }
            b"ICCP" | b"ANIM" | b"ALPH" | b"VP8 " | b"VP8L" => {}
            _ => continue,
        }
        kept.extend(name);
        kept.extend(u32::try_from(body.len()).ok()?.to_le_bytes());
        kept.extend(&body);
        if body.len() % 2 == 1 {
            kept.push(0);
        }
    }
    Some(kept)
}
