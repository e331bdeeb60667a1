//! Every file of a language, and how it is written once somebody asks for it.

use std::fmt;
use std::sync::Arc;

use askama::Template;
use rayon::prelude::*;

use super::context::{LazyPage, RenderContext};
use super::feeds::{self, atom, calendar, json, manifest, markdown};
use super::head::SitemapEntry;
use super::layout::Context;
use super::pages::{self, pagination};
use super::search::{self, SearchPage};
use super::{Body, Format, Output, Redirect, Rendered, redirect_page};
use crate::language::LanguageId;
use crate::model::files;

/// The plan of a language.
pub(super) struct Plan<'a> {
    /// What is written from.
    pub(super) render_context: &'a Arc<RenderContext>,
    /// The language.
    pub(super) language: LanguageId,
    /// Where the plan goes.
    pub(super) rendered: &'a mut Rendered,
}

impl Plan<'_> {
    fn writing<E: fmt::Debug>(
        &self,
        write: impl Fn(Context<'_>) -> Result<String, E> + Send + Sync + 'static,
    ) -> LazyPage {
        LazyPage::new(self.render_context, self.language, write)
    }

    fn add<E: fmt::Debug>(
        &mut self,
        path: &str,
        format: Format,
        write: impl Fn(Context<'_>) -> Result<String, E> + Send + Sync + 'static,
    ) {
        let body = Body::Written(self.writing(write));
        let prefix = self
            .render_context
            .site_data
            .website
            .languages
            .prefix(self.language);
        self.rendered.outputs.push(Output {
            path: format!("{prefix}{path}"),
            format,
            body,
        });
    }

    /// The pages for readers.
    pub(super) fn pages(&mut self) {
        let language = self.language;
        let site_data = Arc::clone(&self.render_context.site_data);
        let website = &site_data.website;
        let page = Format::Page;
        self.add("/", page, move |it| pages::Home::new(it).render());
        for page_number in 1..=pagination::page_count(website.projects.len()) {
            let path = pagination::path("/projects/", page_number);
            self.add(&path, page, move |it| {
                pages::Projects::new(it, page_number).render()
            });
        }
        self.add("/topics/", page, move |it| pages::Topics::new(it).render());
        self.add("/glossary/", page, move |it| {
            pages::Glossary::new(it).render()
        });
        self.add("/about/", page, move |it| pages::About::new(it).render());
        for (place, project) in website.projects.iter().enumerate() {
            self.add(&project.path(), page, move |it| {
                pages::ProjectPage::new(it, &it.website.projects[place]).render()
            });
        }
        let relations = &site_data.relations;
        for (place, topic) in website.topics.iter().enumerate() {
            for page_number in 1..=pagination::page_count(relations.on(&topic.id).len()) {
                let path = pagination::path(&topic.path(), page_number);
                self.add(&path, page, move |it| {
                    pages::Topic::new(it, &it.website.topics[place], page_number).render()
                });
            }
        }
        self.moved();
        let prefix = website.languages.prefix(language);
        let lost = self.writing(move |it| pages::ErrorPage::not_found(it).render());
        self.rendered.not_found.push((prefix.clone(), lost));
        let refused = self.writing(move |it| pages::ErrorPage::method_not_allowed(it).render());
        self.rendered.method_not_allowed.push((prefix, refused));
    }

    /// What stood elsewhere once.
    fn moved(&mut self) {
        let language = self.language;
        let site_data = Arc::clone(&self.render_context.site_data);
        let website = &site_data.website;
        let prefix = website.languages.prefix(language);
        for (place, project) in website.projects.iter().enumerate() {
            for alias in &project.aliases {
                let page = self.writing(move |it| {
                    redirect_page::RedirectPage::new(it, &it.website.projects[place]).render()
                });
                self.rendered.redirects.push(Redirect {
                    from: format!("{prefix}{alias}"),
                    to: format!("{prefix}{}", project.path()),
                    page,
                });
            }
        }
    }

    /// The same for machines.
    pub(super) fn feeds(&mut self) {
        let site_data = Arc::clone(&self.render_context.site_data);
        let website = &site_data.website;
        self.add(files::FEED, Format::Feed, move |it| atom::feed(it));
        self.add(files::CALENDAR, Format::Calendar, move |it| {
            Ok::<_, fmt::Error>(calendar::calendar(it))
        });
        self.add(files::MANIFEST, Format::Manifest, move |it| {
            manifest::manifest(it)
        });
        if !self.render_context.has_data {
            return;
        }
        self.add(files::PROJECTS, Format::Data, move |it| json::projects(it));
        for (place, project) in website.projects.iter().enumerate() {
            if project.draft {
                continue;
            }
            self.add(&feeds::data_path(project), Format::Data, move |it| {
                json::project(it, &it.website.projects[place])
            });
            self.add(
                &feeds::markdown_path(project),
                Format::Markdown,
                move |it| markdown::project(it, &it.website.projects[place]),
            );
        }
    }

    /// The page that searches.
    pub(super) fn search(&mut self) -> askama::Result<()> {
        let language = self.language;
        self.add(search::PATH, Format::Page, move |it| search::plain(it));
        let prefix = self
            .render_context
            .site_data
            .website
            .languages
            .prefix(language);
        let page = SearchPage::new(self.render_context, language)?;
        let path = format!("{prefix}{}", search::PATH);
        self.rendered.search.push((path, page));
        Ok(())
    }
}

/// The pages of a language that search engines should know.
pub(super) fn listed(context: Context<'_>) -> Vec<SitemapEntry> {
    let (website, relations) = (context.website, context.relations);
    let mut subjects = vec![pages::Home::meta(context)];
    for page_number in 1..=pagination::page_count(website.projects.len()) {
        subjects.push(pages::Projects::meta(context, page_number));
    }
    subjects.push(pages::Topics::meta(context));
    subjects.push(pages::Glossary::meta(context));
    subjects.push(pages::About::meta(context));
    let projects = website.projects.par_iter();
    subjects.par_extend(projects.map(|it| pages::ProjectPage::meta(context, it)));
    for topic in &website.topics {
        for page_number in 1..=pagination::page_count(relations.on(&topic.id).len()) {
            subjects.push(pages::Topic::meta(context, topic, page_number));
        }
    }
    subjects.push(search::meta(context));
    let listed = subjects.par_iter();
    listed
        .filter_map(|meta| SitemapEntry::new(context, meta))
        .collect()
}
