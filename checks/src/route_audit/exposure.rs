use kernel::{Fix, Place};
use routes::Intersection;
use wrangler::{Switch, Unit, UnitId, UnitKind};

use crate::{
    config::RouteAudit,
    route_audit::{
        Claim, Fleet, Target,
        config_witness::{PublicSurface, SurfaceKind},
    },
};

/// A surface on which a unit answers the public.
#[derive(Debug)]
pub struct Exposure {
    /// Which, and where.
    pub shown: PublicSurface,
    /// What switches it on.
    pub place: Place,
    /// Further claims of the same surface.
    pub others: Vec<Place>,
}

impl Exposure {
    /// Does [`fix_of`] close this surface?
    #[must_use]
    pub fn has_fix(&self) -> bool {
        match self.shown.surface {
            SurfaceKind::WorkersDev | SurfaceKind::Preview => true,
            SurfaceKind::Route | SurfaceKind::CustomDomain => false,
        }
    }
}

/// The surfaces of a deployed unit: one for its routes, one for its custom domains, and those that
/// every Worker may have below `workers.dev`.
#[must_use]
pub fn exposures_of(fleet: &Fleet, id: UnitId, unit: &Unit) -> Vec<Exposure> {
    if unit.kind == UnitKind::Pages {
        return Vec::new();
    }
    let claims = [SurfaceKind::Route, SurfaceKind::CustomDomain];
    let claims = claims.into_iter().filter_map(|kind| claimed(fleet, id, kind));
    let name = unit.name.as_deref().unwrap_or("*");
    let below = |kind, host: String, switch: Option<&Switch>| Exposure {
        shown: PublicSurface { surface: kind, host, url: None },
        place: switch_place(unit, switch),
        others: Vec::new(),
    };
    let on_workers_dev = unit.on_workers_dev.then(|| {
        let host = format!("{name}.*.workers.dev");
        below(SurfaceKind::WorkersDev, host, unit.workers_dev.as_ref())
    });
    let preview = unit
        .preview_urls
        .as_ref()
        .filter(|it| it.value)
        .map(|it| below(SurfaceKind::Preview, format!("*-{name}.*.workers.dev"), Some(it)));
    claims.chain(on_workers_dev).chain(preview).collect()
}

/// Switches a unit off below `workers.dev`.
#[must_use]
pub fn fix_of(unit: &Unit) -> Fix {
    Fix::SwitchOff {
        path: unit.path.clone(),
        at: unit.steps.clone(),
        keys: vec!["workers_dev", "preview_urls"],
    }
}

/// The place that answers for a unit as a whole: its own name, else where it starts.
#[must_use]
pub fn unit_place(unit: &Unit) -> Place {
    let own = unit.name_place.as_ref().filter(|_| unit.env.is_none());
    own.unwrap_or(&unit.place).clone()
}

/// A switch that an environment inherits is told at the environment.
fn switch_place(unit: &Unit, switch: Option<&Switch>) -> Place {
    match switch {
        Some(it) if !it.inherited => it.place.clone(),
        Some(_) | None => unit_place(unit),
    }
}

fn claimed(fleet: &Fleet, id: UnitId, kind: SurfaceKind) -> Option<Exposure> {
    let mut claims = fleet.claims_of(id).iter().filter(|it| it.takes_part());
    let mut matching = claims.by_ref().filter_map(|it| Some((it, shown(it, kind)?)));
    let (first, shown) = matching.next()?;
    let others = matching.map(|(it, _)| it.place.clone()).collect();
    Some(Exposure { shown, place: first.place.clone(), others })
}

fn shown(claim: &Claim, kind: SurfaceKind) -> Option<PublicSurface> {
    let (own_kind, host, url) = match claim.target.as_ref().ok()? {
        Target::Route(pattern) => {
            let url = Intersection::of(pattern).witness_url();
            (SurfaceKind::Route, pattern.host_text().to_owned(), url)
        }
        Target::Domain(domain) => {
            let host = domain.host().to_owned();
            let url = format!("https://{host}/");
            (SurfaceKind::CustomDomain, host, url)
        }
    };
    let shown = PublicSurface { surface: kind, host, url: Some(url) };
    (own_kind == kind).then_some(shown)
}

/// Is the Worker declared internal, by its own name or by that of its file?
#[must_use]
pub fn is_internal(unit: &Unit, audit: &RouteAudit) -> bool {
    let is_listed = |name: &str| audit.internal.iter().any(|it| it == name);
    [&unit.name, &unit.top_name].into_iter().flatten().any(|it| is_listed(it))
}
