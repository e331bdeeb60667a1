use pulldown_cmark::LinkType;

use super::{codes, filled, html, inline, parse, places};
use crate::content::markdown::links;
use crate::model::LinkTarget;

#[test]
fn sections_begin_at_second_level_headings() {
    let source = "머리말\n\n## 하나 *둘* {#one}\n\n본문\n\n### 셋\n\n끝\n\n## [넷](/x/)\n";
    let prose = parse(source).prose;
    assert_eq!(filled(&prose.intro), "<p>머리말</p>\n");
    let [first, second] = prose.sections.as_slice() else {
        panic!("{:?}", prose.sections);
    };
    assert_eq!(first.id, "one");
    assert_eq!(first.heading_text, "하나 둘");
    assert_eq!(filled(&first.heading), "하나 <em>둘</em>");
    assert_eq!(filled(&first.body), "<p>본문</p>\n<h3 id=\"셋\">셋</h3>\n<p>끝</p>\n");
    assert_eq!(filled(&second.heading), "<a href=\"/x/\">넷</a>");
    assert_eq!(second.id, "넷");
    assert!(second.body.text.is_empty());
}

#[test]
fn a_heading_in_a_quotation_begins_no_section() {
    let document = parse("> ## 안\n\n## 밖\n");
    assert_eq!(
        filled(&document.prose.intro),
        "<blockquote>\n<h2 id=\"안\">안</h2>\n</blockquote>\n"
    );
    assert_eq!(document.prose.sections.len(), 1);
    assert_eq!(document.ids.len(), 2);
}

fn ids(source: &str) -> Vec<String> {
    parse(source).ids.into_iter().map(|(id, _)| id).collect()
}

#[test]
fn ids_are_made_of_the_words_and_unique() {
    let source = "## 어떻게 쓰나? (How)\n## Wi-Fi & 5G!\n## 같은 말\n## 같은 말\n## 같은 말\n## …\n\
                  ## 다른 말 {#같은-말-2}\n";
    assert_eq!(
        ids(source),
        [
            "어떻게-쓰나-how",
            "wi-fi-5g",
            "같은-말",
            "같은-말-3",
            "같은-말-4",
            "section",
            "같은-말-2"
        ]
    );
    assert_eq!(codes(&parse(source).problems), [""; 0]);
}

#[test]
fn problems_of_headings_are_located() {
    let source = "# 제목\n\n## 가 {#a}\n\n#### 나\n\n## 다 {#a}\n\n##\n\n## 라 {.class}\n";
    assert_eq!(places(source, "top-heading"), ["# 제목"]);
    assert_eq!(places(source, "skipped-level"), ["#### 나"]);
    assert_eq!(places(source, "duplicate-id"), ["## 다 {#a}"]);
    assert_eq!(places(source, "empty-heading"), ["##"]);
    assert_eq!(places(source, "unsupported-markdown"), ["## 라 {.class}"]);
    assert_eq!(places("### 먼저\n", "skipped-level"), ["### 먼저"]);
    assert_eq!(ids(source), ["제목", "a", "나", "a-2", "section", "라"]);
}

#[test]
fn a_heading_keeps_the_ids_that_it_had() {
    let source = "## 새 이름 {#new was=old was=옛-이름}\n\n### 속 {was=inner}\n\n## old\n\n\
                  ## 다 {#c was=new}\n\n## 라 {#d now=e}\n";
    // The words of the third heading are another's id already.
    assert_eq!(ids(source), ["new", "old", "옛-이름", "속", "inner", "old-2", "c", "d"]);
    let html = html(source);
    for part in [
        "<h2><span id=\"old\"></span><span id=\"옛-이름\"></span>새 이름</h2>",
        "<h3 id=\"속\"><span id=\"inner\"></span>속</h3>",
        "<h2>다</h2>",
    ] {
        assert!(html.contains(part), "{html}");
    }
    assert_eq!(places(source, "duplicate-id"), ["## 다 {#c was=new}"]);
    assert_eq!(places(source, "unsupported-markdown"), ["## 라 {#d now=e}"]);
}

#[test]
fn links_are_located_with_their_destinations() {
    let source = "가 [나(다)](/projects/alpha/#how \"제목\") 라 [PoS](<term:pos>) <https://a.kr> \
                  <a@b.kr> [끝][label] [**마(바)**는](/x/?a=1&b=2)\n\n> [인](\n> /y/)\n\n\
                  [![그림](a.png)](/z/) ![]( b.png )\n\n[label]: /label/\n";
    let document = parse(source);
    let links: Vec<_> = document
        .links
        .iter()
        .map(|link| {
            let destination = link.destination.clone().map(|span| &source[span]);
            (&source[link.span.clone()], link.written.as_str(), destination)
        })
        .collect();
    assert_eq!(
        links,
        [
            (
                "[나(다)](/projects/alpha/#how \"제목\")",
                "/projects/alpha/#how",
                Some("/projects/alpha/#how")
            ),
            ("[PoS](<term:pos>)", "term:pos", Some("term:pos")),
            ("<https://a.kr>", "https://a.kr", Some("https://a.kr")),
            ("<a@b.kr>", "a@b.kr", Some("a@b.kr")),
            ("[끝][label]", "/label/", Some("/label/")),
            ("[**마(바)**는](/x/?a=1&b=2)", "/x/?a=1&b=2", Some("/x/?a=1&b=2")),
            ("[인](\n> /y/)", "/y/", None),
            ("[![그림](a.png)](/z/)", "/z/", Some("/z/")),
            ("![그림](a.png)", "a.png", Some("a.png")),
            ("![]( b.png )", "b.png", Some("b.png")),
        ]
    );
    let markdown = document.prose.markdown.to_markdown(|_| "§".to_owned());
    assert_eq!(
        markdown,
        "가 [나(다)](§ \"제목\") 라 [PoS](<§>) <https://a.kr> <mailto:a@b.kr> [끝][label] \
         [**마(바)**는](§)\n\n> [인](<§>)\n\n[![그림](§)](§) ![]( § )\n\n[label]: §"
    );
}

#[test]
fn links_lead_to_pages_terms_files_or_other_sites() {
    let page = |path: &str, fragment: &str| LinkTarget::Page {
        path: path.into(),
        fragment: fragment.into(),
    };
    let external = "https://example.org";
    for (written, expected) in [
        ("/projects/alpha/#how", page("/projects/alpha/", "how")),
        ("#how", page("", "how")),
        ("term:pos", LinkTarget::Term("pos".into())),
        ("./a.png", LinkTarget::File("projects/x/a.png".into())),
        (external, LinkTarget::External(external.into())),
    ] {
        let target = links::target(LinkType::Inline, written, "projects/x");
        assert_eq!(target, Some(expected), "{written}");
    }
    for written in [
        "javascript:alert(1)",
        "//evil.example",
        "../../../event.yaml",
        "data:text/html,x",
        "/\\evil",
        "",
    ] {
        assert_eq!(links::target(LinkType::Inline, written, "projects/x"), None, "{written}");
    }
}

#[test]
fn links_by_reference_that_lead_nowhere_are_found() {
    let source = "[가][없음] 나 [^1] [그냥 괄호]";
    assert_eq!(places(source, "broken-link"), ["[가][없음]"]);
    assert_eq!(places(source, "unsupported-markdown"), ["[^1]"]);
}

#[test]
fn links_that_stay_visible_are_found() {
    let source = "[가] (/a/) [나](/b /) [다] (라) `[마] (/c/)` [바]  (/d/)";
    assert_eq!(places(source, "literal-link"), ["[가] (/a/)", "[나](/b /)"]);
}

#[test]
fn urls_are_escaped() {
    let escaped = "/en/?a=&quot;1&quot;&amp;b=&lt;2&gt;";
    assert_eq!(
        parse("[가](/x/)")
            .prose
            .intro
            .to_html(|_| "/en/?a=\"1\"&b=<2>".to_owned(), |_| String::new()),
        format!("<p><a href=\"{escaped}\">가</a></p>\n")
    );
}

#[test]
fn pictures_have_alternative_text() {
    let source = "[![가 **나(다)**는 `라`](a.png \"제목\")](/x/) ![ ](b.png)\n![마]( c.png )";
    assert_eq!(
        inline(source),
        "<a href=\"/x/\"><img src=\"projects/alpha/a.png\" alt=\"가 나(다)는 라\" title=\"제목\"></a> \
         <img src=\"projects/alpha/b.png\" alt=\"\">\n<img src=\"projects/alpha/c.png\" alt=\"마\">"
    );
    assert_eq!(places(source, "missing-alt"), ["![ ](b.png)"]);
}

#[test]
fn raw_html_is_found_and_printed_as_text() {
    let source = "가 <b onclick=\"x\">나</b>\n\n<div>\n다\n</div>\n\n<!-- 라 -->\n";
    assert_eq!(
        places(source, "raw-html"),
        ["<b onclick=\"x\">", "<div>\n다\n</div>", "<!-- 라 -->"]
    );
    assert_eq!(
        html(source),
        "<p>가 &lt;b onclick=\"x\"&gt;나&lt;/b&gt;</p>\n\
         <p>&lt;div&gt;\n다\n&lt;/div&gt;\n</p>\n<p>&lt;!-- 라 --&gt;\n</p>\n"
    );
}

#[test]
fn tables_scroll_and_need_no_inline_style() {
    let html = html("가|나|다\n-|:-:|-:\n1|2|3\n");
    for part in [
        "<div class=\"table\"><table>",
        "<th scope=\"col\">가</th><th scope=\"col\" class=\"center\">나</th>",
        "<td>1</td><td class=\"center\">2</td><td class=\"right\">3</td>",
        "</table>\n</div>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn plain_text_holds_the_words_alone() {
    let source = "머리\n말 **가(나)**는 [다](/x/)\n\n## 제목 {#id}\n\n- 하나\n  - 둘\n- 셋\n\n\
                  가|나\n-|-\n1|2\n\n![그림](a.png)\n\n`코드`와 &amp;\n";
    assert_eq!(
        parse(source).prose.text(),
        "머리 말 가(나)는 다\n제목\n하나\n둘\n셋\n가 나\n1 2\n코드와 &"
    );
}
