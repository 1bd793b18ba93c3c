// checks:sdk v1 0e911d1dec87dc0bbd6d506dba82c281ae5919136c4d44341be39e0f56b8dab0
// What texts of parameters and forms stand for. Nothing is refused here: what is no number stays a text, and the guard says so.

/** How a value is made of texts. */
export interface Kind {
  /** One text; absent if it is never one. */
  readonly scalar?: (text: string) => unknown;
  /** It may be a list of these. */
  readonly items?: Kind;
  /** It may be an object with these members. */
  readonly members?: Readonly<Record<string, Kind>>;
  /** The other members of an object. */
  readonly others?: Kind;
}

export const text: Kind = { scalar: (it) => it };
/** Integers too. */
export const number: Kind = { scalar: (it) => (/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(it) ? Number(it) : it) };
export const boolean: Kind = { scalar: (it) => (it === "true" ? true : it === "false" ? false : it) };
export const nothing: Kind = { scalar: (it) => (it === "null" ? null : it) };
export const list = (items: Kind): Kind => ({ items });
/** An open object has `others`: texts if nothing is known of them. */
export const object = (members: Readonly<Record<string, Kind>>, others?: Kind): Kind => ({ members, ...(others && { others }) });
/** The first kind that makes anything of a text does; texts come last. */
export const either = (...kinds: readonly Kind[]): Kind => {
  const scalars = kinds.flatMap((it) => it.scalar ?? []);
  const scalar = (it: string): unknown => {
    for (const one of scalars) {
      const value = one(it);
      if (typeof value !== "string") return value;
    }
    return it;
  };
  const items = kinds.find((it) => it.items)?.items;
  const shape = kinds.find((it) => it.members);
  return { ...(scalars.length > 0 && { scalar }), ...(items && { items }), ...(shape?.members && { members: shape.members }), ...(shape?.others && { others: shape.others }) };
};

/** A value of one text; what is nested deeper than a style can say is JSON. */
export function valueOf(written: string, kind: Kind): unknown {
  if (kind.items || kind.members) {
    const value = parsed(written);
    if (typeof value === "object" && value !== null) return value;
  }
  return kind.scalar ? kind.scalar(written) : written;
}

/** The value of a JSON text, or the text. */
export function parsed(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return written;
  }
}

/** The kind of a member. */
export function memberOf(kind: Kind, name: string): Kind | undefined {
  return kind.members && Object.hasOwn(kind.members, name) ? kind.members[name] : kind.others;
}
