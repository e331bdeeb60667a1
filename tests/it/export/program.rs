//! `showcase export`, as it is typed.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use super::{Files, end_of, files};
use crate::support::{Content, program, text_of};

fn run(content: &Content, dir: &Path, arguments: &[&str]) -> Output {
    let folder = content.on_disk();
    let mut command = program(folder.path());
    command.arg("export").arg(dir).args(arguments);
    command.output().expect("the program runs")
}

fn said(output: &Output) -> (Option<i32>, String, String) {
    (output.status.code(), text_of(&output.stdout), text_of(&output.stderr))
}

#[test]
fn it_says_what_it_wrote() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("dist");
    let url = "https://example.org/recap/";
    let output =
        run(&Content::new(""), &dir, &["--site-url", url, "--compress", "none", "--no-cards"]);
    let (code, out, err) = said(&output);
    assert_eq!(code, Some(0), "{err}");
    let files = files(&dir);
    // All but the mark of the folder.
    let count = files.len() - 1;
    let start = format!("showcase: {} holds {url}: {count} files, ", dir.display());
    assert!(out.starts_with(&start), "{out}");
    assert!(!files.keys().any(|it| ["gz", "br"].contains(&end_of(it))));
    let page = text_of(&files["index.html"]);
    assert!(page.contains("href=\"/recap/projects/\""), "{page}");
}

#[test]
fn the_content_may_say_where_the_site_is_and_somebody_must() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("dist");
    let (code, _, err) = said(&run(&Content::new(""), &dir, &[]));
    assert_eq!(code, Some(2));
    assert!(err.contains("--site-url") && err.contains("event.yaml"), "{err}");
    assert!(!dir.exists());
    let content = Content::new("-- event.yaml, with --\nsite_url: https://example.org/recap/\n");
    let (code, _, err) = said(&run(&content, &dir, &["--compress", "gzip", "--no-cards"]));
    assert_eq!(code, Some(0), "{err}");
    let files = files(&dir);
    assert!(files.contains_key("index.html.gz") && !files.contains_key("index.html.br"));
}

#[test]
fn faulty_content_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("dist");
    let content = Content::new("-- recap/ko.md --\n[없는 곳](/nowhere/)\n");
    let (code, _, err) = said(&run(&content, &dir, &["--site-url", "https://example.org"]));
    assert_eq!(code, Some(1));
    assert!(err.contains("broken-link") && err.contains("nothing was written"), "{err}");
    assert!(!dir.exists());
}

#[test]
fn preview_cards_can_be_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let arguments = ["--site-url", "https://example.org", "--compress", "none"];
    let export = |name: &str, more: &[&str]| {
        let dir = folder.path().join(name);
        let arguments = [&arguments[..], more].concat();
        let (code, _, err) = said(&run(&Content::new(""), &dir, &arguments));
        assert_eq!(code, Some(0), "{err}");
        let files = files(&dir);
        let cards = files.keys().filter(|it| it.contains("card-")).count();
        (cards, text_of(&files["index.html"]).contains("og:image"))
    };
    let (cards, is_named) = export("with", &[]);
    assert!(cards > 10 && is_named, "{cards}");
    assert_eq!(export("without", &["--no-cards"]), (0, false));
}

#[test]
fn the_forms_for_programs_can_be_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let fixed = ["--site-url", "https://example.org", "--compress", "none", "--no-cards"];
    let export = |name: &str, more: &[&str]| {
        let dir = folder.path().join(name);
        let arguments = [&fixed[..], more].concat();
        let (code, _, err) = said(&run(&Content::new(""), &dir, &arguments));
        assert_eq!(code, Some(0), "{err}");
        files(&dir)
    };
    let is_form = |it: &str| {
        it.ends_with("index.json") || it.ends_with("index.md") || it.ends_with("projects.json")
    };
    let (with, without) = (export("with", &[]), export("without", &["--no-data"]));
    let left: Vec<&String> = with.keys().filter(|it| !without.contains_key(*it)).collect();
    assert!(left.len() > 2 && left.iter().all(|it| is_form(it)), "{left:?}");
    for (name, file) in &without {
        assert!(!is_form(name), "{name}");
        let Ok(text) = std::str::from_utf8(file) else {
            continue;
        };
        for form in ["index.json", "index.md", "projects.json"] {
            assert!(!text.contains(form), "{name} leads to {form}");
        }
    }
}

/// What an export holds, but for what it keeps of the one before.
fn own(dir: &Path) -> Files {
    let marker = fs::read_to_string(dir.join(".showcase-export")).expect("a list");
    let listed = marker.split("# Of the export before").next();
    let listed: Vec<&str> = listed.into_iter().flat_map(str::lines).collect();
    let mut files = files(dir);
    files.retain(|name, _| listed.contains(&name.as_str()));
    files
}

/// Cut off at whatever point: the files of one export or of the other, and the next run clears away the rest.
#[test]
fn a_run_that_is_killed_leaves_an_export_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("dist");
    // What takes long is left out: the moment at which it is cut off is any.
    let arguments = ["--site-url", "https://example.org", "--compress", "none", "--no-cards"];
    let whole = |content: &Content| {
        let (code, _, err) = said(&run(content, &dir, &arguments));
        assert_eq!(code, Some(0), "{err}");
        own(&dir)
    };
    let content = Content::new("-- recap/ko.md --\n새 글\n");
    let new = whole(&content);
    let old = whole(&Content::new(""));
    assert!(new != old);
    let source = content.on_disk();
    let mut child = program(source.path())
        .arg("export")
        .arg(&dir)
        .args(arguments)
        .stdout(Stdio::null())
        .spawn()
        .expect("the program runs");
    let names = || fs::read_dir(folder.path()).expect("a folder").count();
    while names() == 1 && child.try_wait().expect("a state").is_none() {
        std::thread::yield_now();
    }
    child.kill().expect("killed, or ended");
    child.wait().expect("an end");
    let found = own(&dir);
    assert!(found == old || found == new, "neither the old nor the new");
    assert!(whole(&content) == new);
    assert_eq!(names(), 1, "nothing is left beside it");
}

#[test]
fn a_folder_that_is_not_to_be_replaced_is_another_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("letter.txt"), "dear").expect("written");
    let arguments = ["--site-url", "https://example.org", "--compress", "none"];
    let (code, _, err) = said(&run(&Content::new(""), folder.path(), &arguments));
    assert_eq!(code, Some(2));
    assert!(err.contains("no export has written"), "{err}");
    assert_eq!(files(folder.path()).len(), 1);
}
