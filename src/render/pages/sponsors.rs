//! The band of those who paid, on the first page.

use super::super::layout::Logo;
use super::{Context, LocalizedText};
use crate::model::Tier;

#[derive(Debug)]
pub(super) struct TierBand<'a> {
    pub name: LocalizedText<'a>,
    /// 1 for the largest logos, up to 3.
    pub rank: usize,
    pub sponsors: Vec<SponsorCell<'a>>,
}

#[derive(Debug)]
pub(super) struct SponsorCell<'a> {
    pub name: LocalizedText<'a>,
    pub text: Option<LocalizedText<'a>>,
    pub href: Option<&'a str>,
    pub logo: Option<Logo<'a>>,
    /// Of the logo among all: tier and place.
    pub number: String,
}

impl<'a> TierBand<'a> {
    pub(super) fn all(context: Context<'a>) -> Vec<Self> {
        let tiers = context.website.sponsors.iter().enumerate();
        let tiers = tiers.filter(|(_, tier)| !tier.sponsors.is_empty());
        tiers.map(|(index, tier)| Self::new(context, tier, index)).collect()
    }

    fn new(context: Context<'a>, tier: &'a Tier, index: usize) -> Self {
        let sponsors = tier.sponsors.iter().enumerate();
        let sponsors = sponsors.map(|(place, sponsor)| SponsorCell {
            name: context.text(&sponsor.name),
            text: context.optional_text(sponsor.text.as_ref()),
            href: sponsor.url.as_deref(),
            logo: sponsor.logo.as_ref().map(|it| Logo::new(context, it)),
            number: format!("{index}-{place}"),
        });
        Self {
            name: context.text(&tier.name),
            rank: (index + 1).min(3),
            sponsors: sponsors.collect(),
        }
    }
}

impl SponsorCell<'_> {
    /// The classes of the logo: one of them says how high it is.
    pub(super) fn class(&self) -> String {
        format!("sponsor__logo sponsor--{}", self.number)
    }

    /// The class of a cell whose logo keeps its colours, and so needs the paper that it was drawn for.
    pub(super) fn paper(&self) -> &'static str {
        match &self.logo {
            Some(Logo { drawing: None, .. }) => " sponsor__cell--paper",
            _ => "",
        }
    }
}
