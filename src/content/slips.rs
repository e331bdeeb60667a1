//! What keyboards and word processors put where YAML has other characters: each is named and mended, so that the rest of
//! a file can be checked.

use std::ops::Range;

use super::source::lines;
use super::yaml::{self, Node, SyntaxError, Value};
use crate::diagnostic::Diagnostic;

/// A place of a text and what belongs there.
struct Slip {
    span: Range<usize>,
    replacement: String,
    message: &'static str,
    help: &'static str,
}

/// Reads a text with everything mended that is no YAML for sure, into a tree whose places are those of the text as it
/// stands. Nothing is reported where nothing was mended; no tree where that is no YAML either.
pub(super) fn mend(
    file: &str,
    text: &str,
    parsed: &Result<Node, SyntaxError>,
) -> Option<(Option<Node>, Vec<Diagnostic>)> {
    let is_sound = matches!(parsed, Ok(Node { value: Value::Map(_), .. }));
    let slips = find(text, !is_sound);
    if slips.is_empty() {
        return None;
    }
    let is_tab = |it: &Slip| text[it.span.clone()].starts_with('\t');
    let mut mended = String::with_capacity(text.len() + 64);
    // Where each slip stands in the text and when it is mended.
    let mut places = Vec::new();
    let mut from = 0;
    for Slip { span, replacement, .. } in &slips {
        mended.push_str(&text[from..span.start]);
        let start = mended.len();
        mended.push_str(replacement);
        places.push((start..mended.len(), span.clone()));
        from = span.end;
    }
    mended.push_str(&text[from..]);
    let place = |offset: usize| {
        let before = places.partition_point(|(mended, _)| mended.start < offset);
        let Some((mended, written)) = before.checked_sub(1).map(|it| &places[it]) else {
            return offset;
        };
        match offset.checked_sub(mended.end) {
            Some(behind) => written.end + behind,
            None => written.start.max(written.end.min(written.start + offset - mended.start)),
        }
    };
    let tree = yaml::parse(&mended).ok().map(|mut tree| {
        yaml::relocate(&mut tree, &|span| place(span.start)..place(span.end));
        tree
    });
    let is_mended = tree.as_ref().is_some_and(|it| matches!(it.value, Value::Map(_)));
    let told = slips.iter().filter(|it| is_mended || is_tab(it));
    let told: Vec<Diagnostic> = told
        .map(|it| {
            let code = if is_tab(it) { "yaml-tab" } else { "yaml-character" };
            let first = text[it.span.clone()].chars().next().map_or(0, char::len_utf8);
            let span = it.span.start..it.span.start + first;
            Diagnostic::error(code, file, span, it.message)
                .help(it.help)
                .name_odd(&text[it.span.clone()])
                .fix(it.span.clone(), it.replacement.clone())
        })
        .collect();
    (!told.is_empty()).then_some((tree, told))
}

/// All of them; most only of a text that is no YAML, for prose may hold the same.
fn find(text: &str, is_broken: bool) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut opens_list = false;
    for (start, line) in lines(text) {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        let mut slip = |span: Range<usize>, replacement: &str, message, help| {
            slips.push(Slip {
                span: start + span.start..start + span.end,
                replacement: replacement.to_owned(),
                message,
                help,
            });
        };
        let (dash, item) = words.split_at(words.len() - words.trim_start_matches(['-', ' ']).len());
        let key =
            item.find(|it: char| !it.is_ascii_alphanumeric() && it != '_').unwrap_or_default();
        let white = &line[..indent];
        if words.is_empty() || words.starts_with('#') {
        } else if let Some(tab) = white.find('\t') {
            let spaces = white[tab..].replace('\t', "  ");
            let message = "YAML is indented with spaces, and this is a tab";
            slip(tab..indent, &spaces, message, "use two spaces for each level");
        } else if let Some(odd) = white.find(|it| it != ' ')
            && (key > 0 && item[key..].starts_with(':') || dash.starts_with("- "))
        {
            let spaces: String =
                white[odd..].chars().map(|it| if it == '\u{3000}' { "  " } else { " " }).collect();
            let message = "YAML is indented with plain spaces, and this is another kind";
            slip(odd..indent, &spaces, message, "write plain blanks");
        } else if is_broken {
            let bullet = words.chars().next().filter(|it| opens_list && "–—−•·－‐".contains(*it));
            if let Some(bullet) = bullet {
                let end = indent + bullet.len_utf8();
                let mark = if line[end..].starts_with(' ') { "-" } else { "- " };
                let message = "items of a list begin with a hyphen, and this is another sign";
                slip(indent..end, mark, message, "write a hyphen and a blank: `- `");
            }
            let colon = indent + dash.len() + key;
            let rest = &line[colon..];
            let odd = rest.len()
                - rest
                    .trim_start_matches([':', '：', '=', ' ', '\u{a0}', '\u{3000}', '\u{202f}'])
                    .len();
            let mark = &rest[..odd];
            let is_right = rest.starts_with(": ") && mark.trim_start_matches([':', ' ']).is_empty()
                || rest.starts_with(":\n")
                || rest == ":";
            if key > 0 && !is_right && mark.contains([':', '：', '=']) && !rest.starts_with("://")
            {
                let message = "a colon and a plain blank belong between a key and its value";
                slip(colon..colon + odd, ": ", message, "write `key: value`");
            }
        }
        if !words.is_empty() {
            opens_list = words.trim_end().ends_with(':');
        }
    }
    slips
}
