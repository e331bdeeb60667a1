//! The site as files: what is in them, and what happens to the folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use axum::http::{HeaderMap, StatusCode};
use showcase::export::{self, Options};
use showcase::site::{CachePolicy, ContentType, Encoding, Resource, Site};

use crate::server::Server;
use crate::support::{Content, attributes, png, text_of};

mod folder;

mod host_config;

mod links;

mod program;

const URLS: [&str; 2] = ["https://example.org/", "https://example.org/recap/"];

const CONTENT: &str = "
-- projects/beta/project.yaml, with --
aliases: [/b/, /Old/옛-베타/]
-- projects/beta/ko.md --
![그림](a.svg) ![사진](b.png)

## 새 제목 {#fresh was=stale}
-- projects/beta/a.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>
-- projects/beta/b.png --
";

fn content() -> Content {
    Content::new(CONTENT).file("projects/beta/b.png", png(4, 4))
}

pub(crate) fn options(encodings: &[Encoding]) -> Options {
    Options { encodings: encodings.to_vec(), secure: true, protected_dirs: Vec::new() }
}

/// What an export is made of.
type Files = BTreeMap<String, Vec<u8>>;

fn exported(site: &Site, encodings: &[Encoding]) -> Files {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("dist");
    export::export(site, &dir, &options(encodings)).expect("an export");
    files(&dir)
}

/// The small site at each of [`URLS`], without compressed forms, which take longest to make.
static PLAIN: LazyLock<[Files; 2]> =
    LazyLock::new(|| URLS.map(|url| exported(&content().site_at(url), &[])));

/// Every file below a folder, by its path with forward slashes.
fn files(dir: &Path) -> Files {
    let mut files = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(dir).expect("a file in it");
            let name = name.to_str().expect("a plain name").replace('\\', "/");
            files.insert(name, fs::read(&path).expect("a file"));
        }
    }
    files
}

/// What stands behind the last dot of a name.
fn end_of(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

/// Status, header fields and body of an answer of the site's server.
async fn answer(server: &Server, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    server.get(path).parts()
}

fn secure_server(site: Site) -> Server {
    let options = showcase::serve::Options { secure: true, ..Default::default() };
    Server::with(site, options)
}

/// Where a file is asked for.
fn path_of(base: &str, name: &str) -> String {
    let path = name.strip_suffix("index.html").unwrap_or(name);
    let encoded = path.replace("옛-베타", "%EC%98%9B-%EB%B2%A0%ED%83%80");
    format!("{base}/{encoded}")
}

const OWN: [&str; 4] = [".nojekyll", ".showcase-export", "_headers", "_redirects"];

#[tokio::test]
async fn every_file_is_what_the_server_answers() {
    for (url, files) in URLS.into_iter().zip(&*PLAIN) {
        let site = content().site_at(url);
        let base = site.base().to_owned();
        let stubs: BTreeSet<String> =
            site.redirect_pages().map(|(path, _)| path.to_owned()).collect();
        let pages = site.paths().count();
        let server = secure_server(site);
        for own in OWN {
            assert!(files.contains_key(own), "{own}");
        }
        let mut same = 0;
        for (name, body) in files {
            if OWN.contains(&name.as_str()) {
                continue;
            }
            let path = path_of(&base, name);
            let is_stub = stubs.contains(&format!("/{}", name.trim_end_matches("index.html")));
            let (status, _, sent) = answer(&server, &path).await;
            if is_stub {
                assert_eq!(status, StatusCode::PERMANENT_REDIRECT, "{path}");
            } else if name.ends_with("404.html") {
                assert_eq!((status, &sent), (StatusCode::NOT_FOUND, body), "{path}");
            } else {
                assert_eq!((status, &sent), (StatusCode::OK, body), "{path}");
                same += 1;
            }
        }
        assert_eq!(same, pages, "files for all, and no other");
    }
}

#[test]
fn smaller_forms_stand_beside_and_unpack_to_the_file() {
    let site = content().site_at(URLS[0]);
    let files = exported(&site, &[Encoding::Brotli, Encoding::Gzip]);
    let mut packed = 0;
    for (name, body) in &files {
        let mut plain = Vec::new();
        let original = match name.rsplit_once('.') {
            Some((original, "br")) => {
                let mut reader = brotli::Decompressor::new(&body[..], 4096);
                reader.read_to_end(&mut plain).expect("valid Brotli");
                original
            }
            Some((original, "gz")) => {
                let mut reader = flate2::read::GzDecoder::new(&body[..]);
                reader.read_to_end(&mut plain).expect("valid gzip");
                original
            }
            _ => continue,
        };
        assert_eq!(plain, files[original], "{name}");
        assert!(body.len() < plain.len(), "{name}");
        packed += 1;
    }
    assert!(packed > 40, "{packed}");
    for name in ["index.html", "404.html", "b/index.html"] {
        assert!(files.contains_key(&format!("{name}.br")), "{name}");
        assert!(files.contains_key(&format!("{name}.gz")), "{name}");
    }
    let is_packed =
        |it: &&String| it.starts_with("assets/b-4-") && it.rsplit('.').next() == Some("gz");
    assert!(!files.keys().any(|it| is_packed(&it)));
}

#[test]
fn the_same_site_gives_the_same_files() {
    assert!(PLAIN[0] == exported(&content().site_at(URLS[0]), &[]));
    // Compressing all of its pages twice would take seconds; some small ones say as much.
    let mut builder = Site::builder();
    for number in 0..20 {
        let text = format!("Page {number}. ").repeat(100);
        let page = Resource::new(ContentType::HTML, CachePolicy::Revalidate, text);
        builder.insert(format!("/{number}/"), page).expect("a path");
    }
    let site = builder.build().expect("a site");
    let [one, other] = [(); 2].map(|()| exported(&site, &[Encoding::Brotli, Encoding::Gzip]));
    assert!(one == other);
    assert_eq!(one.len(), 3 * 20 + OWN.len(), "{:?}", one.keys());
}

#[test]
fn below_a_path_only_the_path_differs() {
    let [root, below] = &*PLAIN;
    assert!(root.keys().eq(below.keys()));
    for (name, body) in below {
        let root = &root[name];
        if ["png", "woff2", "ico"].contains(&end_of(name)) {
            assert!(body == root, "{name}");
        } else {
            let at_root = text_of(body).replace("/recap", "");
            assert!(without_code(&at_root) == without_code(&text_of(root)), "{name}");
        }
    }
}

/// A page without the code that cameras read the page's address from.
fn without_code(html: &str) -> String {
    let Some((before, code)) = html.split_once("<details class=\"qr\"") else {
        return html.to_owned();
    };
    let (_, after) = code.split_once("</details>").expect("its end");
    before.to_owned() + after
}

#[test]
fn a_stub_leads_on_with_and_without_scripts() {
    for (files, base) in PLAIN.iter().zip(["", "/recap"]) {
        for (name, prefix) in [("b", ""), ("en/b", "/en"), ("Old/옛-베타", "")] {
            let html = text_of(&files[&format!("{name}/index.html")]);
            let target = format!("{base}{prefix}/projects/beta/");
            assert!(
                html.contains(&format!(
                    "<link rel=\"canonical\" href=\"https://example.org{target}\">"
                )),
                "{html}"
            );
            assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
            // For browsers without scripts alone: it would lose the fragment.
            let refresh = format!(
                "<noscript><meta http-equiv=\"refresh\" content=\"0; url={target}\"></noscript>"
            );
            assert!(html.contains(&refresh), "{html}");
            assert_eq!(attributes(&html, "data-to").concat(), target);
            let link = format!("<a class=\"button button--primary\" href=\"{target}\">");
            assert!(html.contains(&link), "{html}");
            let script = attributes(&html, "src").concat();
            let script = script.strip_prefix(&format!("{base}/")).expect("our path");
            let script = text_of(&files[script]);
            assert!(script.contains("location.hash") && script.contains("location.search"));
        }
    }
    let without = exported(&Content::new("").site_at(URLS[0]), &[]);
    assert!(!without.keys().any(|name| name.contains("moved-")));
}
