//! The projects: a folder each.

use std::collections::{BTreeSet, HashMap};
use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use rayon::prelude::*;

use super::prose::{self, TextFile};
use super::{Checker, DESCRIPTION, emblems, figures, folder, glyphs, schedule, svg, width};
use crate::content::document::{Document, Reader, is_id};
use crate::content::yaml::{Node, NodeRef, Spanned};
use crate::content::{markdown, samples};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::is_hangul;
use crate::model::routes;
use crate::model::{Project, Question, Topic};

/// Columns of a tagline that fit a line of the programme.
const TAGLINE: usize = 72;
/// Columns of a name that fit a title and a preview card.
const NAME: usize = 90;
/// Topics of one project that its card has room for.
const TOPICS: usize = 3;
/// Steps that can be drawn as stations: neither so few that one fills the page, nor so many that none has room.
const STATIONS: RangeInclusive<usize> = 3..=8;

static READER: LazyLock<Reader<Project>> = LazyLock::new(Reader::new);

/// What projects refer to; `None` where it is not known.
pub(super) struct Known<'a> {
    pub(super) topics: Option<&'a [Topic]>,
    pub(super) questions: Option<&'a [Question]>,
    /// The names of their folders.
    pub(super) people: BTreeSet<String>,
}

/// What checking one project came to, apart from all others.
#[derive(Default)]
struct CheckedProject {
    project: Option<Project>,
    /// Its place in the programme, and where that is written.
    order: Option<Spanned<u32>>,
    texts: Vec<TextFile>,
    diagnostics: Diagnostics,
    read: BTreeSet<String>,
    times: Vec<schedule::Timed>,
    aliases: Vec<(String, Spanned<String>)>,
    /// Whether those are all.
    aliases_known: bool,
}

/// All projects in the order of the programme, checked beside one another.
pub(super) fn check(
    checker: &mut Checker<'_>,
    known: &Known<'_>,
    texts: &mut Vec<TextFile>,
) -> Vec<Project> {
    let slugs = checker.folders(checker.entries.folder());
    let slugs: Vec<String> = slugs.into_iter().collect();
    let shared = &*checker;
    let all = slugs.par_iter().map(|slug| one(shared, slug, known));
    let all: Vec<CheckedProject> = all.collect();
    let mut projects = Vec::with_capacity(slugs.len());
    let mut taken: HashMap<u32, &str> = HashMap::new();
    for (slug, result) in slugs.iter().zip(all) {
        let file = checker.entries.file(slug);
        if let Some(Spanned { value: order, span }) = result.order {
            if let Some(other) = taken.get(&order) {
                let message = format!("place {order} of the programme is taken by `{other}`");
                let help = "give every project a place of its own";
                checker
                    .diagnostics
                    .push(Diagnostic::error("duplicate-order", &file, span, message).help(help));
            } else {
                taken.insert(order, slug);
            }
        }
        checker.diagnostics.append(result.diagnostics);
        checker.read.extend(result.read);
        checker.times.extend(result.times);
        checker.aliases.extend(result.aliases);
        checker.aliases_known &= result.aliases_known;
        texts.extend(result.texts);
        projects.extend(result.project);
    }
    let at = |it: &Project| (it.order.unwrap_or(u32::MAX), it.start.is_none(), it.start);
    projects.sort_by_key(at);
    projects
}

fn one(shared: &Checker<'_>, slug: &str, known: &Known<'_>) -> CheckedProject {
    let mut result = CheckedProject::default();
    let mut checker = shared.for_project(&mut result.diagnostics);
    let file = checker.entries.file(slug);
    let page = routes::project(checker.entries, slug);
    let what = "the facts about it";
    let texts = &mut result.texts;
    let (document, prose) = folder::check(&mut checker, &READER, &file, &page, what, texts);
    let emblem = svg::emblem(&mut checker, &format!("{}/emblem.svg", markdown::folder(&file)));
    if let Some(mut document) = document {
        for (key, is_film) in [("video", true), ("slides", false)] {
            let node = document.tree.key(key);
            let place = prose::material(&mut checker, &file, &page, node, is_film, texts);
            let project = &mut document.value;
            let own = if is_film { &mut project.video } else { &mut project.slides };
            if let Some(own) = own {
                own.place = place;
            }
        }
        if let Some(cover) = &mut document.value.cover {
            let node = document.tree.key("cover");
            let node = if node.text().is_some() { node } else { node.key("file") };
            cover.file.path = prose::picture(&file, &page, node, texts);
        }
        if !document.value.draft && !document.is_omitted("draft") {
            placeholders(&mut checker, &file, slug, &document.tree);
        }
        let Document { value: project, tree, .. } = &document;
        let order = tree.key("order").span().zip(project.order);
        result.order = order.map(|(span, value)| Spanned { value, span: span.clone() });
        facts_of(&file, &document, known, checker.diagnostics);
        schedule::updated(&mut checker, &file, document.tree.key("updated"));
        let speakers = document.tree.key("speakers");
        self::speakers(&mut checker, &file, speakers, &known.people);
        schedule::entry(&mut checker, &file, document.tree.root(), &document.value);
        result.project = document.is_sound.then(|| Project {
            slug: slug.to_owned(),
            entries: shared.entries,
            prose,
            emblem,
            aliases: checker.aliases_of(&file),
            ..document.value
        });
    }
    glyphs::check(&mut checker);
    result.read = checker.read;
    result.times = checker.times;
    result.aliases = checker.aliases;
    result.aliases_known = checker.aliases_known;
    result
}

/// Checks what the type cannot say.
fn facts_of(
    file: &str,
    document: &Document<Project>,
    known: &Known<'_>,
    diagnostics: &mut Diagnostics,
) {
    let Document { value: project, tree, is_partial, .. } = document;
    width(file, tree.key("name"), "name", NAME, diagnostics);
    width(file, tree.key("tagline"), "tagline", TAGLINE, diagnostics);
    width(file, tree.key("standfirst"), "standfirst", DESCRIPTION, diagnostics);
    if let (Some(span), Some(order)) = (tree.key("order").span(), project.order)
        && !(1..=99_999).contains(&order)
    {
        let message = format!("{order} is no place in the programme");
        diagnostics
            .push(Diagnostic::error("out-of-range", file, span, message).help("count from 1"));
    }
    topics(file, tree, known.topics, diagnostics);
    answers(file, tree, known.questions, diagnostics);
    let syllable = tree.key("syllable").key("text");
    if let (Some(text), Some(span)) = (syllable.text(), syllable.span())
        && !matches!(text.chars().collect::<Vec<_>>()[..], [it] if is_hangul(it))
    {
        let message = format!("`{text}` is not one Hangul syllable");
        let help = "write one syllable, such as 봄";
        diagnostics.push(Diagnostic::error("out-of-range", file, span, message).help(help));
    }
    figures::drawings(file, tree, diagnostics);
    figures::check(file, &project.figures, tree, *is_partial, diagnostics);
    stations(file, tree, diagnostics);
    emblems::check(file, tree, diagnostics);
}

fn topics(file: &str, tree: &Node, known: Option<&[Topic]>, diagnostics: &mut Diagnostics) {
    let list = tree.key("topics");
    let count = list.items().count();
    if let Some(span) = list.span()
        && count > TOPICS
    {
        let message = format!("{count} topics are more than the {TOPICS} that have room");
        let help = "name those that the project is really about";
        diagnostics.push(Diagnostic::error("out-of-range", file, span, message).help(help));
    }
    let mut seen = Vec::new();
    // Of very many, the first are enough to say what is wrong.
    for item in list.items().take(5 * TOPICS) {
        let (Some(id), Some(span)) = (item.text(), item.span()) else {
            continue;
        };
        if let Some(known) = known
            && !known.iter().any(|it| it.id == id)
        {
            let message = format!("topics.yaml has no topic `{id}`");
            let known = known.iter().map(|it| it.id.as_str());
            let problem = Diagnostic::error("unknown-topic", file, span, message);
            diagnostics.push_suggesting(problem, id, known);
        } else if seen.contains(&id) {
            let message = format!("the topic `{id}` is listed twice");
            diagnostics
                .push(Diagnostic::error("duplicate-id", file, span, message).help("remove one"));
        }
        seen.push(id);
    }
}

/// Every id of a speaker needs its person, one of the folders that are `known`.
fn speakers(checker: &mut Checker<'_>, file: &str, list: NodeRef<'_>, known: &BTreeSet<String>) {
    for (id, span) in list.items().filter_map(|it| it.text().zip(it.span())) {
        let person = format!("people/{id}/person.yaml");
        if known.contains(id) || checker.has_problem("people/") || checker.has_problem(&person) {
            continue;
        }
        let message = format!("there is no person `{id}` in people/");
        let problem = Diagnostic::error("unknown-person", file, span, message);
        if !is_id(id) {
            let help = format!("write `{{name: {id}}}`, or the name of a folder of people/");
            checker.diagnostics.push(problem.help(help));
        } else if known.is_empty() {
            let help = format!("create `{person}`, or write `{{name: …}}` here");
            checker.diagnostics.push(problem.help(help));
        } else {
            checker.diagnostics.push_suggesting(problem, id, known);
        }
    }
}

/// Every answer needs its question.
fn answers(file: &str, tree: &Node, questions: Option<&[Question]>, diagnostics: &mut Diagnostics) {
    let Some(questions) = questions else {
        return;
    };
    for (id, span) in tree.key("answers").keys() {
        if questions.iter().all(|it| it.id != id) {
            let message = format!("event.yaml asks no question `{id}`");
            let known = questions.iter().map(|it| it.id.as_str());
            let problem = Diagnostic::error("unknown-question", file, span, message);
            diagnostics.push(if questions.is_empty() {
                problem.help(format!("ask it there: `questions: [{{id: {id}, label: …}}]`"))
            } else {
                problem.suggest(id, known)
            });
        }
    }
}

/// Only so many steps are drawn as stations, and only what is drawn has a caption.
fn stations(file: &str, tree: &Node, diagnostics: &mut Diagnostics) {
    let steps = tree.key("steps");
    let count = steps.key("items").items().count();
    match (steps.key("drawing").span(), steps.key("caption").span()) {
        (Some(span), _) if count > 0 && !STATIONS.contains(&count) => {
            let message = format!("{count} steps cannot be drawn as stations");
            let help = "three to eight can: take `drawing` away, or join or divide steps";
            diagnostics.push(Diagnostic::error("out-of-range", file, span, message).help(help));
        }
        (None, Some(span)) if !steps.is_faulty("drawing") => {
            let message = "nothing is drawn that this could explain";
            let help = "write `drawing: stations`, or take `caption` away";
            diagnostics.push(Diagnostic::error("out-of-range", file, span, message).help(help));
        }
        _ => {}
    }
}

/// Warns of what `showcase new` laid down, once readers would see it.
fn placeholders(checker: &mut Checker<'_>, file: &str, slug: &str, tree: &Node) {
    let own = [
        ("tagline", tree.key("tagline"), &samples::TAGLINE[..]),
        ("standfirst", tree.key("standfirst"), &samples::STANDFIRST[..]),
    ];
    let answers = tree.key("answers").values();
    let answers = answers.map(|(_, it)| ("answer", it, &samples::ANSWER[..]));
    let mut problems = Vec::new();
    for (what, node, samples) in own.into_iter().chain(answers) {
        let mut texts = node.texts().filter(|(_, words, _)| samples.contains(words));
        problems.extend(texts.next().map(|(_, _, span)| placeholder(file, span, what)));
    }
    for language in checker.languages.iter() {
        let file = format!("{}/{}.md", markdown::folder(file), checker.languages.code(language));
        let text = checker.folder.texts.get(&file).map_or("", AsRef::as_ref);
        for sample in samples::PARAGRAPHS.as_flattened() {
            let place = text.find(sample).map(|it| it..it + sample.len());
            problems.extend(place.map(|it| placeholder(&file, &it, "paragraph")));
        }
    }
    // An entry may well be called as its folder.
    let mut names = tree.key("name").texts().filter(|(_, words, _)| *words == slug);
    if let Some((_, _, span)) = names.next().filter(|_| !problems.is_empty()) {
        problems.push(placeholder(file, span, "name"));
    }
    for problem in problems {
        checker.diagnostics.push(problem);
    }
}

fn placeholder(file: &str, span: &Range<usize>, what: &str) -> Diagnostic {
    let message = format!("this {what} is still the one that `showcase new` laid down");
    let help = "put the project's own in its place, or keep `draft: true` until then";
    Diagnostic::warning("placeholder", file, span, message).help(help)
}
