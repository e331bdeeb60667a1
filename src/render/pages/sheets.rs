//! Lists longer than a page: their sheets, and the way from one to the next.

use crate::language::LanguageId;
use crate::model::Labels;

use super::Site;

/// Entries on one sheet; a meetup fits one.
pub(in crate::render) const SHEET: usize = 60;
/// Emblems in a row that only decorates, or stands for many.
pub(in crate::render) const ROW: usize = 24;

/// How many sheets a list of so many entries fills; one at least.
#[must_use]
pub(in crate::render) fn sheets(entries: usize) -> usize {
    entries.div_ceil(SHEET).max(1)
}

/// The path of a sheet, counted from 1; the first has the list's own.
#[must_use]
pub(in crate::render) fn path(list: &str, sheet: usize) -> String {
    match sheet {
        1 => list.to_owned(),
        sheet => format!("{list}page/{sheet}/"),
    }
}

/// The title of a sheet; the first has the list's own.
#[must_use]
pub(in crate::render) fn title(labels: &Labels, title: &str, sheet: usize) -> String {
    match sheet {
        1 => title.to_owned(),
        sheet => labels
            .list
            .page_title
            .replace("{title}", title)
            .replace("{n}", &sheet.to_string()),
    }
}

/// The entries of a sheet.
pub(in crate::render) fn entries<T>(
    all: impl Iterator<Item = T>,
    sheet: usize,
) -> impl Iterator<Item = T> {
    all.skip((sheet - 1) * SHEET).take(SHEET)
}

/// Where a sheet stands among the others of its list.
#[derive(Debug)]
pub(in crate::render) struct Sheets {
    /// `Sheet 2 of 9`.
    pub(in crate::render) place: String,
    /// The sheet before.
    pub(in crate::render) previous: Option<String>,
    /// The sheet after.
    pub(in crate::render) next: Option<String>,
}

impl Sheets {
    /// The way on from a sheet; `None` for a list that fits one.
    pub(super) fn new(
        site: Site<'_>,
        language: LanguageId,
        list: &str,
        sheet: usize,
        entries: usize,
    ) -> Option<Self> {
        let count = sheets(entries);
        let address = |sheet: usize| site.addresses(language).page(&path(list, sheet));
        (count > 1).then(|| Self {
            place: site
                .website
                .labels(language)
                .list
                .page
                .replace("{n}", &sheet.to_string())
                .replace("{total}", &count.to_string()),
            previous: (sheet > 1).then(|| address(sheet - 1)),
            next: (sheet < count).then(|| address(sheet + 1)),
        })
    }
}
