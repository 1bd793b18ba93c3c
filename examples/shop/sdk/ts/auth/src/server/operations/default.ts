// checks:sdk v1 817ef942e6c72fdd8317779fabbb88c8f2d1b22acd08dacddb55a860561b281c
import { guestTokenIssues, isGuestToken } from "../../guards/g.js";
import { isProblem, problemIssues } from "../../guards/p.js";
import { isSubject, subjectIssues } from "../../guards/s.js";
import type { GuestToken } from "../../schemas/g.js";
import type { Problem } from "../../schemas/p.js";
import type { Subject } from "../../schemas/s.js";
import type { Handler } from "../../server.js";
import type * as hono from "hono";
import * as serving from "../../server/kit.js";
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
/** The handlers of these operations. */
export interface Handlers<E extends hono.Env = hono.Env> {
  readonly createGuestToken: Handler<E, CreateGuestTokenRequest, CreateGuestTokenReply>;
  readonly getSubject: Handler<E, GetSubjectRequest, GetSubjectReply>;
}
export const OPERATIONS: readonly serving.Served[] = [
  serveCreateGuestToken,
  serveGetSubject,
];
