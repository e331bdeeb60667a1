//! What is built into the program comes from where it may, under licences it may be under.

use std::process::Command;

use serde_json::Value;

const RULES: &str = include_str!("../../.deny.toml");

/// The licences that `.deny.toml` allows.
fn allowed() -> Vec<&'static str> {
    let list = RULES
        .lines()
        .find_map(|line| line.strip_prefix("allow = ["));
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
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
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
