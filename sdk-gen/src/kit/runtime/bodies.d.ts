import type { WriteBody } from "./operation.js";
/** `application/json` and whatever ends in `+json`. */
export declare const json: WriteBody;
/** `text/*`, and what has no schema of its own. */
export declare const text: WriteBody;
