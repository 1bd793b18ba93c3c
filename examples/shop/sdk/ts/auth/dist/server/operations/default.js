// checks:sdk v1 841787d9156ad3188355878bed39c795cab71fc5649982b629b36dbffa8d5371
import { guestTokenIssues, isGuestToken } from "../../guards/g.js";
import { isProblem, problemIssues } from "../../guards/p.js";
import { isSubject, subjectIssues } from "../../guards/s.js";
import * as serving from "../../server/kit.js";
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
export const OPERATIONS = [
  serveCreateGuestToken,
  serveGetSubject,
];
