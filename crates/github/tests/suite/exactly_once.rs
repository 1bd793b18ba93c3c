//! Each fault at each request, then a clean second run: as if there had been no fault.

use std::cell::RefCell;

use github::{Answer, Client, Forge, Lost, Method, Request};

use crate::{
    faulty::{Faulty, Still, faults},
    model::{BASE, Model},
    scenarios::{ALL, Scenario, Step, endpoint},
};

/// Does something to a forge; how many requests it took, and whether it went well.
fn play(forge: &dyn Forge, step: Step) -> (usize, bool) {
    let (clock, endpoint) = (Still::default(), endpoint());
    let counted = Faulty::new(forge, None);
    let is_good = step(&Client::new(&counted, &clock, &endpoint), BASE).is_ok();
    (counted.n_asked(), is_good)
}

/// A model where this scenario can start.
fn prepared(scenario: Scenario, model: Model) -> Model {
    assert!(scenario.before.is_none_or(|it| play(&model, it).1));
    model
}

#[test]
fn everything_exists_once_after_any_fault() {
    let mut n_played = 0;
    for scenario in ALL {
        let (name, step) = (scenario.name, scenario.step);
        let expected = prepared(scenario, Model::new());
        let (n_asked, _) = play(&expected, step);
        for fault in (0..n_asked).flat_map(faults) {
            let model = prepared(scenario, Model::new());
            let (_, is_good) = play(&Faulty::new(&model, Some(fault)), step);
            assert!(is_good || fault.times > 1, "{name}: one fault is outlived: {fault:?}");
            let (_, is_good) = play(&model, step);
            assert!(is_good, "{name}: the second run is clean: {fault:?}");
            assert_eq!(model.visible(), expected.visible(), "{name}: {fault:?}");
            n_played += 1;
        }
    }
    assert!(n_played > 300, "{n_played} runs");
}

#[test]
fn a_second_run_writes_nothing() {
    for scenario in ALL {
        for model in [Model::new(), Model::minimal()] {
            let model = prepared(scenario, model);
            play(&model, scenario.step);
            let before = model.visible();
            let n_before = model.with(|it| it.asked.len());
            play(&model, scenario.step);
            assert_eq!(model.visible(), before, "{}", scenario.name);
            // Without its digest, a check run is set to what it says already.
            let may_set = |it: &Request| model.is_minimal && it.path.contains("/check-runs/");
            let asked = model.with(|it| it.asked.split_off(n_before));
            let written = asked.iter().find(|it| it.method != Method::Get && !may_set(it));
            assert!(written.is_none(), "{}: {written:?}", scenario.name);
        }
    }
}

#[test]
fn a_post_is_repeated_only_after_a_read() {
    for scenario in ALL {
        let (n_asked, _) = play(&prepared(scenario, Model::new()), scenario.step);
        for fault in (0..n_asked).flat_map(faults) {
            let model = prepared(scenario, Model::new());
            let faulty = Faulty::new(&model, Some(fault));
            let recorder = Recorder { inner: &faulty, asked: RefCell::default() };
            play(&recorder, scenario.step);
            let asked = recorder.asked.into_inner();
            for pair in asked.windows(2) {
                let is_twice = pair[0] == pair[1] && pair[0].method == Method::Post;
                assert!(!is_twice, "{}: {} twice: {fault:?}", scenario.name, pair[0]);
            }
        }
    }
}

/// Writes down what is asked before any fault.
struct Recorder<'a> {
    inner: &'a dyn Forge,
    asked: RefCell<Vec<Request>>,
}

impl Forge for Recorder<'_> {
    fn send(&self, request: &Request) -> Result<Answer, Lost> {
        self.asked.borrow_mut().push(request.clone());
        self.inner.send(request)
    }
}
