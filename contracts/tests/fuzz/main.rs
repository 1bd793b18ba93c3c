//! Damaged texts and mixed contracts in every function over bytes: nothing panics, and what is
//! answered holds.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is a failing test")]

#[path = "../random/mod.rs"]
mod random;

use std::{
    fs,
    panic::{self, AssertUnwindSafe},
    path::Path,
    time::{Duration, Instant},
};

use contracts::{Store, fuzz};
use serde_json::Value;

use crate::random::{Random, factor, seed};

/// Inputs of each function in the suite.
const IN_SUITE: usize = 150;

/// Pieces that mean something in one language or another.
const PIECES: &[&str] = &[
    "\n",
    "\r\n",
    "\t",
    "\u{feff}",
    "é",
    "\u{1f600}",
    "\\ud800",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    ":",
    ",",
    "- ",
    "? ",
    "&a ",
    "*a",
    "<<: *a",
    "!!str ",
    "|\n",
    ">-\n",
    "---\n",
    "#",
    "1e999",
    "-0",
    "0.1",
    "0x1F",
    "null",
    "true",
    "~",
    "$ref: '#'",
    "\"$ref\":\"#\"",
    "type: [a]",
    "(?=a)",
    "\\1",
    "(?<n>",
    "[^",
    "{2,}",
    "\\p{L}",
    "\\u{1F600}",
    "$",
    "^",
    "|",
    "*",
    "+?",
    "nullable: true",
    "required: [a]",
    "\"not\":",
    "minimum: 1e400",
    "\0",
];

/// Feeds a function with inputs: so many in the suite, as many as fit in so many minutes else.
#[expect(clippy::print_stdout, reason = "a soak tells what it did")]
fn feed(name: &str, input: impl Fn(&mut Random) -> Vec<u8>, take: fn(&[u8])) {
    let (start, minutes) = if factor() > 1 { (seed(), minutes()) } else { (0, 0) };
    let mut random = Random::new(start);
    let (begin, end) = (Instant::now(), Duration::from_secs(60 * minutes));
    let mut n_inputs = 0;
    let mut faults = Vec::new();
    while n_inputs < IN_SUITE || begin.elapsed() < end {
        let input = input(&mut random);
        n_inputs += 1;
        if panic::catch_unwind(AssertUnwindSafe(|| take(&input))).is_err() {
            faults.push(format!("input {n_inputs}: {}", String::from_utf8_lossy(&input)));
        }
        if faults.len() > 5 {
            break;
        }
    }
    println!("{name} from seed {start}: {n_inputs} inputs, {} faults", faults.len());
    assert!(faults.is_empty(), "seed {start}: {}", faults.join("\n\n"));
}

#[expect(clippy::disallowed_methods, reason = "the soak says how long tests run")]
fn minutes() -> u64 {
    std::env::var("PROOFMARK_MINUTES").ok().and_then(|it| it.parse().ok()).unwrap_or(1)
}

/// The texts of the given cases.
fn texts() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/given");
    let mut folders: Vec<_> = fs::read_dir(root).unwrap().map(|it| it.unwrap().path()).collect();
    folders.sort();
    let files = folders.iter().flat_map(|it| [it.join("base.yaml"), it.join("head.yaml")]);
    files.map(|it| fs::read(it).unwrap()).collect()
}

/// The same, as values.
fn values() -> Vec<Value> {
    let value = |text: &Vec<u8>| {
        let mut store = Store::new();
        let tree = read(&mut store, text);
        store.value(tree)
    };
    texts().iter().map(value).collect()
}

fn read(store: &mut Store, text: &[u8]) -> contracts::NodeId {
    struct One(Vec<u8>);
    impl contracts::Files for One {
        fn read(&self, _: &kernel::RepoPath) -> Result<std::sync::Arc<[u8]>, String> {
            Ok(self.0.as_slice().into())
        }
    }
    let path = kernel::RepoPath::new("a.yaml").unwrap();
    let files = One(text.to_vec());
    contracts::read(store, &path, &files, &contracts::Limits::default()).unwrap().0.root().node
}

/// Some pieces cut, doubled, put in, or bytes changed.
fn damaged(random: &mut Random, text: &[u8]) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for _ in 0..random.below(6) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(20)).min(bytes.len());
        match random.below(6) {
            0 => drop(bytes.drain(at..end)),
            1 => bytes.truncate(at),
            2 => {
                let copy = bytes[at..end].repeat(random.below(30));
                bytes.splice(at..at, copy).for_each(drop);
            }
            3 if at < bytes.len() => bytes[at] = u8::try_from(random.below(256)).unwrap(),
            _ => bytes.splice(at..at, random.pick(PIECES).bytes()).for_each(drop),
        }
    }
    bytes
}

/// All pointers of a value.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(inner, &format!("{at}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (idx, inner) in items.iter().enumerate() {
                pointers(inner, &format!("{at}/{idx}"), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A contract with some parts removed, or replaced by parts of another one.
fn mixed(random: &mut Random, value: &Value, pool: &[Value]) -> Value {
    let mut mixed = value.clone();
    for _ in 0..=random.below(3) {
        let (mut here, mut there) = (Vec::new(), Vec::new());
        pointers(&mixed, "", &mut here);
        let source = random.pick(pool);
        pointers(source, "", &mut there);
        let at = random.pick(&here).clone();
        let Some((parent, name)) = at.rsplit_once('/') else { continue };
        let name = name.replace("~1", "/").replace("~0", "~");
        // Parts that stand under the same name are likely to mean something there.
        let alike: Vec<_> = there.iter().filter(|it| it.ends_with(&format!("/{name}"))).collect();
        let part = if alike.is_empty() { random.pick(&there) } else { *random.pick(&alike) };
        match mixed.pointer_mut(parent) {
            Some(Value::Object(members)) if random.percent(30) => {
                members.remove(&name);
            }
            _ => {
                let part = source.pointer(part).cloned().unwrap_or_default();
                *mixed.pointer_mut(&at).unwrap() = part;
            }
        }
    }
    mixed
}

#[test]
fn any_text_is_read_or_refused() {
    let texts = texts();
    let json: Vec<_> = values().iter().map(|it| it.to_string().into_bytes()).collect();
    let input = move |random: &mut Random| {
        let all = if random.percent(50) { &texts } else { &json };
        let text = random.pick(all).clone();
        damaged(random, &text)
    };
    feed("reader", input, fuzz::fuzz_document);
}

#[test]
fn any_pattern_is_a_set_of_texts_or_refused() {
    let seeds = [
        "^[a-z]{2,}$\n^[a-z]+$",
        "a|b\n(?:a|bc)*",
        "^\\d{3}-\\w+$\n\\d",
        "[^a-c]\\b\n\\B",
        "(?!a)b\na",
        "^(?<n>a)\\k<n>$\n^aa$",
        "^\\u0041[\\x42-\\cZ]$\n^A.",
        "^[\\s\\S]*$\n.*",
        "a{0}\n^$",
        "^(([a-z])+.)+[A-Z]([a-z])+$\n^a",
        "\\p{Lu}\n[é-ü]",
    ];
    let input = move |random: &mut Random| {
        let seed = *random.pick(&seeds);
        damaged(random, seed.as_bytes())
    };
    feed("patterns", input, fuzz::fuzz_patterns);
}

#[test]
fn any_two_contracts_are_compared_and_breaks_confirmed() {
    let values = values();
    let input = move |random: &mut Random| {
        let base = random.pick(&values).clone();
        let base = if random.percent(50) { mixed(random, &base, &values) } else { base };
        let head = mixed(random, &base, &values);
        let mut bytes = base.to_string().into_bytes();
        bytes.push(0);
        bytes.extend(head.to_string().into_bytes());
        bytes
    };
    feed("contracts", input, fuzz::fuzz_contracts);
}

/// Schemas with every keyword.
const SCHEMAS: &[&str] = &[
    r##"{"type": "object", "properties": {"a": {"$ref": "#"}, "b": {"type": "string", "pattern": "^a+$"}}, "required": ["b"], "additionalProperties": false}"##,
    r#"{"type": "array", "prefixItems": [{"const": 1}], "items": {"enum": [1, 2, "a"]}, "uniqueItems": true, "minItems": 1}"#,
    r#"{"contains": {"type": "integer", "minimum": 3}, "minContains": 2, "maxContains": 3, "maxItems": 4}"#,
    r##"{"oneOf": [{"$ref": "#/$defs/x"}, {"type": "number", "multipleOf": 0.5, "exclusiveMaximum": 9}], "$defs": {"x": {"type": "integer", "minimum": 2}}}"##,
    r#"{"if": {"properties": {"k": {"const": "a"}}, "required": ["k"]}, "then": {"required": ["v"]}, "else": {"maxProperties": 2}, "unevaluatedProperties": {"type": "null"}}"#,
    r#"{"patternProperties": {"^x": {"maxLength": 3}}, "propertyNames": {"minLength": 2}, "dependentRequired": {"xa": ["xb"]}, "dependentSchemas": {"xb": {"minProperties": 2}}}"#,
    r#"{"anyOf": [{"type": ["string", "null"], "minLength": 2}, {"not": {"type": ["object", "array"]}}], "allOf": [{"unevaluatedItems": false}]}"#,
    r##"{"$ref": "#/$defs/n", "$defs": {"n": {"type": "object", "properties": {"next": {"anyOf": [{"$ref": "#/$defs/n"}, {"type": "null"}]}, "v": {"type": "boolean"}}, "required": ["v"]}}}"##,
];

#[test]
fn any_two_schemas_are_asked_and_the_answer_holds() {
    let schemas: Vec<Value> = SCHEMAS.iter().map(|it| serde_json::from_str(it).unwrap()).collect();
    let input = move |random: &mut Random| {
        let sub = random.pick(&schemas).clone();
        let sub = mixed(random, &sub, &schemas);
        let sup = mixed(random, &sub, &schemas);
        let text = format!("{sub}\n{sup}");
        if random.percent(30) { damaged(random, text.as_bytes()) } else { text.into_bytes() }
    };
    feed("inclusion", input, fuzz::fuzz_includes);
}
