//! Edits that make a JSON value smaller.
//!
//! A value is edited where it is, and an edit that is not confirmed is taken back: witnesses may
//! be large, and a copy for each question would cost more than the question.

use std::collections::{BTreeSet, VecDeque};

use rapidhash::v3::rapidhash_v3;
use serde_json::{Number, Value};

use super::Budget;
use crate::judge::pointer::{escaped, unescaped};

/// Does the value, refused at the pointer, still show the fault?
pub(super) type Confirms<'c> = &'c mut dyn FnMut(&Value, &str) -> bool;

/// Applies edits until none of them is confirmed any more. The pointer stays on its place.
pub(super) fn smallest(
    (value, pointer): (Value, String),
    budget: &Budget,
    confirms: Confirms<'_>,
) -> (Value, String) {
    let refused = BTreeSet::new();
    let mut best = Shrinking { value, pointer, budget, confirms, refused, n_confirmed: 0 };
    loop {
        let before = best.n_confirmed;
        let mut idx = 0;
        // Outer values first, so that large parts go at once.
        let mut open = places(&best.value);
        while let Some(place) = open.get(idx) {
            if budget.is_spent() {
                return (best.value, best.pointer);
            }
            let so_far = best.n_confirmed;
            best.shrink_at(place);
            if best.n_confirmed > so_far {
                open = places(&best.value);
            }
            idx += 1;
        }
        if best.n_confirmed == before {
            return (best.value, best.pointer);
        }
    }
}

/// The pointers of all values, by depth.
fn places(root: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = VecDeque::from([(String::new(), root)]);
    while let Some((place, value)) = open.pop_front() {
        match value {
            Value::Object(members) => {
                open.extend(members.iter().map(|it| (format!("{place}/{}", escaped(it.0)), it.1)));
            }
            Value::Array(items) => {
                let items = items.iter().enumerate();
                open.extend(items.map(|(idx, it)| (format!("{place}/{idx}"), it)));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        found.push(place);
    }
    found
}

/// The value at a place. Unlike `Value::pointer_mut`, it copies no names.
fn at<'v>(root: &'v mut Value, place: &str) -> Option<&'v mut Value> {
    place.split('/').skip(1).try_fold(root, |value, name| match value {
        Value::Object(members) => members.get_mut(&*unescaped(name)),
        Value::Array(items) => items.get_mut(name.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

/// The rest of the witness's pointer below a place, if it leads through there.
fn below<'p>(pointer: &'p str, place: &str) -> Option<&'p str> {
    pointer.strip_prefix(place)?.strip_prefix('/')
}

/// The smallest value so far.
struct Shrinking<'c> {
    value: Value,
    pointer: String,
    budget: &'c Budget,
    confirms: Confirms<'c>,
    /// Edits of just this value that were refused: the last round makes again what the round
    /// before it made. Only their hashes are kept: at worst a witness stays larger than it had to.
    refused: BTreeSet<(u64, u64)>,
    /// How many edits were confirmed.
    n_confirmed: usize,
}

impl Shrinking<'_> {
    /// Is the value that an edit left, refused at the pointer, still a witness?
    fn holds(&mut self, edit: (&str, &str), pointer: Option<&str>) -> bool {
        let (place, what) = edit;
        let hash = (rapidhash_v3(place.as_bytes()), rapidhash_v3(what.as_bytes()));
        if self.refused.contains(&hash) {
            // It counts all the same: a long text would be gone through again and again.
            self.budget.spend();
            return false;
        }
        if (self.confirms)(&self.value, pointer.unwrap_or(&self.pointer)) {
            self.n_confirmed += 1;
            self.refused.clear();
            return true;
        }
        self.refused.insert(hash);
        false
    }

    fn shrink_at(&mut self, place: &str) {
        match at(&mut self.value, place) {
            Some(Value::Object(members)) => {
                let names: Vec<String> = members.keys().cloned().collect();
                for name in names {
                    self.remove_member(place, &name);
                }
            }
            Some(Value::Array(items)) => {
                for idx in (0..items.len()).rev() {
                    self.remove_item(place, idx);
                }
            }
            Some(Value::String(text)) => {
                let letters = text.chars().collect();
                self.shorten(place, letters);
            }
            Some(Value::Number(number)) => {
                let number = number.clone();
                self.simplify(place, number);
            }
            Some(Value::Null | Value::Bool(_)) | None => {}
        }
    }

    fn put(&mut self, place: &str, value: Value) {
        if let Some(old) = at(&mut self.value, place) {
            *old = value;
        }
    }

    fn remove_member(&mut self, place: &str, name: &str) {
        let is_named = |it: &str| it.split('/').next() == Some(&*escaped(name));
        if below(&self.pointer, place).is_some_and(is_named) {
            return;
        }
        let Some(Value::Object(members)) = at(&mut self.value, place) else { return };
        let Some(member) = members.remove(name) else { return };
        if !self.holds((place, name), None)
            && let Some(Value::Object(members)) = at(&mut self.value, place)
        {
            members.insert(name.to_owned(), member);
        }
    }

    fn remove_item(&mut self, place: &str, idx: usize) {
        let mut pointer = None;
        if let Some(rest) = below(&self.pointer, place) {
            let (item, inner) = match rest.split_once('/') {
                Some((item, inner)) => (item, format!("/{inner}")),
                None => (rest, String::new()),
            };
            match item.parse::<usize>() {
                Ok(own) if own == idx => return,
                Ok(own) if own > idx => pointer = Some(format!("{place}/{}{inner}", own - 1)),
                _ => {}
            }
        }
        let Some(Value::Array(items)) = at(&mut self.value, place) else { return };
        if idx >= items.len() {
            return;
        }
        let item = items.remove(idx);
        if self.holds((place, &idx.to_string()), pointer.as_deref()) {
            self.pointer = pointer.unwrap_or_else(|| std::mem::take(&mut self.pointer));
        } else if let Some(Value::Array(items)) = at(&mut self.value, place) {
            items.insert(idx, item);
        }
    }

    /// Takes runs of characters out of a text, long ones first.
    fn shorten(&mut self, place: &str, mut letters: Vec<char>) {
        // The rest of the value stays as it is, so that a text that was refused is refused again.
        let mut refused = BTreeSet::new();
        let mut run = letters.len();
        while run > 0 && !self.budget.is_spent() {
            self.shorten_by(run, place, &mut letters, &mut refused);
            run /= 2;
        }
        self.put(place, letters.into_iter().collect::<String>().into());
    }

    fn shorten_by(
        &mut self,
        run: usize,
        place: &str,
        letters: &mut Vec<char>,
        refused: &mut BTreeSet<u64>,
    ) {
        let mut start = 0;
        while start < letters.len() && !self.budget.is_spent() {
            let kept = letters.iter().take(start).chain(letters.iter().skip(start + run));
            if self.does(place, &kept.collect::<String>(), refused) {
                letters.drain(start..letters.len().min(start + run));
            } else {
                start += run;
            }
        }
    }

    /// Does a shorter text?
    fn does(&mut self, place: &str, text: &str, refused: &mut BTreeSet<u64>) -> bool {
        let hash = rapidhash_v3(text.as_bytes());
        if refused.contains(&hash) {
            self.budget.spend();
            return false;
        }
        self.put(place, Value::from(text));
        self.holds((place, text), None) || !refused.insert(hash)
    }

    /// Takes the simplest number that does.
    fn simplify(&mut self, place: &str, number: Number) {
        for simpler in simpler(&number.to_string()) {
            let text = simpler.to_string();
            self.put(place, Value::Number(simpler));
            if self.holds((place, &text), None) {
                return;
            }
        }
        self.put(place, Value::Number(number));
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
