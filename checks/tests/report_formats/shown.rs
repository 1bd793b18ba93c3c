//! What each format looks like; `cargo xtask bless` makes the snapshots again.

use checks::report::{Format, Look, render, summary};

use serde_json::Value;

use crate::sample::{full, green, look, many};

fn human(report: &checks::report::Report, look: &Look) -> String {
    anstream::adapter::strip_str(&render(report, Format::Human, look)).to_string()
}

#[test]
fn a_full_report_shows_everything_in_each_format() {
    let report = full();
    insta::assert_snapshot!("full_human", human(&report, &look()));
    for (name, format) in [
        ("full_github", Format::Github),
        ("full_markdown", Format::Markdown),
        ("full_junit", Format::Junit),
        ("full_json", Format::Json),
    ] {
        insta::assert_snapshot!(name, render(&report, format, &look()));
    }
}

#[test]
fn a_log_carries_the_pages_of_its_rules() {
    let mut log: Value = serde_json::from_str(&render(&full(), Format::Sarif, &look())).unwrap();
    for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap() {
        let members = rule.as_object_mut().unwrap();
        let of_page = ["help", "shortDescription", "fullDescription", "defaultConfiguration"];
        let texts = of_page.map(|it| members.remove(it));
        if members["id"] == "route-claimed-twice" {
            let [help, short, _, configuration] = texts.map(Option::unwrap);
            assert!(help["markdown"].as_str().unwrap().starts_with("# route-claimed-twice\n"));
            assert!(short["text"].as_str().unwrap().ends_with('.'));
            assert_eq!(configuration["level"], "error");
        }
    }
    // The pages change with their rules; the rest of the log is ours.
    insta::assert_snapshot!("full_sarif", kernel::canonical_json(&log));
}

#[test]
fn a_green_report_is_short() {
    let report = green();
    insta::assert_snapshot!("green_human", human(&report, &look()));
    insta::assert_snapshot!("green_markdown", render(&report, Format::Markdown, &look()));
    assert_eq!(render(&report, Format::Markdown, &look()).lines().count(), 3);
    let quiet = Look { is_quiet: true, ..look() };
    assert_eq!(human(&report, &quiet), "");
}

#[test]
fn quiet_tells_only_what_fails() {
    let text = human(&full(), &Look { is_quiet: true, ..look() });
    insta::assert_snapshot!("quiet_human", text);
}

#[test]
fn nothing_examined_is_no_success() {
    let mut report = green();
    report.verdicts.iter_mut().for_each(|it| it.examined = 0);
    report.summary.examined = 0;
    for text in [human(&report, &look()), render(&report, Format::Markdown, &look())] {
        assert!(text.contains("nothing to check") && !text.contains("0 examined"), "{text}");
    }
}

#[test]
fn a_narrow_terminal_gets_narrow_sources() {
    let mut report = full();
    let long =
        format!("name = \"jobs\"\nroutes = [\"api.shop.example/*\"{}]\n", ", \"x\"".repeat(99));
    for text in report.sources.values_mut() {
        *text = long.as_str().into();
    }
    let text = human(&report, &Look { columns: 50, ..look() });
    let sources = text.lines().filter(|it| it.contains(" | "));
    assert!(
        sources.clone().count() > 0 && sources.into_iter().all(|it| it.chars().count() <= 60),
        "{text}"
    );
}

#[test]
fn three_hundred_findings_stay_readable() {
    let report = many(300);
    let text = human(&report, &look());
    assert!(text.lines().count() < 400, "{}", text.lines().count());
    for idx in 0..300 {
        assert!(text.contains(&format!("service-{idx:03}/wrangler.toml:2:11")), "{idx}");
    }
    let github = render(&report, Format::Github, &look());
    let annotations: Vec<_> = github.lines().filter(|it| it.starts_with("::error")).collect();
    assert_eq!(annotations.len(), 10);
    assert!(annotations[9].ends_with("::and 291 more: summary"), "{}", annotations[9]);
}

#[test]
fn many_findings_stand_by_host() {
    let text = render(&many(7), Format::Markdown, &look());
    let titles: Vec<_> = text.lines().filter(|it| it.starts_with("#### ")).collect();
    assert_eq!(
        titles,
        [
            "#### `host0.shop.example`: 3 findings",
            "#### `host1.shop.example`: 2 findings",
            "#### `host2.shop.example`: 2 findings",
        ]
    );
}

#[test]
fn a_summary_keeps_its_limit_and_counts_the_rest() {
    let report = many(300);
    let whole = summary(&report, usize::MAX);
    for limit in [2_000, 10_000, 50_000] {
        let text = summary(&report, limit);
        assert!(text.len() <= limit, "{limit}: {}", text.len());
        let n_shown = text.matches("**error[").count();
        assert!(text.contains(&format!("{} findings left out", 300 - n_shown)), "{limit}");
    }
    assert!(whole.matches("**error[").count() == 300 && !whole.contains("left out"));
}

#[test]
fn a_summary_keeps_its_limit_also_in_its_lists() {
    let mut report = many(3);
    let waiver = |idx: usize| checks::report::NewWaiver {
        rule: "route-claimed-twice".to_owned(),
        subject: format!("host{idx}.shop.example/*"),
        reason: "é`*".repeat(5_000),
        owner: "@team-edge".to_owned(),
        expires: "2027-01-31".to_owned(),
    };
    report.waivers = (0..40).map(waiver).collect();
    assert!(summary(&report, usize::MAX).len() > 400_000);
    for limit in [1_000, 50_000, 300_000] {
        let text = summary(&report, limit);
        assert!(text.len() <= limit, "{limit}: {}", text.len());
        assert!(text.starts_with("## checks: red\n"), "{limit}");
        assert!(text.ends_with("left out here; the JSON report has all of it.\n"), "{limit}");
    }
}

#[test]
fn nine_findings_need_no_tenth_annotation() {
    for (count, expected) in [(9, 9), (10, 10), (11, 10)] {
        let text = render(&many(count), Format::Github, &look());
        assert_eq!(text.matches("\n::error ").count(), expected, "{count}");
    }
}

#[test]
fn platforms_get_paths_of_the_repository() {
    let look = Look { prefix: "services/".to_owned(), ..look() };
    assert!(
        render(&full(), Format::Github, &look)
            .contains("::error file=services/jobs/wrangler.toml,")
    );
    assert!(render(&full(), Format::Sarif, &look).contains("\"services/jobs/wrangler.toml\""));
}

#[test]
fn secrets_in_shown_lines_are_masked() {
    let report = full();
    for format in [Format::Human, Format::Github, Format::Markdown, Format::Sarif, Format::Junit] {
        let text = render(&report, format, &look());
        for secret in ["hunter2", "ghp_a1B2"] {
            assert!(!text.contains(secret), "{format:?}: {text}");
        }
    }
    assert!(human(&report, &look()).contains("# <redacted>"));
}
