//! YAML files as the types that they hold, read by the types' JSON Schemas, the same that editors complete by.
//!
//! 1. [`parse`] turns a file into a tree and reports what is no YAML.
//! 2. A [`Reader`] fits the tree to the [`Shape`] that the schema of a type describes: every value that is wrong or
//!    lacks is reported at its place, and something that fits stands in for it.
//! 3. The type is read from the JSON that comes of this. With the tree beside it, as a [`Document`], a check can say
//!    the place of whatever the type cannot know to be wrong.

use std::collections::{BTreeMap, HashSet};
use std::marker::PhantomData;
use std::ops::Range;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use self::wrong::{synonym, unknown_word, wrong_type};
use super::dates::{are_days, invalid_date, invalid_days, invalid_time, is_date, unknown_zone};
use super::schema;
use super::shape::{Field, Shape, TextKind};
use super::slips;
use super::yaml::{self, Key, Node, Value};
use crate::diagnostic::{Diagnostic, Diagnostics, nearest, span_at};
use crate::language::{self, LanguageId, Languages};
use crate::model::{LocalTime, Zone};

mod wrong;

/// The place of a file as a whole.
pub(super) const WHOLE: Range<usize> = 0..0;

/// How the addresses of links begin.
pub(super) const SCHEMES: [&str; 5] = ["https://", "http://", "mailto:", "tel:", "sms:"];
const ADDRESS_HELP: &str = "write a whole address, such as https://example.org/album, mailto:desk@example.org or tel:+82-2-555-0100";

pub(super) struct Parsed {
    pub(super) tree: Node,
    /// Whether lines were left out that are no YAML: whatever lacks may stand in them.
    pub(super) is_partial: bool,
}

/// A file read into its type.
pub(super) struct Document<T> {
    /// What it says, with something standing in for what was reported.
    pub(super) value: T,
    pub(super) tree: Node,
    pub(super) is_partial: bool,
    /// Whether nothing stands in for anything.
    pub(super) is_sound: bool,
}

/// Reads a file's YAML into a tree; what is no YAML is named, as one slip after the other or as the parser says it.
pub(super) fn parse(file: &str, text: &str, diagnostics: &mut Diagnostics) -> Option<Parsed> {
    let whole = |tree| Parsed { tree, is_partial: false };
    let parsed = yaml::parse(text);
    if let Some((tree, slips)) = slips::mend(file, text, &parsed) {
        for slip in slips {
            diagnostics.push(slip);
        }
        return tree.map(whole);
    }
    let first = match parsed {
        Ok(tree) => {
            plain_texts(file, text, &tree, diagnostics);
            return Some(whole(tree));
        }
        Err(error) => error,
    };
    diagnostics.push(syntax(file, text, &first));
    let (tree, more) = yaml::recover(text, &first)?;
    for error in more {
        diagnostics.push(syntax(file, text, &error));
    }
    Some(Parsed { tree, is_partial: true })
}

/// Marks of Markdown and HTML, which texts of facts do not have.
const MARKS: [&str; 8] = ["](/", "](http", "](term:", "**", "<br", "&nbsp;", "&amp;", "</"];

/// Warns of texts whose marks readers would see, and of those that a comment cuts short, although it looks like a part
/// of them: `Ranked #1`.
fn plain_texts(file: &str, text: &str, node: &Node, diagnostics: &mut Diagnostics) {
    if let Value::Text(words) = &node.value
        && let Some(mark) = MARKS.into_iter().find(|it| words.contains(it))
    {
        let message = format!("texts of facts are plain, and readers see `{mark}` as it stands");
        let help = "take the marks out; Markdown works in the texts that end in .md";
        let problem = Diagnostic::warning("unsupported-markdown", file, &node.span, message);
        diagnostics.push(problem.help(help));
    }
    match &node.value {
        Value::Text(_) if !text[node.span.clone()].starts_with(['"', '\'', '|', '>']) => {
            let rest = &text[node.span.end..];
            let comment = rest.trim_start_matches([' ', '\t']);
            let is_word = |it: &str| it.starts_with(|it: char| it.is_alphanumeric());
            if comment.len() < rest.len() && comment.strip_prefix('#').is_some_and(is_word) {
                let start = text.len() - comment.len();
                let line = comment.lines().next().unwrap_or_default();
                let span = start..start + line.trim_end().len();
                let message = "this is a comment, and readers see the text before it alone";
                let help = "put the whole text in quotes; a comment that is meant begins with `# `";
                diagnostics
                    .push(Diagnostic::warning("yaml-comment", file, span, message).help(help));
            }
        }
        Value::List(items) => items.iter().for_each(|it| plain_texts(file, text, it, diagnostics)),
        Value::Map(entries) => {
            let values = entries.iter().map(|(_, it)| it);
            values.for_each(|it| plain_texts(file, text, it, diagnostics));
        }
        _ => {}
    }
}

fn syntax(file: &str, text: &str, error: &yaml::SyntaxError) -> Diagnostic {
    let span = span_at(text, error.line, error.column);
    let message = format!("this is not valid YAML: {}", error.message);
    let line = text.lines().nth(error.line - 1).unwrap_or_default();
    let value = line.split_once(": ").map_or(line, |(_, it)| it).trim_start_matches(['-', ' ']);
    let help = if error.message == "unclosed quote" {
        "write the same quotation mark, `\"` or `'`, at the end of the text too"
    } else if error.message.contains("simple key") {
        "a text that goes on here is indented further than its key, or stands in quotes as a whole"
    } else if line.contains(" #") {
        "what stands behind ` #` is a comment: put a text that holds it in quotes"
    } else if value.starts_with(['@', '%', '*', '`', '&', '!', '\'', '"', '[', '{', '>', '-']) {
        "put the whole text in quotes: `key: \"…\"`; quotation marks within it are written `\\\"`"
    } else {
        error.help
    };
    let problem = Diagnostic::error("yaml-syntax", file, span, message).help(help);
    // Letters of prose are what they are.
    let is_quoted = value.starts_with(['“', '”', '‘', '’', '„']);
    if line.contains(is_structural) || is_quoted { problem.name_odd(line) } else { problem }
}

/// Whether a character is like one that YAML is written with.
fn is_structural(character: char) -> bool {
    "\u{a0}\u{3000}\u{feff}\u{200b}：［］｛｝，＃－".contains(character)
}

impl<T> Document<T> {
    /// Whether a key of the file may be written, although the value does not have it: it was reported as wrong, or
    /// may stand in the lines left out.
    pub(super) fn is_omitted(&self, key: &str) -> bool {
        self.is_partial || self.tree.root().is_faulty(key)
    }
}

pub(super) struct Reader<T> {
    shape: Shape,
    of: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned + JsonSchema> Reader<T> {
    pub(super) fn new() -> Self {
        Self { shape: Shape::of(&schema::inlined::<T>()), of: PhantomData }
    }

    pub(super) fn read(
        &self,
        file: &str,
        text: &str,
        languages: &Languages,
        diagnostics: &mut Diagnostics,
    ) -> Option<Document<T>> {
        let parsed = parse(file, text, diagnostics)?;
        self.fit(file, parsed, languages, diagnostics)
    }

    pub(super) fn fit(
        &self,
        file: &str,
        parsed: Parsed,
        languages: &Languages,
        diagnostics: &mut Diagnostics,
    ) -> Option<Document<T>> {
        let Document { value, tree, is_partial, is_sound } =
            self.fit_json(file, parsed, languages, diagnostics)?;
        match serde_json::from_value(value) {
            Ok(value) => Some(Document { value, tree, is_partial, is_sound }),
            Err(error) => {
                let message = error.to_string();
                diagnostics.push(Diagnostic::error("wrong-type", file, WHOLE, message));
                None
            }
        }
    }

    /// The file as the JSON that the type is read from.
    pub(super) fn fit_json(
        &self,
        file: &str,
        parsed: Parsed,
        languages: &Languages,
        diagnostics: &mut Diagnostics,
    ) -> Option<Document<Json>> {
        let Parsed { mut tree, is_partial } = parsed;
        if matches!(tree.value, Value::Map(_)) {
            // A key that the whole file lacks is reported there.
            tree.span = WHOLE;
        }
        let mut fitting = Fitting {
            file,
            languages,
            diagnostics,
            is_partial,
            is_sound: true,
            untranslated: Vec::new(),
        };
        let value = fitting.value(&mut tree, &self.shape, "")?;
        let is_sound = fitting.is_sound;
        fitting.report_untranslated();
        Some(Document { value, tree, is_partial, is_sound })
    }
}

struct Fitting<'a> {
    file: &'a str,
    languages: &'a Languages,
    diagnostics: &'a mut Diagnostics,
    is_partial: bool,
    is_sound: bool,
    untranslated: Vec<Untranslated>,
}

/// A text that lacks in a language.
struct Untranslated {
    key: String,
    span: Range<usize>,
    language: LanguageId,
    /// The language that stands in.
    shown: LanguageId,
}

impl Fitting<'_> {
    /// The JSON of a value; nothing where it is wrong, which is reported, and noted in the tree.
    fn value(&mut self, node: &mut Node, shape: &Shape, key: &str) -> Option<Json> {
        let span = node.span.clone();
        if let Shape::TextOr(other) = shape {
            let is_text = matches!(node.value, Value::Text(_));
            return self.value(node, if is_text { &Shape::TEXT } else { other }, key);
        }
        let json = match (shape, &mut node.value) {
            (Shape::Text { kind, may_be_blank }, Value::Text(text)) => {
                self.text(text, *kind, *may_be_blank, &span, key)
            }
            (Shape::Localized, Value::Map(entries)) => self.localized(entries, &span, key),
            (Shape::Localized, Value::Text(text)) if text.trim().is_empty() => {
                self.report(empty_text(self.file, &span, key))
            }
            (Shape::Localized, Value::Text(text)) => {
                Some(Json::from(vec![text.trim(); self.languages.count()]))
            }
            (Shape::Bool, Value::Bool(value)) => Some(Json::from(*value)),
            (Shape::Integer(range), Value::Integer(value)) if range.contains(value) => {
                Some(Json::from(*value))
            }
            (Shape::Number, Value::Integer(value)) => Some(Json::from(*value)),
            (Shape::Number, Value::Float(value)) => Some(Json::from(*value)),
            (Shape::Words(known), Value::Text(word)) => self.word(word, known, &span),
            (Shape::List(shape), Value::List(items)) => {
                let items = items.iter_mut();
                let items =
                    items.map(|it| self.value(it, shape, key).unwrap_or_else(|| shape.stand_in()));
                Some(Json::Array(items.collect()))
            }
            (Shape::Struct(fields) | Shape::Plural(fields), Value::Map(entries)) => {
                Some(self.structure(entries, fields, &span))
            }
            (Shape::Plural(_), Value::Text(text)) => Some(json!({"other": text})),
            (Shape::Map { keys, value }, Value::Map(entries)) => {
                Some(self.map(entries, keys, value))
            }
            _ => self.report(wrong_type(self.file, node, shape)),
        };
        if json.is_none() {
            self.is_sound = false;
            node.value = Value::Faulty;
        }
        json
    }

    fn text(
        &mut self,
        text: &str,
        kind: TextKind,
        may_be_blank: bool,
        span: &Range<usize>,
        key: &str,
    ) -> Option<Json> {
        match kind {
            _ if !may_be_blank && text.trim().is_empty() => {
                self.report(empty_text(self.file, span, key))
            }
            TextKind::Id if !is_id(text) => self.report(invalid_id(self.file, span, text)),
            TextKind::Date if !is_date(text) => self.report(invalid_date(self.file, span, text)),
            TextKind::Address if !is_address(text, &SCHEMES) => {
                self.report(invalid_address(self.file, span, text, ADDRESS_HELP))
            }
            TextKind::Days if !are_days(text) => self.report(invalid_days(self.file, span, text)),
            TextKind::Time if LocalTime::try_from(text.to_owned()).is_err() => {
                self.report(invalid_time(self.file, span, text))
            }
            TextKind::Zone if Zone::try_from(text.to_owned()).is_err() => {
                self.report(unknown_zone(self.file, span, text))
            }
            _ => Some(Json::from(text)),
        }
    }

    fn report(&mut self, problem: Diagnostic) -> Option<Json> {
        self.diagnostics.push(problem);
        None
    }

    /// The texts of all languages, in the order of the site.
    fn localized(
        &mut self,
        entries: &mut Vec<(Key, Node)>,
        span: &Range<usize>,
        key: &str,
    ) -> Option<Json> {
        if entries.is_empty() {
            return self.report(missing_key(self.file, span, key));
        }
        self.drop_duplicates(entries);
        let mut texts = vec![Json::Null; self.languages.count()];
        let mut is_named = vec![false; texts.len()];
        for (code, node) in entries {
            let Some(language) = self.languages.find(&code.name) else {
                let message = format!("`{}` is not a language of this site", code.name);
                let mut help = format!("the languages in event.yaml are: {}", self.languages);
                let meant = language::meant(&code.name).and_then(|it| self.languages.find(it));
                if let Some(meant) = meant {
                    is_named[meant.index()] = true;
                    help = format!("did you mean `{}`? {help}", self.languages.code(meant));
                }
                if node.value == Value::Null {
                    help = format!("put a text with a comma in it in quotes; {help}");
                }
                self.diagnostics.push(
                    Diagnostic::error("unknown-language", self.file, code.span.clone(), message)
                        .help(help)
                        .name_odd(&code.name),
                );
                node.value = Value::Faulty;
                continue;
            };
            is_named[language.index()] = true;
            match &node.value {
                Value::Text(text) if !text.trim().is_empty() => {
                    texts[language.index()] = Json::from(text.trim());
                }
                Value::Text(_) | Value::Null => {
                    let span = if node.value == Value::Null { &code.span } else { &node.span };
                    let what = format!("{key}: {}", code.name);
                    self.diagnostics.push(empty_text(self.file, span, &what));
                }
                _ => {
                    self.report(wrong_type(self.file, node, &Shape::TEXT));
                    node.value = Value::Faulty;
                }
            }
        }
        let is_there = |it: &LanguageId| !texts[it.index()].is_null();
        let shown = self.languages.iter().find(is_there)?;
        for language in self.languages.iter() {
            if !is_named[language.index()] && !self.is_partial {
                self.untranslated.push(Untranslated {
                    key: key.to_owned(),
                    span: span.clone(),
                    language,
                    shown,
                });
            }
        }
        Some(Json::Array(texts))
    }

    /// What lacks in each language, in one message a language.
    fn report_untranslated(self) {
        const SHOWN: usize = 5;
        for language in self.languages.iter() {
            let lacking = self.untranslated.iter().filter(|it| it.language == language);
            let lacking: Vec<&Untranslated> = lacking.collect();
            let [first, rest @ ..] = &lacking[..] else {
                continue;
            };
            let what = if rest.is_empty() {
                format!("`{}` is", first.key)
            } else {
                format!("{} texts of this file are", lacking.len())
            };
            let mut shown: Vec<LanguageId> = lacking.iter().map(|it| it.shown).collect();
            shown.sort();
            shown.dedup();
            let mut problem = missing_translation(
                self.file,
                &first.span,
                &what,
                language,
                &shown,
                self.languages,
            );
            if !rest.is_empty() {
                let mut keys: Vec<&str> = Vec::new();
                for it in &lacking {
                    if !keys.contains(&it.key.as_str()) {
                        keys.push(&it.key);
                    }
                }
                let more = if keys.len() > SHOWN { ", …" } else { "" };
                keys.truncate(SHOWN);
                problem.message = format!("{}: {}{more}", problem.message, keys.join(", "));
            }
            self.diagnostics.push(problem);
        }
    }

    fn word(&mut self, word: &str, known: &[String], span: &Range<usize>) -> Option<Json> {
        if known.iter().any(|it| it == word) {
            return Some(Json::from(word));
        }
        self.report(unknown_word(self.file, span, word, known))
    }

    fn structure(
        &mut self,
        entries: &mut Vec<(Key, Node)>,
        fields: &BTreeMap<String, Field>,
        span: &Range<usize>,
    ) -> Json {
        self.drop_duplicates(entries);
        let mut json = serde_json::Map::new();
        let mut unknown = Vec::new();
        for (key, node) in entries.iter_mut() {
            let Some(field) = fields.get(&key.name) else {
                unknown.push(key.clone());
                node.value = Value::Faulty;
                continue;
            };
            if node.value == Value::Null {
                continue;
            }
            let value = self.value(node, &field.shape, &key.name);
            let stand_in = || field.is_required.then(|| field.shape.stand_in());
            if let Some(value) = value.or_else(stand_in) {
                json.insert(key.name.clone(), value);
            }
        }
        // What a key that is not known was meant to be: one of those that are not there yet.
        let is_there = |name: &&str| entries.iter().any(|(key, _)| key.name == *name);
        let (used, absent): (Vec<&str>, Vec<&str>) =
            fields.keys().map(String::as_str).partition(is_there);
        let mut meant = Vec::new();
        for Key { name, span } in unknown {
            let message = format!("there is no key `{name}` here");
            let problem = Diagnostic::error("unknown-key", self.file, &span, message);
            let near = synonym(&name).filter(|it| absent.contains(it));
            let near = near.or_else(|| nearest(&name.to_lowercase(), absent.iter().copied()));
            meant.extend(near);
            self.diagnostics.push(
                match near {
                    Some(near) if synonym(&name) == Some(near) => {
                        problem.help(format!("did you mean `{near}`?")).fix(span, near)
                    }
                    Some(near) => problem.suggest(&name, [near]),
                    None if used.is_empty() => {
                        problem.help(format!("known: {}", absent.join(", ")))
                    }
                    None => {
                        let help = format!(
                            "known: {}; already here: {}",
                            absent.join(", "),
                            used.join(", ")
                        );
                        problem.help(help)
                    }
                }
                .name_odd(&name),
            );
        }
        for (key, field) in fields.iter().filter(|(_, field)| field.is_required) {
            if !json.contains_key(key) {
                if !self.is_partial && !meant.contains(&key.as_str()) {
                    let empty = entries.iter().find(|(it, _)| it.name == *key);
                    let place = empty.map_or(span, |(it, _)| &it.span);
                    let problem = missing_key(self.file, place, key);
                    self.diagnostics.push(match empty {
                        Some(_) => problem.help(format!("write it behind the colon: `{key}: …`")),
                        None => problem,
                    });
                }
                self.is_sound = false;
                json.insert(key.clone(), field.shape.stand_in());
            }
        }
        Json::Object(json)
    }

    fn map(&mut self, entries: &mut Vec<(Key, Node)>, keys: &[String], shape: &Shape) -> Json {
        self.drop_duplicates(entries);
        let mut json = serde_json::Map::new();
        for (key, node) in entries {
            if (keys.is_empty() || self.word(&key.name, keys, &key.span).is_some())
                && let Some(value) = self.value(node, shape, &key.name)
            {
                json.insert(key.name.clone(), value);
            }
        }
        Json::Object(json)
    }

    fn drop_duplicates(&mut self, entries: &mut Vec<(Key, Node)>) {
        let mut seen = HashSet::new();
        let is_first: Vec<bool> =
            entries.iter().map(|(key, _)| seen.insert(key.name.as_str())).collect();
        let mut is_first = is_first.into_iter();
        entries.retain(|(key, _)| {
            let is_first = is_first.next() == Some(true);
            if !is_first {
                let message = format!("the key `{}` is written twice", key.name);
                self.diagnostics.push(
                    Diagnostic::error("duplicate-key", self.file, key.span.clone(), message)
                        .help("keep one of the two"),
                );
            }
            is_first
        });
    }
}

pub(super) fn missing_key(file: &str, span: &Range<usize>, key: &str) -> Diagnostic {
    let message = format!("the key `{key}` is missing or empty");
    Diagnostic::error("missing-key", file, span.clone(), message).help(format!("add `{key}: …`"))
}

fn empty_text(file: &str, span: &Range<usize>, what: &str) -> Diagnostic {
    Diagnostic::error("empty-text", file, span.clone(), format!("the text `{what}` is empty"))
        .help("write it, or remove the key")
}

/// `what` says what it is that lacks, and ends in a verb.
pub(super) fn missing_translation(
    file: &str,
    span: &Range<usize>,
    what: &str,
    language: LanguageId,
    shown: &[LanguageId],
    languages: &Languages,
) -> Diagnostic {
    let name = |it: &LanguageId| language::english_name(languages.code(*it));
    let shown: Vec<&str> = shown.iter().map(name).collect();
    let message = format!("{what} not in {}; readers see {}", name(&language), shown.join(" or "));
    let help = format!(
        "write it in `{}`; until then pages say what language they show",
        languages.code(language)
    );
    Diagnostic::warning("missing-translation", file, span.clone(), message).help(help)
}

pub(super) fn invalid_id(file: &str, span: &Range<usize>, id: &str) -> Diagnostic {
    let message = format!("`{id}` cannot be a name in URLs");
    let help =
        "use up to 100 lower-case ASCII letters, digits and single hyphens, such as night-train";
    Diagnostic::error("invalid-id", file, span.clone(), message).help(help).name_odd(id)
}

pub(super) fn invalid_address(
    file: &str,
    span: &Range<usize>,
    text: &str,
    help: &str,
) -> Diagnostic {
    let message = format!("`{text}` cannot be used as an address here");
    Diagnostic::error("invalid-address", file, span, message).help(help).name_odd(text)
}

/// Whether the text is an absolute address without anything that would break out of a page.
pub(super) fn is_address(text: &str, schemes: &[&str]) -> bool {
    let has = |scheme: &&&str| {
        let begin = text.get(..scheme.len());
        begin.is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    let rest = schemes.iter().find(has).map(|it| &text[it.len()..]);
    rest.is_some_and(|rest| {
        !rest.is_empty()
            && !rest.starts_with('/')
            && !rest.contains(|it: char| {
                it.is_whitespace() || it.is_control() || "\"'<>\\`{}|^".contains(it)
            })
    })
}

/// Lower-case ASCII words joined by single hyphens, no longer than a file may be called.
pub(super) fn is_id(text: &str) -> bool {
    let is_plain = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit();
    let mut parts = text.split('-');
    text.len() <= 100 && parts.all(|part| !part.is_empty() && part.bytes().all(is_plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_words_joined_by_hyphens() {
        for good in ["alpha", "night-train", "3am"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "-a", "a--b", "Block", "블록", "a_b", "a/b"] {
            assert!(!is_id(bad), "{bad}");
        }
    }
}
