use kernel::{Confirmed, Finding, Level, Outcome, Place, RepoPath, RuleInfo, Side, Stop};

use crate::{
    context::Context,
    gates,
    route_audit::{
        Limited,
        config_witness::{ConfigLookup, FileNames},
    },
    rule::Rule,
};

/// A deploy redirect that is part of the repository.
pub(crate) struct ConfigRedirectCommitted;

impl Rule for ConfigRedirectCommitted {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "config-redirect-committed",
            gate: gates::ROUTE_AUDIT,
            level: Level::Deny,
            since: "0.1.0",
            needs: &[],
            summary: "A committed deploy redirect makes wrangler read another file than the one reviewed.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let discovery = &cx.fleet().discovery;
        let examined = discovery.configs.len() + discovery.redirects.len();
        let outcome = Outcome { examined, ..Outcome::default() };
        let mut limited = Limited::new(outcome, &cx.policy.config.route_audit);
        let names = discovery.configs.iter().chain(&discovery.ignored);
        let paths: Vec<RepoPath> =
            names.filter(|it| wrangler::is_exact_name(it.as_str())).cloned().collect();
        let all = paths.iter().chain(&discovery.redirects);
        let world = FileNames(all.map(RepoPath::to_string).collect());
        for redirect in &discovery.redirects {
            let read = target(cx, redirect).unwrap_or_else(|| redirect.to_string());
            limited.add(|| finding(redirect, read, &paths, &world))?;
        }
        Ok(limited.finish())
    }
}

fn finding(
    redirect: &RepoPath,
    read: String,
    paths: &[RepoPath],
    world: &FileNames,
) -> Result<Finding, Stop> {
    let folder = redirect.as_str().strip_suffix(wrangler::REDIRECT).unwrap_or_default();
    let folder = folder.strip_suffix('/').unwrap_or(folder);
    let directory = if folder.is_empty() { "." } else { folder };
    let intended = wrangler::config_read_in(paths, folder);
    let witness = ConfigLookup {
        directory: directory.to_owned(),
        intended: intended.map(RepoPath::to_string),
        read,
    };
    Ok(Finding {
        place: Place::start_of(redirect),
        side: Side::Head,
        subject: redirect.to_string(),
        message: format!("in `{directory}` wrangler reads `{}` instead", witness.read),
        remedy: "remove it from git and ignore `.wrangler/`".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&witness, world)?,
        fix: None,
        details: None,
    })
}

/// The file that the redirect names, from the root, if it can be told.
///
/// The redirect is at fault whatever it holds, so one that does not parse is no further finding.
fn target(cx: &Context<'_>, redirect: &RepoPath) -> Option<String> {
    let bytes = cx.head().bytes(redirect).ok()?;
    let text = str::from_utf8(&bytes).ok()?;
    let root = snapshot::parse_jsonc(text).ok()?;
    let named = root.get("configPath")?.as_str()?;
    let mut parts: Vec<&str> = redirect.folder().split('/').collect();
    for part in named.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    RepoPath::new(&parts.join("/")).ok().map(|it| it.to_string())
}
