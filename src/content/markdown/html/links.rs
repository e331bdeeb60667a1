//! Links and images: an element with a hole for its URL, and an entry in the document's list.

use pulldown_cmark::LinkType;

use super::super::destinations::Reference;
use super::super::{Fragment, Image, Link, LintKind};
use super::{Writer, escape};

/// An image whose alternative text is being read: of the elements inside it, only words count.
pub(super) struct Picture {
    reference: Reference,
    title: String,
    pub(super) alt: String,
    /// How many elements are open inside it.
    pub(super) nested: usize,
}

impl Picture {
    pub(super) fn new(reference: Reference, title: &str) -> Self {
        Self {
            reference,
            title: title.to_owned(),
            alt: String::new(),
            nested: 0,
        }
    }
}

impl Writer<'_> {
    pub(super) fn start_link(&mut self, reference: Reference, title: &str) {
        let scheme = match reference.link_type {
            LinkType::Email => "mailto:",
            _ => "",
        };
        self.html("<a href=\"");
        self.fragments
            .push(Fragment::Link(self.document.links.len()));
        self.html("\"");
        self.title(title);
        self.html(">");
        self.document.links.push(Link {
            target: format!("{scheme}{}", reference.target),
            title: title.to_owned(),
            text: String::new(),
            span: reference.span.clone(),
            destination: None,
        });
        self.link = Some((reference, self.document.text.len()));
    }

    pub(super) fn end_link(&mut self) {
        self.html("</a>");
        if let (Some((reference, from)), Some(link)) =
            (self.link.take(), self.document.links.last_mut())
        {
            self.document.text[from..].trim().clone_into(&mut link.text);
            link.destination =
                reference.destination(self.source, self.definitions, self.content_end);
        }
    }

    pub(super) fn end_image(&mut self) {
        let Some(picture) = self.picture.take() else {
            return;
        };
        let alt = picture.alt.trim().to_owned();
        if alt.is_empty() {
            self.lint(
                LintKind::MissingAlt,
                &picture.reference.span,
                "say in the brackets what the picture shows: `![…](…)`",
            );
        }
        self.html("<img src=\"");
        self.fragments
            .push(Fragment::Image(self.document.images.len()));
        self.html("\" alt=\"");
        escape(&alt, self.tail());
        self.html("\"");
        self.title(&picture.title);
        self.html(">");
        let reference = picture.reference;
        self.document.images.push(Image {
            alt,
            title: picture.title,
            destination: reference.destination(self.source, self.definitions, self.content_end),
            target: reference.target,
            span: reference.span,
        });
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.html(" title=\"");
            escape(title, self.tail());
            self.html("\"");
        }
    }
}
