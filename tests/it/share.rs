//! Passing a page on: its address as a QR code, its citations, and the buttons that copy them.

use crate::support::{Content, attributes, between, page_of};

const URL: &str = "https://example.org/recap/";

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}

/// The dark runs of a code, each from its left end, in modules: a line along the middle of each row.
fn runs(code: &str) -> Vec<(usize, usize, usize)> {
    let path = between(code, "class=\"qr__dark\" fill=\"none\" stroke=\"#000\" d=\"", "\"/>");
    let mut runs = Vec::new();
    for row in path.split('M').skip(1) {
        let (mut x, mut row_of_x) = (0, None);
        for run in row.split('m') {
            let (place, length) = run.split_once('h').expect("a run");
            let (left, top) = place.split_once(' ').expect("a place");
            match top.strip_suffix(".5") {
                Some(y) => (x, row_of_x) = (number(left), Some(number(y))),
                None => x += number(left),
            }
            runs.push((x, row_of_x.expect("a row"), number(length)));
            x += number(length);
        }
    }
    runs
}

/// What a reader of QR codes sees in the drawing of a page.
fn decoded(html: &str) -> String {
    let code = between(html, "<svg class=\"qr__code\"", "</svg>");
    let view = attributes(code, "viewBox").concat();
    let side = number(view.rsplit(' ').next().expect("a side"));
    let mut modules = vec![false; side * side];
    for (x, y, length) in runs(code) {
        modules[y * side + x..][..length].fill(true);
    }
    let pixels = 8;
    let mut picture =
        rqrr::PreparedImage::prepare_from_greyscale(side * pixels, side * pixels, |x, y| {
            if modules[y / pixels * side + x / pixels] { 0 } else { 255 }
        });
    let grids = picture.detect_grids();
    assert_eq!(grids.len(), 1, "one code is seen");
    grids[0].decode().expect("a code that can be read").1
}

#[test]
fn the_code_leads_to_the_page_it_stands_on() {
    let site = Content::new("").site_at(URL);
    for path in ["", "en/", "projects/alpha/", "en/projects/beta/"] {
        let html = page_of(&site, &format!("/recap/{path}"));
        assert_eq!(decoded(&html), format!("{URL}{path}"));
    }
}

#[test]
fn the_code_has_a_name_and_a_light_margin() {
    let site = Content::new(
        "
-- projects/alpha/project.yaml, with --
name: {ko: 알파, en: 'A \"quoted\" & <marked> name'}
",
    )
    .site_at(URL);
    let html = page_of(&site, "/recap/en/projects/alpha/");
    let code = between(&html, "<svg class=\"qr__code\"", "</svg>");
    assert!(code.contains(" role=\"img\""));
    assert_eq!(
        attributes(code, "aria-label"),
        ["QR code with the address of “A \"quoted\" & <marked> name”"]
    );
    let runs = runs(code);
    assert!(runs.iter().all(|&(x, y, _)| x >= 4 && y >= 4) && runs.len() > 100);
}

#[test]
fn a_page_is_cited_in_every_language_its_own_first() {
    let site = Content::new("").site_at(URL);
    let html = page_of(&site, "/recap/en/projects/alpha/");
    let part = between(&html, "<details class=\"cite__text\"", "</details>");
    let copied = attributes(part, "data-copy");
    assert_eq!(copied.len(), 2);
    assert!(copied[0].contains("“Alpha”") && copied[0].contains("17 June 2018"));
    assert!(copied[0].ends_with("https://example.org/recap/en/projects/alpha/"));
    assert!(copied[1].contains("「알파」") && copied[1].contains("2018년 6월 17일"));
    assert!(copied[1].ends_with("https://example.org/recap/projects/alpha/"));
    assert!(part.contains("<p lang=\"ko\">「알파」"), "{part}");
}

#[test]
fn what_needs_the_script_is_hidden_until_it_runs() {
    let site = Content::new("").site_at(URL);
    let html = page_of(&site, "/recap/projects/alpha/");
    let part = between(&html, "<section class=\"cite\"", "</section>");
    let buttons: Vec<&str> = part.split("<button ").skip(1).collect();
    assert_eq!(buttons.len(), 4);
    for button in buttons {
        let tag = button.split('>').next().unwrap_or_default();
        assert!(tag.contains(" hidden "), "{tag}");
    }
    let page = "https://example.org/recap/projects/alpha/";
    assert_eq!(attributes(part, "data-share"), [page]);
    assert!(attributes(part, "data-copy").contains(&page.to_owned()));
}
