// checks:sdk v1 43fd3d9b40e51226706e3e342765753c85ad390f5f00cf10bb53a866113fdf45
// What an input has to be, for libraries of schemas: by the same rows that requests are held against.

import type { GuardIssue } from "../guards/kit.js";
import type { Input } from "../runtime/operation.js";
import { issue, pick } from "../runtime/call.js";
import { faults } from "../runtime/parts.js";
import type { Served } from "./request.js";

/** What is wrong with a value; nothing if it fits. */
export type Issues = (value: unknown) => readonly GuardIssue[];
/** The members that an input may have. */
export const PLACES: readonly string[] = ["path", "query", "headers", "cookies", "body", "contentType"];

const ISSUES = 20;

/** What is wrong with a whole input. */
export const issuesOf = (served: Served): Issues => (value) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [issue([], "type", "must be object")];
  const input = value as Input;
  const wanted = served.parameters?.filter((it) => it.in === "path" && !(input.path && Object.hasOwn(input.path, it.name))) ?? [];
  const missing = wanted.map((it) => issue(["path", it.name], "required", "required"));
  const type = input.contentType === undefined ? [] : issuesOfMember(served, "contentType")(input.contentType).map((it) => ({ ...it, path: ["contentType"] }));
  return [...missing, ...type, ...faults(input, served.rows, ISSUES)].slice(0, ISSUES);
};

/** What is wrong with one member of an input by itself. A body is taken for JSON where that is one of its media types. */
export const issuesOfMember = (served: Served, place: string): Issues => (value) => {
  const types = Object.keys(served.body ?? {});
  if (place === "contentType") return typeof value === "string" && pick(served.body ?? {}, value) ? [] : [issue([], "enum", `none of ${types.join(", ")}`)];
  const json = types.findIndex((it) => /[/+]json$/.test(it));
  const input = { [place]: value, ...(json > 0 && { contentType: types[json] }) };
  const rows = served.rows.filter(([path]) => path[0] === place);
  return faults(input, rows, ISSUES).map((it) => ({ ...it, path: it.path.slice(1) }));
};
