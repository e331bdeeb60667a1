//! A drawing: what is published of it reads the same as HTML and as XML, holds nothing but what may be in it, and can
//! be drawn in no time.
#![no_main]

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use libfuzzer_sys::fuzz_target;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use roxmltree::{Document, Node};
use showcase::assets::{ImageFormat, draw};
use showcase::svg::{Rules, Svg};

const SVG: &str = "http://www.w3.org/2000/svg";

const ELEMENTS: &str = " svg g path rect circle ellipse line polygon polyline defs clipPath mask linearGradient \
    radialGradient stop title desc ";

const ATTRIBUTES: &str = " viewBox preserveAspectRatio width height x y x1 y1 x2 y2 cx cy r rx ry fx fy fr d points \
    transform gradientTransform gradientUnits spreadMethod offset stop-color stop-opacity fill fill-rule fill-opacity \
    stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray \
    stroke-dashoffset opacity shape-rendering id class clip-path clip-rule clipPathUnits mask maskUnits \
    maskContentUnits role aria-label aria-hidden ";

/// An element or a text of a tree, as both parsers tell it.
#[derive(Debug, PartialEq)]
enum Item {
    Element(String, Vec<(String, String)>),
    Text(String),
    End,
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    for (id_prefix, square) in [("d", None), ("emblem_a_", Some(12.0))] {
        let rules = Rules {
            limit: 16 << 10,
            id_prefix,
            square,
        };
        let (svg, refused) = Svg::read(text, rules);
        assert!(svg.is_some() || !refused.is_empty());
        for it in &refused {
            assert!(text.get(it.span.clone()).is_some(), "{it:?}");
        }
        let Some(svg) = svg else { continue };
        let shapes = svg.shapes();
        for document in [
            svg.to_string(),
            format!("<svg xmlns=\"{SVG}\">{shapes}</svg>"),
        ] {
            look(&document, id_prefix);
        }
        if refused.is_empty() {
            // A size of nothing is no fault.
            let _ = draw(&svg.to_string(), ImageFormat::Png(256, 256));
        }
    }
});

fn look(document: &str, id_prefix: &str) {
    let tree = Document::parse(document).expect(document);
    let mut xml = Vec::new();
    of_xml(tree.root_element(), &mut xml);
    let page = format!("<!DOCTYPE html><title>a</title><p>{document}<b id=after>");
    let page = parse_document(RcDom::default(), ParseOpts::default()).one(page);
    let mut html = Vec::new();
    of_html(&find(&page.document, "svg").expect("a drawing"), &mut html);
    assert_eq!(xml, html, "{document}");
    let after = find(&page.document, "after").expect("what follows");
    let parent = after
        .parent
        .take()
        .and_then(|it| it.upgrade())
        .expect("it stands in the page");
    assert!(
        matches!(&parent.data, NodeData::Element { name, .. } if &*name.local == "p"),
        "{document}"
    );
    for item in &xml {
        match item {
            Item::Element(name, attributes) => {
                assert!(ELEMENTS.contains(&format!(" {name} ")), "{name}");
                for (name, value) in attributes {
                    assert!(ATTRIBUTES.contains(&format!(" {name} ")), "{name}");
                    allowed(name, value, id_prefix);
                }
            }
            Item::Text(text) => assert!(!text.contains(char::is_control), "{text:?}"),
            Item::End => {}
        }
    }
}

/// Looks for what might run, load, or be something of the page.
fn allowed(name: &str, value: &str, id_prefix: &str) {
    if name == "aria-label" {
        return assert!(!value.contains(char::is_control), "{value:?}");
    }
    let is_plain = |it: char| it.is_ascii_alphanumeric() || " .,+-#%()_".contains(it);
    assert!(value.chars().all(is_plain), "{name}={value:?}");
    assert!(name != "id" || value.starts_with(id_prefix), "{value}");
    let is_own = |it: &str| it.starts_with(&format!("url(#{id_prefix}"));
    match value.split_once('(') {
        Some(_) if name.to_ascii_lowercase().ends_with("transform") => {
            assert!(!value.contains("url"))
        }
        Some(_) => assert!(
            is_own(value) && value.find(')') == Some(value.len() - 1),
            "{name}={value:?}"
        ),
        None => {}
    }
}

fn of_xml(node: Node<'_, '_>, items: &mut Vec<Item>) {
    if let Some(text) = node.text().filter(|_| node.is_text()) {
        items.push(Item::Text(text.to_owned()));
    } else {
        assert!(node.is_element() && node.tag_name().namespace() == Some(SVG));
        let attributes = node
            .attributes()
            .map(|it| (it.name().to_owned(), it.value().to_owned()));
        items.push(Item::Element(
            node.tag_name().name().to_owned(),
            sorted(attributes),
        ));
        node.children().for_each(|it| of_xml(it, items));
        items.push(Item::End);
    }
}

fn of_html(node: &Handle, items: &mut Vec<Item>) {
    match &node.data {
        NodeData::Text { contents } => items.push(Item::Text(contents.borrow().to_string())),
        NodeData::Element { name, attrs, .. } => {
            assert_eq!(&*name.ns, SVG, "{name:?}");
            let attributes = attrs.borrow();
            let attributes = attributes.iter().filter(|it| &*it.name.local != "xmlns");
            let attributes = attributes.map(|it| (it.name.local.to_string(), it.value.to_string()));
            items.push(Item::Element(name.local.to_string(), sorted(attributes)));
            node.children
                .borrow()
                .iter()
                .for_each(|it| of_html(it, items));
            items.push(Item::End);
        }
        other => panic!("{other:?}"),
    }
}

fn sorted(attributes: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut attributes: Vec<_> = attributes.collect();
    attributes.sort();
    attributes
}

/// The first element that is called so, by its name or its id.
fn find(node: &Handle, what: &str) -> Option<Handle> {
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let has_id = attrs
            .borrow()
            .iter()
            .any(|it| &*it.name.local == "id" && &*it.value == what);
        if has_id || &*name.local == what {
            return Some(node.clone());
        }
    }
    node.children.borrow().iter().find_map(|it| find(it, what))
}
