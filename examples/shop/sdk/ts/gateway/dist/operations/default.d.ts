// checks:sdk v1 d0982b46a3a5f36c609145f241475d019f7385991b5a062eed29823442a38f96
import type { Client } from "../client.js";
import type { GuardIssue, Path, Sink } from "../guards/kit.js";
import type { GuestToken } from "../schemas/g.js";
import type { NewOrder } from "../schemas/n.js";
import type { Order } from "../schemas/o.js";
import type { Problem } from "../schemas/p.js";
import type { Ready } from "../schemas/r.js";
import type { Subject } from "../schemas/s.js";
import * as runtime from "../runtime.js";
export type ListOrdersResponse200 = Order[];
export declare function isListOrdersResponse200(v: unknown): v is ListOrdersResponse200;
export declare function listOrdersResponse200Issues(v: unknown, limit?: number): readonly GuardIssue[];
export declare function checkListOrdersResponse200(v: unknown, p: Path, o: Sink): void;
export type GetReadyInput = Record<string, never>;
export type GetReadyResult =
  | runtime.Documented<200, "application/json", Ready, object>
  | runtime.Failure;
/**
 * Does the gateway answer?
 *
 * `GET /ready`
 */
export declare function getReady(client: Client, input?: GetReadyInput, options?: runtime.CallOptions): Promise<GetReadyResult>;
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
export type ListOrdersInput = Record<string, never>;
export type ListOrdersResult =
  | runtime.Documented<200, "application/json", ListOrdersResponse200, object>
  | runtime.Documented<401, "application/json", Problem, object>
  | runtime.Failure;
/**
 * The orders of whoever asks, oldest first.
 *
 * `GET /orders`
 */
export declare function listOrders(client: Client, input?: ListOrdersInput, options?: runtime.CallOptions): Promise<ListOrdersResult>;
export type PlaceOrderInput = {
  readonly body: NewOrder;
};
export type PlaceOrderResult =
  | runtime.Documented<201, "application/json", Order, object>
  | runtime.Documented<401, "application/json", Problem, object>
  | runtime.Documented<422, "application/json", Problem, object>
  | runtime.Failure;
/**
 * Orders an article.
 *
 * `POST /orders`
 */
export declare function placeOrder(client: Client, input: PlaceOrderInput, options?: runtime.CallOptions): Promise<PlaceOrderResult>;
