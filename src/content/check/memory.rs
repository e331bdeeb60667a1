//! What was checked before and has not changed since: checking it again would come to the same.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::Checker;
use super::projects::CheckedProject;
use crate::content::source::Folder;
use crate::language::Languages;
use crate::model::Topic;

/// The projects as they were checked the last time, each with the texts it was made of, so that an edit among ten
/// thousand projects is an edit of one.
#[derive(Debug, Default)]
pub struct Memory {
    common: Common,
    projects: HashMap<String, Remembered>,
}

/// What every project is checked against.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Common {
    languages: Option<Languages>,
    topics: Option<Vec<String>>,
}

impl Common {
    pub(super) fn new(checker: &Checker<'_>, topics: Option<&[Topic]>) -> Self {
        Self {
            languages: Some(checker.languages.clone()),
            topics: topics.map(|all| all.iter().map(|it| it.id.clone()).collect()),
        }
    }
}

/// A project, with what it was made of.
#[derive(Clone, Debug)]
struct Remembered {
    texts: Vec<(String, Arc<str>)>,
    checked: Arc<CheckedProject>,
}

impl Memory {
    /// Checks those of the projects whose texts are not the same as the last time, on all processors, and remembers
    /// them all; in the order of `slugs`.
    pub(super) fn recall(
        &mut self,
        common: &Common,
        (folder, named): (&Folder, &BTreeSet<String>),
        slugs: &[String],
        check: impl Fn(&str) -> CheckedProject + Sync,
    ) -> Vec<Arc<CheckedProject>> {
        if self.common != *common {
            self.projects.clear();
            self.common = common.clone();
        }
        let known = &self.projects;
        let fresh: Vec<Option<Remembered>> = slugs
            .par_iter()
            .map(|slug| {
                let texts = texts(folder, named, slug);
                let is_known = known.get(slug).is_some_and(|it| it.texts == texts);
                (!is_known).then(|| Remembered {
                    texts,
                    checked: Arc::new(check(slug)),
                })
            })
            .collect();
        let there: HashSet<&String> = slugs.iter().collect();
        self.projects.retain(|slug, _| there.contains(slug));
        for (slug, fresh) in slugs.iter().zip(fresh) {
            if let Some(fresh) = fresh {
                self.projects.insert(slug.clone(), fresh);
            }
        }
        let all = &self.projects;
        slugs
            .iter()
            .map(|it| Arc::clone(&all[it].checked))
            .collect()
    }
}

/// The texts below a project's folder, and with an empty text the files of which something was said instead.
fn texts(folder: &Folder, named: &BTreeSet<String>, slug: &str) -> Vec<(String, Arc<str>)> {
    let prefix = format!("projects/{slug}/");
    let texts = folder.texts.range(prefix.clone()..);
    let named = named.range(prefix.clone()..);
    texts
        .map(|(path, text)| (path, Arc::clone(text)))
        .take_while(|(path, _)| path.starts_with(&prefix))
        .chain(
            named
                .take_while(|path| path.starts_with(&prefix))
                .map(|path| (path, Arc::default())),
        )
        .map(|(path, text)| (path.clone(), text))
        .collect()
}
