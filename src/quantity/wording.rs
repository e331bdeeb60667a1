//! How a language words numbers, quantities and dates; read from its words.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use super::{Amount, Bound, Period, Quantity, Unit};
use crate::language::{Plural, PluralRules, fill};

/// A named power, such as 억 or million.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// The number that the name stands for.
    #[schemars(range(min = 10), example = 100_000_000)]
    pub value: f64,
    /// The name, with a space before it where the language sets one.
    #[schemars(example = &"억", example = &" million")]
    pub name: Plural,
}

/// The words of an enumeration, as a schema.
fn words<T: JsonSchema>() -> Schema {
    T::json_schema(&mut SchemaGenerator::default())
}

/// The smallest number whose digits are parted into groups.
fn a_thousand() -> f64 {
    1000.0
}

fn yes() -> bool {
    true
}

/// A language's rules for numbers and quantities.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = crate::language::optional)]
pub struct NumberRules {
    /// How the language tells plural forms apart.
    #[serde(skip)]
    pub plurals: PluralRules,
    /// The decimal sign.
    #[schemars(length(min = 1), example = &".")]
    pub decimal: String,
    /// What parts groups of three digits.
    #[schemars(example = &",")]
    pub group: String,
    /// The smallest number that is parted so: 10000 where 1234 is written without a sign.
    #[serde(default = "a_thousand")]
    #[schemars(example = 1000)]
    pub group_from: f64,
    /// Named powers, largest first.
    #[schemars(example = [serde_json::json!({"value": 10_000, "name": "만"})])]
    pub scales: Vec<Scale>,
    /// Whether a named power may have decimals: 1.3 billion, but 13억 and not 1.3십억.
    #[serde(default = "yes")]
    #[schemars(example = true)]
    pub fractions: bool,
    /// How several named powers make a number: `{high}` and `{low}`, such as 1억 3,000만. Without it, digits are
    /// written out.
    #[schemars(example = &"{high} {low}")]
    pub compound: Option<String>,
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
    pub units: BTreeMap<Unit, Plural>,
}

/// A language's rules for dates and times of the day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = crate::language::optional)]
pub struct DateRules {
    /// A whole date: `{year}`, `{month}` and `{day}`.
    #[schemars(example = &"{day} {month} {year}", example = &"{year}년 {month}월 {day}일")]
    pub full: String,
    /// Month and day: `{month}` and `{day}`, and perhaps `{year}`.
    #[schemars(example = &"{day} {month}", example = &"{month}월 {day}일")]
    pub day: String,
    /// Days of one month: `{day}` to `{last_day}`, `{month}` and `{year}`.
    #[schemars(example = &"{day}–{last_day} {month} {year}")]
    pub within_month: String,
    /// Days of one year: `{day}` and `{month}` to `{last_day}` and `{last_month}`, `{year}`.
    #[schemars(example = &"{day} {month} – {last_day} {last_month} {year}")]
    pub within_year: String,
    /// Days of two years, each a whole date: `{first}` to `{last}`.
    #[schemars(example = &"{first} – {last}")]
    pub across_years: String,
    /// How the first day of a month is written, where that differs: 1er.
    #[schemars(example = &"1er")]
    pub first_day: Option<String>,
    /// A time of the day: `{hour}` and `{minute}`.
    #[schemars(example = &"{hour}:{minute}")]
    pub time: String,
    /// From one time to another: `{from}` and `{to}`.
    #[schemars(example = &"{from}–{to}")]
    pub times: String,
    /// The names of the months, where the language has names; otherwise numbers are used.
    #[serde(default)]
    #[schemars(example = ["January", "February"])]
    pub months: Vec<String>,
}

impl DateRules {
    /// The whole date in words.
    pub fn full(&self, date: Date) -> String {
        self.fill(&self.full, date, date)
    }

    /// Month and day in words.
    pub fn day(&self, date: Date) -> String {
        self.fill(&self.day, date, date)
    }

    /// A first and a last day in words.
    pub fn days(&self, first: Date, last: Date) -> String {
        if first == last {
            self.full(first)
        } else if first.year() != last.year() {
            let (first, last) = (self.full(first), self.full(last));
            fill(&self.across_years, &[("first", &first), ("last", &last)])
        } else if first.month() == last.month() {
            self.fill(&self.within_month, first, last)
        } else {
            self.fill(&self.within_year, first, last)
        }
    }

    /// A time of the day in words.
    pub fn time(&self, time: Time) -> String {
        let (hour, minute) = (time.hour().to_string(), format!("{:02}", time.minute()));
        fill(&self.time, &[("hour", &hour), ("minute", &minute)])
    }

    /// From one time to another, in words.
    pub fn times(&self, from: Time, to: Time) -> String {
        fill(&self.times, &[("from", &self.time(from)), ("to", &self.time(to))])
    }

    fn fill(&self, pattern: &str, first: Date, last: Date) -> String {
        let values = [
            ("year", first.year().to_string()),
            ("month", self.month(first)),
            ("day", self.day_of_month(first)),
            ("last_month", self.month(last)),
            ("last_day", self.day_of_month(last)),
        ];
        fill(pattern, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    fn month(&self, date: Date) -> String {
        let index = usize::try_from(date.month() - 1).ok();
        let name = index.and_then(|index| self.months.get(index));
        name.map_or_else(|| date.month().to_string(), Clone::clone)
    }

    fn day_of_month(&self, date: Date) -> String {
        match (&self.first_day, date.day()) {
            (Some(first), 1) => first.clone(),
            (_, day) => day.to_string(),
        }
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
        // The number that stands beside the word decides.
        let high = quantity.amount.high();
        let pattern = if self.scale(high).is_some() {
            words.form_of_millions(self.plurals, high)
        } else {
            words.form(self.plurals, high)
        };
        fill(pattern, &[("n", &number)])
    }

    /// A text that counts something, in the form for the number.
    pub fn count(&self, words: &Plural, number: usize) -> String {
        let number = u32::try_from(number).map_or(f64::MAX, f64::from);
        let form = words.form(self.plurals, number);
        fill(form, &[("n", &self.digits(number))])
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

    /// A number in words: `1.3 billion`, `1억 3,000만`; `28 million` and not `0.028 billion`; digits where a named power
    /// leaves more than two decimals, and the language does not add another.
    pub fn number(&self, value: f64) -> String {
        let Some(scale) = self.scale(value) else {
            return self.digits(value);
        };
        let named = |number: f64| {
            let name = scale.name.form(self.plurals, number);
            format!("{}{name}", self.digits(number))
        };
        let scaled = value / scale.value;
        match &self.compound {
            Some(pattern) if !self.is_exact(scaled) => {
                let (high, low) = (named(scaled.floor()), self.number(value % scale.value));
                fill(pattern, &[("high", &high), ("low", &low)])
            }
            _ => named(scaled),
        }
    }

    /// The named power that a number is worded with, if it is.
    fn scale(&self, value: f64) -> Option<&Scale> {
        let scale = self.scales.iter().find(|it| value >= it.value)?;
        (self.compound.is_some() || self.is_exact(value / scale.value)).then_some(scale)
    }

    /// Whether what stands before a named power says the whole number.
    fn is_exact(&self, scaled: f64) -> bool {
        scaled.fract() == 0.0 || (self.fractions && is_short(scaled))
    }

    /// Digits with the language's signs, and at most two decimals.
    fn digits(&self, value: f64) -> String {
        let text = format!("{:.2}", value.abs());
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            let is_between = index > 0 && (whole.len() - index).is_multiple_of(3);
            if is_between && value.abs() >= self.group_from {
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

    /// How large a file is, as far as anybody wants to know.
    pub fn size(&self, bytes: u64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "two digits of it are shown")]
        let bytes = bytes as f64;
        let step = 10_f64.powf(bytes.max(1.0).log10().floor() - 1.0).max(1.0);
        self.bytes(Amount::One((bytes / step).round() * step))
    }

    /// Bytes with the prefixes of the International System of Units (BIPM, SI Brochure, table 7).
    fn bytes(&self, amount: Amount) -> String {
        const PREFIXES: [(f64, &str); 5] =
            [(1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
        let one = |value: f64| {
            let (power, name) =
                PREFIXES.into_iter().find(|(power, _)| value >= *power).unwrap_or((1.0, "B"));
            let pattern = self.units.get(&Unit::Bytes).map_or("{n} B", |it| &it.other);
            pattern.replace("{n}", &self.digits(value / power)).replace('B', name)
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
