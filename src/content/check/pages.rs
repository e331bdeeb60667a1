//! Pages beside the event's own parts: a folder each.

use std::sync::LazyLock;

use super::prose::TextFile;
use super::{Checker, DESCRIPTION, folder, width};
use crate::content::document::{Reader, WHOLE};
use crate::diagnostic::Diagnostic;
use crate::model::{Page, routes};

/// Columns of a title that search results show beside the site's name.
const TITLE: usize = 50;

static READER: LazyLock<Reader<Page>> = LazyLock::new(Reader::new);

/// The pages without fault, in the order of their folders.
pub(super) fn check(checker: &mut Checker<'_>, texts: &mut Vec<TextFile>) -> Vec<Page> {
    let slugs = checker.folders("pages");
    let pages = slugs.into_iter();
    pages.filter_map(|it| one(checker, it, texts)).collect()
}

fn one(checker: &mut Checker<'_>, slug: String, texts: &mut Vec<TextFile>) -> Option<Page> {
    let file = format!("pages/{slug}/page.yaml");
    let path = routes::page(&slug);
    let (document, text) = folder::check(checker, &READER, &file, &path, "its title", texts);
    let is_language = checker.languages.find(&slug).is_some();
    if is_language || routes::is_section(&slug) || routes::is_taken(&path, |_| false) {
        let message = format!("`{path}` belongs to another part of the site");
        let problem = Diagnostic::error("colliding-page", &file, WHOLE, message);
        let help = format!("give the folder another name than `{slug}`");
        checker.diagnostics.push(problem.help(help));
    }
    let document = document?;
    for (key, limit) in [("title", TITLE), ("description", DESCRIPTION)] {
        let node = document.tree.key(key);
        width(&file, node, key, limit, checker.diagnostics);
    }
    document.is_sound.then_some(Page {
        slug,
        text,
        aliases: checker.aliases_of(&file),
        ..document.value
    })
}
