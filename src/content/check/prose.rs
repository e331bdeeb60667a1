//! Write-ups: a Markdown file a language.

use std::ops::Range;

use super::Checker;
use crate::content::document::{SCHEMES, WHOLE, invalid_address, is_address, missing_translation};
use crate::content::markdown::{self, Link};
use crate::content::yaml::NodeRef;
use crate::diagnostic::Diagnostic;
use crate::language::{LanguageId, Localized};
use crate::media;
use crate::model::{LinkTarget, Prose};

/// A checked text, kept until every page is known and its links can be checked.
#[derive(Clone, Debug)]
pub(super) struct TextFile {
    pub(super) file: String,
    /// The path of the page it stands on, without a language.
    pub(super) page: String,
    pub(super) language: LanguageId,
    pub(super) links: Vec<Link>,
    /// Every heading's ids, and where it stands.
    pub(super) ids: Vec<(String, Range<usize>)>,
}

/// The text of a folder in every language that has one; nothing where there is none at all.
pub(super) fn check(
    checker: &mut Checker<'_>,
    folder: &str,
    page: &str,
    texts: &mut Vec<TextFile>,
) -> Option<Localized<Prose>> {
    let languages = checker.languages.clone();
    let file = |language| format!("{folder}/{}.md", languages.code(language));
    let is_there = |it: &LanguageId| checker.folder.texts.contains_key(&file(*it));
    let shown = languages.iter().find(is_there)?;
    let mut proses = Vec::new();
    for language in languages.iter() {
        let file = file(language);
        if checker.lacks(&file) {
            let problem =
                missing_translation(&file, &WHOLE, "the text is", language, &[shown], &languages);
            checker.diagnostics.push(problem);
        }
        let Some(text) = checker.text(&file) else {
            proses.push(None);
            continue;
        };
        let document = markdown::parse(&file, &text);
        for problem in document.problems {
            checker.diagnostics.push(problem);
        }
        proses.push(Some(document.prose));
        texts.push(TextFile {
            links: document.links,
            ids: document.ids,
            file,
            page: page.to_owned(),
            language,
        });
    }
    Localized::new(proses)
}

/// The path of the picture that facts name, which is looked for with those of texts: it stands beside the file, or in
/// the folder `media`.
pub(super) fn picture(
    file: &str,
    page: &str,
    node: NodeRef<'_>,
    texts: &mut Vec<TextFile>,
) -> String {
    named(file, page, node, true, texts)
}

/// What is wrong with an address where a file may stand as well.
const MATERIAL_HELP: &str = "write a whole address, such as https://example.org/talk, or the name of a file beside this one";

/// The address of film or slides, or the path of their file, which is looked for like a picture.
pub(super) fn material(
    checker: &mut Checker<'_>,
    file: &str,
    page: &str,
    node: NodeRef<'_>,
    is_film: bool,
    texts: &mut Vec<TextFile>,
) -> String {
    let (Some(written), Some(span)) = (node.text(), node.span()) else {
        return String::new();
    };
    if written.contains(':') || written.starts_with("//") {
        if !is_address(written, &SCHEMES) {
            let problem = invalid_address(file, span, written, MATERIAL_HELP);
            checker.diagnostics.push(problem);
        } else if is_film {
            let target = Some(LinkTarget::External(written.to_owned()));
            texts.extend(link(file, page, node, target, false));
        }
        return written.to_owned();
    }
    if is_film
        && let Some(path) = markdown::file(written, markdown::folder(file))
        && (checker.folder.binaries.contains_key(&path) || checker.folder.texts.contains_key(&path))
        && !media::is_film(&path)
    {
        let message = format!("`{written}` is no film or sound that browsers play");
        let problem = Diagnostic::error("unserved-file", file, span, message);
        let help = "save it as MP4 (H.264) or WebM, or sound as MP3, and write that name";
        checker.diagnostics.push(problem.help(help));
        checker.read.insert(path);
        return String::new();
    }
    named(file, page, node, false, texts)
}

/// The path of a file that facts name, shown or linked.
fn named(
    file: &str,
    page: &str,
    node: NodeRef<'_>,
    is_picture: bool,
    texts: &mut Vec<TextFile>,
) -> String {
    let path = node.text().and_then(|it| markdown::file(it, markdown::folder(file)));
    let path = path.filter(|it| !it.ends_with('/'));
    let target = path.clone().map(LinkTarget::File);
    texts.extend(link(file, page, node, target, is_picture));
    path.unwrap_or_default()
}

/// What facts name as a link of a text.
fn link(
    file: &str,
    page: &str,
    node: NodeRef<'_>,
    target: Option<LinkTarget>,
    is_picture: bool,
) -> Option<TextFile> {
    Some(TextFile {
        links: vec![Link {
            written: node.text()?.to_owned(),
            target,
            span: node.span()?.clone(),
            is_picture,
            destination: None,
        }],
        ids: Vec::new(),
        file: file.to_owned(),
        page: page.to_owned(),
        language: LanguageId::FIRST,
    })
}
