//! Configurations that hold many routes.

use crate::{generate::File, random::Random};

/// A set of routes, in the files of their owners.
pub(crate) struct RouteSet {
    /// One list of patterns for each owner.
    owners: Vec<Vec<String>>,
}

impl RouteSet {
    /// 10,000 routes of 200 owners that do not meet, but for five that another owner has too.
    pub(crate) fn with_duplicates(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut owners: Vec<Vec<String>> = (0..200)
            .map(|owner| (0..50).map(|it| lonely(&mut random, owner, it)).collect())
            .collect();
        for it in 0..5 {
            let copy = owners.get(it * 2).and_then(|it| it.first()).cloned();
            let place = owners.get_mut(100 + it * 7).and_then(|it| it.last_mut());
            if let (Some(copy), Some(place)) = (copy, place) {
                *place = copy;
            }
        }
        Self { owners }
    }

    /// 2,000 routes of 20 owners: half are narrow in the host and half in the path, so that about
    /// 900,000 pairs of two owners meet.
    pub(crate) fn with_overlaps(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let owners = (0..20).map(|owner| {
            let narrow_path = (0..50).map(|it| format!("*.shop.example/p{owner}x{it}/*"));
            let narrow_host = (0..50).map(|it| {
                let label = random.below(1 << 30);
                let region = ["", "eu.", "eu.west."].get(it % 3).copied().unwrap_or_default();
                format!("h{owner}x{it}x{label:x}.{region}shop.example/*")
            });
            narrow_path.zip(narrow_host).flat_map(|it| [it.0, it.1]).collect()
        });
        Self { owners: owners.collect() }
    }

    /// Every pattern with the number of its owner.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = (u32, &str)> {
        (0..)
            .zip(&self.owners)
            .flat_map(|(owner, it)| it.iter().map(move |it| (owner, it.as_str())))
    }

    /// One configuration for each owner.
    pub(crate) fn files(&self) -> impl Iterator<Item = File> {
        self.owners.iter().enumerate().map(|(owner, patterns)| {
            let mut text = format!(
                "name = \"w{owner:03}\"\nmain = \"src/index.ts\"\n\
                 compatibility_date = \"2026-05-01\"\nworkers_dev = false\npreview_urls = false\n\
                 routes = [\n"
            );
            for pattern in patterns {
                text.push_str(&format!(
                    "  {{ pattern = \"{pattern}\", zone_name = \"shop.example\" }},\n"
                ));
            }
            text.push_str("]\n");
            (format!("services/w{owner:03}/wrangler.toml"), text)
        })
    }
}

/// A route that meets no other one: its host or the start of its path is its own.
fn lonely(random: &mut Random, owner: usize, number: usize) -> String {
    let word = random.pick(&["orders", "items", "users", "carts", "search", "login"]);
    let version = random.below(9);
    match random.below(4) {
        0 => format!("api.shop.example/v{version}/{word}/o{owner}n{number}/*"),
        1 => format!("{word}.o{owner}n{number}.shop.example/*"),
        2 => format!("www.shop.example/{word}/o{owner}n{number}z"),
        _ => format!("*.o{owner}n{number}.eu.shop.example/{word}/*"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::RouteSet;

    #[test]
    fn five_patterns_have_two_owners() {
        let set = RouteSet::with_duplicates(1);
        let mut counts = BTreeMap::new();
        set.patterns().for_each(|(_, it)| *counts.entry(it).or_insert(0) += 1);
        assert_eq!(set.patterns().count(), 10_000);
        assert_eq!(counts.values().filter(|it| **it == 2).count(), 5);
        assert_eq!(counts.len(), 9995);
    }

    #[test]
    fn nine_hundred_thousand_pairs_meet() {
        let set = RouteSet::with_overlaps(1);
        let narrow_hosts: Vec<_> = set.patterns().filter(|it| !it.1.starts_with('*')).collect();
        let narrow_paths = set.patterns().filter(|it| it.1.starts_with('*'));
        let n_foreign = |owner| narrow_hosts.iter().filter(|it| it.0 != owner).count();
        assert_eq!(set.patterns().count(), 2000);
        assert_eq!(narrow_paths.map(|it| n_foreign(it.0)).sum::<usize>(), 950_000);
    }
}
