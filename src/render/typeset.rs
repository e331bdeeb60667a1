//! Binds what must not part at the end of a line: a particle to the mark before it, a number to what it counts, a word of
//! one syllable to the next, and a paragraph's last two words where they are short.

use crate::language::is_hangul;

/// No space, and no break either.
const JOINER: char = '\u{2060}';

/// Elements whose text is no prose.
const VERBATIM: [&str; 5] = ["script", "style", "svg", "pre", "code"];

/// Elements inside a line: what stands before them and what stands in them belong together.
const INLINE: [&str; 8] = ["a", "strong", "em", "b", "s", "mark", "span", "time"];

/// Classes of what is set so large that every word may need a line.
const LARGE: [&str; 2] = ["word-", "figure-grid__value"];

/// The last two words of a text, no longer than this together, share its last line.
const ORPHAN: usize = 10;

/// The texts of a page, bound; its head, its tags and its code are left as they are.
pub(super) fn typeset(html: &str) -> String {
    let (head, body) = html.split_at(html.find("<body").unwrap_or(0));
    let mut bound = String::with_capacity(html.len() + html.len() / 64);
    bound.push_str(head);
    let mut verbatim: Option<&str> = None;
    let mut last = ' ';
    let mut parts = body.split_inclusive('<').peekable();
    while let Some(part) = parts.next() {
        // A tag up to its end, then the text up to the next tag.
        let (tag, text) = part.split_at(part.find('>').map_or(0, |end| end + 1));
        let name = tag.trim_start_matches('/');
        let name = &name[..name.find([' ', '>', '/', '\n']).unwrap_or(name.len())];
        if !INLINE.contains(&name) {
            last = ' ';
        }
        match verbatim {
            Some(open) if tag.starts_with('/') && open == name => verbatim = None,
            None if VERBATIM.contains(&name) && !tag.starts_with('/') => verbatim = Some(name),
            _ => {}
        }
        bound.push_str(tag);
        let is_large = LARGE.iter().any(|it| tag.contains(it));
        if verbatim.is_some() || is_large || text.trim_end_matches('<').trim().is_empty() {
            bound.push_str(text);
        } else {
            let next = parts.peek().copied().unwrap_or_default();
            let ends = ["/p>", "/li>", "/dd>", "/td>", "/h"];
            let ends = ends.iter().any(|it| next.starts_with(it));
            last = bind(text, last, ends, &mut bound);
        }
    }
    bound
}

/// Writes a text that comes after a character, and may be the end of a paragraph; returns its last character.
fn bind(text: &str, mut last: char, ends: bool, bound: &mut String) -> char {
    let words: Vec<&str> = text.split(' ').collect();
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            let before = words[index - 1];
            let is_last = ends && words.len() > 3 && index + 1 == words.len();
            let is_short = || width(before) + width(word.trim_end_matches('<')) <= ORPHAN;
            let is_bound = belong(before, word) || is_last && is_short();
            last = if is_bound { '\u{a0}' } else { ' ' };
            bound.push(last);
        }
        for character in word.chars() {
            if is_hangul(character) && ")]’”»」』%℃".contains(last) {
                bound.push(JOINER);
            }
            bound.push(character);
            if character != '<' {
                last = character;
            }
        }
    }
    last
}

/// Whether a word belongs to the one before it: 류 창업자, 두 번째, 6월 17일, 1,000만 원, 10 million.
fn belong(before: &str, word: &str) -> bool {
    let (Some(first), Some(last)) = (before.chars().next(), before.chars().last()) else {
        return false;
    };
    let Some(next) = word.chars().next() else {
        return false;
    };
    // As French has its marks.
    let is_mark = |it: char| "»!?:;".contains(it);
    if last == '«' || is_mark(next) && word.trim_end_matches('<').chars().all(is_mark) {
        return true;
    }
    if is_hangul(first) {
        return first.len_utf8() == before.len() && next.is_alphanumeric() && width(word) <= ORPHAN;
    }
    let is_number = first.is_ascii_digit() || "$€£".contains(first);
    is_number
        && (last.is_ascii_digit() || "만억조년월".contains(last))
        && next.is_alphanumeric()
        && width(word) <= ORPHAN
}

/// As many as there are letters; those of Korean are twice as wide.
fn width(word: &str) -> usize {
    word.chars().map(|it| 1 + usize::from(is_hangul(it))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_together_stays_on_a_line() {
        let cases = [
            ("<p>20%가 (IPO)에서 ‘행복’이라는</p>", "<p>20%_가 (IPO)_에서 ‘행복’_이라는</p>"),
            ("<p>‘<a href=\"/x\">값</a>’으로</p>", "<p>‘<a href=\"/x\">값</a>’_으로</p>"),
            ("<p>그 뒤로 류 창업자는 두 번째</p>", "<p>그~뒤로 류~창업자는 두~번째</p>"),
            ("<p>2018년 6월 17일 3억 1,000만 명</p>", "<p>2018년~6월~17일 3억~1,000만~명</p>"),
            (
                "<p>On 17 June, $10 trillion and 2016, it</p>",
                "<p>On 17~June, $10~trillion and 2016,~it</p>",
            ),
            ("<p>It would trade in a car.</p>", "<p>It would trade in a~car.</p>"),
            ("<p>a car.</p>", "<p>a car.</p>"),
            ("<p>Il dit : « rien » ! Et alors ?</p>", "<p>Il dit~: «~rien~»~! Et alors~?</p>"),
            ("<b class=\"word-5\">연 20%</b>", "<b class=\"word-5\">연 20%</b>"),
            ("<p><code>20%가 두 번</code> (x)가</p>", "<p><code>20%가 두 번</code> (x)_가</p>"),
        ];
        for (text, expected) in cases {
            let page = |text: &str| format!("<title>20%가</title><body>{text}</body>");
            let expected = page(expected).replace('~', "\u{a0}").replace('_', "\u{2060}");
            assert_eq!(typeset(&page(text)), expected);
        }
    }
}
