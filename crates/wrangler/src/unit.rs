use kernel::{Node, Place, RepoPath, Step};

use crate::{Claim, Service, Var};

/// Points at a [`Unit`] of [`crate::Workers`]; ordered as the configuration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId {
    /// The index of the configuration.
    pub config: usize,
    /// The index of the unit in it; the top level is 0.
    pub unit: usize,
}

/// What a unit deploys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitKind {
    /// A Worker.
    Worker,
    /// A Pages project.
    Pages,
}

/// A boolean setting that is written somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Switch {
    /// Its value.
    pub value: bool,
    /// Where the value stands.
    pub place: Place,
    /// An environment has it from the top level.
    pub inherited: bool,
}

/// A setting that is kept as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Its value.
    pub value: Node,
    /// Where the value stands.
    pub place: Place,
    /// The way to the value in its file.
    pub steps: Vec<Step>,
    /// An environment has it from the top level.
    pub inherited: bool,
}

/// One deployable thing: the top level of a configuration, or one of its environments.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// The configuration.
    pub path: RepoPath,
    /// The environment; none at the top level.
    pub env: Option<Box<str>>,
    /// Where the unit starts: the name of the environment, or the start of the file.
    pub place: Place,
    /// The way to its table; empty at the top level.
    pub steps: Vec<Step>,
    /// The script name: `env.X.name`, else `<top>-X`. An empty one counts as none.
    pub name: Option<Box<str>>,
    /// Where the name stands that it is made of, if it has one.
    pub name_place: Option<Place>,
    /// The name at the top level of the file.
    pub top_name: Option<Box<str>>,
    /// Who owns its claims: the name, `account/name`, or `<unnamed PATH#ENV>`.
    pub owner: Box<str>,
    /// The account, after inheritance.
    pub account: Option<Box<str>>,
    /// Worker or Pages.
    pub kind: UnitKind,
    /// `workers_dev` after inheritance; none if unset.
    pub workers_dev: Option<Switch>,
    /// `preview_urls` after inheritance; none if unset.
    pub preview_urls: Option<Switch>,
    /// Is it public below `workers.dev`? Unset means: if it has no claims.
    pub on_workers_dev: bool,
    /// Are its versions public below `workers.dev`? Unset follows `on_workers_dev`.
    pub on_preview_urls: bool,
    /// Its claims after inheritance, in the order of the file, refused ones too.
    pub claims: Vec<Claim>,
    /// The non-empty `route` of an environment that loses to inherited `routes`.
    pub ignored_route: Option<Claim>,
    /// Its own service bindings; wrangler inherits none.
    pub services: Vec<Service>,
    /// Its own `vars` that are texts; wrangler inherits none.
    pub vars: Vec<Var>,
    /// `assets.run_worker_first` after inheritance.
    pub run_worker_first: Option<Setting>,
    /// What is written in this level itself.
    pub declares: Declares,
}

/// Which routing keys stand in a level itself, `null` and an empty `route` not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Declares {
    /// `routes`, of any shape.
    pub routes: bool,
    /// `route`, not empty.
    pub route: bool,
    /// `workers_dev`.
    pub workers_dev: bool,
}

impl Unit {
    /// How the policy names this unit: `PATH` or `PATH#ENV`.
    #[must_use]
    pub fn address(&self) -> String {
        match &self.env {
            Some(env) => format!("{}#{env}", self.path),
            None => self.path.to_string(),
        }
    }
}
