mod zone;

use kernel::{Confirmed, Finding, Level, Node, Outcome, Place, Related, RuleInfo, Side, Stop};
use routes::{Intersection, Url};
use wrangler::{Unit, UnitId, UnitKind, Var};

use self::zone::Zones;
use crate::{
    context::Context,
    gates,
    route_audit::{
        Claim, Fleet, Limited,
        binding_witness::{RoutesInZone, UrlWithOwner},
        is_deployed, unit_place,
    },
    rule::Rule,
};

/// With this flag a fetch goes to the front door of the zone, and so to the Worker.
const STRICTLY_PUBLIC: &str = "global_fetch_strictly_public";

/// A variable with a URL that a route of another Worker takes, in a zone of the Worker's own.
pub(crate) struct VarPointsAtRoute;

impl Rule for VarPointsAtRoute {
    fn info(&self) -> &'static RuleInfo {
        &RuleInfo {
            id: "var-points-at-route",
            gate: gates::ROUTE_AUDIT,
            level: Level::Warn,
            since: "0.1.0",
            needs: &[],
            summary: "A Worker fetches a route of its own zone, which goes past the other Worker.",
            docs: include_str!("rule.md"),
        }
    }

    fn check(&self, cx: &Context<'_>) -> Result<Outcome, Stop> {
        let (fleet, audit) = (cx.fleet(), &cx.policy.config.route_audit);
        let examined = fleet.workers.units().count();
        let mut limited = Limited::new(Outcome { examined, ..Outcome::default() }, audit);
        let zones = Zones::of(fleet);
        let is_caller = |it: &Unit| {
            let has_vars = it.kind == UnitKind::Worker && !it.vars.is_empty();
            has_vars && is_deployed(it, audit) && !is_strictly_public(fleet, it)
        };
        for (id, unit) in fleet.workers.units().filter(|(_, it)| is_caller(it)) {
            let calls = unit.vars.iter().filter_map(|it| Call::of(fleet, &zones, id, it));
            for call in calls {
                limited.add(|| call.finding(fleet, unit))?;
            }
        }
        Ok(limited.finish())
    }
}

fn is_strictly_public(fleet: &Fleet, unit: &Unit) -> bool {
    let flags = |level: &Node| {
        let flags = level.get("compatibility_flags")?.as_list()?;
        Some(flags.iter().any(|it| it.as_str() == Some(STRICTLY_PUBLIC)))
    };
    let Some(document) = fleet.document_of(unit) else { return false };
    let own = document.root.at(&unit.steps).and_then(flags);
    own.or_else(|| flags(&document.root)).unwrap_or(false)
}

/// A fetch of a variable's URL that a route of another Worker takes.
struct Call<'a> {
    /// The URL, of which only scheme, host and what the route needs is left.
    url: String,
    /// Does the variable hold nothing else?
    is_whole: bool,
    taker: &'a Claim,
    own: &'a Claim,
    zone: String,
    var: &'a Var,
}

impl<'a> Call<'a> {
    fn of(fleet: &'a Fleet, zones: &Zones, id: UnitId, var: &'a Var) -> Option<Self> {
        let text = var.value.reveal().trim();
        let url = text.contains("://").then(|| Url::parse(text).ok()).flatten()?;
        let taker = taker(fleet, &url)?;
        let caller = fleet.claims_of(id);
        if caller.iter().any(|it| it.owner == taker.owner) || taker.unit == id {
            return None;
        }
        let zone = zones.of_host(url.host());
        let is_own = |it: &&Claim| {
            let pattern = it.pattern().filter(|_| it.takes_part());
            pattern.is_some_and(|it| zones.of_pattern(it) == zone)
        };
        let own = caller.iter().find(is_own)?;
        let shown = shown_url(fleet, taker, &url)?;
        let is_whole = [text, &format!("{text}/")].contains(&shown.as_str());
        Some(Self { url: shown, is_whole, taker, own, zone, var })
    }

    fn finding(&self, fleet: &Fleet, unit: &Unit) -> Result<Finding, Stop> {
        let var = self.var;
        let owner = fleet.owner(self.taker.owner);
        let zone_name = |it: &Claim| fleet.declared(it)?.zone_name.as_deref().map(str::to_owned);
        let world = RoutesInZone {
            caller: unit.owner.to_string(),
            taker: (owner.to_owned(), self.taker.raw.to_string(), zone_name(self.taker)),
            own: (self.own.raw.to_string(), zone_name(self.own)),
        };
        let witness = UrlWithOwner {
            url: self.url.clone(),
            owner: owner.to_owned(),
            zone: self.zone.clone(),
        };
        let related = [(self.taker, "takes the URL"), (self.own, "its own route in the zone")]
            .map(|(it, note)| Related { place: it.place.clone(), note: note.to_owned() });
        Ok(Finding {
            place: self.place(unit),
            side: Side::Head,
            subject: format!("{} {}", unit.owner, var.name),
            message: format!("`{}` fetches a route of `{owner}` in its own zone", var.name),
            remedy: format!("bind `{owner}` as a service and call the binding"),
            related: related.into(),
            witness: Confirmed::by_replay(&witness, &world)?,
            fix: None,
            details: None,
        })
    }

    /// The variable; but reports show the line of a place, and a value that holds more than the
    /// witness may hold a password. Then the unit stands for it.
    fn place(&self, unit: &Unit) -> Place {
        if self.is_whole { self.var.place.clone() } else { unit_place(unit) }
    }
}

/// The first route in documented order, unless routes of two owners share that rank.
fn taker<'a>(fleet: &'a Fleet, url: &Url) -> Option<&'a Claim> {
    let order = fleet.routes.order(url);
    let routes = fleet.routes.routes();
    let first = order.first()?;
    let specificity = |it: &routes::RouteId| Some(routes.get(it.index())?.pattern.specificity());
    let owner = routes.get(first.index())?.owner;
    let tied = order.iter().take_while(|it| specificity(it) == specificity(first));
    let is_certain =
        tied.clone().all(|it| routes.get(it.index()).is_some_and(|it| it.owner == owner));
    fleet.claim(*first).filter(|_| is_certain)
}

/// A URL with the host of the given one and no more of its path than the route needs.
fn shown_url(fleet: &Fleet, taker: &Claim, url: &Url) -> Option<String> {
    let route = Intersection::of(taker.pattern()?);
    let least = route.meet(Intersection::of_host(url.host()))?.witness_url();
    let least = Url::parse(&least).ok()?;
    let with = |path: &str| format!("{}://{}{path}", url.scheme().name(), url.host());
    let bare = url.path().split('?').next().unwrap_or_default();
    let is_harmless = kernel::redact(bare) == bare;
    let candidates = [with(least.path()), with(&format!("{}-", least.path())), with(bare)];
    let n_candidates = if is_harmless { 3 } else { 2 };
    candidates.into_iter().take(n_candidates).find(|it| {
        let owner = Url::parse(it).ok().and_then(|it| self::taker(fleet, &it)).map(|it| it.owner);
        !it.contains('?') && owner == Some(taker.owner)
    })
}
