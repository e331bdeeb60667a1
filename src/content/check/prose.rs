//! Write-ups: a Markdown file a language.

use std::ops::Range;
use std::sync::Arc;

use super::Checker;
use crate::content::markdown::{self, Document, Fragment, Fragments, Lint, LintKind};
use crate::content::problems;
use crate::diagnostic::Diagnostic;
use crate::language::{LanguageId, Localized};
use crate::model::{Html, LinkTarget, Markdown, Prose, Section, Segment};

/// A checked text, kept until every page is known and its links can be checked.
#[derive(Clone, Debug)]
pub(super) struct TextFile {
    /// Its path from the content folder.
    pub(super) file: String,
    /// The path of the page it stands on, without a language.
    pub(super) page: String,
    /// The language it is written in.
    pub(super) language: LanguageId,
    /// Every link: where it leads, and where it stands.
    pub(super) links: Vec<(LinkTarget, Range<usize>)>,
    /// Where the addresses of the links stand, as far as they are written as they are.
    pub(super) addresses: Vec<Option<Range<usize>>>,
    /// Every heading's id, and where it stands.
    pub(super) ids: Vec<(String, Range<usize>)>,
}

/// The text of a folder in every language that has one.
pub(super) fn check(
    checker: &mut Checker<'_>,
    folder: &str,
    page: &str,
    texts: &mut Vec<Arc<TextFile>>,
) -> Option<Localized<Prose>> {
    let languages = checker.languages.clone();
    let file = |language| format!("{folder}/{}.md", languages.code(language));
    let has_any = languages
        .iter()
        .any(|language| checker.folder.texts.contains_key(&file(language)));
    let mut proses = Vec::new();
    for language in languages.iter() {
        let file = file(language);
        if has_any && !checker.folder.texts.contains_key(&file) {
            checker.read.insert(file.clone());
            let code = languages.code(language);
            if !checker.has_problem(&file) {
                let problem = problems::missing_translation(&file, &(0..0), folder, code);
                checker.diagnostics.push(problem);
            }
            proses.push(None);
            continue;
        }
        let Some(text) = checker.text(&file, "the write-up") else {
            proses.push(None);
            // One message is enough where no language has the text.
            if !has_any {
                break;
            }
            continue;
        };
        let document = markdown::parse(&text);
        for lint in &document.lints {
            let problem = problem(&file, &text, &document, lint);
            checker.diagnostics.push(problem);
        }
        let targets = targets(checker, &file, &document);
        proses.push(Some(prose(&text, &document, &targets)));
        let links = document.links.iter().zip(&targets.links);
        let images = document.images.iter().zip(&targets.images);
        texts.push(Arc::new(TextFile {
            links: links
                .map(|(link, target)| (target.clone(), link.span.clone()))
                .chain(images.map(|(image, target)| (target.clone(), image.span.clone())))
                .collect(),
            addresses: document
                .links
                .iter()
                .map(|link| link.destination.clone())
                .chain(document.images.iter().map(|it| it.destination.clone()))
                .collect(),
            ids: document
                .headings
                .iter()
                .flat_map(|heading| {
                    let ids = std::iter::once(&heading.id).chain(&heading.former);
                    ids.map(|id| (id.clone(), heading.span.clone()))
                })
                .collect(),
            file,
            page: page.to_owned(),
            language,
        }));
    }
    Localized::new(proses)
}

fn problem(file: &str, text: &str, document: &Document, lint: &Lint) -> Diagnostic {
    let span = &lint.span;
    // Headings underlined with `===` have no marks to change.
    let marks = text[span.start..].starts_with('#').then_some(span.start);
    match lint.kind {
        LintKind::RawHtml => problems::raw_html(file, span),
        LintKind::TopHeading => problems::top_heading(file, span, marks),
        LintKind::SkippedLevel => {
            let fix = marks.and_then(|_| raised(text, document, span));
            problems::skipped_level(file, span, fix)
        }
        LintKind::EmptyHeading => problems::empty_heading(file, span),
        LintKind::DuplicateId => problems::duplicate_heading(file, span, &lint.note),
        LintKind::LiteralEmphasis => problems::literal_emphasis(file, span, &lint.note),
        LintKind::LiteralLink => problems::literal_link(file, span, &lint.note),
        LintKind::MissingAlt => problems::missing_alt(file, span),
        LintKind::UndefinedReference => problems::undefined_reference(file, span),
        LintKind::Unsupported => problems::unsupported_markdown(file, span, &lint.note),
    }
}

/// A heading that skips a level raised by one, and with it all that stands below it or beside it.
fn raised(text: &str, document: &Document, span: &Range<usize>) -> Option<(Range<usize>, String)> {
    let mut from = document.headings.iter();
    let level = from.by_ref().find(|it| it.span == *span)?.level;
    let mut raised = text[span.start + 1..span.end].to_owned();
    let mut end = span.end;
    for heading in from.take_while(|it| it.level >= level) {
        if !text[heading.span.start..].starts_with('#') {
            return None;
        }
        raised.push_str(&text[end..heading.span.start]);
        raised.push_str(&text[heading.span.start + 1..heading.span.end]);
        end = heading.span.end;
    }
    Some((span.start..end, raised))
}

/// Where the links and pictures of a document lead.
struct Targets {
    links: Vec<LinkTarget>,
    images: Vec<LinkTarget>,
}

fn targets(checker: &mut Checker<'_>, file: &str, document: &Document) -> Targets {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut resolve = |written: &str, span: &Range<usize>| {
        target(written, folder).unwrap_or_else(|| {
            let problem = problems::broken_link(file, span, written, &[], None);
            checker.diagnostics.push(problem);
            LinkTarget::External(String::new())
        })
    };
    Targets {
        links: document
            .links
            .iter()
            .map(|link| resolve(&link.target, &link.span))
            .collect(),
        images: document
            .images
            .iter()
            .map(|image| resolve(&image.target, &image.span))
            .collect(),
    }
}

/// What a link as written leads to; `None` for schemes that have no place in an article.
fn target(written: &str, folder: &str) -> Option<LinkTarget> {
    if let Some(term) = written.strip_prefix("term:") {
        return Some(LinkTarget::Term(term.to_owned()));
    }
    if ["https://", "http://", "mailto:"]
        .iter()
        .any(|it| written.starts_with(it))
    {
        return Some(LinkTarget::External(written.to_owned()));
    }
    if let Some(fragment) = written.strip_prefix('#') {
        return Some(LinkTarget::Page {
            path: String::new(),
            fragment: fragment.to_owned(),
        });
    }
    if written.starts_with('/') && !written.starts_with("//") && !written.contains('\\') {
        let (path, fragment) = written.split_once('#').unwrap_or((written, ""));
        return Some(LinkTarget::Page {
            path: path.to_owned(),
            fragment: fragment.to_owned(),
        });
    }
    let name = written.strip_prefix("./").unwrap_or(written);
    let is_plain = !name.is_empty() && !name.contains([':', '/', '\\', '?', '#', '%']);
    is_plain.then(|| LinkTarget::File(format!("{folder}/{name}")))
}

fn prose(source: &str, document: &Document, targets: &Targets) -> Prose {
    Prose {
        intro: html(&document.intro, targets),
        sections: document
            .sections
            .iter()
            .map(|section| Section {
                id: section.id.clone(),
                heading: html(&section.heading, targets),
                heading_text: section.heading_text.clone(),
                body: html(&section.body, targets),
            })
            .collect(),
        text: document.text.clone(),
        markdown: source_pieces(source, document, targets),
    }
}

/// The text as it was written, with the destinations of its links taken out.
fn source_pieces(source: &str, document: &Document, targets: &Targets) -> Markdown {
    let links = document.links.iter().zip(&targets.links);
    let links = links.map(|(it, target)| (&it.destination, &it.span, "", &it.text, target));
    let images = document.images.iter().zip(&targets.images);
    let images = images.map(|(it, target)| (&it.destination, &it.span, "!", &it.alt, target));
    let mut holes: Vec<_> = links.chain(images).collect();
    holes.sort_by_key(|(destination, span, ..)| destination.as_ref().unwrap_or(span).start);
    let mut pieces = Vec::new();
    let mut end = 0;
    for (destination, span, mark, words, target) in holes {
        let place = destination.as_ref().unwrap_or(span);
        // Several links may share one definition.
        if place.start < end {
            continue;
        }
        let before = &source[end..place.start];
        let address = Segment::Address(target.clone());
        if destination.is_some() {
            pieces.extend([Segment::Markup(before.to_owned()), address]);
        } else {
            // Written with escapes: the whole link is written anew.
            let words = words.replace(['[', ']'], "");
            pieces.push(Segment::Markup(format!("{before}{mark}[{words}](<")));
            pieces.extend([address, Segment::Markup(">)".to_owned())]);
        }
        end = place.end;
    }
    pieces.push(Segment::Markup(source[end..].trim_end().to_owned()));
    Markdown { pieces }
}

fn html(fragments: &Fragments, targets: &Targets) -> Html {
    let pieces = fragments.0.iter().map(|fragment| match fragment {
        Fragment::Html(markup) => Segment::Markup(markup.clone()),
        Fragment::Link(index) => Segment::Address(targets.links[*index].clone()),
        Fragment::Image(index) => Segment::Address(targets.images[*index].clone()),
    });
    Html {
        pieces: pieces.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages_terms_files_or_other_sites() {
        let page = |path: &str, fragment: &str| LinkTarget::Page {
            path: path.into(),
            fragment: fragment.into(),
        };
        let cases = [
            ("/projects/rrc/#how", page("/projects/rrc/", "how")),
            ("#how", page("", "how")),
            ("term:pos", LinkTarget::Term("pos".into())),
            ("./a.png", LinkTarget::File("projects/x/a.png".into())),
            (
                "https://example.org",
                LinkTarget::External("https://example.org".into()),
            ),
        ];
        for (written, expected) in cases {
            assert_eq!(target(written, "projects/x"), Some(expected), "{written}");
        }
        for written in [
            "javascript:alert(1)",
            "//evil.example",
            "../event.yaml",
            "data:text/html,x",
            "/\\evil",
        ] {
            assert_eq!(target(written, "projects/x"), None, "{written}");
        }
    }
}
