//! The preview cards: what a messenger shows of a page, drawn from the page's own data.
//!
//! 1. `content` gathers all that a card shows, which tells one card from another: its address is their hash.
//! 2. `text_fit` breaks and measures the texts.
//! 3. `parts` draws emblems and lettering into a card.
//! 4. `compose` puts a card together from its facts, when somebody asks for it.
//!
//! Nothing is composed or rasterised while a site is built: [`LazyImage`] has that done when it is asked for.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use rayon::prelude::*;

use crate::assets::{Assets, ImageFormat, LazyImage, fonts};
use crate::cache::{self, Hash};

use super::context::SiteData;

mod compose;
mod content;
mod parts;
mod text_fit;

use content::{CardContent, Gather, Subject};

/// The size that messengers ask for, in pixels.
pub(super) const SIZE: (u32, u32) = (1200, 630);

/// Cards of every kind with facts of no event: what they look like tells whether cards are still composed as they
/// were, so that a card never changes under an address that is kept for ever.
static RECIPE: LazyLock<Hash> = LazyLock::new(|| {
    let composed = CardContent::layout_samples().map(|it| it.compose());
    cache::hash(composed.concat().as_bytes())
});

/// Messengers know PNG, all of them.
const FORMAT: ImageFormat = ImageFormat::Png(SIZE.0, SIZE.1);

/// What stands at a page's side in every list of links.
#[derive(Debug)]
pub(super) struct OgImage {
    /// Its path on the site, with its language and without the mount path.
    pub path: String,
    /// What it shows, in words.
    pub alt: String,
    /// The picture.
    pub picture: LazyImage,
}

/// The cards of a site.
#[derive(Debug, Default)]
pub(super) struct OgImages {
    /// By the path of the page, with its language.
    by_page: HashMap<String, OgImage>,
}

impl OgImages {
    /// The card of a page, by its path with its language; `None` where the font lacks a character of it.
    pub(super) fn get(&self, page: &str) -> Option<&OgImage> {
        self.by_page.get(page)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = &OgImage> {
        self.by_page.values()
    }

    /// The cards of every page; none for a site that goes without.
    pub(super) fn new(site_data: &Arc<SiteData>, assets: &Assets) -> Self {
        let mut by_page = HashMap::new();
        if !assets.has_cards() {
            return Self { by_page };
        }
        for language in site_data.website.languages.iter() {
            let gather = Gather::new(site_data, language);
            let cards = Subject::all(site_data)
                .into_par_iter()
                .filter_map(|subject| {
                    let page = gather.page(subject);
                    let facts = gather.facts(subject);
                    let mut texts = facts.texts();
                    // No box is ever drawn for a character that the font lacks.
                    if !texts.all(fonts::has_all) {
                        return None;
                    }
                    let picture =
                        assets.lazy_image(&[RECIPE.as_bytes(), &facts.bytes()], FORMAT, {
                            let site_data = Arc::clone(site_data);
                            move || Gather::new(&site_data, language).facts(subject).compose()
                        });
                    let card = OgImage {
                        path: format!("{page}card-{}.png", picture.fingerprint()),
                        alt: gather.alt(&facts),
                        picture,
                    };
                    Some((page, card))
                });
            by_page.par_extend(cards);
        }
        Self { by_page }
    }
}
