//! Edits of a folder that the program serves: what shows, when, and what never does.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::support::{Content, attributes};

mod server;

mod preview;

mod speed;

use server::Server;

/// The small site, with a text of the recap.
fn content(recap: &str) -> Content {
    Content::new(&format!("-- recap/ko.md --\n{recap}\n"))
}

/// Writes a file under another name, and puts it in the place of the one that is there, as editors do.
fn rename_over(path: &Path, text: &str) {
    let beside = path.with_extension("md~new");
    fs::write(&beside, text).expect("written");
    fs::rename(&beside, path).expect("renamed");
}

#[test]
fn a_save_shows_however_the_editor_writes() {
    let folder = content("처음").on_disk();
    let server = Server::start(folder.path(), &["serve"]);
    let recap = folder.path().join("recap/ko.md");
    server.until("/", |page| page.contains("처음"));
    fs::write(&recap, "둘째").expect("written");
    server.until("/", |page| page.contains("둘째"));
    rename_over(&recap, "셋째");
    server.until("/", |page| page.contains("셋째"));
    fs::remove_file(&recap).expect("removed");
    fs::write(&recap, "넷째").expect("written");
    server.until("/", |page| page.contains("넷째"));
}

#[test]
fn what_a_page_loads_outlives_the_site_that_it_was_read_from() {
    let folder = content("처음").on_disk();
    let server = Server::start(folder.path(), &["serve"]);
    let loaded = |page: &str| {
        let links = attributes(page, "href").into_iter().chain(attributes(page, "src"));
        let assets = links.filter(|it| it.contains(".css") || it.contains(".js"));
        assets.collect::<Vec<_>>()
    };
    let before = loaded(&server.get("/").1);
    let event = folder.path().join("event.yaml");
    let text = fs::read_to_string(&event).expect("read");
    for inks in ["teal-oxblood", "leaf-plum"] {
        let text = format!("{text}\nlook: {{inks: {inks}}}\n");
        fs::write(&event, text).expect("written");
        let style = |page: &str| loaded(page).into_iter().find(|it| it.contains(".css"));
        let last = style(&server.get("/").1);
        server.until("/", |page| style(page) != last);
    }
    assert!(!before.is_empty());
    for address in before {
        assert_eq!(server.get(&address).0, 200, "{address}");
    }
}

#[test]
fn what_comes_and_goes_is_followed() {
    let folder = content("처음").on_disk();
    let server = Server::start(folder.path(), &["serve"]);
    let (projects, away) = (folder.path().join("projects"), folder.path().join("away"));
    let page = "/projects/delta/";
    assert_eq!(server.get(page).0, 404);
    // Made elsewhere and moved here whole, as a checkout or an unpacked archive may do.
    copy(&projects.join("beta"), &away);
    let facts = fs::read_to_string(away.join("project.yaml")).expect("read");
    let facts = facts.replace("order: 2", "order: 4");
    fs::write(away.join("project.yaml"), facts).expect("written");
    fs::rename(&away, projects.join("delta")).expect("moved");
    server.until(page, |page| page.contains("베타의 글이다"));
    fs::write(projects.join("delta/ko.md"), "델타의 글이다.").expect("written");
    server.until(page, |page| page.contains("델타의 글이다"));
    fs::remove_dir_all(projects.join("delta")).expect("removed");
    // Whoever has it may forget it.
    server.until_status(page, 410);
}

#[test]
fn the_folder_itself_may_be_deleted_and_made_again() {
    let parent = tempfile::tempdir().expect("a folder");
    let folder = parent.path().join("content");
    copy(content("처음").on_disk().path(), &folder);
    let server = Server::start(&folder, &["serve"]);
    fs::remove_dir_all(&folder).expect("removed");
    server.until("/readyz", |state| state.contains("\"stale\""));
    assert!(server.get("/").1.contains("처음"));
    copy(content("둘째").on_disk().path(), &folder);
    server.until("/", |page| page.contains("둘째"));
    fs::write(folder.join("recap/ko.md"), "셋째").expect("written");
    server.until("/", |page| page.contains("셋째"));
    // Another folder in its place.
    fs::rename(&folder, parent.path().join("old")).expect("moved");
    let next = parent.path().join("next");
    copy(content("넷째").on_disk().path(), &next);
    fs::rename(&next, &folder).expect("moved");
    server.until("/", |page| page.contains("넷째"));
    fs::write(folder.join("recap/ko.md"), "다섯째").expect("written");
    server.until("/", |page| page.contains("다섯째"));
}

#[test]
#[cfg(unix)]
fn a_link_may_be_turned_to_another_folder() {
    let parent = tempfile::tempdir().expect("a folder");
    let (one, two) = (content("처음").on_disk(), content("둘째").on_disk());
    let (link, next) = (parent.path().join("content"), parent.path().join("next"));
    std::os::unix::fs::symlink(one.path(), &link).expect("linked");
    let server = Server::start(&link, &["serve"]);
    server.until("/", |page| page.contains("처음"));
    std::os::unix::fs::symlink(two.path(), &next).expect("linked");
    fs::rename(&next, &link).expect("renamed");
    server.until("/", |page| page.contains("둘째"));
    fs::write(two.path().join("recap/ko.md"), "셋째").expect("written");
    server.until("/", |page| page.contains("셋째"));
}

#[test]
fn broken_content_keeps_the_last_good_site_up_until_it_is_mended() {
    let folder = content("처음").on_disk();
    let server = Server::start(folder.path(), &["serve"]);
    let recap = folder.path().join("recap/ko.md");
    assert!(server.get("/readyz").1.contains("\"ok\""));
    fs::write(&recap, "한국어 <b>글</b>, [가](/없음/)").expect("written");
    let state = server.until("/readyz", |state| state.contains("\"stale\""));
    assert!(state.contains("\"problems\":2"), "{state}");
    assert_eq!(server.get("/readyz").0, 200);
    assert!(server.get("/").1.contains("처음"));
    server.until_said(&["error[raw-html]", "recap/ko.md:1:5", "error[broken-link]", "2 errors"]);
    fs::write(&recap, "둘째").expect("written");
    server.until("/", |page| page.contains("둘째"));
    let state = server.until("/readyz", |state| state.contains("\"ok\""));
    assert!(state.contains("\"problems\":0"), "{state}");
}

#[test]
fn reading_changes_nothing() {
    let folder = content("처음").on_disk();
    let server =
        Server::start_with(folder.path(), &["serve"], &[("SHOWCASE_LOG", "showcase=debug")]);
    let (recap, builds) = (folder.path().join("recap/ko.md"), "read what changed");
    fs::write(&recap, "둘째").expect("written");
    server.until("/", |page| page.contains("둘째"));
    server.until_said_more(builds, 0);
    // The build read every file itself; and so do we.
    let settled = server.settled(builds, Duration::from_millis(300));
    let copied = tempfile::tempdir().expect("a folder");
    copy(folder.path(), &copied.path().join("copy"));
    assert_eq!(server.settled(builds, Duration::from_millis(300)), settled);
    // What is saved without a change is read, and published to nobody.
    server.until_said_more("showcase: updated", 0);
    let published = server.count("showcase: updated");
    fs::write(&recap, "둘째").expect("written");
    server.until_said_more(builds, settled);
    assert_eq!(server.count("showcase: updated"), published);
}

#[test]
fn files_are_compared_where_nothing_is_reported() {
    let folder = content("처음").on_disk();
    let server = Server::start(folder.path(), &["serve", "--poll"]);
    let recap = folder.path().join("recap/ko.md");
    for text in ["둘째", "셋째"] {
        fs::write(&recap, text).expect("written");
        server.until("/", |page| page.contains(text));
    }
    rename_over(&recap, "넷째");
    server.until("/", |page| page.contains("넷째"));
    fs::remove_dir_all(folder.path()).expect("removed");
    server.until("/readyz", |state| state.contains("\"stale\""));
    copy(content("다섯째").on_disk().path(), folder.path());
    server.until("/", |page| page.contains("다섯째"));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("copied");
        }
    }
}
