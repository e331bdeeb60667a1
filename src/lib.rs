//! Showcase: the recap of one meetup, from content files to bytes on the wire.
//!
//! The order of the modules below is the architecture: a module uses only modules above it.
//! Data flows down the list once.

pub mod language;

pub mod diagnostic;

pub mod quantity;

pub mod model;

pub mod cache;

pub mod assets;

pub mod content;

pub mod search;

pub mod render;

pub mod site;

pub mod export;

pub mod watch;

pub mod serve;
