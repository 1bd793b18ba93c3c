// checks:sdk v1 f4ba9b431f544613f2df24e40906838f6eaf6dd6126dc8e2a72e3ae7f7329154
// Reads documented response headers.
import { issue } from "./call.js";
/** Headers by their kinds. */
export const headers = (...fields) => (sent, issues) => {
    const found = {};
    for (const [name, parse, isRequired] of fields) {
        const text = sent.get(name);
        const value = text === null ? undefined : parse(text);
        if (value !== undefined)
            found[name] = value;
        else if (isRequired)
            issues.push(issue(["headers", name], text === null ? "required" : "type", text === null ? "required" : "not of this type"));
    }
    return found;
};
export const asText = (text) => text;
export const asNumber = (text) => (/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined);
export const asInteger = (text) => (/^-?\d+$/.test(text) ? Number(text) : undefined);
export const asBoolean = (text) => (text === "true" ? true : text === "false" ? false : undefined);
/** Items between commas. */
export const asList = (parse) => (text) => {
    const items = text.split(",").map((it) => parse(it.trim()));
    return text === "" ? [] : items.includes(undefined) ? undefined : items;
};
