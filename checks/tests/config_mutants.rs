//! Every rule on configurations kills its mutants, and nothing else speaks.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at a surprise")]
#![allow(clippy::print_stdout, reason = "a random test prints its seed")]

mod config_fixture;

use checks::rule_test::verdict_of;
use kernel::Verdict;

use crate::config_fixture::{Chance, Fixture, mutation::MUTATIONS, told};

const SEED: u64 = 20_261_121;
const MUTANTS: u64 = 24;

#[test]
fn a_repository_without_faults_has_no_finding() {
    for seed in SEED..SEED + MUTANTS {
        println!("seed {seed}");
        let fixture = Fixture::new(&mut Chance(seed));
        let report = fixture.judge();
        assert_eq!(told(&report), [], "{fixture:#?}");
        for verdict in &report.verdicts {
            let is_good = matches!(verdict.verdict, Verdict::Green | Verdict::Off);
            assert!(is_good, "{}: {:?}", verdict.rule, verdict.reason);
        }
    }
}

#[test]
fn every_mutant_is_caught_by_its_rule_alone() {
    for (rule, mutate) in MUTATIONS {
        for seed in SEED..SEED + MUTANTS {
            println!("{rule}, seed {seed}");
            let mut chance = Chance(seed);
            let mut fixture = Fixture::new(&mut chance);
            let path = mutate(&mut fixture, &mut chance);
            let report = fixture.judge();
            let told = told(&report);
            assert!(!told.is_empty(), "survived: {fixture:#?}");
            assert!(told.iter().all(|it| it.0 == *rule), "{told:?} {fixture:#?}");
            let paths: Vec<&str> = report.findings().map(|it| it.path.as_str()).collect();
            let related: Vec<&str> =
                report.findings().flat_map(|it| &it.related).map(|it| it.path.as_str()).collect();
            assert!(paths.contains(&&*path) || related.contains(&&*path), "{path}: {paths:?}");
            let text = checks::report::render(
                &report,
                checks::report::Format::Json,
                &checks::report::Look {
                    columns: 100,
                    is_quiet: false,
                    elapsed: std::time::Duration::ZERO,
                    prefix: String::new(),
                },
            );
            assert!(!text.contains("hunter2"), "a secret is told: {text}");
        }
    }
}

#[test]
fn code_makes_what_it_hides_undecided() {
    let undecided =
        ["programmatic-config", "worker-name-claimed-twice", "dangling-service-binding"];
    for seed in SEED..SEED + MUTANTS {
        println!("seed {seed}");
        let mut chance = Chance(seed);
        let mut fixture = Fixture::new(&mut chance);
        let stem = *chance.pick(&["wrangler.config", "cloudflare.config"]);
        let ending = *chance.pick(&["ts", "mts", "js", "mjs"]);
        let folder = fixture.services[chance.number(7)].folder.clone();
        fixture.files.push((format!("{folder}/{stem}.{ending}"), "export default {};".into()));
        let report = fixture.judge();
        assert_eq!(told(&report), []);
        for rule in undecided {
            assert_eq!(verdict_of(&report, rule).unwrap().verdict, Verdict::Undecided, "{rule}");
        }
        assert_eq!(verdict_of(&report, "config-captured").unwrap().verdict, Verdict::Green);
    }
}
