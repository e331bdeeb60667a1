//! The list of pages.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

use super::{HARD, SHIPPED, URL, pages, read, tags, value};

const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

fn text<'a>(node: Node<'a, 'a>, name: &str) -> &'a str {
    let found: Vec<_> = node.children().filter(|it| it.has_tag_name((SITEMAP, name))).collect();
    assert_eq!(found.len(), 1, "{name}");
    found[0].text().unwrap_or_default()
}

#[test]
fn every_page_that_should_be_found_is_listed_once_and_nothing_else() {
    for site in [&SHIPPED, &HARD] {
        let sitemap = read(site, &format!("{URL}sitemap.xml"));
        let sitemap = Document::parse(&sitemap).expect("XML");
        assert!(sitemap.root_element().has_tag_name((SITEMAP, "urlset")));
        let mut listed = BTreeMap::new();
        for url in sitemap.root_element().children().filter(Node::is_element) {
            let alternates = url.children().filter(|it| it.has_tag_name((XHTML, "link")));
            let alternates: Vec<_> = alternates
                .map(|it| {
                    [it.attribute("hreflang"), it.attribute("href")]
                        .map(|it| it.unwrap_or_default().to_owned())
                })
                .collect();
            let day = text(url, "lastmod");
            assert!(day.starts_with("2026-11-"), "{day}");
            let known = listed.insert(text(url, "loc").to_owned(), alternates);
            assert_eq!(known, None, "listed twice: {}", text(url, "loc"));
        }
        let pages = pages(site);
        let canonical: BTreeSet<String> = pages
            .values()
            .flat_map(|html| tags(html, "<link rel=\"canonical\""))
            .map(|it| value(it, "href"))
            .collect();
        assert_eq!(listed.keys().cloned().collect::<BTreeSet<_>>(), canonical);
        for (address, alternates) in listed {
            let links = tags(&pages[&address], "<link rel=\"alternate\" hreflang=");
            let links: Vec<_> =
                links.into_iter().map(|it| [value(it, "hreflang"), value(it, "href")]).collect();
            assert_eq!(alternates, links, "{address}");
        }
    }
}

#[test]
fn a_page_is_as_old_as_what_it_shows() {
    let site = crate::support::Content::new(
        "-- projects/beta/project.yaml, with --\nupdated: 2026-11-21\n",
    )
    .site_at(URL);
    let sitemap = read(&site, &format!("{URL}sitemap.xml"));
    for (path, day) in [
        ("projects/alpha/", "2026-11-20"),
        ("projects/beta/", "2026-11-21"),
        ("", "2026-11-21"),
        ("en/projects/", "2026-11-21"),
        ("about/", "2026-11-20"),
    ] {
        let entry = format!("<loc>{URL}{path}</loc>\n<lastmod>{day}</lastmod>");
        assert!(sitemap.contains(&entry), "{entry} in {sitemap}");
    }
}

#[test]
fn crawlers_are_told_where_it_is() {
    let robots = read(&SHIPPED, &format!("{URL}robots.txt"));
    assert_eq!(robots, format!("User-agent: *\nDisallow:\n\nSitemap: {URL}sitemap.xml\n"));
}
