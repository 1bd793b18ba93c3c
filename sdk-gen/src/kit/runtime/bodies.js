// How bodies are written.
/** `application/json` and whatever ends in `+json`. */
export const json = (value) => ({ init: { body: JSON.stringify(value) } });
/** `text/*`, and what has no schema of its own. */
export const text = (value) => ({ init: { body: String(value) } });
