//! A new project to fill in: complete and valid from the first moment, but for readers to come.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use jiff::civil::Date;

use super::check::listed_languages;
use super::document::is_id;
use super::samples;
use super::source::{self, Folder};
use super::yaml::{self, Value};
use crate::diagnostic::Diagnostics;
use crate::language::Languages;

/// The name stands in place of the project's own at first, which is not wider.
const LONGEST: usize = 40;

/// Lays the folder of a new project down, marked as a draft, and returns the files it holds. Fails where the slug
/// cannot be a name in URLs, the project is already there, or nothing can be written.
pub fn scaffold(dir: &Path, slug: &str, today: Date) -> anyhow::Result<Vec<PathBuf>> {
    if !is_id(slug) || slug.len() > LONGEST {
        bail!(
            "`{slug}` cannot be a name in URLs: use up to {LONGEST} lower-case ASCII letters, \
             digits and single hyphens, such as block-cloud"
        );
    }
    let target = dir.join("projects").join(slug);
    if target.exists() {
        bail!("{} is already there; nothing was changed", target.display());
    }
    let mut diagnostics = Diagnostics::default();
    let folder = source::read(dir, &mut diagnostics)?;
    let languages = listed_languages(&folder);
    let mut files = vec![(
        "project.yaml".to_owned(),
        facts(&folder, &languages, slug, today),
    )];
    for language in languages.iter() {
        let code = languages.code(language);
        files.push((format!("{code}.md"), prose(code)));
    }
    files.push(("emblem.svg".to_owned(), samples::EMBLEM.to_owned()));
    // Whoever watches the folder sees all files or none.
    let beside = dir.join("projects").join(format!(".{slug}.tmp"));
    fs::create_dir_all(&beside).with_context(|| format!("cannot make {}", beside.display()))?;
    let written = files
        .iter()
        .try_for_each(|(name, text)| fs::write(beside.join(name), text))
        .and_then(|()| fs::rename(&beside, &target));
    if let Err(error) = written {
        // The first error is the one to tell.
        let _ = fs::remove_dir_all(&beside);
        return Err(error).with_context(|| format!("cannot write {}", target.display()));
    }
    Ok(files.iter().map(|(name, _)| target.join(name)).collect())
}

fn facts(folder: &Folder, languages: &Languages, slug: &str, today: Date) -> String {
    let topics: Vec<String> = entries(folder, "topics.yaml", "topics");
    let text = |key: &str, ko: &str, other: &str| localized(languages, key, ko, other);
    format!(
        "\
# yaml-language-server: $schema=../../schema/project.json
# A draft: only `showcase preview` shows it. Take `draft: true` out to publish it.
draft: true
order: {order}                # the place in the programme
{name}
# long_name: The full name in Latin letters
# Who presented it; write `speakers: []` where nobody is named.
speakers: []
#  - name: {{ko: 알렌 류, en: Allen Liu}}
#    role: {{ko: 공동 창업자, en: co-founder}}
topics: [{topic}]        # one to three of: {topics}
# One line, without a full stop.
{tagline}
# The heart of the claim in one or two sentences, for the page and for search results.
{standfirst}
# The project's Hangul letter.
# syllable: {{text: 짬, reading: jjam, meaning: {{ko: 잠깐 나는 틈, en: a spare moment}}}}
glance:
  {problem}
  {idea}
  {why}
  {audience}
compare:
  {on_chain}
  {paid}
# Every number of the talk; each language words it by its own rules.
figures: []
#  - id: idle-cpu
#    value: 70            # or `from: 40` and `to: 50`
#    unit: percent
#    label: {{ko: 놀고 있는 CPU 자원, en: of CPU resources idle}}
# Paths at which the page was before, such as /projects/old-name/.
aliases: []
updated: {today}
",
        order = next_order(folder),
        name = text("name", slug, slug),
        topic = topics.first().map_or("data", String::as_str),
        topics = topics.join(", "),
        tagline = text("tagline", samples::TAGLINE[0], samples::TAGLINE[1]),
        standfirst = text("standfirst", samples::STANDFIRST[0], samples::STANDFIRST[1]),
        problem = text(
            "problem",
            "무엇이 문제인지 쓴다.",
            "What is wrong, as the presenter sees it."
        ),
        idea = text(
            "idea",
            "무엇을 하겠다는지 쓴다.",
            "What the project would do."
        ),
        why = text("why", "왜 블록체인인지 쓴다.", "Why on a blockchain."),
        audience = text("audience", "누구를 위한 것인지 쓴다.", "For whom."),
        on_chain = text("on_chain", "체인에 올리는 것", "what goes on the chain"),
        paid = text("paid", "보상받는 사람", "who is paid"),
    )
}

/// A text in every language, in one line.
fn localized(languages: &Languages, key: &str, ko: &str, other: &str) -> String {
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

소제목의 `{#how}`는 링크에 쓰이는 이름이며 언어마다 같게 둔다. 다른 글은 `[글](/projects/rrc/)`, 용어는 `[PoS](term:pos)`, 같은 폴더의 그림은 `![그림 설명](picture.svg)`처럼 넣는다.
"
        .to_owned(),
        _ => "\
The first paragraph says what the project sets out to do, and who said so.

## How it would work {#how}

The `{#how}` of a heading is its name in links and is the same in every language. Link a page as `[text](/projects/rrc/)`, a term as `[PoS](term:pos)`, and place a picture of this folder as `![what it shows](picture.svg)`.
"
        .to_owned(),
    }
}

/// One more than the last place of the programme that is taken.
fn next_order(folder: &Folder) -> i64 {
    let facts = folder
        .texts
        .iter()
        .filter(|(path, _)| path.starts_with("projects/") && path.ends_with("/project.yaml"));
    let orders =
        facts.filter_map(
            |(_, text)| match yaml::parse(text).ok()?.key("order").value()? {
                Value::Integer(order) => Some(*order),
                _ => None,
            },
        );
    orders.max().unwrap_or(0) + 1
}

/// The ids of a list in a file, as far as they can be read.
fn entries(folder: &Folder, file: &str, key: &str) -> Vec<String> {
    let Some(Ok(root)) = folder.texts.get(file).map(|text| yaml::parse(text)) else {
        return Vec::new();
    };
    let ids = root
        .key(key)
        .items()
        .filter_map(|item| item.key("id").text());
    ids.map(str::to_owned).collect()
}
