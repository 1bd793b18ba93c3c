// checks:sdk v1 9112a8a35459af792f16ce7d5c6354d1d2f82db659a19ce4b060422ed3f3eeb0
// The other way round: values of parameters, by the style that they are written in.

import { type Kind, memberOf, parsed, text, valueOf } from "./kinds.js";

/** What may hold a parameter, as it came: one text, or the pairs of a query or of cookies. */
export interface Source {
  readonly text?: string | undefined;
  readonly pairs: readonly (readonly [name: string, value: string])[];
  /** The names of all parameters beside this one: an open object does not have them as members. */
  readonly taken: ReadonlySet<string>;
  /** Takes percent-encoding away; throws if there is none such. */
  readonly decode: (text: string) => string;
}
/** Nothing: the parameter is not there. */
export type Read = (source: Source, name: string, kind: Kind) => unknown;

/** All texts of a name, still encoded. */
const found = ({ pairs, decode }: Source, name: string): string[] => pairs.filter(([it]) => decode(it) === name).map(([, it]) => it);

/** Names and values in turn as an object. */
const paired = (texts: readonly string[], kind: Kind): unknown => {
  const members: [string, unknown][] = [];
  for (let at = 0; at + 1 < texts.length; at += 2) members.push([texts[at] ?? "", valueOf(texts[at + 1] ?? "", memberOf(kind, texts[at] ?? "") ?? text)]);
  return Object.fromEntries(members);
};

/** What stands between delimiters. */
const delimited = (written: string, { decode }: Source, kind: Kind, delimiter: RegExp): unknown => {
  const parts = written.split(delimiter);
  if (kind.scalar && parts.length === 1) return kind.scalar(decode(written));
  if (kind.items) return parts.map((it) => valueOf(decode(it), kind.items ?? text));
  return kind.members || kind.others ? paired(parts.map(decode), kind) : valueOf(decode(written), kind);
};

/** `name=value` between delimiters, or items if it is a list. */
const named = (written: string, source: Source, kind: Kind, delimiter: RegExp): unknown => {
  if (!kind.members && !kind.others) return delimited(written, source, kind, delimiter);
  return Object.fromEntries(
    written.split(delimiter).map((it) => {
      const [name = "", value = ""] = halves(it).map(source.decode);
      return [name, valueOf(value, memberOf(kind, name) ?? text)];
    }),
  );
};

export const halves = (pair: string): [string, string] => {
  const at = pair.indexOf("=");
  return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
};

/** Reads one text if there is one. */
const whole = (read: (written: string, source: Source, kind: Kind) => unknown): Read => (source, _, kind) => (source.text === undefined ? undefined : read(source.text, source, kind));
/** Reads the text of a name; if it is there more than once, its parts. */
const single = (delimiter: RegExp, joint: string): Read => (source, name, kind) => {
  const texts = found(source, name);
  return texts.length === 0 ? undefined : delimited(kind.items || kind.members ? texts.join(joint) : (texts[0] ?? ""), source, kind, delimiter);
};

export const simple: Read = whole((written, source, kind) => delimited(written, source, kind, /,/));
export const simpleExploded: Read = whole((written, source, kind) => named(written, source, kind, /,/));
export const label: Read = whole((written, source, kind) => delimited(written.replace(/^\./, ""), source, kind, /,/));
export const labelExploded: Read = whole((written, source, kind) => named(written.replace(/^\./, ""), source, kind, /\./));
export const matrix: Read = whole((written, source, kind) => delimited(halves(written)[1], source, kind, /,/));
export const matrixExploded: Read = whole((written, source, kind) => {
  const pairs = written.replace(/^;/, "").split(";");
  return kind.members || kind.others ? named(pairs.join(";"), source, kind, /;/) : kind.items ? pairs.map((it) => valueOf(source.decode(halves(it)[1]), kind.items ?? text)) : valueOf(source.decode(halves(written)[1]), kind);
});

/** Is it another parameter, or a member of one (`deep[member]`)? */
const isTaken = ({ taken }: Source, key: string): boolean => taken.has(key) || taken.has(key.split("[")[0] ?? "");

export const form: Read = single(/,/, ",");
export const spaceDelimited: Read = single(/%20|\+/, "+");
export const pipeDelimited: Read = single(/\||%7C/i, "|");
export const tabDelimited: Read = single(/%09/, "%09");
export const formExploded: Read = (source, name, kind) => {
  const texts = found(source, name).map(source.decode);
  if (kind.items && (texts.length > 1 || (texts.length === 1 && !kind.scalar))) return texts.map((it) => valueOf(it, kind.items ?? text));
  if (texts[0] !== undefined && (kind.scalar || !kind.members)) return valueOf(texts[0], kind);
  if (!kind.members && !kind.others) return undefined;
  const members = source.pairs.map(([key, it]) => [source.decode(key), source.decode(it)] as const).filter(([key]) => memberOf(kind, key) && !isTaken(source, key));
  return members.length === 0 ? undefined : Object.fromEntries(members.map(([key, it]) => [key, valueOf(it, memberOf(kind, key) ?? text)]));
};

export const deepObject: Read = (source, name, kind) => {
  const entries = source.pairs.flatMap(([key, it]): Entry[] => {
    const way = source.decode(key);
    const inner = way.startsWith(name + "[") || way === name ? way.slice(name.length) : "none";
    return /^(\[[^[\]]*\])*$/.test(inner) ? [[[...inner.matchAll(/\[([^[\]]*)\]/g)].map(([, part]) => part ?? ""), source.decode(it)]] : [];
  });
  return entries.length === 0 ? undefined : built(entries, kind);
};
type Entry = readonly [way: readonly string[], written: string];

/** The value whose parts are at the ends of these ways. */
function built(entries: readonly Entry[], kind: Kind): unknown {
  if (entries.every(([way]) => way.length === 0)) {
    const [first = ["", ""]] = entries;
    return kind.items ? entries.map(([, it]) => valueOf(it, kind.items ?? text)) : valueOf(String(first[1]), kind);
  }
  const groups = new Map<string, Entry[]>();
  for (const [[name, ...rest], written] of entries) {
    // `name[]=a&name[]=b`: each one is an item of its own.
    const key = name === "" || name === undefined ? String(groups.size) : name;
    groups.set(key, [...(groups.get(key) ?? []), [rest, written]]);
  }
  if (kind.items) return [...groups].sort(([one], [other]) => Number(one) - Number(other)).map(([, it]) => built(it, kind.items ?? text));
  return Object.fromEntries([...groups].map(([key, it]) => [key, built(it, memberOf(kind, key) ?? text)]));
}

/** Parameters with a JSON media type: in paths and headers, and in queries and cookies. */
export const asJson: Read = whole((written, source) => parsed(source.decode(written)));
export const formJson: Read = (source, name) => {
  const [written] = found(source, name);
  return written === undefined ? undefined : parsed(source.decode(written));
};
