//! Names that try to start a command, a link or a tag.

use checks::report::{Format, render};
use proptest::prelude::{Strategy, any, prop};

use crate::sample::{HOSTILE, hostile, look};

/// The lines as the runner reads them, without those of the block in which no command starts.
fn commands(text: &str) -> Vec<&str> {
    let mut token: Option<&str> = None;
    let mut found = Vec::new();
    for line in text.split(['\n', '\r']) {
        let line = line.trim_start();
        match token {
            Some(end) if line == format!("::{end}::") => token = None,
            Some(_) => (),
            None if line.starts_with("::stop-commands::") => {
                token = line.strip_prefix("::stop-commands::");
            }
            None => found.push(line),
        }
    }
    assert_eq!(token, None, "the block ends");
    found
}

fn check_github(report: &checks::report::Report) {
    let text = render(report, Format::Github, &look());
    for line in commands(&text).into_iter().filter(|it| !it.is_empty()) {
        let is_ours = ["::error ", "::warning ", "::notice "].iter().any(|it| line.starts_with(it));
        assert!(is_ours, "not ours: {line:?}");
        let (properties, message) = line[2..].split_once("::").unwrap();
        let (_, properties) = properties.split_once(' ').unwrap();
        for it in properties.split(',') {
            let (name, value) = it.split_once('=').unwrap();
            assert!(
                ["file", "line", "endLine", "col", "endColumn", "title"].contains(&name),
                "{line}"
            );
            assert!(!value.contains(':'), "{line}");
        }
        let message = message.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%");
        assert!(message.encode_utf16().count() <= 4_000, "{}", message.len());
    }
}

fn check_lines(report: &checks::report::Report) {
    let human = render(report, Format::Human, &look());
    let human = anstream::adapter::strip_str(&human).to_string();
    for text in [&human, &render(report, Format::Markdown, &look())] {
        let bad = |it: char| it.is_control() && it != '\n' || matches!(it, '\u{202a}'..='\u{202e}');
        assert!(!text.contains(bad), "{text:?}");
    }
}

fn check_xml(report: &checks::report::Report) {
    let text = render(report, Format::Junit, &look());
    let is_allowed = |it: char| matches!(it, '\n' | '\t' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(text.chars().all(is_allowed), "{text}");
    let mut reader = quick_xml::Reader::from_str(&text);
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => break,
            quick_xml::events::Event::Start(it) | quick_xml::events::Event::Empty(it) => {
                assert!(it.attributes().all(|it| it.is_ok()), "{text}");
            }
            _ => (),
        }
    }
}

fn check_all(text: &str) {
    let report = hostile(text);
    check_github(&report);
    check_lines(&report);
    check_xml(&report);
}

#[test]
fn hostile_names_start_nothing() {
    for text in HOSTILE {
        check_all(text);
    }
}

#[test]
fn hostile_names_are_no_markup() {
    for text in HOSTILE {
        let text = render(&hostile(text), Format::Markdown, &look());
        let outside = without_code(&text);
        for bad in ["<img", "</summary>\n`", "@team", "](https:", "**b**", "<!--"] {
            assert!(!outside.contains(bad), "{bad} in {text}");
        }
        let count = |it: &str| outside.matches(it).count();
        assert_eq!(count("<details>"), count("</details>"), "{text}");
    }
}

/// The markdown without fenced blocks and without code.
fn without_code(text: &str) -> String {
    let mut out = String::new();
    let mut is_fenced = false;
    for line in text.lines() {
        if line.starts_with("~~~") {
            is_fenced = !is_fenced;
        } else if !is_fenced {
            out.push_str(&without_spans(line));
            out.push('\n');
        }
    }
    assert!(!is_fenced, "{text}");
    out
}

/// Code ends with as many backticks as it started with.
fn without_spans(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line.replace("\\`", "");
    while let Some(start) = rest.find('`') {
        out.push_str(&rest[..start]);
        let n_ticks = rest[start..].bytes().take_while(|it| *it == b'`').count();
        let after = rest[start + n_ticks..].to_owned();
        let mut done = 0;
        let end = loop {
            let Some(at) = after[done..].find('`').map(|it| it + done) else { break None };
            let n_here = after[at..].bytes().take_while(|it| *it == b'`').count();
            if n_here == n_ticks {
                break Some(at);
            }
            done = at + n_here;
        };
        match end {
            Some(at) => rest = after[at + n_ticks..].to_owned(),
            None => panic!("code without end: {line}"),
        }
    }
    out + &rest
}

#[test]
fn random_names_start_nothing() {
    let part = prop::sample::select(vec![
        "::",
        "\n",
        "\r",
        "%0A",
        "%",
        "error",
        "stop-commands",
        "##[",
        "]",
        " ",
        "\u{1b}[1m",
        "`",
        "|",
        "<",
        ">",
        "@x",
        "\u{85}",
        "\u{2028}",
        "a",
        "é",
        "😀",
        "~~~",
        ",",
        "=",
        "\\",
        "\t",
        "\"",
        "&",
    ]);
    let any_char = any::<char>().prop_map(|it| it.to_string());
    let text =
        prop::collection::vec(proptest::prop_oneof![part.prop_map(str::to_owned), any_char], 1..12);
    let config = proptest::test_runner::Config {
        failure_persistence: None,
        cases: 300,
        ..Default::default()
    };
    let rng = proptest::test_runner::TestRng::deterministic_rng(
        proptest::test_runner::RngAlgorithm::ChaCha,
    );
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(config, rng);
    runner
        .run(&text, |parts| {
            let text = parts.concat().replace(['/', '\0'], "_");
            if !matches!(text.as_str(), "" | "." | "..") {
                check_all(&text);
            }
            Ok(())
        })
        .unwrap_or_else(|err| panic!("seed: the fixed one of proptest; {err}"));
}
