//! People: a folder each.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::prose::{self, TextFile};
use super::{Checker, folder, width};
use crate::content::document::Reader;
use crate::model::{Person, Project, SpeakerRef, routes};

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
    let (document, bio) = folder::check(checker, &READER, &file, &page, "who it is", texts);
    let mut document = document?;
    let tree = &document.tree;
    width(&file, tree.key("name"), "name", NAME, checker.diagnostics);
    if let Some(photo) = &mut document.value.photo {
        photo.path = prose::picture(&file, &page, tree.key("photo"), texts);
    }
    document.is_sound.then_some(Person {
        slug,
        bio,
        aliases: checker.aliases_of(&file),
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
