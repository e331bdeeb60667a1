//! Where links lead, once every page, heading, figure and term is known.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Checker;
use super::prose::TextFile;
use super::svg;
use crate::content::{Drafts, problems};
use crate::diagnostic::Diagnostic;
use crate::language::LanguageId;
use crate::model::routes::{self, Route};
use crate::model::{LinkTarget, Project, Term};

/// Ids that the pages themselves use, so that no heading may take them.
const RESERVED: [&str; 16] = [
    "main",
    "toast",
    "title",
    "aside-title",
    "programme",
    "figures",
    "series",
    "ruler",
    "ruler-title",
    "glance",
    "steps",
    "terms",
    "topics",
    "related",
    "cite",
    "results",
];

/// Checks every link and alias, and returns the pictures that texts show.
pub(super) fn check(
    checker: &mut Checker<'_>,
    routes: &[Route],
    texts: &[Arc<TextFile>],
    glossary: Option<&[Term]>,
    projects: &[Arc<Project>],
) -> BTreeMap<String, Arc<[u8]>> {
    let pages = pages(routes, texts, glossary, projects);
    let terms = glossary.map(|all| all.iter().map(|term| term.id.as_str()).collect::<Vec<_>>());
    let drafts: BTreeSet<String> = projects
        .iter()
        .filter(|project| project.draft)
        .map(|project| project.path())
        .collect();
    let hides_drafts = checker.drafts == Drafts::Hide;
    let mut pictures = BTreeMap::new();
    for text in texts {
        let is_draft = drafts.contains(&text.page);
        let file = text.file.as_str();
        for (id, span) in &text.ids {
            if RESERVED.contains(&id.as_str()) || id.starts_with("figure-") {
                checker
                    .diagnostics
                    .push(problems::reserved_id(file, span, id));
            }
        }
        for link in &text.links {
            let (span, address) = (&link.span, &link.destination);
            let Some(target) = &link.target else {
                let problem = problems::broken_link(file, span, &link.written, &[], None);
                checker.diagnostics.push(problem);
                continue;
            };
            match target {
                LinkTarget::Term(id) => {
                    if let Some(terms) = &terms
                        && !terms.contains(&id.as_str())
                    {
                        let problem = problems::unknown_term(file, span, id, terms);
                        checker.diagnostics.push(problem);
                    }
                }
                LinkTarget::File(path) => {
                    if let Some(bytes) = picture(checker, path) {
                        if !(is_draft && hides_drafts) {
                            pictures.insert(path.clone(), bytes);
                        }
                    } else {
                        let name = path.rsplit('/').next().unwrap_or(path);
                        checker
                            .diagnostics
                            .push(problems::missing_picture(file, span, name));
                    }
                }
                LinkTarget::Page { path, fragment } => {
                    let path = if path.is_empty() { &text.page } else { path };
                    let Some(page) = pages.get(path) else {
                        let known: Vec<&str> = pages.keys().map(String::as_str).collect();
                        let at = address.as_ref().map(|it| it.start..it.start + path.len());
                        let problem = problems::broken_link(file, span, path, &known, at.as_ref());
                        checker.diagnostics.push(problem);
                        continue;
                    };
                    if drafts.contains(path) && !is_draft {
                        let problem = problems::link_to_draft(file, span, path, hides_drafts);
                        checker.diagnostics.push(problem);
                    }
                    if !fragment.is_empty() && !page.has(fragment, text.language) {
                        let known = page.all(text.language);
                        let problem = problems::broken_fragment(file, span, fragment, &known);
                        checker.diagnostics.push(problem);
                    }
                }
                LinkTarget::External(_) => {}
            }
        }
    }
    aliases(checker, &pages);
    pictures
}

/// The names on a page that can be linked.
#[derive(Default)]
struct Page {
    /// In every language.
    shared: BTreeSet<String>,
    /// In the languages that a text of its own exists in.
    by_language: BTreeMap<LanguageId, BTreeSet<String>>,
}

impl Page {
    fn all(&self, language: LanguageId) -> Vec<&str> {
        // A missing translation shows the first text that there is.
        let own = self.by_language.get(&language);
        let shown = own.or_else(|| self.by_language.values().next());
        let shown = shown.into_iter().flatten();
        self.shared
            .iter()
            .chain(shown)
            .map(String::as_str)
            .collect()
    }

    fn has(&self, fragment: &str, language: LanguageId) -> bool {
        self.all(language).contains(&fragment)
    }
}

fn pages(
    routes: &[Route],
    texts: &[Arc<TextFile>],
    glossary: Option<&[Term]>,
    projects: &[Arc<Project>],
) -> BTreeMap<String, Page> {
    let paths = routes.iter().map(|route| route.path.clone());
    let mut pages: BTreeMap<String, Page> = paths.map(|path| (path, Page::default())).collect();
    let shared = &mut pages.entry(routes::GLOSSARY.to_owned()).or_default().shared;
    shared.extend(
        glossary
            .unwrap_or_default()
            .iter()
            .map(|term| term.id.clone()),
    );
    for project in projects {
        let page = pages.entry(project.path()).or_default();
        let figures = project.figures.iter().map(|it| format!("figure-{}", it.id));
        page.shared.extend(figures);
    }
    for text in texts {
        let page = pages.entry(text.page.clone()).or_default();
        let ids = page.by_language.entry(text.language).or_default();
        ids.extend(text.ids.iter().map(|(id, _)| id.clone()));
    }
    pages
}

/// The bytes of a picture; a drawing is checked first.
fn picture(checker: &mut Checker<'_>, path: &str) -> Option<Arc<[u8]>> {
    let is_picture = ["svg", "png", "webp", "jpg", "jpeg", "avif"]
        .iter()
        .any(|end| path.rsplit('.').next() == Some(end));
    if !is_picture {
        return None;
    }
    let newly_read = checker.read.insert(path.to_owned());
    if let Some(bytes) = checker.folder.binaries.get(path) {
        if newly_read && !is_what_it_says(path, bytes) {
            checker.diagnostics.push(
                Diagnostic::warning(
                    "invalid-picture",
                    path,
                    0..0,
                    "this is no picture of the kind that its name says",
                )
                .help("save it again as what it is called, or give it the name of what it is"),
            );
        }
        return Some(Arc::clone(bytes));
    }
    let text = checker.folder.texts.get(path)?.clone();
    if newly_read {
        svg::check(path, &text, svg::PICTURE_LIMIT, checker.diagnostics);
    }
    Some(text.as_bytes().into())
}

/// Whether a file begins as its kind does: browsers believe the name that we send it under.
fn is_what_it_says(path: &str, bytes: &[u8]) -> bool {
    match path.rsplit('.').next() {
        Some("png") => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        Some("jpg" | "jpeg") => bytes.starts_with(b"\xff\xd8\xff"),
        Some("webp") => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"),
        Some("avif") => bytes.get(4..8) == Some(b"ftyp"),
        _ => true,
    }
}

/// No old path may be a page, or lead to two.
fn aliases(checker: &mut Checker<'_>, pages: &BTreeMap<String, Page>) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (file, alias) in checker.aliases.clone() {
        let path = &alias.value;
        let others = checker.languages.iter().skip(1);
        let base = others
            .filter_map(|it| path.strip_prefix(&checker.languages.prefix(it)))
            .find(|base| base.starts_with('/'));
        if let Some(base) = base {
            let problem = problems::alias_of_language(&file, &alias.span, path, base);
            checker.diagnostics.push(problem);
            continue;
        }
        let what = if pages.contains_key(path) {
            Some("a page".to_owned())
        } else if routes::is_taken(path, |it| pages.contains_key(it)) {
            Some("a part of the site".to_owned())
        } else {
            seen.get(path).map(|other| format!("the page of `{other}`"))
        };
        if let Some(what) = what {
            let problem = problems::colliding_alias(&file, &alias.span, path, &what);
            checker.diagnostics.push(problem);
        }
        seen.insert(path.clone(), file);
    }
}
