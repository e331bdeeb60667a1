//! From the checked website to everything that is served: the list of every page.
//!
//! 1. [`address`] knows where pages are; [`words`] how texts stand in them.
//! 2. [`layout`] is what surrounds a page, [`pages`] the pages themselves.
//! 3. [`render`] makes all of them, in every language.

use askama::Template;

use crate::assets;
use crate::language::LanguageId;
use crate::model::Website;

mod address;
mod layout;
mod pages;
mod words;

pub use address::Place;

/// What a file is, which decides how it is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A page.
    Page,
    /// A stylesheet under a name of its content.
    Stylesheet,
    /// A drawing.
    Drawing,
    /// A picture, by the end of its name: `png`, `webp`, `jpg` or `avif`.
    Picture,
}

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its path on the site, decoded and without the mount path.
    pub path: String,
    /// What it is.
    pub format: Format,
    /// Its content.
    pub body: Vec<u8>,
}

/// Everything that a site consists of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The path that the site is mounted at: empty, or `/recap`.
    pub mount: String,
    /// The files.
    pub outputs: Vec<Output>,
    /// Old paths and where they lead, without the mount path.
    pub redirects: Vec<(String, String)>,
    /// The page for addresses that lead nowhere, by the prefix of the language.
    pub not_found: Vec<(String, Vec<u8>)>,
    /// The page for methods that are not answered, by the prefix of the language.
    pub method_not_allowed: Vec<(String, Vec<u8>)>,
}

/// Renders everything for a site at this place.
///
/// # Errors
///
/// Where a template fails, which would be a mistake in the program.
pub fn render(website: &Website, place: &Place) -> askama::Result<Rendered> {
    let stylesheet = assets::stylesheet(&generated_styles(website));
    let site = layout::Site {
        website,
        place,
        stylesheet: &stylesheet.path,
    };
    let mut rendered = Rendered {
        mount: place.mount().to_owned(),
        ..Rendered::default()
    };
    for language in website.languages.iter() {
        pages_of(site, language, &mut rendered)?;
    }
    rendered.outputs.push(Output {
        path: stylesheet.path.clone(),
        format: Format::Stylesheet,
        body: stylesheet.body,
    });
    if let Some(emblem) = &website.event.motif {
        rendered.outputs.push(Output {
            path: "/favicon.svg".to_owned(),
            format: Format::Drawing,
            body: emblem.clone().into_bytes(),
        });
    }
    for (path, bytes) in &website.pictures {
        rendered.outputs.push(Output {
            path: format!("/{path}"),
            format: if path.ends_with(".svg") {
                Format::Drawing
            } else {
                Format::Picture
            },
            body: bytes.to_vec(),
        });
    }
    Ok(rendered)
}

fn pages_of(
    site: layout::Site<'_>,
    language: LanguageId,
    rendered: &mut Rendered,
) -> askama::Result<()> {
    let website = site.website;
    let prefix = website.languages.prefix(language);
    let mut add = |path: &str, page: String| {
        rendered.outputs.push(Output {
            path: format!("{prefix}{path}"),
            format: Format::Page,
            body: page.into_bytes(),
        });
    };
    add("/", pages::Home::new(site, language).render()?);
    add("/projects/", pages::Projects::new(site, language).render()?);
    add("/topics/", pages::Topics::new(site, language).render()?);
    add("/glossary/", pages::Glossary::new(site, language).render()?);
    add("/about/", pages::About::new(site, language).render()?);
    for project in &website.projects {
        let page = pages::ProjectPage::new(site, language, project);
        add(&format!("/projects/{}/", project.slug), page.render()?);
    }
    for topic in &website.topics {
        let page = pages::Topic::new(site, language, topic);
        add(&format!("/topics/{}/", topic.id), page.render()?);
    }
    for project in &website.projects {
        for alias in &project.aliases {
            let target = format!("{prefix}/projects/{}/", project.slug);
            rendered
                .redirects
                .push((format!("{prefix}{alias}"), target));
        }
    }
    let lost = pages::Lost::not_found(site, language).render()?;
    rendered.not_found.push((prefix.clone(), lost.into_bytes()));
    let refused = pages::Lost::method_not_allowed(site, language).render()?;
    rendered
        .method_not_allowed
        .push((prefix, refused.into_bytes()));
    Ok(())
}

/// Rules that depend on the content: a name for each project's emblem, so that it travels from
/// page to page. No style attribute is allowed, so these rules go into the stylesheet.
fn generated_styles(website: &Website) -> String {
    let mut css = String::from("@layer project {\n");
    for project in &website.projects {
        let slug = &project.slug;
        css.push_str(&format!(
            ".travels--{slug} {{ view-transition-name: motif-{slug}; }}\n"
        ));
    }
    css.push_str("}\n");
    css
}
