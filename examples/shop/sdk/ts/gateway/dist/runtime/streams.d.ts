// checks:sdk v1 b6ab067aad6db830c4af7606d717a6ab851065b3e06f1835672b152bef8f6fb0
import type { Explain, Sketch, Test } from "./operation.js";
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
export declare const stream: (_: Sketch, response: Response) => ReadableStream<Uint8Array> | null;
/** One JSON text a line: `application/jsonl`, `application/x-ndjson`. */
export declare const jsonLines: (spec?: ItemSpec) => (sketch: Sketch, response: Response) => AsyncGenerator<unknown, void, undefined>;
/** JSON texts behind record separators: `application/json-seq`. */
export declare const jsonSequence: (spec?: ItemSpec) => (sketch: Sketch, response: Response) => AsyncGenerator<unknown, void, undefined>;
/** Server-sent events whose data is JSON: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export declare const events: (spec?: EventSpec) => (sketch: Sketch, first: Response) => AsyncGenerator<unknown, void, undefined>;
