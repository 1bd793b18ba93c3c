// checks:sdk v1 5342bfee1bade571723f1c72413a3c48ed9aa1779a393d0f731e4077683d01ea
import type { GuestToken } from "../../schemas/g.js";
import type { Problem } from "../../schemas/p.js";
import type { Subject } from "../../schemas/s.js";
import type { Handler } from "../../server.js";
import type * as hono from "hono";
import * as serving from "../../server/kit.js";
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
/** The handlers of these operations. */
export interface Handlers<E extends hono.Env = hono.Env> {
  readonly createGuestToken: Handler<E, CreateGuestTokenRequest, CreateGuestTokenReply>;
  readonly getSubject: Handler<E, GetSubjectRequest, GetSubjectReply>;
}
export declare const OPERATIONS: readonly serving.Served[];
