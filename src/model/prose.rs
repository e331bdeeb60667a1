//! Written-up text, rendered but for its links.

/// An article: what stands before the first heading, and a section for each heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// What stands before the first heading.
    pub intro: Html,
    /// The sections in order.
    pub sections: Vec<Section>,
    /// The whole text without markup, for search.
    pub text: String,
    /// The whole text as it was written.
    pub markdown: Markdown,
}

/// A heading of the second level and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The fragment by which it can be linked.
    pub id: String,
    /// The heading.
    pub heading: Html,
    /// The heading without markup.
    pub heading_text: String,
    /// The text under it.
    pub body: Html,
}

impl Section {
    /// The glossary terms that the section links, in order, each once.
    pub fn terms(&self) -> Vec<&str> {
        terms([&self.heading, &self.body])
    }
}

impl Html {
    /// The glossary terms that the text links, in order, each once.
    pub fn terms(&self) -> Vec<&str> {
        terms([self])
    }
}

impl Prose {
    /// The glossary terms that the whole text links, in order, each once.
    pub fn terms(&self) -> Vec<&str> {
        let sections = self.sections.iter();
        terms(std::iter::once(&self.intro).chain(sections.flat_map(|it| [&it.heading, &it.body])))
    }
}

fn terms<'a>(parts: impl IntoIterator<Item = &'a Html>) -> Vec<&'a str> {
    let mut terms = Vec::new();
    for piece in parts.into_iter().flat_map(|part| &part.pieces) {
        if let Segment::Address(LinkTarget::Term(id)) = piece
            && !terms.contains(&id.as_str())
        {
            terms.push(id.as_str());
        }
    }
    terms
}

/// HTML whose links are still targets: where they lead depends on the reader's language and on
/// the path that the site is mounted at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    /// The pieces in order.
    pub pieces: Vec<Segment>,
}

/// Markdown whose links are still targets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markdown {
    /// The pieces in order.
    pub pieces: Vec<Segment>,
}

impl Markdown {
    /// The Markdown with its addresses written by `address`, which returns them percent-encoded.
    pub fn render(&self, address: impl Fn(&LinkTarget) -> String) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Segment::Markup(markup) => text.push_str(markup),
                // As it was written, so that it fits where it stands.
                Segment::Address(LinkTarget::External(written)) => text.push_str(written),
                // A round bracket could end the destination (CommonMark 6.3).
                Segment::Address(target) => {
                    let address = address(target).replace('(', "%28").replace(')', "%29");
                    text.push_str(&address);
                }
            }
        }
        text
    }
}

/// A piece of HTML or Markdown, or a place where an address is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Ready HTML or Markdown.
    Markup(String),
    /// The value of an attribute, or the destination of a link: an address.
    Address(LinkTarget),
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A page of the site, by its path without a language, and a fragment without its `#`.
    Page {
        /// The path, such as `/projects/rrc/`; empty for the page that the link stands on.
        path: String,
        /// The fragment; empty for none.
        fragment: String,
    },
    /// A term of the glossary.
    Term(String),
    /// A file beside the text, by its path from the content folder.
    File(String),
    /// Another site.
    External(String),
}

impl Html {
    /// The HTML with its addresses written by `address`, which returns them unescaped.
    pub fn render(&self, address: impl Fn(&LinkTarget) -> String) -> String {
        let mut html = String::with_capacity(self.size());
        for piece in &self.pieces {
            match piece {
                Segment::Markup(markup) => html.push_str(markup),
                Segment::Address(target) => push_attribute(&mut html, &address(target)),
            }
        }
        html
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    fn size(&self) -> usize {
        let markup = self.pieces.iter().map(|piece| match piece {
            Segment::Markup(markup) => markup.len(),
            Segment::Address(_) => 48,
        });
        markup.sum()
    }
}

fn push_attribute(html: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '"' => html.push_str("&quot;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            other => html.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_escaped_for_an_attribute() {
        let html = Html {
            pieces: vec![
                Segment::Markup("<a href=\"".into()),
                Segment::Address(LinkTarget::External("https://example.org/?a=1&b=\"".into())),
                Segment::Markup("\">x</a>".into()),
            ],
        };
        let rendered = html.render(|target| match target {
            LinkTarget::External(address) => address.clone(),
            other => panic!("unexpected {other:?}"),
        });
        assert_eq!(
            rendered,
            "<a href=\"https://example.org/?a=1&amp;b=&quot;\">x</a>"
        );
    }
}
