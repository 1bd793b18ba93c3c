use contracts::Pointer;
use kernel::{Confirmed, Finding, Level, Outcome, Place, RuleInfo, Side, Stop};

use crate::{
    context::Context,
    gates,
    rule::Rule,
    sdk_sync::{
        making::Made,
        name_pair::{NamePair, Texts, pairs},
        sdks,
    },
};

/// Two names of a contract would be one name in TypeScript.
pub(crate) struct SdkNameCollision;

impl Rule for SdkNameCollision {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "sdk-name-collision",
            gate: gates::SDK_SYNC,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[],
            summary: "Two names of a contract would be one name in TypeScript.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let sdks = sdks(cx)?;
        let mut outcome = Outcome { examined: sdks.sdks.len(), ..Outcome::default() };
        for sdk in &sdks.sdks {
            let world = Texts { files: sdk.made.texts.clone() };
            for pair in pairs(&sdk.made.plan.names) {
                outcome.findings.push(finding(&sdk.made, &pair, &world)?);
            }
        }
        Ok(outcome)
    }
}

fn finding(made: &Made, pair: &NamePair, world: &Texts) -> Result<Finding, Stop> {
    let contract = &made.service.contract;
    let renamed = pair.names.iter().find(|it| it.typescript != pair.wanted);
    let renamed = renamed.or(pair.names.first());
    let name = renamed.map_or("", |it| it.contract.as_str());
    let folders = [["components", "schemas"].as_slice(), &["definitions"]];
    let pointers = folders
        .iter()
        .map(|it| it.iter().fold(Pointer::root(), |at, name| at.child(name)).child(name));
    let wanted: Vec<_> = pointers.map(|it| (contract.clone(), it)).collect();
    let places = made.places(&wanted);
    let is_known = |it: &&Place| it.region.line > 1;
    let place = wanted.iter().filter_map(|it| places.get(it)).find(is_known).cloned();
    let got = pair.names.iter().map(|it| format!("`{}` is `{}`", it.contract, it.typescript));
    let got: Vec<String> = got.collect();
    Ok(Finding {
        place: place.unwrap_or_else(|| Place::start_of(contract)),
        side: Side::Head,
        subject: format!("{contract}: {}", pair.wanted),
        message: format!("`{}` is wanted by several names: {}", pair.wanted, got.join(", ")),
        remedy: "rename one of them in the contract, or give one an `x-sdk-name`".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(pair, world)?,
        fix: None,
        details: None,
    })
}
