//! Stylesheet and script without what only their writers read: comments, indentation, and spaces that separate nothing.
//!
//! Nothing is understood of the rules and statements themselves, so that nothing a browser may learn one day can be lost.

/// The same statements in fewer bytes: no line is indented, empty or a comment alone. Lines themselves stay, since
/// their ends may end statements; no text may run over several of them, and a test sees to it that none does.
pub(super) fn script(javascript: &str) -> String {
    let mut short = String::with_capacity(javascript.len());
    let mut is_comment = false;
    for line in javascript.lines().map(str::trim) {
        is_comment |= line.starts_with("/*");
        if !is_comment && !line.is_empty() && !line.starts_with("//") {
            short.push_str(line);
            short.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    short
}

/// The same rules in fewer bytes. What stands between quotes stays as it is.
pub(super) fn styles(css: &str) -> String {
    let mut short = String::with_capacity(css.len());
    let mut rest = css;
    // Whether white space or a comment was passed since the last character taken.
    let mut is_apart = false;
    while let Some(next) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            is_apart = true;
        } else if next.is_ascii_whitespace() {
            rest = rest.trim_ascii_start();
            is_apart = true;
        } else {
            if is_apart && is_space_needed(&short, next) {
                short.push(' ');
            }
            is_apart = false;
            if next == '}' && short.ends_with(';') {
                short.pop();
            }
            let length = match next {
                '"' | '\'' => quoted(rest, next),
                _ => next.len_utf8(),
            };
            let (taken, left) = rest.split_at(length);
            short.push_str(taken);
            rest = left;
        }
    }
    short
}

/// Whether a space says something between what was written and what comes: `a b` is not `ab`, `a :hover` not `a:hover`,
/// and `1px + 2px` not `1px+2px`.
fn is_space_needed(before: &str, next: char) -> bool {
    let separates = |character| matches!(character, '{' | '}' | ';' | ',');
    let last = before.chars().next_back();
    !separates(next) && last.is_some_and(|last| !separates(last) && last != ':')
}

/// The bytes of a text in quotes at the start of `css`, its quotes included.
fn quoted(css: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (place, character) in css.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if character == quote => return place + 1,
            _ => {}
        }
    }
    css.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_writers_read_is_left_out() {
        let css = "/* Inks. */\n:root {\n  --ink: #000; /* black */\n  color: red;\n}\n\n@media (width < 40rem) {\n  .a,\n  .b > .c {\n    margin: 0 1px;\n  }\n}\n";
        let short = ":root{--ink:#000;color:red}@media (width < 40rem){.a,.b > .c{margin:0 1px}}";
        assert_eq!(styles(css), short);
    }

    #[test]
    fn spaces_that_say_something_stay() {
        for css in [
            ".a :is(b,c) d{width:calc(1px + 2 * var(--u))}",
            "a::after{content:\" /* ; } \\\" \";quotes:'a  b'}",
            "@media (a) and (b){c{inset:0 auto}}",
        ] {
            assert_eq!(styles(css), css);
        }
        assert_eq!(styles("a/**/b"), "a b");
    }

    #[test]
    fn a_script_keeps_its_lines() {
        let javascript = "// Copies.\nconst a = '// no comment';\n\n/**\n * Says so.\n */\nfunction f() {\n  return a; // why\n}\n/* one */\nf();\n";
        let short = "const a = '// no comment';\nfunction f() {\nreturn a; // why\n}\nf();\n";
        assert_eq!(script(javascript), short);
    }

    #[test]
    fn no_text_of_the_script_runs_over_several_lines() {
        for line in super::super::SCRIPTS.iter().flat_map(|it| it.lines()) {
            assert!(line.matches('`').count() % 2 == 0, "close the text in its line: {line}");
        }
    }
}
