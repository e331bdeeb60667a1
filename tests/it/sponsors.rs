//! Those who paid, on the first page.

use crate::support::{Content, main_of, page_of, png};

const EVENT: &str = "-- event.yaml --
name: Small meetup
date: 2024-10-10
languages: [en]
-- projects/one/project.yaml --
name: One
-- sponsors.yaml --
tiers:
  - name: Gold
    sponsors:
      - {name: Wide & Sons, url: \"https://example.org/wide\", logo: media/wide.svg, text: Makes examples.}
      - {name: Colours, logo: media/colours.svg}
  - name: Friends
    sponsors: [{name: By name alone, url: \"https://example.org/name\"}, {name: Scanned, logo: scan.png}]
-- media/wide.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 100\"><path fill=\"#E4002B\" d=\"M0 0h400v100z\"/><path fill=\"#e4002b\" d=\"M0 0h9v9z\"/></svg>
-- media/colours.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 90\"><path fill=\"#e4002b\" d=\"M0 0h40v10z\"/><path d=\"M0 0h9v9z\"/></svg>
";

fn event() -> Content {
    Content::only(EVENT).file("scan.png", png(25, 100))
}

#[test]
fn sponsors_stand_on_the_first_page_in_tiers() {
    let site = event().site();
    let home = page_of(&site, "/");
    let main = main_of(&home);
    for part in [
        ">Gold</h3>",
        "href=\"https://example.org/wide\" rel=\"sponsored\"",
        "aria-label=\"Wide &#38; Sons\"",
        "Makes examples.",
        "href=\"https://example.org/name\" rel=\"sponsored\"",
        ">By name alone</span>",
        "src=\"/assets/scan-25-",
    ] {
        assert!(main.contains(part), "{part} in {main}");
    }
    assert!(home.contains("\"sponsor\":[{\"@type\":\"Organization\""));
    assert!(page_of(&site, "/projects.json").contains("\"url\": \"https://example.org/wide\""));
    assert!(!page_of(&site, "/search/").contains("Gold"));
}

#[test]
fn a_logo_of_one_colour_is_drawn_in_that_of_the_text() {
    let site = event().site();
    let home = page_of(&site, "/");
    let main = main_of(&home);
    // In whatever way its one colour is written; the other keeps its two, on paper.
    assert!(!main.to_lowercase().contains("e4002b"), "{main}");
    assert_eq!(main.matches("fill=\"currentColor\"").count(), 3);
    assert_eq!(main.matches("sponsor__cell--paper").count(), 2);
    assert!(main.contains("src=\"/media/colours.svg\""));
}

#[test]
fn logos_of_any_shape_have_the_same_area() {
    let site = event().site();
    let home = page_of(&site, "/");
    let path = home.split("rel=\"stylesheet\" href=\"").nth(1);
    let path = path.and_then(|it| it.split('"').next());
    let css = page_of(&site, path.expect("a stylesheet"));
    // Four times as wide as high, as wide as high, and four times as high as wide.
    for rule in ["0-0{--height:.5", "0-1{--height:1", "1-1{--height:2"] {
        let written = [rule.to_owned(), rule.replace(":.5", ":0.5")];
        assert!(written.iter().any(|it| css.contains(&format!(".sponsor--{it}"))), "{rule}");
    }
}
