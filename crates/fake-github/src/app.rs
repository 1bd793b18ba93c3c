//! What happens to a request, from its arrival to its answer.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::{Method, StatusCode};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    answer::{Answer, Refusal, Reply},
    description::Description,
    examples,
    faults::{Failure, Fault, Faults},
    git::http as git_http,
    journal::{Entry, Journal},
    options::Options,
    paging::Page,
    request::Request,
    routes::{self, Call, Links, Route, Shape},
    server::StartError,
    told,
    validation::{self, Violation},
    world::World,
};

/// How many requests an hour are allowed, by what the headers say.
pub(crate) const RATE: u64 = 5000;

/// The double behind the listener.
pub(crate) struct App {
    url: String,
    options: Options,
    description: Option<Arc<Description>>,
    state: Mutex<State>,
}

struct State {
    world: World,
    faults: Faults,
    journal: Journal,
}

/// What becomes of a connection.
pub(crate) enum Outcome {
    /// It gets an answer.
    Answered(Answer),
    /// It is closed.
    Cut,
}

impl App {
    pub(crate) fn open(options: &Options, url: &str) -> Result<Self, StartError> {
        let description = options.openapi.as_deref().map(Description::read).transpose()?;
        let world = World::open(options)?;
        let state = State { world, faults: Faults::default(), journal: Journal::default() };
        let (url, options) = (url.to_owned(), options.clone());
        Ok(Self { url, options, description, state: Mutex::new(state) })
    }

    pub(crate) fn answer(&self, request: &Request) -> Outcome {
        if let Some((owner, name, service)) = git_http::split(&request.path) {
            return Outcome::Answered(self.git(request, (owner, name), service));
        }
        let mut state = self.state();
        if request.path.starts_with("/__") {
            return Outcome::Answered(steer(&mut state, request));
        }
        self.api(&mut state, request)
    }

    /// The requests that came in.
    pub(crate) fn requests(&self) -> Value {
        self.state().journal.told()
    }

    /// All there is.
    pub(crate) fn told(&self) -> Value {
        let mut state = self.state();
        state.world.look();
        told::state(&state.world)
    }

    /// Plans failures; the reason if that is no plan.
    pub(crate) fn fail(&self, faults: &Value) -> Result<(), String> {
        self.state().faults.plan(faults.to_string().as_bytes())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn git(&self, request: &Request, (owner, name): (&str, &str), service: &str) -> Answer {
        // Not under the lock: git's requests may be long, and they change nothing else.
        let git = self.state().world.repository(owner, name).map(|it| it.git.clone());
        match git {
            Some(_) if self.options.is_read_only && git_http::is_push(request) => {
                Answer::new(StatusCode::FORBIDDEN)
            }
            Some(git) => git.serve(request, service),
            None => Answer::new(StatusCode::NOT_FOUND),
        }
    }

    fn api(&self, state: &mut State, request: &Request) -> Outcome {
        let request = &state.world.by_name(request);
        let method = request.method.as_str();
        let route = routes::find(request).map(|it| it.0);
        let violation = self
            .description
            .as_deref()
            .and_then(|it| validation::violation(it, request))
            .or_else(|| route.is_none().then(Violation::unplayed));
        let fault = state.faults.take(method, &request.path);
        if let Some(meanwhile) = fault.as_ref().and_then(Fault::meanwhile) {
            self.effect(state, &meanwhile, None);
        }
        let failure = fault.as_ref().and_then(Fault::failure);
        let is_done = failure.is_none() || fault.as_ref().is_some_and(|it| it.after);
        let answer = is_done.then(|| self.effect(state, request, violation.as_ref()));
        let answer = failure.map_or(answer, Failure::into_answer);
        let n_before = state.journal.note(Entry {
            method: method.to_owned(),
            path: request.target(),
            status: answer.as_ref().map(|it| it.status.as_u16()),
            violation: violation.map(|it| it.text),
            is_fault: fault.is_some(),
        });
        let Some(mut answer) = answer else { return Outcome::Cut };
        if let Some(route) = route {
            answer =
                answer.with_absent("x-accepted-github-permissions", &route.permissions(method));
        }
        Outcome::Answered(with_headers(answer, n_before))
    }

    /// What GitHub would do and say.
    fn effect(
        &self,
        state: &mut State,
        request: &Request,
        violation: Option<&Violation>,
    ) -> Answer {
        let told = self.admitted(request, violation).and_then(|()| self.routed(state, request));
        match told {
            Ok((route, reply)) => {
                let path = state.world.by_id(&request.path);
                let url = format!("{}{}{path}", self.url, request.prefix);
                self.shown(route, reply, (request, &url))
            }
            Err(refusal) => Answer::refused(&refusal),
        }
    }

    /// May this request be answered at all?
    fn admitted(&self, request: &Request, violation: Option<&Violation>) -> Result<(), Refusal> {
        let is_read = request.method == Method::GET;
        let refused = |status, text: &str| Err(Refusal::new(status, text));
        if request.header("user-agent").is_none() {
            let text = "Request forbidden by administrative rules. Please make sure your request has a User-Agent header";
            return refused(StatusCode::FORBIDDEN, text);
        }
        if let Some(Violation { text, status }) = violation {
            return refused(*status, &format!("Invalid request.\n\n{text}"));
        }
        let tokens = &self.options.tokens;
        match request.token() {
            Some(token) if !tokens.is_empty() && !tokens.iter().any(|it| it == token) => {
                refused(StatusCode::UNAUTHORIZED, "Bad credentials")
            }
            None if !is_read => refused(StatusCode::UNAUTHORIZED, "Requires authentication"),
            Some(_) | None if self.options.is_read_only && !is_read => {
                let is_app = request.actor().is_some_and(|it| it.is_app);
                let kind = if is_app { "integration" } else { "personal access token" };
                refused(StatusCode::FORBIDDEN, &format!("Resource not accessible by {kind}"))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn routed(
        &self,
        state: &mut State,
        request: &Request,
    ) -> Result<(&'static Route, Reply), Refusal> {
        let (route, values) = routes::find(request).ok_or_else(Refusal::not_found)?;
        let body = match request.body.as_slice() {
            [] => Value::Null,
            bytes => {
                serde_json::from_slice(bytes).map_err(|_| Refusal::bad("Problems parsing JSON"))?
            }
        };
        if !body.is_object() && !request.body.is_empty() {
            return Err(Refusal::bad("Body should be a JSON object"));
        }
        let links = Links { web: self.url.clone(), api: format!("{}{}", self.url, request.prefix) };
        let used = state.journal.n_noted();
        let mut call = Call::new(&mut state.world, request, values, body)?;
        call.links = links;
        call.n_requests = used;
        let reply = (route.handler)(&mut call)?;
        Ok((route, reply))
    }

    fn shown(&self, route: &Route, reply: Reply, (request, url): (&Request, &str)) -> Answer {
        let Reply { status, mut body, is_list } = reply;
        let page = Page::of(&request.query, self.options.page_size);
        let n_pages = if is_list { page.cut(&mut body) } else { 1 };
        let body = match route.shape {
            Shape::Members(members) if self.options.is_minimal => examples::only(members, &body),
            Shape::Members(_) => self.exemplary(route, status, body),
            Shape::Verbatim => body,
        };
        let link = page.link(url, &request.query, n_pages).filter(|_| is_list);
        let location = body.get("url").and_then(Value::as_str).map(str::to_owned);
        let mut answer = tagged(Answer::json(status, &body), request);
        if let (StatusCode::CREATED, Some(location)) = (status, location) {
            answer = answer.with("location", &location);
        }
        if let Some(link) = link {
            answer = answer.with("link", &link);
        }
        answer
    }

    fn exemplary(&self, route: &Route, status: StatusCode, body: Value) -> Value {
        let description = self.description.as_deref();
        let operation = description.and_then(|it| it.operation(route.method, route.template));
        let response = operation.as_ref().and_then(|it| it.responses.get(&status.as_u16()));
        match response.and_then(|it| it.example.as_ref()) {
            Some(example) => examples::laid_over(example, body),
            None => body,
        }
    }
}

/// Requests about the double itself.
fn steer(state: &mut State, request: &Request) -> Answer {
    let told = |value: &Value| Answer::json(StatusCode::OK, value);
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/__requests") => told(&state.journal.told()),
        ("DELETE", "/__requests") => {
            state.journal.clear();
            told(&state.journal.told())
        }
        ("GET", "/__faults") => told(&state.faults.told()),
        ("POST", "/__faults") => match state.faults.plan(&request.body) {
            Ok(()) => told(&state.faults.told()),
            Err(reason) => Answer::refused(&Refusal::bad(reason)),
        },
        ("GET", "/__state") => {
            state.world.look();
            told(&told::state(&state.world))
        }
        _ => Answer::refused(&Refusal::not_found()),
    }
}

/// The answer with its tag, or 304 if the client has it.
fn tagged(answer: Answer, request: &Request) -> Answer {
    if request.method != Method::GET || answer.status != StatusCode::OK {
        return answer;
    }
    let tag = format!("W/\"{:x}\"", u128::from_be_bytes(start(&Sha256::digest(&answer.body))));
    let bare = |it: &str| it.trim().trim_start_matches("W/").to_owned();
    let known = request.header("if-none-match").unwrap_or_default();
    let is_known = known.split(',').any(|it| bare(it) == bare(&tag));
    let answer = if is_known { Answer::new(StatusCode::NOT_MODIFIED) } else { answer };
    answer.with("etag", &tag)
}

/// The first half of a digest.
fn start(digest: &[u8]) -> [u8; 16] {
    digest.first_chunk().copied().unwrap_or_default()
}

/// The headers that each answer has; those of a fault stay as its test wants them.
fn with_headers(answer: Answer, n_before: u64) -> Answer {
    let used = n_before + 1;
    let rows = [
        ("x-github-request-id", format!("FA4E:1D:{used:06X}:{:06X}:00000000", used * 7)),
        ("x-github-media-type", "github.v3; format=json".to_owned()),
        ("x-ratelimit-limit", RATE.to_string()),
        ("x-ratelimit-remaining", RATE.saturating_sub(used).to_string()),
        ("x-ratelimit-used", used.to_string()),
        ("x-ratelimit-reset", told::RESET.to_string()),
        ("x-ratelimit-resource", "core".to_owned()),
    ];
    rows.into_iter().fold(answer, |answer, (name, value)| answer.with_absent(name, &value))
}
