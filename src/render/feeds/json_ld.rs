//! What search engines are told of a page, in the words of schema.org, as JSON-LD.
//!
//! Only what the content knows is said: no hour, no price, no person who is not named. The language
//! is that of the page; in which languages the talks were held is not known.

use serde_json::json;

pub(in crate::render) use serde_json::Value;

use crate::language::LanguageId;
use crate::model::{Project, Topic};

use super::super::layout::{Frame, Site};
use super::super::og_image;
use super::super::pages::sheets::SHEET;

/// Writes what is told as the content of a script element. Neither `</script>` nor `<!--` can stand
/// in it, since every `<` is written as an escape.
#[must_use]
pub(in crate::render) fn script(data: &Value) -> String {
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
#[must_use]
pub(in crate::render) fn home(site: Site<'_>, language: LanguageId, frame: &Frame<'_>) -> Value {
    let website = site.website;
    // As many as the page shows.
    let shown = website.published().take(SHEET);
    let talks = shown.map(|project| {
        let mut talk = json!({
            "@type": "Event",
            "name": project.name.text(language),
            "description": project.tagline.text(language),
            "startDate": website.event.date.to_string(),
            "location": {"@id": in_site(site, "/#venue")},
            "url": site.addresses(language).absolute(&project.path()),
        });
        let performers = project.speakers.iter().map(|speaker| {
            json!({
                "@type": "Person",
                "name": speaker.name.text(language),
                "jobTitle": speaker.role.text(language),
            })
        });
        put_list(&mut talk, "performer", performers.collect());
        talk
    });
    let talks = talks.collect();
    let mut event = event(site, language);
    event["url"] = json!(frame.canonical);
    if frame.card.is_some() {
        event["image"] = image(frame);
    }
    put_list(&mut event, "subEvent", talks);
    let mut page = page("WebPage", site, language, frame);
    page["about"] = json!({"@id": event["@id"]});
    page["mainEntity"] = json!({"@id": event["@id"]});
    graph(vec![page, event, website_node(site, language)])
}

/// A project's page: the article, and where it stands.
#[must_use]
pub(in crate::render) fn project(
    site: Site<'_>,
    language: LanguageId,
    project: &Project,
    frame: &Frame<'_>,
) -> Value {
    let website = site.website;
    let mut about = json!({
        "@type": "Project",
        "name": project.name.text(language),
        "description": project.tagline.text(language),
    });
    if let Some(name) = &project.long_name {
        about["alternateName"] = json!(name);
    }
    let topics = project.topics.iter().filter_map(|id| website.topic(id));
    let topics: Vec<_> = topics.map(|topic| topic.name.text(language)).collect();
    let mut article = page("Article", site, language, frame);
    article["headline"] = json!(project.name.text(language));
    article["about"] = json!([about, event(site, language)]);
    article["author"] = author(site, language);
    article["publisher"] = author(site, language);
    article["mainEntityOfPage"] = json!(frame.canonical);
    if !topics.is_empty() {
        article["keywords"] = json!(topics);
    }
    let labels = &website.labels(language).site;
    let addresses = site.addresses(language);
    let trail = [
        (frame.brand, addresses.absolute("/")),
        (&labels.projects, addresses.absolute("/projects/")),
        (
            project.name.text(language),
            frame.canonical.clone().unwrap_or_default(),
        ),
    ];
    let items = trail.iter().zip(1..).map(|((name, address), position)| {
        json!({"@type": "ListItem", "position": position, "name": name, "item": address})
    });
    let trail = json!({
        "@type": "BreadcrumbList",
        "itemListElement": items.collect::<Vec<_>>(),
    });
    graph(vec![article, trail, website_node(site, language)])
}

/// A sheet of the comparison of all projects.
#[must_use]
pub(in crate::render) fn projects(
    site: Site<'_>,
    language: LanguageId,
    sheet: usize,
    frame: &Frame<'_>,
) -> Value {
    let items = project_items(
        language,
        site.website.projects.iter().map(AsRef::as_ref),
        sheet,
    );
    collection(site, language, frame, items)
}

/// The index of topics.
#[must_use]
pub(in crate::render) fn topics(site: Site<'_>, language: LanguageId, frame: &Frame<'_>) -> Value {
    let items = site.website.topics.iter().map(|topic| {
        let path = topic.path();
        (topic.name.text(language).to_owned(), path)
    });
    collection(site, language, frame, items.collect())
}

/// A topic with a sheet of its projects.
#[must_use]
pub(in crate::render) fn topic(
    site: Site<'_>,
    language: LanguageId,
    topic: &Topic,
    sheet: usize,
    frame: &Frame<'_>,
) -> Value {
    let places = site.relations.on(&topic.id).iter();
    let projects = places.map(|&it| site.website.projects[it].as_ref());
    let items = project_items(language, projects, sheet);
    collection(site, language, frame, items)
}

/// The glossary.
#[must_use]
pub(in crate::render) fn glossary(
    site: Site<'_>,
    language: LanguageId,
    frame: &Frame<'_>,
) -> Value {
    let terms = site.website.glossary.iter().map(|term| {
        json!({
            "@type": "DefinedTerm",
            "name": term.name.text(language),
            "description": term.text.text(language),
            "termCode": term.id,
            "url": site.addresses(language).absolute(&format!("/glossary/#{}", term.id)),
        })
    });
    let terms = terms.collect();
    let mut set = page("DefinedTermSet", site, language, frame);
    put_list(&mut set, "hasDefinedTerm", terms);
    graph(vec![set, website_node(site, language)])
}

/// The search page without a question.
#[must_use]
pub(in crate::render) fn search(site: Site<'_>, language: LanguageId, frame: &Frame<'_>) -> Value {
    let page = page("WebPage", site, language, frame);
    graph(vec![page, website_node(site, language)])
}

/// Sources and method.
#[must_use]
pub(in crate::render) fn about(site: Site<'_>, language: LanguageId, frame: &Frame<'_>) -> Value {
    let page = page("AboutPage", site, language, frame);
    graph(vec![page, website_node(site, language)])
}

fn graph(nodes: Vec<Value>) -> Value {
    json!({"@context": "https://schema.org", "@graph": Value::Array(nodes)})
}

/// What every page has in common.
fn page(kind: &str, site: Site<'_>, language: LanguageId, frame: &Frame<'_>) -> Value {
    let mut page = json!({
        "@type": kind,
        "@id": frame.canonical,
        "url": frame.canonical,
        "name": frame.social.title,
        "description": frame.description,
        "inLanguage": frame.text_lang,
        "dateModified": frame.page_updated,
        "isPartOf": {"@id": website_id(site, language)},
    });
    if frame.card.is_some() {
        page["image"] = image(frame);
    }
    page
}

fn image(frame: &Frame<'_>) -> Value {
    frame.card.as_ref().map_or(Value::Null, |card| {
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

fn website_id(site: Site<'_>, language: LanguageId) -> String {
    site.addresses(language).absolute("/#site")
}

fn website_node(site: Site<'_>, language: LanguageId) -> Value {
    json!({
        "@type": "WebSite",
        "@id": website_id(site, language),
        "name": site.website.event.name.text(language),
        "url": site.addresses(language).absolute("/"),
        "inLanguage": site.code(language),
    })
}

/// The site itself: no person is named as the author.
fn author(site: Site<'_>, language: LanguageId) -> Value {
    json!({
        "@type": "Organization",
        "name": super::author(site, language),
        "url": site.addresses(language).absolute("/about/"),
    })
}

/// The meetup: where it was, when, and who invited. That it took place as planned is not known, so
/// it has no status.
fn event(site: Site<'_>, language: LanguageId) -> Value {
    let event = &site.website.event;
    json!({
        "@type": "Event",
        "@id": in_site(site, "/#event"),
        "name": event.name.text(language),
        "description": event.description.text(language),
        "startDate": event.date.to_string(),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "@id": in_site(site, "/#venue"),
            "name": event.venue.text(language),
            "address": {
                "@type": "PostalAddress",
                "addressLocality": event.city.text(language),
                "addressCountry": event.country.text(language),
            },
        },
        "organizer": {"@type": "Organization", "name": event.host.text(language)},
    })
}

/// A name for what is the same in every language.
fn in_site(site: Site<'_>, path: &str) -> String {
    site.place.absolute(path)
}

fn project_items<'a>(
    language: LanguageId,
    projects: impl Iterator<Item = &'a Project>,
    sheet: usize,
) -> Vec<(String, String)> {
    let shown = projects.skip((sheet - 1) * SHEET).take(SHEET);
    let published = shown.filter(|it| !it.draft);
    let items = published.map(|it| (it.name.text(language).to_owned(), it.path()));
    items.collect()
}

/// A page that lists others, each with its name and path.
fn collection(
    site: Site<'_>,
    language: LanguageId,
    frame: &Frame<'_>,
    items: Vec<(String, String)>,
) -> Value {
    let count = items.len();
    let items = items.into_iter().zip(1..).map(|((name, path), position)| {
        json!({
            "@type": "ListItem",
            "position": position,
            "name": name,
            "url": site.addresses(language).absolute(&path),
        })
    });
    let items = items.collect();
    let mut list = json!({"@type": "ItemList", "numberOfItems": count});
    put_list(&mut list, "itemListElement", items);
    let mut page = page("CollectionPage", site, language, frame);
    page["mainEntity"] = list;
    graph(vec![page, website_node(site, language)])
}

/// Sets a property that may have many values, unless it has none.
fn put_list(node: &mut Value, name: &str, values: Vec<Value>) {
    if !values.is_empty() {
        node[name] = Value::Array(values);
    }
}
