import type { GuardIssue } from "../guards/kit.js";
/** Integers that lost digits when they became numbers. They are what the contract allows, so they are only told. */
export declare const unsafeIntegers: (value: unknown, tell: (issues: readonly GuardIssue[]) => void) => void;
