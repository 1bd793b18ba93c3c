//! When to ask again, and how long to wait before: GitHub says it in headers.

use std::time::Duration;

use kernel::Timestamp;

use crate::{
    Error,
    clock::Clock,
    forge::{Answer, Lost, Request},
};

/// How often one request is sent at most.
const TRIES: usize = 4;
/// The first pause; each further one is twice as long.
const FIRST_PAUSE_MS: u64 = 500;
/// The longest pause that GitHub may ask of us; if it wants more, the caller has to come back.
const LONGEST_PAUSE: u64 = 60;

/// What one request went through so far.
pub(crate) struct Patience<'a> {
    request: &'a Request,
    clock: &'a dyn Clock,
    n_tries: usize,
}

/// Why a request has to be sent again.
pub(crate) enum Trouble {
    /// The server is ill, or the line is.
    Ill { why: String, after: Option<u64>, id: String },
    /// Too many requests: so many seconds are left.
    Rate { seconds: u64, id: String },
}

impl Trouble {
    /// Is this answer one to wait for? Everything else is final.
    pub(crate) fn of(answer: &Answer, now: u64) -> Option<Self> {
        let id = request_id(answer);
        let after = answer.number("retry-after");
        if answer.status >= 500 {
            return Some(Self::Ill { why: format!("status {}", answer.status), after, id });
        }
        if !matches!(answer.status, 403 | 429) {
            return None;
        }
        // The server's own clock tells best how far away its reset is.
        let reset = answer.number("x-ratelimit-reset").map(|it| it.saturating_sub(now));
        let is_used_up = answer.number("x-ratelimit-remaining") == Some(0);
        let words = answer.body.get("message").and_then(|it| it.as_str()).unwrap_or_default();
        let is_secondary = words.to_ascii_lowercase().contains("secondary rate limit");
        let seconds = match (after, reset) {
            (Some(after), _) => after,
            (None, Some(reset)) if is_used_up => reset + 1,
            // GitHub: without a header, wait a minute at least.
            _ if is_secondary || answer.status == 429 => LONGEST_PAUSE,
            _ => return None,
        };
        Some(Self::Rate { seconds, id })
    }

    pub(crate) fn lost(lost: Lost) -> Self {
        Self::Ill { why: lost.reason, after: None, id: String::new() }
    }
}

impl<'a> Patience<'a> {
    pub(crate) fn new(request: &'a Request, clock: &'a dyn Clock) -> Self {
        Self { request, clock, n_tries: 0 }
    }

    /// Waits before the next try, or says why there is none.
    pub(crate) fn wait(&mut self, trouble: Trouble) -> Result<(), Error> {
        self.n_tries += 1;
        let what = format!("`{}`", self.request);
        let pause = match &trouble {
            Trouble::Ill { after: Some(seconds), .. } | Trouble::Rate { seconds, .. } => {
                Duration::from_secs(*seconds)
            }
            Trouble::Ill { after: None, .. } => self.usual_pause(),
        };
        let is_over = self.n_tries >= TRIES;
        match trouble {
            Trouble::Ill { why, id, .. } if is_over => {
                Err(Error::Unavailable { what, why, tries: TRIES, id })
            }
            Trouble::Ill { id, .. } | Trouble::Rate { id, .. }
                if is_over || pause.as_secs() > LONGEST_PAUSE =>
            {
                Err(Error::RateLimited { what, at: self.at(pause), id })
            }
            Trouble::Ill { .. } | Trouble::Rate { .. } => {
                self.clock.sleep(pause);
                Ok(())
            }
        }
    }

    /// Half a second, one, two; a quarter more or less, so that many clients do not come at once.
    fn usual_pause(&self) -> Duration {
        let doubled = FIRST_PAUSE_MS << (self.n_tries - 1);
        let mixed = (self.clock.seed() ^ (self.n_tries as u64)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let half = doubled / 2;
        Duration::from_millis(doubled - half / 2 + (mixed >> 33) % (half + 1))
    }

    fn at(&self, pause: Duration) -> String {
        let seconds = self.clock.now().saturating_add(pause.as_secs());
        let at = i64::try_from(seconds).ok().and_then(Timestamp::from_seconds);
        at.map_or_else(|| "a later day".to_owned(), |it| it.to_string())
    }
}

/// GitHub's id of a request, as its support asks for it.
pub(crate) fn request_id(answer: &Answer) -> String {
    let id = answer.header("x-github-request-id");
    id.map_or_else(String::new, |it| format!(" (x-github-request-id: {it})"))
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use serde_json::json;

    use super::*;
    use crate::forge::Permission;

    #[derive(Default)]
    struct Still(RefCell<Vec<Duration>>);

    impl Clock for Still {
        fn now(&self) -> u64 {
            1_000
        }
        fn sleep(&self, time: Duration) {
            self.0.borrow_mut().push(time);
        }
        fn seed(&self) -> u64 {
            7
        }
    }

    fn answer(status: u16, headers: &[(&str, &str)], message: &str) -> Answer {
        let mut answer = Answer::of(status, json!({"message": message}));
        answer.headers =
            headers.iter().map(|(name, it)| ((*name).to_owned(), (*it).to_owned())).collect();
        answer
    }

    /// The pauses of one request that always gets this answer, and how it ends.
    fn pauses(answer: &Answer) -> (Vec<Duration>, Option<Error>) {
        let clock = Still::default();
        let request = Request::get("/x", Permission::Metadata);
        let mut patience = Patience::new(&request, &clock);
        let mut end = None;
        while end.is_none() {
            let Some(trouble) = Trouble::of(answer, clock.now()) else { break };
            end = patience.wait(trouble).err();
        }
        (clock.0.into_inner(), end)
    }

    #[test]
    fn an_ill_server_is_asked_four_times_with_doubling_pauses() {
        let (pauses, end) = pauses(&answer(502, &[], ""));
        assert_eq!(pauses.len(), 3);
        for (pause, expected) in pauses.iter().zip([500, 1_000, 2_000]) {
            let ms = u64::try_from(pause.as_millis()).unwrap();
            assert!((expected * 3 / 4..=expected * 5 / 4).contains(&ms), "{ms} is near {expected}");
        }
        assert!(matches!(end, Some(Error::Unavailable { tries: 4, .. })), "{end:?}");
    }

    #[test]
    fn headers_say_how_long_to_wait() {
        let check = |answer: &Answer, first: Option<u64>| {
            let (pauses, end) = pauses(answer);
            assert_eq!(pauses.first().map(Duration::as_secs), first, "{answer:?} {end:?}");
        };
        check(&answer(503, &[("retry-after", "7")], ""), Some(7));
        check(&answer(503, &[("retry-after", "61")], ""), None);
        check(&answer(403, &[("retry-after", "0")], ""), Some(0));
        check(&answer(429, &[("retry-after", "60")], ""), Some(60));
        let used_up = ("x-ratelimit-remaining", "0");
        check(&answer(403, &[used_up, ("x-ratelimit-reset", "1030")], ""), Some(31));
        check(&answer(403, &[used_up, ("x-ratelimit-reset", "5000")], ""), None);
        check(&answer(403, &[], "You have exceeded a secondary rate limit."), Some(60));
        check(&answer(403, &[("x-ratelimit-remaining", "12")], "Resource not accessible"), None);
        check(&answer(404, &[], ""), None);
    }

    #[test]
    fn whoever_has_to_wait_longer_is_told_until_when() {
        let headers = [
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "5000"),
            ("x-github-request-id", "A:1"),
        ];
        let (_, end) = pauses(&answer(403, &headers, ""));
        let message = end.unwrap().to_string();
        assert!(message.contains("come back at 1970-01-01T01:23:21Z"), "{message}");
        assert!(message.contains("(x-github-request-id: A:1)"), "{message}");
    }
}
