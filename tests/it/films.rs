//! Films on other sites, which load nothing until somebody asks, and films and slides that entries name.

use crate::server::Server;
use crate::support::{Content, attributes, page_of, plant, problems};

#[test]
fn an_address_alone_in_a_paragraph_is_a_still_of_the_film() {
    let films = [
        (
            "https://www.youtube.com/watch?v=abcdefghijk&t=1m23s",
            "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&start=83",
        ),
        (
            "https://youtu.be/abc-ef_hijk?t=83",
            "https://www.youtube-nocookie.com/embed/abc-ef_hijk?autoplay=1&start=83",
        ),
        (
            "https://m.youtube.com/shorts/abcdefghijk",
            "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&start=0",
        ),
        (
            "www.youtube.com/live/abcdefghijk?start=9",
            "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&start=9",
        ),
        (
            "<https://www.youtube-nocookie.com/embed/abcdefghijk>",
            "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1&start=0",
        ),
        (
            "https://vimeo.com/123456789#t=83s",
            "https://player.vimeo.com/video/123456789?dnt=1&autoplay=1#t=83s",
        ),
        (
            "https://vimeo.com/123456789/0a1b2c3d4e",
            "https://player.vimeo.com/video/123456789?dnt=1&autoplay=1&h=0a1b2c3d4e#t=0s",
        ),
        (
            "https://tube.example.org/w/kkGMgK9ZtnKfYAgnEtQxbv?start=1h1s",
            "https://tube.example.org/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?autoplay=1&p2p=0&start=3601",
        ),
        (
            "https://other.example:8443/videos/watch/9c9de5e8-0a1e-484a-b099-e80766180a6d",
            "https://other.example:8443/videos/embed/9c9de5e8-0a1e-484a-b099-e80766180a6d?autoplay=1&p2p=0&start=0",
        ),
        (
            "https://media.ccc.de/v/37c3-12345-a_talk#t=83",
            "https://media.ccc.de/v/37c3-12345-a_talk/oembed#t=83",
        ),
    ];
    let text = films.map(|(it, _)| it).join("\n\n");
    let content = Content::new(&format!("-- recap/ko.md --\n{text}\n"));
    assert_eq!(problems(&content), Vec::<String>::new());
    let site = content.site();
    let page = page_of(&site, "/");
    let players: Vec<&str> = films.iter().map(|(_, it)| *it).collect();
    assert_eq!(attributes(&page, "data-player"), players);
    for from in ["YouTube", "Vimeo", "tube.example.org", "media.ccc.de"] {
        assert!(page.contains(&format!("영상은 {from}에 있으며")), "{from}");
    }
    assert!(!page.contains("<iframe") && !page.contains("ytimg"));
    // The policy names the hosts of these players and no other, wherever it is told.
    let hosts = "frame-src https://media.ccc.de https://other.example:8443 https://player.vimeo.com \
                 https://tube.example.org https://www.youtube-nocookie.com; font-src";
    assert!(page.contains(hosts), "{}", &page[..900]);
    let feed = page_of(&site, "/feed.xml");
    assert!(
        feed.contains("href=&#34;https://vimeo.com/123456789#t=83s&#34;"),
        "{feed}"
    );
    let answer = Server::of(site).get("/");
    assert!(answer.field("content-security-policy").contains(hosts));
    let permissions = answer.field("permissions-policy");
    assert!(
        permissions.contains("fullscreen=(self \"https://media.ccc.de\" "),
        "{permissions}"
    );
}

#[test]
fn a_link_with_words_or_to_no_film_stays_a_link_and_the_policy_as_it_is() {
    let content = Content::new(
        "-- recap/ko.md --\n[영상](https://youtu.be/abcdefghijk)\n\n글 https://youtu.be/abcdefghijk\n\n\
         https://example.org/w/index.php\n\nhttps://www.youtube.com/embed/videoseries?list=x\n\n\
         https://evil.example;script-src/w/abc\n",
    );
    let site = content.site();
    assert!(!page_of(&site, "/").contains("data-player"));
    let answer = Server::of(site).get("/");
    assert!(
        !answer
            .field("content-security-policy")
            .contains("frame-src")
    );
    assert!(
        answer
            .field("permissions-policy")
            .contains("fullscreen=(self),")
    );
}

#[test]
fn a_film_that_an_entry_names_stands_at_the_head_of_its_page() {
    let content = Content::new(
        "-- projects/alpha/project.yaml, with --\nvideo: https://youtu.be/abcdefghijk\n",
    );
    let page = page_of(&content.site(), "/en/projects/alpha/");
    let (head, _) = page.split_once("class=\"prose\"").expect("a write-up");
    assert!(head.contains("aria-label=\"Play “Alpha”\""), "{head}");
    assert!(head.contains("<a class=\"film__still\" href=\"https://youtu.be/abcdefghijk\""));
    assert!(page.contains("\"embedUrl\":\"https://www.youtube-nocookie.com/embed/abcdefghijk"));
}

#[test]
fn film_and_slides_may_be_files() {
    let content = Content::new(
        "-- projects/alpha/project.yaml, with --\nvideo: talk.mp4\nslides: media/slides.pdf\n",
    )
    .file("projects/alpha/talk.mp4", "0123456789")
    .file("projects/alpha/talk.en.vtt", "WEBVTT\n")
    .file("media/slides.pdf", vec![b'%'; 2_345_678]);
    assert_eq!(problems(&content), Vec::<String>::new());
    let site = content.site_at("https://example.org/recap/");
    let page = page_of(&site, "/en/projects/alpha/");
    for part in [
        "src=\"/recap/projects/alpha/talk.mp4\"><track kind=\"captions\" srclang=\"en\"",
        "href=\"/recap/media/slides.pdf\">Slides (PDF, 2.3 MB)</a>",
        "\"contentUrl\":\"https://example.org/recap/projects/alpha/talk.mp4\"",
        "\"encodingFormat\":\"video/mp4\"",
        "\"encodingFormat\":\"application/pdf\"",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let film = "https://example.org/recap/projects/alpha/talk.mp4";
    let slides = "https://example.org/recap/media/slides.pdf";
    for (path, parts) in [
        (
            "/en/projects/alpha/index.json",
            ["\"video\":\"", "\"slides\":\""],
        ),
        (
            "/en/projects/alpha/index.md",
            ["Recording** (MP4, 10 B): <", "Slides** (PDF, 2.3 MB): <"],
        ),
        (
            "/en/feed.xml",
            [
                "type=\"video/mp4\" length=\"10\" href=\"",
                "type=\"application/pdf\" length=\"2345678\" href=\"",
            ],
        ),
    ] {
        let text = page_of(&site, path).replace("\": \"", "\":\"");
        for (part, address) in parts.into_iter().zip([film, slides]) {
            assert!(
                text.contains(&format!("{part}{address}")),
                "{part} in {path}: {text}"
            );
        }
    }
    assert!(
        site.paths()
            .any(|(path, _)| path == "/projects/alpha/talk.en.vtt")
    );
}

#[test]
fn what_is_wrong_with_film_or_slides_is_said_where_it_is_named() {
    plant(
        "-- projects/alpha/project.yaml, with --\nvideo: ⟦missing-picture⟧talk.mp4\nslides: ⟦missing-picture⟧../../../slides.pdf\n",
    );
    plant(
        "-- projects/alpha/project.yaml, with --\nvideo: ⟦invalid-address⟧javascript:alert(1)\nslides: ⟦broken-link⟧example.org/slides\n",
    );
    let content = Content::new(
        "-- projects/alpha/project.yaml, with --\nvideo: talk.mov\nslides: Slides.PDF\n",
    )
    .file("projects/alpha/talk.mov", "0123456789")
    .file("projects/alpha/slides.pdf", "%PDF-1.7");
    let diagnostics = content.load().1;
    let text = diagnostics.text(false);
    assert_eq!(diagnostics.errors(), 2, "{text}");
    assert!(
        text.contains("`talk.mov` is no film or sound that browsers play"),
        "{text}"
    );
    assert!(text.contains("did you mean `slides.pdf`?"), "{text}");
}
