//! The picture at the head of an entry's page, and who made pictures.

use serde_json::Value;

use crate::support::{Content, attributes, between, main_of, page_of, plant, png, problems};

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn a_cover_stands_first_and_is_what_messengers_show() {
    let content = Content::new(
        "-- projects/alpha/project.yaml, with --\n\
         cover: {file: Stage.PNG, alt: {ko: \"무대 <위>\", en: On stage}, caption: {ko: 시작 전, en: Before}}\n\
         -- projects/beta/project.yaml, with --\ncover: media/small.png\n",
    );
    let content = content
        .file("projects/alpha/Stage.PNG", png(1300, 700))
        .file("media/small.png", png(30, 20));
    assert_eq!(problems(&content), Vec::<String>::new());
    let site = content.site();
    let page = page_of(&site, "/projects/alpha/");
    let cover = between(main_of(&page), "project-hero__cover", "</figure>");
    let seen = between(cover, "<a class=\"picture__link\"", "</a>");
    assert!(seen.contains("width=\"1300\" height=\"700\" decoding"), "{seen}");
    assert!(seen.contains("alt=\"무대 &lt;위&gt;\"") && !seen.contains("lazy"));
    assert!(cover.contains("시작 전</figcaption>") && cover.contains("id=\"view-0\""));
    let address = attributes(seen, "src").remove(0);
    let whole = format!("http://127.0.0.1:3000{address}");
    assert!(page.contains(&format!("<meta property=\"og:image\" content=\"{whole}\">")));
    assert!(page.contains("<meta property=\"og:image:width\" content=\"1300\">"));
    assert!(page_of(&site, "/en/projects/alpha/").contains("og:image:alt\" content=\"On stage\""));
    let data = json(&page_of(&site, "/projects/alpha/index.json"));
    let told = &data["project"]["cover"];
    assert_eq!((&told["url"], &told["width"]), (&whole.clone().into(), &1300.into()));
    let ld = json(
        between(&page, "application/ld+json\">", "</script>").split_once('>').map_or("", |it| it.1),
    );
    let image = &ld["@graph"][0]["image"];
    assert_eq!((&image["url"], &image["height"]["value"]), (&whole.clone().into(), &700.into()));
    assert!(page_of(&site, "/feed.xml").contains(&whole));
    assert!(page_of(&site, "/projects/alpha/index.md").contains(&format!("cover: \"{whole}\"")));
    // One that is too small for messengers leaves them the card.
    let page = page_of(&site, "/projects/beta/");
    assert!(page.contains("project-hero__cover") && page.contains("/assets/card-"));
    let page = page_of(&site, "/projects/gamma/");
    assert!(!page.contains("cover") && page.contains("project-hero__emblem"));
    plant("-- projects/alpha/project.yaml, with --\ncover: ⟦missing-picture⟧stage.png\n");
}

#[test]
fn credits_stand_with_pictures_wherever_these_are_told_of() {
    let content = Content::new(
        "-- projects/alpha/ko.md --\n![가](a.png \"제목\")\n\n![나](day/)\n\
         -- projects/alpha/en.md --\n![가](a.png)\n\
         -- projects/alpha/credits.yaml --\n\
         - {creator: \"Ann <b>\", licence: CC BY-SA 4.0, url: \"https://example.org/ann\"}\n\
         - {creator: {ko: 보라, en: Bora}, licence: \"https://example.org/terms\", files: [day/b.png]}\n",
    );
    let content = content
        .file("projects/alpha/a.png", png(9, 9))
        .file("projects/alpha/day/b.png", png(8, 8))
        .file("projects/alpha/day/c.png", png(7, 7));
    assert_eq!(problems(&content), Vec::<String>::new());
    let site = content.site();
    let page = page_of(&site, "/projects/alpha/");
    let credit = "<span class=\"picture__credit\">이미지: <a rel=\"author\" href=\"https://example.org/ann\">\
         Ann &lt;b&gt;</a>, <a rel=\"license\" href=\"https://creativecommons.org/licenses/by-sa/4.0/\">CC BY-SA 4.0</a></span>";
    // Below the picture, and where it is large.
    assert!(
        page.contains(&format!("<figcaption class=\"picture__caption\">제목{credit}")),
        "{page}"
    );
    assert!(page.contains(&format!("<p class=\"viewer__caption\">제목{credit}")));
    assert_eq!(page.matches("이미지: 보라, <a").count(), 2);
    let data = json(&page_of(&site, "/projects/alpha/index.json"));
    let pictures = data["pictures"].as_array().expect("pictures");
    let names: Vec<&str> =
        pictures.iter().filter_map(|it| it["credit"]["creator"]["text"].as_str()).collect();
    assert_eq!(names, ["Ann <b>", "보라", "Ann <b>"]);
    assert_eq!(pictures[0]["caption"], "제목");
    let ld = json(
        between(&page, "application/ld+json\">", "</script>").split_once('>').map_or("", |it| it.1),
    );
    let image = &ld["@graph"][0]["image"][0];
    assert_eq!(image["creditText"], "Ann <b>, CC BY-SA 4.0");
    assert_eq!(image["license"], "https://creativecommons.org/licenses/by-sa/4.0/");
    assert_eq!(image["creator"]["name"], "Ann <b>");
    assert!(page_of(&site, "/feed.xml").contains("picture__credit"));
}

#[test]
fn what_is_wrong_with_credits_is_located() {
    let found = plant(
        "-- recap/credits.yaml --\n\
         - {creator: Ann, files: [⟦missing-picture⟧a.jpg, ⟦missing-picture⟧B.svg, b.svg, ⟦duplicate-id⟧b.svg]}\n\
         - {creator: Bob}\n\
         - ⟦duplicate-id⟧{creator: Eve}\n\
         - ⟦missing-key⟧⟦duplicate-id⟧{licence: CC0}\n\
         -- recap/ko.md --\n![가](b.svg)\n\
         -- recap/b.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>\n\
         -- media/credits.yaml --\n⟦empty-file⟧\n",
    );
    assert!(found.text(false).contains("did you mean `b.svg`?"), "{}", found.text(false));
}
