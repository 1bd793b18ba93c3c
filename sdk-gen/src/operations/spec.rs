//! What an operation is made of, as a value of the runtime.

use contracts::operations::{Place, Wire};

use crate::{
    model::View,
    module::Module,
    names::Name,
    operations::{
        Answer, Field, Operation,
        carriage::{self, HeaderKind},
        check,
        client::{self, Base},
        contents::{Content, Form},
        encoding,
        extensions::RetryRule,
        input::GROUPS,
        result::Variant,
        values,
    },
    schemas::Types,
    writer::{To, Writer},
};

/// Methods that may be sent twice (RFC 9110 §9.2.2).
const REPEATABLE: [&str; 6] = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE", "QUERY"];

/// `const askOperation: runtime.Operation = …`
pub(crate) fn declare(types: &Types, module: &mut Module, operation: &Operation, variant: Variant) {
    let name = match variant {
        Variant::Whole => &operation.names.constant,
        Variant::Stream => &operation.names.stream_constant,
    };
    let out = module.out.to(To::Code).put("const ").name(name).to(To::Source);
    out.put(": runtime.Operation").to(To::Code).put(" = {").indent();
    identity(out, operation);
    base(types, module, operation);
    accept(&mut module.out, operation, variant);
    parts(types, module, operation);
    answers(types, module, operation, variant);
    security(&mut module.out, operation);
    manners(&mut module.out, operation);
    module.out.outdent().line().put("};\n").to(To::All);
}

fn identity(out: &mut Writer, operation: &Operation) {
    let listed = &operation.source.listed;
    out.line().put("id: ").literal(&operation.id).put(",");
    out.line().put("method: ").literal(&listed.method).put(",");
    out.line().put("path: ").literal(&listed.path).put(",");
    out.line().put("tags: [");
    for (idx, tag) in operation.tags.iter().enumerate() {
        out.comma(idx).literal(tag);
    }
    out.put("],");
}

fn base(types: &Types, module: &mut Module, operation: &Operation) {
    match client::base(types.model(), operation) {
        Base::Unsaid => {}
        Base::Common => {
            module.use_value("client", &Name::own("base"));
            module.out.line().put("base,");
        }
        Base::Own(servers) => {
            module.out.line().put("base: ");
            client::urls(&mut module.out, &servers);
            module.out.put(",");
        }
    }
}

/// The media types of all answers, unless it is JSON alone.
fn accept(out: &mut Writer, operation: &Operation, variant: Variant) {
    let mut found: Vec<String> = Vec::new();
    for content in operation.answers.iter().flat_map(|it| it.of(variant)) {
        let essence = content.essence();
        if !found.contains(&essence) {
            found.push(essence);
        }
    }
    if found.is_empty() || found == ["application/json"] {
        return;
    }
    out.line().put("accept: ").literal(&found.join(", ")).put(",");
}

/// What a request is made of, in the order in which it is written.
fn parts(types: &Types, module: &mut Module, operation: &Operation) {
    let is_bare = operation.body.is_empty() && operation.extensions.key_header.is_none();
    let fields = GROUPS.iter().any(|it| !operation.fields(it.1).is_empty());
    let has_query = operation.whole_query().is_some();
    if is_bare && !fields && !has_query && operation.undeclared().is_empty() {
        return;
    }
    module.out.line().put("parts: [").indent();
    for (places, word) in GROUPS.iter().map(|it| it.1).zip(WORDS) {
        for field in operation.fields(places) {
            part(types, &mut module.out, field, word);
        }
        if *places == [Place::Path] {
            for name in operation.undeclared() {
                module.out.line().put("/* @__PURE__ */ runtime.inPath(").literal(name).put("),");
            }
        }
    }
    whole_query(&mut module.out, operation);
    bodies(types, &mut module.out, operation);
    if let Some(header) = &operation.extensions.key_header {
        let out = module.out.line().put("/* @__PURE__ */ runtime.idempotencyKey(");
        out.literal(header).put("),");
    }
    check::write(types, module, operation);
    module.out.outdent().line().put("],");
}

/// The words of the runtime for the members of an input.
const WORDS: [&str; 4] = ["inPath", "inQuery", "inHeader", "inCookie"];

fn part(types: &Types, out: &mut Writer, field: &Field, word: &'static str) {
    let (name, source) = (&field.source.name, &field.source);
    out.line().put("/* @__PURE__ */ runtime.").put(word).put("(").literal(name);
    let writer = carriage::writer(types, source, field.unit);
    let encoder = carriage::encoder(source);
    match writer {
        Some(writer) => out.put(", runtime.").put(writer).end(),
        None if encoder.is_some() => out.put(", undefined").end(),
        None => {}
    }
    if let Some(encoder) = encoder {
        out.put(", runtime.").put(encoder);
    }
    out.put("),");
}

/// The parameter that is the whole query, as its media type says.
fn whole_query(out: &mut Writer, operation: &Operation) {
    let Some(field) = operation.whole_query() else { return };
    out.line().put("(sketch) => {").indent().line().put("const { query } = sketch.input;");
    out.line().put("if (query !== undefined) sketch.path += \"?\" + ");
    out.put(match &field.source.content {
        Some(range) if range.is_json() => "encodeURIComponent(JSON.stringify(query))",
        Some(range) if range.is_form() => "runtime.urlencoded()(query, \"\").init.body",
        Some(_) | None => "encodeURIComponent(String(query))",
    });
    out.put(";").outdent().line().put("},");
}

fn bodies(types: &Types, out: &mut Writer, operation: &Operation) {
    if operation.body.is_empty() {
        return;
    }
    out.line().put("/* @__PURE__ */ runtime.body({ ");
    for (idx, content) in operation.body.iter().enumerate() {
        out.comma(idx).property(&content.essence()).put(": ");
        let word = match content.form {
            Form::Json => "json",
            Form::Text | Form::Xml | Form::Events => "text",
            Form::Urlencoded => "urlencoded",
            Form::Multipart => "multipart",
            Form::Sequence if content.essence().ends_with("json-seq") => "records",
            Form::Sequence => "lines",
            Form::Bytes | Form::Range | Form::Unknown => "binary",
        };
        let is_form = matches!(content.form, Form::Urlencoded | Form::Multipart);
        out.put(if is_form { "/* @__PURE__ */ runtime." } else { "runtime." }).put(word);
        if is_form {
            out.put("(");
            encoding::write(out, types.model(), &operation.source, content);
            out.put(")");
        }
    }
    out.put(" }),");
}

fn answers(types: &Types, module: &mut Module, operation: &Operation, variant: Variant) {
    module.out.line().put("responses: {").indent();
    for answer in &operation.answers {
        module.out.line();
        values::status_key(&mut module.out, answer.source.status);
        module.out.put(": {");
        contents(types, module, operation, &answer.of(variant));
        headers(types, &mut module.out, answer);
        module.out.put(" },");
    }
    module.out.outdent().line().put("},");
}

fn contents(types: &Types, module: &mut Module, operation: &Operation, all: &[&Content]) {
    if all.is_empty() {
        return;
    }
    module.out.put(" content: { ");
    for (idx, content) in all.iter().enumerate() {
        module.out.comma(idx).property(&content.essence()).put(": ");
        media(types, module, operation, content);
    }
    module.out.put(" },");
}

fn media(types: &Types, module: &mut Module, operation: &Operation, content: &Content) {
    let rules = &operation.extensions;
    match content.form {
        Form::Events => {
            module.out.put("{ read: /* @__PURE__ */ runtime.events({ ");
            guard(types, module, content);
            if let Some(end) = &rules.stream_end {
                module.out.put(", end: ").literal(end);
            }
            module.out.put(if rules.reconnects { ", reconnect: true }) }" } else { " }) }" });
        }
        Form::Sequence => {
            let is_framed = content.essence().ends_with("json-seq");
            let word = if is_framed { "jsonSequence({ " } else { "jsonLines({ " };
            module.out.put("{ read: /* @__PURE__ */ runtime.").put(word);
            guard(types, module, content);
            module.out.put(" }) }");
        }
        Form::Bytes | Form::Unknown | Form::Multipart if rules.streams_bytes => {
            module.out.put("{ read: runtime.stream }").end();
        }
        Form::Json
        | Form::Text
        | Form::Xml
        | Form::Urlencoded
        | Form::Multipart
        | Form::Bytes
        | Form::Range
        | Form::Unknown => {
            let is_guarded = values::is_guarded(types, content);
            module.out.put(if is_guarded { "{ " } else { "{" });
            if is_guarded {
                guard(types, module, content);
            }
            if content.form == Form::Json && content.may_lose_digits {
                module.out.put(", remarks: runtime.unsafeIntegers");
            }
            module.out.put(if is_guarded { " }" } else { "}" });
        }
    }
}

fn guard(types: &Types, module: &mut Module, content: &Content) {
    let Some(id) = content.unit else { return };
    let unit = types.model().unit(id);
    let (is, issues) = (unit.is_name(View::Received), unit.issues_name(View::Received));
    module.use_value(&unit.guards, is);
    module.use_value(&unit.guards, issues);
    module.out.put("is: ").name(is).put(", issues: ").name(issues);
}

fn headers(types: &Types, out: &mut Writer, answer: &Answer) {
    if answer.source.headers.is_empty() {
        return;
    }
    out.put(" headers: /* @__PURE__ */ runtime.headers(");
    for (idx, (header, unit)) in answer.source.headers.iter().zip(&answer.headers).enumerate() {
        let kind = HeaderKind::of(types, *unit);
        out.comma(idx).put("[").literal(&header.name).put(", ");
        out.put(if kind.is_list { "/* @__PURE__ */ runtime.asList(" } else { "" });
        out.put("runtime.").put(kind.scalar.parser());
        out.put(if kind.is_list { ")" } else { "" });
        out.put(if header.required { ", true]" } else { "]" });
    }
    out.put("),");
}

/// One of these suffices; access without any of them comes last.
fn security(out: &mut Writer, operation: &Operation) {
    let all = &operation.source.security.alternatives;
    let is_known = |it: &&contracts::operations::Credential| {
        !matches!(it.wire, Wire::MutualTls | Wire::Unknown(_))
    };
    let needed: Vec<Vec<_>> = all.iter().map(|it| it.iter().filter(is_known).collect()).collect();
    let has_free = needed.iter().any(Vec::is_empty);
    let needed: Vec<_> = needed.into_iter().filter(|it| !it.is_empty()).collect();
    if needed.is_empty() {
        return;
    }
    out.line().put("security: /* @__PURE__ */ runtime.secured(");
    for (idx, alternative) in needed.iter().enumerate() {
        out.comma(idx).put("{ ");
        for (idx, credential) in alternative.iter().enumerate() {
            out.comma(idx).property(&credential.name).put(": ");
            place(out, &credential.wire);
        }
        out.put(" }");
    }
    out.put(if has_free { ", {})," } else { ")," });
}

fn place(out: &mut Writer, wire: &Wire) {
    match wire {
        Wire::Key(Place::Query | Place::Querystring, name) => {
            out.put("/* @__PURE__ */ runtime.keyInQuery(").literal(name).put(")").end();
        }
        Wire::Key(Place::Cookie, name) => {
            out.put("/* @__PURE__ */ runtime.keyInCookie(").literal(name).put(")").end();
        }
        Wire::Key(Place::Header | Place::Path | Place::Form, name) => {
            out.put("/* @__PURE__ */ runtime.keyInHeader(").literal(name).put(")").end();
        }
        Wire::Authorization(scheme) => match scheme.as_str() {
            "bearer" => out.put("runtime.bearer").end(),
            "basic" => out.put("runtime.basic").end(),
            other => {
                out.put("/* @__PURE__ */ runtime.authorization(").literal(other).put(")").end();
            }
        },
        Wire::MutualTls | Wire::Unknown(_) => {}
    }
}

/// How often and how long: what is not said is the runtime's.
fn manners(out: &mut Writer, operation: &Operation) {
    let rules = &operation.extensions;
    let method = operation.source.listed.method.as_str();
    if let Some(time) = rules.timeout_ms {
        out.line().put("timeoutMs: ").count(time).put(",");
    }
    let is_repeatable = REPEATABLE.contains(&method) || rules.is_idempotent;
    if !is_repeatable && rules.key_header.is_none() {
        return;
    }
    out.line().put("repeat: /* @__PURE__ */ runtime.repeated(");
    if let Some(rule) = &rules.retry {
        retry(out, rule);
    }
    out.put("),");
}

fn retry(out: &mut Writer, rule: &RetryRule) {
    let rows =
        [("attempts: ", rule.attempts), ("baseMs: ", rule.base_ms), ("maxMs: ", rule.max_ms)];
    let said = rows.into_iter().filter_map(|(word, number)| Some((word, number?)));
    out.put("{ ");
    for (idx, (word, number)) in said.enumerate() {
        out.comma(idx).put(word).count(number);
    }
    if let Some(statuses) = &rule.on {
        let is_first = rule.attempts.or(rule.base_ms).or(rule.max_ms).is_none();
        out.comma(usize::from(!is_first)).put("on: [");
        for (idx, status) in statuses.iter().enumerate() {
            out.comma(idx).count(*status);
        }
        out.put("]");
    }
    out.put(" }");
}
