//! People: a folder each.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::prose::{self, TextFile};
use super::{Checker, missing_file, projects, width};
use crate::content::document::{Reader, WHOLE, invalid_id, is_id};
use crate::model::{Person, Project, SpeakerRef, routes};

/// Columns of a name that fit a title and a preview card.
const NAME: usize = 40;

static READER: LazyLock<Reader<Person>> = LazyLock::new(Reader::new);

/// The people without fault, in the order of their folders.
pub(super) fn check(checker: &mut Checker<'_>, texts: &mut Vec<TextFile>) -> Vec<Person> {
    let slugs = checker.folders("people");
    let people = slugs.into_iter();
    people.filter_map(|it| one(checker, &it, texts)).collect()
}

fn one(checker: &mut Checker<'_>, slug: &str, texts: &mut Vec<TextFile>) -> Option<Person> {
    let folder = format!("people/{slug}");
    let file = format!("{folder}/person.yaml");
    if !is_id(slug) {
        checker.diagnostics.push(invalid_id(&file, &WHOLE, slug));
    }
    let page = routes::person(slug);
    let bio = prose::check(checker, &folder, &page, texts);
    let text = checker.text(&file);
    if text.is_none() && !checker.has_problem(&file) {
        checker.diagnostics.push(missing_file(&file, "who it is"));
    }
    let document = text.and_then(|it| {
        let languages = &checker.languages;
        READER.read(&file, &it, languages, checker.diagnostics)
    });
    checker.aliases_known &= document
        .as_ref()
        .is_some_and(|it| !it.is_omitted("aliases"));
    let mut document = document?;
    let tree = &document.tree;
    width(&file, tree.key("name"), "name", NAME, checker.diagnostics);
    if let Some(photo) = &mut document.value.photo {
        photo.path = prose::picture(&file, &page, tree.key("photo"), texts);
    }
    let aliases = projects::aliases(&file, tree, checker.diagnostics);
    let aliases = aliases.into_iter().map(|it| (file.clone(), it));
    checker.aliases.extend(aliases);
    document.is_sound.then(|| Person {
        slug: slug.to_owned(),
        bio,
        ..document.value
    })
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
