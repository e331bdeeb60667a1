//! Lists longer than a page: their sheets, and the way from one to the next.

use crate::model::Labels;

use super::Context;

/// Entries on one sheet; a meetup fits one.
pub(in crate::render) const PAGE_SIZE: usize = 60;
/// Emblems in a row that only decorates, or stands for many.
pub(in crate::render) const EMBLEM_ROW: usize = 24;

/// How many sheets a list of so many entries fills; one at least.
pub(in crate::render) fn page_count(entries: usize) -> usize {
    entries.div_ceil(PAGE_SIZE).max(1)
}

/// The path of a sheet, counted from 1; the first has the list's own.
pub(in crate::render) fn path(list: &str, page_number: usize) -> String {
    match page_number {
        1 => list.to_owned(),
        page_number => format!("{list}page/{page_number}/"),
    }
}

/// The title of a sheet; the first has the list's own.
pub(in crate::render) fn title(labels: &Labels, title: &str, page_number: usize) -> String {
    match page_number {
        1 => title.to_owned(),
        page_number => labels
            .list
            .page_title
            .replace("{title}", title)
            .replace("{n}", &page_number.to_string()),
    }
}

/// The entries of a sheet.
pub(in crate::render) fn entries<T>(
    all: impl Iterator<Item = T>,
    page_number: usize,
) -> impl Iterator<Item = T> {
    all.skip((page_number - 1) * PAGE_SIZE).take(PAGE_SIZE)
}

/// Where a sheet stands among the others of its list.
#[derive(Debug)]
pub(in crate::render) struct Pagination {
    /// `Sheet 2 of 9`.
    pub(in crate::render) position: String,
    /// The sheet before.
    pub(in crate::render) previous: Option<String>,
    /// The sheet after.
    pub(in crate::render) next: Option<String>,
}

impl Pagination {
    /// The way on from a sheet; `None` for a list that fits one.
    pub(super) fn new(
        context: Context<'_>,
        list: &str,
        page_number: usize,
        entries: usize,
    ) -> Option<Self> {
        let count = page_count(entries);
        let address = |page_number: usize| context.urls().page(&path(list, page_number));
        (count > 1).then(|| Self {
            position: context
                .labels
                .list
                .page
                .replace("{n}", &page_number.to_string())
                .replace("{total}", &count.to_string()),
            previous: (page_number > 1).then(|| address(page_number - 1)),
            next: (page_number < count).then(|| address(page_number + 1)),
        })
    }
}
