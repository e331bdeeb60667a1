//! Every file of a language, and how it is written once somebody asks for it.

use std::fmt;
use std::sync::Arc;

use askama::Template;
use rayon::prelude::*;

use super::edition::{Edition, Writing};
use super::feeds::{self, atom, calendar, json, manifest, markdown};
use super::head::Listed;
use super::layout::Site;
use super::pages::{self, sheets};
use super::search::{self, SearchPage};
use super::{Body, Format, Moved, Output, Rendered, moved};
use crate::language::LanguageId;
use crate::model::files;

/// The plan of a language.
pub(super) struct Plan<'a> {
    /// What is written from.
    pub(super) edition: &'a Arc<Edition>,
    /// The language.
    pub(super) language: LanguageId,
    /// Where the plan goes.
    pub(super) rendered: &'a mut Rendered,
}

impl Plan<'_> {
    fn writing<E: fmt::Debug>(
        &self,
        write: impl Fn(Site<'_>) -> Result<String, E> + Send + Sync + 'static,
    ) -> Writing {
        Writing::new(self.edition, self.language, write)
    }

    fn add<E: fmt::Debug>(
        &mut self,
        path: &str,
        format: Format,
        write: impl Fn(Site<'_>) -> Result<String, E> + Send + Sync + 'static,
    ) {
        let body = Body::Written(self.writing(write));
        let prefix = self.edition.basis.website.languages.prefix(self.language);
        self.rendered.outputs.push(Output {
            path: format!("{prefix}{path}"),
            format,
            body,
        });
    }

    /// The pages for readers.
    pub(super) fn pages(&mut self) {
        let language = self.language;
        let basis = Arc::clone(&self.edition.basis);
        let website = &basis.website;
        let page = Format::Page;
        self.add("/", page, move |it| pages::Home::new(it, language).render());
        for sheet in 1..=sheets::sheets(website.projects.len()) {
            let path = sheets::path("/projects/", sheet);
            self.add(&path, page, move |it| {
                pages::Projects::new(it, language, sheet).render()
            });
        }
        self.add("/topics/", page, move |it| {
            pages::Topics::new(it, language).render()
        });
        self.add("/glossary/", page, move |it| {
            pages::Glossary::new(it, language).render()
        });
        self.add("/about/", page, move |it| {
            pages::About::new(it, language).render()
        });
        for (place, project) in website.projects.iter().enumerate() {
            self.add(&project.path(), page, move |it| {
                pages::ProjectPage::new(it, language, &it.website.projects[place]).render()
            });
        }
        let relations = &basis.relations;
        for (place, topic) in website.topics.iter().enumerate() {
            for sheet in 1..=sheets::sheets(relations.on(&topic.id).len()) {
                let path = sheets::path(&topic.path(), sheet);
                self.add(&path, page, move |it| {
                    pages::Topic::new(it, language, &it.website.topics[place], sheet).render()
                });
            }
        }
        self.moved();
        let prefix = website.languages.prefix(language);
        let lost = self.writing(move |it| pages::Lost::not_found(it, language).render());
        self.rendered.not_found.push((prefix.clone(), lost));
        let refused =
            self.writing(move |it| pages::Lost::method_not_allowed(it, language).render());
        self.rendered.method_not_allowed.push((prefix, refused));
    }

    /// What stood elsewhere once.
    fn moved(&mut self) {
        let language = self.language;
        let basis = Arc::clone(&self.edition.basis);
        let website = &basis.website;
        let prefix = website.languages.prefix(language);
        for (place, project) in website.projects.iter().enumerate() {
            for alias in &project.aliases {
                let page = self.writing(move |it| {
                    moved::MovedPage::new(it, language, &it.website.projects[place]).render()
                });
                self.rendered.redirects.push(Moved {
                    from: format!("{prefix}{alias}"),
                    to: format!("{prefix}{}", project.path()),
                    page,
                });
            }
        }
    }

    /// The same for machines.
    pub(super) fn feeds(&mut self) {
        let language = self.language;
        let basis = Arc::clone(&self.edition.basis);
        let website = &basis.website;
        self.add(files::FEED, Format::Feed, move |it| {
            atom::feed(it, language)
        });
        self.add(files::CALENDAR, Format::Calendar, move |it| {
            Ok::<_, fmt::Error>(calendar::calendar(it, language))
        });
        self.add(files::MANIFEST, Format::Manifest, move |it| {
            manifest::manifest(it, language)
        });
        if !self.edition.has_data {
            return;
        }
        self.add(files::PROJECTS, Format::Data, move |it| {
            json::projects(it, language)
        });
        for (place, project) in website.projects.iter().enumerate() {
            if project.draft {
                continue;
            }
            self.add(&feeds::data_path(project), Format::Data, move |it| {
                json::project(it, language, &it.website.projects[place])
            });
            self.add(
                &feeds::markdown_path(project),
                Format::Markdown,
                move |it| markdown::project(it, language, &it.website.projects[place]),
            );
        }
    }

    /// The page that searches.
    pub(super) fn search(&mut self) -> askama::Result<()> {
        let language = self.language;
        self.add(search::PATH, Format::Page, move |it| {
            search::plain(it, language)
        });
        let prefix = self.edition.basis.website.languages.prefix(language);
        let page = SearchPage::new(self.edition, language)?;
        let path = format!("{prefix}{}", search::PATH);
        self.rendered.search.push((path, page));
        Ok(())
    }
}

/// The pages of a language that search engines should know.
pub(super) fn listed(site: Site<'_>, language: LanguageId) -> Vec<Listed> {
    let (website, relations) = (site.website, site.relations);
    let mut subjects = vec![pages::Home::subject(site, language)];
    for sheet in 1..=sheets::sheets(website.projects.len()) {
        subjects.push(pages::Projects::subject(site, language, sheet));
    }
    subjects.push(pages::Topics::subject(site, language));
    subjects.push(pages::Glossary::subject(site, language));
    subjects.push(pages::About::subject(site, language));
    let projects = website.projects.par_iter();
    subjects.par_extend(projects.map(|it| pages::ProjectPage::subject(site, language, it)));
    for topic in &website.topics {
        for sheet in 1..=sheets::sheets(relations.on(&topic.id).len()) {
            subjects.push(pages::Topic::subject(site, language, topic, sheet));
        }
    }
    subjects.push(search::subject(site, language));
    let listed = subjects.par_iter();
    listed
        .filter_map(|subject| Listed::new(site, language, subject))
        .collect()
}
