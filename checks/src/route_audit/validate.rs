//! What head's own policy says of this gate must make sense for the repository it lies in.
//!
//! Entries that only base has are not looked at: they may name what the change removes.

use globset::GlobBuilder;
use routes::{CustomDomain, HostPattern, Pattern};
use url::{Host, Url};
use wrangler::Unit;

use crate::{
    config::{ConfigError, Setting, did_you_mean},
    gates,
    route_audit::{Fleet, discovery::Discovery},
};

/// Tells what a list of globs leaves of head.
pub type Discover<'a> = &'a dyn Fn(&[String]) -> Discovery;

/// The first entry of head's policy that cannot be meant.
pub fn validate(head: &Setting, fleet: &Fleet, discover: Discover<'_>) -> Result<(), ConfigError> {
    let Some(audit) = head.at(&["gates", gates::ROUTE_AUDIT]) else { return Ok(()) };
    let list = |name: &str| audit.get(name).map_or(&[][..], Setting::items).iter();
    list("ignore").try_for_each(glob)?;
    hidden(audit, discover)?;
    list("undeployed").try_for_each(|it| unit(it, fleet))?;
    list("internal").try_for_each(|it| worker(it, fleet))?;
    list("saas-hostnames").try_for_each(saas_host)?;
    let domains = audit.get("pages-domains").map_or(&[][..], Setting::members).iter();
    domains.flat_map(|(_, it)| it.items()).try_for_each(host)?;
    list("public-hosts").filter_map(|it| it.get("host")).try_for_each(host)?;
    list("allowed-overlaps").filter_map(|it| it.get("within")).try_for_each(pattern)?;
    list("live").try_for_each(live)
}

fn error(at: &Setting, message: String) -> ConfigError {
    ConfigError { place: at.place.clone(), message }
}

fn hint<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    did_you_mean(word, known).map_or_else(String::new, |it| format!("; did you mean `{it}`?"))
}

fn glob(item: &Setting) -> Result<(), ConfigError> {
    let text = item.text().unwrap_or_default();
    match GlobBuilder::new(text).literal_separator(true).build() {
        Ok(_) => Ok(()),
        Err(err) => Err(error(item, format!("`ignore`: `{text}` is no glob: {}", err.kind()))),
    }
}

fn hidden(audit: &Setting, discover: Discover<'_>) -> Result<(), ConfigError> {
    let Some(ignore) = audit.get("ignore") else { return Ok(()) };
    let globs: Vec<String> =
        ignore.items().iter().filter_map(Setting::text).map(str::to_owned).collect();
    if globs.is_empty() || !discover(&globs).configs.is_empty() {
        return Ok(());
    }
    match discover(&[]).configs.len() {
        0 => Ok(()),
        n_hidden => {
            let message = format!(
                "`ignore` hides every configuration ({n_hidden}), so nothing would be judged; \
                 to switch the gate off, say `enabled = false`"
            );
            Err(error(ignore, message))
        }
    }
}

fn unit(item: &Setting, fleet: &Fleet) -> Result<(), ConfigError> {
    let text = item.text().unwrap_or_default();
    let addresses: Vec<String> = fleet.workers.units().map(|(_, it)| it.address()).collect();
    // A file that does not parse may hold any environment; that is told elsewhere.
    let file = text.split_once('#').map_or(text, |(file, _)| file);
    let is_unread = fleet.unread.iter().any(|it| it.subject == file);
    if is_unread || addresses.iter().any(|it| it == text) {
        return Ok(());
    }
    let hint = hint(text, addresses.iter().map(String::as_str));
    Err(error(item, format!("`undeployed`: `{text}` names no unit{hint}")))
}

fn worker(item: &Setting, fleet: &Fleet) -> Result<(), ConfigError> {
    let text = item.text().unwrap_or_default();
    let names = |unit: &Unit| [unit.name.clone(), unit.top_name.clone()];
    let names: Vec<Box<str>> =
        fleet.workers.units().flat_map(|(_, it)| names(it)).flatten().collect();
    if !fleet.unread.is_empty() || names.iter().any(|it| &**it == text) {
        return Ok(());
    }
    let hint = hint(text, names.iter().map(AsRef::as_ref));
    Err(error(item, format!("`internal`: no unit is named `{text}`{hint}")))
}

fn saas_host(item: &Setting) -> Result<(), ConfigError> {
    let text = item.text().unwrap_or_default();
    let refused =
        |code: &str| error(item, format!("`saas-hostnames`: `{text}` is no host ({code})"));
    HostPattern::parse(text).map(drop).map_err(|it| refused(it.code()))
}

fn host(item: &Setting) -> Result<(), ConfigError> {
    let text = item.text().unwrap_or_default();
    let refused = |code: &str| error(item, format!("`{text}` is no host ({code})"));
    CustomDomain::parse(text).map(drop).map_err(|it| refused(it.code()))
}

fn pattern(item: &Setting) -> Result<(), ConfigError> {
    let text = item.text().unwrap_or_default();
    let refused = |code: &str| error(item, format!("`within`: `{text}` is no pattern ({code})"));
    Pattern::parse(text, None, &|_| false).map(drop).map_err(|it| refused(it.code()))
}

fn live(item: &Setting) -> Result<(), ConfigError> {
    let text = |name: &str| item.get(name).and_then(|it| Some((it, it.text()?)));
    if let Some((at, url)) = text("url")
        && let Err(why) = is_askable(url)
    {
        return Err(error(at, format!("`url`: {why}")));
    }
    if let Some((at, pointer)) = text("pointer")
        && !is_pointer(pointer)
    {
        let message = "`pointer` is no JSON pointer; it is empty or starts with `/`";
        return Err(error(at, message.to_owned()));
    }
    let is_jwks = text("expect").is_some_and(|(_, it)| it == "jwks");
    let misfit = ["pointer", "equals"].into_iter().find_map(|it| item.get(it)).filter(|_| is_jwks);
    if let Some(at) = misfit {
        let message = "`pointer` and `equals` belong to `expect = \"json\"`";
        return Err(error(at, message.to_owned()));
    }
    match item.get("equals").filter(|_| item.get("pointer").is_none()) {
        Some(at) => Err(error(at, "`equals` needs a `pointer` to the value".to_owned())),
        None => Ok(()),
    }
}

fn is_askable(text: &str) -> Result<(), &'static str> {
    let url =
        Url::parse(text).map_err(|_| "expected a URL like `https://api.example.com/health`")?;
    let is_loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err("credentials do not belong into a URL");
    }
    match url.scheme() {
        "https" => Ok(()),
        "http" if is_loopback => Ok(()),
        "http" => Err("`http` is allowed for loopback only; use `https`"),
        _ => Err("only `https` (and `http` for loopback) can be asked"),
    }
}

/// RFC 6901: empty, or parts that start with `/`, in which `~` stands before 0 or 1.
fn is_pointer(text: &str) -> bool {
    let is_escaped = |it: &str| it.starts_with(['0', '1']);
    (text.is_empty() || text.starts_with('/')) && text.split('~').skip(1).all(is_escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_those_of_the_rfc() {
        for good in ["", "/", "/a/b", "/a~0b/~1", "/é"] {
            assert!(is_pointer(good), "{good}");
        }
        for bad in ["a", "/~", "/~2", "#/a"] {
            assert!(!is_pointer(bad), "{bad}");
        }
    }

    #[test]
    fn only_public_https_and_loopback_are_asked() {
        for good in
            ["https://a.example/x", "http://localhost:8787/", "http://127.0.0.1", "http://[::1]/a"]
        {
            assert_eq!(is_askable(good), Ok(()), "{good}");
        }
        for bad in [
            "http://a.example",
            "ftp://a.example",
            "a.example",
            "",
            "https://u:p@a.example",
            "file:///x",
        ] {
            assert!(is_askable(bad).is_err(), "{bad}");
        }
    }
}
