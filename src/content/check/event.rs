//! The event, and before it the languages of the site.

use std::ops::Range;

use super::Checker;
use super::figures;
use super::file_context::{FileContext, is_id};
use super::projects;
use crate::content::problems;
use crate::content::raw;
use crate::content::source::Folder;
use crate::content::yaml::{OmittedKey, Spanned};
use crate::diagnostic::Diagnostics;
use crate::language::{Languages, Localized};
use crate::model::{Event, Prose, Stop};

pub(super) const FILE: &str = "event.yaml";
/// The event's emblem, which is read with it.
pub(super) const EMBLEM: &str = "emblem.svg";
/// The place of the file as a whole.
const WHOLE: Range<usize> = 0..0;
/// Columns of a title that search results show.
const TITLE: usize = 64;
/// Columns of a description that search results show.
const DESCRIPTION: usize = 170;

/// Reads `event.yaml` and its languages. Where those are broken, the languages that the labels
/// are written in stand in for them, so that the other files can still be checked.
pub(super) fn languages(
    folder: &Folder,
    diagnostics: &mut Diagnostics,
    omitted: &mut Vec<(String, OmittedKey)>,
) -> (Languages, Option<raw::Event>) {
    let labelled: Vec<String> = folder
        .texts
        .keys()
        .filter_map(|path| path.strip_prefix("labels/")?.strip_suffix(".yaml"))
        .map(str::to_owned)
        .collect();
    let stand_in = Languages::new(labelled)
        .or_else(|| Languages::new(vec!["ko".to_owned()]))
        .expect("one language is written here");
    let Some(text) = folder.texts.get(FILE) else {
        if !diagnostics.items().iter().any(|it| it.file == FILE) {
            diagnostics.push(problems::missing_file(
                FILE,
                "the meetup and the site's languages",
            ));
        }
        return (stand_in, None);
    };
    if text.trim().is_empty() {
        diagnostics.push(problems::empty_file(FILE));
        return (stand_in, None);
    }
    let mut context = FileContext {
        file: FILE.to_owned(),
        languages: &stand_in,
        diagnostics,
        omitted,
    };
    let Some(raw) = context.read::<raw::Event>(text) else {
        return (stand_in, None);
    };
    let codes = listed(&mut context, &raw);
    (Languages::new(codes).unwrap_or(stand_in), Some(raw))
}

/// The languages of a folder, whatever else is wrong with it.
pub(in crate::content) fn listed_languages(folder: &Folder) -> Languages {
    languages(folder, &mut Diagnostics::default(), &mut Vec::new()).0
}

fn listed(context: &mut FileContext<'_>, raw: &raw::Event) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    let Some(list) = context.needed(raw.languages.as_ref(), "languages", &WHOLE) else {
        return codes;
    };
    if list.value.is_empty() {
        context.push(problems::missing_key(FILE, &list.span, "languages"));
    }
    for code in &list.value {
        let well_formed = is_id(&code.value) && (2..=12).contains(&code.value.len());
        // A language's pages stand below its code, where pages of the first may already be.
        let is_taken = [
            "projects", "topics", "glossary", "about", "search", "assets",
        ]
        .contains(&code.value.as_str());
        if !well_formed || is_taken {
            context.push(problems::invalid_language(FILE, &code.span, &code.value));
        } else if codes.contains(&code.value) {
            context.push(problems::duplicate_id(FILE, &code.span, &code.value));
        } else {
            codes.push(code.value.clone());
        }
    }
    codes
}

/// Checks the event itself.
pub(super) fn check(
    checker: &mut Checker<'_>,
    raw: raw::Event,
    recap: Option<&Localized<Prose>>,
) -> Option<Event> {
    let emblem = projects::emblem(checker, EMBLEM);
    let mut context = checker.file_context(FILE);
    context.width(&raw.title, "title", TITLE);
    context.width(&raw.description, "description", DESCRIPTION);
    let name = context.text(raw.name, "name", &WHOLE);
    let lettering = lettering(&mut context, raw.lettering);
    let kind = context.text(raw.kind, "kind", &WHOLE);
    let title = context.text(raw.title, "title", &WHOLE);
    let description = context.text(raw.description, "description", &WHOLE);
    let headline = context.text(raw.headline, "headline", &WHOLE);
    let standfirst = context.text(raw.standfirst, "standfirst", &WHOLE);
    let date = context.needed_date(raw.date, "date", &WHOLE);
    let city = context.text(raw.city, "city", &WHOLE);
    let country = context.text(raw.country, "country", &WHOLE);
    let venue = context.text(raw.venue, "venue", &WHOLE);
    let host = context.text(raw.host, "host", &WHOLE);
    let updated = context.needed_date(raw.updated, "updated", &WHOLE);
    let stops = raw.series.unwrap_or_default();
    let series: Vec<_> = stops.into_iter().map(|it| stop(&mut context, it)).collect();
    let figures = figures::check(&mut context, raw.figures.unwrap_or_default());
    let aside = aside(&mut context, raw.aside, recap);
    let site_url = raw.site_url.and_then(|it| site_url(&mut context, &it));
    let source_url = raw.source_url.and_then(|it| web(&mut context, &it));
    let contact = raw.contact.and_then(|it| contact(&mut context, it));
    Some(Event {
        name: name?,
        lettering,
        kind: kind?,
        title: title?,
        description: description?,
        headline: headline?,
        standfirst: standfirst?,
        date: date?,
        city: city?,
        country: country?,
        venue: venue?,
        host: host?,
        series: series.into_iter().collect::<Option<_>>()?,
        figures,
        aside,
        updated: updated?,
        site_url,
        source_url,
        contact,
        emblem,
    })
}

/// The lettering of the name; only Hangul has the strokes that are told apart.
fn lettering(context: &mut FileContext<'_>, word: raw::Word) -> Option<String> {
    let word = context.optional_word(word, "lettering")?;
    let is_hangul = word.value.chars().all(|it| ('가'..='힣').contains(&it));
    if !is_hangul || word.value.chars().count() > 6 {
        let message = format!("`{}` cannot be lettered", word.value);
        let help = "write up to six Hangul syllables, such as 제네시스";
        let problem = problems::out_of_range(FILE, &word.span, message, help);
        context.push(problem);
        return None;
    }
    Some(word.value)
}

fn stop(context: &mut FileContext<'_>, stop: Spanned<raw::Stop>) -> Option<Stop> {
    let Spanned { value: stop, span } = stop;
    let city = context.text(stop.city, "city", &span);
    let country = context.text(stop.country, "country", &span);
    let note = context.text(stop.note, "note", &span);
    let date = match stop.date {
        Some(word) => Some(context.date(&word)?),
        None => None,
    };
    Some(Stop {
        city: city?,
        country: country?,
        date,
        note: note?,
    })
}

/// The recap's section that is set apart; it must be there in every language that has a recap.
fn aside(
    context: &mut FileContext<'_>,
    word: raw::Word,
    recap: Option<&Localized<Prose>>,
) -> Option<String> {
    let word = context.optional_word(word, "aside")?;
    let recap = recap?;
    let everywhere = recap.languages().all(|language| {
        let sections = recap.exact(language).map(|prose| &prose.sections);
        sections.is_some_and(|all| all.iter().any(|section| section.id == word.value))
    });
    if !everywhere {
        context.push(problems::unknown_section(FILE, &word.span, &word.value));
        return None;
    }
    Some(word.value)
}

/// Whether the text is an absolute address without anything that would break out of a page.
fn is_address(text: &str, schemes: &[&str]) -> bool {
    let rest = schemes.iter().find_map(|scheme| text.strip_prefix(scheme));
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && !rest.contains(|it: char| it.is_whitespace() || "\"'<>\\`{}|^".contains(it))
    })
}

/// Whether a site can be published at this address: an origin and perhaps a path, without query,
/// fragment, user or escapes.
pub fn is_site_url(text: &str) -> bool {
    is_address(text, &["https://", "http://"]) && !text.contains(['?', '#', '@', '%'])
}

fn site_url(context: &mut FileContext<'_>, word: &Spanned<String>) -> Option<String> {
    if !is_site_url(&word.value) {
        let help = "write a scheme, a host and perhaps a path, such as https://example.org/recap/";
        context.push(problems::invalid_address(
            FILE,
            &word.span,
            &word.value,
            help,
        ));
        return None;
    }
    Some(format!("{}/", word.value.trim_end_matches('/')))
}

fn web(context: &mut FileContext<'_>, word: &Spanned<String>) -> Option<String> {
    if !is_address(&word.value, &["https://", "http://"]) {
        let help = "write a whole web address, such as https://example.org/edit/content/";
        context.push(problems::invalid_address(
            FILE,
            &word.span,
            &word.value,
            help,
        ));
        return None;
    }
    Some(format!("{}/", word.value.trim_end_matches('/')))
}

fn contact(context: &mut FileContext<'_>, word: Spanned<String>) -> Option<String> {
    if !is_address(&word.value, &["https://", "http://", "mailto:"]) {
        let help = "write it as mailto:desk@example.org or as a web address";
        context.push(problems::invalid_address(
            FILE,
            &word.span,
            &word.value,
            help,
        ));
        return None;
    }
    Some(word.value)
}
