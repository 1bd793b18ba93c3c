//! Reads what `cargo test -- --show-output` prints.

use std::collections::BTreeSet;

use crate::step::Answer;

/// Counts the tests in the output of one or more test binaries.
///
/// A test that could not look at its subject prints a line `skipped: why` and passes; it counts as
/// skipped, so that the closing line does not claim more than was seen.
pub(crate) fn count(output: &str) -> Answer {
    let mut answer = Answer::default();
    let mut test = "";
    let mut skipping = BTreeSet::new();
    for line in output.lines() {
        if let Some(name) =
            line.strip_prefix("---- ").and_then(|it| it.strip_suffix(" stdout ----"))
        {
            test = name;
        } else if let Some(reason) = line.strip_prefix("skipped: ")
            && skipping.insert(test)
        {
            answer.skipped.push(format!("{test}: {reason}"));
        } else if let Some(result) = line.strip_prefix("test result: ") {
            let passed = number_before(result, " passed");
            answer.passed += passed.saturating_sub(skipping.len());
            answer.failed += number_before(result, " failed");
            skipping.clear();
        }
    }
    answer
}

/// The number directly before this word.
fn number_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().unwrap_or_default();
    let digits = before.rsplit(|it: char| !it.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::count;

    fn check(output: &str, passed: usize, failed: usize, skipped: &[&str]) {
        let answer = count(output);
        assert_eq!((answer.passed, answer.failed), (passed, failed), "{output}");
        assert_eq!(answer.skipped, skipped, "{output}");
    }

    #[test]
    fn results_of_all_binaries_add_up() {
        check("", 0, 0, &[]);
        check("test result: ok. 12 passed; 0 failed; 0 ignored; finished in 0.01s", 12, 0, &[]);
        let two = "test result: ok. 3 passed; 0 failed;\ntest result: FAILED. 10 passed; 2 failed;";
        check(two, 13, 2, &[]);
    }

    #[test]
    fn a_test_that_skips_is_not_counted_as_passed() {
        let output = "\
---- corpus::rows_agree stdout ----
skipped: no corpora beside the repository
skipped: no corpora beside the repository

---- other stdout ----
hello

test result: ok. 3 passed; 0 failed; 0 ignored
test result: ok. 2 passed; 0 failed; 0 ignored";
        check(output, 4, 0, &["corpus::rows_agree: no corpora beside the repository"]);
    }
}
