//! What an export does to the folder, and never does to others.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use showcase::export::{Options, export};
use showcase::site::{CachePolicy, ContentType, Resource, Site};
use tempfile::TempDir;

use super::{files, options};
use crate::support::text_of;

fn page(text: &str) -> Resource {
    Resource::new(ContentType::HTML, CachePolicy::Revalidate, text)
}

/// A site of one page.
fn site(text: &str) -> Site {
    let mut builder = Site::builder();
    builder.insert("/", page(text)).expect("a new path");
    builder.build().expect("a site")
}

/// A site that cannot be written to the end: one path is a file and a folder at once.
fn impossible() -> Site {
    let mut builder = Site::builder();
    for path in ["/", "/a", "/a/b/"] {
        builder.insert(path, page("impossible")).expect("a new path");
    }
    builder.build().expect("a site")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn put(site: &Site, dir: &Path) -> Result<(), String> {
    let result = export(site, dir, &options(&[]));
    result.map(drop).map_err(|error| format!("{error:#}"))
}

fn first_page(dir: &Path) -> String {
    text_of(&files(dir)["index.html"])
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
    let mut names: Vec<String> =
        entries.map(|entry| name(entry).into_string().expect("a plain name")).collect();
    names.sort();
    names
}

#[test]
fn an_export_replaces_the_one_before_and_keeps_what_others_have_put_there() {
    let folder = folder();
    let dir = folder.path().join("dist");
    put(&site("old"), &dir).expect("written");
    let own = ["CNAME", ".git/HEAD", ".git/refs/a", ".well-known/b", "a/c.txt"];
    for name in own {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, name).expect("written");
    }
    for text in ["new", "newer"] {
        put(&site(text), &dir).expect("written");
        assert_eq!(first_page(&dir), text);
        let kept = own.map(|it| fs::read_to_string(dir.join(it)).expect("kept"));
        assert_eq!(kept, own);
        assert_eq!(names(folder.path()), ["dist"]);
    }
    // What an export has written goes with it.
    let mut builder = Site::builder();
    builder.insert("/a/", page("a")).expect("a new path");
    put(&builder.build().expect("a site"), &dir).expect("written");
    assert!(!dir.join("index.html").exists() && dir.join("a/c.txt").exists());
    // Neither writes over the other.
    fs::write(dir.join("index.html"), "own").expect("written");
    let message = put(&site("new"), &dir).expect_err("both have it");
    assert!(message.contains("index.html"), "{message}");
    assert_eq!(first_page(&dir), "own");
}

#[test]
fn an_export_is_written_within_a_folder_that_stands_where_nothing_can_be_made() {
    let folder = folder();
    let dir = folder.path().join("dist");
    put(&site("old"), &dir).expect("written");
    fs::write(dir.join("CNAME"), "example.org").expect("written");
    // Root may write anywhere, so something that is no folder stands in the way.
    fs::write(folder.path().join("dist.new"), "").expect("written");
    let mut builder = Site::builder();
    for path in ["/", "/a/"] {
        builder.insert(path, page("new")).expect("a new path");
    }
    put(&builder.build().expect("a site"), &dir).expect("written");
    assert!(dir.join("a/index.html").exists());
    put(&site("newer"), &dir).expect("written");
    assert_eq!(first_page(&dir), "newer");
    assert!(!dir.join("a").exists(), "{:?}", names(&dir));
    assert!(dir.join("CNAME").exists());
    assert!(!dir.join(".showcase-export.new").exists());
}

#[test]
fn what_a_page_loads_stays_until_the_next_export_but_one() {
    let styled = |style: &str| {
        let mut builder = Site::builder();
        let sheet = Resource::new(ContentType::CSS, CachePolicy::Forever, "a{}");
        let path = format!("/assets/{style}.css");
        builder.insert(&path, sheet).expect("a new path");
        builder.insert("/", page(style)).expect("a new path");
        builder.build().expect("a site")
    };
    let folder = folder();
    let dir = folder.path().join("dist");
    for (style, expected) in [
        ("a", &["a.css"][..]),
        ("b", &["a.css", "b.css"]),
        ("c", &["b.css", "c.css"]),
        ("c", &["c.css"]),
    ] {
        put(&styled(style), &dir).expect("written");
        assert_eq!(names(&dir.join("assets")), expected);
    }
}

#[test]
fn an_empty_folder_is_taken() {
    let folder = folder();
    let dir = folder.path().join("dist");
    fs::create_dir(&dir).expect("made");
    put(&site("new"), &dir).expect("written");
    assert_eq!(first_page(&dir), "new");
    assert_eq!(names(folder.path()), ["dist"]);
}

#[test]
fn a_failure_midway_leaves_the_old_one_whole_and_nothing_beside_it() {
    let folder = folder();
    let dir = folder.path().join("dist");
    put(&site("old"), &dir).expect("written");
    let before = files(&dir);
    let message = put(&impossible(), &dir).expect_err("it cannot be written");
    assert!(message.contains("cannot write"), "{message}");
    assert!(files(&dir) == before);
    assert_eq!(names(folder.path()), ["dist"]);
}

#[test]
fn what_no_export_has_made_is_refused() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("own")).expect("made");
    fs::write(at("own/letter.txt"), "dear").expect("written");
    fs::write(at("file"), "").expect("written");
    put(&site("old"), &at("dist")).expect("written");
    symlink(at("dist"), at("link")).expect("made");
    symlink(at("nowhere"), at("dangling")).expect("made");
    fs::create_dir_all(at("content/inner")).expect("made");
    put(&site("old"), &at("content/dist")).expect("written");
    let before = files(folder.path());
    let options = Options { protected_dirs: vec![at("content")], ..options(&[]) };
    for (dir, words) in [
        ("own", "files that no export has written"),
        ("file", "is a file"),
        ("link", "is a link"),
        ("dangling", "is a link"),
        ("missing/dist", "no "),
        ("content", "mix"),
        ("content/inner/dist", "mix"),
        ("content/dist", "mix"),
        ("dist/../content/new", "mix"),
        ("own/..", "cannot be replaced"),
    ] {
        let error = export(&site("new"), &at(dir), &options).expect_err(dir);
        let message = format!("{error:#}");
        assert!(message.contains(words), "{dir}: {message}");
    }
    for dir in ["/", ".", "..", ""] {
        let message = put(&site("new"), Path::new(dir)).expect_err(dir);
        assert!(message.contains("cannot be replaced"), "{dir}: {message}");
    }
    assert!(files(folder.path()) == before);
    // Neither may it swallow the content.
    let options = Options { protected_dirs: vec![at("dist/content")], ..options };
    fs::create_dir(at("dist/content")).expect("made");
    let error = export(&site("new"), &at("dist"), &options).expect_err("the content is in it");
    assert!(format!("{error:#}").contains("mix"), "{error:#}");
}

#[test]
fn what_a_run_left_that_was_cut_off_is_removed_and_nothing_else() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    put(&site("old"), &at("dist")).expect("written");
    for left in ["dist.new", "dist.old"] {
        put(&site("left"), &at(left)).expect("written");
    }
    let kept = ["dist.new-1", "dist.newer", "dist2.new"];
    for name in kept {
        fs::create_dir(at(name)).expect("made");
        fs::write(at(name).join("letter.txt"), "dear").expect("written");
    }
    fs::write(at("dist.newer/.showcase-export"), "").expect("written");
    put(&site("new"), &at("dist")).expect("written");
    assert_eq!(first_page(&at("dist")), "new");
    let mut expected = vec!["dist"];
    expected.extend(kept);
    expected.sort_unstable();
    assert_eq!(names(folder.path()), expected);
}

/// Where folders cannot be exchanged in one step, a run may be cut off between two.
#[test]
fn what_was_moved_out_of_the_way_comes_back() {
    let folder = folder();
    let dir = folder.path().join("dist");
    put(&site("old"), &folder.path().join("dist.old")).expect("written");
    put(&impossible(), &dir).expect_err("it cannot be written");
    assert_eq!(first_page(&dir), "old");
    assert_eq!(names(folder.path()), ["dist"]);
}

#[test]
fn two_exports_to_one_folder_do_not_mix() {
    let folder = folder();
    let dir = folder.path().join("dist");
    let other = folder.path().join("dist.new");
    put(&site("at work"), &other).expect("written");
    let marker = fs::File::open(other.join(".showcase-export")).expect("a marker");
    marker.lock().expect("a lock");
    let message = put(&site("new"), &dir).expect_err("another one is at work");
    assert!(message.contains("under way"), "{message}");
    assert_eq!(first_page(&other), "at work");
    drop(marker);
    put(&site("new"), &dir).expect("written");
    assert_eq!(names(folder.path()), ["dist"]);
}
