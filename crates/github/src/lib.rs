//! The one place that talks to GitHub: whatever is written there exists once, however often and
//! with whatever faults it is written.
//!
//! Start with [`Client`]: it asks through a [`Forge`], waits and repeats as GitHub wants it, and
//! says what went wrong in one sentence. The operations are functions over it: [`sticky`],
//! [`check_run`], [`propose`] and [`incidents`]. Answers are read as plain JSON, and only the few
//! members that an operation needs are required, so that older and newer servers do as well.

mod branch;
mod check_run;
mod client;
mod clock;
mod comment;
mod commit;
mod dry_run;
mod endpoint;
mod error;
mod facts;
mod fit;
mod forge;
mod http;
mod issue;
mod patience;
mod proposal;
mod pull_request;
mod secret;
mod who;

pub use crate::{
    branch::{Branch, encoded, service_branch},
    check_run::{Annotation, CheckRun, Conclusion, check_run},
    client::Client,
    clock::{Clock, SystemClock},
    comment::{Comment, Noted, marker, sticky},
    commit::{Content, FileChange},
    dry_run::DryRun,
    endpoint::Endpoint,
    error::Error,
    facts::facts,
    fit::{LONGEST_BODY, fit},
    forge::{Answer, Forge, Lost, Method, Permission, Request},
    http::Http,
    issue::{Incident, Incidents, Settled, incidents},
    proposal::{PLAN_TRAILER, Proposal, Proposed, propose},
    pull_request::{
        END, PullRequest, PullRequestText, State, Target, number_of, open_body, target,
    },
    secret::Secret,
    who::{Identity, who},
};
