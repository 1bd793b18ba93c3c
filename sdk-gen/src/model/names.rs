//! The names of units in TypeScript, and the modules they live in.

use std::collections::BTreeSet;

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
        let none = || Name::own(UNSETTLED);
        let names = || {
            let (of_type, is, issues) = (none(), none(), none());
            ViewNames { of_type, is, issues, check: none(), mark: none() }
        };
        Self { names: [names(), names()] }
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
    ("mark", derivation("mark", "", Role::Function)),
    ("is", derivation("is", "", Role::Function)),
    ("issues", derivation("", "Issues", Role::Function)),
    ("check", derivation("check", "", Role::Function)),
    ("input", derivation("", "Input", Role::Type)),
    ("mark-input", derivation("mark", "Input", Role::Function)),
    ("is-input", derivation("is", "Input", Role::Function)),
    ("issues-input", derivation("", "InputIssues", Role::Function)),
    ("check-input", derivation("check", "Input", Role::Function)),
];

/// How many of them all types have.
const N_COMMON: usize = 4;

const fn derivation(before: &'static str, after: &'static str, role: Role) -> Derivation {
    Derivation { before, after, role }
}

impl Model<'_> {
    /// Gives all units that have none yet their names.
    pub(crate) fn settle_names(&mut self) {
        self.find_differences();
        self.find_inlines();
        let named = self.units().filter(|it| it.1.origin != Origin::Aside || !it.1.is_inline);
        let keys: Vec<(UnitId, String)> = named.map(|(id, it)| (id, owner(it))).collect();
        let new: Vec<_> = keys.into_iter().filter(|it| self.names.get(&it.1).is_none()).collect();
        for (id, owner) in &new {
            let unit = self.unit(*id);
            let given = self.store.get(unit.at.node, "x-sdk-name");
            let given = given.filter(|it| self.store.kind(*it) == Kind::String);
            let given = given.and_then(|it| self.store.as_str(it)).map(str::to_owned);
            let contract = unit.contract_name.clone();
            self.names.wish(Wish { owner: owner.clone(), contract, given, role: Role::Type });
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
        let referred: BTreeSet<UnitId> = self.units().flat_map(|it| self.targets(it.0)).collect();
        let inline = self.units().filter(|(id, unit)| {
            matches!(unit.origin, Origin::Use | Origin::Aside) && !referred.contains(id)
        });
        let inline: Vec<UnitId> = inline.map(|it| it.0).collect();
        for id in inline {
            if let Some(unit) = self.units.get_mut(id.0 as usize) {
                unit.is_inline = true;
            }
        }
    }

    fn derive(&mut self, owner: &str, differs: bool) {
        let Some(name) = self.names.get(owner).cloned() else { return };
        let forms = if differs { &FORMS[..] } else { &FORMS[..N_COMMON] };
        for (word, form) in forms {
            self.names.derive(format!("{word} {owner}"), &name, *form);
        }
    }

    fn take_names(&mut self, id: UnitId, owner: &str) {
        let find = |key: String| self.names.get(&key).cloned().unwrap_or(Name::own(UNSETTLED));
        let own = find(owner.to_owned());
        let module = bucket(own.as_str());
        let received = ViewNames {
            of_type: own,
            is: find(format!("is {owner}")),
            issues: find(format!("issues {owner}")),
            check: find(format!("check {owner}")),
            mark: find(format!("mark {owner}")),
        };
        let sent = ViewNames {
            of_type: find(format!("input {owner}")),
            is: find(format!("is-input {owner}")),
            issues: find(format!("issues-input {owner}")),
            check: find(format!("check-input {owner}")),
            mark: find(format!("mark-input {owner}")),
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
fn owner(unit: &Unit) -> String {
    match unit.origin {
        Origin::Component if unit.is_first => format!("schema {}", unit.contract_name),
        Origin::Component | Origin::Referred | Origin::Operation | Origin::Use | Origin::Aside => {
            let copy = if unit.is_first { String::new() } else { format!(" copy {}", unit.scope) };
            format!("schema at {} {}{copy}", unit.at.file.0, unit.at.pointer)
        }
    }
}

/// The file of a name: its first letter. So a new name touches one file, and no file has all.
fn bucket(name: &str) -> char {
    let first = name.chars().find(|it| *it != '_').unwrap_or('_').to_ascii_lowercase();
    if first.is_ascii_lowercase() { first } else { '_' }
}
