//! The words by which a page is passed on.

use schemars::JsonSchema;
use serde::Deserialize;

/// Passing a page on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareLabels {
    /// The button that copies the page's address.
    #[schemars(example = &"Copy link")]
    pub copy: String,
    /// The button that opens the system's own way to pass things on.
    #[schemars(example = &"Share…")]
    pub send: String,
    /// The button that copies a citation.
    #[schemars(example = &"Copy citation")]
    pub copy_citation: String,
    /// What is said once a citation was copied.
    #[schemars(example = &"Citation copied")]
    pub citation_copied: String,
    /// What is said where the browser allows no copying.
    #[schemars(example = &"Could not copy. Please select the text and copy it.")]
    pub not_copied: String,
    /// The button that shows the page's address as a QR code.
    #[schemars(example = &"QR code")]
    pub code: String,
    /// The QR code in words: `{title}`.
    #[schemars(example = &"QR code with the address of “{title}”")]
    pub code_name: String,
    /// What a preview card shows, in words: `{title}`, `{text}` and `{event}`.
    #[schemars(example = &"{title}. {text} From {event}, with its emblem.")]
    pub card: String,
}
