//! A content folder in one string, and what the program makes of it.
//!
//! The string holds files one after the other, each below a line with its path, as in Go's txtar.
//! They are laid over a small valid site in Korean and English with the projects `alpha`, `beta`
//! and `gamma` (`support/base.txt`), in one of three ways:
//!
//! - `-- recap/ko.md --` replaces or adds the file;
//! - `-- event.yaml, with --` replaces or adds only the top-level keys that stand below it; a project that is not
//!   there yet has those of `alpha`;
//! - `-- recap/ko.md, gone --` removes it.
//!
//! A fault is planted with its code in front of it, as in `한국어 ⟦raw-html⟧<b>굵게</b>`; a line of codes
//! alone stands for the file as a whole. [`plant`] takes the codes out, and compares their places with
//! those that are reported.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use showcase::assets::Assets;
use showcase::content::{self, ContentDir, Drafts};
use showcase::diagnostic::Diagnostics;
use showcase::model::Website;
use showcase::render::{BaseUrl, render};
use showcase::site::{Lookup, Site};
use tempfile::TempDir;

/// Most tests set the same characters.
static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::default);

const BASE: &str = include_str!("support/base.txt");
const ALPHA: &str = "projects/alpha/project.yaml";

/// A content folder in memory.
#[derive(Clone)]
pub(crate) struct Content {
    files: BTreeMap<String, Vec<u8>>,
    /// The faults that were planted, as [`problems`] writes them.
    planted: Vec<String>,
}

impl Content {
    /// The valid site with these files laid over it.
    pub(crate) fn new(text: &str) -> Self {
        Self::of(sections(BASE).into_iter().chain(sections(text)))
    }

    /// These files alone.
    pub(crate) fn only(text: &str) -> Self {
        Self::of(sections(text).into_iter())
    }

    fn of<'a>(sections: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut files = BTreeMap::<String, String>::new();
        let mut gone = Vec::new();
        for (head, body) in sections {
            let (path, way) = head.split_once(", ").unwrap_or((head, ""));
            let body = match way {
                "" => body.to_owned(),
                "with" => {
                    // A project that is not there yet begins like the first.
                    let is_facts = path.ends_with("/project.yaml") && !files.contains_key(path);
                    with(&files[if is_facts { ALPHA } else { path }], body)
                }
                "gone" => {
                    gone.push(path.to_owned());
                    body.to_owned()
                }
                other => panic!("there is no way `{other}` to lay a file over another"),
            };
            files.insert(path.to_owned(), body);
        }
        let mut content = Self { files: BTreeMap::new(), planted: Vec::new() };
        for (path, text) in files {
            let text = content.take_codes(&path, &text);
            if !gone.contains(&path) {
                content.files.insert(path, text.into_bytes());
            }
        }
        content
    }

    /// The content that is shipped.
    pub(crate) fn shipped() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
        let mut content = Self { files: BTreeMap::new(), planted: Vec::new() };
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("the content folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.strip_prefix(&root).expect("a file in it");
                let bytes = fs::read(&path).expect("a file");
                content = content.file(name.to_str().expect("a plain name"), bytes);
            }
        }
        content
    }

    /// The files: path and bytes.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let files = self.files.iter();
        files.map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// Adds a file of any bytes.
    pub(crate) fn file(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(path.to_owned(), bytes.into());
        self
    }

    /// Replaces the only place where a text stands.
    pub(crate) fn edit(self, path: &str, from: &str, to: &str) -> Self {
        let text = String::from_utf8(self.files[path].clone()).expect("a text file");
        assert_eq!(text.matches(from).count(), 1, "`{from}` in {path}");
        self.file(path, text.replace(from, to))
    }

    /// Writes the folder to disk.
    pub(crate) fn on_disk(&self) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, bytes) in &self.files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
        folder
    }

    /// What [`content::load`] says.
    pub(crate) fn load(&self) -> (Option<Website>, Diagnostics) {
        load(self.on_disk().path())
    }

    /// The site at `http://127.0.0.1:3000/`.
    pub(crate) fn site(&self) -> Site {
        self.site_at("http://127.0.0.1:3000/")
    }

    /// The site at an address.
    pub(crate) fn site_at(&self, url: &str) -> Site {
        // In memory, where its pictures and other files stay.
        let files = self.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
        let (website, diagnostics) = content::load_files(files, Drafts::Hide, &content::draw_here);
        let website = website.unwrap_or_else(|| panic!("{}", diagnostics.text(false)));
        assemble(&website, url)
    }

    /// Takes the codes out of a text, and notes the place of each.
    fn take_codes(&mut self, path: &str, text: &str) -> String {
        let mut lines = Vec::new();
        for line in text.split('\n') {
            let mut clean = String::new();
            let mut codes = Vec::new();
            let mut rest = line;
            while let Some((before, after)) = rest.split_once('⟦') {
                let (code, after) = after.split_once('⟧').expect("a code ends with ⟧");
                clean.push_str(before);
                codes.push((code, clean.chars().count() + 1));
                rest = after;
            }
            clean.push_str(rest);
            let is_whole = clean.is_empty() && !codes.is_empty();
            for (code, column) in codes {
                let line = if is_whole { 1 } else { lines.len() + 1 };
                self.planted.push(format!("{code} {path}:{line}:{column}"));
            }
            if !is_whole {
                lines.push(clean);
            }
        }
        lines.join("\n")
    }
}

/// A picture of one colour.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    let pixels = vec![90; (3 * width * height) as usize];
    writer.write_image_data(&pixels).expect("pixels");
    writer.finish().expect("an end");
    bytes
}

/// The program with a content folder, without what the surroundings would tell it.
pub(crate) fn program(content: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_showcase"));
    for (name, _) in std::env::vars_os() {
        if name.as_encoded_bytes().starts_with(b"SHOWCASE_") {
            command.env_remove(name);
        }
    }
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache");
    command.env("SHOWCASE_CACHE", cache);
    command.arg("--content").arg(content);
    command
}

/// What [`content::load`] says of a folder on disk.
pub(crate) fn load(folder: &Path) -> (Option<Website>, Diagnostics) {
    content::load(&dir(folder), Drafts::Hide).expect("a folder that can be read")
}

/// A content folder whose links may not lead out.
pub(crate) fn dir(folder: &Path) -> ContentDir {
    ContentDir::new(folder)
}

/// A checked website as a site at an address.
pub(crate) fn assemble(website: &Website, url: &str) -> Site {
    assemble_with(website, url, &ASSETS)
}

/// The same, with the fonts that were cut before.
pub(crate) fn assemble_with(website: &Website, url: &str, assets: &Assets) -> Site {
    let rendered =
        render(website.clone(), &BaseUrl::new(url), assets).expect("templates that render");
    Site::from_rendered(rendered).expect("a site without contradiction")
}

/// The problems of a site, each as `code file:line:column`.
pub(crate) fn problems(content: &Content) -> Vec<String> {
    listed(&content.load().1)
}

/// Problems, each as `code file:line:column`.
pub(crate) fn listed(diagnostics: &Diagnostics) -> Vec<String> {
    let place = |it| diagnostics.start(it);
    diagnostics
        .items()
        .iter()
        .map(|it| {
            let (line, column) = (place(it).line, place(it).column);
            format!("{} {}:{line}:{column}", it.code, it.file)
        })
        .collect()
}

/// Checks that exactly the planted faults are reported, each at its place.
#[track_caller]
pub(crate) fn plant(text: &str) -> Diagnostics {
    let content = Content::new(text);
    let (website, diagnostics) = content.load();
    let mut found = listed(&diagnostics);
    let mut planted = content.planted;
    found.sort();
    planted.sort();
    assert_eq!(found, planted, "found, planted\n{}", diagnostics.text(false));
    assert_eq!(website.is_none(), diagnostics.errors() > 0);
    diagnostics
}

/// A page of the site.
pub(crate) fn page(text: &str, path: &str) -> String {
    page_of(&Content::new(text).site(), path)
}

/// A page of the site.
#[track_caller]
pub(crate) fn page_of(site: &Site, path: &str) -> String {
    match site.lookup(path) {
        Lookup::Found(resource) => unbound(&text_of(resource.body())),
        other => panic!("no page at {path}: {other:?}"),
    }
}

/// A page without what binds its words for the eye alone.
pub(crate) fn unbound(html: &str) -> String {
    html.replace('\u{a0}', " ").replace('\u{2060}', "")
}

/// Bytes that must be text.
pub(crate) fn text_of(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// What stands in `<main>`.
#[track_caller]
pub(crate) fn main_of(html: &str) -> &str {
    between(html, "<main", "</main>")
}

/// What stands from the first `start` until the first `end` after it.
#[track_caller]
pub(crate) fn between<'a>(html: &'a str, start: &str, end: &str) -> &'a str {
    let from = html.find(start).unwrap_or_else(|| panic!("no {start} in {html}"));
    let length = html[from..].find(end).unwrap_or_else(|| panic!("no {end} in {html}"));
    &html[from..from + length]
}

/// The values of an attribute, in order, with entities decoded.
pub(crate) fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).map(decoded).collect()
}

fn decoded(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

/// The files of a text: head and body.
fn sections(text: &str) -> Vec<(&str, &str)> {
    let mut sections = Vec::new();
    let mut rest = text.strip_prefix('\n').unwrap_or(text);
    while let Some(after) = rest.strip_prefix("-- ") {
        let (head, body) = after.split_once(" --\n").expect("a head ends with ` --`");
        let end = body
            .match_indices("-- ")
            .map(|(index, _)| index)
            .find(|&index| index == 0 || body.as_bytes()[index - 1] == b'\n')
            .unwrap_or(body.len());
        sections.push((head, &body[..end]));
        rest = &body[end..];
    }
    assert!(rest.is_empty(), "a site begins with `-- path --`, not: {rest}");
    sections
}

/// The file with the top-level keys of `changes` in place of its own, or behind them.
fn with(file: &str, changes: &str) -> String {
    let mut blocks = blocks(file);
    for (key, block) in self::blocks(changes) {
        match blocks.iter_mut().find(|(known, _)| *known == key) {
            Some((_, old)) if !key.is_empty() => *old = block,
            _ => blocks.push((key, block)),
        }
    }
    blocks.into_iter().map(|(_, block)| block).collect()
}

/// The top-level keys of a YAML file, each with its lines.
fn blocks(yaml: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    for line in yaml.split_inclusive('\n') {
        match blocks.last_mut() {
            Some((_, block)) if line.starts_with([' ', '-', '#']) => block.push_str(line),
            _ => {
                let key = line.split_once(':').map_or("", |(key, _)| key);
                let (key, code) = key.split_once('⟦').unwrap_or((key, ""));
                let key = format!("{key}{}", code.rsplit('⟧').next().unwrap_or_default());
                blocks.push((key.trim().to_owned(), line.to_owned()));
            }
        }
    }
    blocks
}
