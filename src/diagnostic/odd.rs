//! Characters that look like others, or like nothing, and so keep a word from being known.

use super::Diagnostic;

impl Diagnostic {
    /// With the name of a character in what was written that looks like another, which then is what is wrong.
    pub fn name_odd(self, written: &str) -> Self {
        match odd(written) {
            Some((it, what, instead)) => {
                let help = format!("it holds {what} (U+{:04X}): {instead}", u32::from(it));
                self.help(help)
            }
            None => self,
        }
    }
}

/// The first such character of a text, what it is called, and what to do.
fn odd(text: &str) -> Option<(char, &'static str, String)> {
    text.chars().find_map(|it| {
        let out = || "take it out, which is easiest by writing the word anew".to_owned();
        let blank = || "write a plain blank".to_owned();
        let (what, instead) = match it {
            '\u{a0}' => ("a no-break space", blank()),
            '\u{202f}' => ("a narrow no-break space", blank()),
            '\u{3000}' => ("a full-width space", blank()),
            '\u{2000}'..='\u{200a}' | '\u{205f}' => ("a space of a set width", blank()),
            '\u{200b}' => ("a zero-width space, which is not seen", out()),
            '\u{200c}' | '\u{200d}' | '\u{2060}' => {
                ("a joiner of zero-width, which is not seen", out())
            }
            '\u{feff}' => ("a byte order mark, which is not seen", out()),
            '\u{ad}' => ("a soft hyphen, which is not seen", out()),
            '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' => {
                ("a mark of the direction of writing, which is not seen", out())
            }
            '“' | '”' | '„' | '‟' | '«' | '»' => {
                ("a typographic quotation mark", "write `\"`".to_owned())
            }
            '‘' | '’' | '‚' => ("a typographic quotation mark", "write `'`".to_owned()),
            '‐'..='―' | '−' => {
                ("a dash that is longer than that of the keyboard", "write `-`".to_owned())
            }
            '\u{ff01}'..='\u{ff5e}' => {
                let narrow = char::from_u32(u32::from(it) - 0xfee0).unwrap_or(it);
                ("a full-width character", format!("write `{narrow}`"))
            }
            '\u{370}'..='\u{52f}' => (
                "a letter of Greek or Cyrillic",
                "write the Latin one that looks like it".to_owned(),
            ),
            _ => return None,
        };
        Some((it, what, instead))
    })
}
