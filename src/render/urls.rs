//! Where pages are, as they link to one another and as the world links to them.

use std::fmt::Write as _;

use crate::language::{LanguageId, Languages};
use crate::model::{LinkTarget, files, project_path, topic_path};

/// How the addresses of a site begin.
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
    pub(super) fn authority(&self) -> &str {
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

/// Writes a path for an address: what is neither unreserved nor a delimiter of paths is escaped
/// (RFC 3986, section 3.3).
fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@#".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The addresses of a page in one language.
#[derive(Clone, Copy, Debug)]
pub(super) struct UrlBuilder<'a> {
    /// How the site's addresses begin.
    pub base_url: &'a BaseUrl,
    /// The languages.
    pub languages: &'a Languages,
    /// The reader's language.
    pub language: LanguageId,
}

impl UrlBuilder<'_> {
    /// A link to a page of the reader's language; the path is without a language.
    pub(super) fn page(&self, path: &str) -> String {
        self.base_url.link(&self.path(path))
    }

    /// The same as the world links to it.
    pub(super) fn absolute(&self, path: &str) -> String {
        self.base_url.absolute(&self.path(path))
    }

    /// The path in the reader's language, where there is one a language.
    fn path(&self, path: &str) -> String {
        if files::SHARED.contains(&path) {
            return path.to_owned();
        }
        format!("{}{path}", self.languages.prefix(self.language))
    }

    /// A link to a project.
    pub(super) fn project(&self, slug: &str) -> String {
        self.page(&project_path(slug))
    }

    /// A link to a topic.
    pub(super) fn topic(&self, id: &str) -> String {
        self.page(&topic_path(id))
    }

    /// A link to a term of the glossary.
    pub(super) fn term(&self, id: &str) -> String {
        self.page(&format!("/glossary/#{id}"))
    }

    /// Where a link in a text leads.
    pub(super) fn target(&self, target: &LinkTarget) -> String {
        match target {
            LinkTarget::Page { path, fragment } => {
                let page = if path.is_empty() {
                    String::new()
                } else {
                    self.page(path)
                };
                let hash = if fragment.is_empty() { "" } else { "#" };
                format!("{page}{hash}{}", encode(fragment))
            }
            LinkTarget::Term(id) => self.term(id),
            LinkTarget::File(path) => self.base_url.link(&format!("/{path}")),
            LinkTarget::External(address) => address.clone(),
        }
    }

    /// Where a link in a text leads, as the world links to it; the text stands on `page`.
    pub(super) fn absolute_target(&self, target: &LinkTarget, page: &str) -> String {
        match target {
            LinkTarget::Page { path, fragment } => {
                let path = if path.is_empty() { page } else { path };
                let hash = if fragment.is_empty() { "" } else { "#" };
                format!("{}{hash}{}", self.absolute(path), encode(fragment))
            }
            LinkTarget::Term(id) => self.absolute(&format!("/glossary/#{id}")),
            LinkTarget::File(path) => self.base_url.absolute(&format!("/{path}")),
            LinkTarget::External(address) => address.clone(),
        }
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
