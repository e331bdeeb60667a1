//! Finding what the site says: a scan of all its text, without an engine.
//!
//! 1. `indexer` lists the pages with the texts that are searched, each with what it is to its page.
//! 2. `fold` makes spellings alike: case, width, spaces and hyphens.
//! 3. `query` takes a question apart: words, their forms without particles, initial consonants.
//! 4. `matcher` finds the words in every page, and ranks the pages that hold all of them.
//! 5. `excerpt` cuts out what is shown of a text, with the matches marked.
//! 6. `json` writes the index for `static/js/20-search-index.js`, which finds the same pages where no server answers.

use serde::Serialize;

use crate::language::LanguageId;

mod excerpt;
mod fold;
mod indexer;
mod json;
mod matcher;
mod query;

pub use excerpt::{Excerpt, TextRun};
pub use json::json;
pub use matcher::{SearchResult, SearchResults, Section};
pub use query::Query;

/// Results that are shown at most; readers refine their words rather than read on.
const MAX_RESULTS: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PageKind {
    Recap,
    Project,
    Person,
    Topic,
    Term,
    About,
    Schedule,
    Page,
}

/// What a text is to its page, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(into = "u32")]
enum Field {
    Title,
    /// Other names of the page, and those of people.
    Alias,
    /// What stands large under the title.
    Lead,
    Heading,
    /// Terms and topics that the page links.
    Term,
    Prose,
}

impl From<Field> for u32 {
    fn from(field: Field) -> Self {
        [64, 48, 32, 24, 16, 8][field as usize]
    }
}

/// Everything that can be found, in the order of the site: folded alone, since as it is written it stands in the
/// website, from which [`Page`] takes it for what is shown.
#[derive(Debug)]
pub struct Index {
    pages: Vec<FoldedPage>,
}

#[derive(Debug)]
struct FoldedPage {
    source: Source,
    /// Its texts, one after the other, each ended by a character that no question holds.
    folded: Box<str>,
    /// A bit for each byte of `folded`: whether a word begins there.
    word_starts: Box<[u8]>,
    /// What each text is, and the byte of `folded` at which it ends.
    texts: Box<[(Field, usize)]>,
}

/// Which page of the website it is.
#[derive(Clone, Copy, Debug)]
struct Source {
    language: LanguageId,
    kind: PageKind,
    /// Its place among those of its kind.
    index: usize,
}

/// A page with its texts as they are written.
#[derive(Debug, Serialize)]
pub struct Page {
    pub language: LanguageId,
    /// Its path with the language's prefix, and for a term its fragment.
    pub path: String,
    pub kind: PageKind,
    /// A project's Hangul letter; empty for all others.
    pub icon: String,
    parts: Vec<Part>,
    texts: Vec<PageText>,
}

#[derive(Debug, Serialize)]
struct Part {
    fragment: String,
    /// The text that names it, as a number in [`Page::texts`].
    name: usize,
}

#[derive(Debug, Serialize)]
struct PageText {
    #[serde(rename = "weight")]
    field: Field,
    /// The language of the words, which may be another than the page's.
    language: LanguageId,
    part: Option<usize>,
    written: String,
}
