//! `index.ts`: what one imports by the package's own name.

use crate::{guards::KIT, module::Module, writer::To};

/// All types of schemas, and what issues look like.
pub(crate) fn module() -> Module {
    let mut module = Module::new("index");
    let (schemas, kit) = (module.relative("schemas"), module.relative(KIT));
    let out = module.out.to(To::Types).put("export type * from ").module_path(&schemas);
    out.put(";\nexport type { GuardIssue } from ").module_path(&kit).put(";\n").to(To::All);
    module
}
