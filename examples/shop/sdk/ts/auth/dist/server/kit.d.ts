// checks:sdk v1 13aa1020c5b65aba4a79f7ae10193544ebf425ca695a21a512f70796713aa162
import type { GuardIssue } from "../guards/kit.js";
import type { Input } from "../runtime/operation.js";
import { type Problem, type Served } from "./request.js";
export * from "./request.js";
export * as kinds from "./kinds.js";
export * as styles from "./styles.js";
/** What of a router's context is used; Hono's has it. */
export interface Exchange {
    readonly req: {
        readonly raw: Request;
        readonly bodyCache: object;
        arrayBuffer(): Promise<ArrayBuffer>;
    };
    set(key: string, value: unknown): void;
}
type Next = () => Promise<void>;
export type Middleware = (context: Exchange, next: Next) => Promise<Response | void>;
/** What of a router is used; Hono has it. */
export interface Router {
    on(method: string, path: string, handler: Middleware): unknown;
}
/** What a handler answers; a `Response` goes out as it is. */
export interface Answer {
    readonly status: number;
    readonly contentType?: string;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, unknown>>;
}
export type Handler = (input: Input, context: Exchange) => Answer | Response | Promise<Answer | Response>;
export interface MountOptions<Context = Exchange> {
    /** Answers a request that breaks the contract; `undefined`: as usual, with `application/problem+json`. */
    readonly onInvalid?: (problem: Problem, context: Context) => Response | undefined | Promise<Response | undefined>;
    /** Are answers held against the contract? */
    readonly checkReplies?: "off" | "report" | "throw";
    /** Where broken answers are reported; the console if absent. */
    readonly onReport?: (operation: string, status: number, issues: readonly GuardIssue[]) => void;
}
/** Registers all operations; each one has a handler. */
export declare function mount(app: Router, operations: readonly Served[], handlers: object, options?: MountOptions<never>): void;
/** Registers the operations that have a handler. Whoever is more concrete comes first. */
export declare function mountSome(app: Router, operations: readonly Served[], handlers: object, options?: MountOptions<never>): void;
/** Reads and guards a request for handlers of an existing app, which find the input as `context.get("input")`. */
export declare const validated: (operation: Served, options?: MountOptions<never>) => Middleware;
/** RFC 9457, with each issue as a pointer into the input. */
export declare function problemResponse({ status, title, issues }: Problem): Response;
