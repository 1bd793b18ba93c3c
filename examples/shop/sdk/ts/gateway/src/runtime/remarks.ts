// checks:sdk v1 99537442778e23419da8ae8df40192213229f40bb70976d374047e5631cf5aeb
// What is told about values that conform.

import type { GuardIssue, Path } from "../guards/kit.js";
import { issue } from "./call.js";

/** Integers that lost digits when they became numbers. They are what the contract allows, so they are only told. */
export const unsafeIntegers = (value: unknown, tell: (issues: readonly GuardIssue[]) => void): void => {
  const found: GuardIssue[] = [];
  const look = (part: unknown, path: Path): void => {
    if (Number.isInteger(part) && !Number.isSafeInteger(part)) found.push(issue(path, "unsafe-integer", "beyond what a number holds exactly"));
    else if (Array.isArray(part)) part.forEach((it, at) => look(it, [...path, at]));
    else if (typeof part === "object" && part !== null) for (const [name, it] of Object.entries(part)) look(it, [...path, name]);
  };
  look(value, []);
  if (found.length > 0) tell(found);
};
