//! The invented site that the benchmarks measure with.

use std::path::Path;
use std::process::Command;

use crate::support::{listed, load};

#[test]
fn an_invented_site_has_no_problem() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/corpus.py");
    let made = Command::new("python3").arg(script).arg("3").arg(folder.path()).status();
    // The program itself needs no Python, and so neither do its tests.
    let Ok(status) = made else { return };
    assert!(status.success(), "benches/corpus.py ended with {status}");
    let (website, diagnostics) = load(&folder.path().join("showcase"));
    assert_eq!(listed(&diagnostics), [""; 0], "{}", diagnostics.text(false));
    assert_eq!(website.map(|it| it.projects.len()), Some(3));
}
