//! Which operation of head answers the requests of an operation of base.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Formats, Servers,
    compare::path_values,
    operations::{Address, Fit, Listed, Reading, Server, expand},
};

/// The operations of one side, found by what they answer.
pub(crate) struct Directory {
    /// The operations in the order of the text.
    pub operations: Vec<Listed>,
    /// The base URLs of each.
    pub servers: Vec<Vec<Server>>,
    /// By method and address without names.
    exact: BTreeMap<(String, String), Entry>,
    /// By method and path without names, whatever the server.
    by_path: BTreeMap<(String, String), usize>,
    /// All addresses, by method and number of segments.
    by_length: BTreeMap<(String, usize), Vec<Entry>>,
}

/// One address of one operation.
#[derive(Clone)]
struct Entry {
    idx: usize,
    address: Address,
}

/// An operation that answers, and how its parameters fit those that were asked with.
pub(crate) struct Found {
    /// Its index in the directory.
    pub idx: usize,
    /// What each of its path parameters is in the request.
    pub fits: BTreeMap<String, Fit>,
}

/// What became of the addresses of one operation of base.
#[derive(Default)]
pub(crate) struct Answered {
    /// The operations that answer, each once.
    pub found: Vec<Found>,
    /// The base URLs at which nothing answers.
    pub lost: Vec<Server>,
}

impl Directory {
    /// Lists the operations under `paths`.
    pub(crate) fn of(reading: Reading, listed: Vec<Listed>, by: Servers) -> Self {
        let servers: Vec<_> = listed.iter().map(|it| it.servers(reading)).collect();
        let mut directory = Self {
            operations: Vec::new(),
            servers: Vec::new(),
            exact: BTreeMap::new(),
            by_path: BTreeMap::new(),
            by_length: BTreeMap::new(),
        };
        for (idx, (operation, servers)) in listed.iter().zip(&servers).enumerate() {
            let path = Address::parse(&operation.path);
            let method = operation.method.clone();
            directory.by_path.entry((method.clone(), path.key())).or_insert(idx);
            for prefix in keys(servers, by) {
                let address = Address::parse(&format!("{prefix}{}", operation.path));
                let entry = Entry { idx, address };
                directory.keep(&method, entry);
            }
        }
        Self { operations: listed, servers, ..directory }
    }

    fn keep(&mut self, method: &str, entry: Entry) {
        let place = (method.to_owned(), entry.address.n_segments());
        self.by_length.entry(place).or_default().push(entry.clone());
        self.exact.entry((method.to_owned(), entry.address.key())).or_insert(entry);
    }

    /// What answers the requests of an operation of the other side.
    pub(crate) fn answers(&self, asked: &Listed, servers: &[Server], by: Servers) -> Answered {
        let mut answered = Answered::default();
        for server in servers {
            let address = Address::parse(&format!("{}{}", server.key(by), asked.path));
            match self.answer(&asked.method, &address) {
                Some(found) if answered.found.iter().any(|it| it.idx == found.idx) => {}
                Some(found) => answered.found.push(found),
                None => answered.lost.push(server.clone()),
            }
        }
        answered
    }

    /// The same path under whatever server.
    pub(crate) fn same_path(&self, asked: &Listed) -> Option<Found> {
        let address = Address::parse(&asked.path);
        let idx = *self.by_path.get(&(asked.method.clone(), address.key()))?;
        let own = Address::parse(&self.operations.get(idx)?.path);
        Some(Found { idx, fits: own.answers(&address)? })
    }

    /// Equal templates first, then the most special template that covers all of it.
    pub(crate) fn answer(&self, method: &str, asked: &Address) -> Option<Found> {
        self.exactly(method, asked).or_else(|| self.covering(method, asked))
    }

    /// The operation at the same template.
    pub(crate) fn exactly(&self, method: &str, asked: &Address) -> Option<Found> {
        let entry = self.exact.get(&(method.to_owned(), asked.key()))?;
        Some(Found { idx: entry.idx, fits: entry.address.answers(asked)? })
    }

    fn covering(&self, method: &str, asked: &Address) -> Option<Found> {
        let place = (method.to_owned(), asked.n_segments());
        let fitting = self.by_length.get(&place)?.iter().filter_map(|entry| {
            let fits = entry.address.answers(asked)?;
            Some((entry.address.rank(), Found { idx: entry.idx, fits }))
        });
        fitting.max_by(|one, other| one.0.cmp(&other.0)).map(|it| it.1)
    }

    /// The addresses of this side, by method, that the other one does not have.
    pub(crate) fn beside(&self, other: &Self) -> Vec<(String, Address)> {
        let new = self.exact.iter().filter(|it| !other.exact.contains_key(it.0));
        new.map(|((method, _), entry)| (method.clone(), entry.address.clone())).collect()
    }

    /// The operations of other methods that answer an address by a template, which is none of
    /// their own addresses.
    pub(crate) fn answering_otherwise(&self, method: &str, address: &Address) -> Vec<Found> {
        let length = address.n_segments();
        let others = self.by_length.keys().filter(|it| it.1 == length && it.0 != method);
        let found = others.filter(|it| self.exactly(&it.0, address).is_none());
        found.filter_map(|it| self.covering(&it.0, address)).collect()
    }

    /// The method of an operation.
    pub(crate) fn method(&self, idx: usize) -> &str {
        self.operations.get(idx).map_or("", |it| it.method.as_str())
    }

    /// Does an operation take the texts that stand where it has parameters? Nothing if that is not
    /// known.
    pub(crate) fn admits(&self, reading: Reading, found: &Found, formats: Formats) -> Option<bool> {
        let literals = found.fits.iter().filter_map(|(name, fit)| match fit {
            Fit::Literal(text) => Some((name.as_str(), text.as_str())),
            Fit::Parameter(_) | Fit::Pieces(_) => None,
        });
        let literals: Vec<_> = literals.collect();
        let Some(operation) = self.operations.get(found.idx).filter(|_| !literals.is_empty())
        else {
            return Some(true);
        };
        let operation = expand(reading, operation);
        let all =
            literals.iter().map(|it| path_values::admits((reading, formats), &operation, *it));
        let all: Vec<_> = all.collect();
        if all.contains(&Some(false)) {
            Some(false)
        } else {
            all.into_iter().collect::<Option<Vec<_>>>().map(|_| true)
        }
    }

    /// The addresses of one operation.
    pub(crate) fn addresses(&self, idx: usize, by: Servers) -> Vec<Address> {
        let servers = self.servers.get(idx).map(Vec::as_slice).unwrap_or_default();
        let path = self.operations.get(idx).map_or("", |it| it.path.as_str());
        keys(servers, by).iter().map(|it| Address::parse(&format!("{it}{path}"))).collect()
    }
}

fn keys(servers: &[Server], by: Servers) -> BTreeSet<String> {
    servers.iter().map(|it| it.key(by)).collect()
}
