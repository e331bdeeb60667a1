//! Faults of write-ups and drawings.

use crate::support::{Content, attributes, page, plant, problems};

#[test]
fn html_is_not_accepted() {
    plant(
        "
-- recap/ko.md --
굵은 ⟦raw-html⟧<b>글</b>이다.

⟦raw-html⟧<div>
묶음
</div>

- 목록의 ⟦raw-html⟧<!-- 숨은 --> 글, `<b>`와 \\<b>는 된다.
",
    );
}

#[test]
fn headings_begin_at_the_second_level_skip_none_and_say_something() {
    plant(
        "
-- recap/ko.md --
⟦top-heading⟧# 제목

## 첫째

⟦skipped-level⟧#### 셋째

⟦empty-heading⟧## {#empty}

- ⟦empty-heading⟧##
",
    );
}

#[test]
fn two_headings_do_not_share_an_id() {
    plant("-- recap/ko.md --\n## 하나 {#one}\n\n- 목록\n\n  ⟦duplicate-id⟧## 둘 {#one}\n");
}

#[test]
fn no_heading_takes_an_id_of_the_page_itself() {
    let aside = "-- event.yaml, with --\naside: aside\nseries: [{city: {ko: 도쿄, en: Tokyo}, country: {ko: 일본, en: Japan}, note: {ko: 첫, en: first}}]\n-- recap/ko.md --\n## 별지 {#aside}\n-- recap/en.md --\n## Slip {#aside}\n";
    let figures = "-- projects/beta/project.yaml, with --\nfigures: [{id: a, value: 1, unit: usd, label: {ko: 값, en: value}}]\nsteps: {title: {ko: 차례, en: Steps}, items: []}\n";
    for (text, path, file) in [
        (aside.to_owned() + figures, "/", "recap/ko.md"),
        (figures.to_owned(), "/projects/beta/", "projects/beta/ko.md"),
        (String::new(), "/about/", "pages/about/ko.md"),
    ] {
        let ids = attributes(&page(&text, path), "id");
        assert!(ids.contains(&"main".to_owned()), "{ids:?}");
        for id in ids.iter().filter(|id| *id != "aside") {
            let content = Content::new(&text).file(file, format!("글\n\n## 제목 {{#{id}}}\n"));
            let expected = format!("duplicate-id {file}:3:1");
            assert!(problems(&content).contains(&expected), "{path} has its own #{id}");
        }
    }
}

#[test]
fn marks_that_stay_visible_are_warned_of() {
    let diagnostics = plant(
        "
-- recap/ko.md --
한국어 ⟦literal-emphasis⟧**굵게 ** 썼다.

- 목록의 ⟦literal-emphasis⟧**굵게 끝
- 값은 2*3이고 `**코드**`는 그대로다.
",
    );
    assert_eq!(diagnostics.errors(), 0);
    assert!(diagnostics.text(false).contains("put `**` right beside the words"));
}

#[test]
fn pictures_are_there_and_described() {
    plant(
        "
-- projects/beta/ko.md --
그림 ⟦missing-alt⟧![](a.svg)과 ⟦missing-picture⟧![지도](없음.png), ⟦missing-picture⟧![표](표.txt)
-- projects/beta/a.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>
",
    );
}

#[test]
fn files_are_of_kinds_that_are_shown_or_served() {
    plant(
        "
-- recap/ko.md --
![그림](a.png) ![그림](b.tiff) [글](c.html)
-- recap/a.png --
⟦invalid-picture⟧
-- recap/b.tiff --
⟦unshown-picture⟧
-- recap/c.html --
⟦unserved-file⟧
",
    );
}

#[test]
fn pictures_stand_beside_their_text() {
    plant(
        "
-- projects/beta/ko.md --
그림 ⟦remote-picture⟧![가](https://evil.example/a.png), ⟦remote-picture⟧![나](//evil.example/a.png), ⟦remote-picture⟧![다](HTTP://evil.example/a.svg), ⟦remote-picture⟧![라][밖]

| [⟦remote-picture⟧![마](http://evil.example/a.png)](https://example.org) |
| --- |
| ⟦missing-picture⟧![바](/projects/alpha/)와 ⟦missing-picture⟧![사](term:node)와 ⟦missing-picture⟧![아](data:,a)와 ⟦missing-picture⟧![자](mailto:a@example.org) |

[밖]: <https://evil.example/b.png> \"그림\"
",
    );
}

#[test]
fn links_lead_somewhere() {
    plant(
        "
-- projects/beta/ko.md --
한글 ⟦broken-link⟧[가](/없음/), ⟦broken-link⟧[나](javascript:alert), ⟦broken-link⟧[다](//example.org), ⟦broken-link⟧[라](../alpha/ko.md)

[찾기](/search/)와 [마](/projects/alpha/#how)는 되고 ⟦broken-fragment⟧[바](/projects/alpha/#why), ⟦broken-fragment⟧[사](#여기)는 안 된다.

⟦broken-link⟧[언어](/en/about/)가 든 길과 ⟦broken-link⟧[빗금](/about)이 빠진 길도 안 된다.

⟦broken-link⟧[이름][없음]과 ⟦unknown-term⟧[낱말](term:없음), [노드](term:node)
",
    );
}

#[test]
fn a_fragment_is_looked_for_in_the_language_of_the_link() {
    plant(
        "
-- projects/alpha/ko.md --
⟦unlike-headings⟧## 방법 {#how}
-- projects/alpha/en.md --
⟦unlike-headings⟧## Reasons {#reasons}
-- recap/ko.md --
한국어 글에서 [방법](/projects/alpha/#how)
-- recap/en.md --
From English: ⟦broken-fragment⟧[how](/projects/alpha/#how), [why](/projects/alpha/#reasons)
",
    );
}

#[test]
fn marks_of_other_dialects_are_warned_of() {
    plant(
        "
-- recap/ko.md --
⟦unsupported-markdown⟧## 제목 {.wide}

글에 단 ⟦unsupported-markdown⟧[^1] 각주
",
    );
}

#[test]
fn a_drawing_only_draws() {
    plant(
        "
-- projects/alpha/emblem.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\">
<title>그림</title><g>⟦invalid-svg⟧</title></g>
</svg>
-- projects/beta/emblem.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\">
<title>그림</title><⟦invalid-svg⟧script/>
<!-- 주석 --><circle ⟦invalid-svg⟧onload=\"alert(1)\" r=\"1\"/>
</svg>
-- projects/gamma/emblem.svg --
⟦invalid-svg⟧<!DOCTYPE svg>
<svg viewBox=\"0 0 12 12\"/>
-- emblem.svg --
⟦invalid-svg⟧
<g/>
",
    );
}

#[test]
fn characters_that_the_font_lacks_are_named_once_a_file() {
    let diagnostics = plant(
        "
-- recap/ko.md --
밋업이 열렸다.

다음은 ⟦missing-glyph⟧未來, 다시 尚.
-- projects/beta/project.yaml, with --
# 未 in a comment is nobody's reading.
tagline: {ko: 웃는 ⟦missing-glyph⟧😀 얼굴, en: a face}
",
    );
    let messages: Vec<&str> = diagnostics.items().iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "the site’s font lacks 😀 (U+1F600)",
            "the site’s font lacks 來 (U+4F86), 尚 (U+5C1A), 未 (U+672A)",
        ]
    );
}

#[test]
fn joiners_and_variation_selectors_need_no_glyph() {
    plant("-- recap/ko.md --\n밋업\u{200b} 글\u{fe0f}\u{200d}.\n");
}
