//! Marks of other dialects of Markdown, and of other programs, which stay visible: each with what to write instead.

use std::ops::Range;

use super::delimiter_runs::ByteKind;
use crate::content::source::lines;
use crate::diagnostic::Diagnostic;

/// What a pair of marks has between them, and what stands before it.
type Fits = fn(inner: &str, before: Option<char>) -> bool;

const BOLD: &str = "write `**bold**` or `*emphasis*`";
const CODE_OF_TEMPLATE: &str =
    "templates and short codes do nothing here: write what readers should see";
const LINK: &str = "write `[text](/search/)`, with the path of the page";
const ATTRIBUTE: &str = "headings alone take a name, at the end of their line: `## Title {#name}`";
const CONTENTS: &str = "take it out: pages list their headings by themselves";
const ASIDE: &str = "write a quotation (`> **Note:** …`), or a heading of its own";
const LIST: &str =
    "begin each item on a line of its own with `- `, and leave an empty line before the first";
const NUMBERS: &str = "begin each item with a number, a full stop and a blank (`1. `), and leave an empty line before the first";
const HEADING: &str = "begin a heading with `## `: number signs and a plain blank";
const TABLE: &str =
    "put bars around and between the cells of each line, and `| --- | --- |` below the head";
const NOTE: &str = "to leave a note for other editors, write `[//]: # (note)` on a line of its own";

/// Bytes between two marks of a pair.
const FARTHEST: usize = 400;

/// Marks within a line.
const PAIRS: &[(&str, &str, Fits, &str)] = &[
    ("==", "==", tight, BOLD),
    ("++", "++", apart, BOLD),
    ("||", "||", apart, "everything is shown at once: take the bars away"),
    ("'''", "'''", tight, BOLD),
    ("＊＊", "＊＊", any, "these asterisks are full-width: write `**bold**`"),
    ("［", "］（", any, "these brackets are full-width: write `[text](/search/)`"),
    ("~", "~", index, "write the letter itself, such as ₂"),
    ("^", "^", index, "write the letter itself, such as ²"),
    ("$$", "$$", formula, "formulas are not set: say it in words, or show a picture of it"),
    ("$", "$", formula, "formulas are not set: say it in words, or show a picture of it"),
    (":", ":", short_code, "put the emoji itself here"),
    ("[[_", "]]", any, CONTENTS),
    ("[[TOC", "]]", any, CONTENTS),
    ("[[", "]]", any, LINK),
    ("^[", "]", any, "write `[^1]` here, and on a line of its own `[^1]: …`"),
    ("[^", "]", word, "write the footnote too, on a line of its own, such as `[^1]: …`"),
    (")[/", "]", any, "brackets come first: `[text](/search/)`"),
    (")[http", "]", any, "brackets come first: `[text](https://example.org)`"),
    ("@[", "](", any, "write the address of a film on a line of its own"),
    ("{{", "}}", any, CODE_OF_TEMPLATE),
    ("{%", "%}", any, CODE_OF_TEMPLATE),
    ("{:toc", "}", any, CONTENTS),
    ("{#", "}", word, ATTRIBUTE),
    ("{.", "}", word, ATTRIBUTE),
    ("{:", "}", any, ATTRIBUTE),
    ("){", "}", any, ATTRIBUTE),
    ("%%", "%%", comment, NOTE),
    ("[b]", "[/b]", any, BOLD),
    ("[i]", "[/i]", any, BOLD),
    ("[u]", "[/u]", any, BOLD),
    ("[s]", "[/s]", any, "write `~~struck out~~`"),
    ("[url", "[/url]", any, LINK),
    ("[img", "[/img]", any, "write `![what it shows](picture.jpg)`"),
    ("[color", "[/color]", any, "take it away: the look of the site has its colours"),
    ("[size", "[/size]", any, "take it away: headings are larger than text"),
    ("[center]", "[/center]", any, "take it away: text begins where its language begins lines"),
    ("[quote", "[/quote]", any, "begin the lines of a quotation with `> `"),
    ("[code]", "[/code]", any, "put code between two back quotes"),
];

/// Marks at the begin of a line.
const STARTS: &[(&str, Fits, &str)] = &[
    ("＃", any_rest, "these number signs are full-width: write `## ` with a plain blank"),
    (":::", any, ASIDE),
    ("!!!", blank, ASIDE),
    ("???", blank, ASIDE),
    ("[!", tag, ASIDE),
    ("[TOC]", any_rest, CONTENTS),
    ("[toc]", any_rest, CONTENTS),
    ("*[", definition, "say the full words in the text, or write a term into glossary.yaml"),
    (": ", any_rest, "write the term in bold, with its meaning behind it: `**term** meaning`"),
    ("== ", any_rest, HEADING),
    ("=== ", any_rest, HEADING),
    ("h2. ", any_rest, HEADING),
    ("h3. ", any_rest, HEADING),
    (".. ", directive, CODE_OF_TEMPLATE),
    ("+++", nothing, "facts stand in the YAML file of the folder: take these lines out"),
    ("－", any_rest, "this dash is full-width: begin the item with `- `"),
    ("＊", blank, "this asterisk is full-width: begin the item with `- `"),
    ("＞", any_rest, "this bracket is full-width: begin the quotation with `> `"),
    (
        "-",
        letter,
        "put a blank behind the dash: `- item`; to begin a line with a dash, write `\\-`",
    ),
    ("+", letter, "put a blank behind the plus sign: `+ item`"),
    ("-", odd_blank, "the blank behind the dash is another than that of the keyboard: `- item`"),
    ("o", odd_blank, LIST),
    ("§", odd_blank, LIST),
];

/// What people type before the items of a list; the letters of the private use area are those of Word.
const BULLETS: &str =
    "•◦‣⁃∙▪▫■□●○◆◇▶►▸➢➤✓✔☐☑☒❖\u{f0b7}\u{f0a7}\u{f0d8}\u{f0fc}\u{f076}\u{f0a8}\u{ad}";
/// What may begin a line of prose too, and begins those of a list where several follow one another.
const DASHES: &str = "·ㆍ・–—";
/// What is counted by, where a full stop or a bracket follows.
const COUNTERS: &str = "가나다라마바사아자차카타파하abcdefghivxABCDEFGHIVX123456789";

fn any(inner: &str, _: Option<char>) -> bool {
    !inner.trim().is_empty()
}

fn any_rest(_: &str, _: Option<char>) -> bool {
    true
}

fn nothing(rest: &str, _: Option<char>) -> bool {
    rest.trim().is_empty()
}

fn blank(rest: &str, _: Option<char>) -> bool {
    rest.starts_with(' ')
}

fn letter(rest: &str, _: Option<char>) -> bool {
    rest.starts_with(char::is_alphabetic)
}

fn odd_blank(rest: &str, _: Option<char>) -> bool {
    rest.starts_with(['\t', '\u{a0}', '\u{3000}'])
}

fn tag(rest: &str, _: Option<char>) -> bool {
    rest.split_once(']').is_some_and(|(it, _)| word(it, None))
}

fn definition(rest: &str, _: Option<char>) -> bool {
    rest.contains("]:")
}

fn directive(rest: &str, _: Option<char>) -> bool {
    rest.contains("::")
}

/// Without blanks beside the marks.
fn tight(inner: &str, _: Option<char>) -> bool {
    !inner.is_empty() && inner.trim() == inner && !inner.starts_with('=')
}

/// The same, and no letter before them, as in `C++`.
fn apart(inner: &str, before: Option<char>) -> bool {
    tight(inner, None) && !before.is_some_and(char::is_alphanumeric)
}

fn comment(inner: &str, before: Option<char>) -> bool {
    any(inner, None) && !before.is_some_and(|it| it.is_ascii_digit() || it == '%')
}

fn word(inner: &str, _: Option<char>) -> bool {
    !inner.is_empty() && !inner.contains(char::is_whitespace)
}

/// One that stands low or high beside a letter.
fn index(inner: &str, before: Option<char>) -> bool {
    before.is_some_and(|it| it.is_ascii_alphabetic())
        && (1..=4).contains(&inner.len())
        && inner.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'+')
}

fn formula(inner: &str, _: Option<char>) -> bool {
    tight(inner, None) && inner.contains(['\\', '^', '_', '='])
}

fn short_code(inner: &str, before: Option<char>) -> bool {
    !before.is_some_and(|it| it.is_ascii_alphanumeric())
        && inner.len() > 2
        && inner.starts_with(|it: char| it.is_ascii_lowercase())
        && inner.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_')
}

/// Every such mark.
pub(super) fn problems(file: &str, source: &str, kinds: &[ByteKind]) -> Vec<Diagnostic> {
    let is_text = |at: usize| matches!(kinds.get(at), Some(ByteKind::Text(_)));
    let mut problems = Vec::new();
    let mut problem = |span: Range<usize>, help: &str| {
        let message = "this mark is none of the site's Markdown, and stays visible as it is";
        problems.push(Diagnostic::warning("unsupported-markdown", file, span, message).help(help));
    };
    let lines = lines(source).map(|(begin, line)| {
        let end = begin + line.trim_end().len();
        let start = (begin..end).find(|it| is_text(*it));
        let start = start.filter(|it| is_begin(source, kinds, begin..*it));
        let item = start.and_then(|it| item_of(&source[it..end]));
        (begin, start, end, item)
    });
    let lines: Vec<_> = lines.collect();
    let mut before = None;
    for (number, &(begin, start, end, item)) in lines.iter().enumerate() {
        let mut from = begin;
        let is_first = item.is_none() || item != before;
        let is_one_of_several =
            item.is_some() && lines.get(number + 1).is_some_and(|it| it.3 == item);
        before = item;
        if let Some(start) = start {
            let text = &source[start..end];
            let several = || item.filter(|_| is_one_of_several).map(|it| of_several(it, text));
            if let Some((length, help)) = start_mark(text).or_else(several) {
                from = start + length;
                if is_first {
                    problem(start..from, help);
                }
            }
        }
        while let Some((span, help)) = pair(source, from..end, &is_text) {
            from = span.end;
            problem(span, help);
        }
    }
    problems
}

/// Whether nothing but the marks of blocks stands before a text in its line.
fn is_begin(source: &str, kinds: &[ByteKind], before: Range<usize>) -> bool {
    before.clone().all(|it| kinds[it] == ByteKind::Markup)
        && !source[before].contains(['[', '`', '*', '|', '\\'])
}

/// The kind of item that a line may be the begin of.
fn item_of(text: &str) -> Option<char> {
    let first = text.chars().next()?;
    match first {
        '|' if text.len() > 2 && text.ends_with('|') => return Some('|'),
        '\u{2460}'..='\u{24ff}' => return Some('①'),
        _ if BULLETS.contains(first) || DASHES.contains(first) => return Some(first),
        _ => {}
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let counter = inner.chars().next().filter(|it| COUNTERS.contains(*it));
    let rest = counter.and_then(|it| inner[it.len_utf8()..].strip_prefix(['.', ')']));
    if rest.is_some_and(|it| it.starts_with(char::is_whitespace)) {
        return ['1', 'a', '가'].into_iter().rfind(|it| counter >= Some(*it));
    }
    // Cells of a table, as programs copy them.
    text.contains('\t').then_some('\t')
}

/// The mark of an item of which several follow one another.
fn of_several(kind: char, text: &str) -> (usize, &'static str) {
    match kind {
        '|' | '\t' => (text.len(), TABLE),
        it if DASHES.contains(it) => (it.len_utf8(), LIST),
        _ => (text.chars().next().map_or(0, char::len_utf8), NUMBERS),
    }
}

/// A mark at the begin of a line: how long it is, and what to write instead.
fn start_mark(text: &str) -> Option<(usize, &'static str)> {
    let hashes = text.len() - text.trim_start_matches('#').len();
    let next = text[hashes..].chars().next();
    if (2..=6).contains(&hashes) && next.is_some_and(|it| it != ' ' && it != '\t') {
        return Some((hashes, HEADING));
    }
    if hashes == 1 && next.is_some_and(char::is_whitespace) {
        return Some((1, HEADING));
    }
    if let Some(bullet) = text.chars().next().filter(|it| BULLETS.contains(*it)) {
        return Some((bullet.len_utf8(), LIST));
    }
    let digits = text.len() - text.trim_start_matches(|it: char| it.is_ascii_digit()).len();
    let mut after = text[digits..].chars();
    if (1..=2).contains(&digits)
        && after.next().is_some_and(|it| ".)．".contains(it))
        && after.next().is_some_and(|it| it.is_alphabetic() || it == '\u{a0}' || it == '\u{3000}')
    {
        return Some((digits + 1, NUMBERS));
    }
    let found = STARTS
        .iter()
        .find(|(mark, fits, _)| text.strip_prefix(mark).is_some_and(|rest| fits(rest, None)));
    found.map(|(mark, _, help)| (mark.len(), *help))
}

/// The first pair of marks within a part of a line.
fn pair(
    source: &str,
    within: Range<usize>,
    is_text: &impl Fn(usize) -> bool,
) -> Option<(Range<usize>, &'static str)> {
    let text = source.get(within.clone())?;
    for (offset, character) in text.char_indices() {
        let start = within.start + offset;
        if !is_text(start) || character.is_alphanumeric() || source[..start].ends_with('\\') {
            continue;
        }
        let before = text[..offset].chars().next_back();
        for (open, close, fits, help) in PAIRS {
            let Some(rest) = text[offset..].strip_prefix(open) else {
                continue;
            };
            // Not far, and a few are tried, so that the time grows with the text and no faster.
            let rest = &rest[..rest.floor_char_boundary(FARTHEST)];
            let inner = rest.match_indices(close).map(|(it, _)| it);
            let begin = start + open.len();
            let inner = inner.take(3).find(|it| is_text(begin + it) && fits(&rest[..*it], before));
            if let Some(inner) = inner {
                return Some((start..begin + inner + close.len(), help));
            }
        }
    }
    None
}
