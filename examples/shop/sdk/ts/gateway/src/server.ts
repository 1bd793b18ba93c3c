// checks:sdk v1 fb2451ba836c5a91ab3c9997a4177b75454270f170da30e4fe106219eb39accb
import { serveCreateGuestToken, serveGetReady, serveGetSubject, serveListOrders, servePlaceOrder } from "./server/operations/default.js";
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
const OPERATIONS: readonly serving.Served[] = [
  serveGetReady,
  serveCreateGuestToken,
  serveGetSubject,
  serveListOrders,
  servePlaceOrder,
];
/** Registers all operations of the contract. */
export function mount<E extends hono.Env>(app: hono.Hono<E>, handlers: Handlers<E>, options?: MountOptions<E>): void {
  serving.mount(app as unknown as serving.Router, OPERATIONS, handlers, options as serving.MountOptions<never> | undefined);
}
/** Registers the operations that have a handler. */
export function mountSome<E extends hono.Env>(app: hono.Hono<E>, handlers: Partial<Handlers<E>>, options?: MountOptions<E>): void {
  serving.mountSome(app as unknown as serving.Router, OPERATIONS, handlers, options as serving.MountOptions<never> | undefined);
}
