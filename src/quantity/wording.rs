//! How a language words numbers, quantities and dates; read from its labels file.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use super::{Amount, Bound, Period, Quantity, Unit};
use crate::language::fill;

/// A named power, such as 억 or million.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// The number that the name stands for.
    #[schemars(range(min = 10), example = 100_000_000)]
    pub value: f64,
    /// The name, with a space before it where the language sets one.
    #[schemars(example = &"억", example = &" million")]
    pub name: String,
}

/// The words of a unit; `{n}` stands for the number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitWords {
    /// For exactly one, where it differs.
    #[serde(default)]
    #[schemars(example = &"{n} person")]
    pub one: Option<String>,
    /// For exactly two, where it differs (English «twice»).
    #[serde(default)]
    #[schemars(example = &"twice")]
    pub two: Option<String>,
    /// For every other number.
    #[schemars(example = &"{n} people")]
    pub other: String,
}

/// The words of an enumeration, as a schema.
fn words<T: JsonSchema>() -> Schema {
    T::json_schema(&mut SchemaGenerator::default())
}

/// A language's rules for numbers and quantities.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberRules {
    /// The decimal sign.
    #[schemars(length(min = 1), example = &".")]
    pub decimal: String,
    /// What parts groups of three digits.
    #[schemars(example = &",")]
    pub group: String,
    /// Named powers, largest first.
    #[schemars(example = [serde_json::json!({"value": 10_000, "name": "만"})])]
    pub scales: Vec<Scale>,
    /// How a range is written: `{from}` and `{to}`.
    #[schemars(regex(pattern = r"\{from\}.*\{to\}"), example = &"{from} to {to}")]
    pub range: String,
    /// How each bound is written: `{q}` stands for the quantity.
    #[schemars(extend("propertyNames" = words::<Bound>()), example = serde_json::json!({"more-than": "more than {q}"}))]
    pub bounds: BTreeMap<Bound, String>,
    /// How each period is written: `{q}` stands for the quantity.
    #[schemars(extend("propertyNames" = words::<Period>()), example = serde_json::json!({"year": "{q} a year"}))]
    pub periods: BTreeMap<Period, String>,
    /// How a forecast is written: `{q}` and `{year}`.
    #[schemars(example = &"{q} by {year}")]
    pub by_year: String,
    /// The words of every unit: `{n}` stands for the number.
    #[schemars(extend("propertyNames" = words::<Unit>()), example = serde_json::json!({"people": {"one": "{n} person", "other": "{n} people"}}))]
    pub units: BTreeMap<Unit, UnitWords>,
}

/// A language's rules for dates: patterns with `{year}`, `{month}` and `{day}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DateRules {
    /// A whole date: `{year}`, `{month}` and `{day}`.
    #[schemars(example = &"{day} {month} {year}", example = &"{year}년 {month}월 {day}일")]
    pub full: String,
    /// Month and day: `{month}` and `{day}`, and perhaps `{year}`.
    #[schemars(example = &"{day} {month}", example = &"{month}월 {day}일")]
    pub day: String,
    /// The names of the months, where the language has names; otherwise numbers are used.
    #[serde(default)]
    #[schemars(example = ["January", "February"])]
    pub months: Vec<String>,
}

impl DateRules {
    /// The whole date in words.
    pub fn full(&self, date: Date) -> String {
        self.fill(&self.full, date)
    }

    /// The whole dates of a first and a last day in words.
    pub fn days(&self, first: Date, last: Date) -> String {
        if first == last {
            self.full(first)
        } else {
            format!("{} – {}", self.full(first), self.full(last))
        }
    }

    /// Month and day in words.
    pub fn day(&self, date: Date) -> String {
        self.fill(&self.day, date)
    }

    fn fill(&self, pattern: &str, date: Date) -> String {
        let month = usize::try_from(date.month() - 1)
            .ok()
            .and_then(|index| self.months.get(index))
            .cloned()
            .unwrap_or_else(|| date.month().to_string());
        let (year, day) = (date.year().to_string(), date.day().to_string());
        fill(
            pattern,
            &[("year", &year), ("month", &month), ("day", &day)],
        )
    }
}

impl NumberRules {
    /// The whole quantity: bound, number, unit, period and forecast year.
    pub fn quantity(&self, quantity: &Quantity) -> String {
        let mut text = self.counted(quantity);
        if let Some(pattern) = self.bounds.get(&quantity.bound) {
            text = fill(pattern, &[("q", &text)]);
        }
        if let Some(pattern) = quantity.period.and_then(|period| self.periods.get(&period)) {
            text = fill(pattern, &[("q", &text)]);
        }
        if let Some(year) = quantity.by_year {
            text = fill(&self.by_year, &[("q", &text), ("year", &year.to_string())]);
        }
        text
    }

    /// Number and unit alone, for a label in a drawing.
    pub fn counted(&self, quantity: &Quantity) -> String {
        if quantity.unit == Unit::Bytes {
            return self.bytes(quantity.amount);
        }
        let number = self.amount(quantity.amount);
        if let Some(symbol) = &quantity.symbol {
            return format!("{number} {symbol}");
        }
        let Some(words) = self.units.get(&quantity.unit) else {
            return number;
        };
        let pattern = match quantity.amount {
            Amount::One(1.0) => words.one.as_ref(),
            Amount::One(2.0) => words.two.as_ref(),
            _ => None,
        };
        fill(pattern.unwrap_or(&words.other), &[("n", &number)])
    }

    /// The number alone, worded with the named powers.
    pub fn amount(&self, amount: Amount) -> String {
        match amount {
            Amount::One(value) => self.number(value),
            Amount::Range(from, to) => self.between(&self.number(from), &self.number(to)),
        }
    }

    fn between(&self, from: &str, to: &str) -> String {
        fill(&self.range, &[("from", from), ("to", to)])
    }

    /// A number in words: the largest named power that leaves at most two decimals, so that
    /// 310,000,000 is `3.1억`, and 28,000,000 `2,800만`, not `0.28억`.
    pub fn number(&self, value: f64) -> String {
        for scale in &self.scales {
            if value >= scale.value {
                let scaled = value / scale.value;
                if is_short(scaled) {
                    return format!("{}{}", self.digits(scaled), scale.name);
                }
                let whole = scaled.floor();
                let rest = value - whole * scale.value;
                return format!("{}{} {}", self.digits(whole), scale.name, self.number(rest));
            }
        }
        self.digits(value)
    }

    /// Digits with the language's signs, and at most two decimals.
    fn digits(&self, value: f64) -> String {
        let text = format!("{:.2}", value.abs());
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push_str(&self.group);
            }
            grouped.push(digit);
        }
        let decimals = decimals.trim_end_matches('0');
        let sign = if value < 0.0 { "−" } else { "" };
        if decimals.is_empty() {
            format!("{sign}{grouped}")
        } else {
            format!("{sign}{grouped}{}{decimals}", self.decimal)
        }
    }

    /// Bytes with the prefixes of the International System of Units (BIPM, SI Brochure, table 7).
    fn bytes(&self, amount: Amount) -> String {
        const PREFIXES: [(f64, &str); 5] = [
            (1e15, "PB"),
            (1e12, "TB"),
            (1e9, "GB"),
            (1e6, "MB"),
            (1e3, "kB"),
        ];
        let one = |value: f64| {
            let (power, name) = PREFIXES
                .into_iter()
                .find(|(power, _)| value >= *power)
                .unwrap_or((1.0, "B"));
            let pattern = self.units.get(&Unit::Bytes).map_or("{n} B", |it| &it.other);
            pattern
                .replace("{n}", &self.digits(value / power))
                .replace('B', name)
        };
        match amount {
            Amount::One(value) => one(value),
            Amount::Range(from, to) => self.between(&one(from), &one(to)),
        }
    }
}

/// Whether at most two decimals write the number exactly.
fn is_short(value: f64) -> bool {
    let hundredths = value * 100.0;
    (hundredths - hundredths.round()).abs() < 1e-6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(group: &str, scales: &[(f64, &str)]) -> NumberRules {
        NumberRules {
            decimal: ".".into(),
            group: group.into(),
            range: "{from}–{to}".into(),
            scales: scales
                .iter()
                .map(|&(value, name)| Scale {
                    value,
                    name: name.into(),
                })
                .collect(),
            ..NumberRules::default()
        }
    }

    #[test]
    fn korean_counts_in_ten_thousands() {
        let ko = rules(",", &[(1e12, "조"), (1e8, "억"), (1e4, "만")]);
        let words: Vec<_> = [3e3, 4e4, 5e5, 1.5e6, 1e7, 2.8e7, 3.1e8, 5e11, 6.8e12]
            .map(|value| ko.number(value))
            .to_vec();
        let expected = [
            "3,000", "4만", "50만", "150만", "1,000만", "2,800만", "3.1억", "5,000억", "6.8조",
        ];
        assert_eq!(words, expected);
        assert_eq!(ko.number(123_450_000.0), "1억 2,345만");
    }

    #[test]
    fn english_counts_in_millions() {
        let en = rules(
            ",",
            &[(1e12, " trillion"), (1e9, " billion"), (1e6, " million")],
        );
        assert_eq!(en.number(4e4), "40,000");
        assert_eq!(en.number(3.1e8), "310 million");
        assert_eq!(en.number(6.8e12), "6.8 trillion");
        assert_eq!(en.amount(Amount::Range(40.0, 50.0)), "40–50");
    }

    #[test]
    fn bytes_take_the_prefix_that_fits() {
        let en = rules(",", &[]);
        assert_eq!(en.bytes(Amount::One(1e12)), "1 TB");
        assert_eq!(en.bytes(Amount::One(1500.0)), "1.5 kB");
    }
}
