// checks:sdk v1 cb90d00c9bbc04459a21cc938f858a9f6d375ac88d56c2861c56ef95b5552221
import type { GuestToken } from "../../schemas/g.js";
import type { Problem } from "../../schemas/p.js";
import type { Subject } from "../../schemas/s.js";
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
