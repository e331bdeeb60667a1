//! What pages are written from, and the idea that they are written no sooner than somebody asks for them.

use std::fmt;
use std::sync::{Arc, OnceLock};

use super::lettering_cache::LetteringCache;
use super::localized_text::LocalizedText;
use super::og_image::OgImages;
use super::relations::Relations;
use super::site_data::SiteData;
use super::urls::{BaseUrl, UrlBuilder};
use crate::language::{LanguageId, Localized};
use crate::model::routes::{Kind, Route};
use crate::model::{Labels, Project, Question, Website};
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

/// The paths of what a language's pages load, which change with its content.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct AssetPaths {
    pub(super) stylesheet: String,
    pub(super) script: String,
    pub(super) redirect_script: String,
    pub(super) font: String,
    /// The font of the first page.
    pub(super) home_font: String,
}

impl RenderContext {
    /// What the pages of a language share.
    pub(super) fn context(&self, language: LanguageId) -> Context<'_> {
        let site_data = &*self.site_data;
        Context {
            language,
            labels: site_data.website.labels(language),
            website: &site_data.website,
            routes: &site_data.routes,
            hours: &site_data.hours,
            updated: &site_data.updated,
            policy: &site_data.policy,
            base_url: &self.base_url,
            assets: &self.paths[language.index()],
            has_data: self.has_data,
            lettering_cache: &site_data.lettering_cache,
            og_images: &self.og_images,
            relations: &site_data.relations,
        }
    }

    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.site_data.website))
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

/// What a page is written from, for readers of a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    pub language: LanguageId,
    pub labels: &'a Labels,
    pub website: &'a Website,
    pub routes: &'a [Route],
    /// When the event began and ended.
    pub hours: &'a (Option<String>, Option<String>),
    /// The day on which anything that readers see last changed.
    pub updated: &'a str,
    /// What pages may load.
    pub policy: &'a str,
    pub base_url: &'a BaseUrl,
    pub assets: &'a AssetPaths,
    /// Whether projects are there as JSON and Markdown as well.
    pub has_data: bool,
    pub lettering_cache: &'a LetteringCache,
    pub og_images: &'a OgImages,
    pub relations: &'a Relations,
}

impl<'a> Context<'a> {
    /// The same for readers of another language.
    pub(super) fn in_language(self, language: LanguageId) -> Self {
        let labels = self.website.labels(language);
        Self { language, labels, ..self }
    }

    /// A text in the reader's language, or what stands in for it.
    pub(super) fn text(&self, text: &'a Localized<String>) -> LocalizedText<'a> {
        LocalizedText::new(text, self.language, &self.website.languages)
    }

    pub(super) fn optional_text(
        &self,
        text: Option<&'a Localized<String>>,
    ) -> Option<LocalizedText<'a>> {
        text.map(|it| self.text(it))
    }

    pub(super) fn code(&self, language: LanguageId) -> &'a str {
        self.website.languages.code(language)
    }

    pub(super) fn urls(&self) -> UrlBuilder<'a> {
        UrlBuilder {
            base_url: self.base_url,
            languages: &self.website.languages,
            language: self.language,
            media: &self.website.media,
        }
    }

    /// Whether the site has a page or file at a path without a language, other than those of projects and of what
    /// comes after them.
    pub(super) fn has(&self, path: &str) -> bool {
        let routes = self.routes.iter();
        let mut own = routes.take_while(|it| !matches!(it.kind, Kind::Project(_)));
        own.any(|it| it.path == path)
    }

    /// The event in a line: its name, its days, its city.
    pub(super) fn event_line(&self) -> String {
        let event = &self.website.event;
        let name = event.name.text(self.language);
        let days = event.days(self.labels);
        let city = event.city.as_ref().map(|it| it.text(self.language));
        let parts = [Some(name), Some(&days), city].into_iter().flatten();
        parts.collect::<Vec<_>>().join(" · ")
    }

    /// The questions that a project answers, with its answers, in the order of event.yaml.
    pub(super) fn answers(
        &self,
        project: &'a Project,
    ) -> impl Iterator<Item = (&'a Question, &'a Localized<String>)> + use<'a> {
        let questions = self.website.event.questions.iter();
        questions.filter_map(|it| Some((it, project.answers.get(&it.id)?)))
    }

    /// The projects before and after one in the programme.
    pub(super) fn prev_next(&self, index: usize) -> (Option<&'a Project>, Option<&'a Project>) {
        let at = |index: usize| self.website.projects.get(index);
        (index.checked_sub(1).and_then(at), at(index + 1))
    }
}

/// A file that is written when it is first asked for, so that neither a start nor an edit waits for ten thousand of them.
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
