//! Typed figures: what a number counts, how sure it is, and how each language words it.
//!
//! A figure is stored once; [`NumberRules`], which come from a language's labels file, turn it
//! into words: `5억 명`, `500 million people`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

mod wording;

pub use wording::{DateRules, NumberRules, Scale};

/// What a figure counts.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Persons.
    People,
    /// Connected things, such as sensors.
    Devices,
    /// Cars and other vehicles.
    Vehicles,
    /// Installations of an app.
    Installs,
    /// Companies, funds, media and other bodies.
    Organisations,
    /// Projects of the programme.
    Projects,
    /// Cities of the series.
    Cities,
    /// Countries.
    Countries,
    /// Tokens of a project; its symbol replaces the unit's word.
    Tokens,
    /// US dollars.
    Usd,
    /// Euros.
    Eur,
    /// South Korean won.
    Krw,
    /// Hundredths.
    Percent,
    /// A factor.
    Times,
    /// Kinds of something.
    Kinds,
    /// Years.
    Years,
    /// Months.
    Months,
    /// Days.
    Days,
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
    /// Bytes, worded with SI prefixes.
    Bytes,
}

impl Unit {
    /// The side of the ruler of large numbers that the unit stands on, if it stands there at all.
    pub fn ruler_side(self) -> Option<RulerSide> {
        match self {
            Self::People | Self::Devices | Self::Vehicles | Self::Installs => {
                Some(RulerSide::Counted)
            }
            Self::Usd => Some(RulerSide::Dollars),
            _ => None,
        }
    }
}

/// A side of the ruler of large numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulerSide {
    /// People and things.
    Counted,
    /// Dollars.
    Dollars,
}

/// How the value relates to the truth, as it was said.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// The value itself.
    #[default]
    Exactly,
    /// Around the value.
    About,
    /// Above the value.
    MoreThan,
    /// Just below the value.
    Nearly,
    /// The value or above.
    AtLeast,
}

/// The span of time that a figure is counted over.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// A day.
    Day,
    /// A month.
    Month,
    /// Half a year.
    HalfYear,
    /// A year.
    Year,
}

/// The number itself.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(from = "AmountKeys")]
pub enum Amount {
    One(f64),
    /// From the first to the second, both included; the second is larger.
    Range(f64, f64),
}

/// How an amount is written: either `value`, or `from` and `to`.
#[derive(Deserialize, JsonSchema)]
struct AmountKeys {
    /// The number, or use `from` and `to`.
    #[schemars(range(min = 0), example = 70)]
    value: Option<f64>,
    /// The lower end of a range.
    #[schemars(range(min = 0), example = 40)]
    from: Option<f64>,
    /// The upper end of a range.
    #[schemars(range(min = 0), example = 50)]
    to: Option<f64>,
}

impl From<AmountKeys> for Amount {
    fn from(keys: AmountKeys) -> Self {
        match (keys.value, keys.from, keys.to) {
            (None, Some(from), Some(to)) => Self::Range(from, to),
            // Whatever else is written was reported.
            (value, ..) => Self::One(value.unwrap_or_default()),
        }
    }
}

impl Amount {
    /// The larger end, which decides where the figure stands on a scale.
    pub fn high(self) -> f64 {
        match self {
            Self::One(value) | Self::Range(_, value) => value,
        }
    }
}

/// A number with its unit and the circumstances under which it was said to hold.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
pub struct Quantity {
    #[serde(flatten)]
    #[schemars(with = "AmountKeys")]
    pub amount: Amount,
    /// What it counts.
    #[schemars(example = &"percent")]
    pub unit: Unit,
    /// How exact it is.
    #[serde(default)]
    #[schemars(example = &"more-than")]
    pub bound: Bound,
    /// What span of time it is counted over.
    #[schemars(example = &"year")]
    pub period: Option<Period>,
    /// The year it is forecast for.
    #[schemars(range(min = 1900, max = 2200), example = 2020)]
    pub by_year: Option<i16>,
    /// What replaces the unit's word, such as the sign of a currency.
    #[schemars(length(min = 1), example = &"pts")]
    pub symbol: Option<String>,
}
