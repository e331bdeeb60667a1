//! The pages, a struct each: Rust decides what they say, the templates lay it out.

use askama::Template;

use crate::language::LanguageId;
use crate::model::{Project, Speaker};

use super::feeds::json_ld;
use super::layout::{Context, Layout, PageMeta, shapes};
use super::localized_text::{Article, LocalizedText};

mod home;
mod lists;
pub(super) mod pagination;
mod project;
mod search;

pub(super) use home::{Home, figure_source};
pub(super) use lists::{Glossary, Projects, Topic, Topics};
pub(super) use project::ProjectPage;
pub(super) use search::SearchForm;

/// A link with a name.
#[derive(Clone, Debug)]
pub(super) struct NamedLink<'a> {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub name: LocalizedText<'a>,
}

/// A project as lists show it.
#[derive(Clone, Debug)]
pub(super) struct ProjectSummary<'a> {
    /// Its page.
    pub href: String,
    /// Its name in URLs.
    pub slug: &'a str,
    /// Its place in the programme, with two digits.
    pub number: String,
    /// Its name.
    pub name: LocalizedText<'a>,
    /// The mark of a draft, for one.
    pub draft: Option<&'a str>,
    /// Its full name.
    pub long_name: Option<&'a str>,
    /// One line.
    pub tagline: LocalizedText<'a>,
    /// Its Hangul letter.
    pub syllable: Option<&'a str>,
    /// The letter drawn in two inks.
    pub lettering: Option<&'a str>,
    /// Its emblem.
    pub emblem: &'a str,
    /// Who presented it.
    pub speakers: Vec<Presenter<'a>>,
    /// Its topics.
    pub topics: Vec<NamedLink<'a>>,
    /// What goes on the chain.
    pub on_chain: LocalizedText<'a>,
    /// Who is paid.
    pub paid: LocalizedText<'a>,
}

/// Somebody who presented.
#[derive(Clone, Debug)]
pub(super) struct Presenter<'a> {
    /// The name.
    pub name: LocalizedText<'a>,
    /// What they do.
    pub role: LocalizedText<'a>,
    /// The name as the report writes it, where the page's spelling is this site's own.
    pub reported: Option<&'a str>,
}

impl<'a> Presenter<'a> {
    fn new(context: Context<'a>, speaker: &'a Speaker) -> Self {
        let reported = speaker.name.text(LanguageId::FIRST);
        let name = context.text(&speaker.name);
        let differs = speaker.romanised && name.text != reported;
        Self {
            name,
            role: context.text(&speaker.role),
            reported: differs.then_some(reported),
        }
    }
}

impl<'a> ProjectSummary<'a> {
    fn new(context: Context<'a>, project: &'a Project) -> Self {
        let urls = context.urls();
        let words = |text| context.text(text);
        Self {
            href: urls.project(&project.slug),
            slug: &project.slug,
            number: format!("{:02}", project.order),
            name: words(&project.name),
            draft: draft(context, project),
            long_name: long_name(project, context.language),
            tagline: words(&project.tagline),
            syllable: project.syllable.as_ref().map(|it| it.text.as_str()),
            lettering: lettering(context, project),
            emblem: shapes(project.emblem.as_deref()),
            speakers: speakers(context, project),
            topics: topics(context, project),
            on_chain: words(&project.compare.on_chain),
            paid: words(&project.compare.paid),
        }
    }

    /// The cards of the first so many projects.
    fn first(context: Context<'a>, count: usize) -> Vec<Self> {
        let projects = context.website.projects.iter().take(count);
        projects.map(|it| Self::new(context, it)).collect()
    }

    /// The cards of a row of emblems.
    fn row(context: Context<'a>) -> Vec<Self> {
        Self::first(context, pagination::EMBLEM_ROW)
    }
}

/// The project's Hangul letter, drawn in two inks.
fn lettering<'a>(context: Context<'a>, project: &Project) -> Option<&'a str> {
    context
        .lettering_cache
        .get(&project.syllable.as_ref()?.text)
}

/// The mark of a draft; only a preview is given any.
fn draft<'a>(context: Context<'a>, project: &Project) -> Option<&'a str> {
    let label = &context.labels.site.draft;
    project.draft.then_some(label)
}

/// The full name, unless it only repeats the name.
fn long_name(project: &Project, language: LanguageId) -> Option<&str> {
    let long = project.long_name.as_deref()?;
    (project.name.text(language) != long).then_some(long)
}

fn speakers<'a>(context: Context<'a>, project: &'a Project) -> Vec<Presenter<'a>> {
    let speakers = project.speakers.iter();
    speakers.map(|it| Presenter::new(context, it)).collect()
}

fn topics<'a>(context: Context<'a>, project: &'a Project) -> Vec<NamedLink<'a>> {
    let website = context.website;
    let topics = project.topics.iter().filter_map(|id| website.topic(id));
    topics
        .map(|topic| NamedLink {
            href: context.urls().topic(&topic.id),
            name: context.text(&topic.name),
        })
        .collect()
}

/// The page about sources and method.
#[derive(Debug, Template)]
#[template(path = "about.html")]
pub(super) struct About<'a> {
    /// What surrounds it.
    pub(in crate::render) layout: Layout<'a>,
    projects: Vec<ProjectSummary<'a>>,
    prose: Article<'a>,
    notice: Option<String>,
}

impl<'a> About<'a> {
    /// The page in a language.
    pub(super) fn new(context: Context<'a>) -> Self {
        let website = context.website;
        let prose = Article::new(&website.about, &website.glossary, context.urls());
        let meta = Self::meta(context);
        Self {
            layout: Layout::new(context, &meta).with_data(|layout| json_ld::about(context, layout)),
            projects: ProjectSummary::row(context),
            notice: notice(context, prose.lang),
            prose,
        }
    }

    /// What the page is, without the page.
    pub(super) fn meta(context: Context<'_>) -> PageMeta {
        let website = context.website;
        let labels = &context.labels.about;
        let shown = website.about.get(context.language).language;
        PageMeta {
            path: "/about/".to_owned(),
            title: labels.title.clone(),
            description: labels.description.clone(),
            source: Some(format!("about/{}.md", context.code(shown))),
            written: website.about.languages().collect(),
            updated: website.event.updated.to_string(),
            is_draft: false,
        }
    }
}

/// What is said where a text stands in for one that lacks in the page's language.
fn notice(context: Context<'_>, lang: Option<&str>) -> Option<String> {
    let shown = context.website.languages.find(lang?)?;
    let name = &context.website.labels(shown).language.name;
    let pattern = &context.labels.site.fallback;
    Some(pattern.replace("{language}", name))
}

/// The page for an address that leads nowhere, or is asked in a way it does not answer.
#[derive(Debug, Template)]
#[template(path = "error.html")]
pub(super) struct ErrorPage<'a> {
    /// What surrounds it.
    pub(in crate::render) layout: Layout<'a>,
    digits: [char; 2],
    heading: &'a str,
    text: &'a str,
    projects: Vec<ProjectSummary<'a>>,
}

impl<'a> ErrorPage<'a> {
    /// Nothing is at this address.
    pub(super) fn not_found(context: Context<'a>) -> Self {
        let labels = &context.labels.not_found;
        Self::new(context, ['4', '4'], &labels.title, &labels.text)
    }

    /// The address can only be read.
    pub(super) fn method_not_allowed(context: Context<'a>) -> Self {
        let labels = &context.labels.not_found;
        let (title, text) = (&labels.method_title, &labels.method_text);
        Self::new(context, ['4', '5'], title, text)
    }

    fn new(context: Context<'a>, digits: [char; 2], heading: &'a str, text: &'a str) -> Self {
        Self {
            layout: Layout::without_address(context, heading, text),
            digits,
            heading,
            text,
            projects: ProjectSummary::row(context),
        }
    }
}
