//! What all files of a site are written from, shared by all of them until the last one is written.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::address::Place;
use super::layout::Site;
use super::letters::Letters;
use super::og_image::OgImages;
use super::relations::Relations;
use crate::language::LanguageId;
use crate::model::Website;
use crate::search::Index;

/// A state of the content at a place, from which every page can be written at any time.
///
/// Two are equal where every page would be.
#[derive(Debug)]
pub struct Edition {
    pub(super) basis: Arc<Basis>,
    pub(super) place: Place,
    pub(super) og_images: OgImages,
    /// By language.
    pub(super) paths: Vec<Paths>,
    /// Whether projects are there as JSON and Markdown as well.
    pub(super) has_data: bool,
    /// Gathered when somebody searches.
    pub(super) index: OnceLock<Index>,
}

/// The content, with what follows from it alone and every page needs.
#[derive(Debug)]
pub(super) struct Basis {
    pub(super) website: Website,
    pub(super) letters: Letters,
    pub(super) relations: Relations,
    /// The day on which anything that readers see last changed.
    pub(super) updated: String,
}

impl Basis {
    pub(super) fn new(website: Website) -> Self {
        Self {
            letters: Letters::new(&website),
            relations: Relations::new(&website),
            updated: website.updated().to_string(),
            website,
        }
    }
}

/// The paths of what a language's pages load, which change with its content.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Paths {
    pub(super) stylesheet: String,
    pub(super) script: String,
    pub(super) moved_script: String,
    pub(super) font: String,
    pub(super) first_font: String,
}

impl Edition {
    /// What the pages of a language share.
    pub(super) fn site(&self, language: LanguageId) -> Site<'_> {
        let paths = &self.paths[language.index()];
        let basis = &*self.basis;
        Site {
            website: &basis.website,
            updated: &basis.updated,
            place: &self.place,
            stylesheet: &paths.stylesheet,
            script: &paths.script,
            moved_script: &paths.moved_script,
            font: &paths.font,
            first_font: &paths.first_font,
            has_data: self.has_data,
            letters: &basis.letters,
            og_images: &self.og_images,
            relations: &basis.relations,
        }
    }

    /// Everything that can be found, as the script in the browser reads it. An index that nobody searches here is
    /// let go of again.
    pub(super) fn index_file(&self) -> serde_json::Result<String> {
        let fresh;
        let index = if let Some(index) = self.index.get() {
            index
        } else {
            fresh = Index::new(&self.basis.website);
            &fresh
        };
        index.json(&self.basis.website, |path| self.place.link(path))
    }

    /// Everything that can be found.
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.basis.website))
    }
}

impl PartialEq for Edition {
    fn eq(&self, other: &Self) -> bool {
        // All else follows from these.
        self.place == other.place
            && self.paths == other.paths
            && self.basis.website == other.basis.website
    }
}

/// A file that is written when it is first asked for, from an [`Edition`].
#[derive(Clone)]
pub struct Writing(Arc<dyn Fn() -> Vec<u8> + Send + Sync>);

impl Writing {
    pub(super) fn new<E: fmt::Debug>(
        edition: &Arc<Edition>,
        language: LanguageId,
        write: impl Fn(Site<'_>) -> Result<String, E> + Send + Sync + 'static,
    ) -> Self {
        let edition = Arc::clone(edition);
        Self(Arc::new(move || {
            let text = write(edition.site(language));
            // Templates leave room to grow, which a page that stands for months does not need.
            let bytes = text.expect("what is written into memory arrives there");
            bytes.into_bytes().into_boxed_slice().into_vec()
        }))
    }

    /// Writes the file, which takes a fraction of a millisecond for a page.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        (self.0)()
    }
}

impl fmt::Debug for Writing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Writing")
    }
}
