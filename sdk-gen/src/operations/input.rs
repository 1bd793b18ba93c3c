//! The input of an operation: what goes into path, query, headers, cookies and body.

use contracts::operations::{Event, Place, Reading};

use crate::{
    model::Model,
    module::Module,
    operations::{
        Field, Operation,
        address::placeholders,
        contents::{Content, Form},
        values::{self, Hand, Message, Sight},
    },
    schemas::{Types, print},
    writer::To,
};

/// The members of an input, and where their parameters stand.
pub(crate) const GROUPS: [(&str, &[Place]); 4] = [
    ("path", &[Place::Path]),
    ("query", &[Place::Query]),
    ("headers", &[Place::Header]),
    ("cookies", &[Place::Cookie]),
];

impl Operation {
    /// The path template: where a webhook or a callback arrives, the contract does not say.
    fn template(&self) -> &str {
        match self.source.listed.event {
            Event::Call => &self.source.listed.path,
            Event::Webhook | Event::Callback { .. } => "",
        }
    }

    /// The parameters of one member of the input. Those of the path are the template's, in its order.
    pub(crate) fn fields(&self, places: &[Place]) -> Vec<&Field> {
        let mut found: Vec<&Field> =
            self.parameters.iter().filter(|it| places.contains(&it.source.place)).collect();
        if places == [Place::Path] {
            let names = placeholders(self.template());
            let place = |it: &&Field| names.iter().position(|name| *name == it.source.name);
            found.retain(|it| place(it).is_some());
            found.sort_by_key(place);
        }
        found
    }

    /// The names in the path template that no parameter declares.
    pub(crate) fn undeclared(&self) -> Vec<&str> {
        let declared = self.fields(&[Place::Path]);
        let mut names = placeholders(self.template());
        names.retain(|name| !declared.iter().any(|it| it.source.name == *name));
        names
    }

    /// The parameter that is the whole query (3.2), if no other one is part of it.
    pub(crate) fn whole_query(&self) -> Option<&Field> {
        let is_alone = self.fields(&[Place::Query]).is_empty();
        self.fields(&[Place::Querystring]).into_iter().next().filter(|_| is_alone)
    }

    /// Must a call have an input?
    pub(crate) fn needs_input(&self) -> bool {
        let has_path = !placeholders(self.template()).is_empty();
        let is_needed = |it: &Field| it.source.required && it.source.place != Place::Form;
        has_path || self.needs_body && !self.body.is_empty() || {
            let groups = GROUPS.iter().flat_map(|it| self.fields(it.1));
            groups.chain(self.whole_query()).any(is_needed)
        }
    }

    /// Does a call take nothing?
    fn takes_nothing(&self) -> bool {
        let is_sent = |it: &Field| match it.source.place {
            Place::Path => placeholders(self.template()).contains(&&*it.source.name),
            Place::Query | Place::Querystring | Place::Header | Place::Cookie => true,
            Place::Form => false,
        };
        self.body.is_empty() && self.undeclared().is_empty() && !self.parameters.iter().any(is_sent)
    }
}

/// `export type AskInput = …`
pub(crate) fn declare(types: &Types, module: &mut Module, operation: &Operation, hand: Hand) {
    let name = match hand {
        Hand::Gives => &operation.names.input,
        Hand::Takes => &operation.names.request,
    };
    module.out.to(To::Types).put("export type ").name(name).put(" = ");
    if operation.takes_nothing() {
        module.out.put("Record<string, never>");
    } else {
        module.out.put("{").indent();
        for (word, places) in GROUPS {
            group(types, module, (operation, hand), (word, places));
        }
        whole_query(types, module, operation, hand);
        let is_one = operation.body.len() == 1;
        if let Some(content) = operation.body.first().filter(|_| is_one) {
            body(types, module, (operation, hand), content);
            kind_of_range(module, content, hand);
        }
        module.out.outdent().line().put("}");
        if operation.body.len() > 1 {
            alternatives(types, module, operation, hand);
        }
    }
    module.out.put(";\n").to(To::All);
}

fn group(
    types: &Types,
    module: &mut Module,
    (operation, hand): (&Operation, Hand),
    (word, places): (&'static str, &[Place]),
) {
    let fields = operation.fields(places);
    let undeclared = if word == "path" { operation.undeclared() } else { Vec::new() };
    if fields.is_empty() && undeclared.is_empty() {
        return;
    }
    // The server has all members that may hold something.
    let is_needed =
        word == "path" || hand == Hand::Takes || fields.iter().any(|it| it.source.required);
    module.out.line().put("readonly ").put(word).put(if is_needed { ": {" } else { "?: {" });
    module.out.indent();
    for field in fields {
        member(types, module, field, hand);
    }
    for name in undeclared {
        module.out.line().put("readonly ").key(name).put(": string;");
    }
    module.out.outdent().line().put("};");
}

/// One parameter as a member.
pub(crate) fn member(types: &Types, module: &mut Module, field: &Field, hand: Hand) {
    let model = types.model();
    comment(module, model, field);
    let is_needed = field.source.required || field.source.place == Place::Path;
    module.out.line().put("readonly ").key(&field.source.name);
    module.out.put(if is_needed { ": " } else { "?: " });
    print(types, module, &values::of_field(types, field, hand));
    module.out.put(";");
}

fn comment(module: &mut Module, model: &Model, field: &Field) {
    let reading = Reading { store: model.store, contract: model.contract };
    let text = reading.text(&field.source.at, "description").filter(|it| !it.trim().is_empty());
    let is_deprecated = reading.flag(&field.source.at, "deprecated") == Some(true);
    if text.is_none() && !is_deprecated {
        return;
    }
    module.out.line().put("/**");
    if let Some(text) = text {
        module.out.comment(text);
    }
    if is_deprecated {
        module.out.line().put(" * @deprecated");
    }
    module.out.line().put(" */");
}

/// The parameter that is the whole query.
fn whole_query(types: &Types, module: &mut Module, operation: &Operation, hand: Hand) {
    let Some(field) = operation.whole_query() else { return };
    module.out.line().put("readonly query");
    module.out.put(if field.source.required { ": " } else { "?: " });
    print(types, module, &values::of_field(types, field, hand));
    module.out.put(";");
}

fn body(
    types: &Types,
    module: &mut Module,
    (operation, hand): (&Operation, Hand),
    content: &Content,
) {
    let is_needed = operation.needs_body;
    module.out.line().put(if is_needed { "readonly body: " } else { "readonly body?: " });
    body_type(types, module, (operation, hand), content);
    module.out.put(";");
}

fn body_type(
    types: &Types,
    module: &mut Module,
    (operation, hand): (&Operation, Hand),
    content: &Content,
) {
    if content.source.has_fields {
        module.out.put("{").indent();
        for field in operation.fields(&[Place::Form]) {
            member(types, module, field, hand);
        }
        module.out.outdent().line().put("}");
        return;
    }
    let view = operation.request_view;
    let sight = Sight { message: Message::Request, view, hand, flows: false };
    print(types, module, &values::of_content(types, content, sight));
}

/// A range leaves the media type to the caller.
fn kind_of_range(module: &mut Module, content: &Content, hand: Hand) {
    if content.form == Form::Range {
        let is_told = hand == Hand::Takes;
        module.out.line().put("readonly contentType").put(if is_told { ": " } else { "?: " });
        values::media_type(&mut module.out, content);
        module.out.put(";");
    }
}

/// One alternative for each media type; the first is taken if the caller does not say.
fn alternatives(types: &Types, module: &mut Module, operation: &Operation, hand: Hand) {
    module.out.put(" & (");
    for (idx, content) in operation.body.iter().enumerate() {
        module.out.put(if idx > 0 { " | {" } else { "{" }).indent();
        module.out.line().put("readonly contentType");
        let is_told = idx > 0 || hand == Hand::Takes && operation.needs_body;
        module.out.put(if is_told { ": " } else { "?: " });
        values::media_type(&mut module.out, content);
        module.out.put(";");
        if idx == 0 {
            body(types, module, (operation, hand), content);
        } else {
            module.out.line().put("readonly body: ");
            body_type(types, module, (operation, hand), content);
            module.out.put(";");
        }
        module.out.outdent().line().put("}");
    }
    module.out.put(")");
}

/// The type of a whole input, for what is made from it.
pub(crate) fn is_optional(operation: &Operation) -> bool {
    !operation.needs_input()
}
