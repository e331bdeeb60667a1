//! The search page, and how it answers a question.
//!
//! The page is rendered twice while the site is built: once as it is without a question, and once with a sign in
//! each place that depends on the question. An answer puts the results there, and needs nothing of the content but
//! the index.

use std::fmt::Write as _;
use std::sync::Arc;

use askama::Template;

use super::context::RenderContext;
use super::feeds::json_ld;
use super::layout::{Context, PageMeta};
use super::pages::SearchForm;
use crate::diagnostic::escape_html;
use crate::language::LanguageId;
use crate::search::{Excerpt, PageKind, Query, SearchResult};

/// The path of the search page, without a language.
pub(super) const PATH: &str = "/search/";

/// The path of the index that the script reads.
pub(super) const INDEX: &str = "/search.json";

/// What stands in the page where an answer puts something: characters that no text may hold.
#[derive(Debug, Default)]
pub(super) struct Placeholders {
    /// The question.
    pub asked: &'static str,
    /// How much was found.
    pub status: &'static str,
    /// The results.
    pub results: &'static str,
}

const ASKED: char = '\u{fdd0}';
const STATUS: char = '\u{fdd1}';
const RESULTS: char = '\u{fdd2}';
/// The question at the end of an address.
const QUERY: char = '\u{fdd3}';

/// The search page of one language, ready to answer.
#[derive(Clone, Debug)]
pub struct SearchPage {
    render_context: Arc<RenderContext>,
    language: LanguageId,
    /// The page with the signs in it.
    template: String,
}

/// What the search page is, without the page.
pub(super) fn meta(context: Context<'_>) -> PageMeta {
    let website = context.website;
    let labels = &context.labels.search;
    PageMeta {
        path: PATH.to_owned(),
        title: labels.title.clone(),
        description: labels.description.clone(),
        source: None,
        written: website.languages.iter().collect(),
        updated: context.updated.to_owned(),
        is_draft: false,
    }
}

/// The page without a question.
pub(super) fn plain(context: Context<'_>) -> askama::Result<String> {
    let meta = meta(context);
    let mut page = SearchForm::new(context, &meta, Placeholders::default());
    // Of an answer, nothing is told: its question could be anything.
    page.layout.data = json_ld::script(&json_ld::search(context, &page.layout));
    page.render()
}

impl SearchPage {
    /// The page that answers.
    pub(super) fn new(
        render_context: &Arc<RenderContext>,
        language: LanguageId,
    ) -> askama::Result<Self> {
        let context = render_context.context(language);
        let labels = &context.website.labels(language).search;
        let meta = PageMeta {
            title: labels.result_title.replace("{q}", &ASKED.to_string()),
            ..meta(context)
        };
        let placeholders = Placeholders {
            asked: "\u{fdd0}",
            status: "\u{fdd1}",
            results: "\u{fdd2}",
        };
        let mut form = SearchForm::new(context, &meta, placeholders);
        form.layout.canonical = None;
        form.layout.alternates.clear();
        for link in &mut form.layout.language_links {
            link.href.push(QUERY);
        }
        Ok(Self {
            language,
            template: form.render()?,
            render_context: Arc::clone(render_context),
        })
    }

    /// Whether it can answer at once, and does not have to gather what can be found first.
    pub fn is_ready(&self) -> bool {
        self.render_context.index.get().is_some()
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
        let (text, cut) = (asked.text.clone(), asked.cut);
        let context = self.render_context.context(self.language);
        let labels = &context.website.labels(self.language).search;
        let found = self.render_context.index().find(asked, self.language);
        let entries = found
            .results
            .iter()
            .map(|it| self.entry(context, it))
            .collect();
        // A template that only writes into memory cannot fail.
        let results = Results { entries }.render().unwrap_or_default();
        let mut status = if found.total == 0 {
            labels.none.clone()
        } else {
            labels.count.replace("{n}", &found.total.to_string())
        };
        if found.is_partial && found.total > 0 {
            let _ = write!(status, " {}", labels.some);
        }
        if found.total > found.results.len() {
            let first = labels
                .first
                .replace("{n}", &found.results.len().to_string());
            let _ = write!(status, " {first}");
        }
        if cut {
            let _ = write!(status, " {}", labels.cut);
        }
        let status = status.replace("{q}", &text);
        let mut page = String::with_capacity(self.template.len() + results.len());
        for character in self.template.chars() {
            match character {
                ASKED => page.push_str(&escape_html(&text)),
                STATUS => page.push_str(&escape_html(&status)),
                RESULTS => page.push_str(&results),
                QUERY => push_query(&mut page, &text),
                other => page.push(other),
            }
        }
        Some(page.into_bytes())
    }

    fn entry<'a>(&self, context: Context<'a>, found: &'a SearchResult<'a>) -> ResultEntry<'a> {
        let page = found.page;
        let href = context.base_url.link(&page.path);
        let lang =
            |language: LanguageId| (language != self.language).then(|| context.code(language));
        let mut kind = kinds(context)[page.kind as usize].to_owned();
        if page.language != self.language {
            let name = &context.website.labels(page.language).language.name;
            let _ = write!(kind, " · {name}");
        }
        ResultEntry {
            kind,
            kind_name: kind_name(page.kind),
            icon: &page.icon,
            lang: lang(page.language),
            title_lang: lang(found.title.language),
            title: &found.title,
            excerpt_lang: lang(found.excerpt.language),
            excerpt: &found.excerpt,
            part: found.section.as_ref().map(|part| PartLink {
                href: context
                    .base_url
                    .link(&format!("{}#{}", page.path, part.fragment)),
                name: &part.name,
            }),
            href,
        }
    }
}

/// What the kinds of pages are called, in the order of [`PageKind`].
pub(super) fn kinds(context: Context<'_>) -> [&str; 5] {
    let labels = context.labels;
    let search = &labels.search;
    [
        &labels.site.home,
        &search.project,
        &search.topic,
        &search.term,
        &labels.site.about,
    ]
}

fn kind_name(kind: PageKind) -> &'static str {
    match kind {
        PageKind::Recap => "recap",
        PageKind::Project => "project",
        PageKind::Topic => "topic",
        PageKind::Term => "term",
        PageKind::About => "about",
    }
}

/// The results as they stand in the list.
#[derive(Debug, Template)]
#[template(path = "search_results.html")]
struct Results<'a> {
    entries: Vec<ResultEntry<'a>>,
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

/// A link to a part of a page.
#[derive(Debug)]
struct PartLink<'a> {
    href: String,
    name: &'a Excerpt,
}

/// A parameter of a query as forms write it (WHATWG URL, section 5.1); bytes that are no UTF-8 are replaced.
fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    pairs
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

fn push_query(page: &mut String, text: &str) {
    page.push_str("?q=");
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            page.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(page, "%{byte:02X}");
        }
    }
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
