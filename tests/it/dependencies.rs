//! What is built into the program comes from where it may, under licences it may be under.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const RULES: &str = include_str!("../../.deny.toml");

/// The licences that `.deny.toml` allows.
fn allowed() -> Vec<&'static str> {
    let list = RULES.lines().find_map(|line| line.strip_prefix("allow = ["));
    let list = list.and_then(|it| it.strip_suffix(']'));
    let list = list.expect("a list of licences in one line");
    list.split(", ").map(|it| it.trim_matches('"')).collect()
}

/// Every package that is built into the program or used to build it, as cargo tells it.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("a list").clone()
}

/// Whether a licence expression (SPDX, and the older `MIT/Apache-2.0`) can be met with the licences that are allowed.
fn is_met(expression: &str, allowed: &[&str]) -> bool {
    let expression = expression.replace('/', " OR ");
    // Parentheses only ever stand around alternatives here.
    expression.split(" AND ").all(|part| {
        let part = part.trim_matches(['(', ')']);
        part.split(" OR ").any(|it| allowed.contains(&it.trim()))
    })
}

#[test]
fn licences_are_those_that_are_allowed() {
    let allowed = allowed();
    let refused: Vec<String> = packages()
        .iter()
        .filter(|it| !is_met(it["license"].as_str().unwrap_or_default(), &allowed))
        .map(|it| format!("{} {}: {}", it["name"], it["version"], it["license"]))
        .collect();
    assert!(
        refused.is_empty(),
        "{}\nTake another crate, or allow the licence in .deny.toml if it asks for no more than its text.",
        refused.join("\n")
    );
}

#[test]
fn packages_come_from_the_one_registry() {
    let sources: Vec<Value> = packages().iter().map(|it| it["source"].clone()).collect();
    assert!(sources.len() > 50, "cargo is no longer understood");
    let strangers: Vec<&Value> = sources
        .iter()
        .filter(|it| it.as_str().is_some_and(|it| !it.starts_with("registry+")))
        .collect();
    assert!(strangers.is_empty(), "{strangers:?}");
    let own = sources.iter().filter(|it| it.is_null()).count();
    assert_eq!(own, 1, "only this package is no package of the registry");
}

#[test]
fn licence_expressions_are_understood() {
    let allowed = ["MIT", "BSD-3-Clause"];
    for (expression, met) in [
        ("MIT", true),
        ("MIT/GPL-3.0", true),
        ("GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND BSD-3-Clause", true),
        ("MIT AND GPL-3.0", false),
        ("", false),
    ] {
        assert_eq!(is_met(expression, &allowed), met, "{expression}");
    }
}

#[test]
fn actions_and_images_are_named_by_their_digests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let workflows = fs::read_dir(root.join(".github/workflows")).expect("workflows");
    let mut files: Vec<PathBuf> = workflows.map(|it| it.expect("a file").path()).collect();
    files.extend(["deploy/README.md", "deploy/Dockerfile"].map(|it| root.join(it)));
    for file in files {
        let text = fs::read_to_string(&file).expect("text");
        let mut named = 0;
        for line in text.lines().map(|it| it.trim_start_matches([' ', '-'])) {
            let taken = line.strip_prefix("uses: ");
            let taken = taken.or_else(|| line.strip_prefix("FROM ").filter(|it| *it != "scratch"));
            let Some(taken) = taken.and_then(|it| it.split(' ').next()) else {
                continue;
            };
            let digest = taken.rsplit(['@', ':']).next().unwrap_or_default();
            assert!(
                digest.len() >= 40 && digest.bytes().all(|it| it.is_ascii_hexdigit()),
                "{}: {line}\nName it by its digest, with its version behind it: whoever moves a tag must not get in.",
                file.display()
            );
            named += 1;
        }
        assert!(named > 0, "{} is no longer read", file.display());
        let count = |it| text.matches(it).count();
        assert_eq!(
            count("actions/checkout@"),
            count("persist-credentials: false"),
            "{}: what reads the content must find no token",
            file.display()
        );
    }
}
