//! A small GitHub in memory: what exists, which requests it takes, and pages of two.

use std::{cell::RefCell, collections::BTreeMap};

use github::{Answer, Forge, Lost, Method, Request};
use kernel::Digest;
use serde_json::{Value, json};

/// The commit that everything starts from.
pub(crate) const BASE: &str = "base";
const PREFIX: &str = "/repos/acme/shop";

/// What exists.
#[derive(Debug, Default, Clone)]
pub(crate) struct Model {
    state: RefCell<State>,
    /// Answers with the members that clients may count on, and no others.
    pub(crate) is_minimal: bool,
}

#[derive(Debug, Default, Clone)]
pub(crate) struct State {
    pub(crate) refs: BTreeMap<String, String>,
    pub(crate) commits: BTreeMap<String, Value>,
    pub(crate) trees: BTreeMap<String, BTreeMap<String, String>>,
    pub(crate) pulls: Vec<Value>,
    pub(crate) issues: Vec<Value>,
    pub(crate) comments: Vec<Value>,
    pub(crate) runs: Vec<Value>,
    pub(crate) asked: Vec<Request>,
    n_ids: u64,
}

impl Model {
    /// A repository with one commit on `main`.
    pub(crate) fn new() -> Self {
        let model = Self::default();
        {
            let mut state = model.state.borrow_mut();
            state.trees.insert("tree".into(), BTreeMap::from([("old".into(), "blob".into())]));
            let commit =
                json!({"sha": BASE, "message": "start", "tree": {"sha": "tree"}, "parents": []});
            state.commits.insert(BASE.into(), commit);
            state.refs.insert("main".into(), BASE.into());
        }
        model
    }

    pub(crate) fn minimal() -> Self {
        Self { is_minimal: true, ..Self::new() }
    }

    /// Looks at what exists, or changes it as other people would.
    pub(crate) fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.state.borrow_mut())
    }

    /// Everything that people can see, without what no branch leads to.
    pub(crate) fn visible(&self) -> Value {
        let state = self.state.borrow();
        let history = |tip: &String| {
            let mut steps = Vec::new();
            let mut next = Some(tip.clone());
            while let Some(commit) = next.and_then(|it| state.commits.get(&it)) {
                steps.push(json!([
                    commit["message"],
                    state.trees[commit["tree"]["sha"].as_str().unwrap()]
                ]));
                next =
                    commit["parents"].get(0).and_then(|it| it["sha"].as_str()).map(str::to_owned);
            }
            Value::from(steps)
        };
        let refs: BTreeMap<&String, Value> =
            state.refs.iter().map(|(name, tip)| (name, history(tip))).collect();
        json!({
            "refs": refs, "pulls": state.pulls, "issues": state.issues, "comments": state.comments,
            "runs": state.runs,
        })
    }

    fn answer(&self, request: &Request) -> Answer {
        let mut state = self.state.borrow_mut();
        state.asked.push(request.clone());
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        if path == "/user" {
            return Answer::of(200, json!({"login": "shop-bot"}));
        }
        let below = path.strip_prefix(PREFIX).expect("requests stay below the repository");
        let parts: Vec<&str> = below.split('/').filter(|it| !it.is_empty()).collect();
        let body = request.body.clone().unwrap_or(Value::Null);
        let mut answer = match request.method {
            Method::Get => get(&state, &parts, &Query(query)),
            Method::Post => post(&mut state, &parts, &body),
            Method::Patch => patch(&mut state, &parts, &body),
        };
        if self.is_minimal {
            strip(&mut answer.body);
        }
        page(&mut answer, path, &Query(query));
        answer
    }
}

impl Forge for Model {
    fn send(&self, request: &Request) -> Result<Answer, Lost> {
        Ok(self.answer(request))
    }
}

struct Query<'a>(&'a str);

impl Query<'_> {
    fn get(&self, name: &str) -> Option<String> {
        let found = self.0.split('&').find_map(|it| it.strip_prefix(name)?.strip_prefix('='))?;
        Some(found.replace("%3A", ":").replace("%20", " "))
    }
}

/// Members that need not be there.
fn strip(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for name in ["user", "name", "external_id", "output", "merged_at", "labels"] {
                members.remove(name);
            }
            members.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Two at a time, with a link to the rest.
fn page(answer: &mut Answer, path: &str, query: &Query<'_>) {
    let number: usize = query.get("page").and_then(|it| it.parse().ok()).unwrap_or(1);
    let is_runs = answer.body.get("check_runs").is_some();
    let list = if is_runs { answer.body.get_mut("check_runs") } else { Some(&mut answer.body) };
    let Some(Value::Array(items)) = list else { return };
    let n_items = items.len();
    *items = items.iter().skip((number - 1) * 2).take(2).cloned().collect();
    if n_items > number * 2 {
        let rest: Vec<&str> = query.0.split('&').filter(|it| !it.starts_with("page=")).collect();
        let next = format!(
            "<https://api.shop.example{path}?{}&page={}>; rel=\"next\"",
            rest.join("&"),
            number + 1
        );
        answer.headers.insert("link".into(), next);
    }
}

fn refused(words: &str) -> Answer {
    Answer::of(422, json!({"message": words}))
}

fn get(state: &State, parts: &[&str], query: &Query<'_>) -> Answer {
    let all = |items: Vec<&Value>| Answer::of(200, json!(items));
    let found = match parts {
        [] => Some(json!({"default_branch": "main"})),
        ["git", "ref", "heads", name @ ..] => {
            state.refs.get(&name.join("/")).map(|it| json!({"object": {"sha": it}}))
        }
        ["git", "commits", sha] => state.commits.get(*sha).cloned(),
        ["pulls"] => {
            let [wanted, head, base] =
                ["state", "head", "base"].map(|it| query.get(it).expect("pulls are filtered"));
            let is_it = |it: &&Value| {
                it["state"] == *wanted
                    && format!("acme:{}", it["head"]["ref"].as_str().unwrap()) == head
                    && it["base"]["ref"] == *base
            };
            return all(state.pulls.iter().filter(is_it).collect());
        }
        ["issues"] => {
            let is_it = |it: &&Value| {
                it["state"] == "open" && it["labels"][0] == query.get("labels").unwrap()
            };
            return all(state.issues.iter().filter(is_it).collect());
        }
        ["issues", number, "comments"] => {
            let number: u64 = number.parse().unwrap();
            let is_it = |it: &&Value| it["issue"] == number;
            return all(state.comments.iter().filter(is_it).collect());
        }
        ["commits", sha, "check-runs"] => {
            let name = query.get("check_name").unwrap();
            let is_it = |it: &&Value| it["head_sha"] == *sha && it["name"] == *name;
            let runs: Vec<&Value> = state.runs.iter().filter(is_it).collect();
            Some(json!({"check_runs": runs}))
        }
        _ => panic!("nobody may ask for {parts:?}"),
    };
    found.map_or_else(|| Answer::of(404, json!({"message": "Not Found"})), |it| Answer::of(200, it))
}

fn post(state: &mut State, parts: &[&str], body: &Value) -> Answer {
    state.n_ids += 1;
    let id = state.n_ids;
    let user = json!({"login": "shop-bot", "type": "Bot"});
    let number = state.pulls.len() + state.issues.len() + 1;
    let made = match parts {
        ["git", "trees"] => return tree(state, body),
        ["git", what] => return object(state, what, body),
        ["pulls"] => {
            let same = |it: &Value| {
                let is = |name: &str| it[name]["ref"] == body[name];
                it["state"] == "open" && is("head") && is("base")
            };
            if state.pulls.iter().any(same) {
                return refused("A pull request already exists for acme");
            }
            let pull = json!({
                "number": number, "html_url": format!("https://shop.example/pull/{number}"),
                "state": "open", "head": {"ref": body["head"]}, "base": {"ref": body["base"]},
                "title": body["title"], "body": body["body"], "user": user,
            });
            state.pulls.push(pull.clone());
            pull
        }
        ["issues"] => {
            let issue = json!({
                "number": number, "state": "open", "title": body["title"], "body": body["body"],
                "labels": body["labels"], "user": user,
            });
            state.issues.push(issue.clone());
            issue
        }
        ["issues", number, "comments"] => {
            let number: u64 = number.parse().unwrap();
            let comment = json!({"id": id, "issue": number, "body": body["body"], "user": user});
            state.comments.push(comment.clone());
            comment
        }
        ["check-runs"] => {
            let mut run = body.clone();
            run["id"] = id.into();
            let annotations = body["output"]["annotations"].as_array().cloned().unwrap_or_default();
            if annotations.len() > 50 {
                return refused("No more than 50 annotations");
            }
            run["output"]["annotations"] = json!(annotations);
            run["output"]["annotations_count"] = annotations.len().into();
            state.runs.push(run.clone());
            run
        }
        _ => panic!("nobody may post to {parts:?}"),
    };
    Answer::of(201, made)
}

/// Blobs, commits and references.
fn object(state: &mut State, what: &str, body: &Value) -> Answer {
    let sha = Digest::of(body.to_string().as_bytes()).short();
    match what {
        "blobs" => Answer::of(201, json!({"sha": sha})),
        "commits" => {
            let parents = body["parents"].as_array().unwrap().iter().map(|it| json!({"sha": it}));
            let commit = json!({
                "sha": sha, "message": body["message"], "tree": {"sha": body["tree"]},
                "parents": parents.collect::<Value>(),
            });
            state.commits.insert(sha, commit.clone());
            Answer::of(201, commit)
        }
        "refs" => {
            let name = body["ref"].as_str().unwrap().strip_prefix("refs/heads/").unwrap();
            if state.refs.contains_key(name) {
                return refused("Reference already exists");
            }
            state.refs.insert(name.to_owned(), body["sha"].as_str().unwrap().to_owned());
            Answer::of(201, json!({"object": {"sha": body["sha"]}}))
        }
        other => panic!("nobody may post {other}"),
    }
}

fn tree(state: &mut State, body: &Value) -> Answer {
    let mut files = state.trees[body["base_tree"].as_str().unwrap()].clone();
    for entry in body["tree"].as_array().unwrap() {
        let path = entry["path"].as_str().unwrap().to_owned();
        match entry["sha"].as_str() {
            Some(sha) => {
                files.insert(path, format!("{} {sha}", entry["mode"].as_str().unwrap()));
            }
            None if files.remove(&path).is_none() => return refused("GitRPC::BadObjectState"),
            None => {}
        }
    }
    let sha = Digest::of(format!("{files:?}").as_bytes()).short();
    let sha = state.trees.iter().find(|(_, it)| **it == files).map_or(sha, |(sha, _)| sha.clone());
    state.trees.insert(sha.clone(), files);
    Answer::of(201, json!({"sha": sha}))
}

fn patch(state: &mut State, parts: &[&str], body: &Value) -> Answer {
    let list = match parts {
        ["git", "refs", "heads", name @ ..] => return move_ref(state, &name.join("/"), body),
        ["pulls", _] => &mut state.pulls,
        ["issues", "comments", _] => &mut state.comments,
        ["issues", _] => &mut state.issues,
        ["check-runs", _] => &mut state.runs,
        _ => panic!("nobody may patch {parts:?}"),
    };
    let key = if matches!(parts, ["pulls" | "issues", _]) { "number" } else { "id" };
    let wanted: u64 = parts[parts.len() - 1].parse().unwrap();
    let found = list.iter_mut().find(|it| it[key] == wanted);
    let Some(found) = found else { return Answer::of(404, json!({})) };
    for (name, value) in body.as_object().unwrap() {
        if name == "output" {
            let more = value["annotations"].as_array().cloned().unwrap_or_default();
            let there = found["output"]["annotations"].as_array_mut().unwrap();
            there.extend(more);
            let count = there.len();
            found["output"]["annotations_count"] = count.into();
        } else {
            found[name] = value.clone();
        }
    }
    Answer::of(200, found.clone())
}

fn move_ref(state: &mut State, name: &str, body: &Value) -> Answer {
    assert_eq!(body["force"], false, "nothing is ever forced");
    let to = body["sha"].as_str().unwrap().to_owned();
    let from = state.refs.get(name).cloned();
    let mut known = vec![to.clone()];
    let mut idx = 0;
    while idx < known.len() {
        let parents = state.commits[&known[idx]]["parents"].as_array().unwrap().clone();
        known.extend(parents.iter().map(|it| it["sha"].as_str().unwrap().to_owned()));
        idx += 1;
    }
    if !from.is_some_and(|it| known.contains(&it)) {
        return refused("Update is not a fast forward");
    }
    state.refs.insert(name.to_owned(), to.clone());
    Answer::of(200, json!({"object": {"sha": to}}))
}
