//! The search page: as it is without a question, and as it answers one.

use std::sync::Arc;

use askama::Template;

use super::super::context::RenderContext;
use super::{Context, Layout, NamedLink, PageMeta, ProjectSummary};
use crate::language::{LanguageId, Localized, fill};
use crate::model::SearchLabels;
use crate::model::routes::{self, Kind};
use crate::search::{Excerpt, PageKind, Query, SearchResult};

#[derive(Debug, Template)]
#[template(path = "search.html")]
pub(super) struct SearchForm<'a> {
    layout: Layout<'a>,
    projects: Vec<ProjectSummary<'a>>,
    labels: &'a SearchLabels,
    /// The way on from an empty result.
    see_all: &'a str,
    action: String,
    index: String,
    programme: Option<String>,
    /// What there is to begin with.
    topics: Vec<NamedLink<'a>>,
    /// The title of an answer with its place for the question, for the script.
    result_title: String,
    /// The names of the kinds of pages, a line each.
    kinds: String,
    /// What was asked; nothing on the page without a question.
    asked: &'a str,
    /// What to begin from, where nothing is asked yet.
    offers: Vec<Offer<'a>>,
    /// How much was found.
    status: String,
    results: Vec<ResultEntry<'a>>,
}

/// Some of what can be found.
#[derive(Debug)]
struct Offer<'a> {
    title: &'a str,
    links: Vec<OfferedLink<'a>>,
}

#[derive(Debug)]
struct OfferedLink<'a> {
    href: String,
    words: String,
    lang: Option<&'a str>,
}

/// Terms and figures to begin from; of each kind as many as one looks through.
fn offers(context: Context<'_>) -> Vec<Offer<'_>> {
    const SHOWN: usize = 24;
    let (website, labels, urls) = (context.website, context.labels, context.urls());
    let link = |path: &str, name: &'_ Localized<String>, before: &str| {
        let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
        let mark = if fragment.is_empty() { "" } else { "#" };
        let language = name.get(context.language).language;
        OfferedLink {
            href: format!("{}{mark}{fragment}", urls.page(path)),
            words: format!("{before}{}", name.text(context.language)),
            lang: (language != context.language).then(|| context.code(language)),
        }
    };
    let terms = website.glossary.iter().take(SHOWN);
    let figures = website.published().filter_map(|project| {
        let figure = project.figures.first()?;
        let number = labels.numbers.quantity(&figure.quantity);
        let path = format!("{}#figure-{}", project.path(), figure.id);
        Some(link(&path, &figure.label, &format!("{number} · ")))
    });
    let offers = [
        (
            &labels.site.glossary,
            terms.map(|it| link(&routes::term(&it.id), &it.name, "")).collect(),
        ),
        (&labels.home.figures, figures.take(SHOWN / 2).collect::<Vec<_>>()),
    ];
    let offers = offers.into_iter().map(|(title, links)| Offer { title, links });
    offers.filter(|it| !it.links.is_empty()).collect()
}

/// One result.
#[derive(Debug)]
struct ResultEntry<'a> {
    href: String,
    /// What the page is, and in which language if not the reader's.
    kind: String,
    kind_name: &'static str,
    icon: &'a str,
    /// The language of the page, where it is not the reader's; so for title and excerpt.
    lang: Option<&'a str>,
    title_lang: Option<&'a str>,
    title: &'a Excerpt,
    excerpt_lang: Option<&'a str>,
    excerpt: &'a Excerpt,
    part: Option<PartLink<'a>>,
}

#[derive(Debug)]
struct PartLink<'a> {
    href: String,
    name: &'a Excerpt,
}

impl<'a> SearchForm<'a> {
    pub(super) fn new(context: Context<'a>, meta: PageMeta) -> Self {
        let labels = context.labels;
        let urls = context.urls();
        let brand = context.website.event.name.text(context.language);
        let title = &labels.site.title;
        let list = routes::projects(context.website.event.entries);
        let values = [("title", &*labels.search.result_title), ("site", brand)];
        Self {
            layout: Layout::new(context, meta),
            projects: ProjectSummary::row(context),
            labels: &labels.search,
            see_all: &labels.entries.see_all,
            action: urls.page(routes::SEARCH),
            index: urls.page(routes::SEARCH_INDEX),
            programme: context.has(&list).then(|| urls.page(&list)),
            topics: super::topics(context).collect(),
            result_title: fill(title, &values),
            kinds: kinds(context).join("\n"),
            asked: "",
            offers: offers(context),
            status: String::new(),
            results: Vec::new(),
        }
    }
}

/// The search page of one language, which answers.
#[derive(Clone, Debug)]
pub struct SearchPage {
    render_context: Arc<RenderContext>,
    language: LanguageId,
}

impl SearchPage {
    pub(in crate::render) fn new(
        render_context: &Arc<RenderContext>,
        language: LanguageId,
    ) -> Self {
        Self { render_context: Arc::clone(render_context), language }
    }

    /// Gathers what can be found, for the pages of all languages; the work of about a second for ten thousand projects.
    pub fn prepare(&self) {
        self.render_context.index();
    }

    /// The whole page that answers a question; `query` is that of an address as it came, without its `?`. Nothing
    /// where it asks nothing.
    pub fn answer(&self, query: &str) -> Option<Vec<u8>> {
        let asked = Query::new(&parameter(query, "q")?);
        if asked.text.is_empty() {
            return None;
        }
        let (text, is_cut) = (asked.text.clone(), asked.cut);
        let context = self.render_context.context(self.language);
        let labels = &context.labels.search;
        let index = self.render_context.index();
        let found = index.find(context.website, asked, self.language);
        let (shown, total) = (found.results.len(), found.total);
        let mut status = match total {
            0 => vec![labels.none.clone()],
            _ => vec![labels.count.replace("{n}", &total.to_string())],
        };
        if found.is_partial && total > 0 {
            status.push(labels.some.clone());
        }
        if total > shown {
            status.push(labels.first.replace("{n}", &shown.to_string()));
        }
        if is_cut {
            status.push(labels.cut.clone());
        }
        let is_search = |it: &&routes::Route| it.kind == Kind::Search;
        let route = context.routes.iter().find(is_search)?;
        let meta = PageMeta {
            title: fill(&labels.result_title, &[("q", &text)]),
            // Search engines are told nothing of an answer: its question could be anything.
            canonical: None,
            ..PageMeta::new(context, route)
        };
        let results = found.results.iter();
        let mut page = SearchForm {
            asked: &text,
            offers: Vec::new(),
            status: fill(&status.join(" "), &[("q", &text)]),
            results: results.map(|it| result(context, it)).collect(),
            ..SearchForm::new(context, meta)
        };
        for link in &mut page.layout.language_links {
            let question = form_urlencoded::byte_serialize(text.as_bytes());
            link.href.push_str("?q=");
            link.href.extend(question);
        }
        page.render().ok().map(String::into_bytes)
    }
}

fn result<'a>(context: Context<'a>, found: &'a SearchResult) -> ResultEntry<'a> {
    let page = &found.page;
    let link = |path: &str| context.base_url.link(path);
    let lang =
        |language: LanguageId| (language != context.language).then(|| context.code(language));
    let mut kind = kinds(context)[page.kind as usize].to_owned();
    if page.language != context.language {
        kind.push_str(" · ");
        kind.push_str(&context.website.labels(page.language).language.name);
    }
    ResultEntry {
        href: link(&page.path),
        kind,
        kind_name: kind_name(page.kind),
        icon: &page.icon,
        lang: lang(page.language),
        title_lang: lang(found.title.language),
        title: &found.title,
        excerpt_lang: lang(found.excerpt.language),
        excerpt: &found.excerpt,
        part: found.section.as_ref().map(|part| PartLink {
            href: link(&format!("{}#{}", page.path, part.fragment)),
            name: &part.name,
        }),
    }
}

/// What the kinds of pages are called, in the order of [`PageKind`].
fn kinds(context: Context<'_>) -> [&str; 8] {
    let labels = context.labels;
    let search = &labels.search;
    [
        &labels.site.home,
        &labels.entries.one,
        &labels.people.one,
        &search.topic,
        &search.term,
        &labels.site.about,
        &labels.schedule.title,
        &search.page,
    ]
}

fn kind_name(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Recap => "recap",
        PageKind::Project => "project",
        PageKind::Person => "person",
        PageKind::Topic => "topic",
        PageKind::Term => "term",
        PageKind::About => "about",
        PageKind::Schedule => "schedule",
        PageKind::Page => "page",
    }
}

/// A parameter of a query as forms write it (WHATWG URL, section 5.1); bytes that are no UTF-8 are replaced.
fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let found = pairs.find(|(known, _)| known == name);
    found.map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::parameter;

    #[test]
    fn a_question_is_read_as_forms_write_it() {
        let asked = |query: &str| parameter(query, "q").expect("a question");
        assert_eq!(asked("a=1&q=%EC%B2%B4+%EC%9D%B8&q=2"), "체 인");
        assert_eq!(asked("q"), "");
        assert_eq!(asked("q=100%&b"), "100%");
        assert_eq!(asked("q=%zz%4"), "%zz%4");
        assert_eq!(asked("q=%ff"), "\u{fffd}");
        assert_eq!(parameter("qq=1", "q"), None);
    }
}
