// checks:sdk v1 f58fa2111175ec99befb54be4b592a8376ea3812a859e74046a5619251ddc149
// What texts of parameters and forms stand for. Nothing is refused here: what is no number stays a text, and the guard says so.
export const text = { scalar: (it) => it };
/** Integers too. */
export const number = { scalar: (it) => (/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(it) ? Number(it) : it) };
export const boolean = { scalar: (it) => (it === "true" ? true : it === "false" ? false : it) };
export const nothing = { scalar: (it) => (it === "null" ? null : it) };
export const list = (items) => ({ items });
/** An open object has `others`: texts if nothing is known of them. */
export const object = (members, others) => ({ members, ...(others && { others }) });
/** The first kind that makes anything of a text does; texts come last. */
export const either = (...kinds) => {
    const scalars = kinds.flatMap((it) => it.scalar ?? []);
    const scalar = (it) => {
        for (const one of scalars) {
            const value = one(it);
            if (typeof value !== "string")
                return value;
        }
        return it;
    };
    const items = kinds.find((it) => it.items)?.items;
    const shape = kinds.find((it) => it.members);
    return { ...(scalars.length > 0 && { scalar }), ...(items && { items }), ...(shape?.members && { members: shape.members }), ...(shape?.others && { others: shape.others }) };
};
/** A value of one text; what is nested deeper than a style can say is JSON. */
export function valueOf(written, kind) {
    if (kind.items || kind.members) {
        const value = parsed(written);
        if (typeof value === "object" && value !== null)
            return value;
    }
    return kind.scalar ? kind.scalar(written) : written;
}
/** The value of a JSON text, or the text. */
export function parsed(written) {
    try {
        return JSON.parse(written);
    }
    catch {
        return written;
    }
}
/** The kind of a member. */
export function memberOf(kind, name) {
    return kind.members && Object.hasOwn(kind.members, name) ? kind.members[name] : kind.others;
}
