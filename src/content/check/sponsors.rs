//! Who paid.

use std::sync::LazyLock;

use super::Checker;
use super::prose::{self, TextFile};
use crate::content::document::Reader;
use crate::model::{Sponsors, Tier, routes};

const FILE: &str = "sponsors.yaml";

static READER: LazyLock<Reader<Sponsors>> = LazyLock::new(Reader::new);

/// The tiers of `sponsors.yaml`; `None` where they cannot be known.
pub(super) fn check(checker: &mut Checker<'_>, texts: &mut Vec<TextFile>) -> Option<Vec<Tier>> {
    if checker.lacks(FILE) {
        return Some(Vec::new());
    }
    let mut document = checker.document(FILE, &READER)?;
    let tiers = &mut document.value.tiers;
    for (tier, node) in tiers.iter_mut().zip(document.tree.key("tiers").items()) {
        let sponsors = tier.sponsors.iter_mut().zip(node.key("sponsors").items());
        for (sponsor, node) in sponsors {
            if let Some(logo) = &mut sponsor.logo {
                logo.path = prose::picture(FILE, routes::HOME, node.key("logo"), texts);
            }
        }
    }
    document.is_sound.then_some(document.value.tiers)
}
