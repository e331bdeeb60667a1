//! Published addresses: none may vanish, and every new one is written down.
//!
//! `permalinks.lock` lists the path of every page in every language that it was really written in,
//! and of the files that people subscribe to or build on.
//! A page shown in another language for want of a translation is not listed, so that it may go.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::{Checker, event};
use crate::content::Drafts;
use crate::content::source::lines;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::language::Localized;
use crate::model::routes::{self, Kind, Route};
use crate::model::{Entries, Page, Person, Project, Prose};

const FILE: &str = "permalinks.lock";

const HEADER: &str = "\
# Every address that was ever published, one a line, in the order of the alphabet. One that is no
# longer served is an error, so that links to this site keep working: `showcase check` says what to
# add where. `showcase check --fix` adds the addresses of new pages.
";

/// Addresses that one message names.
const SHOWN: usize = 8;

pub(super) struct Pages<'a> {
    pub(super) recap: Option<&'a Localized<Prose>>,
    pub(super) routes: &'a [Route],
    /// The projects without fault, drafts among them.
    pub(super) projects: &'a [Project],
    /// The people without fault.
    pub(super) people: &'a [Person],
    /// The pages of their own, likewise.
    pub(super) others: &'a [Page],
}

/// Compares the list with the pages that there are.
pub(super) fn check(checker: &mut Checker<'_>, pages: &Pages<'_>) {
    let published = published(checker, pages);
    let Some(text) = checker.folder.texts.get(FILE).cloned() else {
        // What cannot be read has been said already.
        if !checker.has_problem(FILE) && !published.is_empty() {
            let lines = published.iter().map(|path| format!("{path}\n"));
            let whole = format!("{HEADER}{}", lines.collect::<String>());
            let count = published.len();
            let message =
                format!("there is no list of published addresses yet, and {count} to keep");
            checker.diagnostics.push(
                Diagnostic::warning("missing-permalinks", FILE, 0..0, message)
                    .help("run `showcase check --fix` to write it")
                    .fix(0..0, whole),
            );
        }
        return;
    };
    let mut files = Entries::ALL.map(routes::projects_json).to_vec();
    files.extend([routes::FEED, routes::CALENDAR].map(str::to_owned));
    let mut listed = Vec::new();
    for (start, line) in lines(&text) {
        let path = line.trim();
        let begin = start + line.len() - line.trim_start().len();
        let span = begin..begin + path.len();
        if path.is_empty() || path.starts_with('#') {
            continue;
        }
        let is_file = files.iter().any(|file| path.ends_with(file));
        if !path.starts_with('/')
            || !(path.ends_with('/') || is_file)
            || path.contains(char::is_whitespace)
        {
            let message = format!("`{path}` is no path of a page");
            checker.diagnostics.push(Diagnostic::error("invalid-permalink", FILE, &span, message).help(
                "every line is a comment or a path that begins and ends with a slash, such as /projects/alpha/",
            ));
            continue;
        }
        listed.push((path, span));
    }
    vanished(checker, pages, &listed);
    let known: HashSet<&str> = listed.iter().map(|(path, _)| *path).collect();
    // Of each line, the greatest path so far, however the list is ordered.
    let highest = listed.iter().scan("", |highest, (path, _)| {
        *highest = path.max(highest);
        Some(*highest)
    });
    let highest: Vec<&str> = highest.collect();
    let missing: Vec<(&String, usize, String)> = published
        .iter()
        .filter(|it| !known.contains(it.as_str()))
        .map(|path| {
            let after = highest.partition_point(|it| *it <= path.as_str());
            let (offset, line) = place(&text, listed.get(after), path);
            (path, offset, line)
        })
        .collect();
    let warning = |offset: usize, message: String| {
        Diagnostic::warning("unlisted-url", FILE, offset..offset, message)
    };
    if let [(_, offset, _), _, _, _, ..] = &missing[..] {
        let shown = missing.iter().take(SHOWN).map(|(path, ..)| format!("`{path}`"));
        let shown = shown.collect::<Vec<_>>().join(", ");
        let more = missing.len().saturating_sub(SHOWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message =
            format!("new addresses are not yet in the list of those to keep: {shown}{more}");
        let mut whole = text.to_string();
        for (_, offset, line) in missing.iter().rev() {
            whole.insert_str(*offset, line);
        }
        checker.diagnostics.push(
            warning(*offset, message)
                .help("run `showcase check --fix` to add them, once they are meant to stay")
                .fix(0..text.len(), whole),
        );
        return;
    }
    for (path, offset, line) in missing {
        let message = format!("the new address `{path}` is not yet in the list of those to keep");
        let help = "run `showcase check --fix` to add it, once it is meant to stay";
        checker.diagnostics.push(warning(offset, message).help(help).fix(offset..offset, line));
    }
}

/// The paths to list: of every page without fault that readers can see, where it is written.
fn published(checker: &Checker<'_>, pages: &Pages<'_>) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    // A page with errors may not be what its author means it to be yet, not even published.
    let broken: BTreeSet<&str> = checker
        .diagnostics
        .items()
        .iter()
        .filter(|it| it.severity == Severity::Error)
        .map(|it| it.file.as_str())
        .collect();
    let projects = pages.projects.iter().map(|it| (it.path(), it.prose.as_ref()));
    let people = pages.people.iter().map(|it| (it.path(), it.bio.as_ref()));
    let own = pages.others.iter().map(|it| (it.path(), it.text.as_ref()));
    let texts: HashMap<String, Option<&Localized<Prose>>> =
        projects.chain(people).chain(own).collect();
    for language in checker.languages.iter() {
        let prefix = checker.languages.prefix(language);
        let has_text = |text: &Localized<Prose>| text.exact(language).is_some();
        for route in pages.routes.iter().filter(|it| it.is_permanent()) {
            let is_written = match route.kind {
                Kind::Home => pages.recap.is_none_or(has_text),
                Kind::Project(_) | Kind::Person(_) | Kind::Page(_) => {
                    let text = texts.get(&route.path);
                    text.is_some_and(|it| it.is_none_or(has_text))
                }
                _ => true,
            };
            let is_broken = |source: &str| {
                let mut from = broken.range(source..);
                from.next().is_some_and(|file| file.starts_with(source))
            };
            if is_written && !route.source().as_deref().is_some_and(is_broken) {
                paths.insert(format!("{prefix}{}", route.path));
            }
        }
    }
    paths
}

/// Names the listed paths that nothing answers any more.
fn vanished(checker: &mut Checker<'_>, pages: &Pages<'_>, listed: &[(&str, Range<usize>)]) {
    let served = served(checker, pages);
    let known: HashSet<&str> = listed.iter().map(|(path, _)| *path).collect();
    let is_new = |project: &&Project| {
        let path = project.path();
        !project.draft && !known.contains(path.as_str())
    };
    let new = pages.projects.iter().filter(is_new);
    let new: Vec<&Project> = new.collect();
    let mut problems = Diagnostics::default();
    for (path, span) in listed {
        let base = checker.languages.strip_prefix(path).unwrap_or(path);
        if served.contains(base) || checker.may_exist(base) || !checker.aliases_known {
            continue;
        }
        let new = if problems.are_few() { &*new } else { &[] };
        let help = help(checker.entries, pages, &served, new, base);
        let message = format!("`{path}` was published, and nothing answers there any more");
        let help = format!("{help}; to give the address up for good, delete this line");
        let problem = Diagnostic::error("vanished-url", FILE, span, message);
        problems.push(problem.help(help));
    }
    checker.diagnostics.append(problems);
}

/// The paths, without a language, at which readers find a page or are sent to one.
fn served(checker: &Checker<'_>, pages: &Pages<'_>) -> BTreeSet<String> {
    // A preview shows drafts, at the addresses that they had or will have.
    let is_shown = |route: &&Route| !route.is_draft || checker.drafts == Drafts::Show;
    let shown = pages.routes.iter().filter(is_shown);
    let mut paths: BTreeSet<String> = shown.map(|it| it.path.clone()).collect();
    let has_page = |file: &str| paths.contains(&routes::page_of(file));
    let aliases = checker.aliases.iter().filter(|(file, _)| has_page(file));
    let aliases: Vec<String> = aliases.map(|(_, alias)| alias.value.clone()).collect();
    paths.extend(aliases);
    paths
}

/// Which line to add where, so that the path leads somewhere again.
fn help(
    entries: Entries,
    pages: &Pages<'_>,
    served: &BTreeSet<String>,
    new: &[&Project],
    base: &str,
) -> String {
    let inner = base.trim_matches('/');
    if let Some((code, rest)) = inner.split_once('/').or(Some((inner, "")))
        && event::can_be_language(code)
        && [format!("/{rest}"), format!("/{rest}/").replace("//", "/")]
            .iter()
            .any(|path| served.contains(path))
    {
        return format!("put `{code}` back into `languages` of event.yaml");
    }
    let slug = inner.strip_prefix(entries.folder());
    let slug = slug.and_then(|it| it.strip_prefix('/'));
    if let Some(draft) = pages.projects.iter().find(|it| it.draft && Some(it.slug.as_str()) == slug)
    {
        let file = entries.file(&draft.slug);
        return format!("take `draft: true` out of {file}, or give another project this alias");
    }
    // A renamed folder is most probably the one new page, or the one with a similar name.
    let distance = |it: &Project| strsim::damerau_levenshtein(&it.slug, slug.unwrap_or(inner));
    match new.iter().min_by_key(|it| distance(it)) {
        Some(Project { slug, aliases, .. }) if aliases.is_empty() => {
            format!("add `aliases: [{base}]` to {}", entries.file(slug))
        }
        Some(Project { slug, .. }) => {
            format!("add `{base}` to `aliases` in {}", entries.file(slug))
        }
        None => {
            let name = entries.file_name();
            format!("add `aliases: [{base}]` to the {name} of the page that replaces it")
        }
    }
}

/// The text that puts a path into the list, before the line that it belongs before, and where.
fn place(text: &str, after: Option<&(&str, Range<usize>)>, path: &str) -> (usize, String) {
    match after {
        Some((_, span)) => {
            let line = text[..span.start].rfind('\n').map_or(0, |it| it + 1);
            (line, format!("{path}\n"))
        }
        None if text.is_empty() || text.ends_with('\n') => (text.len(), format!("{path}\n")),
        None => (text.len(), format!("\n{path}")),
    }
}
