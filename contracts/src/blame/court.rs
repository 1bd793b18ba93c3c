//! One question after the other; what is met again is the same finding.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crate::{
    Direction, Finding, Rule, Spot, UndecidedPart,
    blame::{
        annotation::{Met, Survey},
        asking::Asking,
        numbers::Number,
        position::{Position, Side},
        remark::Mark,
        telling::{self, Key},
        told::drop_echoes,
        trial::{Cause, Judged, Parties, judge},
        unread,
    },
    compare::question::{Carriage, SchemaQuestion},
};

/// Two schemas as they were asked once, wherever they are met.
type Asked = (Direction, Number, Number, Carriage, bool);

/// What makes two findings one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    Broken(Key),
    Noted(Direction, Spot, Vec<String>),
    Remarked(Mark),
}

/// What was found so far.
#[derive(Default)]
pub(crate) struct Court<'a> {
    findings: BTreeMap<Identity, Finding>,
    undecided: BTreeMap<String, UndecidedPart>,
    asked: BTreeMap<Asked, Vec<Identity>>,
    broken: BTreeSet<(Direction, Spot)>,
    /// The same, of causes that show themselves, with what tells of them.
    sure: BTreeMap<(Direction, Spot), BTreeSet<Identity>>,
    /// Questions with a cause that may be only what another one leads to.
    doubtful: BTreeMap<Asked, Vec<SchemaQuestion>>,
    surveys: BTreeMap<Direction, Survey<'a>>,
}

impl<'a> Court<'a> {
    /// Asks one question.
    pub(crate) fn ask(&mut self, asking: &mut Asking<'a>, question: &SchemaQuestion) {
        let asked = asked(asking, question);
        if let Some(known) = self.asked.get(&asked) {
            for identity in known.clone() {
                self.reaches(&identity, &question.operation);
            }
            if let Some(alike) = self.doubtful.get_mut(&asked) {
                alike.push(question.clone());
            }
            return;
        }
        let mut met = self.breaks(asking, question, &asked);
        met.extend(self.notes(asking, question));
        let direction = question.direction;
        let survey = self.surveys.entry(direction).or_insert_with(|| Survey::of(asking, direction));
        let remarks = survey.remarks(asking, question);
        for Met { remark, way } in remarks {
            let shown = (remark.rule == Rule::InputUnread)
                .then(|| unread::exchange(asking, question, &remark, &way));
            if shown == Some(None) {
                continue;
            }
            let identity = Identity::Remarked(remark.mark());
            self.keep(&identity, question, || {
                let evidence = shown.flatten().unwrap_or_else(|| remark.evidence.clone());
                Some(remark.finding(asking, question, evidence))
            });
            met.push(identity);
        }
        self.asked.insert(asked, met);
    }

    fn breaks(
        &mut self,
        asking: &mut Asking<'_>,
        question: &SchemaQuestion,
        asked: &Asked,
    ) -> Vec<Identity> {
        let parties = Parties::of(asking, question.direction);
        let Judged { mut causes, undecided, .. } =
            judge(asking, question, &parties, &Rc::default());
        drop_echoes(&mut causes);
        if let Some(reason) = undecided {
            self.give_up(question, reason);
        }
        let mut met = Vec::new();
        for cause in &causes {
            let identity = if cause.suspect.is_rest {
                self.doubtful.insert(asked.clone(), vec![question.clone()]);
                None
            } else {
                self.break_(asking, question, (&parties, cause))
            };
            self.note(question.direction, cause, identity.as_ref());
            met.extend(identity);
        }
        met
    }

    /// Notes where something breaks, and what tells of it if that is sure.
    fn note(&mut self, direction: Direction, cause: &Cause, identity: Option<&Identity>) {
        let places = [&cause.suspect.sub, &cause.suspect.sup];
        for part in places.into_iter().flat_map(|it| &it.parts) {
            let spot = (direction, part.spot());
            self.broken.insert(spot.clone());
            let Some(identity) = identity else { continue };
            self.sure.entry(spot).or_default().insert(identity.clone());
        }
    }

    fn break_(
        &mut self,
        asking: &mut Asking<'_>,
        question: &SchemaQuestion,
        (parties, cause): (&Parties<'_>, &Cause),
    ) -> Option<Identity> {
        let identity = Identity::Broken(telling::key(question, cause)?);
        self.keep(&identity, question, || telling::finding(asking, question, parties, cause));
        Some(identity)
    }

    /// Looks again at what may be only what another cause leads to, now that all others are known.
    /// If it is no more than that, the finding of the other one reaches these operations too.
    pub(crate) fn settle(&mut self, asking: &mut Asking<'_>) {
        for questions in std::mem::take(&mut self.doubtful).into_values() {
            let Some((question, others)) = questions.split_first() else { continue };
            let direction = question.direction;
            let sure = self.sure.keys().filter(|it| it.0 == direction);
            let known = Rc::new(sure.map(|it| it.1.clone()).collect());
            let parties = Parties::of(asking, direction);
            let judged = judge(asking, question, &parties, &known);
            let own: Vec<_> = judged.causes.iter().filter(|it| it.suspect.is_rest).collect();
            for cause in &own {
                let identity = self.break_(asking, question, (&parties, cause));
                self.reach_all(identity.as_ref(), others);
            }
            if own.is_empty() {
                self.reach_from(direction, judged.met, &questions);
            }
        }
    }

    /// What is told of these places reaches the operations of these questions.
    fn reach_from(
        &mut self,
        direction: Direction,
        met: BTreeSet<Spot>,
        questions: &[SchemaQuestion],
    ) {
        let told = met.into_iter().filter_map(|it| self.sure.get(&(direction, it))).flatten();
        let told: BTreeSet<Identity> = told.cloned().collect();
        for identity in &told {
            self.reach_all(Some(identity), questions);
        }
    }

    fn reach_all(&mut self, identity: Option<&Identity>, questions: &[SchemaQuestion]) {
        let Some(identity) = identity else { return };
        for question in questions {
            self.reaches(identity, &question.operation);
        }
    }

    /// What is possible now that was not, unless it broke something at the same place.
    fn notes(&mut self, asking: &mut Asking<'_>, question: &SchemaQuestion) -> Vec<Identity> {
        let parties = Parties::of(asking, question.direction).reversed();
        let causes = judge(asking, question, &parties, &Rc::default()).causes;
        let mut met = Vec::new();
        for cause in &causes {
            let Some(part) = telling::part_of(cause) else { continue };
            if self.broken.contains(&(question.direction, part.clone())) {
                continue;
            }
            let identity = Identity::Noted(question.direction, part, cause.suspect.names.clone());
            self.keep(&identity, question, || telling::note(asking, question, &parties, cause));
            met.push(identity);
        }
        met
    }

    fn keep(
        &mut self,
        identity: &Identity,
        question: &SchemaQuestion,
        tell: impl FnOnce() -> Option<Finding>,
    ) {
        if self.findings.contains_key(identity) {
            self.reaches(identity, &question.operation);
        } else if let Some(found) = tell() {
            self.findings.insert(identity.clone(), found);
        }
    }

    fn give_up(&mut self, question: &SchemaQuestion, reason: String) {
        let subject = format!("{} {}", question.operation, question.location);
        let detail = "whether every value is still taken there is not known".to_owned();
        let part = UndecidedPart { subject: subject.clone(), reason, detail };
        self.undecided.entry(subject).or_insert(part);
    }

    fn reaches(&mut self, identity: &Identity, operation: &str) {
        let Some(known) = self.findings.get_mut(identity) else { return };
        if let Err(idx) = known.operations.binary_search_by(|it| it.as_str().cmp(operation)) {
            known.operations.insert(idx, operation.to_owned());
        }
    }

    /// All findings, what is not known, and the number of pairs of schemas that were asked about.
    pub(crate) fn close(self) -> (Vec<Finding>, Vec<UndecidedPart>, usize) {
        let findings = self.findings.into_values().collect();
        (findings, self.undecided.into_values().collect(), self.asked.len())
    }
}

fn asked(asking: &Asking<'_>, question: &SchemaQuestion) -> Asked {
    let parties = Parties::of(asking, question.direction);
    let sub = Parties::root(asking, &parties.sub, question);
    let sup = Parties::root(asking, &parties.sup, question);
    let is_path = question.location.starts_with("path.");
    let ends = |side: &Side<'_>, position: &Position| {
        let is_silent = position.parts.is_empty();
        if is_silent {
            side.numbers.of(std::slice::from_ref(&position.near))
        } else {
            position.ends
        }
    };
    let (sub, sup) = (ends(&parties.sub, &sub), ends(&parties.sup, &sup));
    (question.direction, sub, sup, question.carriage.clone(), is_path)
}
