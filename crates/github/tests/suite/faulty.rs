//! A forge between the client and another one, where one request goes wrong.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use github::{Answer, Clock, Forge, Lost, Request};
use serde_json::json;

/// What goes wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// The server is ill.
    BadGateway,
    /// Too many requests for now.
    SecondaryLimit,
    /// No answer.
    Cut,
}

/// One fault.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    /// The first request that it meets, from 0.
    pub(crate) from: usize,
    /// How many requests it meets.
    pub(crate) times: usize,
    /// Does the request have its effect all the same?
    pub(crate) after: bool,
    /// What goes wrong.
    pub(crate) kind: Kind,
}

/// Every fault that one request can meet.
pub(crate) fn faults(from: usize) -> impl Iterator<Item = Fault> {
    let kinds = [Kind::BadGateway, Kind::SecondaryLimit, Kind::Cut];
    let once_and_for_good = [1, 4];
    kinds.into_iter().flat_map(move |kind| {
        [false, true].into_iter().flat_map(move |after| {
            once_and_for_good.map(|times| Fault { from, times, after, kind }).into_iter()
        })
    })
}

/// Passes requests on, but for the faulty ones.
pub(crate) struct Faulty<'a> {
    inner: &'a dyn Forge,
    fault: Option<Fault>,
    n_asked: Cell<usize>,
}

impl<'a> Faulty<'a> {
    pub(crate) fn new(inner: &'a dyn Forge, fault: Option<Fault>) -> Self {
        Self { inner, fault, n_asked: Cell::new(0) }
    }

    pub(crate) fn n_asked(&self) -> usize {
        self.n_asked.get()
    }
}

impl Forge for Faulty<'_> {
    fn send(&self, request: &Request) -> Result<Answer, Lost> {
        let number = self.n_asked.replace(self.n_asked.get() + 1);
        let meets = |it: &Fault| (it.from..it.from + it.times).contains(&number);
        let Some(fault) = self.fault.filter(meets) else { return self.inner.send(request) };
        if fault.after {
            self.inner.send(request)?;
        }
        match fault.kind {
            Kind::BadGateway => Ok(Answer::of(502, json!(null))),
            Kind::SecondaryLimit => {
                let words = json!({"message": "You have exceeded a secondary rate limit."});
                let mut answer = Answer::of(403, words);
                answer.headers.insert("retry-after".into(), "1".into());
                Ok(answer)
            }
            Kind::Cut => Err(Lost { reason: "the connection is cut".to_owned() }),
        }
    }
}

/// Time that passes only when somebody waits.
#[derive(Default)]
pub(crate) struct Still {
    pub(crate) slept: RefCell<Vec<Duration>>,
}

impl Clock for Still {
    fn now(&self) -> u64 {
        1_800_000_000
    }

    fn sleep(&self, time: Duration) {
        self.slept.borrow_mut().push(time);
    }

    fn seed(&self) -> u64 {
        7
    }
}
