// How bodies are written.

import type { WriteBody } from "./operation.js";

/** `application/json` and whatever ends in `+json`. */
export const json: WriteBody = (value) => ({ init: { body: JSON.stringify(value) } });
/** `text/*`, and what has no schema of its own. */
export const text: WriteBody = (value) => ({ init: { body: String(value) } });
