//! Where prose and facts contradict each other.

use crate::support::{Content, plant, problems};

const FACTS: &str = "-- projects/beta/project.yaml, with --\nstandfirst: {ko: 컴퓨터의 ⟦unlike-figure⟧70%가 논다, en: Idle computers}\nfigures:\n  - {id: idle, value: 72, unit: percent, label: {ko: 노는 컴퓨터, en: of computers are idle}}\n";

#[test]
fn a_figure_with_another_number_in_prose_is_named_at_both_places() {
    let diagnostics = plant(&format!(
        "{FACTS}-- projects/beta/ko.md --\n세계 컴퓨터의 ⟦unlike-figure⟧70%가 놀고 있다. 그 밖에 10%는 다르다.\n\
         -- projects/beta/en.md --\nHe said that ⟦unlike-figure⟧70 % of the computers are idle.\n",
    ));
    let text = diagnostics.text(false);
    assert!(text.contains("72%") && text.contains("projects/beta/project.yaml:"), "{text}");
    // Other numbers are none of the figure's, nor is a text that says it too.
    let facts = FACTS.replace("⟦unlike-figure⟧70", "72");
    plant(&format!(
        "{facts}-- projects/beta/ko.md --\n노는 컴퓨터는 72%이고, 지난해 노는 컴퓨터는 70%였다. 참가비는 30% 싸다.\n"
    ));
}

#[test]
fn texts_count_what_is_published() {
    let more = (0..9).map(|it| format!("-- projects/p{it}/project.yaml --\nname: P{it}\n"));
    let more = more.collect::<Vec<_>>().concat();
    let content = Content::new(&more)
        .file("recap/ko.md", "열한 개 프로젝트가 나왔다. 프로젝트 11개다.\n")
        .file("recap/en.md", "All eleven blockchain projects were shown. Three projects won.\n")
        .file("pages/about/en.md", "Of the twelve projects, eleven projects came.\n");
    let found = problems(&content);
    let found: Vec<&String> = found.iter().filter(|it| it.starts_with("unlike")).collect();
    assert_eq!(found, ["unlike-count recap/en.md:1:5", "unlike-count recap/ko.md:1:1"]);
}

#[test]
fn a_text_is_changed_after_the_event_and_before_tomorrow() {
    plant(
        "
-- event.yaml, with --
updated: ⟦unlikely-date⟧2099-01-01
-- projects/beta/project.yaml, with --
updated: ⟦unlikely-date⟧2018-06-16
",
    );
}

#[test]
fn samples_are_no_text() {
    let folder = Content::new("").on_disk();
    let dir = crate::support::dir(folder.path());
    showcase::content::scaffold(&dir, "lantern").expect("a new project");
    let facts = folder.path().join("projects/lantern/project.yaml");
    let text = std::fs::read_to_string(&facts).expect("facts");
    std::fs::write(&facts, text.replace("draft: true\n", "")).expect("written");
    let (_, found) = crate::support::load(folder.path());
    let of = |file: &str| {
        let items = found.items().iter();
        items.filter(|it| it.code == "placeholder" && it.file.ends_with(file)).count()
    };
    assert_eq!((of("ko.md"), of("en.md")), (2, 2));
    assert_eq!(of("project.yaml"), 6, "name, tagline, standfirst and three answers");
    plant("-- projects/gamma/project.yaml, with --\nname: gamma\n");
}
