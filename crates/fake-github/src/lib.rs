//! A double of GitHub for tests: the requests that Proofmark sends, over real bare repositories.
//!
//! [`Server::start`] listens on the loopback interface until it is dropped. The same port speaks
//! git (clone, fetch, push) and the REST API, with or without the prefix `/api/v3` of enterprise
//! servers. Four paths of its own steer it:
//!
//! - `GET /__requests` lists what came in, and each violation of GitHub's OpenAPI description;
//!   `DELETE` empties the list;
//! - `POST /__faults` says which requests shall fail, and how: a list of `{"match", "nth", "status",
//!   "headers", "after", "body", "meanwhile"}`, told in the module `faults`; `GET` counts them;
//! - `GET /__state` tells what there is now: branches, pull requests, comments, check runs, issues.
//!
//! Who asks is told by the token: `ghp_NAME_…` is the person NAME, another `ghp_…`, `gho_…` or
//! `github_pat_…` is `octocat`, and anything else is the token of a workflow: the application
//! `github-actions[bot]`, which has no answer for `GET /user`.
//!
//! Nothing of it is a part of the product: `checks` never links it.

mod answer;
mod app;
mod clock;
mod description;
mod examples;
mod faults;
mod git;
mod journal;
mod options;
mod paging;
mod request;
mod routes;
mod server;
mod told;
mod validation;
mod world;

pub use crate::{
    description::DescriptionError,
    git::GitError,
    options::{Options, Slug, SlugError},
    server::{Server, StartError},
    validation::answer_violation,
};
