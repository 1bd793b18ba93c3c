// checks:sdk v1 cffa96f8b16df6dee9d929f0c799f034fd40ad7f2d92b55ae8d1c76c02631459
import { base } from "../client.js";
import { guestTokenIssues, isGuestToken } from "../guards/g.js";
import { collect, items, mustBeArray, run } from "../guards/kit.js";
import { isNewOrder, newOrderIssues } from "../guards/n.js";
import { checkOrder, isOrder, orderIssues } from "../guards/o.js";
import { isProblem, problemIssues } from "../guards/p.js";
import { isReady, readyIssues } from "../guards/r.js";
import { isSubject, subjectIssues } from "../guards/s.js";
import type { Client } from "../client.js";
import type { GuardIssue, Path, Sink } from "../guards/kit.js";
import type { GuestToken } from "../schemas/g.js";
import type { NewOrder } from "../schemas/n.js";
import type { Order } from "../schemas/o.js";
import type { Problem } from "../schemas/p.js";
import type { Ready } from "../schemas/r.js";
import type { Subject } from "../schemas/s.js";
import * as runtime from "../runtime.js";
export type ListOrdersResponse200 = Order[];
export function isListOrdersResponse200(v: unknown): v is ListOrdersResponse200 {
  if (!(Array.isArray(v))) return false;
  const v1 = v as readonly unknown[];
  for (let v2 = 0; v2 < v1.length; v2++) {
    const v3 = v1[v2];
    if (!isOrder(v3)) return false;
  }
  return true;
}
export function listOrdersResponse200Issues(v: unknown, limit = 20): readonly GuardIssue[] {
  return isListOrdersResponse200(v) ? [] : collect(checkListOrdersResponse200, v, limit);
}
export function checkListOrdersResponse200(v: unknown, p: Path, o: Sink): void {
  run(v, p, o, "/paths/~1orders/get/responses/200/content/application~1json/schema", [
    mustBeArray,
    items("items", 0,
      checkOrder,
    ),
  ]);
}
export type GetReadyInput = Record<string, never>;
export type GetReadyResult =
  | runtime.Documented<200, "application/json", Ready, object>
  | runtime.Failure;
const getReadyOperation: runtime.Operation = {
  id: "getReady",
  method: "GET",
  path: "/ready",
  tags: [],
  base,
  responses: {
    200: { content: { "application/json": { is: isReady, issues: readyIssues } }, },
  },
  repeat: /* @__PURE__ */ runtime.repeated(),
};
/**
 * Does the gateway answer?
 *
 * `GET /ready`
 */
export function getReady(client: Client, input?: GetReadyInput, options?: runtime.CallOptions): Promise<GetReadyResult> {
  return runtime.call(client, getReadyOperation, input, options) as Promise<GetReadyResult>;
}
export type CreateGuestTokenInput = Record<string, never>;
export type CreateGuestTokenResult =
  | runtime.Documented<200, "application/json", GuestToken, object>
  | runtime.Failure;
const createGuestTokenOperation: runtime.Operation = {
  id: "createGuestToken",
  method: "POST",
  path: "/auth/guest",
  tags: [],
  base,
  responses: {
    200: { content: { "application/json": { is: isGuestToken, issues: guestTokenIssues } }, },
  },
};
/**
 * A token for somebody without an account.
 *
 * `POST /auth/guest`
 */
export function createGuestToken(client: Client, input?: CreateGuestTokenInput, options?: runtime.CallOptions): Promise<CreateGuestTokenResult> {
  return runtime.call(client, createGuestTokenOperation, input, options) as Promise<CreateGuestTokenResult>;
}
export type GetSubjectInput = Record<string, never>;
export type GetSubjectResult =
  | runtime.Documented<200, "application/json", Subject, object>
  | runtime.Documented<401, "application/json", Problem, object>
  | runtime.Failure;
const getSubjectOperation: runtime.Operation = {
  id: "getSubject",
  method: "GET",
  path: "/auth/whoami",
  tags: [],
  base,
  responses: {
    200: { content: { "application/json": { is: isSubject, issues: subjectIssues } }, },
    401: { content: { "application/json": { is: isProblem, issues: problemIssues } }, },
  },
  security: /* @__PURE__ */ runtime.secured({ guest: runtime.bearer }),
  repeat: /* @__PURE__ */ runtime.repeated(),
};
/**
 * Whom the token names.
 *
 * `GET /auth/whoami`
 */
export function getSubject(client: Client, input?: GetSubjectInput, options?: runtime.CallOptions): Promise<GetSubjectResult> {
  return runtime.call(client, getSubjectOperation, input, options) as Promise<GetSubjectResult>;
}
export type ListOrdersInput = Record<string, never>;
export type ListOrdersResult =
  | runtime.Documented<200, "application/json", ListOrdersResponse200, object>
  | runtime.Documented<401, "application/json", Problem, object>
  | runtime.Failure;
const listOrdersOperation: runtime.Operation = {
  id: "listOrders",
  method: "GET",
  path: "/orders",
  tags: [],
  base,
  responses: {
    200: { content: { "application/json": { is: isListOrdersResponse200, issues: listOrdersResponse200Issues } }, },
    401: { content: { "application/json": { is: isProblem, issues: problemIssues } }, },
  },
  security: /* @__PURE__ */ runtime.secured({ guest: runtime.bearer }),
  repeat: /* @__PURE__ */ runtime.repeated(),
};
/**
 * The orders of whoever asks, oldest first.
 *
 * `GET /orders`
 */
export function listOrders(client: Client, input?: ListOrdersInput, options?: runtime.CallOptions): Promise<ListOrdersResult> {
  return runtime.call(client, listOrdersOperation, input, options) as Promise<ListOrdersResult>;
}
export type PlaceOrderInput = {
  readonly body: NewOrder;
};
export type PlaceOrderResult =
  | runtime.Documented<201, "application/json", Order, object>
  | runtime.Documented<401, "application/json", Problem, object>
  | runtime.Documented<422, "application/json", Problem, object>
  | runtime.Failure;
const placeOrderOperation: runtime.Operation = {
  id: "placeOrder",
  method: "POST",
  path: "/orders",
  tags: [],
  base,
  parts: [
    /* @__PURE__ */ runtime.body({ "application/json": runtime.json }),
    /* @__PURE__ */ runtime.checked([["body"], isNewOrder, newOrderIssues, true]),
  ],
  responses: {
    201: { content: { "application/json": { is: isOrder, issues: orderIssues } }, },
    401: { content: { "application/json": { is: isProblem, issues: problemIssues } }, },
    422: { content: { "application/json": { is: isProblem, issues: problemIssues } }, },
  },
  security: /* @__PURE__ */ runtime.secured({ guest: runtime.bearer }),
};
/**
 * Orders an article.
 *
 * `POST /orders`
 */
export function placeOrder(client: Client, input: PlaceOrderInput, options?: runtime.CallOptions): Promise<PlaceOrderResult> {
  return runtime.call(client, placeOrderOperation, input, options) as Promise<PlaceOrderResult>;
}
