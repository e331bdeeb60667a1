//! From the checked website to everything that is served.
//!
//! 1. The list of every page and file is `model::routes`; [`site_data`] is what follows from the content alone.
//! 2. [`page_assets`] makes what pages load: [`font_characters`] tells which characters their fonts need, and
//!    [`lettering_cache`] draws syllables. [`icons`] and [`og_image`] draw the event's emblem and the preview cards.
//! 3. [`context`] holds all of these. A page is written from it when somebody asks for it, and [`render`] only says
//!    which there are and how each is written.
//! 4. [`page_meta`] is what a page is, [`layout`] what surrounds it, [`pages`] the pages themselves. In them,
//!    [`urls`] knows where links lead, [`localized_text`] how texts stand there, [`article`] how write-ups and [`figures`] how pictures do,
//!    [`relations`] which projects are related, [`when`] when they are, [`share`] how to cite and pass on; [`charts`], [`number_line`] and [`poster`] draw, with
//!    [`text_fit`] to measure. What belongs together is bound by [`mod@typeset`].
//! 5. [`feeds`] say the same to messengers, search engines and programs.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use askama::Template;

use crate::assets::{Assets, LazyImage, fonts};
use crate::language::LanguageId;
use crate::media::{Medium, Served, Store};
use crate::model::Website;
use crate::model::routes::{self, Kind, Route};
use crate::search;

mod article;
mod charts;
mod context;
mod feeds;
mod figures;
mod font_characters;
mod icons;
mod layout;
mod lettering_cache;
mod localized_text;
mod number_line;
mod og_image;
mod page_assets;
mod page_meta;
mod pages;
mod poster;
mod relations;
mod share;
mod site_data;
mod text_fit;
mod typeset;
mod urls;
mod when;

use context::Context;
pub use context::{LazyPage, RenderContext};
pub use pages::SearchPage;
use pages::{ErrorPage, RedirectPage};
use site_data::SiteData;
use typeset::typeset;
pub use urls::{BaseUrl, PATH_ESCAPES};

/// Everything from this origin alone, nothing inline, no string turned into markup by a script, no frame but the players
/// that [`content_security_policy`] adds.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
     media-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
     require-trusted-types-for 'script'; trusted-types 'none'; frame-ancestors 'none'";

/// The policy of a site whose pages load players from these origins when somebody asks for one.
pub fn content_security_policy(players: &[String]) -> String {
    let frames = match players {
        [] => String::new(),
        players => format!(" frame-src {};", players.join(" ")),
    };
    CONTENT_SECURITY_POLICY.replacen(" font-src", &format!("{frames} font-src"), 1)
}

/// The same as every page says it of itself, for hosts that send no header fields of ours; of being framed only a header
/// field may speak.
fn page_policy(players: &[String]) -> String {
    let policy = content_security_policy(players);
    let page = policy.split_once("; frame-ancestors");
    page.map_or(policy.as_str(), |(page, _)| page).to_owned()
}

/// The widest word that is set as large as it fits a line, in half ems.
const WIDEST_WORD: u8 = 40;

/// The class of a name that is set so large that its longest word fits a line: how many half ems that is wide.
fn word_class(name: &str) -> String {
    let breaks = |it: char| it.is_whitespace() || "-/·,".contains(it);
    let words = name.split(breaks).map(|word| {
        // Chinese and Japanese break between letters.
        let is_broken = word.contains(|it| ('\u{3040}'..='\u{9fff}').contains(&it));
        fonts::width(word, 1000.0).min(if is_broken { 4.0 } else { f32::MAX })
    });
    // On four lines of a phone at most.
    let least = fonts::width(name, 1000.0) / 3.2;
    let widest = (2.0 * words.fold(1.0, f32::max).max(least)).ceil();
    format!("word-{}", widest.min(f32::from(WIDEST_WORD)))
}

/// What a file is, which decides how it is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Page,
    Stylesheet,
    Script,
    Font,
    /// SVG.
    Drawing,
    /// By the end of its name: `png`, `webp`, `jpg` or `avif`.
    Picture,
    /// A size of a picture, under a name of what it is made from.
    Size,
    /// A file of the content as it is, by the end of its name.
    File,
    /// A preview picture under a name of what it is drawn from.
    Card,
    /// ICO.
    Icon,
    /// JSON.
    Data,
    Markdown,
    /// Atom.
    Feed,
    Sitemap,
    /// iCalendar.
    Calendar,
    Manifest,
    /// Plain text.
    Text,
}

#[derive(Clone, Debug)]
pub struct Output {
    /// Its path on the site, decoded and without the mount path.
    pub path: String,
    pub format: Format,
    pub body: Body,
}

#[derive(Clone, Debug)]
pub enum Body {
    Ready(Vec<u8>),
    /// A text that is written when it is first asked for.
    Written(LazyPage),
    /// A picture that is drawn when it is first asked for.
    Drawn(LazyImage),
    /// A file on disk, or one that is made and kept there.
    Stored(Served),
}

#[derive(Clone, Debug)]
pub struct Redirect {
    /// The old path, decoded and without the mount path.
    pub from: String,
    /// The path at which the page is now, likewise.
    pub to: String,
    /// The page that leads on where no server redirects.
    pub page: LazyPage,
}

#[derive(Clone, Debug)]
pub struct Rendered {
    /// What it is written from.
    pub render_context: Arc<RenderContext>,
    /// The path that the site is mounted at: empty, or `/recap`.
    pub mount: String,
    /// The origins of the players that pages load when somebody asks, in order.
    pub players: Vec<String>,
    pub outputs: Vec<Output>,
    pub redirects: Vec<Redirect>,
    /// The pages that answer a question, by their paths.
    pub search: Vec<(String, SearchPage)>,
    /// The page for addresses that lead nowhere, by the prefix of the language.
    pub not_found: Vec<(String, LazyPage)>,
    /// The page for methods that are not answered, by the prefix of the language.
    pub method_not_allowed: Vec<(String, LazyPage)>,
}

/// Plans everything for a site at this place: which files there are, and how each is written.
pub fn render(website: Website, base_url: &BaseUrl, assets: &Assets) -> anyhow::Result<Rendered> {
    let site_data = Arc::new(SiteData::new(website));
    let website = &site_data.website;
    let (page_assets, og_images) = rayon::join(
        || page_assets::page_assets(website, assets),
        || og_image::OgImages::new(&site_data, assets),
    );
    let (paths, mut outputs) = page_assets?;
    let render_context = Arc::new(RenderContext {
        site_data: Arc::clone(&site_data),
        base_url: base_url.clone(),
        og_images,
        paths,
        has_data: assets.has_data,
        index: OnceLock::new(),
    });
    outputs.extend(feeds::sitemap::files(&render_context)?);
    outputs.push(search_index(&render_context));
    outputs.extend(icons::icons(website, assets));
    let og_images = render_context.og_images.by_path().into_iter();
    outputs.extend(og_images.map(|(path, image)| Output {
        path: path.to_owned(),
        format: Format::Card,
        body: Body::Drawn(image.clone()),
    }));
    outputs.extend(media(website, &assets.media));
    let mut rendered = Rendered {
        render_context: Arc::clone(&render_context),
        mount: base_url.mount().to_owned(),
        players: site_data.players.clone(),
        outputs,
        redirects: Vec::new(),
        search: Vec::new(),
        not_found: Vec::new(),
        method_not_allowed: Vec::new(),
    };
    for language in website.languages.iter() {
        in_language(&mut rendered, language);
    }
    Ok(rendered)
}

/// The files that texts and facts show or link.
fn media(website: &Website, store: &Arc<Store>) -> impl Iterator<Item = Output> {
    let mut outputs = BTreeMap::new();
    for (path, medium) in &website.media {
        let own = format!("/{path}");
        match medium {
            Medium::Drawing(svg) => {
                let body = Body::Ready(svg.to_string().into_bytes());
                outputs.insert(own, (Format::Drawing, body));
            }
            Medium::File(file) => {
                let body = Body::Stored(Served::file(store, file.clone()));
                outputs.insert(own, (Format::File, body));
            }
            Medium::Picture(original) => outputs.extend(
                // The same picture may lie in two places.
                original
                    .served(store)
                    .map(|(path, size)| (path, (Format::Size, Body::Stored(size)))),
            ),
        }
    }
    let outputs = outputs.into_iter();
    outputs.map(|(path, (format, body))| Output { path, format, body })
}

/// Adds the files of a language.
fn in_language(rendered: &mut Rendered, language: LanguageId) {
    let render_context = &Arc::clone(&rendered.render_context);
    let site_data = &render_context.site_data;
    let website = &site_data.website;
    let prefix = website.languages.prefix(language);
    for (index, route) in site_data.routes.iter().enumerate() {
        let path = format!("{prefix}{}", route.path);
        if !routes::is_in_every_language(&route.path) || route.is_data() && !render_context.has_data
        {
            continue;
        }
        if route.kind == Kind::Search {
            let page = SearchPage::new(render_context, language);
            rendered.search.push((path.clone(), page));
        }
        let page = LazyPage::new(render_context, language, move |context| {
            write(context, &context.routes[index])
        });
        rendered.outputs.push(Output {
            path,
            format: format(route.kind),
            body: Body::Written(page),
        });
    }
    for moved in website.moved() {
        for alias in moved.aliases {
            let (title, path) = (moved.title.text(language).to_owned(), moved.path.clone());
            rendered.redirects.push(Redirect {
                from: format!("{prefix}{alias}"),
                to: format!("{prefix}{path}"),
                page: LazyPage::new(render_context, language, move |context| {
                    RedirectPage::new(context, &title, &path).render()
                }),
            });
        }
    }
    let not_found = LazyPage::new(render_context, language, |context| {
        ErrorPage::not_found(context).render().map(|it| typeset(&it))
    });
    rendered.not_found.push((prefix.clone(), not_found));
    let refused = LazyPage::new(render_context, language, |context| {
        ErrorPage::method_not_allowed(context).render().map(|it| typeset(&it))
    });
    rendered.method_not_allowed.push((prefix, refused));
}

/// Writes the page or file of a route that there is in every language.
fn write(context: Context<'_>, route: &Route) -> anyhow::Result<String> {
    match route.kind {
        Kind::Feed => Ok(feeds::atom::feed(context)?),
        Kind::Calendar => Ok(feeds::calendar::calendar(context)?),
        Kind::Manifest => Ok(feeds::manifest::manifest(context)?),
        Kind::ProjectsJson => Ok(feeds::json::projects(context)?),
        Kind::ProjectJson(index) => Ok(feeds::json::project(context, index)?),
        Kind::ProjectCalendar(index) => Ok(feeds::calendar::entry(context, index)?),
        Kind::ProjectMarkdown(index) => Ok(feeds::markdown::project(context, index)?),
        _ => Ok(typeset(&pages::write(context, route)?)),
    }
}

fn format(kind: Kind) -> Format {
    match kind {
        Kind::Feed => Format::Feed,
        Kind::Calendar | Kind::ProjectCalendar(_) => Format::Calendar,
        Kind::Manifest => Format::Manifest,
        Kind::ProjectsJson | Kind::ProjectJson(_) => Format::Data,
        Kind::ProjectMarkdown(_) => Format::Markdown,
        _ => Format::Page,
    }
}

/// What the script in the browser searches.
fn search_index(render_context: &Arc<RenderContext>) -> Output {
    let write = |context: Context<'_>| search::json(context.website);
    Output {
        path: routes::SEARCH_INDEX.to_owned(),
        format: Format::Data,
        body: Body::Written(LazyPage::new(render_context, LanguageId::FIRST, write)),
    }
}
