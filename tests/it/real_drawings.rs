//! Drawings as programs write them: made safe and shown, with a word on what is left out.

use showcase::media::Medium;
use showcase::site::Lookup;

use crate::drawings::drawing;
use crate::support::{Content, attributes, main_of, page_of};

/// A drawing in a file of its own, with namespaces of editors.
fn file(head: &str, inner: &str) -> String {
    format!(
        "{head}<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" \
         xmlns:sodipodi=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" \
         viewBox=\"0 0 90 60\" width=\"180mm\" enable-background=\"new 0 0 90 60\" xml:space=\"preserve\">{inner}</svg>"
    )
}

const DOCTYPE: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?><!-- Generator: Adobe Illustrator -->\
    <!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">";
const ENTITIES: &str =
    "<!DOCTYPE svg [<!ENTITY ns_svg \"http://www.w3.org/2000/svg\"><!ENTITY ink \"#e8432a\">]>";
const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

#[rustfmt::skip]
fn variants() -> Vec<(&'static str, String)> {
    let rect = "<rect width=\"40\" height=\"30\" fill=\"#e8432a\"/>";
    vec![
        ("doctype", file(DOCTYPE, rect)),
        ("entity", file(ENTITIES, "<rect width=\"40\" height=\"30\" fill=\"&ink;\"/>")),
        ("inkscape", file("", &format!(
            "<sodipodi:namedview id=\"v\" inkscape:zoom=\"2\"/><metadata><a xmlns=\"urn:b\">c</a></metadata>\
             <g inkscape:groupmode=\"layer\" inkscape:label=\"one\">{rect}</g>"))),
        ("style", file("", "<style>.a{fill:#e8432a;stroke:none}</style><rect class=\"a\" width=\"40\" height=\"30\"/>")),
        ("css", file("", "<rect style=\"fill:#e8432a;fill-opacity:.9\" width=\"40\" height=\"30\"/>")),
        ("use", file("", "<defs><rect id=\"r\" width=\"40\" height=\"30\" fill=\"#e8432a\"/></defs><use xlink:href=\"#r\" x=\"5\"/><use href=\"#r\" y=\"9\"/>")),
        ("symbol", file("", "<symbol id=\"s\" viewBox=\"0 0 9 9\"><circle cx=\"4\" cy=\"4\" r=\"4\"/></symbol><use href=\"#s\" width=\"50\" height=\"50\"/>")),
        ("gradient", file("", "<linearGradient id=\"a\"><stop stop-color=\"red\"/><stop offset=\"1\" style=\"stop-color:#00f\"/></linearGradient><linearGradient id=\"b\" xlink:href=\"#a\" x2=\"40\" gradientUnits=\"userSpaceOnUse\"/><rect width=\"40\" height=\"30\" fill=\"url(#b)\"/>")),
        ("text", file("", "<text x=\"5\" y=\"30\" font-size=\"20\" font-family=\"Arial\">Logo</text>")),
        ("filter", file("", &format!("<filter id=\"f\"><feGaussianBlur stdDeviation=\"2\"/></filter><g filter=\"url(#f)\">{rect}</g>"))),
        ("pattern", file("", "<pattern id=\"p\" width=\"9\" height=\"9\" patternUnits=\"userSpaceOnUse\"><circle r=\"4\" cx=\"4\" cy=\"4\"/></pattern><rect width=\"40\" height=\"30\" fill=\"url(#p)\"/>")),
        ("image", file("", &format!("<image width=\"40\" height=\"30\" xlink:href=\"data:image/png;base64,{DOT}\"/>"))),
        ("blend", file("", &format!("{rect}<g style=\"mix-blend-mode:multiply\">{rect}</g>"))),
        ("clips", file("", &format!("<clipPath id=\"a\"><circle r=\"20\"/></clipPath><clipPath id=\"b\" clip-path=\"url(#a)\"><rect width=\"9\" height=\"9\"/></clipPath><g clip-path=\"url(#b)\">{rect}</g>"))),
        ("nested", file("", &format!("<svg x=\"5\" width=\"50%\" viewBox=\"0 0 40 30\">{rect}</svg>"))),
        ("switch", file("", &format!("<switch><foreignObject requiredExtensions=\"http://ns.adobe.com/AdobeIllustrator/10.0/\"/><g>{rect}</g></switch>"))),
        ("no view", file("", rect).replace(" viewBox=\"0 0 90 60\"", " height=\"90mm\"")),
        ("own names", file("", &format!("<title>Ein Logo</title><desc>é</desc><a>{rect}</a>")).replace("<rect", "<rect data-name=\"x\"")),
    ]
}

#[test]
fn drawings_of_real_programs_are_shown() {
    for (name, file) in variants() {
        let content = Content::new("-- recap/ko.md --\n![그림](a.svg)\n").file("recap/a.svg", file);
        let (website, diagnostics) = content.load();
        let left_out = usize::from(name == "switch");
        assert_eq!(diagnostics.items().len(), left_out, "{name}: {}", diagnostics.text(false));
        let website = website.unwrap_or_else(|| panic!("{name}: {}", diagnostics.text(false)));
        let is_drawn = ["filter", "pattern", "image", "blend", "clips"].contains(&name);
        match &website.media["recap/a.svg"] {
            Medium::Drawing(svg) => {
                assert!(!is_drawn, "{name}");
                let text = svg.to_string();
                assert!(text.contains("<path"), "{name}: {text}");
                for none in ["inkscape", "DOCTYPE", "style", "<use", "href", "<text", "ns_svg"] {
                    assert!(!text.contains(none), "{name}: {text}");
                }
            }
            medium => {
                assert!(is_drawn, "{name}");
                let (width, height) = medium.size().expect("a size");
                assert!(width >= 600 && height >= 400, "{name}: {width} {height}");
            }
        }
    }
}

#[test]
fn what_could_run_or_load_goes_and_is_named_once() {
    let hostile = "<script>alert(1)</script><rect width=\"9\" height=\"9\" onclick=\"alert(1)\" onload=\"alert(2)\"/>\
        <foreignObject><p xmlns=\"http://www.w3.org/1999/xhtml\">evil</p></foreignObject>\
        <image href=\"https://evil.example/a.png\"/><image xlink:href=\"/etc/passwd\"/><use href=\"//evil.example#a\"/>\
        <style>@import url(//evil.example/a.css);</style><rect fill=\"url('//evil.example#a')\" width=\"1\" height=\"1\"/>\
        <a href=\"javascript:alert(1)\"><circle r=\"3\"/></a><animate attributeName=\"href\" values=\"javascript:alert(1)\"/>";
    let content = Content::new("-- recap/ko.md --\n![그림](a.svg)\n")
        .file("recap/a.svg", file("<?xml-stylesheet href=\"//evil.example\"?>", hostile));
    let (website, diagnostics) = content.load();
    let text = diagnostics.text(false);
    assert_eq!((diagnostics.items().len(), diagnostics.errors()), (1, 0), "{text}");
    for what in [
        "script",
        "event attribute",
        "HTML",
        "address of elsewhere",
        "link",
        "animation",
        "stylesheet",
    ] {
        assert!(text.contains(what), "{what}: {text}");
    }
    let Medium::Drawing(svg) = &website.expect("a site").media["recap/a.svg"] else {
        panic!("it is drawn");
    };
    let svg = svg.to_string();
    for none in ["script", "evil", "onclick", "foreign", "href", "passwd", "animate", "import"] {
        assert!(!svg.contains(none), "{none}: {svg}");
    }
}

#[test]
fn entities_without_end_are_refused_and_a_drawn_one_is_served_as_a_picture() {
    let mut many = String::new();
    for it in 1..12 {
        let next = format!("<!ENTITY l{it} \"{}\">", format!("&l{};", it - 1).repeat(10));
        many += &next;
    }
    let bomb =
        format!("<!DOCTYPE svg [<!ENTITY l0 \"ha\">{many}]>{}", drawing("<desc>&l11;</desc>"));
    let content = Content::new("-- recap/ko.md --\n![그림](a.svg)\n").file("recap/a.svg", bomb);
    let (website, diagnostics) = content.load();
    assert!(website.is_none() && diagnostics.items().len() == 1);
    let blend = variants().into_iter().find(|it| it.0 == "filter").expect("one").1;
    let site =
        Content::new("-- recap/ko.md --\n![그림](a.svg)\n").file("recap/a.svg", blend).site();
    let home = page_of(&site, "/");
    let src = attributes(main_of(&home), "src").remove(0);
    assert!(src.starts_with("/assets/a-"), "{src}");
    assert!(matches!(site.lookup(&src), Lookup::Found(it) if it.as_stored().is_some()));
}
