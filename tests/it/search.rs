//! What a reader finds.

use std::sync::LazyLock;

use axum::http::{HeaderMap, StatusCode};
use unicode_normalization::UnicodeNormalization;

use crate::server::Server;
use crate::support::{Content, attributes, between, text_of};

const URL: &str = "http://127.0.0.1:3000/";

/// A site with enough in it to be ranked.
static SITE: LazyLock<Server> = LazyLock::new(|| of(include_str!("search/site.txt")));

fn of(text: &str) -> Server {
    Server::of(Content::new(text).site_at(URL))
}

fn answer(server: &Server, method: &str, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    server.ask(method, path, &[]).parts()
}

/// A text as it stands in an address.
fn escaped(text: &str) -> String {
    let pieces = text.bytes().map(|it| ["%", &format!("{it:02X}")].concat());
    pieces.collect::<Vec<_>>().concat()
}

/// The page that answers a question.
fn asked(server: &Server, path: &str, question: &str) -> String {
    let escaped = escaped(question);
    let (status, _, body) = answer(server, "GET", &format!("{path}?q={escaped}"));
    assert_eq!(status, StatusCode::OK, "{question}");
    text_of(&body)
}

fn list(html: &str) -> &str {
    between(html, "<ol class=\"results\" id=\"results\">", "</ol>")
}

fn results(html: &str) -> Vec<&str> {
    list(html).split("<li ").skip(1).collect()
}

/// The pages found, without their fragments.
fn pages(html: &str) -> Vec<String> {
    let link = |it: &&str| attributes(between(it, "<h2", "</h2>"), "href").concat();
    let links = results(html).iter().map(link).collect::<Vec<_>>();
    let page = |it: &String| it.split('#').next().unwrap_or_default().to_owned();
    links.iter().map(page).collect()
}

fn found(server: &Server, path: &str, question: &str) -> Vec<String> {
    pages(&asked(server, path, question))
}

#[test]
fn fifty_questions_of_readers_find_their_page_among_the_first_three() {
    let mut missed = Vec::new();
    let mut count = 0;
    let lines = include_str!("search/queries.txt").lines();
    for line in lines.filter(|it| !it.starts_with('#')) {
        let fields: Vec<&str> = line.split(" | ").collect();
        let [path, question, expected] = fields[..] else {
            panic!("{line}");
        };
        let question = match question.strip_prefix("NFD:") {
            Some(question) => question.nfd().collect(),
            None => question.to_owned(),
        };
        let found = found(&SITE, path, &question);
        let first = &found[..found.len().min(3)];
        if !first.iter().any(|it| it == expected) {
            missed.push(format!("{question}: {expected} is not in {first:?}"));
        }
        count += 1;
    }
    assert_eq!(count, 50);
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_word_is_found_by_any_part_spelling_or_particle() {
    let text = "
-- projects/beta/ko.md --
처음이다.

## 골렘과 다른 점 {#golem}

여기서 이더리움을 쓴다. 블록 체인(Block Chain)의 값은 1,000만 원이다.
-- projects/beta/en.md --
Uses proof-of-stake and many companies.
";
    let server = of(text);
    for question in [
        "골렘",
        "골렘은",
        "골렘에서는",
        "ㄱㄹㄱ",
        "골ㄹ과",
        "이더리움에서",
        "더리",
        "블록체인",
        "ㅂㄹㅊㅇ",
        "1000만",
        "1,000만원을",
        "ＢＬＯＣＫchain",
        "골렘 이더리움이",
        "이더리움\u{200b}을",
    ] {
        for form in [question.to_owned(), question.nfd().collect()] {
            let found = found(&server, "/search/", &form);
            assert_eq!(found.first().map(String::as_str), Some("/projects/beta/"), "{question}");
        }
    }
    for question in ["Proof of stakes", "PROOFOFSTAKE", "company"] {
        let found = found(&server, "/en/search/", question);
        assert!(found.contains(&"/en/projects/beta/".to_owned()), "{question}: {found:?}");
    }
    let none: [String; 0] = [];
    for question in ["골럼", "ㄱㄹㅁㅇㅋ", "ㅏ", "렘과다른값", "takeand"] {
        assert_eq!(found(&server, "/search/", question), none, "{question}");
    }
}

#[test]
fn with_a_particle_nothing_is_lost() {
    for (word, with) in [
        ("장부", "장부는"),
        ("나눔장부", "나눔장부를"),
        ("데이터베이스", "데이터베이스에서"),
        ("퇴비", "퇴비로"),
        ("PoP", "PoP의"),
    ] {
        let bare = found(&SITE, "/search/", word);
        let found = found(&SITE, "/search/", with);
        assert!(!bare.is_empty());
        for page in bare {
            assert!(found.contains(&page), "{with} loses {page}");
        }
    }
}

#[test]
fn the_readers_language_comes_first_and_the_other_follows() {
    for (path, own) in [("/search/", false), ("/en/search/", true)] {
        let html = asked(&SITE, path, "BMX");
        let english: Vec<bool> = pages(&html).iter().map(|it| it.starts_with("/en/")).collect();
        let change = english.iter().position(|it| *it != own).expect("both languages");
        assert!(change > 0 && english[change..].iter().all(|it| *it != own), "{english:?}");
        let foreign = results(&html)[change];
        let (code, name) = if own { ("ko", "한국어") } else { ("en", "English") };
        assert!(foreign.contains(&format!("<p class=\"result__snippet\" lang=\"{code}\">")));
        assert!(foreign.contains(&format!(" · {name}</p>")), "{foreign}");
    }
}

#[test]
fn where_a_word_stands_decides_the_order() {
    let server = of("
-- projects/alpha/ko.md --
바나나를 판다.
-- projects/beta/ko.md --
처음이다.

## 바나나 이야기 {#banana}

다음이다.
-- projects/gamma/project.yaml, with --
name: {ko: 바나나, en: Banana}
");
    let html = asked(&server, "/search/", "바나나");
    let found = pages(&html);
    let own: Vec<&str> = found.iter().map(String::as_str).collect();
    assert_eq!(
        own[..4],
        ["/projects/gamma/", "/projects/beta/", "/topics/games/", "/projects/alpha/"]
    );
    let heading = results(&html)[1];
    assert!(heading.contains("<a href=\"/projects/beta/#banana\"><mark>바나나</mark> 이야기</a>"));
    assert!(results(&html)[3].contains("<mark>바나나</mark>를 판다."));
}

#[test]
fn several_words_are_all_looked_for() {
    let alone = found(&SITE, "/search/", "골목");
    let html = asked(&SITE, "/search/", "골목 체스");
    let both = pages(&html);
    assert!(!both.is_empty() && both.len() < alone.len());
    let partial = "모든 낱말이 들어 있는 글은 없어";
    assert!(
        !html
            .contains(&format!("role=\"status\">‘골목 체스’ 검색 결과 {}개 {partial}", both.len()))
    );
    let html = asked(&SITE, "/search/", "페이팔 자동차공장");
    assert!(between(&html, "id=\"search-status\"", "</p>").contains(partial));
    assert!(pages(&html).contains(&"/projects/lantern/".to_owned()));
}

#[test]
fn nothing_found_is_said_and_a_way_on_is_offered() {
    for (path, words, way) in [
        ("/search/", "‘없는말’에 맞는 글이 없습니다", "/projects/"),
        ("/en/search/", "Nothing here matches “없는말”", "/en/projects/"),
    ] {
        let html = asked(&SITE, path, "없는말");
        assert!(between(&html, "role=\"status\"", "</p>").contains(words));
        assert!(results(&html).is_empty());
        assert!(html.contains(&format!("<a class=\"button\" href=\"{way}\">")));
    }
}

#[test]
fn drafts_are_not_found() {
    let text = "-- projects/beta/project.yaml, with --\ndraft: true\naliases: []\n";
    let content = Content::new(text).edit("permalinks.lock", "/en/projects/beta/\n", "");
    let content = content.edit("permalinks.lock", "\n/projects/beta/\n", "\n");
    let server = Server::of(content.site_at(URL));
    assert!(found(&server, "/search/", "베타").is_empty());
    let (_, _, index) = answer(&server, "GET", "/search.json");
    let index = text_of(&index);
    assert!(index.contains("알파") && !index.contains("베타"));
}

#[test]
fn hostile_questions_are_harmless() {
    let whole = "가나".repeat(400);
    let spaces = "+".repeat(7000);
    let jamo = "ㅂㅏㄱㅏㄳㅇ".repeat(100);
    let jamo = escaped(&jamo);
    for query in [
        "q=%3Cscript%3Ealert(1)%3C/script%3E",
        "q=%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E",
        "q=%00%01%1b[31m",
        "q=%ff%fe%c3%28",
        "q=%zz%%%1",
        "q=%E2%80%AE%D7%A9%E2%81%A6",
        "q=%EF%B7%90%EF%B7%91%EF%B7%92%EF%B7%93",
        "q=%5B%5E.*%5D%2B%24%28%5C",
        "q=%F0%9F%90%88%F0%9F%87%B0",
        "q=%CC%81%CC%81%CC%81a",
        "q=&q=2&&=&",
        &format!("q={spaces}"),
        &format!("q={jamo}"),
        &format!("q={}", escaped(&whole)),
    ] {
        let (status, headers, body) = answer(&SITE, "GET", &format!("/search/?{query}"));
        assert_eq!(status, StatusCode::OK, "{query}");
        assert_eq!(headers["content-type"], "text/html; charset=utf-8");
        let html = text_of(&body);
        assert!(!html.contains("<script>") && !html.contains("<img"), "{query}");
        let is_unseen = |it: char| {
            (it.is_control() && it != '\n')
                || matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fdd0}'..='\u{fdef}')
        };
        assert!(!html.contains(is_unseen), "{query}");
        assert!(html.len() < 100_000, "{query}: {}", html.len());
    }
}

#[test]
fn a_long_question_is_cut_and_that_is_said() {
    let html = asked(&SITE, "/search/", &"루멘 ".repeat(80));
    assert!(html.contains("검색어가 길어 앞부분만 찾았습니다."));
    assert_eq!(pages(&html), ["/projects/lantern/"]);
    let value = attributes(between(&html, "<input", ">"), "value").concat();
    assert!(value.chars().count() <= 200, "{value}");
}

#[test]
fn an_answer_is_a_page_for_readers_and_not_for_search_engines() {
    let server = Server::of(Content::new("").site_at("https://example.org/recap/"));
    let (status, headers, body) = answer(&server, "GET", "/recap/search/?q=%EC%95%8C%ED%8C%8C");
    let html = text_of(&body);
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
    // Nothing that a question could be written into.
    assert!(!html.contains("ld+json") && !html.contains("\"og:"));
    assert!(!html.contains("rel=\"canonical\""));
    assert!(html.contains("<title>‘알파’ 검색 · 작은 밋업</title>"));
    assert!(html.contains("href=\"/recap/en/search/?q=%EC%95%8C%ED%8C%8C\""));
    assert_eq!(pages(&html)[0], "/recap/projects/alpha/");
    assert_eq!(attributes(between(&html, "<input", ">"), "value"), ["알파"]);
    let (status, head, body) = answer(&server, "HEAD", "/recap/search/?q=%EC%95%8C%ED%8C%8C");
    assert_eq!((status, body.len()), (StatusCode::OK, 0));
    assert_eq!(
        (&head["etag"], &head["cache-control"]),
        (&headers["etag"], &headers["cache-control"])
    );
    for path in
        ["/recap/search/", "/recap/search/?q=", "/recap/search/?q=%20", "/recap/search/?x=1"]
    {
        let (status, _, body) = answer(&server, "GET", path);
        let html = text_of(&body);
        assert_eq!(status, StatusCode::OK, "{path}");
        assert!(
            html.contains("rel=\"canonical\" href=\"https://example.org/recap/search/\""),
            "{path}"
        );
        assert!(!html.contains("noindex") && results(&html).is_empty());
    }
    let (status, headers, _) = answer(&server, "GET", "/recap/search?q=1");
    assert_eq!(status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(headers["location"], "/recap/search/?q=1");
}
