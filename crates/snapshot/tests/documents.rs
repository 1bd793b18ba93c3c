//! Three languages, one tree: values, places and faults.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    clippy::format_collect,
    clippy::print_stdout,
    reason = "a test stops where it fails, and says so"
)]

use kernel::{Entry, Kind, Node, Span};
use snapshot::{Bounds, Format, SyntaxError, parse_jsonc, parse_toml, parse_yaml};

const ALL: [Format; 3] = Format::ALL;

fn parse(format: Format, text: &str) -> Result<Node, SyntaxError> {
    format.parse(text, &Bounds::DEFAULT)
}

/// The value as JSON text with its numbers as written; members sorted, dates as texts.
fn json(node: &Node) -> String {
    match &node.kind {
        Kind::Number(text) => text.to_string(),
        Kind::List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(",")),
        Kind::Table(entries) => {
            let mut all: Vec<String> =
                entries.iter().map(|it| format!("\"{}\":{}", it.key, json(&it.value))).collect();
            all.sort();
            format!("{{{}}}", all.join(","))
        }
        _ => node.to_json().to_string(),
    }
}

#[test]
fn values_are_read_as_written() {
    let cases = [
        (Format::Toml, "a = 0x1F\nb = 1_000\nc = +1.50\n", r#"{"a":0x1F,"b":1_000,"c":+1.50}"#),
        (
            Format::Toml,
            "a = 2027-03-31\nb = 2027-03-31 10:00:00Z\n",
            r#"{"a":"2027-03-31","b":"2027-03-31 10:00:00Z"}"#,
        ),
        (
            Format::Toml,
            "b = 1\na.c = 2\n[z]\n[[y]]\n[a.x]\n",
            r#"{"a":{"c":2,"x":{}},"b":1,"y":[{}],"z":{}}"#,
        ),
        (Format::Toml, "", "{}"),
        (Format::Jsonc, "/* a */ {\"a\": [1, 2,], // b\n}", r#"{"a":[1,2]}"#),
        (Format::Jsonc, "\"\\u00e9\\n\"", r#""é\n""#),
        (Format::Yaml, "on: {push: }\n", r#"{"on":{"push":null}}"#),
        (Format::Yaml, "yes: no\noff: ~\n200: 0o17\n", r#"{"200":0o17,"off":null,"yes":"no"}"#),
        (
            Format::Yaml,
            "a: -9223372036854776000\nb: 1e3\nc: .5\nd: 1.2.3\n",
            r#"{"a":-9223372036854776000,"b":1e3,"c":.5,"d":"1.2.3"}"#,
        ),
        (
            Format::Yaml,
            "a: |\n  x\n  y\nb: >-\n  x\n  y\nc: 'it''s'\n",
            r#"{"a":"x\ny\n","b":"x y","c":"it's"}"#,
        ),
        (Format::Yaml, "a: &x [1]\nb: *x\n", r#"{"a":[1],"b":[1]}"#),
        (
            Format::Yaml,
            "a: &a {x: 1, y: 1}\nb:\n  y: 2\n  <<: *a\n",
            r#"{"a":{"x":1,"y":1},"b":{"x":1,"y":2}}"#,
        ),
        (
            Format::Yaml,
            "b:\n  <<: [{x: 1}, {x: 2, z: 3}]\n  y: 2\n",
            r#"{"b":{"x":1,"y":2,"z":3}}"#,
        ),
        (Format::Yaml, "'<<': 1\n", r#"{"<<":1}"#),
        (Format::Yaml, "a: !!str 1\nb: !!int 1\nc: !Ref x\n", r#"{"a":"1","b":1,"c":"x"}"#),
        (Format::Yaml, "&k a: 1\n*k : 2\n", "duplicate"),
        (Format::Yaml, "", "null"),
        (Format::Yaml, "---\na: 1\n...\n", r#"{"a":1}"#),
    ];
    for (format, text, expected) in cases {
        let found = parse(format, text);
        let found = found.map_or_else(|it| it.message, |it| json(&it));
        let expected = if expected == "duplicate" { DUPLICATE } else { expected };
        assert_eq!(found, expected, "{text}");
    }
}

const DUPLICATE: &str = "this name is taken already; keep one of the two";

#[test]
fn numbers_keep_every_digit() {
    let digits = "-12345678901234567890123.4500e-7";
    for text in [format!("[{digits}]"), format!("- {digits}")] {
        let root = parse_yaml(&text).unwrap();
        assert_eq!(root.as_list().unwrap()[0].kind, Kind::Number(digits.into()));
    }
    assert_eq!(parse_jsonc(digits).unwrap().kind, Kind::Number(digits.into()));
    let root = parse_toml(&format!("a = {digits}")).unwrap();
    assert_eq!(root.get("a").unwrap().kind, Kind::Number(digits.into()));
}

#[test]
fn a_span_holds_the_literal() {
    let check = |format: Format, text: &str| {
        let root = parse(format, text).unwrap();
        let literal = |span: Span| &text[span.start..span.end];
        let routes = root.entry("routes").unwrap();
        assert_eq!(literal(routes.key_span).trim_matches('"'), "routes", "{text}");
        let first = &routes.value.as_list().unwrap()[0];
        assert_eq!(literal(first.span).trim_matches('"'), "♫.example/*", "{text}");
        let number = root.at(&[kernel::Step::Key("t".into()), kernel::Step::Key("n".into())]);
        assert_eq!(literal(number.unwrap().span), "12", "{text}");
        assert!(literal(routes.value.span).trim_end().ends_with(['"', ']', '*']), "{text}");
    };
    check(Format::Toml, "# é\r\nroutes = [\"♫.example/*\"]\r\nt = { n = 12 }\r\n");
    check(Format::Toml, "# é\nroutes = [\n  \"♫.example/*\",\n]\n[t]\nn = 12\n");
    check(Format::Jsonc, "{\"é\": 1,\r\n \"routes\": [\"♫.example/*\"], \"t\": {\"n\": 12}}\r\n");
    check(Format::Yaml, "é: 1\r\nroutes:\r\n  - \"♫.example/*\"\r\nt: {n: 12}\r\n");
    check(Format::Yaml, "é: ♫\nroutes: [\"♫.example/*\"]\nt:\n  n: 12\n");
}

#[test]
fn a_block_of_yaml_ends_with_its_last_line() {
    let text = "a:\n  b: |\n    x\n\n# c\nd: 1\n";
    let root = parse_yaml(text).unwrap();
    let span = root.get("a").unwrap().span;
    assert_eq!(&text[span.start..span.end], "b: |\n    x");
    assert_eq!(root.get("a").unwrap().get("b").unwrap().as_str(), Some("x\n"));
}

#[test]
fn faults_have_their_place() {
    // The text holds `§` where the fault must be found.
    let cases = [
        (Format::Toml, "a = 1\n§a = 2\n", DUPLICATE),
        (Format::Toml, "a = §\n", ""),
        (Format::Toml, "a = \"x§\n", ""),
        (Format::Toml, "[a]\n[§a]\n", ""),
        (Format::Jsonc, "{\"a\": 1,\n §\"a\": 2}", DUPLICATE),
        (Format::Jsonc, "§", "expected a value"),
        (Format::Jsonc, "// nothing§", "expected a value"),
        (Format::Jsonc, "{§'a': 1}", "single-quoted strings are not allowed"),
        (Format::Jsonc, "{\"a\": 1§ \"b\": 2}", "expected comma"),
        (Format::Yaml, "a: 1\n§a: 2\n", DUPLICATE),
        (Format::Yaml, "1: 1\n§'1': 2\n", DUPLICATE),
        (Format::Yaml, "a: 1\n§---\nb: 1\n", "expected one document, here is a second"),
        (Format::Yaml, "§[a]: 1\n", "expected a text as the name"),
        (Format::Yaml, "a: &x [§*x]\n", "this alias stands inside its own anchor"),
        (Format::Yaml, "<<: §1\n", "expected a mapping to merge"),
        (Format::Yaml, "a: §!!int x\n", "expected a value that fits its tag"),
    ];
    for (format, marked, expected) in cases {
        let text = marked.replace('§', "");
        let error = parse(format, &text).expect_err(marked);
        assert_eq!(error.span.start, marked.find('§').unwrap(), "{marked}: {error:?}");
        if !expected.is_empty() {
            assert_eq!(error.message, expected, "{marked}");
        }
        assert!(!error.is_bound, "{marked}");
    }
}

#[test]
fn hostile_texts_are_refused_and_nothing_overflows() {
    const N: usize = 100_000;
    let bomb: String =
        (1..30).map(|it| format!("a{it}: &a{it} [*a{0}, *a{0}]\n", it - 1)).collect();
    let nested: String = (0..120).map(|it| format!("&n{it} [")).collect();
    let cases = [
        (Format::Toml, format!("a = {}", "[".repeat(N))),
        (Format::Toml, format!("a = {}", "{a=".repeat(N))),
        (Format::Toml, "[a = ".repeat(N)),
        (Format::Toml, format!("a = [{}", "}[".repeat(N))),
        (Format::Toml, format!("{} = 1", vec!["a"; N].join("."))),
        (Format::Toml, format!("[{}]", vec!["a"; N].join("."))),
        (Format::Toml, format!("a = {}", "{a.a.a.a.a.a=".repeat(100))),
        (Format::Toml, format!("a = \"\\\n{}", "[".repeat(N))),
        (Format::Jsonc, "[".repeat(N)),
        (Format::Jsonc, "{\"a\":".repeat(N)),
        (Format::Jsonc, "[//\n".repeat(N)),
        (Format::Yaml, "[".repeat(N)),
        (Format::Yaml, "{a: ".repeat(N)),
        (Format::Yaml, "- ".repeat(N)),
        (Format::Yaml, "? ".repeat(N)),
        (Format::Yaml, format!("a0: &a0 [x]\n{bomb}")),
        (Format::Yaml, format!("{nested}{}", "x,".repeat(N))),
    ];
    for (format, text) in cases {
        let start: String = text.chars().take(20).collect();
        let error = parse(format, &text).expect_err(&start);
        assert!(error.message.len() < 200, "{start}");
    }
}

#[test]
fn depth_is_counted_in_brackets() {
    let nested = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
    for n in [1, 127, 128] {
        assert!(parse_toml(&format!("a = {}", nested(n))).is_ok(), "{n}");
        assert!(parse_jsonc(&nested(n)).is_ok(), "{n}");
        assert!(parse_yaml(&nested(n)).is_ok(), "{n}");
    }
    let tables = |n: usize| format!("{}1{}", "{\"a\": ".repeat(n), "}".repeat(n));
    for format in [Format::Jsonc, Format::Yaml] {
        assert!(parse(format, &tables(128)).is_ok());
        assert!(parse(format, &tables(129)).unwrap_err().is_bound);
    }
    assert!(parse_toml(&format!("a = {}", nested(129))).unwrap_err().is_bound);
    let shallow = Bounds { depth: 2, ..Bounds::DEFAULT };
    for (format, text) in
        [(Format::Toml, "a = [[[]]]"), (Format::Jsonc, "[[[]]]"), (Format::Yaml, "[[[]]]")]
    {
        let error = format.parse(text, &shallow).unwrap_err();
        assert_eq!(error.message, "nested deeper than 2 levels");
        assert_eq!(error.span.start, text.rfind('[').unwrap());
    }
}

#[test]
fn messages_hold_no_text_of_the_document() {
    let secret = "hunter2hunter2";
    let texts = [
        secret.to_owned(),
        format!("{secret} = {secret}"),
        format!("\"{secret}"),
        format!("{{\"{secret}\": {secret}}}"),
        format!("{{\"{secret}\": 1, \"{secret}\": 2}}"),
        format!("{secret} = 1\n{secret} = 2\n"),
        format!("{secret}: 1\n{secret}: 2\n"),
        format!("*{secret}"),
        format!("a: !<{secret}\n"),
        format!("%{secret}\n"),
        format!("a: \"\\q{secret}\""),
        format!("a = \"\\q{secret}\""),
        format!("[{secret}]\n[{secret}]\n"),
        format!("a = 2027-99-{secret}\n"),
    ];
    for (format, text) in ALL.into_iter().flat_map(|it| texts.iter().map(move |one| (it, one))) {
        if let Err(error) = parse(format, text) {
            assert!(!error.message.contains("hunter"), "{format:?} {text}: {}", error.message);
        }
    }
}

#[test]
fn odd_bytes_are_told_or_taken() {
    for format in ALL {
        assert!(parse(format, "\0").is_err(), "{format:?}");
        let half = "{\"a\": [\"é";
        assert!(parse(format, half).is_err(), "{format:?}");
    }
}

/// A value that all three languages can write.
fn random(random: &mut Random, depth: usize) -> Node {
    let kind = match random.below(if depth == 0 { 4 } else { 6 }) {
        0 => Kind::Bool(random.below(2) == 0),
        1 => Kind::Number(random.number().into()),
        2 | 3 => Kind::String(random.text().into()),
        4 => {
            let n_items = random.below(4);
            Kind::List((0..n_items).map(|_| self::random(random, depth - 1)).collect())
        }
        _ => table(random, depth - 1),
    };
    Node { span: Span::default(), kind }
}

fn table(random: &mut Random, depth: usize) -> Kind {
    let mut entries: Vec<Entry> = Vec::new();
    for _ in 0..random.below(5) {
        let key: Box<str> = random.text().into();
        if entries.iter().all(|it| it.key != key) {
            let value = self::random(random, depth);
            entries.push(Entry { key, key_span: Span::default(), value });
        }
    }
    Kind::Table(entries)
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap()
    }

    fn number(&mut self) -> String {
        let whole = i64::try_from(self.next() % 1_000_000).unwrap() - 500_000;
        match self.below(3) {
            0 => whole.to_string(),
            1 => format!("{whole}.{}", self.below(1000)),
            _ => format!("{whole}e{}", self.below(9)),
        }
    }

    fn text(&mut self) -> String {
        const PARTS: [&str; 20] = [
            "", "a", "on", "true", "<<", "12", " ", "\n", "é", "♫", "\"", "\\", "#", ": ", "[",
            "]", "'", "*x", "- ", "\t",
        ];
        (0..self.below(4)).map(|_| PARTS[self.below(PARTS.len())]).collect()
    }
}

/// Writes JSON, which is YAML as well.
fn to_json(node: &Node) -> String {
    match &node.kind {
        Kind::Number(it) => it.to_string(),
        Kind::String(it) | Kind::Datetime(it) => serde_json::to_string(it).unwrap(),
        Kind::Bool(it) => it.to_string(),
        Kind::Null => "null".to_owned(),
        Kind::List(items) => {
            format!("[{}]", items.iter().map(to_json).collect::<Vec<_>>().join(", "))
        }
        Kind::Table(entries) => {
            let member = |it: &Entry| {
                format!("{}: {}", serde_json::to_string(&it.key).unwrap(), to_json(&it.value))
            };
            format!("{{{}}}", entries.iter().map(member).collect::<Vec<_>>().join(",\n "))
        }
    }
}

fn to_toml(node: &Node) -> String {
    match &node.kind {
        Kind::List(items) => {
            format!("[{}]", items.iter().map(to_toml).collect::<Vec<_>>().join(", "))
        }
        Kind::Table(entries) => {
            let member = |it: &Entry| {
                format!("{} = {}", serde_json::to_string(&it.key).unwrap(), to_toml(&it.value))
            };
            format!("{{ {} }}", entries.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        _ => to_json(node),
    }
}

/// Writes block YAML with a given indentation.
fn to_yaml(node: &Node, indent: usize) -> String {
    let blank = " ".repeat(indent);
    match &node.kind {
        Kind::List(items) if !items.is_empty() => {
            items.iter().map(|it| format!("\n{blank}- {}", to_yaml(it, indent + 2))).collect()
        }
        Kind::Table(entries) if !entries.is_empty() => {
            let member = |it: &Entry| {
                let key = serde_json::to_string(&it.key).unwrap();
                format!("\n{blank}{key}: {}", to_yaml(&it.value, indent + 2))
            };
            entries.iter().map(member).collect()
        }
        _ => to_json(node),
    }
}

/// The value without places.
fn bare(node: Node) -> Node {
    let kind = match node.kind {
        Kind::List(items) => Kind::List(items.into_iter().map(bare).collect()),
        Kind::Table(entries) => Kind::Table(
            entries
                .into_iter()
                .map(|it| Entry { key: it.key, key_span: Span::default(), value: bare(it.value) })
                .collect(),
        ),
        other => other,
    };
    Node { span: Span::default(), kind }
}

#[test]
fn all_languages_give_the_same_tree() {
    let seed = 0x5eed_0001;
    println!("seed {seed}");
    let mut source = Random(seed);
    for _ in 0..1_000 {
        let value = Node { span: Span::default(), kind: table(&mut source, 4) };
        let as_toml = {
            let Kind::Table(entries) = &value.kind else { unreachable!() };
            let line = |it: &Entry| {
                format!("{} = {}\n", serde_json::to_string(&it.key).unwrap(), to_toml(&it.value))
            };
            entries.iter().map(line).collect::<String>()
        };
        let texts = [
            (Format::Toml, as_toml),
            (Format::Jsonc, to_json(&value)),
            (Format::Yaml, to_json(&value)),
            (Format::Yaml, to_yaml(&value, 0)),
        ];
        for (format, text) in texts {
            let found =
                parse(format, &text).unwrap_or_else(|it| panic!("{format:?} {it:?}:\n{text}"));
            assert_eq!(bare(found), value, "{format:?}:\n{text}");
        }
    }
}
