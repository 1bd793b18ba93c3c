//! Findings as blocks of text; many of them that speak of hosts stand together by host.

use std::collections::BTreeMap;

use crate::report::{
    FindingRecord, Report,
    markdown::{code, finding},
    tally,
    text::counted,
};

/// From so many findings with a host on, a reader looks for his host first.
const GROUPED_FROM: usize = 5;

/// A part of the report that is told whole or not at all.
pub(super) struct Block {
    pub(super) text: String,
    pub(super) n_findings: usize,
}

/// The findings that no waiver covers, worst first.
pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let findings = tally::worst_first(report);
    if findings.is_empty() {
        return Vec::new();
    }
    let with_host = findings.iter().filter(|it| host_of(it).is_some()).count();
    let title = Block { text: "\n### Findings\n".to_owned(), n_findings: 0 };
    let mut blocks = vec![title];
    if with_host < GROUPED_FROM {
        blocks.extend(findings.iter().map(|it| block(report, it)));
        return blocks;
    }
    let mut hosts: BTreeMap<Option<String>, Vec<&FindingRecord>> = BTreeMap::new();
    for it in findings {
        hosts.entry(host_of(it)).or_default().push(it);
    }
    let mut hosts: Vec<_> = hosts.into_iter().collect();
    let worst = |it: &[&FindingRecord]| it.iter().map(|it| it.level).max();
    // The worst host first, then the one with most findings, then by name.
    hosts.sort_by_key(|(_, it)| std::cmp::Reverse((worst(it), it.len())));
    for (host, findings) in hosts {
        let name = host.as_deref().map_or_else(|| "no host".to_owned(), code);
        let text = format!("\n#### {name}: {}\n", counted(findings.len(), "finding"));
        blocks.push(Block { text, n_findings: 0 });
        blocks.extend(findings.iter().map(|it| block(report, it)));
    }
    blocks
}

fn block(report: &Report, it: &FindingRecord) -> Block {
    Block { text: finding(report, it), n_findings: 1 }
}

/// The host that a witness speaks of.
fn host_of(finding: &FindingRecord) -> Option<String> {
    let text = |name: &str| finding.witness.get(name)?.as_str();
    if let Some(host) = text("host") {
        return Some(host.to_ascii_lowercase());
    }
    let url = text("url")?;
    let rest = url.split_once("://").map_or(url, |(_, it)| it);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}
