//! Public contracts with one schema edited in a way whose effect is known.

use std::collections::{BTreeMap, BTreeSet};

use contracts::{Contract, Direction, Finding, Store, compare};
use kernel::Level;
use serde_json::Value;

use crate::{
    edits::{Edit, Effect, Words, edits},
    random::{Random, factor, seed},
    reach::Reach,
    real::revisions,
    support::{self, direction, settings, unconfirmed, wire},
};

/// Edits of each contract in the suite and in the soak.
const IN_SUITE: usize = 20;
const IN_SOAK: usize = 500;

const DIRECTIONS: [Direction; 2] = [Direction::ToProvider, Direction::FromProvider];

/// One contract that is edited again and again.
struct Edited<'v> {
    document: &'v Value,
    reach: Reach<'v>,
    store: Store,
    contract: Contract,
    text: Vec<u8>,
}

/// One edit in one place, and which of its forms stands at base.
struct Trial {
    place: String,
    edit: Edit,
    /// Whether the first form is head's.
    is_turned: bool,
    /// The operations that it may concern.
    operations: BTreeSet<String>,
}

impl Trial {
    /// The forms at base and at head.
    fn sides(&self) -> [&Value; 2] {
        let [first, second] = &self.edit.forms;
        if self.is_turned { [second, first] } else { [first, second] }
    }

    /// Whether neither of two concerns what the other one does.
    fn is_apart(&self, other: &Self) -> bool {
        let is_within = |it: &str, outer: &str| {
            it.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let is_nested =
            is_within(&self.place, &other.place) || is_within(&other.place, &self.place);
        !is_nested && self.operations.is_disjoint(&other.operations)
    }

    /// Whether values are lost for who sends in this direction.
    fn breaks(&self, sender: Direction) -> bool {
        match self.edit.effect {
            Effect::Other => true,
            Effect::Same => false,
            // What is sent must not become less, what comes back must not become more.
            Effect::Narrower => self.is_turned == (sender == Direction::FromProvider),
        }
    }

    fn rule(&self, sender: Direction) -> &'static str {
        self.edit.rules[usize::from(sender == Direction::FromProvider)]
    }
}

fn text(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

impl<'v> Edited<'v> {
    fn new(document: &'v Value) -> Self {
        let mut store = Store::new();
        let text = text(document);
        let contract = support::contract(&mut store, &text);
        Self { document, reach: Reach::of(document), store, contract, text }
    }

    /// An edit of some schema, by chance.
    fn chosen(&self, random: &mut Random) -> Option<(String, Edit)> {
        let place = self.place(random);
        let schema = self.document.pointer(&place)?.as_object()?;
        let is_plain = |name: &str| {
            let name = name.replace('~', "~0").replace('/', "~1");
            let at = format!("{place}/properties/{name}");
            !["readOnly", "writeOnly"].iter().any(|it| self.reach.is_marked(&at, it, 4))
        };
        let found = edits(random, Words::of(self.document), schema, is_plain);
        // What breaks is asked more often than what does not.
        let breaking: Vec<_> = found.iter().filter(|it| it.effect != Effect::Same).collect();
        if !breaking.is_empty() && random.percent(75) {
            return Some((place, (*random.pick(&breaking)).clone()));
        }
        Some((place, random.pick(&found).clone()))
    }

    /// A place by chance, rather one where the effect of an edit is sure.
    fn place(&self, random: &mut Random) -> String {
        let is_sure = |it: &String| {
            DIRECTIONS.iter().any(|way| !self.reach.reached(it, *way).certainly.is_empty())
        };
        let tried: Vec<_> = (0..4).map(|_| random.pick(self.reach.places()).clone()).collect();
        tried.iter().find(|it| is_sure(it)).unwrap_or(&tried[0]).clone()
    }

    /// A trial by chance.
    fn trial(&self, random: &mut Random) -> Trial {
        loop {
            let Some((place, edit)) = self.chosen(random) else { continue };
            let reached = DIRECTIONS.iter().flat_map(|it| self.reach.reached(&place, *it).possibly);
            let operations = reached.collect();
            return Trial { place, edit, is_turned: random.percent(50), operations };
        }
    }

    /// One side of some trials.
    fn with(&self, trials: &[&Trial], side: usize) -> Option<Vec<u8>> {
        let is_other = |it: &&&Trial| self.document.pointer(&it.place) != Some(it.sides()[side]);
        let trials: Vec<_> = trials.iter().filter(is_other).collect();
        let mut document = (!trials.is_empty()).then(|| self.document.clone())?;
        for trial in trials {
            *document.pointer_mut(&trial.place)? = trial.sides()[side].clone();
        }
        Some(text(&document))
    }

    /// What is wrong with the answer to some trials that concern nothing in common; whoever is
    /// suspected is asked alone.
    fn faults(&mut self, trials: &[&Trial]) -> Vec<String> {
        let sides = [0, 1].map(|it| self.with(trials, it));
        let [base, head] = sides.each_ref().map(|it| it.as_deref().unwrap_or(&self.text));
        let [older, newer] = [base, head].map(|it| {
            let is_known = it == self.text.as_slice();
            if is_known { self.contract.clone() } else { support::contract(&mut self.store, it) }
        });
        let settings = settings();
        let comparison = compare(&mut self.store, &older, &newer, &settings);
        let wire = wire(&comparison);
        let all =
            trials.iter().map(|it| format!("{} {} {:?}", it.place, it.edit.name, it.edit.forms));
        let all = all.collect::<Vec<_>>().join(", ");
        let mut faults: Vec<String> =
            comparison.undecided.iter().map(|it| format!("undecided: {it:?} {all}")).collect();
        let is_clear = |finding: &&Finding| {
            let concerns =
                |it: &&&Trial| finding.operations.iter().any(|name| it.operations.contains(name));
            trials.iter().filter(concerns).count() == 1
        };
        let is_mixed = trials.len() > 1 && !wire.iter().all(is_clear);
        for trial in trials {
            let concerns =
                |it: &&Finding| it.operations.iter().any(|name| trial.operations.contains(name));
            let told: Vec<&Finding> = wire.iter().copied().filter(concerns).collect();
            let found = self.misfits(trial, if trials.len() == 1 { &wire } else { &told });
            let turned = if trial.is_turned { "turned" } else { "" };
            let words = |it| {
                format!("{} {} {turned} {:?}: {it}", trial.place, trial.edit.name, trial.edit.forms)
            };
            faults.extend(found.into_iter().map(words));
        }
        faults.extend(unconfirmed(base, head, &settings, &wire));
        if trials.len() == 1 || faults.is_empty() && !is_mixed {
            return faults;
        }
        let alone: Vec<_> = trials.iter().flat_map(|it| self.faults(&[it])).collect();
        if alone.is_empty() && !is_mixed { faults } else { alone }
    }

    fn misfits(&self, trial: &Trial, wire: &[&Finding]) -> Vec<String> {
        let told = |sender: Direction| {
            wire.iter().copied().filter(|it| direction(it) == Some(sender)).collect::<Vec<_>>()
        };
        DIRECTIONS.iter().filter_map(|it| self.misfit(trial, *it, &told(*it))).collect()
    }

    fn misfit(&self, trial: &Trial, sender: Direction, told: &[&Finding]) -> Option<String> {
        let reached = self.reach.reached(&trial.place, sender);
        // Where less may mean more, only edits that keep all values are known to break nothing.
        let is_known = trial.edit.effect == Effect::Same || !reached.is_tangled;
        // Whoever sends the member is not told by an error that nobody reads it any more.
        let is_unread = |it: &&Finding| {
            trial.edit.name == "member"
                && trial.is_turned
                && (it.rule.id(), it.level) == ("input-unread", Level::Warn)
        };
        let told: Vec<&Finding> = told.iter().copied().filter(|it| !is_unread(it)).collect();
        let told = told.as_slice();
        let words = || {
            let told: Vec<_> = told
                .iter()
                .map(|it| {
                    format!("{} {} {:?} {:?}", it.rule.id(), it.subject, it.level, it.evidence)
                })
                .map(|it| it.chars().take(700).collect::<String>())
                .collect();
            format!("{sender:?}: {told:#?}")
        };
        if !trial.breaks(sender) && !is_known {
            return None;
        }
        if !trial.breaks(sender) || reached.possibly.is_empty() {
            return (!told.is_empty()).then(|| format!("nothing breaks, but {}", words()));
        }
        if reached.certainly.is_empty() {
            return None;
        }
        let [finding] = told else {
            return Some(format!("expected {} alone: {}", trial.rule(sender), words()));
        };
        if finding.rule.id() != trial.rule(sender) || finding.level != Level::Deny {
            return Some(format!("expected {}: {}", trial.rule(sender), words()));
        }
        let operations: BTreeSet<String> = finding.operations.iter().cloned().collect();
        let lost: Vec<_> = reached.certainly.difference(&operations).collect();
        let extra: Vec<_> = operations.difference(&reached.possibly).collect();
        (!lost.is_empty() || !extra.is_empty())
            .then(|| format!("operations lost {lost:?}, too many {extra:?}: {}", words()))
    }
}

/// How many edits of each kind, and how many were sure to break.
type Tally = BTreeMap<&'static str, [usize; 2]>;

/// Trials that are asked together concern nothing in common.
fn batches(trials: &[Trial]) -> Vec<Vec<&Trial>> {
    let mut batches: Vec<Vec<&Trial>> = Vec::new();
    for trial in trials {
        let is_free = |it: &&mut Vec<&Trial>| it.iter().all(|it| it.is_apart(trial));
        match batches.iter_mut().find(is_free) {
            Some(batch) => batch.push(trial),
            None => batches.push(vec![trial]),
        }
    }
    batches
}

#[expect(clippy::print_stdout, reason = "a soak tells how far it is")]
fn check(name: &str, document: &Value, tally: &mut Tally) -> Vec<String> {
    let mut edited = Edited::new(document);
    let (count, start) = if factor() > 1 { (IN_SOAK, seed()) } else { (IN_SUITE, 0) };
    let mut random = Random::new(start);
    let trials: Vec<_> = (0..count).map(|_| edited.trial(&mut random)).collect();
    for trial in &trials {
        let is_sure = |it: &Direction| {
            trial.breaks(*it) && !edited.reach.reached(&trial.place, *it).certainly.is_empty()
        };
        let [all, sure] = tally.entry(trial.edit.name).or_default();
        *all += 1;
        *sure += usize::from(DIRECTIONS.iter().any(is_sure));
    }
    let batches = batches(&trials);
    let faults = batches.iter().flat_map(|it| edited.faults(it));
    let faults: Vec<_> = faults.map(|it| format!("{name}{it}")).collect();
    println!("{name}: {count} edits in {} comparisons, {} wrong", batches.len(), faults.len());
    for fault in &faults {
        println!("{fault}");
    }
    faults
}

#[test]
#[expect(clippy::print_stdout, reason = "a soak tells what it did")]
fn edits_of_real_contracts_have_the_effect_they_must_have() {
    let mut tally = Tally::new();
    let mut faults = Vec::new();
    for revision in revisions() {
        faults.extend(check(&revision.name, &revision.value(), &mut tally));
    }
    println!("edits, and those sure to break: {tally:?}, {} wrong", faults.len());
    let some: Vec<_> = faults.iter().take(12).map(String::as_str).collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), some.join("\n"));
    let n_sure: usize = tally.values().map(|it| it[1]).sum();
    assert!(tally.is_empty() || n_sure > 10, "{tally:?}");
}
