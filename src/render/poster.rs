//! The name of the event, set as large as the first page has room for.
//!
//! Every way to break the name into up to four lines is tried, and the one that can be set largest is taken: once for a
//! desk, where the names of the projects shall fit below it, and once for a phone.

use askama::Template;

use super::lettering_cache::Drawing;
use crate::assets::fonts;
use crate::assets::lettering;
use crate::language::is_hangul;

/// Room for a poster, in twelfths of the page's width.
struct Room {
    width: f32,
    height: f32,
}

const DESK: Room = Room { width: 11.8, height: 4.2 };
const PHONE: Room = Room { width: 11.8, height: 12.0 };

const MOST_LINES: u32 = 4;

/// The em in units of the drawings.
const EM: f32 = 2048.0;

/// A name as drawings of its lines, or as text where the font cannot draw it.
#[derive(Debug)]
pub(super) enum Poster {
    Drawn { desk: Vec<String>, phone: Vec<String> },
    Text { name: String, size: u8 },
}

/// The sizes that the stylesheet knows for a name that is set as text: the ems that fit into the page's width.
const SIZES: [u8; 6] = [2, 4, 6, 9, 14, 24];

impl Poster {
    pub(super) fn new(name: &str, own: Option<&[u8]>) -> Self {
        if let (Some(desk), Some(phone)) = (drawn(name, &DESK, own), drawn(name, &PHONE, own)) {
            return Self::Drawn { desk, phone };
        }
        let name = name.replace('|', "");
        let width = fonts::width(&name, 1000.0);
        let fits = |it: &&u8| f32::from(**it) >= width;
        let size = SIZES.iter().find(fits).unwrap_or(&SIZES[5]);
        Self::Text { size: *size, name }
    }
}

fn drawn(name: &str, room: &Room, own: Option<&[u8]>) -> Option<Vec<String>> {
    let sized = breaks(&pieces(name)).into_iter().map(|lines| {
        let size = size(&lines, room);
        (lines, size)
    });
    // Of ways that come out as large, the first has the fewest lines.
    let (lines, size) = sized.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    // What all lines are scaled by is how many units lie in the page's width.
    let units = room.width / size * EM;
    let (top, height) = extent(&lines);
    let draw = |line: &String| {
        let lettering = lettering::lettering(line, own)?;
        let view = format!("{} {top} {units:.0} {height}", lettering.left);
        Drawing { lettering, view }.render().ok()
    };
    lines.iter().map(draw).collect()
}

/// The size, in twelfths of the page's width, at which lines fill the room in one direction.
fn size(lines: &[String], room: &Room) -> f32 {
    let widths = lines.iter().map(|it| fonts::width(it, 1000.0));
    let widest = widths.fold(0.1, f32::max);
    let (_, height) = extent(lines);
    let height: f32 = lines.iter().map(|_| f32::from(height) / EM).sum();
    (room.width / widest).min(room.height / height)
}

/// The top and the height of the lines, in units of the drawings: the baseline is at 0.
fn extent(lines: &[String]) -> (i16, i16) {
    let has = |is: fn(char) -> bool| lines.iter().any(|it| it.chars().any(is));
    let is_low = |it: char| "gjpqyQÇç,;".contains(it);
    if has(is_hangul) {
        (-1668, 1950)
    } else if has(|it| it > '\u{2E7F}') {
        (-1760, 2000)
    } else if has(is_low) {
        (-1560, 2000)
    } else {
        (-1560, 1640)
    }
}

/// The parts between which a name can be broken, each with the blank that follows it: at blanks, hyphens and `|`, where
/// a capital follows a small letter, and between the syllables of Hangul.
fn pieces(name: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut before = ' ';
    let is_one_word = !name.contains([' ', '|']);
    for character in name.chars() {
        let is_camel = before.is_lowercase() && character.is_uppercase();
        let is_between_syllables = is_one_word && is_hangul(before) && is_hangul(character);
        if matches!(before, ' ' | '-' | '|') || is_camel || is_between_syllables {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut()
            && character != '|'
        {
            piece.push(character);
        }
        before = character;
    }
    pieces.retain(|it| !it.trim().is_empty());
    pieces
}

/// All ways to put pieces into up to four lines, those with fewer lines first.
fn breaks(pieces: &[String]) -> Vec<Vec<String>> {
    // More pieces than this have no need to be tried at every place.
    const MOST_PIECES: usize = 16;
    let places = pieces.len().min(MOST_PIECES).saturating_sub(1);
    let mut ways: Vec<Vec<String>> = (0_u32..1 << places)
        .filter(|it| it.count_ones() < MOST_LINES)
        .map(|way| {
            let mut lines = vec![String::new()];
            for (index, piece) in pieces.iter().enumerate() {
                if (1..=places).contains(&index) && way & (1 << (index - 1)) != 0 {
                    lines.push(String::new());
                }
                if let Some(line) = lines.last_mut() {
                    line.push_str(piece);
                }
            }
            lines.iter().map(|it| it.trim().to_owned()).collect()
        })
        .collect();
    ways.sort_by_key(Vec::len);
    ways
}
