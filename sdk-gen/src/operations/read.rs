//! From the contract to operations: names first, then the schemas that only operations have.

use std::collections::BTreeSet;

use contracts::{
    Located,
    operations::{Listed, Media, Reading, calls, expand},
};

use crate::{
    model::{Model, Origin, UnitId},
    operations::{
        Answer, Field, Operation, Operations,
        contents::{Content, Form, essence},
        extensions::Extensions,
        names::{self, OperationNames},
    },
};

/// Operations without a tag live in this one.
const UNTAGGED: &str = "default";

/// Reads all operations; the model is settled then.
pub(super) fn operations(model: &mut Model) -> Operations {
    let reading = Reading { store: model.store, contract: model.contract };
    let listed: Vec<(Listed, String)> = calls(reading)
        .into_iter()
        .map(|it| {
            let name = names::contract_name(reading, &it);
            (it, name)
        })
        .collect();
    names::wish(model, &listed);
    model.settle_names();
    names::derive(model, &listed);
    let tags: BTreeSet<String> = listed.iter().map(|it| first_tag(reading, &it.0)).collect();
    let homes = names::homes(&tags);
    let mut all = Vec::new();
    for (it, id) in listed {
        let home = homes.get(&first_tag(reading, &it)).cloned().unwrap_or_default();
        all.push(operation(model, &it, id, home));
    }
    model.work();
    model.settle();
    Operations { all }
}

fn first_tag(reading: Reading, listed: &Listed) -> String {
    let tags = reading.texts(&listed.at, "tags").unwrap_or_default();
    tags.into_iter().next().unwrap_or_else(|| UNTAGGED.to_owned())
}

fn operation(model: &mut Model, listed: &Listed, id: String, home: String) -> Operation {
    let reading = Reading { store: model.store, contract: model.contract };
    let source = expand(reading, listed);
    let owner = names::owner(listed);
    let names = OperationNames::of(model, &owner);
    let mut uses = Uses { model, home: &home, stem: stem(&names) };
    let parameters = uses.parameters(&source);
    let body = uses.body(&source);
    let answers = uses.answers(&source);
    Operation {
        needs_body: source.body.as_ref().is_some_and(|it| it.required),
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
}

impl Uses<'_, '_> {
    fn unit(&mut self, origin: Origin, at: Option<&Located>, words: &str) -> Option<UnitId> {
        let reading = Reading { store: self.model.store, contract: self.model.contract };
        // Swagger's `file` is no type of JSON.
        let at = at.filter(|it| reading.text(it, "type") != Some("file"));
        let name = format!("{}{words}", self.stem);
        at.map(|it| self.model.unit_of_use(it, (origin, self.home), &name))
    }

    fn parameters(&mut self, source: &contracts::operations::Operation) -> Vec<Field> {
        let all = source.parameters.iter();
        all.map(|it| {
            let words = format!(" {} {}", it.place.word(), it.name);
            let unit = self.unit(Origin::Use, it.schema.as_ref(), &pascal(&words));
            Field { unit, source: it.clone() }
        })
        .collect()
    }

    fn body(&mut self, source: &contracts::operations::Operation) -> Vec<Content> {
        let contents = source.body.as_ref().map(|it| it.contents.as_slice()).unwrap_or_default();
        let contents = distinct(contents);
        let is_one = contents.len() < 2;
        contents.into_iter().map(|it| self.content(it, "Body", !is_one)).collect()
    }

    fn answers(&mut self, source: &contracts::operations::Operation) -> Vec<Answer> {
        let mut found = Vec::new();
        for it in &source.responses {
            let word = format!("Response{}", pascal(&it.status.to_string()));
            let contents = distinct(&it.contents);
            let is_one = contents.len() < 2;
            let contents = contents.into_iter().map(|it| self.content(it, &word, !is_one));
            let contents = contents.collect();
            let headers = it.headers.iter().map(|header| {
                let words = format!("{word}Header{}", pascal(&header.name));
                self.unit(Origin::Aside, header.schema.as_ref(), &words)
            });
            let headers = headers.collect();
            found.push(Answer { contents, headers, source: it.clone() });
        }
        found
    }

    fn content(&mut self, media: &Media, word: &str, is_told: bool) -> Content {
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
        Content { source: media.clone(), form, unit }
    }
}

/// Each media type once: parameters such as `charset` tell no two of them apart in an answer.
fn distinct(all: &[Media]) -> Vec<&Media> {
    let mut seen = BTreeSet::new();
    let mut found: Vec<&Media> = all.iter().collect();
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
