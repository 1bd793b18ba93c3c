// checks:sdk v1 3cfc1ce21c1825bd74f507298170d066fb26a8fbb2a2f9c6988a33ed61a7d432
import { guestTokenIssues, isGuestToken } from "../guards/g.js";
import { isProblem, problemIssues } from "../guards/p.js";
import { isSubject, subjectIssues } from "../guards/s.js";
import * as runtime from "../runtime.js";
const createGuestTokenOperation = {
  id: "createGuestToken",
  method: "POST",
  path: "/auth/guest",
  tags: [],
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
