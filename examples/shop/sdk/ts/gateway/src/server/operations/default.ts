// checks:sdk v1 db6d460822d61dc80c947e62cbade2523cd8cbc83f6607dde1cf967d4ce86291
import { guestTokenIssues, isGuestToken } from "../../guards/g.js";
import { isNewOrder, newOrderIssues } from "../../guards/n.js";
import { isOrder, orderIssues } from "../../guards/o.js";
import { isProblem, problemIssues } from "../../guards/p.js";
import { isReady, readyIssues } from "../../guards/r.js";
import { isSubject, subjectIssues } from "../../guards/s.js";
import { isListOrdersResponse200, listOrdersResponse200Issues } from "../../operations/default.js";
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
export const serveGetReady: serving.Served = {
  name: "getReady",
  id: "getReady",
  method: "GET",
  path: "/ready",
  rows: [],
  replies: {
    200: { content: { "application/json": { is: isReady, issues: readyIssues } }, },
  },
};
/** Reads and guards a request: `context.get("input")` is then what a handler takes. */
export function validateGetReady(options?: serving.MountOptions<hono.Context>): hono.MiddlewareHandler {
  return serving.validated(serveGetReady, options as serving.MountOptions<never> | undefined) as unknown as hono.MiddlewareHandler;
}
export type CreateGuestTokenRequest = Record<string, never>;
export type CreateGuestTokenReply =
  | { readonly status: 200; readonly contentType?: "application/json"; readonly body: GuestToken; readonly headers?: Readonly<Record<string, unknown>> };
export const serveCreateGuestToken: serving.Served = {
  name: "createGuestToken",
  id: "createGuestToken",
  method: "POST",
  path: "/auth/guest",
  rows: [],
  replies: {
    200: { content: { "application/json": { is: isGuestToken, issues: guestTokenIssues } }, },
  },
};
/** Reads and guards a request: `context.get("input")` is then what a handler takes. */
export function validateCreateGuestToken(options?: serving.MountOptions<hono.Context>): hono.MiddlewareHandler {
  return serving.validated(serveCreateGuestToken, options as serving.MountOptions<never> | undefined) as unknown as hono.MiddlewareHandler;
}
export type GetSubjectRequest = Record<string, never>;
export type GetSubjectReply =
  | { readonly status: 200; readonly contentType?: "application/json"; readonly body: Subject; readonly headers?: Readonly<Record<string, unknown>> }
  | { readonly status: 401; readonly contentType?: "application/json"; readonly body: Problem; readonly headers?: Readonly<Record<string, unknown>> };
export const serveGetSubject: serving.Served = {
  name: "getSubject",
  id: "getSubject",
  method: "GET",
  path: "/auth/whoami",
  rows: [],
  replies: {
    200: { content: { "application/json": { is: isSubject, issues: subjectIssues } }, },
    401: { content: { "application/json": { is: isProblem, issues: problemIssues } }, },
  },
};
/** Reads and guards a request: `context.get("input")` is then what a handler takes. */
export function validateGetSubject(options?: serving.MountOptions<hono.Context>): hono.MiddlewareHandler {
  return serving.validated(serveGetSubject, options as serving.MountOptions<never> | undefined) as unknown as hono.MiddlewareHandler;
}
export type ListOrdersRequest = Record<string, never>;
export type ListOrdersReply =
  | { readonly status: 200; readonly contentType?: "application/json"; readonly body: ListOrdersResponse200; readonly headers?: Readonly<Record<string, unknown>> }
  | { readonly status: 401; readonly contentType?: "application/json"; readonly body: Problem; readonly headers?: Readonly<Record<string, unknown>> };
export const serveListOrders: serving.Served = {
  name: "listOrders",
  id: "listOrders",
  method: "GET",
  path: "/orders",
  rows: [],
  replies: {
    200: { content: { "application/json": { is: isListOrdersResponse200, issues: listOrdersResponse200Issues } }, },
    401: { content: { "application/json": { is: isProblem, issues: problemIssues } }, },
  },
};
/** Reads and guards a request: `context.get("input")` is then what a handler takes. */
export function validateListOrders(options?: serving.MountOptions<hono.Context>): hono.MiddlewareHandler {
  return serving.validated(serveListOrders, options as serving.MountOptions<never> | undefined) as unknown as hono.MiddlewareHandler;
}
export type PlaceOrderRequest = {
  readonly body: NewOrder;
};
export type PlaceOrderReply =
  | { readonly status: 201; readonly contentType?: "application/json"; readonly body: Order; readonly headers?: Readonly<Record<string, unknown>> }
  | { readonly status: 401; readonly contentType?: "application/json"; readonly body: Problem; readonly headers?: Readonly<Record<string, unknown>> }
  | { readonly status: 422; readonly contentType?: "application/json"; readonly body: Problem; readonly headers?: Readonly<Record<string, unknown>> };
export const servePlaceOrder: serving.Served = {
  name: "placeOrder",
  id: "placeOrder",
  method: "POST",
  path: "/orders",
  body: { "application/json": serving.json },
  rows: [[["body"], isNewOrder, newOrderIssues, true]],
  replies: {
    201: { content: { "application/json": { is: isOrder, issues: orderIssues } }, },
    401: { content: { "application/json": { is: isProblem, issues: problemIssues } }, },
    422: { content: { "application/json": { is: isProblem, issues: problemIssues } }, },
  },
};
/** Reads and guards a request: `context.get("input")` is then what a handler takes. */
export function validatePlaceOrder(options?: serving.MountOptions<hono.Context>): hono.MiddlewareHandler {
  return serving.validated(servePlaceOrder, options as serving.MountOptions<never> | undefined) as unknown as hono.MiddlewareHandler;
}
/** The handlers of these operations. */
export interface Handlers<E extends hono.Env = hono.Env> {
  readonly getReady: Handler<E, GetReadyRequest, GetReadyReply>;
  readonly createGuestToken: Handler<E, CreateGuestTokenRequest, CreateGuestTokenReply>;
  readonly getSubject: Handler<E, GetSubjectRequest, GetSubjectReply>;
  readonly listOrders: Handler<E, ListOrdersRequest, ListOrdersReply>;
  readonly placeOrder: Handler<E, PlaceOrderRequest, PlaceOrderReply>;
}
export const OPERATIONS: readonly serving.Served[] = [
  serveGetReady,
  serveCreateGuestToken,
  serveGetSubject,
  serveListOrders,
  servePlaceOrder,
];
