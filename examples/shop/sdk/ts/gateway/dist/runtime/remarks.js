// checks:sdk v1 873c39c113b84a5c0711b1384a0b758d375d7fd005995997a83649a27af81b64
// What is told about values that conform.
import { issue } from "./call.js";
/** Integers that lost digits when they became numbers. They are what the contract allows, so they are only told. */
export const unsafeIntegers = (value, tell) => {
    const found = [];
    const look = (part, path) => {
        if (Number.isInteger(part) && !Number.isSafeInteger(part))
            found.push(issue(path, "unsafe-integer", "beyond what a number holds exactly"));
        else if (Array.isArray(part))
            part.forEach((it, at) => look(it, [...path, at]));
        else if (typeof part === "object" && part !== null)
            for (const [name, it] of Object.entries(part))
                look(it, [...path, name]);
    };
    look(value, []);
    if (found.length > 0)
        tell(found);
};
