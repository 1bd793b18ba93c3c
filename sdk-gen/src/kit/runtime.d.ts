export * from "./runtime/client.js";
export * from "./runtime/operation.js";
export { call } from "./runtime/call.js";
export * from "./runtime/result.js";
export * from "./runtime/headers.js";
export * from "./runtime/parts.js";
export * from "./runtime/bodies.js";
export * from "./runtime/repeat.js";
export * from "./runtime/security.js";
