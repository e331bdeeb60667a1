//! What search engines are told of a page, in the words of schema.org, as JSON-LD.
//!
//! Only what the content knows is said: no hour, no price, no person who is not named. The language
//! is that of the page; in which languages the talks were held is not known.

use serde_json::json;

use serde_json::Value;

use crate::language::LanguageId;
use crate::model::routes::{self, Kind, PAGE_SIZE};
use crate::model::{Project, Topic};

use super::super::context::Context;
use super::super::og_image;
use super::super::page_meta::PageMeta;

/// What is told of a page, as the content of a script element.
pub(in crate::render) fn of(context: Context<'_>, meta: &PageMeta) -> String {
    let website = context.website;
    script(&match meta.kind {
        Kind::Home => home(context, meta),
        Kind::Projects { page } => projects(context, page, meta),
        Kind::Topics => topics(context, meta),
        Kind::Topic { topic: index, page } => topic(context, &website.topics[index], page, meta),
        Kind::Project(index) => project(context, &website.projects[index], meta),
        Kind::Glossary => glossary(context, meta),
        Kind::About => only(page("AboutPage", context, meta), context),
        _ => only(page("WebPage", context, meta), context),
    })
}

/// A page of which nothing else is told.
fn only(page: Value, context: Context<'_>) -> Value {
    graph(vec![page, website_node(context)])
}

/// Writes JSON as the content of a script element. Neither `</script>` nor `<!--` can stand
/// in it, since every `<` is written as an escape.
fn script(data: &Value) -> String {
    let mut text = String::new();
    for character in data.to_string().chars() {
        match character {
            '<' => text.push_str("\\u003c"),
            '>' => text.push_str("\\u003e"),
            '&' => text.push_str("\\u0026"),
            other => text.push(other),
        }
    }
    text
}

/// The first page: the meetup, and every talk as a part of it.
fn home(context: Context<'_>, meta: &PageMeta) -> Value {
    let website = context.website;
    // As many as the page shows.
    let shown = website.published().take(PAGE_SIZE);
    let talks = shown.map(|project| {
        let mut talk = json!({
            "@type": "Event",
            "name": project.name.text(context.language),
            "description": project.tagline.text(context.language),
            "startDate": website.event.date.to_string(),
            "location": {"@id": in_site(context, "/#venue")},
            "url": context.urls().absolute(&project.path()),
        });
        let performers = project.speakers.iter().map(|speaker| {
            json!({
                "@type": "Person",
                "name": speaker.name.text(context.language),
                "jobTitle": speaker.role.text(context.language),
            })
        });
        put_list(&mut talk, "performer", performers.collect());
        talk
    });
    let talks = talks.collect();
    let mut event = event(context);
    event["url"] = json!(meta.canonical);
    if meta.card.is_some() {
        event["image"] = image(meta);
    }
    put_list(&mut event, "subEvent", talks);
    let mut page = page("WebPage", context, meta);
    page["about"] = json!({"@id": event["@id"]});
    page["mainEntity"] = json!({"@id": event["@id"]});
    graph(vec![page, event, website_node(context)])
}

/// A project's page: the article, and where it stands.
fn project(context: Context<'_>, project: &Project, meta: &PageMeta) -> Value {
    let website = context.website;
    let mut about = json!({
        "@type": "Project",
        "name": project.name.text(context.language),
        "description": project.tagline.text(context.language),
    });
    if let Some(name) = &project.long_name {
        about["alternateName"] = json!(name);
    }
    let topics = project.topics.iter().filter_map(|id| website.topic(id));
    let topics: Vec<_> = topics
        .map(|topic| topic.name.text(context.language))
        .collect();
    let mut article = page("Article", context, meta);
    article["headline"] = json!(project.name.text(context.language));
    article["about"] = json!([about, event(context)]);
    article["author"] = author(context);
    article["publisher"] = author(context);
    article["mainEntityOfPage"] = json!(meta.canonical);
    if !topics.is_empty() {
        article["keywords"] = json!(topics);
    }
    let labels = &context.labels.site;
    let urls = context.urls();
    let trail = [
        (
            website.event.name.text(context.language),
            urls.absolute("/"),
        ),
        (&labels.projects, urls.absolute(routes::PROJECTS)),
        (project.name.text(context.language), meta.canonical.clone()),
    ];
    let items = trail.iter().zip(1..).map(|((name, address), position)| {
        json!({"@type": "ListItem", "position": position, "name": name, "item": address})
    });
    let trail = json!({
        "@type": "BreadcrumbList",
        "itemListElement": items.collect::<Vec<_>>(),
    });
    graph(vec![article, trail, website_node(context)])
}

/// A sheet of the comparison of all projects.
fn projects(context: Context<'_>, page_number: usize, meta: &PageMeta) -> Value {
    let items = project_items(
        context.language,
        context.website.projects.iter().map(AsRef::as_ref),
        page_number,
    );
    collection(context, meta, items)
}

/// The index of topics.
fn topics(context: Context<'_>, meta: &PageMeta) -> Value {
    let items = context.website.topics.iter().map(|topic| {
        let path = topic.path();
        (topic.name.text(context.language).to_owned(), path)
    });
    collection(context, meta, items.collect())
}

/// A topic with a sheet of its projects.
fn topic(context: Context<'_>, topic: &Topic, page_number: usize, meta: &PageMeta) -> Value {
    let places = context.relations.on(&topic.id).iter();
    let projects = places.map(|&it| context.website.projects[it].as_ref());
    let items = project_items(context.language, projects, page_number);
    collection(context, meta, items)
}

/// The glossary.
fn glossary(context: Context<'_>, meta: &PageMeta) -> Value {
    let terms = context.website.glossary.iter().map(|term| {
        json!({
            "@type": "DefinedTerm",
            "name": term.name.text(context.language),
            "description": term.text.text(context.language),
            "termCode": term.id,
            "url": context.urls().absolute(&routes::term(&term.id)),
        })
    });
    let terms = terms.collect();
    let mut set = page("DefinedTermSet", context, meta);
    put_list(&mut set, "hasDefinedTerm", terms);
    graph(vec![set, website_node(context)])
}

fn graph(nodes: Vec<Value>) -> Value {
    json!({"@context": "https://schema.org", "@graph": Value::Array(nodes)})
}

/// What every page has in common.
fn page(kind: &str, context: Context<'_>, meta: &PageMeta) -> Value {
    let mut page = json!({
        "@type": kind,
        "@id": meta.canonical,
        "url": meta.canonical,
        "name": meta.title,
        "description": meta.description,
        "inLanguage": context.code(meta.text_language),
        "dateModified": meta.updated,
        "isPartOf": {"@id": website_id(context)},
    });
    if meta.card.is_some() {
        page["image"] = image(meta);
    }
    page
}

fn image(meta: &PageMeta) -> Value {
    meta.card.as_ref().map_or(Value::Null, |card| {
        json!({
            "@type": "ImageObject",
            "url": card.href,
            "width": pixels(og_image::SIZE.0),
            "height": pixels(og_image::SIZE.1),
            "caption": card.alt,
        })
    })
}

/// A length in pixels, by the code that trade has for them (UN/CEFACT E37).
fn pixels(value: u32) -> Value {
    json!({"@type": "QuantitativeValue", "value": value, "unitCode": "E37"})
}

fn website_id(context: Context<'_>) -> String {
    context.urls().absolute("/#site")
}

fn website_node(context: Context<'_>) -> Value {
    json!({
        "@type": "WebSite",
        "@id": website_id(context),
        "name": context.website.event.name.text(context.language),
        "url": context.urls().absolute("/"),
        "inLanguage": context.code(context.language),
    })
}

/// The site itself: no person is named as the author.
fn author(context: Context<'_>) -> Value {
    json!({
        "@type": "Organization",
        "name": super::author(context),
        "url": context.urls().absolute(routes::ABOUT),
    })
}

/// The meetup: where it was, when, and who invited. That it took place as planned is not known, so
/// it has no status.
fn event(context: Context<'_>) -> Value {
    let event = &context.website.event;
    json!({
        "@type": "Event",
        "@id": in_site(context, "/#event"),
        "name": event.name.text(context.language),
        "description": event.description.text(context.language),
        "startDate": event.date.to_string(),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "@id": in_site(context, "/#venue"),
            "name": event.venue.text(context.language),
            "address": {
                "@type": "PostalAddress",
                "addressLocality": event.city.text(context.language),
                "addressCountry": event.country.text(context.language),
            },
        },
        "organizer": {"@type": "Organization", "name": event.host.text(context.language)},
    })
}

/// A name for what is the same in every language.
fn in_site(context: Context<'_>, path: &str) -> String {
    context.base_url.absolute(path)
}

fn project_items<'a>(
    language: LanguageId,
    projects: impl Iterator<Item = &'a Project>,
    page_number: usize,
) -> Vec<(String, String)> {
    let shown = projects.skip((page_number - 1) * PAGE_SIZE).take(PAGE_SIZE);
    let published = shown.filter(|it| !it.draft);
    let items = published.map(|it| (it.name.text(language).to_owned(), it.path()));
    items.collect()
}

/// A page that lists others, each with its name and path.
fn collection(context: Context<'_>, meta: &PageMeta, items: Vec<(String, String)>) -> Value {
    let count = items.len();
    let items = items.into_iter().zip(1..).map(|((name, path), position)| {
        json!({
            "@type": "ListItem",
            "position": position,
            "name": name,
            "url": context.urls().absolute(&path),
        })
    });
    let items = items.collect();
    let mut list = json!({"@type": "ItemList", "numberOfItems": count});
    put_list(&mut list, "itemListElement", items);
    let mut page = page("CollectionPage", context, meta);
    page["mainEntity"] = list;
    graph(vec![page, website_node(context)])
}

/// Sets a property that may have many values, unless it has none.
fn put_list(node: &mut Value, name: &str, values: Vec<Value>) {
    if !values.is_empty() {
        node[name] = Value::Array(values);
    }
}
