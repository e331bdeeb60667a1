use super::{html, inline, parse, places};

/// Markdown, and the inline HTML it should become.
const MENDED: &[(&str, &str)] = &[
    // A closing run between punctuation and a particle.
    ("**데이터(Data)**은", "<strong>데이터(Data)</strong>은"),
    ("**\"인용\"**이라고", "<strong>\"인용\"</strong>이라고"),
    ("**'인용'**이라고", "<strong>'인용'</strong>이라고"),
    ("**“인용”**이라고", "<strong>“인용”</strong>이라고"),
    ("**‘인용’**이라고", "<strong>‘인용’</strong>이라고"),
    ("**「중요」**입니다", "<strong>「중요」</strong>입니다"),
    ("**『책』**을", "<strong>『책』</strong>을"),
    ("**〈글〉**을", "<strong>〈글〉</strong>을"),
    ("**《책》**을", "<strong>《책》</strong>을"),
    ("**[대괄호]**를", "<strong>[대괄호]</strong>를"),
    ("**50%**가", "<strong>50%</strong>가"),
    ("**끝.**이라고", "<strong>끝.</strong>이라고"),
    ("**뭐?**라고", "<strong>뭐?</strong>라고"),
    ("**글쎄…**라고", "<strong>글쎄…</strong>라고"),
    ("**㈜블록**은", "<strong>㈜블록</strong>은"),
    ("**안녕(hello)**하세요.", "<strong>안녕(hello)</strong>하세요."),
    ("*강조!*입니다", "<em>강조!</em>입니다"),
    ("~~취소(됨)~~은", "<del>취소(됨)</del>은"),
    // An opening run between a letter and punctuation.
    ("앞**(중요)**", "앞<strong>(중요)</strong>"),
    ("앞**(중요)**뒤", "앞<strong>(중요)</strong>뒤"),
    ("앞*“말”*뒤", "앞<em>“말”</em>뒤"),
    ("주최**㈜블록**은", "주최<strong>㈜블록</strong>은"),
    // Wide punctuation counts as a letter, so the letter outside may be of any script.
    ("A**「가」**B", "A<strong>「가」</strong>B"),
    // Beside code, links, images, escapes, entities.
    ("**`npm publish`**를", "<strong><code>npm publish</code></strong>를"),
    ("앞**`code`**뒤", "앞<strong><code>code</code></strong>뒤"),
    ("**이 [링크](/x/)**만", "<strong>이 <a href=\"/x/\">링크</a></strong>만"),
    ("**<https://a.kr>**은", "<strong><a href=\"https://a.kr\">https://a.kr</a></strong>은"),
    ("**별\\***은", "<strong>별*</strong>은"),
    ("**가&amp;**은", "<strong>가&amp;</strong>은"),
    ("[**블록(체인)**은](/x/)", "<a href=\"/x/\"><strong>블록(체인)</strong>은</a>"),
    ("[가(나)](/x/)**(다)**라", "<a href=\"/x/\">가(나)</a><strong>(다)</strong>라"),
    // Nested.
    ("***강조(둘)***은", "<em><strong>강조(둘)</strong></em>은"),
    (
        "**굵게 *기울임(안)*은 끝(둘)**이다",
        "<strong>굵게 <em>기울임(안)</em>은 끝(둘)</strong>이다",
    ),
    ("***굵게(둘)** 기울임(셋)*은", "<em><strong>굵게(둘)</strong> 기울임(셋)</em>은"),
    ("*기울임 **굵게(둘)***은", "<em>기울임 <strong>굵게(둘)</strong></em>은"),
    ("**_기울임_**는", "<strong><em>기울임</em></strong>는"),
    ("**_기울임(둘)_**는", "<strong><em>기울임(둘)</em></strong>는"),
    ("앞**~~가(나)~~**는", "앞<strong><del>가(나)</del></strong>는"),
    ("~~**가(나)**~~는", "<del><strong>가(나)</strong></del>는"),
    // Several in a line, and across lines.
    (
        "**가(A)**는 **나(B)**와 앞**(다)**를",
        "<strong>가(A)</strong>는 <strong>나(B)</strong>와 앞<strong>(다)</strong>를",
    ),
    ("**가(A)**는 앞**(다)**", "<strong>가(A)</strong>는 앞<strong>(다)</strong>"),
    ("**첫 줄(가)\n둘째 줄(나)**은", "<strong>첫 줄(가)\n둘째 줄(나)</strong>은"),
    ("첫 줄\n**둘째(나)**은", "첫 줄\n<strong>둘째(나)</strong>은"),
];

#[test]
fn bold_works_beside_a_particle() {
    for (source, expected) in MENDED {
        assert_eq!(inline(source), *expected, "{source}");
        assert!(places(source, "literal-emphasis").is_empty(), "{source}");
    }
}

#[test]
fn bold_works_beside_a_particle_in_every_block() {
    for (source, inner) in MENDED.iter().filter(|(source, _)| !source.contains('\n')) {
        let cases = [
            (format!("- {source}\n- 둘"), format!("<li>{inner}</li>\n<li>둘")),
            (format!("> {source}"), format!("<p>{inner}</p>")),
            (format!(">{source}"), format!("<p>{inner}</p>")),
            (format!("## {source}"), format!("<h2>{inner}</h2>")),
            (format!("### {source} {{#a}}"), format!("<h3 id=\"a\">{inner}</h3>")),
            (format!("{source}\n==="), format!("\">{inner}</h1>")),
            (
                format!("|{source}| {source} |\n|-|-|\n| {source} |{source}|"),
                format!("<td>{inner}</td>"),
            ),
        ];
        for (source, expected) in cases {
            let html = html(&source);
            assert!(html.contains(&expected), "{source}\n{html}");
            assert!(places(&source, "literal-emphasis").is_empty(), "{source}");
        }
    }
}

#[test]
fn the_first_cell_of_a_row_may_begin_and_end_bold() {
    let html = html("|**가(나)**는|**다**|\n|-|-|\n|**「라」**|**마!**|\n");
    assert!(html.contains("<th scope=\"col\"><strong>가(나)</strong>는</th>"), "{html}");
    assert!(html.contains("<td><strong>「라」</strong></td>"), "{html}");
    assert!(html.contains("<td><strong>마!</strong></td>"), "{html}");
}

#[test]
fn what_commonmark_renders_well_stays_as_it_is() {
    let cases = [
        ("**굵게**는 *기울임*은", "<strong>굵게</strong>는 <em>기울임</em>은"),
        ("\"**인용**\"이라고", "\"<strong>인용</strong>\"이라고"),
        ("(**가**)와 (*나*)", "(<strong>가</strong>)와 (<em>나</em>)"),
        ("「**가**」는", "「<strong>가</strong>」는"),
        ("**가**, *나*.", "<strong>가</strong>, <em>나</em>."),
        ("a * b * c", "a * b * c"),
        ("snake_case_name", "snake_case_name"),
        ("한글_이름(가)_값", "한글_이름(가)_값"),
        ("5~~6", "5~~6"),
        ("\\*literal\\*", "*literal*"),
        ("\\*\\*가(나)\\*\\*는", "**가(나)**는"),
        ("** 는", "** 는"),
        ("\"**\"는 별 둘", "\"**\"는 별 둘"),
        ("2*3", "2*3"),
        ("2*3*4", "2<em>3</em>4"),
        ("(1+2)*3", "(1+2)*3"),
        ("2*(3+4)*5", "2*(3+4)*5"),
        ("2**10은 1024", "2**10은 1024"),
        ("가격*, 수량*", "가격*, 수량*"),
        ("(가격*)과 (수량*)은", "(가격*)과 (수량*)은"),
        ("가격*. 수량*", "가격*. 수량*"),
        ("*부가세 별도", "*부가세 별도"),
        ("좋아요~~ 정말~~", "좋아요~~ 정말~~"),
        ("와~~~ 010-****-1234", "와~~~ 010-****-1234"),
        ("약 ~5명에서 6~7명, 6월~7월", "약 ~5명에서 6~7명, 6월~7월"),
        ("이름: ____ (인)", "이름: ____ (인)"),
    ];
    for (source, expected) in cases {
        assert_eq!(inline(source), expected, "{source}");
        assert!(places(source, "literal-emphasis").is_empty(), "{source}");
    }
}

#[test]
fn code_addresses_and_html_are_untouched() {
    let cases = [
        ("`**가(나)**는`", "<code>**가(나)**는</code>"),
        ("`` ` **가(나)**는 ``", "<code>` **가(나)**는</code>"),
        ("```\n**가(나)**는\n```", "<pre><code>**가(나)**는\n</code></pre>\n"),
        ("    **가(나)**는", "<pre><code>**가(나)**는</code></pre>\n"),
        ("<i 가=\")**은\">", "&lt;i 가=\")**은\"&gt;"),
        ("<i a=\")**은\">", "&lt;i a=\")**은\"&gt;"),
    ];
    for (source, expected) in cases {
        assert_eq!(inline(source), expected, "{source}");
    }
    let source = "[가(나)](/a_(b)**은 \"제목(가)**은\") <https://a.kr/)**은>";
    assert_eq!(
        inline(source),
        "<a href=\"/a_(b)**은\" title=\"제목(가)**은\">가(나)</a> \
         <a href=\"https://a.kr/)**은\">https://a.kr/)**은</a>"
    );
}

#[test]
fn a_label_with_bold_words_finds_its_definition() {
    let source = "[**블록(체인)**은]\n\n[**블록(체인)**은]: /x/ \"제목\"\n";
    assert_eq!(inline(source), "<a href=\"/x/\" title=\"제목\"><strong>블록(체인)</strong>은</a>");
    let document = parse(source);
    assert!(document.links[0].destination.is_some());
    assert!(document.problems.is_empty(), "{:?}", document.problems);
}

#[test]
fn the_authors_own_unusual_characters_survive() {
    assert_eq!(inline("⠁**가(나)**는 ⠂ &#x2803;"), "⠁<strong>가(나)</strong>는 ⠂ ⠃");
    let all: String = ('\u{2800}'..='\u{28FF}').collect();
    let source = format!("{all} **가(나)**는");
    assert_eq!(inline(&source), source);
    assert_eq!(places(&source, "literal-emphasis"), ["**가(나)**"]);
}

#[test]
fn marks_that_stay_visible_are_found() {
    let cases: &[(&str, &[&str])] = &[
        ("이것은 **굵게 쓴 글", &["**"]),
        ("**굵게 쓴 글", &["**"]),
        ("굵게 쓴** 글", &["**"]),
        ("** 굵게 **", &["** 굵게 **"]),
        ("가 ** 굵게** 나", &["** 굵게**"]),
        ("가 **굵게 ** 나", &["**굵게 **"]),
        ("**약(約)**100명과 **나(B)**은", &["**약(約)**"]),
        ("ABC**(에이비씨)**는", &["**(에이비씨)**"]),
        ("***굵게**", &["*"]),
        ("**굵게***", &["*"]),
        ("이것은 *기울인 글", &["*"]),
        ("_기울임_은", &["_기울임_"]),
        ("__굵게(둘)__는", &["__굵게(둘)__"]),
        ("~~ 취소 ~~", &["~~ 취소 ~~"]),
        ("이것은 ~~취소", &["~~"]),
        ("~취소~", &["~취소~"]),
        ("| **가 | 나** |\n|-|-|\n", &["**", "**"]),
        ("[**가](/x/) 나**", &["**", "**"]),
        ("- **가\n- 나**", &["**", "**"]),
        ("## **가\n\n> ** 나 **\n", &["**", "** 나 **"]),
        ("**가\n나", &["**"]),
    ];
    for (source, expected) in cases {
        assert_eq!(places(source, "literal-emphasis"), *expected, "{source}");
    }
}

#[test]
fn a_forgotten_mark_spoils_no_bold_in_brackets_or_quotation_marks() {
    let cases = [
        ("**가 (**나**)", "**가 (<strong>나</strong>)"),
        ("**가 \"**나**\"", "**가 \"<strong>나</strong>\""),
        ("**가 「**나**」", "**가 「<strong>나</strong>」"),
    ];
    for (source, expected) in cases {
        assert_eq!(inline(source), expected, "{source}");
        assert_eq!(places(source, "literal-emphasis"), ["**"], "{source}");
    }
}

#[test]
fn one_tilde_is_printed() {
    assert_eq!(inline("~취소~ ~~취소~~"), "~취소~ <del>취소</del>");
}
