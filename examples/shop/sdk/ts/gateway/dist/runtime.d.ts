// checks:sdk v1 3488603c43ef8e1bf00a08f66d99d6337ffcf5964071074231e896170c4408e9
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
