//! The write-up of a project, in a site that is otherwise valid.
#![no_main]

use fuzz::{BASE, build_and_look};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut files = BASE.clone();
    files.insert("projects/alpha/ko.md".to_owned(), bytes.to_vec());
    build_and_look(files);
});
