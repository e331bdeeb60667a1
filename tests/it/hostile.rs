//! What nobody sends who means well: never a failure of ours, never a way out of the site.

use showcase::serve::{Limits, Options};

use crate::server::Server;
use crate::support::Content;

mod clients;

mod payloads;

fn server(limits: Limits) -> Server {
    let options = Options { limits, ..Options::default() };
    Server::with(Content::new("").site(), options)
}
