//! Who made pictures: a `credits.yaml` beside them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use super::{Checker, media};
use crate::content::document::Reader;
use crate::content::markdown;
use crate::diagnostic::Diagnostic;
use crate::media::within;
use crate::model::Credit;

const NAME: &str = "credits.yaml";

static READER: LazyLock<Reader<Vec<Credit>>> = LazyLock::new(Reader::new);

/// The credit of each picture that has one, by its path; what lies nearest holds.
pub(super) fn check(checker: &mut Checker<'_>) -> BTreeMap<String, Arc<Credit>> {
    let folder = checker.folder;
    let is_credits = |it: &&String| it.rsplit('/').next() == Some(NAME);
    let mut files: Vec<&String> = folder.texts.keys().filter(is_credits).collect();
    files.sort_by_key(|it| Reverse(it.matches('/').count()));
    let mut credits = BTreeMap::new();
    for file in files {
        let Some(document) = checker.document(file, &READER) else {
            continue;
        };
        let start = file.strip_suffix(NAME).unwrap_or_default();
        let texts = within(&folder.texts, start).map(|(path, _)| path);
        let there = within(&folder.binaries, start).map(|(path, _)| path);
        let there = there.chain(texts).filter(|it| media::is_file(it));
        let there: BTreeSet<&str> = there.collect();
        let nearly: BTreeMap<String, &str> =
            there.iter().map(|it| (it.to_lowercase(), *it)).collect();
        let (mut own, mut of_all) = (BTreeMap::new(), None);
        let mut refuse = |code, span, message: String, help: String| {
            let problem = Diagnostic::error(code, file, span, message);
            checker.diagnostics.push(problem.help(help));
        };
        let entries = document.value.into_iter().map(Arc::new);
        for (credit, node) in entries.zip(document.tree.root().items()) {
            let files = node.key("files");
            if files.span().is_none()
                && of_all.replace(Arc::clone(&credit)).is_some()
                && let Some(span) = node.span()
            {
                let message = "this is the second entry for all other files".to_owned();
                let help = "write `files: [stage.jpg]` in one of the two".to_owned();
                refuse("duplicate-id", span, message, help);
            }
            for (name, span) in files.items().filter_map(|it| it.text().zip(it.span())) {
                let path = markdown::file(name, markdown::folder(file)).unwrap_or_default();
                if !there.contains(path.as_str()) {
                    let message = format!("there is no file `{name}` beside this one");
                    let help = match nearly.get(&path.to_lowercase()) {
                        Some(nearly) => {
                            format!("did you mean `{}`? Capitals count", &nearly[start.len()..])
                        }
                        None => "write the name of a picture in the same folder".to_owned(),
                    };
                    refuse("missing-picture", span, message, help);
                } else if own.insert(path, Arc::clone(&credit)).is_some() {
                    let message = format!("`{name}` is named twice");
                    let help = "keep the entry that is right".to_owned();
                    refuse("duplicate-id", span, message, help);
                }
            }
        }
        let others = of_all
            .into_iter()
            .flat_map(|credit| there.iter().map(move |it| ((*it).to_owned(), Arc::clone(&credit))));
        for (path, credit) in own.into_iter().chain(others) {
            credits.entry(path).or_insert(credit);
        }
    }
    credits
}
