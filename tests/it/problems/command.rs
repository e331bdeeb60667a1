//! What the program itself says, and how it ends.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use crate::drawings::{DASHES, drawing};
use crate::support::{self, Content};

const FAULTS: &str = "
-- recap/ko.md --
한국어 ⟦raw-html⟧<b>글
-- projects/beta/en.md, gone --
⟦missing-translation⟧
";

const WARNING: &str = "-- projects/beta/en.md, gone --\n⟦missing-translation⟧\n";

/// How the program ended: its exit code, standard output and standard error.
type End = (i32, String, String);

/// Waits for the end, though not for ever.
fn run(content: &Path, arguments: &[&str]) -> End {
    let mut child = support::program(content)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a process");
    let out = collect(child.stdout.take().expect("a pipe"));
    let err = collect(child.stderr.take().expect("a pipe"));
    let out = wait(&out, &mut child);
    let err = wait(&err, &mut child);
    let code = child.wait().expect("an end").code();
    (code.expect("no signal"), out, err)
}

fn collect(mut pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut text = String::new();
        let _ = pipe.read_to_string(&mut text);
        let _ = sender.send(text);
    });
    receiver
}

fn wait(text: &Receiver<String>, child: &mut Child) -> String {
    text.recv_timeout(Duration::from_secs(20)).unwrap_or_else(|_| {
        let _ = child.kill();
        panic!("the program did not end");
    })
}

fn check(text: &str, arguments: &[&str]) -> End {
    let folder = Content::new(text).on_disk();
    let (code, out, err) = run(folder.path(), &[&["check"], arguments].concat());
    // Paths begin with that of the folder, which is another one each time.
    let out = out.replace(&format!("{}/", folder.path().display()), "content/");
    (code, out, err)
}

#[test]
fn each_drawing_is_drawn_once() {
    // Two texts show it.
    let dashes = format!(
        "-- recap/ko.md --\n![그림](a.svg)\n-- recap/en.md --\n![A](a.svg)\n\
         -- recap/a.svg --\n⟦undrawable-svg⟧\n{}\n",
        drawing(DASHES)
    );
    let (_, diagnostics) = Content::new(&dashes).load();
    assert!(diagnostics.is_empty(), "{}", diagnostics.text(false));
    let (code, out, _) = check(&dashes, &["--format", "github"]);
    assert_eq!((code, out.lines().count()), (1, 1), "{out}");
    assert!(out.contains("file=content/recap/a.svg,line=1,"), "{out}");
    assert!(out.contains("title=undrawable-svg::"), "{out}");
}

#[test]
fn a_new_talk_is_named_as_it_is() {
    let folder = Content::new("-- event.yaml, with --\nentries: talks\n").on_disk();
    let (code, out, err) = run(folder.path(), &["new", "async"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("/talks/async/\n") && out.contains("Write talk.yaml"), "{out}");
    // It can be asked as it stands, and the examples are of the event's own day.
    assert!(out.contains(&format!("--content {}", folder.path().display())), "{out}");
    let facts = fs::read_to_string(folder.path().join("talks/async/talk.yaml"));
    assert!(facts.expect("facts").contains("#start: 2018-06-17 13:30"));
}

#[test]
fn the_exit_code_says_whether_the_site_can_be_built() {
    for (text, arguments, code) in [
        ("", &[][..], 0),
        ("", &["--deny-warnings"], 0),
        (WARNING, &[], 0),
        (WARNING, &["--deny-warnings"], 1),
        (WARNING, &["--format", "json", "--deny-warnings"], 1),
        (FAULTS, &[], 1),
        (FAULTS, &["--format", "github"], 1),
    ] {
        let (found, _, err) = check(text, arguments);
        assert_eq!((found, &*err), (code, ""), "{text} {arguments:?}");
    }
}

#[test]
fn text_shows_the_line_with_carets_the_help_and_a_summary() {
    let (_, out, _) = check(FAULTS, &[]);
    let expected = "\
warning[missing-translation]: the text is not in English; readers see Korean
--> content/projects/beta/en.md:1:1
 = help: write it in `en`; until then pages say what language they show

error[raw-html]: HTML is not accepted in Markdown
 --> content/recap/ko.md:1:5
  |
1 | 한국어 <b>글
  |        ^^^
  |
  = help: write `**bold**`

1 error, 1 warning
";
    assert_eq!(out, expected);
    assert_eq!(check("", &[]).1, "no problems\n");
}

#[test]
fn json_is_a_list_with_the_place_of_every_problem() {
    let (_, out, _) = check(FAULTS, &["--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(list.as_array().map(Vec::len), Some(2));
    let expected = serde_json::json!({
        "code": "raw-html",
        "severity": "error",
        "file": "recap/ko.md",
        "path": "content/recap/ko.md",
        "line": 1,
        "column": 5,
        "end_line": 1,
        "end_column": 8,
        "message": "HTML is not accepted in Markdown",
        "help": "write `**bold**`",
    });
    assert_eq!(list[1], expected);
    assert_eq!(check("", &["--format", "json"]).1, "[]\n");
}

#[test]
fn github_reads_an_annotation_a_line() {
    let (_, out, _) = check(FAULTS, &["--format", "github"]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        lines[1],
        "::error file=content/recap/ko.md,line=1,col=5,endLine=1,endColumn=8,title=raw-html::HTML is not \
         accepted in Markdown. write `**bold**`"
    );
    assert!(lines[0].starts_with("::warning file=content/projects/beta/en.md,line=1,col=1,"));
}

#[test]
fn what_cannot_run_says_so_in_one_line() {
    let missing = Path::new("/nonexistent/글");
    for arguments in [&["check"][..], &["serve", "--listen", "127.0.0.1:0"]] {
        let (code, out, err) = run(missing, arguments);
        assert_eq!((code, &*out), (2, ""), "{arguments:?}");
        assert!(
            err.starts_with("showcase: cannot read the content folder /nonexistent/글"),
            "{err}"
        );
        assert_eq!(err.matches('\n').count(), 1, "{err}");
    }
    let content = Content::new("").on_disk();
    let (code, ..) = run(content.path(), &["check", "--format", "xml"]);
    assert_eq!(code, 2);
    let (code, _, err) = run(content.path(), &["--site-url", "example.org", "check"]);
    assert_eq!(code, 2);
    assert!(err.contains("https://example.org/recap/"), "{err}");
}

#[test]
fn broken_content_is_not_served() {
    let content = Content::new(FAULTS).on_disk();
    let (code, out, err) = run(content.path(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!((code, &*out), (1, ""));
    for part in ["error[raw-html]", "recap/ko.md:1:5", "1 error, 1 warning", "not started"] {
        assert!(err.contains(part), "{err}");
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let content = Content::new("").on_disk();
    let (code, out, err) = run(content.path(), &["serve", "--listen", &address]);
    assert_eq!((code, &*out), (2, ""));
    assert!(err.starts_with(&format!("showcase: cannot listen on {address}: ")), "{err}");
    assert_eq!(err.matches('\n').count(), 1, "{err}");
}

#[test]
fn the_first_line_tells_where_the_site_is_and_the_end_comes_when_asked() {
    let content = Content::new(WARNING).on_disk();
    let mut child = support::program(content.path())
        .args(["--site-url", "https://example.org/recap/"])
        .env("SHOWCASE_LISTEN", "127.0.0.1:0")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a process");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut line = String::new();
    out.read_line(&mut line).expect("a line");
    let url = line.strip_prefix("showcase: http://").expect("an address");
    let (address, rest) = url.split_once("/recap/ ").expect("the mount path");
    assert!(rest.starts_with("3 projects, ko, en, ") && rest.ends_with(" ms\n"), "{line}");
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream
        .write_all(b"GET /recap/en/ HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n")
        .expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("<title>A small meetup in Seoul</title>"), "{answer}");
    let status = Command::new("kill").arg(child.id().to_string()).status();
    assert!(status.expect("kill").success());
    assert_eq!(child.wait().expect("an end").code(), Some(0));
}

/// Names of files, quoted lines and messages are written by whoever writes content.
#[test]
fn nothing_that_is_printed_acts() {
    let turned = "\u{202e}\u{2066}\u{200f}\u{61c}";
    let content =
        Content::new(&format!("-- recap/ko.md --\n##[error]{turned} [글](/a{turned}/)\n"))
            .file(&format!("x\n::warning::NAME\u{1b}[2J\u{9b}{turned}/a.png"), "")
            .file(
                "projects/beta/project.yaml",
                "date: \"2018\\n::error file=x,line=1::INJECTED\"\n\"\\n::error::KEY\": 1\n",
            )
            .file("glossary.yaml", "\u{1b}[31m\u{9b}##[error]A");
    let folder = content.on_disk();
    for format in ["text", "github"] {
        let (_, out, err) = run(folder.path(), &["check", "--format", format]);
        for text in [&out, &err] {
            let is_shown = |it: char| it == '\n' || !it.is_control() && !turned.contains(it);
            assert!(text.chars().all(is_shown), "{text:?}");
            assert!(!text.contains("##["), "{text}");
        }
        let commands = out.lines().filter(|line| line.trim_start().starts_with("::"));
        let ours = ["::error file=", "::warning file="];
        let mut commands = commands
            .filter(|it| format == "text" || !ours.iter().any(|begin| it.starts_with(begin)));
        assert_eq!(commands.next(), None);
        assert!(!out.contains("\n::error file=x"), "{out}");
        assert!(out.contains("NAME"), "{out}");
    }
    let missing = folder.path().join("\u{1b}[2J\n::error::");
    let (code, _, err) = run(&missing, &["check"]);
    assert_eq!((code, err.lines().count()), (2, 1), "{err:?}");
    assert!(!err.contains('\u{1b}'), "{err:?}");
}
