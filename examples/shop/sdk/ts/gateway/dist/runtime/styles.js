// checks:sdk v1 f501b9151bf6314aebf8d122e67fb68197514675fa41b3ca47ca3d21656553cd
// How parameters are written that are more than one text: the styles of OpenAPI, as RFC 6570 has them.
// What could not be read back is not written: it throws, and the call is refused.
/** One text; what is nested deeper than a style can say is JSON. */
export const scalar = (value) => (typeof value === "object" && value !== null ? JSON.stringify(value) : String(value));
/** Nothing is encoded: headers, and cookies of style `cookie`. */
export const raw = (text) => text;
/** `allowReserved`: only what would end the value is encoded. */
export const reserved = (text) => encodeURIComponent(text).replace(/%(3A|2F|3F|5B|5D|40|24|2C|3B|3D)/g, decodeURIComponent);
/** `allowReserved` in a path, where a slash or a question mark would end the value. */
export const reservedInPath = (text) => reserved(text).replace(/[/?]/g, encodeURIComponent);
const members = (value) => Object.entries(value).filter(([, it]) => it !== undefined);
/** The items of a list, or names and values of an object in turn. */
const flat = (value) => {
    if (Array.isArray(value))
        return value.filter((it) => it !== undefined);
    return typeof value === "object" && value !== null ? members(value).flat() : [value];
};
/** A text in which none of the delimiters occurs. */
const free = (value, encode, ...delimiters) => {
    let text = encode(scalar(value));
    for (const it of delimiters) {
        if (encode !== raw && it.length === 1)
            text = text.replaceAll(it, "%" + it.charCodeAt(0).toString(16).toUpperCase());
        if (text.includes(it))
            throw new RangeError(it);
    }
    if (encode === raw && text !== text.trim())
        throw new RangeError(text);
    return text;
};
/** Nothing if there is nothing: an empty list is not sent. */
const joined = (texts, delimiter, prefix = "") => (texts.length > 0 ? prefix + texts.join(delimiter) : undefined);
const list = (value, encode, delimiter, prefix = "") => joined(flat(value).map((it) => free(it, encode, delimiter)), delimiter, prefix);
/** Names and values of an object, or the items of a list. */
const exploded = (value, encode, delimiter, prefix = "", name = "") => {
    const isList = Array.isArray(value) || typeof value !== "object" || value === null;
    const pairs = isList ? flat(value).map((it) => [name, it]) : members(value);
    return joined(pairs.map(([key, it]) => (key === "" && isList ? "" : free(key, encode === raw ? raw : encodeURIComponent, delimiter, "=") + "=") + free(it, encode, delimiter)), delimiter, prefix);
};
const named = (name) => encodeURIComponent(name) + "=";
export const simple = (_, value, encode) => list(value, encode, ",");
export const simpleExploded = (_, value, encode) => exploded(value, encode, ",");
export const label = (_, value, encode) => list(value, encode, ",", ".");
export const labelExploded = (_, value, encode) => exploded(value, encode, ".", ".");
export const matrix = (name, value, encode) => list(value, encode, ",", ";" + named(name));
export const matrixExploded = (name, value, encode) => exploded(value, encode, ";", ";", name);
export const form = (name, value, encode) => list(value, encode, ",", named(name));
export const formExploded = (name, value, encode) => exploded(value, encode, "&", "", name);
export const spaceDelimited = (name, value, encode) => list(value, encode, "%20", named(name));
export const pipeDelimited = (name, value, encode) => list(value, encode, "%7C", named(name));
/** `tsv` of Swagger 2.0. */
export const tabDelimited = (name, value, encode) => list(value, encode, "%09", named(name));
/** `name[member][inner]=value`; a list of scalars repeats its name, one of objects has indices. */
export const deepObject = (name, value, encode) => {
    const texts = [];
    const put = (way, part) => {
        if (typeof part !== "object" || part === null)
            return void texts.push(named(way) + encode(String(part)));
        const isFlat = Array.isArray(part) && part.every((it) => typeof it !== "object" || it === null);
        for (const [key, it] of members(part)) {
            if (/[[\]]/.test(key))
                throw new RangeError(key);
            put(isFlat ? way : `${way}[${key}]`, it);
        }
    };
    put(name, value);
    return joined(texts, "&");
};
/** Parameters with a JSON media type: in paths and headers, and in queries and cookies. */
export const asJson = (_, value, encode) => encode(JSON.stringify(value));
export const formJson = (name, value, encode) => named(name) + encode(JSON.stringify(value));
