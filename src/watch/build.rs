//! From files to a site, whole, each time.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Context;

use crate::assets::Assets;
use crate::content::{self, ContentDir, Drafts};
use crate::diagnostic::{Diagnostics, escape_html, printable};
use crate::language::Languages;
use crate::render::{self, BaseUrl};
use crate::site::Site;

/// What a site is built from, besides the files themselves.
#[derive(Debug)]
pub struct BuildConfig {
    pub content: ContentDir,
    pub drafts: Drafts,
    /// Where the site is published, whatever the content says.
    pub site_url: Option<String>,
    /// Where it is if the content does not say so either; without it, the content must.
    pub fallback_url: Option<String>,
    pub assets: Assets,
}

#[derive(Debug, Default)]
pub struct BuildResult {
    pub built: Option<Built>,
    pub diagnostics: Diagnostics,
    /// Why there is nothing to build from, or no way to.
    pub failure: Option<String>,
}

#[derive(Debug)]
pub struct Built {
    pub site: Site,
    pub url: String,
    pub projects: usize,
    pub languages: Languages,
}

const NO_ADDRESS: &str = "where will the site be? Say so with --site-url, as in \
     `--site-url https://example.org/recap/`, or with `site_url` in event.yaml";

impl BuildConfig {
    pub fn build(&self) -> BuildResult {
        // A mistake of the program must not end the thread that follows the files, or no edit would show any more.
        let result = catch_unwind(AssertUnwindSafe(|| self.try_build()));
        let result = result.unwrap_or_else(|panic| Err(anyhow::anyhow!("{}", words(&*panic))));
        result.unwrap_or_else(|error| BuildResult {
            failure: Some(format!("{error:#}")),
            ..BuildResult::default()
        })
    }

    fn try_build(&self) -> anyhow::Result<BuildResult> {
        let assets = &self.assets;
        // Each of those that are published is drawn once, and no other.
        let draw = |svg: &str, format| match format {
            content::PROBE => Ok(Vec::new()),
            format => assets.image("the drawing", svg, format).draw().map(|it| it.to_vec()),
        };
        let (website, diagnostics) =
            content::load_with(&self.content, self.drafts, &draw, &assets.media)?;
        let mut result = BuildResult { diagnostics, ..BuildResult::default() };
        let Some(website) = website else {
            return Ok(result);
        };
        let url = self.site_url.as_ref().or(website.event.site_url.as_ref());
        let url = url.or(self.fallback_url.as_ref()).context(NO_ADDRESS)?;
        let base_url = BaseUrl::new(url);
        let (projects, languages) = (website.projects.len(), website.languages.clone());
        let rendered = render::render(website, &base_url, &self.assets)?;
        result.built = Some(Built {
            site: Site::from_rendered(rendered)?,
            url: base_url.absolute("/"),
            projects,
            languages,
        });
        Ok(result)
    }
}

impl BuildResult {
    /// How many reasons keep the site from being built.
    pub fn errors(&self) -> usize {
        self.diagnostics.errors() + usize::from(self.failure.is_some())
    }

    pub fn summary(&self) -> String {
        match &self.failure {
            Some(failure) => printable(failure),
            None => self.diagnostics.summary(),
        }
    }

    /// All that there is to say as HTML; empty if there is nothing.
    pub fn html(&self) -> String {
        let failure = self.failure.as_ref();
        let failure = failure.map(|it| format!("<p class=\"problem\">{}</p>\n", escape_html(it)));
        failure.unwrap_or_default() + &self.diagnostics.html()
    }
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
    format!("a mistake of the program: {}", text.unwrap_or("it panicked"))
}
