// checks:sdk v1 7d71b7179601de630532aafddd94b3e87739bf2bd5027dcd559c8a2d4d1d073d
import type { GuardIssue, Path } from "../guards/kit.js";
import type { Encode, Explain, Input, Part, Test, Write, WriteBody } from "./operation.js";
/** `{name}` in the path. No value is empty, and none is a way up. */
export declare const inPath: (name: string, write?: Write, encode?: Encode) => Part;
export declare const inQuery: (name: string, write?: Write, encode?: Encode) => Part;
export declare const inHeader: (name: string, write?: Write, encode?: Encode) => Part;
export declare const inCookie: (name: string, write?: Write, encode?: Encode) => Part;
/** The body by its media types; the first is taken if the caller does not say. */
export declare const body: (types: Readonly<Record<string, WriteBody>>) => Part;
/** The header that makes an operation repeatable: one key for all attempts of a call. */
export declare const idempotencyKey: (name: string) => Part;
/** Where it is, its guard, and whether it must be there. */
export type Row = readonly [path: Path, is: Test, issues: Explain, isRequired?: boolean];
/** Holds a request against the contract if the caller wants that. */
export declare const checked: (...rows: readonly Row[]) => Part;
/** What breaks the contract in an input. */
export declare function faults(input: Input, rows: readonly Row[], limit: number): readonly GuardIssue[];
