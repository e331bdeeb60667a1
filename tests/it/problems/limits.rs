//! What fits its type and still cannot be meant.

use std::fs;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use showcase::content;

use crate::support::{Content, dir, listed, load, plant, problems};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

#[test]
fn a_project_has_up_to_three_topics() {
    plant(
        "-- projects/alpha/project.yaml, with --\ntopics: ⟦out-of-range⟧[data, games, ⟦duplicate-id⟧data, ⟦duplicate-id⟧games]\n",
    );
}

#[test]
fn drawings_are_one_to_a_project_and_of_what_there_is() {
    plant(
        "
-- projects/alpha/project.yaml, with --
figures:
  - {id: a, value: 30, unit: percent, label: {ko: 수, en: number}, drawing: discs}
  - {id: b, value: 40, unit: percent, label: {ko: 수, en: number}, drawing: ⟦out-of-range⟧discs}
-- projects/beta/project.yaml, with --
steps:
  title: {ko: 길, en: Way}
  drawing: ⟦out-of-range⟧stations
  items:
    - {title: {ko: 하나, en: One}, text: {ko: 하나다., en: It is one.}}
    - {title: {ko: 둘, en: Two}, text: {ko: 둘이다., en: It is two.}}
-- projects/gamma/project.yaml, with --
figures:
  - {id: a, from: 3, to: 4, unit: percent, label: {ko: 수, en: number}, drawing: ⟦out-of-range⟧growth}
steps:
  title: {ko: 길, en: Way}
  caption: ⟦out-of-range⟧{ko: 그림, en: A drawing}
  items:
    - {title: {ko: 하나, en: One}, text: {ko: 하나다., en: It is one.}}
",
    );
}

#[test]
fn an_alias_takes_no_address_of_the_program() {
    plant(
        "
-- projects/alpha/project.yaml, with --
aliases: [⟦colliding-alias⟧/feed.xml/, ⟦colliding-alias⟧/healthz/, ⟦colliding-alias⟧/.nojekyll/, ⟦colliding-alias⟧/search/old/, ⟦colliding-alias⟧/projects/beta/index.md/, ⟦colliding-alias⟧/search.json/, ⟦colliding-alias⟧/event.ics/old/, ⟦colliding-alias⟧/favicon.ico/]
-- projects/beta/project.yaml, with --
aliases: [/projects/b/, /v1.0/b/, /옛글/]
",
    );
}

#[test]
fn an_alias_takes_no_name_that_hosts_or_smaller_forms_of_files_have() {
    let long = "a".repeat(241);
    let segments = "/a".repeat(501);
    for taken in [
        "feed.xml.br",
        "index.html.gz",
        "about/index.html",
        "a.zst",
        ".git/hooks",
        ".htaccess",
        ".well-known/a",
        "a/.b",
        "_worker.js",
        "_headers",
        "functions/a.js",
        "CNAME",
        "netlify.toml",
        "icon-192.png",
        "favicon.ico",
        "404.html",
        "apple-touch-icon.png",
        "sitemap-2.xml",
        "readyz",
        "assets/a",
    ] {
        plant(&format!(
            "-- projects/alpha/project.yaml, with --\naliases: [⟦colliding-alias⟧/{taken}/]\n"
        ));
    }
    for wrong in [&*long, &segments, "a//b", "a/../b"] {
        plant(&format!(
            "-- projects/alpha/project.yaml, with --\naliases: [⟦invalid-alias⟧/{wrong}/]\n"
        ));
    }
}

#[test]
fn a_site_has_as_many_languages_as_a_page_can_link() {
    let codes = ('a'..='z').flat_map(|a| ["a", "b"].map(|b| format!("{a}{b}")));
    let codes: Vec<String> = codes.collect();
    let content = Content::new("").edit(
        "event.yaml",
        "languages: [ko, en]",
        &format!("languages: [ko, en, {}]", codes.join(", ")),
    );
    let found = problems(&content);
    assert!(found.iter().any(|it| it.starts_with("out-of-range event.yaml:")), "{found:?}");
}

#[test]
fn a_site_has_an_address_that_paths_can_follow() {
    for wrong in [
        "https://e.org/..",
        "https://e.org//evil/",
        "https://e.org/a/./b",
        "\"https://e\\u0085.org/\"",
        "https:///a",
        "https://e.org/a//b",
        "//e.org/",
        "https://e.org/?a",
    ] {
        let content = Content::new(&format!("-- event.yaml, with --\nsite_url: {wrong}\n"));
        let (website, diagnostics) = content.load();
        assert!(website.is_none(), "{wrong}");
        assert!(diagnostics.items().iter().all(|it| it.file == "event.yaml"), "{wrong}");
    }
    for right in
        ["https://e.org", "https://e.org/a/b/", "http://밋업.한국:80/a", "http://[::1]:3000/"]
    {
        plant(&format!("-- event.yaml, with --\nsite_url: \"{right}\"\n"));
    }
}

#[test]
fn a_name_is_one_that_a_file_may_have() {
    let long = "a".repeat(101);
    plant(&format!(
        "-- topics.yaml --\ntopics:\n  - {{id: data, name: {{ko: 데이터, en: Data}}, text: {{ko: 다룬다., en: They do.}}}}\n  - {{id: games, name: {{ko: 게임, en: Games}}, text: {{ko: 만든다., en: They do.}}}}\n  - {{id: ⟦invalid-id⟧{long}, name: {{ko: 길, en: Long}}, text: {{ko: 길다., en: It is long.}}}}\n"
    ));
    plant(
        "-- recap/ko.md --\n그림: ⟦missing-picture⟧![글](<a&#10;b.png>) ⟦missing-picture⟧![글](<a&#27;.png>)\n",
    );
    let picture = format!("{}.png", "a".repeat(240));
    plant(&format!("-- recap/ko.md --\n그림: ⟦missing-picture⟧![글]({picture})\n"));
}

#[test]
fn names_and_titles_fit_where_they_are_shown() {
    let long = "가".repeat(30);
    plant(&format!(
        "
-- glossary.yaml --
terms:
  - {{id: pos, name: {{ko: ⟦too-long⟧{long}, en: Stake}}, text: {{ko: 정한다., en: Decides.}}}}
"
    ));
    plant(&format!("-- labels/ko.yaml --\nglossary: {{title: ⟦too-long⟧{long}}}\n"));
}

#[test]
fn captions_are_read_as_long_as_there_is_memory() {
    let captions = "-- recap/ko.md --\n[받기](talk.vtt)\n";
    let content = Content::new(captions).file("recap/talk.vtt", vec![b'a'; 1 << 20]);
    let folder = content.on_disk();
    let dir = content::ContentDir { memory: 80 << 20, ..dir(folder.path()) };
    let (_, found) = content::load(&dir, content::Drafts::Hide).expect("a folder");
    assert!(listed(&found).iter().any(|it| it.starts_with("too-much-content recap/talk.vtt")));
}

#[test]
fn drawings_are_read_as_long_as_there_is_memory() {
    let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>\n";
    let content = Content::new("-- recap/ko.md --\n지도 ![지도](map.svg)\n");
    let folder = content.file("recap/map.svg", drawing).on_disk();
    let needing = |memory: u64| {
        let dir = content::ContentDir { memory, ..dir(folder.path()) };
        let (_, found) = content::load(&dir, content::Drafts::Hide).expect("a folder");
        listed(&found)
    };
    assert_eq!(needing(80 << 20), Vec::<String>::new());
    let none = needing(64 << 20);
    assert!(matches!(&none[..], [one] if one.starts_with("too-much-content ")), "{none:?}");
}

#[test]
fn labels_say_what_they_are_about_and_what_there_is_to_say() {
    let diagnostics = plant(
        "
-- labels/en.yaml --
language: {direction: ⟦unknown-word⟧left}
numbers:
  range: ⟦missing-placeholder⟧⟦unknown-placeholder⟧\"{from} to {too}\"
  units:
    people: ⟦missing-key⟧{one: one}
    ⟦unknown-word⟧talkers: \"{n}\"
entries:
  count: {one: one talk, other: ⟦missing-placeholder⟧talks}
  ⟦unknown-key⟧speaker: Who
-- labels/ko.yaml --
# Nothing is said differently.
",
    );
    let text = diagnostics.text(false);
    assert!(
        text.contains("did you mean `to`?") && text.contains("did you mean `speakers`?"),
        "{text}"
    );
}

#[test]
fn a_syntax_error_hides_nothing_else_of_the_file() {
    plant(
        "
-- projects/alpha/project.yaml, with --
tagline: {ko: 첫째 이야기, en: The first story}
long_name: A name⟦yaml-syntax⟧: with a colon
updated: ⟦invalid-date⟧2026-02-30
⟦unknown-key⟧draught: true
",
    );
    plant(
        "
-- topics.yaml --
topics:
  - {id: data, name: {ko: 데이터, en: Data}, text: {ko: 다룬다., en: They do.}}
  - {id: games, name: {ko: 게임, en: Games}, text: {ko: 만든다., en: }}⟦yaml-syntax⟧}
  - {id: ⟦invalid-id⟧Art, name: {ko: 예술, en: Art}, text: {ko: 그린다., en: They draw.}}
",
    );
}

#[cfg(target_os = "linux")]
#[test]
fn two_names_that_only_look_different_to_the_disk_are_named() {
    let folder = Content::new("").file("recap/각.png", PNG).on_disk();
    let decomposed = folder.path().join("recap/\u{1100}\u{1161}\u{11a8}.png");
    fs::write(decomposed, PNG).expect("a file");
    let found = listed(&load(folder.path()).1);
    assert_eq!(found, ["duplicate-file recap/각.png:1:1", "unread-file recap/각.png:1:1"]);
}

/// What took a minute and more when the work grew with the square of the input: four times the text is four times the
/// work, as the processor counts it.
#[test]
fn the_work_grows_with_the_text_whatever_it_is() {
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let alone = alone.expect("a thread");
    let now = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).expect("a time");
    let taken = |text: String| {
        let content = Content::new("").file("recap/ko.md", text);
        alone.install(|| {
            let start = now();
            content.load();
            now().saturating_sub(start)
        })
    };
    let texts: [fn(usize) -> String; 10] = [
        |count| "## a\n\n".repeat(count),
        |count| "## a {#b}\n\n".repeat(count),
        |count| "# a\n\n#### b\n\n".repeat(count),
        |count| "a\n===\n\n".repeat(count),
        |count| "[a](/ ".repeat(count),
        |count| "[a] (/b ".repeat(count),
        |count| "**a".repeat(count),
        |count| "![a](a.svg)".repeat(count),
        |count| {
            (0..count).map(|it| format!("## a{it}\n\n[x](#b{it})\n\n")).collect::<Vec<_>>().concat()
        },
        |count| {
            (0..count)
                .map(|it| format!("[x](term:b{it})[x](/projects/b{it}/)\n"))
                .collect::<Vec<_>>()
                .concat()
        },
    ];
    for text in texts {
        let (some, more) = (taken(text(4_000)), taken(text(16_000)));
        assert!(more < some * 8, "{}: {some:?}, then {more:?}", text(1));
    }
}

#[test]
fn a_text_shows_no_more_than_a_page_can_load() {
    let many = |link: &str, times: usize| format!("{link}\n\n").repeat(times);
    let drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>";
    let content = || Content::new("").file("recap/p/a.svg", drawing);
    let found = |text: String| problems(&content().file("recap/ko.md", text));
    assert_eq!(found(many("![가](p/)", 400)), [""; 0]);
    assert_eq!(found(many("![가](p/)", 600)), ["too-many-pictures recap/ko.md:1001:1"]);
    let film = |number: usize| format!("<https://h{number}.example.org/w/abc>\n\n");
    let films: String = (0..20).map(film).collect();
    assert_eq!(found(films + "![가](p/)\n"), ["too-many-players recap/ko.md:33:1"]);
}

#[test]
fn marks_in_one_another_and_names_with_line_ends_are_refused() {
    let text = format!("앞.\n\n{}\n", ">".repeat(90_000));
    let content = Content::new("").file("recap/ko.md", text);
    assert_eq!(problems(&content), ["deep-nesting recap/ko.md:3:1"]);
    let content = Content::new("").file("recap/a\nb.txt", "글");
    assert_eq!(problems(&content), ["invalid-name recap/a\\nb.txt:1:1"]);
}
