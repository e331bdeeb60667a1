//! The content, with what follows from it alone and many pages need.

use std::collections::BTreeSet;

use super::lettering_cache::LetteringCache;
use super::page_policy;
use super::relations::Relations;
use crate::media::Player;
use crate::model::Website;
use crate::model::routes::Route;

#[derive(Debug)]
pub(super) struct SiteData {
    pub(super) website: Website,
    pub(super) routes: Vec<Route>,
    pub(super) lettering_cache: LetteringCache,
    pub(super) relations: Relations,
    /// When the event began and ended, to the minute.
    pub(super) hours: (Option<String>, Option<String>),
    /// The day on which anything that readers see last changed.
    pub(super) updated: String,
    /// The origins of the players of films that are elsewhere, in order.
    pub(super) players: Vec<String>,
    /// What pages may load.
    pub(super) policy: String,
}

impl SiteData {
    pub(super) fn new(website: Website) -> Self {
        let players = players(&website);
        Self {
            routes: website.routes(),
            lettering_cache: LetteringCache::new(&website),
            relations: Relations::new(&website),
            hours: website.hours(),
            updated: website.updated().to_string(),
            policy: page_policy(&players),
            players,
            website,
        }
    }
}

fn players(website: &Website) -> Vec<String> {
    let addresses = website.films_elsewhere();
    let origins = addresses.filter_map(|it| Some(Player::of(it)?.origin));
    let origins: BTreeSet<String> = origins.collect();
    origins.into_iter().collect()
}
