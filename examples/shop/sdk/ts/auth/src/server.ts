// checks:sdk v1 e1d0ed96e7a16894a0dbc34e1db9aed446a8ddd2af7977796cf5905e7ace5d55
import type * as hono from "hono";
import * as serving from "./server/kit.js";
import * as tag$0 from "./server/operations/default.js";
export * from "./server/operations/default.js";
export type { Problem } from "./server/kit.js";
/** What answers an operation: what the contract says, or any response. */
export type Handler<E extends hono.Env, Input, Output> = (input: Input, context: hono.Context<E>) => Output | Response | Promise<Output | Response>;
/** One handler for each operation. */
export interface Handlers<E extends hono.Env = hono.Env> extends tag$0.Handlers<E> {}
export type MountOptions<E extends hono.Env = hono.Env> = serving.MountOptions<hono.Context<E>>;
/** What is mounted. */
export const OPERATIONS: readonly serving.Served[] = [...tag$0.OPERATIONS];
/** Registers all operations of the contract. */
export function mount<E extends hono.Env>(app: hono.Hono<E>, handlers: Handlers<E>, options?: MountOptions<E>): void {
  serving.mount(app as unknown as serving.Router, OPERATIONS, handlers, options as serving.MountOptions<never> | undefined);
}
/** Registers the operations that have a handler. */
export function mountSome<E extends hono.Env>(app: hono.Hono<E>, handlers: Partial<Handlers<E>>, options?: MountOptions<E>): void {
  serving.mountSome(app as unknown as serving.Router, OPERATIONS, handlers, options as serving.MountOptions<never> | undefined);
}
