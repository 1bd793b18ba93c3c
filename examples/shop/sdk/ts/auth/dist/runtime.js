// checks:sdk v1 a49cd34cd0acf1bc18b1c055353b6f8d22cda4d6460b142624bbddbae6b75531
// The transport: no dependency, only fetch, streams and AbortSignal. The same bytes in every SDK of one generator version.
// A bundle has of it what its operations use: each of them names its functions itself.
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
