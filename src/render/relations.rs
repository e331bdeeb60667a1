//! Which projects stand beside which: the lists that it is told from are made once for the site, not once a page.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::mem;
use std::sync::OnceLock;

use crate::model::{Project, SpeakerRef, Website};

/// Projects that a page names as related, at most.
const MOST: usize = 4;

/// Projects are named by their places in the programme, from 0.
#[derive(Debug, Default)]
pub(super) struct Relations {
    /// By the topic's id, in the order of the programme.
    on_topic: HashMap<String, Vec<usize>>,
    /// By the person's id, likewise.
    by_person: HashMap<String, Vec<usize>>,
    /// By project: told once for all languages and forms of its page.
    related: Vec<OnceLock<Vec<usize>>>,
}

impl Relations {
    pub(super) fn new(website: &Website) -> Self {
        let mut relations = Self::default();
        relations.related.resize_with(website.projects.len(), OnceLock::new);
        for (index, project) in website.projects.iter().enumerate() {
            for topic in &project.topics {
                let list = relations.on_topic.entry(topic.clone()).or_default();
                list.push(index);
            }
            for id in project.speakers.iter().filter_map(SpeakerRef::id) {
                let list = relations.by_person.entry(id.to_owned()).or_default();
                list.push(index);
            }
        }
        relations
    }

    pub(super) fn on(&self, topic: &str) -> &[usize] {
        self.on_topic.get(topic).map_or(&[], Vec::as_slice)
    }

    pub(super) fn by(&self, person: &str) -> &[usize] {
        self.by_person.get(person).map_or(&[], Vec::as_slice)
    }

    /// The projects that share most topics with one, in the order of the programme where they share as many.
    pub(super) fn related<'a>(
        &self,
        website: &'a Website,
        index: usize,
    ) -> impl Iterator<Item = &'a Project> {
        let related = self.related[index].get_or_init(|| {
            let topics = &website.projects[index].topics;
            self.closest(index, topics)
        });
        let related = related.clone().into_iter();
        related.map(|other| &website.projects[other])
    }

    fn closest(&self, index: usize, topics: &[String]) -> Vec<usize> {
        let sharing = || topics.iter().flat_map(|topic| self.on(topic).iter().copied());
        let mut shared = vec![0_usize; self.related.len()];
        for other in sharing().filter(|other| *other != index) {
            shared[other] += 1;
        }
        let mut best = Vec::new();
        for other in sharing() {
            let count = mem::take(&mut shared[other]);
            if count > 0 {
                let key = (Reverse(count), other);
                best.insert(best.partition_point(|it| *it < key), key);
                best.truncate(MOST);
            }
        }
        best.into_iter().map(|(_, other)| other).collect()
    }
}
