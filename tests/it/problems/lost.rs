//! What an editor writes and no reader would see, or see otherwise: it works, or is named.

use crate::support::{Content, main_of, page, plant, problems};

#[test]
fn what_the_parser_takes_as_syntax_is_named() {
    plant(
        "
-- recap/ko.md --
앞.

⟦not-shown⟧[Question]: Why?
⟦not-shown⟧[질문]: 왜?
[쓰인 것]: /search/
⟦not-shown⟧[쓰인 것]: /about/

[//]: # (다른 편집자에게)
[주의]: 이메일은 나중에

| 가 | 나 |
| --- | --- |
| 1 | 2 | ⟦not-shown⟧셋째 칸 |
| `x\\|y` |

[글][쓰인 것]

⟦not-shown⟧[^아무도]: 각주.

⟦underlined-heading⟧문단
---

    ⟦indented-code⟧네 칸

⟦unclosed-fence⟧```
코드
",
    );
}

#[test]
fn dates_and_numbers_stay_what_they_are() {
    plant(
        "
-- recap/ko.md --
⟦accidental-list⟧2018. 6. 17. 서울에서 열렸다.

글 2018. 6. 17. 가운데.

⟦accidental-list⟧11. 17. 모임은 끝났다.

글

1. 하나
⟦renumbered-list⟧3. 셋
7. 일곱

글

1. 하나
1. 둘

글

5. 다섯
6. 여섯
",
    );
    let content = Content::new("-- recap/ko.md --\n2018\\. 6. 17. 서울에서 열렸다.\n");
    assert!(problems(&content).is_empty());
}

#[test]
fn facts_above_a_text_are_named_once() {
    for text in ["---\ntitle: A\nauthor: B\n---\n\n글.\n", "+++\ntitle = 'A'\n+++\n\n글.\n"] {
        let content = Content::new("").file("recap/ko.md", text);
        assert_eq!(problems(&content), ["front-matter recap/ko.md:1:1"]);
    }
    plant("-- recap/ko.md --\n---\n\n글.\n\n---\n");
}

#[test]
fn marks_of_other_dialects_are_named() {
    for mark in [
        "##제목",
        "##\u{a0}제목",
        "##\u{3000}제목",
        "＃＃ 제목",
        "-항목",
        "1.항목",
        "1)항목",
        "• 하나",
        "\u{f0b7}\t하나",
        "①하나\n②둘",
        "가. 하나\n나. 둘",
        "(1) 하나\n(2) 둘",
        "글 ==x== 글",
        "글 ++x++",
        "글 ||x||",
        "글 ＊＊굵게＊＊",
        "글 :smile: 글",
        "글 $x^2$ 글",
        "H~2~O",
        "x^2^",
        "> [!NOTE]\n> 글",
        "> [!tip] 글",
        ":::note\n글\n:::",
        "!!! note",
        "용어\n: 뜻",
        "글 [[RRC]] 글",
        "![[a.png]]",
        "{{< figure >}}",
        "{% include x %}",
        "[TOC]",
        "[[_TOC_]]",
        "{:toc}",
        "*[HTML]: Hyper",
        "%%숨김%%",
        "글 ^[각주] 글",
        "글 [^9] 글",
        "글 [b]굵게[/b] 글",
        "글 {.red} 글",
        "(글)[/search/]",
        "== 제목 ==",
        "h2. 제목",
        ".. note:: 글",
        "| 가 | 나 |\n| 1 | 2 |",
        "［글］（/search/）",
        "–하나\n–둘",
    ] {
        let content = Content::new("").file("recap/ko.md", format!("앞.\n\n{mark}\n\n뒤.\n"));
        let found = problems(&content);
        let told = found.iter().filter(|it| it.starts_with("unsupported-markdown recap/ko.md:"));
        let others = found.iter().filter(|it| !it.starts_with("missing-glyph"));
        assert_eq!((told.count(), others.count()), (1, 1), "{mark}: {found:?}");
    }
    for prose in [
        "C++와 Java++, a == b, 10:30:45, 5~10명, $5와 $6, (^_^)",
        "- 2.0버전, 3)",
        "글 – 글",
        "\\##제목",
        "`[[글]]`과 `==x==`",
        "① 하나",
        "· 하나",
        "그는 [말]했다. 100%%",
        "*부가세 별도",
        "-5도였다.",
        "2.5배",
        "a_b:c",
        "https://example.org/a==b==c",
    ] {
        let content = Content::new("").file("recap/ko.md", format!("앞.\n\n{prose}\n\n뒤.\n"));
        let found = problems(&content);
        assert!(!found.iter().any(|it| it.starts_with("unsupported")), "{prose}: {found:?}");
    }
}

#[test]
fn tasks_footnotes_and_bare_addresses_work() {
    let text = "-- recap/ko.md --\n- [ ] 할 일\n- [x] 한 일\n\n각주[^1]는 https://example.org/a_b에 있고(www.example.org), desk@example.org로 묻는다[^둘].\n\n\
        [^1]: 각주의 글.\n[^둘]: 또 하나.\n\n## 끝\n\n끝이다[^1].\n";
    let html = page(text, "/");
    let main = main_of(&html);
    for part in [
        "<a href=\"https://example.org/a_b\">https://example.org/a_b</a>에",
        "<a href=\"https://www.example.org\">www.example.org</a>)",
        "<a href=\"mailto:desk@example.org\">desk@example.org</a>로",
        "☐</span> 할 일",
        "☑</span> 한 일",
        "<a href=\"#note-1\">1</a>",
        "<li id=\"note-2\">\n<p>또 하나.</p>",
    ] {
        assert!(main.contains(part), "{part}\n{main}");
    }
    assert!(!main.contains("[^") && !main.contains("[x]"), "{main}");
}

#[test]
fn names_with_blanks_stand_in_angle_brackets() {
    let diagnostics = plant(
        "-- recap/ko.md --\n그림 ⟦literal-link⟧[무대](무대 사진.pdf)과 ⟦literal-link⟧[글](/search/\n",
    );
    let fixes: Vec<_> = diagnostics.items().iter().filter_map(|it| it.fix.clone()).collect();
    assert_eq!(fixes[0].replacement, "<무대 사진.pdf>");
}

#[test]
fn lines_of_japanese_are_joined() {
    let site = Content::new(
        "-- event.yaml, with --\nlanguages: [ja, ko, en]\ndescription:\n  ja: >-\n    貸し出す事業\n    である。\n  ko: >-\n    빌려주는\n    사업\n  en: x\n\
         -- recap/ja.md --\n貸し出す**事業**\nである。\n-- recap/ko.md --\n빌려주는\n사업.\n",
    )
    .site();
    let home = crate::support::page_of(&site, "/");
    assert!(home.contains("<strong>事業</strong>である。"), "{home}");
    assert!(home.contains("content=\"貸し出す事業である。\""));
    assert!(crate::support::page_of(&site, "/ko/").contains("빌려주는\n사업."));
}

#[test]
fn a_text_that_a_comment_cuts_is_named() {
    plant(
        "
-- projects/beta/project.yaml, with --
tagline:
  ko: 세계 ⟦yaml-comment⟧#1 연산력 사업
  en: \"Ranked #1\" #quoted
standfirst: {ko: 세계, en: all} # a comment
",
    );
}

#[test]
fn what_keyboards_put_in_place_of_yaml_is_named_and_mended() {
    for (facts, line, word) in [
        ("name: B\nsyllable:\n\u{a0}\u{a0}text: 가\n  reading: ga\n  meaning: x\n", 3, "U+00A0"),
        ("order:\u{a0}3\nname: B\n", 1, "U+00A0"),
        ("name： B\n", 1, "full-width"),
        ("name:B\ntagline: x\n", 1, "blank"),
        ("name = B\ntagline: x\n", 1, "key: value"),
        ("name: B\naliases:\n– /b/\n", 3, "`-`"),
        ("name: B\ntopics: data\n", 2, "[data]"),
        ("name: \"B”\ntagline: x\n", 1, "quotation mark"),
        ("Name: B\n", 1, "`name`"),
        ("name: B\nlong\u{200b}_name: x\n", 2, "zero-width"),
        ("name: B\nupdated: ２０26-11-20\n", 2, "full-width"),
        ("name: B\ntagline: {ko: 가, en: one, two and three}\n", 2, "comma"),
    ] {
        let content = Content::new("-- event.yaml, with --\nname: {ko: 가, en: A}\n")
            .file("projects/beta/project.yaml", facts);
        let (_, found) = content.load();
        let told: Vec<_> =
            found.items().iter().filter(|it| it.file.starts_with("projects/beta/")).collect();
        let [one] = &told[..] else { panic!("{facts}\n{}", found.text(false)) };
        let words = format!("{} {}", one.message, one.help.clone().unwrap_or_default());
        assert_eq!((found.start(one).line, words.contains(word)), (line, true), "{facts}\n{words}");
    }
    plant("-- projects/beta/project.yaml --\nname: B\norder⟦yaml-character⟧:\u{a0}7\n");
}

#[test]
fn marks_that_were_meant_to_be_seen_are_named() {
    plant(
        "
-- recap/ko.md --
크기는 5⟦not-shown⟧*6*7 cm, 가격⟦not-shown⟧*수량*할인.

파이썬의 ⟦not-shown⟧__init__ 과 /home/⟦not-shown⟧_site_/x 길, ^⟦not-shown⟧_^ 그리고 >_< 웃음.

길은 ⟦not-shown⟧C:\\[new] 이고 ⟦not-shown⟧\\\\server\\_share 이다.

*강조*와 **굵게**를, 2 * 3 * 4, `5*6*7`, snake_case_name, C:\\\\new는 된다.

⟦empty-link⟧[](/search/) 여기.

## 집합 {#set}

⟦unsupported-markdown⟧## 집합 {1, 2}
",
    );
}

#[test]
fn lines_that_become_a_part_of_what_stands_above_are_named() {
    plant(
        "
-- recap/ko.md --
글[^1].

| 가 | 나 |
| --- | --- |
| 1 | 2 |
⟦joined-line⟧표 아래의 글

[^1]: 각주.
⟦joined-line⟧각주 아래의 글
",
    );
}

#[test]
fn lists_and_tables_as_word_processors_paste_them_are_named() {
    plant(
        "
-- recap/ko.md --
⟦unsupported-markdown⟧o\t하나
o\t둘

⟦unsupported-markdown⟧-\u{a0}셋

⟦unsupported-markdown⟧이름\t나이
하나\t3
",
    );
}

#[test]
fn texts_of_facts_lose_no_word() {
    plant(
        "-- projects/alpha/project.yaml, with --\ntagline: {ko: 알파, en: ⟦unsupported-markdown⟧'**Eleven** [one](/search/)'}\n",
    );
    plant(
        "-- projects/alpha/project.yaml, with --\ntagline: {ko: 알파, en: ⟦yaml-syntax⟧!lights on}\n",
    );
    plant(
        "-- projects/alpha/project.yaml, with --\ntagline: {ko: 알파, en: ⟦yaml-syntax⟧&friends in town}\n",
    );
}

#[test]
fn what_a_merge_left_is_one_problem() {
    plant(
        "
-- recap/ko.md --
앞.

⟦merge-conflict⟧<<<<<<< HEAD
하나.
=======
둘.
>>>>>>> theirs
-- projects/beta/project.yaml, with --
⟦merge-conflict⟧<<<<<<< HEAD
topics: [data]
=======
topics: [games]
>>>>>>> theirs
",
    );
}

#[test]
fn an_index_in_brackets_is_text() {
    assert_eq!(
        problems(&Content::new("-- recap/ko.md --\n배열 a[i][j]와 문헌 [1][2].\n")),
        [""; 0]
    );
}
