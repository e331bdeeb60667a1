//! What a file can have that its type has no place for.

use std::ops::Range;

/// Something in a file that its type has no place for.
#[derive(Debug)]
pub(in crate::content) struct Fault {
    /// What is wrong.
    pub(in crate::content) kind: FaultKind,
    /// Where.
    pub(in crate::content) span: Range<usize>,
    /// What is left out because of it, so that nobody reports its lack.
    pub(in crate::content) cut: Option<Cut>,
}

/// A key whose value did not fit, and so is not there for those who look for it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::content) struct Cut {
    /// The place of the map that the key stands in; 0..0 for the file as a whole.
    pub(in crate::content) parent: Range<usize>,
    /// The key.
    pub(in crate::content) key: String,
}

/// The ways in which a value can fail its type.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::content) enum FaultKind {
    /// A key that the type lacks, and those it has.
    UnknownKey(String, Vec<String>),
    /// A key written twice.
    DuplicateKey(String),
    /// A key that must be there.
    MissingKey(String),
    /// A word that is none of those allowed.
    UnknownWord(String, Vec<String>),
    /// A value of another type: what was expected, what was found.
    WrongType(String, String),
    /// Anything else.
    Other(String),
}
