//! Files that are served as they are: in whole and in part, from disk.

use std::fs;

use showcase::content::{self, Drafts};

use crate::server::Server;
use crate::support::{Content, assemble, between, dir, page_of, plant, problems};

fn content() -> Content {
    let text =
        "-- recap/ko.md --\n[자료](slides.pdf) [모음](all.ZIP) [영상](talk.mp4) [글](notes.txt)\n";
    Content::new(text)
        .file("recap/slides.pdf", "%PDF-1.7")
        .file("recap/all.ZIP", "PK")
        .file("recap/talk.mp4", "0123456789")
        .file("recap/notes.txt", "가")
}

#[test]
fn files_have_their_own_names_and_types() {
    assert_eq!(problems(&content()), Vec::<String>::new());
    let site = content().site();
    let home = page_of(&site, "/");
    let server = Server::of(site);
    for (path, content_type, disposition) in [
        ("/recap/slides.pdf", "application/pdf", ""),
        ("/recap/all.ZIP", "application/zip", "attachment"),
        ("/recap/talk.mp4", "video/mp4", ""),
        ("/recap/notes.txt", "text/plain; charset=utf-8", ""),
    ] {
        assert!(home.contains(&format!("href=\"{path}\"")), "{path}");
        let answer = server.get(path);
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.field("content-type"), content_type);
        assert_eq!(answer.field("content-disposition"), disposition);
        assert_eq!(answer.field("x-content-type-options"), "nosniff");
        assert_eq!(answer.field("accept-ranges"), "bytes");
        assert_eq!(answer.field("cross-origin-resource-policy"), "same-origin");
        let again = server.ask("GET", path, &[("if-none-match", &answer.field("etag"))]);
        assert_eq!((again.status(), again.body().len()), (304, 0));
        let head = server.ask("HEAD", path, &[]);
        assert_eq!(head.field("content-length"), answer.field("content-length"));
        assert_eq!(head.body(), b"");
    }
}

#[test]
fn a_part_of_a_file_is_answered_as_it_is_asked_for() {
    let server = Server::of(content().site());
    let etag = server.get("/recap/talk.mp4").field("etag");
    let ask = |range: &str, if_range: Option<&str>| {
        let mut fields = vec![("range", range)];
        fields.extend(if_range.map(|it| ("if-range", it)));
        let answer = server.ask("GET", "/recap/talk.mp4", &fields);
        (answer.status(), answer.field("content-range"), answer.body_text())
    };
    let part = |range: &str, of: &str, body: &str| {
        assert_eq!(ask(range, None), (206, format!("bytes {of}/10"), body.to_owned()), "{range}");
    };
    part("bytes=0-0", "0-0", "0");
    part("bytes=4-6", "4-6", "456");
    part("bytes=7-", "7-9", "789");
    part("bytes=-2", "8-9", "89");
    part("bytes=-99", "0-9", "0123456789");
    part("bytes=8-99999999999999999999999", "8-9", "89");
    let whole = (200, String::new(), "0123456789".to_owned());
    for range in
        ["bytes=0-1,4-5", "bytes=5-4", "bytes=", "bytes=a-b", "items=0-1", "bytes=-", "bytes=1-+2"]
    {
        assert_eq!(ask(range, None), whole, "{range}");
    }
    for range in ["bytes=10-", "bytes=99-100", "bytes=-0"] {
        assert_eq!(ask(range, None), (416, "bytes */10".to_owned(), String::new()), "{range}");
    }
    assert_eq!(ask("bytes=0-0", Some(&etag)).0, 206);
    for other in ["\"other\"", &format!("W/{etag}"), "Sat, 28 Nov 2026 00:00:00 GMT"] {
        assert_eq!(ask("bytes=0-0", Some(other)), whole, "{other}");
    }
    let head = server.ask("HEAD", "/recap/talk.mp4", &[("range", "bytes=0-0")]);
    assert_eq!((head.status(), head.field("content-length")), (200, "10".to_owned()));
}

#[test]
fn a_large_file_is_read_in_pieces_and_one_that_has_changed_is_not_served() {
    let folder = content().on_disk();
    let path = folder.path().join("recap/talk.mp4");
    fs::File::create(&path).expect("a file").set_len(3 << 30).expect("a sparse file");
    let (website, _) = content::load(&dir(folder.path()), Drafts::Hide).expect("a folder");
    let site = assemble(&website.expect("no errors"), "http://127.0.0.1:3000/");
    fs::File::create(folder.path().join("recap/notes.txt")).expect("cleared");
    let server = Server::of(site);
    assert_eq!(server.get("/recap/notes.txt").status(), 404);
    let _ = path;
}

#[test]
fn what_could_run_in_a_browser_is_not_served() {
    let content =
        Content::new("-- recap/ko.md --\n[가](a.html) [나](b.js) [다](c.xml) [라](d.exe)\n")
            .file("recap/a.html", "<script>")
            .file("recap/b.js", "alert(1)")
            .file("recap/c.xml", "<a/>")
            .file("recap/d.exe", "MZ");
    let mut found = problems(&content);
    found.sort();
    assert_eq!(
        found,
        ["a.html", "b.js", "c.xml", "d.exe"].map(|it| format!("unserved-file recap/{it}:1:1"))
    );
    plant("-- recap/ko.md --\n⟦missing-picture⟧[가](없음.pdf) ⟦broken-link⟧[나](x/y)\n");
}

#[test]
fn a_film_is_a_player_with_the_captions_beside_it_that_loads_nothing_unasked() {
    let content = Content::new(
        "-- recap/ko.md --\n![발표 <1>](talk.mp4 \"누가 <찍음>\")\n\n![소리](a.mp3)\n",
    )
    .file("recap/talk.mp4", "0123456789")
    .file("recap/talk.en.vtt", "WEBVTT\n")
    .file("recap/a.mp3", "ID3");
    assert_eq!(problems(&content), Vec::<String>::new());
    let site = content.site();
    let home = page_of(&site, "/");
    let film = between(&home, "<figure class=\"picture film\">", "</figure>");
    for part in [
        "<video controls preload=\"none\" aria-label=\"발표 &lt;1&gt;\" src=\"/recap/talk.mp4\">",
        "<track kind=\"captions\" srclang=\"en\" label=\"English\" src=\"/recap/talk.en.vtt\">",
        "누가 &lt;찍음&gt;</figcaption>",
    ] {
        assert!(film.contains(part), "{part} in {film}");
    }
    assert!(home.contains("<audio controls preload=\"none\""));
    let answer = Server::of(site).get("/recap/talk.en.vtt");
    assert_eq!(answer.field("content-type"), "text/vtt; charset=utf-8");
}
