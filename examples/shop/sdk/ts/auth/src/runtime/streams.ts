// checks:sdk v1 9ddb6576e2c386482544a1ad5957058210c68085f269c6e422a3a09be11463fc
// Answers that are read while they come. Leaving the loop cancels the response.

import type { GuardIssue } from "../guards/kit.js";
import type { StreamEvent } from "./client.js";
import type { Explain, Sketch, Test } from "./operation.js";
import { call, issue, within } from "./call.js";
import { SdkError } from "./result.js";

/** The guard of an item. */
export interface ItemSpec {
  readonly is?: Test;
  readonly issues?: Explain;
}
export interface EventSpec extends ItemSpec {
  /** The data after which nothing comes: `[DONE]`. */
  readonly end?: string;
  /** Is a lost stream resumed after the last event that was seen? */
  readonly reconnect?: boolean;
}

/** The bytes as they come. */
export const stream = (_: Sketch, response: Response): ReadableStream<Uint8Array> | null => response.body;

/** One JSON text a line: `application/jsonl`, `application/x-ndjson`. */
export const jsonLines = (spec: ItemSpec = {}) => async function* (sketch: Sketch, response: Response): AsyncGenerator<unknown, void, undefined> {
  for await (const line of linesOf(sketch, response)) if (line.trim() !== "") yield item(sketch, response, spec, line);
};

/** JSON texts behind record separators: `application/json-seq`. */
export const jsonSequence = (spec: ItemSpec = {}) => async function* (sketch: Sketch, response: Response): AsyncGenerator<unknown, void, undefined> {
  let text = "";
  // A record ends with its line or, if a text has several, where the next one starts.
  for await (const line of linesOf(sketch, response)) {
    const [rest = "", ...further] = line.split("\x1e");
    text += rest + "\n";
    for (const next of further) {
      if (text.trim() !== "") yield item(sketch, response, spec, text);
      text = next + "\n";
    }
    if (text.trim() === "" || !isJson(text)) continue;
    yield item(sketch, response, spec, text);
    text = "";
  }
  if (text.trim() !== "") yield item(sketch, response, spec, text);
};

/** Server-sent events whose data is JSON: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export const events = (spec: EventSpec = {}) => async function* (sketch: Sketch, first: Response): AsyncGenerator<unknown, void, undefined> {
  const { client, operation, input, settings } = sketch;
  let response = first;
  let id: string | undefined;
  let wait = 1000;
  for (let idle = 0; ; ) {
    let lost: unknown;
    try {
      for await (const event of eventsOf(sketch, response)) {
        idle = 0;
        id = event.id ?? id;
        wait = event.retry ?? wait;
        settings.onEvent?.(event);
        if (event.data === (spec.end ?? "[DONE]")) return;
        if (event.data !== "") yield item(sketch, response, spec, event.data, event);
      }
    } catch (error) {
      if (!spec.reconnect || !(error instanceof SdkError) || (error as SdkError).result.kind !== "transport" || settings.signal?.aborted) throw error;
      lost = error;
    }
    if (!spec.reconnect) return;
    if (++idle > 3) {
      if (lost) throw lost;
      return;
    }
    await (settings.sleep ?? ((ms) => new Promise<void>((resolve) => setTimeout(resolve, ms))))(wait, settings.signal);
    const result = await call(client, operation, input, { ...settings, headers: { ...settings.headers, ...(id !== undefined && { "last-event-id": id }) } });
    // No content: there is nothing more to come.
    if (result.kind === "documented" && result.ok && result.body === undefined) return;
    if (result.kind !== "documented" || !result.ok) throw new SdkError(result);
    response = result.response;
  }
};

async function* eventsOf(sketch: Sketch, response: Response): AsyncGenerator<StreamEvent, void, undefined> {
  let data: string[] = [];
  let fields: Partial<Record<string, string>> = {};
  for await (const line of linesOf(sketch, response)) {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (line === "") {
      const { id, event, retry } = fields;
      if (data.length > 0 || id !== undefined || event !== undefined || retry !== undefined) {
        yield { id, event, retry: retry === undefined ? undefined : Number(retry), data: data.join("\n") };
      }
      data = [];
      fields = {};
    } else if (name === "data") data.push(value);
    else if (name === "event" || (name === "id" && !value.includes("\0")) || (name === "retry" && /^\d+$/.test(value))) fields[name] = value;
  }
}

/** Lines, whatever ends them, and however the bytes were cut. */
async function* linesOf({ settings: { signal } }: Sketch, response: Response): AsyncGenerator<string, void, undefined> {
  if (!response.body) return;
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let isAfterReturn = false;
  try {
    for (;;) {
      const { value, done } = await (signal ? within(signal, reader.read()) : reader.read());
      let text = decoder.decode(value, { stream: !done });
      if (isAfterReturn && text.startsWith("\n")) text = text.slice(1);
      else if (text === "" && !done) continue;
      isAfterReturn = text.endsWith("\r");
      const lines = (rest + text).split(/\r\n|\n|\r/);
      rest = lines.pop() ?? "";
      yield* lines;
      if (done) break;
    }
    if (rest !== "") yield rest;
  } catch (error) {
    throw new SdkError({ kind: "transport", ok: false, reason: signal?.aborted ? "aborted" : "network", error });
  } finally {
    reader.cancel().catch(() => {});
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * An item by its text. Where the contract takes texts, it may be one that is no JSON; where it speaks of the whole event, as
 * OpenAPI 3.2 §4.14.4 does, it is that.
 */
function item({ operation, settings }: Sketch, response: Response, { is, issues }: ItemSpec, text: string, event?: StreamEvent): unknown {
  const { validate, onViolation } = settings;
  const isReadable = isJson(text);
  const value: unknown = isReadable ? JSON.parse(text) : text;
  if (!is || is(value)) return value;
  if (is(text)) return text;
  const whole = event && Object.fromEntries(Object.entries(event).filter((it) => it[1] !== undefined));
  if (event && is(whole)) return whole;
  if (validate === "off") return value;
  const found: readonly GuardIssue[] = isReadable ? (issues?.(value, 1) ?? []) : [issue([], "json", "not JSON")];
  onViolation?.(operation.id, response.status, found);
  if (validate === "report") return value;
  throw new SdkError({ kind: "contract", ok: false, status: response.status, issues: found, body: value, response });
}
