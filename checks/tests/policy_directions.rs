//! Every key of `checks.toml` says which way is stricter, and the comparison goes by it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at what it did not expect"
)]
#![allow(clippy::print_stdout, reason = "random tests print their seed")]

use checks::{
    config::{ConfigFile, Difference, Key, Looser, ROOT, Setting, Shape, Value, stricter_of},
    rules,
};
use kernel::{Digest, Document, RepoPath, Side, canonical_json};

fn setting(text: &str, side: Side) -> Setting {
    let root = snapshot::parse_toml(text).unwrap_or_else(|err| panic!("{err}\n{text}"));
    let path = RepoPath::new("checks.toml").unwrap();
    let document = Document::new(path, text.into(), Digest::of(text.as_bytes()), root);
    let file = ConfigFile::read(&document, side).unwrap_or_else(|err| panic!("{err}\n{text}"));
    assert!(file.unknown.is_empty(), "{text}");
    file.root
}

fn compared(base: &Setting, head: &Setting) -> (Setting, Vec<Difference>) {
    let compared = stricter_of(base, head, &rules::default_of, &|_| false);
    (compared.stricter, compared.differences)
}

/// A key with the names that lead to it.
type Leaf = (Vec<String>, &'static Key);

/// All keys that hold a value, each with a name for what the user names.
fn leaves() -> Vec<Leaf> {
    let mut found = Vec::new();
    collect(&ROOT, &mut Vec::new(), &mut found);
    found
}

fn collect(key: &'static Key, steps: &mut Vec<String>, found: &mut Vec<Leaf>) {
    let Shape::Table(keys) = &key.shape else {
        found.push((steps.clone(), key));
        return;
    };
    assert_eq!(key.looser, Looser::Members, "{steps:?}");
    for it in *keys {
        let name = match (it.name, steps.last().map(String::as_str)) {
            ("*", Some("rules")) => "route-claimed-twice",
            ("*", _) => "web",
            (name, _) => name,
        };
        steps.push(name.to_owned());
        collect(it, steps, found);
        steps.pop();
    }
}

/// Values of a key from the strictest to the loosest.
fn ladder(key: &Key) -> Vec<String> {
    let texts = |it: &[&str]| it.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let mut ladder = match (&key.shape, key.looser) {
        (Shape::Boolean, Looser::True | Looser::False) => texts(&["false", "true"]),
        (Shape::Count, Looser::Higher | Looser::Lower) => texts(&["1", "20", "300"]),
        (Shape::Choice(words), Looser::Lower) => words.iter().map(|it| format!("{it:?}")).collect(),
        (Shape::Texts, Looser::Longer | Looser::Shorter) => texts(&["[]", "['a']", "['b', 'a']"]),
        (Shape::Texts, Looser::Fewer) => {
            texts(&["['b', 'a']", "['a']", "['!c', 'a']", "['!d', '!c']"])
        }
        (Shape::Tables(keys, required), Looser::Longer | Looser::Shorter) => {
            let [one, two] = ["a", "b"].map(|it| item(keys, required, it));
            vec!["[]".to_owned(), format!("[{one}]"), format!("[{two}, {one}]")]
        }
        (_, looser) => panic!("{}: {looser:?} says nothing of this shape", key.name),
    };
    if matches!(key.looser, Looser::False | Looser::Lower | Looser::Shorter) {
        ladder.reverse();
    }
    ladder
}

/// An item of a list of tables with what must be there.
fn item(keys: &[Key], required: &[&str], word: &str) -> String {
    let member = |name: &&str| {
        let key = keys.iter().find(|it| it.name == *name).unwrap();
        let word = if let Shape::Choice(words) = &key.shape { words[0] } else { word };
        format!("{name} = {word:?}")
    };
    let members: Vec<_> = required.iter().map(member).collect();
    format!("{{{}}}", members.join(", "))
}

fn file(steps: &[String], value: &str) -> String {
    let (last, folder) = steps.split_last().unwrap();
    let header =
        if folder.is_empty() { String::new() } else { format!("[{}]\n", folder.join(".")) };
    format!("{header}{last} = {value}\n")
}

#[test]
fn each_key_is_caught_when_it_is_loosened_and_only_then() {
    let mut n_pairs = 0;
    for (steps, key) in leaves() {
        if key.looser == Looser::Never {
            let is_place =
                steps.starts_with(&["gates", "contract-gate", "migrate"].map(Into::into));
            let layout = ["out", "package", "emit", "consumer-seconds"];
            let is_layout = layout.iter().any(|it| steps == ["gates", "sdk-sync", it]);
            let is_meant = is_place || is_layout || steps == ["waivers"];
            assert!(is_meant, "{steps:?}: only these have no direction");
            continue;
        }
        let files: Vec<_> = ladder(key).iter().map(|it| file(&steps, it)).collect();
        for (idx, stricter) in files.iter().enumerate() {
            for (other, looser) in files.iter().enumerate().skip(idx) {
                let base = setting(stricter, Side::Base);
                let head = setting(looser, Side::Head);
                let (merged, told) = compared(&base, &head);
                let told: Vec<_> = told.iter().map(|it| it.key.clone()).collect();
                let expected = Vec::from_iter((other > idx).then(|| steps.join(".")));
                assert_eq!(told, expected, "{stricter}to\n{looser}");
                assert_eq!(text(&merged), text(&base), "{stricter}to\n{looser}");
                let (merged, told) = compared(&head, &base);
                assert!(told.is_empty(), "{looser}to\n{stricter}: {told:?}");
                assert_eq!(text(&merged), text(&base), "{looser}to\n{stricter}");
                n_pairs += 1;
            }
        }
    }
    assert!(n_pairs > 60, "{n_pairs}");
}

#[test]
fn a_key_that_is_gone_says_its_default() {
    let check = |base: &str, expected: &[&str]| {
        let (_, told) = compared(&setting(base, Side::Base), &setting("", Side::Head));
        assert_eq!(told.iter().map(|it| it.key.as_str()).collect::<Vec<_>>(), expected, "{base}");
        assert!(told.iter().all(|it| it.side == Side::Base));
    };
    check("[gates.route-audit]\nmax-findings = 300", &["gates.route-audit.max-findings"]);
    check("[gates.route-audit]\nmax-findings = 100", &[]);
    check("[gates.policy]\nmax-waiver-days = 30", &["gates.policy.max-waiver-days"]);
    check("[rules.unknown-config-key]\nlevel = 'deny'", &["rules.unknown-config-key.level"]);
    check("[rules.unreadable-document]\nlevel = 'deny'", &[]);
    check("[gates.route-audit]\nrequire-proof = 'always'", &["gates.route-audit.require-proof"]);
    check(
        "[gates.route-audit]\nnew-only = true\n[rules.route-claimed-twice]\nnew-only = false",
        &[],
    );
}

#[test]
fn a_rule_takes_new_only_from_its_gate() {
    let gate = "[gates.route-audit]\nnew-only = true\n";
    let base = setting(&format!("{gate}[rules.route-claimed-twice]\nnew-only = false"), Side::Base);
    let (_, told) = compared(&base, &setting(gate, Side::Head));
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].key, "rules.route-claimed-twice.new-only");
}

#[test]
fn the_stricter_of_two_policies_is_no_looser_than_either() {
    let mut random = 0x5eed_u64;
    println!("seed {random}");
    let leaves: Vec<Leaf> =
        leaves().into_iter().filter(|(_, key)| key.looser != Looser::Never).collect();
    for round in 0..400 {
        let [base, head] = [Side::Base, Side::Head].map(|side| policy(&leaves, &mut random, side));
        let (merged, told) = compared(&base, &head);
        for (name, one) in [("base", &base), ("head", &head)] {
            let (_, looser) = compared(one, &merged);
            assert!(looser.is_empty(), "round {round}: looser than {name}: {looser:?}");
        }
        assert!(!told.is_empty() || text(&merged) == text(&head), "round {round}");
        let (same, told) = compared(&base, &base);
        assert!(told.is_empty() && text(&same) == text(&base), "round {round}");
    }
}

/// A policy of some keys with some values.
fn policy(leaves: &[Leaf], random: &mut u64, side: Side) -> Setting {
    let mut roll = |n: usize| {
        // The generator of Knuth's MMIX; its high bits are good enough to choose by.
        *random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(*random >> 33).unwrap() % n
    };
    let mut folders = std::collections::BTreeMap::<String, String>::new();
    for (steps, key) in leaves {
        if roll(2) == 0 {
            let (last, folder) = steps.split_last().unwrap();
            let ladder = ladder(key);
            let value = &ladder[roll(ladder.len())];
            folders.entry(folder.join(".")).or_default().push_str(&format!("{last} = {value}\n"));
        }
    }
    let texts: Vec<_> = folders.iter().map(|(name, it)| format!("[{name}]\n{it}")).collect();
    setting(&texts.concat(), side)
}

fn text(setting: &Setting) -> String {
    canonical_json(&without_empty(setting))
}

/// Tables without members say nothing; lists say the same in any order.
fn without_empty(setting: &Setting) -> serde_json::Value {
    match &setting.value {
        Value::Table(members) => members
            .iter()
            .map(|(name, it)| (name.clone(), without_empty(it)))
            .filter(|(_, it)| it.as_object().is_none_or(|it| !it.is_empty()))
            .collect(),
        Value::List(items) => {
            let mut items: Vec<_> = items.iter().map(|it| it.to_json().to_string()).collect();
            items.sort();
            items.into()
        }
        Value::Bool(_) | Value::Integer(_) | Value::Float(_) | Value::Text(_) | Value::Other(_) => {
            setting.to_json()
        }
    }
}
