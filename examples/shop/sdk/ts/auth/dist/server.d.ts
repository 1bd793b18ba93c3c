// checks:sdk v1 8aad76d45a46ed1ae49c2e58836578dda018be3b2a3e7a80cbd782421d6b8375
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
/** Registers all operations of the contract. */
export declare function mount<E extends hono.Env>(app: hono.Hono<E>, handlers: Handlers<E>, options?: MountOptions<E>): void;
/** Registers the operations that have a handler. */
export declare function mountSome<E extends hono.Env>(app: hono.Hono<E>, handlers: Partial<Handlers<E>>, options?: MountOptions<E>): void;
