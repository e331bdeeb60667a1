//! Facts as JSON, and pages as Markdown.

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};

use super::{HARD, HOSTILE, SHIPPED, SMALL, URL, is_there, pages, read};
use crate::support::main_of;

fn json(site: &showcase::site::Site, path: &str) -> Value {
    serde_json::from_str(&read(site, &format!("{URL}{path}"))).expect("JSON")
}

/// Every text within that is an address.
fn addresses(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.starts_with("https://") => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|it| addresses(it, found)),
        Value::Object(fields) => fields.values().for_each(|it| addresses(it, found)),
        _ => {}
    }
}

#[test]
fn all_projects_are_there_in_every_language_with_addresses_that_answer() {
    for (prefix, name) in [("", "알파"), ("en/", "Alpha")] {
        let data = json(&SMALL, &format!("{prefix}projects.json"));
        let projects = data["projects"].as_array().expect("projects");
        assert_eq!(projects.len(), 3);
        assert_eq!(projects[0]["name"]["text"], name);
        let data = json(&SHIPPED, &format!("{prefix}projects.json"));
        let mut found = Vec::new();
        addresses(&data, &mut found);
        assert!(!found.is_empty());
        for address in found {
            assert!(is_there(&SHIPPED, &address), "{address}");
        }
    }
}

#[test]
fn figures_are_typed() {
    let data = json(&SMALL, "en/projects/alpha/index.json");
    let mut market = data["project"]["figures"][0].clone();
    let market = market.as_object_mut().expect("a figure");
    market.retain(|_, value| !value.is_null());
    assert_eq!(
        Value::Object(market.clone()),
        json!({
            "id": "market",
            "url": "https://example.org/recap/en/projects/alpha/#figure-market",
            "value": 500_000_000_000_u64,
            "from": 500_000_000_000_u64,
            "to": 500_000_000_000_u64,
            "unit": "usd",
            "bound": "exactly",
            "by_year": 2020,
            "words": "$500 billion by 2020",
            "label": {"text": "the market", "language": "en"},
            "said_by": {"kind": "project", "name": "The project"},
        })
    );
    let range = &json(&HARD, "en/projects/alpha/index.json")["project"]["figures"][0];
    assert_eq!(
        (&range["value"], &range["from"], &range["to"]),
        (&Value::Null, &40.into(), &50.into())
    );
    assert_eq!((&range["bound"], &range["period"]), (&"about".into(), &"month".into()));
}

#[test]
fn keys_keep_their_order() {
    let text = read(&SMALL, &format!("{URL}projects/alpha/index.json"));
    let mut from = 0;
    for key in [
        "url",
        "language",
        "alternates",
        "project",
        "slug",
        "order",
        "name",
        "long_name",
        "page",
        "speakers",
        "answers",
        "figures",
        "steps",
        "article",
        "html",
        "sections",
        "terms",
        "citation",
        "related",
        "previous",
        "next",
        "event",
    ] {
        let place = text[from..].find(&format!("\"{key}\": "));
        from += place.unwrap_or_else(|| panic!("{key} comes no later"));
    }
}

/// Every text of the data that the page shows stands on the page.
#[test]
fn the_data_of_a_page_says_what_the_page_says() {
    let pages = pages(&SMALL);
    for slug in ["alpha", "beta", "gamma"] {
        let data = json(&SMALL, &format!("projects/{slug}/index.json"));
        let html = main_of(&pages[&format!("{URL}projects/{slug}/")]).to_owned();
        let project = &data["project"];
        let mut texts = vec![&project["standfirst"], &project["name"]];
        let answers = project["answers"].as_object().expect("texts").iter();
        texts.extend(answers.filter(|(id, _)| *id != "record").map(|(_, it)| it));
        for figure in project["figures"].as_array().expect("figures") {
            texts.push(&figure["label"]);
            assert!(html.contains(figure["words"].as_str().expect("words")));
            let id = format!("id=\"figure-{}\"", figure["id"].as_str().expect("an id"));
            assert!(html.contains(&id), "{id}");
        }
        for step in project["steps"]["items"].as_array().into_iter().flatten() {
            texts.extend([&step["title"], &step["description"]]);
        }
        for text in texts {
            assert_eq!(text["language"], "ko");
            let text = text["text"].as_str().expect("a text");
            let escaped = text.replace('&', "&#38;").replace('\'', "&#39;");
            assert!(html.contains(&escaped), "{text} is not on the page of {slug}");
        }
        for section in data["article"]["sections"].as_array().expect("sections") {
            let id = format!("id=\"{}\"", section["id"].as_str().expect("an id"));
            assert!(html.contains(&id), "{id}");
        }
        assert!(html.contains(data["citation"].as_str().expect("a citation")));
    }
}

#[test]
fn a_text_that_stands_in_says_its_language() {
    let data = json(&HARD, "en/projects/beta/index.json");
    assert_eq!((&data["language"], &data["article"]["language"]), (&"en".into(), &"ko".into()));
    // Real translations alone.
    assert_eq!(data["alternates"][0]["language"], "ko");
    assert_eq!(json(&HARD, "projects/beta/index.json")["alternates"], json!([]));
    let text = read(&HARD, &format!("{URL}en/projects/beta/index.md"));
    assert!(text.contains("\nlanguage: \"ko\"\n"), "{text}");
}

fn body(markdown: &str) -> &str {
    let rest = markdown.strip_prefix("---\n").expect("front matter");
    rest.split_once("\n---\n").expect("its end").1
}

#[test]
fn markdown_is_the_page_with_absolute_links() {
    for (site, path) in [
        (&SMALL, "projects/alpha/index.md"),
        (&SMALL, "en/projects/beta/index.md"),
        (&HARD, "projects/alpha/index.md"),
    ] {
        let text = read(site, &format!("{URL}{path}"));
        let mut count = 0;
        for event in Parser::new_ext(body(&text), Options::ENABLE_TABLES) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    count += 1;
                    let is_ours = dest_url.starts_with(URL);
                    assert!(dest_url.contains(':'), "{dest_url} in {path}");
                    assert!(!is_ours || is_there(site, &dest_url), "{dest_url} in {path}");
                }
                Event::Html(html) | Event::InlineHtml(html) => panic!("{html} in {path}"),
                _ => {}
            }
        }
        assert!(count > 0, "{path} has {count} links");
    }
}

#[test]
fn markdown_keeps_what_was_written() {
    let text = read(&HARD, &format!("{URL}projects/alpha/index.md"));
    for written in [
        "**굵게(강조)**는 [노드](https://example.org/recap/glossary/#node)와 [베타](https://example.org/recap/projects/beta/#more)와 [아래](https://example.org/recap/projects/alpha/#how), ![그림](https://example.org/recap/projects/alpha/a.svg), [밖](https://example.org/(a)), <mailto:a@example.org>.",
        "## 방법 {#how}",
        "[참조][x], [또][x], [뾰족](<https://example.org/recap/projects/beta/>). `]]>`",
        "[x]: https://example.org/recap/glossary/#pos",
    ] {
        assert!(text.contains(written), "{written} in {text}");
    }
    let front = text.split("\n---\n").next().unwrap_or_default();
    let title = front.lines().find_map(|it| it.strip_prefix("title: "));
    let title: String = serde_json::from_str(title.expect("a title")).expect("quoted");
    assert_eq!(title, HOSTILE);
    let heading = text.lines().find_map(|it| it.strip_prefix("# "));
    let parsed: String = Parser::new(heading.expect("a heading"))
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    assert_eq!(parsed, HOSTILE);
}
