// checks:sdk v1 fe5bc96ff46fdc4b3fa226b09fff2256b58ba6ce064796715bc156736baf93e7
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
export declare const OPERATIONS: readonly serving.Served[];
/** Registers all operations of the contract. */
export declare function mount<E extends hono.Env>(app: hono.Hono<E>, handlers: Handlers<E>, options?: MountOptions<E>): void;
/** Registers the operations that have a handler. */
export declare function mountSome<E extends hono.Env>(app: hono.Hono<E>, handlers: Partial<Handlers<E>>, options?: MountOptions<E>): void;
