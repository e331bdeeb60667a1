//! A whole folder: files in one text (`-- path --` above each), laid over a small valid site. An empty file takes
//! the one below it away.
#![no_main]

use fuzz::{BASE, build_and_look, sections};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut files = BASE.clone();
    for (path, bytes) in sections(bytes) {
        if bytes.is_empty() {
            files.remove(&path);
        } else {
            files.insert(path, bytes);
        }
    }
    build_and_look(files);
});
