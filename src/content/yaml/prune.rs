//! Changing a tree that a type could not be read from, so that the rest of it can.

use super::read::{Fault, FaultKind, OmittedKey};
use super::{Key, Node, Value};

/// The keys that are not there yet: what an unknown key may have been meant to be.
pub(super) fn absent(root: &mut Node, path: &[usize], known: Vec<String>) -> Vec<String> {
    let parents = path.split_last().map_or(path, |(_, parents)| parents);
    let Value::Map(entries) = &descend(root, parents).value else {
        return known;
    };
    let is_there = |key: &String| entries.iter().any(|(own, _)| own.name == *key);
    let absent: Vec<String> = known.iter().filter(|key| !is_there(key)).cloned().collect();
    if absent.is_empty() { known } else { absent }
}

pub(super) fn cut_duplicates(node: &mut Node, faults: &mut Vec<Fault>) {
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|it| cut_duplicates(it, faults)),
        Value::Map(entries) => {
            let mut seen = std::collections::HashSet::new();
            entries.retain(|(key, _)| {
                let new = seen.insert(key.name.clone());
                if !new {
                    faults.push(Fault {
                        kind: FaultKind::DuplicateKey(key.name.clone()),
                        span: key.span.clone(),
                        cut: None,
                    });
                }
                new
            });
            for (_, value) in entries {
                cut_duplicates(value, faults);
            }
        }
        _ => {}
    }
}

/// Removes the node at the end of the path, and tells its key; false where it is the root.
pub(super) fn cut(root: &mut Node, path: &[usize]) -> (bool, Option<OmittedKey>) {
    let Some((&last, parents)) = path.split_last() else {
        return (false, None);
    };
    let node = descend(root, parents);
    match &mut node.value {
        Value::List(items) if last < items.len() => {
            items.remove(last);
            (true, None)
        }
        Value::Map(entries) if last < entries.len() => {
            let parent = if parents.is_empty() {
                0..0
            } else {
                node.span.clone()
            };
            let key = entries.remove(last).0.name;
            (true, Some(OmittedKey { parent, key }))
        }
        _ => (false, None),
    }
}

/// Gives the map at the end of the path an empty text under a key, so that reading can go on;
/// false where that was done before and did not help.
pub(super) fn insert_empty(root: &mut Node, path: &[usize], name: &str) -> bool {
    let node = descend(root, path);
    let span = node.span.clone();
    let Value::Map(entries) = &mut node.value else {
        return false;
    };
    let key = Key {
        name: name.to_owned(),
        span: span.clone(),
    };
    let value = Node {
        value: Value::Text(String::new()),
        span,
    };
    entries.push((key, value));
    true
}

fn descend<'a>(root: &'a mut Node, path: &[usize]) -> &'a mut Node {
    let mut node = root;
    for &step in path {
        node = match &mut node.value {
            Value::List(items) => &mut items[step],
            Value::Map(entries) => &mut entries[step].1,
            _ => unreachable!("a path leads through lists and maps"),
        };
    }
    node
}
