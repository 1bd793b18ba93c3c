use kernel::{Document, Entry, Node, Place, Step};

use crate::{
    Claim, Hidden, Problem, ProblemKind, Service, Setting, Slot, Switch, Var,
    claim::{pattern_node, structural_fault},
    misplaced::is_routing_key,
};

/// What one level of a configuration writes itself, before inheritance.
#[derive(Default)]
pub(crate) struct Level {
    pub(crate) name: Option<Text>,
    pub(crate) account: Option<Text>,
    pub(crate) workers_dev: Option<Switch>,
    pub(crate) preview_urls: Option<Switch>,
    pub(crate) routes: Option<Vec<Claim>>,
    pub(crate) route: Option<Claim>,
    pub(crate) services: Vec<Service>,
    pub(crate) vars: Vec<Var>,
    /// `assets` replace those of the top level as a whole, so a level may have them without rules.
    pub(crate) has_assets: bool,
    pub(crate) run_worker_first: Option<Setting>,
    pub(crate) is_pages: bool,
}

/// A text and where it stands.
#[derive(Clone)]
pub(crate) struct Text {
    pub(crate) value: Box<str>,
    pub(crate) place: Place,
}

/// The table of one level, which notes every value of a wrong shape while it is read.
pub(crate) struct LevelReader<'a> {
    document: &'a Document,
    table: &'a Node,
    env: Option<&'a str>,
    steps: Vec<Step>,
    pub(crate) problems: Vec<Problem>,
}

impl<'a> LevelReader<'a> {
    pub(crate) fn new(document: &'a Document, table: &'a Node, env: Option<&'a str>) -> Self {
        let steps = env.map_or_else(Vec::new, |it| vec![key("env"), key(it)]);
        Self { document, table, env, steps, problems: Vec::new() }
    }

    /// Reads everything that may be inherited or is needed of one level.
    pub(crate) fn read(&mut self) -> Level {
        let routes = self.routes();
        let run_worker_first = self.run_worker_first();
        Level {
            name: self.text("name"),
            // NOTE: wrangler drops an empty `account_id`, as it does with an empty `route`.
            account: self.text("account_id").filter(|it| !it.value.is_empty()),
            workers_dev: self.switch("workers_dev"),
            preview_urls: self.switch("preview_urls"),
            routes,
            route: self.route(),
            services: self.services(),
            vars: self.vars(),
            has_assets: self.table.get("assets").is_some_and(|it| !it.is_null()),
            run_worker_first,
            is_pages: self.member("pages_build_output_dir").is_some(),
        }
    }

    /// The environments in the order of the file.
    pub(crate) fn environments(&mut self) -> Vec<&'a Entry> {
        let Some(env) = self.member("env") else { return Vec::new() };
        let Some(entries) = env.value.as_table() else {
            self.note(env, ProblemKind::NotATable);
            return Vec::new();
        };
        let mut found = Vec::new();
        for entry in entries {
            if entry.value.as_table().is_some() {
                found.push(entry);
            } else if !is_routing_key(&entry.key) {
                let steps = vec![key("env"), key(&entry.key)];
                self.note_at(&entry.value, steps, ProblemKind::NotATable);
            }
        }
        found
    }

    /// The member of this name; `null` is noted and counts as absent.
    fn member(&mut self, name: &str) -> Option<&'a Entry> {
        let entry = self.table.entry(name)?;
        if entry.value.is_null() {
            self.note(entry, ProblemKind::Null);
            return None;
        }
        Some(entry)
    }

    fn text(&mut self, name: &str) -> Option<Text> {
        let entry = self.member(name)?;
        let Some(value) = entry.value.as_str() else {
            self.note(entry, ProblemKind::NotAString);
            return None;
        };
        Some(Text { value: value.into(), place: self.document.place(entry.value.span) })
    }

    fn switch(&mut self, name: &str) -> Option<Switch> {
        let entry = self.member(name)?;
        let Some(value) = entry.value.as_bool() else {
            self.note(entry, ProblemKind::NotABoolean);
            return None;
        };
        Some(Switch { value, place: self.document.place(entry.value.span), inherited: false })
    }

    /// `routes` of a wrong shape still hides inherited ones, as a list without items.
    fn routes(&mut self) -> Option<Vec<Claim>> {
        let entry = self.member("routes")?;
        let Some(items) = entry.value.as_list() else {
            self.note(entry, ProblemKind::NotAList);
            return Some(Vec::new());
        };
        let claim = |(index, item)| self.claim(item, Slot::Routes(index));
        Some(items.iter().enumerate().map(claim).collect())
    }

    fn route(&mut self) -> Option<Claim> {
        let entry = self.member("route")?;
        let is_blank = entry.value.as_str() == Some("");
        (!is_blank).then(|| self.claim(&entry.value, Slot::Route))
    }

    fn claim(&self, declared: &Node, slot: Slot) -> Claim {
        let text = |name| declared.get(name).and_then(Node::as_str).map(Into::into);
        Claim {
            pattern: pattern_node(declared).as_str().map(Into::into),
            custom_domain: declared.get("custom_domain").and_then(Node::as_bool) == Some(true),
            zone_name: text("zone_name"),
            zone_id: text("zone_id"),
            place: self.document.place(pattern_node(declared).span),
            written_in: self.env.map(Into::into),
            slot,
            inherited: false,
            fault: structural_fault(declared),
            declared: declared.clone(),
        }
    }

    fn services(&mut self) -> Vec<Service> {
        let Some(entry) = self.member("services") else { return Vec::new() };
        let Some(items) = entry.value.as_list() else {
            self.note(entry, ProblemKind::NotAList);
            return Vec::new();
        };
        let service = |(index, item)| self.service(index, item);
        items.iter().enumerate().filter_map(service).collect()
    }

    fn service(&mut self, index: usize, item: &'a Node) -> Option<Service> {
        let steps = self.way(&[key("services"), Step::Index(index)]);
        if item.as_table().is_none() {
            self.note_at(item, steps, ProblemKind::NotATable);
            return None;
        }
        let binding = self.needed_text(item, &steps, "binding");
        let service = self.needed_text(item, &steps, "service")?;
        let text = |name| item.get(name).and_then(Node::as_str).map(Into::into);
        let at = item.get("service").unwrap_or(item);
        Some(Service {
            binding,
            service,
            environment: text("environment"),
            entrypoint: text("entrypoint"),
            place: self.document.place(at.span),
            steps,
        })
    }

    fn needed_text(
        &mut self,
        item: &'a Node,
        steps: &[Step],
        name: &'static str,
    ) -> Option<Box<str>> {
        let Some(value) = item.get(name) else {
            self.note_at(item, steps.to_vec(), ProblemKind::Missing(name));
            return None;
        };
        let text = value.as_str().map(Into::into);
        if text.is_none() {
            let steps = [steps, &[key(name)]].concat();
            self.note_at(value, steps, ProblemKind::NotAString);
        }
        text
    }

    fn vars(&mut self) -> Vec<Var> {
        let Some(entry) = self.member("vars") else { return Vec::new() };
        let Some(entries) = entry.value.as_table() else {
            self.note(entry, ProblemKind::NotATable);
            return Vec::new();
        };
        let var = |it: &Entry| {
            let value = Hidden::new(it.value.as_str()?);
            Some(Var { name: it.key.clone(), value, place: self.document.place(it.value.span) })
        };
        entries.iter().filter_map(var).collect()
    }

    fn run_worker_first(&mut self) -> Option<Setting> {
        let assets = self.member("assets")?;
        if assets.value.as_table().is_none() {
            self.note(assets, ProblemKind::NotATable);
            return None;
        }
        let value = assets.value.get("run_worker_first")?;
        let steps = self.way(&[key("assets"), key("run_worker_first")]);
        let place = self.document.place(value.span);
        Some(Setting { value: value.clone(), place, steps, inherited: false })
    }

    fn way(&self, steps: &[Step]) -> Vec<Step> {
        [&self.steps, steps].concat()
    }

    fn note(&mut self, entry: &Entry, kind: ProblemKind) {
        let steps = self.way(&[key(&entry.key)]);
        self.note_at(&entry.value, steps, kind);
    }

    fn note_at(&mut self, node: &Node, steps: Vec<Step>, kind: ProblemKind) {
        let kind = if node.is_null() { ProblemKind::Null } else { kind };
        let place = self.document.place(node.span);
        let env = self.env.map(Into::into);
        self.problems.push(Problem { place, steps, env, kind, found: node.kind_name() });
    }
}

pub(crate) fn key(name: &str) -> Step {
    Step::Key(name.into())
}
