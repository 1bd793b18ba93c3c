use std::collections::BTreeMap;

use clap::Args;
use kernel::{RepoPath, canonical_json, redact};
use serde_json::{Value, json};
use wrangler::{Switch, Unit, UnitId};

use crate::{
    cli::{
        Shell,
        routes::{Site, printable},
    },
    judge::redacted_json,
    route_audit::{Claim, Fleet, Target, is_deployed, kind_name},
};

/// Show every Worker and Pages project, what it claims, and the owners of every host.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  checks routes table --json")]
pub(crate) struct Arguments {}

pub(crate) fn main(_arguments: &Arguments, shell: &Shell<'_>) -> anyhow::Result<u8> {
    let site = Site::open(shell)?;
    if shell.is_json() {
        shell.print(&canonical_json(&redacted_json(&document(&site))))?;
    } else {
        shell.print(&redact(&text(&site.fleet)))?;
    }
    Ok(0)
}

fn document(site: &Site) -> Value {
    let fleet = &site.fleet;
    let mut claims: BTreeMap<UnitId, Vec<&Claim>> = BTreeMap::new();
    for claim in &fleet.claims {
        claims.entry(claim.unit).or_default().push(claim);
    }
    let worker = |(id, unit): (UnitId, &Unit)| {
        let claims = claims.get(&id).map_or(&[][..], Vec::as_slice);
        worker(site, unit, claims)
    };
    let workers: Vec<Value> = fleet.workers.units().map(worker).collect();
    let hosts = fleet.hosts();
    let hosts = hosts.iter().map(|(host, owners)| json!({"host": host, "owners": owners}));
    json!({
        "schema": "checks-routes-table/v1",
        "workers": workers,
        "hosts": hosts.collect::<Vec<_>>(),
        "undecided": site.undecided(),
    })
}

fn worker(site: &Site, unit: &Unit, claims: &[&Claim]) -> Value {
    let switch = |it: &Option<Switch>| it.as_ref().map(|it| it.value);
    let services = unit.services.iter();
    let services = services.map(|it| json!({"binding": it.binding, "service": it.service}));
    json!({
        "owner": unit.owner,
        "name": unit.name,
        "config": unit.path,
        "env": unit.env,
        "kind": kind_name(unit.kind),
        "account": unit.account,
        "deployed": is_deployed(unit, &site.config.route_audit),
        "workers_dev": switch(&unit.workers_dev),
        "preview_urls": switch(&unit.preview_urls),
        "on_workers_dev": unit.on_workers_dev,
        "routes": claims.iter().map(|it| claim(&site.fleet, it)).collect::<Vec<_>>(),
        "services": services.collect::<Vec<_>>(),
    })
}

fn claim(fleet: &Fleet, claim: &Claim) -> Value {
    let declared = fleet.declared(claim);
    let is_domain = declared.is_some_and(|it| it.custom_domain);
    json!({
        "pattern": declared.and_then(|it| it.pattern.as_deref()),
        "declared": declared.map(|it| it.declared.to_json()),
        "kind": if is_domain { "custom-domain" } else { "route" },
        "zone": declared.and_then(|it| it.zone_name.as_deref()),
        "specificity": claim.pattern().map(routes::Pattern::specificity),
        "valid": claim.target.is_ok(),
        "code": claim.target.as_ref().err().map(crate::route_audit::Refused::code),
        "line": claim.place.region.line,
        "column": claim.place.region.column,
    })
}

/// One line for each host, owner and file, in columns.
fn text(fleet: &Fleet) -> String {
    let mut rows: BTreeMap<(&str, &str), Vec<&RepoPath>> = BTreeMap::new();
    for claim in fleet.claims.iter().filter(|it| it.takes_part()) {
        let host = match &claim.target {
            Ok(Target::Route(pattern)) => pattern.host_text(),
            Ok(Target::Domain(domain)) => domain.host(),
            Err(_) => continue,
        };
        let files = rows.entry((host, fleet.owner(claim.owner))).or_default();
        if !files.contains(&&claim.place.path) {
            files.push(&claim.place.path);
        }
    }
    if rows.is_empty() {
        return "no host is claimed\n".to_owned();
    }
    let width = |texts: &mut dyn Iterator<Item = &str>| {
        texts.map(|it| printable(it).chars().count()).max().unwrap_or(0)
    };
    let host_width = width(&mut rows.keys().map(|(host, _)| *host)).max("host".len());
    let owner_width = width(&mut rows.keys().map(|(_, owner)| *owner)).max("owner".len());
    let mut text = format!("{:host_width$}  {:owner_width$}  file\n", "host", "owner");
    for ((host, owner), files) in rows {
        let files: Vec<String> = files.iter().map(|it| printable(it.as_str())).collect();
        let [host, owner] = [host, owner].map(printable);
        let files = files.join(", ");
        text.push_str(&format!("{host:host_width$}  {owner:owner_width$}  {files}\n"));
    }
    text
}
