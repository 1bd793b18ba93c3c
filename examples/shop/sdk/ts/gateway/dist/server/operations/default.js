// checks:sdk v1 24a9ce0fed426f858b338a4c142fef53367d2ee159a8b4894aa93b57b8148f72
import { guestTokenIssues, isGuestToken } from "../../guards/g.js";
import { isNewOrder, newOrderIssues } from "../../guards/n.js";
import { isOrder, orderIssues } from "../../guards/o.js";
import { isProblem, problemIssues } from "../../guards/p.js";
import { isReady, readyIssues } from "../../guards/r.js";
import { isSubject, subjectIssues } from "../../guards/s.js";
import { isListOrdersResponse200, listOrdersResponse200Issues } from "../../operations/default.js";
import * as serving from "../../server/kit.js";
export const serveGetReady = {
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
export function validateGetReady(options) {
  return serving.validated(serveGetReady, options);
}
export const serveCreateGuestToken = {
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
export function validateCreateGuestToken(options) {
  return serving.validated(serveCreateGuestToken, options);
}
export const serveGetSubject = {
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
export function validateGetSubject(options) {
  return serving.validated(serveGetSubject, options);
}
export const serveListOrders = {
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
export function validateListOrders(options) {
  return serving.validated(serveListOrders, options);
}
export const servePlaceOrder = {
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
export function validatePlaceOrder(options) {
  return serving.validated(servePlaceOrder, options);
}
export const OPERATIONS = [
  serveGetReady,
  serveCreateGuestToken,
  serveGetSubject,
  serveListOrders,
  servePlaceOrder,
];
