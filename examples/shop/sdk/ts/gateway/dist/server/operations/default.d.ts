// checks:sdk v1 5fbc817626b2d4e04abab0b35c521e93eb926331d36d9b016e96b42964956749
import type { ListOrdersResponse200 } from "../../operations/default.js";
import type { GuestToken } from "../../schemas/g.js";
import type { NewOrder } from "../../schemas/n.js";
import type { Order } from "../../schemas/o.js";
import type { Problem } from "../../schemas/p.js";
import type { Ready } from "../../schemas/r.js";
import type { Subject } from "../../schemas/s.js";
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
