// checks:sdk v1 2e73e7b5edf5a305ff4c567dcb9a7599341fe7075c5f3c611eba018c8ba48af3
import { guestTokenIssues, isGuestToken } from "../guards/g.js";
import { isProblem, problemIssues } from "../guards/p.js";
import { isSubject, subjectIssues } from "../guards/s.js";
import type { Client } from "../client.js";
import type { GuestToken } from "../schemas/g.js";
import type { Problem } from "../schemas/p.js";
import type { Subject } from "../schemas/s.js";
import * as runtime from "../runtime.js";
export type CreateGuestTokenInput = Record<string, never>;
export type CreateGuestTokenResult =
  | runtime.Documented<200, "application/json", GuestToken, object>
  | runtime.Failure;
const createGuestTokenOperation: runtime.Operation = {
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
