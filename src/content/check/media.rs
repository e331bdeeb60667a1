//! Files that texts and facts show or link: what they are, and whether they can be published.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::prose::TextFile;
use super::{Checker, svg};
use crate::content::source::{Binary, too_much};
use crate::diagnostic::Diagnostic;
use crate::media::{Kind, Medium, Original, captions, is_film, served_as, within};
use crate::model::LinkTarget;

/// Bytes from which a picture that moves is better a film.
const LARGE_ANIMATION: u64 = 4 << 20;

/// The files that are named somewhere and are there, by their paths.
#[derive(Default)]
pub(super) struct Found {
    /// Without what it is where something is wrong with it, which has been said.
    files: BTreeMap<String, Option<Medium>>,
    /// All names of the folder in small letters, and as they are.
    names: BTreeMap<String, String>,
}

impl Found {
    /// Whether there is such a file, or a folder that holds a picture.
    pub(super) fn has(&self, path: &str) -> bool {
        if path.ends_with('/') {
            within(&self.files, path).next().is_some()
        } else {
            self.files.contains_key(path)
        }
    }

    /// The media to publish for a path, with the captions beside a film.
    pub(super) fn take(&self, path: &str) -> Vec<(String, Medium)> {
        let paths: Vec<&str> = if path.ends_with('/') {
            within(&self.files, path).map(|(path, _)| path).collect()
        } else {
            let captions = captions(&self.files, path).map(|it| it.path);
            captions.chain([path]).collect()
        };
        let media = paths.into_iter();
        media.filter_map(|it| Some((it.to_owned(), self.files.get(it)?.clone()?))).collect()
    }

    /// The path of a file of this name in another folder.
    pub(super) fn elsewhere(&self, name: &str) -> Option<&str> {
        let mut paths = self.names.values().map(AsRef::as_ref);
        paths.find(|it: &&str| it.rsplit('/').next() == Some(name))
    }

    /// The name of the file that is there with other capitals.
    pub(super) fn nearly(&self, path: &str) -> Option<&str> {
        let there = self.names.get(&plain(path))?;
        there.rsplit('/').next()
    }
}

/// Whether a path has the end of a file's name.
pub(super) fn is_file(path: &str) -> bool {
    let ending = ending(path);
    served_as(&ending).is_some() || is_picture(&ending)
}

/// A name without capitals and with plain spaces: macOS puts a narrow one before `PM`.
fn plain(path: &str) -> String {
    path.to_lowercase().replace(['\u{202f}', '\u{a0}'], " ")
}

fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(String::new(), |(_, end)| end.to_lowercase())
}

fn is_picture(ending: &str) -> bool {
    let kinds = [Kind::Jpeg, Kind::Png, Kind::Gif, Kind::Webp, Kind::Avif];
    ending == "svg" || kinds.iter().any(|it| it.endings().contains(&ending))
}

/// What one text may show or link, however often it is the same.
const SHOWN: usize = 500;

/// Looks for every file that a text or a fact names, and looks pictures through, beside one another.
pub(super) fn look_through(checker: &mut Checker<'_>, texts: &[TextFile]) -> Found {
    // By path, whether it is shown and not only linked, and where it is named first.
    let mut named: BTreeMap<String, (bool, usize)> = BTreeMap::new();
    let folder = checker.folder;
    let paths = || folder.texts.keys().chain(folder.binaries.keys());
    for (index, text) in texts.iter().enumerate() {
        let mut shown = 0;
        for link in &text.links {
            let Some(LinkTarget::File(path)) = &link.target else {
                continue;
            };
            let inside: Vec<&str> = if link.is_picture && path.ends_with('/') {
                let texts = within(&folder.texts, path).map(|(path, _)| path);
                let binaries = within(&folder.binaries, path).map(|(path, _)| path);
                let is_shown =
                    |it: &&str| !it[path.len()..].contains('/') && is_picture(&ending(it));
                texts.chain(binaries).filter(is_shown).collect()
            } else {
                vec![path]
            };
            let beside: Vec<_> = captions(&folder.binaries, path).collect();
            shown += inside.len() + beside.len();
            if shown > SHOWN {
                let message =
                    format!("this text shows more than {SHOWN} pictures, films and captions");
                let problem =
                    Diagnostic::error("too-many-pictures", &text.file, &link.span, message);
                let help = "a page of so many loads for minutes: leave some out, or give them pages of their own";
                checker.diagnostics.push(problem.help(help));
                break;
            }
            for beside in beside {
                named.entry(beside.path.to_owned()).or_insert((false, index));
            }
            for path in inside {
                named.entry(path.to_owned()).or_insert((false, index)).0 |= link.is_picture;
            }
        }
    }
    let looked: Vec<(&String, Look)> = named
        .par_iter()
        .filter_map(|(path, (is_shown, _))| {
            let binary = folder.binaries.get(path)?;
            Some((path, look(checker, path, binary, *is_shown)))
        })
        .collect();
    let mut found =
        Found { names: paths().map(|it| (plain(it), it.clone())).collect(), ..Found::default() };
    let mut originals: Vec<Arc<Original>> = Vec::new();
    for (path, look) in looked {
        checker.read.insert(path.clone());
        if let Some(problem) = look.problem {
            checker.diagnostics.push(problem);
        }
        if let Some(Medium::Picture(original)) = &look.medium {
            originals.push(Arc::clone(original));
        }
        found.files.insert(path.clone(), look.medium);
    }
    let mut room = folder.room;
    for (path, (_, index)) in &named {
        let Some(text) = folder.texts.get(path).filter(|_| ending(path) == "svg") else {
            continue;
        };
        checker.read.insert(path.clone());
        let text = Arc::clone(text);
        let medium = svg::picture(checker, path, &text);
        let length = match &medium {
            Some(Medium::Drawing(svg)) => svg.to_string().len() as u64,
            _ => 0,
        };
        if let Some(Medium::Picture(original)) = &medium {
            originals.push(Arc::clone(original));
        }
        let Some(left) = room.checked_sub(length) else {
            let file = &texts[*index].file;
            checker.diagnostics.push(too_much(file, 0..0, "this drawing is one too many"));
            break;
        };
        room = left;
        found.files.insert(path.clone(), medium);
    }
    if checker.diagnostics.errors() == 0 {
        checker.store.retain(originals.iter().map(|it| &**it));
    }
    found
}

/// What a file is, or what is wrong with it.
struct Look {
    medium: Option<Medium>,
    problem: Option<Diagnostic>,
}

fn look(checker: &Checker<'_>, path: &str, binary: &Binary, is_shown: bool) -> Look {
    let (file, ending) = (binary.file(), ending(path));
    let refused = |code, message: String, help: String| Look {
        medium: None,
        problem: Some(Diagnostic::error(code, path, 0..0, message).help(help)),
    };
    let head = file.open().and_then(|it| it.read_at(0, 64));
    let kind = match head.map(|it| Kind::of(&it)) {
        Ok(kind) => kind,
        Err(error) => {
            let help = "check that it exists and that the program may read it";
            return refused(
                "unreadable-file",
                format!("this cannot be read: {error}"),
                help.into(),
            );
        }
    };
    let served = served_as(&ending).filter(|_| !is_shown || is_film(path));
    match kind {
        _ if served.is_some() => Look {
            medium: Some(Medium::File(file)),
            problem: None,
        },
        Ok(kind) => match checker.store.original(path, &file) {
            Ok(original) => {
                let problem = about(path, kind, &ending, &original, file.stamp.length);
                let medium = Some(Medium::Picture(Arc::new(original)));
                Look { medium, problem }
            }
            Err(reason) => refused(
                "invalid-picture",
                format!("this picture cannot be shown: {reason}"),
                "open it in a picture editor and save it again as JPEG or PNG, no larger than 8000 × 6000 pixels"
                    .into(),
            ),
        },
        Err(_) if !is_shown => refused(
            "unserved-file",
            format!("files that end in `.{ending}` are not served"),
            "pack it into a ZIP archive, or save it as PDF or text".into(),
        ),
        Err(what) => {
            let help = match what {
                "HEIC" => "save it as JPEG: on a phone, choose «most compatible» as the format of the camera",
                "a QuickTime film" | "a film" => "save it as MP4 (H.264), under a name that ends in `.mp4`",
                _ => "save it as JPEG or PNG",
            };
            let code = if is_picture(&ending) { "invalid-picture" } else { "unshown-picture" };
            let message = format!("this is no picture that browsers show, but {what}");
            refused(code, message, format!("{help}; {}", Kind::SHOWN))
        }
    }
}

/// What an editor had better know of a picture that is shown all the same.
fn about(
    path: &str,
    kind: Kind,
    ending: &str,
    original: &Original,
    length: u64,
) -> Option<Diagnostic> {
    let warning = |message: &str, help: String| {
        Some(Diagnostic::warning("invalid-picture", path, 0..0, message).help(help))
    };
    if !kind.endings().contains(&ending) {
        let end = kind.endings()[0];
        let help = format!("it is shown as what it is; give it a name that ends in `.{end}`");
        return warning("this picture is of another kind than its name says", help);
    }
    if length > LARGE_ANIMATION && original.raster.is_as_is() {
        let help = "a film says the same in a tenth: save it as MP4".to_owned();
        return warning(
            "this moving picture has more than 4 MiB, which every reader fetches",
            help,
        );
    }
    None
}
