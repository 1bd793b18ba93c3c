// checks:sdk v1 69ccc02e95bb0633c46d141240e709b793a969784f214e057387508a5f1b1231
import * as serving from "./server/kit.js";
import * as tag$0 from "./server/operations/default.js";
export * from "./server/operations/default.js";
/** What is mounted. */
export const OPERATIONS = [...tag$0.OPERATIONS];
/** Registers all operations of the contract. */
export function mount(app, handlers, options) {
  serving.mount(app, OPERATIONS, handlers, options);
}
/** Registers the operations that have a handler. */
export function mountSome(app, handlers, options) {
  serving.mountSome(app, OPERATIONS, handlers, options);
}
