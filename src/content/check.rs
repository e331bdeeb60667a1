//! From what was written to what it means.
//!
//! Every part is checked, whatever is wrong with the others, so that one run names every problem.
//!
//! 1. [`event`]: first of all its languages, which all else needs; then [`labels`].
//! 2. [`taxonomy`]: topics and glossary, which projects refer to.
//! 3. The texts, [`prose`], the [`pages`], the [`sponsors`], the [`people`], and the [`projects`] with their [`figures`]: all projects beside one another.
//!    Any of them may have [`glyphs`] that the font lacks.
//! 4. The [`schedule`]: whether two things are in one place at a time.
//! 5. [`media`]: what the files are that texts and facts show and link; their [`credits`]. [`links`]: now that every page
//!    and heading is known, where links lead. [`captions`]: what is said in films.
//! 6. [`permalinks`]: whether every published address still answers.
//! 7. [`emblems`], which keep away from one another.
//! 8. [`agreement`] of prose and facts.
//! 9. What no part has asked for is a file nobody reads.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use unicode_width::UnicodeWidthStr;

use super::document::{Document, Reader};
use super::markdown;
use super::source::Folder;
use super::yaml::{NodeRef, Spanned};
use super::{Drafts, Draw};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::language::{self, Languages};
use crate::media::{Medium, Store};
use crate::model::routes::{self, Outline, Route};
use crate::model::{Entries, Event, Labels, Person, Project, Slot, Term, Tier, Topic, Website};

mod agreement;
mod captions;
mod credits;
mod emblems;
mod event;
mod figures;
mod folder;
mod glyphs;
mod labels;
mod links;
mod media;
mod pages;
mod people;
mod permalinks;
mod projects;
mod prose;
mod schedule;
mod sponsors;
mod svg;
mod taxonomy;

pub use event::is_site_url;
pub(super) use event::{can_be_language, opening};

/// Columns of a description that search results show.
const DESCRIPTION: usize = 170;

/// What all parts of the check share.
struct Checker<'a> {
    folder: &'a Folder,
    /// The files that something was said of while they were read.
    files_with_problems: &'a BTreeSet<String>,
    diagnostics: &'a mut Diagnostics,
    languages: Languages,
    /// What the entries of the site are.
    entries: Entries,
    drafts: Drafts,
    draw: Draw<'a>,
    store: &'a Store,
    /// The font that the site brings.
    font: Option<Arc<[u8]>>,
    /// The files that some part has asked for.
    read: BTreeSet<String>,
    /// What times are held against.
    clock: schedule::Clock,
    /// Everything that has a time.
    times: Vec<schedule::Timed>,
    /// What menu and footer of event.yaml name.
    parts: Vec<Spanned<String>>,
    /// Old paths, each with the file that names it.
    aliases: Vec<(String, Spanned<String>)>,
    /// Whether every project could be read, so that those are all.
    aliases_known: bool,
    /// Paths of folders and files that could not be read: of no page at or below them it is known whether it is there.
    unknown: Vec<String>,
}

pub(super) fn check(
    folder: &Folder,
    drafts: Drafts,
    draw: Draw<'_>,
    store: &Store,
    diagnostics: &mut Diagnostics,
) -> Option<Website> {
    let named = files_with_problems(diagnostics);
    let event::Opening { languages, entries, are_listed, parsed } =
        event::open(folder, diagnostics);
    let mut checker = Checker {
        folder,
        files_with_problems: &named,
        diagnostics,
        languages,
        entries,
        drafts,
        draw,
        store,
        font: None,
        read: BTreeSet::from([event::FILE.to_owned(), event::EMBLEM.to_owned()]),
        clock: schedule::Clock::new(parsed.as_ref()),
        times: Vec::new(),
        parts: Vec::new(),
        aliases: Vec::new(),
        aliases_known: !named.iter().any(|it| it.starts_with(entries.folder())),
        unknown: unknown(&named, entries),
    };
    let mut texts = Vec::new();
    let tree = parsed.as_ref().map(|it| &it.tree);
    glyphs::font(&mut checker, tree);
    let labels = labels::check(&mut checker, tree);
    let slots = schedule::slots(&mut checker, tree);
    let topics = taxonomy::topics(&mut checker);
    let topics_page = topics.is_none().then(|| routes::TOPICS.to_owned());
    checker.unknown.extend(topics_page);
    let glossary = taxonomy::glossary(&mut checker);
    let recap = prose::check(&mut checker, "recap", "/", &mut texts);
    let own_pages = pages::check(&mut checker, &mut texts);
    let mut sponsors = sponsors::check(&mut checker, &mut texts);
    let mut people = people::check(&mut checker, &mut texts);
    let credits = credits::check(&mut checker);
    let mut event =
        parsed.and_then(|it| event::check(&mut checker, it, recap.as_ref(), &mut texts));
    glyphs::check(&mut checker);
    let known = projects::Known {
        topics: topics.as_deref(),
        questions: event.as_ref().map(|it| it.questions.as_slice()),
        people: checker.folders("people"),
    };
    let mut projects = projects::check(&mut checker, &known, &mut texts);
    schedule::check(&mut checker);
    people::mark_drafts(&mut people, &projects);
    let routes =
        routes(&checker, &known, glossary.as_deref(), slots.as_deref(), &projects, &people);
    event::parts(&mut checker, &routes);
    let media = links::check(&mut checker, &routes, &texts, glossary.as_deref(), &projects);
    let transcripts = captions::transcripts(&mut checker, &texts, &media, &projects);
    let pages = permalinks::Pages {
        recap: recap.as_ref(),
        routes: &routes,
        projects: &projects,
        people: &people,
        others: &own_pages,
    };
    if are_listed {
        permalinks::check(&mut checker, &pages);
    }
    agree(&mut checker, labels.as_deref(), event.as_ref(), &projects);
    emblems::draw(event.as_mut(), &mut projects);
    unread(&mut checker);
    note_media(&mut people, sponsors.as_mut(), event.as_mut(), &media);
    note_files(&mut projects, &media);
    publish(drafts, &mut people, &mut projects);
    Some(Website {
        languages: checker.languages,
        labels: labels?,
        event: event?,
        recap,
        topics: topics?,
        glossary: glossary?,
        slots: slots?,
        projects,
        people,
        pages: own_pages,
        sponsors: sponsors?,
        font: checker.font,
        media,
        transcripts,
        credits,
    })
}

fn files_with_problems(diagnostics: &Diagnostics) -> BTreeSet<String> {
    let items = diagnostics.items().iter();
    items.map(|it| it.file.clone()).collect()
}

/// The paths that files which could not be read may stand for.
fn unknown(named: &BTreeSet<String>, entries: Entries) -> Vec<String> {
    let paths = named.iter().map(|it| format!("/{it}/"));
    let all = named.contains(entries.folder());
    paths.chain(all.then(|| routes::projects_json(entries))).collect()
}

/// Every page and file, as far as it can be known. A project whose facts are broken is a page all the same: links to it
/// are not at fault.
fn routes(
    checker: &Checker<'_>,
    known: &projects::Known<'_>,
    glossary: Option<&[Term]>,
    slots: Option<&[Slot]>,
    projects: &[Project],
    people: &[Person],
) -> Vec<Route> {
    let drafts = projects.iter().filter(|project| project.draft);
    let drafts: BTreeSet<&str> = drafts.map(|project| project.slug.as_str()).collect();
    let slugs = checker.folders(checker.entries.folder());
    let draft_people = people.iter().filter(|it| it.is_draft);
    let draft_people: BTreeSet<&str> = draft_people.map(|it| it.slug.as_str()).collect();
    let count = |topic: &Topic| {
        let carrying = projects.iter().filter(|it| it.topics.contains(&topic.id));
        carrying.count()
    };
    let pages = checker.folders("pages");
    let outline = Outline {
        entries: checker.entries,
        // What is there but cannot be read is a page all the same.
        has_glossary: glossary.is_none_or(|it| !it.is_empty()),
        timed: {
            let files: BTreeSet<&str> = checker.times.iter().map(|it| &*it.file).collect();
            let is_timed = |slug: &&String| files.contains(&*checker.entries.file(slug));
            slugs.iter().filter(is_timed).map(String::as_str).collect()
        },
        has_slots: slots.is_none_or(|it| !it.is_empty()),
        projects: slugs
            .iter()
            .map(|slug| (slug.as_str(), drafts.contains(slug.as_str())))
            .collect(),
        pages: pages.iter().map(String::as_str).collect(),
        people: known
            .people
            .iter()
            .map(|slug| (slug.as_str(), draft_people.contains(slug.as_str())))
            .collect(),
        topics: known
            .topics
            .unwrap_or_default()
            .iter()
            .map(|topic| (topic.id.as_str(), count(topic)))
            .collect(),
    };
    outline.routes()
}

/// What is not ready goes, and what is left is numbered.
fn publish(drafts: Drafts, people: &mut Vec<Person>, projects: &mut Vec<Project>) {
    people.retain(|person| drafts == Drafts::Show || !person.is_draft);
    projects.retain(|project| drafts == Drafts::Show || !project.draft);
    let ranked = (1..).zip(projects);
    ranked.for_each(|(rank, project)| project.rank = rank);
}

/// Holds prose against facts.
fn agree(
    checker: &mut Checker<'_>,
    labels: Option<&[Labels]>,
    event: Option<&Event>,
    projects: &[Project],
) {
    let Some(labels) = labels else { return };
    for project in projects.iter().filter(|it| !it.figures.is_empty()) {
        let facts = project.entries.file(&project.slug);
        let folder = markdown::folder(&facts);
        agreement::figures(checker, labels, &facts, folder, &project.figures);
    }
    if let Some(event) = event {
        agreement::figures(checker, labels, event::FILE, "recap", &event.figures);
    }
    let slugs = checker.folders(checker.entries.folder());
    let published = projects.iter().filter(|it| !it.draft).count();
    // Of one that cannot be read it is not known whether it is published.
    if slugs.len() == projects.len() {
        agreement::counts(checker, labels, published);
    }
}

/// Notes of pictures that facts name what they are. Drawings that stand in one page differ in their number.
fn note_media(
    people: &mut [Person],
    sponsors: Option<&mut Vec<Tier>>,
    event: Option<&mut Event>,
    media: &BTreeMap<String, Medium>,
) {
    let photos = people.iter_mut().filter_map(|it| it.photo.as_mut());
    let tiers = sponsors.into_iter().flatten();
    let logos = tiers.flat_map(|it| &mut it.sponsors);
    let logos = logos.filter_map(|it| it.logo.as_mut());
    let logo = event.and_then(|it| it.look.logo.as_mut());
    for (number, picture) in photos.chain(logos).chain(logo).enumerate() {
        picture.medium = media.get(&picture.path).cloned();
        if let Some(Medium::Drawing(drawing)) = &picture.medium {
            let again = svg::again(drawing, number);
            picture.one_ink = again.and_then(|it| it.in_one_ink());
        }
    }
}

/// Notes of covers, films and slides that entries name what their files are.
fn note_files(projects: &mut [Project], media: &BTreeMap<String, Medium>) {
    for cover in projects.iter_mut().filter_map(|it| it.cover.as_mut()) {
        cover.file.medium = media.get(&cover.file.path).cloned();
    }
    let projects = projects.iter_mut();
    for material in projects.flat_map(|it| [&mut it.video, &mut it.slides]).flatten() {
        if let Some(Medium::File(file)) = media.get(&material.place) {
            material.file = Some(file.clone());
        }
    }
}

/// Names the files that no part has asked for.
fn unread(checker: &mut Checker<'_>) {
    // Without the kind of entries nobody knows which folders are read.
    let hides_kind = |it: &Diagnostic| {
        it.file == event::FILE && ["unknown-word", "missing-file"].contains(&it.code)
    };
    if checker.diagnostics.items().iter().any(hides_kind) {
        return;
    }
    // Folders of entries of another kind, each named once.
    let mut others = BTreeSet::new();
    let paths = checker.folder.texts.keys().chain(checker.folder.binaries.keys());
    for path in paths.filter(|path| !checker.read.contains(*path)) {
        if is_known(path) || may_be_named(path, checker) {
            continue;
        }
        let other = Entries::ALL
            .into_iter()
            .find(|it| *it != checker.entries && path.starts_with(&format!("{}/", it.folder())));
        if let Some(other) = other {
            let slug = path.split('/').nth(1).unwrap_or_default();
            if others.insert(slug) {
                let message = format!(
                    "nothing reads this folder: entries of this event stand in `{}`",
                    checker.entries.folder()
                );
                let help =
                    format!("move it there, or write `entries: {}` in event.yaml", other.folder());
                let problem = Diagnostic::warning("unread-file", path, 0..0, message);
                checker.diagnostics.push(problem.help(help));
            }
            continue;
        }
        let instead = instead_of(path, checker);
        let instead = instead.filter(|it| !checker.folder.texts.contains_key(it));
        let is_srt = path.to_ascii_lowercase().ends_with(".srt");
        let help = match instead {
            _ if is_srt => "browsers show no SRT: save it as WebVTT beside its film, such as `talk.en.vtt`, with `WEBVTT` and an empty line above all else, and points for the commas in times".to_owned(),
            Some(name) => format!("did you mean `{name}`?"),
            None if let Some(code) = language_of(path) => {
                format!("list `{code}` among `languages` in event.yaml, or remove it")
            }
            None if path.rsplit('.').next().is_some_and(|it| ["md", "txt"].contains(&it)) => {
                "a text is called after its language, such as `en.md`: rename it, or remove it".to_owned()
            }
            None => "show it or link to it in a text of the same folder, name it in the facts beside it, or remove it".to_owned(),
        };
        checker.diagnostics.push(
            Diagnostic::warning("unread-file", path, 0..0, "nothing reads this file").help(help),
        );
    }
}

/// The language that a text is called after.
fn language_of(path: &str) -> Option<&str> {
    let code = path.rsplit('/').next()?.strip_suffix(".md")?;
    (language::english_name(code) != code).then_some(code)
}

/// Whether facts that could not be read may name a picture, a film or a file.
fn may_be_named(path: &str, checker: &Checker<'_>) -> bool {
    let folder = |path: &str| path.split('/').take(2).collect::<Vec<_>>().join("/");
    let is_shared = path.starts_with("media/") || !path.contains('/');
    let mut broken =
        checker.diagnostics.items().iter().filter(|it| {
            it.severity == Severity::Error && it.file.rsplit('.').next() == Some("yaml")
        });
    !checker.folder.texts.contains_key(path)
        && broken.any(|it| is_shared || folder(&it.file) == folder(path))
}

/// Files that belong to the folder although no page shows them.
fn is_known(path: &str) -> bool {
    (path.starts_with("schema/") && path.rsplit('.').next() == Some("json"))
        || path == "permalinks.lock"
        || path == "README.md"
}

/// What the file was probably meant to be called: `project.yml`, `kr.md`, or `motif.svg` as emblems once were.
fn instead_of(path: &str, checker: &Checker<'_>) -> Option<String> {
    let (stem, end) = path.rsplit_once('.')?;
    let (folder, name) = stem.split_at(stem.rfind('/').map_or(0, |slash| slash + 1));
    if name == "motif" && end == "svg" {
        return Some(format!("{folder}emblem.svg"));
    }
    if folder == "about/" {
        return Some(format!("pages/{path}"));
    }
    if end == "yml" {
        return Some(format!("{stem}.yaml"));
    }
    if end == "markdown" {
        return Some(format!("{stem}.md"));
    }
    let code = language::meant(name)?;
    checker.languages.find(code)?;
    let end = if code == name { "md" } else { end };
    Some(format!("{folder}{code}.{end}"))
}

impl Checker<'_> {
    /// A check of one project, which needs nothing of the others and runs beside them.
    fn for_project<'b>(&'b self, diagnostics: &'b mut Diagnostics) -> Checker<'b> {
        Checker {
            folder: self.folder,
            files_with_problems: self.files_with_problems,
            diagnostics,
            languages: self.languages.clone(),
            entries: self.entries,
            drafts: self.drafts,
            draw: self.draw,
            store: self.store,
            font: self.font.clone(),
            read: BTreeSet::new(),
            clock: self.clock.clone(),
            times: Vec::new(),
            parts: Vec::new(),
            aliases: Vec::new(),
            aliases_known: true,
            unknown: Vec::new(),
        }
    }

    /// The old paths that a file names, which is the last that was read.
    fn aliases_of(&self, file: &str) -> Vec<String> {
        let own = self.aliases.iter().rev().take_while(|(it, _)| it == file);
        let mut aliases: Vec<String> = own.map(|(_, it)| it.value.clone()).collect();
        aliases.reverse();
        aliases
    }

    /// The folders that stand in a folder and hold a text.
    fn folders(&self, folder: &str) -> BTreeSet<String> {
        let texts = self.folder.texts.keys().filter_map(|path| {
            let (name, _) = path.strip_prefix(folder)?.strip_prefix('/')?.split_once('/')?;
            Some(name.to_owned())
        });
        texts.collect()
    }

    /// Whether something was said of a file or of the folder that it is in, such as that it cannot be read.
    fn has_problem(&self, file: &str) -> bool {
        let folder = file.rsplit_once('/').map_or(file, |(folder, _)| folder);
        let is_named = |name| self.files_with_problems.contains(name);
        is_named(file)
            || is_named(folder)
            || self.diagnostics.items().iter().any(|it| it.file == file)
    }

    /// Whether a page that is not there may be one of those that could not be read, which has been said.
    fn may_exist(&self, path: &str) -> bool {
        let mut unknown = self.unknown.iter();
        unknown.any(|it| it.starts_with(path) || path.starts_with(it.as_str()))
    }

    /// Whether there is no such file, and not one that cannot be read either.
    fn lacks(&self, file: &str) -> bool {
        !self.folder.texts.contains_key(file) && !self.has_problem(file)
    }

    /// The document of a file, now counted as read; `None` where it cannot be known.
    fn document<T: DeserializeOwned + JsonSchema>(
        &mut self,
        file: &str,
        reader: &Reader<T>,
    ) -> Option<Document<T>> {
        let text = self.text(file)?;
        reader.read(file, &text, &self.languages, self.diagnostics)
    }

    /// The text of a file, now counted as read; where it is empty, that is said.
    fn text(&mut self, file: &str) -> Option<Arc<str>> {
        self.read.insert(file.to_owned());
        let text = self.folder.texts.get(file)?;
        if text.trim().is_empty() {
            self.diagnostics.push(empty_file(file));
            return None;
        }
        Some(Arc::clone(text))
    }
}

/// Warns of texts too wide for the place they are shown in.
fn width(file: &str, node: NodeRef<'_>, key: &str, limit: usize, diagnostics: &mut Diagnostics) {
    for (code, words, span) in node.texts() {
        if words.width() > limit {
            let what = match code {
                "" => key.to_owned(),
                code => format!("{key}: {code}"),
            };
            diagnostics.push(too_long(file, span, &what, words.width(), limit));
        }
    }
}

/// Names the ids of a list that are used twice.
fn unique_ids(file: &str, list: NodeRef<'_>, diagnostics: &mut Diagnostics) {
    let mut seen = BTreeSet::new();
    for id in list.items().map(|it| it.key("id")) {
        if let (Some(text), Some(span)) = (id.text(), id.span())
            && !seen.insert(text)
        {
            diagnostics.push(duplicate_id(file, span, text));
        }
    }
}

fn too_long(
    file: &str,
    span: &Range<usize>,
    what: &str,
    columns: usize,
    limit: usize,
) -> Diagnostic {
    let message = format!("`{what}` is {columns} columns wide, where {limit} have room");
    let help = "shorten it; a letter of Chinese, Japanese or Korean counts as two columns";
    Diagnostic::warning("too-long", file, span, message).help(help)
}

fn duplicate_id(file: &str, span: &Range<usize>, id: &str) -> Diagnostic {
    let message = format!("`{id}` is used twice, so links to it would be ambiguous");
    Diagnostic::error("duplicate-id", file, span, message).help("give one of the two another id")
}

fn empty_file(file: &str) -> Diagnostic {
    Diagnostic::error("empty-file", file, 0..0, "this file is empty")
        .help("write something into it, or remove it")
}

fn missing_file(file: &str, what: &str) -> Diagnostic {
    let message = format!("there is no such file, but the site needs it: {what}");
    Diagnostic::error("missing-file", file, 0..0, message).help(format!("create `{file}`"))
}
