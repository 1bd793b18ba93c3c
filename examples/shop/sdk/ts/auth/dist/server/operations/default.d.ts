// checks:sdk v1 5208cf473335f0bdd5f0c2c2e304949a81de9914ac0254aabbc2f7e81010840a
import type { GuestToken } from "../../schemas/g.js";
import type { Problem } from "../../schemas/p.js";
import type { Subject } from "../../schemas/s.js";
import type * as hono from "hono";
import type * as runtime from "../../runtime.js";
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
