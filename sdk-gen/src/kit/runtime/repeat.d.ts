import type { Retry } from "./client.js";
import type { Repeat } from "./operation.js";
/** Tries again what may be sent twice; `contract` is what `x-retry` says. */
export declare const repeated: (contract?: Partial<Retry>) => Repeat;
