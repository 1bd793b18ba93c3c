// checks:sdk v1 0c9076d9fbca52a3f2b01f3a5f5d71019f7d245e986cacb325fddc9daa0541f8
import type { GuardIssue } from "../guards/kit.js";
/** Anything that carries a request: `fetch`, or an object that has it, as a service binding of a Worker. */
export type Fetcher = ((request: Request) => Promise<Response>) | {
    fetch(request: Request): Promise<Response>;
};
/** Why a credential is asked for: for the first time, or since the last one was answered with 401. */
export type Why = "first" | "refused";
/** A credential, or a function that gets it. */
export type Credential<T> = T | ((why: Why) => T | Promise<T>);
export interface BasicCredential {
    readonly username: string;
    readonly password: string;
}
/** What happens to an answer that breaks the contract: it becomes a result, it is only told, it is not looked for. */
export type Validate = "result" | "report" | "off";
/** When a repeatable operation is tried again. */
export interface Retry {
    /** How often it is tried in all. */
    readonly attempts: number;
    /** The longest first pause; each further one may be twice as long. */
    readonly baseMs: number;
    /** The longest pause; when the server asks for a longer one, its answer is returned instead. */
    readonly maxMs: number;
    /** The statuses that are tried again. */
    readonly on: readonly number[];
}
/** What a middleware is told about the operation. */
export interface OperationInfo {
    readonly id: string;
    readonly method: string;
    readonly path: string;
    readonly tags: readonly string[];
}
/** Runs around each attempt; the first of the list is the outermost. */
export type Middleware = (request: Request, next: (request: Request) => Promise<Response>, operation: OperationInfo) => Promise<Response>;
/** A server of the contract, and the values of the variables in its URL. */
export interface Server {
    readonly url: string;
    readonly variables?: object;
}
/** What may be said for all calls of a client, and again for one of them. */
interface Settings {
    /** The longest time of one attempt; 30 s if nobody says. */
    readonly timeoutMs?: number;
    /** `false`: never tried again. */
    readonly retry?: Partial<Retry> | false;
    readonly validate?: Validate;
    /** Is the request itself held against the contract before it is sent? */
    readonly checkRequests?: boolean;
    /** An answer breaks the contract. */
    readonly onViolation?: (operation: string, status: number, issues: readonly GuardIssue[]) => void;
    /** The operation is tried again in so many milliseconds; `status` is missing after a failure of the transport. */
    readonly onRetry?: (operation: string, attempt: number, waitMs: number, status: number | undefined) => void;
    /** Instead of `Math.random`, for tests. */
    readonly random?: () => number;
    /** Instead of a timer between two attempts, for tests. */
    readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}
/** Where the service is, and how it is spoken to. A plain value: nothing is registered or opened. */
export interface Client<Auth extends object = object, Servers extends Server = Server> extends Settings {
    /** The contract's first absolute server if nothing is given. */
    readonly baseUrl?: string;
    readonly server?: Servers;
    readonly fetch?: Fetcher;
    /** Credentials by the name of their security scheme; they are sent to the origin of `baseUrl` alone. */
    readonly auth?: Auth;
    /** Sent with every request. */
    readonly headers?: Readonly<Record<string, string>>;
    readonly use?: readonly Middleware[];
}
/** What may be said for one call. */
export interface CallOptions extends Settings {
    readonly signal?: AbortSignal;
    /** The longest time of all attempts together. */
    readonly deadlineMs?: number;
    readonly headers?: Readonly<Record<string, string>>;
    /** For operations that carry a key: instead of a new one for this call. */
    readonly idempotencyKey?: string;
    /** Each event of a stream of server-sent events, before its data is read. */
    readonly onEvent?: (event: StreamEvent) => void;
}
/** What came with an event of a stream, beside its data. */
export interface StreamEvent {
    readonly id: string | undefined;
    readonly event: string | undefined;
    /** The pause in milliseconds before a lost stream is resumed. */
    readonly retry: number | undefined;
    readonly data: string;
}
type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type Numeric<Text extends string> = Text extends `${infer Value extends number}` ? Value : never;
/** The codes of a class of statuses: `StatusOf<2>` is what `2XX` stands for. */
export type StatusOf<Class extends 1 | 2 | 3 | 4 | 5> = Numeric<`${Class}${Digit}${Digit}`>;
export type Success = StatusOf<2>;
/** What `default` stands for, less the codes that the contract names. */
export type Status = StatusOf<1 | 2 | 3 | 4 | 5>;
interface Answer<Ok extends boolean, Code extends number, Type, Body, Fields> {
    readonly kind: "documented";
    readonly ok: Ok;
    readonly status: Code;
    readonly contentType: Type;
    readonly body: Body;
    /** The documented headers under their lower-case names. */
    readonly headers: Fields;
    readonly response: Response;
}
/** An answer as the contract has it. */
export type Documented<Code extends number, Type, Body, Fields> = ([Extract<Code, Success>] extends [never] ? never : Answer<true, Extract<Code, Success>, Type, Body, Fields>) | ([Exclude<Code, Success>] extends [never] ? never : Answer<false, Exclude<Code, Success>, Type, Body, Fields>);
/** An answer whose status or media type the contract does not have. */
export interface Undocumented {
    readonly kind: "undocumented";
    readonly ok: false;
    readonly status: number;
    readonly body: unknown;
    readonly response: Response;
}
/** An answer that breaks the contract. */
export interface ContractViolation {
    readonly kind: "contract";
    readonly ok: false;
    readonly status: number;
    readonly issues: readonly GuardIssue[];
    readonly body: unknown;
    readonly response: Response;
}
/** No answer. */
export interface TransportFailure {
    readonly kind: "transport";
    readonly ok: false;
    readonly reason: "timeout" | "aborted" | "network";
    readonly error: unknown;
}
/** The request cannot be sent as it is; nothing was. */
export interface RequestRefused {
    readonly kind: "refused";
    readonly ok: false;
    readonly issues: readonly GuardIssue[];
}
/** What any operation may result in beside its documented answers. */
export type Failure = Undocumented | ContractViolation | TransportFailure | RequestRefused;
/** The result of an operation of which nothing is known. */
export type Outcome = Answer<boolean, number, string | undefined, unknown, object> | Failure;
export {};
