//! Whether an emblem is sound, and how far it is from another. The limits are those that the emblems drawn by hand keep.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "numbers of the grid, from 0 to 96"
)]

use kurbo::{BezPath, PathEl, Point};

/// Dots of a row of the grid that an emblem is measured by, eight to a unit.
const DOTS: usize = 96;
/// What is covered of the grid: a row of dots in each number, the leftmost in the lowest bit.
pub(super) type Raster = [u128; DOTS];

const ALL: u128 = (1 << DOTS) - 1;
/// One in each byte.
const ONES: u128 = u128::MAX / 0xff;
/// Dots that a stroke or a gap is wide at least: half a unit.
const STROKE: usize = 4;
/// How much farther something is that is like another only when it is turned or mirrored, in cells of a picture.
const TURNED: u32 = 22;

pub(super) fn raster(path: &BezPath) -> Raster {
    // Where the outline crosses each row, and whether it comes from above (1) or from below.
    let mut crossings: [Vec<(usize, i32)>; DOTS] = [const { Vec::new() }; DOTS];
    let first_dot = |along: f64| (along * 8.0 - 0.5).ceil().clamp(0.0, 96.0) as usize;
    let mut cross = |a: Point, b: Point| {
        let (top, bottom, way) = if a.y < b.y { (a, b, 1) } else { (b, a, -1) };
        let rows = first_dot(top.y)..first_dot(bottom.y);
        for (row, crossings) in rows.clone().zip(&mut crossings[rows]) {
            let y = (row as f64 + 0.5) / 8.0;
            let x = top.x + (y - top.y) * (bottom.x - top.x) / (bottom.y - top.y);
            crossings.push((first_dot(x), way));
        }
    };
    let (mut start, mut here) = (Point::ZERO, Point::ZERO);
    kurbo::flatten(path, 0.001, |element| {
        let end = element.end_point().unwrap_or(start);
        match element {
            PathEl::MoveTo(point) => start = point,
            _ => cross(here, end),
        }
        here = end;
    });
    crossings.map(|mut row| {
        row.sort_unstable();
        let (mut dots, mut winding) = (0, 0);
        for pair in row.windows(2) {
            winding += pair[0].1;
            if winding != 0 {
                dots |= (1_u128 << pair[1].0) - (1 << pair[0].0);
            }
        }
        dots
    })
}

/// The grid by what is seen: the form below alone, the form above alone, both, and paper.
fn planes([under, over]: &[Raster; 2]) -> [Raster; 4] {
    let plane =
        |seen: fn(u128, u128) -> u128| std::array::from_fn(|y| seen(under[y], over[y]) & ALL);
    [plane(|a, b| a & !b), plane(|a, b| b & !a), plane(|a, b| a & b), plane(|a, b| !(a | b))]
}

/// Whether both inks, their overprint and the paper have their share, ink reaches the edges, nothing is too fine for 24
/// pixels, and neither a face nor a pinwheel is seen.
pub(super) fn is_sound(layers: &[Raster; 2]) -> bool {
    let planes = planes(layers);
    let [under, over, both, paper] = [0, 1, 2, 3].map(|it| share(&planes[it]));
    let (under, over) = (under + both, over + both);
    let less = under.min(over);
    (200..=620).contains(&under)
        && (140..=550).contains(&over)
        && (50..=260).contains(&both)
        && (12 * less..=75 * less).contains(&(100 * both))
        && paper >= 180
        && is_wide(&planes[3])
        && is_coarse(&planes)
        && Picture::new(layers).is_well_made()
}

/// A share of the grid in thousandths.
fn share(plane: &Raster) -> u32 {
    plane.iter().map(|row| row.count_ones()).sum::<u32>() * 1000 / 9216
}

/// Whether ink reaches from edge to edge in one way, and over ten units in the other.
fn is_wide(paper: &Raster) -> bool {
    let row = ALL & !paper.iter().fold(u128::MAX, |all, row| all & row);
    let width = row.checked_ilog2().map_or(0, |it| it + 1 - row.trailing_zeros());
    let is_blank = |row: &&u128| **row == ALL;
    let blank =
        paper.iter().take_while(is_blank).count() + paper.iter().rev().take_while(is_blank).count();
    (width == 96 && blank <= 16) || (width >= 80 && blank == 0)
}

/// Whether three quarters of most pixels, of 24 × 24, are of one colour, and next to nothing is thinner than a stroke.
fn is_coarse(planes: &[Raster; 4]) -> bool {
    let thin: u32 = planes.iter().map(|it| share(it) - share(&opened(it))).sum();
    let clear = (0..DOTS).step_by(4).map(|y| {
        let counts = planes.iter().map(|it| counts(&it[y..y + 4]));
        // A byte that comes to 128 or more has at least twelve.
        let clear = counts.fold([0; 2], |clear, it| {
            [0, 1].map(|i| clear[i] | (it[i] + 116 * ONES) & (128 * ONES))
        });
        clear[0].count_ones() + clear[1].count_ones()
    });
    thin <= 45 && clear.sum::<u32>() >= 461
}

/// How many of some rows' dots are in each four columns: of the 1st, 3rd … four in the bytes of one number, of the others
/// in those of the other.
fn counts(rows: &[u128]) -> [u128; 2] {
    let mut counts = [0; 2];
    for row in rows {
        let pairs = row - (row >> 1 & (0x55 * ONES));
        let fours = (pairs & (0x33 * ONES)) + (pairs >> 2 & (0x33 * ONES));
        counts = [counts[0] + (fours & (0x0f * ONES)), counts[1] + (fours >> 4 & (0x0f * ONES))];
    }
    counts
}

/// A plane without what is thinner than a stroke.
fn opened(plane: &Raster) -> Raster {
    let mut opened = [0; DOTS];
    for y in 0..=DOTS - STROKE {
        let rows = plane[y..y + STROKE].iter().fold(u128::MAX, |all, row| all & row);
        let runs = (1..STROKE).fold(rows, |runs, by| runs & (rows >> by));
        for row in &mut opened[y..y + STROKE] {
            *row |= (1..STROKE).fold(runs, |all, by| all | (runs << by));
        }
    }
    opened
}

/// What fills most of each of 12 × 12 cells: the index of its plane, in two bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Picture([u32; 12]);

/// A picture as it is, and turned by one, two and three quarters; then all four mirrored.
pub(super) type Copies = [Picture; 8];

impl Picture {
    pub(super) fn new(layers: &[Raster; 2]) -> Self {
        let planes = planes(layers);
        Self::of(|y| {
            let counts = planes.map(|it| {
                let [even, odd] = counts(&it[y * 8..y * 8 + 8]);
                (even + odd).to_le_bytes()
            });
            move |x| (0..4).max_by_key(|it| counts[*it as usize][x]).unwrap_or(0)
        })
    }

    fn of<R: Fn(usize) -> u32>(row: impl Fn(usize) -> R) -> Self {
        Self(std::array::from_fn(|y| {
            let cell = row(y);
            (0..12).fold(0, |all, x| all | cell(x) << (2 * x))
        }))
    }

    fn cell(&self, x: usize, y: usize) -> u32 {
        self.0[y] >> (2 * x) & 3
    }

    pub(super) fn copies(&self) -> Copies {
        let mirrored = Self::of(|y| move |x| self.cell(11 - x, y));
        let mut copies = [*self, *self, *self, *self, mirrored, mirrored, mirrored, mirrored];
        for index in [1, 2, 3, 5, 6, 7] {
            let before = copies[index - 1];
            copies[index] = Self::of(|y| move |x| before.cell(y, 11 - x));
        }
        copies
    }

    /// The cells in which another picture differs, of 144.
    fn differing(&self, other: &Self) -> u32 {
        let rows = self.0.iter().zip(&other.0).map(|(a, b)| a ^ b);
        rows.map(|it| ((it | it >> 1) & 0x0055_5555).count_ones()).sum()
    }

    pub(super) fn distance(&self, other: &Copies) -> u32 {
        let turned = other[1..].iter().map(|it| self.differing(it) + TURNED);
        turned.fold(self.differing(&other[0]), u32::min)
    }

    /// Whether it is neither its own mirror image, as faces and letters are, nor a pinwheel, nor heavy on one side.
    fn is_well_made(&self) -> bool {
        let copies = self.copies();
        let (mut weight, mut lean) = (0, [0; 2]);
        for (y, x) in (0..144).map(|it| (it / 12, it % 12)).filter(|&(y, x)| self.cell(x, y) < 3) {
            weight += 3;
            // Twice the way from the middle to the centre of the cell.
            lean = [lean[0] + 2 * x as i32 - 11, lean[1] + 2 * y as i32 - 11];
        }
        self.differing(&copies[4]) >= 30
            && self.differing(&copies[1]) >= 30
            && lean.iter().all(|it| it.abs() <= weight)
    }
}
