// checks:sdk v1 b5befa92b0f78fc305424dc1bb481abe08772c63d0ace6bdccade99150395e9d
import { serveCreateGuestToken, serveGetSubject } from "./server/operations/default.js";
import type { CreateGuestTokenReply, CreateGuestTokenRequest, GetSubjectReply, GetSubjectRequest } from "./server/operations/default.js";
import type * as hono from "hono";
import * as serving from "./server/kit.js";
export * from "./server/operations/default.js";
export type { Problem } from "./server/kit.js";
/** What answers an operation: what the contract says, or any response. */
export type Handler<E extends hono.Env, Input, Output> = (input: Input, context: hono.Context<E>) => Output | Response | Promise<Output | Response>;
/** One handler for each operation. */
export interface Handlers<E extends hono.Env = hono.Env> {
  readonly createGuestToken: Handler<E, CreateGuestTokenRequest, CreateGuestTokenReply>;
  readonly getSubject: Handler<E, GetSubjectRequest, GetSubjectReply>;
}
export type MountOptions<E extends hono.Env = hono.Env> = serving.MountOptions<hono.Context<E>>;
const OPERATIONS: readonly serving.Served[] = [
  serveCreateGuestToken,
  serveGetSubject,
];
/** Registers all operations of the contract. */
export function mount<E extends hono.Env>(app: hono.Hono<E>, handlers: Handlers<E>, options?: MountOptions<E>): void {
  serving.mount(app as unknown as serving.Router, OPERATIONS, handlers, options as serving.MountOptions<never> | undefined);
}
/** Registers the operations that have a handler. */
export function mountSome<E extends hono.Env>(app: hono.Hono<E>, handlers: Partial<Handlers<E>>, options?: MountOptions<E>): void {
  serving.mountSome(app as unknown as serving.Router, OPERATIONS, handlers, options as serving.MountOptions<never> | undefined);
}
