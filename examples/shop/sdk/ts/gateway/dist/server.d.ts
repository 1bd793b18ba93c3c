// checks:sdk v1 5c345581cbca35a2a9c47137e6beb7d5156c7b9c628dc5a9359d8529b231ca9c
import type { CreateGuestTokenReply, CreateGuestTokenRequest, GetReadyReply, GetReadyRequest, GetSubjectReply, GetSubjectRequest, ListOrdersReply, ListOrdersRequest, PlaceOrderReply, PlaceOrderRequest } from "./server/operations/default.js";
import type * as hono from "hono";
import * as serving from "./server/kit.js";
export * from "./server/operations/default.js";
export type { Problem } from "./server/kit.js";
/** What answers an operation: what the contract says, or any response. */
export type Handler<E extends hono.Env, Input, Output> = (input: Input, context: hono.Context<E>) => Output | Response | Promise<Output | Response>;
/** One handler for each operation. */
export interface Handlers<E extends hono.Env = hono.Env> {
  readonly getReady: Handler<E, GetReadyRequest, GetReadyReply>;
  readonly createGuestToken: Handler<E, CreateGuestTokenRequest, CreateGuestTokenReply>;
  readonly getSubject: Handler<E, GetSubjectRequest, GetSubjectReply>;
  readonly listOrders: Handler<E, ListOrdersRequest, ListOrdersReply>;
  readonly placeOrder: Handler<E, PlaceOrderRequest, PlaceOrderReply>;
}
export type MountOptions<E extends hono.Env = hono.Env> = serving.MountOptions<hono.Context<E>>;
/** Registers all operations of the contract. */
export declare function mount<E extends hono.Env>(app: hono.Hono<E>, handlers: Handlers<E>, options?: MountOptions<E>): void;
/** Registers the operations that have a handler. */
export declare function mountSome<E extends hono.Env>(app: hono.Hono<E>, handlers: Partial<Handlers<E>>, options?: MountOptions<E>): void;
