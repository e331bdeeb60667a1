//! The rules of the source itself; each message says what to do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules that may name each dependency, by its name in the source: one where it can be.
const OWNERS: [(&str, &[&str]); 56] = [
    ("annotate_snippets", &["diagnostic"]),
    (
        "anyhow",
        &["assets", "draw", "content", "render", "site", "export", "watch", "serve", "main"],
    ),
    ("askama", &["render"]),
    ("axum", &["serve"]),
    ("blake3", &["cache", "media", "assets", "content", "render", "site", "main"]),
    ("brotli", &["site"]),
    ("bytes", &["media", "content", "site"]),
    ("clap", &["main"]),
    ("color", &["assets"]),
    ("commonware_allocator", &["main"]),
    ("flate2", &["site"]),
    ("form_urlencoded", &["render"]),
    ("futures_util", &["serve"]),
    ("gif", &["media"]),
    ("http", &["site", "serve"]),
    ("hyper", &["serve"]),
    ("hyper_util", &["serve"]),
    ("image_webp", &["media"]),
    ("imagesize", &["media"]),
    ("jiff", &["quantity", "model", "content", "main"]),
    ("jpeg_encoder", &["media"]),
    ("kurbo", &["svg", "assets"]),
    ("linesweeper", &["assets"]),
    ("listenfd", &["main"]),
    ("memchr", &["media", "search"]),
    ("notify", &["watch"]),
    ("percent_encoding", &["content", "render", "site"]),
    ("png", &["media", "assets"]),
    ("pulldown_cmark", &["content"]),
    ("qcms", &["media"]),
    ("qrcodegen", &["render"]),
    ("ravif", &["media"]),
    ("rayon", &["content", "search", "render", "site", "export"]),
    ("resize", &["media"]),
    ("resvg", &["assets"]),
    ("rgb", &["media"]),
    ("roxmltree", &["svg"]),
    ("rustix", &["media", "draw", "content", "export", "serve", "main"]),
    ("schemars", &["language", "quantity", "model", "content"]),
    (
        "serde",
        &[
            "language",
            "diagnostic",
            "quantity",
            "media",
            "model",
            "content",
            "render",
            "search",
            "serve",
        ],
    ),
    (
        "serde_json",
        &["diagnostic", "quantity", "media", "model", "content", "search", "render", "serve"],
    ),
    ("serde_yaml", &["content"]),
    ("skera", &["assets"]),
    ("skrifa", &["assets"]),
    ("socket2", &["serve"]),
    ("strsim", &["diagnostic", "content"]),
    ("svgtypes", &["svg"]),
    ("tempfile", &["media", "content"]),
    ("tokio", &["watch", "serve", "main"]),
    ("tower_http", &["serve"]),
    ("tracing", &["watch", "serve", "main"]),
    ("tracing_subscriber", &["main"]),
    ("ttf2woff2", &["assets"]),
    ("unicode_normalization", &["content", "search"]),
    ("unicode_width", &["content", "render"]),
    ("zune_jpeg", &["media"]),
];

/// Where the outside is read and written; everything else turns values into values.
const OUTSIDE: [&str; 15] = [
    "media.rs",
    "media",
    "draw.rs",
    "content/scaffold.rs",
    "content/fix.rs",
    "content/source.rs",
    "content/write.rs",
    "export",
    "export.rs",
    "watch",
    "watch.rs",
    "serve",
    "commands",
    "commands.rs",
    "main.rs",
];

/// A file of Rust.
struct Source {
    /// Its path below its folder, with forward slashes.
    path: String,
    text: String,
}

impl Source {
    /// The module below `lib.rs`, or `main`.
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        match first.strip_suffix(".rs").unwrap_or(first) {
            "commands" => "main",
            name => name,
        }
    }

    /// The lines outside comments and tests, counted from 1.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test = self.path.split('/').any(|it| matches!(it, "tests" | "tests.rs"));
        let end = self.text.find("#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        let text = if is_test { "" } else { &self.text[..end] };
        let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// What is only compiled for tests.
    fn tests(&self) -> &str {
        let start = self.text.find("#[cfg(test)]");
        let mut names = self.path.split('/');
        if names.any(|it| matches!(it, "tests" | "tests.rs")) {
            &self.text
        } else {
            &self.text[start.unwrap_or(self.text.len())..]
        }
    }

    /// The names from the crate down to the file's module: `["render", "pages"]` for `render/pages.rs`.
    fn module_path(&self) -> Vec<&str> {
        let path = self.path.trim_end_matches(".rs");
        let names = path.split('/').filter(|it| !matches!(*it, "lib" | "main"));
        names.collect()
    }

    /// What the file imports from the crate, each as the names from the crate down.
    fn imports(&self) -> Vec<Vec<String>> {
        let code: Vec<&str> = self.code().map(|(_, line)| line.trim()).collect();
        let code = code.join(" ");
        let mut imports = Vec::new();
        for statement in code.split("use ").skip(1) {
            let statement = statement.split(';').next().unwrap_or_default();
            for import in expanded(statement) {
                let mut names: Vec<&str> = import.split("::").collect();
                let mut from = self.module_path();
                match names[0] {
                    "crate" => from.clear(),
                    "super" | "self" => {}
                    _ => continue,
                }
                while matches!(names.first(), Some(&("crate" | "super" | "self"))) {
                    if names.remove(0) == "super" {
                        from.pop();
                    }
                }
                from.extend(names);
                imports.push(from.into_iter().map(str::to_owned).collect());
            }
        }
        imports
    }

    /// How deep the file's module stands below the crate: 1 for `render.rs`.
    fn depth(&self) -> usize {
        self.path.split('/').count()
    }
}

/// The single paths that an import with braces stands for.
fn expanded(import: &str) -> Vec<String> {
    let Some((before, inside)) = import.split_once('{') else {
        return vec![import.trim().to_owned()];
    };
    let inside = inside.trim_end().strip_suffix('}').unwrap_or(inside);
    let mut depth = 0;
    let parts = inside.split(|it| {
        depth += i32::from(it == '{') - i32::from(it == '}');
        it == ',' && depth == 0
    });
    let parts = parts.map(str::trim).filter(|it| !it.is_empty());
    parts.flat_map(|part| expanded(&format!("{}{part}", before.trim()))).collect()
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() && !path.ends_with("node_modules") {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let inner = path.strip_prefix(&root).expect("a path below");
                sources.push(Source {
                    path: inner.to_string_lossy().replace('\\', "/"),
                    text: fs::read_to_string(&path).expect("source text"),
                });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).expect("a file")
}

/// The words that follow a text, where that does not end a longer word.
fn words_after<'a>(line: &'a str, text: &str) -> Vec<&'a str> {
    line.match_indices(text)
        .filter(|(index, _)| !line[..*index].ends_with(is_of_word))
        .map(|(index, _)| {
            let rest = &line[index + text.len()..];
            &rest[..rest.find(|it| !is_of_word(it)).unwrap_or(rest.len())]
        })
        .collect()
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[track_caller]
fn none(faults: &[String], fix: &str) {
    assert!(faults.is_empty(), "{}\n{fix}", faults.join("\n"));
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let library = read("src/lib.rs");
    let order: Vec<&str> = library
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .collect();
    assert!(order.starts_with(&["language"]), "lib.rs is no longer read: {order:?}");
    let place = |name: &str| order.iter().position(|it| *it == name);
    let mut faults = Vec::new();
    for source in sources("src") {
        let Some(own) = place(source.module()) else {
            assert!(matches!(source.module(), "lib" | "main"), "{} is in no module", source.path);
            continue;
        };
        for (number, line) in source.code() {
            let at = format!("src/{}:{number}: {}", source.path, line.trim());
            for name in words_after(line, "crate::") {
                if place(name).is_none_or(|used| used > own) {
                    faults.push(at.clone());
                }
            }
            let up = line
                .split(|it| !is_of_word(it) && it != ':')
                .map(|it| it.matches("super::").count());
            if up.max().unwrap_or(0) >= source.depth() {
                faults.push(at);
            }
        }
    }
    none(
        &faults,
        "Use only modules above your own in lib.rs, each by a `crate::name` of its own: move what both need up, \
         into a type of its own.",
    );
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let sources = sources("src");
    let files: BTreeMap<Vec<&str>, &str> =
        sources.iter().map(|it| (it.module_path(), it.path.as_str())).collect();
    // A file may name what its own submodules define, and they what it does: the stage and its steps.
    let is_within =
        |one: &str, other: &str| one.starts_with(&format!("{}/", other.trim_end_matches(".rs")));
    let mut uses: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for source in &sources {
        for import in source.imports() {
            let names: Vec<&str> = import.iter().map(String::as_str).collect();
            let file = (1..=names.len()).rev().find_map(|it| files.get(&names[..it]));
            let Some(&file) = file else { continue };
            if !is_within(file, &source.path) && !is_within(&source.path, file) {
                uses.entry(&source.path).or_default().insert(file);
            }
        }
    }
    let mut faults = Vec::new();
    for start in uses.keys() {
        let mut reached = BTreeSet::new();
        let mut ahead = vec![*start];
        while let Some(file) = ahead.pop() {
            let more = uses.get(file).into_iter().flatten();
            ahead.extend(more.filter(|it| **it != file && reached.insert(**it)));
        }
        if reached.contains(start) {
            faults.push(format!("src/{start} is reached from itself"));
        }
    }
    none(
        &faults,
        "Move what the files share up into one that none of them defines alone; or they are one file.",
    );
}

#[test]
fn every_problem_has_a_test() {
    let sources = sources("src");
    let tests: String = self::sources("tests/it")
        .iter()
        .map(|it| it.text.as_str())
        .chain(sources.iter().map(Source::tests))
        .collect();
    let mut codes = BTreeSet::new();
    for source in &sources {
        let code: String = source.code().map(|(_, line)| line.trim()).collect();
        for way in ["Diagnostic::error(", "Diagnostic::warning("] {
            for rest in code.split(way).skip(1) {
                let literal = rest.strip_prefix('"').and_then(|it| it.split('"').next());
                codes.extend(literal.map(str::to_owned));
            }
        }
    }
    assert!(codes.len() > 40, "problems are no longer found: {codes:?}");
    let is_of_code = |it: char| it.is_alphanumeric() || it == '-';
    let lacking: Vec<String> = codes
        .into_iter()
        .filter(|code| {
            !tests.match_indices(code.as_str()).any(|(index, _)| {
                !tests[..index].ends_with(is_of_code)
                    && !tests[index + code.len()..].starts_with(is_of_code)
            })
        })
        .collect();
    none(
        &lacking,
        "Plant each of these problems in a test of tests/it/problems: `⟦code⟧` before the place where it is reported.",
    );
}

#[test]
fn a_dependency_is_named_by_its_owner_alone() {
    let mut faults = Vec::new();
    for source in sources("src") {
        for (number, line) in source.code() {
            for (name, owners) in OWNERS {
                let is_path =
                    line.contains(&format!("{name}::")) || line.contains(&format!("use {name}"));
                let is_named = is_path
                    && line.match_indices(name).any(|(index, _)| {
                        let (before, after) = (&line[..index], &line[index + name.len()..]);
                        !before.ends_with(|it| is_of_word(it) || it == ':')
                            && after.starts_with([':', ';', ' '])
                    });
                if is_named && !owners.contains(&source.module()) {
                    faults.push(format!("src/{}:{number}: {name}", source.path));
                }
            }
        }
    }
    none(
        &faults,
        "Ask the module that owns the dependency (OWNERS in tests/it/architecture.rs) for what you need, in our words.",
    );
}

#[test]
fn every_dependency_has_an_owner() {
    let manifest = read("Cargo.toml");
    let list = manifest.split("[dependencies]").nth(1).expect("dependencies");
    let list = list.split("\n[").next().unwrap_or_default();
    let names: Vec<String> = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| Some(line.split_once(" = ")?.0.replace('-', "_")))
        .collect();
    assert!(names.len() > 20, "Cargo.toml is no longer read: {names:?}");
    let owners: BTreeMap<&str, &[&str]> = OWNERS.into_iter().collect();
    let lacking: Vec<String> =
        names.into_iter().filter(|name| !owners.contains_key(name.as_str())).collect();
    none(
        &lacking,
        "Give each of these an owner in OWNERS in tests/it/architecture.rs: one module, if it can be.",
    );
}

#[test]
fn a_file_has_one_subject() {
    let mut faults = Vec::new();
    for folder in ["src", "tests"] {
        for source in sources(folder) {
            let lines = source.text.lines().count();
            if lines > 700 {
                faults.push(format!("{folder}/{} has {lines} lines", source.path));
            }
        }
    }
    none(
        &faults,
        "Past 700 lines a file has two subjects: split it where its parts have different readers.",
    );
}

#[test]
fn between_reading_and_leaving_nothing_touches_the_outside() {
    const FORBIDDEN: [&str; 12] = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "File::",
        "TcpStream",
        "stdin()",
        "stdout()",
        "println!",
        "async fn",
        ".await",
        "SystemTime::now",
    ];
    let mut faults = Vec::new();
    for source in sources("src") {
        let first = source.path.split('/').next().unwrap_or_default();
        if OUTSIDE.contains(&source.path.as_str())
            || OUTSIDE.contains(&first)
            || source.module() == "serve"
        {
            continue;
        }
        for (number, line) in source.code() {
            for word in FORBIDDEN.into_iter().filter(|word| line.contains(word)) {
                faults.push(format!("src/{}:{number}: {word}", source.path));
            }
        }
    }
    none(
        &faults,
        "Read in content::source, write in export or serve, and hand the values over as parameters.",
    );
}

#[test]
fn what_delivers_the_site_sees_no_model() {
    let mut faults = Vec::new();
    for source in sources("src").iter().filter(|it| matches!(it.module(), "serve" | "export")) {
        for (number, line) in source.code() {
            for name in words_after(line, "crate::") {
                if matches!(name, "model" | "content" | "render" | "quantity" | "language") {
                    faults.push(format!("src/{}:{number}: crate::{name}", source.path));
                }
            }
        }
    }
    none(&faults, "Put what you need into `Site`, so that what is served is what is exported.");
}

#[test]
fn nothing_gathers_what_has_no_name() {
    let mut faults = Vec::new();
    for folder in ["src", "tests"] {
        for source in sources(folder) {
            let name = source.path.rsplit('/').next().unwrap_or_default();
            let vague = [
                "utils.rs",
                "util.rs",
                "helpers.rs",
                "common.rs",
                "manager.rs",
                "misc.rs",
                "mod.rs",
            ];
            if vague.contains(&name) {
                faults.push(format!("{folder}/{}", source.path));
            }
        }
    }
    none(&faults, "Name the file after what it is about, in the words of the field.");
}

/// The names of the shipped event, its projects and the people in it.
pub(crate) fn shipped_names() -> Vec<String> {
    let website = crate::support::load(Path::new("content")).0.expect("the shipped content");
    let mut texts = vec![&website.event.name];
    texts.extend(
        [&website.event.host, &website.event.venue, &website.event.city].into_iter().flatten(),
    );
    texts.extend(website.projects.iter().map(|it| &it.name));
    for project in &website.projects {
        texts.extend(website.speakers(project).map(|(speaker, _)| &speaker.name));
    }
    let languages = || website.languages.iter();
    let mut names: Vec<String> = texts
        .iter()
        .flat_map(|it| languages().map(|language| it.text(language).to_owned()))
        .collect();
    names.extend(website.projects.iter().map(|it| it.slug.clone()));
    names.extend(website.event.lettering.clone());
    names.extend(["Genesis", "Blockchain", "blockchain", "블록체인"].map(str::to_owned));
    names.retain(|it| it.chars().count() > 3 || it.chars().all(|it| it.is_ascii_uppercase()));
    names
}

/// The first of the names that stands in a text, and not within a word.
pub(crate) fn name_in<'a>(names: &'a [String], text: &str) -> Option<&'a String> {
    let is_word = |it: char| it.is_alphanumeric();
    let stands = |name: &&String| {
        text.match_indices(name.as_str()).any(|(at, _)| {
            !text[..at].ends_with(is_word)
                && !text[at + name.len()..].starts_with(|it: char| it.is_ascii_alphanumeric())
        })
    };
    names.iter().find(stands)
}

#[test]
fn the_program_knows_nothing_of_the_shipped_event() {
    let names = shipped_names();
    let mut said = Vec::new();
    let mut folders = vec![PathBuf::from("src"), "templates".into(), "static".into()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path)
                && name_in(&names, &text).is_some()
            {
                for (number, line) in (1..).zip(text.lines()) {
                    let name = name_in(&names, line);
                    said.extend(name.map(|it| format!("{}:{number}: {it}", path.display())));
                }
            }
        }
    }
    assert_eq!(said, [""; 0]);
}
