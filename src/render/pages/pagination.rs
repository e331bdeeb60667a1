//! Lists longer than a page: the way from one page to the next.

use super::Context;
use crate::language::fill;
use crate::model::routes::{PAGE_SIZE, list_page, page_count};

pub(super) fn entries<T>(all: impl Iterator<Item = T>, page: usize) -> impl Iterator<Item = T> {
    all.skip((page - 1) * PAGE_SIZE).take(PAGE_SIZE)
}

/// Where a page stands among the others of its list.
#[derive(Debug)]
pub(super) struct Pagination {
    /// `Page 2 of 9`.
    pub(super) position: String,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

impl Pagination {
    /// The way on from a page; `None` for a list that fits one.
    pub(super) fn new(
        context: Context<'_>,
        list: &str,
        page: usize,
        projects: usize,
    ) -> Option<Self> {
        let count = page_count(projects);
        let (number, total) = (page.to_string(), count.to_string());
        let values = [("n", &*number), ("total", &*total)];
        let address = |page: usize| context.urls().page(&list_page(list, page));
        (count > 1).then(|| Self {
            position: fill(&context.labels.list.page, &values),
            previous: (page > 1).then(|| address(page - 1)),
            next: (page < count).then(|| address(page + 1)),
        })
    }
}
