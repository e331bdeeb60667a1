//! Every problem that content can have, in one place: its code, its words and its help.
//!
//! A code never changes its meaning, so that tools can rely on it. A problem is an error where
//! the site could not be built, or would say something wrong; a warning where it merely lacks.

use std::ops::Range;

mod facts;
mod files;
mod names;
mod prose;

pub(super) use facts::*;
pub(super) use files::*;
pub(super) use names::*;
pub(super) use prose::*;

type Span = Range<usize>;
