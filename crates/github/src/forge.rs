//! Requests and answers, and whoever takes them.

use std::{collections::BTreeMap, fmt};

use serde_json::Value;

/// Whoever answers requests: GitHub itself, a dry run, or a model in tests.
pub trait Forge {
    /// Sends one request once. Every status is an answer; only a broken connection is none.
    fn send(&self, request: &Request) -> Result<Answer, Lost>;
}

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Path and query below the address of the API: `/repos/acme/shop/pulls?state=open`.
    pub path: String,
    /// The JSON body of a writing request.
    pub body: Option<Value>,
    /// What a token needs for it, told when it is refused.
    pub needs: Permission,
}

/// The methods that are ever sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes something new.
    Post,
    /// Changes what is there.
    Patch,
}

/// A permission of a token, as workflows write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// `metadata: read`, which every token has.
    Metadata,
    /// `contents: read`.
    ReadContents,
    /// `contents: write`.
    Contents,
    /// `pull-requests: write`.
    PullRequests,
    /// `checks: write`.
    Checks,
    /// `issues: write`.
    Issues,
}

/// One answer, whatever its status.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers, by lower-case name.
    pub headers: BTreeMap<String, String>,
    /// The body; null if it is no JSON.
    pub body: Value,
}

/// The connection broke before there was an answer: nobody knows what the request did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// Why.
    pub reason: String,
}

impl Request {
    /// Reads something.
    #[must_use]
    pub fn get(path: impl Into<String>, needs: Permission) -> Self {
        Self { method: Method::Get, path: path.into(), body: None, needs }
    }

    /// Makes something new.
    #[must_use]
    pub fn post(path: impl Into<String>, body: Value, needs: Permission) -> Self {
        Self { method: Method::Post, path: path.into(), body: Some(body), needs }
    }

    /// Changes something.
    #[must_use]
    pub fn patch(path: impl Into<String>, body: Value, needs: Permission) -> Self {
        Self { method: Method::Patch, path: path.into(), body: Some(body), needs }
    }
}

impl fmt::Display for Request {
    /// Method and path without query: enough to find it in a log.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.split('?').next().unwrap_or_default();
        write!(out, "{} {path}", self.method)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
        })
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Metadata => "metadata: read",
            Self::ReadContents => "contents: read",
            Self::Contents => "contents: write",
            Self::PullRequests => "pull-requests: write",
            Self::Checks => "checks: write",
            Self::Issues => "issues: write",
        })
    }
}

impl Answer {
    /// An answer without headers.
    #[must_use]
    pub fn of(status: u16, body: Value) -> Self {
        Self { status, headers: BTreeMap::new(), body }
    }

    /// A header, by its lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// The number in a header.
    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.header(name)?.trim().parse().ok()
    }

    pub(crate) fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }
}
