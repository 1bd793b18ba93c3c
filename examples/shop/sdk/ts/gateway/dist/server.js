// checks:sdk v1 8deac7440fb4e2be857a4fa7b15100f96f21b5e4b81c76f97114a045bdebbffb
import { serveCreateGuestToken, serveGetReady, serveGetSubject, serveListOrders, servePlaceOrder } from "./server/operations/default.js";
import * as serving from "./server/kit.js";
export * from "./server/operations/default.js";
const OPERATIONS = [
  serveGetReady,
  serveCreateGuestToken,
  serveGetSubject,
  serveListOrders,
  servePlaceOrder,
];
/** Registers all operations of the contract. */
export function mount(app, handlers, options) {
  serving.mount(app, OPERATIONS, handlers, options);
}
/** Registers the operations that have a handler. */
export function mountSome(app, handlers, options) {
  serving.mountSome(app, OPERATIONS, handlers, options);
}
