// checks:sdk v1 5ef1bfd9e0df2f2416946cea22e277b8d84f5154036bca4860d73f744b02d550
import type { GuardIssue } from "../guards/kit.js";
import type { Served } from "./request.js";
/** What is wrong with a value; nothing if it fits. */
export type Issues = (value: unknown) => readonly GuardIssue[];
/** The members that an input may have. */
export declare const PLACES: readonly string[];
/** What is wrong with a whole input. */
export declare const issuesOf: (served: Served) => Issues;
/** What is wrong with one member of an input by itself. A body is taken for JSON where that is one of its media types. */
export declare const issuesOfMember: (served: Served, place: string) => Issues;
