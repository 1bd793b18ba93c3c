// checks:sdk v1 0a9050753eb51375fdadaef748fec99473c7cccecc6665c482f8a7346e128680
// The transport: no dependency, only fetch, streams and AbortSignal. The same bytes in every SDK of one generator version.
// A bundle has of it what its operations use: each of them names its functions itself.

export type * from "./runtime/client.js";
export type * from "./runtime/operation.js";
export { call } from "./runtime/call.js";
export * from "./runtime/parts.js";
export * from "./runtime/styles.js";
export * from "./runtime/bodies.js";
export * from "./runtime/headers.js";
export * from "./runtime/repeat.js";
export * from "./runtime/security.js";
export * from "./runtime/result.js";
export * from "./runtime/streams.js";
export * from "./runtime/pages.js";
export * from "./runtime/remarks.js";
