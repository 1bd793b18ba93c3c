//! From the contract to operations: names first, then the schemas that only operations have.

use std::collections::BTreeSet;

use contracts::{
    Located,
    operations::{
        Body, Event, Listed, Media, Parameter, Reading, Response, callbacks, calls, expand,
        webhooks,
    },
};

use crate::{
    model::{Model, Origin, UnitId, View},
    operations::{
        Answer, Field, Operation, Operations,
        contents::{Content, Form, Part, PartOf, essence},
        extensions::Extensions,
        names::{self, OperationNames},
        values::says_bytes,
    },
};

/// Operations without a tag live in this one.
const UNTAGGED: &str = "default";

/// The folder of webhooks, and the module that has them all.
pub(crate) const WEBHOOKS: &str = "webhooks";

/// Reads all operations; the model is settled then.
pub(super) fn operations(model: &mut Model) -> Operations {
    let reading = Reading { store: model.store, contract: model.contract };
    let with_names = |all: Vec<Listed>| -> Vec<(Listed, String)> {
        let named = |it: Listed| (it.clone(), names::contract_name(reading, &it));
        all.into_iter().map(named).collect()
    };
    let (called, mut hooks) = (with_names(calls(reading)), with_names(webhooks(reading)));
    hooks.extend(called_back(reading, called.iter().chain(&hooks)));
    let everything: Vec<(Listed, String)> = called.iter().chain(&hooks).cloned().collect();
    names::wish(model, &everything);
    model.settle_names();
    names::derive(model, &everything);
    let tags: BTreeSet<String> = called.iter().map(|it| first_tag(reading, &it.0)).collect();
    let homes = names::homes("operations", &tags);
    let mut all = Vec::new();
    for (it, id) in called {
        let home = homes.get(&first_tag(reading, &it)).cloned().unwrap_or_default();
        all.push(operation(model, &it, id, home));
    }
    let words: BTreeSet<String> = hooks.iter().map(|it| first_word(&it.0)).collect();
    let homes = names::homes(WEBHOOKS, &words);
    let mut webhooks = Vec::new();
    for (it, id) in hooks {
        let home = homes.get(&first_word(&it)).cloned().unwrap_or_default();
        webhooks.push(operation(model, &it, id, home));
    }
    model.work();
    model.settle();
    Operations { all, webhooks }
}

/// The callbacks of operations, and of callbacks: the provider calls them as it calls webhooks.
/// What several operations refer to is one.
fn called_back<'o>(
    reading: Reading,
    all: impl Iterator<Item = &'o (Listed, String)>,
) -> Vec<(Listed, String)> {
    let mut open: Vec<(Listed, String, usize)> =
        all.map(|(it, name)| (it.clone(), name.clone(), 0)).collect();
    // From behind, operations come in the order of the contract.
    open.reverse();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    while let Some((operation, name, depth)) = open.pop() {
        for it in callbacks(reading, &operation, depth) {
            if !seen.insert((it.at.file, it.at.pointer.clone())) {
                continue;
            }
            let (it, name) = names::of_callback(reading, it, &name);
            open.push((it.clone(), name.clone(), depth + 1));
            found.push((it, name));
        }
    }
    found
}

fn first_tag(reading: Reading, listed: &Listed) -> String {
    let tags = reading.texts(&listed.at, "tags").unwrap_or_default();
    tags.into_iter().next().unwrap_or_else(|| UNTAGGED.to_owned())
}

/// Webhooks of one thing live together: `order` of `order.paid`.
fn first_word(listed: &Listed) -> String {
    let name = match &listed.event {
        Event::Call | Event::Webhook => &listed.path,
        Event::Callback { name, .. } => name,
    };
    let words = name.split(|it: char| !it.is_alphanumeric());
    words.into_iter().find(|it| !it.is_empty()).unwrap_or(UNTAGGED).to_lowercase()
}

fn operation(model: &mut Model, listed: &Listed, id: String, home: String) -> Operation {
    let reading = Reading { store: model.store, contract: model.contract };
    let mut source = expand(reading, listed);
    let owner = names::owner(listed);
    let names = OperationNames::of(model, &owner);
    let is_call = listed.event == Event::Call;
    let hidden = if is_call { "readOnly" } else { "writeOnly" };
    let mut uses = Uses { model, home: &home, stem: stem(&names), hidden };
    // What is kept with its schemas is not kept twice.
    let parameters = uses.parameters(std::mem::take(&mut source.parameters));
    let needs_body = source.body.as_ref().is_some_and(|it| it.required);
    let body = uses.body(source.body.take());
    let answers = uses.answers(std::mem::take(&mut source.responses));
    Operation {
        request_view: if is_call { View::Sent } else { View::Received },
        answer_view: if is_call { View::Received } else { View::Sent },
        needs_body,
        id,
        tags: reading.texts(&listed.at, "tags").unwrap_or_default(),
        names,
        parameters,
        body,
        answers,
        extensions: Extensions::of(reading, listed),
        pages: None,
        source,
        home,
    }
}

/// What the names of an operation's own schemas start with: `AskInput` without its end.
fn stem(names: &OperationNames) -> String {
    let text = names.function.as_str();
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

/// Makes units of the schemas that one operation uses.
struct Uses<'u, 'a> {
    model: &'u mut Model<'a>,
    home: &'u str,
    stem: String,
    /// Members of a request that are not sent have this flag.
    hidden: &'static str,
}

impl Uses<'_, '_> {
    fn unit(&mut self, origin: Origin, at: Option<&Located>, words: &str) -> Option<UnitId> {
        let reading = Reading { store: self.model.store, contract: self.model.contract };
        // Swagger's `file` is no type of JSON.
        let at = at.filter(|it| reading.text(it, "type") != Some("file"));
        let name = format!("{}{words}", self.stem);
        at.map(|it| self.model.unit_of_use(it, (origin, self.home), &name))
    }

    fn parameters(&mut self, all: Vec<Parameter>) -> Vec<Field> {
        let field = |source: Parameter| {
            let words = format!(" {} {}", source.place.word(), source.name);
            let unit = self.unit(Origin::Use, source.schema.as_ref(), &pascal(&words));
            Field { source, unit }
        };
        all.into_iter().map(field).collect()
    }

    fn body(&mut self, body: Option<Body>) -> Vec<Content> {
        let contents = distinct(body.map(|it| it.contents).unwrap_or_default());
        let is_one = contents.len() < 2;
        contents.into_iter().map(|it| self.content(it, "Body", !is_one)).collect()
    }

    fn answers(&mut self, all: Vec<Response>) -> Vec<Answer> {
        let mut found = Vec::new();
        for mut it in all {
            let word = format!("Response{}", pascal(&it.status.to_string()));
            let contents = distinct(std::mem::take(&mut it.contents));
            let is_one = contents.len() < 2;
            let contents = contents.into_iter().map(|it| self.content(it, &word, !is_one));
            let contents = contents.collect();
            let headers = it.headers.iter().map(|header| {
                let words = format!("{word}Header{}", pascal(&header.name));
                self.unit(Origin::Aside, header.schema.as_ref(), &words)
            });
            let headers = headers.collect();
            found.push(Answer { contents, headers, source: it });
        }
        found
    }

    fn content(&mut self, media: Media, word: &str, is_told: bool) -> Content {
        let reading = Reading { store: self.model.store, contract: self.model.contract };
        let is_file = |it: &Located| reading.text(it, "type") == Some("file");
        let is_file = media.schema.as_ref().is_some_and(is_file);
        let form = if is_file { Form::Bytes } else { Form::of(&media.range) };
        let mut words = word.to_owned();
        if is_told {
            words.push_str(&pascal(&media.range.to_string()));
        }
        let schema = if form.is_stream() {
            media.item_schema.as_ref().or(media.schema.as_ref())
        } else {
            media.schema.as_ref()
        };
        // A form with files is no JSON: its type is written where it is used.
        let origin = if form == Form::Multipart { Origin::Aside } else { Origin::Operation };
        let unit = self.unit(origin, schema, &words);
        let parts = match (&media.schema, form) {
            (Some(schema), Form::Multipart) => self.parts(schema, &words),
            _ => Vec::new(),
        };
        Content { source: media, form, unit, may_lose_digits: false, parts }
    }

    /// The members that a form of parts declares.
    fn parts(&mut self, schema: &Located, words: &str) -> Vec<Part> {
        let reading = Reading { store: self.model.store, contract: self.model.contract };
        let mut objects = vec![reading.resolved(schema.clone())];
        let joined = objects.iter().flat_map(|it| reading.items_of(it, "allOf"));
        let joined: Vec<Located> = joined.map(|it| reading.resolved(it)).collect();
        objects.extend(joined);
        let needed: Vec<String> =
            objects.iter().filter_map(|it| reading.texts(it, "required")).flatten().collect();
        let mut found: Vec<Part> = Vec::new();
        for (name, at) in objects.iter().flat_map(|it| reading.members_of(it, "properties")) {
            let whole = reading.resolved(at.clone());
            let is_known = found.iter().any(|it| it.name == name);
            if is_known || reading.flag(&whole, self.hidden) == Some(true) {
                continue;
            }
            let is_bytes = |it: &Located| says_bytes(reading.store, it.node);
            let items = reading.resolved_member(&whole, "items");
            let of = if is_bytes(&whole) {
                PartOf::File
            } else if items.is_some_and(|it| is_bytes(&it)) {
                PartOf::Files
            } else {
                let words = format!("{words}{}", pascal(&name));
                PartOf::Value(self.unit(Origin::Use, Some(&at), &words))
            };
            let is_required = needed.contains(&name);
            found.push(Part { name, of, is_required });
        }
        found
    }
}

/// Each media type once: parameters such as `charset` tell no two of them apart in an answer.
fn distinct(all: Vec<Media>) -> Vec<Media> {
    let mut seen = BTreeSet::new();
    let mut found = all;
    found.sort_by_key(|it| it.range.to_string().contains(';'));
    found.retain(|it| seen.insert(essence(&it.range)));
    found
}

/// The words of a text, each with a capital.
fn pascal(text: &str) -> String {
    let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let word = |it: &str| {
        let mut letters = it.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        first + letters.as_str()
    };
    words.map(word).collect()
}
