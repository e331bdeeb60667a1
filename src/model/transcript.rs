//! What is said in a film, as the captions beside it have it.

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    /// The code of its language, which need not be one of the site's.
    pub language: String,
    pub chapters: Vec<Chapter>,
}

/// A chapter; what comes before the first has no title.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chapter {
    pub second: u32,
    pub title: String,
    pub paragraphs: Vec<Paragraph>,
}

/// What somebody says without a pause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    pub second: u32,
    /// Who; empty where it is not said.
    pub speaker: String,
    pub text: String,
}

impl Transcript {
    /// Every text in it.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.chapters.iter().flat_map(|chapter| {
            let paragraphs = chapter.paragraphs.iter();
            let said = paragraphs.flat_map(|it| [it.speaker.as_str(), it.text.as_str()]);
            said.chain([chapter.title.as_str()])
        })
    }
}

/// A second as players show it: `1:23`, or `1:02:03`.
pub fn clock(second: u32) -> String {
    let (hours, minutes, seconds) = (second / 3600, second / 60 % 60, second % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// The fragment of a second in the transcript of a film, the films of a page counted from 0: `t-83`, `t2-83`.
pub fn second_id(film: usize, second: u32) -> String {
    match film {
        0 => format!("t-{second}"),
        _ => format!("t{}-{second}", film + 1),
    }
}

/// Whether a fragment may be that of a second.
pub fn is_second_id(fragment: &str) -> bool {
    let parts = fragment.strip_prefix('t').and_then(|it| it.split_once('-'));
    parts.is_some_and(|(film, second)| {
        let are_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
        are_digits(film) && are_digits(second) && !second.is_empty()
    })
}
