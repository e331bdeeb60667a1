//! Whether prose says what facts say: figures, and how many entries there are.

use std::ops::Range;

use super::Checker;
use crate::content::source::lines;
use crate::diagnostic::Diagnostic;
use crate::model::{Figure, Labels};

/// Bytes of a sentence on either side of a number.
const REACH: usize = 300;

/// How languages count from two on, in the order of numbers.
const NUMERALS: [&str; 6] = [
    "두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두 열세 열네 열다섯 열여섯 열일곱 열여덟 열아홉 스무",
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
    "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig",
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt",
    "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte",
    "اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة",
];

/// The facts in a file with their figures, and the texts of a folder.
pub(super) fn figures(
    checker: &mut Checker<'_>,
    labels: &[Labels],
    facts: &str,
    folder: &str,
    figures: &[Figure],
) {
    let codes = checker.languages.iter().map(|it| checker.languages.code(it));
    let mut files: Vec<String> = codes.map(|it| format!("{folder}/{it}.md")).collect();
    files.push(facts.to_owned());
    // All figures in the words of each language.
    let counted = |labels: &Labels| -> Vec<String> {
        let words = figures.iter().map(|it| labels.numbers.counted(&it.quantity));
        words.collect()
    };
    let words: Vec<Vec<String>> = labels.iter().map(counted).collect();
    // As many as anybody reads, so that the time does not grow with their square.
    for (index, figure) in figures.iter().enumerate().take(50) {
        for file in &files {
            let Some(text) = checker.folder.texts.get(file) else {
                continue;
            };
            let found = parts(file, text).into_iter().find_map(|(start, part)| {
                let found = words.iter().find_map(|it| other_number(part, figure, &it[index], it));
                found.map(|(span, said)| (start + span.start..start + span.end, said))
            });
            let Some((span, said)) = found else { continue };
            let source = checker.folder.texts.get(facts).map_or("", AsRef::as_ref);
            let line = source.lines().position(|it| it.contains(&format!("id: {}", figure.id)));
            let place = line.map_or(String::new(), |it| format!(" ({facts}:{})", it + 1));
            let message = format!(
                "the text says `{}`, and the figure `{}` says {said}{place}",
                &text[span.clone()],
                figure.id
            );
            let help = "correct the one that is wrong; where both are right, let the text say the figure's number too";
            checker
                .diagnostics
                .push(Diagnostic::warning("unlike-figure", file, span, message).help(help));
        }
    }
}

/// What has to say the right number for itself, and where it begins: a write-up, and each text among facts.
fn parts<'a>(file: &str, text: &'a str) -> Vec<(usize, &'a str)> {
    if file.rsplit('.').next() != Some("yaml") {
        return vec![(0, text)];
    }
    let is_key =
        |line: &str| line.trim_start().split_once(": ").is_some_and(|(key, _)| !key.contains(' '));
    let starts = lines(text).filter(|(start, line)| *start == 0 || is_key(line));
    let mut starts: Vec<usize> = starts.map(|(start, _)| start).collect();
    starts.push(text.len());
    starts.windows(2).map(|it| (it[0], &text[it[0]..it[1]])).collect()
}

/// A number of the kind of a figure that stands in a sentence about the same, in a text that never says the figure's own,
/// and is none of `all`; and the figure's own, in words.
fn other_number(
    text: &str,
    figure: &Figure,
    own: &str,
    all: &[String],
) -> Option<(Range<usize>, String)> {
    let is_digit = |it: char| it.is_ascii_digit();
    let first = own.find(is_digit)?;
    let last = own.rfind(is_digit)? + 1;
    let (before, number, after) = (&own[..first], &own[first..last], &own[last..]);
    if number.contains(|it: char| it.is_alphabetic() || it == ' ')
        || before.is_empty() && after.is_empty()
    {
        return None;
    }
    let (before, after) = (before.trim(), after.trim());
    let mut found = None;
    let mut at = 0;
    while let Some(start) = text[at..].find(is_digit).map(|it| at + it) {
        let length = text[start..].find(|it: char| !is_digit(it) && it != ',' && it != '.');
        let end = start + text[start..].len().min(length.unwrap_or(usize::MAX));
        let end = start + text[start..end].trim_end_matches([',', '.']).len();
        at = end.max(start + 1);
        let rest = text[end..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        let is_of_kind = text[..start].trim_end().ends_with(before) && rest.starts_with(after);
        if !is_of_kind {
            continue;
        }
        let said = &text[start..end];
        if said == number {
            return None;
        }
        let is_known = || all.iter().any(|it| it.contains(said));
        if found.is_none() && !is_known() && is_about(sentence(text, start), figure) {
            let mark = if after.is_empty() { end } else { text.len() - rest.len() + after.len() };
            found = Some((start - before.len().min(start)..mark, own.to_owned()));
        }
    }
    found.filter(|(span, _)| text.is_char_boundary(span.start))
}

/// The sentence in which a place of a text stands.
fn sentence(text: &str, at: usize) -> &str {
    let begin = text.floor_char_boundary(at.saturating_sub(REACH));
    let text = &text[begin..text.floor_char_boundary(at + REACH)];
    let at = at - begin;
    let ends = |it: char| "\n。！？".contains(it);
    let start =
        text[..at].rfind(". ").map(|it| it + 2).max(text[..at].rfind(ends).map(|it| it + 1));
    let end = text[at..].find(". ").into_iter().chain(text[at..].find(ends)).min();
    let start = text[..at].ceil_char_boundary(start.unwrap_or_default());
    &text[start..end.map_or(text.len(), |it| at + it)]
}

/// Whether a sentence and the label of a figure share a word, be it in another form.
fn is_about(sentence: &str, figure: &Figure) -> bool {
    let sentence = sentence.to_lowercase();
    let labels = figure.label.languages().filter_map(|it| figure.label.exact(it));
    let words = labels.flat_map(|it| it.split(|it: char| !it.is_alphanumeric()));
    let mut stems = words.filter_map(|word| {
        let is_latin = word.is_ascii();
        let (least, length) = if is_latin { (4, 5) } else { (2, 2) };
        let stem = word.chars().take(length).collect::<String>().to_lowercase();
        (word.chars().count() >= least).then_some(stem)
    });
    stems.any(|it| sentence.contains(&it))
}

/// Warns of texts about the whole event that count its entries otherwise than they are.
pub(super) fn counts(checker: &mut Checker<'_>, labels: &[Labels], count: usize) {
    let is_of_event = |it: &&String| {
        ["event.yaml", "labels/", "recap/", "pages/"].iter().any(|begin| it.starts_with(begin))
    };
    let nouns: Vec<String> = labels
        .iter()
        .flat_map(|it| [&it.entries.menu, &it.entries.one])
        .map(|it| it.to_lowercase())
        .collect();
    let mut problems = Vec::new();
    for (file, text) in checker.folder.texts.iter().filter(|(it, _)| is_of_event(it)) {
        for (start, line) in lines(text) {
            if let Some((span, said)) = other_count(line, &nouns, count)
                && !line.trim_start().starts_with('#')
            {
                let span = start + span.start..start + span.end;
                let message = format!("the text counts {said}, and {count} are published");
                let help = "correct the number, if it counts all that the site shows";
                problems.push(Diagnostic::warning("unlike-count", file, span, message).help(help));
            }
        }
    }
    for problem in problems {
        checker.diagnostics.push(problem);
    }
}

/// A number beside a noun, close to how many there are but not that.
fn other_count(line: &str, nouns: &[String], count: usize) -> Option<(Range<usize>, usize)> {
    let is_letter = |it: char| it.is_alphanumeric() || it == '-';
    let mut words = Vec::new();
    let mut start = None;
    for (at, it) in line.char_indices().chain([(line.len(), ' ')]) {
        match start {
            None if is_letter(it) => start = Some(at),
            Some(from) if !is_letter(it) => {
                words.push((from..at, line[from..at].to_lowercase()));
                start = None;
            }
            _ => {}
        }
    }
    let is_noun = |word: Option<&(Range<usize>, String)>| {
        word.is_some_and(|(_, word)| nouns.iter().any(|it| word.starts_with(it.as_str())))
    };
    let numbers = words.iter().enumerate();
    let numbers = numbers.filter_map(|(index, (span, word))| Some((index, span, number(word)?)));
    let mut numbers: Vec<_> = numbers.collect();
    // Some may be counted beside all of them.
    if numbers.iter().any(|(.., it)| *it == count) {
        return None;
    }
    numbers.retain(|(.., it)| *it >= 4 && it.abs_diff(count) <= (count / 4).max(2));
    let is_counting = |index: usize| {
        (1..=2).any(|it| is_noun(words.get(index + it)))
            || index > 0 && is_noun(words.get(index - 1))
    };
    numbers.iter().find(|(index, ..)| is_counting(*index))?;
    // Of several, the one that was probably meant need not stand beside the noun: "nine were announced, eleven shown".
    let nearest = numbers.into_iter().min_by_key(|(.., it)| it.abs_diff(count));
    nearest.map(|(_, span, it)| (span.clone(), it))
}

/// The number that a word stands for, with its counter in Korean.
fn number(word: &str) -> Option<usize> {
    let word = ["개의", "개를", "개가", "개", "건", "편"]
        .iter()
        .find_map(|it| word.strip_suffix(it))
        .unwrap_or(word);
    let numeral = |all: &str| all.split(' ').position(|it| it == word).map(|it| it + 2);
    word.parse().ok().or_else(|| NUMERALS.iter().find_map(|it| numeral(it)))
}
