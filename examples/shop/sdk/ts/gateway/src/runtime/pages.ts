// checks:sdk v1 d7804ca97557f466c75a60436b56da9428bc3d11d2f279e42925a01b85ee3f08
// Lists that come in pages.

import type { CallOptions, Client, Outcome } from "./client.js";
import type { Input, Operation } from "./operation.js";
import { call, own } from "./call.js";
import { expectOk } from "./result.js";

type Way = readonly (string | number)[];
/** Where the next page is: another input, or an address. Nothing: this was the last one. */
export type Turn = (input: Input, result: Outcome & { readonly ok: true }) => { readonly input: Input; readonly at?: string } | undefined;

/** What is at the end of a way through a value. */
function at(value: unknown, way: Way): unknown {
  for (const name of way) value = own(value as object | undefined, String(name));
  return value;
}

/** The input with another value in a parameter. */
function turned(input: Input, [place, name]: Way, value: unknown): { readonly input: Input } {
  const group = String(place) as "query";
  return { input: { ...input, [group]: { ...input[group], [String(name)]: value } } };
}

const count = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** The parameter takes what the last page says; the end is where it says nothing. */
export const cursor = (param: Way, from: Way): Turn => (input, { body }) => {
  const next = at(body, from);
  return next === undefined || next === null || next === "" || next === false ? undefined : turned(input, param, next);
};
/** The parameter counts pages; the end is an empty one, or where `from` says nothing. */
export const page = (param: Way, items: Way, first = 1, from?: Way): Turn => (input, result) => {
  if (from) return cursor(param, from)(input, result);
  return count(at(result.body, items)) > 0 ? turned(input, param, Number(at(input, param) ?? first) + 1) : undefined;
};
/** The parameter counts items; the end is an empty page, or where `from` says nothing. */
export const offset = (param: Way, items: Way, from?: Way): Turn => (input, result) => {
  if (from) return cursor(param, from)(input, result);
  const length = count(at(result.body, items));
  return length > 0 ? turned(input, param, Number(at(input, param) ?? 0) + length) : undefined;
};
/** The last page has the address, in its body or as `Link: <…>; rel="next"`. */
export const link = (from?: Way): Turn => (input, { body, response }) => {
  const links = (response.headers.get("link") ?? "").matchAll(/<([^>]*)>([^<]*)/g);
  const next = from ? at(body, from) : [...links].find(([, , rest]) => /;\s*rel\s*=\s*("([^"]*\s)?next(\s[^"]*)?"|next\b)/i.test(rest ?? ""))?.[1];
  return typeof next === "string" && next !== "" ? { input, at: next } : undefined;
};

/** One result after the other, until a page is the last, failed, or was seen before. */
export async function* pages(client: Client, operation: Operation, input: Input | undefined, options: CallOptions | undefined, turn: Turn): AsyncGenerator<Outcome, void, undefined> {
  const seen = new Set<string>();
  for (let next: ReturnType<Turn> = { input: input ?? {} }; next; ) {
    const { query, path, body } = next.input;
    const key = JSON.stringify(next.at ?? [query, path, body]);
    if (seen.has(key)) return;
    seen.add(key);
    const result: Outcome = await call(client, next.at === undefined ? operation : { ...operation, at: next.at }, next.input, options);
    yield result;
    if (!result.ok) return;
    next = turn(next.input, result as Outcome & { readonly ok: true });
  }
}

/** The items of all pages; a page that is none throws an `SdkError`. */
export async function* items(pages: AsyncIterable<Outcome>, way: Way): AsyncGenerator<unknown, void, undefined> {
  for await (const page of pages) {
    const found = at(expectOk(page), way);
    if (Array.isArray(found)) yield* found;
  }
}
