//! Films on other sites, which load nothing until somebody asks, and films and slides that entries name.

use crate::server::Server;
use crate::support::{Content, attributes, between, listed, page_of, plant, problems, text_of};

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
    assert!(feed.contains("href=&#34;https://vimeo.com/123456789#t=83s&#34;"), "{feed}");
    let answer = Server::of(site).get("/");
    assert!(answer.field("content-security-policy").contains(hosts));
    let permissions = answer.field("permissions-policy");
    assert!(permissions.contains("fullscreen=(self \"https://media.ccc.de\" "), "{permissions}");
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
    assert!(!answer.field("content-security-policy").contains("frame-src"));
    assert!(answer.field("permissions-policy").contains("fullscreen=(self),"));
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
        ("/en/projects/alpha/index.json", ["\"video\":\"", "\"slides\":\""]),
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
            assert!(text.contains(&format!("{part}{address}")), "{part} in {path}: {text}");
        }
    }
    assert!(site.paths().any(|(path, _)| path == "/projects/alpha/talk.en.vtt"));
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
    assert!(text.contains("`talk.mov` is no film or sound that browsers play"), "{text}");
    assert!(text.contains("did you mean `slides.pdf`?"), "{text}");
}

const CAPTIONS: &str = "WEBVTT - a talk\n\nNOTE for editors\n\n1\n00:00:01.000 --> 00:00:04.000\n\
<v Ann>Good <i>morning</i> &amp; welcome.\nWe begin.\n\n\
00:01:23.000 --> 00:01:25.000 align:start\n<v.loud Ann>A bowl &lt;script>alert(1)&lt;/script> breaks.\n\n\
00:01:25.500 --> 00:01:27.000\n<v Bob Lee>Zinnober glows.</v>\n";

const CHAPTERS: &str =
    "WEBVTT\n\n00:00.000 --> 00:20.000\nHello\n\n01:23.000 --> 02:00.000\nThe &lt;bowl\n";

fn talk(video: &str, stem: &str) -> Content {
    let entry = format!("-- projects/alpha/project.yaml, with --\nvideo: {video}\n");
    Content::new(&entry)
        .file("projects/alpha/talk.mp4", "0123456789")
        .file(&format!("projects/alpha/{stem}.en.vtt"), CAPTIONS)
        .file(&format!("projects/alpha/{stem}.chapters.vtt"), CHAPTERS)
}

#[test]
fn captions_are_a_transcript_by_chapter_and_speaker_with_a_link_to_each_second() {
    let content = talk("talk.mp4", "talk");
    assert_eq!(problems(&content), Vec::<String>::new());
    let site = content.site();
    let page = page_of(&site, "/en/projects/alpha/");
    for part in [
        "<h2 class=\"transcript__chapter\" id=\"t-83\"><a class=\"transcript__time\" href=\"/projects/alpha/talk.mp4#t=83\">1:23</a> The &lt;bowl</h2>",
        "<p class=\"transcript__paragraph\" id=\"t-1\"><a class=\"transcript__time\" href=\"/projects/alpha/talk.mp4#t=1\">0:01</a> \
         <b class=\"transcript__speaker\">Ann</b> Good morning &amp; welcome. We begin.</p>",
        "<b class=\"transcript__speaker\">Ann</b> A bowl &lt;script&gt;alert(1)&lt;/script&gt; breaks.</p>",
        "id=\"t-85\"><a class=\"transcript__time\" href=\"/projects/alpha/talk.mp4#t=85\">1:25</a> \
         <b class=\"transcript__speaker\">Bob Lee</b> Zinnober glows.</p>",
        "<track kind=\"chapters\" srclang=\"en\"",
    ] {
        assert!(
            page.contains(part),
            "{part} in {}",
            between(&page, "<div class=\"recording", "</details>")
        );
    }
    // What is said in English is shown to Koreans too, and found by what they are told.
    let korean = page_of(&site, "/projects/alpha/");
    assert!(korean.contains("<div class=\"transcript__text\" dir=\"auto\" lang=\"en\">"));
    let results = site.search("/en/search/", "q=zinnober").expect("an answer");
    let results = text_of(results.body());
    assert!(results.contains("href=\"/en/projects/alpha/#t-85\""), "{results}");
    let feed = page_of(&site, "/en/feed.xml");
    assert!(
        feed.contains("href=&#34;http://127.0.0.1:3000/en/projects/alpha/#t-85&#34;"),
        "{feed}"
    );
    // A text may lead there.
    plant("-- recap/ko.md --\n[영상](/projects/alpha/#t-83)\n");
}

#[test]
fn a_transcript_of_a_film_elsewhere_leads_to_its_seconds_there() {
    for (video, address) in [
        ("https://youtu.be/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk&amp;t=85s"),
        ("https://vimeo.com/123456789", "https://vimeo.com/123456789#t=85s"),
        ("https://tube.example/w/abc?start=9", "https://tube.example/w/abc?start=85"),
        ("https://media.ccc.de/v/a-talk", "https://media.ccc.de/v/a-talk#t=85"),
        ("https://example.org/talk.webm", "https://example.org/talk.webm#t=85"),
    ] {
        let content = talk(video, "video");
        assert_eq!(problems(&content), ["unread-file projects/alpha/talk.mp4:1:1"], "{video}");
        let page = page_of(&content.site(), "/en/projects/alpha/");
        assert!(page.contains(&format!("href=\"{address}\">1:25</a>")), "{address}");
    }
    // The first film of a text has the captions beside it.
    let recap = Content::new(
        "-- recap/ko.md --\nhttps://youtu.be/abcdefghijk\n\nhttps://youtu.be/bcdefghijkl\n",
    )
    .file("recap/video.ko.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n안녕\n");
    assert_eq!(problems(&recap), Vec::<String>::new());
    let page = page_of(&recap.site(), "/");
    assert_eq!(page.matches("class=\"transcript\" open").count(), 1);
}

#[test]
fn captions_that_browsers_would_not_understand_are_named_and_the_film_is_there_all_the_same() {
    let content = talk("talk.mp4", "talk")
        .file(
            "projects/alpha/talk.en.vtt",
            "WEBVTT\r\n\r\n00:01,000 --> 00:02.000\r\nA\r\n\r\nNo times\r\n\r\n00:05.000 --> 00:04.000\r\nB\r\n\r\n\
             00:06.000 --> 00:07.000\r\na <b>x</b> <bowl> <i\r\n00:08.000 --> 00:09.000\r\nC\r\n",
        )
        .file("projects/alpha/talk.ko.vtt", "1\n00:00:01,000 --> 00:00:02,000\nA\n")
        .file("projects/alpha/talk.ja.vtt", b"WEBVTT\n\n\xff".to_vec())
        .file("projects/alpha/talk.fr.srt", "1\n");
    let (website, diagnostics) = content.load();
    let mut found = listed(&diagnostics);
    found.sort();
    let film = "projects/alpha/talk";
    assert_eq!(
        found,
        [
            format!("invalid-captions {film}.en.vtt:12:12"),
            format!("invalid-captions {film}.en.vtt:13:1"),
            format!("invalid-captions {film}.en.vtt:3:1"),
            format!("invalid-captions {film}.en.vtt:6:1"),
            format!("invalid-captions {film}.en.vtt:8:1"),
            format!("invalid-captions {film}.ja.vtt:3:1"),
            format!("invalid-captions {film}.ko.vtt:1:1"),
            format!("unread-file {film}.fr.srt:1:1"),
        ]
    );
    let text = diagnostics.text(false);
    assert!(text.contains("save it as WebVTT"), "{text}");
    assert!(website.is_some());
    assert!(
        page_of(&content.site(), "/projects/alpha/").contains("src=\"/projects/alpha/talk.mp4\"")
    );
}
