//! The preview cards: what a messenger shows of a page, drawn from the page's own data.
//!
//! 1. [`Cards`] composes an SVG document for every page and language, and knows its address by its hash.
//! 2. `setting` breaks and measures the texts.
//! 3. `parts` draws emblems and lettering into a card.
//!
//! Nothing is rasterised here: [`Picture`] does that when somebody asks for the card.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::assets::{Assets, Picture, Shape, fonts};
use crate::language::LanguageId;
use crate::model::{Project, Topic, Website};

use super::letters::Letters;
use super::pages::sheets;
use super::search;

mod parts;
mod setting;

use parts::{Canvas, Emblem};
use setting::{Space, Style};

/// The size that messengers ask for, in pixels.
pub(super) const SIZE: (u32, u32) = (1200, 630);

/// What stands at a page's side in every list of links.
#[derive(Debug)]
pub(super) struct PreviewCard {
    /// Its path on the site, with its language and without the mount path.
    pub path: String,
    /// What it shows, in words.
    pub alt: String,
    /// The picture.
    pub picture: Picture,
}

/// The cards of a site.
#[derive(Debug, Default)]
pub(super) struct Cards {
    /// By the path of the page, with its language.
    by_page: BTreeMap<String, PreviewCard>,
}

impl Cards {
    /// The card of a page, by its path with its language; `None` where the font lacks a character of it.
    pub(super) fn get(&self, page: &str) -> Option<&PreviewCard> {
        self.by_page.get(page)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &PreviewCard> {
        self.by_page.values()
    }

    /// Composes the cards of every page.
    pub(super) fn new(website: &Website, letters: &Letters, assets: &Assets) -> Self {
        let mut cards = Self::default();
        for language in website.languages.iter() {
            let maker = Maker {
                website,
                letters,
                language,
            };
            let mut add = |page: &str, card: Composed| {
                let page = format!("{}{page}", website.languages.prefix(language));
                if let Some(card) = card.finish(&page, assets) {
                    cards.by_page.insert(page, card);
                }
            };
            add("/", maker.home());
            for (page, title, text) in maker.plain_pages() {
                add(page, maker.plain(title, text, &maker.all()));
            }
            for (page, card) in maker.sheets_of_projects() {
                add(&page, card);
            }
            for topic in &website.topics {
                for (page, card) in maker.topic(topic) {
                    add(&page, card);
                }
            }
            let projects = website.projects.par_iter();
            let projects = projects.map(|it| (it.path(), maker.project(it)));
            for (page, card) in projects.collect::<Vec<_>>() {
                add(&page, card);
            }
        }
        cards
    }
}

/// A card that was composed, with all the texts it sets.
struct Composed {
    svg: String,
    texts: String,
    alt: String,
}

impl Composed {
    /// The card beside its page, unless the font lacks one of its characters: no box is ever drawn.
    fn finish(self, page: &str, assets: &Assets) -> Option<PreviewCard> {
        let characters = self.texts.chars().collect();
        if !fonts::missing(&characters).is_empty() {
            return None;
        }
        let picture = assets.picture(self.svg, Shape::Png(SIZE.0, SIZE.1));
        Some(PreviewCard {
            path: format!("{page}card-{}.png", picture.fingerprint()),
            alt: self.alt,
            picture,
        })
    }
}

const DISPLAY: Style = Style {
    weight: 1000.0,
    tracking: -0.03,
    leading: 1.06,
    class: "t",
};

const STANDFIRST: Style = Style {
    weight: 750.0,
    tracking: -0.02,
    leading: 1.3,
    class: "t",
};

const NOTE: Style = Style {
    weight: 800.0,
    tracking: -0.02,
    leading: 1.2,
    class: "t",
};

/// A name that would have to be smaller than this in its column, in pixels, has the whole width instead.
const NARROW: f32 = 56.0;

/// Text keeps so far away from edges, in pixels.
const PAD: f32 = 32.0;

/// Projects on a wall, which the event's own emblem completes.
const TILES: usize = 11;

/// A project on a wall, and how its emblem is printed.
type Tile<'a> = (&'a Project, Emblem);

/// Makes cards in one language.
#[derive(Clone, Copy)]
struct Maker<'a> {
    website: &'a Website,
    letters: &'a Letters,
    language: LanguageId,
}

impl<'a> Maker<'a> {
    /// The pages that are made of labels: path, title and what stands under it.
    fn plain_pages(self) -> [(&'static str, &'a str, &'a str); 4] {
        let labels = self.website.labels(self.language);
        let (topic, glossary, about) = (&labels.topic, &labels.glossary, &labels.about);
        [
            ("/topics/", &topic.title, &topic.standfirst),
            ("/glossary/", &glossary.title, &glossary.standfirst),
            ("/about/", &about.title, &about.standfirst),
            (
                search::PATH,
                &labels.search.title,
                &labels.search.standfirst,
            ),
        ]
    }

    /// The first projects of the programme.
    fn all(self) -> Vec<Tile<'a>> {
        let projects = self.website.projects.iter().take(TILES);
        projects.map(|it| (&**it, Emblem::Inked)).collect()
    }

    /// The sheets of the comparison, each with the projects that it begins with.
    fn sheets_of_projects(self) -> impl Iterator<Item = (String, Composed)> {
        let labels = self.website.labels(self.language);
        let projects = &self.website.projects;
        (1..=sheets::sheets(projects.len())).map(move |sheet| {
            let title = sheets::title(labels, &labels.list.title, sheet);
            let tiles = projects.iter().map(|it| (&**it, Emblem::Inked));
            let tiles: Vec<_> = sheets::entries(tiles, sheet).take(TILES).collect();
            let card = self.plain(&title, &labels.list.standfirst, &tiles);
            (sheets::path("/projects/", sheet), card)
        })
    }

    /// The sheets of a topic. Of a programme that fits the wall, the other projects leave a trace.
    fn topic(self, topic: &'a Topic) -> impl Iterator<Item = (String, Composed)> {
        let labels = self.website.labels(self.language);
        let carries = |it: &Project| it.topics.contains(&topic.id);
        let is_short = self.website.projects.len() <= TILES;
        let projects: Vec<&Project> = self.website.projects_of(&topic.id).collect();
        (1..=sheets::sheets(projects.len())).map(move |sheet| {
            let title = sheets::title(labels, topic.name.text(self.language), sheet);
            let tiles: Vec<_> = if is_short {
                let mut tiles = self.all();
                for (_, emblem) in tiles.iter_mut().filter(|(it, _)| !carries(it)) {
                    *emblem = Emblem::Ghost;
                }
                tiles
            } else {
                let tiles = projects.iter().map(|it| (*it, Emblem::Inked));
                sheets::entries(tiles, sheet).take(TILES).collect()
            };
            let card = self.plain(&title, topic.text.text(self.language), &tiles);
            (sheets::path(&topic.path(), sheet), card)
        })
    }

    /// The three squares of the project's page, then its name and standfirst.
    fn project(self, project: &Project) -> Composed {
        let mut canvas = Canvas::new();
        let name = project.name.text(self.language);
        let standfirst = project.standfirst.text(self.language);
        let column = Space::new(PAD, 408.0, 400.0 - PAD, 196.0);
        let inner = 1200.0 - 2.0 * PAD;
        if setting::fit(name, DISPLAY, column, 118.0, 30.0).size >= NARROW {
            self.squares(&mut canvas, project, 384.0);
            canvas.text(name, DISPLAY, column, 118.0, 30.0);
            let space = Space::new(400.0 + PAD, 412.0, inner - 400.0, 140.0);
            canvas.text(standfirst, STANDFIRST, space, 36.0, 22.0);
            self.sign(
                &mut canvas,
                Space::new(400.0 + PAD, 570.0, inner - 400.0, 34.0),
            );
        } else {
            // A long word has the whole width, and the standfirst what is left below.
            self.squares(&mut canvas, project, 344.0);
            let space = Space::new(PAD, 362.0, inner, 94.0);
            let used = canvas.text(name, DISPLAY, space, 92.0, 30.0);
            let space = Space::new(PAD, 374.0 + used, inner, 186.0 - used);
            canvas.text(standfirst, STANDFIRST, space, 32.0, 22.0);
            self.sign(&mut canvas, Space::new(PAD, 574.0, inner, 34.0));
        }
        self.composed(canvas, name, standfirst)
    }

    /// Place in the programme, syllable and emblem, from edge to edge and so high.
    fn squares(self, canvas: &mut Canvas, project: &Project, height: f32) {
        canvas.rect("i", Space::new(0.0, 0.0, 400.0, height));
        let number = format!("{:02}", project.order);
        canvas.knocked_out(&number, Space::new(8.0, 0.0, 384.0, height));
        if let Some(syllable) = &project.syllable {
            let space = Space::new(416.0, 24.0, 368.0, height - 48.0);
            match self.letters.get(&syllable.text) {
                Some(drawn) => canvas.lettering(drawn, space),
                None => canvas.knocked_in(&syllable.text, space),
            }
        }
        if let Some(motif) = &project.motif {
            let space = Space::new(1200.0 - height, 0.0, height, height);
            canvas.emblem(motif, Emblem::Inked, space);
        }
    }

    /// The poster: the lettering of the name with its notes, and the wall as a frieze.
    fn home(self) -> Composed {
        let event = &self.website.event;
        let labels = self.website.labels(self.language);
        let mut canvas = Canvas::new();
        let letters: Vec<_> = event.lettering.iter().flat_map(|it| it.chars()).collect();
        let drawn: Option<Vec<&str>> = letters
            .iter()
            .map(|it| self.letters.get(&it.to_string()))
            .collect();
        let name = event.name.text(self.language);
        if let Some(drawn) = drawn.filter(|it| !it.is_empty()) {
            canvas.row(&drawn, Space::new(0.0, 14.0, 1200.0, 330.0));
        } else {
            let space = Space::new(PAD, 24.0, 1200.0 - 2.0 * PAD, 320.0);
            canvas.text(name, DISPLAY, space, 260.0, 60.0);
        }
        let count = labels
            .home
            .count
            .replace("{n}", &self.website.projects.len().to_string());
        let notes = [
            format!("{name} {}", event.kind.text(self.language)),
            format!(
                "{} {}",
                event.city.text(self.language),
                event.venue.text(self.language)
            ),
            labels.dates.full(event.date),
            count,
        ];
        let spaces = [0.0, 300.0, 600.0, 900.0].map(|x| Space::new(x + 20.0, 362.0, 268.0, 150.0));
        let sizes = notes.iter().zip(spaces);
        let sizes = sizes.map(|(note, space)| setting::fit(note, NOTE, space, 42.0, 22.0).size);
        let size = sizes.fold(42.0, f32::min);
        for (note, space) in notes.iter().zip(spaces) {
            canvas.text(note, NOTE, space, size, 22.0);
        }
        let foot = Space::new(0.0, 530.0, 1200.0, 100.0);
        self.wall(&mut canvas, 12, 100.0, foot, &self.all());
        let title = event.title.text(self.language);
        let text = event.description.text(self.language);
        self.composed(canvas, title, text)
    }

    /// A title, a sentence, and at the right the emblems of some projects.
    fn plain(self, title: &str, text: &str, tiles: &[Tile<'_>]) -> Composed {
        /// A quarter of the height.
        const TILE: f32 = 157.5;
        let mut canvas = Canvas::new();
        let wall = 1200.0 - 3.0 * TILE;
        let inner = wall - PAD - 40.0;
        let space = Space::new(PAD - 4.0, 30.0, inner, 330.0);
        let used = canvas.text(title, DISPLAY, space, 150.0, 44.0);
        let top = 30.0 + used + 28.0;
        let space = Space::new(PAD, top, inner, 540.0 - top);
        canvas.text(text, STANDFIRST, space, 42.0, 24.0);
        self.sign(&mut canvas, Space::new(PAD, 562.0, inner, 38.0));
        let right = Space::new(wall, 0.0, 3.0 * TILE, 630.0);
        self.wall(&mut canvas, 3, TILE, right, tiles);
        self.composed(canvas, title, text)
    }

    /// The emblems of some projects and of the event, so many in a row, from edge to edge.
    fn wall(self, canvas: &mut Canvas, columns: u8, side: f32, space: Space, tiles: &[Tile<'_>]) {
        let event = self.website.event.motif.as_deref();
        let tiles = tiles
            .iter()
            .map(|(it, emblem)| (it.motif.as_deref(), *emblem));
        for (place, (motif, emblem)) in (0..=u8::MAX).zip(tiles.chain([(event, Emblem::Inked)])) {
            let (x, y) = (f32::from(place % columns), f32::from(place / columns));
            if let Some(motif) = motif {
                let tile = Space::new(space.x + x * side, space.y + y * side, side, side);
                canvas.emblem(motif, emblem, tile);
            }
        }
    }

    /// Whose card it is: the event with its emblem, date and city.
    fn sign(self, canvas: &mut Canvas, space: Space) {
        let event = &self.website.event;
        let mut x = space.x;
        if let Some(motif) = &event.motif {
            canvas.emblem(
                motif,
                Emblem::Inked,
                Space {
                    width: space.height,
                    ..space
                },
            );
            x += space.height + 12.0;
        }
        let date = self.website.labels(self.language).dates.full(event.date);
        let (name, city) = (
            event.name.text(self.language),
            event.city.text(self.language),
        );
        let text = format!("{name} · {city} · {date}");
        let size = space.height * 0.72;
        let line = Space::new(
            x,
            space.y + space.height * 0.13,
            space.x + space.width - x,
            size * 1.02,
        );
        canvas.text(&text, NOTE, line, size, size * 0.8);
    }

    fn composed(self, canvas: Canvas, title: &str, text: &str) -> Composed {
        let pattern = &self.website.labels(self.language).share.card;
        let event = self.website.event.name.text(self.language);
        let (svg, texts) = canvas.finish();
        Composed {
            svg,
            texts,
            alt: pattern
                .replace("{title}", title)
                .replace("{event}", event)
                .replace("{text}", text),
        }
    }
}
