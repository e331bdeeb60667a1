//! Drawings of contributors: what is published of them, what is refused, and what they may cost.

use std::fs;
use std::thread;
use std::time::Duration;

use showcase::assets::{self, Assets, ImageFormat};
use showcase::content;
use showcase::draw::Workers;
use showcase::export;

use crate::export::options;
use crate::og_image::card_of;
use crate::server::Server;
use crate::support::{Content, assemble_with, between, dir, load, page_of, plant, problems};

/// A drawing that holds this.
pub(crate) fn drawing(inner: &str) -> String {
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\">{inner}</svg>")
}

/// The small site with a file as the emblem of a project and as a picture of the recap.
fn both(file: &str) -> Content {
    Content::new("-- recap/ko.md --\n![그림](a.svg)\n")
        .file("projects/alpha/emblem.svg", file)
        .file("recap/a.svg", file)
}

/// What is published for a file: inlined as an emblem, and as a picture.
#[track_caller]
fn published(file: &str) -> (String, String) {
    let site = both(file).site();
    let page = page_of(&site, "/projects/alpha/");
    let emblem = between(&page, "project-hero__emblem", "</svg>");
    let (_, shapes) = emblem.split_once("aria-hidden=\"true\">").expect("an emblem");
    (shapes.to_owned(), page_of(&site, "/recap/a.svg"))
}

/// Checks that an error is found in each of these files as an emblem.
#[track_caller]
fn assert_refused(files: &[String]) {
    let mut content = Content::new("");
    for (number, file) in files.iter().enumerate() {
        content = content.file(&format!("projects/p{number}/emblem.svg"), file.as_str());
    }
    let problems = problems(&content);
    for (number, file) in files.iter().enumerate() {
        let problem = format!("invalid-svg projects/p{number}/emblem.svg:");
        let is_named = problems.iter().any(|it| it.starts_with(&problem));
        assert!(is_named, "nothing is said of {file}");
    }
}

#[test]
fn what_is_published_is_written_anew() {
    let file = "<?xml version='1.0' encoding='ISO-2022-JP'?>\n<!-- <script> -->\n\
        <svg\txmlns='http://www.w3.org/2000/svg' viewBox = '0,0 12  12' width='24px' role='img'\n aria-label='a > \"b\"'>\
        <title><![CDATA[<b>]]> &amp; &#x3c;i>&#x9b;\r</title><desc/><!-- --><g\nclass='v' id='toast'>\
        <path d='M0\n0 h9&#x9;v9z' fill='&#114;gb(39, 52, 155)'/></g>\n</svg>\n<!-- -->";
    let shapes = "<title>&lt;b&gt; &amp; &lt;i&gt;</title><g class=\"v\">\
        <path d=\"M0 0 h9 v9z\" fill=\"#27349b\"/></g>";
    let picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0,0 12 12\" width=\"24px\" role=\"img\" \
         aria-label=\"a &gt; &quot;b&quot;\">{shapes}</svg>"
    );
    assert_eq!(published(file), (shapes.to_owned(), picture));
}

#[test]
fn a_drawing_that_is_shown_again_is_written_anew_again() {
    let shown = "![그림](a.svg)\n\n![또](a.svg)\n";
    let content = both(&drawing("<!-- unread --><circle r='4'/>"));
    let content = content.file("recap/ko.md", shown).file("recap/en.md", shown);
    let picture = page_of(&content.site(), "/recap/a.svg");
    assert_eq!(picture, drawing("<circle r=\"4\"/>"));
}

#[test]
fn ids_are_the_drawings_own() {
    let file = drawing(
        "<defs><clipPath id='preview'><circle r='4'/></clipPath><linearGradient id='g'><stop stop-color='red'/>\
         </linearGradient><mask id='그림'><path d='M0 0h1v1z'/></mask></defs><path id='results' d='M0 0h9v9z' \
         clip-path='url(#preview)' fill=\"url('#g')\" mask='url(#그림)'/>",
    );
    let content = both(&file).file("projects/beta/emblem.svg", &*file).file("emblem.svg", &*file);
    let site = content.site();
    let page = page_of(&site, "/");
    for (owner, times) in [("emblem__", 2), ("emblem_alpha_", 1), ("emblem_beta_", 1)] {
        for number in 1..=3 {
            let id = format!(" id=\"{owner}{number}\"");
            assert!(page.matches(&id).count() >= times, "{id} in {page}");
            assert!(page.contains(&format!("=\"url(#{owner}{number})\"")), "{owner}{number}");
        }
    }
    for name in ["preview", "results", "g", "그림"] {
        let main = between(&page, "<main", "</main>");
        assert!(!main.contains(&format!("id=\"{name}\"")), "{name}");
    }
    assert!(
        page_of(&site, "/recap/a.svg")
            .contains("clip-path=\"url(#d1)\" fill=\"url(#d2)\" mask=\"url(#d3)\"")
    );
}

#[test]
fn an_emblem_fits_its_square_and_keeps_what_its_root_says() {
    let file = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 12\" width=\"48\" fill=\"none\" \
                stroke=\"currentColor\"><path d=\"M0 0h24\"/></svg>";
    let path = "<g fill=\"none\" stroke=\"currentColor\"><path d=\"M0 0h24\"/></g>";
    let (emblem, picture) = published(file);
    assert_eq!(emblem, format!("<g transform=\"matrix(0.5 0 0 0.5 0 3)\">{path}</g>"));
    assert!(
        picture.ends_with(&format!("viewBox=\"0 0 24 12\" width=\"48\">{path}</svg>")),
        "{picture}"
    );
}

#[test]
fn shares_of_the_view_are_written_as_lengths() {
    let file = drawing("<rect width=\"50%\" height=\"25%\" fill=\"red\"/>")
        .replace("0 0 12 12", "0 0 100 200");
    let rect = "<rect width=\"50\" height=\"50\" fill=\"red\"/>";
    let (emblem, picture) = published(&file);
    assert!(emblem.contains(rect) && picture.contains(rect), "{emblem}");
    let far = "<path d=\"\"/><circle cx=\"100000%\" r=\"1\"/>";
    assert_refused(&[drawing(far).replace("0 0 12 12", "0 0 9000 9000")]);
}

#[test]
fn nothing_that_runs_or_loads_or_stands_in_for_the_page_passes() {
    let mut files = [
        // What a browser's parser would read otherwise.
        "<circle id=class=\"a tabindex=1 autofocus onfocus=alert(1) b\" r=\"2\"/>",
        "<svg id=class=\"a onload=alert(1) b\"/>",
        "<circle r=\"1\" hidden/>",
        "<circle r=\"1\"cx=\"1\"/>",
        "<circle r=\"1\" r=\"2\"/>",
        "<!--><?xml \"--><script>alert(1)</script>\"?>",
        "<!-- --!><script>alert(1)</script> -->",
        "<?xml version=\"1.0\"?>",
        "<?xml-stylesheet href=\"a.css\"?>",
        "<title><?php ?></title>",
        "<desc><title/></desc>",
        "<title>a<b/></title>",
        "words",
        "<g>words</g>",
        "<g><![CDATA[<script>]]></g>",
        "</svg><title/><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\">",
        "<svg viewBox=\"0 0 1 1\"/>",
        "<PATH/>",
        // What runs, leads away, or is no shape.
        "<script>alert(1)</script>",
        "<a href=\"#\"><circle r=\"1\"/></a>",
        "<use href=\"#a\"/>",
        "<image href=\"a.png\"/>",
        "<style>*{}</style>",
        "<foreignObject/>",
        "<animate attributeName=\"href\"/>",
        "<set attributeName=\"onload\"/>",
        "<text>a</text>",
        "<pattern/>",
        "<filter/>",
        "<g xmlns=\"http://www.w3.org/1999/xhtml\"/>",
        "<g xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:g/></g>",
        "<circle onload=\"alert(1)\" r=\"1\"/>",
        "<circle style=\"fill:red\"/>",
        "<circle href=\"#\"/>",
        "<circle xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"#\"/>",
        "<circle xml:base=\"//evil.example\"/>",
        "<circle tabindex=\"1\"/>",
        "<circle class=\"toast\"/>",
        "<circle role=\"alert\"/>",
        "<circle aria-hidden=\"maybe\"/>",
    ]
    .map(drawing)
    .to_vec();
    for value in [
        "url(//evil.example)",
        "url(https://evil.example#a)",
        "url(a.svg#a)",
        "url(#a),url(//evil.example)",
        "url(#a) url(//evil.example)",
        "url(#none)",
        "url(#shape)",
        "u\\72l(#a)",
        "URL(#a)",
        "image-set('//evil.example' 1x)",
        "-webkit-image-set('//evil.example' 1x)",
        "src('//evil.example')",
        "cross-fade(url(#a), red)",
        "element(#a)",
        "paint(a)",
        "var(--ink)",
        "attr(a)",
        "expression(1)",
        "javascript:alert(1)",
        "red;stroke:blue",
        "inherit",
        "",
    ] {
        for name in ["fill", "stroke", "mask", "clip-path"] {
            let shapes = "<mask id=\"a\"/><clipPath id=\"b\"/><path id=\"shape\" d=\"\"/>";
            files.push(drawing(&format!("{shapes}<circle r=\"1\" {name}=\"{value}\"/>")));
        }
    }
    let whole = [
        "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>",
        "<svg xmlns=\"http://www.w3.org/1999/xhtml\" viewBox=\"0 0 1 1\"/>",
        "<svg:svg xmlns:svg=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        "<?xml-stylesheet href=\"a.css\"?><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>",
        "<g/>",
        "%PDF",
    ];
    files.extend(whole.map(str::to_owned));
    assert_refused(&files);
}

#[test]
fn numbers_stay_within_what_a_renderer_can_stand() {
    let mut files = Vec::new();
    for attribute in [
        "stroke-width=\"1e10\"",
        "stroke-width=\"-1\"",
        "stroke-miterlimit=\"1e9\"",
        "stroke-dasharray=\"1e-9\"",
        "stroke-dasharray=\"-1 1\"",
        "d=\"M0 0A.0001 1e30 1 1 1 3 3\"",
        "d=\"M0 0A1e300 1e300 0 1 1 3 3\"",
        "d=\"M0 0L1e300 0A1 1 0 1 1 3 3\"",
        "d=\"m9999 0l9999 0\"",
        "d=\"M0 0C1 1 99999 1 1 1\"",
        "d=\"M0 0L1\"",
        "d=\"L1 1\"",
        "d=\"M0 0Lurl(#a)\"",
        "points=\"0 0 1\"",
        "points=\"0 0 1e9 1\"",
        "r=\"1e9\"",
        "r=\"NaN\"",
        "r=\"infinity\"",
        "r=\"1 2\"",
        "r=\"calc(1px)\"",
        "opacity=\"2\"",
        "transform=\"scale(1e6)\"",
        "transform=\"scale(20) scale(20)\"",
        "transform=\"scale(0)\"",
        "transform=\"rotate(1e400)\"",
        "transform=\"translate(1e9)\"",
        "transform=\"skewX(89.9999999)\"",
        "transform=\"url(#a)\"",
        "transform=\"scale(9) r=\"",
    ] {
        files.push(drawing(&format!("<path {attribute}/>")));
        files.push(drawing(&format!("<g transform=\"scale(2)\"><path {attribute}/></g>")));
    }
    for view in
        ["0 0 1e9 1", "0 0 .001 .001", "0 0 0 0", "0 0 12", "0 0 12 12 12", "1e9 0 1 1", "a"]
    {
        files.push(drawing("").replace("0 0 12 12", view));
    }
    let nested = "<g>".repeat(40) + &"</g>".repeat(40);
    let mask =
        |inner: &str| format!("<mask id=\"a\">{inner}</mask><mask id=\"b\"><path d=\"\"/></mask>");
    for inner in [
        nested,
        "<g>".repeat(1000),
        "<g xmlns:a=\"b\">".repeat(150) + &"</g>".repeat(150),
        "<g a=\"\"/>".replace(' ', &" a=\"\"".repeat(200)),
        mask("<path d=\"\" mask=\"url(#b)\"/>") + "<g mask=\"url(#a)\"/>",
        mask("<path d=\"\" mask=\"url(#a)\"/>"),
        mask("") + &"<g mask=\"url(#a)\"/>".repeat(150),
        mask("").replace("id=\"b\"", "id=\"a\"") + "<g mask=\"url(#a)\"/>",
        format!("<title>{}</title>", "a".repeat(300_000)),
    ] {
        files.push(drawing(&inner));
    }
    assert_refused(&files);
    // As programs write them.
    let large = format!(
        "<g transform=\"translate(0,12) scale(0.01,-0.01)\" fill=\"#000\" stroke=\"none\">\
         <path d=\"M40000 1200 c-51 -9 -86 -22 -90 0z\" stroke-width=\"1.5px\" opacity=\".5\"/></g>{}",
        "<ellipse cx=\"50%\" cy=\"1e0\" rx=\"+1\" ry=\".5\" stroke-dasharray=\"1,2 3\" stroke-linejoin=\"round\"/>"
            .repeat(10)
    );
    published(&drawing(&large));
}

#[test]
fn what_is_no_xml_is_one_problem_where_it_stands() {
    let diagnostics = plant(
        "
-- projects/alpha/emblem.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\">
<title>연구 ⟦invalid-svg⟧& 개발</title>
</svg>
-- projects/beta/emblem.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\">
<title>A⟦invalid-svg⟧&nbsp;B</title></svg>
-- recap/ko.md --
![그림](a.svg)
-- recap/a.svg --
<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 12 12\">
<circle r=\"1\" aria-label=\"A ⟦invalid-svg⟧& B\"/></svg>
",
    );
    let helps = diagnostics.text(false);
    assert_eq!(helps.matches("&amp;").count(), 2, "{helps}");
}

#[test]
fn a_bare_ampersand_is_mended() {
    let folder = both(&drawing("<title>A & B & C</title>")).on_disk();
    content::fix(&dir(folder.path())).expect("files");
    let (_, left) = load(folder.path());
    assert!(left.is_empty(), "{}", left.text(false));
    let file = fs::read_to_string(folder.path().join("recap/a.svg")).expect("a file");
    assert!(file.contains("<title>A &amp; B &amp; C</title>"), "{file}");
}

/// A line in so many dashes that a process has no memory for them.
pub(crate) const DASHES: &str =
    "<path d=\"M0 0h9000\" stroke=\"red\" stroke-linecap=\"round\" stroke-dasharray=\".01\"/>";

#[test]
fn a_worker_draws_the_same_and_whatever_ends_it_costs_one_drawing() {
    let workers = Workers::new(env!("CARGO_BIN_EXE_showcase").into());
    let good = drawing("<circle cx=\"6\" cy=\"6\" r=\"5\" fill=\"red\"/>");
    let masks = (0..24).map(|level| {
        let next = format!("<path d=\"M0 0h12v12z\" mask=\"url(#m{})\"/>", level + 1);
        format!("<mask id=\"m{level}\">{}</mask>", next.repeat(3))
    });
    let masks = masks.fold(String::new(), |all, it| all + &it);
    let hostile = [
        "<path d=\"M0 0h9v9\" stroke=\"#000\" stroke-width=\"1e10\"/>",
        "<path d=\"M0 0A.0001 1e30 1 1 1 3 3\"/>",
        &(masks + "<path d=\"M0 0h12v12z\" mask=\"url(#m0)\"/>"),
        DASHES,
        "<g>",
    ];
    let card = ImageFormat::Png(1200, 630);
    thread::scope(|scope| {
        for inner in hostile {
            let workers = &workers;
            scope.spawn(move || workers.draw(&drawing(inner), card).expect_err(inner));
        }
        for format in [card, ImageFormat::Ico, card] {
            let expected = assets::draw(&good, format);
            assert!(expected.is_ok() && workers.draw(&good, format) == expected);
        }
    });
    assert!(workers.draw(&good, card).is_ok());
    let missing = Workers::new("/nowhere/showcase".into());
    let reason = missing.draw(&good, card).expect_err("no program");
    assert!(reason.starts_with("no process to draw in"), "{reason}");
}

/// Assets whose renderer has its difficulties with one colour.
fn failing() -> Assets {
    Assets::new(|svg, format| {
        if svg.contains("#0badd0") {
            thread::sleep(Duration::from_millis(50));
            return Err("too hard".to_owned());
        }
        assets::draw(svg, format)
    })
}

#[test]
fn a_drawing_that_cannot_be_drawn_costs_the_images_that_show_it() {
    let broken = drawing("<circle r=\"4\" fill=\"#0badd0\"/>");
    let content = Content::new("").file("projects/alpha/emblem.svg", broken);
    let website = content.load().0.expect("valid content");
    let site = assemble_with(&website, "https://example.org/", &failing());
    let card = |slug: &str| {
        let card = card_of(&page_of(&site, &format!("/projects/{slug}/")));
        card.replace("https://example.org", "")
    };
    let (alpha, beta) = (card("alpha"), card("beta"));
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("dist");
    let exported = export::export(&site, &dir, &options(&[])).expect("an export");
    assert!(
        exported
            .missing
            .contains(&"the card of /projects/alpha/ cannot be drawn: too hard".to_owned())
    );
    assert!(exported.missing.iter().all(|it| !it.contains("beta")), "{:?}", exported.missing);
    assert!(dir.join(&beta[1..]).exists() && !dir.join(&alpha[1..]).exists());
    let server = Server::of(site);
    thread::scope(|scope| {
        let cards = || assert_eq!(server.get(&alpha).status(), 404);
        let pages = || assert_eq!(server.get("/projects/alpha/").status(), 200);
        for _ in 0..4 {
            scope.spawn(cards);
            scope.spawn(pages);
        }
        assert_eq!(server.get(&beta).status(), 200);
    });
}
