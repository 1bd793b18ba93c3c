//! One open pull request for a branch and its base.

use serde_json::{Value, json};

use crate::{
    Error,
    branch::Branch,
    client::{Client, escaped, number, text},
    fit::{LONGEST_BODY, fit},
    forge::{Permission, Request},
};

/// Below this line of a body stands what people write; it is kept.
pub const END: &str = "<!-- proofmark:end -->";

/// What a pull request says.
#[derive(Debug, Clone)]
pub struct PullRequestText<'a> {
    /// The branch that it wants to be merged into.
    pub base: &'a str,
    /// One line.
    pub title: &'a str,
    /// Markdown.
    pub body: &'a str,
    /// The gate that it comes from.
    pub gate: &'a str,
}

/// A pull request, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullRequest {
    /// Its number.
    pub number: u64,
    /// Where people see it.
    pub url: String,
    /// What happened to it.
    pub state: State,
    /// A person closed it with this very plan, so nothing was done.
    pub is_closed: bool,
    /// Who opened it, where GitHub tells.
    pub author: Option<String>,
}

/// What happened to something of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is new.
    Created,
    /// It changed.
    Updated,
    /// It was as it should be.
    Unchanged,
}

impl State {
    /// The word of outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
        }
    }
}

/// A pull request as GitHub has it.
pub(crate) struct Found {
    number: u64,
    url: String,
    title: Option<String>,
    body: String,
    author: Option<String>,
}

/// A pull request of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its number.
    pub number: u64,
    /// The branch that it comes from.
    pub head: String,
    /// The commit that it ends with.
    pub commit: String,
    /// Does it come from another repository?
    pub is_fork: bool,
}

impl Target {
    /// Reads what GitHub says of a pull request, in an answer or in the payload of an event.
    #[must_use]
    pub fn of(item: &Value) -> Option<Self> {
        let text = |pointer: &str| item.pointer(pointer).and_then(Value::as_str);
        // A fork that is gone has no repository any more.
        let is_gone = item.pointer("/head/repo").is_some_and(Value::is_null);
        let of = |side: &str| text(&format!("/{side}/repo/full_name"));
        let differs = of("head").zip(of("base")).is_some_and(|(head, base)| head != base);
        Some(Self {
            number: item.get("number")?.as_u64()?,
            head: text("/head/ref")?.to_owned(),
            commit: text("/head/sha")?.to_owned(),
            is_fork: is_gone || differs,
        })
    }
}

/// The pull request of this number.
pub fn target(client: &Client<'_>, number: u64) -> Result<Target, Error> {
    let request = client.read(&format!("/pulls/{number}"), Permission::PullRequests);
    let body = client.get(&request)?;
    Target::of(&body).ok_or_else(|| Error::malformed(&request, "number, head.ref and head.sha"))
}

/// The number of the open pull request from this branch (`OWNER:BRANCH`) that ends with this commit.
pub fn number_of(client: &Client<'_>, head: &str, commit: &str) -> Result<Option<u64>, Error> {
    let below = format!("/pulls?state=open&head={}", escaped(head));
    let items = client.list(&below, Permission::PullRequests)?.items;
    let found = items.iter().filter_map(Target::of).filter(|it| it.commit == commit);
    Ok(found.map(|it| it.number).min())
}

/// What the open pull request of a branch and a base says, if there is one.
pub fn open_body(
    client: &Client<'_>,
    branch: &Branch,
    base: &str,
) -> Result<Option<String>, Error> {
    Ok(open(client, branch, base)?.map(|it| it.body))
}

/// The open pull request of a branch and a base.
pub(crate) fn open(
    client: &Client<'_>,
    branch: &Branch,
    base: &str,
) -> Result<Option<Found>, Error> {
    let found = list(client, branch, base, "open")?;
    Ok(found.into_iter().min_by_key(|it| it.number))
}

/// The pull request that a person closed with this plan: it is not opened again.
pub(crate) fn closed(
    client: &Client<'_>,
    branch: &Branch,
    base: &str,
    digest: &str,
) -> Result<Option<PullRequest>, Error> {
    let found = list(client, branch, base, "closed")?;
    let is_same = |it: &Found| plan(&it.body) == Some(digest);
    let last = found.into_iter().max_by_key(|it| it.number).filter(is_same);
    Ok(last.map(|it| PullRequest {
        number: it.number,
        url: it.url,
        state: State::Unchanged,
        is_closed: true,
        author: it.author,
    }))
}

fn list(
    client: &Client<'_>,
    branch: &Branch,
    base: &str,
    state: &str,
) -> Result<Vec<Found>, Error> {
    let head = format!("{}:{branch}", client.endpoint().owner());
    let below = format!("/pulls?state={state}&head={}&base={}", escaped(&head), escaped(base));
    let request = client.read(&below, Permission::PullRequests);
    let items = client.list(&below, Permission::PullRequests)?.items;
    // A server that ignores a filter must not make us write into a pull request of others.
    let is = |it: &Value, pointer: &str, expected: &str| {
        it.pointer(pointer).and_then(Value::as_str).is_none_or(|it| it == expected)
    };
    let is_ours = |it: &&Value| {
        is(it, "/head/ref", branch.as_str())
            && is(it, "/base/ref", base)
            && is(it, "/state", state)
            && !it.get("merged_at").is_some_and(Value::is_string)
    };
    items.iter().filter(is_ours).map(|it| read(it, &request)).collect()
}

fn read(item: &Value, request: &Request) -> Result<Found, Error> {
    let optional = |pointer: &str| item.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
    Ok(Found {
        number: number(item, "/number", request)?,
        url: text(item, "/html_url", request)?,
        title: optional("/title"),
        body: optional("/body").unwrap_or_default().replace("\r\n", "\n"),
        author: optional("/user/login"),
    })
}

/// Makes the pull request say this; what people wrote into it stays.
pub(crate) fn write(
    client: &Client<'_>,
    branch: &Branch,
    wanted: &PullRequestText<'_>,
    digest: &str,
    found: Option<Found>,
) -> Result<PullRequest, Error> {
    let Some(found) = found else { return create(client, branch, wanted, digest) };
    let body = whole(wanted, digest, &people(&found.body));
    let is_titled = found.title.as_deref().is_none_or(|it| it == wanted.title);
    let is_same = is_titled && is_told(&body, &found.body);
    if !is_same {
        let below = format!("/pulls/{}", found.number);
        let change = json!({"title": wanted.title, "body": body});
        client.patch(&below, change, Permission::PullRequests)?;
        client.note(format!("pull request #{}", found.number));
    }
    Ok(PullRequest {
        number: found.number,
        url: found.url,
        state: if is_same { State::Unchanged } else { State::Updated },
        is_closed: false,
        author: found.author,
    })
}

fn create(
    client: &Client<'_>,
    branch: &Branch,
    wanted: &PullRequestText<'_>,
    digest: &str,
) -> Result<PullRequest, Error> {
    let body = json!({
        "title": wanted.title,
        "body": whole(wanted, digest, ""),
        "head": branch.as_str(),
        "base": wanted.base,
    });
    let path = client.endpoint().path("/pulls");
    let request = Request::post(path, body, Permission::PullRequests);
    let seen = || {
        let found = open(client, branch, wanted.base)?;
        let whole = |it: Found| {
            json!({"number": it.number, "html_url": it.url, "body": it.body,
                   "user": {"login": it.author}})
        };
        Ok(found.map(whole))
    };
    let answer = match client.post(&request, &seen) {
        // Two runs at once: the other one was first.
        Err(err @ Error::Refused { status: 422, .. }) => seen()?.ok_or(err)?,
        other => other?,
    };
    let found = read(&answer, &request)?;
    client.note(format!("pull request #{}", found.number));
    Ok(PullRequest {
        number: found.number,
        url: found.url,
        state: State::Created,
        is_closed: false,
        author: found.author,
    })
}

/// The digest of the plan that a body was made for.
fn plan(body: &str) -> Option<&str> {
    let first = body.lines().next()?.trim();
    let words = first.strip_prefix("<!-- proofmark:")?.strip_suffix("-->")?;
    words.split_whitespace().find_map(|it| it.strip_prefix("plan="))
}

/// What people wrote: all below the last line of ours, and everything if that line is gone.
fn people(body: &str) -> String {
    if let Some((_, below)) = body.split_once(END) {
        return below.trim().to_owned();
    }
    let rest =
        if plan(body).is_some() { body.split_once('\n').map_or("", |it| it.1) } else { body };
    rest.trim().to_owned()
}

/// Do two bodies say the same, but for blank lines round what people wrote?
fn is_told(wanted: &str, there: &str) -> bool {
    let ours = |it: &str| it.split_once(END).map(|(ours, _)| ours.trim().to_owned());
    ours(there).is_some() && ours(wanted) == ours(there) && people(wanted) == people(there)
}

fn whole(wanted: &PullRequestText<'_>, digest: &str, people: &str) -> String {
    let first = format!("<!-- proofmark:{} plan={digest} -->", wanted.gate);
    let rim = first.len() + END.len() + 8;
    let room = LONGEST_BODY.saturating_sub(rim + people.chars().count()).max(2_000);
    let text = fit(wanted.body.trim_end(), room);
    let people = if people.is_empty() { String::new() } else { format!("\n{people}\n") };
    format!("{first}\n{text}\n\n{END}\n{people}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: PullRequestText<'_> =
        PullRequestText { base: "main", title: "t", body: "do this\n", gate: "sdk-sync" };

    #[test]
    fn what_people_write_below_the_line_stays() {
        let first = whole(&TEXT, "d1", "");
        assert_eq!(people(&first), "");
        assert_eq!(plan(&first), Some("d1"));
        let edited = format!("{first}\nPlease look, Ada\n");
        let second = whole(&TEXT, "d2", &people(&edited));
        assert!(second.ends_with(&format!("{END}\n\nPlease look, Ada\n")), "{second}");
        assert_eq!(whole(&TEXT, "d2", &people(&second)), second, "twice is once");
    }

    #[test]
    fn forks_are_told_apart() {
        let check = |head: Value, base: Value, expected: bool| {
            let item = json!({"number": 7, "head": {"ref": "b", "sha": "s", "repo": head}, "base": {"repo": base}});
            assert_eq!(Target::of(&item).unwrap().is_fork, expected, "{item}");
        };
        let named = |name: &str| json!({"full_name": name});
        check(named("acme/shop"), named("acme/shop"), false);
        check(named("eve/shop"), named("acme/shop"), true);
        check(Value::Null, named("acme/shop"), true);
        let plain = json!({"number": 7, "head": {"ref": "b", "sha": "s"}});
        assert!(!Target::of(&plain).unwrap().is_fork);
    }

    #[test]
    fn nothing_is_lost_where_our_line_is_gone() {
        for body in ["my own words", "<!-- proofmark:sdk-sync plan=d1 -->\nmy own words"] {
            let whole = whole(&TEXT, "d2", &people(body));
            assert!(whole.ends_with("\nmy own words\n"), "{whole}");
            assert!(whole.starts_with("<!-- proofmark:sdk-sync plan=d2 -->\ndo this\n"));
        }
    }
}
