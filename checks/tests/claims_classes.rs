//! Every pair of routes falls into at most one class, and it is the one that the list of classes
//! names: tried on all triples of a small world, against an enumeration of URLs.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is a failing test")]

use std::collections::{BTreeMap, BTreeSet};

use checks::{rule_test::Files, rule_test::judge};
use kernel::RepoPath;
use routes::judge as raw;

/// Patterns below one zone, `Z` standing for it; each with or without the zone named.
const PATTERNS: &[(&str, bool)] = &[
    ("h.Z/*", false),
    ("h.Z/x*", false),
    ("h.Z/x/*", false),
    ("h.Z/x/y*", true),
    ("h.Z/x", false),
    ("https://h.Z/x*", false),
    ("http://h.Z/x/*", false),
    ("*.Z/*", false),
    ("*.Z/x/y*", false),
    ("*h.Z/x", true),
    ("*Z/*", true),
    ("*Z/x*", false),
    ("https://*.Z/x/*", false),
];

const SCHEMES: [&str; 2] = ["https", "http"];
const HOSTS: [&str; 6] = ["Z", "h.Z", "zqh.Z", "zq.Z", "zq.h.Z", "zqZ"];
const PATHS: [&str; 10] =
    ["/", "/~", "/x", "/x~", "/x?q=1", "/x/", "/x/~", "/x/y", "/x/y~", "/x/y?q=1"];

/// Who owns the three routes of a world.
const OWNERS: [[&str; 3]; 2] = [["a", "b", "c"], ["a", "b", "a"]];

/// How many findings each rule has on each subject.
type Told = BTreeMap<(String, String), usize>;

#[derive(Clone, Copy)]
struct Route<'a> {
    pattern: &'a str,
    is_zoned: bool,
    owner: &'a str,
}

/// One URL of the small world: scheme, host, path.
type Point = (usize, usize, usize);

struct Seen<'a> {
    route: Route<'a>,
    text: String,
    score: i64,
    taken: BTreeSet<Point>,
}

impl Route<'_> {
    fn text(&self) -> String {
        let slash = self.pattern.split("://").last().unwrap_or_default().contains('/');
        if slash { self.pattern.to_owned() } else { format!("{}/", self.pattern) }
    }

    fn taken(&self) -> BTreeSet<Point> {
        let zone = self.is_zoned.then_some("z.example");
        let pattern = self.pattern.replace('Z', "z.example");
        let is_taken = |(scheme, host, path): &Point| {
            let host = HOSTS[*host].replace('Z', "z.example");
            raw::takes(&pattern, zone, &format!("{}://{host}{}", SCHEMES[*scheme], PATHS[*path]))
        };
        let points = (0..SCHEMES.len())
            .flat_map(|scheme| (0..HOSTS.len()).map(move |host| (scheme, host)))
            .flat_map(|(scheme, host)| (0..PATHS.len()).map(move |path| (scheme, host, path)));
        points.filter(is_taken).collect()
    }
}

/// The list of classes, word by word, over all pairs.
fn naive(world: &[Seen<'_>]) -> Told {
    let in_scheme = |it: &BTreeSet<Point>, scheme: usize| -> BTreeSet<Point> {
        it.iter().filter(|it| it.0 == scheme).copied().collect()
    };
    let kills = |killer: &Seen<'_>, dead: &Seen<'_>, scheme: usize| {
        let own = in_scheme(&dead.taken, scheme);
        killer.score > dead.score && !own.is_empty() && own.is_subset(&killer.taken)
    };
    let schemes_of =
        |it: &Seen<'_>| -> BTreeSet<usize> { it.taken.iter().map(|it| it.0).collect() };
    let is_dead = |it: &Seen<'_>| {
        schemes_of(it).into_iter().all(|scheme| world.iter().any(|other| kills(other, it, scheme)))
    };
    let mut told = Told::new();
    for dead in world.iter().filter(|it| is_dead(it)) {
        let is_killer =
            |it: &&Seen<'_>| schemes_of(dead).into_iter().any(|scheme| kills(it, dead, scheme));
        let is_foreign =
            world.iter().filter(is_killer).any(|it| it.route.owner != dead.route.owner);
        let rule = if is_foreign { "route-never-reached" } else { "redundant-route" };
        *told
            .entry((rule.to_owned(), format!("{} {}", dead.route.owner, dead.text)))
            .or_default() += 1;
    }
    for (index, left) in world.iter().enumerate() {
        for right in &world[index + 1..] {
            let shared: BTreeSet<Point> = left.taken.intersection(&right.taken).copied().collect();
            if left.route.owner == right.route.owner || shared.is_empty() {
                continue;
            }
            let scheme = shared.iter().map(|it| it.0).min().unwrap_or_default();
            let generic = in_scheme(&shared, scheme);
            let floor = left.score.max(right.score);
            let is_outranked =
                world.iter().any(|it| it.score > floor && generic.is_subset(&it.taken));
            if left.text == right.text {
                told.insert(("route-claimed-twice".to_owned(), left.text.clone()), 1);
            } else if is_dead(left) || is_dead(right) || is_outranked {
            } else if left.score == right.score {
                let mut texts = [&left.text, &right.text];
                texts.sort();
                let subject = format!("{} | {}", texts[0], texts[1]);
                *told.entry(("route-order-undocumented".to_owned(), subject)).or_default() += 1;
            } else {
                let mut ranked = [left, right];
                ranked.sort_by_key(|it| -it.score);
                let [winner, loser] = ranked;
                let subject = format!(
                    "{} {} over {} {}",
                    winner.route.owner, winner.text, loser.route.owner, loser.text
                );
                *told.entry(("undeclared-route-overlap".to_owned(), subject)).or_default() += 1;
            }
        }
    }
    told
}

/// All worlds stand in one repository, each below a zone of its own.
fn files(worlds: &[Vec<Route<'_>>]) -> Files {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for (number, world) in worlds.iter().enumerate() {
        for owner in ["a", "b", "c"] {
            let own = world.iter().filter(|it| it.owner == owner);
            let zone = format!("z{number}z.example");
            let claims: Vec<String> = own
                .map(|it| {
                    let pattern = it.pattern.replace('Z', &zone);
                    let (key, value) =
                        [("zone_id", "z"), ("zone_name", &zone)][usize::from(it.is_zoned)];
                    let zone = format!("{key} = \"{value}\"");
                    format!("{{ pattern = \"{pattern}\", {zone} }}")
                })
                .collect();
            let claims = claims.join(", ");
            texts.entry(owner).or_default().push_str(&format!(
                "[env.w{number}]\nname = \"{owner}{number}\"\nworkers_dev = false\nroutes = [{claims}]\n"
            ));
        }
    }
    let file = |(owner, text): (&str, String)| {
        (RepoPath::new(&format!("{owner}/wrangler.toml")).unwrap(), text.into_bytes())
    };
    let mut files: Files = texts.into_iter().map(file).collect();
    let policy = "[gates.route-audit]\nmax-findings = 1000000\n";
    files.insert(RepoPath::new("checks.toml").unwrap(), policy.as_bytes().to_vec());
    files
}

/// Sorts the findings by world, with the world's number and zone taken out again.
fn told(files: &Files, n_worlds: usize) -> Vec<Told> {
    const RULES: [&str; 5] = [
        "route-claimed-twice",
        "route-never-reached",
        "redundant-route",
        "route-order-undocumented",
        "undeclared-route-overlap",
    ];
    let report = judge(files, None, false).unwrap();
    let mut by_world = vec![Told::new(); n_worlds];
    for finding in report.findings().filter(|it| RULES.contains(&it.rule)) {
        let start = finding.subject.find("z.example").unwrap();
        let before = &finding.subject[..start];
        let number = before.rsplit('z').next().unwrap().to_owned();
        let plain = finding.subject.replace(&format!("z{number}z.example"), "Z");
        let plain = ["a", "b", "c"].iter().fold(plain, |text, owner| {
            text.replace(&format!("{owner}{number} "), &format!("{owner} "))
        });
        let world = &mut by_world[number.parse::<usize>().unwrap()];
        *world.entry((finding.rule.to_owned(), plain)).or_default() += 1;
    }
    by_world
}

#[test]
fn each_pair_is_told_once_and_by_its_class() {
    let taken: Vec<BTreeSet<Point>> = PATTERNS
        .iter()
        .map(|(pattern, is_zoned)| Route { pattern, is_zoned: *is_zoned, owner: "" }.taken())
        .collect();
    let mut worlds = Vec::new();
    let mut expected = Vec::new();
    for owners in OWNERS {
        for index in 0..PATTERNS.len().pow(3) {
            let n = PATTERNS.len();
            let numbers = [index % n, index / n % n, index / n / n];
            // One owner with one pattern twice has one fault at two places.
            if owners[0] == owners[2] && numbers[0] == numbers[2] {
                continue;
            }
            let routes: Vec<Route<'_>> = numbers
                .iter()
                .zip(owners)
                .map(|(it, owner)| Route {
                    pattern: PATTERNS[*it].0,
                    is_zoned: PATTERNS[*it].1,
                    owner,
                })
                .collect();
            let seen: Vec<Seen<'_>> = routes
                .iter()
                .zip(numbers)
                .map(|(route, number)| Seen {
                    route: *route,
                    text: route.text(),
                    score: raw::score(&route.pattern.replace('Z', "z.example")),
                    taken: taken[number].clone(),
                })
                .collect();
            expected.push(naive(&seen));
            worlds.push(routes);
        }
    }
    let got = told(&files(&worlds), worlds.len());
    let n_told: usize = expected.iter().map(BTreeMap::len).sum();
    assert!(n_told > worlds.len(), "the small world is too small");
    for ((world, expected), got) in worlds.iter().zip(&expected).zip(&got) {
        let world: Vec<(&str, &str)> = world.iter().map(|it| (it.owner, it.pattern)).collect();
        assert_eq!(got, expected, "{world:?}");
    }
}
