//! The pages, a struct each: Rust decides what they say, the templates lay it out.
//!
//! 1. [`write()`] knows the page of each route.
//! 2. [`home`] with its [`sponsors`], [`lists`], [`schedule`], [`people`] and [`project`] are the pages of the content;
//!    [`search`] answers questions.
//! 3. [`error`] and [`redirect`] are pages that no route leads to.
//! 4. What several of them show is here: projects in lists, presenters, links with names.

use askama::Template;

use super::article::Article;
use super::context::Context;
use super::figures::Owner;
use super::layout::Layout;
use super::localized_text::LocalizedText;
use super::page_meta::PageMeta;
use super::when::When;
use crate::language::{LanguageId, Localized, fill};
use crate::model::routes::{self, Kind, Route};
use crate::model::{Link, Material, Person, Project, Prose, Question, SaidBy, Speaker};
use crate::svg::Svg;

mod error;
mod home;
mod lists;
mod pagination;
mod people;
mod project;
mod redirect;
mod schedule;
mod search;
mod sponsors;

pub(super) use error::ErrorPage;
pub(super) use redirect::RedirectPage;
pub use search::SearchPage;

/// Emblems in a row that only decorates, or stands for many.
const EMBLEM_ROW: usize = 24;

pub(super) fn write(context: Context<'_>, route: &Route) -> askama::Result<String> {
    let meta = PageMeta::new(context, route);
    match route.kind {
        Kind::Projects { page } => lists::ProjectList::new(context, meta, page).render(),
        Kind::Schedule => schedule::Schedule::new(context, meta).render(),
        Kind::People => people::PeopleList::new(context, meta).render(),
        Kind::Person(index) => people::PersonPage::new(context, meta, index).render(),
        Kind::Topics => lists::Topics::new(context, meta).render(),
        Kind::Topic { topic, page } => lists::Topic::new(context, meta, topic, page).render(),
        Kind::Glossary => lists::Glossary::new(context, meta).render(),
        Kind::Page(index) => OwnPage::new(context, meta, index).render(),
        Kind::Search => search::SearchForm::new(context, meta).render(),
        Kind::Project(index) => project::ProjectPage::new(context, meta, index).render(),
        _ => home::Home::new(context, meta).render(),
    }
}

#[derive(Clone, Debug)]
pub(super) struct NamedLink<'a> {
    pub href: String,
    pub name: LocalizedText<'a>,
    /// What it is of, and how large; empty for what is no file.
    pub note: String,
}

impl<'a> NamedLink<'a> {
    fn new(href: String, name: LocalizedText<'a>) -> Self {
        let note = String::new();
        Self { href, name, note }
    }
}

fn links<'a>(context: Context<'a>, links: &'a [Link]) -> Vec<NamedLink<'a>> {
    let links = links.iter();
    let links = links.map(|it| NamedLink::new(it.url.clone(), context.text(&it.title)));
    links.collect()
}

#[derive(Clone, Debug)]
struct ProjectSummary<'a> {
    href: String,
    /// Its name in URLs.
    slug: &'a str,
    /// Its place in the programme, with two digits.
    number: String,
    name: LocalizedText<'a>,
    /// The mark of a draft, for one; only a preview is given any.
    draft: Option<&'a str>,
    /// The mark of one that did not take place, for one.
    cancelled: Option<&'a str>,
    when: Option<When>,
    room: Option<LocalizedText<'a>>,
    long_name: Option<&'a str>,
    tagline: Option<LocalizedText<'a>>,
    syllable: Option<&'a str>,
    /// The letter drawn in two inks.
    lettering: Option<&'a str>,
    emblem: &'a str,
    speakers: Vec<Presenter<'a>>,
    topics: Vec<NamedLink<'a>>,
    /// Recording, slides, and where more is.
    material: Vec<NamedLink<'a>>,
    /// The answers that stand in the list, by the columns; `None` for one that lacks.
    answers: Vec<Option<LocalizedText<'a>>>,
}

impl<'a> ProjectSummary<'a> {
    fn new(context: Context<'a>, project: &'a Project) -> Self {
        let name = context.text(&project.name);
        let syllable = project.syllable.as_ref().map(|it| it.text.as_str());
        let speakers = context.website.speakers(project);
        let topics = context.website.topics_of(project);
        Self {
            href: context.urls().page(&project.path()),
            slug: &project.slug,
            number: format!("{:02}", project.rank),
            name,
            draft: project.draft.then_some(context.labels.site.draft.as_str()),
            cancelled: project.is_cancelled().then_some(context.labels.schedule.cancelled.as_str()),
            when: When::of(context, project),
            room: context.optional_text(project.room.as_ref()),
            // One that only repeats the name is left out.
            long_name: project.long_name.as_deref().filter(|it| *it != name.text),
            tagline: context.optional_text(project.tagline.as_ref()),
            syllable,
            lettering: syllable.and_then(|it| context.lettering_cache.get(it)),
            emblem: project.emblem.as_ref().map_or("", Svg::shapes),
            speakers: speakers
                .map(|(speaker, person)| Presenter::new(context, speaker, person))
                .collect(),
            topics: topics
                .map(|topic| {
                    let href = context.urls().page(&topic.path());
                    NamedLink::new(href, context.text(&topic.name))
                })
                .collect(),
            material: material(context, project, |it| context.urls().material(it)),
            answers: columns(context)
                .map(|question| context.optional_text(project.answers.get(&question.id)))
                .collect(),
        }
    }

    fn first(context: Context<'a>, count: usize) -> Vec<Self> {
        let projects = context.website.projects.iter().take(count);
        projects.map(|it| Self::new(context, it)).collect()
    }

    /// The projects of a row of emblems.
    fn row(context: Context<'a>) -> Vec<Self> {
        Self::first(context, EMBLEM_ROW)
    }
}

/// What there is to watch and read of a project, with the addresses of its own files.
pub(super) fn material<'a>(
    context: Context<'a>,
    project: &'a Project,
    address: impl Fn(&Material) -> String,
) -> Vec<NamedLink<'a>> {
    let labels = &context.labels.project;
    let own = [(&project.video, &labels.video), (&project.slides, &labels.slides)];
    let own = own.into_iter().filter_map(|(material, name)| {
        let material = material.as_ref()?;
        let name = LocalizedText { text: name, lang: None };
        let note = material.file.as_ref().map(|file| {
            let kind = material.place.rsplit('.').next().unwrap_or_default();
            let size = context.labels.numbers.size(file.stamp.length);
            format!("{}, {size}", kind.to_ascii_uppercase())
        });
        Some(NamedLink {
            note: note.unwrap_or_default(),
            ..NamedLink::new(address(material), name)
        })
    });
    own.chain(links(context, &project.links)).collect()
}

/// The pages of all topics.
fn topics(context: Context<'_>) -> impl Iterator<Item = NamedLink<'_>> {
    let topics = context.website.topics.iter();
    topics.map(move |topic| {
        let href = context.urls().page(&topic.path());
        NamedLink::new(href, context.text(&topic.name))
    })
}

/// The questions whose answers stand in the list.
fn columns(context: Context<'_>) -> impl Iterator<Item = &Question> {
    let questions = context.website.event.questions.iter();
    questions.filter(|it| it.place.is_in_table())
}

#[derive(Clone, Debug)]
struct Presenter<'a> {
    name: LocalizedText<'a>,
    role: Option<LocalizedText<'a>>,
    organisation: Option<LocalizedText<'a>>,
    /// The name as it is first written, where the page's spelling is this site's own.
    reported: Option<LocalizedText<'a>>,
    /// Their page or, for somebody without one, what would stand on it.
    href: Option<String>,
    pronouns: Option<LocalizedText<'a>>,
    links: Vec<NamedLink<'a>>,
}

impl<'a> Presenter<'a> {
    fn new(context: Context<'a>, speaker: &'a Speaker, person: Option<&'a Person>) -> Self {
        let name = context.text(&speaker.name);
        let reported = speaker.name.text(LanguageId::FIRST);
        let differs = speaker.romanised && name.text != reported;
        let in_place = person.is_none().then_some(speaker);
        Self {
            name,
            role: context.optional_text(speaker.role.as_ref()),
            organisation: context.optional_text(speaker.organisation.as_ref()),
            reported: differs.then(|| LocalizedText {
                text: reported,
                lang: Some(context.code(LanguageId::FIRST)),
            }),
            href: person.map(|it| context.urls().page(&it.path())),
            pronouns: in_place.and_then(|it| context.optional_text(it.pronouns.as_ref())),
            links: in_place.map_or_else(Vec::new, |it| links(context, &it.links)),
        }
    }
}

/// Who said a figure, by name where the report names somebody.
pub(super) fn figure_source(context: Context<'_>, project: &Project, said_by: SaidBy) -> String {
    let labels = &context.labels.project;
    match (said_by, context.website.speakers(project).next()) {
        (SaidBy::Speaker, Some((speaker, _))) => speaker.name.text(context.language).to_owned(),
        (SaidBy::Speaker, None) => labels.speaker.clone(),
        (SaidBy::Project, _) => context.labels.entries.itself.clone(),
        (SaidBy::Reporter, _) => labels.source.clone(),
    }
}

fn article<'a>(
    context: Context<'a>,
    prose: Option<&'a Localized<Prose>>,
    owner: &Owner<'a>,
) -> Option<Article<'a>> {
    prose.map(|it| Article::new(context, it, owner))
}

/// What is said where a text in another language stands in for one that lacks in the page's.
fn notice(context: Context<'_>, prose: Option<&Article<'_>>) -> Option<String> {
    let shown = context.website.languages.find(prose?.lang?)?;
    let name = &context.website.labels(shown).language.name;
    let pattern = &context.labels.site.fallback;
    Some(fill(pattern, &[("language", name)]))
}

#[derive(Debug, Template)]
#[template(path = "page.html")]
struct OwnPage<'a> {
    layout: Layout<'a>,
    projects: Vec<ProjectSummary<'a>>,
    title: LocalizedText<'a>,
    summary: Option<LocalizedText<'a>>,
    prose: Option<Article<'a>>,
    notice: Option<String>,
    /// Whether it is about the site, and so says where a mistake is reported.
    is_about: bool,
}

impl<'a> OwnPage<'a> {
    fn new(context: Context<'a>, meta: PageMeta, index: usize) -> Self {
        let page = &context.website.pages[index];
        let owner = Owner::page(context, &page.title, &page.folder(), page.text.as_ref());
        let prose = article(context, page.text.as_ref(), &owner);
        Self {
            is_about: meta.path == routes::ABOUT,
            layout: Layout::new(context, meta),
            projects: ProjectSummary::row(context),
            title: context.text(&page.title),
            summary: context.optional_text(page.summary()),
            notice: notice(context, prose.as_ref()),
            prose,
        }
    }
}
