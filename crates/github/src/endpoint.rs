use url::{Host, Url};

use crate::Error;

/// GitHub's own API.
const DEFAULT_API: &str = "https://api.github.com";

/// Where requests go: the address of an API, and a repository there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    api: String,
    owner: String,
    repository: String,
}

impl Endpoint {
    /// Reads the values of `GITHUB_API_URL` and `GITHUB_REPOSITORY`; errors name the variable.
    pub fn new(api: Option<&str>, repository: Option<&str>) -> Result<Self, Error> {
        let Some(repository) = repository.map(str::trim).filter(|it| !it.is_empty()) else {
            return Err(Error::Setting(
                "no repository: set `GITHUB_REPOSITORY` or give `--repository`, such as `acme/shop`"
                    .to_owned(),
            ));
        };
        let malformed = || {
            Error::Setting(format!(
                "`GITHUB_REPOSITORY` is `{repository}`, which is not OWNER/NAME, such as `acme/shop`"
            ))
        };
        let (owner, name) = repository.split_once('/').ok_or_else(malformed)?;
        if !is_name(owner) || !is_name(name) {
            return Err(malformed());
        }
        let api = api.map(str::trim).filter(|it| !it.is_empty()).unwrap_or(DEFAULT_API);
        Ok(Self { api: address(api)?, owner: owner.to_owned(), repository: name.to_owned() })
    }

    /// The address of the API, without a slash at its end.
    #[must_use]
    pub fn api(&self) -> &str {
        &self.api
    }

    /// Who owns the repository.
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// `OWNER/NAME`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}/{}", self.owner, self.repository)
    }

    /// A path below the repository: `""` is the repository itself.
    #[must_use]
    pub fn path(&self, below: &str) -> String {
        format!("/repos/{}/{}{below}", self.owner, self.repository)
    }

    /// The path and query of an address that GitHub gave us, if it lies below this API.
    pub(crate) fn path_of(&self, address: &str) -> Option<String> {
        let rest = address.strip_prefix(&self.api)?;
        rest.starts_with('/').then(|| rest.to_owned())
    }
}

fn is_name(text: &str) -> bool {
    let is_letter = |it: u8| it.is_ascii_alphanumeric() || b"-_.".contains(&it);
    !text.is_empty() && !matches!(text, "." | "..") && text.bytes().all(is_letter)
}

/// https, or http to this machine: a token never travels in the clear.
fn address(text: &str) -> Result<String, Error> {
    let wrong = |why: &str| {
        Err(Error::Setting(format!(
            "`GITHUB_API_URL` is `{}`: {why}, such as `{DEFAULT_API}`",
            kernel::redact(text)
        )))
    };
    if !text.contains("://") {
        return wrong("it has no scheme; write a whole address");
    }
    let Ok(url) = Url::parse(text) else { return wrong("it is no address; write one") };
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback);
    if !is_safe {
        return wrong("only https is spoken (http on loopback); write such an address");
    }
    let is_plain = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if !is_plain {
        return wrong("it holds more than scheme, host and path; write only these");
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enterprise_paths_are_kept_and_slashes_are_not() {
        let check = |api: Option<&str>, expected: &str| {
            let endpoint = Endpoint::new(api, Some("acme/shop")).unwrap();
            assert_eq!(endpoint.api(), expected);
        };
        check(None, DEFAULT_API);
        check(Some(""), DEFAULT_API);
        check(Some("https://github.acme.example/api/v3/"), "https://github.acme.example/api/v3");
        check(Some("http://127.0.0.1:4000"), "http://127.0.0.1:4000");
        let endpoint = Endpoint::new(Some("https://g.example/api/v3"), Some("a/b")).unwrap();
        assert_eq!(endpoint.path("/pulls"), "/repos/a/b/pulls");
        let next = "https://g.example/api/v3/repositories/7/pulls?page=2";
        assert_eq!(endpoint.path_of(next).as_deref(), Some("/repositories/7/pulls?page=2"));
        for foreign in ["https://g.example/other", "https://evil.example/api/v3/x", "/x"] {
            assert_eq!(endpoint.path_of(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn a_wrong_variable_is_named_with_an_example() {
        let check = |api: Option<&str>, repository: Option<&str>, words: &[&str]| {
            let message = Endpoint::new(api, repository).unwrap_err().to_string();
            for word in words {
                assert!(message.contains(word), "{message}");
            }
        };
        check(None, None, &["GITHUB_REPOSITORY", "acme/shop"]);
        for name in ["a/b/c", "shop", "/shop", "a/", "a b/c", "../x", "a/..", "ä/b"] {
            check(None, Some(name), &["GITHUB_REPOSITORY", "acme/shop", name]);
        }
        for api in [
            "api.github.com",
            "ftp://a.example",
            "http://a.example",
            "https://u:p@a.example",
            "https://a.example/?x=1",
            "https://",
        ] {
            check(Some(api), Some("a/b"), &["GITHUB_API_URL", DEFAULT_API]);
        }
    }
}
