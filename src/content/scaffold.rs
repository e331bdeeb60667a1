//! What there is to begin with: a new site, and a new project to fill in. Both have no fault from the first moment.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};

use super::check::{can_be_language, opening};
use super::document::is_id;
use super::fix::fix;
use super::schema::write_schemas;
use super::source::{self, ContentDir, Folder};
use super::write::{write_file, write_folder};
use super::yaml::{self, Value};
use super::{Drafts, load_facts, samples};
use crate::diagnostic::Diagnostics;
use crate::language::{LanguageId, Languages};
use crate::model::{Days, Entries};

/// The name stands in place of the project's own at first, which is not wider.
const LONGEST: usize = 40;

/// What a new site is about.
#[derive(Debug)]
pub struct NewSite {
    /// Without one, that of the folder is taken.
    pub name: Option<String>,
    pub date: Days,
    /// The code of its language.
    pub language: String,
    pub entries: Entries,
}

/// Lays a new site with one entry down in a folder that is new or empty, and returns the files that it holds. Fails where
/// something is there already, no pages can be in the language, or nothing can be written.
pub fn init(dir: &ContentDir, site: &NewSite) -> anyhow::Result<Vec<PathBuf>> {
    let NewSite { name, date, language, entries } = site;
    if !can_be_language(language) {
        bail!("`{language}` is no language: write a code such as `en` or `pt-br`");
    }
    fs::create_dir_all(&dir.path).with_context(|| format!("cannot make {}", dir.path.display()))?;
    if fs::read_dir(&dir.path)?.next().is_some() {
        bail!("{} is not empty; nothing was changed", dir.path.display());
    }
    let folder = fs::canonicalize(&dir.path)?;
    let folder = folder.file_name().unwrap_or_default().to_string_lossy();
    let name = name.as_deref().unwrap_or(&folder);
    // A text of JSON is one of YAML.
    let name = serde_json::to_string(name)?;
    let noun = entries.folder();
    let event = format!(
        "\
# yaml-language-server: $schema=schema/event.json
name: {name}
date: {date}
languages: [{language}]
entries: {noun}
# All else may be left out. What readers ask first, with an example of each:
#city: Nantes
#venue: Old Customs House
#timezone: Europe/Paris
#description: A sentence that says what this site is.
#links: [{{title: Album, url: \"https://example.org/album\"}}]
#look: {{inks: teal-oxblood}}
"
    );
    write_file(&dir.path, "event.yaml", &event)?;
    let mut files = vec!["event.yaml".to_owned()];
    let (website, diagnostics) = load_facts(dir, Drafts::Hide)?;
    let Some(website) = website else {
        bail!("{}", diagnostics.text(false));
    };
    let one = serde_json::to_string(&website.labels(LanguageId::FIRST).entries.one)?;
    let facts = format!(
        "\
# yaml-language-server: $schema=../../schema/project.json
name: {one}
# All else may be left out. Its text stands in {language}.md beside this file.
#tagline: One line that says what it is
{}",
        optional(&date.first.to_string())
    );
    let path = format!("{noun}/first");
    write_folder(&dir.path, &path, &[(entries.file_name(), facts)])?;
    files.push(format!("{path}/{}", entries.file_name()));
    files.extend(write_schemas(&dir.path)?);
    fix(dir)?;
    files.push("permalinks.lock".to_owned());
    Ok(files.iter().map(|it| dir.path.join(it)).collect())
}

/// Lays the folder of a new project down, marked as a draft, and returns the files it holds. Fails where the slug
/// cannot be a name in URLs, the project is already there, or nothing can be written.
pub fn scaffold(dir: &ContentDir, slug: &str) -> anyhow::Result<Vec<PathBuf>> {
    if !is_id(slug) || slug.len() > LONGEST {
        bail!(
            "`{slug}` cannot be a name in URLs: use up to {LONGEST} lower-case ASCII letters, \
             digits and single hyphens, such as night-train"
        );
    }
    let mut diagnostics = Diagnostics::default();
    let folder = source::read(dir, &mut diagnostics)?;
    let (languages, entries) = opening(&folder);
    let path = format!("{}/{slug}", entries.folder());
    let target = dir.path.join(&path);
    if fs::symlink_metadata(&target).is_ok() {
        bail!("{} is already there; nothing was changed", target.display());
    }
    let order = next_order(&folder, entries);
    let order = order.map_or(String::new(), |it| format!("order: {it}\n"));
    let facts = facts(&folder, &languages, slug, &order);
    let mut files = vec![(entries.file_name(), facts)];
    for language in languages.iter() {
        let code = languages.code(language);
        files.push((format!("{code}.md"), prose(code)));
    }
    write_folder(&dir.path, &path, &files)?;
    Ok(files.iter().map(|(name, _)| target.join(name)).collect())
}

fn facts(folder: &Folder, languages: &Languages, slug: &str, order: &str) -> String {
    let topics = ids(folder, "topics.yaml", "topics");
    let text = |key: &str, [ko, other]: [&str; 2]| localized(languages, key, ko, other);
    let mut facts = format!(
        "\
# yaml-language-server: $schema=../../schema/project.json
# A draft: only `showcase preview` shows it. Take `draft: true` out to publish it.
draft: true
{order}{name}
# One line, without a full stop.
{tagline}
# The heart of it in one or two sentences, for the page and for search results.
{standfirst}
",
        name = text("name", [slug, slug]),
        tagline = text("tagline", samples::TAGLINE),
        standfirst = text("standfirst", samples::STANDFIRST),
    );
    if let Some(first) = topics.first() {
        let all = topics.join(", ");
        facts.extend(["topics: [", first, "]        # up to three of: ", &all, "\n"]);
    }
    let questions = ids(folder, "event.yaml", "questions");
    if !questions.is_empty() {
        facts += "answers:\n";
    }
    for question in questions {
        facts.extend(["  ", &text(&question, samples::ANSWER), "\n"]);
    }
    let event = folder.texts.get("event.yaml").map(|it| yaml::parse(it));
    let date = event.as_ref().and_then(|it| it.as_ref().ok()?.key("date").text());
    let day = date.and_then(|it| it.split("..").next());
    facts + "# All else may be left out.\n" + &optional(day.unwrap_or("2024-10-10"))
}

/// What readers ask of a talk first, as comments with an example of each.
fn optional(day: &str) -> String {
    format!(
        "\
#speakers: [{{name: Ann Example, role: engineer}}]
#start: {day} 13:30
#minutes: 30
#room: Hall A
#video: https://example.org/talk
#slides: https://example.org/slides.pdf
"
    )
}

/// A text in every language, in one line; plain where there is one language.
fn localized(languages: &Languages, key: &str, ko: &str, other: &str) -> String {
    if languages.count() == 1 {
        let is_korean = languages.code(LanguageId::FIRST) == "ko";
        return format!("{key}: \"{}\"", if is_korean { ko } else { other });
    }
    let texts: Vec<String> = languages
        .iter()
        .map(|language| match languages.code(language) {
            "ko" => format!("ko: \"{ko}\""),
            code => format!("{code}: \"{other}\""),
        })
        .collect();
    format!("{key}: {{{}}}", texts.join(", "))
}

fn prose(code: &str) -> String {
    let is_korean = code == "ko";
    let [first, second] = samples::PARAGRAPHS[usize::from(!is_korean)];
    let heading = if is_korean { "어떻게 된 일인가" } else { "How it came about" };
    format!("{first}\n\n## {heading} {{#how}}\n\n{second}\n")
}

/// One more than the last place of the programme that is taken, where places are given.
fn next_order(folder: &Folder, entries: Entries) -> Option<i64> {
    let orders = folder.texts.iter().filter_map(|(path, text)| {
        let slug = path.split('/').nth(1)?;
        let is_facts = entries.file(slug) == *path;
        let facts = is_facts.then(|| yaml::parse(text).ok()).flatten()?;
        match facts.key("order").value()? {
            Value::Integer(order) => Some(*order),
            _ => None,
        }
    });
    orders.max().map(|it| it + 1)
}

/// The ids of a list in a file, as far as they can be read.
fn ids(folder: &Folder, file: &str, key: &str) -> Vec<String> {
    let Some(Ok(root)) = folder.texts.get(file).map(|text| yaml::parse(text)) else {
        return Vec::new();
    };
    let ids = root.key(key).items().filter_map(|item| item.key("id").text());
    ids.map(str::to_owned).collect()
}
