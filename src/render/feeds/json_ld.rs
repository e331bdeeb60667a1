//! What search engines are told of a page, in the words of schema.org, as JSON-LD.
//!
//! Only what the content knows is said: no price, no person who is not named. The language of a page is that of its text,
//! which a talk may have been held in another than.

use serde_json::{Value, json};

use crate::language::Localized;
use crate::media::Player;
use crate::model::routes::{self, Kind, PAGE_SIZE};
use crate::model::{Person, Picture, Project, Speaker};

use super::super::context::Context;
use super::super::figures;
use super::super::og_image;
use super::super::page_meta::PageMeta;

/// What is told of a page, as the content of a script element; nothing of one that search engines should not know.
pub(in crate::render) fn json_ld(context: Context<'_>, meta: &PageMeta) -> String {
    let (Some(kind), Some(_)) = (meta.kind, &meta.canonical) else {
        return String::new();
    };
    let projects = &context.website.projects;
    match kind {
        Kind::Home => home(context, meta),
        Kind::Project(index) => project(context, &projects[index], meta),
        Kind::Projects { page } => {
            collection(context, meta, on_page(context, projects.iter(), page))
        }
        Kind::People => {
            let people = context.website.people.iter().filter(|it| !it.is_draft);
            let items = people.map(|it| (it.who.name.text(context.language), it.path()));
            collection(context, meta, items)
        }
        Kind::Person(index) => {
            let who = &context.website.people[index];
            let mut page = page("ProfilePage", context, meta);
            page["mainEntity"] = person(context, &who.who, Some(who));
            script([page, web_site(context)])
        }
        Kind::Topics => {
            let topics = context.website.topics.iter();
            let items = topics.map(|it| (it.name.text(context.language), it.path()));
            collection(context, meta, items)
        }
        Kind::Topic { topic, page } => {
            let on_topic = context.relations.on(&context.website.topics[topic].id);
            let on_topic = on_topic.iter().map(|it| &projects[*it]);
            collection(context, meta, on_page(context, on_topic, page))
        }
        Kind::Glossary => glossary(context, meta),
        Kind::Page(_) if meta.path == routes::ABOUT => {
            script([page("AboutPage", context, meta), web_site(context)])
        }
        _ => script([page("WebPage", context, meta), web_site(context)]),
    }
}

/// The first page: the meetup, and every talk that the page shows as a part of it.
fn home(context: Context<'_>, meta: &PageMeta) -> String {
    let website = context.website;
    let talks = website.published().take(PAGE_SIZE).map(|it| talk(context, it));
    let mut event = event(context);
    event["url"] = json!(meta.canonical);
    event["image"] = images(context, meta);
    event["subEvent"] = talks.collect();
    let sponsors = website.sponsors.iter().flat_map(|it| &it.sponsors);
    let sponsors = sponsors.map(|it| {
        let logo = it.logo.as_ref().map(Picture::address);
        json!({
            "@type": "Organization",
            "name": it.name.text(context.language),
            "url": it.url.as_ref().filter(|it| it.to_ascii_lowercase().starts_with("http")),
            "logo": logo.map(|it| context.base_url.absolute(&it)),
        })
    });
    event["sponsor"] = sponsors.collect();
    let mut page = page("WebPage", context, meta);
    page["about"] = json!({"@id": event["@id"]});
    page["mainEntity"] = json!({"@id": event["@id"]});
    script([page, event, web_site(context)])
}

/// Somebody who presented, and where more is said of them.
fn person(context: Context<'_>, who: &Speaker, page: Option<&Person>) -> Value {
    let links = who.links.iter().filter(|it| it.is_web());
    let photo = page.and_then(|it| it.photo.as_ref());
    let organisation = words(context, who.organisation.as_ref());
    json!({
        "@type": "Person",
        "@id": page.map(|it| context.base_url.absolute(&(it.path() + "#person"))),
        "name": who.name.text(context.language),
        "jobTitle": words(context, who.role.as_ref()),
        "worksFor": organisation.map(|name| json!({"@type": "Organization", "name": name})),
        "url": page.map(|it| context.urls().absolute(&it.path())),
        "image": photo.map(|it| context.base_url.absolute(&it.address())),
        "sameAs": links.map(|it| it.url.as_str()).collect::<Value>(),
    })
}

/// A project as a part of the meetup.
fn talk(context: Context<'_>, project: &Project) -> Value {
    let event = &context.website.event;
    let performers = context.website.speakers(project);
    let performers = performers.map(|(speaker, page)| person(context, speaker, page));
    let (start, end) = project.interval(event).map(|it| it.rfc3339()).unzip();
    // Of several days it is not known which.
    let day = (event.date.first == event.date.last).then(|| event.date.first.to_string());
    let venue = venue_id(context).map(|id| json!({"@id": id}));
    let room = words(context, project.room.as_ref());
    let room = room.map(|it| json!({"@type": "Place", "name": it, "containedInPlace": venue}));
    json!({
        "@type": "Event",
        "name": project.name.text(context.language),
        "description": words(context, project.tagline.as_ref()),
        "startDate": start.or(day),
        "endDate": end.flatten(),
        "inLanguage": project.language,
        "eventStatus": project.is_cancelled().then_some("https://schema.org/EventCancelled"),
        "location": room.or(venue).or_else(|| online(context)),
        "url": context.urls().absolute(&project.path()),
        "performer": performers.collect::<Value>(),
    })
}

/// A project's page: the article, and where it stands.
fn project(context: Context<'_>, project: &Project, meta: &PageMeta) -> String {
    let urls = context.urls();
    let name = project.name.text(context.language);
    let about = json!({
        "@type": "Project",
        "name": name,
        "description": words(context, project.tagline.as_ref()),
        "alternateName": project.long_name,
    });
    let topics = context.website.topics_of(project);
    let mut article = page("Article", context, meta);
    article["headline"] = json!(name);
    let mut subjects = vec![about, event(context)];
    if project.start.is_some() || project.is_cancelled() {
        let mut talk = talk(context, project);
        talk["superEvent"] = json!({"@id": subjects[1]["@id"]});
        subjects.push(talk);
    }
    let event_id = subjects[1]["@id"].clone();
    article["about"] = json!(subjects);
    let links = project.links.iter().filter(|it| it.is_web());
    article["relatedLink"] = links.map(|it| it.url.as_str()).collect();
    if let Some(film) = &project.video {
        article["video"] = json!({
            "@type": "VideoObject",
            "name": name,
            "description": words(context, project.tagline.as_ref()),
            "url": urls.absolute_material(film),
            "contentUrl": film.file.as_ref().map(|_| urls.absolute_material(film)),
            "encodingFormat": film.media_type(),
            "embedUrl": film.address().and_then(Player::of).map(|it| it.embed(it.start)),
            "thumbnailUrl": meta.card.as_ref().map(|it| &it.href),
            "inLanguage": project.language,
            "recordedIn": {"@id": event_id},
        });
    }
    if let Some(slides) = &project.slides {
        let file = slides.file.as_ref();
        article["hasPart"] = json!({
            "@type": "PresentationDigitalDocument",
            "name": name,
            "url": urls.absolute_material(slides),
            "contentSize": file.map(|it| context.labels.numbers.size(it.stamp.length)),
            "encodingFormat": file.and(slides.media_type()),
        });
    }
    article["author"] = author(context);
    article["publisher"] = author(context);
    article["mainEntityOfPage"] = json!(meta.canonical);
    article["keywords"] = topics.map(|it| it.name.text(context.language)).collect();
    let trail = json!({
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": context.website.event.name.text(context.language), "item": urls.absolute("/")},
            {
                "@type": "ListItem",
                "position": 2,
                "name": context.labels.entries.menu,
                "item": urls.absolute(&routes::projects(context.website.event.entries)),
            },
            {"@type": "ListItem", "position": 3, "name": name, "item": meta.canonical},
        ],
    });
    script([article, trail, web_site(context)])
}

fn glossary(context: Context<'_>, meta: &PageMeta) -> String {
    let terms = context.website.glossary.iter().map(|term| {
        json!({
            "@type": "DefinedTerm",
            "name": term.name.text(context.language),
            "description": term.text.text(context.language),
            "termCode": term.id,
            "url": context.urls().absolute(&routes::term(&term.id)),
        })
    });
    let mut set = page("DefinedTermSet", context, meta);
    set["hasDefinedTerm"] = terms.collect();
    script([set, web_site(context)])
}

/// Writes things as the content of a script element. Neither `</script>` nor `<!--` can stand in it, since every `<` is
/// written as an escape.
fn script<const N: usize>(mut things: [Value; N]) -> String {
    things.iter_mut().for_each(leave_out_unknown);
    let graph = json!({"@context": "https://schema.org", "@graph": things.to_vec()});
    let text = graph.to_string().replace('<', "\\u003c");
    text.replace('>', "\\u003e").replace('&', "\\u0026")
}

/// Leaves out properties that have no value.
fn leave_out_unknown(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, it| !it.is_null() && *it != json!([]));
            fields.values_mut().for_each(leave_out_unknown);
        }
        Value::Array(items) => items.iter_mut().for_each(leave_out_unknown),
        _ => {}
    }
}

/// What every page has in common.
fn page(kind: &str, context: Context<'_>, meta: &PageMeta) -> Value {
    json!({
        "@type": kind,
        "@id": meta.canonical,
        "url": meta.canonical,
        "name": meta.title,
        "description": meta.description,
        "inLanguage": context.code(meta.text_language),
        "dateModified": meta.updated,
        "isPartOf": {"@id": context.urls().absolute("/#site")},
        "image": images(context, meta),
    })
}

/// What a page shows, and what messengers do of it.
fn images(context: Context<'_>, meta: &PageMeta) -> Value {
    // A length in pixels, by the code that trade has for them (UN/CEFACT E37).
    let pixels = |it: u32| json!({"@type": "QuantitativeValue", "value": it, "unitCode": "E37"});
    let image = |url: &str, size: Option<(u32, u32)>, caption: &str| {
        json!({
            "@type": "ImageObject",
            "url": url,
            "width": size.map(|it| pixels(it.0)),
            "height": size.map(|it| pixels(it.1)),
            "caption": Some(caption).filter(|it| !it.is_empty()),
        })
    };
    let cover = match meta.kind {
        Some(Kind::Project(index)) => context.website.projects[index].cover.as_ref(),
        _ => None,
    };
    let prose = meta.kind.and_then(|it| context.website.prose(it));
    let pictures = figures::told(context, cover, prose).into_iter().map(|it| {
        let caption = if it.caption.is_empty() { &it.alt } else { it.caption };
        let mut image = image(&it.address, it.size, caption);
        if let Some(credit) = it.credit {
            let name = credit.creator.text(context.language);
            image["creator"] = json!({"@type": "Person", "name": name, "url": credit.url});
            image["license"] = json!(credit.licence_url());
            image["creditText"] = json!(credit.line(context.language));
        }
        image
    });
    let mut images: Vec<Value> = pictures.collect();
    let card = meta.card.as_ref().filter(|it| it.size == og_image::SIZE);
    images.extend(card.map(|it| image(&it.href, Some(it.size), &it.alt)));
    match images.len() {
        0 => Value::Null,
        1 => images.remove(0),
        _ => images.into(),
    }
}

fn web_site(context: Context<'_>) -> Value {
    json!({
        "@type": "WebSite",
        "@id": context.urls().absolute("/#site"),
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
        "url": context.has(routes::ABOUT).then(|| context.urls().absolute(routes::ABOUT)),
    })
}

/// The meetup: where it was, when, and who invited. That it took place as planned is not known, so
/// it has no status.
fn event(context: Context<'_>) -> Value {
    let event = &context.website.event;
    let place = venue_id(context).map(|id| {
        json!({
            "@type": "Place",
            "@id": id,
            "name": words(context, event.venue.as_ref()),
            "address": {
                "@type": "PostalAddress",
                "addressLocality": words(context, event.city.as_ref()),
                "addressCountry": words(context, event.country.as_ref()),
            },
        })
    });
    let links = event.links.iter().filter(|it| it.is_web());
    let mode = match (&place, &event.online) {
        (Some(_), Some(_)) => Some("https://schema.org/MixedEventAttendanceMode"),
        (Some(_), None) => Some("https://schema.org/OfflineEventAttendanceMode"),
        (None, Some(_)) => Some("https://schema.org/OnlineEventAttendanceMode"),
        (None, None) => None,
    };
    let location = match (place, online(context)) {
        (Some(place), Some(online)) => json!([place, online]),
        (place, online) => json!(place.or(online)),
    };
    let (start, end) = context.hours.clone();
    let last_day = (event.date.last != event.date.first).then(|| event.date.last.to_string());
    json!({
        "@type": "Event",
        "@id": context.base_url.absolute("/#event"),
        "name": event.name.text(context.language),
        "description": words(context, event.description.as_ref()),
        "startDate": start.unwrap_or_else(|| event.date.first.to_string()),
        "endDate": end.or(last_day),
        "eventAttendanceMode": mode,
        "location": location,
        "sameAs": links.map(|it| it.url.as_str()).collect::<Value>(),
        "organizer": words(context, event.host.as_ref())
            .map(|name| json!({"@type": "Organization", "name": name})),
    })
}

/// Where it could be followed from elsewhere.
fn online(context: Context<'_>) -> Option<Value> {
    let address = context.website.event.online.as_ref()?;
    Some(json!({"@type": "VirtualLocation", "url": address}))
}

/// By what the place is known, if anything is known of it.
fn venue_id(context: Context<'_>) -> Option<String> {
    let event = &context.website.event;
    let is_known = event.venue.is_some() || event.city.is_some() || event.country.is_some();
    is_known.then(|| context.base_url.absolute("/#venue"))
}

fn words<'a>(context: Context<'_>, text: Option<&'a Localized<String>>) -> Option<&'a str> {
    text.map(|it| it.text(context.language))
}

/// The name and the path of each published project on a page of a list.
fn on_page<'a>(
    context: Context<'a>,
    projects: impl Iterator<Item = &'a Project>,
    page: usize,
) -> impl Iterator<Item = (&'a str, String)> {
    let shown = projects.skip((page - 1) * PAGE_SIZE).take(PAGE_SIZE);
    let published = shown.filter(|it| !it.draft);
    published.map(move |it| (it.name.text(context.language), it.path()))
}

/// A page that lists others, each with its name and path.
fn collection<'a>(
    context: Context<'a>,
    meta: &PageMeta,
    items: impl Iterator<Item = (&'a str, String)>,
) -> String {
    let items = items.zip(1..).map(|((name, path), position)| {
        json!({
            "@type": "ListItem",
            "position": position,
            "name": name,
            "url": context.urls().absolute(&path),
        })
    });
    let items: Vec<Value> = items.collect();
    let mut page = page("CollectionPage", context, meta);
    page["mainEntity"] = json!({
        "@type": "ItemList",
        "numberOfItems": items.len(),
        "itemListElement": items,
    });
    script([page, web_site(context)])
}
