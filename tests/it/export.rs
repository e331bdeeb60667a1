//! The site as files: what is in them, and what happens to the folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use axum::http::{HeaderMap, StatusCode};
use showcase::export::{self, Options};
use showcase::site::{Encoding, Site};
use tempfile::TempDir;

use crate::server::Server;
use crate::support::{Content, attributes, text_of};

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
    Content::new(CONTENT).file("projects/beta/b.png", *b"\x89PNG\r\n\x1a\n")
}

fn options(encodings: &[Encoding]) -> Options {
    Options {
        encodings: encodings.to_vec(),
        secure: true,
        protected_dirs: Vec::new(),
    }
}

/// A site that was exported.
struct Exported {
    site: Site,
    /// Kept until the end of the test.
    _folder: TempDir,
    files: BTreeMap<String, Vec<u8>>,
}

fn exported(content: &Content, url: &str, encodings: &[Encoding]) -> Exported {
    let site = content.site_at(url);
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("dist");
    export::export(&site, &dir, &options(encodings)).expect("an export");
    Exported {
        site,
        files: files(&dir),
        _folder: folder,
    }
}

/// The small site with compressed forms, which take longest to make.
static COMPRESSED: LazyLock<BTreeMap<String, Vec<u8>>> =
    LazyLock::new(|| exported(&content(), URLS[0], &[Encoding::Brotli, Encoding::Gzip]).files);

/// Every file below a folder, by its path with forward slashes.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
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
    let options = showcase::serve::Options {
        secure: true,
        ..Default::default()
    };
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
    for url in URLS {
        let Exported {
            site, mut files, ..
        } = exported(&content(), url, &[]);
        let base = site.base().to_owned();
        let stubs: BTreeSet<String> = site
            .redirect_pages()
            .map(|(path, _)| path.to_owned())
            .collect();
        let pages = site.paths().count();
        let server = secure_server(site);
        for own in OWN {
            assert!(files.remove(own).is_some(), "{own}");
        }
        let mut same = 0;
        for (name, body) in files {
            let path = path_of(&base, &name);
            let is_stub = stubs.contains(&format!("/{}", name.trim_end_matches("index.html")));
            let (status, _, sent) = answer(&server, &path).await;
            if is_stub {
                assert_eq!(status, StatusCode::PERMANENT_REDIRECT, "{path}");
            } else if name.ends_with("404.html") {
                assert_eq!((status, sent), (StatusCode::NOT_FOUND, body), "{path}");
            } else {
                assert_eq!((status, sent), (StatusCode::OK, body), "{path}");
                same += 1;
            }
        }
        assert_eq!(same, pages, "files for all, and no other");
    }
}

#[test]
fn smaller_forms_stand_beside_and_unpack_to_the_file() {
    let files = &*COMPRESSED;
    let mut packed = 0;
    for (name, body) in files {
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
    assert!(!files.contains_key("projects/beta/b.png.gz"));
}

#[test]
fn a_drawing_is_published_without_what_only_its_author_reads() {
    let content = content().file(
        "projects/beta/a.svg",
        "<?xml version='1.0'?><!-- by hand --><svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>",
    );
    let files = exported(&content, URLS[0], &[]).files;
    assert_eq!(
        text_of(&files["projects/beta/a.svg"]),
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>"
    );
}

#[test]
fn the_same_site_gives_the_same_files() {
    let again = exported(&content(), URLS[0], &[Encoding::Brotli, Encoding::Gzip]).files;
    assert!(*COMPRESSED == again);
}

#[test]
fn below_a_path_only_the_path_differs() {
    let root = exported(&content(), URLS[0], &[]).files;
    let below = exported(&content(), URLS[1], &[]).files;
    assert!(root.keys().eq(below.keys()));
    for (name, body) in below {
        let is_picture = ["png", "woff2", "ico"].contains(&end_of(&name));
        let at_root = if is_picture {
            body
        } else {
            let text = text_of(&body).replace("/recap", "");
            without_code(&text).into_bytes()
        };
        let root = &root[&name];
        let root = if is_picture {
            root.clone()
        } else {
            without_code(&text_of(root)).into_bytes()
        };
        assert!(at_root == root, "{name}");
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
    for (url, base) in URLS.into_iter().zip(["", "/recap"]) {
        let files = exported(&content(), url, &[]).files;
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
    let without = exported(&Content::new(""), URLS[0], &[]).files;
    assert!(!without.keys().any(|name| name.contains("moved-")));
}
