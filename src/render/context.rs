//! What all files of a site are written from, shared by all of them until the last one is written.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::layout::Context;
use super::lettering_cache::LetteringCache;
use super::og_image::OgImages;
use super::relations::Relations;
use super::urls::BaseUrl;
use crate::language::LanguageId;
use crate::model::Website;
use crate::search::Index;

/// A state of the content at a place, from which every page can be written at any time.
///
/// Two are equal where every page would be.
#[derive(Debug)]
pub struct RenderContext {
    pub(super) site_data: Arc<SiteData>,
    pub(super) base_url: BaseUrl,
    pub(super) og_images: OgImages,
    /// By language.
    pub(super) paths: Vec<AssetPaths>,
    /// Whether projects are there as JSON and Markdown as well.
    pub(super) has_data: bool,
    /// Gathered when somebody searches.
    pub(super) index: OnceLock<Index>,
}

/// The content, with what follows from it alone and every page needs.
#[derive(Debug)]
pub(super) struct SiteData {
    pub(super) website: Website,
    pub(super) lettering_cache: LetteringCache,
    pub(super) relations: Relations,
    /// The day on which anything that readers see last changed.
    pub(super) updated: String,
}

impl SiteData {
    pub(super) fn new(website: Website) -> Self {
        Self {
            lettering_cache: LetteringCache::new(&website),
            relations: Relations::new(&website),
            updated: website.updated().to_string(),
            website,
        }
    }
}

/// The paths of what a language's pages load, which change with its content.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct AssetPaths {
    pub(super) stylesheet: String,
    pub(super) script: String,
    pub(super) redirect_script: String,
    pub(super) font: String,
    pub(super) first_font: String,
}

impl RenderContext {
    /// What the pages of a language share.
    pub(super) fn context(&self, language: LanguageId) -> Context<'_> {
        let paths = &self.paths[language.index()];
        let site_data = &*self.site_data;
        Context {
            language,
            labels: site_data.website.labels(language),
            website: &site_data.website,
            updated: &site_data.updated,
            base_url: &self.base_url,
            stylesheet: &paths.stylesheet,
            script: &paths.script,
            redirect_script: &paths.redirect_script,
            font: &paths.font,
            first_font: &paths.first_font,
            has_data: self.has_data,
            lettering_cache: &site_data.lettering_cache,
            og_images: &self.og_images,
            relations: &site_data.relations,
        }
    }

    /// Everything that can be found, as the script in the browser reads it. An index that nobody searches here is
    /// let go of again.
    pub(super) fn index_file(&self) -> serde_json::Result<String> {
        let fresh;
        let index = if let Some(index) = self.index.get() {
            index
        } else {
            fresh = Index::new(&self.site_data.website);
            &fresh
        };
        index.json(&self.site_data.website)
    }

    /// Everything that can be found.
    pub(super) fn index(&self) -> &Index {
        self.index
            .get_or_init(|| Index::new(&self.site_data.website))
    }
}

impl PartialEq for RenderContext {
    fn eq(&self, other: &Self) -> bool {
        // All else follows from these.
        self.base_url == other.base_url
            && self.paths == other.paths
            && self.site_data.website == other.site_data.website
    }
}

/// A file that is written when it is first asked for, from a [`RenderContext`].
#[derive(Clone)]
pub struct LazyPage(Arc<dyn Fn() -> Vec<u8> + Send + Sync>);

impl LazyPage {
    pub(super) fn new<E: fmt::Debug>(
        render_context: &Arc<RenderContext>,
        language: LanguageId,
        write: impl Fn(Context<'_>) -> Result<String, E> + Send + Sync + 'static,
    ) -> Self {
        let render_context = Arc::clone(render_context);
        Self(Arc::new(move || {
            let text = write(render_context.context(language));
            // Templates leave room to grow, which a page that stands for months does not need.
            let bytes = text.expect("what is written into memory arrives there");
            bytes.into_bytes().into_boxed_slice().into_vec()
        }))
    }

    /// Writes the file, which takes a fraction of a millisecond for a page.
    pub fn write(&self) -> Vec<u8> {
        (self.0)()
    }
}

impl fmt::Debug for LazyPage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("LazyPage")
    }
}
