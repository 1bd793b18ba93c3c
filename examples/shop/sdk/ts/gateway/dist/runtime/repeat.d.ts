// checks:sdk v1 fbe8fee266129330e128d8af3d923d209c65bed83d2e2a88d3c461f223b063c5
import type { Retry } from "./client.js";
import type { Repeat } from "./operation.js";
/** Tries again what may be sent twice; `contract` is what `x-retry` says. */
export declare const repeated: (contract?: Partial<Retry>) => Repeat;
