// checks:sdk v1 3a63253155e8bb34c470674d87491a13c48a8ac0c95ab9a4dac72a7bd8640935
// Lists that come in pages.
import { call, own } from "./call.js";
import { expectOk } from "./result.js";
/** What is at the end of a way through a value. */
function at(value, way) {
    for (const name of way)
        value = own(value, String(name));
    return value;
}
/** The input with another value in a parameter. */
function turned(input, [place, name], value) {
    const group = String(place);
    return { input: { ...input, [group]: { ...input[group], [String(name)]: value } } };
}
const count = (value) => (Array.isArray(value) ? value.length : 0);
/** The parameter takes what the last page says; the end is where it says nothing. */
export const cursor = (param, from) => (input, { body }) => {
    const next = at(body, from);
    return next === undefined || next === null || next === "" || next === false ? undefined : turned(input, param, next);
};
/** The parameter counts pages; the end is an empty one, or where `from` says nothing. */
export const page = (param, items, first = 1, from) => (input, result) => {
    if (from)
        return cursor(param, from)(input, result);
    return count(at(result.body, items)) > 0 ? turned(input, param, Number(at(input, param) ?? first) + 1) : undefined;
};
/** The parameter counts items; the end is an empty page, or where `from` says nothing. */
export const offset = (param, items, from) => (input, result) => {
    if (from)
        return cursor(param, from)(input, result);
    const length = count(at(result.body, items));
    return length > 0 ? turned(input, param, Number(at(input, param) ?? 0) + length) : undefined;
};
/** The last page has the address, in its body or as `Link: <…>; rel="next"`. */
export const link = (from) => (input, { body, response }) => {
    const links = (response.headers.get("link") ?? "").matchAll(/<([^>]*)>([^<]*)/g);
    const next = from ? at(body, from) : [...links].find(([, , rest]) => /;\s*rel\s*=\s*("([^"]*\s)?next(\s[^"]*)?"|next\b)/i.test(rest ?? ""))?.[1];
    return typeof next === "string" && next !== "" ? { input, at: next } : undefined;
};
/** One result after the other, until a page is the last, failed, or was seen before. */
export async function* pages(client, operation, input, options, turn) {
    const seen = new Set();
    for (let next = { input: input ?? {} }; next;) {
        const { query, path, body } = next.input;
        const key = JSON.stringify(next.at ?? [query, path, body]);
        if (seen.has(key))
            return;
        seen.add(key);
        const result = await call(client, next.at === undefined ? operation : { ...operation, at: next.at }, next.input, options);
        yield result;
        if (!result.ok)
            return;
        next = turn(next.input, result);
    }
}
/** The items of all pages; a page that is none throws an `SdkError`. */
export async function* items(pages, way) {
    for await (const page of pages) {
        const found = at(expectOk(page), way);
        if (Array.isArray(found))
            yield* found;
    }
}
