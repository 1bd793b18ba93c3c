use kernel::{
    Confirmed, Finding, Fix, Level, Node, Outcome, RepoPath, RuleInfo, Side, Step, Stop, Undecided,
    Witness,
};
use serde::Serialize;
use snapshot::Format;

use crate::{
    config::Allowance,
    context::Context,
    gates,
    route_audit::{MAX_COUNTED, RawClaim, Shape, Told},
    rule::Rule,
};

/// An allowance that permits nothing.
pub(crate) struct OverlapAllowanceIdle;

impl Rule for OverlapAllowanceIdle {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "overlap-allowance-idle",
            gate: gates::ROUTE_AUDIT,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[],
            summary: "An allowance in `checks.toml` signs an overlap that is not there.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let fleet = cx.fleet();
        let overlaps = cx.overlaps();
        let mut outcome = Outcome { examined: fleet.n_units(), ..Outcome::default() };
        if overlaps.idle.is_empty() {
            return Ok(outcome);
        }
        // What could not be read, or was not even counted, may hold the overlap that it signs.
        let is_cut = overlaps.undeclared.omitted >= MAX_COUNTED;
        if is_cut || !fleet.unread.is_empty() {
            outcome.undecided.clone_from(&fleet.unread);
            outcome.undecided.extend(is_cut.then(|| Undecided {
                subject: "budget".to_owned(),
                reason: "there are more overlaps than are counted".to_owned(),
            }));
            return Ok(outcome);
        }
        let world = World::read(cx)?;
        let told = Told::first_of(overlaps.idle.clone(), cx.audit());
        told.tell(&mut outcome, |it| finding(cx, *it, &world))?;
        Ok(outcome)
    }
}

fn finding(cx: &Context<'_>, position: usize, world: &World) -> Result<Option<Finding>, Stop> {
    let Some(allowance) = cx.audit().allowed_overlaps.get(position) else { return Ok(None) };
    let Allowance { winner, loser, place, within, .. } = allowance;
    // The policy in force may hold fewer allowances than the file.
    let index = world.positions.iter().position(|it| it == place).unwrap_or(position);
    let within = within.as_ref().map_or_else(String::new, |it| format!(" within `{it}`"));
    let path = place.path.clone();
    Ok(Some(Finding {
        place: place.clone(),
        side: Side::Head,
        subject: format!("{winner} over {loser}{}", within.replace('`', "")),
        message: format!("allowance `{winner}` over `{loser}`{within} matches no overlap"),
        remedy: "remove it".to_owned(),
        related: Vec::new(),
        witness: Confirmed::by_replay(&IdleAllowance { index }, world)?,
        fix: Some(Fix::Remove { path, at: steps(Some(index)) }),
        details: None,
    }))
}

fn steps(index: Option<usize>) -> Vec<Step> {
    let keys = ["gates", "route-audit", "allowed-overlaps"].map(|it| Step::Key(it.into()));
    keys.into_iter().chain(index.map(Step::Index)).collect()
}

/// An allowance that matches nothing.
#[derive(Debug, Serialize)]
struct IdleAllowance {
    /// Its position in the file, from 0.
    index: usize,
}

/// The allowances as the file writes them, and all claims.
struct World {
    allowances: Vec<Node>,
    positions: Vec<kernel::Place>,
    claims: Vec<(RawClaim, Shape)>,
}

impl World {
    fn read(cx: &Context<'_>) -> Result<Self, Stop> {
        let path: &RepoPath = &cx.policy.path;
        let document = cx.head().document(path, Format::Toml).map_err(Stop::Undecided)?;
        let items = document.root.at(&steps(None)).and_then(Node::as_list).unwrap_or_default();
        let routes = cx.fleet().raw_claims().filter(|it| !it.is_domain);
        let domains = cx.overlaps().domains.iter().map(|it| it.raw.clone());
        Ok(Self {
            positions: items.iter().map(|it| document.place(it.span)).collect(),
            allowances: items.to_vec(),
            claims: routes.chain(domains).map(|it| (it.clone(), it.shape())).collect(),
        })
    }

    fn of<'a>(&'a self, owner: &'a str) -> impl Iterator<Item = &'a (RawClaim, Shape)> {
        self.claims.iter().filter(move |(it, _)| it.owner == owner)
    }

    /// Do other routes outrank this one in each scheme it takes?
    fn is_dead(&self, shape: &Shape) -> bool {
        let kills = |it: &(RawClaim, Shape), scheme: &str| {
            !it.0.is_domain && it.1.outranks(shape) && it.1.holds_in(shape, scheme)
        };
        shape.schemes().all(|scheme| self.claims.iter().any(|it| kills(it, scheme)))
    }
}

impl Witness for IdleAllowance {
    const KIND: &'static str = "idle-allowance";
    type World = World;

    /// Tries each route of the winner against each claim of the loser.
    fn replay(&self, world: &World) -> bool {
        let Some(allowance) = world.allowances.get(self.index) else { return false };
        let text = |name| allowance.get(name).and_then(Node::as_str);
        let (Some(winner), Some(loser)) = (text("winner"), text("loser")) else { return false };
        let within = text("within").map(|it| Shape::of(it, None));
        let signs = |route: &Shape, (other, shape): &(RawClaim, Shape)| {
            let Some(shared) = route.meet(shape) else { return false };
            let is_within =
                |it: &Shape| shared.schemes().all(|scheme| it.holds_in(&shared, scheme));
            if !within.as_ref().is_none_or(is_within) {
                return false;
            }
            let is_pair = || {
                let kills = shape.schemes().all(|it| route.holds_in(shape, it));
                route.outranks(shape) && !kills && !world.is_dead(shape) && !world.is_dead(route)
            };
            other.is_domain || is_pair()
        };
        let mut routes = world.of(winner).filter(|(it, _)| !it.is_domain);
        winner == loser || !routes.any(|(_, route)| world.of(loser).any(|it| signs(route, it)))
    }
}
