//! Captions (W3C, Web Video Text Tracks Format), and the transcript that they make.
//!
//! 1. [`cues`] reads a file into its cues, and says what browsers would make nothing of.
//! 2. [`chapters`] joins them into paragraphs by speaker, and puts these below their chapters.

use std::ops::Range;

use super::source::lines;
use crate::diagnostic::Diagnostic;
use crate::language::needs_no_blank;
use crate::model::{Chapter, Paragraph};

/// Milliseconds without a word after which a paragraph begins.
const PAUSE: u64 = 4000;
/// Bytes of a paragraph after which the next sentence, and the next cue, begins another.
const LONG: usize = 500;
const LONGEST: usize = 1200;
const TAGS: [&str; 8] = ["b", "c", "i", "lang", "rt", "ruby", "u", "v"];
/// Milliseconds that a cue may begin before its chapter.
const EARLY: u64 = 500;

/// What is shown from one time to another, in milliseconds.
#[derive(Debug)]
pub(super) struct Cue {
    start: u64,
    end: u64,
    /// Who says it, if that is said, and what.
    lines: Vec<(Option<String>, String)>,
}

/// The cues of a file in the order of time.
pub(super) fn cues(file: &str, source: &str, problems: &mut Vec<Diagnostic>) -> Vec<Cue> {
    let mut warn = |place: Range<usize>, message: &str, help: &str| {
        problems.push(Diagnostic::warning("invalid-captions", file, place, message).help(help));
    };
    let lines: Vec<(usize, &str)> =
        lines(source).map(|(start, line)| (start, line.trim_end())).collect();
    let place = |(start, line): (usize, &str)| start..start + line.len();
    let mut blocks = lines.split(|(_, line)| line.is_empty());
    let head = blocks.next().and_then(|it| it.first()).copied();
    let (start, head) = head.unwrap_or_default();
    if head.split([' ', '\t']).next() != Some("WEBVTT") {
        let message = "these captions do not begin with `WEBVTT`, so that no browser shows them";
        let help = "write `WEBVTT` and an empty line above all else, and a point for each comma in times: `00:01:23.000`";
        warn(place((start, head)), message, help);
        return Vec::new();
    }
    let mut cues = Vec::new();
    for block in blocks.filter(|it| !it.is_empty()) {
        let is_other =
            ["NOTE", "STYLE", "REGION"].contains(&block[0].1.split(' ').next().unwrap_or(""));
        let timing = block.iter().take(2).position(|(_, line)| line.contains("-->"));
        let Some(timing) = timing else {
            if !is_other {
                let help = "write when they are said above them: `00:01:23.000 --> 00:01:25.500`";
                warn(place(block[0]), "these lines have no times", help);
            }
            continue;
        };
        let Some((start, end)) = times(block[timing].1) else {
            let help = "write `00:01:23.000 --> 00:01:25.500`, the end after the beginning";
            warn(place(block[timing]), "these are no times", help);
            continue;
        };
        let mut cue = Cue { start, end, lines: Vec::new() };
        let mut speaker = None;
        for (at, line) in &block[timing + 1..] {
            if line.contains("-->") {
                let help = "put an empty line above the times of each cue";
                warn(place((*at, line)), "these times stand within a cue", help);
            } else if let Err(open) = words(line, &mut speaker, &mut cue.lines) {
                let help = "write `&lt;` for a sign that begins no tag";
                let tag = at + open..at + line.len();
                warn(tag, "this is no tag of captions, and nobody sees it", help);
            }
        }
        cues.push(cue);
    }
    cues.sort_by_key(|it| it.start);
    cues
}

fn times(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once("-->")?;
    let (start, end) = (time(start.trim())?, time(rest.split_whitespace().next()?)?);
    (start < end).then_some((start, end))
}

/// `01:23.000` or `00:01:23.000` in milliseconds.
fn time(text: &str) -> Option<u64> {
    let (rest, thousandths) = text.split_once('.')?;
    let number = |it: &str, length: usize| {
        let is_number = it.len() == length && it.bytes().all(|it| it.is_ascii_digit());
        is_number.then(|| it.parse::<u64>().ok()).flatten()
    };
    let (hours, minutes, seconds) = match rest.split(':').collect::<Vec<_>>()[..] {
        [minutes, seconds] => (0, minutes, seconds),
        [hours, minutes, seconds] if (2..=4).contains(&hours.len()) => {
            (number(hours, hours.len())?, minutes, seconds)
        }
        _ => return None,
    };
    let (minutes, seconds) = (number(minutes, 2)?, number(seconds, 2)?);
    let is_clock = minutes < 60 && seconds < 60;
    is_clock.then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + number(thousandths, 3)?)
}

/// Adds the words of a line, and who says them; fails with the byte of a tag that there is not. All tags but those of
/// voices go, and what is written over words to tell how they are read.
fn words(
    line: &str,
    speaker: &mut Option<String>,
    lines: &mut Vec<(Option<String>, String)>,
) -> Result<(), usize> {
    let (mut rest, mut text, mut is_ruby) = (line, String::new(), false);
    let mut flush = |text: &mut String, speaker: &Option<String>| {
        let said = std::mem::take(text);
        if !said.trim().is_empty() {
            lines.push((speaker.clone(), said.trim().to_owned()));
        }
    };
    let mut result = Ok(());
    while let Some((before, tag)) = rest.split_once('<') {
        if !is_ruby {
            text.push_str(&decoded(before));
        }
        let Some((tag, after)) = tag.split_once('>') else {
            result = result.and(Err(line.len() - tag.len() - 1));
            rest = "";
            break;
        };
        let (kind, name) = tag.split_once([' ', '\t']).unwrap_or((tag, ""));
        let kind = kind.split('.').next().unwrap_or_default();
        let is_time = kind.starts_with(|it: char| it.is_ascii_digit());
        if !is_time && !TAGS.contains(&kind.trim_start_matches('/')) && result.is_ok() {
            result = Err(line.len() - after.len() - tag.len() - 2);
        }
        match kind {
            "v" => {
                flush(&mut text, speaker);
                *speaker = Some(decoded(name.trim())).filter(|it| !it.is_empty());
            }
            "/v" => {
                flush(&mut text, speaker);
                *speaker = None;
            }
            "rt" => is_ruby = true,
            "/rt" | "/ruby" => is_ruby = false,
            _ => {}
        }
        rest = after;
    }
    if !is_ruby {
        text.push_str(&decoded(rest));
    }
    flush(&mut text, speaker);
    result
}

/// A text without its escapes.
fn decoded(text: &str) -> String {
    let escapes = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", " "),
        ("&lrm;", "\u{200e}"),
        ("&rlm;", "\u{200f}"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    let decode = |text: String, (from, to): (&str, &str)| text.replace(from, to);
    escapes.into_iter().fold(text.to_owned(), decode)
}

/// Paragraphs by speaker, below the chapters that other cues name.
pub(super) fn chapters(cues: &[Cue], titles: &[Cue]) -> Vec<Chapter> {
    let titles = titles.iter().map(|it| {
        let words: Vec<&str> = it.lines.iter().map(|(_, it)| it.as_str()).collect();
        (it.start, words.join(" "))
    });
    let mut chapters = vec![(0, Chapter::default())];
    chapters.extend(titles.map(|(start, title)| {
        let second = second(start);
        let paragraphs = Vec::new();
        let chapter = Chapter { second, title, paragraphs };
        (start, chapter)
    }));
    chapters.sort_by_key(|(start, _)| *start);
    let (mut ended, mut before) = (0, None::<&str>);
    for cue in cues {
        let index = chapters.partition_point(|(it, _)| *it <= cue.start + EARLY);
        let paragraphs = &mut chapters[index.saturating_sub(1)].1.paragraphs;
        // Captions that scroll say each line twice.
        let again = cue.lines.len() > 1 && before == cue.lines.first().map(|(_, it)| it.as_str());
        for (speaker, words) in cue.lines.iter().skip(usize::from(again)) {
            match paragraphs.last_mut() {
                Some(last)
                    if speaker.as_ref().is_none_or(|it| *it == last.speaker)
                        && cue.start < ended + PAUSE
                        && !is_full(&last.text) =>
                {
                    let neighbours = last.text.chars().last().zip(words.chars().next());
                    if !neighbours.is_some_and(|(one, other)| needs_no_blank(one, other)) {
                        last.text.push(' ');
                    }
                    last.text.push_str(words);
                }
                last => {
                    let former = last.map(|it| it.speaker.clone());
                    paragraphs.push(Paragraph {
                        second: second(cue.start),
                        speaker: speaker.clone().or(former).unwrap_or_default(),
                        text: words.clone(),
                    });
                }
            }
        }
        ended = cue.end;
        before = cue.lines.last().map(|(_, it)| it.as_str());
    }
    let chapters = chapters.into_iter().map(|(_, it)| it);
    let is_there = |it: &Chapter| !it.title.is_empty() || !it.paragraphs.is_empty();
    chapters.filter(is_there).collect()
}

fn is_full(text: &str) -> bool {
    let is_end = text.ends_with(['.', '!', '?', '。', '！', '？', '…', '؟']);
    text.len() > LONGEST || is_end && text.len() > LONG
}

fn second(milliseconds: u64) -> u32 {
    u32::try_from(milliseconds / 1000).unwrap_or(u32::MAX)
}
