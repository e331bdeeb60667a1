//! What helps an editor: a new project laid down, and faults that the program mends itself.

use std::fs;
use std::path::Path;

use showcase::content;
use showcase::diagnostic::Diagnostics;
use showcase::language::LanguageId;
use showcase::model::{Entries, Website};

use crate::support::{Content, dir, listed, load};

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect("a file")
}

/// Mends a folder, and checks that mending it again changes nothing.
fn fix(folder: &Path) -> (Vec<String>, Diagnostics) {
    let first = content::fix(&dir(folder)).expect("files that can be written");
    let second = content::fix(&dir(folder)).expect("files that can be written");
    assert_eq!(second, [""; 0]);
    (first, load(folder).1)
}

#[test]
fn a_new_project_has_no_problem_in_any_number_of_languages() {
    for languages in ["[ko, en]", "[en]", "[en, ko]"] {
        let text = format!("-- event.yaml, with --\nlanguages: {languages}\n");
        let folder = Content::new(&text).on_disk();
        content::fix(&dir(folder.path())).expect("a list of addresses");
        let before = listed(&load(folder.path()).1);
        let files = content::scaffold(&dir(folder.path()), "new-chain");
        let files = files.expect("a new folder");
        assert_eq!(files.len(), 1 + languages.split(',').count());
        assert_eq!(listed(&load(folder.path()).1), before, "{languages}");
        let facts = read(folder.path(), "projects/new-chain/project.yaml");
        assert!(facts.contains("\norder: 4\n"), "{facts}");
    }
}

#[test]
fn a_new_project_is_published_by_taking_one_line_out() {
    let folder = Content::new("").on_disk();
    content::scaffold(&dir(folder.path()), "new-chain").expect("a new folder");
    assert!(load(folder.path()).1.is_empty());
    let facts = read(folder.path(), "projects/new-chain/project.yaml");
    let path = folder.path().join("projects/new-chain/project.yaml");
    fs::write(path, facts.replace("draft: true\n", "")).expect("a file");
    let (mended, left) = fix(folder.path());
    assert_eq!(mended.len(), 3, "one address in each language, and an emblem: {mended:?}");
    // Nothing was written into it yet, and that is said of every text.
    let mut codes = left.items().iter().map(|it| it.code);
    assert!(left.items().len() >= 6 && codes.all(|it| it == "placeholder"));
    let list = read(folder.path(), "permalinks.lock");
    assert!(list.contains("/gamma/\n/projects/new-chain/\n/search/"));
}

#[test]
fn nothing_is_written_over_and_names_are_checked() {
    let folder = Content::new("").on_disk();
    let refused = |slug: &str| {
        let error = content::scaffold(&dir(folder.path()), slug).expect_err(slug);
        error.to_string()
    };
    assert!(refused("alpha").contains("already there"));
    let long = "a".repeat(41);
    for slug in ["", "../x", "Alpha", "a b", "한글", "a--b", &long] {
        let said = refused(slug);
        assert!(said.contains("cannot be a name in URLs"), "{said}");
        assert_eq!(said.lines().count(), 1);
    }
}

const SLIPS: &str = "
-- event.yaml, with --
udpated: 2026-11-20
date: 2018.6.17
-- projects/alpha/project.yaml, with --
figures:
\t- id: all
\t  unit: precent
\t  value: 1
\t  label: {ko: 수, en: number}
aliases: [projects/old]
-- projects/beta/ko.md --
# 첫째

### 셋째 {#a}

##### 다섯째 {#b}

##### 또 {#c}

[알파](/projects/alpha#how) [각](/projects/alpha)
";

fn mended_event(content: &Content) -> (String, String, String) {
    let folder = content.on_disk();
    let (mended, left) = fix(folder.path());
    assert_eq!(mended.len(), 12, "{mended:#?}");
    assert!(left.is_empty(), "{}", left.text(false));
    (
        read(folder.path(), "event.yaml"),
        read(folder.path(), "projects/alpha/project.yaml"),
        read(folder.path(), "projects/beta/ko.md"),
    )
}

#[test]
fn slips_that_are_certain_are_mended() {
    let content = Content::new(SLIPS).edit("event.yaml", "updated: 2026-11-20\n", "");
    let (event, alpha, beta) = mended_event(&content);
    assert!(event.contains("\nupdated: 2026-11-20\n") && event.contains("\ndate: 2018-06-17\n"));
    assert!(alpha.contains("figures:\n  - id: all\n    unit: percent\n"), "{alpha}");
    assert!(alpha.contains("aliases: [/projects/old/]"), "{alpha}");
    assert_eq!(
        beta,
        "## 첫째\n\n### 셋째 {#a}\n\n#### 다섯째 {#b}\n\n#### 또 {#c}\n\n\
         [알파](/projects/alpha/#how) [각](/projects/alpha/)\n"
    );
}

#[test]
fn files_keep_their_line_ends_marks_and_decomposed_letters() {
    let plain = Content::new(SLIPS).edit("event.yaml", "updated: 2026-11-20\n", "");
    let (event, alpha, beta) = mended_event(&plain);
    let disguised = |text: &str| {
        let text = text.replace('각', "\u{1100}\u{1161}\u{11a8}").replace('\n', "\r\n");
        format!("\u{feff}{text}")
    };
    let mut content = Content::new("");
    for (path, bytes) in plain.files() {
        let text = std::str::from_utf8(bytes).expect("text");
        content = content.file(path, disguised(text));
    }
    assert_eq!(mended_event(&content), (disguised(&event), disguised(&alpha), disguised(&beta)));
}

#[test]
fn what_is_not_certain_is_left_alone() {
    let text = "
-- event.yaml, with --
nane: {ko: 작은 밋업, en: Small meetup}
\"contac\": mailto:a@example.org
-- projects/beta/project.yaml, with --
topics: [dat]
";
    let content = Content::new(text);
    let folder = content.on_disk();
    let before = read(folder.path(), "event.yaml");
    let (mended, left) = fix(folder.path());
    assert_eq!(mended, [""; 0], "`name` is there, quotes are not replaced, `dat` is short");
    assert_eq!(left.errors(), 3, "{}", left.text(false));
    assert_eq!(read(folder.path(), "event.yaml"), before);
}

/// Puts a link at a place, and what stands there elsewhere.
fn move_away(place: &Path, elsewhere: &Path) {
    fs::rename(place, elsewhere).expect("moved");
    std::os::unix::fs::symlink(elsewhere, place).expect("a link");
}

#[test]
fn a_link_stays_a_link() {
    let folder = Content::new("-- event.yaml, with --\ndate: 2018-6-17\n").on_disk();
    fs::create_dir(folder.path().join("..data")).expect("a folder");
    let link = folder.path().join("event.yaml");
    move_away(&link, &folder.path().join("..data/e.yaml"));
    let (mended, _) = fix(folder.path());
    assert_eq!(mended.len(), 1);
    assert!(link.is_symlink());
    assert!(read(folder.path(), "..data/e.yaml").contains("date: 2018-06-17"));
}

#[test]
fn nothing_is_written_outside_the_folder() {
    let folder = Content::new("-- event.yaml, with --\ndate: 2018-6-17\n").on_disk();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let victim = |name: &str| elsewhere.path().join(name);
    move_away(&folder.path().join("event.yaml"), &victim("event.yaml"));
    move_away(&folder.path().join("projects"), &victim("projects"));
    fs::create_dir(victim("schema")).expect("a folder");
    std::os::unix::fs::symlink(victim("schema"), folder.path().join("schema")).expect("a link");
    fs::remove_file(folder.path().join("permalinks.lock")).expect("a file");
    std::os::unix::fs::symlink(victim("new"), folder.path().join("permalinks.lock"))
        .expect("a link");
    fix(folder.path());
    let refused = |result: anyhow::Result<()>| format!("{:#}", result.expect_err("a refusal"));
    let follow = content::ContentDir { follow_outside_links: true, ..dir(folder.path()) };
    for said in [
        refused(content::fix(&follow).map(drop)),
        refused(content::scaffold(&follow, "new-chain").map(drop)),
        refused(content::write_file(folder.path(), "schema/event.json", "{}")),
    ] {
        assert!(said.contains("leads out of the content folder"), "{said}");
    }
    let made = refused(content::write_file(folder.path(), "permalinks.lock", "/"));
    assert!(made.contains("cannot follow"), "{made}");
    assert!(read(elsewhere.path(), "event.yaml").contains("date: 2018-6-17"));
    let files = |name: &str| fs::read_dir(victim(name)).expect("a folder").count();
    assert_eq!((files("schema"), files("projects"), files("")), (0, 3, 3));
}

#[test]
fn a_misspelt_label_is_mended() {
    let folder = Content::new("-- labels/ko.yaml --\nsite: {copiedd: 복사함}\n").on_disk();
    content::fix(&dir(folder.path())).expect("files that can be written");
    assert!(read(folder.path(), "labels/ko.yaml").contains("{copied: 복사함}"));
    assert_eq!(listed(&load(folder.path()).1), [""; 0]);
}

#[test]
fn emblems_and_the_events_id_are_written_down_once() {
    let lacking = "
-- event.yaml --
name: Small meetup
date: 2024-10-10
languages: [en]
-- projects/alpha/project.yaml --
name: Alpha
emblem: reroll 1
-- projects/beta/project.yaml --
name: Beta
-- projects/gamma/project.yaml --
{name: Gamma}
-- projects/gamma/emblem.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\"><circle r=\"2\"/></svg>
";
    let folder = Content::only(lacking).on_disk();
    let (before, problems) = load(folder.path());
    let before = before.unwrap_or_else(|| panic!("{:?}", listed(&problems)));
    let (mended, left) = fix(folder.path());
    assert_eq!(left.errors(), 0);
    let kept = mended.iter().filter(|it| it.contains(": wrote `"));
    assert_eq!(kept.count(), 4, "id and emblem of the event, two emblems: {mended:?}");
    let after = load(folder.path()).0.expect("no error");
    let emblems = |website: &Website| {
        let projects = website.projects.iter().map(|it| it.emblem.clone());
        projects.chain([website.event.emblem.clone()]).collect::<Vec<_>>()
    };
    assert_eq!(emblems(&after), emblems(&before));
    assert!(
        emblems(&after)[2].as_ref().is_some_and(|it| it.shapes().contains("circle")),
        "drawn by hand"
    );
    assert!(!read(folder.path(), "projects/alpha/project.yaml").contains("reroll"));
    // A name and a date may be corrected, and a project come before the others.
    let corrected =
        read(folder.path(), "event.yaml").replace("Small", "Great").replace("10-10", "10-11");
    fs::write(folder.path().join("event.yaml"), corrected).expect("a file");
    fs::create_dir(folder.path().join("projects/aaa")).expect("a folder");
    fs::write(folder.path().join("projects/aaa/project.yaml"), "name: A\n").expect("a file");
    let more = load(folder.path()).0.expect("no error");
    assert_eq!(more.event.id, before.event.id);
    assert_eq!(emblems(&more)[1..], emblems(&after));
}

#[test]
fn a_new_site_has_no_problem_whatever_its_language_and_entries() {
    for (language, noun) in
        [("de", "talks"), ("ko", "sessions"), ("pt-br", "demos"), ("ar", "projects")]
    {
        let parent = tempfile::tempdir().expect("a folder");
        let folder = parent.path().join("Büro \"Nord\"");
        let site = content::NewSite {
            name: None,
            date: "2024-10-10..2024-10-11".to_owned().try_into().expect("days"),
            language: language.to_owned(),
            entries: Entries::of_folder(noun).expect("a noun"),
        };
        let files = content::init(&dir(&folder), &site).expect("a site");
        assert!(files.iter().all(|it| it.is_file()), "{files:?}");
        let (website, problems) = load(&folder);
        let website = website.expect("no error");
        // The program has no words of the one, and its font no letters of the other.
        let borrowed = usize::from(["pt-br", "ar"].contains(&language));
        assert_eq!(listed(&problems).len(), borrowed, "{:?}", listed(&problems));
        assert_eq!(website.event.name.text(LanguageId::FIRST), "Büro \"Nord\"");
        assert_eq!(website.projects.len(), 1);
        assert!(website.projects[0].recipe.is_some() && !website.event.id.is_empty());
        let again = content::init(&dir(&folder), &site).expect_err("a folder with files");
        assert!(again.to_string().contains("is not empty"), "{again}");
        let second = content::scaffold(&dir(&folder), "second").expect("a folder");
        assert!(
            !read(
                &folder,
                &format!(
                    "{noun}/second/{}",
                    second[0].file_name().expect("a name").to_string_lossy()
                )
            )
            .contains("order")
        );
        assert_eq!(listed(&load(&folder).1).len(), borrowed);
    }
}
