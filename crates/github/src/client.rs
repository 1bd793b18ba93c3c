//! Asks, waits, repeats, pages, and says in one sentence what went wrong.

use std::cell::{OnceCell, RefCell};

use serde_json::Value;

use crate::{
    Error,
    clock::Clock,
    endpoint::Endpoint,
    forge::{Answer, Forge, Method, Permission, Request},
    patience::{Patience, Trouble, request_id},
    who::Identity,
};

/// How many pages of one list are read at most.
const MOST_PAGES: usize = 100;

/// Who writes with the token of a workflow; no person can have such a name, and GitHub does not
/// tell such a token its own.
const WORKFLOWS: &str = "github-actions[bot]";

/// Speaks about one repository, through a [`Forge`].
pub struct Client<'a> {
    forge: &'a dyn Forge,
    clock: &'a dyn Clock,
    endpoint: &'a Endpoint,
    written: RefCell<Vec<String>>,
    identity: OnceCell<Identity>,
}

/// What a list held, as far as it was read.
#[derive(Debug)]
pub(crate) struct Listed {
    pub(crate) items: Vec<Value>,
    pub(crate) is_whole: bool,
}

/// Looks whether a request that nobody confirmed had its effect; what it made, if so.
pub(crate) type Seen<'s> = dyn Fn() -> Result<Option<Value>, Error> + 's;

impl<'a> Client<'a> {
    /// A client for one repository.
    #[must_use]
    pub fn new(forge: &'a dyn Forge, clock: &'a dyn Clock, endpoint: &'a Endpoint) -> Self {
        Self { forge, clock, endpoint, written: RefCell::default(), identity: OnceCell::new() }
    }

    /// Where it talks to.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        self.endpoint
    }

    /// What was written so far, as sentences: whoever breaks off in the middle lists them.
    #[must_use]
    pub fn written(&self) -> Vec<String> {
        self.written.borrow().clone()
    }

    pub(crate) fn note(&self, sentence: String) {
        self.written.borrow_mut().push(sentence);
    }

    /// Did we write this? Only asked of what bears our marker and names its author.
    pub(crate) fn is_own(&self, item: &Value) -> Result<bool, Error> {
        let Some(user) = item.get("user").filter(|it| it.is_object()) else { return Ok(true) };
        if user.get("login").and_then(Value::as_str) == Some(WORKFLOWS) {
            return Ok(true);
        }
        if self.identity.get().is_none() {
            let asked = Identity::ask(self)?;
            return Ok(self.identity.get_or_init(|| asked).is(user));
        }
        Ok(self.identity.get().is_none_or(|it| it.is(user)))
    }

    /// The name of the default branch.
    pub fn default_branch(&self) -> Result<String, Error> {
        let request = self.read("", Permission::Metadata);
        let repository = self.get(&request)?;
        text(&repository, "/default_branch", &request)
    }

    /// A reading request below the repository.
    pub(crate) fn read(&self, below: &str, needs: Permission) -> Request {
        Request::get(self.endpoint.path(below), needs)
    }

    /// The body of what is there.
    pub(crate) fn get(&self, request: &Request) -> Result<Value, Error> {
        Ok(self.answer(request)?.body)
    }

    /// The body, or nothing where there is nothing.
    pub(crate) fn find(&self, request: &Request) -> Result<Option<Value>, Error> {
        match self.get(request) {
            Ok(body) => Ok(Some(body)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(err) => Err(err),
        }
    }

    /// A request that may be repeated as it is: it reads, or it sets what it names.
    pub(crate) fn answer(&self, request: &Request) -> Result<Answer, Error> {
        let never = || Ok(None);
        match self.send(request, &never)? {
            Sent::Answered(answer) => Ok(answer),
            Sent::Seen(body) => Ok(Answer::of(200, body)),
        }
    }

    /// Changes what is there.
    pub(crate) fn patch(
        &self,
        below: &str,
        body: Value,
        needs: Permission,
    ) -> Result<Value, Error> {
        Ok(self.answer(&Request::patch(self.endpoint.path(below), body, needs))?.body)
    }

    /// Makes something new. It is sent again only after `seen` has shown that it had no effect;
    /// else what `seen` found is the answer.
    pub(crate) fn post(&self, request: &Request, seen: &Seen<'_>) -> Result<Value, Error> {
        debug_assert_eq!(request.method, Method::Post);
        self.change(request, seen)
    }

    /// The same for a change that adds something.
    pub(crate) fn change(&self, request: &Request, seen: &Seen<'_>) -> Result<Value, Error> {
        match self.send(request, seen)? {
            Sent::Answered(answer) => Ok(answer.body),
            Sent::Seen(body) => Ok(body),
        }
    }

    /// The answer as it is, whatever its status; only illness and limits are waited for.
    pub(crate) fn verbatim(&self, request: &Request) -> Result<Answer, Error> {
        let never = || Ok(None);
        match self.settled(request, &never)? {
            Sent::Answered(answer) => Ok(answer),
            Sent::Seen(body) => Ok(Answer::of(200, body)),
        }
    }

    /// Path and query of the page after this one.
    pub(crate) fn next_page(&self, answer: &Answer) -> Option<String> {
        let next = answer.header("link").and_then(next)?;
        self.endpoint.path_of(&next)
    }

    fn send(&self, request: &Request, seen: &Seen<'_>) -> Result<Sent, Error> {
        match self.settled(request, seen)? {
            Sent::Answered(answer) => judged(request, answer).map(Sent::Answered),
            Sent::Seen(body) => Ok(Sent::Seen(body)),
        }
    }

    fn settled(&self, request: &Request, seen: &Seen<'_>) -> Result<Sent, Error> {
        let mut patience = Patience::new(request, self.clock);
        loop {
            let trouble = match self.forge.send(request) {
                Ok(answer) => match Trouble::of(&answer, self.clock.now()) {
                    Some(trouble) => trouble,
                    None => return Ok(Sent::Answered(answer)),
                },
                Err(lost) => Trouble::lost(lost),
            };
            patience.wait(trouble)?;
            if let Some(body) = seen()? {
                return Ok(Sent::Seen(body));
            }
        }
    }

    /// All pages of a list; `path` has its query, without the size of a page.
    pub(crate) fn list(&self, below: &str, needs: Permission) -> Result<Listed, Error> {
        self.pages(below, "", needs)
    }

    /// All pages of a list that stands in a member of each answer.
    pub(crate) fn pages(
        &self,
        below: &str,
        member: &str,
        needs: Permission,
    ) -> Result<Listed, Error> {
        let mark = if below.contains('?') { '&' } else { '?' };
        let mut request = self.read(&format!("{below}{mark}per_page=100"), needs);
        let mut listed = Listed { items: Vec::new(), is_whole: true };
        for _ in 0..MOST_PAGES {
            let answer = self.answer(&request)?;
            let items = answer.body.pointer(member).and_then(Value::as_array);
            let items = items.ok_or_else(|| Error::malformed(&request, "a list"))?;
            listed.items.extend(items.iter().cloned());
            let Some(path) = self.next_page(&answer) else { return Ok(listed) };
            request = Request::get(path, needs);
        }
        listed.is_whole = false;
        Ok(listed)
    }
}

/// How a request ended well.
enum Sent {
    Answered(Answer),
    Seen(Value),
}

/// The sentence of each status that is not good.
fn judged(request: &Request, answer: Answer) -> Result<Answer, Error> {
    if answer.is_good() {
        return Ok(answer);
    }
    let (what, id) = (format!("`{request}`"), request_id(&answer));
    let words = words(&answer.body);
    Err(match answer.status {
        401 => Error::TokenRefused { what, id },
        403 => Error::Forbidden { what, needs: request.needs, words, id },
        404 | 410 => Error::NotFound { what, id },
        status => Error::Refused { what, status, words, id },
    })
}

/// GitHub's own sentence: its message, and what it says of single members.
fn words(body: &Value) -> String {
    let text = |it: &Value| it.as_str().map(|it| it.trim_end_matches('.').to_owned());
    let message = body.get("message").and_then(text);
    let mut words = message.unwrap_or_else(|| "GitHub gives no reason".to_owned());
    let errors = body.get("errors").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for error in errors {
        let member = |name: &str| error.get(name).and_then(text);
        let told = member("message").or_else(|| text(error)).or_else(|| {
            Some(format!("{} {} {}", member("resource")?, member("field")?, member("code")?))
        });
        if let Some(told) = told {
            words.push_str("; ");
            words.push_str(&told);
        }
    }
    words.chars().take(1_000).collect()
}

/// The address of the next page. Source: RFC 8288.
fn next(link: &str) -> Option<String> {
    let is_next = |it: &&str| {
        it.split(';').skip(1).any(|it| matches!(it.trim(), "rel=\"next\"" | "rel=next"))
    };
    let found = link.split(", <").map(|it| it.trim_start_matches('<')).find(is_next)?;
    found.split_once('>').map(|(address, _)| address.to_owned())
}

/// A text that an answer must hold.
pub(crate) fn text(body: &Value, pointer: &str, request: &Request) -> Result<String, Error> {
    let found = body.pointer(pointer).and_then(Value::as_str);
    found.map(str::to_owned).ok_or_else(|| missing(pointer, request))
}

/// A number that an answer must hold.
pub(crate) fn number(body: &Value, pointer: &str, request: &Request) -> Result<u64, Error> {
    body.pointer(pointer).and_then(Value::as_u64).ok_or_else(|| missing(pointer, request))
}

fn missing(pointer: &str, request: &Request) -> Error {
    Error::malformed(request, &pointer.trim_start_matches('/').replace('/', "."))
}

/// A value of a query, or a part of a path.
pub(crate) fn escaped(text: &str) -> String {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"-_.~/=".contains(&it);
    let escape = |it: u8| {
        if is_plain(it) { char::from(it).to_string() } else { format!("%{it:02X}") }
    };
    text.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_next_page_is_found_among_links() {
        let check = |link: &str, expected: Option<&str>| {
            assert_eq!(next(link).as_deref(), expected, "{link}");
        };
        let both = "<https://a.example/x?page=1>; rel=\"prev\", <https://a.example/x?a=1,2&page=3>; rel=\"next\"";
        check(both, Some("https://a.example/x?a=1,2&page=3"));
        check("<https://a.example/x?page=3>; rel=\"last\"", None);
        check("", None);
    }

    #[test]
    fn each_refusal_is_one_sentence() {
        let check = |status: u16, body: Value, expected: &str| {
            let request =
                Request::post("/repos/a/b/pulls?x=1", json!({}), Permission::PullRequests);
            let mut answer = Answer::of(status, body);
            answer.headers.insert("x-github-request-id".into(), "C0:FE".into());
            assert_eq!(judged(&request, answer).unwrap_err().to_string(), expected);
        };
        let id = "(x-github-request-id: C0:FE)";
        check(401, json!({}), &format!("`POST /repos/a/b/pulls`: token refused {id}"));
        check(
            403,
            json!({"message": "Resource not accessible by integration"}),
            &format!(
                "`POST /repos/a/b/pulls`: needs `pull-requests: write`, which this token does not have: Resource not accessible by integration {id}"
            ),
        );
        check(
            404,
            json!({}),
            &format!("`POST /repos/a/b/pulls`: not found or not visible to this token {id}"),
        );
        check(
            422,
            json!({"message": "Validation Failed", "errors": [
                {"message": "A pull request already exists for acme:x."},
                {"resource": "PullRequest", "field": "head", "code": "invalid"},
            ]}),
            &format!(
                "`POST /repos/a/b/pulls`: Validation Failed; A pull request already exists for acme:x; PullRequest head invalid (status 422) {id}"
            ),
        );
    }

    #[test]
    fn queries_carry_any_name() {
        for (text, expected) in
            [("acme:a/b", "acme%3Aa/b"), ("a&b=c", "a%26b=c"), ("ä #", "%C3%A4%20%23")]
        {
            assert_eq!(escaped(text), expected);
        }
    }
}
