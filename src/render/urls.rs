//! Where pages are, as they link to one another and as the world links to them.

use std::collections::BTreeMap;

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, PercentEncode, percent_decode_str, utf8_percent_encode,
};

use crate::language::{LanguageId, Languages};
use crate::media::Medium;
use crate::model::{LinkTarget, Material, routes};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// Scheme and host, such as `https://example.org`.
    origin: String,
    /// The path that the site is mounted at, without a slash at the end: empty, or `/recap`.
    mount: String,
}

impl BaseUrl {
    /// Takes an address such as `https://example.org/recap/` apart; what machines read of it is in ASCII, as in
    /// `https://xn--vf4bn59a.example/%EB%AA%A8%EC%9E%84/`.
    pub fn new(site_url: &str) -> Self {
        let url = site_url.trim_end_matches('/');
        let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let labels: Vec<String> = host.to_lowercase().split('.').map(ascii_label).collect();
        let path = percent_decode_str(path).decode_utf8_lossy();
        Self {
            origin: format!("{}://{}", scheme.to_lowercase(), labels.join(".")),
            mount: encode(&path).to_string(),
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

/// A label of a host as the domain name system has it (Punycode, RFC 3492; section 6.3 has the algorithm).
fn ascii_label(label: &str) -> String {
    if label.is_ascii() {
        return label.to_owned();
    }
    let digit = |it: u32| {
        char::from_digit(it + 10, 36)
            .unwrap_or_else(|| char::from_digit(it.saturating_sub(26), 10).unwrap_or('0'))
    };
    let mut ascii: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(ascii.len()).unwrap_or_default();
    if basic > 0 {
        ascii.push('-');
    }
    let (mut known, mut delta, mut bias, mut handled) = (128_u32, 0_u32, 72_u32, basic);
    let all = u32::try_from(label.chars().count()).unwrap_or_default();
    while let Some(next) = label.chars().map(u32::from).filter(|it| *it >= known).min() {
        delta = delta.saturating_add((next - known).saturating_mul(handled + 1));
        known = next;
        for it in label.chars().map(u32::from) {
            if it < known {
                delta += 1;
            } else if it == known {
                let mut rest = delta;
                for step in (36..).step_by(36) {
                    let limit = (step.max(bias) - bias).clamp(1, 26);
                    if rest < limit {
                        break;
                    }
                    ascii.push(digit(limit + (rest - limit) % (36 - limit)));
                    rest = (rest - limit) / (36 - limit);
                }
                ascii.push(digit(rest));
                // The bias of the next difference.
                let mut rest = if handled == basic { delta / 700 } else { delta / 2 };
                rest += rest / (handled + 1);
                let mut steps = 0;
                while rest > 455 {
                    rest /= 35;
                    steps += 36;
                }
                bias = steps + 36 * rest / (rest + 38);
                delta = 0;
                handled += 1;
            }
        }
        if handled == all {
            break;
        }
        delta += 1;
        known += 1;
    }
    format!("xn--{ascii}")
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

    /// Where film or slides are.
    pub(super) fn material(&self, material: &Material) -> String {
        let own = || self.base_url.link(&self.published(&material.place));
        material.address().map_or_else(own, str::to_owned)
    }

    /// The same as the world links to it.
    pub(super) fn absolute_material(&self, material: &Material) -> String {
        let own = || self.base_url.absolute(&self.published(&material.place));
        material.address().map_or_else(own, str::to_owned)
    }

    /// The path on the site of a file of the content.
    fn published(&self, path: &str) -> String {
        let medium = self.media.get(path);
        medium.map_or_else(|| format!("/{path}"), |it| it.address(path))
    }

    fn located(&self, target: &LinkTarget, locate: impl Fn(&str) -> String) -> String {
        match target {
            LinkTarget::Page { path, fragment } => {
                let (path, query) = path.split_at(path.find('?').unwrap_or(path.len()));
                let query = utf8_percent_encode(query, CONTROLS);
                format!("{}{query}{}", locate(&self.path(path)), hash(fragment))
            }
            LinkTarget::Term(id) => locate(&self.path(&routes::term(id))),
            LinkTarget::File(path) => locate(&self.published(path)),
            LinkTarget::Shown(shown) => locate(&self.published(&shown.path)),
            LinkTarget::External(address) => address.clone(),
        }
    }
}

/// The end of an address that leads to a part of a page; nothing for the whole page.
fn hash(fragment: &str) -> String {
    if fragment.is_empty() { String::new() } else { format!("#{}", encode(fragment)) }
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
    fn machines_read_addresses_in_ascii() {
        for (url, expected) in [
            ("https://행사.example/모임/", "https://xn--vf4bn59a.example/%EB%AA%A8%EC%9E%84/a"),
            ("HTTPS://Bücher.Example/%EA%B0%80", "https://xn--bcher-kva.example/%EA%B0%80/a"),
            (
                "https://他们为什么不说中文.example",
                "https://xn--ihqwcrb4cv8a8dqg056pqjye.example/a",
            ),
        ] {
            assert_eq!(BaseUrl::new(url).absolute("/a"), expected);
        }
    }

    #[test]
    fn hangul_in_a_path_is_escaped() {
        let base_url = BaseUrl::new("https://example.org");
        assert_eq!(base_url.link("/가/"), "/%EA%B0%80/");
    }
}
