//! The preview pictures: what a messenger shows of a page, drawn from the page's own data.
//!
//! 1. [`CardContent`] is all that a picture shows. Its address is the hash of that.
//! 2. [`svg`] fits the texts and lays them out, by the template of the page's kind.
//!
//! The second step waits, like the drawing, until somebody asks for the picture.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::assets::inks::Inks;
use crate::assets::{Assets, ImageFormat, LazyImage, fonts};
use crate::cache;
use crate::language::{LanguageId, Localized, fill};
use crate::model::routes::{Kind as Page, PAGE_SIZE, Route};
use crate::model::{Cover, Project};
use crate::svg::Svg;

use super::site_data::SiteData;

mod svg;

pub(super) const SIZE: (u32, u32) = (1200, 630);

/// Messengers know PNG, all of them.
const FORMAT: ImageFormat = ImageFormat::Png(SIZE.0, SIZE.1);

/// All that pictures are laid out by. It is part of every hash, so that none changes under an address that is kept for
/// ever.
const LAYOUT: [&str; 7] = [
    include_str!("og_image/svg.rs"),
    include_str!("text_fit.rs"),
    include_str!("../../templates/og/card.svg"),
    include_str!("../../templates/og/macros.svg"),
    include_str!("../../templates/og/home.svg"),
    include_str!("../../templates/og/list.svg"),
    include_str!("../../templates/og/project.svg"),
];

#[derive(Debug)]
pub(super) struct OgImage {
    pub path: String,
    /// What it shows, in words.
    pub alt: String,
    pub image: LazyImage,
}

/// The preview pictures of a site, by the path of the page with its language.
#[derive(Debug, Default)]
pub(super) struct OgImages(HashMap<String, OgImage>);

impl OgImages {
    /// The picture of every page; none for a site that goes without.
    pub(super) fn new(site_data: &Arc<SiteData>, assets: &Assets) -> Self {
        let mut images = HashMap::new();
        if !assets.has_cards {
            return Self(images);
        }
        let layout = cache::hash(LAYOUT.concat().as_bytes());
        let font = cache::hash(site_data.website.font.as_deref().unwrap_or_default());
        for language in site_data.website.languages.iter() {
            let website = &site_data.website;
            let is_drawn = |route: &&Route| match route.kind {
                Page::Project(index) => {
                    let cover = website.projects[index].cover.as_ref();
                    cover.and_then(Cover::card).is_none()
                }
                _ => true,
            };
            let pages = site_data.routes.par_iter();
            let pages = pages.filter(|it| it.has_card()).filter(is_drawn);
            images.par_extend(pages.map(|route| {
                let content = CardContent::new(site_data, language, route);
                let json = serde_json::to_string(&content).expect("texts and numbers");
                let inputs = [layout.as_bytes(), json.as_bytes(), font.as_bytes()];
                let image =
                    assets.lazy_image(format!("the card of {}", content.page), &inputs, FORMAT, {
                        let (site_data, route) = (Arc::clone(site_data), route.clone());
                        move || CardContent::new(&site_data, language, &route).svg()
                    });
                let image = OgImage {
                    path: format!("/assets/card-{}.png", image.fingerprint()),
                    alt: content.alt,
                    image,
                };
                (content.page, image)
            }));
        }
        Self(images)
    }

    /// The picture of a page, by its path with its language.
    pub(super) fn get(&self, page: &str) -> Option<&OgImage> {
        self.0.get(page)
    }

    /// All pictures, by their paths: pages that show the same have one together.
    pub(super) fn by_path(&self) -> HashMap<&str, &LazyImage> {
        let images = self.0.values();
        images.map(|it| (it.path.as_str(), &it.image)).collect()
    }
}

/// How many emblems of projects a picture shows, which the event's own completes to a dozen.
const EMBLEMS: usize = 11;

/// All that a picture shows: equal contents are laid out as equal pictures.
#[derive(Debug, Serialize)]
struct CardContent<'a> {
    /// The path of the page, with its language.
    #[serde(skip)]
    pub page: String,
    #[serde(skip)]
    pub alt: String,
    pub kind: Kind<'a>,
    pub title: String,
    pub text: String,
    /// Whose page it is: the event with its date and city.
    pub footer: String,
    pub event_emblem: Option<&'a str>,
    /// Rules for the inks of the site, where they are its own.
    pub inks: String,
    pub emblems: Vec<Emblem<'a>>,
    #[serde(skip)]
    pub font: Option<&'a [u8]>,
}

/// What pictures of some kinds of pages show besides.
#[derive(Debug, Serialize)]
enum Kind<'a> {
    Home {
        event: String,
        /// The name of the event, drawn; empty where it cannot be.
        lettering: Vec<&'a str>,
        notes: [String; 4],
    },
    List,
    Project {
        number: String,
        syllable: Option<Syllable<'a>>,
    },
}

/// A project's emblem, if it has one, and whether it is printed as a trace.
#[derive(Clone, Copy, Debug, Serialize)]
struct Emblem<'a> {
    pub drawing: Option<&'a str>,
    pub is_faded: bool,
}

/// A syllable, and its drawing where it can be drawn.
#[derive(Clone, Copy, Debug, Serialize)]
struct Syllable<'a> {
    pub text: &'a str,
    pub lettering: Option<&'a str>,
}

impl<'a> CardContent<'a> {
    /// What the picture of a page shows in a language.
    fn new(site_data: &'a SiteData, language: LanguageId, route: &Route) -> Self {
        let website = &site_data.website;
        let labels = website.labels(language);
        let event = &website.event;
        let name = event.name.text(language);
        let date = event.days(labels);
        let text_of = |text: Option<&'a Localized<String>>| text.map_or("", |it| it.text(language));
        let words = |text: &'a Option<Localized<String>>| text_of(text.as_ref());
        let (city, venue) = (words(&event.city), words(&event.venue));
        let projects = || website.projects.iter();
        let own = website.font.as_deref();
        let drawable = |text: &str| fonts::drawable(text, own);
        let mut kind = Kind::List;
        let mut emblems = on_page(&mut projects(), 1);
        let (title, text): (String, &str) = match route.kind {
            Page::Schedule => (labels.schedule.title.clone(), ""),
            Page::Topics => (labels.topic.title.clone(), &labels.topic.standfirst),
            Page::Glossary => (labels.glossary.title.clone(), &labels.glossary.standfirst),
            Page::Page(index) => {
                let page = &website.pages[index];
                let title = page.title.text(language).to_owned();
                (title, text_of(page.summary()))
            }
            Page::Search => (labels.search.title.clone(), &labels.search.standfirst),
            Page::Projects { page } => {
                emblems = on_page(&mut projects(), page);
                let title = labels.numbers.count(&labels.entries.title, website.projects.len());
                let title = labels.list.page_title(&title, page);
                (title, &labels.entries.standfirst)
            }
            Page::Topic { topic, page } => {
                let topic = &website.topics[topic];
                let on_topic = site_data.relations.on(&topic.id);
                if website.projects.len() <= EMBLEMS {
                    for (index, emblem) in emblems.iter_mut().enumerate() {
                        emblem.is_faded = !on_topic.contains(&index);
                    }
                } else {
                    let mut on_topic = on_topic.iter().map(|it| &website.projects[*it]);
                    emblems = on_page(&mut on_topic, page);
                }
                let title = labels.list.page_title(topic.name.text(language), page);
                (title, words(&topic.text))
            }
            Page::People => (labels.people.title.clone(), &labels.people.standfirst),
            Page::Person(index) => {
                let person = &website.people[index];
                let theirs = site_data.relations.by(&person.slug).iter();
                emblems = on_page(&mut theirs.map(|it| &website.projects[*it]), 1);
                let name = person.who.name.text(language).to_owned();
                (name, text_of(person.who.occupation()))
            }
            Page::Project(index) => {
                let project = &website.projects[index];
                emblems = vec![printed(project)];
                kind = Kind::Project {
                    number: format!("{:02}", project.rank),
                    syllable: project.syllable.as_ref().map(|it| Syllable {
                        text: &it.text,
                        lettering: site_data.lettering_cache.get(&it.text),
                    }),
                };
                let title = project.name.text(language).to_owned();
                (title, text_of(project.summary()))
            }
            _ => {
                let letters = event.lettering.iter().flat_map(|it| it.chars());
                let letters = letters.map(|it| site_data.lettering_cache.get(&it.to_string()));
                let count = website.projects.len();
                kind = Kind::Home {
                    event: drawable(name),
                    lettering: letters.collect::<Option<_>>().unwrap_or_default(),
                    notes: [
                        joined(&[name, words(&event.kind)], " "),
                        joined(&[city, venue], " "),
                        date.clone(),
                        labels.numbers.count(&labels.entries.count, count),
                    ]
                    .map(|it| drawable(&it)),
                };
                let title = event.title().text(language).to_owned();
                (title, words(&event.description))
            }
        };
        let values = [("title", &*title), ("event", name), ("text", text)];
        let alt = fill(&labels.share.card, &values);
        Self {
            page: format!("{}{}", website.languages.prefix(language), route.path),
            alt,
            kind,
            title: drawable(&title),
            text: drawable(text),
            footer: drawable(&joined(&[name, city, &date], " · ")),
            inks: Inks::own(&event.look).map_or(String::new(), Inks::svg_css),
            event_emblem: event.emblem.as_ref().map(Svg::shapes),
            emblems,
            font: own,
        }
    }
}

/// The emblems of the first projects on a page of a list.
fn on_page<'a>(projects: &mut dyn Iterator<Item = &'a Project>, page: usize) -> Vec<Emblem<'a>> {
    let shown = projects.skip((page - 1) * PAGE_SIZE).take(EMBLEMS);
    shown.map(printed).collect()
}

/// Those of some texts that say something, as one.
fn joined(texts: &[&str], between: &str) -> String {
    let texts = texts.iter().filter(|it| !it.is_empty());
    texts.copied().collect::<Vec<_>>().join(between)
}

fn printed(project: &Project) -> Emblem<'_> {
    Emblem { drawing: project.emblem.as_ref().map(Svg::shapes), is_faded: false }
}
