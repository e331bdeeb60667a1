//! Pictures of contributors: what is published of them, and what is said of those that cannot be.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jpeg_encoder::{ColorType, Encoder};
use showcase::assets::Assets;
use showcase::content::{self, Drafts};
use showcase::export;
use showcase::media::{Store, work};
use showcase::site::Site;
use showcase::watch::{BuildResult, Built};
use tempfile::TempDir;

use crate::export::options;
use crate::server::Server;
use crate::support::{
    Content, assemble_with, attributes, dir, listed, load, main_of, page_of, plant, png, problems,
};

/// What a camera writes beside the picture.
const SECRET: &str = "37.5665N 126.9780E";

/// A photo with much detail, its upper half red and its lower half blue as the camera saw it, and with what the camera
/// notes: how it was held, and where.
fn photo(width: u16, height: u16, turn: u16) -> Vec<u8> {
    let mut pixels = Vec::new();
    let mut noise = 1_u32;
    for y in 0..height {
        for _ in 0..width {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = noise.to_be_bytes()[0] / 8;
            pixels.extend(if y < height / 2 {
                [200 + grain, grain, grain]
            } else {
                [grain, grain, 200 + grain]
            });
        }
    }
    let mut exif = b"II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([0x12, 1, 3, 0, 1, 0, 0, 0]);
    exif.extend([turn.to_le_bytes(), [0, 0]].as_flattened());
    exif.extend([0x0e, 1, 2, 0, 19, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(SECRET.as_bytes());
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    encoder.add_exif_metadata(&exif).expect("room");
    let done = encoder.encode(&pixels, width, height, ColorType::Rgb);
    done.expect("a picture");
    bytes
}

fn with(text: &str) -> Content {
    Content::new(&format!("-- recap/ko.md --\n{text}\n"))
}

fn body(site: &Site, path: &str) -> Vec<u8> {
    match site.lookup(path) {
        showcase::site::Lookup::Found(resource) => {
            let served = resource.as_stored().expect("a file");
            let contents = served.open().expect("made");
            contents.read_at(0, 1 << 24).expect("read").to_vec()
        }
        other => panic!("{path}: {other:?}"),
    }
}

/// The colour in the middle of a half of a JPEG, `0.25` for the upper one, and its size.
fn colour(bytes: &[u8], at: f64) -> ([u8; 3], (usize, usize)) {
    let mut decoder =
        zune_jpeg::JpegDecoder::new(zune_jpeg::zune_core::bytestream::ZCursor::new(bytes));
    let pixels = decoder.decode().expect("a JPEG");
    let (width, height) = decoder.dimensions().expect("a size");
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "small"
    )]
    let row = (height as f64 * at) as usize;
    let start = 3 * (row * width + width / 2);
    ([pixels[start], pixels[start + 1], pixels[start + 2]], (width, height))
}

#[test]
fn a_photo_is_upright_in_several_sizes_and_says_nothing_of_where_it_was_taken() {
    // The camera lay on its side: what it saw above is at the right.
    let content =
        with("![광장](IMG_1.JPG \"시작 <전>\")").file("recap/IMG_1.JPG", photo(1300, 1000, 8));
    let site = content.site();
    let home = page_of(&site, "/");
    let main = main_of(&home);
    assert!(main.contains("<figcaption class=\"picture__caption\">시작 &lt;전&gt;</figcaption>"));
    assert!(main.contains("width=\"1000\" height=\"1300\" loading=\"lazy\" decoding=\"async\""));
    let sets = attributes(main, "srcset");
    let (avif, jpeg) = (&sets[0], &sets[1]);
    let widths = |set: &str| -> Vec<String> {
        let each = set.split(", ").map(|it| it.rsplit(' ').next().unwrap_or_default());
        each.map(str::to_owned).collect()
    };
    assert_eq!(widths(jpeg), ["480w", "800w", "1000w"]);
    assert_eq!(widths(avif), widths(jpeg));
    for (index, address) in jpeg.split(", ").enumerate() {
        let bytes = body(&site, address.split(' ').next().unwrap_or_default());
        assert!(bytes.starts_with(b"\xff\xd8"));
        let limit = if index == 0 { 100_000 } else { 600_000 };
        assert!(bytes.len() < limit, "{}", bytes.len());
        for secret in [SECRET, "Exif", "ICC_PROFILE"] {
            assert!(memchr::memmem::find(&bytes, secret.as_bytes()).is_none());
        }
        if index == 2 {
            // The sky of the camera is at the left where it was turned by a quarter.
            assert_eq!(colour(&bytes, 0.5).1, (1000, 1300));
        }
    }
    // Nothing of it is published under its own name.
    assert!(!site.paths().any(|(path, _)| path.contains("IMG_1.JPG")));
    // A reader of the feed sees it as well.
    let feed = page_of(&site, "/feed.xml");
    assert!(
        feed.contains("src=&quot;http://127.0.0.1:3000/assets/IMG-1-1000-")
            || feed.contains("assets/IMG-1-1000-"),
        "{feed}"
    );
}

#[test]
fn every_turn_of_the_camera_is_undone() {
    // Where the red half is after the turn that the camera asks for, and whether the sides change places.
    for (turn, red_is_above, lies) in [
        (1, true, false),
        (3, false, false),
        (4, false, false),
        (2, true, false),
        (6, true, true),
        (8, true, true),
    ] {
        let answer = work(showcase::media::Job::AtOnce, &photo(60, 40, turn)).expect("a picture");
        let (upper, size) = colour(&answer[4..], if lies { 0.5 } else { 0.25 });
        assert_eq!(size, if lies { (40, 60) } else { (60, 40) }, "{turn}");
        if !lies {
            assert_eq!(upper[0] > 150, red_is_above, "{turn}: {upper:?}");
        }
    }
}

#[test]
fn what_can_be_seen_through_stays_so_and_no_picture_grows() {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 2, 2);
    encoder.set_color(png::ColorType::Rgba);
    encoder.add_text_chunk("Comment".into(), SECRET.into()).expect("room");
    let mut writer = encoder.write_header().expect("a header");
    writer
        .write_image_data(&[9, 9, 9, 0, 9, 9, 9, 255, 9, 9, 9, 255, 9, 9, 9, 128])
        .expect("pixels");
    writer.finish().expect("an end");
    let site = with("![가](a.png)").file("recap/a.png", bytes.clone()).site();
    let home = page_of(&site, "/");
    let src = attributes(main_of(&home), "src").remove(0);
    assert_eq!(src.rsplit('.').next(), Some("png"));
    let published = body(&site, &src);
    assert!(published.len() < bytes.len());
    assert!(memchr::memmem::find(&published, b"Comment").is_none());
    let reader = png::Decoder::new(std::io::Cursor::new(published)).read_info().expect("a PNG");
    assert_eq!(reader.info().color_type, png::ColorType::Rgba);
}

/// Two frames and a comment.
fn animation() -> Vec<u8> {
    let mut bytes = b"GIF89a\x02\0\x02\0\x80\0\0\xff\0\0\0\0\xff".to_vec();
    bytes.extend(b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0");
    bytes.extend([b"!\xfe".as_slice(), &[18], SECRET.as_bytes(), b"\0"].concat());
    for _ in 0..2 {
        bytes.extend(b"!\xf9\x04\0\x0a\0\0\0,\0\0\0\0\x02\0\x02\0\0\x02\x02\x84Q\0");
    }
    bytes.push(b';');
    bytes
}

#[test]
fn what_moves_goes_on_moving_without_its_comments() {
    let site = with("![가](a.gif)").file("recap/a.gif", animation()).site();
    let home = page_of(&site, "/");
    let src = attributes(main_of(&home), "src").remove(0);
    assert!(
        src.rsplit('.').next() == Some("gif") && home.contains("width=\"2\" height=\"2\""),
        "{src}"
    );
    let published = body(&site, &src);
    assert_eq!(memchr::memchr_iter(b',', &published).count(), 2);
    assert!(published.windows(8).any(|it| it == b"NETSCAPE"));
    assert!(memchr::memmem::find(&published, SECRET.as_bytes()).is_none());
}

#[test]
fn broken_and_hostile_pictures_are_located() {
    let photo = photo(64, 64, 1);
    let mut bomb = png(4, 4);
    bomb[16..24].copy_from_slice(&[0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]);
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    let files: [(&str, Vec<u8>, &str); 9] = [
        ("cut.jpg", photo[..photo.len() - 20].to_vec(), "invalid-picture"),
        ("head.jpg", photo[..8].to_vec(), "invalid-picture"),
        ("page.jpg", b"<html><script>alert(1)</script>".to_vec(), "invalid-picture"),
        ("bomb.png", bomb, "invalid-picture"),
        ("cut.png", png(40, 40)[..60].to_vec(), "invalid-picture"),
        ("cut.gif", animation()[..30].to_vec(), "invalid-picture"),
        ("empty.webp", Vec::new(), "invalid-picture"),
        ("phone.HEIC", heic, "unshown-picture"),
        ("named.png", photo.clone(), "invalid-picture"),
    ];
    let shown = files.iter().map(|(name, ..)| format!("![그림]({name})"));
    let text = shown.collect::<Vec<_>>().join("\n\n");
    let mut content = with(&text);
    let mut expected: Vec<String> = Vec::new();
    for (name, bytes, code) in files {
        content = content.file(&format!("recap/{name}"), bytes);
        expected.push(format!("{code} recap/{name}:1:1"));
    }
    expected.sort();
    let mut found = problems(&content);
    found.sort();
    assert_eq!(found, expected);
    // What is only called otherwise is shown all the same.
    let named = with("![그림](named.png)").file("recap/named.png", photo);
    assert_eq!(named.load().1.errors(), 0);
}

#[test]
fn a_picture_may_lie_in_a_folder_below_or_in_media_or_beside_another_text() {
    let text = "![가](img/in.png) ![나](media/a.png) ![다](../media/a.png) ![라](./img/in.png)";
    let content = with(text).file("recap/img/in.png", png(3, 3)).file("media/a.png", png(5, 5));
    assert_eq!(problems(&content), Vec::<String>::new());
    plant(
        "-- recap/ko.md --\n⟦missing-picture⟧![가](../../a.png) ⟦missing-picture⟧![나](img/../../../a.png)\n",
    );
    let capitals = with("![가](img_1.jpg)").file("recap/IMG_1.JPG", photo(8, 8, 1));
    let found = capitals.load().1;
    assert!(found.text(false).contains("did you mean `IMG_1.JPG`?"), "{}", found.text(false));
}

#[test]
fn several_pictures_and_a_folder_are_a_gallery() {
    let content = with("![하나](a.png)\n![둘](a.png)\n\n![첫째 날](day/)")
        .file("recap/a.png", png(3, 3))
        .file("recap/day/1.png", png(4, 4))
        .file("recap/day/2.PNG", png(5, 5));
    assert_eq!(problems(&content), Vec::<String>::new());
    let home = page_of(&content.site(), "/");
    let main = main_of(&home);
    assert_eq!(main.matches("class=\"gallery\"").count(), 2);
    assert!(main.contains("alt=\"첫째 날 2\""), "{main}");
    // Each leads to itself large and back, and to its neighbours, once each.
    let ids: Vec<String> = attributes(main, "id");
    for number in 1..=4 {
        for name in ["picture", "view"] {
            let id = format!("{name}-{number}");
            assert_eq!(ids.iter().filter(|it| **it == id).count(), 1, "{id}");
            assert!(main.contains(&format!("href=\"#{id}\"")), "{id}");
        }
    }
}

#[test]
fn avif_is_made_behind_and_stands_under_its_address_from_the_start() {
    let content = with("![가](a.jpg)").file("recap/a.jpg", photo(120, 90, 1));
    let site = content.site();
    let home = page_of(&site, "/");
    let set = attributes(main_of(&home), "srcset").remove(0);
    let address = set.split(' ').next().unwrap_or_default().to_owned();
    let server = Server::of(site);
    let first = server.get(&address);
    assert_eq!(first.status(), 200);
    assert_eq!(
        (first.field("content-type"), first.field("cache-control")),
        ("image/jpeg".into(), "no-store".into())
    );
    let patience = Instant::now() + Duration::from_secs(20);
    loop {
        let answer = server.get(&address);
        if answer.field("content-type") == "image/avif" {
            assert!(answer.field("cache-control").contains("immutable"));
            assert_eq!(answer.field("cross-origin-resource-policy"), "cross-origin");
            assert_eq!(&answer.body()[4..12], b"ftypavif");
            break;
        }
        assert!(Instant::now() < patience);
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A store that counts what it has made.
fn counting(cache: &TempDir, count: &Arc<std::sync::atomic::AtomicUsize>) -> Arc<Store> {
    let count = Arc::clone(count);
    let make = move |job, bytes: &[u8]| {
        count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        work(job, bytes)
    };
    Arc::new(Store::new(Some(cache.path().join("of-this-site")), Box::new(make)))
}

#[test]
fn an_export_waits_for_all_sizes_and_the_next_makes_none() {
    let content = with("![가](a.jpg)").file("recap/a.jpg", photo(600, 90, 1)).on_disk();
    let (cache, out) =
        (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let count = Arc::default();
    let mut exports = Vec::new();
    for name in ["one", "two"] {
        let store = counting(&cache, &count);
        let (website, _) =
            content::load_with(&dir(content.path()), Drafts::Hide, &content::draw_here, &store)
                .expect("a folder");
        let mut assets = Assets::default();
        assets.media = store;
        let site = assemble_with(&website.expect("no errors"), "https://example.org/", &assets);
        let target = out.path().join(name);
        export::export(&site, &target, &options(&[])).expect("an export");
        let names = fs::read_dir(target.join("assets")).expect("assets");
        let names = names.map(|it| it.expect("a file").file_name().into_string().expect("a name"));
        let pictures: BTreeSet<String> = names.filter(|it| it.starts_with("a-")).collect();
        exports.push((pictures, count.load(std::sync::atomic::Ordering::Relaxed)));
    }
    let ends: Vec<&str> = exports[0].0.iter().filter_map(|it| it.rsplit('.').next()).collect();
    assert_eq!(ends, ["avif", "jpg", "avif", "jpg"]);
    // To look it through, and to make its sizes twice.
    assert_eq!((exports[0].1, exports[1].1), (3, 3));
    assert_eq!(exports[0].0, exports[1].0);
    // Withdrawn is withdrawn.
    fs::remove_file(content.path().join("recap/a.jpg")).expect("removed");
    fs::write(content.path().join("recap/ko.md"), "가\n").expect("written");
    let store = counting(&cache, &count);
    let loaded =
        content::load_with(&dir(content.path()), Drafts::Hide, &content::draw_here, &store);
    assert_eq!(loaded.expect("a folder").1.errors(), 0);
    let left = fs::read_dir(cache.path().join("of-this-site")).expect("the cache");
    assert_eq!(left.count(), 0);
}

#[test]
fn a_cache_that_others_may_write_to_is_not_used() {
    use std::os::unix::fs::PermissionsExt;
    let cache = tempfile::tempdir().expect("a folder");
    let own = cache.path().join("of-this-site");
    fs::create_dir(&own).expect("made");
    fs::set_permissions(&own, fs::Permissions::from_mode(0o777)).expect("opened");
    let content = with("![가](a.jpg)").file("recap/a.jpg", photo(60, 90, 1)).on_disk();
    let store = counting(&cache, &Arc::default());
    let loaded =
        content::load_with(&dir(content.path()), Drafts::Hide, &content::draw_here, &store);
    assert!(listed(&loaded.expect("a folder").1).is_empty());
    assert_eq!(fs::read_dir(&own).expect("a folder").count(), 0);
    assert!(listed(&load(content.path()).1).is_empty());
}

#[test]
fn what_is_withdrawn_is_gone_for_whoever_has_its_address() {
    let picture =
        |name: &str| with(&format!("![가]({name})")).file(&format!("recap/{name}"), png(30, 30));
    let site = picture("a.png").site();
    let address = attributes(main_of(&page_of(&site, "/")), "src").remove(0);
    let server = Server::of(site);
    assert_eq!(server.get(&address).status(), 200);
    let built = |site| BuildResult {
        built: Some(Built {
            site,
            url: String::new(),
            projects: 3,
            languages: Content::new("").load().0.expect("a site").languages,
        }),
        ..BuildResult::default()
    };
    server.current.update(built(with("글").site()));
    assert_eq!(server.get(&address).status(), 410);
    assert_eq!(server.get("/assets/a-30-0123456789abcdef.png").status(), 404);
    server.current.update(built(picture("a.png").site()));
    assert_eq!(server.get(&address).status(), 200);
}
