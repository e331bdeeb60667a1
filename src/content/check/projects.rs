//! The projects: a folder each.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::Checker;
use super::figures;
use super::file_context::{FileContext, is_id};
use super::glyphs;
use super::memory::{self, Memory};
use super::prose::{self, TextFile};
use super::steps;
use super::svg;
use crate::content::problems;
use crate::content::raw;
use crate::content::samples;
use crate::content::yaml::{OmittedKey, Spanned};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::Localized;
use crate::model::{Comparison, Glance, Project, Prose, Speaker, Syllable, Topic};

/// The place of the file as a whole.
const WHOLE: Range<usize> = 0..0;
/// Columns of a tagline that fit a line of the programme.
const TAGLINE: usize = 72;
/// Columns of a description that search results show.
const DESCRIPTION: usize = 170;
/// Columns of a name that fit a title and a preview card.
const NAME: usize = 40;
/// Topics of one project that its card has room for.
const TOPICS: usize = 3;
/// More old paths than this are a mistake.
const ALIASES: usize = 50;

/// What checking one project came to, apart from all others.
#[derive(Debug)]
pub(in crate::content) struct CheckedProject {
    project: Option<Arc<Project>>,
    /// Its place in the programme, and where that is written.
    order: Option<Spanned<u32>>,
    texts: Vec<Arc<TextFile>>,
    diagnostics: Vec<Diagnostic>,
    omitted: Vec<(String, OmittedKey)>,
    read: BTreeSet<String>,
    aliases: Vec<(String, Spanned<String>)>,
    aliases_known: bool,
}

/// All projects in the order of the programme.
pub(super) fn check(
    checker: &mut Checker<'_>,
    topics: Option<&[Topic]>,
    texts: &mut Vec<Arc<TextFile>>,
    memory: &mut Memory,
) -> Vec<Arc<Project>> {
    let slugs: Vec<String> = slugs(checker).into_iter().collect();
    let common = memory::Common::new(checker, topics);
    let all = memory.recall(
        &common,
        (checker.folder, checker.files_with_problems),
        &slugs,
        |slug| {
            let mut diagnostics = Diagnostics::default();
            let mut for_project = checker.for_project(&mut diagnostics);
            let mut checked = one(&mut for_project, slug, topics);
            glyphs::check(&mut for_project);
            checked.omitted = for_project.omitted;
            checked.read = for_project.read;
            checked.diagnostics = diagnostics.items().to_vec();
            checked
        },
    );
    let mut projects = Vec::with_capacity(slugs.len());
    let mut places: HashMap<u32, String> = HashMap::new();
    for (slug, checked) in slugs.iter().zip(all) {
        if let Some(order) = &checked.order {
            match places.get(&order.value) {
                Some(other) => {
                    let file = format!("projects/{slug}/project.yaml");
                    let problem = problems::duplicate_order(&file, &order.span, order.value, other);
                    checker.diagnostics.push(problem);
                }
                None => drop(places.insert(order.value, slug.clone())),
            }
        }
        for diagnostic in &checked.diagnostics {
            checker.diagnostics.push(diagnostic.clone());
        }
        checker.omitted.extend_from_slice(&checked.omitted);
        checker.read.extend(checked.read.iter().cloned());
        checker.aliases.extend_from_slice(&checked.aliases);
        checker.aliases_known &= checked.aliases_known;
        texts.extend_from_slice(&checked.texts);
        projects.extend(checked.project.clone());
    }
    projects.sort_by_key(|project| project.order);
    projects
}

/// Checks one project.
fn one(checker: &mut Checker<'_>, slug: &str, topics: Option<&[Topic]>) -> CheckedProject {
    let file = format!("projects/{slug}/project.yaml");
    if !is_id(slug) {
        checker
            .diagnostics
            .push(problems::invalid_id(&file, &WHOLE, slug));
    }
    let mut texts = Vec::new();
    let prose = prose::check(
        checker,
        &format!("projects/{slug}"),
        &format!("/projects/{slug}/"),
        &mut texts,
    );
    let emblem_file = format!("projects/{slug}/emblem.svg");
    let emblem = emblem(checker, &emblem_file);
    let mut checked = CheckedProject {
        project: None,
        order: None,
        texts,
        diagnostics: Vec::new(),
        omitted: Vec::new(),
        read: BTreeSet::new(),
        aliases: Vec::new(),
        aliases_known: false,
    };
    let Some(text) = checker.text(&file, "the project's facts") else {
        return checked;
    };
    let drawn = checker.folder.texts.get(&emblem_file).cloned();
    let mut context = checker.file_context(&file);
    let Some(mut raw) = context.read::<raw::Project>(&text) else {
        return checked;
    };
    checked.order.clone_from(&raw.order);
    checked.aliases_known = !context.is_omitted("aliases", &WHOLE);
    let aliases = aliases(&mut context, raw.aliases.take().unwrap_or_default());
    placeholders(&mut context, &raw, slug, drawn.as_deref());
    let project = project(&mut context, raw, topics, slug);
    checked.project = project.zip(prose).map(|(project, prose)| {
        Arc::new(Project {
            prose,
            emblem,
            aliases: aliases.iter().map(|it| it.value.clone()).collect(),
            ..project
        })
    });
    let named = aliases.into_iter().map(|alias| (file.clone(), alias));
    checked.aliases = named.collect();
    checked
}

/// Warns of what `showcase new` laid down, once readers would see it.
fn placeholders(
    context: &mut FileContext<'_>,
    raw: &raw::Project,
    slug: &str,
    drawn: Option<&str>,
) {
    if raw.draft.as_ref().is_some_and(|it| it.value) || context.is_omitted("draft", &WHOLE) {
        return;
    }
    for (texts, what, samples) in [
        (&raw.name, "name", &[slug][..]),
        (&raw.tagline, "tagline", &samples::TAGLINE),
        (&raw.standfirst, "standfirst", &samples::STANDFIRST),
    ] {
        for (_, text) in texts.iter().flat_map(|it| &it.value.0) {
            if samples.contains(&text.value.as_str()) {
                let problem = problems::placeholder(&context.file, &text.span, what);
                context.push(problem);
            }
        }
    }
    if drawn == Some(samples::EMBLEM) {
        let file = format!("projects/{slug}/emblem.svg");
        context.push(problems::placeholder(&file, &WHOLE, "drawing"));
    }
}

/// The folders below `projects/`.
pub(super) fn slugs(checker: &Checker<'_>) -> BTreeSet<String> {
    let texts = checker.folder.texts.keys().filter_map(|path| {
        let (slug, _) = path.strip_prefix("projects/")?.split_once('/')?;
        Some(slug.to_owned())
    });
    texts.collect()
}

/// The checked drawing, if there is one.
pub(super) fn emblem(checker: &mut Checker<'_>, file: &str) -> Option<String> {
    let text = checker.folder.texts.get(file)?.clone();
    checker.read.insert(file.to_owned());
    svg::check(file, &text, svg::EMBLEM_LIMIT, checker.diagnostics)
}

fn project(
    context: &mut FileContext<'_>,
    raw: raw::Project,
    known: Option<&[Topic]>,
    slug: &str,
) -> Option<Project> {
    context.width(&raw.name, "name", NAME);
    context.width(&raw.tagline, "tagline", TAGLINE);
    context.width(&raw.standfirst, "standfirst", DESCRIPTION);
    let order = context.needed(raw.order, "order", &WHOLE);
    if let Some(order) = &order
        && !(1..=99_999).contains(&order.value)
    {
        let problem = problems::out_of_range(
            &context.file,
            &order.span,
            format!("{} is no place in the programme", order.value),
            "count from 1",
        );
        context.push(problem);
    }
    let name = context.text(raw.name, "name", &WHOLE);
    let long_name = context.optional_word(raw.long_name, "long_name");
    let people = context
        .needed(raw.speakers, "speakers", &WHOLE)
        .unwrap_or_default();
    let speakers: Vec<_> = people.into_iter().map(|it| speaker(context, it)).collect();
    let topics = topics(context, raw.topics, known);
    let tagline = context.text(raw.tagline, "tagline", &WHOLE);
    let standfirst = context.text(raw.standfirst, "standfirst", &WHOLE);
    let syllable = raw.syllable.map(|it| syllable(context, it));
    let glance = context.needed(raw.glance, "glance", &WHOLE);
    let glance = glance.and_then(|it| glance_texts(context, it));
    let compare = context.needed(raw.compare, "compare", &WHOLE);
    let compare = compare.and_then(|it| comparison(context, it));
    let figures = raw.figures.unwrap_or_default();
    figures::drawings(context, &figures);
    let figures = figures::check(context, figures);
    let steps = raw.steps.map(|it| steps::check(context, it));
    let updated = context.needed_date(raw.updated, "updated", &WHOLE);
    Some(Project {
        slug: slug.to_owned(),
        order: order?.value,
        name: name?,
        long_name: long_name.map(|it| it.value),
        speakers: speakers.into_iter().collect::<Option<_>>()?,
        topics,
        tagline: tagline?,
        standfirst: standfirst?,
        syllable: match syllable {
            Some(syllable) => Some(syllable?),
            None => None,
        },
        glance: glance?,
        compare: compare?,
        figures,
        steps: match steps {
            Some(steps) => Some(steps?),
            None => None,
        },
        // The caller has these from other files.
        prose: Localized::new(vec![Some(Prose::default())])?,
        emblem: None,
        aliases: Vec::new(),
        draft: raw.draft.is_some_and(|it| it.value),
        updated: updated?,
    })
}

fn speaker(context: &mut FileContext<'_>, raw: Spanned<raw::Speaker>) -> Option<Speaker> {
    let Spanned { value: raw, span } = raw;
    let name = context.text(raw.name, "name", &span);
    let role = context.text(raw.role, "role", &span);
    Some(Speaker {
        name: name?,
        role: role?,
        romanised: raw.romanised.is_some_and(|it| it.value),
    })
}

fn topics(
    context: &mut FileContext<'_>,
    raw: Option<Spanned<Vec<Spanned<String>>>>,
    known: Option<&[Topic]>,
) -> Vec<String> {
    let mut topics: Vec<String> = Vec::new();
    let ids = known.map(|all| {
        all.iter()
            .map(|topic| topic.id.as_str())
            .collect::<Vec<_>>()
    });
    let Some(raw) = context.needed(raw, "topics", &WHOLE) else {
        return topics;
    };
    if !(1..=TOPICS).contains(&raw.value.len()) {
        let message = format!("{} topics are not one to {TOPICS}", raw.value.len());
        let help = "name those that the project is really about";
        let problem = problems::out_of_range(&context.file, &raw.span, message, help);
        context.push(problem);
    }
    for topic in raw.value {
        if let Some(ids) = &ids
            && !ids.contains(&topic.value.as_str())
        {
            let problem = problems::unknown_topic(&context.file, &topic.span, &topic.value, ids);
            context.push(problem);
        } else if topics.contains(&topic.value) {
            let problem = problems::duplicate_topic(&context.file, &topic.span, &topic.value);
            context.push(problem);
        } else {
            topics.push(topic.value);
        }
    }
    topics
}

fn syllable(context: &mut FileContext<'_>, raw: Spanned<raw::Syllable>) -> Option<Syllable> {
    let Spanned { value: raw, span } = raw;
    let text = context.word(raw.text, "text", &span);
    let reading = context.word(raw.reading, "reading", &span);
    let meaning = context.text(raw.meaning, "meaning", &span);
    if let Some(text) = &text
        && !matches!(text.value.chars().collect::<Vec<_>>()[..], ['가'..='힣'])
    {
        let message = format!("`{}` is not one Hangul syllable", text.value);
        let help = "write one syllable, such as 짬";
        let problem = problems::out_of_range(&context.file, &text.span, message, help);
        context.push(problem);
    }
    Some(Syllable {
        text: text?.value,
        reading: reading?.value,
        meaning: meaning?,
    })
}

fn glance_texts(context: &mut FileContext<'_>, raw: Spanned<raw::Glance>) -> Option<Glance> {
    let Spanned { value: raw, span } = raw;
    let problem = context.text(raw.problem, "problem", &span);
    let idea = context.text(raw.idea, "idea", &span);
    let why = context.text(raw.why, "why", &span);
    let audience = context.text(raw.audience, "audience", &span);
    Some(Glance {
        problem: problem?,
        idea: idea?,
        why: why?,
        audience: audience?,
    })
}

fn comparison(context: &mut FileContext<'_>, raw: Spanned<raw::Comparison>) -> Option<Comparison> {
    let Spanned { value: raw, span } = raw;
    let on_chain = context.text(raw.on_chain, "on_chain", &span);
    let paid = context.text(raw.paid, "paid", &span);
    Some(Comparison {
        on_chain: on_chain?,
        paid: paid?,
    })
}

fn aliases(context: &mut FileContext<'_>, raw: Vec<Spanned<String>>) -> Vec<Spanned<String>> {
    if raw.len() > ALIASES {
        let message = format!("{} aliases are more than the {ALIASES} allowed", raw.len());
        let help = "keep those that somebody may still have";
        let problem = problems::out_of_range(&context.file, &raw[ALIASES].span, message, help);
        context.push(problem);
    }
    let mut aliases = Vec::new();
    for alias in raw {
        let inner = alias
            .value
            .strip_prefix('/')
            .and_then(|it| it.strip_suffix('/'));
        if inner.is_some_and(|it| it.split('/').all(is_segment)) {
            aliases.push(alias);
        } else {
            let problem = problems::invalid_alias(&context.file, &alias.span, &alias.value);
            context.push(problem);
        }
    }
    aliases
}

/// A part of a path that needs no escape and leads nowhere else; old paths may hold Hangul.
fn is_segment(segment: &str) -> bool {
    !segment.is_empty()
        && !matches!(segment, "." | "..")
        && segment
            .chars()
            .all(|it| it.is_alphanumeric() || "-_.".contains(it))
}
