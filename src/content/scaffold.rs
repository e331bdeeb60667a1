//! A new project to fill in: complete and valid from the first moment, but for readers to come.

use std::fs;
use std::path::PathBuf;

use anyhow::bail;
use jiff::civil::Date;

use super::check::opening;
use super::document::is_id;
use super::samples;
use super::source::{self, ContentDir, Folder};
use super::write::write_folder;
use super::yaml::{self, Value};
use crate::diagnostic::Diagnostics;
use crate::language::{LanguageId, Languages};
use crate::model::Entries;

/// The name stands in place of the project's own at first, which is not wider.
const LONGEST: usize = 40;

/// Lays the folder of a new project down, marked as a draft, and returns the files it holds. Fails where the slug
/// cannot be a name in URLs, the project is already there, or nothing can be written.
pub fn scaffold(dir: &ContentDir, slug: &str, today: Date) -> anyhow::Result<Vec<PathBuf>> {
    if !is_id(slug) || slug.len() > LONGEST {
        bail!(
            "`{slug}` cannot be a name in URLs: use up to {LONGEST} lower-case ASCII letters, \
             digits and single hyphens, such as block-cloud"
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
    let facts = facts(&folder, &languages, slug, order, today);
    let mut files = vec![(entries.file_name(), facts)];
    for language in languages.iter() {
        let code = languages.code(language);
        files.push((format!("{code}.md"), prose(code)));
    }
    write_folder(&dir.path, &path, &files)?;
    Ok(files.iter().map(|(name, _)| target.join(name)).collect())
}

fn facts(folder: &Folder, languages: &Languages, slug: &str, order: i64, today: Date) -> String {
    let topics = ids(folder, "topics.yaml", "topics");
    let text = |key: &str, [ko, other]: [&str; 2]| localized(languages, key, ko, other);
    let mut facts = format!(
        "\
# yaml-language-server: $schema=../../schema/project.json
# A draft: only `showcase preview` shows it. Take `draft: true` out to publish it.
draft: true
order: {order}                # the place in the programme
{name}
# One line, without a full stop.
{tagline}
# The heart of it in one or two sentences, for the page and for search results.
{standfirst}
# Who presented it: `- name: …`, and `role: …` below it.
speakers: []
",
        name = text("name", [slug, slug]),
        tagline = text("tagline", samples::TAGLINE),
        standfirst = text("standfirst", samples::STANDFIRST),
    );
    if let Some(first) = topics.first() {
        let all = topics.join(", ");
        facts.extend([
            "topics: [",
            first,
            "]        # up to three of: ",
            &all,
            "\n",
        ]);
    }
    let questions = ids(folder, "event.yaml", "questions");
    if !questions.is_empty() {
        facts += "answers:\n";
    }
    for question in questions {
        facts.extend(["  ", &text(&question, samples::ANSWER), "\n"]);
    }
    facts + &format!("updated: {today}\n")
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
    match code {
        "ko" => "\
첫 문단에는 이 프로젝트가 무엇을 하겠다고 했는지, 누가 그렇게 말했는지 쓴다.

## 어떻게 하겠다는 것인가 {#how}

소제목의 `{#how}`는 링크에 쓰이는 이름이며 언어마다 같게 둔다. 다른 글은 `[글](/search/)`, 같은 폴더의 그림은 `![그림 설명](picture.svg)`처럼 넣는다.
"
        .to_owned(),
        _ => "\
The first paragraph says what the project sets out to do, and who said so.

## How it would work {#how}

The `{#how}` of a heading is its name in links and is the same in every language. Link a page as `[text](/search/)`, and place a picture of this folder as `![what it shows](picture.svg)`.
"
        .to_owned(),
    }
}

/// One more than the last place of the programme that is taken.
fn next_order(folder: &Folder, entries: Entries) -> i64 {
    let orders = folder.texts.iter().filter_map(|(path, text)| {
        let slug = path.split('/').nth(1)?;
        let is_facts = entries.file(slug) == *path;
        let facts = is_facts.then(|| yaml::parse(text).ok()).flatten()?;
        match facts.key("order").value()? {
            Value::Integer(order) => Some(*order),
            _ => None,
        }
    });
    orders.max().unwrap_or(0) + 1
}

/// The ids of a list in a file, as far as they can be read.
fn ids(folder: &Folder, file: &str, key: &str) -> Vec<String> {
    let Some(Ok(root)) = folder.texts.get(file).map(|text| yaml::parse(text)) else {
        return Vec::new();
    };
    let ids = root
        .key(key)
        .items()
        .filter_map(|item| item.key("id").text());
    ids.map(str::to_owned).collect()
}
