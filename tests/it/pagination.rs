//! A programme longer than a page: its lists go on over several sheets, and nothing is out of reach.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use showcase::site::{ContentType, Lookup, Site};

use crate::support::{Content, attributes, between, page_of, text_of};

/// How many projects the programme has.
const PROJECTS: usize = 150;

/// The small site with copies of one project in all places that are left; every third is a game.
static SITE: LazyLock<Site> = LazyLock::new(|| {
    let mut content = Content::new("");
    let file = |name: &str| {
        let path = format!("projects/beta/{name}");
        let (_, bytes) = content.files().find(|(it, _)| *it == path).expect("a file");
        text_of(bytes)
    };
    let (facts, ko, en) = (file("project.yaml"), file("ko.md"), file("en.md"));
    for order in 4..=PROJECTS {
        let topic = if order % 3 == 0 { "games" } else { "data" };
        let facts = facts
            .lines()
            .map(|line| match line.split_once(':') {
                Some(("order", _)) => format!("order: {order}"),
                Some(("name", _)) => format!("name: {{ko: 사업 {order}, en: Venture {order}}}"),
                Some(("topics", _)) => format!("topics: [{topic}]"),
                _ => line.to_owned(),
            })
            .collect::<Vec<_>>()
            .join("\n");
        let folder = format!("projects/venture-{order:03}");
        content = content
            .file(&format!("{folder}/project.yaml"), facts)
            .file(&format!("{folder}/ko.md"), ko.clone())
            .file(&format!("{folder}/en.md"), en.clone());
    }
    content.site()
});

/// The projects that the body of a page links to.
fn projects(path: &str) -> BTreeSet<String> {
    let html = page_of(&SITE, path);
    let main = between(&html, "<main", "</main>");
    let links = attributes(main, "href").into_iter();
    links.filter(|it| it.starts_with("/en/projects/") && it.matches('/').count() == 4).collect()
}

#[test]
fn every_project_stands_on_one_sheet_of_the_list() {
    let sheets = ["/en/projects/", "/en/projects/page/2/", "/en/projects/page/3/"];
    let counts = sheets.map(|sheet| projects(sheet).len());
    assert_eq!(counts, [60, 60, 30]);
    let all: BTreeSet<String> = sheets.into_iter().flat_map(projects).collect();
    assert_eq!(all.len(), PROJECTS);
    assert!(matches!(SITE.lookup("/en/projects/page/4/"), Lookup::NotFound(_)));
    assert!(matches!(SITE.lookup("/en/projects/page/1/"), Lookup::NotFound(_)));
}

#[test]
fn a_sheet_leads_to_the_ones_beside_it() {
    let link = |path: &str, rel: &str| {
        let html = page_of(&SITE, path);
        let mark = format!("class=\"pagination__link\" rel=\"{rel}\"");
        let link = html.split(&mark).nth(1)?;
        attributes(link, "href").into_iter().next()
    };
    let to = |it: &str| Some(it.to_owned());
    assert_eq!(link("/en/projects/", "prev"), None);
    assert_eq!(link("/en/projects/", "next"), to("/en/projects/page/2/"));
    assert_eq!(link("/en/projects/page/2/", "prev"), to("/en/projects/"));
    assert_eq!(link("/en/projects/page/2/", "next"), to("/en/projects/page/3/"));
    assert_eq!(link("/en/projects/page/3/", "next"), None);
    assert!(page_of(&SITE, "/en/projects/page/2/").contains("Page 2 of 3"));
}

#[test]
fn a_topic_lists_all_that_carry_it() {
    let sheets = ["/en/topics/data/", "/en/topics/data/page/2/"];
    let all: BTreeSet<String> = sheets.into_iter().flat_map(projects).collect();
    let with_topic = page_of(&SITE, "/en/topics/");
    assert!(
        with_topic.contains(&format!("{} projects", all.len())),
        "{} in {with_topic}",
        all.len()
    );
    assert!(all.len() > 90);
}

#[test]
fn the_first_page_shows_a_sheet_and_leads_to_the_rest() {
    let html = page_of(&SITE, "/en/");
    let main = between(&html, "<main", "</main>");
    assert_eq!(main.matches("class=\"project-card\"").count(), 60);
    assert!(main.contains(
        "<a class=\"pagination__link\" href=\"/en/projects/\">Show all 150 projects</a>"
    ));
    assert!(html.contains("150 projects"));
}

#[test]
fn sheets_have_titles_of_their_own_and_no_page_is_enormous() {
    let mut titles = BTreeSet::new();
    for (path, resource) in SITE.paths() {
        if resource.content_type() != ContentType::HTML {
            continue;
        }
        let html = text_of(resource.body());
        let title = (path.starts_with("/en/"), between(&html, "<title>", "</title>").to_owned());
        assert!(titles.insert(title.clone()), "{path}: {title:?} again");
        assert!(html.len() < 200_000, "{path} has {} bytes", html.len());
    }
}

#[test]
fn related_projects_share_a_topic_and_neighbours_stand_beside() {
    let html = page_of(&SITE, "/en/projects/venture-099/");
    let related = between(&html, "id=\"related\"", "</section>");
    let related = attributes(related, "href");
    assert_eq!(related.len(), 4);
    for link in related {
        let page = page_of(&SITE, &link);
        assert!(page.contains("/en/topics/games/"), "{link}");
    }
    let beside = between(&html, "class=\"prev-next\"", "</nav>");
    assert_eq!(
        attributes(beside, "href"),
        ["/en/projects/venture-098/", "/en/projects/venture-100/"]
    );
}

#[test]
fn every_page_of_a_list_has_a_preview_card_of_its_own() {
    let pages: Vec<_> = SITE.paths().filter(|(it, _)| it.ends_with('/')).collect();
    assert!(pages.iter().any(|(it, _)| *it == "/en/topics/data/page/2/"));
    let mut cards = BTreeSet::new();
    for (path, page) in pages {
        let html = text_of(page.body());
        let meta = between(&html, "<meta property=\"og:image\"", ">");
        let card = attributes(meta, "content").concat();
        assert!(cards.insert(card.clone()), "{card} of {path}");
        let card = card.trim_start_matches("http://127.0.0.1:3000");
        assert!(matches!(SITE.lookup(card), Lookup::Found(_)), "{card}");
    }
}
