// checks:sdk v1 57bd87d80c1394e90557275b6c98107c7d138409361b08d253d19d6b1dc22b07
import { serveCreateGuestToken, serveGetSubject } from "./server/operations/default.js";
import * as serving from "./server/kit.js";
export * from "./server/operations/default.js";
const OPERATIONS = [
  serveCreateGuestToken,
  serveGetSubject,
];
/** Registers all operations of the contract. */
export function mount(app, handlers, options) {
  serving.mount(app, OPERATIONS, handlers, options);
}
/** Registers the operations that have a handler. */
export function mountSome(app, handlers, options) {
  serving.mountSome(app, OPERATIONS, handlers, options);
}
