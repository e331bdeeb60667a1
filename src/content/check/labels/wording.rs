//! What the words of a language must hold to make sentences: placeholders and the words of units.

use unicode_width::UnicodeWidthStr;

use crate::content::check::file_context::FileContext;
use crate::content::problems;
use crate::content::yaml::{Node, Value};
use crate::quantity::Unit;

/// Labels without sense where a placeholder lacks: the number, or the day, would be gone.
const NEEDED: [&str; 8] = [
    "home.count",
    "topic.count",
    "numbers.range",
    "numbers.bounds",
    "numbers.periods",
    "numbers.by_year",
    "dates.full",
    "dates.day",
];
/// Columns of a title that search results show beside the site's name.
const TITLE: usize = 50;
/// Columns of a description that search results show.
const DESCRIPTION: usize = 170;

/// Checks the words of one language, before anything is filled in from another; `known` are the
/// placeholders that each label may hold.
pub(super) fn check(
    context: &mut FileContext<'_>,
    root: &Node,
    code: &str,
    known: &[(String, Vec<String>)],
) {
    texts(context, root, "", &[], known);
    let Some(units) = root.value_of("numbers").and_then(|it| it.value_of("units")) else {
        return;
    };
    for unit in Unit::ALL {
        let name = format!("{unit:?}").to_lowercase();
        if units.value_of(&name).is_none() {
            let what = format!("numbers.units.{name}");
            let problem = problems::missing_translation(&context.file, &units.span, &what, code);
            context.push(problem);
        }
    }
}

/// Goes through all texts; what is said of a group holds for all that stands in it.
fn texts(
    context: &mut FileContext<'_>,
    node: &Node,
    path: &str,
    around: &[String],
    known: &[(String, Vec<String>)],
) {
    let own = known.iter().find(|(it, _)| it == path);
    let allowed = own.map_or(around, |(_, words)| words.as_slice());
    match &node.value {
        Value::Map(entries) => {
            for (key, value) in entries {
                let dot = if path.is_empty() { "" } else { "." };
                let path = format!("{path}{dot}{}", key.name);
                texts(context, value, &path, allowed, known);
            }
        }
        Value::Text(text) => {
            self::placeholders_of(context, node, text, path, allowed);
            let limit = match path.rsplit('.').next() {
                Some("title") if path != "site.title" => TITLE,
                Some("description") => DESCRIPTION,
                _ => return,
            };
            if text.width() > limit {
                let problem =
                    problems::too_long(&context.file, &node.span, path, text.width(), limit);
                context.push(problem);
            }
        }
        _ => {}
    }
}

fn placeholders_of(
    context: &mut FileContext<'_>,
    node: &Node,
    text: &str,
    path: &str,
    allowed: &[String],
) {
    let written: Vec<&str> = words(text).collect();
    for word in written
        .iter()
        .filter(|word| !allowed.iter().any(|it| it == *word))
    {
        let problem = problems::unknown_placeholder(&context.file, &node.span, word, allowed);
        context.push(problem);
    }
    if !NEEDED.iter().any(|it| path.starts_with(it)) {
        return;
    }
    for word in allowed
        .iter()
        .filter(|word| !written.contains(&word.as_str()))
    {
        // A day of the month is said without its year.
        if path != "dates.day" || word != "year" {
            let problem = problems::missing_placeholder(&context.file, &node.span, word);
            context.push(problem);
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
