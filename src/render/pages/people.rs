//! The people: all of them, and a page each.

use askama::Template;

use super::super::figures::Owner;
use super::{
    Article, Context, Layout, LocalizedText, NamedLink, PageMeta, Presenter, ProjectSummary,
    article, links, notice,
};
use crate::language::fill;
use crate::model::Person;
use crate::render::figures;

#[derive(Debug, Template)]
#[template(path = "people.html")]
pub(super) struct PeopleList<'a> {
    layout: Layout<'a>,
    projects: Vec<ProjectSummary<'a>>,
    people: Vec<PersonSummary<'a>>,
}

impl<'a> PeopleList<'a> {
    pub(super) fn new(context: Context<'a>, meta: PageMeta) -> Self {
        let people = context.website.people.iter();
        Self {
            layout: Layout::new(context, meta),
            projects: ProjectSummary::row(context),
            people: people.map(|it| PersonSummary::new(context, it)).collect(),
        }
    }
}

#[derive(Debug, Template)]
#[template(path = "person.html")]
pub(super) struct PersonPage<'a> {
    layout: Layout<'a>,
    person: PersonSummary<'a>,
    /// That the spelling of the name is this site's own, and how it is first written.
    romanised: Option<String>,
    pronouns: Option<LocalizedText<'a>>,
    links: Vec<NamedLink<'a>>,
    bio: Option<Article<'a>>,
    notice: Option<String>,
    /// What they presented.
    projects: Vec<ProjectSummary<'a>>,
}

impl<'a> PersonPage<'a> {
    pub(super) fn new(context: Context<'a>, meta: PageMeta, index: usize) -> Self {
        let person = &context.website.people[index];
        let owner = Owner::page(context, &person.who.name, &person.folder(), person.bio.as_ref());
        let bio = article(context, person.bio.as_ref(), &owner);
        let projects = context.relations.by(&person.slug).iter();
        let projects = projects.map(|it| &context.website.projects[*it]);
        let summary = PersonSummary::new(context, person);
        let pattern = &context.labels.project.romanised;
        let written = summary.who.reported.as_ref();
        Self {
            layout: Layout::new(context, meta),
            romanised: written.map(|it| fill(pattern, &[("name", it.text)])),
            person: summary,
            pronouns: context.optional_text(person.who.pronouns.as_ref()),
            links: links(context, &person.who.links),
            notice: notice(context, bio.as_ref()),
            bio,
            projects: projects.map(|it| ProjectSummary::new(context, it)).collect(),
        }
    }
}

#[derive(Debug)]
struct PersonSummary<'a> {
    who: Presenter<'a>,
    /// The mark of somebody whom only a preview shows.
    draft: Option<&'a str>,
    /// As HTML, at the head of their page and in the list.
    portrait: Option<[String; 2]>,
    /// What stands in its place: the emblem of what they presented or, without one, that of the event.
    emblem: &'a str,
}

impl<'a> PersonSummary<'a> {
    fn new(context: Context<'a>, person: &'a Person) -> Self {
        let website = context.website;
        let projects = context.relations.by(&person.slug).iter();
        let mut emblems = projects.filter_map(|it| website.projects[*it].emblem.as_ref());
        let emblem = emblems.next().or(website.event.emblem.as_ref());
        let photo = person.photo.as_ref();
        let portrait = photo.and_then(|it| Some((it.path.as_str(), it.medium.as_ref()?)));
        Self {
            who: Presenter::new(context, &person.who, Some(person)),
            draft: person.is_draft.then_some(&context.labels.site.draft),
            portrait: portrait.map(|(path, medium)| {
                let image = |sizes, is_lazy| {
                    figures::image(context.base_url, path, medium, "", sizes, is_lazy)
                };
                [
                    image("(min-width: 60rem) 33vw, 94vw", false),
                    image("(min-width: 60rem) 17vw, 47vw", true),
                ]
            }),
            emblem: emblem.map_or("", |it| it.shapes()),
        }
    }
}
