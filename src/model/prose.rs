//! A write-up as HTML whose links are still open.

use crate::diagnostic::escape_html;

/// An article: what stands before its first heading, and a section for each heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    pub intro: Markup,
    pub intro_text: String,
    pub sections: Vec<Section>,
    /// The source, with open links.
    pub markdown: Markup,
}

/// A heading of the second level and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The fragment by which it can be linked.
    pub id: String,
    pub heading: Markup,
    pub heading_text: String,
    pub body: Markup,
    pub body_text: String,
}

impl Section {
    /// The glossary terms that the section links, in order.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        self.heading.terms().chain(self.body.terms())
    }
}

impl Prose {
    /// The words alone, a line per block.
    pub fn text(&self) -> String {
        let sections = self.sections.iter();
        let texts = sections.flat_map(|it| [&it.heading_text, &it.body_text]);
        let texts = std::iter::once(&self.intro_text).chain(texts);
        let texts = texts.map(String::as_str).filter(|it| !it.is_empty());
        texts.collect::<Vec<_>>().join("\n")
    }

    /// What the text shows, in order.
    pub fn shown(&self) -> impl Iterator<Item = &Shown> {
        let sections = self.sections.iter();
        let markups = sections.flat_map(|it| [&it.heading, &it.body]);
        let links = std::iter::once(&self.intro).chain(markups);
        links.flat_map(|it| &it.links).filter_map(|(_, it)| match it {
            LinkTarget::Shown(shown) => Some(shown),
            _ => None,
        })
    }

    /// The glossary terms that the whole text links, in order, each once.
    pub fn terms(&self) -> Vec<&str> {
        let mut terms = Vec::new();
        let sections = self.sections.iter().flat_map(Section::terms);
        for term in self.intro.terms().chain(sections) {
            if !terms.contains(&term) {
                terms.push(term);
            }
        }
        terms
    }
}

/// HTML or Markdown without the URLs of its links: where they lead depends on the reader's language and on
/// the path that the site is mounted at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    pub text: String,
    /// What each link leads to, and the byte of `text` where its URL belongs; in order.
    pub links: Vec<(usize, LinkTarget)>,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    Page {
        /// Without a language, such as `/projects/alpha/`; empty for the page that the link stands on.
        path: String,
        /// Without its `#`; empty for none.
        fragment: String,
    },
    /// A term of the glossary.
    Term(String),
    /// A file beside the text, by its path from the content folder.
    File(String),
    /// The same, where it stands in the text and not behind a link: all of it is still to be written.
    Shown(Shown),
    /// Another site's address.
    External(String),
}

/// A file that a text shows: a picture, a film, or all pictures of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// From the content folder; with a slash at the end for a folder. Of a film on another site, its address.
    pub path: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// What stands below it; empty for nothing.
    pub caption: String,
    pub place: Place,
}

/// Where something is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Among words.
    Inline,
    /// In a paragraph of its own.
    Alone,
    /// Beside others, perhaps as the first or the last of them.
    Gallery { is_first: bool, is_last: bool },
}

impl Markup {
    /// The glossary terms that the text links, in order.
    pub fn terms(&self) -> impl Iterator<Item = &str> {
        self.links.iter().filter_map(|(_, target)| match target {
            LinkTarget::Term(id) => Some(id.as_str()),
            _ => None,
        })
    }

    /// Leaves a place for the URL of a link at the end of what is written so far.
    pub fn push_url(&mut self, target: LinkTarget) {
        self.links.push((self.text.len(), target));
    }

    /// The HTML with its links, whose URLs `url` gives percent-encoded, and with what `show` writes of files.
    pub fn to_html(
        &self,
        url: impl Fn(&LinkTarget) -> String,
        show: impl Fn(&Shown) -> String,
    ) -> String {
        self.fill(|target| match target {
            LinkTarget::Shown(shown) => show(shown),
            target => escape_html(&url(target)),
        })
    }

    /// The Markdown with its links, whose URLs `url` gives percent-encoded.
    pub fn to_markdown(&self, url: impl Fn(&LinkTarget) -> String) -> String {
        self.fill(|target| match target {
            // As it was written, so that it fits where it stands.
            LinkTarget::External(written) => written.clone(),
            // A round bracket could end the destination (CommonMark 6.3).
            _ => url(target).replace('(', "%28").replace(')', "%29"),
        })
    }

    fn fill(&self, url: impl Fn(&LinkTarget) -> String) -> String {
        let mut filled = String::with_capacity(self.text.len() + 48 * self.links.len());
        let mut from = 0;
        for (place, target) in &self.links {
            filled.push_str(&self.text[from..*place]);
            filled.push_str(&url(target));
            from = *place;
        }
        filled.push_str(&self.text[from..]);
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_escaped_for_an_attribute() {
        let markup = Markup {
            text: "<a href=\"\">x</a>".into(),
            links: vec![(9, LinkTarget::Term("pos".into()))],
        };
        assert_eq!(
            markup.to_html(|_| "/?a=1&b=\"".to_owned(), |_| String::new()),
            "<a href=\"/?a=1&amp;b=&quot;\">x</a>"
        );
    }
}
