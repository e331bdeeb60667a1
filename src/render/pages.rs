//! The pages, a struct each: Rust decides what they say, the templates lay it out.

use askama::Template;

use crate::language::LanguageId;
use crate::model::{Project, Speaker};

use super::feeds::json_ld;
use super::layout::{Frame, Site, Subject, shapes};
use super::words::{ProseHtml, Words};

mod home;
mod lists;
mod project;
mod search;
pub(super) mod sheets;

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
    pub name: Words<'a>,
}

/// A project as lists show it.
#[derive(Clone, Debug)]
pub(super) struct Card<'a> {
    /// Its page.
    pub href: String,
    /// Its name in URLs.
    pub slug: &'a str,
    /// Its place in the programme, with two digits.
    pub number: String,
    /// Its name.
    pub name: Words<'a>,
    /// The mark of a draft, for one.
    pub draft: Option<&'a str>,
    /// Its full name.
    pub long_name: Option<&'a str>,
    /// One line.
    pub tagline: Words<'a>,
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
    pub on_chain: Words<'a>,
    /// Who is paid.
    pub paid: Words<'a>,
}

/// Somebody who presented.
#[derive(Clone, Debug)]
pub(super) struct Presenter<'a> {
    /// The name.
    pub name: Words<'a>,
    /// What they do.
    pub role: Words<'a>,
    /// The name as the report writes it, where the page's spelling is this site's own.
    pub reported: Option<&'a str>,
}

impl<'a> Presenter<'a> {
    fn new(site: Site<'a>, language: LanguageId, speaker: &'a Speaker) -> Self {
        let languages = &site.website.languages;
        let reported = speaker.name.text(LanguageId::FIRST);
        let name = Words::new(&speaker.name, language, languages);
        let differs = speaker.romanised && name.text != reported;
        Self {
            name,
            role: Words::new(&speaker.role, language, languages),
            reported: differs.then_some(reported),
        }
    }
}

impl<'a> Card<'a> {
    fn new(site: Site<'a>, language: LanguageId, project: &'a Project) -> Self {
        let addresses = site.addresses(language);
        let words = |text| Words::new(text, language, &site.website.languages);
        Self {
            href: addresses.project(&project.slug),
            slug: &project.slug,
            number: format!("{:02}", project.order),
            name: words(&project.name),
            draft: draft(site, language, project),
            long_name: long_name(project, language),
            tagline: words(&project.tagline),
            syllable: project.syllable.as_ref().map(|it| it.text.as_str()),
            lettering: lettering(site, project),
            emblem: shapes(project.emblem.as_deref()),
            speakers: speakers(site, language, project),
            topics: topics(site, language, project),
            on_chain: words(&project.compare.on_chain),
            paid: words(&project.compare.paid),
        }
    }

    /// The cards of the first so many projects.
    fn first(site: Site<'a>, language: LanguageId, count: usize) -> Vec<Self> {
        let projects = site.website.projects.iter().take(count);
        projects.map(|it| Self::new(site, language, it)).collect()
    }

    /// The cards of a row of emblems.
    fn row(site: Site<'a>, language: LanguageId) -> Vec<Self> {
        Self::first(site, language, sheets::ROW)
    }
}

/// The project's Hangul letter, drawn in two inks.
fn lettering<'a>(site: Site<'a>, project: &Project) -> Option<&'a str> {
    site.letters.get(&project.syllable.as_ref()?.text)
}

/// The mark of a draft; only a preview is given any.
fn draft<'a>(site: Site<'a>, language: LanguageId, project: &Project) -> Option<&'a str> {
    let label = &site.website.labels(language).site.draft;
    project.draft.then_some(label)
}

/// The full name, unless it only repeats the name.
fn long_name(project: &Project, language: LanguageId) -> Option<&str> {
    let long = project.long_name.as_deref()?;
    (project.name.text(language) != long).then_some(long)
}

fn speakers<'a>(site: Site<'a>, language: LanguageId, project: &'a Project) -> Vec<Presenter<'a>> {
    let speakers = project.speakers.iter();
    speakers
        .map(|it| Presenter::new(site, language, it))
        .collect()
}

fn topics<'a>(site: Site<'a>, language: LanguageId, project: &'a Project) -> Vec<NamedLink<'a>> {
    let website = site.website;
    let topics = project.topics.iter().filter_map(|id| website.topic(id));
    topics
        .map(|topic| NamedLink {
            href: site.addresses(language).topic(&topic.id),
            name: Words::new(&topic.name, language, &website.languages),
        })
        .collect()
}

/// The page about sources and method.
#[derive(Debug, Template)]
#[template(path = "about.html")]
pub(super) struct About<'a> {
    /// What surrounds it.
    pub(in crate::render) frame: Frame<'a>,
    cards: Vec<Card<'a>>,
    prose: ProseHtml<'a>,
    notice: Option<String>,
}

impl<'a> About<'a> {
    /// The page in a language.
    #[must_use]
    pub(super) fn new(site: Site<'a>, language: LanguageId) -> Self {
        let website = site.website;
        let prose = ProseHtml::new(&website.about, &website.glossary, site.addresses(language));
        let subject = Self::subject(site, language);
        Self {
            frame: Frame::new(site, language, &subject)
                .with_data(|frame| json_ld::about(site, language, frame)),
            cards: Card::row(site, language),
            notice: notice(site, language, prose.lang),
            prose,
        }
    }

    /// What the page is, without the page.
    #[must_use]
    pub(super) fn subject(site: Site<'_>, language: LanguageId) -> Subject {
        let website = site.website;
        let labels = &website.labels(language).about;
        let shown = website.about.get(language).language;
        Subject {
            path: "/about/".to_owned(),
            title: labels.title.clone(),
            description: labels.description.clone(),
            source: Some(format!("about/{}.md", site.code(shown))),
            written: website.about.languages().collect(),
            updated: website.event.updated.to_string(),
            is_draft: false,
        }
    }
}

/// What is said where a text stands in for one that lacks in the page's language.
fn notice(site: Site<'_>, language: LanguageId, lang: Option<&str>) -> Option<String> {
    let shown = site.website.languages.find(lang?)?;
    let name = &site.website.labels(shown).language.name;
    let pattern = &site.website.labels(language).site.fallback;
    Some(pattern.replace("{language}", name))
}

/// The page for an address that leads nowhere, or is asked in a way it does not answer.
#[derive(Debug, Template)]
#[template(path = "error.html")]
pub(super) struct Lost<'a> {
    /// What surrounds it.
    pub(in crate::render) frame: Frame<'a>,
    digits: [char; 2],
    heading: &'a str,
    text: &'a str,
    cards: Vec<Card<'a>>,
}

impl<'a> Lost<'a> {
    /// Nothing is at this address.
    #[must_use]
    pub(super) fn not_found(site: Site<'a>, language: LanguageId) -> Self {
        let labels = &site.website.labels(language).not_found;
        Self::new(site, language, ['4', '4'], &labels.title, &labels.text)
    }

    /// The address can only be read.
    #[must_use]
    pub(super) fn method_not_allowed(site: Site<'a>, language: LanguageId) -> Self {
        let labels = &site.website.labels(language).not_found;
        let (title, text) = (&labels.method_title, &labels.method_text);
        Self::new(site, language, ['4', '5'], title, text)
    }

    fn new(
        site: Site<'a>,
        language: LanguageId,
        digits: [char; 2],
        heading: &'a str,
        text: &'a str,
    ) -> Self {
        Self {
            frame: Frame::without_address(site, language, heading, text),
            digits,
            heading,
            text,
            cards: Card::row(site, language),
        }
    }
}
