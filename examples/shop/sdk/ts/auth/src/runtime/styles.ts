// checks:sdk v1 99174638c15d417dd4b8c860b30419e345a82198b472ede16a117220a1f315ef
// How parameters are written that are more than one text: the styles of OpenAPI, as RFC 6570 has them.
// What could not be read back is not written: it throws, and the call is refused.

import type { Encode, Write } from "./operation.js";

/** One text; what is nested deeper than a style can say is JSON. */
export const scalar = (value: unknown): string => (typeof value === "object" && value !== null ? JSON.stringify(value) : String(value));

/** Nothing is encoded: headers, and cookies of style `cookie`. */
export const raw: Encode = (text) => text;
/** `allowReserved`: only what would end the value is encoded. */
export const reserved: Encode = (text) => encodeURIComponent(text).replace(/%(3A|2F|3F|5B|5D|40|24|2C|3B|3D)/g, decodeURIComponent);
/** `allowReserved` in a path, where a slash or a question mark would end the value. */
export const reservedInPath: Encode = (text) => reserved(text).replace(/[/?]/g, encodeURIComponent);

const members = (value: object): [string, unknown][] => Object.entries(value).filter(([, it]) => it !== undefined);

/** The items of a list, or names and values of an object in turn. */
const flat = (value: unknown): unknown[] => {
  if (Array.isArray(value)) return value.filter((it) => it !== undefined);
  return typeof value === "object" && value !== null ? members(value).flat() : [value];
};

/** A text in which none of the delimiters occurs. */
const free = (value: unknown, encode: Encode, ...delimiters: string[]): string => {
  let text = encode(scalar(value));
  for (const it of delimiters) {
    if (encode !== raw && it.length === 1) text = text.replaceAll(it, "%" + it.charCodeAt(0).toString(16).toUpperCase());
    if (text.includes(it)) throw new RangeError(it);
  }
  if (encode === raw && text !== text.trim()) throw new RangeError(text);
  return text;
};

/** Nothing if there is nothing: an empty list is not sent. */
const joined = (texts: string[], delimiter: string, prefix = ""): string | undefined => (texts.length > 0 ? prefix + texts.join(delimiter) : undefined);
const list = (value: unknown, encode: Encode, delimiter: string, prefix = ""): string | undefined =>
  joined(flat(value).map((it) => free(it, encode, delimiter)), delimiter, prefix);
/** Names and values of an object, or the items of a list. */
const exploded = (value: unknown, encode: Encode, delimiter: string, prefix = "", name = ""): string | undefined => {
  const isList = Array.isArray(value) || typeof value !== "object" || value === null;
  const pairs = isList ? flat(value).map((it) => [name, it] as const) : members(value);
  return joined(pairs.map(([key, it]) => (key === "" && isList ? "" : free(key, encode === raw ? raw : encodeURIComponent, delimiter, "=") + "=") + free(it, encode, delimiter)), delimiter, prefix);
};
const named = (name: string): string => encodeURIComponent(name) + "=";

export const simple: Write = (_, value, encode) => list(value, encode, ",");
export const simpleExploded: Write = (_, value, encode) => exploded(value, encode, ",");
export const label: Write = (_, value, encode) => list(value, encode, ",", ".");
export const labelExploded: Write = (_, value, encode) => exploded(value, encode, ".", ".");
export const matrix: Write = (name, value, encode) => list(value, encode, ",", ";" + named(name));
export const matrixExploded: Write = (name, value, encode) => exploded(value, encode, ";", ";", name);
export const form: Write = (name, value, encode) => list(value, encode, ",", named(name));
export const formExploded: Write = (name, value, encode) => exploded(value, encode, "&", "", name);
export const spaceDelimited: Write = (name, value, encode) => list(value, encode, "%20", named(name));
export const pipeDelimited: Write = (name, value, encode) => list(value, encode, "%7C", named(name));
/** `tsv` of Swagger 2.0. */
export const tabDelimited: Write = (name, value, encode) => list(value, encode, "%09", named(name));

/** `name[member][inner]=value`; a list of scalars repeats its name, one of objects has indices. */
export const deepObject: Write = (name, value, encode) => {
  const texts: string[] = [];
  const put = (way: string, part: unknown): void => {
    if (typeof part !== "object" || part === null) return void texts.push(named(way) + encode(String(part)));
    const isFlat = Array.isArray(part) && part.every((it) => typeof it !== "object" || it === null);
    for (const [key, it] of members(part)) {
      if (/[[\]]/.test(key)) throw new RangeError(key);
      put(isFlat ? way : `${way}[${key}]`, it);
    }
  };
  put(name, value);
  return joined(texts, "&");
};

/** Parameters with a JSON media type: in paths and headers, and in queries and cookies. */
export const asJson: Write = (_, value, encode) => encode(JSON.stringify(value));
export const formJson: Write = (name, value, encode) => named(name) + encode(JSON.stringify(value));
