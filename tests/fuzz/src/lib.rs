//! What must hold of any content: it gives problems or a site, and never a panic.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use showcase::assets::{Assets, ImageFormat};
use showcase::content::{self, Drafts};
use showcase::render::{BaseUrl, render};
use showcase::site::{ContentType, Lookup, Site};

/// A content folder in memory.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Fonts that were cut are kept, as most inputs bring no new character.
static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::default);

/// The small site of the tests, in the form of [`sections`].
const SMALL: &str = include_str!("../../it/support/base.txt");

/// A small valid site in Korean and English with the projects `alpha`, `beta` and `gamma`.
pub static BASE: LazyLock<Files> = LazyLock::new(|| sections(SMALL.as_bytes()));

/// Files one after the other, each below a line `-- path --`; what stands before the first is dropped.
pub fn sections(bytes: &[u8]) -> Files {
    let mut files = Files::new();
    let mut path = None;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        let head = line
            .strip_prefix(b"-- ")
            .and_then(|it| it.strip_suffix(b" --\n"))
            .and_then(|it| std::str::from_utf8(it).ok());
        if let Some(head) = head {
            path = Some(head.to_owned());
            files.insert(head.to_owned(), Vec::new());
        } else if let Some(path) = &path {
            files.entry(path.clone()).or_default().extend(line);
        }
    }
    files
}

/// A renderer of its own is for other processes.
fn not_drawn(_: &str, _: ImageFormat) -> Result<Vec<u8>, String> {
    Err("not drawn".to_owned())
}

/// The lines of a file that problems name.
pub fn diagnose(files: Files, file: &str) -> Vec<RangeInclusive<usize>> {
    let (_, diagnostics) = content::load_files(files, Drafts::Show, &not_drawn);
    let items = diagnostics.items().iter().filter(|it| it.file == file);
    let lines = |it| diagnostics.start(it).line..=diagnostics.end(it).line;
    items.map(lines).collect()
}

/// Reads the files, shows their problems in every form, and builds the site if nothing stands against it.
pub fn build(files: Files) -> Option<Site> {
    let (website, diagnostics) = content::load_files(files, Drafts::Show, &not_drawn);
    assert_eq!(website.is_none(), diagnostics.errors() > 0);
    let _ = (
        diagnostics.text(true),
        diagnostics.github(),
        diagnostics.html(),
    );
    let json: serde_json::Value = serde_json::from_str(&diagnostics.json()).expect("JSON");
    for item in json.as_array().expect("a list") {
        let is_place = |name: &str| item[name].as_u64() >= Some(1);
        assert!(is_place("line") && is_place("column"), "{item}");
    }
    let rendered = render(
        website?,
        &BaseUrl::new("https://example.org/recap/"),
        &ASSETS,
    )
    .expect("pages");
    Some(Site::from_rendered(rendered).expect("a site without contradiction"))
}

/// Builds the site, and looks at everything in it.
pub fn build_and_look(files: Files) {
    let Some(site) = build(files) else { return };
    for (path, resource) in site.paths() {
        let location = site.location(path);
        assert!(
            matches!(site.lookup(&location), Lookup::Found(found) if found == resource),
            "{location} leads elsewhere"
        );
        let body = resource.body();
        if resource.content_type() == ContentType::HTML {
            let page = std::str::from_utf8(body).expect("UTF-8");
            assert!(page.ends_with("</html>\n") || page.ends_with("</html>"));
            // No content can bring a script: those of the program stand in files.
            assert!(
                page.match_indices("<script")
                    .all(|(at, _)| page[at..].starts_with("<script type=\"module\" src=\"")
                        || page[at..].starts_with("<script src=\"")
                        || page[at..].starts_with("<script type=\"application/ld+json\">")),
                "{path} has a script of its own"
            );
        } else if path.ends_with(".json") {
            let _: serde_json::Value = serde_json::from_slice(body).expect("JSON");
        }
    }
    for (path, location) in site.redirects() {
        assert!(
            location.starts_with('/') && !location.starts_with("//"),
            "{path} leads to {location}"
        );
    }
}
