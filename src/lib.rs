//! Showcase: the recap of one meetup, from content files to bytes on the wire.
//!
//! 1. [`content`] reads a folder and checks it, into a [`model::Website`] or [`diagnostic::Diagnostics`]. The model has
//!    every page in one list, `routes`; [`quantity`] words its figures, [`language`] knows its languages, [`svg`] writes
//!    its drawings anew, [`media`] makes of its pictures what is published.
//! 2. [`assets`] makes what pages load: fonts, lettering, styles, scripts, pictures, each of them once ([`cache`]);
//!    [`draw`] has images drawn by other processes.
//! 3. [`render`] has a page for each route, and the same for machines; [`search`] finds texts in them.
//! 4. [`site`] maps paths to what is rendered, compressed, with its header fields.
//! 5. [`export`] writes a site into a folder, [`serve`] answers from it, [`watch`] replaces it when content changes.
//!
//! The order of the modules below is the architecture: a module uses only modules above it.

pub mod language;

pub mod diagnostic;

pub mod svg;

pub mod quantity;

pub mod cache;

pub mod media;

pub mod model;

pub mod assets;

pub mod draw;

pub mod content;

pub mod search;

pub mod render;

pub mod site;

pub mod export;

pub mod watch;

pub mod serve;
