//! Links that are right, and how those that are not are named.

use crate::support::{Content, attributes, main_of, page, plant, problems};

#[test]
fn what_is_right_is_accepted() {
    let text = "-- recap/ko.md --\n[a](tel:+82-2-000-0000) [b](sms:+82) [c](HTTPS://example.org/) [d](MAILTO:a@example.org) <tel:+82> \
        [e](/search/?q=%EB%85%B8%EB%93%9C) [f](/feed.xml) [g](/event.ics) [h](/projects/alpha/index.md) [i](/%61bout/) \
        [j](#%EC%9A%94%EA%B8%88) [k](/projects/alpha/#%68ow)\n\n## 요금 {#요금}\n";
    let html = page(text, "/");
    let links = attributes(main_of(&html), "href");
    for link in [
        "tel:+82-2-000-0000",
        "sms:+82",
        "/search/?q=%EB%85%B8%EB%93%9C",
        "/about/",
        "#%EC%9A%94%EA%B8%88",
        "/projects/alpha/#how",
    ] {
        assert!(links.iter().any(|it| it == link), "{link} in {links:?}");
    }
}

#[test]
fn what_is_refused_is_named_as_what_it_is() {
    for (link, words) in [
        ("webcal://example.org/a.ics", "`webcal:`"),
        ("javascript:alert(1)", "`javascript:`"),
        ("https:/example.org", "two slashes"),
        ("//example.org/", "https://example.org/"),
        ("www.example.org", "https://www.example.org"),
        ("example.org/a", "https://example.org/a"),
        ("/projects/alpha", "write `/projects/alpha/`"),
        ("../projects/alpha/", "write `/projects/alpha/`"),
        ("/en/projects/alpha/#how", "write `/projects/alpha/#how`"),
        ("/projects/alpha\u{200b}/", "U+200B"),
        ("term:node\u{a0}", "U+00A0"),
    ] {
        let (_, found) = Content::new("").file("recap/ko.md", format!("[글]({link})\n")).load();
        let told: Vec<String> =
            found.items().iter().map(|it| format!("{} {:?}", it.message, it.help)).collect();
        assert!(told.len() == 1 && told[0].contains(words), "{link}: {told:?}");
    }
}

#[test]
fn a_page_is_known_by_its_old_address() {
    let text = "-- projects/beta/project.yaml, with --\naliases: [/projects/old/, /old/talk.html, /%EC%98%9B/]\n\
        -- pages/about/page.yaml, with --\naliases: [/info/]\n";
    let diagnostics = plant(&format!(
        "{text}-- recap/ko.md --\n⟦moved-link⟧[글](/projects/old/)과 ⟦moved-link⟧[글](/info/)\n"
    ));
    assert!(diagnostics.items().iter().all(|it| it.fix.is_some()));
    let site = Content::new(text).site();
    let redirects: Vec<(&str, String)> = site.redirects().collect();
    for (from, to) in [
        ("/old/talk.html", "/projects/beta/"),
        ("/옛/", "/projects/beta/"),
        ("/info/", "/about/"),
        ("/en/old/talk.html", "/en/projects/beta/"),
    ] {
        assert!(redirects.contains(&(from, to.to_owned())), "{from} in {redirects:?}");
    }
}

#[test]
fn a_fault_in_facts_breaks_no_link_to_them() {
    for facts in ["name: B\norder: x\n", "name: B\nfigurs: []\n", "name: [\n", "name: 'x\n"] {
        let content = Content::new("")
            .file("projects/beta/project.yaml", facts)
            .file("pages/about/ko.md", "[a](/projects/beta/index.json) [b](/projects/beta/index.md) [c](/projects/beta/#figure-x) [d](/projects.json)\n");
        let found = problems(&content);
        assert!(found.len() == 1 && found[0].contains("projects/beta/"), "{facts}: {found:?}");
    }
}

#[test]
fn headings_are_called_alike_where_a_link_relies_on_it() {
    plant(
        "
-- projects/alpha/en.md --
The text.

⟦unlike-headings⟧## Method {#hwo}
-- recap/ko.md --
[방법](/projects/alpha/#how)
",
    );
}

#[test]
fn addresses_that_lead_nobody_anywhere_are_named() {
    plant(
        "
-- recap/ko.md --
⟦unreachable-link⟧[가](http://localhost:3000/a) ⟦unreachable-link⟧[나](https://127.0.0.1/) ⟦unreachable-link⟧[다](mailto:ann)

[라](mailto:ann@example.org) [마](https://localhost.example.org/)
",
    );
}
