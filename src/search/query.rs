//! A question taken apart.

use std::ops::Range;

use memchr::memmem::Finder;
use unicode_normalization::UnicodeNormalization;

use super::fold::fold;
use crate::language::{CONSONANTS, is_hangul};

/// Characters of a question that are looked at.
const MAX_LENGTH: usize = 200;

/// Words of a question that are looked for.
const MAX_WORDS: usize = 10;

/// Particles and endings that may follow a Korean word, the longest first.
pub(super) const PARTICLES: &str = "에서부터 으로부터 에게서는 이라는 이라고 에서는 에서도 에서의 으로는 으로도 \
     으로서 으로써 에게서 에게는 입니다 이에요 까지 부터 에서 에게 한테 으로 이나 이란 이라 라는 라고 보다 처럼 \
     만큼 마다 에는 에도 와는 과는 로는 로서 로써 이야 하고 들은 들이 들을 들의 은 는 이 가 을 를 의 에 도 와 과 로 \
     만 나 란 들 야";

/// Words that only make a sentence of a question: pages need not hold them.
pub(super) const STOP_WORDS: &str = "뭐야 뭐지 뭔가요 뭐예요 무엇 무엇인가 무엇인가요 누구 누구야 누구인가 \
     누구인가요 어떻게 대해 대한 관한 관련 같은 무슨 어떤 어디 어느 언제 얼마나 있나요 알려줘 \
     a an and are by did do does for how in is of on or the to was what who why with";

/// Two consonants that a keyboard joined, each before the two.
const JOINED: &str = "ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ";

#[derive(Debug)]
pub struct Query {
    /// As it is shown to them: one line, without characters that cannot be seen.
    pub text: String,
    /// Whether it was longer than what is looked at.
    pub cut: bool,
    pub(super) words: Vec<Word>,
    /// All of them as one, which counts for more but is not needed.
    pub(super) phrase: Option<Word>,
}

/// A word with the other forms in which it may stand.
#[derive(Debug)]
pub(super) struct Word {
    /// The word as it was asked, then its other forms.
    pub(super) forms: Vec<Pattern>,
    /// A form so short that it serves only where the others are nowhere.
    pub(super) fallback_stem: Option<Pattern>,
}

#[derive(Debug)]
pub(super) struct Pattern {
    /// How many characters it has.
    pub(super) size: usize,
    /// The characters before the first consonant that stands for syllables.
    start: Finder<'static>,
    rest: Vec<Symbol>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Symbol {
    Character(char),
    /// Every syllable that begins with this consonant, by its place in [`CONSONANTS`].
    Initial(u32),
}

impl Query {
    pub fn new(asked: &str) -> Self {
        let (text, mut cut) = clean(asked);
        let mut words: Vec<String> = Vec::new();
        for written in text.split(' ') {
            let mut word = String::new();
            fold(written, |it| word.push(it.character));
            if !word.is_empty() && !words.contains(&word) {
                words.push(word);
            }
        }
        let is_stop_word = |word: &String| STOP_WORDS.split(' ').any(|it| it == word);
        if !words.iter().all(is_stop_word) {
            words.retain(|it| !is_stop_word(it));
        }
        cut |= words.len() > MAX_WORDS;
        words.truncate(MAX_WORDS);
        Self {
            words: words.iter().map(|it| Word::new(it)).collect(),
            phrase: (words.len() > 1).then(|| Word::new(&words.concat())),
            text,
            cut,
        }
    }
}

impl Word {
    fn new(word: &str) -> Self {
        let has_initials = word.chars().any(|it| initials(it).is_some());
        let particles = PARTICLES.split(' ').filter(|_| !has_initials);
        let stems: Vec<&str> = particles.filter_map(|it| word.strip_suffix(it)).collect();
        let long_stem = stems.iter().find(|it| it.chars().count() > 1);
        let short_stem = stems.iter().find(|it| {
            let mut characters = it.chars();
            characters.next().is_some_and(is_hangul) && characters.next().is_none()
        });
        let mut forms = vec![Pattern::new(word)];
        forms.extend(long_stem.map(|it| Pattern::new(it)));
        forms.extend(english_forms(word).iter().map(|it| Pattern::new(it)));
        Self { forms, fallback_stem: short_stem.map(|it| Pattern::new(it)) }
    }
}

/// Singular and plural, and the British spelling of an American word.
fn english_forms(word: &str) -> Vec<String> {
    let mut forms = Vec::new();
    if word.len() < 4 || !word.bytes().all(|it| it.is_ascii_alphanumeric()) {
        return forms;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        forms.push(format!("{stem}y"));
    } else if let Some(stem) = word.strip_suffix('s').filter(|it| !it.ends_with('s')) {
        forms.push(stem.to_owned());
    } else if let Some(stem) = word.strip_suffix('y') {
        forms.push(format!("{stem}ies"));
    }
    if word.contains("iz") {
        forms.push(word.replace("iz", "is"));
    }
    forms
}

impl Pattern {
    fn new(form: &str) -> Self {
        let mut start = String::new();
        let mut rest = Vec::new();
        for character in form.chars() {
            match initials(character) {
                Some(initials) => rest.extend(initials.into_iter().map(Symbol::Initial)),
                None if rest.is_empty() => start.push(character),
                None => rest.push(Symbol::Character(character)),
            }
        }
        Self {
            size: start.chars().count() + rest.len(),
            start: Finder::new(&start).into_owned(),
            rest,
        }
    }

    /// The first place of the form in a text, from a byte of it on.
    pub(super) fn find(&self, text: &str, from: usize) -> Option<Range<usize>> {
        let bytes = text.as_bytes();
        let known = self.start.needle().len();
        let mut at = from;
        loop {
            at += if known > 0 {
                self.start.find(&bytes[at..])?
            } else {
                // Every syllable begins with one of these bytes.
                let is_hangul = |byte: &u8| (0xea..=0xed).contains(byte);
                bytes[at..].iter().position(is_hangul)?
            };
            if let Some(length) = self.rest_length(&text[at + known..]) {
                return Some(at..at + known + length);
            }
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }

    /// The bytes that the rest of the form takes at the beginning of a text; nothing where it does not stand there.
    fn rest_length(&self, text: &str) -> Option<usize> {
        let mut characters = text.chars();
        for symbol in &self.rest {
            let character = characters.next()?;
            let fits = match *symbol {
                Symbol::Character(known) => character == known,
                // Unicode has 588 syllables for each initial consonant, one after the other.
                Symbol::Initial(number) => {
                    is_hangul(character) && (u32::from(character) - u32::from('가')) / 588 == number
                }
            };
            if !fits {
                return None;
            }
        }
        Some(text.len() - characters.as_str().len())
    }
}

/// The initial consonants that a character stands for: two where a keyboard joined them.
fn initials(character: char) -> Option<Vec<u32>> {
    let number = |consonant| {
        let mut numbered = CONSONANTS.chars().zip(0..);
        numbered.find_map(|(known, number)| (known == consonant).then_some(number))
    };
    match JOINED.split(' ').find_map(|it| it.strip_prefix(character)) {
        Some(both) => Some(both.chars().filter_map(number).collect()),
        None => number(character).map(|it| vec![it]),
    }
}

/// One line of at most [`MAX_LENGTH`] characters, and whether something was cut off. The question is composed, since a
/// keyboard may send Hangul taken apart; characters that show nothing or turn the direction of writing would only
/// spoil what is shown of it.
fn clean(asked: &str) -> (String, bool) {
    let mut text = String::new();
    let mut length = 0;
    for character in asked.nfc() {
        let character = match character {
            // A conjoining consonant that found no vowel is the same sign as a single one.
            '\u{1100}'..='\u{1112}' => {
                let number = u32::from(character) - 0x1100;
                CONSONANTS.chars().nth(number as usize).unwrap_or(character)
            }
            other if other.is_control() || other.is_whitespace() => ' ',
            other => other,
        };
        if is_unseen(character) || (character == ' ' && (text.is_empty() || text.ends_with(' '))) {
            continue;
        }
        if length == MAX_LENGTH {
            return (text.trim_end().to_owned(), true);
        }
        text.push(character);
        length += 1;
    }
    (text.trim_end().to_owned(), false)
}

fn is_unseen(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}')
}
