//! Texts of content, as terminals and logs may have them.

/// A text on one line that does nothing to what prints it, be it a terminal, a log, or a runner that takes `##[` or `::`
/// at the begin of a line for a command: line ends, other control characters and those that turn the direction of writing
/// are written out.
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if acts(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    without_commands(&shown)
}

/// Lines of a file, with as many bytes as before, so that places in them stay. Control characters of ASCII are left to
/// what shows them as signs.
pub(super) fn quoted(lines: &str) -> String {
    let mask = |it: char| match it.len_utf8() {
        _ if it.is_ascii() || !acts(it) => it,
        2 => '·',
        _ => '\u{fffd}',
    };
    lines.chars().map(mask).collect()
}

/// Runners of GitHub look for their older commands in the middle of a line, too.
pub(super) fn without_commands(text: &str) -> String {
    text.replace("##[", "#\u{200b}#[")
}

fn acts(character: char) -> bool {
    let turns = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    turns || character.is_control()
}
