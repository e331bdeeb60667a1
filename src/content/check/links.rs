//! Where links lead, once every page, heading, figure and term is known; and which files are published.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Checker;
use super::media::{self, Found};
use super::prose::TextFile;
use super::schedule;
use crate::content::Drafts;
use crate::content::markdown::Link;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, nearest};
use crate::language::LanguageId;
use crate::media::{Medium, Player};
use crate::model::routes::{self, Kind, Route};
use crate::model::{LinkTarget, Project, Term, is_second_id};

/// Ids that the pages themselves use, so that no heading may take them.
const RESERVED: &str = "sponsors presented main toast title aside-title programme figures series ruler ruler-title \
                        glance steps terms topics related cite results top key article";

/// Other sites that films may stand on.
const PLAYERS: usize = 16;

/// Checks every link and alias, and returns the files that are published.
pub(super) fn check(
    checker: &mut Checker<'_>,
    routes: &[Route],
    texts: &[TextFile],
    glossary: Option<&[Term]>,
    projects: &[Project],
) -> BTreeMap<String, Medium> {
    let found = media::look_through(checker, texts);
    let pages = pages(checker, routes, texts, glossary, projects);
    let terms = glossary.map(|all| all.iter().map(|it| it.id.as_str()));
    let terms: Option<BTreeSet<&str>> = terms.map(Iterator::collect);
    let hides_drafts = checker.drafts == Drafts::Hide;
    let mut published = BTreeMap::new();
    // A file is named once, and stands beside the texts of one page.
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut problems = Diagnostics::default();
    let mut players = BTreeSet::new();
    for text in texts {
        let is_draft = pages.get(&text.page).is_some_and(|page| page.is_draft);
        let file = text.file.as_str();
        reserved(text, &mut problems);
        for link in &text.links {
            let error = |code, message| Diagnostic::error(code, file, &link.span, message);
            match &link.target {
                target if link.is_picture && !matches!(target, Some(LinkTarget::File(_))) => {
                    problems.push(missing_file(file, link, &found));
                }
                None if file.rsplit('.').next() != Some("md") => {
                    problems.push(missing_file(file, link, &found));
                }
                None => broken_link(file, link, &text.page, &pages, &mut problems),
                Some(LinkTarget::External(address)) => {
                    external(file, link, address, &mut players, &mut problems);
                }
                Some(LinkTarget::Shown(_)) => {}
                Some(LinkTarget::Term(id)) => {
                    if let Some(terms) = terms.as_ref().filter(|it| !it.contains(id.as_str())) {
                        let message = format!("glossary.yaml has no term `{id}`");
                        problems.push_suggesting(error("unknown-term", message), id, terms);
                    }
                }
                Some(LinkTarget::File(path)) => {
                    if !found.has(path) {
                        let is_path = link.written.contains('/') && !media::is_file(path);
                        let is_address = is_host(&link.written) || is_mailbox(&link.written);
                        if !link.is_picture && (is_path || is_address) {
                            broken_link(file, link, &text.page, &pages, &mut problems);
                        } else {
                            problems.push(missing_file(file, link, &found));
                        }
                        continue;
                    }
                    let first = path.split('/').next().unwrap_or_default();
                    let is_page = |it: &str| pages.contains_key(it);
                    let is_in_file =
                        path.split('/').rev().skip(1).any(|it| it.starts_with("index."));
                    if seen.insert(path)
                        && (is_in_file || routes::is_taken(&format!("/{first}"), is_page))
                    {
                        let message = format!("at `/{path}` the site has something of its own");
                        let help = "put the file into the folder `media`";
                        problems.push(error("colliding-picture", message).help(help));
                    }
                    if !(is_draft && hides_drafts) {
                        published.extend(found.take(path));
                    }
                }
                Some(LinkTarget::Page { path, fragment }) => {
                    let path = path.split('?').next().unwrap_or_default();
                    let path = if path.is_empty() { &text.page } else { path };
                    let moved = || moved(checker, file, link, path, &mut problems);
                    let moved = (!pages.contains_key(path)).then(moved).flatten();
                    let path = moved.as_deref().unwrap_or(path);
                    let Some(page) = pages.get(path) else {
                        if !checker.may_exist(path) {
                            broken_link(file, link, &text.page, &pages, &mut problems);
                        }
                        continue;
                    };
                    if page.is_draft && !is_draft {
                        let message = format!("`{path}` is a draft, which readers cannot see");
                        let mut problem = error("link-to-draft", message).help(
                            "take `draft: true` out of its facts, or take the link away until then",
                        );
                        if !hides_drafts {
                            // So that a page and the links to it can be written in any order.
                            problem.severity = Severity::Warning;
                        }
                        problems.push(problem);
                    }
                    let ids = page.ids(text.language);
                    if !page.may_have(fragment) && !ids.clone().any(|ids| ids.contains(fragment)) {
                        let message = format!("the page has nothing named `#{fragment}`");
                        let problem = error("broken-fragment", message);
                        problems.push_suggesting(problem, fragment, ids.flatten());
                    }
                }
            }
        }
    }
    checker.diagnostics.append(problems);
    headings(checker, texts, &pages);
    aliases(checker, &pages);
    published
}

/// Names the headings that take an id of the page's own.
fn reserved(text: &TextFile, problems: &mut Diagnostics) {
    for (id, span) in &text.ids {
        if RESERVED.split(' ').any(|it| it == id) || id.starts_with("figure-") || is_second_id(id) {
            let message = format!("`{id}` is used by the page itself");
            let problem = Diagnostic::error("duplicate-id", &text.file, span, message);
            problems.push(problem.help("give the heading another id, such as {#how}"));
        }
    }
}

/// Names the headings that a link relies on in one language and that are called otherwise in another.
fn headings(checker: &mut Checker<'_>, texts: &[TextFile], pages: &Pages) {
    let links = texts.iter().flat_map(|text| text.links.iter().map(move |it| (text, it)));
    let linked: BTreeSet<(&str, &str)> = links
        .filter_map(|(text, link)| match &link.target {
            Some(LinkTarget::Page { path, fragment }) => {
                let path = if path.is_empty() { &text.page } else { path };
                Some((path.as_str(), fragment.as_str()))
            }
            _ => None,
        })
        .collect();
    let mut by_page: BTreeMap<&str, Vec<(&TextFile, Headings<'_>)>> = BTreeMap::new();
    for text in texts {
        let of_page = by_page.entry(&text.page).or_default();
        of_page.push((text, Headings::new(&text.ids)));
    }
    for (path, fragment) in linked {
        let of_page = || by_page.get(path).into_iter().flatten();
        let known = of_page().find_map(|(text, it)| Some((text, it, *it.by_id.get(fragment)?)));
        let Some((known, headings, place)) = known else {
            continue;
        };
        let is_shared = pages.get(path).is_some_and(|it| it.shared.contains(fragment));
        let lacks = |it: &Headings<'_>| {
            !is_shared && !it.by_id.contains_key(fragment) && !it.spans.is_empty()
        };
        for (text, own) in of_page().filter(|(_, it)| lacks(it)) {
            // The heading at the same place of the text, as far as there are as many.
            let is_alike = own.spans.len() == headings.spans.len();
            let span = own.spans.get(place).filter(|_| is_alike);
            let span = span.map_or(0..0, |it| (*it).clone());
            let message = format!(
                "a link leads to `#{fragment}`, which {} has and this text lacks",
                known.file
            );
            let help = format!(
                "end the same heading here with `{{#{fragment}}}`, so that readers of either language get there"
            );
            checker
                .diagnostics
                .push(Diagnostic::warning("unlike-headings", &text.file, span, message).help(help));
        }
    }
}

/// The headings of a text in their order, and which of them has an id.
struct Headings<'a> {
    spans: Vec<&'a Range<usize>>,
    by_id: BTreeMap<&'a str, usize>,
}

impl<'a> Headings<'a> {
    fn new(ids: &'a [(String, Range<usize>)]) -> Self {
        let (mut spans, mut by_id) = (Vec::new(), BTreeMap::new());
        for (id, span) in ids {
            if spans.last() != Some(&span) {
                spans.push(span);
            }
            by_id.entry(id.as_str()).or_insert(spans.len() - 1);
        }
        Self { spans, by_id }
    }
}

/// By their paths.
type Pages = BTreeMap<String, Page>;

/// What can be linked on a page.
#[derive(Default)]
struct Page {
    is_draft: bool,
    /// Whether its text could not be read, or its facts: then nobody knows what can be linked.
    lacks_text: bool,
    lacks_facts: bool,
    /// The ids that are there in every language.
    shared: BTreeSet<String>,
    /// Those of a text of its own.
    by_language: BTreeMap<LanguageId, BTreeSet<String>>,
}

impl Page {
    /// Whether a fragment is none, or may be in what could not be read.
    fn may_have(&self, fragment: &str) -> bool {
        fragment.is_empty()
            || is_second_id(fragment)
            || self.lacks_text
            || self.lacks_facts && fragment.starts_with("figure-")
    }

    /// The ids of the page in a language. Where a translation lacks, the first text that there is is shown.
    fn ids(&self, language: LanguageId) -> impl Iterator<Item = &BTreeSet<String>> + Clone {
        let own = self.by_language.get(&language);
        let shown = own.or_else(|| self.by_language.values().next());
        [&self.shared].into_iter().chain(shown)
    }
}

fn pages(
    checker: &Checker<'_>,
    routes: &[Route],
    texts: &[TextFile],
    glossary: Option<&[Term]>,
    projects: &[Project],
) -> Pages {
    let mut pages = Pages::new();
    for route in routes {
        let page = pages.entry(route.path.clone()).or_default();
        page.is_draft = route.is_draft;
        page.lacks_facts = matches!(route.kind, Kind::Project(_));
        page.lacks_text = checker.may_exist(&route.path);
    }
    if let Some(page) = pages.get_mut(routes::GLOSSARY) {
        page.lacks_text = glossary.is_none();
        let terms = glossary.into_iter().flatten();
        page.shared.extend(terms.map(|term| term.id.clone()));
    }
    if let Some(page) = pages.get_mut(routes::SCHEDULE) {
        page.lacks_text |= checker.may_exist(routes::SCHEDULE);
        page.shared.extend(checker.times.iter().flat_map(schedule::Timed::ids));
    }
    for project in projects {
        let page = pages.entry(project.path()).or_default();
        // A key that is misspelt may be that of its figures.
        page.lacks_facts = checker.has_problem(&project.entries.file(&project.slug));
        let figures = project.figures.iter().map(|it| format!("figure-{}", it.id));
        page.shared.extend(figures);
    }
    // Facts show pictures, and have no headings.
    let is_prose = |it: &&TextFile| it.file.rsplit('.').next() == Some("md");
    for text in texts.iter().filter(is_prose) {
        let page = pages.entry(text.page.clone()).or_default();
        let ids = page.by_language.entry(text.language).or_default();
        ids.extend(text.ids.iter().map(|(id, _)| id.clone()));
    }
    pages
}

/// An address on another site; `players` are those of the films so far.
fn external(
    file: &str,
    link: &Link,
    address: &str,
    players: &mut BTreeSet<String>,
    problems: &mut Diagnostics,
) {
    if let Some((message, help)) = unreachable(address) {
        let problem = Diagnostic::warning("unreachable-link", file, &link.span, message);
        problems.push(problem.help(help));
    }
    let origin = Player::of(address).map(|it| it.origin);
    if origin.is_some_and(|it| players.insert(it)) && players.len() == PLAYERS + 1 {
        let message = format!(
            "films stand on more than {PLAYERS} other sites, which the header of every answer names"
        );
        let help = "put some of them beside the text, or link a page that has them";
        let problem = Diagnostic::error("too-many-players", file, &link.span, message);
        problems.push(problem.help(help));
    }
}

/// What is the matter with an address that leads nobody anywhere, and what to do.
fn unreachable(address: &str) -> Option<(String, &'static str)> {
    if let Some(mailbox) = address.strip_prefix("mailto:") {
        let has_host = |it: &str| {
            it.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        };
        let message = format!("`{mailbox}` is no address of e-mail");
        return (!has_host(mailbox))
            .then_some((message, "write it whole: `mailto:desk@example.org`"));
    }
    let (_, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(it, _)| it);
    let message = format!("`{host}` is the computer of whoever reads this");
    let help = "write the address that others reach it by, or take the link away";
    ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"].contains(&name).then_some((message, help))
}

/// A link that stands on a `page` and leads to none.
fn broken_link(file: &str, link: &Link, page: &str, pages: &Pages, problems: &mut Diagnostics) {
    let written = &link.written;
    let end = written.find(['?', '#']).unwrap_or(written.len());
    let path = &written[..end];
    let scheme = written.split_once(':').map(|(it, _)| it);
    let is_scheme =
        |it: &&str| it.chars().all(|it| it.is_ascii_alphanumeric() || "+.-".contains(it));
    let message = format!("`{written}` leads to no page of this site");
    let problem = Diagnostic::error("broken-link", file, &link.span, message);
    let bare = written.trim_matches(['“', '”', '„', '‘', '’', '"', '\'']);
    if written.is_empty() || bare.len() < written.len() {
        let help = if written.is_empty() {
            "write a path or an address in the parentheses".to_owned()
        } else {
            format!("take the quotation marks out: `{bare}`")
        };
        problems.push(problem.help(help));
        return;
    }
    let problem = if let Some(meant) = meant_address(written, pages) {
        problem.help(format!("write `{meant}`"))
    } else if let Some(scheme) = scheme.filter(is_scheme) {
        let message = format!("addresses that begin with `{scheme}:` are not linked here");
        let help = match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => "two slashes belong behind the colon: `https://example.org/`",
            _ => {
                "write an address that begins with https://, mailto:, tel: or sms:, or take the link away"
            }
        };
        Diagnostic { message, ..problem }.help(help)
    } else if let Some(meant) = Some(resolve(path, page)).filter(|it| pages.contains_key(it)) {
        replacing(problem, link, &meant)
    } else if let Some(at) = without_language(path).filter(|it| pages.contains_key(*it)) {
        replacing(problem, link, at)
    } else if is_mailbox(written) {
        problem.help(format!("for an address of e-mail write `mailto:{written}`"))
    } else if is_host(written) {
        problem
            .help(format!("for another site write `https://{}`", written.trim_start_matches('/')))
    } else {
        let paths = pages.keys().map(String::as_str);
        let is_path = link.target.is_some() && problems.are_few();
        match is_path.then(|| nearest(&written[..end], paths)).flatten() {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("write the path of a page, such as /search/"),
        }
    };
    problems.push(problem.name_odd(written));
}

/// Where a page is now that was once at this path.
fn moved(
    checker: &Checker<'_>,
    file: &str,
    link: &Link,
    path: &str,
    problems: &mut Diagnostics,
) -> Option<String> {
    let mut aliases = checker.aliases.iter();
    let (known, _) = aliases.find(|(_, alias)| alias.value == path)?;
    let page = routes::page_of(known);
    let message = format!("`{path}` is an old address, which leads on to `{page}`");
    let problem = Diagnostic::warning("moved-link", file, &link.span, message);
    problems.push(replacing(problem, link, &page));
    Some(page)
}

/// A problem that is mended by writing another path in place of that of a link.
fn replacing(problem: Diagnostic, link: &Link, path: &str) -> Diagnostic {
    let end = link.written.find(['?', '#']).unwrap_or(link.written.len());
    let problem = problem.help(format!("write `{path}{}`", &link.written[end..]));
    match &link.destination {
        Some(Range { start, .. }) => problem.fix(*start..start + end, path),
        None => problem,
    }
}

/// The path of a page that a path leads to from another page, as folders and browsers have it.
fn resolve(written: &str, page: &str) -> String {
    let mut parts: Vec<&str> = match written.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => page.split('/').filter(|it| !it.is_empty()).collect(),
    };
    for part in written.split('/') {
        match part {
            "" | "." | "index.html" => {}
            ".." => {
                parts.pop();
            }
            // The text of a page, as a folder has it.
            it => match it.strip_suffix(".md") {
                Some(_) => {}
                None => parts.push(it),
            },
        }
    }
    format!("/{}/", parts.join("/")).replace("//", "/")
}

/// The path behind that of a language: links lead to the page in the language of their reader.
fn without_language(path: &str) -> Option<&str> {
    let inner = path.strip_prefix('/')?;
    inner.find('/').map(|it| &inner[it..])
}

/// Whether a path is an address of e-mail without its scheme.
fn is_mailbox(written: &str) -> bool {
    written.contains('@') && !written.contains('/')
}

/// Whether a path begins as the address of another site does.
fn is_host(written: &str) -> bool {
    let host = written.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or_default();
    let ending = host.rsplit('.').next().unwrap_or_default();
    let is_name = |it: char| it.is_alphanumeric() || "-.:".contains(it);
    written.starts_with("//") && !written.starts_with("///")
        || host.starts_with("www.")
        || host.contains('.')
            && !host.starts_with('.')
            && written.contains('/')
            && host.chars().all(is_name)
            && (2..=6).contains(&ending.len())
            && ending.chars().all(|it| it.is_ascii_alphabetic())
}

fn missing_file(file: &str, link: &Link, found: &Found) -> Diagnostic {
    let written = &link.written;
    if written.starts_with("//") || written.contains("://") {
        let message =
            "this picture would come from another site, which would learn who reads it here";
        let problem = Diagnostic::error("remote-picture", file, &link.span, message);
        return problem.help("download it, put it into the same folder and write its name");
    }
    let name = written.trim_end_matches('/').rsplit('/').next().unwrap_or(written);
    let what = if link.is_picture { "picture" } else { "file" };
    let message = format!("there is no {what} `{name}` beside this file");
    let problem = Diagnostic::error("missing-picture", file, &link.span, message);
    if let Some(LinkTarget::File(path)) = &link.target
        && let Some(there) = found.nearly(path)
    {
        let written = written.strip_suffix(name).unwrap_or_default();
        return problem.help(format!("did you mean `{written}{there}`? Capitals count"));
    }
    match found.elsewhere(name) {
        Some(path) if path.starts_with("media/") => problem.help(format!("write `{path}`")),
        Some(path) => problem.help(format!(
            "it is `{path}`: put it into the same folder, or into `media`, and write its name"
        )),
        None => problem.help(format!("put the {what} into the same folder and write its name")),
    }
}

/// The address that a path without its first slash, or a misspelt `term:`, was meant to be.
fn meant_address(written: &str, pages: &Pages) -> Option<String> {
    if let Some((scheme, term)) = written.split_once(':')
        && ["terms", "term ", "trem", "glossary"].contains(&scheme.to_lowercase().as_str())
    {
        return Some(format!("term:{}", term.trim()));
    }
    let (path, fragment) = written.split_at(written.find('#').unwrap_or(written.len()));
    let (first, _) = path.split_once('/')?;
    let is_page = pages.contains_key(&format!("/{first}/"));
    is_page.then(|| format!("/{}/{fragment}", path.trim_end_matches('/')))
}

/// No old path may be a page, or lead to two.
fn aliases(checker: &mut Checker<'_>, pages: &Pages) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (file, alias) in &checker.aliases {
        let path = alias.value.as_str();
        let mut problem = |message: String, help: String| {
            let problem = Diagnostic::error("colliding-alias", file, &alias.span, message);
            checker.diagnostics.push(problem.help(help));
        };
        if let Some(base) = checker.languages.strip_prefix(path) {
            problem(
                format!("`{path}` names a language, and an alias serves every language"),
                format!("write it without the language: `{base}`"),
            );
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
            problem(
                format!("`{path}` already leads to {what}"),
                "remove the alias, or choose another".to_owned(),
            );
        }
        seen.insert(path, file);
    }
}
