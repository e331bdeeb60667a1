//! The interface's words: those of a language pack, with what the site says differently laid over them.

use std::ops::Range;
use std::sync::LazyLock;

use serde_json::Value as Json;
use unicode_width::UnicodeWidthStr;

use super::{Checker, DESCRIPTION, event, too_long};
use crate::content::document::{self, Parsed, Reader, WHOLE};
use crate::content::schema::placeholders;
use crate::content::yaml::{self, Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::language::{self, Languages, PluralRules};
use crate::model::{Entries, Labels};

/// Labels without sense where a placeholder lacks: the number, or the day, would be gone.
const NEEDED: [&str; 12] = [
    "entries.count",
    "numbers.range",
    "numbers.compound",
    "numbers.bounds",
    "numbers.periods",
    "numbers.by_year",
    "dates.full",
    "dates.day",
    "dates.within_month",
    "dates.within_year",
    "dates.across_years",
    "dates.time",
];
/// The form of a text that any number has.
const OTHER: &str = "other";
/// How the forms of a text end its path: first those that say a number as a word.
const FORMS: [&str; 6] = [".zero", ".one", ".two", ".few", ".many", ".other"];
/// Columns of a title that search results show beside the site's name.
const TITLE: usize = 50;

static READER: LazyLock<Reader<Labels>> = LazyLock::new(Reader::new);
/// The placeholders that each label may hold, by the path of its key.
static PLACEHOLDERS: LazyLock<Vec<(String, Vec<String>)>> = LazyLock::new(placeholders);

/// The labels of every language; `event` is the tree of `event.yaml`.
pub(super) fn check(checker: &mut Checker<'_>, event: Option<&Node>) -> Option<Vec<Labels>> {
    let languages = checker.languages.clone();
    let entries = checker.entries;
    let labels = languages.iter().map(|language| {
        let code = languages.code(language);
        let own = overrides(checker, &format!("labels/{code}.yaml"))?;
        let (mut labels, is_own) = language_pack(code, entries, &languages);
        let borrowed = if is_own { 0 } else { lacking(&labels, &own) };
        if borrowed > 0 {
            let problem = borrowed_words(checker, code, borrowed, event);
            checker.diagnostics.push(problem);
        }
        lay_over(&mut labels, own);
        let mut labels: Labels = serde_json::from_value(labels).expect("a pack has every word");
        labels.numbers.plurals = PluralRules::of(code);
        Some(labels)
    });
    // All of them are read before one that is wrong counts.
    labels.collect::<Vec<_>>().into_iter().collect()
}

/// What a site says differently in a language; nothing where it has no such file, or an empty one.
fn overrides(checker: &mut Checker<'_>, file: &str) -> Option<Json> {
    checker.read.insert(file.to_owned());
    let none = || Some(Json::Object(serde_json::Map::new()));
    let Some(text) = checker.folder.texts.get(file) else {
        return if checker.has_problem(file) { None } else { none() };
    };
    let diagnostics = &mut *checker.diagnostics;
    let parsed = document::parse(file, text, diagnostics)?;
    if parsed.tree.value == Value::Null {
        return none();
    }
    texts(file, &parsed.tree, "", &[], diagnostics);
    let document = READER.fit_json(file, parsed, &checker.languages, diagnostics)?;
    document.is_sound.then_some(document.value)
}

/// The words that the program has for a language and for what the site calls its entries, and whether they are in that
/// language; otherwise they are English.
fn language_pack(code: &str, entries: Entries, languages: &Languages) -> (Json, bool) {
    let (text, is_own) = language::pack(code);
    let mut pack = json_of(text, entries, languages).expect("a pack has every word");
    if !is_own {
        let direction = if language::is_right_to_left(code) { "rtl" } else { "ltr" };
        pack["language"] = serde_json::json!({
            "name": language::own_name(code),
            "locale": code.replace('-', "_"),
            "direction": direction,
        });
    }
    (pack, is_own)
}

/// A pack has words for each kind of entries, of which a site has one.
fn json_of(pack: &str, entries: Entries, languages: &Languages) -> Option<Json> {
    let mut tree = yaml::parse(pack).ok()?;
    let (key, mut kinds) = tree.take("entries")?;
    let (_, words) = kinds.take(entries.folder())?;
    let Value::Map(keys) = &mut tree.value else {
        return None;
    };
    keys.push((key, words));
    let parsed = Parsed { tree, is_partial: false };
    let document = READER.fit_json("", parsed, languages, &mut Diagnostics::default())?;
    document.is_sound.then_some(document.value)
}

/// Lays what a site says differently over the words of a pack. Plural forms and lists belong together and are replaced
/// as they are.
fn lay_over(words: &mut Json, own: Json) {
    match (words, own) {
        (Json::Object(words), Json::Object(own)) if !own.contains_key(OTHER) => {
            for (key, value) in own {
                lay_over(words.entry(key).or_insert(Json::Null), value);
            }
        }
        (words, own) => *words = own,
    }
}

/// How many words of a pack the site does not replace.
fn lacking(pack: &Json, own: &Json) -> usize {
    match pack {
        Json::Object(words) if !words.contains_key(OTHER) => {
            let words = words.iter().filter(|(key, _)| *key != "language");
            words.map(|(key, value)| lacking(value, &own[key])).sum()
        }
        _ => usize::from(own.is_null()),
    }
}

fn borrowed_words(
    checker: &Checker<'_>,
    code: &str,
    count: usize,
    event: Option<&Node>,
) -> Diagnostic {
    let own = format!("labels/{code}.yaml");
    let listed = event.and_then(|it| {
        let mut items = it.key("languages").items();
        items.find(|it| it.text() == Some(code))?.span().cloned()
    });
    let (file, span) = match listed {
        Some(span) if !checker.folder.texts.contains_key(&own) => (event::FILE, span),
        _ => (own.as_str(), WHOLE),
    };
    let name = language::english_name(code);
    let message =
        format!("the program does not speak {name}, so {count} texts of the pages are in English");
    Diagnostic::warning("borrowed-words", file, span, message)
        .help(format!("write them in `{own}`: its schema names every one"))
}

/// Goes through all texts; what is said of a group holds for all that stands in it.
fn texts(file: &str, node: &Node, path: &str, around: &[String], diagnostics: &mut Diagnostics) {
    let own = PLACEHOLDERS.iter().find(|(it, _)| it == path);
    let allowed = own.map_or(around, |(_, words)| words.as_slice());
    match &node.value {
        Value::Map(entries) => {
            for (key, value) in entries {
                let dot = if path.is_empty() { "" } else { "." };
                let path = format!("{path}{dot}{}", key.name);
                texts(file, value, &path, allowed, diagnostics);
            }
        }
        Value::Text(text) => {
            check_placeholders(file, &node.span, text, path, allowed, diagnostics);
            let label = FORMS.iter().find_map(|form| path.strip_suffix(form));
            let label = label.unwrap_or(path);
            let limit = if label.ends_with("description") {
                DESCRIPTION
            } else if label.ends_with("title") && label != "site.title" {
                TITLE
            } else {
                return;
            };
            if text.width() > limit {
                diagnostics.push(too_long(file, &node.span, label, text.width(), limit));
            }
        }
        _ => {}
    }
}

fn check_placeholders(
    file: &str,
    span: &Range<usize>,
    text: &str,
    path: &str,
    allowed: &[String],
    diagnostics: &mut Diagnostics,
) {
    let written: Vec<&str> = words(text).collect();
    for word in &written {
        if !allowed.iter().any(|it| it == word) {
            let message =
                format!("nothing is put in place of `{{{word}}}` here, so it stays visible");
            let known = allowed.iter().map(String::as_str);
            diagnostics.push(
                Diagnostic::warning("unknown-placeholder", file, span, message)
                    .suggest(word, known),
            );
        }
    }
    // One and two can be said without a numeral.
    let is_said = FORMS[..3].iter().any(|form| path.ends_with(form));
    if is_said || !NEEDED.iter().any(|it| path.starts_with(it)) {
        return;
    }
    for word in allowed {
        // A day of the month is said without its year.
        if !written.contains(&word.as_str()) && (path != "dates.day" || word != "year") {
            let message = format!("without `{{{word}}}` this text leaves out what it is about");
            let help = format!("write `{{{word}}}` where that belongs");
            diagnostics
                .push(Diagnostic::warning("missing-placeholder", file, span, message).help(help));
        }
    }
}

/// The words in braces.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| {
        let word = &rest[..rest.find('}')?];
        let is_word = |it: u8| it.is_ascii_alphanumeric() || it == b'_';
        (!word.is_empty() && word.bytes().all(is_word)).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::quantity::{Amount, Bound, Quantity, Unit};

    const CODES: [&str; 8] = ["ar", "de", "en", "es", "fr", "ja", "ko", "zh"];

    fn pack(code: &str, entries: Entries) -> Json {
        let languages = Languages::new(vec![code.to_owned()]).expect("one");
        let (pack, is_own) = language_pack(code, entries, &languages);
        assert!(is_own, "{code}");
        pack
    }

    fn labels(code: &str, entries: Entries) -> Labels {
        let mut labels: Labels =
            serde_json::from_value(pack(code, entries)).expect("every word of a pack");
        labels.numbers.plurals = PluralRules::of(code);
        labels
    }

    fn keys(json: &Json) -> Vec<&String> {
        json.as_object().expect("keys and values").keys().collect()
    }

    #[test]
    fn every_pack_has_every_word_for_every_kind_of_entries() {
        let english = pack("en", Entries::Talks);
        for code in CODES {
            for entries in Entries::ALL {
                labels(code, entries);
                let pack = pack(code, entries);
                for part in ["units", "bounds", "periods"] {
                    let (own, all) = (&pack["numbers"][part], &english["numbers"][part]);
                    assert_eq!(keys(own), keys(all), "{code} {part}");
                }
            }
        }
    }

    #[test]
    fn packs_have_the_placeholders_of_each_text() {
        for code in CODES {
            let (text, _) = language::pack(code);
            let mut tree = yaml::parse(text).expect("YAML");
            let mut problems = Diagnostics::default();
            let (key, kinds) = tree.take("entries").expect("entries");
            for (_, words) in kinds.root().entries() {
                let entries = Value::Map(vec![(key.clone(), words.clone())]);
                let node = Node { value: entries, span: WHOLE };
                texts(code, &node, "", &[], &mut problems);
            }
            texts(code, &tree, "", &[], &mut problems);
            assert!(problems.items().is_empty(), "{}", problems.text(false));
        }
    }

    #[test]
    fn words_that_count_are_in_the_form_for_the_number() {
        let cases = [
            ("en", "0 talks|1 talk|2 talks|3 talks|5 talks|11 talks|21 talks|100 talks"),
            (
                "fr",
                "0 conférence|1 conférence|2 conférences|3 conférences|5 conférences|11 conférences\
                 |21 conférences|100 conférences",
            ),
            (
                "ar",
                "0 محاضرة|محاضرة واحدة|محاضرتان|3 محاضرات|5 محاضرات|11 محاضرة|21 محاضرة|100 محاضرة",
            ),
            ("ko", "발표 0개|발표 1개|발표 2개|발표 3개|발표 5개|발표 11개|발표 21개|발표 100개"),
        ];
        for (code, expected) in cases {
            let labels = labels(code, Entries::Talks);
            let count = |n| labels.numbers.count(&labels.entries.count, n);
            assert_eq!([0, 1, 2, 3, 5, 11, 21, 100].map(count).join("|"), expected);
        }
        let projects = labels("ar", Entries::Projects);
        let count = |n| projects.numbers.count(&projects.entries.count, n);
        assert_eq!([11, 100, 103].map(count), ["11 مشروعًا", "100 مشروع", "103 مشاريع"]);
    }

    #[test]
    fn quantities_are_worded_as_each_language_does() {
        let words = |code: &str, value: f64, unit: Unit| {
            let quantity = Quantity {
                amount: Amount::One(value),
                unit,
                bound: Bound::Exactly,
                period: None,
                by_year: None,
                symbol: None,
            };
            let text = labels(code, Entries::Talks).numbers.quantity(&quantity);
            text.replace(['\u{a0}', '\u{202f}'], "_")
        };
        for (code, value, unit, expected) in [
            ("en", 123_456_789.0, Unit::People, "123,456,789 people"),
            ("en", 310e6, Unit::People, "310 million people"),
            ("en", 2.0, Unit::Times, "twice"),
            ("de", 1e6, Unit::Devices, "1 Million Geräte"),
            ("de", 1.5e9, Unit::Eur, "1,5 Milliarden Euro"),
            ("de", 70.0, Unit::Percent, "70_%"),
            ("fr", 500e6, Unit::People, "500_millions de personnes"),
            ("fr", 1.5e6, Unit::Eur, "1,5_million d’euros"),
            ("fr", 12_345.0, Unit::People, "12_345 personnes"),
            ("fr", 1.5, Unit::Hours, "1,5 heure"),
            ("es", 1e6, Unit::Usd, "1 millón de dólares"),
            ("es", 5e9, Unit::People, "5000 millones de personas"),
            ("es", 12_345.0, Unit::People, "12_345 personas"),
            ("ar", 3e6, Unit::People, "3 ملايين شخص"),
            ("ar", 15.0, Unit::Minutes, "15 دقيقة"),
            ("ja", 130e6, Unit::People, "1億3,000万人"),
            ("zh", 130e6, Unit::People, "1.3亿人"),
            ("zh", 3000.0, Unit::Organisations, "3000家机构"),
            ("ko", 6.8e12, Unit::Usd, "6조 8,000억 달러"),
            ("ko", 28e6, Unit::Krw, "2,800만 원"),
            ("ko", 123_450_000.0, Unit::Krw, "1억 2,345만 원"),
            ("en", 1e12, Unit::Bytes, "1 TB"),
            ("ko", 1500.0, Unit::Bytes, "1.5kB"),
        ] {
            assert_eq!(words(code, value, unit), expected, "{code} {value}");
        }
    }

    #[test]
    fn days_and_times_are_worded_as_each_language_does() {
        for (code, month, year, time) in [
            ("ar", "1–2 أكتوبر 2024", "30 سبتمبر – 1 أكتوبر 2024", "9:05"),
            ("de", "1.–2. Oktober 2024", "30. September – 1. Oktober 2024", "9:05"),
            ("en", "1–2 October 2024", "30 September – 1 October 2024", "9:05"),
            ("es", "1–2 de octubre de 2024", "30 de septiembre – 1 de octubre de 2024", "9:05"),
            ("fr", "1er–2 octobre 2024", "30 septembre – 1er octobre 2024", "9_h_05"),
            ("ja", "2024年10月1日～2日", "2024年9月30日～10月1日", "9:05"),
            ("ko", "2024년 10월 1~2일", "2024년 9월 30일~10월 1일", "9:05"),
            ("zh", "2024年10月1日至2日", "2024年9月30日至10月1日", "9:05"),
        ] {
            let dates = labels(code, Entries::Talks).dates;
            let (first, second) = (date(2024, 10, 1), date(2024, 10, 2));
            assert_eq!(dates.days(first, second), month);
            assert_eq!(dates.days(date(2024, 9, 30), first), year);
            assert_eq!(dates.days(first, first), dates.full(first));
            let years = dates.days(date(2023, 12, 31), first);
            assert!(years.contains("2023") && years.contains("2024"), "{years}");
            let time_of_day = dates.time(jiff::civil::time(9, 5, 0, 0));
            assert_eq!(time_of_day.replace('\u{a0}', "_"), time);
        }
    }
}
