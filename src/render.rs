//! From the checked website to everything that is served: the list of every page.
//!
//! 1. [`address`] knows where pages are; [`words`] how texts stand in them.
//! 2. [`layout`] is what surrounds a page, [`pages`] the pages themselves.
//! 3. [`head`] and [`machines`] say the same to messengers, search engines and programs.
//! 4. [`render`] makes all of them, in every language.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use askama::Template;
use rayon::prelude::*;

use crate::assets::{Asset, Assets, Picture};
use crate::language::LanguageId;
use crate::model::Website;
use crate::search::Index;

mod address;
mod cards;
mod characters;
mod drawings;
mod head;
mod icons;
mod layout;
mod letters;
mod machines;
mod moved;
mod pages;
mod relations;
mod ruler;
mod search;
mod share;
mod words;

pub use address::Place;
use pages::sheets;
pub use search::SearchPage;

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

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its path on the site, decoded and without the mount path.
    pub path: String,
    /// What it is.
    pub format: Format,
    /// Its content.
    pub body: Body,
}

/// The content of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// What there is already.
    Ready(Vec<u8>),
    /// A picture that is drawn when it is first asked for.
    Drawn(Picture),
}

impl From<Vec<u8>> for Body {
    fn from(body: Vec<u8>) -> Self {
        Self::Ready(body)
    }
}

/// An old path and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The old path, decoded and without the mount path.
    pub from: String,
    /// The path at which the page is now, likewise.
    pub to: String,
    /// The page that leads on where no server redirects.
    pub page: Vec<u8>,
}

/// Everything that a site consists of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The path that the site is mounted at: empty, or `/recap`.
    pub mount: String,
    /// The files.
    pub outputs: Vec<Output>,
    /// What stood elsewhere once.
    pub redirects: Vec<Moved>,
    /// The pages that answer a question, by their paths.
    pub search: Vec<(String, SearchPage)>,
    /// The page for addresses that lead nowhere, by the prefix of the language.
    pub not_found: Vec<(String, Vec<u8>)>,
    /// The page for methods that are not answered, by the prefix of the language.
    pub method_not_allowed: Vec<(String, Vec<u8>)>,
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

/// Renders everything for a site at this place.
///
/// # Errors
///
/// Where a template fails or a font cannot be cut, which would be mistakes in the program.
pub fn render(website: &Website, place: &Place, assets: &Assets) -> anyhow::Result<Rendered> {
    let styles = generated_styles(website);
    let letters = letters::Letters::new(website);
    let cards = if assets.has_cards() {
        cards::Cards::new(website, &letters, assets)
    } else {
        cards::Cards::default()
    };
    let relations = relations::Relations::new(website);
    let script = assets.script();
    let moved_script = Assets::moved_script();
    let index = Arc::new(Index::new(website));
    let mut rendered = Rendered {
        mount: place.mount().to_owned(),
        ..Rendered::default()
    };
    let mut listed = Vec::new();
    let fonts = fonts_of(website, assets)?;
    for language in website.languages.iter() {
        let (own, font) = &fonts[language.index()];
        let others = fonts.iter().filter(|(_, it)| it != font);
        let others = others.map(|(set, it)| (it, set.difference(own).copied().collect()));
        let stylesheet = assets.stylesheet(&styles, font, &others.collect::<Vec<_>>());
        let site = layout::Site {
            website,
            place,
            stylesheet: &stylesheet.path,
            script: &script.path,
            moved_script: &moved_script.path,
            font: &font.path,
            letters: &letters,
            cards: &cards,
            relations: &relations,
        };
        listed.extend(pages_of(site, language, &mut rendered)?);
        rendered.outputs.extend(machines::files(site, language)?);
        let (plain, entry, answers) = SearchPage::new(site, language, &index)?;
        listed.extend(entry);
        let path = format!("{}{}", website.languages.prefix(language), search::PATH);
        rendered.outputs.push(Output {
            path: path.clone(),
            format: Format::Page,
            body: plain.into_bytes().into(),
        });
        rendered.search.push((path, answers));
        rendered.asset(stylesheet, Format::Stylesheet);
        rendered.asset(font.clone(), Format::Font);
    }
    rendered.asset(script, Format::Script);
    let lists = machines::sitemap::files(place, &listed)?;
    rendered.outputs.extend(lists);
    if !rendered.redirects.is_empty() {
        rendered.asset(moved_script, Format::Script);
    }
    rendered.outputs.push(Output {
        path: search::INDEX.to_owned(),
        format: Format::Data,
        body: index.json(website, |path| place.link(path))?.into(),
    });
    rendered.outputs.extend(icons::icons(website, assets));
    rendered.outputs.extend(cards.iter().map(|card| Output {
        path: card.path.clone(),
        format: Format::Card,
        body: Body::Drawn(card.picture.clone()),
    }));
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

/// The characters of every language with the font that holds them.
fn fonts_of(website: &Website, assets: &Assets) -> anyhow::Result<Vec<(BTreeSet<char>, Asset)>> {
    let font = |language| {
        let name = format!("wanted-sans-{}", website.languages.code(language));
        let characters = characters::characters(website, language);
        let font = assets.font(&name, &characters)?;
        Ok((characters, font))
    };
    website.languages.iter().map(font).collect()
}

/// Renders the pages of a language, and returns those that search engines should know.
fn pages_of(
    site: layout::Site<'_>,
    language: LanguageId,
    rendered: &mut Rendered,
) -> askama::Result<Vec<head::Listed>> {
    let website = site.website;
    let prefix = website.languages.prefix(language);
    let mut listed = Vec::new();
    let mut add = |path: &str, page: String, entry: Option<head::Listed>| {
        listed.extend(entry);
        rendered.outputs.push(Output {
            path: format!("{prefix}{path}"),
            format: Format::Page,
            // Templates leave room to grow, which a page that stands for months does not need.
            body: page.into_bytes().into_boxed_slice().into_vec().into(),
        });
    };
    let page = pages::Home::new(site, language);
    add("/", page.render()?, page.frame.listed());
    for sheet in 1..=sheets::sheets(website.projects.len()) {
        let page = pages::Projects::new(site, language, sheet);
        let path = sheets::path("/projects/", sheet);
        add(&path, page.render()?, page.frame.listed());
    }
    let page = pages::Topics::new(site, language);
    add("/topics/", page.render()?, page.frame.listed());
    let page = pages::Glossary::new(site, language);
    add("/glossary/", page.render()?, page.frame.listed());
    let page = pages::About::new(site, language);
    add("/about/", page.render()?, page.frame.listed());
    let projects = website.projects.par_iter().map(|project| {
        let page = pages::ProjectPage::new(site, language, project);
        let path = project.path();
        Ok((path, page.render()?, page.frame.listed()))
    });
    for (path, page, listed) in projects.collect::<askama::Result<Vec<_>>>()? {
        add(&path, page, listed);
    }
    for topic in &website.topics {
        let list = topic.path();
        for sheet in 1..=sheets::sheets(website.projects_of(&topic.id).count()) {
            let page = pages::Topic::new(site, language, topic, sheet);
            let path = sheets::path(&list, sheet);
            add(&path, page.render()?, page.frame.listed());
        }
    }
    for project in &website.projects {
        if project.aliases.is_empty() {
            continue;
        }
        let page = moved::MovedPage::new(site, language, project);
        let page = page.render()?.into_bytes();
        for alias in &project.aliases {
            rendered.redirects.push(Moved {
                from: format!("{prefix}{alias}"),
                to: format!("{prefix}{}", project.path()),
                page: page.clone(),
            });
        }
    }
    let lost = pages::Lost::not_found(site, language).render()?;
    rendered.not_found.push((prefix.clone(), lost.into_bytes()));
    let refused = pages::Lost::method_not_allowed(site, language).render()?;
    rendered
        .method_not_allowed
        .push((prefix, refused.into_bytes()));
    Ok(listed)
}

/// Rules that depend on the content: a name for each project's emblem, so that it travels from
/// page to page. No style attribute is allowed, so these rules go into the stylesheet; of a long programme it is the
/// first sheet that travels, since every reader fetches the rules of all.
fn generated_styles(website: &Website) -> String {
    let mut css = String::from("@layer project {\n");
    for project in website.projects.iter().take(sheets::SHEET) {
        let slug = &project.slug;
        // Writing to a string cannot fail.
        let _ = writeln!(css, ".travels--{slug}{{view-transition-name:motif-{slug}}}");
    }
    css.push_str("}\n");
    css
}
