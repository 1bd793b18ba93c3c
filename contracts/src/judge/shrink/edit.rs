//! Edits that make a JSON value smaller.

use std::collections::BTreeSet;

use rapidhash::v3::rapidhash_v3;
use serde_json::{Number, Value};

use super::Budget;

/// Does the value, refused at the pointer, still show the fault?
pub(super) type Confirms<'c> = &'c mut dyn FnMut(&Value, &str) -> bool;

/// Applies edits until none of them is confirmed any more. The pointer stays on its place.
pub(super) fn smallest(
    start: (Value, String),
    budget: &Budget,
    confirms: Confirms<'_>,
) -> (Value, String) {
    let mut best = start;
    // The last round edits again what the round before it did not change. Values may be long, so
    // only their hashes are kept: at worst a witness stays larger than it had to.
    let mut refused: BTreeSet<u64> = BTreeSet::new();
    let mut text = Vec::new();
    let confirms: Confirms<'_> = &mut |value, pointer| {
        text.clear();
        text.extend_from_slice(pointer.as_bytes());
        text.push(b' ');
        // Writing into memory does not fail.
        let _ = serde_json::to_writer(&mut text, value);
        let hash = rapidhash_v3(&text);
        if refused.contains(&hash) {
            // It counts all the same: a long text would be gone through again and again.
            budget.spend();
            return false;
        }
        confirms(value, pointer) || !refused.insert(hash)
    };
    loop {
        let before = best.clone();
        let mut idx = 0;
        // Outer values first, so that large parts go at once.
        let mut open = places(&best.0);
        while let Some(place) = open.get(idx).cloned() {
            if budget.is_spent() {
                return best;
            }
            let mut is_smaller = false;
            shrink_at(&mut best, &place, budget, &mut |value, pointer| {
                let still = confirms(value, pointer);
                is_smaller |= still;
                still
            });
            if is_smaller {
                open = places(&best.0);
            }
            idx += 1;
        }
        if best == before {
            return best;
        }
    }
}

/// The pointers of all values, by depth.
fn places(root: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut idx = 0;
    while let Some(place) = found.get(idx).cloned() {
        match root.pointer(&place) {
            Some(Value::Object(members)) => {
                let inner = members.keys().map(|it| format!("{place}/{}", escaped(it)));
                found.extend(inner.collect::<Vec<_>>());
            }
            Some(Value::Array(items)) => {
                found.extend((0..items.len()).map(|it| format!("{place}/{it}")));
            }
            _ => {}
        }
        idx += 1;
    }
    found
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn shrink_at(best: &mut (Value, String), place: &str, budget: &Budget, confirms: Confirms<'_>) {
    match best.0.pointer(place) {
        Some(Value::Object(members)) => {
            let names: Vec<String> = members.keys().cloned().collect();
            for name in names {
                remove_member(best, place, &name, confirms);
            }
        }
        Some(Value::Array(items)) => {
            for idx in (0..items.len()).rev() {
                remove_item(best, place, idx, confirms);
            }
        }
        Some(Value::String(_)) => shorten(best, place, budget, confirms),
        Some(Value::Number(number)) => {
            let simpler = simpler(&number.to_string());
            for number in simpler {
                let mut value = best.0.clone();
                put(&mut value, place, Value::Number(number));
                if confirms(&value, &best.1) {
                    best.0 = value;
                    break;
                }
            }
        }
        Some(Value::Null | Value::Bool(_)) | None => {}
    }
}

fn put(root: &mut Value, place: &str, value: Value) {
    if let Some(old) = root.pointer_mut(place) {
        *old = value;
    }
}

/// The rest of the witness's pointer below a place, if it leads through there.
fn below<'p>(pointer: &'p str, place: &str) -> Option<&'p str> {
    pointer.strip_prefix(place)?.strip_prefix('/')
}

fn remove_member(best: &mut (Value, String), place: &str, name: &str, confirms: Confirms<'_>) {
    let is_named = |it: &str| it.split('/').next() == Some(escaped(name).as_str());
    if below(&best.1, place).is_some_and(is_named) {
        return;
    }
    let mut value = best.0.clone();
    if let Some(Value::Object(members)) = value.pointer_mut(place) {
        members.remove(name);
    }
    if confirms(&value, &best.1) {
        best.0 = value;
    }
}

fn remove_item(best: &mut (Value, String), place: &str, idx: usize, confirms: Confirms<'_>) {
    let mut pointer = best.1.clone();
    if let Some(rest) = below(&best.1, place) {
        let (item, inner) = match rest.split_once('/') {
            Some((item, inner)) => (item, format!("/{inner}")),
            None => (rest, String::new()),
        };
        match item.parse::<usize>() {
            Ok(own) if own == idx => return,
            Ok(own) if own > idx => pointer = format!("{place}/{}{inner}", own - 1),
            _ => {}
        }
    }
    let mut value = best.0.clone();
    if let Some(Value::Array(items)) = value.pointer_mut(place) {
        items.remove(idx);
    }
    if confirms(&value, &pointer) {
        *best = (value, pointer);
    }
}

/// Takes runs of characters out of a text, long ones first.
fn shorten(best: &mut (Value, String), place: &str, budget: &Budget, confirms: Confirms<'_>) {
    let text = best.0.pointer(place).and_then(Value::as_str).unwrap_or_default();
    let mut letters: Vec<char> = text.chars().collect();
    let mut value = best.0.clone();
    let mut run = letters.len();
    while run > 0 {
        let mut start = 0;
        while start < letters.len() {
            if budget.is_spent() {
                return;
            }
            let kept = letters.iter().take(start).chain(letters.iter().skip(start + run));
            let text: String = kept.collect();
            put(&mut value, place, Value::from(text));
            if confirms(&value, &best.1) {
                letters.drain(start..letters.len().min(start + run));
                best.0.clone_from(&value);
            } else {
                start += run;
            }
        }
        run /= 2;
    }
}

/// Numbers that are written with less, the simplest first.
fn simpler(text: &str) -> Vec<Number> {
    let mut found = Vec::new();
    let whole = text.split(['.', 'e', 'E']).next().unwrap_or_default();
    let mut candidates: Vec<String> = ["0", "1", "-1"].map(str::to_owned).to_vec();
    candidates.push(whole.to_owned());
    let digits = text.trim_start_matches('-');
    let sign = if text.starts_with('-') { "-" } else { "" };
    for idx in 0..digits.len() {
        let fewer = format!(
            "{}{}",
            digits.get(..idx).unwrap_or_default(),
            digits.get(idx + 1..).unwrap_or_default()
        );
        candidates.push(format!("{sign}{fewer}"));
    }
    for candidate in candidates {
        let is_less = (candidate.len(), rank(&candidate)) < (text.len(), rank(text));
        found.extend(candidate.parse::<Number>().ok().filter(|_| is_less));
    }
    found
}

/// Among numbers of one length, zero is the simplest, then one.
fn rank(text: &str) -> u8 {
    match text {
        "0" => 0,
        "1" => 1,
        "-1" => 2,
        _ => 3,
    }
}
