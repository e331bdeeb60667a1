//! Which projects stand beside which: computed once for the site, not once a page.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::model::{Project, Website};

/// Projects that a page names as related, at most.
const MOST: usize = 4;

/// The neighbours of every project in the programme, and those on the same topics.
#[derive(Debug, Default)]
pub(super) struct Relations {
    places: HashMap<Box<str>, usize>,
    related: Vec<Vec<usize>>,
}

impl Relations {
    /// Compares every project with those that share a topic with it.
    #[must_use]
    pub(super) fn new(website: &Website) -> Self {
        let projects = &website.projects;
        let mut by_topic: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, project) in projects.iter().enumerate() {
            for topic in &project.topics {
                by_topic.entry(topic).or_default().push(index);
            }
        }
        let count = || vec![0_usize; projects.len()];
        let related = |shared: &mut Vec<usize>, (own, project): (usize, &Arc<Project>)| {
            let lists: Vec<&Vec<usize>> =
                project.topics.iter().map(|it| &by_topic[&**it]).collect();
            for &other in lists.iter().copied().flatten() {
                shared[other] += 1;
            }
            shared[own] = 0;
            let mut best: Vec<usize> = Vec::new();
            // Those that share most topics, in the order of the programme where they share as many.
            for count in (1..=lists.len()).rev() {
                let mut first: Vec<usize> = Vec::new();
                for &other in lists.iter().copied().flatten() {
                    if shared[other] == count {
                        shared[other] = 0;
                        let place = first.partition_point(|it| *it < other);
                        first.insert(place, other);
                        first.truncate(MOST);
                    }
                }
                best.extend(first);
            }
            best.truncate(MOST);
            best
        };
        Self {
            places: projects
                .iter()
                .map(|it| it.slug.as_str().into())
                .zip(0..)
                .collect(),
            related: projects
                .par_iter()
                .enumerate()
                .map_init(count, related)
                .collect(),
        }
    }

    /// The projects before and after one in the programme.
    pub(super) fn neighbours<'a>(
        &self,
        website: &'a Website,
        slug: &str,
    ) -> (Option<&'a Project>, Option<&'a Project>) {
        let Some(&place) = self.places.get(slug) else {
            return (None, None);
        };
        let at = |place: usize| website.projects.get(place).map(AsRef::as_ref);
        (place.checked_sub(1).and_then(at), at(place + 1))
    }

    /// The projects that share most topics with one.
    pub(super) fn related<'a>(
        &self,
        website: &'a Website,
        slug: &str,
    ) -> impl Iterator<Item = &'a Project> {
        let place = self.places.get(slug);
        let related = place.and_then(|&it| self.related.get(it));
        related
            .into_iter()
            .flatten()
            .map(|&it| &*website.projects[it])
    }
}
