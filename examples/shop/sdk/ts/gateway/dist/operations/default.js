// checks:sdk v1 01d4f5a49d9455c937d94958cf1a0566aff1104a24fcdc4975f1c4a50c6b3fdd
import { base } from "../client.js";
import { guestTokenIssues, isGuestToken } from "../guards/g.js";
import { collect, items, mustBeArray, run } from "../guards/kit.js";
import { isNewOrder, newOrderIssues } from "../guards/n.js";
import { checkOrder, isOrder, orderIssues } from "../guards/o.js";
import { isProblem, problemIssues } from "../guards/p.js";
import { isReady, readyIssues } from "../guards/r.js";
import { isSubject, subjectIssues } from "../guards/s.js";
import * as runtime from "../runtime.js";
export function isListOrdersResponse200(v) {
  if (!(Array.isArray(v))) return false;
  const v1 = v;
  for (let v2 = 0; v2 < v1.length; v2++) {
    const v3 = v1[v2];
    if (!isOrder(v3)) return false;
  }
  return true;
}
export function listOrdersResponse200Issues(v, limit = 20) {
  return isListOrdersResponse200(v) ? [] : collect(checkListOrdersResponse200, v, limit);
}
export function checkListOrdersResponse200(v, p, o) {
  run(v, p, o, "/paths/~1orders/get/responses/200/content/application~1json/schema", [
    mustBeArray,
    items("items", 0,
      checkOrder,
    ),
  ]);
}
const getReadyOperation = {
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
export function getReady(client, input, options) {
  return runtime.call(client, getReadyOperation, input, options);
}
const createGuestTokenOperation = {
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
export function createGuestToken(client, input, options) {
  return runtime.call(client, createGuestTokenOperation, input, options);
}
const getSubjectOperation = {
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
export function getSubject(client, input, options) {
  return runtime.call(client, getSubjectOperation, input, options);
}
const listOrdersOperation = {
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
export function listOrders(client, input, options) {
  return runtime.call(client, listOrdersOperation, input, options);
}
const placeOrderOperation = {
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
export function placeOrder(client, input, options) {
  return runtime.call(client, placeOrderOperation, input, options);
}
