//! The names of operations, and what is made from them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use contracts::operations::{Event, Listed, Reading};
use kernel::Digest;

use crate::{
    model::Model,
    names::{self, Derivation, Name, Role, Wish},
};

/// What an operation is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OperationNames {
    /// `ask`
    pub function: Name,
    /// `AskInput`
    pub input: Name,
    /// `AskResult`
    pub result: Name,
    /// `AskHeaders`
    pub headers: Name,
    /// `askOperation`: what the operation is made of, for its own module alone.
    pub constant: Name,
    /// `askStream`
    pub stream: Name,
    /// `AskStreamResult`
    pub stream_result: Name,
    /// `askStreamOperation`
    pub stream_constant: Name,
    /// `askPages`
    pub pages: Name,
    /// `askItems`
    pub items: Name,
    /// `AskRequest`: what a handler takes.
    pub request: Name,
    /// `AskReply`: what a handler answers.
    pub reply: Name,
    /// `serveAsk`: what the server knows of it.
    pub serve: Name,
    /// `validateAsk`
    pub validate: Name,
    /// `askRequestSchema`
    pub schema: Name,
}

const fn derivation(after: &'static str, role: Role) -> Derivation {
    Derivation { before: "", after, role }
}

const FORMS: [(&str, Derivation); 14] = [
    ("input of ", derivation("Input", Role::Derived)),
    ("result of ", derivation("Result", Role::Derived)),
    ("headers of ", derivation("Headers", Role::Derived)),
    ("constant of ", derivation("Operation", Role::Function)),
    ("stream of ", derivation("Stream", Role::Function)),
    ("stream-result of ", derivation("StreamResult", Role::Derived)),
    ("stream-constant of ", derivation("StreamOperation", Role::Function)),
    ("pages of ", derivation("Pages", Role::Function)),
    ("items of ", derivation("Items", Role::Function)),
    ("request of ", derivation("Request", Role::Derived)),
    ("reply of ", derivation("Reply", Role::Derived)),
    ("serve of ", Derivation { before: "serve", after: "", role: Role::Function }),
    ("validate of ", Derivation { before: "validate", after: "", role: Role::Function }),
    ("request-schema of ", derivation("RequestSchema", Role::Function)),
];

/// The key of an operation in the table of names.
pub(crate) fn owner(listed: &Listed) -> Arc<str> {
    format!("operation {}", listed.label()).into()
}

/// What an operation is called in the contract: its id, else method and path in words.
pub(crate) fn contract_name(reading: Reading, listed: &Listed) -> String {
    let id = reading.text(&listed.at, "operationId").filter(|it| !it.is_empty());
    id.map_or_else(|| spoken(listed), str::to_owned)
}

fn spoken(listed: &Listed) -> String {
    if listed.event == Event::Webhook && listed.method == "POST" {
        return listed.path.clone();
    }
    let mut words = vec![listed.method.to_ascii_lowercase()];
    for part in listed.path.split('/').filter(|it| !it.is_empty()) {
        words.push(part.replace('{', " by ").replace('}', " "));
    }
    names::spoken(&words.join(" "), Role::Function)
}

/// A callback with its name: its id, else that of the operation that asks for it and its own. One
/// that is a component belongs to nobody, and is named like it.
pub(crate) fn of_callback(reading: Reading, mut listed: Listed, asking: &str) -> (Listed, String) {
    let place: Vec<String> = listed.at.pointer.names().collect();
    let shared = match place.as_slice() {
        [components, callbacks, name, ..] => {
            (components == "components" && callbacks == "callbacks").then(|| name.clone())
        }
        _ => None,
    };
    let Event::Callback { within, name } = &mut listed.event else {
        let name = contract_name(reading, &listed);
        return (listed, name);
    };
    let words = match shared {
        Some(shared) => {
            within.clear();
            name.clone_from(&shared);
            shared
        }
        None => format!("{asking} {name}"),
    };
    let id = reading.text(&listed.at, "operationId").filter(|it| !it.is_empty());
    if let Some(id) = id {
        let name = id.to_owned();
        return (listed, name);
    }
    let words = match listed.method.as_str() {
        "POST" => words,
        method => format!("{words} {}", method.to_lowercase()),
    };
    (listed, names::spoken(&words, Role::Function))
}

/// Wants the names of operations.
pub(crate) fn wish(model: &mut Model, all: &[(Listed, String)]) {
    let reading = Reading { store: model.store, contract: model.contract };
    for (listed, contract) in all {
        let given = reading.text(&listed.at, "x-sdk-name").map(str::to_owned);
        let (owner, contract) = (owner(listed), contract.clone());
        model.names.wish(Wish { owner, contract, given, role: Role::Function });
    }
}

/// Wants what is made from them.
pub(crate) fn derive(model: &mut Model, all: &[(Listed, String)]) {
    for (listed, _) in all {
        let owner = owner(listed);
        for (made, form) in FORMS {
            model.names.derive(made, &owner, form);
        }
    }
    model.names.settle();
}

impl OperationNames {
    /// The settled names of an operation.
    pub(crate) fn of(model: &Model, owner: &str) -> Self {
        let none = Name::own("unsettled");
        let derived = |made: &str| model.names.made(made, owner).unwrap_or(&none).clone();
        Self {
            function: model.names.get(owner).unwrap_or(&none).clone(),
            input: derived("input of "),
            result: derived("result of "),
            headers: derived("headers of "),
            constant: derived("constant of "),
            stream: derived("stream of "),
            stream_result: derived("stream-result of "),
            stream_constant: derived("stream-constant of "),
            pages: derived("pages of "),
            items: derived("items of "),
            request: derived("request of "),
            reply: derived("reply of "),
            serve: derived("serve of "),
            validate: derived("validate of "),
            schema: derived("request-schema of "),
        }
    }
}

/// Names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// The modules of tags. A tag that is spelled as its file keeps it; of others that want the same
/// file each gets a part of its digest.
pub(crate) fn homes(folder: &str, tags: &BTreeSet<String>) -> BTreeMap<String, String> {
    let mut wanted: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for tag in tags {
        wanted.entry(file(tag)).or_default().push(tag);
    }
    let mut found = BTreeMap::new();
    for (file, owners) in wanted {
        let exact = owners.iter().find(|it| ***it == file);
        let keeps = exact.or(owners.first().filter(|_| owners.len() == 1)).copied();
        for tag in owners {
            let file = if Some(tag) == keeps {
                file.clone()
            } else {
                let digest = Digest::of(tag.as_bytes()).to_string();
                format!("{file}_{}", digest.split_at(4.min(digest.len())).0)
            };
            found.insert(tag.clone(), format!("{folder}/{file}"));
        }
    }
    found
}

/// No file system takes names of more than 255 bytes, endings and all.
const LONGEST: usize = 100;

/// The file that a tag wants.
fn file(tag: &str) -> String {
    let mut file = kebab(tag);
    if file.len() > LONGEST {
        let digest = Digest::of(tag.as_bytes()).to_string();
        file.truncate(file.floor_char_boundary(LONGEST));
        file.push('_');
        file.push_str(digest.split_at(12.min(digest.len())).0);
    }
    file
}

fn kebab(tag: &str) -> String {
    let mut out = String::new();
    let mut before = ' ';
    for letter in tag.chars() {
        let starts = letter.is_uppercase() && before.is_lowercase();
        if !letter.is_alphanumeric() || starts {
            out.push('-');
        }
        if letter.is_alphanumeric() {
            out.extend(letter.to_lowercase());
        }
        before = letter;
    }
    let words: Vec<&str> = out.split('-').filter(|it| !it.is_empty()).collect();
    let name = words.join("-");
    let is_port = name.len() == 4 && (name.starts_with("com") || name.starts_with("lpt"));
    if name.is_empty() || DEVICES.contains(&name.as_str()) || is_port { name + "_" } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_files() {
        let long = "日".repeat(90);
        let kept = "日".repeat(33) + "_*";
        let rows: [(&[&str], &[&str]); 7] = [
            (&["Orders"], &["orders"]),
            (&["Chunked uploads", "userAccounts"], &["chunked-uploads", "user-accounts"]),
            (&["a/b", "../../x"], &["a-b", "x"]),
            (&["aux", "COM1", "", "日本"], &["aux_", "com1_", "_", "日本"]),
            (&["users", "Users"], &["users", "users_*"]),
            (&["OAuth2"], &["oauth2"]),
            (&[&long], &[&kept]),
        ];
        for (tags, expected) in rows {
            let found = homes("operations", &tags.iter().map(|it| (*it).to_owned()).collect());
            for (tag, file) in tags.iter().zip(expected) {
                let home = found[*tag].strip_prefix("operations/").unwrap();
                match file.strip_suffix('*') {
                    Some(stem) => assert!(home.starts_with(stem), "{tag}: {home}"),
                    None => assert_eq!(home, *file, "{tag}"),
                }
            }
        }
    }
}
