//! The URLs at which a claim about all URLs of a pattern would break first.

use super::reading::{Reading, Request, clean_host, cut};

/// How many URLs are tried.
const MAX_URLS: usize = 64;
/// How many hosts and paths of other patterns are tried.
const MAX_FOREIGN: usize = 24;

/// Up to 64 URLs that the pattern takes: its own text, fresh characters behind and before it, and
/// the hosts and paths of other patterns that go on from it.
#[must_use]
pub fn boundary_urls(pattern: &str, zone: Option<&str>, others: &[&str]) -> Vec<String> {
    let Some(reading) = Reading::of(pattern, zone) else { return Vec::new() };
    let (scheme, host, path) = cut(pattern);
    let schemes = match scheme {
        Some(scheme) => vec![scheme.to_ascii_lowercase()],
        None => vec!["https".to_owned(), "http".to_owned()],
    };
    let hosts = hosts(host, zone);
    let paths = paths(path);
    let foreign_hosts = foreign(others.iter().map(|it| cut(it).1), |it| extends_host(it, host));
    let foreign_paths = foreign(others.iter().map(|it| cut(it).2), |it| extends_path(it, path));
    let mut targets = pairs(&hosts, &paths);
    // The last host has the freshest label, and the first path is the bare prefix.
    let [host, path] = [hosts.last(), paths.first()].map(|it| it.cloned().unwrap_or_default());
    for at in 0..MAX_FOREIGN {
        let foreign_host = foreign_hosts.get(at);
        let foreign_path = foreign_paths.get(at);
        targets.extend(foreign_host.map(|it| (it.clone(), path.clone())));
        targets.extend(foreign_path.map(|it| (host.clone(), it.clone())));
        targets.extend(foreign_host.cloned().zip(foreign_path.cloned()));
    }
    let mut urls = Vec::new();
    for (host, path) in targets {
        for scheme in &schemes {
            let url = format!("{scheme}://{host}{path}");
            let is_taken = Request::of(&url).is_some_and(|it| reading.takes(&it));
            if is_taken && !urls.contains(&url) {
                urls.push(url);
            }
        }
        if urls.len() >= MAX_URLS {
            break;
        }
    }
    urls.truncate(MAX_URLS);
    urls
}

fn pairs(hosts: &[String], paths: &[String]) -> Vec<(String, String)> {
    hosts.iter().flat_map(|host| paths.iter().map(move |it| (host.clone(), it.clone()))).collect()
}

/// The apex, and hosts with a fresh label or a fresh character in front.
fn hosts(host: &str, zone: Option<&str>) -> Vec<String> {
    let Some((_, tail)) = host.split_once('*') else { return vec![host.to_owned()] };
    let tail = match (tail, zone) {
        ("", zone) => zone.unwrap_or("judge.example"),
        (tail, _) => tail,
    };
    let name = tail.trim_start_matches('.');
    vec![name.to_owned(), format!("zq.{name}"), format!("zq{tail}"), format!("zq.qz.{name}")]
}

/// The prefix itself, and what a fresh character, part or query makes of it.
fn paths(path: &str) -> Vec<String> {
    match path.split_once('*') {
        None if path.is_empty() => vec!["/".to_owned()],
        None => vec![path.to_owned()],
        Some((front, _)) => ["", "~", "~/~", "?~=1", "00"].map(|it| [front, it].concat()).to_vec(),
    }
}

fn foreign<'a>(
    texts: impl Iterator<Item = &'a str>,
    extends: impl Fn(&str) -> bool,
) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in texts.filter(|it| extends(it)) {
        let plain = text.replace('*', "");
        let plain = plain.strip_prefix('.').map_or(plain.clone(), |it| format!("zq.{it}"));
        if !plain.is_empty() && !found.contains(&plain) {
            found.push(plain);
        }
        if found.len() >= MAX_FOREIGN {
            break;
        }
    }
    found
}

fn extends_host(text: &str, host: &str) -> bool {
    let (Some(tail), true) = (host.strip_prefix('*'), text.len() > host.len()) else {
        return false;
    };
    // Most hosts are ASCII and need no parser.
    let ends = |text: &str, tail: &str| {
        let at = text.len().checked_sub(tail.len());
        at.and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(tail))
    };
    if text.is_ascii() && tail.is_ascii() {
        return ends(text, tail);
    }
    let text = clean_host(text.trim_start_matches('*'));
    text.zip(clean_host(tail)).is_some_and(|(text, tail)| ends(&text, &tail))
}

fn extends_path(text: &str, path: &str) -> bool {
    path.split_once('*')
        .is_some_and(|(front, _)| text.len() > front.len() && text.starts_with(front))
}
