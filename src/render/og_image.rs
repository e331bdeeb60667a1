//! The preview pictures: what a messenger shows of a page, drawn from the page's own data.
//!
//! 1. [`content`] gathers all that a picture shows. Its address is the hash of that.
//! 2. [`svg`] fits the texts and lays them out, by the template of the page's kind.
//!
//! The second step waits, like the drawing, until somebody asks for the picture.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::assets::{Assets, ImageFormat, LazyImage, fonts};
use crate::cache;

use super::site_data::SiteData;

mod content;
mod svg;

/// The size that messengers ask for, in pixels.
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

/// The preview picture of a page.
#[derive(Debug)]
pub(super) struct OgImage {
    /// Its path on the site, without the mount path.
    pub path: String,
    /// What it shows, in words.
    pub alt: String,
    pub image: LazyImage,
}

/// The preview pictures of a site, by the path of the page with its language.
#[derive(Debug, Default)]
pub(super) struct OgImages(HashMap<String, OgImage>);

impl OgImages {
    /// The picture of every page whose texts the font can set; none for a site that goes without.
    pub(super) fn new(site_data: &Arc<SiteData>, assets: &Assets) -> Self {
        let mut images = HashMap::new();
        if !assets.has_cards {
            return Self(images);
        }
        let layout = cache::hash(LAYOUT.concat().as_bytes());
        for language in site_data.website.languages.iter() {
            let pages = site_data.routes.par_iter().filter(|it| it.has_card());
            images.par_extend(pages.filter_map(|route| {
                let content = content::content(site_data, language, route);
                if !content.texts().all(fonts::has_all) {
                    return None;
                }
                let inputs: [&[u8]; 2] = [layout.as_bytes(), &content.bytes()];
                let image = assets.lazy_image(&inputs, FORMAT, {
                    let (site_data, route) = (Arc::clone(site_data), route.clone());
                    move || content::content(&site_data, language, &route).svg()
                });
                let image = OgImage {
                    path: format!("/assets/card-{}.png", image.fingerprint()),
                    alt: content.alt,
                    image,
                };
                Some((content.page, image))
            }));
        }
        Self(images)
    }

    /// The picture of a page, by its path with its language; `None` where the font lacks a character of it.
    pub(super) fn get(&self, page: &str) -> Option<&OgImage> {
        self.0.get(page)
    }

    /// All pictures, by their paths: pages that show the same have one together.
    pub(super) fn by_path(&self) -> HashMap<&str, &LazyImage> {
        let images = self.0.values();
        images.map(|it| (it.path.as_str(), &it.image)).collect()
    }
}
