//! Indentation by tabs, which YAML does not know (YAML 1.2.2, section 6.1): read as it was meant.

use std::ops::Range;

use super::{Key, Node, Value, parse};

/// Where a line is indented with a tab; a blank line may hold what it likes.
pub(in crate::content) fn tab(line: &str) -> Option<usize> {
    line[..indent(line)]
        .find('\t')
        .filter(|_| !line.trim().is_empty())
}

/// How many bytes of white space a line begins with.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Reads a text with each tab of its indentation taken for two spaces, as mending would write them, into a tree
/// whose places are those of the text as it stands. Nothing where that is no YAML either: then the tabs were meant
/// otherwise, and whatever else could be said would not be sure.
pub(in crate::content) fn parse_tabs(text: &str) -> Option<Node> {
    let mut spaced = String::with_capacity(text.len() + 64);
    // Where a space stands that the text does not have.
    let mut added = Vec::new();
    for line in text.split_inclusive('\n') {
        let (white, rest) = line.split_at(indent(line));
        for character in white.chars() {
            if character == '\t' {
                spaced.push(' ');
                added.push(spaced.len());
            }
            spaced.push(' ');
        }
        spaced.push_str(rest);
    }
    let mut node = parse(&spaced).ok()?;
    let place = |offset: usize| offset - added.partition_point(|it| *it < offset);
    relocate(&mut node, &|span| place(span.start)..place(span.end));
    Some(node)
}

fn relocate(node: &mut Node, place: &impl Fn(&Range<usize>) -> Range<usize>) {
    node.span = place(&node.span);
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| relocate(item, place)),
        Value::Map(entries) => {
            for (Key { span, .. }, value) in entries {
                *span = place(span);
                relocate(value, place);
            }
        }
        _ => {}
    }
}
