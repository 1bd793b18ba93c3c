// checks:sdk v1 b497a985c6687d26542b91a0f8c3e09950d1b8ddaa1b555245a9fe1abc566696
import type { ListOrdersResponse200 } from "../../operations/default.js";
import type { GuestToken } from "../../schemas/g.js";
import type { NewOrder } from "../../schemas/n.js";
import type { Order } from "../../schemas/o.js";
import type { Problem } from "../../schemas/p.js";
import type { Ready } from "../../schemas/r.js";
import type { Subject } from "../../schemas/s.js";
import type { Handler } from "../../server.js";
import type * as hono from "hono";
import * as serving from "../../server/kit.js";
export type GetReadyRequest = Record<string, never>;
export type GetReadyReply =
  | { readonly status: 200; readonly contentType?: "application/json"; readonly body: Ready; readonly headers?: Readonly<Record<string, unknown>> };
export declare const serveGetReady: serving.Served;
/** Reads and guards a request: `context.get("input")` is then what a handler takes. */
export declare function validateGetReady(options?: serving.MountOptions<hono.Context>): hono.MiddlewareHandler;
export type CreateGuestTokenRequest = Record<string, never>;
export type CreateGuestTokenReply =
  | { readonly status: 200; readonly contentType?: "application/json"; readonly body: GuestToken; readonly headers?: Readonly<Record<string, unknown>> };
export declare const serveCreateGuestToken: serving.Served;
/** Reads and guards a request: `context.get("input")` is then what a handler takes. */
export declare function validateCreateGuestToken(options?: serving.MountOptions<hono.Context>): hono.MiddlewareHandler;
export type GetSubjectRequest = Record<string, never>;
export type GetSubjectReply =
  | { readonly status: 200; readonly contentType?: "application/json"; readonly body: Subject; readonly headers?: Readonly<Record<string, unknown>> }
  | { readonly status: 401; readonly contentType?: "application/json"; readonly body: Problem; readonly headers?: Readonly<Record<string, unknown>> };
export declare const serveGetSubject: serving.Served;
/** Reads and guards a request: `context.get("input")` is then what a handler takes. */
export declare function validateGetSubject(options?: serving.MountOptions<hono.Context>): hono.MiddlewareHandler;
export type ListOrdersRequest = Record<string, never>;
export type ListOrdersReply =
  | { readonly status: 200; readonly contentType?: "application/json"; readonly body: ListOrdersResponse200; readonly headers?: Readonly<Record<string, unknown>> }
  | { readonly status: 401; readonly contentType?: "application/json"; readonly body: Problem; readonly headers?: Readonly<Record<string, unknown>> };
export declare const serveListOrders: serving.Served;
/** Reads and guards a request: `context.get("input")` is then what a handler takes. */
export declare function validateListOrders(options?: serving.MountOptions<hono.Context>): hono.MiddlewareHandler;
export type PlaceOrderRequest = {
  readonly body: NewOrder;
};
export type PlaceOrderReply =
  | { readonly status: 201; readonly contentType?: "application/json"; readonly body: Order; readonly headers?: Readonly<Record<string, unknown>> }
  | { readonly status: 401; readonly contentType?: "application/json"; readonly body: Problem; readonly headers?: Readonly<Record<string, unknown>> }
  | { readonly status: 422; readonly contentType?: "application/json"; readonly body: Problem; readonly headers?: Readonly<Record<string, unknown>> };
export declare const servePlaceOrder: serving.Served;
/** Reads and guards a request: `context.get("input")` is then what a handler takes. */
export declare function validatePlaceOrder(options?: serving.MountOptions<hono.Context>): hono.MiddlewareHandler;
/** The handlers of these operations. */
export interface Handlers<E extends hono.Env = hono.Env> {
  readonly getReady: Handler<E, GetReadyRequest, GetReadyReply>;
  readonly createGuestToken: Handler<E, CreateGuestTokenRequest, CreateGuestTokenReply>;
  readonly getSubject: Handler<E, GetSubjectRequest, GetSubjectReply>;
  readonly listOrders: Handler<E, ListOrdersRequest, ListOrdersReply>;
  readonly placeOrder: Handler<E, PlaceOrderRequest, PlaceOrderReply>;
}
export declare const OPERATIONS: readonly serving.Served[];
