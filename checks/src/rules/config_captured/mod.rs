use kernel::{Confirmed, Finding, Level, Outcome, Place, Related, RepoPath, RuleInfo, Side, Stop};
use wrangler::Capture;

use crate::{
    context::Context,
    gates,
    route_audit::{
        Limited,
        config_witness::{ConfigLookup, FileNames},
    },
    rule::Rule,
};

/// A configuration that wrangler does not read in its own folder.
pub(crate) struct ConfigCaptured;

impl Rule for ConfigCaptured {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "config-captured",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "In the folder of a configuration wrangler reads another file.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let discovery = &cx.fleet().discovery;
        let outcome = Outcome { examined: discovery.configs.len(), ..Outcome::default() };
        let mut limited = Limited::new(outcome, &cx.policy.config.route_audit);
        // wrangler knows nothing of our `ignore`: an ignored file captures others all the same.
        let names = discovery.configs.iter().chain(&discovery.ignored);
        let paths: Vec<RepoPath> =
            names.filter(|it| wrangler::is_exact_name(it.as_str())).cloned().collect();
        let world = FileNames(paths.iter().map(RepoPath::to_string).collect());
        let is_audited = |it: &Capture| discovery.configs.binary_search(&it.captured).is_ok();
        for capture in wrangler::captures(&paths).iter().filter(|it| is_audited(it)) {
            limited.add(|| finding(capture, &world))?;
        }
        Ok(limited.finish())
    }
}

fn finding(capture: &Capture, world: &FileNames) -> Result<Finding, Stop> {
    let Capture { captured, read } = capture;
    let directory = if captured.folder().is_empty() { "." } else { captured.folder() };
    let witness = ConfigLookup {
        directory: directory.to_owned(),
        intended: Some(captured.to_string()),
        read: read.to_string(),
    };
    let related = Related { place: Place::start_of(read), note: "read instead".to_owned() };
    Ok(Finding {
        place: Place::start_of(captured),
        side: Side::Head,
        subject: captured.to_string(),
        message: format!("in `{directory}` wrangler reads `{read}`, not `{captured}`"),
        remedy: format!("delete or rename `{captured}` or `{read}`"),
        related: vec![related],
        witness: Confirmed::by_replay(&witness, world)?,
        fix: None,
        details: None,
    })
}
