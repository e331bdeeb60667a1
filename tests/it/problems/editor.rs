//! Mistakes that newcomers made with the README alone, and what they are told.

use std::fs;

use showcase::content;

use crate::support::{Content, dir, listed, load, plant};

/// The words of help that one text brings.
fn help(text: &str) -> String {
    let (_, diagnostics) = Content::new(text).load();
    let helps = diagnostics.items().iter().filter_map(|it| it.help.clone());
    helps.collect::<Vec<_>>().join("\n")
}

fn figure(of: &str) -> String {
    format!(
        "-- projects/beta/project.yaml, with --\nfigures:\n  - {{id: a, label: {{ko: 수, en: n}}, {of}}}\n"
    )
}

#[test]
fn a_page_with_errors_is_not_added_to_the_list_of_addresses() {
    let content = |draft: &str| {
        let content =
            Content::new(&format!("-- projects/gamma/project.yaml, with --\ndraft: {draft}\n"));
        let list = content.files().find(|(path, _)| *path == "permalinks.lock");
        let list = String::from_utf8(list.expect("a list").1.to_vec()).expect("text");
        let lines = list.lines().filter(|it| !it.contains("/projects/gamma/"));
        let list = lines.collect::<Vec<_>>().join("\n") + "\n";
        content.file("permalinks.lock", list)
    };
    let folder = content("yes").on_disk();
    let fixed = content::fix(&dir(folder.path())).expect("files");
    let problems = listed(&load(folder.path()).1);
    assert!(
        problems.len() == 1 && problems[0].starts_with("wrong-type projects/gamma/project.yaml:"),
        "{problems:?}"
    );
    assert_eq!(fixed, [""; 0]);
    let list = fs::read_to_string(folder.path().join("permalinks.lock")).expect("a list");
    assert!(!list.contains("gamma"), "{list}");
    let folder = content("false").on_disk();
    let fixed = content::fix(&dir(folder.path())).expect("files");
    assert_eq!(fixed.len(), 2);
    assert!(fixed[0].contains("added `/en/projects/gamma/` (unlisted-url)"), "{fixed:?}");
}

#[test]
fn values_of_the_wrong_kind_are_told_as_they_should_be_written() {
    for (text, told) in [
        (
            "-- projects/gamma/project.yaml, with --\ndraft: yes\n".to_owned(),
            "write `true` or `false`",
        ),
        ("-- projects/gamma/project.yaml, with --\nname: 2018\n".to_owned(), "put it in quotes"),
        (figure("unit: krw, value: \"300,000,000\""), "write 300000000: digits only"),
        (figure("unit: krw, value: 3억"), "write 300000000: digits only"),
        (figure("unit: krw, value: many"), "write digits only"),
    ] {
        let help = help(&text);
        assert!(help.contains(told), "{text}{help}");
    }
}

#[test]
fn words_for_units_lead_to_the_unit_and_to_the_list() {
    for (word, unit) in [
        ("persons", "people"),
        ("명", "people"),
        ("dollars", "usd"),
        ("원", "krw"),
        ("\"%\"", "percent"),
        ("peeple", "people"),
    ] {
        let help = help(&figure(&format!("value: 1, unit: {word}")));
        let start = format!("did you mean `{unit}`? known: people, ");
        assert!(help.starts_with(&start), "{word}: {help}");
    }
    let far = help(&figure("value: 1, unit: parsecs"));
    assert!(far.starts_with("known: people, "), "{far}");
}

#[test]
fn aliases_are_told_as_they_should_be_written() {
    let alias = |alias: &str| {
        let text = format!("-- projects/gamma/project.yaml, with --\naliases: [{alias}]\n");
        (plant(&text), help(&text.replace("⟦colliding-alias⟧", "").replace("⟦invalid-alias⟧", "")))
            .1
    };
    assert_eq!(
        alias("⟦colliding-alias⟧/en/projects/x/"),
        "write it without the language: `/projects/x/`"
    );
    assert_eq!(alias("⟦invalid-alias⟧/projects/x"), "only a slash lacks: write `/projects/x/`");
}

#[test]
fn links_without_their_first_slash_and_misspelt_terms_are_told() {
    for (link, meant) in [
        ("projects/alpha/", "/projects/alpha/"),
        ("projects/alpha#how", "/projects/alpha/#how"),
        ("terms:pos", "term:pos"),
    ] {
        let text = format!("-- projects/beta/en.md --\nSee ⟦broken-link⟧[this]({link}).\n");
        plant(&text);
        let help = help(&text.replace("⟦broken-link⟧", ""));
        assert_eq!(help, format!("write `{meant}`"));
    }
}

#[test]
fn a_topic_listed_twice_is_told_to_be_taken_out() {
    let text = "-- projects/gamma/project.yaml, with --\ntopics: [data, ⟦duplicate-id⟧data]\n";
    plant(text);
    assert_eq!(help(text), "remove one");
}

#[test]
fn links_that_stay_visible_are_warned_of_outside_code() {
    plant(
        "-- projects/beta/en.md --\nSee ⟦literal-link⟧[this] (/projects/alpha/), `[that] (/projects/alpha/)` and\n\
         (as [1] (noted)) ⟦literal-link⟧[there](https://example.org/ 한), [well](/projects/alpha/).\n",
    );
}

#[test]
fn what_a_new_project_holds_is_not_published_unnoticed() {
    plant(
        "-- projects/gamma/project.yaml, with --\n\
         name: {ko: ⟦placeholder⟧gamma, en: Gamma}\n\
         tagline: {ko: 셋째 이야기, en: ⟦placeholder⟧\"What it is, in one line\"}\n",
    );
}
