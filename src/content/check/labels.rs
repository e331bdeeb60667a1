//! The interface's words.

mod wording;

use super::Checker;
use super::file_context::{FileContext, parse};
use crate::content::problems;
use crate::content::schema::placeholders;
use crate::content::yaml::{Node, Value};
use crate::language::LanguageId;
use crate::model::Labels;

/// The labels of every language. What a later language lacks is taken from the first, with a
/// warning, so that a language can be added step by step.
pub(super) fn check(checker: &mut Checker<'_>) -> Option<Vec<Labels>> {
    let mut first: Option<Node> = None;
    let mut all = Vec::new();
    let known = placeholders();
    let languages = checker.languages.clone();
    for language in languages.iter() {
        let file = format!("labels/{}.yaml", languages.code(language));
        let text = checker.text(&file, "the interface's words in this language");
        let node = text.and_then(|text| parse(&file, &text, checker.diagnostics));
        let mut context = checker.file_context(&file);
        let Some(mut node) = node else {
            all.push(None);
            continue;
        };
        wording::check(&mut context, &node, languages.code(language), &known);
        if language == LanguageId::FIRST {
            first = Some(node.clone());
        } else if let Some(first) = &first {
            let mut missing = Vec::new();
            fill(&mut node, first, "", &mut missing);
            for (key, span) in missing {
                let code = context.code(language).to_owned();
                context.push(problems::missing_translation(&file, &span, &key, &code));
            }
        }
        direction(&mut context, &node);
        all.push(context.fit::<Labels>(node));
    }
    all.into_iter().collect()
}

/// Browsers know two directions of writing.
fn direction(context: &mut FileContext<'_>, node: &Node) {
    let known = ["ltr", "rtl"];
    let value = node
        .value_of("language")
        .and_then(|it| it.value_of("direction"));
    if let Some(Node {
        value: Value::Text(word),
        span,
    }) = value
        && !known.contains(&word.as_str())
    {
        let problem = problems::unknown_word(&context.file, span, word, &known.map(str::to_owned));
        context.push(problem);
    }
}

type Missing = Vec<(String, std::ops::Range<usize>)>;

/// Takes over the keys that the node lacks and the model has. Lists and plural forms are a
/// language's own and left alone.
fn fill(node: &mut Node, model: &Node, path: &str, missing: &mut Missing) {
    if path.starts_with("numbers.units.") || path.starts_with("dates") {
        return;
    }
    let span = node.span.clone();
    let (Value::Map(entries), Value::Map(wanted)) = (&mut node.value, &model.value) else {
        return;
    };
    for (key, value) in wanted {
        let path = format!(
            "{path}{}{}",
            if path.is_empty() { "" } else { "." },
            key.name
        );
        if let Some((_, own)) = entries.iter_mut().find(|(own, _)| own.name == key.name) {
            fill(own, value, &path, missing);
        } else {
            missing.push((path, span.clone()));
            entries.push((key.clone(), value.clone()));
        }
    }
}
