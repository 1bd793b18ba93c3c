//! Tables of routes: who is first, what is dead, which pairs are told.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is a failing test")]

use routes::{Budget, Pair, Pattern, Route, RouteId, RouteTable, Scheme, Url};

/// `owner pattern` or `owner pattern zone`; owners are single letters.
fn table(claims: &[&str]) -> RouteTable {
    let routes = claims.iter().map(|claim| {
        let words: Vec<&str> = claim.split(' ').collect();
        let pattern = Pattern::parse(words[1], words.get(2).copied(), &|_| false).unwrap();
        Route { owner: u32::from(words[0].chars().next().unwrap()), pattern: pattern.into() }
    });
    RouteTable::new(routes.collect())
}

fn indices(ids: &[RouteId]) -> Vec<usize> {
    ids.iter().map(|it| it.index()).collect()
}

fn ends(pairs: &[Pair<'_>]) -> Vec<(usize, usize)> {
    pairs.iter().map(|it| (it.winner.index(), it.loser.index())).collect()
}

#[test]
fn the_order_is_specificity_then_raw_length_then_insertion() {
    for (claims, url, expected) in [
        (&["A example.com/*", "B example.com/a*"][..], "https://example.com/a", &[1, 0][..]),
        (&["A example.com/*", "B *example.com/*"], "https://example.com/a", &[1, 0]),
        (&["A example.com/a", "B https://example.com/a"], "https://example.com/a", &[1, 0]),
        (&["A example.com/a", "B example.com/a"], "https://example.com/a", &[0, 1]),
        (&["A example.com/*", "B example.com/a/../*"], "https://example.com/a", &[1, 0]),
        (&["A http://example.com/*"], "https://example.com/a", &[]),
        (&["A a.b.example/* b.example", "B */* example"], "https://a.b.example/", &[0]),
        (&["A */* b.example", "B a.b.example/* example"], "https://a.b.example/", &[0]),
        (&["A */* b.example", "B a.b.example/*"], "https://a.b.example/", &[1, 0]),
        (&[], "https://example.com/", &[]),
    ] {
        let found = table(claims).order(&Url::parse(url).unwrap());
        assert_eq!(indices(&found), expected, "{claims:?} {url}");
    }
}

#[test]
fn routes_at_a_host_are_those_that_hold_it() {
    let table = table(&[
        "A */x",
        "B *.example.com/a",
        "C a.example.com/*",
        "D b.example.com/*",
        "E *example.com/y example.com",
        "F http://a.example.com/",
    ]);
    assert_eq!(indices(&table.at_host("a.example.com")), [0, 1, 2, 4, 5]);
    assert_eq!(indices(&table.at_host("example.com")), [0, 4]);
    assert_eq!(indices(&table.at_host("other.test")), [0]);
}

#[test]
fn dead_routes_name_their_killers_scheme_by_scheme() {
    let table = table(&[
        "B example.com/images/*",
        "A https://example.com/images*",
        "C http://example.com/images*",
        "A shop.example.com/a/*",
        "A https://shop.example.com/a*",
        "A https://api.example.com/v1/*",
        "A api.example.com/v1*",
    ]);
    let dead = table.dead();
    let found: Vec<_> = dead.iter().map(|it| (it.route.index(), it.url.as_str())).collect();
    assert_eq!(found, [(0, "https://example.com/images/"), (5, "https://api.example.com/v1/")]);
    let killers = |at: usize| {
        let all = dead[at].killers.iter();
        all.map(|it| (it.scheme, indices(&it.routes))).collect::<Vec<_>>()
    };
    assert_eq!(killers(0), [(Scheme::Https, vec![1]), (Scheme::Http, vec![2])]);
    assert_eq!(killers(1), [(Scheme::Https, vec![6])]);
}

#[test]
fn a_foreign_killer_is_named_even_behind_many_own_ones() {
    let mut claims = vec!["A *.b.example.com/x/*"; 1];
    claims.extend(["A *b.example.com/x*"; 12]);
    claims.push("B *b.example.com/*");
    let table = table(&claims);
    let dead = table.dead();
    assert_eq!(dead.len(), 1);
    assert_eq!(indices(&dead[0].killers[0].routes), [1, 2, 3, 4, 5, 6, 7, 13]);
}

#[test]
fn a_star_in_a_zone_is_not_dead_by_halves() {
    let table = table(&[
        "A */* example.com",
        "B example.com/* example.com",
        "B *.example.com/* example.com",
    ]);
    assert_eq!(table.dead(), []);
    let pairs = table.pairs(Budget::default(), &mut |_, _, _| false);
    assert_eq!(ends(&pairs.overlaps), [(1, 0), (2, 0)]);
}

#[test]
fn twins_are_told_once_for_each_pattern() {
    for (claims, expected) in [
        (&["A Example.com/*", "B example.com/*", "C example.com/*"][..], &[&[0, 1, 2][..]][..]),
        (&["A example.com", "B example.com/"], &[&[0, 1]]),
        (&["A example.com/*", "A example.com/*"], &[]),
        (&["A https://example.com/*", "B example.com/*"], &[]),
        (&["A example.com/*", "B example.com/"], &[]),
        (&["A */* a.example", "B */* b.example"], &[]),
        (&["A */* a.example", "B */* b.example", "C */*"], &[&[0, 2], &[1, 2]]),
        (&["A */* a.example", "B */* b.example", "C */* a.example"], &[&[0, 2]]),
        (&["A example.com/* example.com", "B example.com/*"], &[&[0, 1]]),
    ] {
        let twins = table(claims).twins();
        let found: Vec<Vec<usize>> = twins.iter().map(|it| indices(&it.routes)).collect();
        assert_eq!(found, expected, "{claims:?}");
    }
    let twins = table(&["A */x a.example", "B */x"]).twins();
    assert_eq!(twins[0].url, "https://a.example/x");
}

#[test]
fn each_pair_has_one_class() {
    for (claims, ties, overlaps) in [
        // Different schemes, hosts or paths never meet; nor do routes of one owner.
        (&["A http://a.example/*", "B https://a.example/*"][..], &[][..], &[][..]),
        (&["A a.example/x*", "B a.example/y*"], &[], &[]),
        (&["A a.example/x*", "A a.example/*"], &[], &[]),
        // Plain cases.
        (&["A a.example/*", "B *a.example/*"], &[(1, 0)], &[]),
        (&["A a.example/*", "B a.example/x"], &[], &[(1, 0)]),
        (&["A *.a.example/x", "B b.a.example/*"], &[], &[(1, 0)]),
        // One text is a matter of twins, and a dead route one of its own.
        (&["A a.example/*", "B A.example/*"], &[], &[]),
        (&["A a.example/x*", "B a.example/x/*"], &[], &[]),
        // A third route outranks both on all that they share …
        (&["A a.example/*", "B *a.example/*", "C a.example/x*"], &[(1, 0)], &[(2, 0), (2, 1)]),
        (&["A */a*", "B *.b.example/*", "C x.b.example/*"], &[], &[(1, 0), (2, 0), (2, 1)]),
        (&["A */a*", "B x.b.example/*", "C *x.b.example/a*"], &[], &[(2, 0), (2, 1)]),
        // … but not if it belongs to another zone.
        (
            &["A */a* b.example", "B x.b.example/* b.example", "C *x.b.example/a* x.b.example"],
            &[],
            &[(1, 0)],
        ),
    ] {
        let table = table(claims);
        let pairs = table.pairs(Budget::default(), &mut |_, _, _| false);
        assert_eq!(ends(&pairs.undocumented), ties, "{claims:?}");
        assert_eq!(ends(&pairs.overlaps), overlaps, "{claims:?}");
    }
}

#[test]
fn a_pair_shows_a_url_that_no_third_route_takes() {
    let table = table(&["A a.example/*", "B *a.example/*", "C a.example/", "C a.example/~0"]);
    let pairs = table.pairs(Budget::default(), &mut |_, _, _| false);
    assert_eq!(pairs.undocumented[0].url, "https://a.example/~1");
}

#[test]
fn a_million_pairs_are_counted_and_no_more() {
    let claims: Vec<String> = (0..2_000)
        .map(|at| {
            let owner = char::from(b'A' + u8::try_from(at % 20).unwrap());
            if at < 1_000 {
                format!("{owner} h{at}.example.com/*")
            } else {
                format!("{owner} *.example.com/p{at}*")
            }
        })
        .collect();
    let table = table(&claims.iter().map(String::as_str).collect::<Vec<_>>());
    let pairs = table.pairs(Budget::default(), &mut |_, _, _| false);
    // 1,000 x 1,000 pairs meet, and one in twenty has a single owner.
    assert_eq!(pairs.overlaps.len(), 200);
    assert_eq!(pairs.overlaps_omitted, 950_000 - 200);
    assert_eq!((pairs.undocumented.len(), pairs.undocumented_omitted), (0, 0));
    let mut asked = 0;
    let one_owner = table.pairs(Budget { findings: 5, lookups: 7 }, &mut |winner, _, _| {
        asked += 1;
        winner.index() != 0
    });
    assert_eq!(asked, 950_000);
    assert_eq!((one_owner.overlaps.len(), one_owner.overlaps_omitted), (5, 945));
}

#[test]
fn counting_stops_at_a_million() {
    let claims: Vec<String> = (0..1_500)
        .map(|at| {
            let owner = char::from(b'A' + u8::try_from(at % 50).unwrap());
            format!("{owner} a.example/{}*", "x".repeat(at))
        })
        .collect();
    let table = table(&claims.iter().map(String::as_str).collect::<Vec<_>>());
    let pairs = table.pairs(Budget { findings: 3, lookups: 10 }, &mut |_, _, _| false);
    assert_eq!((pairs.undocumented.len(), pairs.undocumented_omitted), (3, 1_000_000));
}
