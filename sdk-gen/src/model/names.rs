//! The names of units in TypeScript, and the modules they live in.

use std::{collections::BTreeSet, sync::Arc};

use contracts::Kind;

use crate::{
    model::{Model, Origin, Unit, UnitId, View},
    names::{Derivation, Name, Remark, Role, Wish},
    notes::NoteCode,
};

/// What a unit is called, received and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitNames {
    names: [ViewNames; 2],
}

/// What one view of a unit is called.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ViewNames {
    of_type: Name,
    is: Name,
    issues: Name,
    check: Name,
    mark: Name,
}

/// Stands for a name before there is one.
const UNSETTLED: &str = "unsettled";

impl UnitNames {
    pub(super) fn unsettled() -> Self {
        let none = Name::own(UNSETTLED);
        let [of_type, is, issues, check, mark] = std::array::from_fn(|_| none.clone());
        let names = ViewNames { of_type, is, issues, check, mark };
        Self { names: [names.clone(), names] }
    }

    fn of(&self, view: View) -> &ViewNames {
        let [received, sent] = &self.names;
        match view {
            View::Received => received,
            View::Sent => sent,
        }
    }
}

impl Unit {
    /// The view that this one is written as: a unit that does not differ has one only.
    #[must_use]
    pub fn view(&self, view: View) -> View {
        if self.differs { view } else { View::Received }
    }

    /// The name of the type, such as `Order`.
    #[must_use]
    pub fn type_name(&self, view: View) -> &Name {
        &self.names.of(self.view(view)).of_type
    }

    /// The name of the predicate, such as `isOrder`.
    #[must_use]
    pub fn is_name(&self, view: View) -> &Name {
        &self.names.of(self.view(view)).is
    }

    /// The name of the function that explains, such as `orderIssues`.
    #[must_use]
    pub fn issues_name(&self, view: View) -> &Name {
        &self.names.of(self.view(view)).issues
    }

    /// The name of the function that collects, such as `checkOrder`.
    #[must_use]
    pub fn check_name(&self, view: View) -> &Name {
        &self.names.of(self.view(view)).check
    }
}

impl Unit {
    /// Is its type declared in a module below this folder?
    #[must_use]
    pub fn is_declared(&self, folder: &str) -> bool {
        !self.is_inline && self.types.starts_with(folder)
    }

    /// Has it a guard?
    #[must_use]
    pub fn is_guarded(&self) -> bool {
        !(self.is_inline && self.origin == Origin::Aside)
    }

    /// The name of the function that notes what the schema looks at, such as `markOrder`.
    #[must_use]
    pub fn mark_name(&self, view: View) -> &Name {
        &self.names.of(self.view(view)).mark
    }
}

/// What is made from the name of a type; the last ones only if it is another one when it is sent.
const FORMS: [(&str, Derivation); 9] = [
    ("mark ", derivation("mark", "", Role::Function)),
    ("is ", derivation("is", "", Role::Function)),
    ("issues ", derivation("", "Issues", Role::Function)),
    ("check ", derivation("check", "", Role::Function)),
    ("input ", derivation("", "Input", Role::Type)),
    ("mark-input ", derivation("mark", "Input", Role::Function)),
    ("is-input ", derivation("is", "Input", Role::Function)),
    ("issues-input ", derivation("", "InputIssues", Role::Function)),
    ("check-input ", derivation("check", "Input", Role::Function)),
];

/// How many of them all types have.
const N_COMMON: usize = 4;

const fn derivation(before: &'static str, after: &'static str, role: Role) -> Derivation {
    Derivation { before, after, role }
}

impl Model<'_> {
    /// Gives all units that have none yet their names.
    pub(crate) fn settle_names(&mut self) {
        self.find_edges();
        self.find_differences();
        self.find_inlines();
        let named = self.units().filter(|it| it.1.origin != Origin::Aside || !it.1.is_inline);
        let keys: Vec<(UnitId, Arc<str>)> = named.map(|(id, it)| (id, owner(it))).collect();
        let new: Vec<_> = keys.into_iter().filter(|it| self.names.get(&it.1).is_none()).collect();
        for (id, owner) in &new {
            let unit = self.unit(*id);
            let given = self.store.get(unit.at.node, "x-sdk-name");
            let given = given.filter(|it| self.store.kind(*it) == Kind::String);
            let given = given.and_then(|it| self.store.as_str(it)).map(str::to_owned);
            let contract = unit.contract_name.clone();
            let owner = Arc::clone(owner);
            self.names.wish(Wish { owner, contract, given, role: Role::Type });
        }
        self.names.settle();
        for (id, owner) in &new {
            self.derive(owner, self.unit(*id).differs);
        }
        self.names.settle();
        for (id, owner) in &new {
            self.take_names(*id, owner);
        }
        self.tell_names();
    }

    /// Whatever something refers to has to have a name.
    fn find_inlines(&mut self) {
        let targets = self.units().flat_map(|it| self.targets(it.0));
        let referred: BTreeSet<UnitId> = targets.copied().collect();
        let inline = self.units().filter(|(id, unit)| {
            matches!(unit.origin, Origin::Use | Origin::Aside) && !referred.contains(id)
        });
        let inline: Vec<UnitId> = inline.map(|it| it.0).collect();
        for id in inline {
            // Whatever is written into a request is a text: nothing is left to guard.
            let is_text = self.shape(self.unit(id).shape).is_any_text();
            let Some(unit) = self.units.get_mut(id.0 as usize) else { continue };
            unit.is_inline = true;
            if is_text {
                unit.origin = Origin::Aside;
            }
        }
    }

    fn derive(&mut self, owner: &Arc<str>, differs: bool) {
        let forms = if differs { &FORMS[..] } else { &FORMS[..N_COMMON] };
        for (made, form) in forms {
            self.names.derive(made, owner, *form);
        }
    }

    fn take_names(&mut self, id: UnitId, owner: &str) {
        let none = Name::own(UNSETTLED);
        let own = self.names.get(owner).unwrap_or(&none).clone();
        let find = |made: &str| self.names.made(made, owner).unwrap_or(&none).clone();
        let module = bucket(own.as_str());
        let received = ViewNames {
            of_type: own,
            is: find("is "),
            issues: find("issues "),
            check: find("check "),
            mark: find("mark "),
        };
        let sent = ViewNames {
            of_type: find("input "),
            is: find("is-input "),
            issues: find("issues-input "),
            check: find("check-input "),
            mark: find("mark-input "),
        };
        let Some(unit) = self.units.get_mut(id.0 as usize) else { return };
        unit.names = UnitNames { names: [received, sent] };
        if unit.types.is_empty() {
            unit.types = format!("schemas/{module}");
            unit.guards = format!("guards/{module}");
        }
    }

    fn tell_names(&mut self) {
        let root = self.contract.root();
        for remark in self.names.take_remarks() {
            match remark {
                Remark::Changed(contract, name, why) => {
                    let message = format!("`{contract}` is `{name}` in TypeScript ({why})");
                    self.note(NoteCode::NameChanged, &root, message);
                }
                Remark::Clash(name, one, other) => {
                    let message = format!("{one} and {other} have one `x-sdk-name`: `{name}`");
                    self.note(NoteCode::NameChanged, &root, message);
                }
            }
        }
    }
}

/// The key of a unit in the table of names: what it is, never its number.
fn owner(unit: &Unit) -> Arc<str> {
    match unit.origin {
        Origin::Component if unit.is_first => format!("schema {}", unit.contract_name).into(),
        Origin::Component | Origin::Referred | Origin::Operation | Origin::Use | Origin::Aside => {
            let copy = if unit.is_first { String::new() } else { format!(" copy {}", unit.scope) };
            format!("schema at {} {}{copy}", unit.at.file.0, unit.at.pointer).into()
        }
    }
}

/// The file of a name: its first letter. So a new name touches one file, and no file has all.
fn bucket(name: &str) -> char {
    let first = name.chars().find(|it| *it != '_').unwrap_or('_').to_ascii_lowercase();
    if first.is_ascii_lowercase() { first } else { '_' }
}
