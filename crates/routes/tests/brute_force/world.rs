//! A world small enough to try every URL in it.

use routes::{Pattern, Scheme};

/// Fifteen hosts: names that end in one another with and without a dot between them.
pub(crate) const HOSTS: [&str; 15] = [
    "*",
    "a.example",
    "*a.example",
    "*.a.example",
    "b.a.example",
    "*b.a.example",
    "*.b.a.example",
    "ba.example",
    "*ba.example",
    "*-a.example",
    "c.b.a.example",
    "*.example",
    "*e",
    "other.test",
    "*.test",
];

/// Ten paths: the known issue, the root, and prefixes that end inside a part.
const PATHS: [&str; 10] =
    ["", "/*", "/a", "/a*", "/a/", "/a/*", "/ab*", "/a/b", "/a/b*", "/a/b/c/*"];

const SCHEMES: [&str; 3] = ["", "https://", "http://"];

/// Four zones: none, a parent, its child, and another one.
pub(crate) const ZONES: [Option<&str>; 4] =
    [None, Some("a.example"), Some("b.a.example"), Some("test")];

/// Hosts of URLs: every tail by itself, with a fresh character, and with a fresh label.
const URL_HOSTS: [&str; 18] = [
    "a.example",
    "za.example",
    "z.a.example",
    "b.a.example",
    "zb.a.example",
    "z.b.a.example",
    "ba.example",
    "zba.example",
    "z.ba.example",
    "z-a.example",
    "c.b.a.example",
    "z.c.b.a.example",
    "zz.example",
    "zze",
    "other.test",
    "zz.test",
    "test",
    "zz",
];

/// Paths of URLs: every prefix by itself, with a fresh character, a fresh part, and a query.
const URL_PATHS: [&str; 17] = [
    "/", "/z", "/?q", "/a", "/az", "/a?q", "/a/", "/a/z", "/a/?q", "/ab", "/abz", "/a/b", "/a/bz",
    "/a/b/", "/a/b/c/", "/a/b/c/z", "/a/b?q",
];

/// A pattern as this test reads it.
#[derive(Debug, Clone)]
pub(crate) struct Tiny {
    pub(crate) raw: String,
    pub(crate) zone: Option<&'static str>,
    pub(crate) scheme: Option<&'static str>,
    pub(crate) host: &'static str,
    pub(crate) path: &'static str,
}

impl Tiny {
    pub(crate) fn takes(&self, url: &(Scheme, &str, &str)) -> bool {
        let (scheme, host, path) = url;
        self.scheme.is_none_or(|it| it == scheme.name())
            && self.takes_host(host)
            && match self.path.strip_suffix('*') {
                Some(front) => path.starts_with(front),
                None => *path == if self.path.is_empty() { "/" } else { self.path },
            }
    }

    pub(crate) fn takes_host(&self, host: &str) -> bool {
        let Some(tail) = self.host.strip_prefix('*') else { return host == self.host };
        match self.trusted() {
            Some(zone) if tail.is_empty() || tail == zone => {
                host == zone || host.ends_with(&format!(".{zone}"))
            }
            _ => host.ends_with(tail),
        }
    }

    pub(crate) fn trusted(&self) -> Option<&'static str> {
        let zone = self.zone?;
        let name = self.host.trim_start_matches(['*', '.']);
        let inside = name == zone || name.ends_with(&format!(".{zone}")) || self.host == "*";
        inside.then_some(zone)
    }

    pub(crate) fn may_meet(&self, other: &Self) -> bool {
        match (self.trusted(), other.trusted()) {
            (Some(own), Some(other)) => own == other,
            _ => true,
        }
    }

    pub(crate) fn score(&self) -> i64 {
        let labels: Vec<&str> = self.host.split('.').collect();
        let path = if self.path.is_empty() { "/" } else { self.path };
        let parts: Vec<&str> = path.split('/').collect();
        let stars = i64::from(labels[0] == "*") * 52 + i64::from(parts[parts.len() - 1] == "*") * 2;
        i64::try_from(labels.len() * 26 + parts.len()).unwrap() - stars
    }

    pub(crate) fn pattern(&self) -> Pattern {
        Pattern::parse(&self.raw, self.zone, &|_| false).unwrap()
    }
}

/// All patterns and all URLs of the small world, and which takes which.
pub(crate) struct World {
    pub(crate) tinies: Vec<Tiny>,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) urls: Vec<(Scheme, &'static str, &'static str)>,
    /// One bit for each URL.
    pub(crate) taken: Vec<Bits>,
}

pub(crate) type Bits = [u64; 10];

impl World {
    pub(crate) fn new() -> Self {
        let mut tinies = Vec::new();
        for (host, zone) in HOSTS.iter().flat_map(|host| ZONES.map(|zone| (*host, zone))) {
            let rest = PATHS.iter().flat_map(|path| SCHEMES.map(|it| (*path, it)));
            for (path, prefix) in rest.filter(|(path, _)| host != "*" || !path.is_empty()) {
                let scheme = prefix.strip_suffix("://");
                tinies.push(Tiny {
                    raw: format!("{prefix}{host}{path}"),
                    zone,
                    scheme,
                    host,
                    path,
                });
            }
        }
        let urls: Vec<_> = [Scheme::Https, Scheme::Http]
            .into_iter()
            .flat_map(|scheme| URL_HOSTS.map(|host| (scheme, host)))
            .flat_map(|(scheme, host)| URL_PATHS.map(|path| (scheme, host, path)))
            .collect();
        let taken = tinies.iter().map(|it| bits(&urls, |url| it.takes(url))).collect();
        let patterns = tinies.iter().map(Tiny::pattern).collect();
        Self { tinies, patterns, urls, taken }
    }

    pub(crate) fn meet(&self, left: usize, right: usize) -> bool {
        self.tinies[left].may_meet(&self.tinies[right])
            && self.taken[left]
                .iter()
                .zip(&self.taken[right])
                .any(|(left, right)| left & right != 0)
    }

    /// Does `outer` take all that `inner` takes?
    pub(crate) fn holds(&self, outer: usize, inner: usize) -> bool {
        self.tinies[outer].may_meet(&self.tinies[inner])
            && self.taken[outer]
                .iter()
                .zip(&self.taken[inner])
                .all(|(outer, inner)| inner & !outer == 0)
    }

    /// Is every URL of `member` taken by one of the set that outranks it?
    pub(crate) fn is_dead(&self, set: &[usize], member: usize) -> bool {
        let own = &self.tinies[member];
        let above: Vec<usize> = set
            .iter()
            .copied()
            .filter(|&it| self.tinies[it].score() > own.score() && self.tinies[it].may_meet(own))
            .collect();
        self.taken[member].iter().enumerate().all(|(word, own)| {
            own & !above.iter().fold(0, |all, &it| all | self.taken[it][word]) == 0
        })
    }

    /// As the specification says it: for each scheme one member that outranks and holds it.
    pub(crate) fn is_dead_by_one(&self, set: &[usize], member: usize) -> bool {
        self.halves(member).into_iter().all(|own| self.is_held(set, &[member], &own))
    }

    /// Does one member of the set outrank all of `lower` and take all of the URLs?
    pub(crate) fn is_held(&self, set: &[usize], lower: &[usize], urls: &Bits) -> bool {
        set.iter().any(|&it| {
            let outranks = |other: &usize| {
                let [own, other] = [it, *other].map(|it| &self.tinies[it]);
                own.score() > other.score() && own.may_meet(other)
            };
            lower.iter().all(outranks)
                && urls.iter().zip(&self.taken[it]).all(|(urls, taken)| urls & !taken == 0)
        })
    }

    /// The URLs of a pattern, https and http apart; only schemes that it takes.
    pub(crate) fn halves(&self, member: usize) -> Vec<Bits> {
        let is = |scheme| bits(&self.urls, |url| url.0 == scheme);
        [is(Scheme::Https), is(Scheme::Http)]
            .iter()
            .map(|half| and(half, &self.taken[member]))
            .filter(|it| *it != Bits::default())
            .collect()
    }
}

pub(crate) fn and(left: &Bits, right: &Bits) -> Bits {
    std::array::from_fn(|at| left[at] & right[at])
}

pub(crate) fn bits(
    urls: &[(Scheme, &'static str, &'static str)],
    takes: impl Fn(&(Scheme, &str, &str)) -> bool,
) -> Bits {
    let mut all = [0; 10];
    for (at, _) in urls.iter().enumerate().filter(|(_, url)| takes(url)) {
        all[at / 64] |= 1 << (at % 64);
    }
    all
}
