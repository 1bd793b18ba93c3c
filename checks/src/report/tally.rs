//! A report counted and sorted, for the formats that tell the worst first.

use kernel::{Level, Verdict};

use crate::{
    gates::{CONTRACT_GATE, SDK_SYNC},
    report::{ContractMember, FindingRecord, Report, VerdictRecord, text::counted},
};

/// Findings that no waiver covers, worst first, else in the order of the report.
pub(crate) fn worst_first(report: &Report) -> Vec<&FindingRecord> {
    let mut findings: Vec<_> = report.findings().filter(|it| it.waived.is_none()).collect();
    findings.sort_by_key(|it| std::cmp::Reverse(it.level));
    findings
}

/// Findings that a waiver covers.
pub(crate) fn waived(report: &Report) -> impl Iterator<Item = &FindingRecord> {
    report.findings().filter(|it| it.waived.is_some())
}

/// What one reason leaves open.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Open<'a> {
    /// Why.
    pub(crate) reason: &'a str,
    /// What it does to the run.
    pub(crate) weight: Weight,
    /// The rules that it leaves open.
    pub(crate) rules: Vec<&'a str>,
}

/// What an open question does to the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Weight {
    /// Undecided, and fails the run.
    Counts,
    /// Undecided, told.
    Told,
    /// Undecided, and waived.
    Waived,
    /// The rule is red already.
    Partly,
}

/// Open questions, the weightiest first; rules with one reason stand together.
pub(crate) fn open(report: &Report) -> Vec<Open<'_>> {
    let mut all: Vec<Open<'_>> = Vec::new();
    for verdict in &report.verdicts {
        let Some(weight) = weight(report, verdict) else { continue };
        let reason = verdict.reason.as_deref().unwrap_or("no reason given");
        match all.iter_mut().find(|it| (it.reason, it.weight) == (reason, weight)) {
            Some(open) => open.rules.push(verdict.rule),
            None => all.push(Open { reason, weight, rules: vec![verdict.rule] }),
        }
    }
    all.sort_by_key(|it| it.weight);
    all
}

/// What is open about a verdict.
pub(crate) fn weight(report: &Report, verdict: &VerdictRecord) -> Option<Weight> {
    match verdict.verdict {
        Verdict::Undecided if verdict.is_undecided_waived => Some(Weight::Waived),
        Verdict::Undecided if report.undecided_counts && verdict.level == Level::Deny => {
            Some(Weight::Counts)
        }
        Verdict::Undecided => Some(Weight::Told),
        Verdict::Red => verdict.reason.as_ref().map(|_| Weight::Partly),
        Verdict::Green | Verdict::Off => None,
    }
}

impl Weight {
    /// What to do about it.
    pub(crate) fn advice(self) -> &'static str {
        match self {
            Self::Counts => "do what the reason says, or waive it by the name of what is missing",
            Self::Told => "a warning here; with `--strict` or `CI=true` it fails the run",
            Self::Waived => "waived: the exit passes over it",
            Self::Partly => "the rule is red all the same; more may be wrong than is shown",
        }
    }
}

/// The verdicts of one gate, counted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct GateTally<'a> {
    pub(crate) gate: &'a str,
    pub(crate) green: usize,
    pub(crate) red: usize,
    pub(crate) undecided: usize,
    pub(crate) off: usize,
    pub(crate) examined: usize,
}

/// Every gate of the report, in its order.
pub(crate) fn gates(report: &Report) -> Vec<GateTally<'_>> {
    let mut gates: Vec<GateTally<'_>> = Vec::new();
    for verdict in &report.verdicts {
        if gates.last().is_none_or(|it| it.gate != verdict.gate) {
            gates.push(GateTally { gate: verdict.gate, ..GateTally::default() });
        }
        let Some(gate) = gates.last_mut() else { continue };
        gate.examined += verdict.examined;
        let count = match verdict.verdict {
            Verdict::Green => &mut gate.green,
            Verdict::Red => &mut gate.red,
            Verdict::Undecided => &mut gate.undecided,
            Verdict::Off => &mut gate.off,
        };
        *count += 1;
    }
    // A repository without SDKs hears nothing of them.
    gates.retain(|it| it.gate != SDK_SYNC || it.verdict() != Verdict::Off);
    gates
}

impl GateTally<'_> {
    /// The gate's answer in one word.
    pub(crate) fn verdict(&self) -> Verdict {
        match self {
            Self { red: 1.., .. } => Verdict::Red,
            Self { undecided: 1.., .. } => Verdict::Undecided,
            Self { green: 1.., .. } => Verdict::Green,
            _ => Verdict::Off,
        }
    }

    /// `28 rules green, 412 examined`; nothing examined is no success.
    pub(crate) fn line(&self) -> String {
        let n_rules = self.green + self.off;
        let is_idle = self.examined == 0 && self.red + self.undecided == 0;
        if is_idle {
            return format!("nothing to check ({})", counted(n_rules, "rule"));
        }
        let mut parts = Vec::new();
        for (count, word) in
            [(self.red, "red"), (self.undecided, "undecided"), (self.green, "green")]
        {
            let part = if parts.is_empty() { counted(count, "rule") } else { count.to_string() };
            parts.extend((count > 0).then(|| format!("{part} {word}")));
        }
        parts.extend((self.off > 0).then(|| format!("{} off", self.off)));
        parts.push(examined(self.examined));
        parts.join(", ")
    }
}

/// The line of a gate; that of contracts tells which of them were compared, and why others not.
pub(crate) fn gate_line(report: &Report, gate: &GateTally<'_>) -> String {
    let told = (gate.gate == CONTRACT_GATE).then(|| contracts(report)).flatten();
    let is_idle = gate.examined == 0 && gate.red + gate.undecided == 0;
    match told {
        Some(told) if is_idle => format!("{told} ({})", counted(gate.green + gate.off, "rule")),
        Some(told) => format!("{}, {told}", gate.line()),
        None => gate.line(),
    }
}

/// `2 contracts compared, 1 new contract with no older one to compare it with`
fn contracts(report: &Report) -> Option<String> {
    let Some(ContractMember::Run(records)) = &report.contract else { return None };
    if report.base.is_none() {
        return Some("no base, so no contract is compared".to_owned());
    }
    let n_new = records.iter().filter(|it| it.base.is_none()).count();
    let n_gone = records.iter().filter(|it| it.head.is_none()).count();
    let n_compared = records.len() - n_new - n_gone;
    let of = |count: usize, adjective: &str, rest: &str| {
        (count > 0).then(|| format!("{}{rest}", counted(count, &format!("{adjective}contract"))))
    };
    let parts = [
        of(n_compared, "", " compared"),
        of(n_new, "new ", " with no older one to compare it with"),
        of(n_gone, "", " gone"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let is_none = parts.is_empty();
    Some(if is_none { "no contract changed".to_owned() } else { parts.join(", ") })
}

/// `412 examined`, or that there was nothing.
pub(crate) fn examined(count: usize) -> String {
    if count == 0 { "nothing to check".to_owned() } else { format!("{count} examined") }
}

/// `2 red · 1 undecided · 29 green · 412 examined`.
pub(crate) fn totals(report: &Report) -> String {
    let it = &report.summary;
    let examined = examined(it.examined);
    format!("{} red · {} undecided · {} green · {examined}", it.red, it.undecided, it.green)
}
