//! Every problem that content can have, each planted and found at its exact place.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::{Content, plant, problems};

mod agreement;
mod command;

mod editor;

mod facts;

mod files;

mod limits;

mod links;

mod lost;

mod permalinks;

mod prose;
mod times;

#[test]
fn the_base_of_these_tests_has_no_problem() {
    assert_eq!(problems(&Content::new("")), [""; 0]);
}

#[test]
fn lines_and_columns_are_counted_from_one_in_characters() {
    let content = Content::new(
        "
-- projects/beta/ko.md --
첫 줄이다.
둘째 줄의 <b>굵은</b> 글.
-- recap/ko.md --
밋업 [글](/없음/)
",
    );
    assert_eq!(
        problems(&content),
        ["raw-html projects/beta/ko.md:2:7", "broken-link recap/ko.md:1:4",]
    );
}

#[test]
fn one_run_names_every_fault_of_every_file() {
    plant(
        "
-- event.yaml, with --
date: ⟦invalid-date⟧2018-02-30
city: {ko: 서울, ⟦unknown-language⟧fr: Séoul, en: Seoul}
⟦unknown-key⟧citty: {ko: 서울, en: Seoul}
contact: ⟦invalid-address⟧desk at example.org
-- topics.yaml --
topics:
  - {id: data, name: ⟦missing-translation⟧{ko: 데이터}, text: {ko: 다룬다, en: ⟦empty-text⟧\"\"}}
  - {id: ⟦invalid-id⟧게임, name: {ko: 게임, en: Games}, text: {ko: 만든다, en: They do.}}
  - {id: games, name: {ko: 게임, en: Games}, text: {ko: 만든다, en: They do.}}
-- glossary.yaml --
terms: ⟦yaml-syntax⟧[
-- recap/ko.md --
한국어 ⟦raw-html⟧<br> 글, [용어](term:nodes)와 ⟦broken-fragment⟧[방법](/projects/alpha/#hwo)

⟦top-heading⟧# 밋업

## 첫째

⟦skipped-level⟧#### 둘째
-- pages/about/en.md, gone --
⟦missing-translation⟧
-- pages/about/ko.md --
그림: ⟦missing-alt⟧⟦missing-picture⟧![](a.png)
-- projects/alpha/project.yaml, with --
topics: [⟦unknown-topic⟧dta, data]
figures:
  - {id: all, unit: percent, value: ⟦out-of-range⟧-1, label: {ko: 수, en: number}}
  - ⟦incomplete-figure⟧{id: some, unit: ⟦unknown-word⟧percents, label: {ko: 수, en: number}}
-- projects/beta/project.yaml, with --
order: ⟦duplicate-order⟧1
emblem: ⟦invalid-emblem⟧fan.1.21+fin.0.21
speakers: ⟦wrong-type⟧nobody
-- projects/gamma/emblem.svg --
<svg viewBox=\"0 0 12 12\"><⟦invalid-svg⟧script/></svg>
-- notes/할일.txt --
⟦unread-file⟧
나중에
",
    );
}

#[test]
fn the_nearest_known_word_is_suggested() {
    let help = |text: &str| {
        let (_, diagnostics) = Content::new(text).load();
        let help = |it: &showcase::diagnostic::Diagnostic| it.help.clone().unwrap_or_default();
        diagnostics.items().iter().map(help).collect::<String>()
    };
    for (text, near) in [
        ("-- event.yaml, with --\ncontct: mailto:a@example.org\n", "contact"),
        ("-- event.yaml, with --\nslip: invitation\n", "aside"),
        ("-- projects/beta/project.yaml, with --\ntopics: [game]\n", "games"),
        ("-- projects/beta/en.md --\n[Stakes](term:pso)\n", "pos"),
        ("-- projects/beta/en.md --\n[Alpha](/projects/alhpa/)\n", "/projects/alpha/"),
        ("-- projects/beta/en.md --\n[How](/projects/alpha/#hwo)\n", "how"),
        (
            "-- projects/beta/project.yaml, with --\nfigures: [{id: a, value: 1, unit: yeers, label: {ko: 해, en: y}}]\n",
            "years",
        ),
    ] {
        let help = help(text);
        assert!(help.starts_with(&format!("did you mean `{near}`?")), "{help}");
    }
    let far = help("-- projects/beta/project.yaml, with --\ntopics: [zzzzzzzz]\n");
    assert_eq!(far, "known: data, games");
}

#[test]
fn every_code_has_a_test() {
    let source = text_below("src/content");
    let tests = text_below("tests/it/problems");
    let codes: BTreeSet<&str> = ["Diagnostic::error(", "Diagnostic::warning("]
        .iter()
        .flat_map(|maker| source.split(*maker).skip(1))
        .filter_map(|arguments| arguments.trim_start().strip_prefix('"')?.split('"').next())
        .collect();
    assert!(codes.len() > 35, "codes are no longer found: {codes:?}");
    for code in codes {
        let is_tested =
            tests.contains(&format!("⟦{code}⟧")) || tests.contains(&format!("\"{code} "));
        assert!(
            is_tested,
            "no test plants `{code}`: write one in tests/it/problems, with ⟦{code}⟧ before the fault"
        );
    }
}

/// All Rust of a folder and the folders below it.
fn text_below(folder: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut folders = vec![folder.clone()];
    let mut text = fs::read_to_string(folder.with_extension("rs")).expect("source text");
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("a file").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                text += &fs::read_to_string(path).expect("source text");
            }
        }
    }
    text
}
