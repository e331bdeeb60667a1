//! Which projects stand beside which: the lists that it is told from are made once for the site, not once a page.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::model::{Project, Website};

/// Projects that a page names as related, at most.
const MOST: usize = 4;

/// The place of every project in the programme, and those on each topic.
#[derive(Debug, Default)]
pub(super) struct Relations {
    places: HashMap<String, usize>,
    /// By topic, in the order of the programme.
    on_topic: HashMap<String, Vec<usize>>,
    /// By project, the places of those related to it: told once for all languages and forms of its page.
    related: Vec<OnceLock<Vec<usize>>>,
}

impl Relations {
    /// The projects by their topics.
    pub(super) fn new(website: &Website) -> Self {
        let mut relations = Self::default();
        for topic in &website.topics {
            relations.on_topic.insert(topic.id.clone(), Vec::new());
        }
        for (place, project) in website.projects.iter().enumerate() {
            relations.places.insert(project.slug.clone(), place);
            relations.related.push(OnceLock::new());
            for topic in &project.topics {
                if let Some(list) = relations.on_topic.get_mut(topic) {
                    list.push(place);
                }
            }
        }
        relations
    }

    /// The projects that carry a topic, by their places in the programme.
    pub(super) fn on(&self, topic: &str) -> &[usize] {
        self.on_topic.get(topic).map_or(&[], Vec::as_slice)
    }

    /// The projects before and after one in the programme.
    pub(super) fn prev_next<'a>(
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

    /// The projects that share most topics with one, in the order of the programme where they share as many.
    pub(super) fn related<'a>(&self, website: &'a Website, project: &Project) -> Vec<&'a Project> {
        let place = self.places.get(&project.slug).copied().unwrap_or_default();
        let related = self.related[place].get_or_init(|| self.closest(place, project));
        let related = related.iter();
        related.map(|&it| website.projects[it].as_ref()).collect()
    }

    fn closest(&self, place: usize, project: &Project) -> Vec<usize> {
        let lists = project.topics.iter().filter_map(|it| self.on_topic.get(it));
        let lists: Vec<&Vec<usize>> = lists.collect();
        let mut shared = vec![0_u8; self.places.len()];
        for &other in lists.iter().copied().flatten() {
            shared[other] += 1;
        }
        shared[place] = 0;
        let mut best: Vec<usize> = Vec::new();
        // The check lets a project have three topics.
        for count in (1..=3).rev() {
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
    }
}
