// checks:sdk v1 9235f4bc66c9fe66a6fd6e07c2388246a0830e63dc5ed227a0e8c09f02d35d47
import type { GuardIssue } from "../guards/kit.js";
/** Integers that lost digits when they became numbers. They are what the contract allows, so they are only told. */
export declare const unsafeIntegers: (value: unknown, tell: (issues: readonly GuardIssue[]) => void) => void;
