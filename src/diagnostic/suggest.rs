//! What was probably meant by a word that is not known.

use super::Diagnostic;

/// Words of more bytes are like no other.
const LONGEST: usize = 100;

impl Diagnostic {
    /// With the known word that was probably meant, or else with those that there are. Where only a slip of the finger
    /// lies between, the word is put in by a fix.
    pub fn suggest(self, word: &str, known: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let known: Vec<_> = known.into_iter().collect();
        let known = || known.iter().map(AsRef::as_ref);
        let help = match nearest(word, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => list(known()),
        };
        let diagnostic = self.help(help).name_odd(word);
        match typo_of(word, known()) {
            // Where more than the word is marked, such as its quotes, it is not known what to replace.
            Some(meant) if diagnostic.span.len() == word.len() => {
                let span = diagnostic.span.clone();
                diagnostic.fix(span, meant)
            }
            _ => diagnostic,
        }
    }
}

/// The known word that looks most like the one written, if any does.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    let stem = word.trim_end_matches('/');
    let mut longer = known.iter().filter(|it| it.starts_with(stem));
    if let (Some(only), None) = (longer.next(), longer.next())
        && stem.rsplit('/').next().is_some_and(|it| it.chars().count() >= 3)
    {
        return Some(only);
    }
    // Of paths, what their last parts have in common counts, not their folders.
    let length =
        |it: &str| it.trim_end_matches('/').rsplit('/').next().map_or(0, |it| it.chars().count());
    known
        .into_iter()
        .filter(|it| is_as_long(word, it))
        .map(|it| (strsim::damerau_levenshtein(word, it), it))
        .filter(|(distance, it)| *distance <= (length(it).max(length(word)) / 3).max(1))
        .min()
        .map(|(_, it)| it)
}

/// Whether two words may be alike at all, which takes long to find out of long words.
fn is_as_long(word: &str, known: &str) -> bool {
    let (word, known) = (word.len(), known.len());
    word.max(known) <= LONGEST && word.abs_diff(known) <= 3 + word.max(known) / 3
}

/// The only known word that one slip of the finger makes of the one written: wrong, doubled, forgotten or swapped
/// letters. Short words are too alike to be sure.
fn typo_of<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let mut near = known
        .into_iter()
        .filter(|it| is_as_long(word, it) && strsim::damerau_levenshtein(word, it) == 1);
    let only = near.next()?;
    (word.chars().count() >= 4 && near.next().is_none()).then_some(only)
}

/// The words that could have been written.
pub fn list<'a>(known: impl IntoIterator<Item = &'a str>) -> String {
    match known.into_iter().collect::<Vec<_>>() {
        all if all.is_empty() => "there is none".to_owned(),
        all if all.len() <= 24 => format!("known: {}", all.join(", ")),
        all => format!("known: {}, and {} more", all[..12].join(", "), all.len() - 12),
    }
}
