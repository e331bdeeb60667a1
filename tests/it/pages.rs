//! What stands on the pages.

use std::collections::BTreeSet;

use showcase::model::routes::{self, Route};
use showcase::site::Lookup;

use crate::support::{Content, assemble, attributes, between, main_of, page, page_of};

mod languages;

/// The whole elements that begin like this.
fn elements<'a>(html: &'a str, start: &str) -> Vec<&'a str> {
    html.match_indices(start)
        .map(|(index, _)| &html[index..=index + html[index..].find('>').expect("an end")])
        .collect()
}

/// The value of an attribute of the element that begins like this.
#[track_caller]
fn attribute(html: &str, start: &str, name: &str) -> String {
    let element = between(html, start, ">");
    let values = attributes(element, name);
    values.into_iter().next().unwrap_or_else(|| panic!("no {name} in {element}"))
}

#[test]
fn every_route_is_served_and_every_page_is_a_route() {
    let website = Content::shipped().load().0.expect("a website");
    let site = assemble(&website, "https://example.org/");
    let mut pages = BTreeSet::new();
    for language in website.languages.iter() {
        let prefix = website.languages.prefix(language);
        for Route { path, .. } in website.routes() {
            let path =
                if routes::is_in_every_language(&path) { format!("{prefix}{path}") } else { path };
            let found = matches!(site.lookup(&path), Lookup::Found(_));
            assert!(found, "{path} is in the list of routes, and not served");
            pages.insert(path);
        }
    }
    let served = site.paths().map(|(path, _)| path);
    for path in served.filter(|path| path.ends_with('/')) {
        assert!(pages.contains(path), "{path} is missing in model::routes");
    }
}

#[test]
fn neighbours_follow_the_programme_and_stop_at_its_ends() {
    let site = Content::new("-- projects/alpha/project.yaml, with --\norder: 9\n").site();
    let neighbours = |slug: &str| {
        let html = page_of(&site, &format!("/en/projects/{slug}/"));
        let nav = between(&html, "<nav class=\"prev-next\"", "</nav>");
        elements(nav, "<a ")
            .into_iter()
            .map(|it| attributes(it, "rel").concat() + " " + &attributes(it, "href").concat())
            .collect::<Vec<_>>()
    };
    assert_eq!(neighbours("beta"), ["next /en/projects/gamma/"]);
    assert_eq!(neighbours("gamma"), ["prev /en/projects/beta/", "next /en/projects/alpha/"]);
    assert_eq!(neighbours("alpha"), ["prev /en/projects/gamma/"]);
}

#[test]
fn related_projects_share_a_topic_those_with_most_first() {
    let third = "-- projects/gamma/project.yaml, with --\ntopics: [games, data]\n";
    let related = |text: &str, slug: &str| {
        let html = page(text, &format!("/projects/{slug}/"));
        html.find("<section class=\"related\"")
            .map(|start| attributes(between(&html[start..], "<section", "</section>"), "href"))
            .unwrap_or_default()
    };
    assert_eq!(related("", "alpha"), ["/projects/beta/"]);
    assert_eq!(related(third, "alpha"), ["/projects/beta/", "/projects/gamma/"]);
    assert_eq!(related(third, "beta"), ["/projects/gamma/", "/projects/alpha/"]);
    let alone = "-- projects/beta/project.yaml, with --\ntopics: [games]\n";
    assert_eq!(related(alone, "alpha"), [""; 0]);
}

#[test]
fn figures_are_worded_by_the_language() {
    let cases = [
        ("value: 500000000, unit: people", "5억 명", "500 million people"),
        (
            "value: 310000000, unit: people, bound: more-than",
            "3억 1,000만 명 넘음",
            "more than 310 million people",
        ),
        (
            "value: 500000000000, unit: usd, by_year: 2020",
            "2020년에 5,000억 달러",
            "$500 billion by 2020",
        ),
        ("value: 10000000, unit: krw, bound: about", "약 1,000만 원", "about 10 million won"),
        ("value: 2, unit: times, bound: nearly", "거의 2배", "nearly twice"),
        ("from: 40, to: 50, unit: years", "40~50년", "40 to 50 years"),
        ("value: 20, unit: percent, period: year", "연 20%", "20% a year"),
        ("value: 1, unit: countries", "1개국", "1 country"),
        ("value: 1000000000000, unit: bytes, bound: at-least", "1TB 이상", "1 TB or more"),
        ("value: 3000, unit: tokens, symbol: RRC", "3,000 RRC", "3,000 RRC"),
    ];
    let mut text = "-- projects/beta/project.yaml, with --\nfigures:\n".to_owned();
    for (index, (figure, ..)) in cases.iter().enumerate() {
        text.extend(["  - {id: f", &index.to_string(), ", ", figure]);
        text.push_str(", label: {ko: 값, en: value}}\n");
    }
    let site = Content::new(&text).site();
    for (index, (figure, korean, english)) in cases.iter().enumerate() {
        for (path, words) in [("/projects/beta/", korean), ("/en/projects/beta/", english)] {
            let html = page_of(&site, path);
            let item = between(&html, &format!("id=\"figure-f{index}\""), "</li>");
            let value = between(item, "<b class=\"figure-grid__value\">", "</b>");
            assert_eq!(value.split_once('>').map(|it| it.1), Some(*words), "{figure}");
        }
    }
}

#[test]
fn emphasis_beside_a_particle_works_everywhere_but_in_code() {
    let site = Content::new(
        "
-- projects/alpha/ko.md --
- 목록의 **합의(PoS)**는 된다.

## **체인(Chain)**의 길 {#way}

[**링크(Link)**로](/about/) 가고 *기울임(i)*은, ~~지움(x)~~도 되며 `**코드(c)**는` 그대로다.
",
    )
    .site();
    let html = page_of(&site, "/projects/alpha/");
    let main = main_of(&html);
    for part in [
        "<li>목록의 <strong>합의(PoS)</strong>는 된다.",
        "<strong>체인(Chain)</strong>의 길",
        "<a href=\"/about/\"><strong>링크(Link)</strong>로</a>",
        "<em>기울임(i)</em>은",
        "<del>지움(x)</del>도",
        "<code>**코드(c)**는</code>",
    ] {
        assert!(main.contains(part), "{part}\n{main}");
    }
}

#[test]
fn a_link_without_language_leads_to_the_page_in_the_readers() {
    let text = "
-- projects/beta/ko.md --
[알파](/projects/alpha/#how), [노드](term:node), [여기](#here), ![그림](a.svg)

## 여기 {#here}
-- projects/beta/en.md, gone --
-- projects/beta/a.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>
";
    for (url, prefix) in [("http://127.0.0.1:3000", ""), ("https://example.org/recap/", "/recap")] {
        let site = Content::new(text).site_at(url);
        for language in ["", "/en"] {
            let html = page_of(&site, &format!("{prefix}{language}/projects/beta/"));
            let prose = between(&html, "<div class=\"prose\">", "<aside");
            let expected = ["/projects/alpha/#how", "/glossary/#node"];
            let expected = expected.map(|path| format!("{prefix}{language}{path}"));
            assert_eq!(attributes(prose, "href"), [&expected[..], &["#here".to_owned()]].concat());
            assert_eq!(attributes(prose, "src"), [format!("{prefix}/projects/beta/a.svg")]);
        }
    }
}

#[test]
fn every_link_honours_the_path_of_the_site() {
    let content = Content::new("-- projects/beta/project.yaml, with --\naliases: [/b/]\n");
    let site = content.site_at("https://example.org/recap/");
    let mut seen = 0;
    for (path, resource) in site.paths() {
        let html = String::from_utf8_lossy(resource.body());
        let links = attributes(&html, "href").into_iter().chain(attributes(&html, "src"));
        for link in links {
            let own = ["/recap/", "#", "https://example.org/recap/"];
            assert!(own.iter().any(|it| link.starts_with(it)), "{link} on {path}");
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen}");
    let redirects: Vec<_> = site.redirects().collect();
    assert_eq!(
        redirects,
        [
            ("/b/", "/recap/projects/beta/".to_owned()),
            ("/en/b/", "/recap/en/projects/beta/".to_owned())
        ]
    );
}

#[test]
fn editing_and_contact_appear_where_they_are_set() {
    let text = "-- event.yaml, with --\nsource_url: https://example.org/edit\ncontact: mailto:desk@example.org\n";
    let site = Content::new(text).site();
    for (path, file) in [
        ("/", "recap/ko.md"),
        ("/en/", "recap/en.md"),
        ("/en/projects/alpha/", "projects/alpha/en.md"),
        ("/about/", "pages/about/ko.md"),
        ("/glossary/", "glossary.yaml"),
        ("/en/topics/data/", "topics.yaml"),
    ] {
        let html = page_of(&site, path);
        let link =
            format!("<a class=\"site-footer__link\" href=\"https://example.org/edit/{file}\">");
        assert!(html.contains(&link), "{link} on {path}");
        assert_eq!(html.contains("mailto:desk@example.org"), path == "/about/", "{path}");
    }
    let plain = Content::new("").site();
    for path in ["/", "/about/", "/en/projects/alpha/"] {
        let html = page_of(&plain, path);
        assert!(!html.contains("이 글 고치기") && !html.contains("Edit this page"), "{path}");
        assert!(!html.contains("mailto:") && !html.contains("틀린 곳 알리기"), "{path}");
    }
}

#[test]
fn what_authors_write_breaks_out_of_nothing() {
    let site = Content::new(
        r#"
-- event.yaml, with --
title: {ko: 'A <b>&amp; "B"', en: '</title><i>x'}
description: {ko: '"><script>1</script>', en: "Tom & 'Jerry'"}
-- projects/alpha/project.yaml, with --
name: {ko: '<알파> & "베타"', en: '<Alpha> & "Beta"'}
-- projects/alpha/ko.md --
## 값 < 3 & "큰" {#how}

3 < 5 & 7 > 5 "따옴표" [밖](<https://example.org/?a=1&b="2">)
"#,
    )
    .site();
    let home = page_of(&site, "/");
    assert!(!home.contains("<b>&") && !home.contains("<script>1") && !home.contains("<알파>"));
    assert_eq!(attribute(&home, "<meta name=\"description\"", "content"), "\"><script>1</script>");
    let english = page_of(&site, "/en/");
    assert!(!english.contains("<i>x"));
    assert_eq!(attribute(&english, "<meta name=\"description\"", "content"), "Tom & 'Jerry'");
    let project = page_of(&site, "/projects/alpha/");
    assert!(!project.contains("<알파>") && project.contains("3 &lt; 5 &amp; 7 &gt; 5"));
    assert!(project.contains("<a href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\">밖</a>"));
    let labels = attributes(&project, "aria-label");
    assert!(labels.iter().any(|it| it.contains("값 < 3 & \"큰\"")), "{labels:?}");
}

#[test]
fn every_page_has_one_title_one_heading_and_its_language() {
    let site = Content::new("").site();
    let mut pages = 0;
    for (path, resource) in site.paths().filter(|(path, _)| path.ends_with('/')) {
        let html = String::from_utf8_lossy(resource.body());
        let lang = if path.starts_with("/en/") { "en" } else { "ko" };
        assert_eq!(attribute(&html, "<html", "lang"), lang, "{path}");
        for (element, count) in
            [("<h1", 1), ("<title>", 1), ("<main ", 1), ("<meta name=\"description\"", 1)]
        {
            assert_eq!(html.matches(element).count(), count, "{element} on {path}");
        }
        assert!(html.contains("<a class=\"skip-link\" href=\"#main\">"), "{path}");
        // What search engines are told is data, which no browser runs.
        let inline = |it: &str| {
            !it.starts_with(" src=\"") && !it.starts_with(" type=\"application/ld+json\">{")
        };
        assert!(!html.split("<script").skip(1).any(inline), "{path}");
        assert!(!html.contains(" style=\""), "{path}");
        pages += 1;
    }
    assert_eq!(pages, 2 * (6 + 3 + 2));
}

#[test]
fn the_navigation_marks_where_the_reader_is() {
    let site = Content::new("").site();
    for (path, link, mark) in [
        ("/en/", "/en/", "page"),
        ("/en/projects/", "/en/projects/", "page"),
        ("/en/projects/alpha/", "/en/projects/", "true"),
        ("/topics/data/", "/topics/", "true"),
    ] {
        let html = page_of(&site, path);
        let current: Vec<_> = elements(&html, "<a ")
            .into_iter()
            .filter(|it| it.contains("aria-current"))
            .map(|it| (attributes(it, "href").concat(), attributes(it, "aria-current").concat()))
            .collect();
        assert_eq!(current, [(link.to_owned(), mark.to_owned())], "{path}");
    }
}

#[test]
fn steps_are_drawn_as_stations_where_the_content_says_so() {
    let steps = |drawing: &str| {
        let step = "    - {title: {ko: 곳, en: Place}, text: {ko: 곳이다., en: It is a place.}}\n";
        format!(
            "-- projects/alpha/project.yaml, with --\nsteps:\n  title: {{ko: 길, en: Way}}\n{drawing}  items:\n{}",
            step.repeat(4)
        )
    };
    let drawn =
        "  drawing: stations\n  caption: {ko: 네 곳을 잇는 줄., en: Lines through four places.}\n";
    let html = page(&steps(drawn), "/en/projects/alpha/");
    let figure = between(&html, "<p class=\"steps__caption\">", "</svg>");
    assert_eq!(figure.matches("<circle").count(), 4);
    assert!(figure.contains("Lines through four places."));
    assert!(!page(&steps(""), "/en/projects/alpha/").contains("class=\"steps__chart\""));
}

#[test]
fn a_placeholder_in_a_name_is_only_a_brace_and_nothing_multiplies() {
    let text =
        "-- projects/alpha/project.yaml, with --\nname: {ko: \"{event}{title}\", en: Alpha}\n";
    let html = page(text, "/projects/alpha/");
    assert!(html.contains("<title>{event}{title} "), "{html}");
    let (long, many) = ("가".repeat(3_000), "{event}".repeat(1_000));
    let text = format!(
        "-- event.yaml, with --\nname: {{ko: {long}, en: A}}\n-- projects/alpha/project.yaml, with --\nname: {{ko: \"{many}\", en: Alpha}}\n"
    );
    let length = page(&text, "/projects/alpha/").len();
    assert!(length < 1_000_000, "{length} bytes");
}
