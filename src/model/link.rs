//! What facts name outside of the texts: addresses, and pictures.

use schemars::JsonSchema;
use serde::Deserialize;

use super::examples::{ADDRESS, both};
use crate::language::Localized;

/// An address with its name.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Link {
    /// What the link says.
    #[schemars(example = both("사진첩", "Album"))]
    pub title: Localized<String>,
    /// Where it leads: a web address, or one that begins with mailto:, tel: or sms:.
    #[schemars(regex(pattern = ADDRESS), example = &"https://example.org/album")]
    pub url: String,
}

impl Link {
    /// Whether it leads to a page of the web.
    pub fn is_web(&self) -> bool {
        self.url.starts_with("http")
    }
}
