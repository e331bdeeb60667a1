//! Markdown for Korean and English prose: from source text to fragments of HTML, and to everything
//! in it that another layer has to check, each with its place in the source.
//!
//! 1. [`cjk_emphasis`] parses, and makes the parser see Korean emphasis.
//! 2. [`stray_emphasis`] finds the marks that were meant as emphasis and stay visible all the same.
//!    [`stray_links`] finds the same of links.
//! 3. [`headings`] gives every heading its id.
//! 4. [`mod@html`] turns events into fragments, links, images and plain text.
//!
//! Nothing here does I/O or knows the site: a link's URL is a hole in the HTML, which the renderer
//! fills once it knows the language and the base path.

#[cfg(test)]
use std::borrow::Cow;
use std::ops::Range;

mod cjk_emphasis;
mod delimiter_runs;
mod destinations;
mod headings;
mod html;
mod stray_emphasis;
mod stray_links;

/// Parses one text. The source is NFC with LF line ends and no byte order mark; every span is in
/// bytes of it.
pub(super) fn parse(source: &str) -> Document {
    let parsed = cjk_emphasis::parse(source);
    let mut lints = parsed.lints;
    lints.extend(stray_emphasis::lints(source, &parsed.events));
    lints.extend(stray_links::lints(source, &parsed.events));
    let headings = headings::collect(source, &parsed.events, &mut lints);
    let mut document = html::document(source, &parsed.events, &parsed.definitions, headings);
    document.lints.append(&mut lints);
    document
        .lints
        .sort_by_key(|lint| (lint.span.start, lint.span.end));
    document
}

/// One text, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// What stands before the first section.
    pub(super) intro: Fragments,
    /// One per second-level heading that stands in no list or quotation.
    pub(super) sections: Vec<Section>,
    /// Every heading, in order; ids are unique.
    pub(super) headings: Vec<Heading>,
    /// Every link, in order; [`Fragment::Link`] counts in this list.
    pub(super) links: Vec<Link>,
    /// Every image, in order; [`Fragment::Image`] counts in this list.
    pub(super) images: Vec<Image>,
    /// What the author should look at, in order of place.
    pub(super) lints: Vec<Lint>,
    /// The words alone, for search and word counts: a line per block, without the alternative
    /// texts of images.
    pub(super) text: String,
}

/// A second-level heading and what follows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// The heading's id.
    pub(super) id: String,
    /// The heading's content, without the `<h2>` around it.
    pub(super) heading: Fragments,
    /// The heading's words.
    pub(super) heading_text: String,
    /// The heading in the source, marks included.
    pub(super) heading_span: Range<usize>,
    /// What stands below the heading, up to the next section.
    pub(super) body: Fragments,
}

/// A heading of any level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// 1 to 6.
    pub(super) level: u8,
    /// The anchor, unique in the document.
    pub(super) id: String,
    /// Ids that it had before, and by which it is still found (`{#id was=former}`).
    pub(super) former: Vec<String>,
    /// The heading's words.
    pub(super) text: String,
    /// Whether the author wrote the id (`{#id}`), so that it survives a change of words.
    pub(super) explicit_id: bool,
    /// The heading in the source, marks included.
    pub(super) span: Range<usize>,
}

/// A link of any form: inline, by reference, or a bare URL in angle brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// Where it leads, as written (`/projects/rrc/#how`, `term:pos`), entities and escapes decoded;
    /// `mailto:` is added to `<name@example.org>`.
    pub(super) target: String,
    /// The title, or nothing.
    pub(super) title: String,
    /// The words that are linked.
    pub(super) text: String,
    /// The whole link in the source.
    pub(super) span: Range<usize>,
    /// The destination in the source, if it stands there exactly as in `target`; of a link by
    /// reference, that of its definition.
    pub(super) destination: Option<Range<usize>>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Image {
    /// The file, as written.
    pub(super) target: String,
    /// The alternative text, without marks.
    pub(super) alt: String,
    /// The title, or nothing.
    pub(super) title: String,
    /// The whole image in the source.
    pub(super) span: Range<usize>,
    /// The destination in the source, as for [`Link::destination`].
    pub(super) destination: Option<Range<usize>>,
}

/// HTML with holes for URLs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fragments(
    /// In order; no two neighbours are both HTML.
    pub(super) Vec<Fragment>,
);

/// A piece of HTML, or a hole for a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fragment {
    /// Finished HTML.
    Html(String),
    /// The URL of [`Document::links`], inside `href="…"`.
    Link(usize),
    /// The URL of [`Document::images`], inside `src="…"`.
    Image(usize),
}

/// The hole to fill.
#[cfg(test)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// An index into [`Document::links`].
    Link(usize),
    /// An index into [`Document::images`].
    Image(usize),
}

#[cfg(test)]
impl Fragments {
    /// The HTML with every hole filled. `resolve` gives plain URLs; they are escaped here.
    pub(super) fn render<'url>(&self, resolve: impl Fn(Slot) -> Cow<'url, str>) -> String {
        let mut html = String::new();
        for fragment in &self.0 {
            match fragment {
                Fragment::Html(piece) => html.push_str(piece),
                Fragment::Link(index) => html::escape(&resolve(Slot::Link(*index)), &mut html),
                Fragment::Image(index) => html::escape(&resolve(Slot::Image(*index)), &mut html),
            }
        }
        html
    }

    /// Whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Something the author should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lint {
    /// What it is; whether that is an error is for the layer above to say.
    pub(super) kind: LintKind,
    /// Where it is.
    pub(super) span: Range<usize>,
    /// What is wrong with this very place and what to do, in one sentence.
    pub(super) note: String,
}

/// What may be wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum LintKind {
    /// HTML tags or comments; they are shown as text.
    RawHtml,
    /// A first-level heading, which is the page's own.
    TopHeading,
    /// A heading more than one level below the one before it.
    SkippedLevel,
    /// Two headings that ask for one id; the second gets a number.
    DuplicateId,
    /// A heading without words.
    EmptyHeading,
    /// Asterisks, underscores or tildes that were meant as emphasis and stay visible. The span holds
    /// the stretch from the first mark to its partner, or a mark without partner alone.
    LiteralEmphasis,
    /// Brackets and parentheses that were meant as a link and stay visible.
    LiteralLink,
    /// An image without alternative text.
    MissingAlt,
    /// `[text][label]` without a definition of the label.
    UndefinedReference,
    /// Markdown of other dialects that stays as it is: footnotes, classes of headings.
    Unsupported,
}

#[cfg(test)]
mod tests;
