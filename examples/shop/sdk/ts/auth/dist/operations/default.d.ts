// checks:sdk v1 33fd5ce5cf3cb7e4ae5befcf726e9c2d75e062fcffcd3489953656e404c6f885
import type { Client } from "../client.js";
import type { GuestToken } from "../schemas/g.js";
import type { Problem } from "../schemas/p.js";
import type { Subject } from "../schemas/s.js";
import * as runtime from "../runtime.js";
export type CreateGuestTokenInput = Record<string, never>;
export type CreateGuestTokenResult =
  | runtime.Documented<200, "application/json", GuestToken, object>
  | runtime.Failure;
/**
 * A token for somebody without an account.
 *
 * `POST /auth/guest`
 */
export declare function createGuestToken(client: Client, input?: CreateGuestTokenInput, options?: runtime.CallOptions): Promise<CreateGuestTokenResult>;
export type GetSubjectInput = Record<string, never>;
export type GetSubjectResult =
  | runtime.Documented<200, "application/json", Subject, object>
  | runtime.Documented<401, "application/json", Problem, object>
  | runtime.Failure;
/**
 * Whom the token names.
 *
 * `GET /auth/whoami`
 */
export declare function getSubject(client: Client, input?: GetSubjectInput, options?: runtime.CallOptions): Promise<GetSubjectResult>;
