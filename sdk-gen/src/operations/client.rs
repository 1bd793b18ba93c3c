//! `client.ts`: what a client of this contract is, its servers and its credentials.

use contracts::{
    Located,
    operations::{Reading, Wire, security_schemes},
};

use crate::{
    model::Model,
    module::Module,
    operations::{Operation, RUNTIME},
    writer::{To, Writer},
};

/// A server as it is written.
pub(crate) struct Served {
    url: String,
    /// Names, defaults and allowed values.
    variables: Vec<(String, String, Vec<String>)>,
}

/// Where an operation is served.
pub(crate) enum Base {
    /// Nobody says.
    Unsaid,
    /// Where all others are.
    Common,
    /// It has servers of its own.
    Own(Vec<Served>),
}

/// Where an operation is served: its own servers, its path's, the contract's.
pub(crate) fn base(model: &Model, operation: &Operation) -> Base {
    let reading = Reading { store: model.store, contract: model.contract };
    let listed = &operation.source.listed;
    let owners = std::iter::once(listed.at.clone()).chain(reading.chain(&listed.item));
    let mut lists = owners.map(|it| reading.items_of(&it, "servers"));
    match lists.find(|it| !it.is_empty() && !reading.is_swagger()) {
        Some(list) => {
            let own = distinct(list.iter().map(|it| served(reading, it)).collect());
            if own.is_empty() { Base::Unsaid } else { Base::Own(own) }
        }
        None if servers(model).is_empty() => Base::Unsaid,
        None => Base::Common,
    }
}

/// `client.ts`
pub(crate) fn module(model: &Model) -> Module {
    let mut module = Module::new("client");
    let path = module.relative(RUNTIME);
    let servers = servers(model);
    module.out.to(if servers.is_empty() { To::Types } else { To::All });
    module.out.put(if servers.is_empty() {
        "import type * as runtime"
    } else {
        "import * as runtime"
    });
    module.out.put(" from ").module_path(&path).put(";\n");
    credentials(&mut module, model);
    addresses(&mut module, &servers);
    let out = module.out.to(To::Types).put("/** A client of this service: a plain value. */\n");
    out.put("export type Client = runtime.Client<Auth, Server>;\n").to(To::All);
    module
}

/// Where calls go if nobody says.
pub(crate) fn first_url(model: &Model) -> Option<String> {
    let found = servers(model).into_iter().next().filter(|it| it.url.contains("://"))?;
    let put = |url: String, (name, default, _): &(String, String, Vec<String>)| {
        url.replace(&format!("{{{name}}}"), default)
    };
    Some(found.variables.iter().fold(found.url.clone(), put))
}

fn credentials(module: &mut Module, model: &Model) {
    let reading = Reading { store: model.store, contract: model.contract };
    let out = module.out.to(To::Types);
    out.put("/** Credentials by the name of their security scheme. */\n");
    out.put("export interface Auth {").indent();
    for (name, wire) in security_schemes(reading) {
        let word = match wire {
            Wire::MutualTls | Wire::Unknown(_) => continue,
            Wire::Authorization(scheme) if scheme == "basic" => "runtime.BasicCredential",
            Wire::Authorization(_) | Wire::Key(..) => "string",
        };
        out.line().put("readonly ").key(&name).put("?: runtime.Credential<").put(word).put(">;");
    }
    out.outdent().line().put("}\n").to(To::All);
}

fn addresses(module: &mut Module, servers: &[Served]) {
    let out = module.out.to(To::Types);
    out.put("/** A server of the contract, and the values of its variables. */\n");
    out.put("export type Server =");
    if servers.is_empty() {
        out.put(" runtime.Server;\n").to(To::All);
        return;
    }
    out.indent();
    for server in servers {
        address(out, server);
    }
    out.put(";\n").outdent().to(To::Declaration);
    out.put("export declare const base: (client: runtime.Client) => string;\n").to(To::Code);
    out.put("export const base").to(To::Source).put(": (client: runtime.Client) => string");
    out.to(To::Code).put(" = ");
    urls(out, servers);
    out.put(";\n").to(To::All);
}

/// The function that finds the URL.
pub(crate) fn urls(out: &mut Writer, servers: &[Served]) {
    if let [only] = servers
        && only.variables.is_empty()
    {
        out.put("() => ").literal(&only.url);
        return;
    }
    out.put("/* @__PURE__ */ runtime.servers({").indent();
    for server in servers {
        out.line().property(&server.url).put(": {");
        for (idx, (name, default, _)) in server.variables.iter().enumerate() {
            out.put(if idx > 0 { ", " } else { " " }).property(name).put(": ").literal(default);
        }
        out.put(if server.variables.is_empty() { "}," } else { " }," });
    }
    out.outdent().line().put("})");
}

fn address(out: &mut Writer, server: &Served) {
    out.line().put("| { readonly url: ").literal(&server.url);
    if !server.variables.is_empty() {
        out.put("; readonly variables?: {");
    }
    for (name, _, values) in &server.variables {
        out.put(" readonly ").key(name).put("?: ").put(if values.is_empty() {
            "string"
        } else {
            ""
        });
        for (idx, value) in values.iter().enumerate() {
            out.put(if idx > 0 { " | " } else { "" }).literal(value);
        }
        out.put(";");
    }
    out.put(if server.variables.is_empty() { " }" } else { " } }" });
}

/// The contract's servers, absolute ones first; each URL once.
fn servers(model: &Model) -> Vec<Served> {
    let reading = Reading { store: model.store, contract: model.contract };
    let root = model.contract.root();
    let found: Vec<Served> = if reading.is_swagger() {
        swagger(reading, &root)
    } else {
        reading.items_of(&root, "servers").iter().map(|it| served(reading, it)).collect()
    };
    distinct(found)
}

/// Absolute ones first, each URL once; `/` says nothing.
fn distinct(mut found: Vec<Served>) -> Vec<Served> {
    found.sort_by_key(|it| !it.url.contains("://"));
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|it| !it.url.is_empty() && it.url != "/" && seen.insert(it.url.clone()));
    found
}

fn served(reading: Reading, at: &Located) -> Served {
    let url = reading.text(at, "url").unwrap_or_default().to_owned();
    let variables = reading.members_of(at, "variables").into_iter().map(|(name, it)| {
        let default = reading.text(&it, "default").unwrap_or_default().to_owned();
        (name, default, reading.texts(&it, "enum").unwrap_or_default())
    });
    Served { variables: variables.collect(), url }
}

fn swagger(reading: Reading, root: &Located) -> Vec<Served> {
    let path = reading.text(root, "basePath").unwrap_or_default().trim_matches('/');
    let path = if path.is_empty() { String::new() } else { format!("/{path}") };
    let Some(host) = reading.text(root, "host") else {
        return vec![Served { url: path, variables: Vec::new() }];
    };
    let schemes = reading.texts(root, "schemes").filter(|it| !it.is_empty());
    let mut schemes = schemes.unwrap_or_else(|| vec!["https".to_owned()]);
    schemes.sort_by_key(|it| it != "https");
    let url = |scheme: &String| format!("{scheme}://{host}{path}");
    schemes.iter().map(|it| Served { url: url(it), variables: Vec::new() }).collect()
}
