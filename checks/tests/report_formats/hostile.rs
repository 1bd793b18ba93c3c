//! Names that try to start a command, a link or a tag.

use checks::report::{Format, render};
use proptest::prelude::{Strategy, any, prop};
use quick_xml::events::Event;

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
        let event = reader.read_event().unwrap();
        if let Event::Start(it) | Event::Empty(it) = &event {
            assert!(it.attributes().all(|it| it.is_ok()), "{text}");
        }
        if event == Event::Eof {
            break;
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
fn long_messages_are_cut_within_the_limit() {
    for part in ["a", "é", "😀", "%", "\n"] {
        let mut report = hostile("x");
        for it in report.verdicts.iter_mut().flat_map(|it| &mut it.findings) {
            it.message = part.repeat(6_000);
        }
        check_github(&report);
        assert!(render(&report, Format::Github, &look()).ends_with("…\n"), "{part}");
    }
}

/// What the runner makes of a property.
fn decoded(text: &str) -> String {
    let text = text.replace("%0A", "\n").replace("%0D", "\r");
    text.replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
}

#[test]
fn the_runner_reads_the_path_that_was_meant() {
    for text in ["a\n::error::x", "a\rb", "%0A::add-mask::x", "a,b=c:d", "%25%3A", "é ♫"] {
        let report = hostile(text);
        let text = render(&report, Format::Github, &look());
        let files: Vec<String> = commands(&text)
            .iter()
            .filter_map(|it| it.split_once(" file=")?.1.split_once(",line="))
            .map(|(file, _)| decoded(file))
            .collect();
        let expected = report.findings().next().unwrap().path.as_str();
        assert_eq!(files, [expected, expected], "{text}");
    }
}

/// A pipe gets no styles; what is no style must pass through unchanged.
#[test]
fn data_passes_through_a_pipe_unchanged() {
    for text in HOSTILE {
        for format in [Format::Json, Format::Sarif, Format::Junit, Format::Markdown, Format::Github]
        {
            let whole = render(&hostile(text), format, &look());
            let piped = anstream::adapter::strip_str(&whole).to_string();
            assert_eq!(piped, whole, "{format:?}");
        }
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
    let line = line.replace("\\`", "");
    let mut out = String::new();
    let mut rest = line.as_str();
    while let Some(start) = rest.find('`') {
        let (before, code) = rest.split_at(start);
        let n_ticks = ticks(code);
        let end = code_end(&code[n_ticks..], n_ticks);
        let end = end.unwrap_or_else(|| panic!("code without end: {line}"));
        out.push_str(before);
        rest = &code[n_ticks + end..];
    }
    out + rest
}

fn ticks(text: &str) -> usize {
    text.bytes().take_while(|it| *it == b'`').count()
}

/// The byte after the backticks that end the code.
fn code_end(code: &str, n_ticks: usize) -> Option<usize> {
    let mut done = 0;
    loop {
        let at = done + code[done..].find('`')?;
        let n_here = ticks(&code[at..]);
        done = at + n_here;
        if n_here == n_ticks {
            return Some(done);
        }
    }
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
