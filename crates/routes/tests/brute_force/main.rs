//! Overlap, containment, dead routes, owners and classes against plain enumeration.
//!
//! Nothing of the engine's matching is used here: [`Tiny`] reads a pattern by itself, and every
//! decision is made by asking it for each URL of a small world.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is a failing test")]

mod world;

use std::collections::BTreeSet;

use routes::{
    Budget, Intersection, Pattern, Route, RouteId, RouteTable, Scheme, Url, contains, judge,
    overlap,
};

use crate::world::{Bits, HOSTS, Tiny, World, ZONES, and, bits};

/// A small seeded generator (`SplitMix64`); equal seeds give equal tests.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % u64::try_from(bound).unwrap()).unwrap()
    }
}

/// How many times the usual count; `PROOFMARK_SOAK` makes a test long.
#[expect(clippy::disallowed_methods, reason = "a test has no shell that reads its environment")]
fn soak() -> usize {
    std::env::var("PROOFMARK_SOAK").ok().and_then(|it| it.parse().ok()).unwrap_or(1)
}

#[test]
fn every_pair_overlaps_and_contains_as_enumerated() {
    let world = World::new();
    for (left, left_pattern) in world.patterns.iter().enumerate() {
        for (right, right_pattern) in world.patterns.iter().enumerate() {
            let [left_raw, right_raw] = [left, right].map(|it| &world.tinies[it]);
            let holds = contains(left_pattern, right_pattern);
            assert_eq!(holds, world.holds(left, right), "{left_raw:?} over {right_raw:?}");
            let shared = overlap(left_pattern, right_pattern).is_some();
            assert_eq!(shared, world.meet(left, right), "{left_raw:?} and {right_raw:?}");
        }
    }
}

#[test]
fn a_pattern_takes_scores_and_trusts_as_enumerated() {
    let world = World::new();
    let mut random = Random(7);
    for (member, (tiny, pattern)) in world.tinies.iter().zip(&world.patterns).enumerate() {
        assert_eq!(pattern.specificity(), tiny.score(), "{tiny:?}");
        assert_eq!(judge::score(&tiny.raw), tiny.score(), "{tiny:?}");
        assert_eq!(pattern.zone(), tiny.trusted(), "{tiny:?}");
        for _ in 0..20 * soak() {
            let at = random.below(world.urls.len());
            let (scheme, host, path) = world.urls[at];
            let text = format!("{}://{host}{path}", scheme.name());
            let expected = world.taken[member][at / 64] & (1 << (at % 64)) != 0;
            assert_eq!(pattern.takes(&Url::parse(&text).unwrap()), expected, "{tiny:?} {text}");
            assert_eq!(judge::takes(&tiny.raw, tiny.zone, &text), expected, "{tiny:?} {text}");
        }
    }
}

#[test]
fn the_witness_of_every_pair_lies_in_both() {
    let world = World::new();
    let mut random = Random(11);
    let mut met = 0;
    for _ in 0..40_000 * soak() {
        let [left, right] = [(); 2].map(|()| random.below(world.tinies.len()));
        let Some(shared) = overlap(&world.patterns[left], &world.patterns[right]) else { continue };
        let url = shared.witness_url();
        for tiny in [left, right].map(|it| &world.tinies[it]) {
            assert!(judge::takes(&tiny.raw, tiny.zone, &url), "{tiny:?} {url}");
        }
        assert!(shared.lies_within(&world.patterns[left]), "{shared:?}");
        met += 1;
    }
    assert!(met > 1_000, "only {met} pairs met");
}

/// Two to eight patterns of few hosts, so that they get in each other's way; and their owners.
fn sample(world: &World, random: &mut Random) -> (Vec<usize>, Vec<u32>) {
    let zone = random.below(ZONES.len());
    let home = random.below(HOSTS.len());
    let mut set = Vec::new();
    let size = 2 + random.below(7);
    while set.len() < size {
        let candidate = random.below(world.tinies.len());
        let tiny = &world.tinies[candidate];
        let near = tiny.zone == ZONES[zone] || tiny.host == HOSTS[home] || tiny.host == "*";
        if near || random.below(4) == 0 {
            set.push(candidate);
        }
    }
    let owners = set.iter().map(|_| u32::try_from(random.below(3)).unwrap()).collect();
    (set, owners)
}

fn table(world: &World, set: &[usize], owners: &[u32]) -> RouteTable {
    let routes = set
        .iter()
        .zip(owners)
        .map(|(&member, &owner)| Route { owner, pattern: world.patterns[member].clone().into() });
    RouteTable::new(routes.collect())
}

fn ids(all: impl IntoIterator<Item = usize>) -> Vec<RouteId> {
    all.into_iter().map(RouteId).collect()
}

#[test]
fn every_small_set_has_its_dead_routes_and_owners_as_enumerated() {
    let world = World::new();
    let seed = 1;
    let mut random = Random(seed);
    let mut n_dead = 0;
    for round in 0..4_000 * soak() {
        let (set, owners) = sample(&world, &mut random);
        let table = table(&world, &set, &owners);
        let raws: Vec<&Tiny> = set.iter().map(|&it| &world.tinies[it]).collect();
        let told = format!("seed {seed}, round {round}: {raws:?}");
        check_dead(&world, &set, &table, &told);
        n_dead += table.dead().len();
        for _ in 0..8 {
            let at = random.below(world.urls.len());
            check_order(&world, &set, &table, at, &told);
        }
    }
    assert!(n_dead > 300, "only {n_dead} dead routes");
}

fn check_dead(world: &World, set: &[usize], table: &RouteTable, told: &str) {
    let dead = table.dead();
    let found: Vec<RouteId> = dead.iter().map(|it| it.route).collect();
    let by_one = (0..set.len()).filter(|&it| world.is_dead_by_one(set, set[it]));
    assert_eq!(found, ids(by_one), "{told}");
    for (at, &member) in set.iter().enumerate() {
        let tiny = &world.tinies[member];
        // Only `*` in a zone can be covered in halves, by `Z` and `*.Z`; see `is_dead`.
        let has_halves = tiny.host == "*" && tiny.trusted().is_some();
        let is_found = found.contains(&RouteId(at));
        assert!(is_found == world.is_dead(set, member) || has_halves && !is_found, "{told}");
    }
    for it in dead {
        let [own, killers] = [
            vec![it.route],
            it.killers.iter().flat_map(|it| it.routes.clone()).collect::<Vec<_>>(),
        ]
        .map(|ids| ids.iter().map(|id| claim(&world.tinies[set[id.index()]])).collect::<Vec<_>>());
        let others: Vec<&str> = set.iter().map(|&it| world.tinies[it].raw.as_str()).collect();
        assert!(judge::is_never_delivered(&it.url, &own[0], &killers, &others), "{told}");
        assert_eq!(it.killers.len(), world.halves(set[it.route.index()]).len(), "{told}");
    }
}

fn claim(tiny: &Tiny) -> judge::Claim<'_> {
    judge::Claim { owner: "", pattern: &tiny.raw, zone: tiny.zone }
}

fn check_order(world: &World, set: &[usize], table: &RouteTable, at: usize, told: &str) {
    let (scheme, host, path) = world.urls[at];
    let is_taken = |it: &usize| world.taken[set[*it]][at / 64] & (1 << (at % 64)) != 0;
    let mut expected: Vec<usize> = (0..set.len()).filter(is_taken).collect();
    let tiny = |it: &usize| &world.tinies[set[*it]];
    let longest = expected.iter().filter_map(|it| tiny(it).trusted()).max_by_key(|it| it.len());
    expected.retain(|it| tiny(it).trusted().is_none_or(|it| Some(it) == longest));
    expected.sort_by_key(|it| (-tiny(it).score(), -i64::try_from(tiny(it).raw.len()).unwrap()));
    let url = Url::parse(&format!("{}://{host}{path}", scheme.name())).unwrap();
    assert_eq!(table.order(&url), ids(expected), "{url} {told}");
}

/// All pairs by the definition, one against all: ties, overlaps, and how many were candidates.
fn naive_pairs(world: &World, set: &[usize], owners: &[u32]) -> [(BTreeSet<[usize; 2]>, usize); 2] {
    let dead: Vec<bool> = set.iter().map(|&it| world.is_dead_by_one(set, it)).collect();
    let mut found = [(BTreeSet::new(), 0), (BTreeSet::new(), 0)];
    for left in 0..set.len() {
        for right in left + 1..set.len() {
            let [left_tiny, right_tiny] = [left, right].map(|it| &world.tinies[set[it]]);
            let is_quiet = owners[left] == owners[right]
                || !world.meet(set[left], set[right])
                || text(left_tiny) == text(right_tiny)
                || dead[left]
                || dead[right];
            if is_quiet {
                continue;
            }
            let place = usize::from(left_tiny.score() != right_tiny.score());
            found[place].1 += 1;
            let shared = and(&world.taken[set[left]], &world.taken[set[right]]);
            let https = and(&shared, &bits(&world.urls, |url| url.0 == Scheme::Https));
            let generic = if https == Bits::default() { shared } else { https };
            if !world.is_held(set, &[set[left], set[right]], &generic) {
                found[place].0.insert([left, right]);
            }
        }
    }
    found
}

fn text(tiny: &Tiny) -> (Option<&str>, &str, &str) {
    (tiny.scheme, tiny.host, if tiny.path.is_empty() { "/" } else { tiny.path })
}

#[test]
fn every_small_set_has_its_pairs_as_by_the_definition() {
    let world = World::new();
    let seed = 2;
    let mut random = Random(seed);
    let mut totals = [0, 0, 0];
    for round in 0..4_000 * soak() {
        let (set, owners) = sample(&world, &mut random);
        let table = table(&world, &set, &owners);
        let raws: Vec<&Tiny> = set.iter().map(|&it| &world.tinies[it]).collect();
        let told = format!("seed {seed}, round {round}: {owners:?} {raws:?}");
        let [ties, overlaps] = naive_pairs(&world, &set, &owners);
        let pairs = table.pairs(Budget::default(), &mut |_, _, _| false);
        assert_eq!((pairs.undocumented_omitted, pairs.overlaps_omitted), (0, 0), "{told}");
        for (found, (expected, candidates)) in
            [(&pairs.undocumented, &ties), (&pairs.overlaps, &overlaps)]
        {
            let sorted = found.iter().map(|it| {
                let [left, right] = [it.winner.index(), it.loser.index()];
                [left.min(right), left.max(right)]
            });
            assert_eq!(sorted.collect::<BTreeSet<_>>(), *expected, "{told}");
            totals[2] += candidates - expected.len();
        }
        totals[0] += ties.0.len();
        totals[1] += overlaps.0.len();
        check_witnesses(&world, &set, &table, &told);
        check_budget(&table, [ties, overlaps].map(|(found, all)| (found.len(), all)), &told);
    }
    assert!(totals.iter().all(|it| *it > 50), "ties, overlaps, outranked: {totals:?}");
}

fn check_witnesses(world: &World, set: &[usize], table: &RouteTable, told: &str) {
    let pairs = table.pairs(Budget::default(), &mut |_, _, _| false);
    for pair in pairs.undocumented.iter().chain(&pairs.overlaps) {
        let [winner, loser] = [pair.winner, pair.loser].map(|it| &world.tinies[set[it.index()]]);
        let claims = [
            judge::Claim { owner: "winner", ..claim(winner) },
            judge::Claim { owner: "loser", ..claim(loser) },
        ];
        let owner = (winner.score() > loser.score()).then_some("winner");
        assert!(judge::has_two_owners(&pair.url, owner, &claims), "{} {told}", pair.url);
        let third = set.iter().map(|&it| &world.tinies[it]).find(|it| {
            it.score() > winner.score()
                && it.may_meet(winner)
                && it.may_meet(loser)
                && judge::takes(&it.raw, it.zone, &pair.url)
        });
        assert!(third.is_none() || has_halves(winner, loser), "{} {third:?} {told}", pair.url);
    }
}

/// Is a zone what both share? Then two routes can cover it in halves, by `Z` and `*.Z`.
fn has_halves(left: &Tiny, right: &Tiny) -> bool {
    let spans_zone =
        |it: &Tiny, zone: &str| it.host.strip_prefix('*').is_some_and(|tail| zone.ends_with(tail));
    let zone = left.trusted().or(right.trusted());
    zone.is_some_and(|zone| spans_zone(left, zone) && spans_zone(right, zone))
}

/// What is found and what is omitted never lose a candidate, whatever the budget.
fn check_budget(table: &RouteTable, naive: [(usize, usize); 2], told: &str) {
    let [(ties, all_ties), (overlaps, all_overlaps)] =
        naive.map(|(found, all)| (found, u64::try_from(all).unwrap()));
    let blind = table.pairs(Budget { findings: 9, lookups: 0 }, &mut |_, _, _| false);
    assert!(blind.undocumented.is_empty() && blind.overlaps.is_empty(), "{told}");
    assert_eq!(blind.undocumented_omitted, all_ties, "{told}");
    assert_eq!(blind.overlaps_omitted, all_overlaps, "{told}");
    let short = table.pairs(Budget { findings: 1, lookups: 9 }, &mut |_, _, _| false);
    assert_eq!(short.undocumented.len(), ties.min(1), "{told}");
    assert_eq!(short.overlaps.len(), overlaps.min(1), "{told}");
    assert!(short.overlaps_omitted + 1 >= u64::try_from(overlaps).unwrap(), "{told}");
    assert!(short.overlaps_omitted < all_overlaps.max(1), "{told}");
    let mut asked = 0;
    let signed = table.pairs(Budget::default(), &mut |winner, loser, shared| {
        asked += 1;
        let both: [&Pattern; 2] = [winner, loser].map(|it| &*table.routes()[it.index()].pattern);
        both.iter().all(|it| shared.lies_within(it)) && *shared != Intersection::of_host("")
    });
    assert_eq!(asked, all_overlaps, "{told}");
    assert!(signed.overlaps.is_empty() && signed.overlaps_omitted == 0, "{told}");
    assert_eq!(signed.undocumented.len(), ties, "{told}");
}
