//! What facts name outside of the texts: addresses, and pictures.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::examples::{ADDRESS, both};
use crate::language::{LanguageId, Localized};
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
        Self { path, medium: None, one_ink: None }
    }
}

/// A picture at the head of a page.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(from = "CoverForm")]
pub struct Cover {
    pub file: Picture,
    pub alt: Option<Localized<String>>,
    pub caption: Option<Localized<String>>,
}

/// A picture at the head of a page: the file alone, or what is said of it too.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(deny_unknown_fields, example = &"stage.jpg")]
enum CoverForm {
    File(Picture),
    Described {
        /// A file beside this one, or one of media/.
        #[schemars(example = &"stage.jpg")]
        file: Picture,
        /// What it shows, for those who do not see it.
        #[schemars(example = both("Eine Hand am Hebel", "A hand at the lever"))]
        alt: Option<Localized<String>>,
        /// What stands below it.
        #[schemars(example = both("Vor der Probe", "Before the rehearsal"))]
        caption: Option<Localized<String>>,
    },
}

impl From<CoverForm> for Cover {
    fn from(form: CoverForm) -> Self {
        let (file, alt, caption) = match form {
            CoverForm::File(file) => (file, None, None),
            CoverForm::Described { file, alt, caption } => (file, alt, caption),
        };
        Self { file, alt, caption }
    }
}

impl Cover {
    /// The address, size and media type of what messengers show of it: all of them know it, and it is large enough.
    pub fn card(&self) -> Option<(String, (u32, u32), String)> {
        let Some(Medium::Picture(original)) = &self.file.medium else {
            return None;
        };
        let sizes = original.raster.sizes();
        let size = sizes.iter().find(|it| it.0 >= 1200).or(sizes.last())?;
        let ending = original.raster.ending();
        (size.0 >= 600 && ending != "avif").then(|| {
            let kind = format!("image/{}", ending.replace("jpg", "jpeg"));
            (original.address(size.0, false), *size, kind)
        })
    }
}

/// An entry of `credits.yaml`, which lies beside pictures: who made them.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Credit {
    /// Who took or drew them.
    #[schemars(example = both("Ann Beispiel", "Ann Example"))]
    pub creator: Localized<String>,
    /// Under which licence they are shown here, such as CC BY 4.0, or its address.
    #[schemars(length(min = 1), example = &"CC BY 4.0")]
    pub licence: Option<String>,
    /// Where more of whoever made them is.
    #[schemars(regex(pattern = ADDRESS), example = &"https://example.org/ann")]
    pub url: Option<String>,
    /// Which of the files beside this one; all that no other entry names, if left out.
    #[serde(default)]
    #[schemars(example = ["stage.jpg"])]
    pub files: Vec<String>,
}

impl Credit {
    /// The address of the licence, if that is one of Creative Commons or an address itself.
    pub fn licence_url(&self) -> Option<String> {
        let licence = self.licence.as_deref()?;
        if licence.starts_with("https://") || licence.starts_with("http://") {
            return Some(licence.to_owned());
        }
        let lower = licence.to_lowercase().replace('-', " ");
        let mut words: Vec<&str> = lower.split_whitespace().collect();
        let version = words.pop_if(|it| it.starts_with(|it: char| it.is_ascii_digit()));
        let kind = match words[..] {
            ["cc0"] => "publicdomain/zero/1.0".to_owned(),
            ["cc", "by", ..]
                if words[1..].iter().all(|it| ["by", "sa", "nc", "nd"].contains(it)) =>
            {
                format!("licenses/{}/{}", words[1..].join("-"), version.unwrap_or("4.0"))
            }
            _ => return None,
        };
        Some(format!("https://creativecommons.org/{kind}/"))
    }

    /// Both in a line.
    pub fn line(&self, language: LanguageId) -> String {
        let creator = self.creator.text(language);
        let licence = self.licence.iter().map(String::as_str);
        let parts: Vec<&str> = std::iter::once(creator).chain(licence).collect();
        parts.join(", ")
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
