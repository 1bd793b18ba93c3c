// checks:sdk v1 30c436a35ad23f63ee3c53295daa7c1999b97a7d21d132c82c4aefc321e8d83f
export * from "./operations/default.js";
export { SdkError, expectOk } from "./runtime.js";
export type { BasicCredential, CallOptions, ContractViolation, Credential, Documented, Failure, Fetcher, Middleware, OperationInfo, RequestRefused, Retry, TransportFailure, Undocumented, Validate } from "./runtime.js";
export type { Client } from "./client.js";
export type * from "./schemas.js";
export type { GuardIssue } from "./guards/kit.js";
