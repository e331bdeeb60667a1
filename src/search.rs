//! Finding what the site says: a scan of all its text, without an engine.
//!
//! 1. `indexer` lists the pages with the texts that are searched, each by the weight of its field.
//! 2. `fold` makes spellings alike: case, width, spaces and hyphens.
//! 3. `query` takes a question apart: words, their forms without particles, initial consonants.
//! 4. `matcher` finds the places of a word, and the pages that hold every word, the best first.
//! 5. `excerpt` cuts out what is shown of a page, with the matches marked.
//! 6. `json` writes all of it for the script that does the same in the browser.
//!
//! `static/js/20-search.js` follows the same steps; a test compares the two.

use crate::language::LanguageId;

mod fold;

mod indexer;

mod query;

mod matcher;

mod excerpt;

mod json;

pub use excerpt::{Excerpt, TextRun};
pub use matcher::{SearchResult, SearchResults, Section};
pub use query::Query;

/// Results that are shown at most; readers refine their words rather than read on.
pub const MAX_RESULTS: usize = 50;

/// What a page is, as results say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageKind {
    /// The recap on the first page.
    Recap,
    /// A project.
    Project,
    /// A topic with its projects.
    Topic,
    /// A term of the glossary.
    Term,
    /// Sources and method.
    About,
}

/// What a text is to its page, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    /// The page's name.
    Title,
    /// Its other names, and those of people.
    Alias,
    /// What stands large under the name.
    Lead,
    /// A heading in it.
    Heading,
    /// The terms and topics that it links.
    Term,
    /// Everything else.
    Prose,
}

impl Field {
    /// What a match is worth there: by the place in the list.
    const WEIGHTS: [u32; 6] = [64, 48, 32, 24, 16, 8];

    fn weight(self) -> u32 {
        Self::WEIGHTS[self as usize]
    }
}

/// A page that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The language that it is written in.
    pub language: LanguageId,
    /// Its path with the language's prefix, and for a term its fragment.
    pub path: String,
    /// What it is.
    pub kind: PageKind,
    /// A sign of its own: a project's Hangul letter.
    pub icon: String,
    /// The fragments of its parts that can be linked; the first text of a part names it.
    parts: Vec<String>,
    /// Its texts, by their places in [`Index::texts`]; the first one is its title.
    texts: std::ops::Range<usize>,
}

/// A text of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Text {
    page: usize,
    field: Field,
    /// The language of the words, which may be another than the page's.
    language: LanguageId,
    /// The part of the page that it stands in.
    part: Option<usize>,
    /// As it was written, in one line.
    written: Box<str>,
    /// Its folded form, by the place in [`Index::folded`].
    folded: std::ops::Range<usize>,
}

/// Everything that can be found, folded once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    pages: Vec<Page>,
    texts: Vec<Text>,
    /// All texts folded, one after the other, each ended by a character that no question holds.
    folded: String,
    /// A bit for each byte of `folded`: whether something was left out before it, or the text begins.
    word_starts: Vec<u64>,
}

impl Index {
    /// Whether a word begins at this byte of the folded texts.
    fn is_word_start(&self, at: usize) -> bool {
        self.word_starts
            .get(at / 64)
            .is_some_and(|bits| bits >> (at % 64) & 1 == 1)
    }
}
