//! From what was written to what it means.
//!
//! Every part is checked, whatever is wrong with the others, so that one run names every problem.
//!
//! 1. [`event`]: first of all its languages, which all else needs; then [`labels`].
//! 2. [`taxonomy`]: topics and glossary, which projects refer to.
//! 3. The texts, [`prose`], and the [`projects`] with their [`figures`] and [`steps`]: all beside one another, those that did not
//!    change from [`memory`]. Any of them may have [`glyphs`] that the font lacks.
//! 4. [`links`]: now that every page and heading is known, where links lead.
//! 5. [`permalinks`]: whether every published address still answers.
//! 6. What no part has asked for is a file nobody reads.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Drafts;
use super::problems;
use super::source::Folder;
use super::yaml::{OmittedKey, Spanned};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::Languages;
use crate::model::routes::{Outline, Route};
use crate::model::{Project, Topic, Website};

mod event;
mod figures;
mod file_context;
mod glyphs;
mod labels;
mod links;
mod memory;
mod permalinks;
mod projects;
mod prose;
mod steps;
mod svg;
mod taxonomy;

pub use event::is_site_url;
pub(super) use event::listed_languages;
use file_context::FileContext;
pub(super) use file_context::is_id;
pub use memory::Memory;

/// What all parts of the check share.
struct Checker<'a> {
    folder: &'a Folder,
    /// The files that something was said of while they were read.
    files_with_problems: &'a BTreeSet<String>,
    diagnostics: &'a mut Diagnostics,
    languages: Languages,
    drafts: Drafts,
    /// The keys of every file that are not there because their values were named as faults.
    omitted: Vec<(String, OmittedKey)>,
    /// The files that some part has asked for.
    read: BTreeSet<String>,
    /// Old paths, each with the file that names it.
    aliases: Vec<(String, Spanned<String>)>,
    /// Whether every project could be read, so that those are all.
    aliases_known: bool,
}

/// Checks the whole folder.
pub(super) fn check(
    folder: &Folder,
    drafts: Drafts,
    diagnostics: &mut Diagnostics,
    memory: &mut Memory,
) -> Option<Website> {
    let named = diagnostics.items().iter().map(|it| it.file.clone());
    let named: BTreeSet<String> = named.collect();
    let mut omitted = Vec::new();
    let (languages, raw_event) = event::languages(folder, diagnostics, &mut omitted);
    // Without the event, the languages are a guess.
    let listed = raw_event.as_ref().and_then(|it| it.languages.as_ref());
    let has_languages = listed.is_some_and(|list| {
        let codes = list.value.iter().map(|code| code.value.as_str());
        codes.eq(languages.iter().map(|it| languages.code(it)))
    });
    let mut checker = Checker {
        folder,
        files_with_problems: &named,
        diagnostics,
        languages,
        drafts,
        omitted,
        read: BTreeSet::from([event::FILE.to_owned(), event::EMBLEM.to_owned()]),
        aliases: Vec::new(),
        aliases_known: true,
    };
    let mut texts = Vec::new();
    let labels = labels::check(&mut checker);
    let topics = taxonomy::topics(&mut checker);
    let glossary = taxonomy::glossary(&mut checker);
    let recap = prose::check(&mut checker, "recap", "/", &mut texts);
    let about = prose::check(&mut checker, "about", "/about/", &mut texts);
    let event = raw_event.and_then(|raw| event::check(&mut checker, raw, recap.as_ref()));
    glyphs::check(&mut checker);
    let mut projects = projects::check(&mut checker, topics.as_deref(), &mut texts, memory);
    let routes = routes(&checker, topics.as_deref(), &projects);
    let pictures = links::check(
        &mut checker,
        &routes,
        &texts,
        glossary.as_deref(),
        &projects,
    );
    let pages = permalinks::Pages {
        recap: recap.as_ref(),
        about: about.as_ref(),
        has_topics: topics.is_some(),
        routes: &routes,
        projects: &projects,
    };
    if has_languages {
        permalinks::check(&mut checker, &pages);
    }
    unread(&mut checker);
    projects.retain(|project| drafts == Drafts::Show || !project.draft);
    Some(Website {
        languages: checker.languages,
        labels: labels?,
        event: event?,
        recap: recap?,
        about: about?,
        topics: topics?,
        glossary: glossary?,
        projects,
        pictures,
    })
}

/// Every page and file, as far as it can be known. A project whose facts are broken is a page all the same: links to it
/// are not at fault.
fn routes(
    checker: &Checker<'_>,
    topics: Option<&[Topic]>,
    projects: &[Arc<Project>],
) -> Vec<Route> {
    let drafts = projects.iter().filter(|project| project.draft);
    let drafts: BTreeSet<&str> = drafts.map(|project| project.slug.as_str()).collect();
    let slugs = projects::slugs(checker);
    let count = |topic: &Topic| {
        let carrying = projects.iter().filter(|it| it.topics.contains(&topic.id));
        carrying.count()
    };
    let outline = Outline {
        projects: slugs
            .iter()
            .map(|slug| (slug.as_str(), drafts.contains(slug.as_str())))
            .collect(),
        topics: topics
            .unwrap_or_default()
            .iter()
            .map(|topic| (topic.id.as_str(), count(topic)))
            .collect(),
    };
    outline.routes()
}

/// Names the files that no part has asked for.
fn unread(checker: &mut Checker<'_>) {
    let paths = checker
        .folder
        .texts
        .keys()
        .chain(checker.folder.binaries.keys());
    for path in paths.filter(|path| !checker.read.contains(*path)) {
        if is_known(path) {
            continue;
        }
        let instead = instead_of(path, &checker.languages);
        let instead = instead.filter(|it| !checker.read.contains(it));
        let help = match instead {
            Some(name) => format!("did you mean `{name}`?"),
            None => "remove it, or link to it from a text in the same folder".to_owned(),
        };
        checker.diagnostics.push(
            Diagnostic::warning("unread-file", path, 0..0, "nothing reads this file").help(help),
        );
    }
}

/// Files that belong to the folder although no page shows them.
fn is_known(path: &str) -> bool {
    (path.starts_with("schema/") && path.rsplit('.').next() == Some("json"))
        || path == "permalinks.lock"
        || path == "README.md"
}

/// What the file was probably meant to be called: `project.yml`, `kr.md`.
fn instead_of(path: &str, languages: &Languages) -> Option<String> {
    let (stem, end) = path.rsplit_once('.')?;
    let (folder, name) = stem
        .rsplit_once('/')
        .map_or(("", stem), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    if end == "yml" {
        return Some(format!("{stem}.yaml"));
    }
    if end == "markdown" {
        return Some(format!("{stem}.md"));
    }
    let code = match name {
        "kr" | "kor" | "korean" | "KO" => "ko",
        "eng" | "english" | "EN" => "en",
        "cn" | "chinese" | "ZH" => "zh",
        "jp" | "japanese" => "ja",
        _ => return None,
    };
    languages.find(code)?;
    Some(format!("{folder}{slash}{code}.{end}"))
}

impl Checker<'_> {
    /// A part of the check that reports on one file.
    fn file_context<'b>(&'b mut self, file: &str) -> FileContext<'b> {
        FileContext {
            file: file.to_owned(),
            languages: &self.languages,
            diagnostics: self.diagnostics,
            omitted: &mut self.omitted,
        }
    }

    /// The same for a part that needs nothing of the others, and may be checked beside them.
    fn for_project<'b>(&'b self, diagnostics: &'b mut Diagnostics) -> Checker<'b> {
        Checker {
            folder: self.folder,
            files_with_problems: self.files_with_problems,
            diagnostics,
            languages: self.languages.clone(),
            drafts: self.drafts,
            omitted: Vec::new(),
            read: BTreeSet::new(),
            aliases: Vec::new(),
            aliases_known: true,
        }
    }

    /// Whether something was said of a file, such as that it cannot be read.
    fn has_problem(&self, file: &str) -> bool {
        self.files_with_problems.contains(file)
            || self.diagnostics.items().iter().any(|it| it.file == file)
    }

    /// The text of a file, now counted as read; where it lacks or is empty, that is said.
    fn text(&mut self, file: &str, what: &str) -> Option<std::sync::Arc<str>> {
        self.read.insert(file.to_owned());
        match self.folder.texts.get(file) {
            Some(text) if text.trim().is_empty() => {
                self.diagnostics.push(problems::empty_file(file));
                None
            }
            Some(text) => Some(std::sync::Arc::clone(text)),
            None => {
                if !self.has_problem(file) {
                    self.diagnostics.push(problems::missing_file(file, what));
                }
                None
            }
        }
    }
}
