//! Tests through the outermost door: content in; problems, pages or answers out.

mod sponsors;

mod support;

mod server;

mod problems;

mod own_pages;

mod pages;

mod people;

mod covers;
mod pictures;

mod stored;

mod films;

mod drawings;
mod real_drawings;

mod og_image;

mod hostile;

mod share;

mod http;

mod clauses;

mod connections;

mod lifecycle;

mod export;

mod pagination;

mod corpus;

mod reload;

mod editing;

mod schedule;
mod schema;

mod search;

mod third_language;

mod second_event;

mod feeds;

mod robustness;

mod requests;

mod dependencies;

mod shipped_content;

mod any_event;
mod architecture;
mod kept;
