//! From the checked website to everything that is served: the list of every page.
//!
//! 1. [`address`] knows where pages are; [`words`] how texts stand in them.
//! 2. [`layout`] is what surrounds a page, [`pages`] the pages themselves.
//! 3. [`head`] and [`feeds`] say the same to messengers, search engines and programs.
//! 4. [`RenderContext`] is what all of them are written from, [`plan`] how.
//! 5. [`render`] lists all of them, in every language.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::assets::{Asset, Assets, LazyImage};
use crate::language::LanguageId;
use crate::model::Website;

mod charts;
mod context;
mod feeds;
mod font_characters;
mod head;
mod icons;
mod layout;
mod lettering_cache;
mod localized_text;
mod number_line;
mod og_image;
mod pages;
mod plan;
mod redirect_page;
mod relations;
mod search;
mod share;
mod text_fit;
mod urls;

use context::{AssetPaths, SiteData};
pub use context::{LazyPage, RenderContext};
use pages::pagination;
use plan::Plan;
pub use search::SearchPage;
pub use urls::BaseUrl;

/// What a file is, which decides how it is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A page.
    Page,
    /// A stylesheet under a name of its content.
    Stylesheet,
    /// A script under a name of its content.
    Script,
    /// A font under a name of its content.
    Font,
    /// A drawing.
    Drawing,
    /// A picture, by the end of its name: `png`, `webp`, `jpg` or `avif`.
    Picture,
    /// A preview card under a name of what it is drawn from.
    Card,
    /// An icon in several sizes.
    Icon,
    /// The same for machines: JSON.
    Data,
    /// A text as it was written: Markdown.
    Markdown,
    /// News for feed readers: Atom.
    Feed,
    /// The list of pages for search engines: XML.
    Sitemap,
    /// An event for calendars: iCalendar.
    Calendar,
    /// What a browser needs to install the site: a web application manifest.
    Manifest,
    /// Plain text.
    Text,
}

/// A file of the site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its path on the site, decoded and without the mount path.
    pub path: String,
    /// What it is.
    pub format: Format,
    /// Its content.
    pub body: Body,
}

/// The content of a file.
#[derive(Clone, Debug)]
pub enum Body {
    /// What there is already.
    Ready(Vec<u8>),
    /// A text that is written when it is first asked for.
    Written(LazyPage),
    /// A picture that is drawn when it is first asked for.
    Drawn(LazyImage),
}

impl From<Vec<u8>> for Body {
    fn from(body: Vec<u8>) -> Self {
        Self::Ready(body)
    }
}

/// An old path and where it leads.
#[derive(Clone, Debug)]
pub struct Redirect {
    /// The old path, decoded and without the mount path.
    pub from: String,
    /// The path at which the page is now, likewise.
    pub to: String,
    /// The page that leads on where no server redirects.
    pub page: LazyPage,
}

/// Everything that a site consists of.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// What it is written from.
    pub render_context: Arc<RenderContext>,
    /// The path that the site is mounted at: empty, or `/recap`.
    pub mount: String,
    /// The files.
    pub outputs: Vec<Output>,
    /// What stood elsewhere once.
    pub redirects: Vec<Redirect>,
    /// The pages that answer a question, by their paths.
    pub search: Vec<(String, SearchPage)>,
    /// The page for addresses that lead nowhere, by the prefix of the language.
    pub not_found: Vec<(String, LazyPage)>,
    /// The page for methods that are not answered, by the prefix of the language.
    pub method_not_allowed: Vec<(String, LazyPage)>,
}

impl Rendered {
    fn asset(&mut self, asset: Asset, format: Format) {
        // Two languages may set the same characters.
        if !self.outputs.iter().any(|known| known.path == asset.path) {
            self.outputs.push(Output {
                path: asset.path,
                format,
                body: asset.body.into(),
            });
        }
    }
}

/// Plans everything for a site at this place: which files there are, and how each is written.
///
/// A page is written when it is first asked for, so that neither a start nor an edit waits for ten thousand of them.
///
/// # Errors
///
/// Where a font cannot be cut or a file not be listed, which would be mistakes in the program.
pub fn render(website: Website, base_url: &BaseUrl, assets: &Assets) -> anyhow::Result<Rendered> {
    let site_data = Arc::new(SiteData::new(website));
    let website = &site_data.website;
    let (fonts, og_images) = rayon::join(
        || fonts_of(website, assets),
        || og_image::OgImages::new(&site_data, assets),
    );
    let loaded = Loaded::new(website, &fonts?, assets);
    let render_context = Arc::new(RenderContext {
        site_data: Arc::clone(&site_data),
        base_url: base_url.clone(),
        og_images,
        paths: loaded.paths(),
        has_data: assets.has_data,
        index: OnceLock::new(),
    });
    let mut rendered = Rendered {
        render_context: Arc::clone(&render_context),
        mount: base_url.mount().to_owned(),
        outputs: Vec::new(),
        redirects: Vec::new(),
        search: Vec::new(),
        not_found: Vec::new(),
        method_not_allowed: Vec::new(),
    };
    let mut listed = Vec::new();
    for language in website.languages.iter() {
        let mut plan = Plan {
            render_context: &render_context,
            language,
            rendered: &mut rendered,
        };
        plan.pages();
        plan.feeds();
        plan.search()?;
        listed.extend(plan::listed(render_context.context(language)));
    }
    let lists = feeds::sitemap::files(base_url, &listed)?;
    rendered.outputs.extend(lists);
    rendered.outputs.push(Output {
        path: search::INDEX.to_owned(),
        format: Format::Data,
        body: Body::Written(LazyPage::new(&render_context, LanguageId::FIRST, {
            let render_context = Arc::clone(&render_context);
            move |_| render_context.index_file()
        })),
    });
    loaded.put(&mut rendered);
    rendered.outputs.extend(icons::icons(website, assets));
    let og_images = render_context.og_images.by_path().into_iter();
    let og_images = og_images.map(|(path, image)| Output {
        path: path.to_owned(),
        format: Format::Card,
        body: Body::Drawn(image.clone()),
    });
    rendered.outputs.extend(og_images);
    for (path, bytes) in &website.pictures {
        rendered.outputs.push(Output {
            path: format!("/{path}"),
            format: if path.rsplit('.').next() == Some("svg") {
                Format::Drawing
            } else {
                Format::Picture
            },
            body: bytes.to_vec().into(),
        });
    }
    Ok(rendered)
}

/// What pages load.
struct Loaded {
    script: Asset,
    redirect_script: Asset,
    by_language: Vec<OfLanguage>,
}

impl Loaded {
    fn new(website: &Website, fonts: &[Fonts], assets: &Assets) -> Self {
        let styles = generated_styles(website);
        let by_language = fonts.iter().map(|own| {
            let others = fonts.iter().filter(|it| it.whole != own.whole);
            let lacking = |it: &Fonts| it.characters.difference(&own.characters).copied().collect();
            let others: Vec<_> = others.map(|it| (&it.whole, lacking(it))).collect();
            OfLanguage {
                stylesheet: assets.stylesheet(&styles, &own.whole, &own.first, &others),
                font: own.whole.clone(),
                first_font: own.first.clone(),
            }
        });
        Self {
            script: assets.script(),
            redirect_script: Assets::redirect_script(),
            by_language: by_language.collect(),
        }
    }

    fn paths(&self) -> Vec<AssetPaths> {
        let paths = self.by_language.iter().map(|it| AssetPaths {
            stylesheet: it.stylesheet.path.clone(),
            script: self.script.path.clone(),
            redirect_script: self.redirect_script.path.clone(),
            font: it.font.path.clone(),
            first_font: it.first_font.path.clone(),
        });
        paths.collect()
    }

    fn put(self, rendered: &mut Rendered) {
        for it in self.by_language {
            rendered.asset(it.stylesheet, Format::Stylesheet);
            rendered.asset(it.font, Format::Font);
            rendered.asset(it.first_font, Format::Font);
        }
        rendered.asset(self.script, Format::Script);
        if !rendered.redirects.is_empty() {
            rendered.asset(self.redirect_script, Format::Script);
        }
    }
}

/// What the pages of one language load.
struct OfLanguage {
    stylesheet: Asset,
    font: Asset,
    first_font: Asset,
}

/// The characters of a language with the font that holds them, and the font for what its first page shows first.
struct Fonts {
    characters: BTreeSet<char>,
    whole: Asset,
    first: Asset,
}

fn fonts_of(website: &Website, assets: &Assets) -> anyhow::Result<Vec<Fonts>> {
    let fonts_of = |language| {
        let name = format!("wanted-sans-{}", website.languages.code(language));
        let characters = font_characters::font_characters(website, language);
        let (whole, first) = rayon::join(
            || assets.font(&name, &characters),
            || {
                let opening = font_characters::above_the_fold(website, language);
                assets.font(&format!("{name}-first"), &opening)
            },
        );
        Ok(Fonts {
            whole: whole?,
            first: first?,
            characters,
        })
    };
    let languages: Vec<LanguageId> = website.languages.iter().collect();
    languages.into_par_iter().map(fonts_of).collect()
}

/// Rules that depend on the content: a name for each project's emblem, so that it travels from
/// page to page. No style attribute is allowed, so these rules go into the stylesheet; of a long programme it is the
/// first sheet that travels, since every reader fetches the rules of all.
fn generated_styles(website: &Website) -> String {
    let mut css = String::from("@layer project {\n");
    for project in website.projects.iter().take(pagination::PAGE_SIZE) {
        let slug = &project.slug;
        // Writing to a string cannot fail.
        let _ = writeln!(
            css,
            ".transition--{slug}{{view-transition-name:emblem-{slug}}}"
        );
    }
    css.push_str("}\n");
    css
}
