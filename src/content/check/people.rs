//! People, a folder each; and what is checked of any folder of which a page is made.

use std::collections::HashMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::prose::{self, TextFile};
use super::{Checker, missing_file, projects, width};
use crate::content::document::{Document, Reader, WHOLE, invalid_id, is_id};
use crate::content::markdown;
use crate::language::Localized;
use crate::model::{Person, Project, Prose, SpeakerRef, routes};

/// Columns of a name that fit a title and a preview card.
const NAME: usize = 40;

static READER: LazyLock<Reader<Person>> = LazyLock::new(Reader::new);

/// The people without fault, in the order of their folders.
pub(super) fn check(checker: &mut Checker<'_>, texts: &mut Vec<TextFile>) -> Vec<Person> {
    let slugs = checker.folders("people");
    let people = slugs.into_iter();
    people.filter_map(|it| one(checker, it, texts)).collect()
}

fn one(checker: &mut Checker<'_>, slug: String, texts: &mut Vec<TextFile>) -> Option<Person> {
    let file = format!("people/{slug}/person.yaml");
    let page = routes::person(&slug);
    let (document, bio) = folder(checker, &READER, &file, &page, "who it is", texts);
    let mut document = document?;
    let tree = &document.tree;
    width(&file, tree.key("name"), "name", NAME, checker.diagnostics);
    if let Some(photo) = &mut document.value.photo {
        photo.path = prose::picture(&file, &page, tree.key("photo"), texts);
    }
    document.is_sound.then_some(Person {
        slug,
        bio,
        ..document.value
    })
}

/// Checks a folder of which a page is made: the document of its facts, and its text.
pub(super) fn folder<T: DeserializeOwned + JsonSchema>(
    checker: &mut Checker<'_>,
    reader: &Reader<T>,
    file: &str,
    page: &str,
    what: &str,
    texts: &mut Vec<TextFile>,
) -> (Option<Document<T>>, Option<Localized<Prose>>) {
    let folder = markdown::folder(file);
    let slug = folder.rsplit('/').next().unwrap_or_default();
    if !is_id(slug) {
        checker.diagnostics.push(invalid_id(file, &WHOLE, slug));
    }
    let prose = prose::check(checker, folder, page, texts);
    let text = checker.text(file);
    if text.is_none() && !checker.has_problem(file) {
        checker.diagnostics.push(missing_file(file, what));
    }
    let document = text.and_then(|it| {
        let languages = &checker.languages;
        reader.read(file, &it, languages, checker.diagnostics)
    });
    let is_known = |it: &Document<T>| !it.is_omitted("aliases");
    checker.aliases_known &= document.as_ref().is_some_and(is_known);
    if let Some(document) = &document {
        let aliases = projects::aliases(file, &document.tree, checker.diagnostics);
        let aliases = aliases.into_iter().map(|it| (file.to_owned(), it));
        checker.aliases.extend(aliases);
    }
    (document, prose)
}

/// Tells of each person whether all that they presented are drafts.
pub(super) fn mark_drafts(people: &mut [Person], projects: &[Project]) {
    let mut only_drafts: HashMap<&str, bool> = HashMap::new();
    for project in projects {
        for id in project.speakers.iter().filter_map(SpeakerRef::id) {
            *only_drafts.entry(id).or_insert(true) &= project.draft;
        }
    }
    for person in people {
        person.is_draft = only_drafts.get(&*person.slug) == Some(&true);
    }
}
