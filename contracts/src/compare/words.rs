//! Words: summaries, descriptions, examples, links and extensions. They promise nothing that a
//! machine could check.

use crate::{
    Evidence, FileId, Finding, NodeId, Pointer, Rule, Spot, Store, operations::Reading,
    reading::role::Role,
};

/// Longer words are cut in a finding.
const MOST_CHARACTERS: usize = 2_000;

/// Every place that both sides have, and whose words differ.
pub(crate) fn compare(base: Reading, head: Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (idx, file) in base.contract.files.iter().enumerate() {
        let twin = head.contract.files.iter().position(|it| it.path == file.path);
        // The contract itself is compared also where it was renamed.
        let twin = twin.filter(|_| idx > 0).or((idx == 0).then_some(0));
        let Some((at, other)) = twin.and_then(|at| Some((at, head.contract.files.get(at)?))) else {
            continue;
        };
        let mut walk = Walk { store: base.store, files: (file_id(idx), file_id(at)), findings };
        walk.run(file.root, other.root);
        findings = walk.findings;
    }
    findings
}

fn file_id(idx: usize) -> FileId {
    FileId(u32::try_from(idx).unwrap_or(u32::MAX))
}

struct Walk<'a> {
    store: &'a Store,
    files: (FileId, FileId),
    findings: Vec<Finding>,
}

/// Two values at the same place.
struct Step {
    base: NodeId,
    head: NodeId,
    pointer: Pointer,
    role: Role,
}

impl Walk<'_> {
    fn run(&mut self, base: NodeId, head: NodeId) {
        let mut open = vec![Step { base, head, pointer: Pointer::root(), role: Role::Words }];
        while let Some(step) = open.pop() {
            if self.store.same(step.base, step.head) {
                continue;
            }
            self.members(&step, &mut open);
            let items = self.store.items(step.base).iter().zip(self.store.items(step.head));
            open.extend(items.enumerate().map(|(idx, (base, head))| Step {
                base: *base,
                head: *head,
                pointer: step.pointer.item(idx),
                role: step.role.item(),
            }));
        }
    }

    fn members(&mut self, step: &Step, open: &mut Vec<Step>) {
        for (name, base) in self.store.members(step.base) {
            let head = self.store.get(step.head, name);
            if head.is_some_and(|it| self.store.same(base, it)) {
                continue;
            }
            let role = step.role.member(name);
            if is_words(step, name) {
                self.tell(step.pointer.child(name), Some(base), head);
            } else if let Some(head) = head.filter(|_| role.may_refer()) {
                open.push(Step { base, head, pointer: step.pointer.child(name), role });
            }
        }
        for (name, head) in self.store.members(step.head) {
            if is_words(step, name) && self.store.get(step.base, name).is_none() {
                self.tell(step.pointer.child(name), None, Some(head));
            }
        }
    }

    fn tell(&mut self, pointer: Pointer, base: Option<NodeId>, head: Option<NodeId>) {
        let text = |it: NodeId| {
            let text = self.store.as_str(it).map(ToOwned::to_owned);
            let text = text.unwrap_or_else(|| self.store.value(it).to_string());
            text.chars().take(MOST_CHARACTERS).collect::<String>()
        };
        let name = pointer.names().last().unwrap_or_default();
        let (subject, operation) = subject(&pointer);
        let what = match (base, head) {
            (None, _) => "is new",
            (_, None) => "is gone",
            (Some(_), Some(_)) => "says something else",
        };
        let spot = |file, pointer| Some(Spot { file, pointer });
        let parent = || pointer.parent().unwrap_or_default();
        let here = |it: Option<NodeId>| if it.is_some() { pointer.clone() } else { parent() };
        self.findings.push(Finding {
            rule: Rule::TextChanged,
            level: Rule::TextChanged.level(),
            message: format!("`{name}` of `{}` {what}", holder(&subject)),
            remedy: "nothing to do".to_owned(),
            operations: operation.into_iter().collect(),
            head: spot(self.files.1, here(head)),
            base: spot(self.files.0, here(base)),
            evidence: Evidence::Texts { base: base.map(text), head: head.map(text) },
            subject,
        });
    }
}

/// Is a member for people?
fn is_words(step: &Step, name: &str) -> bool {
    if step.role.member(name) == Role::Extension {
        return !MEANT.contains(&name);
    }
    let at = step.pointer.as_str();
    let is_of_document = at.is_empty() && name == "tags" || at == "/info" && name != "version";
    step.role.has_words() && (is_of_document || WORDS.contains(&name))
}

const WORDS: &[&str] =
    &["summary", "description", "title", "example", "examples", "externalDocs", "$comment"];

/// Extensions that other rules judge.
const MEANT: &[&str] = &["x-nullable", "x-stability-level", "x-sunset"];

/// What a place is called, and the operation it belongs to.
fn subject(pointer: &Pointer) -> (String, Option<String>) {
    let names: Vec<String> = pointer.names().collect();
    let tail = |it: &[String]| it.iter().map(|it| format!("/{it}")).collect::<String>();
    match names.as_slice() {
        [paths, path, method, rest @ ..] if paths == "paths" && !rest.is_empty() => {
            let operation = format!("{} {path}", method.to_uppercase());
            let is_method = method.chars().all(|it| it.is_ascii_lowercase());
            (format!("{operation}#{}", tail(rest)), is_method.then_some(operation))
        }
        [components, kind, name, rest @ ..] if components == "components" => {
            (format!("components/{kind}/{name}#{}", tail(rest)), None)
        }
        all => (all.join("/"), None),
    }
}

/// The place without its last name.
fn holder(subject: &str) -> &str {
    let (holder, _) = subject.rsplit_once('/').unwrap_or(("the contract", ""));
    holder.trim_end_matches('#')
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::RepoPath;
    use serde_json::{Value, json};

    use super::*;
    use crate::{Files, Limits, read};

    struct One<'a>(&'a Value);

    impl Files for One<'_> {
        fn read(&self, _path: &RepoPath) -> Result<Arc<[u8]>, String> {
            let mut document = self.0.clone();
            document["openapi"] = Value::from("3.1.0");
            Ok(document.to_string().into_bytes().into())
        }
    }

    fn told(base: &Value, head: &Value) -> Vec<String> {
        let mut store = Store::new();
        let path = RepoPath::new("a.openapi.json").unwrap();
        let [base, head] =
            [base, head].map(|it| read(&mut store, &path, &One(it), &Limits::default()).unwrap().0);
        let found = compare(
            Reading { store: &store, contract: &base },
            Reading { store: &store, contract: &head },
        );
        let mut found: Vec<_> = found.into_iter().map(|it| it.subject).collect();
        found.sort();
        found
    }

    #[test]
    fn words_are_told_and_names_are_not() {
        let check = |base: Value, head: Value, expected: &[&str]| {
            assert_eq!(told(&base, &head), expected, "{base} to {head}");
        };
        let operation = |it: Value| json!({ "paths": { "/x": { "get": it } } });
        check(
            operation(json!({ "description": "a" })),
            operation(json!({ "description": "b" })),
            &["GET /x#/description"],
        );
        check(operation(json!({})), operation(json!({ "x-a": 1 })), &["GET /x#/x-a"]);
        check(operation(json!({ "summary": "a" })), operation(json!({})), &["GET /x#/summary"]);
        check(operation(json!({ "x-sunset": "a" })), operation(json!({})), &[]);
        check(operation(json!({ "tags": ["a"] })), operation(json!({ "tags": ["b"] })), &[]);
        check(json!({ "tags": [1] }), json!({ "tags": [2] }), &["tags"]);
        check(
            json!({ "info": { "version": "1", "contact": 1 } }),
            json!({ "info": { "version": "2", "contact": 2 } }),
            &["info/contact"],
        );
        let schema = |it: Value| json!({ "components": { "schemas": { "A": it } } });
        check(
            schema(json!({ "properties": { "title": { "title": "a", "type": "string" } } })),
            schema(json!({ "properties": { "title": { "title": "b", "type": "null" } } })),
            &["components/schemas/A#/properties/title/title"],
        );
        check(
            schema(json!({ "properties": {} })),
            schema(json!({ "properties": { "description": {} } })),
            &[],
        );
        check(
            schema(json!({ "default": { "title": 1 } })),
            schema(json!({ "default": { "title": 2 } })),
            &[],
        );
        check(
            schema(json!({ "anyOf": [{ "description": "a" }] })),
            schema(json!({ "anyOf": [{ "description": "b" }, true] })),
            &["components/schemas/A#/anyOf/0/description"],
        );
    }
}
