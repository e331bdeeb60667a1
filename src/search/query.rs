//! A question taken apart.

use memchr::memmem::Finder;

use super::fold::{compose, fold};

/// Characters of a question that are looked at.
const MAX_QUERY_LENGTH: usize = 200;

/// Words of a question that are looked for.
const MAX_WORDS: usize = 10;

/// Particles and endings that may follow a Korean word, the longest first.
pub(super) const PARTICLES: &str = "에서부터 으로부터 에게서는 이라는 이라고 에서는 에서도 에서의 으로는 으로도 으로서 으로써 \
     에게서 에게는 입니다 이에요 까지 부터 에서 에게 한테 으로 이나 이란 이라 라는 라고 보다 처럼 만큼 마다 에는 에도 와는 과는 \
     로는 로서 로써 이야 하고 들은 들이 들을 들의 은 는 이 가 을 를 의 에 도 와 과 로 만 나 란 들 야";

/// Words that only make a sentence of a question: pages need not hold them.
pub(super) const STOP_WORDS: &str = "뭐야 뭐지 뭔가요 뭐예요 무엇 무엇인가 무엇인가요 누구 누구야 누구인가 누구인가요 어떻게 대해 대한 관한 관련 같은 무슨 어떤 어디 어느 언제 얼마나 있나요 알려줘 \
     a an and are by did do does for how in is of on or the to was what who why with";

/// What a reader asked.
#[derive(Debug)]
pub struct Query {
    /// As it is shown to them: one line, without characters that cannot be seen.
    pub text: String,
    /// Whether it was longer than what is looked at.
    pub cut: bool,
    /// The words, all of which a page should hold.
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

/// One form of a word.
#[derive(Debug)]
pub(super) struct Pattern {
    /// How many characters it has.
    pub(super) size: usize,
    /// What begins it and stands for itself.
    start: Finder<'static>,
    /// What follows: characters, and consonants that stand for every syllable they begin.
    rest: Vec<Symbol>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Symbol {
    Character(char),
    Initial(u32),
}

impl Query {
    /// Takes apart what was asked, whatever it is.
    pub fn new(asked: &str) -> Self {
        let (text, mut cut) = clean(asked);
        let mut spoken: Vec<String> = Vec::new();
        for word in text.split(' ').map(folded).filter(|it| !it.is_empty()) {
            if !spoken.contains(&word) {
                spoken.push(word);
            }
        }
        let ignored = |word: &String| STOP_WORDS.split_whitespace().any(|it| it == word);
        if !spoken.iter().all(ignored) {
            spoken.retain(|it| !ignored(it));
        }
        cut |= spoken.len() > MAX_WORDS;
        spoken.truncate(MAX_WORDS);
        let phrase = (spoken.len() > 1).then(|| Word::new(&spoken.concat()));
        Self {
            words: spoken.iter().map(|it| Word::new(it)).collect(),
            phrase,
            text,
            cut,
        }
    }
}

impl Word {
    fn new(word: &str) -> Self {
        let mut forms = vec![word.to_owned()];
        let mut fallback_stem = None;
        if !word.chars().any(|it| initials(it).is_some()) {
            for stem in PARTICLES
                .split_whitespace()
                .filter_map(|it| word.strip_suffix(it))
            {
                match stem.chars().count() {
                    0 => {}
                    1 => {
                        let is_syllable = stem.chars().all(|it| ('가'..='힣').contains(&it));
                        fallback_stem = fallback_stem.or(is_syllable.then_some(stem));
                    }
                    _ => {
                        forms.push(stem.to_owned());
                        break;
                    }
                }
            }
            forms.extend(english(word));
        }
        Self {
            forms: forms.iter().map(|it| Pattern::new(it)).collect(),
            fallback_stem: fallback_stem.map(Pattern::new),
        }
    }
}

/// Singular and plural, and the British spelling of an American word.
fn english(word: &str) -> Vec<String> {
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
        let mut symbols = Vec::new();
        for character in form.chars() {
            match initials(character) {
                Some(several) => {
                    symbols.extend(several.chars().filter_map(initial).map(Symbol::Initial));
                }
                None => symbols.push(Symbol::Character(character)),
            }
        }
        let is_character = |it: &&Symbol| matches!(it, Symbol::Character(_));
        let known = symbols.iter().take_while(is_character).count();
        let start: String = form.chars().take(known).collect();
        Self {
            size: symbols.len(),
            start: Finder::new(&start).into_owned(),
            rest: symbols.split_off(known),
        }
    }

    /// The first place of the form in a text, from a byte of it on: its beginning and end.
    pub(super) fn find(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let bytes = text.as_bytes();
        let known = self.start.needle().len();
        let mut at = from;
        loop {
            at += if known > 0 {
                self.start.find(&bytes[at..])?
            } else {
                // Every Hangul syllable begins with one of these bytes.
                let is_hangul = |byte: &u8| (0xea..=0xed).contains(byte);
                bytes[at..].iter().position(is_hangul)?
            };
            if let Some(length) = self.rest_at(&text[at + known..]) {
                return Some((at, at + known + length));
            }
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }

    fn rest_at(&self, text: &str) -> Option<usize> {
        let mut characters = text.chars();
        let fits = self.rest.iter().all(|sign| {
            characters.next().is_some_and(|character| match sign {
                Symbol::Character(known) => character == *known,
                Symbol::Initial(number) => {
                    ('가'..='힣').contains(&character)
                        && (u32::from(character) - 0xac00) / 588 == *number
                }
            })
        });
        fits.then(|| text.len() - characters.as_str().len())
    }
}

/// The consonants that begin syllables, in the order of Unicode.
const CONSONANTS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";

/// The consonants that a character stands for: two where a keyboard joined them.
fn initials(character: char) -> Option<&'static str> {
    const JOINED: [&str; 11] = [
        "ㄳㄱㅅ",
        "ㄵㄴㅈ",
        "ㄶㄴㅎ",
        "ㄺㄹㄱ",
        "ㄻㄹㅁ",
        "ㄼㄹㅂ",
        "ㄽㄹㅅ",
        "ㄾㄹㅌ",
        "ㄿㄹㅍ",
        "ㅀㄹㅎ",
        "ㅄㅂㅅ",
    ];
    let joined = JOINED.iter().find_map(|it| it.strip_prefix(character));
    joined.or_else(|| {
        let mut single = CONSONANTS.char_indices();
        let (index, found) = single.find(|(_, it)| *it == character)?;
        CONSONANTS.get(index..index + found.len_utf8())
    })
}

fn initial(consonant: char) -> Option<u32> {
    (0..)
        .zip(CONSONANTS.chars())
        .find_map(|(number, it)| (it == consonant).then_some(number))
}

fn folded(word: &str) -> String {
    fold(word).map(|it| it.character).collect()
}

/// One line of at most [`MAX_QUERY_LENGTH`] characters, and whether something was cut off. Characters that show nothing or
/// turn the direction of writing would only spoil what is shown of the question.
fn clean(asked: &str) -> (String, bool) {
    let mut text = String::new();
    let mut count = 0;
    for character in compose(asked).chars() {
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
        if count == MAX_QUERY_LENGTH {
            return (text.trim_end().to_owned(), true);
        }
        text.push(character);
        count += 1;
    }
    (text.trim_end().to_owned(), false)
}

fn is_unseen(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}')
}
