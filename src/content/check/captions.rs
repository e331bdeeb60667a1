//! Captions beside films, and the transcripts that they make.

use std::collections::{BTreeMap, BTreeSet};

use super::Checker;
use super::prose::TextFile;
use crate::content::captions::{self, Cue};
use crate::content::markdown;
use crate::content::source::normalise;
use crate::diagnostic::Diagnostic;
use crate::language::LanguageId;
use crate::media::{Medium, Player, captions as beside, is_film};
use crate::model::{LinkTarget, Project, Transcript};

/// Bytes of captions: a talk of an hour has a tenth.
const LARGEST: u64 = 1 << 20;

/// The transcripts of every film that is shown, by its path without its ending; those of one on another site lie beside
/// the text as if that were called `video`.
pub(super) fn transcripts(
    checker: &mut Checker<'_>,
    texts: &[TextFile],
    shown: &BTreeMap<String, Medium>,
    projects: &[Project],
) -> BTreeMap<String, Vec<Transcript>> {
    let stem = |it: &String| Some(it.rsplit_once('.')?.0.to_owned());
    let films = shown.keys().filter(|it| is_film(it));
    let mut stems: BTreeSet<String> = films.filter_map(stem).collect();
    for text in texts {
        // Facts name what they show, and texts what they link too.
        let is_text = text.file.rsplit('.').next() == Some("md");
        let has_player = |it: &str| !is_text || Player::of(it).is_some();
        let mut links = text.links.iter().map(|it| &it.target);
        if links.any(|it| matches!(it, Some(LinkTarget::External(it)) if has_player(it))) {
            stems.insert(format!("{}/video", markdown::folder(&text.file)));
        }
    }
    let all = stems.into_iter().map(|stem| {
        let own = projects.iter().find(|it| stem.starts_with(&(it.folder() + "/")));
        let code = own.and_then(|it| it.language.clone());
        let transcripts = of_film(checker, &stem, code.as_deref());
        (stem, transcripts)
    });
    all.filter(|(_, it)| !it.is_empty()).collect()
}

/// The transcripts of a film in the order of the site's languages; captions that do not say theirs are in that of the
/// talk.
fn of_film(checker: &mut Checker<'_>, stem: &str, spoken: Option<&str>) -> Vec<Transcript> {
    let languages = checker.languages.clone();
    let first = languages.iter().next().map_or("", |it| languages.code(it));
    let spoken = spoken.unwrap_or(first);
    let (mut said, mut titles) = (BTreeMap::new(), BTreeMap::new());
    let folder = checker.folder;
    for it in beside(&folder.binaries, &format!("{stem}.")) {
        let into = if it.are_chapters { &mut titles } else { &mut said };
        let code = it.language.unwrap_or(spoken);
        into.insert(code.to_owned(), read(checker, it.path));
    }
    if said.is_empty() {
        said.extend(titles.keys().map(|it| (it.clone(), Vec::new())));
    }
    let all = said.into_iter().map(|(language, cues)| {
        let titles = titles.get(&language).or_else(|| titles.values().next());
        let chapters = captions::chapters(&cues, titles.map_or(&[], Vec::as_slice));
        Transcript { language, chapters }
    });
    let mut all: Vec<Transcript> = all.filter(|it| !it.chapters.is_empty()).collect();
    all.sort_by_key(|it| languages.find(&it.language).map_or(usize::MAX, LanguageId::index));
    all
}

fn read(checker: &mut Checker<'_>, path: &str) -> Vec<Cue> {
    checker.read.insert(path.to_owned());
    let file = checker.folder.binaries[path].file();
    let warning = |span, message| Diagnostic::warning("invalid-captions", path, span, message);
    if file.stamp.length > LARGEST {
        let problem = warning(0..0, "these captions have more than 1 MiB");
        let help = "keep what is said and when: a talk of an hour has some 100 kB";
        checker.diagnostics.push(problem.help(help));
        return Vec::new();
    }
    let bytes = file.open().and_then(|it| it.read_at(0, 1 << 20));
    let mut problems = Vec::new();
    let (text, cues) = match bytes.map(|it| normalise(it.into())) {
        Ok(Ok(text)) => {
            let cues = captions::cues(path, &text, &mut problems);
            (text, cues)
        }
        Ok(Err((readable, offset))) => {
            let problem = warning(offset..offset + 3, "this byte is not UTF-8 text");
            problems.push(problem.help("save the file as UTF-8"));
            (readable, Vec::new())
        }
        Err(error) => {
            let problem = warning(0..0, "these captions cannot be read");
            problems.push(problem.help(error.to_string()));
            (String::new(), Vec::new())
        }
    };
    if !problems.is_empty() {
        checker.diagnostics.add_source(path, text.into());
    }
    for problem in problems {
        checker.diagnostics.push(problem);
    }
    cues
}
