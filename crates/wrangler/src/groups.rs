use std::collections::{BTreeMap, BTreeSet};

/// Who points at whom.
pub(crate) type Targets<'a> = BTreeMap<&'a str, Vec<&'a str>>;

/// The groups of two or more that all reach each other, each sorted, in order of their first.
///
/// Kosaraju's algorithm without recursion: a hostile repository may hold a chain of any length.
pub(crate) fn strong_groups<'a>(targets: &Targets<'a>) -> Vec<Vec<&'a str>> {
    let mut sources: Targets<'a> = BTreeMap::new();
    for (from, to) in targets.iter().flat_map(|(from, it)| it.iter().map(move |to| (*from, *to))) {
        sources.entry(to).or_default().push(from);
    }
    let mut seen = BTreeSet::new();
    let mut finished = Vec::new();
    for start in targets.keys().copied() {
        finished.extend(finish_order(targets, start, &mut seen));
    }
    let mut seen = BTreeSet::new();
    let mut groups = Vec::new();
    for start in finished.into_iter().rev() {
        let mut group = finish_order(&sources, start, &mut seen);
        group.sort_unstable();
        groups.push(group);
    }
    groups.retain(|it| it.len() > 1);
    groups.sort_unstable();
    groups
}

/// What is reached from here for the first time, each after all that it reaches.
fn finish_order<'a>(
    targets: &Targets<'a>,
    start: &'a str,
    seen: &mut BTreeSet<&'a str>,
) -> Vec<&'a str> {
    let mut finished = Vec::new();
    if !seen.insert(start) {
        return finished;
    }
    let next_of = |it: &str| targets.get(it).map_or(&[][..], Vec::as_slice).iter();
    let mut stack = vec![(start, next_of(start))];
    while let Some((node, rest)) = stack.last_mut() {
        match rest.next().copied() {
            Some(next) if seen.insert(next) => stack.push((next, next_of(next))),
            Some(_) => {}
            None => {
                finished.push(*node);
                stack.pop();
            }
        }
    }
    finished
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(edges: &[(&'static str, &'static str)], expected: &[&[&str]]) {
        let mut targets = Targets::new();
        for (from, to) in edges {
            targets.entry(from).or_default().push(to);
        }
        assert_eq!(strong_groups(&targets), expected, "{edges:?}");
    }

    #[test]
    fn groups_reach_each_other() {
        check(&[], &[]);
        check(&[("a", "b"), ("b", "c")], &[]);
        check(&[("a", "a")], &[]);
        check(&[("a", "b"), ("b", "a")], &[&["a", "b"]]);
        check(&[("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")], &[&["a", "b", "c"]]);
        check(
            &[("c", "d"), ("d", "c"), ("a", "b"), ("b", "a"), ("b", "c")],
            &[&["a", "b"], &["c", "d"]],
        );
        check(&[("a", "b"), ("b", "c"), ("c", "b"), ("d", "a")], &[&["b", "c"]]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let names: Vec<String> = (0..50_000).map(|it| format!("{it:06}")).collect();
        let mut targets = Targets::new();
        for pair in names.windows(2) {
            targets.insert(&pair[0], vec![&pair[1]]);
        }
        assert_eq!(strong_groups(&targets), Vec::<Vec<&str>>::new());
        targets.insert(&names[49_999], vec![&names[0]]);
        assert_eq!(strong_groups(&targets)[0].len(), 50_000);
    }
}
