use super::{LintKind, fragments, html, inline, places};
use crate::content::markdown::{Fragment, parse};

#[test]
fn sections_begin_at_second_level_headings() {
    let source = "머리말\n\n## 하나 *둘* {#one}\n\n본문\n\n### 셋\n\n끝\n\n## [넷](/x/)\n";
    let document = parse(source);
    assert_eq!(fragments(&document.intro), "<p>머리말</p>\n");
    let [first, second] = document.sections.as_slice() else {
        panic!("{:?}", document.sections);
    };
    assert_eq!(first.id, "one");
    assert_eq!(first.heading_text, "하나 둘");
    assert_eq!(fragments(&first.heading), "하나 <em>둘</em>");
    assert_eq!(&source[first.heading_span.clone()], "## 하나 *둘* {#one}");
    assert_eq!(
        fragments(&first.body),
        "<p>본문</p>\n<h3 id=\"셋\">셋</h3>\n<p>끝</p>\n"
    );
    assert_eq!(fragments(&second.heading), "<a href=\"§0\">넷</a>");
    assert_eq!(second.id, "넷");
    assert!(second.body.is_empty());
}

#[test]
fn a_heading_in_a_quotation_begins_no_section() {
    let document = parse("> ## 안\n\n## 밖\n");
    assert_eq!(
        fragments(&document.intro),
        "<blockquote>\n<h2 id=\"안\">안</h2>\n</blockquote>\n"
    );
    assert_eq!(document.sections.len(), 1);
    assert_eq!(document.headings.len(), 2);
}

#[test]
fn ids_are_made_of_the_words_and_unique() {
    let source = "## 어떻게 쓰나? (How)\n## Wi-Fi & 5G!\n## 같은 말\n## 같은 말\n## 같은 말\n## …\n\
                  ## 다른 말 {#같은-말-2}\n";
    let document = parse(source);
    let ids: Vec<_> = document
        .headings
        .iter()
        .map(|heading| heading.id.as_str())
        .collect();
    assert_eq!(
        ids,
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
    let explicit: Vec<_> = document
        .headings
        .iter()
        .map(|heading| heading.explicit_id)
        .collect();
    assert_eq!(explicit, [false, false, false, false, false, false, true]);
    assert!(document.lints.is_empty(), "{:?}", document.lints);
}

#[test]
fn problems_of_headings_are_located() {
    let source = "# 제목\n\n## 가 {#a}\n\n#### 나\n\n## 다 {#a}\n\n##\n\n## 라 {.class}\n";
    assert_eq!(places(source, LintKind::TopHeading), ["# 제목"]);
    assert_eq!(places(source, LintKind::SkippedLevel), ["#### 나"]);
    assert_eq!(places(source, LintKind::DuplicateId), ["## 다 {#a}"]);
    assert_eq!(places(source, LintKind::EmptyHeading), ["##"]);
    assert_eq!(places(source, LintKind::Unsupported), ["## 라 {.class}"]);
    assert_eq!(places("### 먼저\n", LintKind::SkippedLevel), ["### 먼저"]);
    let ids: Vec<_> = parse(source)
        .headings
        .into_iter()
        .map(|heading| heading.id)
        .collect();
    assert_eq!(ids, ["제목", "a", "나", "a-2", "section", "라"]);
}

#[test]
fn a_heading_keeps_the_ids_that_it_had() {
    let source = "## 새 이름 {#new was=old was=옛-이름}\n\n### 속 {was=inner}\n\n## old\n\n\
                  ## 다 {#c was=new}\n\n## 라 {#d now=e}\n";
    let document = parse(source);
    let ids = document.headings.iter();
    let ids: Vec<_> = ids
        .map(|it| (it.id.as_str(), it.former.as_slice()))
        .collect();
    let former = |ids: &[&str]| ids.iter().map(|&id| id.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        ids,
        [
            ("new", &*former(&["old", "옛-이름"])),
            ("속", &*former(&["inner"])),
            // Made of its words, which are another's already.
            ("old-2", &*former(&[])),
            ("c", &*former(&[])),
            ("d", &*former(&[])),
        ]
    );
    assert_eq!(
        fragments(&document.sections[0].heading),
        "<span id=\"old\"></span><span id=\"옛-이름\"></span>새 이름"
    );
    assert_eq!(
        places(source, LintKind::DuplicateId),
        ["## 다 {#c was=new}"]
    );
    assert_eq!(places(source, LintKind::Unsupported), ["## 라 {#d now=e}"]);
}

#[test]
fn links_are_located_with_their_destinations() {
    let source = "가 [나(다)](/projects/rrc/#how \"제목\") 라 [PoS](<term:pos>) <https://a.kr> \
                  <a@b.kr> [끝][label] [**마(바)**는](/x/?a=1&b=2)\n\n> [인](\n> /y/)\n\n\
                  [label]: /label/\n";
    let document = parse(source);
    let links: Vec<_> = document
        .links
        .iter()
        .map(|link| {
            let destination = link.destination.clone().map(|span| &source[span]);
            (
                &source[link.span.clone()],
                link.text.as_str(),
                link.target.as_str(),
                destination,
            )
        })
        .collect();
    assert_eq!(
        links,
        [
            (
                "[나(다)](/projects/rrc/#how \"제목\")",
                "나(다)",
                "/projects/rrc/#how",
                Some("/projects/rrc/#how")
            ),
            ("[PoS](<term:pos>)", "PoS", "term:pos", Some("term:pos")),
            (
                "<https://a.kr>",
                "https://a.kr",
                "https://a.kr",
                Some("https://a.kr")
            ),
            ("<a@b.kr>", "a@b.kr", "mailto:a@b.kr", Some("a@b.kr")),
            ("[끝][label]", "끝", "/label/", Some("/label/")),
            (
                "[**마(바)**는](/x/?a=1&b=2)",
                "마(바)는",
                "/x/?a=1&b=2",
                Some("/x/?a=1&b=2")
            ),
            ("[인](\n> /y/)", "인", "/y/", None),
        ]
    );
    assert_eq!(document.links[0].title, "제목");
}

#[test]
fn links_by_reference_that_lead_nowhere_are_found() {
    let source = "[가][없음] 나 [^1] [그냥 괄호]";
    assert_eq!(places(source, LintKind::UndefinedReference), ["[가][없음]"]);
    assert_eq!(places(source, LintKind::Unsupported), ["[^1]"]);
}

#[test]
fn urls_are_filled_in_and_escaped_when_rendering() {
    let document = parse("[가](/x/) ![나](y.png)");
    assert!(document.intro.0.contains(&Fragment::Link(0)));
    assert!(document.intro.0.contains(&Fragment::Image(0)));
    let html = document.intro.render(|_| "/en/?a=\"1\"&b=<2>".into());
    let escaped = "/en/?a=&quot;1&quot;&amp;b=&lt;2&gt;";
    assert_eq!(
        html,
        format!("<p><a href=\"{escaped}\">가</a> <img src=\"{escaped}\" alt=\"나\"></p>\n")
    );
}

#[test]
fn images_have_alternative_text() {
    let source = "[![가 **나(다)**는 `라`](a.png \"제목\")](/x/) ![ ](b.png)\n![마]( c.png )";
    let document = parse(source);
    assert_eq!(
        fragments(&document.intro),
        "<p><a href=\"§0\"><img src=\"§0\" alt=\"가 나(다)는 라\" title=\"제목\"></a> \
         <img src=\"§1\" alt=\"\">\n<img src=\"§2\" alt=\"마\"></p>\n"
    );
    assert_eq!(places(source, LintKind::MissingAlt), ["![ ](b.png)"]);
    let destinations: Vec<_> = document
        .images
        .iter()
        .map(|image| image.destination.clone().map(|span| &source[span]))
        .collect();
    assert_eq!(destinations, [Some("a.png"), Some("b.png"), Some("c.png")]);
    let link = document.links[0]
        .destination
        .clone()
        .map(|span| &source[span]);
    assert_eq!(link, Some("/x/"));
}

#[test]
fn raw_html_is_found_and_printed_as_text() {
    let source = "가 <b onclick=\"x\">나</b>\n\n<div>\n다\n</div>\n\n<!-- 라 -->\n";
    assert_eq!(
        places(source, LintKind::RawHtml),
        [
            "<b onclick=\"x\">",
            "</b>",
            "<div>\n다\n</div>",
            "<!-- 라 -->"
        ]
    );
    let html = html(source);
    assert!(
        html.contains("&lt;b onclick=&quot;x&quot;&gt;나&lt;/b&gt;"),
        "{html}"
    );
    assert!(
        !html.contains("<b") && !html.contains("<div") && !html.contains("<!--"),
        "{html}"
    );
}

#[test]
fn blocks_become_plain_html() {
    let cases = [
        ("가\n나  \n다", "<p>가\n나<br>\n다</p>\n"),
        (
            "3. 가\n4. 나",
            "<ol start=\"3\">\n<li>가</li>\n<li>나</li>\n</ol>\n",
        ),
        (
            "- 가\n\n- 나",
            "<ul>\n<li><p>가</p>\n</li>\n<li><p>나</p>\n</li>\n</ul>\n",
        ),
        ("---", "<hr>\n"),
        (
            "```rust ignore\na < b\n```",
            "<pre><code class=\"language-rust\">a &lt; b\n</code></pre>\n",
        ),
        (
            "가|나|다\n-|:-:|-:\n1|2|3\n",
            "<div class=\"table\"><table>\n<thead><tr><th scope=\"col\">가</th>\
             <th scope=\"col\" class=\"center\">나</th><th scope=\"col\" class=\"right\">다</th>\
             </tr></thead><tbody>\n<tr><td>1</td><td class=\"center\">2</td>\
             <td class=\"right\">3</td></tr>\n</tbody></table></div>\n",
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(html(source), expected, "{source}");
    }
    assert_eq!(inline("a < b & \"c\""), "a &lt; b &amp; &quot;c&quot;");
}

#[test]
fn plain_text_holds_the_words_alone() {
    let source = "머리\n말 **가(나)**는 [다](/x/)\n\n## 제목 {#id}\n\n- 하나\n  - 둘\n- 셋\n\n\
                  가|나\n-|-\n1|2\n\n![그림](a.png)\n\n`코드`와 &amp;\n";
    assert_eq!(
        parse(source).text,
        "머리 말 가(나)는 다\n제목\n하나\n둘\n셋\n가 나\n1 2\n코드와 &"
    );
}
