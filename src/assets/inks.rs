//! The two inks of a site, and what is mixed from them: the tints that text, dark paper and paper prints need.

use std::fmt::Write;

use color::{HueDirection, Oklch, OpaqueColor, Srgb};

use crate::model::Look;

type Colour = OpaqueColor<Srgb>;

const PAPER: Colour = Colour::from_rgb8(0xf6, 0xf1, 0xe6);
const NIGHT: Colour = Colour::from_rgb8(0x13, 0x12, 0x18);
const WHITE: Colour = Colour::from_rgb8(0xff, 0xff, 0xff);
const BLACK: Colour = Colour::from_rgb8(0x0b, 0x0a, 0x14);

/// The pair that stylesheet, cards and icons are made with.
const HOUSE: &str = "vermilion-indigo";

/// What each is known by; then the lighter ink, and the darker.
const NAMED: [(&str, &str); 7] = [
    (HOUSE, "#e8432a #27349b"),
    ("rose-pine", "#e23f6f #014f37"),
    ("marigold-aubergine", "#b97001 #5f287b"),
    ("teal-oxblood", "#0a8f8a #88141d"),
    ("cobalt-umber", "#1672eb #63340c"),
    ("leaf-plum", "#2c9439 #7d195c"),
    ("orchid-petrol", "#c24ec1 #004c60"),
];

/// Two inks on light paper: what is proposed, and what existed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inks {
    light: Colour,
    dark: Colour,
}

impl Inks {
    /// The pair of a name, or that of two colours; says what is wrong where they cannot be told apart or read.
    pub fn read(text: &str) -> Result<Self, String> {
        let named = NAMED.iter().find(|(name, _)| *name == text);
        let colours = named.map_or(text, |it| it.1);
        let pair =
            colours.split_once(' ').and_then(|(light, dark)| Some([colour(light)?, colour(dark)?]));
        let Some([light, dark]) = pair else {
            let known = NAMED.map(|it| it.0).join(", ");
            return Err(format!("there is no pair `{text}`, only {known}"));
        };
        let hues = [light, dark].map(|it| it.convert::<Oklch>().components[2]);
        let turn = (hues[0] - hues[1]).rem_euclid(360.0);
        let contrasts = [
            ("of the first to the paper", contrast(light, PAPER), 3.0),
            ("of the second to the paper", contrast(dark, PAPER), 8.0),
            ("between the two", contrast(light, dark), 2.2),
            ("of text on the first", contrast(light, on(light)), 4.5),
        ];
        for (what, is, at_least) in contrasts {
            if is < at_least {
                return Err(format!("the contrast {what} is {is:.2}, and has to be {at_least}"));
            }
        }
        let apart = turn.min(360.0 - turn);
        if apart < 70.0 {
            return Err(format!("their hues are {apart:.0}° apart, and have to be 70°"));
        }
        Ok(Self { light, dark })
    }

    /// Those of a site that has its own.
    pub fn own(look: &Look) -> Option<Self> {
        let inks = Self::read(look.inks.as_deref()?).ok();
        inks.filter(|it| Self::read(HOUSE) != Ok(*it))
    }

    /// The colours of drawings on light paper: what is proposed, what existed, and where they meet.
    pub fn drawn(self) -> [String; 3] {
        [self.light, self.dark, self.overprint()].map(hex)
    }

    /// Rules for drawings by their classes, on light paper.
    pub fn svg_css(self) -> String {
        let [v, i, o] = self.drawn();
        format!(".v{{fill:{v}}}.i{{fill:{i}}}.o{{fill:{o}}}")
    }

    /// As inks lie over each other in print.
    fn overprint(self) -> Colour {
        let [light, dark] = [self.light, self.dark].map(|it| it.components);
        Colour::new([0, 1, 2].map(|it| light[it] * dark[it]))
    }

    /// The custom properties that the stylesheet's own are replaced by.
    pub fn css(self) -> String {
        let Self { light, dark } = self;
        let on_paper = properties(&[
            ("vermilion", light),
            ("vermilion-text", legible(light, PAPER, 5.3)),
            ("on-vermilion", on(light)),
            ("indigo", dark),
            ("indigo-text", dark),
            ("indigo-pale", dark.lerp_rect(PAPER, 0.5)),
            ("overprint", self.overprint()),
        ]);
        let lit = legible(light, NIGHT, 5.2);
        let pale = legible(dark, NIGHT, 11.5);
        let between = light.convert::<Oklch>().lerp(dark.convert(), 0.5, HueDirection::Shorter);
        let [.., hue] = between.components;
        let at_night = properties(&[
            ("vermilion", lit),
            ("vermilion-text", legible(light, NIGHT, 8.0)),
            ("on-vermilion", on(lit)),
            ("indigo", pale),
            ("indigo-text", pale),
            ("indigo-pale", pale.lerp_rect(NIGHT, 0.5)),
            ("overprint", legible(in_gamut(0.42, 0.17, hue), NIGHT, 2.17)),
        ]);
        let more = |ratio: f32, more: f32| {
            let [paper, night] =
                [(PAPER, ratio), (NIGHT, more)].map(|(it, at)| hex(legible(light, it, at)));
            format!("light-dark({paper},{night})")
        };
        format!(
            "@layer tokens{{:root{{{on_paper}}}@media (prefers-color-scheme:dark){{:root{{{at_night}}}}}\
             @media (prefers-contrast:more){{:root{{--vermilion:{};--vermilion-text:{};--on-vermilion:light-dark(#fff,#0b0a14)}}}}}}\
             @layer print{{@media print{{:root{{{on_paper}}}}}}}",
            more(7.0, 7.0),
            more(8.0, 10.5),
        )
    }
}

fn properties(all: &[(&str, Colour)]) -> String {
    let mut css = String::new();
    for (name, colour) in all {
        let _ = write!(css, "--{name}:{};", hex(*colour));
    }
    css
}

fn colour(text: &str) -> Option<Colour> {
    let number = u32::from_str_radix(text.strip_prefix('#')?, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    (text.len() == 7).then(|| Colour::from_rgb8(red, green, blue))
}

fn hex(colour: Colour) -> String {
    let colour = colour.to_rgba8();
    format!("#{:02x}{:02x}{:02x}", colour.r, colour.g, colour.b)
}

/// WCAG 2.2, contrast ratio.
fn contrast(one: Colour, other: Colour) -> f32 {
    let [one, other] = [one, other].map(|it| it.relative_luminance() + 0.05);
    one.max(other) / one.min(other)
}

/// What is better legible on a colour.
fn on(colour: Colour) -> Colour {
    if contrast(colour, BLACK) >= 4.5 { BLACK } else { WHITE }
}

/// A colour of the same hue with this contrast to the ground, or more where it has more already.
fn legible(colour: Colour, ground: Colour, ratio: f32) -> Colour {
    if contrast(colour, ground) >= ratio {
        return colour;
    }
    let [_, chroma, hue] = colour.convert::<Oklch>().components;
    let is_lighter = ground.relative_luminance() < 0.2;
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..20 {
        let middle = f32::midpoint(low, high);
        if (contrast(in_gamut(middle, chroma, hue), ground) < ratio) == is_lighter {
            low = middle;
        } else {
            high = middle;
        }
    }
    in_gamut(if is_lighter { high } else { low }, chroma, hue)
}

/// The colour of a lightness and a hue, as strong as can be shown.
fn in_gamut(lightness: f32, chroma: f32, hue: f32) -> Colour {
    let mut chroma = chroma;
    loop {
        let colour: Colour = OpaqueColor::<Oklch>::new([lightness, chroma, hue]).convert();
        if chroma < 0.001 || colour.components.iter().all(|it| (0.0..=1.0).contains(it)) {
            return colour;
        }
        chroma *= 0.97;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_pairs_can_be_told_apart_in_both_schemes() {
        for (name, _) in NAMED {
            let inks = Inks::read(name).expect("a pair");
            let css = inks.css();
            let of = |key: &str, nth: usize| {
                let text = css.split(&format!("--{key}:")).nth(nth).expect("a property");
                colour(&text[..7]).expect("a colour")
            };
            let floors = [
                ("vermilion", [3.0, 5.1]),
                ("vermilion-text", [5.2, 7.9]),
                ("indigo", [8.0, 11.4]),
                ("overprint", [8.0, 2.1]),
            ];
            for (key, floors) in floors {
                for (nth, ground) in [PAPER, NIGHT].into_iter().enumerate() {
                    let is = contrast(of(key, nth + 1), ground);
                    assert!(is >= floors[nth], "{name} {key}: {is}");
                }
            }
            let night = contrast(of("vermilion", 2), of("indigo", 2));
            assert!(night >= 2.1, "{name}: {night}");
        }
    }
}
