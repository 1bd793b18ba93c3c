//! Public contracts with one schema edited in a way whose effect is known.

use std::collections::{BTreeMap, BTreeSet};

use contracts::{Comparison, Contract, Direction, Finding, Store, compare};
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
struct Trial<'a> {
    place: &'a str,
    edit: &'a Edit,
    /// Whether the first form is head's.
    is_turned: bool,
}

impl Trial<'_> {
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

    fn with(&self, place: &str, form: &Value) -> Option<Vec<u8>> {
        if self.document.pointer(place) == Some(form) {
            return None;
        }
        let mut document = self.document.clone();
        *document.pointer_mut(place)? = form.clone();
        Some(text(&document))
    }

    /// What is wrong with the answer.
    fn faults(&mut self, trial: &Trial) -> Vec<String> {
        let forms = trial.edit.forms.each_ref().map(|it| self.with(trial.place, it));
        let [first, second] = forms.each_ref().map(|it| it.as_deref().unwrap_or(&self.text));
        let (base, head) = if trial.is_turned { (second, first) } else { (first, second) };
        let [lesser, greater] = [base, head].map(|it| {
            let is_known = it == self.text.as_slice();
            if is_known { self.contract.clone() } else { support::contract(&mut self.store, it) }
        });
        let settings = settings();
        let comparison = compare(&mut self.store, &lesser, &greater, &settings);
        let mut faults = self.misfits(trial, &comparison);
        faults.extend(unconfirmed(base, head, &settings, &wire(&comparison)));
        faults
    }

    fn misfits(&self, trial: &Trial, comparison: &Comparison) -> Vec<String> {
        let wire = wire(comparison);
        let mut faults: Vec<String> =
            comparison.undecided.iter().map(|it| format!("undecided: {it:?}")).collect();
        for sender in DIRECTIONS {
            let told: Vec<&Finding> =
                wire.iter().copied().filter(|it| direction(it) == Some(sender)).collect();
            faults.extend(self.misfit(trial, sender, &told));
        }
        faults
    }

    fn misfit(&self, trial: &Trial, sender: Direction, told: &[&Finding]) -> Option<String> {
        let reached = self.reach.reached(trial.place, sender);
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
        // Where less may mean more, only edits that keep all values are known to break nothing.
        let is_known = trial.edit.effect == Effect::Same || !reached.is_tangled;
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

fn check(name: &str, document: &Value, tally: &mut Tally) -> Vec<String> {
    let mut edited = Edited::new(document);
    let (count, start) = if factor() > 1 { (IN_SOAK, seed()) } else { (IN_SUITE, 0) };
    let mut random = Random::new(start);
    let mut faults = Vec::new();
    let mut n_done = 0;
    while n_done < count {
        let Some((place, edit)) = edited.chosen(&mut random) else { continue };
        n_done += 1;
        let trial = Trial { place: &place, edit: &edit, is_turned: random.percent(50) };
        let is_sure = |it: &Direction| {
            trial.breaks(*it) && !edited.reach.reached(&place, *it).certainly.is_empty()
        };
        let [all, sure] = tally.entry(edit.name).or_default();
        *all += 1;
        *sure += usize::from(DIRECTIONS.iter().any(is_sure));
        let found = edited.faults(&trial);
        let turned = if trial.is_turned { "turned" } else { "" };
        let told = |it| format!("{name}{place} {} {turned} {:?}: {it}", edit.name, edit.forms);
        faults.extend(found.into_iter().map(told));
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
