//! A report as incidents: what is wrong now, and what is over.

use github::Incident;
use kernel::{Level, Verdict};

use super::told::{Finding, Told};
use crate::report::{
    markdown::escape::{code, inline},
    text::{cut, visible},
};

/// The issue of one finding.
#[must_use]
pub fn incident(told: &Told, finding: &Finding) -> Incident {
    let title = visible(&finding.message).replace('`', "");
    let replay = code(&format!("checks run --rule {}", finding.rule));
    let witness = format!("{:#}", finding.witness);
    let witness = cut(&witness, 8_000).replace("~~~", "~ ~ ~");
    let body = format!(
        "**Next:** {}\n\nAt {}: {} ({})\n\n<details><summary>witness</summary>\n\n~~~json\n{witness}\n~~~\n\n</details>\n\n\
         Replay: {replay}\n\nThis issue is kept up to date while it lasts, and closed when the rule is green again. \
         Judged by {}.\n",
        inline(&finding.remedy),
        code(&format!("{}:{}", finding.path, finding.line)),
        inline(&finding.message),
        code(&finding.rule),
        inline(&format!("{} {}", told.tool.name, told.tool.version)),
    );
    Incident {
        rule: finding.rule.clone(),
        fingerprint: finding.fingerprint.clone(),
        title: cut(&title, 200).into_owned(),
        body,
    }
}

/// The closing words, if a report knows that this finding is over. A rule that was not asked, has
/// no answer or left findings untold knows nothing.
#[must_use]
pub fn over(told: &Told, rule: &str, fingerprint: &str) -> Option<String> {
    let verdict = told.verdicts.iter().find(|it| it.rule == rule)?;
    let is_known = matches!(verdict.verdict, Verdict::Green | Verdict::Red) && verdict.omitted == 0;
    let found = verdict.findings.iter().find(|it| it.fingerprint == fingerprint);
    match found {
        _ if !is_known => None,
        None => Some(format!("Green again: {} holds at {}.\n", code(rule), code(&told.now))),
        Some(it) if it.level != Level::Deny => {
            Some(format!("Closed: {} no longer counts as red.\n", code(rule)))
        }
        Some(it) => it.waived.as_ref().map(|waiver| {
            let (owner, expires) = (code(&waiver.owner), inline(&waiver.expires));
            format!("Closed: waived by {owner} until {expires}. It comes back after that day.\n")
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::told::tests::told;

    #[test]
    fn only_an_answer_ends_an_incident() {
        let check = |answer: &str, rule: &str, print: &str, is_over: bool| {
            let told = told(&[("route-audit", "a", answer)]);
            assert_eq!(over(&told, rule, print).is_some(), is_over, "{answer} {rule} {print}");
        };
        check("green", "a", "f1", true);
        check("red", "a", "f1", false);
        check("red", "a", "f2", true);
        check("undecided", "a", "f1", false);
        check("off", "a", "f1", false);
        check("green", "b", "f1", false);
    }

    #[test]
    fn an_issue_starts_with_what_to_do() {
        let told = told(&[("route-audit", "a", "red")]);
        let incident = incident(&told, told.red()[0]);
        assert_eq!(incident.title, "api.shop.example/* is claimed by api and jobs");
        assert!(incident.body.starts_with("**Next:** keep it in one of"), "{}", incident.body);
    }
}
