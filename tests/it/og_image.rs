//! Preview cards and icons: a picture for every page, drawn once, under an address of its content.

use std::collections::BTreeSet;
use std::io::Cursor;

use showcase::assets::Assets;
use showcase::site::{ContentType, Lookup, Resource, Site};

use crate::support::{Content, assemble_with, attributes, between, page_of};

const URL: &str = "https://example.org/recap/";

/// The absolute address of a page's card.
pub(crate) fn card_of(html: &str) -> String {
    let meta = between(html, "<meta property=\"og:image\"", ">");
    attributes(meta, "content").concat()
}

/// What the site has at an absolute address.
#[track_caller]
fn resource<'a>(site: &'a Site, address: &str) -> &'a Resource {
    let path = address.strip_prefix("https://example.org").expect("an absolute address");
    match site.lookup(path) {
        Lookup::Found(resource) => resource,
        other => panic!("no resource at {address}: {other:?}"),
    }
}

/// A decoded picture: width, height and the colour of each pixel.
struct Pixels {
    width: usize,
    height: usize,
    colours: Vec<[u8; 3]>,
}

fn decoded(bytes: &[u8]) -> Pixels {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().expect("a PNG");
    let mut buffer = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut buffer).expect("whole");
    let samples = info.color_type.samples();
    Pixels {
        width: info.width as usize,
        height: info.height as usize,
        colours: buffer.chunks_exact(samples).map(|it| [it[0], it[1], it[2]]).collect(),
    }
}

impl Pixels {
    /// Whether nothing is printed on this part: left, top, right, bottom.
    fn is_paper(&self, [left, top, right, bottom]: [usize; 4]) -> bool {
        let mut rows = self.colours.chunks_exact(self.width).take(bottom).skip(top);
        rows.all(|row| row[left..right].iter().all(|it| *it == [0xf6, 0xf1, 0xe6]))
    }
}

fn pages(site: &Site) -> Vec<&str> {
    let pages = site.paths().filter(|(path, _)| path.ends_with('/'));
    pages.map(|(path, _)| path).collect()
}

#[test]
fn every_page_has_a_card_of_its_own_that_is_a_png_of_the_stated_size() {
    let site = Content::new("").site_at(URL);
    let mut addresses = BTreeSet::new();
    for path in pages(&site) {
        let html = page_of(&site, &format!("/recap{path}"));
        let address = card_of(&html);
        assert!(
            address.starts_with("https://example.org/recap/assets/card-"),
            "{address} of {path}"
        );
        let card = resource(&site, &address);
        assert_eq!(card.content_type(), ContentType::PNG);
        let pixels = decoded(card.body());
        assert_eq!((pixels.width, pixels.height), (1200, 630), "{path}");
        assert!(card.body().len() < 120_000, "{} bytes", card.body().len());
        assert!(!pixels.is_paper([0, 0, 1200, 630]), "{path} shows nothing");
        addresses.insert(address);
    }
    assert_eq!(addresses.len(), pages(&site).len());
}

#[test]
fn the_alternative_text_says_what_the_card_shows() {
    let site = Content::new("").site_at(URL);
    let html = page_of(&site, "/recap/en/projects/alpha/");
    let alt = between(&html, "<meta property=\"og:image:alt\"", ">");
    for word in ["Alpha", "presented first", "Small meetup"] {
        assert!(alt.contains(word), "{alt} lacks {word}");
    }
}

#[test]
fn the_address_changes_with_what_is_drawn_and_only_then() {
    let before = Content::new("").site_at(URL);
    let after = Content::new(
        "
-- projects/alpha/project.yaml, with --
standfirst: {ko: 알파는 다르다., en: Alpha was presented first.}
-- projects/beta/ko.md --
베타의 글은 카드에 서지 않는다.
",
    )
    .site_at(URL);
    for (path, is_same) in [
        ("/projects/alpha/", false),
        ("/en/projects/alpha/", true),
        ("/projects/beta/", true),
        ("/", true),
    ] {
        let card = |site| card_of(&page_of(site, &format!("/recap{path}")));
        assert_eq!(card(&before) == card(&after), is_same, "{path}");
    }
}

#[test]
fn neither_a_start_nor_an_edit_draws_and_a_card_is_drawn_once() {
    let assets = Assets::default();
    let site = |content: Content| {
        let website = content.load().0.expect("valid content");
        assemble_with(&website, URL, &assets)
    };
    let first = site(Content::new(""));
    assert_eq!(assets.images_drawn(), 0);
    let address = card_of(&page_of(&first, "/recap/projects/alpha/"));
    let drawn = resource(&first, &address).body().clone();
    assert_eq!(resource(&first, &address).body(), &drawn);
    assert_eq!(assets.images_drawn(), 1);
    let edited = site(Content::new("-- projects/alpha/ko.md --\n새 글이다.\n"));
    assert_eq!(assets.images_drawn(), 1, "the edit drew");
    assert_eq!(resource(&edited, &address).body(), &drawn);
    assert_eq!(assets.images_drawn(), 1, "drawn again after an edit");
}

#[test]
fn other_programs_draw_the_same_bytes() {
    let draw = || {
        let website = Content::new("").load().0.expect("valid content");
        let site = assemble_with(&website, URL, &Assets::default());
        let address = card_of(&page_of(&site, "/recap/en/"));
        resource(&site, &address).body().clone()
    };
    assert_eq!(draw(), draw());
}

#[test]
fn texts_stay_inside_however_long_they_are() {
    let long = "블록체인 밋업에서 발표된 프로젝트의 ".repeat(40);
    let word = "Donaudampfschifffahrtsgesellschaft".repeat(6);
    let words = "WWWWW MMMMM ".repeat(60);
    let yaml = |ko: &str, en: &str| format!("{{ko: {ko}, en: {en}}}\n");
    let content = format!(
        "
-- event.yaml, with --
look: {{emblems: none}}
-- projects/alpha/project.yaml, with --
name: {}standfirst: {}
-- projects/beta/project.yaml, with --
name: {}standfirst: {}",
        yaml("이름이아주아주아주아주아주아주긴프로젝트", &word),
        yaml(long.trim(), words.trim()),
        yaml("아주 긴 이름을 가진 프로젝트가 여기에 있다", words.trim()),
        yaml(&word, &word),
    );
    let site = Content::new(&content).site_at(URL);
    for path in ["/", "/en/"] {
        for slug in ["alpha", "beta"] {
            let page = format!("/recap{path}projects/{slug}/");
            let card = decoded(resource(&site, &card_of(&page_of(&site, &page))).body());
            for margin in [[0, 390, 24, 630], [0, 612, 1200, 630], [1176, 0, 1200, 630]] {
                assert!(card.is_paper(margin), "{page}: something in {margin:?}");
            }
        }
    }
}

#[test]
fn a_character_that_the_font_lacks_is_left_out_of_the_card_alone() {
    let with = |name: &str| {
        let text = format!(
            "-- projects/alpha/project.yaml, with --\nname: {{ko: 알파{name}, en: Alpha}}\n"
        );
        let site = Content::new(&text).site_at(URL);
        let card = card_of(&page_of(&site, "/recap/projects/alpha/"));
        resource(&site, &card).body().clone()
    };
    let (lacking, plain, nothing) = (with(" 𓀀"), with(""), with(" 셋"));
    assert_eq!(lacking, plain);
    assert_ne!(nothing, plain);
    for name in ["𓀀", "مؤتمر", "東京の会 🎈"] {
        let text = format!("-- event.yaml --\nname: {name}\ndate: 2024-10-10\nlanguages: [en]\n");
        let site = Content::only(&text).site_at(URL);
        let card = card_of(&page_of(&site, "/recap/"));
        assert!(!decoded(resource(&site, &card).body()).is_paper([0, 0, 1200, 630]));
    }
}

#[test]
fn markup_in_a_text_is_text() {
    let site = Content::new(
        "
-- event.yaml, with --
look: {emblems: none}
-- projects/alpha/project.yaml, with --
name: {ko: '</text><rect width=\"1200\" height=\"630\"/>', en: 'A & B <C>'}
",
    )
    .site_at(URL);
    for path in ["/recap/projects/alpha/", "/recap/en/projects/alpha/"] {
        let card = decoded(resource(&site, &card_of(&page_of(&site, path))).body());
        assert!(card.is_paper([1176, 0, 1200, 630]), "{path}");
    }
}

#[test]
fn icons_come_from_the_emblem_in_every_size() {
    let site = Content::new("").site_at(URL);
    for (path, side) in [
        ("/apple-touch-icon.png", 180),
        ("/icon-192.png", 192),
        ("/icon-512.png", 512),
        ("/icon-maskable-512.png", 512),
    ] {
        let icon = resource(&site, &format!("{URL}{}", &path[1..]));
        let pixels = decoded(icon.body());
        assert_eq!((pixels.width, pixels.height), (side, side), "{path}");
        let middle = pixels.colours[side * side / 2 + side / 2];
        assert_eq!(middle, [0, 0, 0], "{path} shows the black disc");
        assert!(pixels.is_paper([0, 0, side, side / 12]), "{path} has a margin");
    }
    // Outside a circle of four fifths, a launcher may cut everything off.
    let maskable = decoded(resource(&site, &format!("{URL}icon-maskable-512.png")).body());
    for (place, colour) in maskable.colours.iter().enumerate() {
        let from_middle = |it: usize| it.abs_diff(256);
        let (x, y) = (from_middle(place % 512), from_middle(place / 512));
        assert!(x * x + y * y < 206 * 206 || *colour == [0xf6, 0xf1, 0xe6]);
    }
    let ico = resource(&site, &format!("{URL}favicon.ico"));
    assert_eq!(ico.content_type().header_value(), "image/vnd.microsoft.icon");
    assert_eq!(ico.body()[..6], [0, 0, 1, 0, 3, 0]);
    for (entry, side) in ico.body()[6..54].chunks_exact(16).zip([16, 32, 48]) {
        let number = |at: usize| {
            let bytes = entry[at..at + 4].try_into().expect("four bytes");
            u32::from_le_bytes(bytes) as usize
        };
        assert_eq!((entry[0], entry[1]), (side, side));
        let picture = decoded(&ico.body()[number(12)..number(12) + number(8)]);
        assert_eq!(picture.width, usize::from(side));
    }
    let html = page_of(&site, "/recap/en/");
    for path in ["/favicon.svg", "/favicon.ico", "/apple-touch-icon.png"] {
        assert!(html.contains(&format!("href=\"/recap{path}\"")), "{path}");
    }
}

#[test]
fn an_event_without_a_drawing_has_icons_all_the_same() {
    let site = Content::new("-- emblem.svg, gone --\n").site_at(URL);
    assert!(page_of(&site, "/recap/").contains("/favicon.svg"));
    let icon = page_of(&site, "/recap/favicon.svg");
    assert_eq!(icon.matches("<path class=").count(), 3);
}
