//! Words that change with a number, by the plural categories of CLDR (Unicode Technical Standard 35, part 3).

use schemars::JsonSchema;
use serde::Deserialize;

use super::primary;

/// A text that holds a number, in the forms that the language has; `{n}` stands for the number. Where one form does for
/// all, it is a plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("type" = ["object", "string"]))]
pub struct Plural {
    /// For zero, where it differs.
    pub zero: Option<String>,
    /// For one and what the language counts like it.
    pub one: Option<String>,
    /// For two, where it differs: a dual, or English «twice».
    pub two: Option<String>,
    /// For few, as Arabic and Slavic languages tell them from many.
    pub few: Option<String>,
    /// For many; in French and Spanish for millions: «5 millions de personnes».
    pub many: Option<String>,
    /// For every other number.
    pub other: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

/// How a language tells the forms apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PluralRules {
    /// One, and all others. A language without forms has words for `other` alone, and is served as well.
    #[default]
    One,
    /// Zero counts like one.
    ZeroOne,
    Arabic,
    EastSlavic,
    Polish,
    Czech,
}

impl PluralRules {
    /// The rules of a language by its code; those of most, where nothing else is known.
    pub fn of(code: &str) -> Self {
        match primary(code) {
            "fr" | "pt" | "hy" => Self::ZeroOne,
            "ar" => Self::Arabic,
            "ru" | "uk" | "be" => Self::EastSlavic,
            "pl" => Self::Polish,
            "cs" | "sk" => Self::Czech,
            _ => Self::One,
        }
    }

    fn category(self, number: f64) -> Category {
        use Category::{Few, Many, One, Other, Two, Zero};
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "rounded down to what there is"
        )]
        let whole = number as u64;
        if self == Self::ZeroOne && whole < 2 {
            return One;
        }
        if number.fract() != 0.0 {
            return Other;
        }
        match (self, whole % 100, whole % 10) {
            (Self::Arabic, ..) if whole == 0 => Zero,
            (Self::Arabic, 3..=10, _) => Few,
            (Self::EastSlavic | Self::Polish, tens, 2..=4) if !(12..=14).contains(&tens) => Few,
            (Self::Czech, ..) if (2..=4).contains(&whole) => Few,
            (Self::EastSlavic, tens, 1) if tens != 11 => One,
            (Self::Polish, ..) if whole != 1 => Many,
            (Self::Arabic, 11.., _) | (Self::EastSlavic, ..) => Many,
            _ if whole == 1 => One,
            // English has «twice».
            _ if whole == 2 => Two,
            _ => Other,
        }
    }
}

impl Plural {
    /// The form for a number.
    pub fn form(&self, rules: PluralRules, number: f64) -> &str {
        let form = match rules.category(number) {
            Category::Zero => &self.zero,
            Category::One => &self.one,
            Category::Two => &self.two,
            Category::Few => &self.few,
            Category::Many => &self.many,
            Category::Other => &None,
        };
        form.as_ref().unwrap_or(&self.other)
    }

    /// The form for a number that ends in a word such as million.
    pub fn form_of_millions(&self, rules: PluralRules, number: f64) -> &str {
        match (rules, &self.many) {
            (PluralRules::One | PluralRules::ZeroOne, Some(many)) => many,
            _ => self.form(rules, number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_those_of_cldr() {
        let plural = Plural {
            zero: Some("zero".into()),
            one: Some("one".into()),
            two: Some("two".into()),
            few: Some("few".into()),
            many: Some("many".into()),
            other: "other".into(),
        };
        for (code, expected) in [
            ("ar", "zero one two few many many other few other"),
            ("pt-BR", "one one two other other other other other one"),
            ("ru", "many one few few many one many few other"),
            ("pl", "many one few few many many many few other"),
            ("cs", "other one few few other other other other other"),
            ("de", "other one two other other other other other other"),
        ] {
            let form = |number| plural.form(PluralRules::of(code), number);
            let forms = [0.0, 1.0, 2.0, 3.0, 11.0, 21.0, 100.0, 103.0, 1.5].map(form);
            assert_eq!(forms.join(" "), expected, "{code}");
        }
    }
}
