//! Where pages are, as they link to one another and as the world links to them.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use crate::language::{LanguageId, Languages};
use crate::media::Medium;
use crate::model::{LinkTarget, routes};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme and host, such as `https://example.org`.
    origin: String,
    /// The path that the site is mounted at, without a slash at the end: empty, or `/recap`.
    mount: String,
}

impl BaseUrl {
    /// Takes an address such as `https://example.org/recap/` apart.
    pub fn new(site_url: &str) -> Self {
        let url = site_url.trim_end_matches('/');
        let host = url.find("://").map_or(0, |it| it + 3);
        let end = url[host..].find('/').map_or(url.len(), |it| host + it);
        Self {
            origin: url[..end].to_owned(),
            mount: url[end..].to_owned(),
        }
    }

    /// The path that the site is mounted at: empty, or `/recap`.
    pub fn mount(&self) -> &str {
        &self.mount
    }

    /// The host and, where it is named, the port.
    pub fn authority(&self) -> &str {
        self.origin.split("://").last().unwrap_or_default()
    }

    /// A path as it stands in a link on this site.
    pub fn link(&self, path: &str) -> String {
        format!("{}{}", self.mount, encode(path))
    }

    /// A path as the world links to it.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{}{}", self.origin, self.mount, encode(path))
    }
}

/// What is escaped in a path: all but slashes and what may stand between them (`pchar` of RFC 3986, section 3.3).
pub const PATH_ESCAPES: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// The same for a path with a fragment behind it.
const ESCAPES: &AsciiSet = &PATH_ESCAPES.remove(b'#');

fn encode(path: &str) -> PercentEncode<'_> {
    utf8_percent_encode(path, ESCAPES)
}

/// Writes the addresses of pages for readers of a language.
#[derive(Clone, Copy, Debug)]
pub(super) struct UrlBuilder<'a> {
    pub base_url: &'a BaseUrl,
    pub languages: &'a Languages,
    pub language: LanguageId,
    pub media: &'a BTreeMap<String, Medium>,
}

impl UrlBuilder<'_> {
    /// A link to a page; the path is without a language.
    pub(super) fn page(&self, path: &str) -> String {
        self.base_url.link(&self.path(path))
    }

    /// The same as the world links to it.
    pub(super) fn absolute(&self, path: &str) -> String {
        self.base_url.absolute(&self.path(path))
    }

    /// The path in the reader's language, where there is one in each.
    fn path(&self, path: &str) -> String {
        if routes::is_in_every_language(path) {
            format!("{}{path}", self.languages.prefix(self.language))
        } else {
            path.to_owned()
        }
    }

    pub(super) fn target(&self, target: &LinkTarget) -> String {
        match target {
            // It stays on its page, wherever that is.
            LinkTarget::Page { path, fragment } if path.is_empty() => hash(fragment),
            _ => self.located(target, |path| self.base_url.link(path)),
        }
    }

    /// Where a link in a text leads, as the world links to it; the text stands on `page`.
    pub(super) fn absolute_target(&self, target: &LinkTarget, page: &str) -> String {
        match target {
            LinkTarget::Page { path, fragment } if path.is_empty() => {
                self.absolute(page) + &hash(fragment)
            }
            _ => self.located(target, |path| self.base_url.absolute(path)),
        }
    }

    /// The path on the site of a file of the content.
    fn published(&self, path: &str) -> String {
        let medium = self.media.get(path);
        medium.map_or_else(|| format!("/{path}"), |it| it.address(path))
    }

    fn located(&self, target: &LinkTarget, locate: impl Fn(&str) -> String) -> String {
        match target {
            LinkTarget::Page { path, fragment } => locate(&self.path(path)) + &hash(fragment),
            LinkTarget::Term(id) => locate(&self.path(&routes::term(id))),
            LinkTarget::File(path) => locate(&self.published(path)),
            LinkTarget::Shown(shown) => locate(&self.published(&shown.path)),
            LinkTarget::External(address) => address.clone(),
        }
    }
}

/// The end of an address that leads to a part of a page; nothing for the whole page.
fn hash(fragment: &str) -> String {
    if fragment.is_empty() {
        String::new()
    } else {
        format!("#{}", encode(fragment))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mount_path_stands_before_every_link() {
        let base_url = BaseUrl::new("https://example.org/recap/");
        assert_eq!(base_url.link("/en/projects/"), "/recap/en/projects/");
        assert_eq!(base_url.absolute("/"), "https://example.org/recap/");
        let root = BaseUrl::new("http://127.0.0.1:3000");
        assert_eq!(root.link("/"), "/");
        assert_eq!(root.absolute("/a"), "http://127.0.0.1:3000/a");
    }

    #[test]
    fn hangul_in_a_path_is_escaped() {
        let base_url = BaseUrl::new("https://example.org");
        assert_eq!(base_url.link("/가/"), "/%EA%B0%80/");
    }
}
