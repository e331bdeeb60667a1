//! What surrounds every page: head, navigation, links to other languages, foot.

use std::mem;

use super::context::Context;
use super::feeds::json_ld;
use super::localized_text::LocalizedText;
use super::page_meta::{HreflangLink, PageMeta};
use crate::language::{LanguageId, fill};
use crate::model::routes::{self, Kind, Route};
use crate::model::{Labels, Picture};
use crate::svg::Svg;

#[derive(Debug)]
pub(super) struct Layout<'a> {
    pub lang: &'a str,
    pub labels: &'a Labels,
    pub meta: PageMeta,
    /// What the page may load.
    pub policy: &'a str,
    /// The whole title, with the site's name.
    pub title: String,
    /// The page in every language it was written in; none where its text only stands in.
    pub alternates: Vec<HreflangLink>,
    /// What messengers take the page for: `website`, or `article` for a write-up.
    pub og_type: &'static str,
    /// The locale of the text, such as `ko_KR`.
    pub locale: &'a str,
    /// The locales of its translations.
    pub other_locales: Vec<&'a str>,
    /// The content in other forms.
    pub files: Vec<AlternateLink<'a>>,
    pub manifest: String,
    /// What search engines are told in JSON-LD, safe to stand in a script element; empty for nothing.
    pub data: String,
    pub stylesheet: String,
    /// The script, which only makes comfortable what works without it.
    pub script: String,
    /// The font, fetched before the stylesheet asks for it.
    pub font: String,
    /// The font of all other pages, on the first one, for whoever goes on.
    pub next_font: Option<String>,
    /// The event's emblem for browser tabs and home screens, if it has one.
    pub icons: Option<IconLinks>,
    pub brand: &'a str,
    pub emblem: &'a str,
    /// What stands in place of both.
    pub logo: Option<Logo<'a>>,
    pub home: String,
    pub navigation: Vec<NavigationLink<'a>>,
    /// What the foot leads to.
    pub footer: Vec<NavigationLink<'a>>,
    pub language_links: Vec<LanguageLink<'a>>,
    /// Where the page's source can be edited.
    pub edit: Option<String>,
    /// Where mistakes can be reported.
    pub contact: Option<&'a str>,
    /// When the content last changed, if the event says so: for machines, and in words.
    pub updated: Option<(String, String)>,
}

#[derive(Debug)]
pub(super) struct NavigationLink<'a> {
    pub href: String,
    pub label: LocalizedText<'a>,
    /// `page` where it leads to this page, `true` where to the part that the page belongs to.
    pub current: Option<&'static str>,
}

#[derive(Debug)]
pub(super) struct LanguageLink<'a> {
    pub code: &'a str,
    pub name: &'a str,
    pub href: String,
}

/// The content in another form.
#[derive(Debug)]
pub(super) struct AlternateLink<'a> {
    pub href: String,
    pub media_type: &'static str,
    pub label: &'a str,
    /// Whether it is another form of this very page, or of the news of the whole site.
    pub is_alternate: bool,
}

/// The sign of the event, or of who paid for it.
#[derive(Debug)]
pub(super) struct Logo<'a> {
    pub src: String,
    pub size: Option<(usize, usize)>,
    /// What is seen of a drawing of one colour, and its shapes.
    pub drawing: Option<(&'a str, &'a str)>,
}

impl<'a> Logo<'a> {
    pub(super) fn new(context: Context<'a>, picture: &'a Picture) -> Self {
        Self {
            src: context.base_url.link(&picture.address()),
            size: picture.size(),
            drawing: picture.one_ink.as_ref().map(|it| (it.view(), it.shapes())),
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct IconLinks {
    pub svg: String,
    /// For readers that know no drawings.
    pub ico: String,
    pub touch: String,
}

impl<'a> Layout<'a> {
    pub(super) fn new(context: Context<'a>, meta: PageMeta) -> Self {
        let website = context.website;
        let (language, labels, urls) = (context.language, context.labels, context.urls());
        let event = &website.event;
        let brand = event.name.text(language);
        let locale = |it: LanguageId| website.labels(it).language.locale.as_str();
        let others = website.languages.iter().filter(|it| *it != language);
        let is_home = meta.kind == Some(Kind::Home);
        let translations = meta.languages.iter().copied();
        let link = |path: &str| context.base_url.link(path);
        Self {
            lang: context.code(language),
            labels,
            policy: context.policy,
            title: if is_home {
                meta.title.clone()
            } else {
                fill(&labels.site.title, &[("title", &meta.title), ("site", brand)])
            },
            alternates: if meta.canonical.is_some() && meta.languages.contains(&language) {
                meta.alternates(context)
            } else {
                Vec::new()
            },
            og_type: match meta.kind {
                Some(Kind::Project(_)) => "article",
                _ => "website",
            },
            locale: locale(meta.text_language),
            other_locales: translations
                .filter(|it| *it != meta.text_language)
                .map(locale)
                .collect(),
            files: file_links(context, &meta),
            manifest: urls.page(routes::MANIFEST),
            data: json_ld::json_ld(context, &meta),
            stylesheet: link(&context.assets.stylesheet),
            script: link(&context.assets.script),
            font: link(&context.assets.font),
            next_font: None,
            icons: event.emblem.is_some().then(|| IconLinks {
                svg: link(routes::FAVICON),
                ico: link(routes::FAVICON_ICO),
                touch: link(routes::TOUCH_ICON),
            }),
            brand,
            emblem: event.emblem.as_ref().map_or("", Svg::shapes),
            logo: event.look.logo.as_ref().map(|it| Logo::new(context, it)),
            home: urls.page(routes::HOME),
            navigation: navigation(context, &meta, event.menu.as_ref(), false),
            footer: navigation(context, &meta, event.footer.as_ref(), true),
            language_links: others
                .map(|it| LanguageLink {
                    code: context.code(it),
                    name: &website.labels(it).language.name,
                    href: context.in_language(it).urls().page(&meta.path),
                })
                .collect(),
            edit: event
                .source_url
                .as_ref()
                .zip(meta.source.as_ref())
                .map(|(url, file)| format!("{url}{file}")),
            contact: event.contact.as_deref(),
            updated: event.updated.map(|it| {
                let words = fill(&labels.site.updated, &[("date", &labels.dates.full(it))]);
                (it.to_string(), words)
            }),
            meta,
        }
    }

    /// What surrounds the first page, which has a smaller font of its own.
    pub(super) fn with_home_font(mut self, context: Context<'a>) -> Self {
        let home_font = context.base_url.link(&context.assets.home_font);
        self.next_font = Some(mem::replace(&mut self.font, home_font));
        self
    }
}

/// The links to the parts of the site that are `listed` or, where nothing is, to those that a list has by itself.
fn navigation<'a>(
    context: Context<'a>,
    meta: &PageMeta,
    listed: Option<&Vec<String>>,
    is_footer: bool,
) -> Vec<NavigationLink<'a>> {
    let parts = || context.routes.iter().take_while(|it| it.is_part());
    let label = |route: &Route| match route.kind {
        Kind::Page(index) if route.path != routes::ABOUT => {
            context.text(&context.website.pages[index].title)
        }
        _ => LocalizedText {
            text: route.navigation_label(context.labels).unwrap_or_default(),
            lang: None,
        },
    };
    let link = |route: &Route| NavigationLink {
        label: label(route),
        href: context.urls().page(&route.path),
        current: if meta.kind == Some(route.kind) {
            Some("page")
        } else if route.kind != Kind::Home && meta.path.starts_with(&route.path) {
            Some("true")
        } else {
            None
        },
    };
    if let Some(names) = listed {
        let routes = names.iter();
        let routes = routes.filter_map(|name| parts().find(|it| it.name() == *name));
        return routes.map(link).collect();
    }
    let has_label = |it: &&Route| it.navigation_label(context.labels).is_some();
    let routes = parts().filter(|it| is_footer || has_label(it));
    routes.map(link).collect()
}

/// The links of a page to the files for machines.
fn file_links<'a>(context: Context<'a>, meta: &PageMeta) -> Vec<AlternateLink<'a>> {
    let labels = &context.labels.machines;
    let link = |path: &str, media_type, label, is_alternate| AlternateLink {
        href: context.urls().page(path),
        media_type,
        label,
        is_alternate,
    };
    let is_home = matches!(meta.kind, Some(Kind::Home | Kind::Schedule));
    let mut links = vec![
        link(routes::FEED, "application/atom+xml", &labels.feed, true),
        link(routes::CALENDAR, "text/calendar", &labels.calendar, is_home),
    ];
    if let Some(Kind::Project(index)) = meta.kind {
        let path = context.website.projects[index].calendar_path();
        let label = &context.labels.schedule.calendar;
        links.extend(path.map(|it| link(&it, "text/calendar", label, true)));
    }
    if !context.has_data {
        return links;
    }
    let json = "application/json";
    let is_list = meta.kind == Some(Kind::Projects { page: 1 });
    let list = routes::projects_json(context.website.event.entries);
    if context.has(&list) {
        links.push(link(&list, json, &context.labels.entries.data, is_list));
    }
    if let Some(Kind::Project(index)) = meta.kind
        && !meta.is_draft
    {
        let project = &context.website.projects[index];
        let (data, markdown) = (project.json_path(), project.markdown_path());
        links.push(link(&data, json, &labels.data, true));
        links.push(link(&markdown, "text/markdown", &labels.markdown, true));
    }
    links
}
