//! The URL of a request, as the edge sees it.

use std::fmt;

use thiserror::Error;

use crate::scheme::Scheme;

/// A URL of http or https, by the WHATWG rules; port, user info and fragment are dropped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Url {
    scheme: Scheme,
    host: String,
    path: String,
}

/// Why a text is no URL that a Worker could answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotHttp {
    /// Not a URL.
    #[error("`{url}` is not a URL: {why}")]
    Malformed {
        /// The text.
        url: String,
        /// What the parser says.
        why: String,
    },
    /// Another scheme.
    #[error("`{url}` is not http or https")]
    Scheme {
        /// The text.
        url: String,
    },
}

impl Url {
    /// Parses a URL.
    ///
    /// # Errors
    /// If the text is no URL, or one of another scheme.
    pub fn parse(text: &str) -> Result<Self, NotHttp> {
        let url = url::Url::parse(text)
            .map_err(|why| NotHttp::Malformed { url: text.to_owned(), why: why.to_string() })?;
        let scheme = match url.scheme() {
            "https" => Scheme::Https,
            "http" => Scheme::Http,
            _ => return Err(NotHttp::Scheme { url: text.to_owned() }),
        };
        let host = url.host_str().unwrap_or_default().to_owned();
        let path = match url.query() {
            // An empty query is no query.
            None | Some("") => url.path().to_owned(),
            Some(query) => format!("{}?{query}", url.path()),
        };
        Ok(Self { scheme, host, path })
    }

    /// Its scheme.
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Its host, in lower case and Punycode.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Its path, with the query if there is one.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

impl fmt::Display for Url {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}://{}{}", self.scheme.name(), self.host, self.path)
    }
}
