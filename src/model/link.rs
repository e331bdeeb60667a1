//! What facts name outside of the texts: addresses, and pictures.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::examples::{ADDRESS, both};
use crate::language::Localized;
use crate::media::{File, Medium, served_as};
use crate::svg::Svg;

/// An address with its name.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Link {
    /// What the link says.
    #[schemars(example = both("Fotoalbum", "Album"))]
    pub title: Localized<String>,
    /// Where it leads: a web address, or one that begins with mailto:, tel: or sms:.
    #[schemars(regex(pattern = ADDRESS), example = &"https://example.org/album")]
    pub url: String,
}

impl Link {
    /// Whether it leads to a page of the web.
    pub fn is_web(&self) -> bool {
        self.url.to_ascii_lowercase().starts_with("http")
    }
}

/// A film or slides: an address, or a file beside the facts.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "String")]
pub struct Material {
    /// The address or, of a file, its path from the content folder, in which no colon may stand.
    pub place: String,
    /// What the file is, once it was looked for.
    pub file: Option<File>,
}

impl Material {
    /// Its address, if it is on another site.
    pub fn address(&self) -> Option<&str> {
        Some(&*self.place).filter(|it| it.contains(':'))
    }

    /// The media type of a file.
    pub fn media_type(&self) -> Option<&'static str> {
        let (_, ending) = self.place.rsplit_once('.')?;
        self.address().is_none().then(|| served_as(ending))?
    }
}

impl From<String> for Material {
    fn from(place: String) -> Self {
        Self { place, file: None }
    }
}

/// A picture that facts name. Its path is from the content folder.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(from = "String")]
pub struct Picture {
    pub path: String,
    /// What it is, once the file was looked for.
    pub medium: Option<Medium>,
    /// A drawing of one colour, to be shown in that of the text.
    pub one_ink: Option<Svg>,
}

impl Picture {
    /// Its width and height, in what unit ever: a drawing has none.
    pub fn size(&self) -> Option<(usize, usize)> {
        match self.medium.as_ref()? {
            Medium::Drawing(svg) => svg.size(),
            medium => {
                let (width, height) = medium.size()?;
                Some((width as usize, height as usize))
            }
        }
    }

    /// Where it is on the site.
    pub fn address(&self) -> String {
        let medium = self.medium.as_ref();
        medium.map_or_else(|| format!("/{}", self.path), |it| it.address(&self.path))
    }
}

impl From<String> for Picture {
    fn from(path: String) -> Self {
        Self {
            path,
            medium: None,
            one_ink: None,
        }
    }
}

impl JsonSchema for Picture {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Picture".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "minLength": 1})
    }
}
