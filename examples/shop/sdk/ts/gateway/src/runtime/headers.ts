// checks:sdk v1 a836b1e8dfde477666c4b1a16ff3250e87486b826523b3d8cf48eb60add51e12
// Reads documented response headers.

import type { GuardIssue } from "../guards/kit.js";
import type { ResponseSpec } from "./operation.js";
import { issue } from "./call.js";

/** The value of a text, or `undefined` if it is none of this kind. */
export type Parse = (text: string) => unknown;
/** Name in lower case, kind, and whether it must be there. */
export type HeaderField = readonly [name: string, parse: Parse, isRequired?: boolean];

/** Headers by their kinds. */
export const headers = (...fields: readonly HeaderField[]): NonNullable<ResponseSpec["headers"]> => (sent: Headers, issues: GuardIssue[]): object => {
  const found: Record<string, unknown> = {};
  for (const [name, parse, isRequired] of fields) {
    const text = sent.get(name);
    const value = text === null ? undefined : parse(text);
    if (value !== undefined) found[name] = value;
    else if (isRequired) issues.push(issue(["headers", name], text === null ? "required" : "type", text === null ? "required" : "not of this type"));
  }
  return found;
};

export const asText: Parse = (text) => text;
export const asNumber: Parse = (text) => (/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined);
export const asInteger: Parse = (text) => (/^-?\d+$/.test(text) ? Number(text) : undefined);
export const asBoolean: Parse = (text) => (text === "true" ? true : text === "false" ? false : undefined);
/** Items between commas. */
export const asList = (parse: Parse): Parse => (text) => {
  const items = text.split(",").map((it) => parse(it.trim()));
  return text === "" ? [] : items.includes(undefined) ? undefined : items;
};
