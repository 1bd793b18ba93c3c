//! The requests that the double answers: those that Proofmark sends, and a few that tests need.

#![expect(clippy::unnecessary_wraps, reason = "all handlers have the form of the table")]

mod account;
mod checks;
mod comments;
mod facts;
mod issues;
mod objects;
mod pulls;
mod refs;
mod repository;
mod view;

use serde_json::Value;

use crate::{
    answer::{Refusal, Told},
    description::Template,
    request::{Actor, Query, Request},
    world::{Issue, Repository, World},
};

/// One kind of request.
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// The path as GitHub's description writes it.
    pub(crate) template: &'static str,
    /// What a token needs for it, as GitHub names it; one of them.
    pub(crate) permissions: &'static [&'static str],
    pub(crate) shape: Shape,
    pub(crate) handler: fn(&mut Call<'_>) -> Told,
}

/// How an answer is filled up.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// By the example; these members are what a client may need.
    Members(&'static [&'static str]),
    /// Not at all.
    Verbatim,
}

/// What a route works on.
pub(crate) struct Call<'a> {
    pub(crate) world: &'a mut World,
    repository: Option<usize>,
    values: Vec<(String, String)>,
    /// The path below the repository, as it came.
    pub(crate) below: String,
    pub(crate) query: &'a Query,
    pub(crate) body: Value,
    /// Who asks; nobody without a token.
    pub(crate) actor: Option<Actor>,
    pub(crate) links: Links,
    pub(crate) n_requests: u64,
}

/// Where links start.
#[derive(Clone, Default)]
pub(crate) struct Links {
    pub(crate) web: String,
    pub(crate) api: String,
}

impl Route {
    /// What a token needs, as GitHub writes it in a header.
    pub(crate) fn permissions(&self, method: &str) -> String {
        let access = if method == "GET" { "read" } else { "write" };
        let written: Vec<_> = self.permissions.iter().map(|it| format!("{it}={access}")).collect();
        written.join("; ")
    }
}

/// The groups of routes; earlier ones win.
const GROUPS: &[&[Route]] = &[
    account::ROUTES,
    repository::ROUTES,
    refs::ROUTES,
    objects::ROUTES,
    pulls::ROUTES,
    comments::ROUTES,
    issues::ROUTES,
    checks::ROUTES,
    facts::ROUTES,
];

/// The route of a request, and the values in its path.
pub(crate) fn find(request: &Request) -> Option<(&'static Route, Vec<(String, String)>)> {
    let routes = GROUPS.iter().copied().flatten().filter(|it| request.method == it.method);
    let fitting = routes.filter_map(|it| {
        let template = Template::of(it.template);
        Some((it, template.n_literals(), template.values(&request.path)?))
    });
    fitting.max_by_key(|it| it.1).map(|(route, _, values)| (route, values))
}

impl<'a> Call<'a> {
    /// A call of a route, if its repository is here.
    pub(crate) fn new(
        world: &'a mut World,
        request: &'a Request,
        values: Vec<(String, String)>,
        body: Value,
    ) -> Result<Self, Refusal> {
        let value = |name: &str| values.iter().find(|it| it.0 == name).map(|it| it.1.as_str());
        let repository = match (value("owner"), value("repo")) {
            (Some(owner), Some(name)) => {
                Some(world.position(owner, name).ok_or_else(Refusal::not_found)?)
            }
            _ => None,
        };
        world.look();
        let below = request.path.splitn(5, '/').nth(4).unwrap_or_default().to_owned();
        Ok(Self {
            world,
            repository,
            values,
            below,
            query: &request.query,
            body,
            actor: request.actor(),
            links: Links::default(),
            n_requests: 0,
        })
    }

    /// A value of the path.
    fn value(&self, name: &str) -> &str {
        self.values.iter().find(|it| it.0 == name).map_or("", |it| &it.1)
    }

    /// A number of the path; nothing has the number 0.
    fn number(&self, name: &str) -> u64 {
        self.value(name).parse().unwrap_or_default()
    }

    /// The repository of the path.
    fn here(&self) -> &Repository {
        self.repository
            .and_then(|it| self.world.repositories.get(it))
            .expect("routes below `/repos` are called with their repository")
    }

    fn here_mut(&mut self) -> &mut Repository {
        self.repository
            .and_then(|it| self.world.repositories.get_mut(it))
            .expect("routes below `/repos` are called with their repository")
    }

    /// Who writes.
    fn writer(&self) -> Actor {
        // A request that writes was refused before, if nobody had signed it.
        self.actor.clone().unwrap_or_else(|| Actor { login: "ghost".into(), is_app: false })
    }

    /// A text of the body.
    fn text(&self, name: &str) -> Option<&str> {
        self.body.get(name).and_then(Value::as_str)
    }

    /// Entries of a list of the body.
    fn list(&self, name: &str) -> Vec<Value> {
        self.body.get(name).and_then(Value::as_array).cloned().unwrap_or_default()
    }

    /// Is this member in the body, be it null?
    fn has(&self, name: &str) -> bool {
        self.body.get(name).is_some()
    }

    /// A text that must be there.
    fn needed(&self, resource: &str, name: &str) -> Result<String, Refusal> {
        let text = self.text(name).filter(|it| !it.trim().is_empty());
        text.map(str::to_owned).ok_or_else(|| Refusal::invalid(resource, name, "missing_field"))
    }

    /// The issue or pull request of this number.
    fn issue(&self, number: u64) -> Result<&Issue, Refusal> {
        self.here().issues.get(&number).ok_or_else(Refusal::not_found)
    }
}

/// The longest text of an issue, a pull request or a comment.
const LONGEST_BODY: usize = 65_536;

/// Refuses what is too long, as GitHub does.
fn short(resource: &str, body: Option<&str>) -> Result<(), Refusal> {
    match body {
        Some(body) if body.chars().count() > LONGEST_BODY => Err(Refusal::custom(
            resource,
            Some("body"),
            &format!("body is too long (maximum is {LONGEST_BODY} characters)"),
        )),
        _ => Ok(()),
    }
}
