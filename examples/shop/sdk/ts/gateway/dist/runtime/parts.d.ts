// checks:sdk v1 71d2d7cb9fcf4ffc479137d6870d8b8064a966c8ce6a4cc25b5918ba53fae861
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
/** Where it is, its guard, whether it must be there, and under which media types of the body: `undefined` where nobody says which. */
export type Row = readonly [path: Path, is: Test, issues: Explain, isRequired?: boolean, types?: readonly (string | undefined)[]];
/** A part of a form that is bytes. */
export declare const isFile: Test;
export declare const isFiles: Test;
/** A part that is text, and no file. */
export declare const isText: Test;
export declare const noText: Explain;
export declare const noFile: Explain;
/** Holds a request against the contract if the caller wants that. */
export declare const checked: (...rows: readonly Row[]) => Part;
/** What breaks the contract in an input. */
export declare function faults(input: Input, rows: readonly Row[], limit: number): readonly GuardIssue[];
