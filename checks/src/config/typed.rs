//! The settings in force, with types: what rules get.

use std::collections::BTreeMap;

use kernel::{Date, Place, Side, Waiver};

use crate::config::{ContractGate, SdkSync, Setting};

/// The policy in force.
#[derive(Debug, Clone)]
pub struct Config {
    /// The settings it was read from.
    pub root: Setting,
    /// The gate `route-audit`.
    pub route_audit: RouteAudit,
    /// The gate `contract-gate`.
    pub contract_gate: ContractGate,
    /// The gate `sdk-sync`.
    pub sdk_sync: SdkSync,
    /// The longest time for which a waiver may be given, in days.
    pub max_waiver_days: i64,
    /// Head's waivers.
    pub waivers: Vec<Waiver>,
}

/// Settings of the gate `route-audit`.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteAudit {
    /// Workers that are reached by bindings only.
    pub internal: Vec<String>,
    /// Globs of files that are not read.
    pub ignore: Vec<String>,
    /// Units nobody deploys.
    pub undeployed: Vec<String>,
    /// Targets of bindings that others deploy.
    pub external_services: Vec<String>,
    /// Hosts that legally lie outside their zone.
    pub saas_hostnames: Vec<String>,
    /// Whether a valid proof is demanded.
    pub require_proof: RequireProof,
    /// Findings shown per rule.
    pub max_findings: usize,
    /// Custom domains of Pages projects.
    pub pages_domains: BTreeMap<String, Vec<String>>,
    /// Hosts with one declared owner.
    pub public_hosts: Vec<PublicHost>,
    /// Overlaps that are meant.
    pub allowed_overlaps: Vec<Allowance>,
    /// What public URLs answer.
    pub live: Vec<LiveHead>,
}

/// When a valid proof must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequireProof {
    /// Not at all.
    Never,
    /// When the configurations differ from base.
    OnChange,
    /// In any case.
    Always,
}

/// A host with one declared owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicHost {
    /// The host.
    pub host: String,
    /// Who owns it.
    pub owner: String,
    /// How many deployed claims of the owner cover it.
    pub claims: usize,
    /// Where it is declared.
    pub place: Place,
    /// In which revision.
    pub side: Side,
}

/// An overlap of two owners that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// Its position in the file, from 0.
    pub index: usize,
    /// Whose route runs.
    pub winner: String,
    /// Whose route or domain is passed over.
    pub loser: String,
    /// A pattern that must hold the whole overlap.
    pub within: Option<String>,
    /// The last day on which it permits.
    pub expires: Option<Date>,
    /// Where it is written.
    pub place: Place,
}

/// What a public URL is expected to answer.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveHead {
    /// What is asked.
    pub url: String,
    /// What must come.
    pub expect: LiveExpectation,
    /// Where it is declared.
    pub place: Place,
    /// In which revision.
    pub side: Side,
}

/// What a live head must look like.
#[derive(Debug, Clone, PartialEq)]
pub enum LiveExpectation {
    /// A JSON Web Key Set without private members.
    Jwks,
    /// JSON with this value at this pointer; without a pointer, any JSON.
    Json {
        /// JSON pointer into the answer.
        pointer: Option<String>,
        /// The value expected there.
        equals: Option<serde_json::Value>,
    },
}

impl Config {
    /// Reads the settings in force; their shapes were checked when the file was read.
    #[must_use]
    pub fn of(root: Setting) -> Self {
        let audit = root.at(&["gates", "route-audit"]);
        let max_waiver_days = root.at(&["gates", "policy", "max-waiver-days"]);
        let contract_gate = ContractGate::of(root.at(&["gates", "contract-gate"]));
        let sdk_sync = SdkSync::of(root.at(&["gates", "sdk-sync"]), &contract_gate.contracts);
        Self {
            route_audit: RouteAudit::of(audit),
            contract_gate,
            sdk_sync,
            max_waiver_days: max_waiver_days.and_then(Setting::integer).unwrap_or(90),
            waivers: items(Some(&root), "waivers").iter().filter_map(waiver).collect(),
            root,
        }
    }

    /// The settings in force where they are the stricter of two files: what rules say of single
    /// items must still point at their positions in head's own file.
    #[must_use]
    pub fn of_stricter(stricter: Setting, head: &Setting) -> Self {
        let mut config = Self::of(stricter);
        let own = items(head.at(&["gates", "route-audit"]), "allowed-overlaps");
        for allowance in &mut config.route_audit.allowed_overlaps {
            let position = own.iter().position(|it| it.place == allowance.place);
            allowance.index = position.unwrap_or(allowance.index);
        }
        config
    }

    /// Is `new-only` set for this rule or its gate?
    #[must_use]
    pub fn is_new_only(&self, gate: &str, rule: &str) -> bool {
        let truth = |path: &[&str]| self.root.at(path).and_then(Setting::truth);
        truth(&["rules", rule, "new-only"])
            .or_else(|| truth(&["gates", gate, "new-only"]))
            .unwrap_or(false)
    }

    /// Is this gate switched off?
    #[must_use]
    pub fn is_gate_off(&self, gate: &str) -> bool {
        self.root.at(&["gates", gate, "enabled"]).and_then(Setting::truth) == Some(false)
    }

    /// The level that `checks.toml` gives a rule, if any.
    #[must_use]
    pub fn level(&self, rule: &str) -> Option<kernel::Level> {
        match self.root.at(&["rules", rule, "level"])?.text()? {
            "off" => Some(kernel::Level::Off),
            "note" => Some(kernel::Level::Note),
            "warn" => Some(kernel::Level::Warn),
            "deny" => Some(kernel::Level::Deny),
            _ => None,
        }
    }
}

impl RouteAudit {
    fn of(audit: Option<&Setting>) -> Self {
        let member = |name| audit.and_then(|it| it.get(name));
        let domains = member("pages-domains").map_or(&[][..], Setting::members);
        let require_proof = match member("require-proof").and_then(Setting::text) {
            Some("on-change") => RequireProof::OnChange,
            Some("always") => RequireProof::Always,
            _ => RequireProof::Never,
        };
        let allowances = items(audit, "allowed-overlaps").iter().enumerate();
        Self {
            internal: texts(audit, "internal"),
            ignore: texts(audit, "ignore"),
            undeployed: texts(audit, "undeployed"),
            external_services: texts(audit, "external-services"),
            saas_hostnames: texts(audit, "saas-hostnames"),
            require_proof,
            max_findings: count(member("max-findings")).unwrap_or(200),
            pages_domains: domains.iter().map(|(name, it)| (name.clone(), words(it))).collect(),
            public_hosts: items(audit, "public-hosts").iter().filter_map(public_host).collect(),
            allowed_overlaps: allowances.filter_map(|(idx, it)| allowance(idx, it)).collect(),
            live: items(audit, "live").iter().filter_map(live_head).collect(),
        }
    }
}

fn items<'a>(table: Option<&'a Setting>, name: &str) -> &'a [Setting] {
    table.and_then(|it| it.get(name)).map_or(&[], Setting::items)
}

fn words(list: &Setting) -> Vec<String> {
    list.items().iter().filter_map(Setting::text).map(str::to_owned).collect()
}

fn texts(table: Option<&Setting>, name: &str) -> Vec<String> {
    table.and_then(|it| it.get(name)).map_or_else(Vec::new, words)
}

fn count(setting: Option<&Setting>) -> Option<usize> {
    setting.and_then(Setting::integer).and_then(|it| usize::try_from(it).ok())
}

fn text(table: &Setting, name: &str) -> Option<String> {
    table.get(name).and_then(Setting::text).map(str::to_owned)
}

fn day(table: &Setting, name: &str) -> Option<Date> {
    table.get(name).and_then(Setting::text).and_then(|it| kernel::parse_date(it).ok())
}

fn public_host(item: &Setting) -> Option<PublicHost> {
    Some(PublicHost {
        host: text(item, "host")?,
        owner: text(item, "owner")?,
        claims: count(item.get("claims")).unwrap_or(1),
        place: item.place.clone(),
        side: item.side,
    })
}

fn allowance(index: usize, item: &Setting) -> Option<Allowance> {
    Some(Allowance {
        index,
        winner: text(item, "winner")?,
        loser: text(item, "loser")?,
        within: text(item, "within"),
        expires: day(item, "expires"),
        place: item.place.clone(),
    })
}

fn live_head(item: &Setting) -> Option<LiveHead> {
    let expect = match text(item, "expect")?.as_str() {
        "jwks" => LiveExpectation::Jwks,
        _ => LiveExpectation::Json {
            pointer: text(item, "pointer"),
            equals: item.get("equals").map(Setting::to_json),
        },
    };
    Some(LiveHead { url: text(item, "url")?, expect, place: item.place.clone(), side: item.side })
}

fn waiver(item: &Setting) -> Option<Waiver> {
    Some(Waiver {
        rule: text(item, "rule")?,
        subject: text(item, "subject")?,
        reason: text(item, "reason"),
        owner: text(item, "owner"),
        expires: day(item, "expires"),
        place: item.place.clone(),
    })
}
