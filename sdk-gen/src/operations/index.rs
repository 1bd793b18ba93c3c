//! `index.ts`: what one imports by the package's own name.

use std::collections::BTreeSet;

use crate::{
    guards::KIT,
    module::Module,
    operations::{Operations, RUNTIME},
    writer::To,
};

/// The types of the runtime that its users name.
const TYPES: &str = "export type { BasicCredential, CallOptions, ContractViolation, Credential, Documented, Failure, Fetcher, Middleware, OperationInfo, RequestRefused, Retry, TransportFailure, Undocumented, Validate } from ";

/// All operations, all types of schemas, the client.
pub(crate) fn module(operations: &Operations) -> Module {
    let mut module = Module::new("index");
    let homes: BTreeSet<&str> = operations.all.iter().map(|it| it.home.as_str()).collect();
    for home in homes {
        let path = module.relative(home);
        module.out.put("export * from ").module_path(&path).put(";\n");
    }
    let [schemas, kit, client, runtime] =
        ["schemas", KIT, "client", RUNTIME].map(|it| module.relative(it));
    module.out.put("export { SdkError, expectOk } from ").module_path(&runtime).put(";\n");
    let out = module.out.to(To::Types).put(TYPES).module_path(&runtime).put(";\n");
    out.put("export type { Client } from ").module_path(&client).put(";\n");
    out.put("export type * from ").module_path(&schemas).put(";\n");
    out.put("export type { GuardIssue } from ").module_path(&kit).put(";\n").to(To::All);
    module
}
