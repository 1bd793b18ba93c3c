//! `package.json` of an SDK: our keys are repaired in place, everything else is the user's.

use kernel::{Kind, Node};
use serde::{Serialize, Serializer};
use serde_json::{Value, ser::PrettyFormatter};

/// The keys that are ours; `name` and `version` are written once.
const OWN: [&str; 5] =
    ["type", "sideEffects", "exports", "peerDependencies", "peerDependenciesMeta"];
/// Of these, members that we do not know stay too.
const SHARED: [&str; 3] = ["exports", "peerDependencies", "peerDependenciesMeta"];
/// The ways into an SDK: those that it does not have are taken out again.
const WAYS: [&str; 8] = [
    ".",
    "./operations/*",
    "./guards",
    "./zod",
    "./server",
    "./webhooks",
    "./runtime",
    "./package.json",
];

/// The text with our keys as a new file would have them; nothing if it is no JSON object.
pub(crate) fn repaired(text: &str, fresh: &str) -> Option<String> {
    let (mark, body) = text.strip_prefix('\u{feff}').map_or(("", text), |it| ("\u{feff}", it));
    let root = snapshot::parse_jsonc(body).ok()?;
    let fresh: Value = serde_json::from_str(fresh).ok()?;
    let wanted = Wanted {
        set: OWN.iter().filter_map(|it| Some((*it, fresh.get(it)?))).collect(),
        gone: Vec::new(),
    };
    let object = rewritten(body, &root, &wanted, "")?;
    let (before, after) = (body.get(..root.span.start)?, body.get(root.span.end..)?);
    Some(format!("{mark}{before}{object}{after}"))
}

/// What an object has to say.
struct Wanted<'a> {
    set: Vec<(&'a str, &'a Value)>,
    gone: Vec<&'a str>,
}

/// The text of an object that says what is wanted; where it says so already, as it is.
fn rewritten(text: &str, node: &Node, wanted: &Wanted<'_>, outer: &str) -> Option<String> {
    let members = node.as_table()?;
    let inside = (node.span.start + 1, node.span.end.checked_sub(1)?);
    let first = members.first().map_or(inside.1, |it| it.key_span.start);
    let leading = match text.get(inside.0..first)? {
        _ if members.is_empty() => format!("\n{outer}  "),
        told => told.to_owned(),
    };
    let indent = leading.rsplit_once('\n').map(|it| it.1.to_owned());
    let unit = indent.as_deref().and_then(|it| it.strip_prefix(outer)).unwrap_or("  ");
    let style = Style { indent: indent.as_deref(), unit };
    let mut out = String::from("{");
    let mut end = inside.0;
    for (idx, it) in members.iter().enumerate() {
        let gap = text.get(end..it.key_span.start)?;
        end = it.value.span.end;
        if wanted.gone.contains(&&*it.key) {
            continue;
        }
        let is_first = out.len() == 1;
        match (is_first, idx) {
            (true, _) => out.push_str(&leading),
            (false, _) => out.push_str(gap),
        }
        out.push_str(text.get(it.key_span.start..it.value.span.start)?);
        let value = wanted.set.iter().find(|wish| *wish.0 == *it.key);
        match value {
            Some((name, value)) => out.push_str(&style.kept(text, &it.value, name, value)?),
            None => out.push_str(text.get(it.value.span.start..it.value.span.end)?),
        }
    }
    let trailing =
        if members.is_empty() { format!("\n{outer}") } else { text.get(end..inside.1)?.to_owned() };
    for (name, value) in &wanted.set {
        if node.get(name).is_some() {
            continue;
        }
        if out.len() > 1 {
            out.push(',');
        }
        let colon = if style.indent.is_some() { ": " } else { ":" };
        out.push_str(&format!("{leading}{}{colon}{}", Value::from(*name), style.written(value)));
    }
    if out.len() == 1 {
        return Some("{}".to_owned());
    }
    Some(format!("{out}{trailing}}}"))
}

/// How the members of an object are laid out.
struct Style<'a> {
    /// What stands before each, if each has a line of its own.
    indent: Option<&'a str>,
    /// One level of it.
    unit: &'a str,
}

impl Style<'_> {
    /// The text of a member that is there: as it is if it says what it should.
    fn kept(&self, text: &str, node: &Node, name: &str, value: &Value) -> Option<String> {
        let source = text.get(node.span.start..node.span.end)?;
        let told: Value = serde_json::from_str(source).unwrap_or(Value::Null);
        if told == *value && !leads_astray(source) {
            return Some(source.to_owned());
        }
        let (Kind::Table(members), Value::Object(fresh)) = (&node.kind, value) else {
            return Some(self.written(value));
        };
        if !SHARED.contains(&name) {
            return Some(self.written(value));
        }
        let is_stale =
            |it: &&str| name == "exports" && WAYS.contains(it) && !fresh.contains_key(*it);
        let gone = members.iter().map(|it| &*it.key).filter(is_stale).collect();
        let set = fresh.iter().map(|(name, it)| (name.as_str(), it)).collect();
        rewritten(text, node, &Wanted { set, gone }, self.indent.unwrap_or_default())
    }

    /// A new value in the manner of the object.
    fn written(&self, value: &Value) -> String {
        let Some(indent) = self.indent else { return value.to_string() };
        let mut bytes = Vec::new();
        let formatter = PrettyFormatter::with_indent(self.unit.as_bytes());
        let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
        if Ordered(value).serialize(&mut serializer).is_err() {
            return value.to_string();
        }
        String::from_utf8_lossy(&bytes).replace('\n', &format!("\n{indent}"))
    }
}

/// Does `default` stand before `types`? Whoever resolves takes the first condition that holds.
fn leads_astray(source: &str) -> bool {
    let place = |it: &str| source.find(it);
    place("\"types\"").zip(place("\"default\"")).is_some_and(|(types, rest)| types > rest)
}

/// A value whose `types` come before all other members.
struct Ordered<'a>(&'a Value);

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Value::Object(members) = self.0 else { return self.0.serialize(serializer) };
        let mut members: Vec<_> = members.iter().map(|(name, it)| (name, Ordered(it))).collect();
        members.sort_by_key(|it| it.0 != "types");
        serializer.collect_map(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRESH: &str = r#"{"name": "shop-sdk", "version": "0.0.0", "type": "module",
        "sideEffects": false, "exports": {".": "./src/index.ts", "./zod": "./src/zod.ts"},
        "peerDependencies": {"zod": "^4.6"}, "peerDependenciesMeta": {"zod": {"optional": true}}}"#;

    fn check(text: &str, expected: &str) {
        assert_eq!(repaired(text, FRESH).as_deref(), Some(expected), "{text}");
        assert_eq!(repaired(expected, FRESH).as_deref(), Some(expected), "a second time");
    }

    #[test]
    fn what_is_right_stays_byte_for_byte() {
        let text = "{ \"type\" :\"module\",\"sideEffects\":false ,\n\n \"exports\": {\".\": \"./src/index.ts\", \"./zod\":\"./src/zod.ts\"},\
            \t\"peerDependencies\": {\"zod\": \"^4.6\"}, \"peerDependenciesMeta\": {\"zod\": {\"optional\":true}}, \"x\": 1.50}\n";
        check(text, text);
    }

    #[test]
    fn our_keys_are_repaired_and_others_stay() {
        check(
            "{\n\t\"name\": \"mine\",\n\n\t\"type\": \"commonjs\",\n\t\"scripts\": {\"x\": \"y\"},\n\t\"sideEffects\": false,\n\
             \t\"exports\": {\n\t\t\".\": \"./src/index.ts\",\n\t\t\"./server\": \"./src/server.ts\",\n\t\t\"./mine\": \"./mine.js\"\n\t},\n\
             \t\"peerDependencies\": {\n\t\t\"zod\": \"^3\",\n\t\t\"react\": \"19\"\n\t}\n}\n",
            "{\n\t\"name\": \"mine\",\n\n\t\"type\": \"module\",\n\t\"scripts\": {\"x\": \"y\"},\n\t\"sideEffects\": false,\n\
             \t\"exports\": {\n\t\t\".\": \"./src/index.ts\",\n\t\t\"./mine\": \"./mine.js\",\n\t\t\"./zod\": \"./src/zod.ts\"\n\t},\n\
             \t\"peerDependencies\": {\n\t\t\"zod\": \"^4.6\",\n\t\t\"react\": \"19\"\n\t},\n\
             \t\"peerDependenciesMeta\": {\n\t\t\"zod\": {\n\t\t\t\"optional\": true\n\t\t}\n\t}\n}\n",
        );
    }

    #[test]
    fn what_is_on_one_line_stays_there() {
        check(
            "{\"name\":\"mine\"}",
            "{\"name\":\"mine\",\"type\":\"module\",\"sideEffects\":false,\"exports\":{\".\":\"./src/index.ts\",\"./zod\":\"./src/zod.ts\"},\
             \"peerDependencies\":{\"zod\":\"^4.6\"},\"peerDependenciesMeta\":{\"zod\":{\"optional\":true}}}",
        );
    }

    #[test]
    fn types_come_before_default() {
        let fresh = r#"{"exports": {".": {"default": "./x.js", "types": "./x.d.ts"}}}"#;
        let right = "{\n  \"exports\": {\n    \".\": {\n      \"types\": \"./x.d.ts\",\n      \"default\": \"./x.js\"\n    }\n  }\n}";
        let wrong = "{\n  \"exports\": {\n    \".\": {\"default\": \"./x.js\", \"types\": \"./x.d.ts\"}\n  }\n}";
        for text in [right, wrong, "{}"] {
            assert_eq!(repaired(text, fresh).as_deref(), Some(right), "{text}");
        }
    }

    #[test]
    fn what_is_no_object_is_not_repaired() {
        for text in ["[]", "{", "", "{\"type\": 1, \"type\": 2}"] {
            assert_eq!(repaired(text, FRESH), None, "{text}");
        }
    }
}
