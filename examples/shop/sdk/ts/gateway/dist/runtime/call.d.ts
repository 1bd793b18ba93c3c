// checks:sdk v1 b1a2ca690d943757f94fe1012285ebc0d5c81b8df1b93fd1ae8df1119ac73fc8
import type { GuardIssue, Path } from "../guards/kit.js";
import type { CallOptions, Client, Outcome } from "./client.js";
import type { Input, Operation } from "./operation.js";
/** Calls an operation. Nothing is thrown. */
export declare function call(client: Client, operation: Operation, input?: Input, options?: CallOptions): Promise<Outcome>;
/** What is said of a media type, or of a range that it is in. */
export declare function pick<T>(types: Readonly<Record<string, T>>, type: string): T | undefined;
/** A member of the value itself: contracts may call theirs `constructor`. */
export declare function own(values: object | undefined, name: string): unknown;
export declare function issue(path: Path, keyword: string, message: string): GuardIssue;
/** The work, unless the signal is faster. */
export declare function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T>;
