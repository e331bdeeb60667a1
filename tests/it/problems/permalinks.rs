//! Published addresses that vanish, and new ones.

use crate::support::{Content, listed, plant};

fn helps(text: &str) -> Vec<String> {
    let (_, diagnostics) = Content::new(text).load();
    let helps = diagnostics.items().iter().filter_map(|it| it.help.clone());
    helps.collect()
}

/// The list of the base with other lines at its end.
fn with_lines(lines: &str) -> String {
    let content = Content::new("");
    let (_, list) = content.files().find(|(path, _)| *path == "permalinks.lock").expect("a list");
    let list = String::from_utf8(list.to_vec()).expect("text");
    format!("-- permalinks.lock --\n{list}{lines}\n")
}

#[test]
fn an_address_that_vanished_is_named_with_the_line_to_add() {
    plant(&with_lines("⟦vanished-url⟧/projects/old/"));
    plant(&with_lines("⟦vanished-url⟧/zh/feed.xml"));
    plant(&with_lines("# a comment\n  ⟦vanished-url⟧/en/topics/old/"));
    plant(&with_lines(
        "⟦invalid-permalink⟧<<<<<<< HEAD\n⟦invalid-permalink⟧/projects/old\n⟦invalid-permalink⟧/old.xml",
    ));
    let help = &helps(&with_lines("/projects/old/"))[0];
    assert!(help.starts_with("add `aliases: [/projects/old/]` to the project.yaml"), "{help}");
    let help = &helps(&with_lines("/fr/projects/alpha/"))[0];
    assert!(help.starts_with("put `fr` back into `languages` of event.yaml"), "{help}");
}

#[test]
fn a_page_that_is_no_language_is_taken_for_none() {
    let help = &helps(
        "-- pages/about/page.yaml, gone --\n-- pages/about/ko.md, gone --\n-- pages/about/en.md, gone --\n",
    )[0];
    assert!(help.starts_with("add `aliases: [/about/]`"), "{help}");
}

#[test]
fn a_renamed_project_needs_an_alias_and_one_serves_every_language() {
    let renamed = |aliases: &str| {
        let content = Content::new("");
        let mut renamed = Content::new(
            "-- projects/gamma/project.yaml, gone --\n-- projects/gamma/ko.md, gone --\n-- projects/gamma/en.md, gone --\n",
        );
        for (path, bytes) in content.files() {
            if let Some(name) = path.strip_prefix("projects/gamma/") {
                let mut bytes = bytes.to_vec();
                if name == "project.yaml" {
                    bytes.extend(aliases.bytes());
                }
                renamed = renamed.file(&format!("projects/delta/{name}"), bytes);
            }
        }
        renamed.load().1
    };
    let diagnostics = renamed("");
    assert_eq!(
        listed(&diagnostics),
        [
            "unlisted-url permalinks.lock:12:1",
            "vanished-url permalinks.lock:12:1",
            "unlisted-url permalinks.lock:24:1",
            "vanished-url permalinks.lock:24:1",
        ]
    );
    let help = diagnostics.items()[1].help.as_deref().unwrap_or_default();
    assert!(
        help.starts_with("add `aliases: [/projects/gamma/]` to projects/delta/project.yaml"),
        "{help}"
    );
    let diagnostics = renamed("aliases: [/projects/gamma/]\n");
    assert_eq!(diagnostics.errors(), 0, "{}", diagnostics.text(false));
}

#[test]
fn a_draft_answers_nowhere() {
    let text = "-- projects/gamma/project.yaml, with --\ndraft: true\n";
    let (_, diagnostics) = Content::new(text).load();
    let codes: Vec<&str> = diagnostics.items().iter().map(|it| it.code).collect();
    assert_eq!(codes, ["vanished-url", "vanished-url"]);
}

#[test]
fn new_addresses_are_warned_of_where_they_belong() {
    let text = with_lines("").replace("/en/about/\n", "⟦unlisted-url⟧");
    plant(&text);
}

#[test]
fn a_site_without_a_list_is_told_how_to_make_one() {
    let content = Content::new("-- permalinks.lock, gone --\n");
    let (_, diagnostics) = content.load();
    assert_eq!(listed(&diagnostics), ["missing-permalinks permalinks.lock:1:1"]);
    assert_eq!(diagnostics.errors(), 0);
}

#[test]
fn broken_facts_let_no_address_vanish() {
    plant("-- projects/gamma/project.yaml --\norder: ⟦yaml-syntax⟧[\n");
    plant("-- event.yaml --\n⟦yaml-syntax⟧]\n");
}
