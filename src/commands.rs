//! The commands that take more than a few lines.

pub(crate) mod serve;
