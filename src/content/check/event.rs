//! The event, and before it the languages of the site.

use std::collections::BTreeMap;
use std::mem;
use std::sync::LazyLock;

use super::prose::{self, TextFile};
use super::{Checker, DESCRIPTION, emblems, figures, svg, unique_ids, width};
use percent_encoding::percent_decode_str;

use crate::assets::inks::Inks;
use crate::content::document::{
    self, Parsed, Reader, invalid_address, is_address, is_id, missing_key,
};
use crate::content::source::Folder;
use crate::content::yaml::{Node, Spanned, Value};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::{Languages, Localized, is_hangul};
use crate::model::routes::{self, Route};
use crate::model::{Entries, Event, Prose};

pub(super) const FILE: &str = "event.yaml";
/// The event's emblem, which is read with it.
pub(super) const EMBLEM: &str = "emblem.svg";
/// Columns of a title that search results show.
const TITLE: usize = 64;

static READER: LazyLock<Reader<Event>> = LazyLock::new(Reader::new);

/// What can be said before anything else is read.
pub(super) struct Opening {
    pub(super) languages: Languages,
    pub(super) entries: Entries,
    /// Whether these are the languages that `event.yaml` lists, and no guess.
    pub(super) are_listed: bool,
    pub(super) parsed: Option<Parsed>,
}

/// Reads `event.yaml` and its languages. Where those are broken, the languages that texts are written in stand in for
/// them, so that the other files can still be checked.
pub(super) fn open(folder: &Folder, diagnostics: &mut Diagnostics) -> Opening {
    let parsed = match folder.texts.get(FILE) {
        Some(text) if text.trim().is_empty() => {
            diagnostics.push(super::empty_file(FILE));
            None
        }
        Some(text) => document::parse(FILE, text, diagnostics),
        None => {
            let is_why = |it: &Diagnostic| it.file == FILE || it.code == "too-much-content";
            if !diagnostics.items().iter().any(is_why) {
                let what = "the meetup and the site's languages";
                diagnostics.push(super::missing_file(FILE, what));
            }
            None
        }
    };
    let written = written(folder);
    let (codes, are_listed) = match &parsed {
        Some(parsed) => listed(&parsed.tree, &written, diagnostics),
        None => (Vec::new(), false),
    };
    let languages = Languages::new(codes)
        .or_else(|| Languages::new(written))
        .or_else(|| Languages::new(vec!["en".to_owned()]))
        .expect("one language is written here");
    let word = parsed.as_ref().and_then(|it| it.tree.key("entries").text());
    let entries = word.and_then(Entries::of_folder);
    Opening { languages, entries: entries.unwrap_or_default(), are_listed, parsed }
}

/// The languages of a folder and what its entries are, whatever else is wrong with it.
pub(in crate::content) fn opening(folder: &Folder) -> (Languages, Entries) {
    let opening = open(folder, &mut Diagnostics::default());
    (opening.languages, opening.entries)
}

/// Every page links to itself in each.
const LANGUAGES: usize = 40;

/// The codes of languages after which several files are named; a single one may be a slip.
fn written(folder: &Folder) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for path in folder.texts.keys() {
        let labels = path.strip_prefix("labels/");
        let labels = labels.and_then(|it| it.strip_suffix(".yaml"));
        let text = || path.rsplit('/').next()?.strip_suffix(".md");
        if let Some(code) = labels.or_else(text) {
            *counts.entry(code).or_default() += 1;
        }
    }
    let is_short = |it: &str| matches!(it.find('-').unwrap_or(it.len()), 2..=3);
    counts.retain(|code, count| *count > 1 && is_code(code) && is_short(code));
    counts.into_keys().map(str::to_owned).collect()
}

/// The listed languages, and whether those are all that are listed. One that is wrong, which is reported, may have been
/// meant to be one of those that texts are written in: that stands in for it.
fn listed(tree: &Node, written: &[String], diagnostics: &mut Diagnostics) -> (Vec<String>, bool) {
    let list = tree.key("languages");
    if let (Some(span), Some(Value::List(_))) = (list.span(), list.value())
        && list.items().next().is_none()
    {
        diagnostics.push(missing_key(FILE, span, "languages"));
    }
    let is_listed = |code: &String| list.items().any(|it| it.text() == Some(code));
    let mut unlisted = written.iter().filter(|it| !is_listed(it)).peekable();
    let mut codes: Vec<String> = Vec::new();
    let mut are_all = true;
    for item in list.items() {
        if let (Some(code), Some(span)) = (item.text(), item.span()) {
            let error = |message| Diagnostic::error("invalid-language", FILE, span, message);
            let is_written = || written.iter().any(|it| it == code);
            let problem = if !can_be_language(code) {
                let help = "write it as BCP 47 does, such as ko, en or pt-BR";
                error(format!("`{code}` is no language code")).help(help)
            } else if codes.iter().any(|it| it == code) {
                super::duplicate_id(FILE, span, code)
            } else if let Some(other) = unlisted.peek().filter(|_| !is_written()) {
                error(format!("no text is written in `{code}`"))
                    .help(format!("texts are written in `{other}`, which is not listed"))
            } else {
                codes.push(code.to_owned());
                continue;
            };
            diagnostics.push(problem);
        }
        are_all = false;
        codes.extend(unlisted.next().cloned());
    }
    let are_all = are_all && !codes.is_empty();
    if let (Some(span), true) = (list.span(), codes.len() > LANGUAGES) {
        let message = format!("a site can have {LANGUAGES} languages, and these are more");
        let problem = Diagnostic::error("out-of-range", FILE, span, message);
        diagnostics.push(problem.help("list those that texts are written in"));
        codes.truncate(LANGUAGES);
    }
    (codes, are_all)
}

/// Whether a code can be that of a language, whose pages stand below it: no page of the first language may be there.
pub(in crate::content) fn can_be_language(code: &str) -> bool {
    let path = format!("/{code}/");
    is_code(code)
        && !routes::is_section(code)
        && path != routes::ABOUT
        && !routes::is_taken(&path, |_| false)
}

fn is_code(text: &str) -> bool {
    is_id(&text.to_ascii_lowercase()) && (2..=12).contains(&text.len())
}

pub(super) fn check(
    checker: &mut Checker<'_>,
    parsed: Parsed,
    recap: Option<&Localized<Prose>>,
    texts: &mut Vec<TextFile>,
) -> Option<Event> {
    let emblem = svg::emblem(checker, EMBLEM);
    let diagnostics = &mut *checker.diagnostics;
    let document = READER.fit(FILE, parsed, &checker.languages, diagnostics)?;
    let (mut event, tree) = (document.value, &document.tree);
    width(FILE, tree.key("title"), "title", TITLE, diagnostics);
    width(FILE, tree.key("description"), "description", DESCRIPTION, diagnostics);
    lettering(tree, diagnostics);
    emblems::check(FILE, tree, diagnostics);
    let inks = tree.key("look").key("inks");
    if let (Some(text), Some(span)) = (inks.text(), inks.span())
        && let Err(message) = Inks::read(text)
    {
        let help = "name a pair, or write two colours, such as `#0a8f8a #88141d`: the lighter first, the darker second";
        diagnostics.push(Diagnostic::error("invalid-inks", FILE, span, message).help(help));
    }
    if let Some(logo) = &mut event.look.logo {
        logo.path = prose::picture(FILE, routes::HOME, tree.key("look").key("logo"), texts);
    }
    unique_ids(FILE, tree.key("questions"), diagnostics);
    figures::check(FILE, &event.figures, tree, document.is_partial, diagnostics);
    aside(tree, recap, diagnostics);
    addresses(tree, diagnostics);
    for address in [&mut event.site_url, &mut event.source_url].into_iter().flatten() {
        *address = format!("{}/", address.trim_end_matches('/'));
    }
    if event.id.is_empty() {
        let first = checker.languages.iter().next();
        let name = first.map_or("", |it| event.name.text(it));
        let hash = blake3::hash(format!("{} {name}", event.date).as_bytes());
        event.id = format!("event-{}", &hash.to_hex()[..12]);
    }
    for item in ["menu", "footer"].into_iter().flat_map(|it| tree.key(it).items()) {
        checker.parts.extend(
            item.text()
                .zip(item.span())
                .map(|(value, span)| Spanned { value: value.to_owned(), span: span.clone() }),
        );
    }
    event.emblem = emblem;
    document.is_sound.then_some(event)
}

/// What menu and footer name must be there.
pub(super) fn parts(checker: &mut Checker<'_>, routes: &[Route]) {
    let known: Vec<String> = routes.iter().filter(|it| it.is_part()).map(Route::name).collect();
    for Spanned { value, span } in mem::take(&mut checker.parts) {
        if !known.contains(&value) && !checker.may_exist(&format!("/{value}/")) {
            let message = format!("this site has no part `{value}` that could be linked");
            let problem = Diagnostic::error("unknown-part", FILE, span, message);
            checker.diagnostics.push_suggesting(problem, &value, &known);
        }
    }
}

/// Only Hangul has the strokes that are told apart where the name is lettered.
fn lettering(tree: &Node, diagnostics: &mut Diagnostics) {
    let node = tree.key("lettering");
    let (Some(text), Some(span)) = (node.text(), node.span()) else {
        return;
    };
    if !text.chars().all(is_hangul) || text.chars().count() > 6 {
        let message = format!("`{text}` cannot be lettered");
        let help = "write up to six Hangul syllables, such as 가나다라";
        diagnostics.push(Diagnostic::error("out-of-range", FILE, span, message).help(help));
    }
}

/// The recap's section that is set apart must be there in every language that has a recap.
fn aside(tree: &Node, recap: Option<&Localized<Prose>>, diagnostics: &mut Diagnostics) {
    let node = tree.key("aside");
    let (Some(id), Some(span), Some(recap)) = (node.text(), node.span(), recap) else {
        return;
    };
    let everywhere = recap.languages().all(|language| {
        let sections = recap.exact(language).map(|prose| &prose.sections);
        sections.is_some_and(|all| all.iter().any(|section| section.id == id))
    });
    if !everywhere {
        let message = format!("the recap has no section `{id}` in every language");
        let help = "give a heading of the recap that id: `## … {#id}`";
        diagnostics.push(Diagnostic::error("unknown-section", FILE, span, message).help(help));
    }
}

fn addresses(tree: &Node, diagnostics: &mut Diagnostics) {
    let mut address = |key: &str, is_right: fn(&str) -> bool, help: &str| {
        let node = tree.key(key);
        if let (Some(text), Some(span)) = (node.text(), node.span())
            && !is_right(text)
        {
            diagnostics.push(invalid_address(FILE, span, text, help));
        }
    };
    address(
        "site_url",
        is_site_url,
        "write a scheme, a host and perhaps a path, such as https://example.org/recap/",
    );
    address(
        "online",
        |text| is_address(text, &["https://", "http://"]),
        "write a whole web address, such as https://example.org/live",
    );
    address(
        "source_url",
        |text| is_address(text, &["https://", "http://"]),
        "write a whole web address, such as https://example.org/edit/content/",
    );
    address(
        "contact",
        |text| is_address(text, &["https://", "http://", "mailto:"]),
        "write it as mailto:desk@example.org or as a web address",
    );
}

/// Whether a site can be published at this address: an origin and perhaps a path, without query, fragment, user, or names
/// that are empty or lead elsewhere. It may be percent-encoded.
pub fn is_site_url(text: &str) -> bool {
    let mut names = text.trim_end_matches('/').split('/').skip(3);
    let is_name = |it: &str| {
        let decoded = percent_decode_str(it).decode_utf8();
        decoded.is_ok_and(|it| {
            !matches!(&*it, "" | "." | "..")
                && !it.contains(['/', '\\', '%'])
                && !it.contains(char::is_control)
        })
    };
    let host = text.split('/').nth(2).unwrap_or_default();
    is_address(text, &["https://", "http://"])
        && !text.contains(['?', '#', '@'])
        && !host.contains('%')
        && names.all(is_name)
}
